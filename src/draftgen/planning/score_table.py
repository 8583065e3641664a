"""The table of scores: three levels of indicators, their rules, and why points were lost."""

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
from draftgen.planning.messages import CellItem, CellPlan, ColumnPlan, RowPlan, TablePlan


def plan_score_table(table: Mapping[str, Any], columns: tuple[ColumnPlan, ...], ctx: Context) -> TablePlan | None:
    """Plan the table of scores, None where nothing was scored."""
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
    return TablePlan(ctx.fill(table["caption"]), columns, tuple(rows), ctx.site, landscape=True)


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
