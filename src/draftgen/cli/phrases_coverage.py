"""``draftgen phrases coverage``: what has one phrase only, and which phrases nobody ever meets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from draftgen.cli.commands import Argument, Verb
from draftgen.cli.console import say, say_json
from draftgen.cli.options import json_option, kind_option, known_kind, phrases_option
from draftgen.cli.translation import Translator
from draftgen.curation.samples import Covered
from draftgen.phrase_desk import Asked, coverage_of


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Words the reports of some data files with several seeds, and tells which phrases were never used and what "
        "has one phrase only. Without a data file it looks at made-up figures for every case."
    )
    files = Argument(
        ["files"],
        metavar=t("FILE"),
        nargs=-1,
        required=False,
        type=click.Path(path_type=Path),
        about=t("Data files."),
    )
    seeds = click.Option(
        ["--seeds"],
        metavar=t("N"),
        type=click.IntRange(1, 200),
        default=10,
        help=t("With how many seeds each report is worded. Without it: 10."),
    )
    every = click.Option(["--all"], is_flag=True, help=t("Name every phrase that was never used."))
    kind = kind_option(t, t("One kind of report only."))
    return Verb(
        "coverage",
        t,
        about=about,
        params=[files, seeds, every, kind, phrases_option(t), json_option(t)],
        callback=_run,
    )


@click.pass_obj
def _run(
    t: Translator,
    files: tuple[Path, ...],
    seeds: int,
    all: bool,
    kind: str | None,
    phrases: tuple[Path, ...],
    json: bool,
) -> None:
    found = coverage_of(Asked(known_kind(kind, files[0] if files else Path()), None, phrases), files, seeds)
    if json:
        say_json({"command": "phrases coverage", "messages": [_json(c) for c in found]})
        return
    for covered in found:
        if files:
            say(t("{name}: {used} of {n} phrases used", name=covered.message, used=covered.used, n=covered.phrases))
        else:
            say(t("{name}: {n} phrases", name=covered.message, n=covered.phrases))
        for case in covered.bare:
            say("    " + t("one phrase only: {case}", case=case))
        for name in covered.never if files and all else ():
            say("    " + t("never used: {id}", id=name))


def _json(covered: Covered) -> dict[str, Any]:
    return {
        "message": covered.message,
        "phrases": covered.phrases,
        "used": covered.used,
        "never": list(covered.never),
        "one_only": list(covered.bare),
    }
