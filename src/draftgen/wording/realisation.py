"""Realisation: groups of messages into sentences, the plan into a draft.

Aggregation joins the messages of a group while they stay one breath; a reason closes a sentence. It is checked that
every figure that went in comes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from draftgen.draft import (
    Attachments,
    Block,
    Cell,
    Chart,
    Column,
    Contents,
    Cover,
    Gap,
    Heading,
    Inline,
    Paragraph,
    Row,
    Sentence,
    Series,
    Table,
    Text,
    Title,
    Value,
)
from draftgen.figures.facts import Fact
from draftgen.planning.messages import (
    Ask,
    AttachmentsPlan,
    CellPlan,
    ChartPlan,
    ContentsPlan,
    Counted,
    CoverPlan,
    DocumentPlan,
    Group,
    HeadingPlan,
    Listing,
    Message,
    ParagraphPlan,
    TablePlan,
    TitlePlan,
    Words,
)
from draftgen.wording import numerals
from draftgen.wording.choice import Memory, pick
from draftgen.wording.lexicalisation import Lexicon
from draftgen.wording.phrases import Phrase, fill
from draftgen.wording.printing import Inlines, Printer
from draftgen.wording.results import Said, go_on

MAX_SENTENCE = 110  # characters after which a list of results starts a new sentence
_CLOSED = re.compile(r"[。！？][”’）》]*$")
_LONG_REASON = 24
_SEVERAL = ("一是", "（一）", "①", "1.", "一、")


class LostFactError(RuntimeError):
    """A figure went into aggregation and did not come out: our bug, never the user's."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A message as it was worded: enough to word it again in another way. ``first``: the unit was not yet named.

    ``slots`` are what filled the phrase, empty for a part of a whole: it stands inside a slot of the whole.
    """

    message: Message
    phrase: Phrase
    slots: Mapping[str, Inlines]
    opening: bool
    first: bool
    memory: Memory


@dataclass(slots=True)
class Course:
    """Where realisation stands in the document: what was said in this topic, whether the unit was named.

    ``worded`` keeps, by the id of a sentence or heading, the messages in it; ``said`` those of the sentence under way.
    """

    memory: Memory = field(default_factory=lambda: Memory({}))
    named: bool = False
    said: list[Worded] = field(default_factory=list)
    worded: dict[str, tuple[Worded, ...]] = field(default_factory=dict)

    def settle(self, name: str) -> None:
        """Put what was said under the id of what it was said in."""
        if self.said:
            self.worded[name] = (*self.worded.get(name, ()), *self.said)
            self.said.clear()


@dataclass(frozen=True, slots=True)
class Realiser:
    """Turns a plan into blocks. ``full`` and ``short`` are the unit's names: the full one at the first mention."""

    lexicon: Lexicon
    full: str
    short: str

    @property
    def printer(self) -> Printer:
        """The printer of this document."""
        return self.lexicon.printer

    def blocks(self, plan: DocumentPlan, course: Course | None = None) -> tuple[Block, ...]:
        """Realise the whole plan in order; `course` tells afterwards how each sentence was worded."""
        course = course or Course()
        return tuple(block for node in plan.nodes for block in self.node(node, course))

    def node(self, node: object, course: Course) -> Iterator[Block]:
        """A node of the plan as blocks."""
        if isinstance(node, TitlePlan):
            yield Title(tuple((Text(line),) for line in node.lines))
        elif isinstance(node, HeadingPlan):
            if node.level < 4:
                course.memory = Memory({})
            yield self.heading(node, course)
        elif isinstance(node, ParagraphPlan):
            yield self.paragraph(node, course)
        elif isinstance(node, TablePlan):
            yield self.table(node, course)
        elif isinstance(node, ChartPlan):
            yield self.chart(node)
        else:
            yield from self.frame(node)

    def frame(self, node: object) -> Iterator[Block]:
        """What stands around the report."""
        if isinstance(node, CoverPlan):
            foot = ((Text(node.unit),), self.cell_item(node.date))
            yield Cover(tuple((Text(line),) for line in node.lines), foot)
        elif isinstance(node, ContentsPlan):
            yield Contents(node.levels)
        elif isinstance(node, AttachmentsPlan):
            yield Attachments(tuple((Text(words.text, words.key),) for words in node.items))

    def heading(self, plan: HeadingPlan, course: Course) -> Heading:
        """A heading; a message in it is worded as its phrase."""
        inlines: list[Inline] = []
        for part in plan.content:
            if isinstance(part, Message):
                inlines += self.message(part, course, opening=False)[0]
            else:
                inlines += self.cell_item(part)
        course.settle(plan.site)
        return Heading(plan.level, plan.number, tuple(inlines), plan.site)

    def paragraph(self, plan: ParagraphPlan, course: Course) -> Paragraph:
        """The sentences of a paragraph, group by group."""
        lead = tuple(i for part in plan.lead for i in self.cell_item(part))
        sentences = [Sentence(lead, f"{plan.site}/0")] if lead else []
        sentences += [s for group in plan.groups for s in self.group(group, course)]
        return Paragraph(tuple(sentences), plan.site)

    def group(self, group: Group, course: Course) -> Iterator[Sentence]:
        """Aggregate a group into as few sentences as read well, and check that no figure was lost."""
        sentences = list(self.aggregate(group, course))
        printed = {i.key for s in sentences for i in s.inlines if isinstance(i, Value | Gap)}
        lost = {key for item in group.items if isinstance(item, Message) for key in must_print(item, self)} - printed
        if lost:
            raise LostFactError(f"{group.site}: {', '.join(sorted(lost))}")
        yield from sentences

    def aggregate(self, group: Group, course: Course) -> Iterator[Sentence]:
        """Join the messages of a group; a text given by hand stands for itself."""
        joined = _Sentence(group.site)
        for item in group.items:
            joined.last = item is group.items[-1]
            if isinstance(item, Message):
                yield from self.add(item, joined, course)
            else:
                yield from joined.finish(course)
                joined = _Sentence(group.site, joined.number)
                yield self.given(item, joined.next_id())
        yield from joined.finish(course)

    def add(self, message: Message, joined: _Sentence, course: Course) -> Iterator[Sentence]:
        """Put a message into the sentence under way; close it where a reason or its length asks for it."""
        if message.type == "achievement":
            yield from self.add_result(message, joined, course)
            return
        inlines, phrase = self.message(message, course, opening=not joined.has_subject)
        joined.append(inlines, phrase, subject=not (message.type == "period" and message.case == "as-of"))
        if message.reason is not None:
            joined.inlines += self.reason(message.reason, message.frame or message.site, alike=bool(message.frame))
            yield from joined.finish(course)

    def add_result(self, message: Message, joined: _Sentence, course: Course) -> Iterator[Sentence]:
        """Put a counted result into the list under way: the first clause carries the frame, the others do not."""
        message = _placed(message, "follow" if joined.listed else "lead", self.lexicon.verb(message))
        joined.listed = True
        if joined.length > MAX_SENTENCE and not joined.last:
            yield from joined.finish(course)
        step = go_on(joined.before, message)
        if step.breaks:
            yield from joined.finish(course)
        inlines, phrase = self.message(step.message, course, opening=True)
        joined.append(inlines, phrase, subject=True, mark=step.mark)
        joined.before = Said(message, joined.before.phrase if joined.before and step.mark == "、" else phrase)

    def message(self, message: Message, course: Course, *, opening: bool) -> tuple[Inlines, Phrase]:
        """Word one message: its phrase, with every slot filled."""
        titled = message.features.get("part") == "heading"  # worded alike wherever it stands
        memory = Memory({}) if titled else course.memory
        place, first = len(course.said), not course.named
        phrase = self.lexicon.phrase(message, opening=opening, memory=memory)
        course.memory = self.lexicon.remembered(message, opening=opening, memory=course.memory)
        slots = {name: self.slot(name, message, course) for name in phrase.slots}
        said = Worded(message, phrase, slots, opening, first, memory)
        course.said.insert(place, said)  # before the parts in its slots
        return fill(phrase.text, slots), phrase

    def slot(self, name: str, message: Message, course: Course) -> Inlines:
        """What a slot shows; the first mention of the unit gives its full name."""
        role = message.facts.get(name)
        if isinstance(role, tuple):
            return self.parts(role, course)
        uses_unit = name == "unit" or "{unit}" in message.names.get(name, "")
        unit = self.short
        if uses_unit and not course.named and self.full != self.short:
            course.named = True
            unit = f"{self.full}（以下简称“{self.short}”）"
        return self.printer.slot(name, message, unit)

    def parts(self, parts: tuple[Message, ...], course: Course) -> Inlines:
        """Word the parts of a whole, all with one phrase, parted by semicolons; short ones by commas."""
        worded: list[Inlines] = []
        chosen: dict[str, tuple[Phrase, bool]] = {}
        for part in parts:
            if part.case not in chosen:
                opening = bool(self.lexicon.candidates(part, opening=True))
                shared = replace(part, site=part.site.removesuffix(f".{part.about}"))
                chosen[part.case] = self.lexicon.phrase(shared, opening=opening, memory=course.memory), opening
            phrase, opening = chosen[part.case]
            course.said.append(Worded(part, phrase, {}, opening, not course.named, course.memory))
            worded.append(fill(phrase.text, {n: self.slot(n, part, course) for n in phrase.slots}))
        mark = "；" if any("，" in "".join(i.text for i in w) for w in worded) else "，"
        inlines: list[Inline] = []
        for number, words in enumerate(worded):
            inlines += [Text(mark)] if number else []
            inlines += words
        return tuple(inlines)

    def reason(self, reason: Words | Ask, site: str, *, alike: bool = False) -> Inlines:
        """Join the reason: the one given by hand, or the prompt for it; `alike`, with a joint for short and long."""
        inline = Text(reason.text, reason.key) if isinstance(reason, Words) else self.printer.offer(reason)
        shape = _shape(inline)
        joints = self.lexicon.bank.connectives
        fitting = {c.id: c.text for c in joints if shape in c.reasons} or {c.id: c.text for c in joints}
        both = {c.id: c.text for c in joints if {"short", "long"} <= set(c.reasons)}
        fitting = both if alike and both.keys() & fitting.keys() else fitting
        text = fitting[pick(list(fitting), self.lexicon.seed, f"{site}.reason")]
        return fill(text, {"reason": (inline,)})

    def given(self, item: Words | Ask, site: str) -> Sentence:
        """A text given by hand, closed with a full stop; or a prompt."""
        if isinstance(item, Ask):
            return Sentence((self.printer.offer(item),), site)
        closed = item.text if item.text.endswith(("：", "…")) or _CLOSED.search(item.text) else f"{item.text}。"
        return Sentence((Text(closed, item.key),), site)

    def table(self, plan: TablePlan, course: Course) -> Table:
        """A table with its cells worded."""
        columns = tuple(Column(c.header, c.width, c.align, c.over) for c in plan.columns)
        rows = tuple(Row(tuple(self.cell(c, course) for c in row.cells), row.total) for row in plan.rows)
        notes = tuple((Text(note),) for note in plan.notes)
        caption, site = (Text(plan.caption),), plan.site
        return Table(caption, columns, rows, plan.unit, notes, plan.landscape, site, plan.number, plan.new_page)

    def chart(self, plan: ChartPlan) -> Chart:
        """A chart with its points printed."""
        series = tuple(Series(s.name, tuple(self.point(fact) for fact in s.facts)) for s in plan.series)
        return Chart(plan.kind, (Text(plan.caption),), plan.categories, series, plan.unit, plan.site)

    def point(self, fact: Fact) -> Value:
        """A figure as a chart draws it: its number alone."""
        return Value(numerals.figure(fact, self.printer.style, bare=True).removesuffix(fact.unit), fact.key)

    def cell(self, plan: CellPlan, course: Course) -> Cell:
        """A cell: groups as sentences, other items as they are."""
        paragraphs: list[Inlines] = []
        ids: list[str] = []
        for content in plan.paragraphs:
            if isinstance(content, Group):
                sentences = tuple(self.group(content, course))
                paragraphs.append(tuple(i for s in sentences for i in s.inlines))
                course.worded[content.site] = tuple(w for s in sentences for w in course.worded.pop(s.id, ()))
            else:
                paragraphs.append(tuple(i for item in content for i in self.cell_item(item)))
            ids.append(content.site if isinstance(content, Group) else "")
        named = tuple(ids) if any(ids) else ()
        return Cell(tuple(paragraphs), plan.row_span, plan.column_span, plan.align, plan.loose, named)

    def cell_item(self, item: str | Fact | Words | Ask | Counted) -> Inlines:
        """One item of a cell; figures of money and points leave their unit to the table."""
        if isinstance(item, str):
            return (Text(item),) if item else ()
        if isinstance(item, Fact):
            return (Value(numerals.figure(item, self.printer.style, bare=True), item.key),)
        if isinstance(item, Words):
            return (Text(item.text, item.key),)
        return self.printer.role(item)


@dataclass(slots=True)
class _Sentence:
    """A sentence under way."""

    site: str
    number: int = 0
    inlines: list[Inline] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    has_subject: bool = False
    last: bool = False  # the item in hand is the group's last: it never stands in a sentence of its own
    before: Said | None = None  # the counted result before, which the next may carry on
    listed: bool = False  # a list of results is under way: its first clause carries the frame, the others do not

    @property
    def length(self) -> int:
        return sum(len(i.text) for i in self.inlines)

    def append(self, inlines: Inlines, phrase: Phrase, *, subject: bool, mark: str = "，") -> None:
        if self.inlines:
            self.inlines.append(Text(mark))
        self.inlines += inlines
        self.phrases.append(phrase.id)
        self.has_subject = self.has_subject or subject

    def next_id(self) -> str:
        self.number += 1
        return f"{self.site}/{self.number}"

    def finish(self, course: Course) -> Iterator[Sentence]:
        if self.inlines:
            end = () if _CLOSED.search(self.inlines[-1].text) else (Text("。"),)
            name = self.next_id()
            course.settle(name)
            yield Sentence((*self.inlines, *end), name, tuple(self.phrases))
        self.inlines, self.phrases, self.has_subject, self.before = [], [], False, None


def must_print(message: Message, realiser: Realiser) -> set[str]:
    """The keys of the figures that a message has to show."""
    kind = realiser.lexicon.bank.contract[message.type]
    roles = {*kind.must.get(message.case, ()), *message.must} & set(message.facts)
    return {key for role in roles for key in keys_in(message.facts[role], realiser)}


def keys_in(role: object, realiser: Realiser) -> set[str]:
    """The keys of the figures in a role."""
    if isinstance(role, Fact):
        return {role.key}
    if isinstance(role, Counted):
        return {role.fact.key}
    if isinstance(role, Ask):
        return {role.key}
    if isinstance(role, Listing):
        return {key for item in role.items for part in item for key in keys_in(part, realiser)}
    if isinstance(role, tuple):
        return {key for part in role for key in must_print(part, realiser)}
    return set()


def _placed(message: Message, place: str, verb: str) -> Message:
    return replace(message, features={**message.features, "place": place}, names={**message.names, "verb": verb})


def _shape(reason: Inline) -> str:
    """The shape of a reason, which decides the joints that it may take."""
    if isinstance(reason, Gap):
        return "long"
    if reason.text.startswith(_SEVERAL):
        return "several"
    return "long" if len(reason.text) > _LONG_REASON or re.search("[，；。]", reason.text) else "short"
