"""A record opened for looking things up: facts, phrases, passages with their pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from draftgen.provenance.record import full_formula
from draftgen.wording.phrases import SLOT

FIGURES = frozenset("fvd")
RATE = "%"
_HOWS = {"o": "only", "l": "least", "d": "drawn"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage. ``kind`` is as in the record, empty for words without origin, ``p`` for a phrase's."""

    text: str
    kind: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """A file, and in it a line or a cell."""

    file: str
    spot: str

    def __str__(self) -> str:
        return f"{self.file}:{self.spot}" if self.spot else self.file


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A figure as recorded. ``value`` is not rounded for printing; ``place`` is None where it was worked out."""

    key: str
    label: str
    value: str
    unit: str
    year: int
    place: Where | None = None
    typed: str = ""
    rule: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The value with its unit, a rate in per cent."""
        value = f"{Decimal(self.value) * 100:f}" if self.unit == RATE else self.value
        value = value.rstrip("0").rstrip(".") if self.unit == RATE and "." in value else value
        return value + ("" if self.unit in ("日", "年") else self.unit)


@dataclass(frozen=True, slots=True)
class PhraseEntry:
    """A phrase as recorded."""

    id: str
    message: str
    text: str
    file: str


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """A message as recorded, its slots as pieces; a part of a whole has none."""

    phrase: int
    case: str
    about: str
    how: str
    slots: Mapping[str, tuple[Piece, ...]]
    others: tuple[int, ...]
    more: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage as recorded; ``number`` counts the sentences, 0 for others."""

    kind: str
    number: int
    id: str
    pieces: tuple[Piece, ...]
    messages: tuple[MessageEntry, ...]

    @property
    def text(self) -> str:
        """The base text; of a passage that no phrase worded only what has an origin."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Book:
    """An opened record."""

    record: Mapping[str, Any]

    def fact(self, number: int) -> FactEntry:
        """Return a fact by its number."""
        key, value, unit, *tail = self.record["facts"][number]
        tail += [""] * (5 - len(tail))
        head = (key, tail[3] or key.rpartition(".")[2], value, unit, tail[4] or self.record["made"]["year"])
        if isinstance(tail[0], int):
            return FactEntry(*head, place=self.where(tail[0], tail[1]), typed=tail[2] or value)
        keys = tuple(self.record["facts"][i][0] if isinstance(i, int) else i for i in tail[2])
        return FactEntry(*head, rule=tail[0], formula=full_formula(tail[1], keys), inputs=keys)

    def number_of(self, key: str) -> int | None:
        """Return the number of the fact with this key."""
        return next((n for n, fact in enumerate(self.record["facts"]) if fact[0] == key), None)

    def where(self, file: int, spot: int | str) -> Where:
        """Return a place by the number of its file."""
        return Where(self.record["files"][file], str(spot or ""))

    def source(self, number: int) -> tuple[str, str, Where]:
        """Return kind, key and place of a given text."""
        kind, key, file, spot, *_ = self.record["sources"][number]
        return kind, key, self.where(file, spot)

    def hashes(self) -> dict[str, int]:
        """Return which source a passage comes from that holds a given text and nothing else, by the text's hash."""
        return {digest: n for n, source in enumerate(self.record["sources"]) for digest in source[4:]}

    def phrase(self, number: int) -> PhraseEntry:
        """Return a phrase by its number."""
        name, message, text, file = self.record["phrases"][number]
        return PhraseEntry(name, message, text, self.record["files"][file])

    def passages(self) -> Iterator[PassageEntry]:
        """Yield the passages in reading order."""
        for kind, pieces, *more in self.record["passages"]:
            if more and isinstance(more[0], int):
                number, name, messages = more
                said = tuple(self._message(m) for m in messages)
                yield self._passage(kind, int(number), name, pieces, said)
                continue
            for bare in (pieces, *more):
                yield self._passage(kind, 0, "", bare, ())

    def _passage(
        self, kind: str, number: int, name: str, pieces: Sequence[Any], said: tuple[MessageEntry, ...]
    ) -> PassageEntry:
        return PassageEntry(kind, number, name, tuple(p for piece in pieces for p in self._flat(piece, said)), said)

    def _message(self, entry: Sequence[Any]) -> MessageEntry:
        phrase, case, about, how, slots, others, *more = entry
        names = dict.fromkeys(SLOT.findall(self.record["phrases"][phrase][2]))
        filled = {
            name: tuple(self._piece(p) for p in (slot if isinstance(slot, list) else [slot]))
            for name, slot in zip(names, slots, strict=False)
        }
        return MessageEntry(phrase, case, about, _HOWS[how], filled, tuple(others), more[0] if more else {})

    def _piece(self, piece: Any) -> Piece:
        if isinstance(piece, str):
            return Piece(piece)
        if len(piece) == 2:
            return Piece(piece[0] or self.record["facts"][piece[1]][1], "f", piece[1])
        return Piece(*piece)

    def _flat(self, piece: Any, said: Sequence[MessageEntry]) -> Iterator[Piece]:
        """Put the pieces of a message in the place of its number."""
        if not isinstance(piece, int):
            yield self._piece(piece)
            return
        message = said[piece]
        for number, part in enumerate(SLOT.split(self.record["phrases"][message.phrase][2])):
            if number % 2:
                yield from message.slots[part]
            elif part:
                yield Piece(part, "p", message.phrase)
