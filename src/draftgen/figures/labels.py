"""The names that reports use for figures: as data gives them, and for last year and budgets after this year's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from draftgen.figures.facts import AS_STATED, Fact, Facts
from draftgen.figures.quantities import is_money

LAST = "上年"
FACETS_EN = {
    "上年": "last year",
    "年初预算": "initial budget",
    "全年预算": "budget of the full year",
    "上年预算": "last year's budget",
}
_STATED_EN = {"增减额": "change", "增减率": "rate of change", "占比": "share", "执行率": "execution rate"} | {
    "年初预算执行率": "execution rate",
    "全年预算执行率": "execution rate",
}
_FACET_LABELS = frozenset({*FACETS_EN, AS_STATED})


def relabel(facts: Facts, labels: Mapping[str, Mapping[str, str]], compare: str = LAST) -> Facts:
    """Give facts the names that reports use. Keys of `labels` are key patterns; the last that fits wins.

    A figure of last year or of a budget is named after this year's, unless it has a name of its own. `compare` is the
    facet whose figures stand in last year's place (上年预算 in a budget).
    """
    table, own = dict(facts), set()
    for pattern, label in labels.items():
        for fact in facts.match(pattern):
            table[fact.key] = replace(fact, label=label["zh"], label_en=label.get("en", fact.label_en))
            own.add(fact.key)
    for key, fact in table.items():
        base, _, last = key.rpartition(".")
        if key in own or last not in _FACET_LABELS:
            continue
        if last == AS_STATED:
            base, _, stated = base.rpartition(".")
            en = f"stated {_STATED_EN.get(stated, stated)}"
            table[key] = replace(fact, label=f"{AS_STATED}的{stated}", label_en=en)
        else:
            table[key] = _of_facet(fact, table.get(base, fact), last, compare)
    return Facts(table.values())


def _of_facet(fact: Fact, base: Fact, facet: str, compare: str) -> Fact:
    if base is fact and fact.label.startswith("上年") | fact.label.endswith(facet):  # named before
        return fact
    if facet == LAST != compare and is_money(fact.unit):  # counts keep last year's figure
        en = FACETS_EN[compare]
        return replace(fact, label=f"{compare}中的{base.label}", label_en=f"{base.label_en or base.label}, {en}")
    zh = {LAST: f"上年{base.label}", "上年预算": f"上年{base.label}预算"}.get(facet, f"{base.label}{facet}")
    return replace(fact, label=zh, label_en=f"{base.label_en or base.label}, {FACETS_EN[facet]}")
