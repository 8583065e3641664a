"""Where the sheets of a workbook are put together: one tree, one place for every value, all findings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from draftgen.figures.schema_fields import fold, path_of
from draftgen.figures.source_tree import CellAt, Node, RawPath, place_at
from draftgen.figures.workbook import faults
from draftgen.figures.workbook.layout import DataSheet, GroupSheet
from draftgen.figures.workbook.package import Cell, Sheet, cell_name
from draftgen.findings import Finding, Place

UNKNOWN = "（不清楚）"  # in a cell: known to exist, not known how much; what an empty value is in a text file
LINE = "↵"  # in a cell with one text a line: a line break within a text


class Collector:
    """Takes values cell by cell. Paths are chains of Chinese keys, and of numbers of items from 0."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.tree: dict[str, Node] = {}
        self.spots: dict[RawPath, CellAt] = {}
        self.vacant: dict[str, CellAt] = {}
        self.findings: list[Finding] = []
        self.units: list[tuple[Place, str, str]] = []  # what the column of units says, and the unit of the row
        self.entries: dict[RawPath, dict[str, RawPath]] = {}  # of each list: its items by their names
        self._sheet = Sheet("", 0, False, ())
        self._last: tuple[RawPath, Node] = ((), self.tree)  # where the last value was put: the next is mostly near

    def sheet(self, sheet: Sheet, layout: DataSheet) -> None:
        """Begin to read a sheet."""
        self._sheet = sheet
        whole = CellAt(sheet.name, "", sheet.number)
        if isinstance(layout, GroupSheet):
            self.vacant.setdefault(path_of(layout.base), whole)
            for leaf in layout.leaves if not layout.base else ():
                if len(leaf.keys) > 1:  # a group that no file can do without: it is there, if empty
                    self.tree.setdefault(leaf.keys[0], {})
        elif len(layout.steps) == 1:
            self.vacant.setdefault(path_of(layout.path), whole)

    def at(self, cell: Cell) -> CellAt:
        """Where a cell of the sheet is."""
        return CellAt(self._sheet.name, cell.name, self._sheet.number)

    def place(self, cell: Cell, path: RawPath = ()) -> Place:
        """The place of a cell of the sheet, for a finding."""
        return place_at(self.file, self.at(cell), path_of(path))

    def whole(self) -> Place:
        """The place of the sheet itself."""
        return Place(self.file, sheet=self._sheet.name, sheet_number=self._sheet.number)

    def put(self, path: RawPath, cell: Cell) -> None:
        """Take what a cell says as the value of a path."""
        if cell.fault:
            self.findings.append(faults.faulty_cell(self.place(cell, path), cell.fault))
            return
        if path in self.spots and self._holds(path):
            first = place_at(self.file, self.spots[path], path_of(path))
            self.findings.append(faults.twice(self.place(cell, path), first, path_of(path)))
            return
        self._set(path, None if cell.text.strip() == UNKNOWN else cell.text)
        self.spots[path] = self.at(cell)

    def add(self, path: RawPath, cell: Cell) -> None:
        """Take what a cell says as the next entry of a list."""
        if cell.fault:
            self.findings.append(faults.faulty_cell(self.place(cell, path), cell.fault))
            return
        self.put((*path, self.length(path)), cell)

    def lines(self, path: RawPath, cell: Cell) -> None:
        """Take each line of a cell as an entry of a list."""
        if cell.fault or cell.text.strip() == UNKNOWN:
            self.put(path, cell)
            return
        for line in cell.text.split("\n"):
            if line.strip():
                self.add(path, cell._replace(text=line.replace(LINE, "\n")))
        self.spots.setdefault(path, self.at(cell))

    def mark(self, path: RawPath, cell: Cell) -> None:
        """Remember where a group, a figure or an item stands."""
        self.spots.setdefault(path, self.at(cell))

    def leave(self, path: RawPath, row: int, column: int) -> None:
        """Remember where a value could stand that is not filled in."""
        at = CellAt(self._sheet.name, cell_name(row, column), self._sheet.number)
        self.vacant.setdefault(path_of(path), at)

    def length(self, path: RawPath) -> int:
        """How many entries a list has so far."""
        found = self._node(path)
        return len(found) if isinstance(found, list) else 0

    def item(self, path: RawPath, cell: Cell) -> RawPath:
        """Add an item without values to a list and return its path."""
        inner = (*path, self.length(path))
        self._set(inner, {})
        self.spots[inner] = self.at(cell)
        return inner

    def text(self, path: RawPath) -> str:
        """Return what was read for a path, empty where nothing was."""
        found = self._node(path)
        return found.strip() if isinstance(found, str) else ""

    def names(self, path: RawPath) -> tuple[str, ...]:
        """Return the names of freely named entries so far."""
        found = self._node(path)
        return tuple(found) if isinstance(found, dict) else ()

    def _holds(self, path: RawPath) -> bool:
        parent = self._node(path[:-1])
        if isinstance(parent, dict):
            return path[-1] in parent
        return isinstance(parent, list) and int(path[-1]) < len(parent)

    def _node(self, path: RawPath) -> Node:
        node: Node = self.tree
        for step in path:
            if isinstance(node, dict):
                node = node.get(str(step))
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def _set(self, path: RawPath, value: Node) -> None:
        if path[:-1] != self._last[0]:
            node: Node = self.tree
            for step, after in pairwise(path):
                node = _below(node, step, [] if isinstance(after, int) else {})
            self._last = (path[:-1], node)
        holder = self._last[1]
        if isinstance(holder, dict):
            holder[str(path[-1])] = value
        elif isinstance(holder, list):
            holder.append(value)


def _below(node: Node, step: str | int, new: Node) -> Node:
    """Step down one key or item; make what is not there yet."""
    if isinstance(node, dict):
        found = node.get(str(step))
        if not isinstance(found, (dict, list)):
            node[str(step)] = found = new
        return found
    if isinstance(node, list) and isinstance(step, int):
        if step == len(node):
            node.append(new)
        return node[step]
    raise TypeError(step)


def entry_names(names: Sequence[str]) -> tuple[str, ...]:
    """Name the items of a list so that another sheet can refer to each: by its name, with its number if need be.

    >>> entry_names(["甲", "乙", "甲", ""])
    ('甲#1', '乙', '甲#3', '#4')
    """
    folded = [fold(name) for name in names]
    counts: dict[str, int] = {}
    for name in folded:
        counts[name] = counts.get(name, 0) + 1
    return tuple(names[at] if name and counts[name] == 1 else f"{names[at]}#{at + 1}" for at, name in enumerate(folded))
