"""Writing the sheet of a list: one row for each item, first the names of what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from draftgen.figures.quantities import MONEY
from draftgen.figures.schema_fields import FieldSpec
from draftgen.figures.source_tree import Node
from draftgen.figures.workbook.collecting import LINE, UNKNOWN, entry_names
from draftgen.figures.workbook.form_choices import Choices
from draftgen.figures.workbook.form_sums import Sums
from draftgen.figures.workbook.layout import Column, Step, TableSheet
from draftgen.figures.workbook.looks import Page, input_format, width_of

HEADER, FIRST_ROW = 3, 4
_EMPTY_ROWS, _SPARE, _OFFERED = 20, 5, 500
_LONG_FIELDS = frozenset({"概述", "成效", "内容", "目标", "依据", "结论"})
_LISTED = "一格可写多条，每条一行（按Alt+Enter换行）"
_BELONGS = "填上一级清单中的名称，可从下拉列表中选择；与上一行相同的可以不填"


def write_table(page: Page, layout: TableSheet, data: Mapping[str, Node], sums: Sums, known: Mapping[str, str]) -> None:
    """Write the sheet of a list, with the items that the data file holds, and a row for each name that is known."""
    rows = list(_rows(layout, data))
    if layout.last.named and not layout.parents:
        given = {labels[-1] for labels, _ in rows}
        rows += [([name], {}) for name in known if name not in given]
    page.put(1, 1, layout.name, "title")
    page.sheet.row_dimensions[1].height = 28
    if any(column.unit == MONEY for column in layout.columns):
        page.remark_on_money(sums.money, layout.note)
    elif layout.note:
        page.put(2, 1, layout.note, "remark")
    names = [*layout.parents, *([layout.last] if layout.last.named else [])]
    last = FIRST_ROW + len(rows) + max(_EMPTY_ROWS - len(rows), _SPARE) - 1
    _head(page, layout, names)
    for number, (labels, item) in enumerate(rows):
        _write_row(page, layout, FIRST_ROW + number, labels, item)
        if labels and (about := known.get(labels[-1] or "")):
            page.note(FIRST_ROW + number, len(labels), about)
    for row in range(FIRST_ROW + len(rows), last + 1):
        _write_row(page, layout, row, [None] * len(names), {})
    _offer(page, layout, names, last, sums)
    _register(page, layout, names, last, sums)
    _finish(page, layout, names, rows)


@dataclass(frozen=True, slots=True)
class _Named:
    """A list's or a table's entry on the way down."""

    label: str
    node: Node


def _rows(layout: TableSheet, data: Mapping[str, Node]) -> Iterator[tuple[list[str | None], Mapping[str, Node]]]:
    """Yield the rows: what names the items above and, if free names are given, the row itself; and the item."""
    node: Node = dict(data)
    for key in layout.base:
        node = node.get(key) if isinstance(node, dict) else None
    yield from _down(layout, layout.steps, node, [])


def _down(
    layout: TableSheet, steps: Sequence[Step], node: Node, above: list[str | None]
) -> Iterator[tuple[list[str | None], Mapping[str, Node]]]:
    step, below = steps[0], steps[1:]
    for key in step.keys:
        node = node.get(key) if isinstance(node, dict) else None
    for entry in _entries(step, node):
        labels = [*above, entry.label] if below or step.named else above
        if below:
            yield from _down(layout, below, entry.node, labels)
        else:
            item = entry.node
            yield labels, item if isinstance(item, dict) and _is_group(layout) else {"": item}


def _is_group(layout: TableSheet) -> bool:
    return bool(layout.columns[0].leaf.keys)


def _entries(step: Step, node: Node) -> Iterator[_Named]:
    if isinstance(node, dict):
        for name, entry in node.items():
            yield _Named(name, entry)
    elif isinstance(node, list):
        names = [str(_get(entry, step.name_key) or "") for entry in node]
        for name, entry in zip(entry_names(names), node, strict=True):
            yield _Named(name, entry)


def _get(node: Node, key: str) -> Node:
    return node.get(key) if isinstance(node, dict) and key else None


def _head(page: Page, layout: TableSheet, names: Sequence[Step]) -> None:
    for number, step in enumerate(names, 1):
        own = step is layout.last
        page.put(HEADER, number, step.label, "header")
        page.note(HEADER, number, (layout.note or "名称自行填写") if own else _BELONGS)
    for number, column in enumerate(layout.columns, len(names) + 1):
        must = column.spec.required
        page.put(HEADER, number, f"{column.label} *" if must else column.label, "header")
        parts = ["必填" if must else "", _unit_note(column), column.spec.note]
        parts.append(_LISTED if column.leaf.kind == "values" else "")
        note = "\n".join(part for part in parts if part)
        if note:
            page.note(HEADER, number, note)
    page.sheet.row_dimensions[HEADER].height = 32


def _unit_note(column: Column) -> str:
    if not column.unit or column.shape.kind != "number":
        return {"date": "日期，如 2020-12-31 或 2020年12月"}.get(column.shape.kind, "")
    return f"单位：{'见“基本信息”中的金额单位' if column.unit == MONEY else column.unit}"


def _write_row(
    page: Page, layout: TableSheet, row: int, labels: Sequence[str | None], item: Mapping[str, Node]
) -> None:
    for number, label in enumerate(labels, 1):
        page.put(row, number, label, "label", "@")
    for number, column in enumerate(layout.columns, len(labels) + 1):
        said = _said(column, item)
        text_like = column.shape.kind != "number"
        look = "input" if text_like else "number"
        listed = column.leaf.kind == "values"
        form = "@" if listed else input_format(column.shape, column.unit)
        page.given(row, number, said, f"{look} must" if column.spec.required else look, form)
        if said and text_like:
            page.tall(row, said, _width(column))


def _said(column: Column, item: Mapping[str, Node]) -> str | None:
    """Return what stands in a column for an item, None where nothing does."""
    node: Node = dict(item)
    keys = column.leaf.keys or ("",)
    for key in keys:
        if not isinstance(node, dict) or key not in node:
            return None
        node = node[key]
    if column.facet is not None:
        if isinstance(node, dict):
            return None if column.facet.zh not in node else str(node[column.facet.zh] or UNKNOWN)
        return UNKNOWN if node is None and _is_first(column.facet, column) else None
    if isinstance(node, list):
        return "\n".join(str(entry).replace("\n", LINE) for entry in node)
    return UNKNOWN if node is None else str(node)


def _is_first(facet: FieldSpec, column: Column) -> bool:
    return column.leaf.shape.topic is not None and facet.zh == column.leaf.shape.topic.bare_field


def _offer(page: Page, layout: TableSheet, names: Sequence[Step], last: int, sums: Sums) -> None:
    """Offer choices down to rows that are not drawn yet."""
    choices = Choices(page.sheet)
    for number, column in enumerate(layout.columns, len(names) + 1):
        if column.leaf.kind != "values":
            choices.offer(column.shape, FIRST_ROW, number, last + _OFFERED)
    path = ".".join(layout.base)
    for number, step in enumerate(layout.parents, 1):
        path = ".".join(filter(None, (path, *step.keys)))
        if path in sums.names:
            choices.offer_from(sums.names[path], FIRST_ROW, number, last + _OFFERED)
    choices.add_to_sheet()


def _register(page: Page, layout: TableSheet, names: Sequence[Step], last: int, sums: Sums) -> None:
    """Tell the sheets that follow where the names and the figures of this list stand."""
    path = ".".join(layout.path)
    end = last + _OFFERED
    for number, column in enumerate(layout.columns, len(names) + 1):
        letter = get_column_letter(number)
        if column.keys == (layout.last.name_key,):
            sums.names[path] = f"'{page.name}'!${letter}${FIRST_ROW}:${letter}${end}"
        if not layout.parents and column.shape.kind == "number":
            sums.columns[f"{path}.*.{column.label}"] = f"'{page.name}'!{letter}{FIRST_ROW}:{letter}{end}"
    if layout.last.named:
        letter = get_column_letter(len(names))
        sums.names[path] = f"'{page.name}'!${letter}${FIRST_ROW}:${letter}${end}"


def _width(column: Column) -> float:
    if column.shape.kind == "number":
        return max(12, width_of(column.label) + 3)
    if column.shape.kind in ("choice", "flag", "date"):
        return max(12, width_of(column.label) + 4)
    return 44 if column.spec.zh in _LONG_FIELDS or column.leaf.kind == "values" else 24


def _finish(
    page: Page, layout: TableSheet, names: Sequence[Step], rows: Sequence[tuple[list[str | None], Mapping[str, Node]]]
) -> None:
    widths: dict[int, float] = dict.fromkeys(range(1, len(names) + 1), 24)
    further: list[int] = []
    for number, column in enumerate(layout.columns, len(names) + 1):
        widths[number] = _width(column)
        used = any(_said(column, item) is not None for _, item in rows)
        if column.facet is not None and column.facet.zh != "本年" and not used:
            further.append(number)
    page.widths(widths)
    for number in further:
        page.fold(number, number, shut=True)
    page.sheet.freeze_panes = f"B{FIRST_ROW}"
    page.print_on(HEADER, landscape=True)
