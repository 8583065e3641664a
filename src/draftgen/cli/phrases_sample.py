"""``draftgen phrases sample``: every way of saying something, with real figures, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from draftgen.cli.commands import Argument, Verb
from draftgen.cli.console import say, say_json
from draftgen.cli.options import figures_option, json_option, kind_option, known_kind, phrases_option
from draftgen.cli.phrases_list import layer_names
from draftgen.cli.translation import Translator
from draftgen.curation.samples import Sample
from draftgen.curation.shelf import message_named
from draftgen.phrase_desk import Asked, made_up, samples_of, shelves


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Shows every phrase that could say something, said with figures: those of a data file, or made-up ones for "
        "every case. What the draft of the data file says is marked with a star."
    )
    message = Argument(
        ["message"],
        metavar=t("MESSAGE"),
        required=False,
        about=t("The message type, by its name or its Chinese title. Without it: all."),
    )
    every = click.Option(
        ["--all-cases"], is_flag=True, help=t("Made-up figures for every case, even if a data file is given.")
    )
    phrase = click.Option(["--id"], metavar=t("ID"), help=t("Only this phrase."))
    data = figures_option(t, t("The data file whose figures are said."))
    kind = kind_option(t, t("One kind of report only."))
    params = [message, data, every, phrase, kind, phrases_option(t), json_option(t)]
    return Verb("sample", t, about=about, params=params, callback=_run)


@click.pass_obj
def _run(
    t: Translator,
    message: str | None,
    data: Path | None,
    all_cases: bool,
    id: str | None,
    kind: str | None,
    phrases: tuple[Path, ...],
    json: bool,
) -> None:
    asked = Asked(known_kind(kind, data or Path()), data, phrases)
    contract = shelves(asked)[0].contract
    wanted = message_named(message, contract) if message else ""
    found = samples_of(asked, wanted) if data and not all_cases else made_up(asked, wanted, every=all_cases)
    rows = [s for s in found if s.ways and (id is None or any(w.phrase.id == id for w in s.ways))]
    if json:
        say_json({"command": "phrases sample", "samples": [_json(s, id) for s in rows]})
        return
    for sample in rows:
        _show(sample, contract[sample.message.type].title, id, t)
    say(t("{n} things to say.", n=len(rows)))


def _show(sample: Sample, title: str, only: str | None, t: Translator) -> None:
    names = layer_names(t)
    about = sample.message.about
    say(f"{title} ({sample.message.type})  {_condition(sample)}  {about}")
    for way in sample.ways:
        if only in (None, way.phrase.id):
            say(f"  {'*' if way.used else ' '} {way.text}")
            say(f"      {way.phrase.id}  [{names[way.phrase.layer]}]")


def _condition(sample: Sample) -> str:
    features = {"case": sample.message.case, **sample.message.features}
    return "; ".join(f"{name}: {value}" for name, value in features.items())


def _json(sample: Sample, only: str | None) -> dict[str, Any]:
    message = sample.message
    return {
        "message": message.type,
        "case": message.case,
        "features": dict(message.features),
        "about": message.about,
        "ways": [
            {"id": w.phrase.id, "layer": w.phrase.layer, "text": w.text, "used": w.used}
            for w in sample.ways
            if only in (None, w.phrase.id)
        ],
    }
