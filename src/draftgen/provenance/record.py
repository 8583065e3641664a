"""The record of a draft: plain data that JSON can hold, enough to explain every figure and sentence by itself.

``made``      kind, seed, version, the data file's name, its year, hashes of the data and of the phrasebanks
``files``     names of the files that places refer to by number; never a folder of anybody's machine
``facts``     ``[key, value, unit, file, line or cell, text as typed, label, year]`` for a figure that was given,
              ``[key, value, unit, rule, formula, inputs, label, year]`` for one that was derived: rule and formula are
              words (``$2`` is the key of the third input), inputs numbers of facts, or keys where nothing is known.
              The value is not rounded for printing: a rate a fraction, a date in ISO form. At the end is left out what
              is empty: a label that ends the key or is of a derived figure, the year of the report, a text typed as
              the value is written
``sources``   ``[kind, key, file, line or cell, hash …]`` of texts that were given; the hashes are of the passages that
              hold such a text and nothing else
``types``     message type: ``[code, name]``
``phrases``   ``[id, message type, text, file]``
``passages``  ``[kind, pieces, number, id, messages]`` in reading order. Sentences and cells that were worded are
              numbered in the order of all sentences, headings that were worded have 0. Of what only holds figures, a
              cell above all, ``[kind, pieces, pieces, …]``: all of a kind that stand together
``prompts``   ``[prompt, kind, key, rule, options]``

The base text of a sentence is the join of its pieces: words; ``[words, number]`` with the number of a fact (its value,
if the words are empty); ``[words, kind, number]`` with the kind ``v`` direction, ``d`` degree (of a fact), ``t`` a text
(of a source), ``g`` a prompt; or the number of a message: its phrase, filled with the pieces of its slots. Of a passage
that no phrase worded only the pieces with numerals are kept.

A message is ``[phrase, case, about, how, slots, others, other slots]``: ``about`` a key, empty where that of the first
figure begins with it; ``how`` is o(nly), l(east) or d(rawn); ``slots`` the pieces of each slot in the order of the
phrase, a list or one word (none of a part, which stands in a slot of its whole); ``others`` phrases that are as true,
two at most; ``other slots`` the words that only those need.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context
from pathlib import Path, PurePath
from typing import Any

from draftgen.draft import Draft, Gap, Inline, Passage, Text, Value
from draftgen.figures.facts import Fact, Given, Locate
from draftgen.figures.knowledge import Knowledge
from draftgen.figures.quantities import DATE, YEAR
from draftgen.findings import Place
from draftgen.planning.messages import Counted, Listing, Message
from draftgen.provenance.stock import NUMERAL, Source, Stock
from draftgen.provenance.telling import told
from draftgen.wording.phrasebank import Phrasebank
from draftgen.wording.phrases import Phrase, fill
from draftgen.wording.realisation import Realiser, Worded

SCHEMA = 1
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff\x7f-\x9f\u2028\u2029]")
_DIGIT = re.compile(r"\d")
_INPUT = re.compile(r"\$(\d+)")
_PRECISE = Context(prec=10)  # of a figure that was worked out; its formula tells the rest
Piece = str | int | list[Any]
_KINDS = {"figure": (), "direction": ("v",), "degree": ("d",)}


@dataclass(frozen=True, slots=True)
class Making:
    """What a draft was made of. ``roots`` are the folders by which files that ship with draftgen are named."""

    knowledge: Knowledge
    realiser: Realiser
    worded: Mapping[str, tuple[Worded, ...]]
    stock: Stock
    locate: Locate
    roots: tuple[Path, ...]
    data_file: str


def record_of(draft: Draft, making: Making) -> dict[str, Any]:
    """Build the record of a draft."""
    recorder = _Recorder(making, _spoken(making))
    for passage in draft.passages():
        recorder.passage(passage)
    made: dict[str, Any] = dict(draft.meta)
    hashes = {"data": made.pop("data", ""), "phrases": bank_hash(making.realiser.lexicon.bank)}
    made["year"] = making.knowledge.names.year
    return {  # in the order that packs best: what is like one another stands close together
        "schema": SCHEMA,
        "made": {**made, "file": PurePath(making.data_file).name, "sha256": hashes},
        "files": list(recorder.files),
        "types": recorder.types,
        "phrases": recorder.phrases,
        "prompts": recorder.prompts,
        "passages": recorder.passages,
        "sources": recorder.sources,
        "facts": [fact for fact in recorder.facts.values() if fact],
    }


def bank_hash(bank: Phrasebank) -> str:
    """Return a hash of all that a phrasebank may say."""
    parts = [part for p in bank.all_phrases() for part in (p.id, p.text)]
    parts += map(repr, (bank.connectives, bank.joints, bank.degrees, bank.directions, bank.terms, bank.causes))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def as_json(record: Mapping[str, Any]) -> str:
    """Return a record as JSON that XML can hold; the same record gives the same text."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return _NOT_IN_XML.sub(lambda m: f"\\u{ord(m[0]):04x}", text) if _NOT_IN_XML.search(text) else text


def _spoken(making: Making) -> dict[str, Fact]:
    """The facts as messages carry them: some are only made while planning, or are in another unit there."""
    found: dict[str, Fact] = {}
    for worded in making.worded.values():
        for one in worded:
            for role in one.message.facts.values():
                found.update((fact.key, fact) for fact in _facts_in(role))
    return found


def _facts_in(role: object) -> Iterator[Fact]:
    if isinstance(role, Fact):
        yield role
    elif isinstance(role, Counted):
        yield role.fact
    elif isinstance(role, Message):
        for inner in role.facts.values():
            yield from _facts_in(inner)
    elif isinstance(role, Listing):
        for item in role.items:
            yield from _facts_in(item)
    elif isinstance(role, tuple):
        for inner in role:
            yield from _facts_in(inner)


@dataclass(slots=True)
class _Recorder:
    """The record under way."""

    making: Making
    spoken: Mapping[str, Fact]
    files: dict[str, int] = field(default_factory=dict)
    file_numbers: dict[str, int] = field(default_factory=dict)  # by the name as places have it
    facts: dict[str, list[Any]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    sources: list[list[Any]] = field(default_factory=list)
    source_numbers: dict[tuple[str, Place], int] = field(default_factory=dict)
    types: dict[str, list[str]] = field(default_factory=dict)
    phrases: list[list[Any]] = field(default_factory=list)
    phrase_numbers: dict[str, int] = field(default_factory=dict)
    passages: list[list[Any]] = field(default_factory=list)
    prompts: list[list[Any]] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)
    sentences: int = 0

    def passage(self, passage: Passage) -> None:
        """Record a passage if it has anything to tell."""
        counts = passage.kind == "sentence" or (passage.kind == "cell" and passage.id != "")
        self.sentences += counts
        if not counts and passage.id not in self.making.worded and all(map(_is_plain, passage.inlines)):
            return
        if len(passage.inlines) == 1 and text_hash(passage.text) in self.digests:
            return  # the same given text again, such as a code that stands in several tables
        worded = tuple(_apart(self.making.worded.get(passage.id, ()) if passage.id else ()))
        pieces = [*([passage.lead] if passage.lead else []), *self.composed(passage, worded)]
        source = _only_source(pieces)
        if source is not None:
            self.hashed(source, passage.text)
            return
        if not worded:
            pieces = [p for p in pieces if isinstance(p, list)]
        if pieces and (counts or worded):
            said = [self.message(w, passage) for w in worded]
            self.passages.append([passage.kind, pieces, counts and self.sentences, passage.id, said])
        elif pieces:
            self.bare(passage.kind, pieces)

    def bare(self, kind: str, pieces: list[Piece]) -> None:
        """Record a passage that only holds figures, together with such passages right before it."""
        last = self.passages[-1] if self.passages else []
        if last and last[0] == kind and all(isinstance(more, list) for more in last[1:]):
            last.append(pieces)
        else:
            self.passages.append([kind, pieces])

    def hashed(self, source: int, text: str) -> None:
        """Record that a passage holds a given text and nothing else."""
        digest = text_hash(text)
        if digest not in self.digests:
            self.digests.add(digest)
            self.sources[source].append(digest)

    def composed(self, passage: Passage, worded: Sequence[Worded]) -> list[Piece]:
        """The pieces of a passage, with the number of a message where the words are its phrase."""
        out: list[Piece] = []
        done = 0
        for number, one in enumerate(worded):
            filled = fill(one.phrase.text, one.slots) if one.slots else ()
            at = _find(passage.inlines, filled, done)
            if at is not None:
                out += self.pieces(passage.inlines[done:at], passage)
                out.append(number)
                done = at + len(filled)
        return [*out, *self.pieces(passage.inlines[done:], passage)]

    def pieces(self, inlines: Sequence[Inline], passage: Passage) -> list[Piece]:
        """Words with where each comes from; words without numerals need no origin."""
        joined: list[Piece] = []
        for inline in inlines:
            for piece in self.inline(inline, passage):
                if isinstance(piece, str) and joined and isinstance(joined[-1], str):
                    joined[-1] += piece
                else:
                    joined.append(piece)
        return joined

    def inline(self, inline: Inline, passage: Passage) -> Iterator[Piece]:
        if not inline.text:
            return
        if isinstance(inline, Value):
            number = self.fact(inline.key)
            as_is = inline.role == "figure" and self.facts[inline.key][1:2] == [inline.text]
            yield ["" if as_is else inline.text, *_KINDS[inline.role], number]
        elif isinstance(inline, Gap):
            yield [inline.text, "g", len(self.prompts)]
            self.prompts.append([inline.prompt, inline.kind, inline.key, inline.rule, list(inline.options)])
        elif isinstance(inline, Text) and inline.source:
            told = passage.kind == "sentence" or passage.id in self.making.worded or NUMERAL.search(inline.text)
            yield [inline.text, "t", self.given(inline)] if told else inline.text
        elif _DIGIT.search(inline.text) is None:
            yield inline.text
        else:
            found = self.making.stock.trace(inline.text)
            yield from _cut(inline.text, ((f.start, f.length, self.origin(f.origin)) for f in found))

    def origin(self, origin: Source | str) -> list[Any]:
        return ["t", self.source(origin)] if isinstance(origin, Source) else [self.fact(origin)]

    def given(self, text: Text) -> int:
        """The number of the source of a text given by hand: the text of its key, or an item under its key."""
        texts, key = self.making.knowledge.texts, text.source
        listed = texts.lists.get(key, ())
        found = texts.one.get(key) or next((t for t in listed if text.text.rstrip("。；") in t.text), None)
        if found is None:
            found = listed[0] if listed else next((t for k, t in texts.one.items() if k.startswith(f"{key}.")), None)
        return self.source(Source("text", key, self.making.locate(found.path if found else key)))

    def source(self, source: Source) -> int:
        """Return the number of a source."""
        key = (source.key, source.place)
        if key not in self.source_numbers:
            self.source_numbers[key] = len(self.sources)
            self.sources.append([source.kind, source.key, *self.place(source.place)])
        return self.source_numbers[key]

    def fact(self, key: str) -> int:
        """Return the number of a fact, having recorded it and what went into it."""
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            self.facts[key] = []
            self.facts[key] = self.told_fact(key)
        return self.numbers[key]

    def told_fact(self, key: str) -> list[Any]:
        fact, this_year = self.known(key), self.making.knowledge.names.year
        if fact is None:  # the year before, which no data file gives
            year = str(this_year - 1)
            return [key, year, YEAR, "year-before", "年度 - 1", [self.fact("年度")], "", int(year)]
        value, origin = value_of(fact), fact.origin
        label = "" if key.endswith(fact.label) or not isinstance(origin, Given) else fact.label
        tail: list[Any] = [label, "" if fact.year == this_year else fact.year]
        if isinstance(origin, Given):
            tail = [*self.place(origin.place), "" if origin.typed == value else origin.typed, *tail]
        else:
            inputs = [self.fact(k) if self.known(k) is not None else k for k in origin.inputs]
            tail = [origin.rule, _short(origin.formula.removeprefix(f"{key} = "), origin.inputs), inputs, *tail]
        while tail[-1] == "":
            tail.pop()
        return [key, value, fact.unit, *tail]

    def known(self, key: str) -> Fact | None:
        return self.spoken.get(key) or self.making.knowledge.facts.get(key)

    def place(self, place: Place) -> tuple[int, int | str]:
        """Name a place by the number of its file, and the line or the cell."""
        sheet, cell = getattr(place, "sheet", ""), getattr(place, "cell", "")
        return self.file(place.file), f"{sheet}!{cell}" if sheet else (place.line or 0)

    def file(self, name: str) -> int:
        """Return the number of a file, which is named without telling where on the machine it was."""
        if name not in self.file_numbers:
            path = PurePath(name)
            root = next((r for r in self.making.roots if path.is_relative_to(r)), None)
            short = path.relative_to(root.parent).as_posix() if root is not None else path.name
            self.file_numbers[name] = self.files.setdefault(short, len(self.files))
        return self.file_numbers[name]

    def message(self, worded: Worded, passage: Passage) -> list[Any]:
        """Record how a message was worded, and with what it could have been worded otherwise."""
        message = worded.message
        telling = told(worded, self.making.realiser)
        kind = self.making.realiser.lexicon.bank.contract[message.type]
        self.types[message.type] = [kind.code, kind.title]
        slots = [self.slot(self.pieces(inlines, passage)) for inlines in worded.slots.values()]
        first = next((key for role in message.facts.values() for key in (f.key for f in _facts_in(role))), "")
        about = "" if first.startswith(message.about) else message.about
        part = not worded.slots
        others = [] if part else [self.phrase(p) for p in telling.others]
        more = [telling.slots] if telling.slots and not part else []
        return [self.phrase(worded.phrase), message.case, about, telling.how[0], slots, others, *more]

    def slot(self, pieces: list[Piece]) -> Piece | list[Piece]:
        """A slot that holds mere words is recorded as these."""
        return pieces[0] if len(pieces) == 1 and isinstance(pieces[0], str) else pieces

    def phrase(self, phrase: Phrase) -> int:
        """Return the number of a phrase."""
        if phrase.id not in self.phrase_numbers:
            self.phrase_numbers[phrase.id] = len(self.phrases)
            self.phrases.append([phrase.id, phrase.message, phrase.text, self.file(phrase.place)])
        return self.phrase_numbers[phrase.id]


def _is_plain(inline: Inline) -> bool:
    """Tell whether an inline is words without numerals, of which there is nothing to tell by themselves."""
    return isinstance(inline, Text) and _DIGIT.search(inline.text) is None


def _short(formula: str, inputs: Sequence[str]) -> str:
    """Put ``$0``, ``$1`` … in the place of the keys of the inputs, which a record has already."""
    short = formula
    for number, key in sorted(enumerate(inputs), key=lambda item: -len(item[1])):
        short = short.replace(key, f"${number}")
    return short if full_formula(short, inputs) == formula else formula


def full_formula(short: str, inputs: Sequence[str]) -> str:
    """Return a formula with the keys of its inputs.

    >>> full_formula("$0 / $1", ("支出.基本支出", "支出.合计"))
    '支出.基本支出 / 支出.合计'
    """
    return _INPUT.sub(lambda m: inputs[int(m[1])] if int(m[1]) < len(inputs) else m[0], short)


def _apart(worded: tuple[Worded, ...]) -> Iterator[Worded]:
    """Leave out the parts of a whole that are worded as the part before them."""
    before = None
    for one in worded:
        if before is None or one.message.type != "part" or one.phrase.id != before.phrase.id:
            yield one
        before = one


def _cut(text: str, found: Iterable[tuple[int, int, list[Any]]]) -> Iterator[Piece]:
    """Cut a text into words and stretches with an origin."""
    at = 0
    for start, length, origin in found:
        if start > at:
            yield text[at:start]
        yield [text[start : start + length], *origin]
        at = start + length
    if at < len(text):
        yield text[at:]


def _find(inlines: Sequence[Inline], filled: Sequence[Inline], start: int) -> int | None:
    """Return where a filled phrase stands among the inlines of a passage."""
    if not filled:
        return None
    last = len(inlines) - len(filled)
    return next((at for at in range(start, last + 1) if inlines[at : at + len(filled)] == filled), None)


def _only_source(pieces: Sequence[Piece]) -> int | None:
    """Return the number of the source that a passage comes from as a whole, None where it does not."""
    only = pieces[0] if len(pieces) == 1 else ""
    return int(only[2]) if isinstance(only, list) and only[1] == "t" else None


def value_of(fact: Fact) -> str:
    """Return the exact value as text: a rate as a fraction, a date in ISO form."""
    if fact.unit == DATE:
        return fact.day.isoformat()
    value = fact.value if isinstance(fact.origin, Given) else fact.value.normalize(_PRECISE)
    return f"{value:f}"


def text_hash(text: str) -> str:
    """Return what stands for a text that is not repeated in the record."""
    return "#" + hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=3).hexdigest()
