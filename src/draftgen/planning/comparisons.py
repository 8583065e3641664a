"""Comparisons: this year against last year, actual figures against budgets, each with its reason or a prompt for it."""

from __future__ import annotations

from decimal import Decimal

from draftgen.figures.changes import (
    CHANGE,
    CHANGE_RATE,
    EXECUTIONS,
    ChangeCase,
    ExecutionCase,
    change_case,
    execution_case,
)
from draftgen.figures.facts import Fact
from draftgen.figures.quantities import is_money
from draftgen.planning.content import item_of
from draftgen.planning.context import Context, Entry
from draftgen.planning.given import bare_reason, words_or_ask
from draftgen.planning.messages import Ask, Listing, Message, Role, Words

_DIRECTIONS = {
    ChangeCase.UP: ("up", "增加"),
    ChangeCase.NEW: ("up", "增加"),
    ChangeCase.DOWN: ("down", "减少"),
    ChangeCase.GONE: ("down", "减少"),
    ChangeCase.BELOW_ZERO: ("", "变动"),
}
_RATED = frozenset({ChangeCase.UP, ChangeCase.DOWN, ChangeCase.GONE})


def change(entry: Entry, ctx: Context) -> list[Message]:
    """M3, M7: this year against last year, with its reason or a prompt for it."""
    key = ctx.key(entry["change"])
    fact, last = ctx.fact(key), ctx.fact(f"{key}.上年")
    if fact is None:
        return []
    item, measure = item_of(entry, ctx, fact.label), "money" if is_money(fact.unit) else "count"
    if scope := ctx.text(f"{key}.口径变化"):
        why = Words(bare_reason(scope) or scope, f"{key}.口径变化")
        facts: dict[str, Role] = {"amount": fact}
        return [Message("change", ctx.site, key, "incomparable", facts, {"item": item}, {"measure": measure}, why)]
    if last is None and entry.get("new-unit") == "yes" and _is_new(ctx):
        return [Message("change", ctx.site, key, "first-year", {"amount": fact}, {"item": item}, {"measure": measure})]
    if last is None:
        return _asked_last(entry, ctx, fact, item)
    case = change_case(fact.value, last.value, ctx.rate_places)
    if case is ChangeCase.NONE:
        return []
    if case is ChangeCase.LEVEL:
        features = {"measure": measure, "against": "last"}
        return [Message("level", ctx.site, key, "equal", {"amount": fact}, {"item": item}, features)]
    facts = {"amount": fact, "last": last, "change": ctx.knowledge.facts[f"{key}.{CHANGE}"]}
    rate = ctx.fact(f"{key}.{CHANGE_RATE}")
    if rate is not None and measure == "money":
        facts["rate"] = rate
    elif case in _RATED:  # last year's figure cannot be told from nothing: the amounts are said, and no rate
        measure = "unrated" if measure == "money" else measure
    names, features = {"item": item}, {"measure": measure}
    reason = _reason(entry, ctx, key, item or fact.label, case)
    return [Message("change", ctx.site, key, case.value, facts, names, features, reason)]


def _asked_last(entry: Entry, ctx: Context, fact: Fact, item: str) -> list[Message]:
    """A prompt for last year's figure that nobody gave, where the outline asks for it."""
    if entry.get("ask") != "yes":
        return []
    last, key = f"{item or fact.label}上年数", f"{fact.key}.上年"
    facts: dict[str, Role] = {"amount": Ask(last.replace("{unit}", ""), "figure", key, "figure-required")}
    return [Message("total", ctx.site, key, "plain", facts, {"item": last}, {"measure": "money"}, must=("item",))]


def _reason(entry: Entry, ctx: Context, key: str, item: str, case: ChangeCase) -> Words | Ask | None:
    wanted = entry.get("reason")
    if case is ChangeCase.NEARLY or wanted == "none" or (wanted == "given" and not ctx.text(f"{key}.原因")):
        return None
    direction, verb = _DIRECTIONS[case]
    rate, least = ctx.fact(f"{key}.{CHANGE_RATE}"), ctx.knowledge.thresholds.get("说明变动原因")
    small = rate is not None and least is not None and abs(rate.value) < least
    if small and not ctx.text(f"{key}.原因"):
        return None
    return words_or_ask(ctx, f"{key}.原因", f"{item}{verb}的主要原因", direction, key)


def _is_new(ctx: Context) -> bool:
    founded = ctx.knowledge.dataset.unit.founded
    return founded is not None and int(founded.value) == ctx.knowledge.names.year


def execution(entry: Entry, ctx: Context) -> list[Message]:
    """M4: actual against a budget that is named."""
    key, facet = ctx.key(entry["execution"]), str(entry["against"])
    fact, budget = ctx.fact(key), ctx.fact(f"{key}.{facet}")
    if fact is None or budget is None:
        return _asked_budget(entry, ctx, fact, f"{key}.{facet}")
    case = execution_case(fact.value, budget.value)
    if case is ExecutionCase.NONE:
        return []
    item, base = item_of(entry, ctx, fact.label), ctx.fill(str(entry.get("base", facet)))
    reason = _budget_reason(entry, ctx, key, (item or fact.label, base), fact.value - budget.value)
    rate, difference = ctx.fact(f"{key}.{EXECUTIONS[facet]}"), ctx.fact(f"{key}.{facet}差额")
    if rate is None and case in (ExecutionCase.UNDER, ExecutionCase.OVER):  # the budget cannot be told from nothing
        both = Listing(((base, budget), ("实际完成", fact)), "clauses")
        return [Message("counts", ctx.site, key, "plain", {"counts": both}, {"item": item}, {}, reason)]
    facts: dict[str, Role] = {"amount": fact, "budget": budget}
    facts |= {role: known for role, known in (("rate", rate), ("difference", difference)) if known is not None}
    return [Message("execution", ctx.site, key, case.value, facts, {"item": item, "base": base}, {}, reason)]


def _asked_budget(entry: Entry, ctx: Context, fact: Fact | None, key: str) -> list[Message]:
    """The actual figure with a prompt for the budget that nobody gave, where the outline asks for it."""
    if fact is None or fact.value == 0 or entry.get("ask") != "yes":
        return []
    item, base = item_of(entry, ctx, fact.label), ctx.fill(str(entry.get("base", entry["against"])))
    ask = Ask(f"{(item or fact.label).replace('{unit}', '')}{base}", "figure", key, "figure-required")
    both = Listing(((base, ask), ("决算数", fact)), "clauses")
    return [Message("counts", ctx.site, fact.key, "plain", {"counts": both}, {"item": item})]


def _budget_reason(
    entry: Entry, ctx: Context, key: str, names: tuple[str, str], difference: Decimal
) -> Words | Ask | None:
    if difference == 0 or entry.get("reason") == "none":
        return None
    direction, verb = ("up", "超出") if difference > 0 else ("down", "低于")
    reason_key = ctx.key(str(entry.get("reason", f"{key}.预决算差异原因")))
    return words_or_ask(ctx, reason_key, f"{verb.join(names)}的主要原因", direction, f"{key}.执行")
