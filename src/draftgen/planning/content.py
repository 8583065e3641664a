"""Content determination: what one line of the outline has to say, given what is known.

Each builder turns an entry into messages. Absent figures give no message; a reason that nobody gave gives an `Ask`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from draftgen.figures.changes import CHANGE, CHANGE_RATE, EXECUTIONS, ChangeCase, ExecutionCase, change_case, execution_case
from draftgen.figures.facts import Fact
from draftgen.figures.quantities import RATE, is_money
from draftgen.planning.context import Context
from draftgen.planning.messages import Ask, GapKind, Listing, Message, Role, Words

Entry = Mapping[str, Any]
_DIRECTIONS = {
    ChangeCase.UP: ("up", "增加"),
    ChangeCase.NEW: ("up", "增加"),
    ChangeCase.DOWN: ("down", "减少"),
    ChangeCase.GONE: ("down", "减少"),
    ChangeCase.BELOW_ZERO: ("", "变动"),
}


def measure_of(fact: Fact) -> str:
    """Tell what kind of figure it is: money, rate or count."""
    if is_money(fact.unit):
        return "money"
    return "rate" if fact.unit == RATE else "count"


def item_of(entry: Entry, ctx: Context, fallback: str = "") -> str:
    """Return the name that the entry gives to what it is about."""
    return ctx.fill(str(entry.get("item", fallback)))


def total(entry: Entry, ctx: Context) -> list[Message]:
    """M1: an amount. A zero amount is said as none."""
    key = ctx.key(entry["total"])
    fact = ctx.fact(key)
    if fact is None:
        return _asked_total(entry, ctx, key)
    item = item_of(entry, ctx, fact.label)
    if fact.value == 0 and measure_of(fact) == "money":
        return [Message("none", ctx.site, key, "zero", {}, {"item": item})]
    return [Message("total", ctx.site, key, "plain", {"amount": fact}, {"item": item}, {"measure": measure_of(fact)})]


def _asked_total(entry: Entry, ctx: Context, key: str) -> list[Message]:
    if entry.get("ask") != "yes":
        return []
    item = item_of(entry, ctx, key)
    ask = Ask(item.replace("{unit}", ""), "figure", key, "figure-required")
    return [Message("total", ctx.site, key, "plain", {"amount": ask}, {"item": item}, {"measure": "money"})]


def composition(entry: Entry, ctx: Context) -> list[Message]:
    """M2: the parts of a whole, zero parts left out unless the settings show them."""
    whole = ctx.fact(entry["of"])
    parts = [f for f in ctx.facts(entry["composition"]) if f.value != 0 or ctx.show_zero_parts]
    if whole is None or whole.value <= 0 or not parts:
        return []
    shared = entry.get("share") == "yes"
    suffix = entry.get("suffix", "")
    messages = tuple(_part(f, entry, ctx, shared, suffix) for f in parts)
    item = item_of(entry, ctx, whole.label)
    features = {"measure": measure_of(whole)}
    pattern = entry["composition"]
    about = pattern.removesuffix(".*") if isinstance(pattern, str) else whole.key
    return [Message("composition", ctx.site, about, "plain", {"parts": messages}, {"item": item}, features)]


def _part(fact: Fact, entry: Entry, ctx: Context, shared: bool, suffix: str) -> Message:
    share = ctx.fact(f"{fact.key}.占比") if shared else None
    facts: dict[str, Role] = {"amount": fact}
    if share is not None:
        facts["share"] = share
    names = {"item": f"{fact.label}{suffix}", "base": ctx.fill(str(entry.get("base", "")))}
    case = "shared" if share is not None else "plain"
    return Message("part", f"{ctx.site}.{fact.key}", fact.key, case, facts, names, {"measure": measure_of(fact)})


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


def words_or_ask(ctx: Context, key: str, prompt: str, direction: str, subject: str) -> Words | Ask:
    """Return the reason given by hand, or the prompt for it."""
    given = ctx.text(key)
    if given:
        return Words(given, key)
    return Ask(prompt.replace("{unit}", ""), "reason", key, "reason-required", direction, subject)


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


def share(entry: Entry, ctx: Context) -> list[Message]:
    """M5: the share of a bigger total."""
    fact = ctx.fact(entry["share"])
    if fact is None:
        return []
    names = {"item": item_of(entry, ctx), "base": str(entry["base"])}
    return [Message("share", ctx.site, fact.key, "plain", {"share": fact}, names)]


def zeros(entry: Entry, ctx: Context) -> list[Message]:
    """M6: which of these are zero. With ``both`` only where last year is not known to differ."""
    found = [f for f in ctx.facts(entry["zeros"]) if f.value == 0]
    if entry.get("both") == "yes":
        found = [f for f in found if not ctx.knowledge.facts.value(f"{f.key}.上年")]
    names = [f"{f.label}{entry.get('suffix', '')}" for f in found]
    about = found[0].key if found else ""
    if len(names) > 1:
        listing = Listing(tuple((name,) for name in names))
        return [Message("none", ctx.site, about, "zeros", {"list": listing}, {"item": names[0]})]
    return [Message("none", ctx.site, about, "zero", {}, {"item": names[0]})] if names else []


def secret(entry: Entry, ctx: Context) -> list[Message]:
    """M6: 涉密, the heading stays and nothing is told."""
    key = ctx.key(entry["secret"])
    if not ctx.knowledge.is_secret(key):
        return []
    return [Message("none", ctx.site, key, "secret", {}, {"item": item_of(entry, ctx)})]


def contents(entry: Entry, ctx: Context) -> list[Message]:
    """M8: what belongs to a list, with its number where the entry names one."""
    key = ctx.key(entry["contents"])
    listing = _listing(entry, ctx, key)
    if listing is None:
        return []
    facts: dict[str, Role] = {"list": listing}
    count = ctx.fact(entry["count"]) if "count" in entry else None
    if count is not None:
        facts["count"] = count
    case = "plain" if count is None else "counted"
    return [Message("contents", ctx.site, key, case, facts, {"item": item_of(entry, ctx)})]


def _listing(entry: Entry, ctx: Context, key: str) -> Listing | None:
    texts = ctx.knowledge.texts
    items = texts.items.get(key, ())
    names = [texts.get(f"{i}.名称") or i.rsplit(".", 1)[-1] for i in items] or [t.text for t in texts.lists.get(key, ())]
    if not names:
        return None
    if "by" in entry:
        return _grouped(names, [texts.get(f"{i}.{entry['by']}") for i in items])
    if entry.get("titles") == "yes":
        return Listing(tuple((n if "《" in n else f"《{n}》",) for n in names), "plain")
    if entry.get("quoted") == "yes":
        return Listing(tuple((f"“{n}”",) for n in names), "plain")
    return Listing(tuple((n,) for n in names))


def _grouped(names: list[str], manners: list[str]) -> Listing:
    groups: dict[str, list[str]] = {}
    for name, manner in zip(names, manners, strict=True):
        groups.setdefault(manner, []).append(name)
    return Listing(tuple(("、".join(group), manner) for manner, group in groups.items()), "clauses")


def counts(entry: Entry, ctx: Context) -> list[Message]:
    """M10: several counts of one thing."""
    pairs = [(str(label), fact) for label, key in entry["counts"] if (fact := ctx.fact(key)) is not None and fact.value]
    if not pairs:
        return []
    listing = Listing(tuple((label, fact) for label, fact in pairs), "clauses")
    about = str(entry["counts"][0][1]).rsplit(".", 1)[0]
    return [Message("counts", ctx.site, about, "plain", {"counts": listing}, {"item": item_of(entry, ctx)})]


def quotas(entry: Entry, ctx: Context) -> list[Message]:
    """M2: the staff quota of each unit, by kind."""
    key = ctx.key(entry["quotas"])
    items: list[tuple[str | Fact, ...]] = []
    for unit in ctx.knowledge.texts.items.get(key, ()):
        whole, parts = ctx.fact(f"{unit}.编制合计"), ctx.facts(f"{unit}.编制.*")
        if whole is not None:
            items.append((f"{ctx.text(f'{unit}.名称')}编制", whole, *_bracketed(parts)))
    if not items:
        return []
    facts: dict[str, Role] = {"parts": Listing(tuple(items), "parts")}
    return [Message("composition", ctx.site, key, "plain", facts, {"item": item_of(entry, ctx)}, {"measure": "count"})]


def _bracketed(facts: tuple[Fact, ...]) -> tuple[str | Fact, ...]:
    shown = [f for f in facts if f.value]
    if not shown:
        return ()
    inner: list[str | Fact] = []
    for fact in shown:
        inner += ["、" if inner else "（", fact.label, fact]
    return (*inner, "）")


def as_of(entry: Entry, ctx: Context) -> list[Message]:
    """M16: the date that figures are of; opens the sentence of the next message."""
    fact = ctx.fact(entry["as-of"])
    return [Message("period", ctx.site, fact.key, "as-of", {"date": fact})] if fact else []


def on(entry: Entry, ctx: Context) -> list[Message]:
    """M16: the date on which something was done."""
    date: Role | None = ctx.fact(entry["on"]) or _asked(entry, ctx, "on", "date")
    names = {"item": item_of(entry, ctx)}
    return [Message("period", ctx.site, entry["on"], "on", {"date": date}, names)] if date else []


def period(entry: Entry, ctx: Context) -> list[Message]:
    """M16: from one day to another."""
    key = ctx.key(entry["period"])
    start, end = ctx.fact(f"{key}.起"), ctx.fact(f"{key}.止")
    names = {"item": item_of(entry, ctx)}
    if start and end:
        return [Message("period", ctx.site, key, "span", {"start": start, "end": end}, names)]
    asked = _asked(entry, ctx, "period", "date")
    return [Message("period", ctx.site, key, "as-of", {"date": asked}, names)] if asked else []


def _asked(entry: Entry, ctx: Context, name: str, kind: GapKind) -> Ask | None:
    key = ctx.key(entry[name])
    return Ask(ctx.fill(str(entry["ask"])), kind, key, f"{kind}-required") if "ask" in entry else None


def purpose(entry: Entry, ctx: Context) -> list[Message]:
    """M9: what money was for, in the words of the data file."""
    text = ctx.text(entry["purpose"])
    names = {"item": item_of(entry, ctx), "purpose": text.rstrip("。；，")}
    return [Message("purpose", ctx.site, ctx.key(entry["purpose"]), "plain", {}, names)] if text else []


def explanations(entry: Entry, ctx: Context) -> list[Message]:
    """M1 with the note given by hand, for each figure of a pattern that has one."""
    messages = []
    for fact in ctx.facts(entry["explanations"]):
        for name in ("原因", "说明"):
            if (text := ctx.text(f"{fact.key}.{name}")) and fact.value:
                names, features = {"item": fact.label}, {"measure": measure_of(fact)}
                reason = Words(text, f"{fact.key}.{name}")
                site = f"{ctx.site}.{fact.key}"
                messages.append(Message("total", site, fact.key, "plain", {"amount": fact}, names, features, reason))
                break
    return messages


def disposals(entry: Entry, ctx: Context) -> list[Message]:
    """M10: each disposal of assets with its paper, pieces and values."""
    key, messages = ctx.key(entry["disposals"]), []
    for item in ctx.knowledge.texts.items.get(key, ()):
        labels = (("资产", "件数"), ("账面原值", "原值"), ("净值", "净值"))
        pairs = tuple((label, fact) for label, name in labels if (fact := ctx.fact(f"{item}.{name}")) is not None)
        paper, unit, day = (ctx.text(f"{item}.{name}") for name in ("文号", "单位", "日期"))
        manner = ctx.text(f"{item}.方式") or "处置"
        lead = "".join([day, f"，{unit}" if unit else "", f"按照{paper}文件" if paper else "", manner]).lstrip("，")
        listing = Listing(pairs, "clauses")
        facts: dict[str, Role] = {"counts": listing}
        messages.append(Message("counts", f"{ctx.site}.{item}", key, "plain", facts, {"item": lead}, must=("item",)))
    return messages


def transfers(entry: Entry, ctx: Context) -> list[Message]:
    """M2: the net value handed over with each unit, grouped by the paper that ordered it."""
    key = ctx.key(entry["transfers"])
    groups: dict[str, list[tuple[str, Fact]]] = {}
    for item in ctx.knowledge.texts.items.get(key, ()):
        net = ctx.fact(f"{item}.净值")
        if net is not None:
            groups.setdefault(ctx.text(f"{item}.文号"), []).append((ctx.text(f"{item}.单位"), net))
    if not groups:
        return []
    items = tuple(_transferred(paper, units) for paper, units in groups.items())
    facts: dict[str, Role] = {"parts": Listing(items, "parts")}
    names = {"item": "随单位划出划转的固定资产净值"}
    return [Message("composition", ctx.site, key, "plain", facts, names, {"measure": "money"})]


def _transferred(paper: str, units: list[tuple[str, Fact]]) -> tuple[str | Fact, ...]:
    parts: list[str | Fact] = [f"根据{paper}文件，" if paper else ""]
    for number, (unit, net) in enumerate(units):
        parts += ["、" if number else "", f"{unit}", net]
    return tuple(parts)


Builder = Callable[[Entry, Context], list[Message]]

BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "total": total,
        "composition": composition,
        "change": change,
        "execution": execution,
        "zeros": zeros,
        "secret": secret,
        "contents": contents,
        "counts": counts,
        "quotas": quotas,
        "as-of": as_of,
        "on": on,
        "period": period,
        "purpose": purpose,
        "explanations": explanations,
        "disposals": disposals,
        "transfers": transfers,
        "share": share,
    }
)
