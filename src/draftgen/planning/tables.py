"""Tables of the outline: rows of a list, totals below; and the score table with its merged groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from draftgen.figures.facts import Fact
from draftgen.figures.indicator_system import Group, Indicator
from draftgen.figures.quantities import RATE
from draftgen.figures.scoring import Scorecard, ScoredIndicator
from draftgen.planning.assessment import deduction_reason
from draftgen.planning.context import Context
from draftgen.planning.given import inside
from draftgen.planning.messages import Ask, CellItem, CellPlan, ColumnPlan, RowPlan, TablePlan, Words
from draftgen.planning.messages import Group as Saying
from draftgen.planning.work import achievements

_ORDINALS = "一二三四五六七八九十"
Cell = Mapping[str, Any] | str


def plan_table(table: Mapping[str, Any], ctx: Context) -> TablePlan | None:
    """Plan a table of the outline, None where it would have no rows."""
    if table.get("score") == "yes":
        return _score_table(table, ctx)
    rows = _rows(table, ctx)
    if not rows:
        return None
    columns = _columns(table, ctx)
    totals = tuple(r for entry in table.get("totals", ()) if (r := _total(entry, len(columns), ctx)) is not None)
    unit = ctx.knowledge.dataset.money_unit if table.get("unit") == "money" else ""
    return TablePlan(ctx.fill(table["caption"]), columns, rows + totals, ctx.site, unit)


def _columns(table: Mapping[str, Any], ctx: Context) -> tuple[ColumnPlan, ...]:
    return tuple(ColumnPlan(ctx.fill(c["header"]), int(c["width"]), c.get("align", "both")) for c in table["columns"])


def _rows(table: Mapping[str, Any], ctx: Context) -> tuple[RowPlan, ...]:
    keys = [k for k in ctx.knowledge.texts.items.get(table["rows"], ()) if not _skipped(k, table.get("skip", {}), ctx)]
    rows = []
    for number, key in enumerate(keys, 1):
        item = ctx.of_item(key, str(number))
        rows.append(RowPlan(tuple(_cell(c["cell"], number, item) for c in table["columns"])))
    return tuple(rows)


def _skipped(key: str, skip: Mapping[str, str], ctx: Context) -> bool:
    return any(ctx.text(f"{key}.{name}") == value for name, value in skip.items())


def _cell(cell: Cell | list[Cell], number: int, ctx: Context) -> CellPlan:
    if cell == "number":
        return CellPlan(((str(number),),))
    entries = cell if isinstance(cell, list) else [cell]
    paragraphs = [p for entry in entries if isinstance(entry, Mapping) for p in _paragraphs(entry, ctx)]
    return CellPlan(tuple(paragraphs) or ((),))


def _paragraphs(entry: Mapping[str, Any], ctx: Context) -> list[tuple[CellItem, ...] | Saying]:
    if "text" in entry:
        key = ctx.key(entry["text"])
        return [(Words(line.strip(), key),) for line in ctx.text(key).splitlines() if line.strip()]
    if "figure" in entry:
        fact = ctx.fact(entry["figure"])
        key = ctx.key(entry["figure"])
        return [(fact or Ask("、".join(key.split(".")[-2:]), "figure", key, "figure-required"),)]
    if "achievements" in entry:
        messages = achievements(ctx.key(entry["achievements"]), ctx, "table")
        return [Saying(tuple(messages), ctx.site)] if messages else []
    return _goals(entry, ctx)


def _goals(entry: Mapping[str, Any], ctx: Context) -> list[tuple[CellItem, ...] | Saying]:
    key = ctx.key(entry["goals"])
    goals = [text for t in ctx.knowledge.texts.lists.get(key, ()) if (text := inside(t.text))]
    paragraphs: list[tuple[CellItem, ...] | Saying] = []
    for number, goal in enumerate(goals):
        ordinal = f"{_ORDINALS[number]}是" if len(goals) > 1 and number < len(_ORDINALS) else ""
        said: tuple[CellItem, ...] = (ordinal, Words(goal, key), "。" if number == len(goals) - 1 else "；")
        paragraphs.append(said)
    items = ctx.knowledge.texts.items.get(ctx.key(entry.get("indicators", "")), ())
    indicators = [cells for item in items if (cells := _indicator(item, ctx))]
    if indicators:
        joined: list[CellItem] = ["绩效指标："]
        for number, shown in enumerate(indicators):
            joined += ["；" if number else "", *shown]
        paragraphs.append((*joined, "。"))
    return paragraphs


def _indicator(key: str, ctx: Context) -> tuple[CellItem, ...]:
    target, actual = ctx.fact(f"{key}.目标值"), ctx.fact(f"{key}.实际值")
    if target is None:
        return ()
    sense = ctx.text(f"{key}.性质") or "≥"
    shown: tuple[CellItem, ...] = (f"{inside(ctx.text(f'{key}.名称'))}{'' if sense == '=' else sense}", target)
    return (*shown, "，实际", actual) if actual is not None else shown


def _total(entry: Mapping[str, Any], columns: int, ctx: Context) -> RowPlan | None:
    fact = ctx.fact(entry["figure"])
    if fact is None:
        return None
    label = CellPlan(((entry["label"],),), column_span=columns - 2, align="center")
    return RowPlan((label, CellPlan(((fact,),), align="right"), CellPlan(((),))), total=True)


def _score_table(table: Mapping[str, Any], ctx: Context) -> TablePlan | None:
    card = ctx.knowledge.card
    if card is None:
        return None
    rows = [row for group in card.system.groups for row in _group_rows(group, card, ctx)]
    total = ctx.fact("评分.综合得分")
    if total is not None:
        label = CellPlan(
            (("合计（满分", ctx.knowledge.facts["评分.满分.合计"], "分）"),), column_span=3, align="center"
        )
        rows.append(RowPlan((label, CellPlan(((total,),)), *(CellPlan(((),)) for _ in range(3))), total=True))
    return TablePlan(ctx.fill(table["caption"]), _columns(table, ctx), tuple(rows), ctx.site, landscape=True)


def _group_rows(group: Group, card: Scorecard, ctx: Context) -> list[RowPlan]:
    rows: list[RowPlan] = []
    for part in group.parts:
        indicators = list(part.indicators()) if isinstance(part, Group) else [part]
        for number, indicator in enumerate(indicators):
            cells: list[CellPlan] = []
            if not rows:
                cells.append(_headed(group, sum(1 for _ in group.indicators()), ctx))
            if number == 0:
                cells.append(_headed(part, len(indicators), ctx))
            rows.append(RowPlan((*cells, *_indicator_cells(card.by_code[indicator.code], ctx))))
    return rows


def _headed(part: Group | Indicator, span: int, ctx: Context) -> CellPlan:
    full = ctx.knowledge.facts[f"评分.满分.{part.code}"]
    return CellPlan(((f"{part.code}{part.name}（", full, "分）"),), row_span=span)


def _indicator_cells(row: ScoredIndicator, ctx: Context) -> tuple[CellPlan, ...]:
    indicator, got = row.indicator, ctx.fact(row.key)
    head = _headed(indicator, 1, ctx)
    score: tuple[CellItem, ...] = (got,) if got else ()
    texts = [CellPlan(((indicator.explanation,),)), CellPlan(((indicator.criteria,),))]
    return (head, CellPlan((score,)), *texts, CellPlan(_remarks(row, ctx)))


def _remarks(row: ScoredIndicator, ctx: Context) -> tuple[tuple[CellItem, ...], ...]:
    paragraphs: list[tuple[CellItem, ...]] = []
    rates = [fact for fact in row.inputs if fact.unit == RATE]
    if rates:
        paragraphs.append((_rate_name(rates[0], row), rates[0], "。"))
    lost = ctx.fact(f"评分.扣分.{row.indicator.code}")
    if lost is not None and lost.value > 0:
        paragraphs.append(("扣", lost, "，原因：", deduction_reason(row, ctx), "。"))
    if evidence := inside(row.evidence or ""):
        paragraphs.append((f"佐证：{evidence}。",))
    return tuple(paragraphs) or ((),)


def _rate_name(rate: Fact, row: ScoredIndicator) -> str:
    return row.indicator.name if rate.key.startswith("评分.") else rate.label
