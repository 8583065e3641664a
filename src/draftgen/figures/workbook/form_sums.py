"""Sums that the workbook shows beside the figures that a person fills in: for the eye, never read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from draftgen.figures.workbook.layout import SUM_NOTE, GroupSheet, facets
from draftgen.figures.workbook.looks import Page

_SUM = re.compile(r"([^\s=(){}*]+) = 合计\(([^(){}?]+)\)")
_LABEL, _FIRST = 1, 3


@dataclass(slots=True)
class Sums:
    """Where everything stands that could be summed, by its path."""

    rows: dict[str, tuple[str, int]] = field(default_factory=dict)  # of figures and values: sheet and row
    ranges: dict[str, tuple[str, int, int]] = field(default_factory=dict)  # of named entries: sheet, first, last row
    columns: dict[str, str] = field(default_factory=dict)  # of lists, "绩效目标.项目.*.金额": the range
    names: dict[str, str] = field(default_factory=dict)  # of lists: the range with their items' names
    ends: dict[str, int] = field(default_factory=dict)  # of each sheet: the first free row below the figures
    money: str = ""  # the cell with the unit of money
    wanted: Sequence[str] = ()

    def room(self, layout: GroupSheet, base: str) -> int:
        """How many rows to keep free below the figures of a sheet."""
        paths = {".".join((*layout.base, *leaf.keys)) for leaf in layout.leaves if leaf.kind == "figure"}
        count = sum(1 for left, _ in sums_of(self.wanted) if left in paths)
        return count + 1 if count else 0


def sums_of(formulas: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield total and summands of the relations that say ``X.合计 = 合计(X.*)`` and no more."""
    for formula in formulas:
        found = _SUM.fullmatch(formula)
        if found:
            yield found[1], found[2]


def write_sums(sums: Sums, pages: Mapping[str, Page]) -> None:
    """Write a row of sums below the figures of each sheet that has the total."""
    for left, pattern in sums_of(sums.wanted):
        if left not in sums.rows:
            continue
        sheet, _ = sums.rows[left]
        row = sums.ends.get(sheet)
        if row is None:
            continue
        if _write(pages[sheet], row, left, pattern, sums):
            sums.ends[sheet] = row + 1


def _write(page: Page, row: int, left: str, pattern: str, sums: Sums) -> bool:
    formulas = {}
    for number, facet in enumerate(facets()):
        if facet.shape.kind == "number" and not facet.attribute.startswith("stated"):
            cells = list(_cells(left, pattern, get_column_letter(_FIRST + number), number == 0, sums))
            if cells:
                formulas[_FIRST + number] = cells
    if not formulas:
        return False
    page.put(row, _LABEL, f"{SUM_NOTE}：{left}", "sum label")
    for column in range(_LABEL + 1, max(formulas) + 1):
        if column in formulas:
            cells = ",".join(formulas[column])
            page.formula(row, column, f'=IF(COUNT({cells})=0,"",SUM({cells}))', "sum", "#,##0.00##")
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
    if group in sums.ranges:
        sheet, top, bottom = sums.ranges[group]
        yield f"'{sheet}'!{letter}{top}:{letter}{bottom}"
    for path, (sheet, row) in sums.rows.items():
        if path.rpartition(".")[0] == group and path != left:
            yield f"'{sheet}'!{letter}{row}"
