"""Answers about a draft: where a number comes from and where it stands; why a sentence reads as it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from draftgen.provenance.book import FIGURES, Book, FactEntry, MessageEntry, PassageEntry, PhraseEntry, Where
from draftgen.provenance.stock import NUMERAL
from draftgen.provenance.tracing import Seen, Traced, Tracing, trace
from draftgen.wording.phrases import fill_text

_NUMBER_AND_UNIT = re.compile(r"\s*[^\d\s]{0,3}[-−]?\d[\d,]*(?:\.\d+)?\s*[^\d\s，。；、]{0,4}\s*")
_DEEPEST = 6  # steps from a figure to what it was worked out from


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in the document: under which heading, in which text, and what is printed there."""

    where: str
    text: str
    printed: str
    start: int  # of what is printed, in the text
    table: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """A figure: its value before rounding, its origin, what went into it, and every place where it stands."""

    fact: FactEntry
    inputs: tuple[FigureAnswer, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another phrase that is as true, with the same figures."""

    phrase: PhraseEntry
    text: str


@dataclass(frozen=True, slots=True)
class MessageAnswer:
    """What a sentence says: message type with code and name, case, what about; the phrase, and how it was chosen."""

    type: str
    code: str
    name: str
    case: str
    about: str
    phrase: PhraseEntry
    text: str
    how: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class SentenceAnswer:
    """A sentence that phrases worded; ``present`` is how it reads now, empty where it is gone."""

    id: str
    where: str
    text: str
    present: str
    messages: tuple[MessageAnswer, ...]


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """Words with a numeral: ``text`` of the data file, ``template``, ``label`` of a figure, ``phrase``.

    ``prompt`` asks for something, ``count`` was only counted; of ``unknown`` nothing is recorded, it was typed or
    changed by hand.
    """

    kind: str
    key: str
    place: Where | None
    spot: Spot


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is known about what was asked."""

    figures: tuple[FigureAnswer, ...] = ()
    sentences: tuple[SentenceAnswer, ...] = ()
    texts: tuple[TextAnswer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.sentences or self.texts)


@dataclass(slots=True)
class Explainer:
    """A record and the document as it reads now."""

    book: Book
    seen: Sequence[Seen]
    tracing: Tracing = field(init=False)
    passages: list[PassageEntry] = field(init=False)

    def __post_init__(self) -> None:
        self.tracing = trace(self.book, self.seen)
        self.passages = list(self.book.passages())

    def figure(self, key: str) -> Answer:
        """Explain the figure with this key; nothing where there is none."""
        number = self.book.number_of(key)
        return Answer() if number is None else Answer((self._figure(number),))

    def keys_like(self, key: str) -> tuple[str, ...]:
        """Return the keys of which this is a part."""
        return tuple(fact[0] for fact in self.book.record["facts"] if key in fact[0])

    def unknown(self) -> tuple[TextAnswer, ...]:
        """The numerals of which nothing is recorded."""
        return tuple(self._text(t) for t in self.tracing.traced if t.kind == "?")

    def text(self, text: str) -> Answer:
        """Explain a number, or the sentences that hold a text with the figures in it."""
        text = text.strip()
        if _NUMBER_AND_UNIT.fullmatch(text):
            answer = self._answer([t for t in self.tracing.traced if self._is(t, text)])
            if answer:
                return answer
        return self._about(text) if text else Answer()

    def _is(self, traced: Traced, text: str) -> bool:
        """Tell whether a stretch prints the number asked for: with its unit if that was asked, else any."""
        if traced.kind in ("g", "p") and not NUMERAL.search(self._words(traced)):
            return False
        words = self._words(traced)
        asked = text.replace(",", "")
        return asked == words or (NUMERAL.fullmatch(asked) is not None and asked in NUMERAL.findall(words))

    def _about(self, text: str) -> Answer:
        """Explain every passage whose base text or present text holds a text."""
        stretches: list[Traced] = []
        sentences: list[SentenceAnswer] = []
        for number, passage in enumerate(self.passages):
            if passage.messages and (text in passage.text or text in self._present(number)):
                sentences.append(self._sentence(number))
                stretches += [t for t in self.tracing.traced if t.passage == number and t.kind in FIGURES]
        if not sentences:
            stretches = [t for t in self.tracing.traced if text in self._words(t) or self._inside(t, text)]
        answer = self._answer(stretches, sentences_too=False)
        return Answer(answer.figures, tuple(sentences), answer.texts)

    def _inside(self, traced: Traced, text: str) -> bool:
        start = self.seen[traced.line].text.find(text)
        return start >= 0 and start <= traced.start and traced.end <= start + len(text)

    def _answer(self, stretches: Sequence[Traced], *, sentences_too: bool = True) -> Answer:
        facts = dict.fromkeys(t.number for t in stretches if t.kind in FIGURES)
        worded = dict.fromkeys(t.passage for t in stretches if t.kind == "p" and t.passage is not None)
        texts = tuple(self._text(t) for t in stretches if t.kind not in FIGURES)
        sentences = tuple(self._sentence(n) for n in worded) if sentences_too else ()
        return Answer(tuple(self._figure(n) for n in facts), sentences, texts)

    def _words(self, traced: Traced) -> str:
        return self.seen[traced.line].text[traced.start : traced.end]

    def _spot(self, traced: Traced) -> Spot:
        line = self.seen[traced.line]
        return Spot(line.where, line.text, self._words(traced), traced.start, line.table, line.row)

    def _figure(self, number: int, depth: int = 0) -> FigureAnswer:
        fact = self.book.fact(number)
        numbers = [n for key in fact.inputs if (n := self.book.number_of(key)) is not None]
        inputs = tuple(self._figure(n, depth + 1) for n in numbers) if depth < _DEEPEST else ()
        spots = [t for t in self.tracing.traced if t.kind in FIGURES and t.number == number] if depth == 0 else []
        return FigureAnswer(fact, inputs, tuple(self._spot(t) for t in spots))

    def _text(self, traced: Traced) -> TextAnswer:
        spot = self._spot(traced)
        if traced.kind == "t":
            kind, key, place = self.book.source(traced.number)
            return TextAnswer(kind, key, place, spot)
        if traced.kind == "g":
            return TextAnswer("prompt", self.book.record["prompts"][traced.number][2], None, spot)
        if traced.kind == "p":
            phrase = self.book.phrase(traced.number)
            return TextAnswer("phrase", phrase.id, Where(phrase.file, ""), spot)
        return TextAnswer("count" if traced.kind == "n" else "unknown", "", None, spot)

    def _present(self, number: int) -> str:
        if number not in self.tracing.lines:
            return ""
        at, start, end = self.tracing.lines[number]
        return self.seen[at].text[start:end]

    def _sentence(self, number: int) -> SentenceAnswer:
        passage = self.passages[number]
        where = self.seen[self.tracing.lines[number][0]].where if number in self.tracing.lines else ""
        messages = tuple(self._message(m) for m in passage.messages)
        return SentenceAnswer(passage.id, where, passage.text, self._present(number), messages)

    def _message(self, message: MessageEntry) -> MessageAnswer:
        phrase = self.book.phrase(message.phrase)
        code, name = self.book.record["types"][phrase.message]
        words = {slot: "".join(p.text for p in pieces) for slot, pieces in message.slots.items()} | dict(message.more)
        others = tuple(Alternative(p, fill_text(p.text, words)) for p in map(self.book.phrase, message.others))
        text = fill_text(phrase.text, words) if message.slots else ""
        about = message.about or next(iter(self._keys(message)), "")
        return MessageAnswer(phrase.message, code, name, message.case, about, phrase, text, message.how, others)

    def _keys(self, message: MessageEntry) -> Iterator[str]:
        for pieces in message.slots.values():
            yield from (self.book.fact(p.number).key for p in pieces if p.kind in FIGURES)
