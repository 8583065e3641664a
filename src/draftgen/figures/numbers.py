"""Figures as findings show them: the shortest exact writing, at most four decimals for a derived one."""

from __future__ import annotations

import datetime
from decimal import Decimal

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
