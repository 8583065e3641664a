"""The stock of phrases: the built-in ones and what each layer adds, replaces and retires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from draftgen.errors import PhrasebankError
from draftgen.findings import Finding, Localised, Place, Severity
from draftgen.wording.contract import MessageType
from draftgen.wording.form import build, form_flaws
from draftgen.wording.layers import Entry, Layer, Sheet, entries_of, read_layer
from draftgen.wording.phrases import Phrase
from draftgen.wording.preferences import Preferences, read_preferences
from draftgen.wording.rules import flaws_of
from draftgen.wording.sheet_form import ADDED, sheet_form
from draftgen.wording.truth import Claim, claims_of, untruths

State = Literal["in-force", "replaced", "retired"]


@dataclass(frozen=True, slots=True)
class Held:
    """A phrase and what has become of it; ``by`` is the layer that replaced or retired it."""

    phrase: Phrase
    state: State = "in-force"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Stock:
    """All phrases of all layers in their order, the small banks, and the preferences layer by layer."""

    held: tuple[Held, ...]
    small: Mapping[str, Any]
    preferences: tuple[Preferences, ...] = ()
    sheets: tuple[Sheet, ...] = field(default=(), compare=False)

    @property
    def in_force(self) -> tuple[Phrase, ...]:
        """The phrases that wording may use."""
        return tuple(h.phrase for h in self.held if h.state == "in-force")


def built_in(phrases: Sequence[Phrase], small: Mapping[str, Any]) -> Stock:
    """The stock before any layer."""
    return Stock(tuple(Held(p, "retired" if p.status == "retired" else "in-force", p.layer) for p in phrases), small)


def with_layers(stock: Stock, layers: Sequence[Layer], kind: str, contract: Mapping[str, MessageType]) -> Stock:
    """Put layers over a stock.

    Raises:
        PhrasebankError: a layer cannot be read, or a phrase of it is not valid.
    """
    findings: list[Finding] = []
    claims = claims_of(stock.small)
    for layer in layers:
        sheets = read_layer(layer, kind)
        for sheet in sheets:
            findings += [f for f in sheet_findings(sheet, contract, claims) if f.severity is Severity.ERROR]
        findings += twice(sheets)
        if not findings:
            stock = over(stock, layer, sheets)
    if findings:
        raise PhrasebankError(findings)
    return stock


def twice(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Yield the ids that stand twice in one layer."""
    first: dict[str, Place] = {}
    for entry in (entry for sheet in sheets for entry in entries_of(sheet)):
        place = entry.place("id")
        if entry.id in first:
            values = {"id": entry.id, "first": str(first[entry.id])}
            message = Localised("The id {id} stands twice.", "代号 {id} 重复。", values)
            hint = Localised(
                "Give one of the two another id (the first: {first}).", "请改用其他代号（第一处：{first}）。", values
            )
            yield Finding("duplicate-id", Severity.ERROR, message, (place, first[entry.id]), hint, entry.id)
        first.setdefault(entry.id, place)


def sheet_findings(sheet: Sheet, contract: Mapping[str, MessageType], claims: Sequence[Claim]) -> list[Finding]:
    """What is wrong with a file: its form, and of its entries form, slots, conditions, lost facts, untrue words."""
    return [*sheet_form(sheet), *(f for e in entries_of(sheet) for f in entry_findings(e, contract, claims))]


def entry_findings(entry: Entry, contract: Mapping[str, MessageType], claims: Sequence[Claim]) -> list[Finding]:
    """What is wrong with one entry, with its lines."""
    flaws = list(form_flaws(entry.tree))
    phrase = build(entry.tree)
    if phrase is not None:
        flaws += [*flaws_of(phrase, contract), *untruths(phrase, contract, claims)]
    return [flaw.finding(entry.place(*flaw.at), entry.id) for flaw in flaws]


def over(stock: Stock, layer: Layer, sheets: Sequence[Sheet]) -> Stock:
    """Put one layer over a stock; entries of wrong form count as not written."""
    new: dict[str, Phrase] = {}
    for sheet in sheets:
        for entry in entries_of(sheet):
            phrase = build(entry.tree, str(entry.place()), layer.name)
            if phrase is not None:
                new.setdefault(phrase.id, phrase)
    wishes = [read_preferences(sheet.source.tree) for sheet in sheets]
    retired = {name for w in wishes for name in w.retire}
    held = [_after(h, new, retired, layer.name) for h in stock.held]
    held += [Held(p, "retired" if p.status == "retired" else "in-force", layer.name) for p in new.values()]
    small = dict(stock.small)
    for sheet in sheets:
        small = _with_small(small, sheet)
    return replace(
        stock,
        held=tuple(held),
        small=small,
        preferences=(*stock.preferences, *wishes),
        sheets=(*stock.sheets, *sheets),
    )


def _after(held: Held, new: Mapping[str, Phrase], retired: set[str], layer: str) -> Held:
    if held.state != "in-force":
        return held
    if held.phrase.id in new:
        return replace(held, state="replaced", by=layer)
    return replace(held, state="retired", by=layer) if held.phrase.id in retired else held


def _with_small(small: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    for name in ADDED:
        value = sheet.part(name)
        if isinstance(value, dict):
            small[name] = {**small.get(name, {}), **value}
        elif isinstance(value, list):
            ids = {v.get("id") for v in value if isinstance(v, dict) and "id" in v}
            kept = [v for v in small.get(name, []) if v.get("id") not in ids or "id" not in v]
            small[name] = [*kept, *(v for v in value if isinstance(v, dict))]
    return small
