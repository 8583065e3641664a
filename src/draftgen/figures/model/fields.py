"""How a field of the data file is declared: once, for keys, aliases, schema, notes, messages and labels.

``alias`` is the Chinese key, the attribute is the English one, ``unit`` the unit of bare numbers.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from draftgen.figures.quantities import Measure, parse_measure

SECRET = "涉密"


def field(zh: str, en: str, *, unit: str = "", note: str = "", required: bool = False) -> Any:
    """Declare a field: Chinese key, English label, unit of bare numbers, note for the person who fills it in."""
    extra = {"en": en, "unit": unit, "note": note}
    described = f"{zh}（{unit}）" if unit else zh
    return Field(
        default=... if required else None,
        alias=zh,
        title=zh,
        description=f"{described}。{note}" if note else described,
        json_schema_extra={k: v for k, v in extra.items() if v},
    )


class Topic(BaseModel):
    """A group of fields. ``name_field`` is the Chinese key that names one of several (else its number does)."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=False, defer_build=True
    )
    name_field: ClassVar[str] = ""
    bare_field: ClassVar[str] = ""  # the key that a bare value stands for


def _measure(value: object) -> Measure:
    if isinstance(value, Measure):
        return value
    if not isinstance(value, str):
        raise ValueError("number")
    try:
        return parse_measure(value)
    except ValueError:
        raise ValueError("number") from None


Number = Annotated[
    Measure,
    BeforeValidator(_measure),
    WithJsonSchema(
        {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*[+-]?[\d,，]+(\.\d+)?\s*\S{0,4}$"}]}
    ),
]


@dataclass(frozen=True, slots=True)
class Day:
    """A date as typed, to the day or only to the month (then ``date`` is the month's last day)."""

    date: datetime.date
    month_only: bool
    typed: str

    @property
    def text(self) -> str:
        """The date in Chinese, with the precision that was given."""
        day = "" if self.month_only else f"{self.date.day}日"
        return f"{self.date.year}年{self.date.month}月{day}"


_DAY = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*(?:月|[/.-]\s*(?=\d)|$)\s*(?:(\d{1,2})\s*日?)?")


def parse_day(text: str) -> Day:
    """Read ``2020-12-31``, ``2020年12月31日``, ``2020/12/31`` or ``2020年12月``.

    Raises:
        ValueError: no such form, or no such day.

    >>> parse_day("2020年12月").text, parse_day("2020-2-3").date.isoformat()
    ('2020年12月', '2020-02-03')
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    year, month = int(found[1]), int(found[2])
    if found[3]:
        return Day(datetime.date(year, month, int(found[3])), False, text)
    if not 1 <= month <= 12 or year < 1:
        raise ValueError(text)
    return Day(datetime.date(year, month, calendar.monthrange(year, month)[1]), True, text)


def _day(value: object) -> Day:
    if isinstance(value, Day):
        return value
    if not isinstance(value, str):
        raise ValueError("date")
    try:
        return parse_day(value)
    except ValueError:
        raise ValueError("date") from None


DayField = Annotated[
    Day,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}[-年/.]\d{1,2}([-月/.](\d{1,2}日?)?)?$"}),
]

_TRUE = frozenset({"是", "有", "true", "yes", "True", "TRUE"})
_FALSE = frozenset({"否", "无", "false", "no", "False", "FALSE"})


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip() in _TRUE:
        return True
    if isinstance(value, str) and value.strip() in _FALSE:
        return False
    raise ValueError("flag")


Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"enum": ["是", "否", True, False]})]


def _words(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return " ".join(value.split("\n")).strip() if "\n" not in value.strip() else value.strip()
    raise ValueError("text")


Words = Annotated[str, BeforeValidator(_words), WithJsonSchema({"type": ["string", "number"]})]


def _list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Figure(Topic):
    """A figure with its comparisons. A bare value is 本年.

    The last four are what the office's own papers state; they are only compared, never used.
    """

    bare_field: ClassVar[str] = "本年"

    current: Number | None = field("本年", "this year", note="本年度决算（实际）数")
    last: Number | None = field("上年", "last year", note="上年度决算（实际）数，同口径")
    initial_budget: Number | None = field("年初预算", "budget at the start of the year")
    full_budget: Number | None = field("全年预算", "budget of the full year", note="调整后的全年预算数")
    last_budget: Number | None = field("上年预算", "last year's budget")
    reason: Words | None = field("原因", "reason for the change", note="增减变动的主要原因；没有填写时，草稿中留出提示")
    budget_reason: Words | None = field("预决算差异原因", "reason for the difference from the budget")
    purpose: Words | None = field("用途", "purpose", note="主要用于……")
    note: Words | None = field("说明", "note")
    incomparable: Words | None = field("口径变化", "change of scope", note="上年数口径不同时写明，草稿不计算增减率")
    stated_change: Number | None = field("增减额", "stated change", note="已有材料写明的增减额，仅用于核对；减少写负数")
    stated_rate: Number | None = field(
        "增减率", "stated rate of change", unit="%", note="已有材料写明的增减率，仅用于核对；下降写负数"
    )
    stated_share: Number | None = field("占比", "stated share", unit="%", note="已有材料写明的占比，仅用于核对")
    stated_execution: Number | None = field(
        "执行率", "stated execution rate", unit="%", note="已有材料写明的执行率，仅用于核对"
    )


Strings = Annotated[list[Words], BeforeValidator(_list)]
