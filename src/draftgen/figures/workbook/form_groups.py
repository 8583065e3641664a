"""Writing the sheet of a group: figures with their comparisons, single values, freely named entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from draftgen.figures.quantities import MONEY, RATE
from draftgen.figures.schema_fields import FieldSpec, path_of
from draftgen.figures.source_tree import Node
from draftgen.figures.workbook.collecting import UNKNOWN
from draftgen.figures.workbook.form_choices import Choices
from draftgen.figures.workbook.form_sums import Range, Row, Sums
from draftgen.figures.workbook.layout import FRONT, ITEM, NAME, NOTE, UNIT, VALUE, GroupSheet, Leaf, facets
from draftgen.figures.workbook.looks import Page, input_format, width_of

Needs = Callable[[str, FieldSpec], bool]
LABEL, UNITS, FIRST = 1, 2, 3  # columns
_ROWS_OF_LIST, _ROWS_OF_NAMED, _SPARE = 5, 8, 3
_WIDE = 6  # columns that a single value is merged over where figures stand on the same sheet
_VALUE_WIDTH, _NOTE_WIDTH, _FIGURE_WIDTH = 58, 46, 13
_TEXT_WIDTHS = {"原因": 28, "预决算差异原因": 22}
_OTHER_TEXT = 13


def write_group(
    page: Page,
    layout: GroupSheet,
    data: Mapping[str, Node],
    needs: Needs,
    sums: Sums,
    names: Mapping[str, Mapping[str, str]],
) -> None:
    """Write the sheet of a group, with what the data file holds of it."""
    _Group(page, layout, data, needs, sums, names).write()


@dataclass(slots=True)
class _Group:
    page: Page
    layout: GroupSheet
    data: Mapping[str, Node]
    needs: Needs
    sums: Sums
    names: Mapping[str, Mapping[str, str]]
    row: int = 1

    def write(self) -> None:
        layout = self.layout
        figures = [leaf for leaf in layout.leaves if leaf.kind == "figure"]
        values = [leaf for leaf in layout.leaves if leaf.kind in ("value", "values")]
        named = [leaf for leaf in layout.leaves if leaf.kind == "named"]
        wide = bool(figures) or any(leaf.shape.topic is not None for leaf in named)
        choices = Choices(self.page.sheet)
        self.page.put(1, 1, layout.name, "title")
        self.page.sheet.row_dimensions[1].height = 28
        self._remark()
        self.row = 3
        blocks: list[tuple[str, list[Leaf]]] = [("figures", figures), ("values", values)]
        if values and figures and layout.leaves.index(values[0]) < layout.leaves.index(figures[0]):
            blocks.reverse()
        filled = [block for block in blocks if block[1]]
        for kind, found in filled:
            if kind == "figures":
                self._figures(found)
            else:
                self._values(found, choices, wide=wide)
        for leaf in named:
            self._named(leaf, choices, wide=wide)
        self.sums.ends[self.page.name] = self.row
        self._finish(wide, sections=len(filled) + len(named))
        choices.add_to_sheet()

    def _remark(self) -> None:
        if any(leaf.spec.unit == MONEY for leaf in self.layout.leaves) and self.layout.name != FRONT:
            self.page.remark_on_money(self.sums.money, self.layout.note)
        elif self.layout.note:
            self.page.put(2, 1, self.layout.note, "remark")

    def _figures(self, leaves: Iterable[Leaf]) -> None:
        self._head(ITEM, _figure_heads())
        for leaf in leaves:
            path = (*self.layout.base, *leaf.keys)
            self._label(leaf, path)
            self._figure(leaf, _node(self.data, path), must=self.needs(path_of(path), leaf.spec))
            self.sums.rows[path_of(path)] = Row(self.page.name, self.row, leaf.spec.unit, True)
            self.row += 1
        self.row += 1

    def _figure(self, leaf: Leaf, node: Node, *, must: bool) -> None:
        values = node if isinstance(node, dict) else {}
        for number, facet in enumerate(facets()):
            given, text = facet.zh in values, values.get(facet.zh)
            if number == 0 and node is None and _present(self.data, (*self.layout.base, *leaf.keys)):
                given, text = True, None
            look = "number" if facet.shape.kind == "number" else "input"
            form = input_format(facet.shape, facet.unit or leaf.spec.unit)
            said = (UNKNOWN if text is None else str(text)) if given else None
            self.page.given(self.row, FIRST + number, said, f"{look} must" if must and number == 0 else look, form)
            if said and look == "input":
                self.page.tall(self.row, said, _TEXT_WIDTHS.get(facet.zh, _OTHER_TEXT))

    def _values(self, leaves: Sequence[Leaf], choices: Choices, *, wide: bool) -> None:
        self._head(ITEM, [(VALUE, ""), (NOTE, "")], wide=wide)
        for leaf in leaves:
            path = (*self.layout.base, *leaf.keys)
            node, spec = _node(self.data, path), leaf.spec
            if leaf.shape.kind == "number" and leaf.kind == "value":
                self.sums.rows[path_of(path)] = Row(self.page.name, self.row, spec.unit, False)
            if path == ("金额单位",):
                self.sums.money = f"'{FRONT}'!${get_column_letter(FIRST)}${self.row}"
            for number, text in enumerate(self._texts(leaf, node, path)):
                must = self.needs(path_of(path), spec) and number == 0
                self._label(leaf, path)
                self._value(leaf, text, must=must, wide=wide)
                choices.offer(leaf.shape, self.row, FIRST)
                note = "；".join(filter(None, (spec.note, _how(leaf)))) if number == 0 else ""
                self.page.put(self.row, self._after(wide), note, "note")
                self.row += 1
        self.row += 1

    def _texts(self, leaf: Leaf, node: Node, path: tuple[str, ...]) -> Iterator[str | None]:
        if leaf.kind == "values":
            entries = [str(entry) for entry in node] if isinstance(node, list) else []
            yield from entries
            yield from [None] * max(_ROWS_OF_LIST - len(entries), 1 if not entries else 2)
        elif node is None:
            yield UNKNOWN if _present(self.data, path) else None
        else:
            yield str(node)

    def _value(self, leaf: Leaf, text: str | None, *, must: bool, wide: bool) -> None:
        look = "input must" if must else "input"
        form = input_format(leaf.shape, leaf.spec.unit)
        width = _VALUE_WIDTH
        if wide:
            width = _FIGURE_WIDTH * _WIDE
            for column in range(FIRST + 1, FIRST + _WIDE):
                self.page.put(self.row, column, None, look)
            self.page.merge(self.row, FIRST, FIRST + _WIDE - 1)
        self.page.given(self.row, FIRST, text, look, form)
        if text:
            self.page.tall(self.row, text, width)

    def _named(self, leaf: Leaf, choices: Choices, *, wide: bool) -> None:
        path = (*self.layout.base, *leaf.keys)
        node = _node(self.data, path)
        entries = list(node.items()) if isinstance(node, dict) else []
        figure = leaf.shape.topic is not None
        self._head(leaf.label or NAME, _figure_heads() if figure else [(VALUE, "")], wide=wide, note=leaf.spec.note)
        first = self.row
        named: list[tuple[str, Node]] = [*entries, *([("", None)] * max(_ROWS_OF_NAMED - len(entries), _SPARE))]
        for name, entry in named:
            self.page.put(self.row, LABEL, name or None, "label", "@")
            choices.offer_words(tuple(self.names.get(path_of(path), ())), self.row, LABEL)
            self._unit(leaf)
            if figure:
                self._figure_entry(leaf, name, entry)
            else:
                said = None if not name else UNKNOWN if entry is None else str(entry)
                self._value(leaf, said, must=False, wide=wide)
                choices.offer(leaf.shape, self.row, FIRST)
            self.row += 1
        self.sums.ranges[path_of(path)] = Range(self.page.name, first, self.row - 1, figure)
        self.row += 1

    def _figure_entry(self, leaf: Leaf, name: str, entry: Node) -> None:
        node: Node = {facets()[0].zh: None} if name and entry is None else entry if entry is not None else {}
        self._figure(leaf, node, must=False)

    def _head(self, label: str, columns: Sequence[tuple[str, str]], *, wide: bool = False, note: str = "") -> None:
        self.page.put(self.row, LABEL, label, "header")
        if note:
            self.page.note(self.row, LABEL, note)
        self.page.put(self.row, UNITS, UNIT, "header")
        column = FIRST
        for text, about in columns:
            self.page.put(self.row, column, text, "header")
            if about:
                self.page.note(self.row, column, about)
            if wide and text == VALUE:
                for more in range(column + 1, column + _WIDE):
                    self.page.put(self.row, more, None, "header")
                self.page.merge(self.row, column, column + _WIDE - 1)
                column += _WIDE - 1
            column += 1
        self.row += 1

    def _label(self, leaf: Leaf, path: tuple[str, ...]) -> None:
        must = self.needs(path_of(path), leaf.spec)
        self.page.put(self.row, LABEL, f"{leaf.label} *" if must else leaf.label, "must" if must else "label")
        note = "\n".join(filter(None, ("必填" if must else "", leaf.spec.note)))
        if note and leaf.kind == "figure":
            self.page.note(self.row, LABEL, note)
        self._unit(leaf)

    def _unit(self, leaf: Leaf) -> None:
        if leaf.spec.unit == MONEY and self.sums.money:
            self.page.formula(self.row, UNITS, f'=IF({self.sums.money}="","",{self.sums.money})', "unit")
        else:
            self.page.put(self.row, UNITS, "" if leaf.spec.unit == MONEY else leaf.spec.unit or None, "unit")

    def _after(self, wide: bool) -> int:
        return FIRST + (_WIDE if wide else 1)

    def _finish(self, wide: bool, sections: int) -> None:
        labels = [leaf.label for leaf in self.layout.leaves]
        widths: dict[int, float] = {LABEL: min(max(22, *(width_of(label) + 4 for label in labels)), 40), UNITS: 10}
        if wide:
            for number, facet in enumerate(facets()):
                text = facet.shape.kind != "number"
                widths[FIRST + number] = _TEXT_WIDTHS.get(facet.zh, _OTHER_TEXT) if text else _FIGURE_WIDTH
            stated = [FIRST + number for number, facet in enumerate(facets()) if facet.attribute.startswith("stated")]
            shut = not any(self.page.sheet.cell(row, c).value for c in stated for row in self._figure_rows())
            self.page.fold(stated[0], stated[-1], shut=shut)
        else:
            widths |= {FIRST: _VALUE_WIDTH, FIRST + 1: _NOTE_WIDTH}
        self.page.widths(widths)
        self.page.sheet.freeze_panes = f"B{4 if sections == 1 else 3}"
        self.page.print_on(3 if sections == 1 else None, landscape=True)

    def _figure_rows(self) -> Iterator[int]:
        heads = {facet.zh for facet in facets()}
        for row in range(3, self.row):
            if self.page.sheet.cell(row, FIRST + len(heads) - 1).value not in heads:
                yield row


def _figure_heads() -> list[tuple[str, str]]:
    return [(facet.zh, facet.note or (f"单位：{facet.unit}" if facet.unit == RATE else "")) for facet in facets()]


def _how(leaf: Leaf) -> str:
    """Say what may stand in a cell, where that is not plain to see."""
    if leaf.kind == "values":
        return "每行一条；行数不够可插入行，项目名称照写" if leaf.shape.kind == "text" else "按顺序每行一个"
    said = {"date": "日期，如 2020-12-31 或 2020年12月", "flag": "是/否"}.get(leaf.shape.kind, "")
    if leaf.spec.unit == RATE:
        return "比率，如 96.4%"
    choices = leaf.shape.choices
    return f"从下拉列表中选择：{'、'.join(choices)}" if choices and choices[0] not in leaf.spec.note else said


def _node(data: Mapping[str, Node], path: tuple[str, ...]) -> Node:
    node: Node = dict(data)
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def _present(data: Mapping[str, Node], path: tuple[str, ...]) -> bool:
    holder = _node(data, path[:-1])
    return isinstance(holder, dict) and path[-1] in holder
