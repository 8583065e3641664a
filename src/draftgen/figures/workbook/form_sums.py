"""Sums that the workbook shows beside the figures that a person fills in: for the eye, never read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from draftgen.figures.quantities import MONEY
from draftgen.figures.workbook.layout import SUM_NOTE, facets
from draftgen.figures.workbook.looks import MONEY_FORMAT, Page
from draftgen.figures.workbook.numbers import GENERAL

_SUM = re.compile(r"([^\s=(){}*]+) = 合计\(([^(){}?]+)\)")
_LABEL, _FIRST = 1, 3


class Row(NamedTuple):
    """The row of a figure, or of a single value, whose cell is the first column alone."""

    sheet: str
    row: int
    unit: str
    figure: bool


class Range(NamedTuple):
    """The rows of freely named figures or values."""

    sheet: str
    first: int
    last: int
    figure: bool


@dataclass(slots=True)
class Sums:
    """Where everything stands that could be summed, by its path."""

    rows: dict[str, Row] = field(default_factory=dict)  # of figures and values
    ranges: dict[str, Range] = field(default_factory=dict)  # of named entries
    columns: dict[str, str] = field(default_factory=dict)  # of lists, "绩效目标.项目.*.金额": the range
    names: dict[str, str] = field(default_factory=dict)  # of lists: the range with their items' names
    ends: dict[str, int] = field(default_factory=dict)  # of each group's sheet: the first free row
    money: str = ""  # the cell with the unit of money
    wanted: Sequence[str] = ()


def sums_of(formulas: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield total and summands of the relations that say ``X.合计 = 合计(X.*)`` and no more."""
    for formula in formulas:
        found = _SUM.fullmatch(formula)
        if found:
            yield found[1], found[2]


def write_sums(sums: Sums, pages: Mapping[str, Page]) -> None:
    """Write a row of sums at the foot of each sheet that has the total."""
    for left, pattern in sums_of(sums.wanted):
        if left not in sums.rows:
            continue
        sheet = sums.rows[left].sheet
        row = sums.ends[sheet]
        if _write(pages[sheet], row, left, pattern, sums):
            sums.ends[sheet] = row + 1


def _write(page: Page, row: int, left: str, pattern: str, sums: Sums) -> bool:
    formulas: dict[int, list[str]] = {}
    for number, facet in enumerate(facets()):
        if facet.shape.kind == "number" and not facet.attribute.startswith("stated"):
            found = list(_cells(left, pattern, get_column_letter(_FIRST + number), number == 0, sums))
            if found:
                formulas[_FIRST + number] = found
    if not formulas:
        return False
    name = left.removeprefix(f"{page.name}.")
    page.put(row, _LABEL, f"{SUM_NOTE}：{name}", "sum label")
    for column in range(_LABEL + 1, max(formulas) + 1):
        if column in formulas:
            cells = ",".join(formulas[column])
            shown = MONEY_FORMAT if sums.rows[left].unit == MONEY else GENERAL
            page.formula(row, column, f'=IF(COUNT({cells})=0,"",SUM({cells}))', "sum", shown)
        else:
            page.put(row, column, None, "sum")
    return True


def _cells(left: str, pattern: str, letter: str, first: bool, sums: Sums) -> Iterator[str]:
    """Yield the cells and ranges that a pattern sums."""
    if pattern in sums.columns:
        if first:
            yield sums.columns[pattern]
        return
    group, _, star = pattern.rpartition(".")
    if star != "*" or "*" in group:
        return
    found = sums.ranges.get(group)
    if found is not None and (first or found.figure):
        yield f"'{found.sheet}'!{letter}{found.first}:{letter}{found.last}"
    for path, row in sums.rows.items():
        if path.rpartition(".")[0] == group and path != left and (first or row.figure):
            yield f"'{row.sheet}'!{letter}{row.row}"
