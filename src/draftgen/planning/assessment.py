"""The evaluation in words: score and grade, scores by group, deductions; problems and recommendations by trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from draftgen.errors import TemplateError
from draftgen.figures import formula as f
from draftgen.figures.facts import Derived, Fact
from draftgen.figures.quantities import ITEM, RATE
from draftgen.figures.scoring import ScoredIndicator
from draftgen.findings import Localised, Place
from draftgen.planning.conditions import here, true_of
from draftgen.planning.content import item_of
from draftgen.planning.context import Context, Entry
from draftgen.planning.given import words_or_ask
from draftgen.planning.messages import Ask, Listing, Message, Raised, Role, Words


def score(entry: Entry, ctx: Context) -> list[Message]:
    """M11: the total score and its grade."""
    key = ctx.key(str(entry["score"]))
    base = key.rpartition(".")[0]
    fact, grade = ctx.fact(key), _grade(base, ctx)
    names = {"item": item_of(entry, ctx)}
    if fact is None or not grade:
        asked: dict[str, Role] = {
            "score": fact or Ask("综合得分", "figure", key, "figure-required"),
            "grade": Ask("评价等级", "figure", f"{base}.等级", "figure-required"),
        }
        return [Message("score", ctx.site, key, "graded", asked, names)]
    facts: dict[str, Role] = {"score": fact, "grade": f"“{grade}”"}
    full = ctx.fact(f"{base}.满分.合计")
    if full is not None:
        facts["full"] = full
    return [Message("score", ctx.site, key, "graded", facts, names)]


def _grade(base: str, ctx: Context) -> str:
    """The grade of the unit's own score, or of a project's."""
    card = ctx.knowledge.card
    return (card.grade or "" if card else "") if base == "评分" else ctx.text(f"{base}.等级")


def score_groups(entry: Entry, ctx: Context) -> list[Message]:
    """M2: the score of each first-level group with its full mark."""
    del entry
    card = ctx.knowledge.card
    if card is None:
        return []
    items: list[tuple[str | Fact, ...]] = []
    for group in card.system.groups:
        got, full = ctx.fact(f"评分.得分.{group.code}"), ctx.fact(f"评分.满分.{group.code}")
        if got is None or full is None:
            return []
        items.append((f"{group.name}得", got, "（满分", full, "）"))
    facts: dict[str, Role] = {"parts": Listing(tuple(items), "parts")}
    return [
        Message("composition", ctx.site, "评分.综合得分", "plain", facts, {"item": "各部分得分"}, {"measure": "count"})
    ]


def deductions(entry: Entry, ctx: Context) -> list[Message]:
    """M12: every indicator that lost points, with the reason or a prompt for it."""
    del entry
    card, messages = ctx.knowledge.card, []
    for row in card.rows if card else ():
        code = row.indicator.code
        lost, got, full = (ctx.fact(f"评分.{what}.{code}") for what in ("扣分", "得分", "满分"))
        if lost is None or got is None or full is None or lost.value <= 0:
            continue
        facts: dict[str, Role] = {"score": got, "deduction": lost, "full": full}
        value = next((fact for fact in row.inputs if fact.unit == RATE), None)
        if value is not None:
            facts["value"] = value
        site, key = f"{ctx.site}.{code}", f"评分.指标.{code}"
        names, features = {"item": f"“{row.indicator.name}”"}, {"valued": "yes" if value else "no"}
        messages.append(Message("indicator", site, key, "deducted", facts, names, features, deduction_reason(row, ctx)))
    return messages


def deduction_reason(row: ScoredIndicator, ctx: Context) -> Words | Ask:
    """Why an indicator lost points, or the prompt for it."""
    code = row.indicator.code
    prompt = f"{code}“{row.indicator.name}”扣分的原因"
    return words_or_ask(ctx, f"评分.指标.{code}.扣分原因", prompt, "", f"评分.指标.{code}")


_TRIGGER_FIELDS = frozenset({"id", "name", "when", "flag", "each", "item", "unless", "facts"})
_SHOWN = {"目标值": "目标", "实际值": "实际"}  # how a list of missed indicators names their figures


@dataclass(frozen=True, slots=True)
class Trigger:
    """When a problem may be raised. ``item`` names the parts of a matched key that the list shows."""

    id: str
    name: str
    when: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    flag: str = ""
    each: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def read_triggers(tree: Mapping[str, Any], place: Place) -> tuple[Trigger, ...]:
    """Read the triggers of a kind.

    Raises:
        TemplateError: a field is unknown or a formula cannot be read.
    """
    try:
        return tuple(_trigger(entry, place) for entry in tree["triggers"])
    except KeyError as error:
        raise _broken("?", f"{error.args[0]} is missing", f"缺少 {error.args[0]}", place) from error


def _trigger(entry: Mapping[str, Any], place: Place) -> Trigger:
    name = str(entry.get("id", "?"))
    if unknown := ", ".join(sorted(set(entry) - _TRIGGER_FIELDS)):
        raise _broken(name, f"unknown field {unknown}", f"未知字段 {unknown}", place)
    trigger = Trigger(
        id=entry["id"],
        name=entry["name"],
        when=tuple(entry.get("when", ())),
        item=tuple(entry.get("item", ())),
        unless=tuple(entry.get("unless", ())),
        flag=entry.get("flag", ""),
        each=entry.get("each", ""),
        facts=entry.get("facts", {}),
    )
    if bool(trigger.flag) == bool(trigger.when):
        raise _broken(name, "needs either a flag or a when", "flag 和 when 须有且只有一种", place)
    for text in trigger.when:
        try:
            f.parse_relation(text)
        except f.FormulaError as error:
            raise _broken(name, str(error), str(error), place) from error
    return trigger


def _broken(name: str, en: str, zh: str, place: Place) -> Exception:
    message = Localised("trigger {name}: {en}", "触发条件 {name}：{zh}", {"name": name, "en": en, "zh": zh})
    return TemplateError.because("bad-trigger", message, places=[place])


def raise_problems(triggers: Sequence[Trigger], ctx: Context) -> tuple[Raised, ...]:
    """Return the problems that the figures and flags raise, in the order of the triggers; none is invented."""
    raised: list[Raised] = []
    for trigger in triggers:
        found = _raised(trigger, ctx)
        if found is not None and not set(trigger.unless) & {r.id for r in raised}:
            raised.append(found)
    return tuple(raised)


def _raised(trigger: Trigger, ctx: Context) -> Raised | None:
    if trigger.flag:
        on = ctx.knowledge.texts.flags.get(f"标志.{trigger.flag}", False)
        return Raised(trigger.id, trigger.name, {}, (f"标志.{trigger.flag}",)) if on else None
    if trigger.each:
        return _raised_each(trigger, ctx)
    if not any(true_of(here(f.parse_relation(text), ctx), ctx.knowledge.facts) for text in trigger.when):
        return None
    facts = {role: fact for role, key in trigger.facts.items() if (fact := ctx.fact(key)) is not None}
    if len(facts) < len(trigger.facts):  # a problem without its figures would be an opinion
        return None
    return Raised(trigger.id, trigger.name, facts, tuple(ctx.key(key) for key in trigger.facts.values()))


def _raised_each(trigger: Trigger, ctx: Context) -> Raised | None:
    relations = [here(f.parse_relation(text), ctx) for text in trigger.when]
    items: list[tuple[str | Fact, ...]] = []
    keys: list[str] = []
    for captures in ctx.knowledge.facts.captures(ctx.key(trigger.each)):
        held = next((b for r in relations if true_of(b := _bound(r, captures), ctx.knowledge.facts)), None)
        if held is not None:
            items.append(_listed(trigger, captures, ctx))
            keys += f.keys_of(held.left)
    if not items:
        return None
    origin = Derived(trigger.id, "；".join(trigger.when), tuple(keys))
    unit = "项" if len(trigger.item) > 1 else ITEM
    count = Fact(f"问题.{trigger.id}.个数", Decimal(len(items)), unit, trigger.name, ctx.knowledge.names.year, origin)
    listing = Listing(tuple(items), "enumeration")
    return Raised(trigger.id, trigger.name, {"list": listing, "count": count}, tuple(keys))


def _bound(relation: f.Relation, captures: Mapping[str, str]) -> f.Relation:
    left, right = f.bind(relation.left, captures), f.bind(relation.right, captures)
    return f.Relation(left, relation.sign, right, relation.text)


def _listed(trigger: Trigger, captures: Mapping[str, str], ctx: Context) -> tuple[str | Fact, ...]:
    prefix = ctx.key(trigger.each).rsplit(".", 1)[0]
    for name, value in captures.items():
        prefix = prefix.replace(f"{{{name}}}", value)
    shown: list[str | Fact] = []
    for name in trigger.item:
        if name in captures:
            shown.append(f"“{captures[name]}”" if "《" not in captures[name] else captures[name])
        elif (fact := ctx.fact(f"{prefix}.{name}")) is not None:
            shown += ["，" if len(shown) > 1 else "（", _SHOWN.get(name, name), fact]
    return (*shown, "）") if len(shown) > 1 else tuple(shown)


def problem(raised: Raised, ctx: Context, part: str, kind: str = "problem") -> Message:
    """M14, M15: the heading or the body of a problem, or of the recommendation that answers it."""
    facts = dict(raised.facts) if part == "body" else {}
    must = tuple(role for role in facts if role != "count") if kind == "problem" else ()
    return Message(kind, f"{ctx.site}.{raised.id}.{part}", raised.id, raised.id, facts, {}, {"part": part}, must=must)
