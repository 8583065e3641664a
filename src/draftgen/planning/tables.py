"""Tables of the outline: rows of a list or fixed lines, halves side by side, totals below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from draftgen.planning.conditions import holds
from draftgen.planning.context import Context
from draftgen.planning.given import inside
from draftgen.planning.messages import Ask, CellItem, CellPlan, ColumnPlan, RowPlan, TablePlan, Words
from draftgen.planning.messages import Group as Saying
from draftgen.planning.outline_checks import side_width, span_of
from draftgen.planning.score_table import plan_score_table
from draftgen.planning.work import achievements

_ORDINALS = "一二三四五六七八九十"
_BLANK = CellPlan(((),))
Cell = Mapping[str, Any] | str
Line = Mapping[str, Any] | Sequence[Cell]


def plan_table(table: Mapping[str, Any], ctx: Context) -> TablePlan | None:
    """Plan a table of the outline. One without anything in it is left out, or kept with its note on being empty."""
    entries = [c for c in table["columns"] if holds(c.get("if", {}), ctx)]
    columns = tuple(_column(c, ctx) for c in entries)
    if table.get("score") == "yes":
        return plan_score_table(table, columns, ctx)
    blank = table.get("zero") == "blank"
    rows = (*_sides(table.get("sides", ()), ctx, blank), *_rows(table, entries, ctx, blank))
    head, foot = (_lines(table.get(part, ()), ctx, blank) for part in ("head", "lines"))
    totals = tuple(r for entry in table.get("totals", ()) if (r := _total(entry, len(columns), ctx)) is not None)
    notes = tuple(ctx.fill(note) for note in table.get("notes", ()))
    if not rows and not any(_says_something(row) for row in (*head, *foot)):
        if "empty" not in table:
            return None
        rows, notes = (RowPlan((_BLANK,) * len(columns)),), (*notes, ctx.fill(table["empty"]))
    return TablePlan(
        caption=ctx.fill(table["caption"]),
        columns=columns,
        rows=(*head, *rows, *foot, *totals),
        site=ctx.site,
        unit=ctx.knowledge.dataset.money_unit if table.get("unit") == "money" else "",
        notes=notes,
        landscape=table.get("landscape") == "yes",
        number=_number(table.get("number", ""), ctx),
    )


def _number(number: str | Mapping[str, str], ctx: Context) -> str:
    return number if isinstance(number, str) else number.get(ctx.variant, "")


def _column(entry: Mapping[str, Any], ctx: Context) -> ColumnPlan:
    over = entry.get("over", ())
    above = tuple(ctx.fill(part) for part in ([over] if isinstance(over, str) else over))
    return ColumnPlan(ctx.fill(entry["header"]), int(entry["width"]), entry.get("align", "both"), above)


def _says_something(row: RowPlan) -> bool:
    """Tell whether a line holds more than its labels: a figure or a text that is known."""
    items = [item for cell in row.cells for p in cell.paragraphs if not isinstance(p, Saying) for item in p]
    return any(not isinstance(item, str | Ask) for item in items)


def _rows(
    table: Mapping[str, Any], columns: Sequence[Mapping[str, Any]], ctx: Context, blank: bool
) -> tuple[RowPlan, ...]:
    shown = [
        item
        for _, item in (ctx.items(table["rows"]) if "rows" in table else ())
        if not _skipped(item, table.get("skip", {})) and holds(table.get("if", {}), item)
    ]
    return tuple(
        RowPlan(tuple(_cell(c["cell"], number, item, blank) for c in columns)) for number, item in enumerate(shown, 1)
    )


def _skipped(ctx: Context, skip: Mapping[str, str]) -> bool:
    return any(ctx.text(f"@.{name}") == value for name, value in skip.items())


def _lines(lines: Sequence[Line], ctx: Context, blank: bool) -> tuple[RowPlan, ...]:
    rows = []
    for line in lines:
        form: Mapping[str, Any] = line if isinstance(line, Mapping) else {"cells": line}
        if holds(form.get("if", {}), ctx):
            cells = tuple(_cell(cell, 0, ctx, blank) for cell in form["cells"])
            rows.append(RowPlan(cells, form.get("total") == "yes"))
    return tuple(rows)


def _sides(sides: Sequence[Mapping[str, Any]], ctx: Context, blank: bool) -> Iterator[RowPlan]:
    """Rows of several halves beside each other, filled up to the longest of them."""
    halves = [list(_side(side, ctx, blank)) for side in sides]
    empty = [(_BLANK,) * side_width(side) for side in sides]
    for parts in zip_longest(*halves):
        filled = (part or blanks for part, blanks in zip(parts, empty, strict=True))
        yield RowPlan(tuple(cell for part in filled for cell in part))


def _side(side: Mapping[str, Any], ctx: Context, blank: bool) -> Iterator[tuple[CellPlan, ...]]:
    if "lines" in side:
        yield from (row.cells for row in _lines(side["lines"], ctx, blank))
        return
    for number, (_, item) in enumerate(ctx.items(side["rows"]), 1):
        yield tuple(_cell(cell, number, item, blank) for cell in side["columns"])


def _cell(cell: Cell | Sequence[Cell], number: int, ctx: Context, blank: bool) -> CellPlan:
    if cell == "number":
        return CellPlan(((str(number),),))
    if isinstance(cell, str):
        return CellPlan(((ctx.fill(cell),),))
    entries = [cell] if isinstance(cell, Mapping) else cell
    paragraphs = [p for entry in entries if isinstance(entry, Mapping) for p in _paragraphs(entry, ctx, blank)]
    first = entries[0] if entries and isinstance(entries[0], Mapping) else {}
    return CellPlan(tuple(paragraphs) or ((),), column_span=span_of(first), align=first.get("align"))


def _paragraphs(entry: Mapping[str, Any], ctx: Context, blank: bool) -> list[tuple[CellItem, ...] | Saying]:
    if "words" in entry:
        return [(ctx.fill(entry["words"]),)]
    if "name" in entry:
        return [(Words(ctx.key(entry["name"]).rpartition(".")[2], ctx.key(entry["name"])),)]
    if "text" in entry:
        key = ctx.key(entry["text"])
        return [(Words(line.strip(), key),) for line in ctx.text(key).splitlines() if line.strip()]
    if "figure" in entry:
        return _figure(entry, ctx, blank)
    if "achievements" in entry:
        messages = achievements(ctx.key(entry["achievements"]), ctx, "table")
        return [Saying(tuple(messages), ctx.site)] if messages else []
    return _goals(entry, ctx)


def _figure(entry: Mapping[str, Any], ctx: Context, blank: bool) -> list[tuple[CellItem, ...] | Saying]:
    fact, key = ctx.fact(entry["figure"]), ctx.key(entry["figure"])
    if fact is None and entry.get("optional") == "yes":
        return []
    if fact is not None and fact.value == 0 and blank:
        return []
    return [(fact or Ask("、".join(key.split(".")[-2:]), "figure", key, "figure-required"),)]


def _goals(entry: Mapping[str, Any], ctx: Context) -> list[tuple[CellItem, ...] | Saying]:
    key = ctx.key(entry["goals"])
    goals = [text for t in ctx.knowledge.texts.lists.get(key, ()) if (text := inside(t.text))]
    paragraphs: list[tuple[CellItem, ...] | Saying] = []
    for number, goal in enumerate(goals):
        ordinal = f"{_ORDINALS[number]}是" if len(goals) > 1 and number < len(_ORDINALS) else ""
        said: tuple[CellItem, ...] = (ordinal, Words(goal, key), "。" if number == len(goals) - 1 else "；")
        paragraphs.append(said)
    items = ctx.knowledge.texts.items.get(ctx.key(entry.get("indicators", "")), ())
    results = entry.get("results") != "no"  # a plan has targets only
    indicators = [cells for item in items if (cells := _indicator(item, ctx, results=results))]
    if indicators:
        joined: list[CellItem] = ["绩效指标："]
        for number, shown in enumerate(indicators):
            joined += ["；" if number else "", *shown]
        paragraphs.append((*joined, "。"))
    return paragraphs


def _indicator(key: str, ctx: Context, *, results: bool) -> tuple[CellItem, ...]:
    target, actual = ctx.fact(f"{key}.目标值"), ctx.fact(f"{key}.实际值")
    if target is None:
        return ()
    sense = ctx.text(f"{key}.性质") or "≥"
    shown: tuple[CellItem, ...] = (f"{inside(ctx.text(f'{key}.名称'))}{'' if sense == '=' else sense}", target)
    return (*shown, "，实际", actual) if actual is not None and results else shown


def _total(entry: Mapping[str, Any], columns: int, ctx: Context) -> RowPlan | None:
    fact = ctx.fact(entry["figure"])
    if fact is None:
        return None
    label = CellPlan(((entry["label"],),), column_span=columns - 2, align="center")
    return RowPlan((label, CellPlan(((fact,),), align="right"), CellPlan(((),))), total=True)
