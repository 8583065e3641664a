"""The year's work: counted results as messages, and the grouping of items by field of work."""

from __future__ import annotations

from decimal import Decimal

from draftgen.figures.changes import CHANGE_RATE
from draftgen.figures.facts import Derived, Fact
from draftgen.figures.quantities import RATE
from draftgen.planning.context import Context
from draftgen.planning.messages import Counted, Message, Role

_SENSES = {"≥": "不少于", "≤": "不超过", "=": "", "": "不少于"}
_RATE_SENSES = {"≥": "不低于", "≤": "不高于", "=": "", "": "不低于"}
_RANKS = ("排名", "名次", "位次", "位列")


def achievements(item: str, ctx: Context, style: str) -> list[Message]:
    """M13: every counted result of one item of work, in the order given."""
    results = ctx.knowledge.texts.items.get(f"{item}.成果", ())
    return [m for key in results if (m := achievement(key, ctx, style)) is not None]


def achievement(key: str, ctx: Context, style: str) -> Message | None:
    """M13: one counted result, against its target or last year where these are known."""
    number = ctx.fact(f"{key}.数量")
    if number is None:
        return None
    facts: dict[str, Role] = {"number": Counted(number, ctx.text(f"{key}.约数"))}
    case = _plain_case(number, ctx.text(f"{key}.事项"))
    target, rate = ctx.fact(f"{key}.目标"), _rate(key, number, ctx)
    if target is not None and style == "analysis":
        sense = ctx.text(f"{key}.目标性质")
        words = _RATE_SENSES if number.unit == RATE else _SENSES
        facts["target"] = Counted(_like(target, number), sense=words[sense])
        case = "target-met" if _met(number.value, target.value, sense) else "target-missed"
    elif rate is not None and style == "analysis":
        facts["rate"] = rate
        case = "compared"
    names = {
        "item": ctx.text(f"{key}.事项"),
        "verb": ctx.text(f"{key}.动词"),
        "among": ctx.text(f"{key}.范围"),
    }
    must = ("among",) if names["among"] else ()
    return Message("achievement", f"{ctx.site}.{key}", key, case, facts, names, {"style": style}, must=must)


def _plain_case(number: Fact, thing: str) -> str:
    if number.unit == RATE:
        return "rate"
    return "rank" if thing.endswith(_RANKS) else "count"


def _like(target: Fact, number: Fact) -> Fact:
    if target.unit:
        return target
    return Fact(target.key, target.value, number.unit, target.label, target.year, target.origin, target.places)


def _met(value: Decimal, target: Decimal, sense: str) -> bool:
    return {"≤": value <= target, "=": value == target}.get(sense, value >= target)


def _rate(key: str, number: Fact, ctx: Context) -> Fact | None:
    stated = ctx.fact(f"{key}.比上年")
    if stated is not None:
        return stated
    last = ctx.fact(f"{key}.上年")
    if last is None or last.value <= 0 or number.unit == RATE:
        return None
    origin = Derived("rate-differs", f"（{number.label} − 上年）÷ 上年", (number.key, last.key))
    return Fact(f"{key}.{CHANGE_RATE}", (number.value - last.value) / last.value, RATE, "增减率", number.year, origin)


def fields_of_work(ctx: Context, key: str) -> dict[str, list[str]]:
    """Group the items by field of work, in the order in which the fields first stand.

    Items that stand in the table only are left out, and so are fields in which nothing was counted or said.
    """
    grouped: dict[str, list[str]] = {}
    for item in ctx.knowledge.texts.items.get(key, ()):
        if ctx.text(f"{item}.仅列入") == "工作表":
            continue
        field = ctx.text(f"{item}.领域") or ctx.text(f"{item}.事项")
        grouped.setdefault(field, []).append(item)
    return grouped
