"""Reading the sheet of a list: one row for each item; the first columns name what the items belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from draftgen.figures.schema_fields import fold
from draftgen.figures.source_tree import RawPath
from draftgen.figures.workbook import faults
from draftgen.figures.workbook.collecting import UNKNOWN, Collector, entry_names
from draftgen.figures.workbook.layout import NAME, NOTE, OF, SUM, Column, Step, TableSheet, facets, plain_label
from draftgen.figures.workbook.merges import Merges
from draftgen.figures.workbook.package import Cell, Sheet, cell_name

Meaning = Step | Column


@dataclass(slots=True)
class _Header:
    """The row of headers: what stands in which column."""

    meanings: dict[int, Meaning] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)

    def column_of(self, meaning: Meaning) -> int:
        """The column in which something stands, 0 if there is none."""
        return next((column for column, found in self.meanings.items() if found is meaning), 0)


def read_table(sheet: Sheet, layout: TableSheet, into: Collector) -> None:
    """Read a list's sheet into the tree, and remember the names of its items for the sheets below."""
    _Table(sheet, layout, into).read()


class _Table:
    def __init__(self, sheet: Sheet, layout: TableSheet, into: Collector) -> None:
        self.sheet, self.layout, self.into = sheet, layout, into
        self.words = _words(layout)
        self.merges = Merges.of(sheet)
        self.above: dict[int, Cell] = {}  # of each column of parents, the last name that stood in it
        self.lists: dict[RawPath, None] = {}  # the lists that rows were added to

    def read(self) -> None:
        start = self._start()
        if start is None:
            columns = [step.label for step in self.layout.steps[:-1]] + [c.label for c in self.layout.columns]
            self.into.findings.append(faults.no_header(self.into.whole(), columns))
            return
        header = _Header()
        for cell in self.sheet.rows[start]:
            self._column(cell, header)
        for row in self.sheet.rows[start + 1 :]:
            self.merges.look(row)
            self._row(row, header)
        for path in self.lists:
            self._remember(path)

    def _start(self) -> int | None:
        """Find the row of headers: the first with two words that mean something here, or else with one."""
        single = None
        for at, row in enumerate(self.sheet.rows):
            meant = self._meant(row)
            if meant > 1:
                return at
            if meant and single is None:
                single = at
        return single

    def _meant(self, row: tuple[Cell, ...]) -> int:
        return len({id(self.words[word]) for cell in row if (word := plain_label(cell.text)) in self.words})

    def _column(self, cell: Cell, header: _Header) -> None:
        word = plain_label(cell.text)
        meaning = self.words.get(word)
        if meaning is None:
            header.ignored.add(cell.column)
            if word != plain_label(NOTE) and not word.startswith(SUM):
                known = [step.label for step in self.layout.steps] + [c.label for c in self.layout.columns]
                self.into.findings.append(faults.unknown_column(self.into.place(cell), cell.text, known))
            return
        first = header.column_of(meaning)
        if first:
            header.ignored.add(cell.column)
            at = self.into.place(Cell(cell.row, first, ""))
            self.into.findings.append(faults.twice_in_header(self.into.place(cell), at, cell.text))
        else:
            header.meanings[cell.column] = meaning

    def _row(self, row: tuple[Cell, ...], header: _Header) -> None:
        if row[0].text.strip().startswith(SUM):
            return
        self._warn_of_stray(row, header)
        parents = [self._label(step, row, header) for step in self.layout.parents]
        filled = [cell for cell in row if isinstance(header.meanings.get(cell.column), Column)]
        name = self._label(self.layout.last, row, header) if self.layout.last.named else None
        if not filled and (name is None or not self._own(self.layout.last, row, header)):
            return
        holder = self._holder(parents, row)
        if holder is None:
            return
        target = self._target(holder, name, filled, row)
        if target is not None:
            self._fill(target, filled, row, header)

    def _label(self, step: Step, row: tuple[Cell, ...], header: _Header) -> Cell | None:
        """The name in a column of names: in the row itself, in merged cells, or (of parents) last above."""
        column = header.column_of(step)
        own = next((cell for cell in row if cell.column == column), None)
        if own is None and step is self.layout.last:
            return self.merges.label(row[0].row, column)
        if own is not None:
            self.above[column] = own
        return own or self.merges.label(row[0].row, column) or self.above.get(column)

    def _own(self, step: Step, row: tuple[Cell, ...], header: _Header) -> bool:
        column = header.column_of(step)
        return any(cell.column == column for cell in row)

    def _holder(self, parents: list[Cell | None], row: tuple[Cell, ...]) -> RawPath | None:
        """Find the list that the row belongs to, by the names of the items above it."""
        path: RawPath = self.layout.base
        for step, cell in zip(self.layout.parents, parents, strict=True):
            path = (*path, *step.keys)
            known = self.into.entries.get(path, {})
            if cell is None:
                self.into.findings.append(faults.parent_missing(self.into.place(row[0]), step.label))
                return None
            name = cell.text.strip()
            found = known.get(name) or known.get(fold(name))
            if found is None:
                names = [name for name in known if name]
                self.into.findings.append(faults.unknown_parent(self.into.place(cell), name, step.label, names))
                return None
            path = found
        return (*path, *self.layout.last.keys)

    def _target(self, holder: RawPath, name: Cell | None, filled: list[Cell], row: tuple[Cell, ...]) -> RawPath | None:
        self.lists[holder] = None
        if not self.layout.last.named:
            return self.into.item(holder, row[0])
        if name is None:
            self.into.findings.append(faults.without_label(self.into.place(filled[0]), filled[0].text))
            return None
        path = (*holder, name.text.strip())
        if not filled and not name.fault:
            self.into.leave(path, name.row, name.column)
        self.into.mark(path, name)
        return path

    def _fill(self, target: RawPath, filled: list[Cell], row: tuple[Cell, ...], header: _Header) -> None:
        given = set()
        for cell in filled:
            column = header.meanings[cell.column]
            if not isinstance(column, Column):
                continue
            given.add(cell.column)
            self._warn_of_merge(cell, header)
            if column.leaf.kind == "values":
                self.into.lines((*target, *column.keys), cell)
            elif cell.text.strip() == UNKNOWN and self._alone(column, filled, header):
                self.into.put((*target, *column.leaf.keys), cell)  # nothing of the figure is known
            else:
                self.into.put((*target, *column.keys), cell)
        for at, column in header.meanings.items():
            if isinstance(column, Column) and at not in given and column.spec.required:
                self.into.leave((*target, *column.keys), row[0].row, at)

    def _alone(self, column: Column, filled: list[Cell], header: _Header) -> bool:
        """Tell whether a cell is the first of a figure's, and its only one in the row."""
        found = [header.meanings[cell.column] for cell in filled]
        same = [other for other in found if isinstance(other, Column) and other.leaf is column.leaf]
        return column.facet == facets()[0] and len(same) == 1

    def _remember(self, path: RawPath) -> None:
        """Note the names of the items of a list, so that sheets below can refer to them."""
        last = self.layout.last
        if last.named:
            self.into.entries[path] = {name.strip(): (*path, name) for name in self.into.names(path)}
            return
        items: list[RawPath] = [(*path, number) for number in range(self.into.length(path))]
        names = [self.into.text((*item, last.name_key)) if last.name_key else "" for item in items]
        found: dict[str, RawPath] = dict(zip(entry_names(names), items, strict=True))
        self.into.entries[path] = {**{fold(name): item for name, item in found.items()}, **found}

    def _warn_of_merge(self, cell: Cell, header: _Header) -> None:
        merge = self.merges.over(cell)
        if merge is None or not cell.text:
            return
        across = any(cell.column < column <= merge.right for column in header.meanings)
        if merge.bottom > merge.top or across:
            end = cell_name(merge.bottom, merge.right)
            self.into.findings.append(faults.merged(self.into.place(cell), cell.text, end))

    def _warn_of_stray(self, row: tuple[Cell, ...], header: _Header) -> None:
        for cell in row:
            known = cell.column in header.meanings or cell.column in header.ignored or cell.column in header.told
            if not known and not cell.fault:
                header.told.add(cell.column)
                self.into.findings.append(faults.stray(self.into.place(cell), cell.text))


def _words(layout: TableSheet) -> Mapping[str, Meaning]:
    """Return what each header word means."""
    words: dict[str, Meaning] = {}
    for column in layout.columns:
        english = (*column.leaf.english[-len(column.leaf.keys) :], *([column.facet.attribute] if column.facet else ()))
        if column.leaf.keys:
            words[plain_label(".".join(english))] = column
            words[plain_label(".".join(column.keys))] = column
    for step in layout.steps:
        if step.named:
            words.setdefault(plain_label(NAME), step)
            words.setdefault(plain_label("代码"), step)
    for column in layout.columns:
        words[plain_label(column.label)] = column
    for step in layout.parents:
        words[plain_label(f"{OF}{step.keys[-1]}")] = step
        words[plain_label(step.label)] = step
    if layout.last.named:
        words[plain_label(layout.last.label)] = layout.last
    return words
