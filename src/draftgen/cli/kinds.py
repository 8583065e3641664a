"""``draftgen kinds``: the kinds of report."""

from __future__ import annotations

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import say, say_json
from draftgen.cli.options import json_option
from draftgen.cli.translation import Translator
from draftgen.kinds import outlines
from draftgen.pipeline import folders


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t("Lists the kinds of report. Any of the names will do for --kind and in the data file.")
    return Verb("kinds", t, about=about, params=[json_option(t)], callback=_run)


@click.pass_obj
def _run(t: Translator, json: bool) -> None:
    kinds = outlines(folders().templates)
    if json:
        say_json(
            {
                "command": "kinds",
                "kinds": [{"id": k.id, "zh": k.name_zh, "en": k.name_en, "aliases": list(k.aliases)} for k in kinds],
            }
        )
        return
    width = max((len(k.id) for k in kinds), default=0)
    for kind in kinds:
        say(f"{kind.id:<{width}}  {t(', ').join((kind.name_zh, *kind.aliases))}")
        if t.language == "en":
            say(f"{'':<{width}}  {kind.name_en}")
