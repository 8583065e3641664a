"""What an outline may say, line by line: a line that names nothing known is refused when the outline is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from draftgen.errors import TemplateError
from draftgen.figures.changes import EXECUTIONS
from draftgen.findings import Localised, Place
from draftgen.planning import conditions
from draftgen.planning.builders import BUILDERS
from draftgen.planning.context import Entry
from draftgen.planning.evaluation import SHOWN

_PARAGRAPHS = frozenset({"p", "text", "texts", "table", "chart", "documents", "terms"})
_PARAGRAPH_OPTIONS = frozenset({"if", "ask", "flow", "each", "lead"})
_OPTIONS = frozenset(
    {
        *("item", "with", "ask", "share", "base", "suffix", "reason", "both"),
        *("count", "by", "titles", "quoted", "new-unit", "number", "if", "level"),
    }
)
_NEEDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "composition": frozenset({"of"}),
        "execution": frozenset({"against"}),
        "share": frozenset({"base"}),
    }
)
_TABLE_FIELDS = frozenset(
    {
        *("caption", "rows", "columns", "skip", "if", "unit", "totals", "score", "landscape"),
        *("number", "head", "lines", "sides", "empty", "notes", "zero", "new-page"),
    }
)
CHART_TYPES = ("bar", "column", "clustered", "pie")
_CHART_FIELDS = frozenset({"caption", "type", "figures", "groups", "series", "of", "if"})
_COLUMN_FIELDS = frozenset({"header", "width", "cell", "align", "over", "if", "merge"})
_SIDE_FIELDS = frozenset({"rows", "lines", "columns"})
_LINE_FIELDS = frozenset({"cells", "total", "if"})
_SCORE_COLUMNS = 7  # three levels, score, explanation, criteria, remarks
_LABEL_FIGURE_REST = 3  # columns that a row of totals needs at least
_CELLS = frozenset({"text", "texts", "figure", "achievements", "goals", "name", "words", "indicator", "rate"})
_CELL_OPTIONS = frozenset(
    {"optional", "span", "down", "align", "indicators", "results", "ask", "ask-if", "show", "raised", "at"}
)


def check_paragraph(topic: str, entry: Entry, named: Mapping[str, Mapping[str, Entry]], place: Place) -> None:
    """Refuse a paragraph of no known kind, with an unknown option, or with a line that says nothing.

    ``named`` are the tables and charts of the outline by name.
    """
    kinds = _PARAGRAPHS & set(entry)
    if len(kinds) != 1 or set(entry) - kinds - _PARAGRAPH_OPTIONS:
        raise _unreadable(topic, entry, place)
    check_condition(topic, entry.get("if", {}), place)
    for what, zh in (("table", "表格"), ("chart", "图")):
        if what in entry and entry[what] not in named[what]:
            raise broken(f"{topic}: no {what} {entry[what]}", f"{topic}：没有{zh} {entry[what]}", place)
    for said in entry.get("p", ()):
        _check_said(topic, said, place)


def _check_said(topic: str, entry: Entry, place: Place) -> None:
    """Refuse a line that names no message, or lacks what its message needs, or has what none knows."""
    kind = next((name for name in entry if name in BUILDERS), None)
    if kind is None:
        raise _unreadable(topic, entry, place)
    check_condition(topic, entry.get("if", {}), place)
    needed = _NEEDS.get(kind, frozenset())
    if missing := needed - set(entry):
        names = ", ".join(sorted(missing))
        raise broken(f"{topic}: {dict(entry)} lacks {names}", f"{topic}：{dict(entry)} 缺少 {names}", place)
    unknown = set(entry) - {kind} - needed - _OPTIONS
    if unknown or (kind == "execution" and entry["against"] not in EXECUTIONS):
        raise _unreadable(topic, entry, place)


def check_condition(topic: str, condition: Any, place: Place) -> None:
    """Refuse a condition that nothing is known of."""
    if wrong := "; ".join(conditions.faults(condition)):
        raise broken(f"{topic}: {wrong} is no condition", f"{topic}：条件 {wrong} 无法识别", place)


def check_table(name: str, table: Entry, place: Place) -> None:
    """Refuse a table with a field, a cell or a line that nothing is known of, or without what its rows come from."""
    if wrong := sorted(set(_table_faults(table))):
        names = ", ".join(wrong)
        raise broken(f"table {name}: {names}", f"表格 {name}：{names}", place)


def check_chart(name: str, chart: Entry, place: Place) -> None:
    """Refuse a chart with an unknown field or type, or without what its points come from."""
    wrong = sorted(set(_chart_faults(chart)))
    wrong += conditions.faults(chart.get("if", {}))
    if wrong:
        names = ", ".join(wrong)
        raise broken(f"chart {name}: {names}", f"图 {name}：{names}", place)


def _chart_faults(chart: Entry) -> Iterator[str]:
    yield from {"caption", "type"} - set(chart)
    yield from set(chart) - _CHART_FIELDS
    if ("figures" in chart) == ("groups" in chart):
        yield "figures"
    series = chart.get("series", ({"figure": "@"},))
    for entry in series:
        yield from {"figure"} - set(entry)
        yield from set(entry) - {"name", "figure"}
    several = len(series) > 1
    if chart.get("type") not in CHART_TYPES or (chart["type"] == "clustered") != several:
        yield "type"
    if several and not all(entry.get("name") for entry in series):
        yield "name"


def _table_faults(table: Entry) -> Iterator[str]:
    yield from {"caption", "columns"} - set(table)
    yield from set(table) - _TABLE_FIELDS
    columns = table.get("columns", ())
    if table.get("score") == "yes":
        if len(columns) != _SCORE_COLUMNS:
            yield "columns"
    elif not {"rows", "lines", "sides"} & set(table):
        yield "rows"
    for column in columns:
        yield from ({"header", "width", "cell"} if "rows" in table else {"header", "width"}) - set(column)
        yield from set(column) - _COLUMN_FIELDS
        yield from _cell_faults(column.get("cell", "number"))
    if table.get("totals") and len(columns) < _LABEL_FIGURE_REST:
        yield "totals"
    for total in table.get("totals", ()):
        yield from {"label", "figure"} ^ set(total)
    for part in ("head", "lines"):
        yield from _lines_faults(table.get(part, ()), len(columns))
    yield from _side_faults(table.get("sides", ()), len(columns))


def _cell_faults(cell: object) -> Iterator[str]:
    for entry in cell if isinstance(cell, list) else [cell]:
        if entry == "number":
            continue
        known = isinstance(entry, Mapping) and len(_CELLS & set(entry)) == 1 and not set(entry) - _CELLS - _CELL_OPTIONS
        if isinstance(entry, Mapping):
            yield from conditions.faults(entry.get("ask-if", {}))
        if isinstance(entry, Mapping) and "indicator" in entry and entry.get("show") not in SHOWN:
            yield f"show: {entry.get('show')}"
        if not known:
            yield str(entry)


def _line_faults(line: object, columns: int, taken: int) -> Iterator[str]:
    if isinstance(line, Mapping):
        yield from set(line) - _LINE_FIELDS
        line = line.get("cells", ())
    cells = line if isinstance(line, Sequence) and not isinstance(line, str) else ()
    for cell in cells:
        yield from () if isinstance(cell, str) else _cell_faults(cell)
    if (wide := sum(span_of(cell) for cell in cells)) != columns - taken:
        yield f"{list(cells)}: {wide} != {columns - taken}"


def _lines_faults(lines: Sequence[object], columns: int) -> Iterator[str]:
    """Faults of lines one below the other; a cell that goes ``down`` takes its columns from the lines below."""
    open_cells: list[tuple[int, int]] = []  # lines still to come, columns taken
    for line in lines:
        yield from _line_faults(line, columns, sum(width for _, width in open_cells))
        open_cells = [(left - 1, width) for left, width in open_cells if left > 1]
        cells = line.get("cells", ()) if isinstance(line, Mapping) else line
        for cell in cells if isinstance(cells, list) else ():
            if down_of(cell) > 1:
                open_cells.append((down_of(cell) - 1, span_of(cell)))


def span_of(cell: object) -> int:
    """How many columns a cell of a line takes."""
    return int(cell.get("span", "1")) if isinstance(cell, Mapping) else 1


def down_of(cell: object) -> int:
    """How many lines a cell takes."""
    return int(cell.get("down", "1")) if isinstance(cell, Mapping) else 1


def _side_faults(sides: Sequence[Entry], columns: int) -> Iterator[str]:
    for side in sides:
        yield from set(side) - _SIDE_FIELDS
        if ("rows" in side) == ("lines" in side) or ("rows" in side) != ("columns" in side):
            yield str(dict(side))
            return
        for cell in side.get("columns", ()):
            yield from () if isinstance(cell, str) else _cell_faults(cell)
    if sides and (wide := sum(side_width(side) for side in sides)) != columns:
        yield f"sides: {wide} != {columns}"


def side_width(side: Entry) -> int:
    """How many columns one side of a table takes."""
    if "columns" in side:
        return len(side["columns"])
    first = side["lines"][0]
    return len(first["cells"] if isinstance(first, Mapping) else first)


def _unreadable(topic: str, entry: Entry, place: Place) -> Exception:
    return broken(f"{topic}: {dict(entry)} says nothing known", f"{topic}：{dict(entry)} 无法识别", place)


def broken(en: str, zh: str, place: Place) -> Exception:
    """Build the error for an outline that cannot be used."""
    values = {"en": en, "zh": zh}  # what stands in an outline may hold braces
    return TemplateError.because("bad-outline", Localised("Outline: {en}.", "提纲：{zh}。", values), places=[place])
