"""Answers of ``draftgen explain``, for people and as JSON."""

from __future__ import annotations

from typing import Any

from draftgen.cli.console import say
from draftgen.cli.translation import Translator
from draftgen.provenance.explain import (
    Answer,
    FigureAnswer,
    MessageAnswer,
    SentenceAnswer,
    Spot,
    TextAnswer,
)

_AROUND = 18  # characters shown on either side of a figure


def show_answer(answer: Answer, t: Translator) -> None:
    """Print an answer."""
    for sentence in answer.sentences:
        _show_sentence(sentence, t)
        say()
    for figure in answer.figures:
        _show_figure(figure, t)
        say()
    for text in answer.texts:
        _show_text(text, t)


def _show_figure(figure: FigureAnswer, t: Translator) -> None:
    fact = figure.fact
    say(f"{fact.key}  {fact.label}" if fact.label != fact.key else fact.key)
    say("  " + t("Value before rounding: {value}", value=fact.shown))
    _show_origin(figure, t, "  ")
    say("  " + t.ngettext("Stands in {n} place:", "Stands in {n} places:", len(figure.spots)))
    for spot in figure.spots:
        say(f"    {_place(spot, t)}  {_excerpt(spot)}")


def _show_origin(figure: FigureAnswer, t: Translator, indent: str) -> None:
    fact = figure.fact
    if fact.place is not None:
        say(indent + t("Given: {place}, typed {text}", place=str(fact.place), text=fact.typed))
        return
    say(indent + t("Worked out: {formula} ({rule})", formula=fact.formula, rule=fact.rule))
    for inner in figure.inputs:
        say(f"{indent}  {inner.fact.key} = {inner.fact.shown}")
        _show_origin(inner, t, indent + "    ")


def _place(spot: Spot, t: Translator) -> str:
    return (
        t("{heading}, table {table}, row {row}", heading=spot.where, table=spot.table, row=spot.row)
        if spot.table
        else spot.where
    )


def _excerpt(spot: Spot) -> str:
    text = spot.text.replace("\n", " ")
    start, end = max(0, spot.start - _AROUND), spot.start + len(spot.printed) + _AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _show_sentence(sentence: SentenceAnswer, t: Translator) -> None:
    say(t("Sentence {id}, under {heading}", id=sentence.id, heading=sentence.where or "—"))
    say(f"  {sentence.text}")
    if not sentence.present:
        say("  " + t("It no longer stands in the document."))
    elif sentence.present != sentence.text:
        say("  " + t("It now reads: {text}", text=sentence.present))
    for message in sentence.messages:
        _show_message(message, t)


def _show_message(message: MessageAnswer, t: Translator) -> None:
    say(
        "  "
        + t(
            "Says: {name} ({code} {type}, {case}), about {about}",
            name=message.name,
            code=message.code,
            type=message.type,
            case=message.case,
            about=message.about,
        )
    )
    say(
        "    "
        + t("Phrase {id} ({file}): {text}", id=message.phrase.id, file=message.phrase.file, text=message.phrase.text)
    )
    say("    " + _why(message.how, t))
    for other in message.alternatives:
        say("    " + t("Or: {text} ({id})", text=other.text, id=other.phrase.id))


def _why(how: str, t: Translator) -> str:
    reasons = {
        "only": t("Chosen because no other phrase fits this case."),
        "least": t("Chosen because it repeats the least of what was said before."),
        "drawn": t("Drawn by the seed among phrases that fit as well and repeat as little."),
    }
    return reasons[how]


def _show_text(text: TextAnswer, t: Translator) -> None:
    kinds = {
        "text": t("text of the data file"),
        "template": t("text of the kind of report"),
        "label": t("name of a figure"),
        "phrase": t("words of a phrase"),
        "prompt": t("a prompt"),
        "count": t("counted"),
        "unknown": t("typed or changed by hand"),
    }
    origin = " ".join(filter(None, (text.key, str(text.place) if text.place else "")))
    say(f"  {_place(text.spot, t)}  {_excerpt(text.spot) if len(text.spot.printed) < _AROUND else text.spot.printed}")
    say(f"    {kinds[text.kind]}  {origin}".rstrip())


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer as it stands in ``--json``. The names of the fields are stable."""
    return {
        "figures": [_figure_json(f) for f in answer.figures],
        "sentences": [_sentence_json(s) for s in answer.sentences],
        "texts": [_text_json(text) for text in answer.texts],
    }


def _figure_json(figure: FigureAnswer) -> dict[str, Any]:
    fact = figure.fact
    return {
        "key": fact.key,
        "label": fact.label,
        "value": fact.value,
        "unit": fact.unit,
        "year": fact.year,
        "given": {"file": fact.place.file, "place": fact.place.spot, "typed": fact.typed} if fact.place else None,
        "derived": None
        if fact.place
        else {"rule": fact.rule, "formula": fact.formula, "inputs": [_figure_json(i) for i in figure.inputs]},
        "places": [_spot_json(s) for s in figure.spots],
    }


def _spot_json(spot: Spot) -> dict[str, Any]:
    return {
        "where": spot.where,
        "table": spot.table or None,
        "row": spot.row or None,
        "text": spot.text,
        "printed": spot.printed,
    }


def _sentence_json(sentence: SentenceAnswer) -> dict[str, Any]:
    return {
        "id": sentence.id,
        "where": sentence.where,
        "text": sentence.text,
        "now": sentence.present or None,
        "messages": [_message_json(m) for m in sentence.messages],
    }


def _message_json(message: MessageAnswer) -> dict[str, Any]:
    return {
        "type": message.type,
        "code": message.code,
        "name": message.name,
        "case": message.case,
        "about": message.about,
        "phrase": {"id": message.phrase.id, "file": message.phrase.file, "text": message.phrase.text},
        "chosen": message.how,
        "alternatives": [{"id": a.phrase.id, "file": a.phrase.file, "text": a.text} for a in message.alternatives],
    }


def _text_json(text: TextAnswer) -> dict[str, Any]:
    place = {"file": text.place.file, "place": text.place.spot} if text.place else None
    return {"kind": text.kind, "key": text.key, "given": place, "place": _spot_json(text.spot)}
