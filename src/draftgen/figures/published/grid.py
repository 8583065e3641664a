"""A sheet of a workbook as cells that say something, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from draftgen.errors import InputError
from draftgen.figures.source import read_bytes
from draftgen.figures.workbook import faults
from draftgen.figures.workbook.package import Merge, Sheet, Unreadable, cell_name, read_sheets
from draftgen.findings import Place

Spot = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet. ``cells`` holds the texts of those cells that are not empty, ``faults`` the errors that cells show."""

    file: str
    sheet: str
    number: int
    cells: Mapping[Spot, str]
    merges: tuple[Merge, ...] = ()
    faults: Mapping[Spot, str] = field(default_factory=dict)
    rows: tuple[tuple[int, tuple[int, ...]], ...] = ()  # row and its columns, from the top

    def text(self, row: int, column: int) -> str:
        """What a cell says, empty if nothing."""
        return self.cells.get((row, column), "")

    def place(self, row: int = 0, column: int = 0) -> Place:
        """The place of a cell, or of the whole sheet."""
        cell = cell_name(row, column) if row else ""
        return Place(self.file, sheet=self.sheet, cell=cell, sheet_number=self.number)

    def between(self, first: int, last: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The rows from `first` to `last` that say something, each with its columns."""
        return ((row, columns) for row, columns in self.rows if first <= row <= last)

    @property
    def height(self) -> int:
        """The last row that says something."""
        return self.rows[-1][0] if self.rows else 0


def make_grid(
    file: str,
    sheet: str,
    number: int,
    cells: Mapping[Spot, str],
    merges: tuple[Merge, ...] = (),
    faulty: Mapping[Spot, str] | None = None,
) -> Grid:
    """Make a sheet of its cells."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        rows.setdefault(row, []).append(column)
    listed = tuple((row, tuple(columns)) for row, columns in rows.items())
    return Grid(file, sheet, number, cells, merges, faulty or {}, listed)


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read the sheets of a workbook that are not hidden.

    Raises:
        InputError: the file is missing, too large, or no workbook.
    """
    file = str(path)
    data = read_bytes(path)
    try:
        sheets = read_sheets(data)
    except Unreadable as error:
        raise InputError([faults.unreadable(file, data, error.why, error.detail)]) from None
    return tuple(_grid(file, sheet) for sheet in sheets if not sheet.hidden)


def _grid(file: str, sheet: Sheet) -> Grid:
    cells = [cell for row in sheet.rows for cell in row]
    texts = {(cell.row, cell.column): text for cell in cells if (text := cell.text.strip())}
    faulty = {(cell.row, cell.column): cell.fault for cell in cells if cell.fault}
    return make_grid(file, sheet.name, sheet.number, texts, sheet.merges, faulty)
