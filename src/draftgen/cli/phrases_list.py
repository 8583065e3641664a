"""``draftgen phrases list``: what is in force and from where."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import say, say_json
from draftgen.cli.options import (
    figures_option,
    json_option,
    kind_option,
    known_kind,
    message_option,
    phrases_option,
)
from draftgen.cli.translation import Translator
from draftgen.curation.shelf import Listed, Shelf, listed, message_named
from draftgen.phrase_desk import Asked, examined_for, shelves


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Lists the phrases in force and where each comes from: the built-in ones, those of your office, your own, "
        "those of the project, those of the command line."
    )
    own = click.Option(["--own"], is_flag=True, help=t("Leave the built-in phrases out."))
    every = click.Option(["--all"], is_flag=True, help=t("Show also what was replaced or retired, and by whom."))
    params = [
        message_option(t, t("One message type only, by its name or its Chinese title, such as change.")),
        kind_option(t, t("One kind of report only.")),
        figures_option(t, t("A data file: its phrasebanks count as well.")),
        phrases_option(t),
        own,
        every,
        json_option(t),
    ]
    return Verb("list", t, about=about, params=params, callback=_run)


@click.pass_obj
def _run(
    t: Translator,
    message: str | None,
    kind: str | None,
    data: Path | None,
    phrases: tuple[Path, ...],
    own: bool,
    all: bool,
    json: bool,
) -> None:
    asked = Asked(known_kind(kind, data or Path()), data, phrases)
    found = shelves(asked, examined_for(asked))
    wanted = message_named(message, found[0].contract) if message else ""
    rows = [row for row in listed(found, message=wanted, every=all) if not own or row.held.phrase.layer != "built-in"]
    if json:
        say_json({"command": "phrases list", "phrases": [_json(row) for row in rows]})
        return
    _show(rows, found[0], t)


def _show(rows: list[Listed], shelf: Shelf, t: Translator) -> None:
    for name, group in groupby(rows, key=lambda row: row.held.phrase.message):
        members = list(group)
        say(t("{title} ({name}), {n} phrases", title=shelf.contract[name].title, name=name, n=len(members)))
        for row in members:
            phrase = row.held.phrase
            say(f"  {phrase.id}  [{_whence(row, t)}]")
            say(f"    {phrase.text}")
            say(f"    {condition(row)}")
    say(t("{n} phrases.", n=len(rows)))


def _whence(row: Listed, t: Translator) -> str:
    names = layer_names(t)
    place = row.held.phrase.place
    whence = names[row.held.phrase.layer]
    if row.held.phrase.layer != "built-in":
        whence += f"  {place}"
    if row.held.state == "replaced":
        return whence + t("; replaced by: {layer}", layer=names[row.held.by])
    return whence + (t("; retired by: {layer}", layer=names[row.held.by]) if row.held.state == "retired" else "")


def layer_names(t: Translator) -> dict[str, str]:
    """What the layers are called."""
    return {
        "built-in": t("built-in"),
        "organisation": t("office"),
        "user": t("own"),
        "project": t("project"),
        "command-line": t("command line"),
    }


def condition(row: Listed) -> str:
    """The condition of a phrase on one line."""
    phrase = row.held.phrase
    parts = [f"{name}: {', '.join(values)}" for name, values in phrase.when.items()]
    return "; ".join([*parts, *([f"about: {', '.join(phrase.about)}"] if phrase.about else [])])


def _json(row: Listed) -> dict[str, Any]:
    phrase = row.held.phrase
    return {
        "id": phrase.id,
        "message": phrase.message,
        "text": phrase.text,
        "when": {name: list(values) for name, values in phrase.when.items()},
        "about": list(phrase.about),
        "status": phrase.status,
        "tags": list(phrase.tags),
        "register": phrase.register,
        "kinds": list(row.kinds),
        "layer": phrase.layer,
        "place": phrase.place,
        "state": row.held.state,
        "by": row.held.by,
    }
