"""What a cell with a number says: its value to the 15 digits that a spreadsheet keeps, in the form that it shows.

A number format decides three things that a person sees: a percent sign, a date, and zeros at the end (``0.00`` shows
1234.1 as 1234.10). It never rounds: of 1234.567 under ``0.00`` all digits are read.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from types import MappingProxyType

from draftgen.figures.quantities import YUAN_IN

GENERAL = "General"
_DIGITS = Context(prec=15, rounding=ROUND_HALF_EVEN)
_LITERAL = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]')
_SUFFIX = re.compile(r'[0#?][.,0#?]*(?:"([^"]*)"|\\(.)|!(.)|([元万亿]+))*\s*(?:_.)*\s*$')
_MOST_DIGITS = 308
_DAYS = range(1, 2_958_466)  # to the end of the year 9999


def _builtin() -> dict[int, str]:
    """The formats that stand in no file, by their number (ECMA-376, 18.8.30; 27-58 as Chinese Excel shows them)."""
    found = {0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0"}
    found |= dict.fromkeys((39, 40, 43, 44), "#,##0.00")
    found |= dict.fromkeys((14, 15, 22, 30, 31, 36, 50), "yyyy-m-d") | dict.fromkeys((17, 27, 52, 55, 57), "yyyy-m")
    return found | dict.fromkeys((16, 28, 29, 51, 53, 54, 56, 58), "m-d")


BUILTIN: Mapping[int, str] = MappingProxyType(_builtin())


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format means for the text of a value."""

    percent: bool = False
    date: str = ""  # "day", "month" or "year": how precise the date is that it shows
    places: int = 0  # decimals that are always shown
    unit: str = ""  # a unit of money that it shows behind the number


@lru_cache(maxsize=512)
def read_format(code: str) -> Format:
    """Read a number format.

    >>> read_format("#,##0.00_ "), read_format("0.0%").percent, read_format('yyyy"年"m"月"').date
    (Format(percent=False, date='', places=2, unit=''), True, 'month')
    """
    first = code.split(";")[0]
    bare = _LITERAL.sub("", first)
    if code == GENERAL or "@" in bare:
        return Format()
    date = _date(bare.lower())
    if date:
        return Format(date=date)
    digits = re.search(r"[0#?][0#?,]*(?:\.([0#?]*))?", bare)
    scaled = digits is None or re.search(r"[0#?],+(?:[^0#?]|$)", bare) is not None or "E" in bare.upper() or "/" in bare
    percent = "%" in bare
    places = 0 if scaled or digits is None else (digits[1] or "").count("0")
    return Format(percent, "", places, "" if scaled or percent else _unit(first))


def _date(bare: str) -> str:
    if not set(bare) & set("ymd") or bare == GENERAL.lower():
        return ""
    if "d" in bare or "y" not in bare:
        return "" if "h" in bare and "d" not in bare else "day"
    return "month" if "m" in bare else "year"


def _unit(first: str) -> str:
    found = _SUFFIX.search(first)
    said = next((group for group in found.groups() if group), "") if found else ""
    return said if said in YUAN_IN else ""


def text_of(value: str, code: str, since_1904: bool = False) -> str:
    """Return what a cell says that holds the number `value` (as in the file) under the number format `code`.

    >>> text_of("0.30000000000000004", "General"), text_of("98.099999999999994", "0.00"), text_of("0.981", "0.00%")
    ('0.3', '98.10', '98.10%')
    >>> text_of("44196", "yyyy/m/d"), text_of("44166", 'yyyy"年"m"月"')
    ('2020-12-31', '2020年12月')
    """
    try:
        number = _DIGITS.create_decimal(value.strip())
    except ArithmeticError:
        return value
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:  # no spreadsheet writes such a number
        return value
    shown = read_format(code)
    if shown.date:
        return _day(number, shown.date, since_1904) or plain(number)
    if shown.percent:
        return plain(number * 100, shown.places) + "%"
    return plain(number, shown.places) + shown.unit


def plain(number: Decimal, places: int = 0) -> str:
    """Write a number without an exponent, with at least `places` decimals."""
    text = f"{number:f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(places, "0")
    text = f"{whole}.{decimals}" if decimals else whole
    return text.removeprefix("-") if not text.strip("-0.") else text


def _day(number: Decimal, precision: str, since_1904: bool) -> str:
    days = int(number) + (1462 if since_1904 else 0)
    if days not in _DAYS:
        return ""
    day = datetime.date(1899, 12, 30) + datetime.timedelta(days if days > 60 else days + 1)
    if precision == "day":
        return day.isoformat()
    return f"{day.year}年{day.month}月" if precision == "month" else str(day.year)


def serial(day: datetime.date) -> int:
    """Return the number that a spreadsheet keeps for a date."""
    return (day - datetime.date(1899, 12, 30)).days
