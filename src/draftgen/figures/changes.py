"""What comparing a figure with another says: change, rate, execution, and the case that decides the words.

Source: final-account tables, 增减% = (本年 − 上年) ÷ 上年; 执行率 = 决算 ÷ 预算. A rate exists only where its base is
positive; every other situation is a case of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from draftgen.figures.facts import AS_STATED, Fact, Facts
from draftgen.figures.formula import Node, Relation
from draftgen.figures.labels import LAST
from draftgen.figures.numbers import label_of, show
from draftgen.figures.quantities import RATE, half_up, is_money
from draftgen.figures.relations import Outcome, RelationRule, apply_relation
from draftgen.findings import Finding, Localised, Severity

CHANGE, CHANGE_RATE = "增减额", "增减率"
EXECUTIONS = {"年初预算": "年初预算执行率", "全年预算": "全年预算执行率"}


class ChangeCase(StrEnum):
    """How this year stands to last year."""

    LEVEL = "level"  # equal
    NEARLY = "nearly"  # different, but the rate prints as zero
    UP = "up"
    DOWN = "down"
    NEW = "new"  # last year zero
    GONE = "gone"  # this year zero
    NONE = "none"  # both zero
    BELOW_ZERO = "below-zero"  # a negative figure on either side: amounts, no rate


def change_case(this: Decimal, last: Decimal, rate_places: int = 2) -> ChangeCase:
    """Tell how `this` stands to `last`. `rate_places` are the decimals that the rate in % will be printed with.

    >>> change_case(Decimal("1.08"), Decimal("68.63")).value, change_case(Decimal(3), Decimal(0)).value
    ('down', 'new')
    """
    if this < 0 or last < 0:
        return ChangeCase.LEVEL if this == last else ChangeCase.BELOW_ZERO
    if last == 0:
        return ChangeCase.NONE if this == 0 else ChangeCase.NEW
    if this == 0:
        return ChangeCase.GONE
    if this == last:
        return ChangeCase.LEVEL
    if half_up((this - last) / last * 100, rate_places) == 0:
        return ChangeCase.NEARLY
    return ChangeCase.UP if this > last else ChangeCase.DOWN


class ExecutionCase(StrEnum):
    """How an actual figure stands to its budget."""

    EQUAL = "equal"
    UNDER = "under"
    OVER = "over"
    UNSPENT = "unspent"  # budget, but nothing spent
    UNBUDGETED = "unbudgeted"  # spent without budget: no rate
    NONE = "none"
    BELOW_ZERO = "below-zero"


def execution_case(actual: Decimal, budget: Decimal) -> ExecutionCase:
    """Tell how `actual` stands to `budget`."""
    if actual < 0 or budget < 0:
        return ExecutionCase.EQUAL if actual == budget else ExecutionCase.BELOW_ZERO
    if budget == 0:
        return ExecutionCase.NONE if actual == 0 else ExecutionCase.UNBUDGETED
    if actual == 0:
        return ExecutionCase.UNSPENT
    if actual == budget:
        return ExecutionCase.EQUAL
    return ExecutionCase.OVER if actual > budget else ExecutionCase.UNDER


_CHANGE = RelationRule(
    "change-differs",
    "",
    Localised(
        "The stated change should be this year's figure less last year's.",
        "填报的增减额应等于本年数减上年数。",
    ),
    label="增减额",
    label_en="change",
)
_RATE = RelationRule(
    "rate-differs",
    "",
    Localised(
        "The stated rate of change should be the change divided by last year's figure.",
        "填报的增减率应等于增减额除以上年数。",
    ),
    unit=RATE,
    label="增减率",
    label_en="rate of change",
)
_EXECUTION = RelationRule(
    "execution-differs",
    "",
    Localised(
        "The stated execution rate should be the actual figure divided by the budget.",
        "填报的执行率应等于实际数除以预算数。",
    ),
    unit=RATE,
    label="执行率",
    label_en="execution rate",
)


_DIFFERENCE = RelationRule(
    "difference-differs",
    "",
    Localised("The difference should be the actual figure less the budget.", "差额应等于实际数减预算数。"),
    label="差额",
    label_en="difference",
)


def derive_changes(facts: Facts, incomparable: frozenset[str]) -> Outcome:
    """Derive change, rate and execution of every figure that has a base, and compare what the papers state.

    `incomparable` holds the keys whose last year's figure has another scope: no change is derived there.
    """
    derived: list[Fact] = []
    findings: list[Finding] = []
    for fact in facts.values():
        for rule, relation in _relations(fact, facts, incomparable):
            made, found = apply_relation(rule, relation, "", facts, label_of(fact))
            derived += [made] if made else []
            findings += found
        findings += _without_base(fact, facts)
    return Outcome(facts.plus(derived), tuple(findings))


def _relations(fact: Fact, facts: Facts, incomparable: frozenset[str]) -> Iterator[tuple[RelationRule, Relation]]:
    key = fact.key
    last = facts.get(f"{key}.上年")
    if last is not None and key not in incomparable:
        yield _CHANGE, _relation(f"{key}.{CHANGE}", _minus(key, last.key), f"{fact.label} − 上年")
        if fact.value >= 0 and last.value > 0:
            rate = Node("/", parts=(_minus(key, last.key), Node("key", last.key)))
            yield _RATE, _relation(f"{key}.{CHANGE_RATE}", rate, f"（{fact.label} − 上年）÷ 上年")
    if not is_money(fact.unit):
        return
    for facet, name in EXECUTIONS.items():
        budget = facts.get(f"{key}.{facet}")
        if budget is not None and budget.value > 0 and fact.value >= 0:
            quotient = Node("/", parts=(Node("key", key), Node("key", budget.key)))
            yield _EXECUTION, _relation(f"{key}.{name}", quotient, f"{fact.label} ÷ {facet}")
            yield _DIFFERENCE, _relation(f"{key}.{facet}差额", _minus(key, budget.key), f"{fact.label} − {facet}")


def _minus(left: str, right: str) -> Node:
    return Node("-", parts=(Node("key", left), Node("key", right)))


def _relation(key: str, right: Node, text: str) -> Relation:
    return Relation(Node("key", key), "=", right, text)


def _without_base(fact: Fact, facts: Facts) -> Iterator[Finding]:
    """A stated rate whose base is nothing or negative: such a rate does not exist (上年为0，增长率不可比)."""
    if not fact.key.endswith(_STATED_RATES):
        return
    key, name, _ = fact.key.rsplit(".", 2)
    facet = "上年" if name == CHANGE_RATE else name.removesuffix("执行率")
    this, base = facts.get(key), facts.get(f"{key}.{facet}")
    if this is None or base is None or (base.value > 0 and this.value >= 0) or (fact.value == this.value == base.value):
        return
    stated = show(fact.value, fact.unit)
    values = {
        "about": label_of(this),
        "rate": stated,
        "this": show(this.value, this.unit),
        "label": label_of(base),
        "base": show(base.value, base.unit),
    }
    message = Localised(
        "{about}: a rate of {rate} is stated, but there is none: {label} is {base}, the figure itself {this}.",
        "{about}：填报的比率为{rate}，但{label}为{base}、本年为{this}，不存在可比的比率。",
        values,
    )
    hint = Localised("Leave the rate out; the amounts are reported.", "请删去该比率，只写金额。")
    places = tuple(f.place for f in (fact, base, this) if f.place)
    yield Finding("rate-without-base", Severity.ERROR, message, places, hint, stated, "", (this.key, base.key))


_STATED_RATES = tuple(f".{name}.{AS_STATED}" for name in (CHANGE_RATE, *EXECUTIONS.values()))


def stated_execution(facts: Facts) -> Facts:
    """Let a stated 执行率 stand for the rate against the full-year budget, or 年初预算 if that is all there is."""
    moved = []
    for fact in facts.values():
        key = fact.key.removesuffix(f".执行率.{AS_STATED}")
        if key == fact.key:
            continue
        facet = "全年预算" if f"{key}.全年预算" in facts else "年初预算"
        moved.append(replace(fact, key=f"{key}.{EXECUTIONS[facet]}.{AS_STATED}"))
    return facts.plus(moved) if moved else facts


def compared_with(facts: Facts, facet: str) -> Facts:
    """Let the figures of `facet` (上年预算) take the place of last year's, as a budget is compared with a budget.

    Last year's actual amounts are left aside, so that two bases are never mixed; counts without a figure of `facet`
    keep last year's.
    """
    if facet == LAST:
        return facts
    table: dict[str, Fact] = {}
    for key, fact in facts.items():
        base, _, last = key.rpartition(".")
        if last == facet:
            table[f"{base}.{LAST}"] = replace(fact, key=f"{base}.{LAST}")
        elif last != LAST or not (is_money(fact.unit) or f"{base}.{facet}" in facts):
            table[key] = fact
    return Facts(table.values())
