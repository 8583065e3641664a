"""Figures as findings show them: the shortest exact writing, at most four decimals for a derived one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from draftgen.figures.facts import Fact
from draftgen.figures.quantities import DATE, RATE, YEAR, half_up
from draftgen.findings import Localised


def show(value: Decimal, unit: str) -> str:
    """Write a value with its unit for a message.

    >>> show(Decimal("0.9843"), "%"), show(Decimal("1234.10"), "万元"), show(Decimal("737790"), "日")
    ('98.43%', '1234.10万元', '2020年12月31日')
    """
    if unit == DATE:
        day = datetime.date.fromordinal(int(value))
        return f"{day.year}年{day.month}月{day.day}日"
    if unit == YEAR:
        return f"{int(value)}年"
    if unit == RATE:
        return f"{half_up(value * 100, 2)}%"
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"{half_up(value, min(places, 4)):f}{unit}"


def shown(value: Decimal, unit: str) -> Localised:
    """Write a value for a message in both languages; only dates and years differ.

    >>> shown(Decimal("737790"), "日").render("en"), shown(Decimal(2020), "年").render("en")
    ('2020-12-31', '2020')
    """
    zh = show(value, unit)
    if unit == DATE:
        return Localised(datetime.date.fromordinal(int(value)).isoformat(), zh)
    return Localised(str(int(value)) if unit == YEAR else zh, zh)


_MOST_TERMS = 8


def label_of(fact: Fact) -> Localised:
    """The name of a figure in both languages."""
    return Localised(fact.label_en or fact.label, fact.label)


def with_terms(value: Decimal, unit: str, facts: Sequence[Fact]) -> Localised:
    """Write a value and, in brackets, the figures that it was worked out of."""
    if unit in (DATE, YEAR) or not facts:
        return shown(value, unit)
    terms = [(label_of(fact), shown(fact.value, fact.unit)) for fact in facts[:_MOST_TERMS]]
    more = len(facts) > _MOST_TERMS
    en = ", ".join(f"{label.en} {term.en}" for label, term in terms) + (", …" if more else "")
    zh = "、".join(f"{label.zh}{term.zh}" for label, term in terms) + ("等" if more else "")
    return Localised(f"{show(value, unit)} ({en})", f"{show(value, unit)}（{zh}）")


def difference(a: Decimal, b: Decimal, unit: str) -> Localised:
    """Write by how much two values differ: rates in percentage points, dates in days."""
    apart = abs(a - b)
    if unit == RATE:
        points = half_up(apart * 100, 2)
        return Localised(f"{points} percentage points", f"{points}个百分点")
    if unit == DATE:
        return Localised(f"{apart} days", f"{apart}天")
    if unit == YEAR:
        return Localised(f"{apart} years", f"{apart}年")
    return shown(apart, unit)
