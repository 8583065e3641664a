"""Tables of the outline: rows of a list or fixed lines, halves side by side, totals below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from draftgen.planning.assessment import problem
from draftgen.planning.conditions import holds
from draftgen.planning.context import Context
from draftgen.planning.evaluation import indicator_cell, rate_cell
from draftgen.planning.given import inside
from draftgen.planning.messages import Ask, CellItem, CellPlan, ColumnPlan, RowPlan, TablePlan, Words
from draftgen.planning.messages import Group as Saying
from draftgen.planning.outline_checks import down_of, side_width, span_of
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
        rows=(*_merged((*head, *rows), entries), *foot, *totals),
        site=ctx.site,
        unit=ctx.knowledge.dataset.money_unit if table.get("unit") == "money" else "",
        notes=notes,
        landscape=table.get("landscape") == "yes",
        number=_number(table.get("number", ""), ctx),
        new_page=table.get("new-page") == "yes",
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


def _merged(rows: Sequence[RowPlan], columns: Sequence[Mapping[str, Any]]) -> Iterator[RowPlan]:
    """Let neighbours one below the other with the same words share a cell, in the columns that say ``merge``
    (``yes``, or ``loose`` where the cell may run over the end of a page).

    A cell never reaches beyond the one to its left that is shared as well. Lines of a head with other cells than the
    columns stand as they are.
    """
    apart = next((n for n, row in enumerate(rows) if len(row.cells) == len(columns)), len(rows))
    yield from rows[:apart]
    rows = rows[apart:]
    marked = [number for number, column in enumerate(columns) if column.get("merge")]
    contents = [[_words(row.cells[number], index) for number in marked] for index, row in enumerate(rows)]
    for index, row in enumerate(rows):
        cells = list(row.cells)
        for depth in reversed(range(len(marked))):
            own = contents[index][: depth + 1]
            if index and contents[index - 1][: depth + 1] == own:
                del cells[marked[depth]]
                continue
            same = next((n for n, other in enumerate(contents[index:]) if other[: depth + 1] != own), None)
            span = len(rows) - index if same is None else same
            loose = columns[marked[depth]]["merge"] == "loose"
            cells[marked[depth]] = replace(cells[marked[depth]], row_span=span, loose=loose)
        yield RowPlan(tuple(cells), row.total)


def _words(cell: CellPlan, row: int) -> str:
    """The words by which cells are compared; what is not known is like nothing else."""
    items = [item for p in cell.paragraphs if not isinstance(p, Saying) for item in p]
    words = [i.text if isinstance(i, Words) else i for i in items if isinstance(i, str | Words)]
    return "".join(words) if items and len(words) == len(items) else f"#{row}"


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
    return CellPlan(tuple(paragraphs) or ((),), down_of(first), span_of(first), first.get("align"))


def _paragraphs(entry: Mapping[str, Any], ctx: Context, blank: bool) -> list[tuple[CellItem, ...] | Saying]:
    if "words" in entry:
        return [(ctx.fill(entry["words"]),)]
    if "name" in entry:
        return [(Words(ctx.key(entry["name"]).rpartition(".")[2], ctx.key(entry["name"])),)]
    if "text" in entry:
        key = ctx.key(entry["text"])
        given = [(Words(line.strip(), key),) for line in ctx.text(key).splitlines() if line.strip()]
        return [*given] or _asked(entry, key, ctx)
    if "texts" in entry:
        return _texts(entry, ctx)
    if "indicator" in entry:
        return [*indicator_cell(ctx.key(entry["indicator"]), entry["show"], ctx)]
    if "rate" in entry:
        return [*rate_cell(ctx.key(entry["rate"]), ctx)]
    if "figure" in entry:
        return _figure(entry, ctx, blank)
    if "achievements" in entry:
        messages = achievements(ctx.key(entry["achievements"]), ctx, "table")
        return [Saying(tuple(messages), ctx.site)] if messages else []
    return _goals(entry, ctx)


def _figure(entry: Mapping[str, Any], ctx: Context, blank: bool) -> list[tuple[CellItem, ...] | Saying]:
    fact, key = ctx.fact(entry["figure"]), ctx.key(entry["figure"])
    if fact is None and not holds(entry.get("ask-if", {}), ctx):
        return []
    if fact is None and (entry.get("optional") == "yes" or _covered(entry.get("optional", ()), key, ctx)):
        return []
    if fact is not None and fact.value == 0 and blank:
        return []
    prompt = entry.get("ask") or "、".join(key.split(".")[-2:])
    return [(fact or Ask(prompt, "figure", key, "figure-required"),)]


def _covered(names: Sequence[str], key: str, ctx: Context) -> bool:
    """Tell whether the known ones of these siblings make up their whole (合计): then there is nothing of the others."""
    if isinstance(names, str) or not names:
        return False
    name = next((n for n in names if f".{n}" in key), "")
    head, _, facet = key.rpartition(f".{name}")
    whole = ctx.knowledge.facts.value(f"{head}.合计{facet}")
    parts = [v for n in names if (v := ctx.knowledge.facts.value(f"{head}.{n}{facet}")) is not None]
    return whole is not None and bool(parts) and sum(parts) == whole


def _texts(entry: Mapping[str, Any], ctx: Context) -> list[tuple[CellItem, ...] | Saying]:
    """The texts of a list, or the titles of its items and of what figures raise beside them; several are numbered."""
    if "raised" in entry:
        return _titles(entry, ctx) or _asked(entry, ctx.key(entry["texts"]), ctx)
    key = ctx.key(entry["texts"])
    given = [text for t in ctx.knowledge.texts.lists.get(key, ()) if (text := inside(t.text))]
    if len(given) == 1:
        return [(Words(given[0], key), "。")]
    return [(f"{number}.", Words(text, key), "。") for number, text in enumerate(given, 1)] or _asked(entry, key, ctx)


def _titles(entry: Mapping[str, Any], ctx: Context) -> list[tuple[CellItem, ...] | Saying]:
    """The titles of problems or recommendations, those given first, then those that nobody wrote down."""
    key, kind = ctx.key(entry["texts"]), entry["raised"]
    items = ctx.knowledge.texts.items.get(key, ())
    given = [(Words(title, f"{i}.标题"), "。") for i in items if (title := inside(ctx.text(f"{i}.标题")))]
    told = {ctx.text(f"{item}.{name}") for item in items for name in ("编号", "针对")}
    open_ones = [raised for raised in ctx.raised if not told & {raised.id, raised.name}]
    name = ctx.item_key.rpartition(".")[2]
    # the site of the headings in the text, so that both say the same words
    here = replace(ctx, site=f"{ctx.site.partition(f'.{name}.')[0]}.{name}.{entry.get('at', kind)}")
    said = [Saying((problem(raised, here, "heading", kind),), here.site) for raised in open_ones]
    return [*given, *said]


def _asked(entry: Mapping[str, Any], key: str, ctx: Context) -> list[tuple[CellItem, ...] | Saying]:
    if not entry.get("ask") or not holds(entry.get("ask-if", {}), ctx):
        return []
    return [(Ask(entry["ask"], "narrative", key, "narrative-required"),)]


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
