"""``draftgen explain``: where a number or a sentence of a draft comes from."""

from __future__ import annotations

from pathlib import Path

import click

from draftgen.cli.answers import answer_json, show_answer
from draftgen.cli.commands import Argument, Verb
from draftgen.cli.console import say, say_json
from draftgen.cli.errors import Refusal
from draftgen.cli.options import json_option
from draftgen.cli.translation import Translator
from draftgen.drafts import open_written
from draftgen.provenance.explain import Answer, Explainer

_MOST_KEYS = 8


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Tells where a number of a draft comes from: its value before rounding, the formula and what went in, the line "
        "of the data file, and every place where it stands. For a sentence it tells what it says, the phrase and why "
        "it was chosen, and how else it could be said.\n\n"
        "It needs the draft alone; the data file need not be there."
    )
    params = [
        Argument(["file"], metavar=t("DRAFT"), type=click.Path(path_type=Path), about=t("The draft (.docx).")),
        Argument(["text"], metavar=t("TEXT"), required=False, about=t("A number as printed, or words of a sentence.")),
        click.Option(["--figure"], metavar=t("KEY"), help=t("The key of a figure, in place of a text.")),
        click.Option(
            ["--manifest"],
            metavar=t("FILE"),
            type=click.Path(path_type=Path),
            help=t("The manifest that was written beside the draft, if the draft lost its own."),
        ),
        json_option(t),
    ]
    return Verb("explain", t, about=about, params=params, callback=_run)


@click.pass_context
def _run(
    ctx: click.Context, file: Path, text: str | None, figure: str | None, manifest: Path | None, json: bool
) -> None:
    t: Translator = ctx.obj
    explainer = open_written(file, manifest).explainer()
    asked = figure or text
    if asked is None:
        _overview(explainer, file, t, json=json)
        return
    answer = explainer.figure(figure) if figure else explainer.text(str(text))
    if not answer:
        raise _nothing(explainer, asked, t, by_key=bool(figure))
    if json:
        made = explainer.book.record["made"]
        say_json({"command": "explain", "file": str(file), "asked": asked, "made": made, **answer_json(answer)})
    else:
        show_answer(answer, t)


def _nothing(explainer: Explainer, asked: str, t: Translator, *, by_key: bool) -> Refusal:
    if not by_key:
        return Refusal(
            "not-in-draft",
            t("“{text}” does not stand in this draft.", text=asked),
            hint=t("Give a number as it is printed, or some words of one sentence."),
        )
    near = explainer.keys_like(asked)[:_MOST_KEYS]
    hint = t("Did you mean: {keys}", keys=t(", ").join(near)) if near else ""
    return Refusal("unknown-figure", t("The draft has no figure with the key “{key}”.", key=asked), hint=hint)


def _overview(explainer: Explainer, file: Path, t: Translator, *, json: bool) -> None:
    """Say what the draft was made from, and what of it is not known."""
    made, kinds = explainer.book.record["made"], [x.kind for x in explainer.tracing.traced]
    figures, unknown = sum(k in ("f", "v", "d") for k in kinds), kinds.count("?")
    if json:
        counts = {"figures": figures, "unknown": unknown}
        say_json({"command": "explain", "file": str(file), "made": made, "counts": counts})
        return
    say(
        t(
            "Made from {file} by draftgen {version}, seed {seed}.",
            file=made["file"],
            version=made["version"],
            seed=made["seed"],
        )
    )
    say(t.ngettext("{n} figure with its origin.", "{n} figures with their origin.", figures))
    if unknown:
        say(
            t.ngettext(
                "{n} number was typed or changed by hand:", "{n} numbers were typed or changed by hand:", unknown
            )
        )
        show_answer(Answer(texts=explainer.unknown()), t)
