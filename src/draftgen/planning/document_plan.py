"""Document planning: the outline's topics in order, numbered, with what each has to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from draftgen.figures.knowledge import Knowledge
from draftgen.planning import assessment
from draftgen.planning.assessment import Trigger
from draftgen.planning.builders import BUILDERS
from draftgen.planning.captions import numbered
from draftgen.planning.charts import plan_chart
from draftgen.planning.conditions import holds
from draftgen.planning.context import Context, Entry
from draftgen.planning.frame import after, before
from draftgen.planning.given import inside, lines_of
from draftgen.planning.messages import (
    Ask,
    DocumentPlan,
    Group,
    HeadingPlan,
    Message,
    Node,
    ParagraphPlan,
    Raised,
    Words,
)
from draftgen.planning.outline import Outline, Topic
from draftgen.planning.tables import plan_table
from draftgen.planning.work import achievements, fields_of_work

_NUMERALS = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_TERMS = "名词解释"
_PROBLEMS, _RECOMMENDATIONS = "问题", "建议"
_NO_PROBLEMS = "存在的问题（没有触发问题的数据，请根据实际情况填写或写明“无”）"


def plan_document(
    outline: Outline,
    triggers: Sequence[Trigger],
    knowledge: Knowledge,
    *,
    rate_places: int = 2,
    show_zero_parts: bool = False,
    variant: str = "",
    charts: bool = True,
    contents: bool | None = None,
    one: str = "",
) -> DocumentPlan:
    """Plan the whole report, in the variant of the outline that is named; or the report of `one` of its items.

    Without ``charts`` none is drawn. ``contents`` tells whether there is a list of contents, None: as the outline says.
    """
    ctx = Context(knowledge, "", rate_places, show_zero_parts=show_zero_parts, variant=variant)
    planner = _Planner(outline, tuple(triggers), charts)
    if one and (topic := outline.topic_of_items) is not None:
        here = ctx.at(topic.id).of_item(one, one.rpartition(".")[2])
        lines = tuple("".join(_plain(part) for part in filled(line, here)) for line in outline.title_of_one)
        nodes = planner.topic(topic, 0, here)
    else:
        lines = tuple(ctx.fill(line) for line in outline.title)
        nodes = planner.topics(outline.topics, 0 if outline.parts else 1, ctx)
    front = before(outline, lines, outline.contents if contents is None else contents, ctx)
    return DocumentPlan((*front, *numbered(nodes, outline.captions), *after(outline, ctx)))


def _plain(part: str | Words | Ask) -> str:
    return part if isinstance(part, str) else part.text if isinstance(part, Words) else part.prompt


def chinese_number(number: int) -> str:
    """Write 1 to 99 in Chinese numerals.

    >>> chinese_number(4), chinese_number(10), chinese_number(15), chinese_number(21)
    ('四', '十', '十五', '二十一')
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return head + (_NUMERALS[ones] if ones or not tens else "")


def heading_number(level: int, number: int) -> str:
    """The literal number of a heading by level, GB/T 9704: 一、（一）1. （1）; a part has the level 0.

    >>> [heading_number(level, 2) for level in (0, 1, 2, 3, 4)]
    ['第二部分\u3000', '二、', '（二）', '2.', '（2）']
    """
    if level == 0:
        return f"第{chinese_number(number)}部分\u3000"
    forms = (f"{chinese_number(number)}、", f"（{chinese_number(number)}）", f"{number}.", f"（{number}）")
    return forms[level - 1]


@dataclass(frozen=True, slots=True)
class _Planner:
    outline: Outline
    triggers: tuple[Trigger, ...]
    charts: bool = True

    def topics(self, topics: Sequence[Topic], level: int, ctx: Context) -> list[Node]:
        nodes: list[Node] = []
        number = 0
        for topic, here in _instances(topics, ctx):
            inner = self.topic(topic, level, here) if holds(topic.condition, here) else []
            if inner:
                number += 1
                heading = filled(topic.heading, here)
                nodes += [HeadingPlan(level, heading_number(level, number), heading, here.site), *inner]
        return nodes

    def topic(self, topic: Topic, level: int, ctx: Context) -> list[Node]:
        if topic.special is not None:
            return self.special(topic, topic.special, level, ctx)
        own = [node for number, entry in enumerate(topic.say, 1) for node in self.said(entry, ctx.at(str(number)))]
        # sites do not name the topics above, unless the topic is repeated
        inner = ctx if ctx.item_key else replace(ctx, site="")
        return own + self.topics(topic.topics, level + 1, inner)

    def said(self, entry: Entry, ctx: Context) -> list[Node]:
        if "each" not in entry:
            return self.paragraph(entry, ctx, "")
        nodes: list[Node] = []
        number = 1
        for _, here in ctx.items(entry["each"]):
            made = self.paragraph(entry, here, str(number))
            nodes += made
            number += 1 if made else 0
        return nodes

    def paragraph(self, entry: Entry, ctx: Context, number: str) -> list[Node]:
        if not holds(entry.get("if", {}), ctx):
            return []
        if "p" in entry:
            groups = plan_groups(entry["p"], ctx)
            lead = filled(str(entry.get("lead", "")).replace("{number}", number), ctx)
            return [ParagraphPlan(groups, ctx.site, lead)] if groups else []
        if "table" in entry:
            here = replace(ctx, raised=assessment.raise_problems(self.triggers, ctx))
            table = plan_table(self.outline.tables[entry["table"]], here)
            return [table] if table else []
        if "chart" in entry:
            chart = plan_chart(self.outline.charts[entry["chart"]], ctx) if self.charts else None
            return [chart] if chart else []
        if "documents" in entry:
            return self.documents(entry, ctx)
        if "terms" in entry:
            return terms(entry["terms"], ctx)
        return texts(entry, ctx)

    def documents(self, entry: Entry, ctx: Context) -> list[Node]:
        nodes: list[Node] = []
        for number, key in enumerate(ctx.knowledge.texts.items.get(entry["documents"], ()), 1):
            name, paper = inside(ctx.text(f"{key}.名称")), inside(ctx.text(f"{key}.文号"))
            title = name if "《" in name else f"《{name}》"
            line = f"{number}.{title}{f'（{paper}）' if paper else ''}。"
            nodes.append(paragraph(f"{ctx.site}.{number}", Words(line, key)))
        return nodes or asked(entry, "documents", ctx)

    def special(self, topic: Topic, special: tuple[str, str], level: int, ctx: Context) -> list[Node]:
        kind, key = special
        if kind == "fields":
            return self.fields(topic, key, level, ctx)
        if kind == "remarks":
            return self.remarks(ctx.key(key), level, ctx) or asked({"text": key, "ask": topic.ask}, "text", ctx)
        nodes, prompt = {
            "problems": (self.problems, topic.ask or _NO_PROBLEMS),
            "recommendations": (self.recommendations, topic.ask or topic.heading),
        }[kind]
        ask = Ask(ctx.fill(prompt), "narrative", ctx.key(key), "narrative-required")
        return nodes(ctx.key(key), level, ctx) or [paragraph(f"{ctx.site}.none", ask)]

    def fields(self, topic: Topic, key: str, level: int, ctx: Context) -> list[Node]:
        """One heading for every field of work in which something was counted or said."""
        nodes: list[Node] = []
        number = 0
        for field, items in fields_of_work(ctx, key).items():
            here = ctx.at(str(number + 1))
            paragraphs = [p for n, item in enumerate(items, 1) if (p := field_paragraph(item, here.at(str(n))))]
            if paragraphs:
                number += 1
                heading = topic.field_heading.replace("{field}", field)
                nodes.append(HeadingPlan(level + 1, heading_number(level + 1, number), (heading,), here.site))
                nodes += paragraphs
        return nodes

    def remarks(self, key: str, level: int, ctx: Context) -> list[Node]:
        nodes: list[Node] = []
        for number, item in enumerate(ctx.knowledge.texts.items.get(key, ()), 1):
            nodes += given_remark(item, number, level + 1, ctx)
        return nodes

    def problems(self, key: str, level: int, ctx: Context) -> list[Node]:
        """Problems given by hand first, then those that figures raise and nobody wrote down."""
        nodes: list[Node] = []
        given = ctx.knowledge.texts.items.get(key, ())
        for number, item in enumerate(given, 1):
            nodes += given_remark(item, number, level + 1, ctx)
        for number, raised in enumerate(self.not_given(key, ctx), len(given) + 1):
            nodes += raised_nodes(raised, number, level + 1, ctx, "problem")
        return nodes

    def not_given(self, key: str, ctx: Context) -> list[Raised]:
        written = {ctx.text(f"{item}.编号") for item in ctx.knowledge.texts.items.get(key, ())}
        return [raised for raised in assessment.raise_problems(self.triggers, ctx) if raised.id not in written]

    def recommendations(self, key: str, level: int, ctx: Context) -> list[Node]:
        """One recommendation for every problem in its order, then those given that answer none."""
        nodes: list[Node] = []
        items = list(ctx.knowledge.texts.items.get(key, ()))
        number = 0
        for target, raised in self.answered(f"{key.removesuffix(_RECOMMENDATIONS)}{_PROBLEMS}", ctx):
            answers = [i for i in items if ctx.text(f"{i}.针对") in target]
            for item in answers:
                number += 1
                items.remove(item)
                nodes += given_remark(item, number, level + 1, ctx)
            if not answers:
                number += 1
                nodes += self.unanswered((key, target[0]), raised, number, level + 1, ctx)
        for item in items:
            number += 1
            nodes += given_remark(item, number, level + 1, ctx)
        return nodes

    def answered(self, key: str, ctx: Context) -> list[tuple[tuple[str, ...], Raised | None]]:
        """Every problem with the names by which a recommendation may refer to it."""
        by_id = {raised.id: raised for raised in assessment.raise_problems(self.triggers, ctx)}
        given = [
            (tuple(t for t in (ctx.text(f"{i}.标题"), ctx.text(f"{i}.编号")) if t), by_id.get(ctx.text(f"{i}.编号")))
            for i in ctx.knowledge.texts.items.get(key, ())
        ]
        return given + [((raised.id, raised.name), raised) for raised in self.not_given(key, ctx)]

    def unanswered(
        self, target: tuple[str, str], raised: Raised | None, number: int, level: int, ctx: Context
    ) -> list[Node]:
        if raised is not None:
            return raised_nodes(raised, number, level, ctx, "recommendation")
        key, problem = target
        ask = Ask(f"针对“{problem}”的改进措施", "narrative", f"{key}.{problem}", "recommendation-required")
        title = f"针对{inside(problem)}的改进措施"
        heading = HeadingPlan(level, heading_number(level, number), (title,), f"{ctx.site}.{number}")
        return [heading, paragraph(f"{ctx.site}.{number}.body", ask)]


_ITEM = re.compile(r"\{(@[^{}]*)\}")


def filled(text: str, ctx: Context) -> tuple[str | Words | Ask, ...]:
    """Fill a text of the outline: ``{@}`` is the item's name, ``{@.x}`` a text of the item or a prompt for it."""
    parts: list[str | Words | Ask] = []
    for number, part in enumerate(_ITEM.split(text)):
        if number % 2 == 0:
            parts += [ctx.fill(part)] if part else []
        elif part == "@":
            parts.append(Words(ctx.item_key.rpartition(".")[2], ctx.item_key))
        else:
            key = ctx.key(part)
            given, name = inside(ctx.text(key)), key.rpartition(".")[2]
            named = f"{key.split('.')[-2]}的{name}"
            parts.append(Words(given, key) if given else Ask(named, "name", key, "name-required"))
    return tuple(parts)


def _instances(topics: Sequence[Topic], ctx: Context) -> Iterator[tuple[Topic, Context]]:
    """Each topic with its context; a repeated one once for every item of its list."""
    for topic in topics:
        here = ctx.at(topic.id)
        if topic.each:
            yield from ((topic, inner) for _, inner in here.items(topic.each))
        else:
            yield topic, here


def terms(default: Mapping[str, str], ctx: Context) -> list[Node]:
    """The explanation of terms: those of the data file, else those of the outline; a paragraph each."""
    own = ctx.knowledge.texts.items.get(_TERMS, ())
    given = [(key.rpartition(".")[2], Words(ctx.text(key), key)) for key in own]
    listed = given or [(name, Words(ctx.fill(text), "")) for name, text in default.items()]
    return [
        ParagraphPlan((Group((Words(f"{number}.{name}：{words.text}", words.key),), site),), site)
        for number, (name, words) in enumerate(listed, 1)
        for site in (f"{ctx.site}.{name}",)
    ]


def plan_groups(entries: Sequence[Entry], ctx: Context) -> tuple[Group, ...]:
    """Build the messages of a paragraph; an entry marked ``with`` is said in one breath with the one before it."""
    groups: list[list[Message]] = []
    open_group = False
    for number, entry in enumerate(entries, 1):
        kind = next(name for name in entry if name in BUILDERS)
        here = ctx.at(str(number))
        messages = _framed(BUILDERS[kind](entry, here), here) if holds(entry.get("if", {}), ctx) else []
        if entry.get("with") == "yes" and open_group:
            groups[-1] += messages
        else:
            groups += [[m] for m in messages]
            open_group = bool(messages)
    return tuple(Group(tuple(group), group[0].site) for group in groups if not _only_dates(group))


def _framed(messages: list[Message], ctx: Context) -> list[Message]:
    """Mark what is said of the items of a list: of those of ``each``, or of several that one entry tells of."""
    frame = ctx.frame or (ctx.site if len(messages) > 1 else "")
    return [replace(m, frame=frame) for m in messages] if frame else messages


def _only_dates(group: Sequence[Message]) -> bool:
    """Tell whether a group would say as of when, and then nothing."""
    return all((m.type, m.case) == ("period", "as-of") and not m.names for m in group)


def texts(entry: Entry, ctx: Context) -> list[Node]:
    """Texts given by hand, a paragraph for each of their lines; a prompt where there are none and one is asked for."""
    if "text" in entry:
        key = ctx.key(entry["text"])
        if ctx.knowledge.is_secret(key):
            item = f"{{unit}}{key.rpartition('.')[2]}"
            return [paragraph(ctx.site, Message("none", ctx.site, key, "secret", {}, {"item": item}))]
        given = [Words(line, key) for line in lines_of(ctx.text(key))]
        return list(paragraphs(ctx.site, given)) or asked(entry, "text", ctx)
    listed = ctx.knowledge.texts.lists.get(ctx.key(entry["texts"]), ())
    if entry.get("flow") == "yes":
        flow = "；".join(text for t in listed if (text := inside(t.text)))
        return [paragraph(ctx.site, Words(flow, listed[0].key))] if flow else asked(entry, "texts", ctx)
    given = [Words(line, t.key) for t in listed for line in lines_of(t.text)]
    return list(paragraphs(ctx.site, given)) or asked(entry, "texts", ctx)


def asked(entry: Entry, name: str, ctx: Context) -> list[Node]:
    """A paragraph with a prompt, where the outline asks for something that is not given."""
    if "ask" not in entry or not entry["ask"]:
        return []
    return [paragraph(ctx.site, Ask(ctx.fill(entry["ask"]), "narrative", ctx.key(entry[name]), "narrative-required"))]


def paragraph(site: str, *items: Message | Words | Ask) -> ParagraphPlan:
    """A paragraph of one group."""
    return ParagraphPlan((Group(items, site),), site)


def paragraphs(site: str, given: Sequence[Words]) -> Iterator[ParagraphPlan]:
    """A paragraph for each text."""
    return (paragraph(f"{site}.{number}", words) for number, words in enumerate(given, 1))


def given_remark(item: str, number: int, level: int, ctx: Context) -> list[Node]:
    """A titled passage given by hand."""
    site, title = f"{ctx.site}.{number}", inside(ctx.text(f"{item}.标题"))
    heading = HeadingPlan(level, heading_number(level, number), (Words(title, f"{item}.标题"),), site)
    given = [Words(line, f"{item}.内容") for line in lines_of(ctx.text(f"{item}.内容"))]
    if not given:
        return [heading, paragraph(f"{site}.body", Ask(title, "narrative", item, "narrative-required"))]
    if len(given) == 1:
        return [heading, paragraph(f"{site}.body", given[0])]
    return [heading, *paragraphs(f"{site}.body", given)]


def raised_nodes(raised: Raised, number: int, level: int, ctx: Context, kind: str) -> list[Node]:
    """Heading and body of a problem or recommendation that a trigger raised."""
    heading = assessment.problem(raised, ctx, "heading", kind)
    body = assessment.problem(raised, ctx, "body", kind)
    return [HeadingPlan(level, heading_number(level, number), (heading,), heading.site), paragraph(body.site, body)]


def field_paragraph(item: str, ctx: Context) -> ParagraphPlan | None:
    """What one item of work has to say in the analysis: results against targets, and the effect."""
    only = ctx.text(f"{item}.仅列入") == "绩效分析"
    messages = achievements(item, ctx, "analysis")
    overview, effect = ("".join(lines_of(ctx.text(f"{item}.{name}"))) for name in ("概述", "成效"))
    groups: list[Group] = []
    if overview and (only or not (messages or effect)):
        groups.append(Group((Words(overview, f"{item}.概述"),), f"{ctx.site}.overview"))
    if messages:
        groups.append(Group(tuple(messages), f"{ctx.site}.results"))
    if effect:
        groups.append(Group((Words(effect, f"{item}.成效"),), f"{ctx.site}.effect"))
    return ParagraphPlan(tuple(groups), ctx.site) if groups else None
