"""``draftgen kinds``: the kinds of report, and a copy of one to make one's own."""

from __future__ import annotations

from pathlib import Path

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import say, say_json
from draftgen.cli.errors import Refusal
from draftgen.cli.options import json_option, known_kind
from draftgen.cli.translation import Translator
from draftgen.kind_copies import copy_kind, is_kind_id
from draftgen.kinds import outlines
from draftgen.pipeline import folders


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Lists the kinds of report. Any of the names will do for --kind and in the data file.\n\n"
        "With --copy, makes a kind of your own out of one: a folder of text files that say what the report holds."
    )
    copy = click.Option(["--copy"], metavar=t("KIND"), help=t("The kind to copy."))
    to = click.Option(
        ["--to"],
        metavar=t("FOLDER"),
        type=click.Path(path_type=Path),
        help=t(
            "The folder of the new kind; its name, in small Latin letters, becomes the id. In a folder “kinds” beside "
            "the data file it is found by itself."
        ),
    )
    name = click.Option(["--name"], metavar=t("NAME"), help=t("The Chinese name of the new kind."))
    return Verb("kinds", t, about=about, params=[copy, to, name, json_option(t)], callback=_run)


@click.pass_obj
def _run(t: Translator, copy: str | None, to: Path | None, name: str | None, json: bool) -> None:
    if copy is None:
        _list(t, json)
    else:
        _copy(t, copy, to, name)


def _copy(t: Translator, copy: str, to: Path | None, name: str | None) -> None:
    if to is None or not name:
        raise Refusal("option-missing", t("Say where to and under which name: --to FOLDER --name NAME."))
    if not is_kind_id(to.name):
        advice = t("Use small Latin letters, digits and hyphens, for instance kinds/our-accounts.")
        raise Refusal("bad-name", t("“{name}” cannot be the id of a kind.", name=to.name), file=str(to), hint=advice)
    where = folders(Path())
    kind = known_kind(copy, Path())
    assert kind is not None
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        copy_kind(where.templates, where.kinds, kind, to, name)
    except FileExistsError as error:
        advice = t("Give another name, or remove the folder first.")
        raise Refusal(
            "file-exists", t("The folder exists and is not overwritten."), file=str(to), hint=advice
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal(
            "cannot-write", t("The folder cannot be written: {reason}", reason=reason), file=str(to)
        ) from error
    say(t("Written: {path}", path=to))


def _list(t: Translator, json: bool) -> None:
    where = folders(Path())
    kinds = outlines(where.templates, where.kinds)
    if json:
        say_json(
            {
                "command": "kinds",
                "kinds": [
                    {
                        "id": k.id,
                        "zh": k.name_zh,
                        "en": k.name_en,
                        "aliases": list(k.aliases),
                        "variants": [v.name for v in k.variants if v.name],
                    }
                    for k in kinds
                ],
            }
        )
        return
    width = max((len(k.id) for k in kinds), default=0)
    for kind in kinds:
        variants = [v.name for v in kind.variants if v.name]
        shown = t(" (variants: {names})", names=t(", ").join(variants)) if variants else ""
        say(f"{kind.id:<{width}}  {t(', ').join((kind.name_zh, *kind.aliases))}{shown}")
        if t.language == "en":
            say(f"{'':<{width}}  {kind.name_en}")
