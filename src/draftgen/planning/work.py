"""The year's work: counted results as messages, and the grouping of items by field of work."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from draftgen.figures.facts import Fact, Given
from draftgen.figures.quantities import RATE, half_up
from draftgen.planning.context import Context
from draftgen.planning.given import inside
from draftgen.planning.messages import Counted, Message, Role

_SENSES = {"≥": "不少于", "≤": "不超过", "=": "", "": "不少于"}
_RATE_SENSES = {"≥": "不低于", "≤": "不高于", "=": "", "": "不低于"}
_NAMES = {"item": "事项", "verb": "动词", "among": "范围"}
_VAGUE = frozenset({"约", "近", "左右"})  # neither a target nor a rate can be held against such a number
_RANKS = ("排名", "名次", "位次", "位列")


def achievements(item: str, ctx: Context, style: str) -> list[Message]:
    """M13: every counted result of one item of work in the order given, missed targets after the others."""
    results = ctx.knowledge.texts.items.get(f"{item}.成果", ())
    messages = [m for key in results if (m := achievement(key, ctx, style)) is not None]
    return sorted(messages, key=lambda m: m.case == "target-missed")


def achievement(key: str, ctx: Context, style: str) -> Message | None:
    """M13: one counted result, against its target or last year where these are known."""
    number = ctx.fact(f"{key}.数量")
    if number is None:
        return None
    facts: dict[str, Role] = {"number": Counted(number, ctx.text(f"{key}.约数"))}
    names = {name: inside(ctx.text(f"{key}.{field}")) for name, field in _NAMES.items()}
    case = _plain_case(number, names["item"])
    target, rate = _like(ctx.fact(f"{key}.目标"), number), _rate(key, number, ctx)
    vague = ctx.text(f"{key}.约数") in _VAGUE
    if target is not None and style == "analysis" and not vague:
        sense = ctx.text(f"{key}.目标性质")
        words = _RATE_SENSES if number.unit == RATE else _SENSES
        facts["target"] = Counted(target, sense=words[sense])
        case = "target-met" if _met(number.value, target.value, sense) else "target-missed"
    elif rate is not None and style == "analysis" and (not vague or isinstance(rate.origin, Given)):
        facts["rate"] = rate
        case = "compared"
    must = ("among",) if names["among"] else ()
    return Message("achievement", f"{ctx.site}.{key}", key, case, facts, names, {"style": style}, must=must)


def _plain_case(number: Fact, thing: str) -> str:
    if number.unit == RATE:
        return "rate"
    return "rank" if thing.endswith(_RANKS) else "count"


def _like(target: Fact | None, number: Fact) -> Fact | None:
    """The target in the unit of the number; none where they are of different things and cannot be compared."""
    if target is None or target.unit == number.unit:
        return target
    if target.unit:
        return None
    if number.unit == RATE:  # a bare 90 beside 95% is 90%
        return replace(target, unit=RATE, value=target.value / 100)
    return replace(target, unit=number.unit)


def _met(value: Decimal, target: Decimal, sense: str) -> bool:
    return {"≤": value <= target, "=": value == target}.get(sense, value >= target)


def _rate(key: str, number: Fact, ctx: Context) -> Fact | None:
    """The rate against last year, stated or worked out; none where it would print as nothing."""
    rate = ctx.fact(f"{key}.比上年")
    if rate is None or number.value < 0 or half_up(rate.value * 100, ctx.rate_places) == 0:
        return None
    return rate if isinstance(rate.origin, Given) or number.unit != RATE else None


def fields_of_work(ctx: Context, key: str) -> dict[str, list[str]]:
    """Group the items by field of work, in the order in which the fields first stand.

    Items that stand in the table only are left out, and so are fields in which nothing was counted or said.
    """
    grouped: dict[str, list[str]] = {}
    for item in ctx.knowledge.texts.items.get(key, ()):
        if ctx.text(f"{item}.仅列入") == "工作表":
            continue
        field = inside(ctx.text(f"{item}.领域")) or inside(ctx.text(f"{item}.事项"))
        grouped.setdefault(field, []).append(item)
    return grouped
