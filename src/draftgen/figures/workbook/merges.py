"""Merged cells: a label counts for all rows that it is merged over, a value for its first cell only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from draftgen.figures.workbook.package import Cell, Merge, Sheet


@dataclass(slots=True)
class Merges:
    """The merged ranges of a sheet, asked while its rows are read from the top down."""

    by_anchor: Mapping[tuple[int, int], Merge]
    tops: Mapping[int, list[int]]  # the first rows of the ranges that begin in a column
    seen: dict[tuple[int, int], Cell] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet) -> Merges:
        """Index the merged ranges of a sheet."""
        by_anchor = {(merge.top, merge.left): merge for merge in sheet.merges}
        tops: dict[int, list[int]] = {}
        for top, left in sorted(by_anchor):
            tops.setdefault(left, []).append(top)
        return cls(by_anchor, tops)

    def look(self, row: Iterable[Cell]) -> None:
        """Remember the texts of merged cells of a row."""
        if self.by_anchor:
            for cell in row:
                if (cell.row, cell.column) in self.by_anchor:
                    self.seen[cell.row, cell.column] = cell

    def label(self, row: int, column: int) -> Cell | None:
        """Return the cell above that is merged down to here, in a column."""
        tops = self.tops.get(column, [])
        at = bisect_right(tops, row) - 1
        if at < 0:
            return None
        merge = self.by_anchor[tops[at], column]
        return self.seen.get((merge.top, column)) if merge.bottom >= row else None

    def over(self, cell: Cell) -> Merge | None:
        """Return the range that begins with a cell."""
        return self.by_anchor.get((cell.row, cell.column)) if self.by_anchor else None
