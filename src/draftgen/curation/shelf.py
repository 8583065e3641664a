"""The phrases that hold for a kind of report, with the contract that they keep: what every tool here works on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from draftgen.errors import PhrasebankError
from draftgen.findings import Localised
from draftgen.wording.contract import MessageType
from draftgen.wording.flaws import nearest
from draftgen.wording.stock import Held, Stock


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stock of one kind."""

    kind: str
    contract: Mapping[str, MessageType]
    stock: Stock


@dataclass(frozen=True, slots=True)
class Listed:
    """A phrase with the kinds for which it holds."""

    held: Held
    kinds: tuple[str, ...]


def listed(shelves: Sequence[Shelf], *, message: str = "", layer: str = "", every: bool = False) -> tuple[Listed, ...]:
    """List the phrases in force, message type by message type; with `every` also those replaced or retired."""
    found: dict[tuple[str, str], tuple[Held, list[str]]] = {}
    for shelf in shelves:
        for held in shelf.stock.held:
            wanted = (every or held.state == "in-force") and layer in ("", held.phrase.layer)
            if wanted and message in ("", held.phrase.message):
                found.setdefault((held.phrase.id, held.phrase.place), (held, []))[1].append(shelf.kind)
    order = {name: number for number, name in enumerate(shelves[0].contract)} if shelves else {}
    rows = [Listed(held, tuple(kinds)) for held, kinds in found.values()]
    return tuple(sorted(rows, key=lambda row: order.get(row.held.phrase.message, len(order))))


def message_named(name: str, contract: Mapping[str, MessageType]) -> str:
    """Return the message type that goes by a name: its own, its Chinese title, or its code (M3).

    Raises:
        PhrasebankError: there is none; the nearest is told.
    """
    names = {**{k.title: k.name for k in contract.values()}, **{k.name: k.name for k in contract.values()}}
    if name in names:
        return names[name]
    near = nearest(name, names, 0.3)
    raise PhrasebankError.because(
        "unknown-message",
        Localised(
            "There is no message type {name}. Known: {known}.",
            "没有“{name}”这种信息，可用的有：{known}。",
            {"name": name, "known": named(contract.values())},
        ),
        hint=Localised("Did you mean {near}?", "是否为 {near}？", {"near": near}) if near else None,
    )


def named(kinds: Iterable[MessageType]) -> str:
    """Name message types with their Chinese titles."""
    return "、".join(f"{kind.name}（{kind.title}）" for kind in kinds)
