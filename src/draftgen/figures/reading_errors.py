"""The model's objections, said so that the person who fills in the file can act on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from draftgen.figures.quantities import MONEY, YEAR
from draftgen.figures.schema_fields import FieldSpec, Shape, path_of, spec_at
from draftgen.figures.source_tree import fault
from draftgen.findings import Finding, Localised, Place

_CODES = {
    "number": "not-a-number",
    "date": "not-a-date",
    "flag": "not-a-flag",
    "choice": "not-a-choice",
    "text": "not-text",
}
_ADD = ("add “{key}: …”{note}", "请补充“{key}: ……”{note}")


def findings_of(error: ValidationError, at: Callable[[str], Place]) -> Iterator[Finding]:
    """Yield one finding for each thing that the model objects to."""
    for entry in error.errors(include_url=False):
        location = entry["loc"]
        place = at(path_of(location))
        field = spec_at(location)
        if entry["type"] == "missing":
            yield _missing(place, field[0] if field else None)
        elif field is not None and field[1].kind in _CODES:
            yield _bad_value(place, *field, entry["input"])
        else:
            yield _other(place, entry["input"], entry["msg"])


def _missing(place: Place, spec: FieldSpec | None) -> Finding:
    note = f"（{spec.note}）" if spec and spec.note else ""
    add = ("fill in “{key}”{note}", "请填写“{key}”{note}") if place.sheet else _ADD
    return fault(
        "missing-key",
        place,
        ("the required key “{path}” is not filled in", "必填项“{path}”没有填写"),
        add,
        expected=spec.zh if spec else "",
        path=place.path,
        key=spec.zh if spec else place.path,
        note=note,
    )


def _bad_value(place: Place, spec: FieldSpec, shape: Shape, value: Any) -> Finding:
    found = value if isinstance(value, str) else ""
    wanted = _wanted(shape, spec.unit)
    return fault(
        _CODES[shape.kind],
        place,
        ("“{path}” must be {wanted}, found “{found}”", "“{path}”应为{wanted}，实际为“{found}”"),
        _hint(shape, found.strip(), spec),
        found=found,
        expected=wanted.zh,
        path=place.path,
        wanted=wanted,
    )


def _other(place: Place, value: Any, message: str) -> Finding:
    return fault(
        "wrong-shape",
        place,
        ("“{path}” does not have the right form: {problem}", "“{path}”的形式不正确：{problem}"),
        ("compare it with an empty data file", "请对照空白数据文件检查"),
        found=value if isinstance(value, str) else "",
        path=place.path,
        problem=message,
    )


def _wanted(shape: Shape, unit: str) -> Localised:
    if shape.kind == "number":
        example = {MONEY: "1234.56", "%": "96.4%", YEAR: "2024"}.get(unit, "12")
        return Localised(f"a number such as {example}", f"数字，如{example}")
    if shape.kind == "date":
        return Localised("a date such as 2020-12-31 or 2020年12月", "日期，如2020-12-31或2020年12月")
    if shape.kind == "flag":
        return Localised("是 or 否", "“是”或“否”")
    if shape.kind == "choice":
        choices = "、".join(shape.choices)
        return Localised(f"one of {choices}", f"以下之一：{choices}")
    return Localised("a text", "文字")


def _hint(shape: Shape, found: str, spec: FieldSpec) -> tuple[str, str]:
    if not found and spec.required:
        return ("this key is required: fill it in", "本项为必填项，请填写内容")
    if not found:
        return ("leave nothing behind the colon if it is not known", "不清楚时冒号后面留空即可，不要写空引号")
    if shape.kind == "number" and spec.unit == YEAR:
        return ("write the four digits of the year alone", "请只写四位数的年份")
    if shape.kind == "number":
        return _number_hint(found)
    if shape.kind == "date":
        return (
            "write year, month and day, and check that the day exists",
            "请写明年、月、日，并核对该日期是否存在",
        )
    if shape.kind == "choice":
        return ("copy one of the accepted words exactly", "请照原样填写其中一个")
    return ("write 是 or 否", "请写“是”或“否”")


def _number_hint(found: str) -> tuple[str, str]:
    if found in ("-", "—", "——", "/", "无", "N/A", "n/a", "--"):
        return (
            "leave it empty if it is not known; write 0 if there was none",
            "没有数据请留空；确实没有发生请写0",
        )
    if any(mark in found for mark in "约近余多左右以上") and any(sign.isdigit() for sign in found):
        return ("write the number alone, without “about” or “more than”", "请只写数字，不写“约”“余”等字")
    if found[0] in "(（":
        return ("write a negative number with a minus sign, such as -5.20", "负数请用负号，如-5.20，不用括号")
    if "e" in found.lower():
        return ("write the number out, without an exponent", "请写出完整数字，不用科学记数法")
    return (
        "write one number in digits; a unit may stand directly behind it, such as 5.2万元",
        "请用阿拉伯数字只写一个数，后面可直接写单位，如5.2万元",
    )
