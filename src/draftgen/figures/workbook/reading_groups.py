"""Reading the sheet of a group: rows of values and figures, and tables of freely named ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from draftgen.figures.schema_fields import FieldSpec
from draftgen.figures.source_tree import RawPath
from draftgen.figures.workbook import faults
from draftgen.figures.workbook.collecting import UNKNOWN, Collector
from draftgen.figures.workbook.layout import (
    ITEM,
    NAME,
    NOTE,
    SUM,
    UNIT,
    VALUE,
    GroupSheet,
    Leaf,
    facets,
    labelled,
    plain_label,
)
from draftgen.figures.workbook.merges import Merges
from draftgen.figures.workbook.package import Cell, Sheet, cell_name

_ITEM_WORDS = frozenset(map(plain_label, (ITEM, "项目")))
_VALUE, _UNIT, _NOTE = plain_label(VALUE), plain_label(UNIT), plain_label(NOTE)


@dataclass(slots=True)
class _Header:
    """A row of headers: what stands in which column, and what the rows below it are."""

    row: int
    label: int  # the column of labels
    columns: dict[int, FieldSpec | None]  # a figure's field; None for the one value of other fields
    named: Leaf | None = None  # below it stand entries of these; else items of the group
    unit: int = 0
    ignored: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)  # columns without a header that were spoken of
    last: Leaf | None = None  # of the row above


def read_group(sheet: Sheet, layout: GroupSheet, into: Collector) -> None:
    """Read a group's sheet into the tree."""
    _Group(sheet, layout, into).read()


class _Group:
    def __init__(self, sheet: Sheet, layout: GroupSheet, into: Collector) -> None:
        self.sheet, self.layout, self.into = sheet, layout, into
        self.items = labelled([leaf for leaf in layout.leaves if leaf.kind != "named"])
        self.named = _named(layout)
        self.facets = _facet_words()
        self.merges = Merges.of(sheet)

    def read(self) -> None:
        header: _Header | None = None
        for row in self.sheet.rows:
            self.merges.look(row)
            found = self._header(row)
            if found is not None:
                header = found
            elif header is not None:
                self._row(row, header)
        if header is None:
            first = [ITEM, VALUE] if self.items else [NAME, VALUE]
            self.into.findings.append(faults.no_header(self.into.whole(), first))

    def _header(self, row: tuple[Cell, ...]) -> _Header | None:
        """Recognise a row of headers: the word for the labels, and beside it one that values stand under."""
        words = [(plain_label(cell.text), cell) for cell in row]
        label = next((c for word, c in words if (self.items and word in _ITEM_WORDS) or word in self.named), None)
        values = [cell for word, cell in words if word == _VALUE or word in self.facets]
        if label is None or not values:
            return None
        word = plain_label(label.text)
        named = None if self.items and word in _ITEM_WORDS else self.named[word]
        header = _Header(label.row, label.column, {}, named)
        for word, cell in words:
            if cell is not label:
                self._column(word, cell, header)
        return header

    def _column(self, word: str, cell: Cell, header: _Header) -> None:
        spec = self.facets.get(word)
        if word == _UNIT:
            header.unit = cell.column
        elif word == _NOTE or word.startswith(SUM):
            header.ignored.add(cell.column)
        elif word != _VALUE and spec is None:
            header.ignored.add(cell.column)
            known = (*(facet.zh for facet in facets()), VALUE)
            self.into.findings.append(faults.unknown_column(self.into.place(cell), cell.text, known))
        elif spec in header.columns.values():
            first = next(c for c, s in header.columns.items() if s == spec)
            header.ignored.add(cell.column)
            at = self.into.place(Cell(cell.row, first, ""))
            self.into.findings.append(faults.twice_in_header(self.into.place(cell), at, cell.text))
        else:
            header.columns[cell.column] = spec

    def _row(self, row: tuple[Cell, ...], header: _Header) -> None:
        label = next((cell for cell in row if cell.column == header.label), None)
        label = label or self.merges.label(row[0].row, header.label)
        values = [cell for cell in row if cell.column in header.columns]
        if label is not None and (label.text.strip().startswith(SUM) or (label.fault and not values)):
            return
        if label is None or not label.text.strip():
            self._unlabelled(values, header)
            return
        for cell in values:
            self._warn_of_merge(cell, header)
        self._warn_of_stray(row, header)
        unit = next((cell for cell in row if cell.column == header.unit), None)
        if header.named is not None:
            path = (*self.layout.base, *header.named.keys, label.text.strip())
            self._entry(header.named, path, label, values, header)
            self._unit(header.named, unit)
            return
        leaf = self.items.get(plain_label(label.text))
        header.last = leaf
        if leaf is None:
            if values:
                known = (leaf.label for leaf in self.layout.leaves if leaf.kind != "named")
                self.into.findings.append(faults.unknown_row(self.into.place(label), label.text.strip(), known))
            return
        self._item(leaf, (*self.layout.base, *leaf.keys), label, values, header)
        self._unit(leaf, unit)

    def _unlabelled(self, values: list[Cell], header: _Header) -> None:
        """A row without a label goes on with a list; elsewhere nobody knows what it is."""
        if header.last is not None and header.last.kind == "values" and len(values) == 1:
            self.into.add((*self.layout.base, *header.last.keys), values[0])
        elif values:
            self.into.findings.append(faults.without_label(self.into.place(values[0]), values[0].text))

    def _item(self, leaf: Leaf, path: RawPath, label: Cell, values: list[Cell], header: _Header) -> None:
        if leaf.kind == "figure":
            self._figure(path, label, values, header)
            return
        main = _main(header)
        for cell in values:
            if cell.column != main:
                self.into.findings.append(faults.unused_value(self.into.place(cell, path), cell.text, leaf.label))
            elif leaf.kind == "values":
                self.into.add(path, cell)
            else:
                self.into.put(path, cell)
        self.into.leave(path, label.row, main)

    def _entry(self, leaf: Leaf, path: RawPath, label: Cell, values: list[Cell], header: _Header) -> None:
        self.into.mark(path[:-1], label)
        if leaf.shape.topic is not None:
            self._figure(path, label, values, header)
        elif values:
            self._item(leaf, path, label, values, header)
        if not values:
            self.into.put(path, label._replace(text=UNKNOWN))

    def _figure(self, path: RawPath, label: Cell, values: list[Cell], header: _Header) -> None:
        first = facets()[0].zh
        if len(values) == 1 and values[0].column == _main(header) and values[0].text.strip() == UNKNOWN:
            self.into.put(path, values[0])  # nothing of the figure is known
            return
        if values:
            self.into.mark(path, label)
        for cell in values:
            facet = header.columns[cell.column]
            self.into.put((*path, facet.zh if facet else first), cell)
        self.into.leave(path, label.row, _main(header))

    def _unit(self, leaf: Leaf, cell: Cell | None) -> None:
        if cell is not None and not cell.formula and leaf.spec.unit and cell.text.strip():
            self.into.units.append((self.into.place(cell), cell.text.strip(), leaf.spec.unit))

    def _warn_of_merge(self, cell: Cell, header: _Header) -> None:
        merge = self.merges.over(cell)
        if merge is None or not cell.text:
            return
        across = any(cell.column < column <= merge.right for column in header.columns)
        if merge.bottom > merge.top or across:
            end = cell_name(merge.bottom, merge.right)
            self.into.findings.append(faults.merged(self.into.place(cell), cell.text, end))

    def _warn_of_stray(self, row: tuple[Cell, ...], header: _Header) -> None:
        known = {header.label, header.unit, *header.columns, *header.ignored, *header.told}
        for cell in row:
            if cell.column not in known and not cell.fault:
                header.told.add(cell.column)
                self.into.findings.append(faults.stray(self.into.place(cell), cell.text))


def _main(header: _Header) -> int:
    """Return the column in which single values stand."""
    columns = header.columns
    first = facets()[0]
    found = next((c for c, s in columns.items() if s is None), None) or next(
        (c for c, s in columns.items() if s == first), None
    )
    return found or min(columns)


def _named(layout: GroupSheet) -> Mapping[str, Leaf]:
    found = [leaf for leaf in layout.leaves if leaf.kind == "named"]
    words = dict(labelled([leaf for leaf in found if leaf.keys]))
    if len(found) == 1 and not found[0].keys:
        words[plain_label(NAME)] = words[plain_label(layout.name)] = found[0]
    return words


def _facet_words() -> Mapping[str, FieldSpec]:
    words = {plain_label(spec.attribute): spec for spec in facets()}
    return words | {plain_label(spec.zh): spec for spec in facets()}
