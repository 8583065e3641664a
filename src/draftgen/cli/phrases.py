"""``draftgen phrases``: the phrasebanks, as a family of verbs; each is a module ``phrases_….py`` beside this one."""

from __future__ import annotations

from importlib import import_module

import click

from draftgen.cli.commands import Family
from draftgen.cli.translation import Translator


def command(t: Translator) -> click.Command:
    """Build the family."""

    def load(verb: str) -> click.Command:
        made: click.Command = import_module(f"draftgen.cli.phrases_{verb}").command(t)
        return made

    about = t(
        "Phrases are the sentences that a report may say, with slots for figures, and the condition under which each "
        "is true. Your office can add its own, replace or retire built-in ones, and say which it prefers.\n\n"
        "They stand in folders of YAML files. Later ones count more: built-in; your office (DRAFTGEN_PHRASES, or "
        "the settings of the data file); your own; the folder “phrasebanks” beside the data file; --phrases."
    )
    return Family("phrases", t, about=about, verbs=phrase_verbs(t), load=load)


def phrase_verbs(t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the verbs of the family with their short help."""
    return (
        ("list", t("List the phrases in force and where each comes from.")),
        ("check", t("Check phrases, and mend what is certain.")),
        ("sample", t("Show every way of saying something, with real figures.")),
        ("add", t("Add a phrase from a sentence.")),
        ("coverage", t("Tell what has one phrase only, and which phrases are never used.")),
        ("schema", t("Write the JSON Schema of a phrase file, for editors.")),
    )
