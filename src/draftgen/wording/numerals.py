"""Figures in words and digits: the one place where a value becomes what is printed, and where it is rounded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from draftgen.figures.facts import OWN_UNIT, Fact, Given
from draftgen.figures.model.fields import parse_day
from draftgen.figures.quantities import DATE, POINT, RATE, YEAR, half_up, is_money


@dataclass(frozen=True, slots=True)
class Style:
    """How figures are printed, the same throughout a document."""

    amount_places: int = 2
    rate_places: int = 2
    score_places: int = 0
    strip_zeros: bool = False


def number(value: Decimal, places: int, style: Style) -> str:
    """Print a number with so many decimals, half up; with more where something would be printed as nothing.

    >>> number(Decimal("5.7"), 2, Style()), number(Decimal("12.00"), 2, Style(strip_zeros=True))
    ('5.70', '12')
    >>> number(Decimal("0.0049"), 2, Style()), number(Decimal("0"), 2, Style())
    ('0.005', '0.00')
    """
    while value and not half_up(value, places):
        places += 1
    return _rounded(value, places, style)


def _rounded(value: Decimal, places: int, style: Style) -> str:
    text = f"{half_up(value, places):f}"
    return text.rstrip("0").rstrip(".") if style.strip_zeros and "." in text else text


def figure(fact: Fact, style: Style, *, bare: bool = False, absolute: bool = False) -> str:
    """Print a fact with its unit; `bare` leaves out the unit of money and points, as table cells do."""
    value = abs(fact.value) if absolute else fact.value
    if fact.unit == DATE:
        return parse_day(fact.origin.typed).text if isinstance(fact.origin, Given) else _day(fact)
    if fact.unit == YEAR:
        return f"{int(value)}年"
    if fact.unit == RATE:
        return f"{rate_number(fact, value, style)}%"
    if is_money(fact.unit) and not fact.key.endswith(_OWN_UNIT):
        return number(value, style.amount_places, style) + ("" if bare else fact.unit)
    if fact.unit == POINT:
        return _points(fact, value, style) + ("" if bare else POINT)
    return plain(value) + fact.unit


def rate_number(fact: Fact, value: Decimal, style: Style) -> str:
    """Print a rate in %: as typed where it was given, else with the document's decimals."""
    if isinstance(fact.origin, Given) and fact.places is not None:
        return _rounded(value * 100, fact.places, style)
    return _rounded(value * 100, style.rate_places, style)


def plain(value: Decimal) -> str:
    """Print a number in its shortest exact writing.

    >>> plain(Decimal("8994")), plain(Decimal("1.50")), plain(Decimal("1E+2"))
    ('8994', '1.5', '100')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_OWN_UNIT = tuple(f".{name}" for name in OWN_UNIT)  # targets and results of indicators are printed as typed
_FULL_MARKS = (".分值", "满分", "不适用分值")


def _points(fact: Fact, value: Decimal, style: Style) -> str:
    if ".满分" in fact.key or fact.key.endswith(_FULL_MARKS):
        return plain(value)
    places = style.score_places
    if fact.places is not None and not isinstance(fact.origin, Given):  # so many are needed to tell its grade
        places = max(places, fact.places if half_up(value, places) != value else 0)
    return number(value, places, style) if places else plain(value)


def _day(fact: Fact) -> str:
    day = fact.day
    return f"{day.year}年{day.month}月{day.day}日"


_BEFORE_UNIT = frozenset({"余", "多"})
_IN_FRONT = frozenset({"约", "近"})


def counted(fact: Fact, approximate: str, sense: str, style: Style) -> str:
    """Print a count with its approximation where Chinese puts it.

    余 and 多 stand before the measure word (300余篇), 约 and 近 before the number, 以上 and 左右 at the end.
    """
    text = figure(fact, style)
    if not approximate:
        return sense + text
    if approximate in _IN_FRONT:
        return f"{sense}{approximate}{text}"
    if approximate in _BEFORE_UNIT and fact.unit and text.endswith(fact.unit):
        return f"{sense}{text.removesuffix(fact.unit)}{approximate}{fact.unit}"
    return f"{sense}{text}{approximate}"
