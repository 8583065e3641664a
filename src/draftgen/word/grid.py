"""A table's cells on its grid of columns: what stands where, with merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from draftgen.draft import Cell, Column, Row

EMPTY = Cell(((),))


@dataclass(frozen=True, slots=True)
class Area:
    """A cell and the grid fields that it covers, counted from 0."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int


Grid = tuple[tuple[Area, ...], ...]  # for each row the areas that it crosses, from left to right


def grid(rows: Sequence[Row], columns: int) -> Grid:
    """Lay the cells out. Missing cells are empty ones; raises `ValueError` when a row has too many."""
    fields: list[list[Area | None]] = [[None] * columns for _ in rows]
    for index, row in enumerate(rows):
        for cell in row.cells:
            _place(fields, cell, index)
        while None in fields[index]:
            _place(fields, EMPTY, index)
    return tuple(_distinct(line) for line in fields)


def _place(fields: list[list[Area | None]], cell: Cell, row: int) -> None:
    """Put the cell on the first free field of the row."""
    line = fields[row]
    if None not in line:
        raise ValueError(f"row {row + 1} has more cells than its table has columns")
    column = line.index(None)
    span = slice(column, column + cell.column_span)
    if line[span] != [None] * cell.column_span:
        raise ValueError(f"row {row + 1}: a cell over {cell.column_span} columns has no room at column {column + 1}")
    covered = fields[row : row + cell.row_span]
    area = Area(cell, row, column, len(covered), cell.column_span)
    for below in covered:
        below[span] = [area] * cell.column_span


def _distinct(line: Sequence[Area | None]) -> tuple[Area, ...]:
    """Name each area of a row once."""
    return tuple(area for column, area in enumerate(line) if area is not None and area.column == column)


def column_widths(columns: Sequence[Column], total: int) -> tuple[int, ...]:
    """Share ``total`` (twips) among the columns, to the last twip."""
    shares = [max(c.width, 0) for c in columns]
    if not any(shares):
        shares = [1] * len(columns)
    ends = [total * end // sum(shares) for end in accumulate(shares, initial=0)]
    return tuple(right - left for left, right in pairwise(ends))
