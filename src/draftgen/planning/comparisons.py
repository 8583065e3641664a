"""Comparisons: this year against last year, actual figures against budgets, each with its reason or a prompt for it."""

from __future__ import annotations

from draftgen.figures.changes import (
    CHANGE,
    CHANGE_RATE,
    EXECUTIONS,
    ChangeCase,
    ExecutionCase,
    change_case,
    execution_case,
)
from draftgen.figures.quantities import is_money
from draftgen.planning.content import item_of
from draftgen.planning.context import Context, Entry
from draftgen.planning.given import inside, words_or_ask
from draftgen.planning.messages import Ask, Listing, Message, Role, Words

_DIRECTIONS = {
    ChangeCase.UP: ("up", "增加"),
    ChangeCase.NEW: ("up", "增加"),
    ChangeCase.DOWN: ("down", "减少"),
    ChangeCase.GONE: ("down", "减少"),
    ChangeCase.BELOW_ZERO: ("", "变动"),
}


def change(entry: Entry, ctx: Context) -> list[Message]:
    """M3, M7: this year against last year, with its reason or a prompt for it."""
    key = ctx.key(entry["change"])
    fact, last = ctx.fact(key), ctx.fact(f"{key}.上年")
    scope = ctx.text(f"{key}.口径变化")
    if fact is None or (last is None and not scope):
        return []
    item = item_of(entry, ctx, fact.label)
    names = {"item": item, "scope": scope}
    features = {"measure": "money" if is_money(fact.unit) else "count"}
    if scope:
        return [Message("change", ctx.site, key, "incomparable", {"amount": fact}, names, features)]
    assert last is not None
    case = change_case(fact.value, last.value, ctx.rate_places)
    if case is ChangeCase.NONE:
        return []
    if case is ChangeCase.LEVEL:
        facts: dict[str, Role] = {"amount": fact}
        return [Message("level", ctx.site, key, "equal", facts, {"item": item}, {**features, "against": "last"})]
    facts = {"amount": fact, "last": last, "change": ctx.knowledge.facts[f"{key}.{CHANGE}"]}
    rate = ctx.fact(f"{key}.{CHANGE_RATE}")
    if rate is not None and features["measure"] == "money":
        facts["rate"] = rate
    return [Message("change", ctx.site, key, case.value, facts, names, features, _reason(entry, ctx, key, item, case))]


def _reason(entry: Entry, ctx: Context, key: str, item: str, case: ChangeCase) -> Words | Ask | None:
    if entry.get("reason") == "none" or case is ChangeCase.NEARLY:
        return None
    direction, verb = _DIRECTIONS[case]
    return words_or_ask(ctx, f"{key}.原因", f"{item}{verb}的主要原因", direction, key)


def execution(entry: Entry, ctx: Context) -> list[Message]:
    """M4: actual against a budget that is named."""
    key, facet = ctx.key(entry["execution"]), str(entry["against"])
    fact, budget = ctx.fact(key), ctx.fact(f"{key}.{facet}")
    if fact is None or budget is None:
        return []
    case = execution_case(fact.value, budget.value)
    if case is ExecutionCase.NONE:
        return []
    facts: dict[str, Role] = {"amount": fact, "budget": budget}
    for role, name in (("rate", EXECUTIONS[facet]), ("difference", f"{facet}差额")):
        if (derived := ctx.fact(f"{key}.{name}")) is not None:
            facts[role] = derived
    item = item_of(entry, ctx, fact.label)
    names = {"item": item, "base": str(entry.get("base", facet))}
    reason = None
    if case is not ExecutionCase.EQUAL:
        direction = "up" if case in (ExecutionCase.OVER, ExecutionCase.UNBUDGETED) else "down"
        reason_key = str(entry.get("reason", f"{key}.预决算差异原因"))
        prompt = f"{item}{'超出' if direction == 'up' else '低于'}{names['base']}的主要原因"
        reason = words_or_ask(ctx, reason_key, prompt, direction, f"{key}.执行")
    return [Message("execution", ctx.site, key, case.value, facts, names, {}, reason)]
