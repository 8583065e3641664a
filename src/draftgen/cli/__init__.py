"""The command line. It holds no rule of the domain: it parses, calls, prints and exits.

``draftgen --help`` imports click alone; each verb stands in a module of its own that is imported when it is run.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from keyword import iskeyword

import click

from draftgen._resources import own_version
from draftgen.cli.commands import Front
from draftgen.cli.console import prepare_streams
from draftgen.cli.translation import Translator, chosen_language

__all__ = ["front", "main"]


def main() -> None:
    """Run the command line with the arguments of the process, and exit."""
    gc.disable()  # a run is over before collecting would pay
    prepare_streams()
    front(Translator(chosen_language(sys.argv[1:], os.environ))).main()


def front(t: Translator) -> Front:
    """Build the command ``draftgen`` in the language of `t`."""

    def load(verb: str) -> click.Command:
        module = f"{verb}_" if iskeyword(verb) else verb
        command: click.Command = import_module(f"draftgen.cli.{module}").command(t)
        return command

    about = t("Drafts Chinese public-finance reports: a data file with the figures in, an editable Word draft out.")
    return Front(t, about=about, verbs=verbs(t), load=load, version=own_version)


def verbs(t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the verbs in the order of their use, with their short help; each is a module of this package."""
    return (
        ("kinds", t("List the kinds of report.")),
        ("new", t("Write an empty data file to fill in.")),
        ("convert", t("Write a data file in another format, such as a workbook as YAML.")),
        ("import", t("Turn published tables into a data file.")),
        ("check", t("Check a data file and list the findings.")),
        ("draft", t("Draft the report from a data file.")),
        ("phrases", t("See, check, try and add phrases: the built-in ones and those of your office.")),
        ("explain", t("Tell where a number or a sentence of a draft comes from.")),
        ("finish", t("Write the clean copy of a finished draft.")),
        ("schema", t("Write the JSON Schema of the data file, for editors.")),
        ("style", t("Write the Word style as a file, to start your own from.")),
        ("doctor", t("Look at what draftgen needs on this machine.")),
    )
