"""Charts of the outline: what is drawn, and whether it may be drawn at all.

A chart shows a whole picture or none: a composition with an unknown part, parts that do not add up to their whole, or
figures in different units give no chart. A category that a series knows nothing of is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from draftgen.figures.facts import Fact
from draftgen.figures.quantities import DATE, YEAR
from draftgen.planning.conditions import holds
from draftgen.planning.context import Context
from draftgen.planning.messages import ChartPlan, SeriesPlan

_HALF_PRINTED = Decimal("0.005")  # how far an amount may be from what is printed of it
_NO_SIZES = frozenset({DATE, YEAR})
_PLAIN: Sequence[Mapping[str, str]] = ({"figure": "@"},)
_FEWEST = 2  # points: a chart of one value shows nothing

Category = tuple[str, tuple[Fact, ...]]  # its name, and a fact for every series


def plan_chart(chart: Mapping[str, Any], ctx: Context) -> ChartPlan | None:
    """Plan a chart of the outline; None where it may not stand, or would show nothing, or not the truth."""
    if not holds(chart.get("if", {}), ctx):
        return None
    series = chart.get("series", _PLAIN)
    shown = list(_categories(chart, series, ctx))
    if not _may_be_drawn(chart, shown, ctx):
        return None
    rows = tuple(
        SeriesPlan(ctx.fill(entry.get("name", "")), tuple(facts[n] for _, facts in shown))
        for n, entry in enumerate(series)
    )
    unit = rows[0].facts[0].unit
    return ChartPlan(chart["type"], ctx.fill(chart["caption"]), tuple(name for name, _ in shown), rows, ctx.site, unit)


def _categories(chart: Mapping[str, Any], series: Sequence[Mapping[str, str]], ctx: Context) -> Iterator[Category]:
    """Each category of which every series knows a figure, but for those that are zero throughout."""
    for name, item in _items(chart, ctx):
        known = [fact for entry in series if (fact := ctx.fact(entry["figure"].replace("@", item))) is not None]
        if len(known) == len(series) and any(fact.value for fact in known):
            yield name, tuple(known)


def _items(chart: Mapping[str, Any], ctx: Context) -> Iterator[tuple[str, str]]:
    """Name and key of each category; of the groups of indicators name and code."""
    if "figures" in chart:
        yield from ((fact.label, fact.key) for fact in ctx.facts(chart["figures"]))
    elif ctx.knowledge.card is not None:
        yield from ((group.name, group.code) for group in ctx.knowledge.card.system.groups)


def _may_be_drawn(chart: Mapping[str, Any], shown: Sequence[Category], ctx: Context) -> bool:
    facts = [fact for _, row in shown for fact in row]
    units = {fact.unit for fact in facts}
    if len(facts) < _FEWEST or len(units) > 1 or units & _NO_SIZES:
        return False
    if "of" not in chart and chart["type"] != "pie":
        return True
    return all(fact.value > 0 for fact in facts) and _is_whole(chart, facts, ctx)


def _is_whole(chart: Mapping[str, Any], parts: Sequence[Fact], ctx: Context) -> bool:
    """Tell whether the parts are all known and add up to their whole, as far as printing shows them."""
    if ctx.has_blank(chart.get("figures", [])):
        return False
    if "of" not in chart:
        return True
    whole = ctx.fact(chart["of"])
    room = _HALF_PRINTED * (len(parts) + 1)
    return whole is not None and abs(sum(fact.value for fact in parts) - whole.value) <= room
