"""Numbers as they were typed, their units, exact conversion, and the only rounding rule.

Money is `Decimal` from the text of the file to the page. A rate is kept as a fraction (0.9640 is 96.40 %).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from types import MappingProxyType

YUAN, WAN, YI = "元", "万元", "亿元"
PERSON, VEHICLE, ITEM, BATCH, PERSON_TIME, SET = "人", "辆", "个", "批次", "人次", "台"
RATE, POINT, DATE, YEAR = "%", "分", "日", "年"
MONEY = "金额"  # stands for the data file's ledger unit

YUAN_IN = MappingProxyType({YUAN: Decimal(1), WAN: Decimal(10_000), YI: Decimal(100_000_000)})

_NUMBER = re.compile(r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?P<unit>[^\d\s.,+-]{0,4})")
_MAX_DIGITS = 24
_WIDE = Context(prec=80)  # a rate of the longest amount on the smallest base still has room


@dataclass(frozen=True, slots=True)
class Measure:
    """A number exactly as typed. ``unit`` is what stood behind it, empty where the field's unit holds.

    A typed ``95%`` has the value 95 and the unit ``%``; `as_fraction` turns it into 0.95.
    """

    value: Decimal
    unit: str = ""
    typed: str = ""

    @property
    def places(self) -> int:
        """Decimal places as typed."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


def parse_measure(text: str) -> Measure:
    """Read a number with an optional unit behind it.

    Thousands separators and full-width digits are read, a number is never guessed.

    Raises:
        ValueError: the text is no number.

    >>> parse_measure("1,234.10万元")
    Measure(value=Decimal('1234.10'), unit='万元', typed='1,234.10万元')
    >>> parse_measure("１２")
    Measure(value=Decimal('12'), unit='', typed='１２')
    """
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or len(found["number"]) > _MAX_DIGITS:
        raise ValueError(text)
    try:
        value = Decimal(found["number"].replace(",", ""))
    except InvalidOperation as error:  # pragma: no cover - the pattern admits only numbers
        raise ValueError(text) from error
    return Measure(value, found["unit"], text.strip())


def half_up(value: Decimal, places: int) -> Decimal:
    """Round half away from zero (四舍五入), the only rounding in draftgen.

    >>> half_up(Decimal("0.125"), 2), half_up(Decimal("-0.125"), 2)
    (Decimal('0.13'), Decimal('-0.13'))
    """
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def half_unit(places: int) -> Decimal:
    """How far the true value may lie from an amount printed with `places` decimals; fewer than two count as two.

    >>> half_unit(2), half_unit(0), half_unit(3)
    (Decimal('0.005'), Decimal('0.005'), Decimal('0.0005'))
    """
    return Decimal(5).scaleb(-max(2, places) - 1)


def convert(value: Decimal, unit: str, into: str) -> Decimal:
    """Convert money exactly.

    >>> convert(Decimal("0.5"), "亿元", "万元")
    Decimal('5000.0')
    """
    return value if unit == into else value * YUAN_IN[unit] / YUAN_IN[into]


def is_money(unit: str) -> bool:
    """Tell whether `unit` is a unit of money."""
    return unit in YUAN_IN
