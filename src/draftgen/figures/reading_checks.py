"""Second checks: values that have the right form but cannot be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Day
from draftgen.figures.model.performance import Period
from draftgen.figures.quantities import (
    BATCH,
    ITEM,
    MONEY,
    PERSON,
    PERSON_TIME,
    RATE,
    SET,
    VEHICLE,
    YEAR,
    YUAN_IN,
    Measure,
)
from draftgen.figures.reading_walk import FieldAt, iter_fields
from draftgen.figures.source_tree import fault
from draftgen.findings import Finding, Place, Severity

_COUNTS = frozenset({PERSON, VEHICLE, ITEM, BATCH, PERSON_TIME, SET, "件"})
_YEARS = frozenset({"年度", "单位.成立年份"})
_PLACES = frozenset({"设置.金额小数位", "设置.比率小数位"})
_FIRST_YEAR, _LAST_YEAR, _MOST_PLACES = 1949, 2100, 6


def check_values(dataset: Dataset, at: Callable[[str], Place]) -> list[Finding]:
    """Check units, counts, years, rates and periods of a data set."""
    found: list[Finding] = []
    for field in iter_fields(dataset):
        if isinstance(field.value, Measure):
            found += _number(field, field.value, at(field.path))
        elif isinstance(field.value, Day):
            if not _FIRST_YEAR <= field.value.date.year <= _LAST_YEAR:
                found.append(_bad_year(at(field.path), field.value.typed))
        elif isinstance(field.value, Period):
            found += _period(field.value, at(f"{field.path}.起"), at(f"{field.path}.止"))
    return found


def _number(field: FieldAt, measure: Measure, place: Place) -> Iterator[Finding]:
    if field.path in _YEARS:
        yield from _year(measure, place)
    elif field.path in _PLACES:
        yield from _decimal_places(measure, place)
    elif measure.unit and field.unit and measure.unit not in _accepted(field.unit):
        yield _wrong_unit(field, measure, place)
    elif field.unit in _COUNTS:
        yield from _count(field, measure, place)
    elif field.unit == RATE and not measure.unit and Decimal(0) < abs(measure.value) <= 1:
        yield _rate_as_fraction(measure, place)


def _accepted(unit: str) -> tuple[str, ...]:
    return tuple(YUAN_IN) if unit == MONEY else (unit,)


def _wrong_unit(field: FieldAt, measure: Measure, place: Place) -> Finding:
    accepted = "、".join(_accepted(field.unit))
    return fault(
        "wrong-unit",
        place,
        ("“{path}” cannot be given in “{unit}”", "“{path}”的单位不能是“{unit}”"),
        ("write the number alone, or with {accepted} behind it", "请只写数字，或在数字后写{accepted}"),
        found=measure.typed,
        expected=accepted,
        path=place.path,
        unit=measure.unit,
        accepted=accepted,
    )


def _count(field: FieldAt, measure: Measure, place: Place) -> Iterator[Finding]:
    # a stated difference of two counts may well be negative
    if measure.value < 0 and not field.path.endswith(".增减额"):
        yield fault(
            "negative-count",
            place,
            ("“{path}” counts {unit} and cannot be negative: {found}", "“{path}”按{unit}计数，不能为负数：{found}"),
            ("check the number", "请核对该数"),
            found=measure.typed,
            expected="≥ 0",
            path=place.path,
            unit=field.unit,
        )
    if measure.value != measure.value.to_integral_value():
        yield fault(
            "not-whole",
            place,
            ("“{path}” counts {unit} and must be whole: {found}", "“{path}”按{unit}计数，应为整数：{found}"),
            ("check the number, and that it does not belong to another key", "请核对该数，并检查是否填错了位置"),
            found=measure.typed,
            expected="1、2、3……",
            path=place.path,
            unit=field.unit,
        )


def _rate_as_fraction(measure: Measure, place: Place) -> Finding:
    percent = f"{(measure.value * 100).normalize():f}%"
    return fault(
        "rate-as-fraction",
        place,
        ("“{path}” is read as {found}%; did you mean {percent}?", "“{path}”按{found}%读取，是否应为{percent}？"),
        (
            "write the percent sign: {percent}, or {found}% if that is meant",
            "请写明百分号：{percent}；如确为{found}%，请写{found}%",
        ),
        found=measure.typed,
        expected=percent,
        keys=(place.path,),
        severity=Severity.WARNING,
        path=place.path,
        percent=percent,
    )


def _year(measure: Measure, place: Place) -> Iterator[Finding]:
    whole = measure.value == measure.value.to_integral_value()
    if measure.unit not in ("", YEAR, "年度") or not whole or not _FIRST_YEAR <= measure.value <= _LAST_YEAR:
        yield _bad_year(place, measure.typed)


def _bad_year(place: Place, typed: str) -> Finding:
    return fault(
        "bad-year",
        place,
        ("“{path}” names a year that cannot be meant: {found}", "“{path}”的年份不合理：{found}"),
        ("write a year from {first} to {last} with four digits", "请写{first}至{last}之间的四位年份"),
        found=typed,
        expected=f"{_FIRST_YEAR}–{_LAST_YEAR}",
        path=place.path,
        first=_FIRST_YEAR,
        last=_LAST_YEAR,
    )


def _decimal_places(measure: Measure, place: Place) -> Iterator[Finding]:
    if measure.value != measure.value.to_integral_value() or not 0 <= measure.value <= _MOST_PLACES:
        yield fault(
            "out-of-range",
            place,
            ("“{path}” must be a whole number from 0 to {most}: {found}", "“{path}”应为0至{most}的整数：{found}"),
            ("2 is usual", "一般为2"),
            found=measure.typed,
            expected=f"0–{_MOST_PLACES}",
            path=place.path,
            most=_MOST_PLACES,
        )


def _period(period: Period, place: Place, end: Place) -> Iterator[Finding]:
    if period.start and period.end and period.start.date > period.end.date:
        told = fault(
            "period-reversed",
            place,
            ("the period begins on {start}, after its end on {end}", "时段的起日{start}晚于止日{end}"),
            ("check the two dates; they may have been swapped", "请核对两个日期是否写反"),
            found=f"{period.start.typed}–{period.end.typed}",
            path=place.path,
            start=period.start.text,
            end=period.end.text,
        )
        yield replace(told, places=(place, end))
