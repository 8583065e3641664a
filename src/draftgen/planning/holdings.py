"""Assets that left: each disposal, and what was handed over with units."""

from __future__ import annotations

from draftgen.figures.facts import Fact
from draftgen.planning.context import Context, Entry
from draftgen.planning.given import inside
from draftgen.planning.messages import Ask, Listing, Message, Role


def disposals(entry: Entry, ctx: Context) -> list[Message]:
    """M10: each disposal of assets with its paper, pieces and values; nothing where it has no figure."""
    key, messages = ctx.key(entry["disposals"]), []
    for item in ctx.knowledge.texts.items.get(key, ()):
        labels = (("资产", "件数"), ("账面原值", "原值"), ("净值", "净值"))
        pairs = tuple((label, fact) for label, name in labels if (fact := ctx.fact(f"{item}.{name}")) is not None)
        if not pairs:
            continue
        paper, unit, day, manner = (inside(ctx.text(f"{item}.{name}")) for name in ("文号", "单位", "日期", "方式"))
        who = [day, "".join([unit, f"按照{paper}文件" if paper else "", manner or "处置"])]
        names = {"item": "，".join(part for part in who if part)}
        facts: dict[str, Role] = {"counts": Listing(pairs, "clauses")}
        messages.append(Message("counts", f"{ctx.site}.{item}", key, "plain", facts, names, must=("item",)))
    return messages


def transfers(entry: Entry, ctx: Context) -> list[Message]:
    """M2: the net value handed over with each unit, grouped by the paper that ordered it."""
    key = ctx.key(entry["transfers"])
    groups: dict[str, list[tuple[str, Fact | Ask]]] = {}
    for item in ctx.knowledge.texts.items.get(key, ()):
        name, net = inside(ctx.text(f"{item}.单位")), ctx.fact(f"{item}.净值")
        if net is None or net.value:
            asked = Ask(f"划转至{name}的固定资产净值", "figure", f"{item}.净值", "figure-required")
            groups.setdefault(inside(ctx.text(f"{item}.文号")), []).append((name, net or asked))
    if not groups:
        return []
    items = tuple(_transferred(paper, units) for paper, units in groups.items())
    facts: dict[str, Role] = {"parts": Listing(items, "parts")}
    names = {"item": "随单位划出而划转的固定资产净值"}
    return [Message("composition", ctx.site, key, "plain", facts, names, {"measure": "money"})]


def _transferred(paper: str, units: list[tuple[str, Fact | Ask]]) -> tuple[str | Fact | Ask, ...]:
    parts: list[str | Fact | Ask] = [f"根据{paper}文件，"] if paper else []
    for number, (unit, net) in enumerate(units):
        parts += [f"、{unit}" if number else unit, net]
    return tuple(parts)
