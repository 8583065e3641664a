"""Samples: every phrase that could say a message, said with its figures; and which phrases a report never needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from draftgen.planning.messages import (
    CellPlan,
    DocumentPlan,
    Group,
    HeadingPlan,
    Message,
    ParagraphPlan,
    TablePlan,
)
from draftgen.wording.choice import Memory
from draftgen.wording.lexicalisation import Lexicon
from draftgen.wording.phrasebank import Phrasebank
from draftgen.wording.phrases import Phrase, fill
from draftgen.wording.realisation import Course, Realiser


@dataclass(frozen=True, slots=True)
class Said:
    """One way of saying a message; ``used`` tells that the draft says it so."""

    phrase: Phrase
    text: str
    used: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A message and every way of saying it."""

    message: Message
    ways: tuple[Said, ...]


def messages_of(plan: DocumentPlan) -> Iterator[Message]:
    """Yield every message of a plan, the parts of a whole after it."""
    for node in plan.nodes:
        if isinstance(node, HeadingPlan):
            yield from _with_parts(m for m in node.content if isinstance(m, Message))
        elif isinstance(node, ParagraphPlan):
            for group in node.groups:
                yield from _of_group(group)
        elif isinstance(node, TablePlan):
            for row in node.rows:
                for cell in row.cells:
                    yield from _of_cell(cell)


def _of_cell(cell: CellPlan) -> Iterator[Message]:
    for content in cell.paragraphs:
        if isinstance(content, Group):
            yield from _of_group(content)


def _of_group(group: Group) -> Iterator[Message]:
    yield from _with_parts(item for item in group.items if isinstance(item, Message))


def _with_parts(messages: Iterator[Message]) -> Iterator[Message]:
    for message in messages:
        yield message
        for role in message.facts.values():
            if isinstance(role, tuple):
                yield from _with_parts(iter(role))


def ways(message: Message, realiser: Realiser, used: frozenset[str] = frozenset()) -> tuple[Said, ...]:
    """Every phrase that is true of a message and can be filled, said with its figures; what is preferred first."""
    found: dict[str, Said] = {}
    for tier in realiser.lexicon.bank.usable(realiser.lexicon.need(_worded(message, realiser))):
        for phrase in tier:
            if phrase.id not in found:
                found[phrase.id] = Said(phrase, said(phrase, _worded(message, realiser), realiser), phrase.id in used)
    return tuple(found.values())


def _worded(message: Message, realiser: Realiser) -> Message:
    """A counted result takes its verb and its place in the list only when it is worded."""
    if message.type != "achievement":
        return message
    verb = realiser.lexicon.verb(message)
    place = message.features.get("place", "lead")
    return replace(message, features={**message.features, "place": place}, names={**message.names, "verb": verb})


def said(phrase: Phrase, message: Message, realiser: Realiser) -> str:
    """A message in the words of a phrase."""
    course = Course(named=True)
    slots = {name: realiser.slot(name, message, course) for name in phrase.slots}
    return "".join(inline.text for inline in fill(phrase.text, slots))


def samples(
    messages: Sequence[Message], realiser: Realiser, used: Used | None = None, *, every: bool = False
) -> tuple[Sample, ...]:
    """The samples of messages, each kind of message about one figure once; with `every`, each message."""
    found: dict[tuple[object, ...], Sample] = {}
    for number, message in enumerate(messages):
        features = str(sorted(message.features.items()))
        key = (message.type, message.case, message.about, features, number if every else 0)
        if key not in found:
            at = frozenset(phrase for site, phrase in used or () if site in (message.site, _shared_site(message)))
            found[key] = Sample(message, ways(message, realiser, at))
    return tuple(found.values())


def from_examples(name: str, bank: Phrasebank) -> tuple[Sample, ...]:
    """The samples of a message type that is not computed from figures: the examples of its phrases, case by case."""
    found: dict[str, list[Said]] = {}
    for phrase in bank.phrases[name]:
        for case in phrase.when.get("case", bank.contract[name].cases):
            found.setdefault(case, []).extend(Said(phrase, gives) for _, gives in phrase.examples[:1])
    return tuple(Sample(Message(name, "", "", case), tuple(said)) for case, said in found.items())


def _shared_site(message: Message) -> str:
    """The parts of a whole are worded at the site of the whole."""
    return message.site.removesuffix(f".{message.about}")


Used = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Recorder(Lexicon):
    """A lexicon that remembers which phrase it chose where, parts of a whole and cells of tables included."""

    chosen: set[tuple[str, str]] = field(default_factory=set)

    def phrase(self, message: Message, *, opening: bool, memory: Memory) -> Phrase:
        """Choose the phrase of a message, and remember it."""
        phrase = Lexicon.phrase(self, message, opening=opening, memory=memory)
        self.chosen.add((message.site, phrase.id))
        return phrase


def used_by(plan: DocumentPlan, realiser: Realiser) -> Used:
    """The phrases that a report uses, with the site of each."""
    lexicon = realiser.lexicon
    recorder = Recorder(lexicon.bank, lexicon.printer, lexicon.seed, lexicon.picks)
    replace(realiser, lexicon=recorder).blocks(plan)
    return frozenset(recorder.chosen)


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of a bank reports draw on."""

    message: str
    phrases: int
    used: int
    never: tuple[str, ...]
    bare: tuple[str, ...]  # conditions under which there is one phrase only


def coverage(bank: Phrasebank, messages: Sequence[Message], used: frozenset[str], realiser: Realiser) -> list[Covered]:
    """Tell by message type which phrases were never used, and which messages have one phrase only."""
    alone: dict[str, set[str]] = {}
    for message in messages:
        if len({w.phrase.id for w in ways(message, realiser)}) == 1:
            alone.setdefault(message.type, set()).add(f"{message.case} {message.about}".strip())
    return [
        Covered(
            name,
            len(group),
            sum(p.id in used for p in group),
            tuple(p.id for p in group if p.id not in used),
            tuple(sorted(alone.get(name, ()))),
        )
        for name, group in bank.phrases.items()
    ]
