"""Content determination: what one line of the outline has to say, given what is known.

Each builder turns an entry into messages. Absent figures give no message; a reason that nobody gave gives an `Ask`.
"""

from __future__ import annotations

from draftgen.figures.facts import Fact, Given
from draftgen.figures.quantities import RATE, is_money
from draftgen.planning.context import Context, Entry
from draftgen.planning.given import bare_reason, inside
from draftgen.planning.messages import Ask, GapKind, Joint, Listing, Message, Role, Words


def measure_of(fact: Fact) -> str:
    """Tell what kind of figure it is: money, rate or count."""
    if is_money(fact.unit):
        return "money"
    return "rate" if fact.unit == RATE else "count"


def item_of(entry: Entry, ctx: Context, fallback: str = "") -> str:
    """Return the name that the entry gives to what it is about."""
    return ctx.fill(str(entry.get("item", fallback)))


def total(entry: Entry, ctx: Context) -> list[Message]:
    """M1: an amount, a number or a rate. A zero amount or number is said as none."""
    key = ctx.key(entry["total"])
    fact = ctx.fact(key)
    if fact is None:
        return _asked_total(entry, ctx, key)
    item = item_of(entry, ctx, fact.label)
    measure = measure_of(fact)
    if fact.value == 0 and measure != "rate":
        return [Message("none", ctx.site, key, "zero", {}, {"item": item})]
    return [Message("total", ctx.site, key, "plain", {"amount": fact}, {"item": item}, {"measure": measure})]


def _asked_total(entry: Entry, ctx: Context, key: str) -> list[Message]:
    if entry.get("ask") != "yes":
        return []
    item = item_of(entry, ctx, key)
    prompt = item.replace("{unit}", "") or "、".join(key.split(".")[-2:])  # under a run-in heading the item is empty
    ask = Ask(prompt, "figure", key, "figure-required")
    return [Message("total", ctx.site, key, "plain", {"amount": ask}, {"item": item}, {"measure": "money"})]


def composition(entry: Entry, ctx: Context) -> list[Message]:
    """M2: the parts of a whole, zero parts left out unless the settings show them."""
    whole = ctx.fact(entry["of"])
    if ctx.has_blank(entry["composition"]):
        return []
    parts = [f for f in ctx.facts(entry["composition"]) if f.value != 0 or ctx.show_zero_parts]
    if whole is None or whole.value <= 0 or not parts:
        return []
    if len(parts) == 1 and parts[0].value == whole.value and isinstance(whole.origin, Given):
        return [_single(parts[0], whole, entry, ctx)]
    shared = entry.get("share") == "yes" and all(f.value >= 0 for f in parts)  # no part is less than nothing of a whole
    suffix = entry.get("suffix", "")
    messages = tuple(_part(f, entry, ctx, shared, suffix) for f in parts)
    item = item_of(entry, ctx, whole.label)
    features = {"measure": measure_of(whole)}
    pattern = entry["composition"]
    about = ctx.key(pattern).removesuffix(".*") if isinstance(pattern, str) else whole.key
    return [Message("composition", ctx.site, about, "plain", {"parts": messages}, {"item": item}, features)]


def _single(part: Fact, whole: Fact, entry: Entry, ctx: Context) -> Message:
    """One part is the whole: its amount is said unless the message before has said it."""
    names = {"item": item_of(entry, ctx, whole.label), "part": f"{part.label}{entry.get('suffix', '')}"}
    must = () if entry.get("with") == "yes" else ("amount",)
    features = {"measure": measure_of(whole)}
    return Message("composition", ctx.site, whole.key, "single", {"amount": part}, names, features, must=must)


def _part(fact: Fact, entry: Entry, ctx: Context, shared: bool, suffix: str) -> Message:
    share = ctx.fact(f"{fact.key}.占比") if shared else None
    facts: dict[str, Role] = {"amount": fact}
    if share is not None:
        facts["share"] = share
    names = {"item": f"{fact.label}{suffix}", "base": ctx.fill(str(entry.get("base", "")))}
    case = "shared" if share is not None else "plain"
    return Message("part", f"{ctx.site}.{fact.key}", fact.key, case, facts, names, {"measure": measure_of(fact)})


def share(entry: Entry, ctx: Context) -> list[Message]:
    """M5: the share of a bigger total."""
    fact = ctx.fact(entry["share"])
    if fact is None:
        return []
    names = {"item": item_of(entry, ctx), "base": ctx.fill(str(entry["base"]))}
    return [Message("share", ctx.site, fact.key, "plain", {"share": fact}, names)]


def zeros(entry: Entry, ctx: Context) -> list[Message]:
    """M6: which of these are zero. With ``both`` only where last year is not known to differ."""
    found = [f for f in ctx.facts(entry["zeros"]) if f.value == 0]
    if entry.get("both") == "yes":
        found = [f for f in found if not ctx.knowledge.facts.value(f"{f.key}.上年")]
    names = [f"{f.label}{entry.get('suffix', '')}" for f in found]
    about = found[0].key if found else ""
    if len(names) > 1 or (names and entry.get("with") == "yes"):
        listing = Listing(tuple((name,) for name in names))
        return [Message("none", ctx.site, about, "zeros", {"list": listing}, {"item": names[0]})]
    return [Message("none", ctx.site, about, "zero", {}, {"item": names[0]})] if names else []


def absent(entry: Entry, ctx: Context) -> list[Message]:
    """M6: what the unit has none of by its nature, as the line's condition says."""
    names = {"item": item_of(entry, ctx)}
    return [Message("none", ctx.site, ctx.key(str(entry["absent"])), "zero", {}, names)]


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
    if count is None or count.value <= 0:  # a count of zero opens no list
        return [Message("contents", ctx.site, key, "plain", facts, {"item": item_of(entry, ctx)})]
    facts["count"] = count
    return [Message("contents", ctx.site, key, "counted", facts, {"item": item_of(entry, ctx)})]


def _listing(entry: Entry, ctx: Context, key: str) -> Listing | None:
    texts = ctx.knowledge.texts
    items = [i for i in texts.items.get(key, ()) if not _is_zero(i, ctx)]
    names = [ctx.unit_itself(inside(texts.get(f"{i}.名称")) or i.rsplit(".", 1)[-1]) for i in items]
    names = names or [name for t in texts.lists.get(key, ()) if (name := inside(t.text))]
    if not names:
        return None
    if "by" in entry:
        return _grouped(names, [inside(texts.get(f"{i}.{entry['by']}")) for i in items])
    if entry.get("titles") == "yes":
        return Listing(tuple((n if "《" in n else f"《{n}》",) for n in names), "plain")
    if entry.get("quoted") == "yes":
        return Listing(tuple((n if n.startswith("“") and n.endswith("”") else f"“{n}”",) for n in names), "plain")
    return Listing(tuple((n,) for n in names))


def _is_zero(item: str, ctx: Context) -> bool:
    """Tell whether an item is an amount of nothing: it is no part of what is listed."""
    fact = ctx.fact(item)
    return fact is not None and fact.value == 0


def _grouped(names: list[str], manners: list[str]) -> Listing:
    groups: dict[str, list[str]] = {}
    for name, manner in zip(names, manners, strict=True):
        groups.setdefault(manner, []).append(name)
    return Listing(tuple(("、".join(group), manner) for manner, group in groups.items()), "clauses")


def paper(entry: Entry, ctx: Context) -> list[Message]:
    """M8: the paper that something rests on, by title and number."""
    key = ctx.key(entry["paper"])
    title, number = inside(ctx.text(key)), inside(ctx.text(str(entry.get("number", ""))))
    if not title:
        return []
    named = title if "《" in title else f"《{title}》"
    listing = Listing(((f"{named}（{number}）" if number else named,),), "plain")
    return [Message("contents", ctx.site, key, "plain", {"list": listing}, {"item": item_of(entry, ctx)})]


def counts(entry: Entry, ctx: Context) -> list[Message]:
    """M10: several counts of one thing."""
    pairs = [(str(label), fact) for label, key in entry["counts"] if (fact := ctx.fact(key)) is not None and fact.value]
    if not pairs:
        return []
    joint: Joint = "clauses" if any(label for label, _ in pairs) else "plain"
    listing = Listing(tuple((label, fact) for label, fact in pairs), joint)
    about = ctx.key(str(entry["counts"][0][1])).rsplit(".", 1)[0]
    return [Message("counts", ctx.site, about, "plain", {"counts": listing}, {"item": item_of(entry, ctx)})]


def quotas(entry: Entry, ctx: Context) -> list[Message]:
    """M2: the staff quota of each unit, by kind."""
    key = ctx.key(entry["quotas"])
    items: list[tuple[str | Fact, ...]] = []
    for unit in ctx.knowledge.texts.items.get(key, ()):
        whole, parts = ctx.fact(f"{unit}.编制合计"), ctx.facts(f"{unit}.编制.*")
        if whole is not None:
            name = ctx.unit_itself(inside(ctx.text(f"{unit}.名称")))
            items.append((f"{name}编制", whole, *_bracketed(parts)))
    if len(items) < 2:  # the quota of the only unit is the quota in all, which has been said
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
    """M9: what money was for, in the words of the data file, or a prompt where the entry asks for them."""
    key, item = ctx.key(entry["purpose"]), item_of(entry, ctx)
    if text := inside(ctx.text(key)):
        return [Message("purpose", ctx.site, key, "plain", {}, {"item": item, "purpose": text})]
    asked = _asked(entry, ctx, "purpose", "narrative")
    return [Message("purpose", ctx.site, key, "plain", {"purpose": asked}, {"item": item})] if asked else []


def explanations(entry: Entry, ctx: Context) -> list[Message]:
    """M1 with reason and note given by hand, for each figure of a pattern that has one; beside a reason in brackets."""
    messages = []
    for fact in ctx.facts(entry["explanations"]):
        reason, note = (bare_reason(ctx.text(f"{fact.key}.{name}")) for name in ("原因", "说明"))
        if not fact.value or not (reason or note):
            continue
        why = Words(reason, f"{fact.key}.原因") if reason else Words(note, f"{fact.key}.说明")
        names = {"item": f"{fact.label}（{note}）" if reason and note else fact.label}
        features, site = {"measure": measure_of(fact)}, f"{ctx.site}.{fact.key}"
        messages.append(Message("total", site, fact.key, "plain", {"amount": fact}, names, features, why))
    return messages
