"""Printing: what each slot of a phrase shows for a message. Words of direction and degree come from the banks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from draftgen.draft import Gap, Inline, Text, Value
from draftgen.figures.facts import Fact
from draftgen.figures.quantities import half_up
from draftgen.planning.messages import Ask, Counted, Listing, Message
from draftgen.wording import numerals
from draftgen.wording.numerals import Style
from draftgen.wording.phrasebank import Band, Phrasebank

Inlines = tuple[Inline, ...]
Offer = Callable[[Ask], Gap]


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints the slots of messages in one document."""

    bank: Phrasebank
    style: Style
    terms: Mapping[str, str]  # versus, this_year, …: one word for a notion in the whole document
    year: int
    offer: Offer

    def slot(self, name: str, message: Message, unit: str) -> Inlines:
        """Return what a slot shows.

        Raises:
            KeyError: the message has nothing for this slot.
        """
        if name == "unit":
            return (Text(unit),)
        if name in self.terms:
            return (Text(self.terms[name]),)
        special = _SPECIAL.get(name)
        if special is not None and special.role in message.facts:
            return special.show(self, message)
        if name in message.facts:
            return self.role(message.facts[name], absolute=_is_size(name, message))
        if name in message.names:
            return (Text(message.names[name].replace("{unit}", unit)),)
        raise KeyError(name)

    def role(self, role: object, *, absolute: bool = False) -> Inlines:
        """Print what a role carries."""
        if isinstance(role, Fact):
            return (Value(numerals.figure(role, self.style, absolute=absolute), role.key),)
        if isinstance(role, Counted):
            return (self.counted(role),)
        if isinstance(role, Ask):
            return (self.offer(role),)
        if isinstance(role, Listing):
            return self.listing(role)
        if isinstance(role, str):
            return (Text(role),)
        raise KeyError(type(role).__name__)

    def counted(self, role: Counted) -> Value:
        """Print a count with its approximation."""
        return Value(numerals.counted(role.fact, role.approximate, role.sense, self.style), role.fact.key)

    def listing(self, listing: Listing) -> Inlines:
        """Join the items of a list with the joint that it names; titles and quotations need no marks (GB/T 15834)."""
        marked = listing.joint == "plain" and all(str(i[0]).startswith(("《", "“")) for i in listing.items)
        name = "plain" if listing.joint == "enumeration" and _names_two(listing) else listing.joint
        joint = self.bank.joints["titles" if marked else name]
        last = joint["last_of_two" if len(listing.items) == 2 else "last_of_more"]
        inlines: list[Inline] = []
        for number, item in enumerate(listing.items):
            if number:
                mark = last if number == len(listing.items) - 1 else joint["between"]
                inlines += [Text(mark)] if mark else []
            inlines += self.item(item)
        return tuple(inlines)

    def item(self, item: tuple[str | Fact | Counted | Ask, ...]) -> Inlines:
        """Print one item of a list."""
        printed: list[Inline] = []
        for part in item:
            printed += (Text(part),) if isinstance(part, str) else self.role(part)
        return tuple(printed)

    def band(self, rate: Fact) -> Band | None:
        """Return the degree of a rate, by its absolute value in %, as printed."""
        size = abs(half_up(rate.value * 100, self.style.rate_places))
        return next((b for b in self.bank.degrees if b.low <= size and (b.high is None or size < b.high)), None)

    def direction(self, fact: Fact, what: str) -> Value:
        """Return the word for a rise or fall of an amount or a rate."""
        words = self.bank.directions[what]
        return Value(words["up"] if fact.value > 0 else words["down"], fact.key, "direction")


def _names_two(listing: Listing) -> bool:
    """Tell whether a conjunction stands in an item: one more between the last items would be misread."""
    return any("和" in part for item in listing.items for part in item if isinstance(part, str))


def _is_size(name: str, message: Message) -> bool:
    """In a change the direction is said in words, so the number is printed without its sign."""
    return name in ("rate", "change", "difference") and message.type in ("change", "execution", "achievement")


@dataclass(frozen=True, slots=True)
class _Special:
    role: str
    show: Callable[[Printer, Message], Inlines]


def _fact(message: Message, role: str) -> Fact:
    fact = message.facts[role]
    assert isinstance(fact, Fact)
    return fact


def _change_amount(printer: Printer, message: Message) -> Inlines:
    fact = _fact(message, "change")
    return (printer.direction(fact, "amount"), *printer.role(fact, absolute=True))


def _change_rate(printer: Printer, message: Message) -> Inlines:
    fact = _fact(message, "rate")
    return (printer.direction(fact, "rate"), *printer.role(fact, absolute=True))


def _degree_rate(printer: Printer, message: Message) -> Inlines:
    fact = _fact(message, "rate")
    band = printer.band(fact)
    if band is None or not band.marked:
        raise KeyError("degree_rate")
    word = band.up if fact.value > 0 else band.down
    role: Literal["degree"] = "degree"
    return (Value(word, fact.key, role), *printer.role(fact, absolute=True))


def _extent(printer: Printer, message: Message) -> Inlines:
    return (printer.direction(_fact(message, "rate"), "extent"),)


def _points(printer: Printer, message: Message) -> Inlines:
    fact = _fact(message, "difference")
    size = numerals.number(abs(fact.value) * Decimal(100), printer.style.rate_places, printer.style)
    return (printer.direction(fact, "points"), Value(f"{size}个百分点", fact.key))


_SPECIAL: Mapping[str, _Special] = MappingProxyType(
    {
        "change_amount": _Special("change", _change_amount),
        "change_rate": _Special("rate", _change_rate),
        "degree_rate": _Special("rate", _degree_rate),
        "extent": _Special("rate", _extent),
        "points": _Special("difference", _points),
    }
)
