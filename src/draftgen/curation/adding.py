"""Adding a phrase: from a sentence as it would stand in a report to an entry, and what has to be asked on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from draftgen.curation.check import Rules, phrase_flaws
from draftgen.curation.company import cores_of, known_of
from draftgen.curation.grid import grid
from draftgen.curation.inference import Inference, Rulebook, When, alikeness, infer
from draftgen.curation.inversion import Lore, Reading, lore_of, read_sentence
from draftgen.curation.manner import house_of
from draftgen.curation.samples import said
from draftgen.curation.shelf import Shelf
from draftgen.planning.messages import Message
from draftgen.wording.flaws import Flaw
from draftgen.wording.phrases import SLOT, Phrase, fill_text
from draftgen.wording.realisation import Realiser
from draftgen.wording.truth import claims_of

MOST_PREVIEWS = 5


@dataclass(frozen=True, slots=True)
class Workbench:
    """What is at hand for adding: the shelf, and the messages of a data file where there is one."""

    shelf: Shelf
    realiser: Realiser
    messages: tuple[Message, ...] = ()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases in force."""
        return self.shelf.stock.in_force

    def lore(self, message: str) -> Lore:
        """What is known of the slots of a message type."""
        phrases = [p for p in self.phrases if p.message == message]
        slots = self.shelf.contract[message].slots
        terms: dict[str, set[str]] = {}
        for options in self.realiser.lexicon.bank.terms.values():
            for slot, term in ((s, t) for option in options for s, t in option.items() if s in slots):
                terms.setdefault(slot, set()).add(term)
        return lore_of(phrases, figures_of(self.messages, message, slots, self.realiser), terms)

    def rules(self) -> Rules:
        """What entries are held against."""
        small = self.shelf.stock.small
        built_in = [p for p in self.phrases if p.layer == "built-in"]
        known = known_of(built_in, self.shelf.contract)
        return Rules(self.shelf.contract, claims_of(small), house_of(small), known, cores_of(self.phrases))


def figures_of(
    messages: Iterable[Message], wanted: str, slots: Iterable[str], realiser: Realiser
) -> dict[str, frozenset[str]]:
    """What the slots show for the messages of a data file."""
    found: dict[str, set[str]] = {}
    names = (*slots, "unit", "this_year", "last_year")
    for message in messages:
        if message.type == wanted:
            for slot, text in shown(message, names, realiser).items():
                found.setdefault(slot, set()).add(text)
    return {slot: frozenset(texts) for slot, texts in found.items()}


def shown(message: Message, slots: Iterable[str], realiser: Realiser) -> dict[str, str]:
    """What each slot shows for a message; slots for which it has nothing are left out."""
    found: dict[str, str] = {}
    for slot in slots:
        try:
            text = said(Phrase("", message.type, "{{ " + slot + " }}", {}), message, realiser)
        except KeyError:
            continue
        if text:
            found[slot] = text
    return found


def likely_messages(sentence: str, bench: Workbench) -> list[tuple[str, float]]:
    """The message types by how well they explain a sentence, the likeliest first."""
    sentence = sentence.strip().rstrip("。")
    found = []
    for name in bench.shelf.contract:
        group = [p for p in bench.phrases if p.message == name]
        if not group:
            continue
        reading = read_sentence(sentence, bench.lore(name))
        phrase = as_phrase(reading, name, sentence)
        found.append((name, max(alikeness(phrase, p) for p in group) - 0.1 * len(reading.loose)))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def as_phrase(reading: Reading, message: str, sentence: str) -> Phrase:
    """A reading as a phrase that has no condition yet."""
    return Phrase("?", message, reading.text, {}, examples=((reading.given, sentence.strip().rstrip("。")),))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase as it would be added, how it was read, and what is wrong with it."""

    phrase: Phrase
    reading: Reading
    inference: Inference
    flaws: tuple[Flaw, ...]

    @property
    def sure(self) -> bool:
        """Tell whether nobody has to be asked."""
        return not self.reading.rival and not self.reading.loose and self.inference.sure


def propose(
    sentence: str,
    message: str,
    bench: Workbench,
    *,
    text: str = "",
    when: When | None = None,
    about: Sequence[str] = (),
    name: str = "?",
) -> Proposal:
    """Turn a sentence into a phrase. `text` is what a person settled of its slots, `when` of its condition.

    A sentence that has slots in it already is taken as it is; its example is then left to the figures.
    """
    if SLOT.search(sentence):
        text, sentence = sentence, _example_of(sentence, bench.lore(message))
    reading = read_sentence(sentence, bench.lore(message))
    if text:
        reading = _settled(text, sentence, reading, bench.lore(message))
    phrase = as_phrase(reading, message, sentence)
    others = [p for p in bench.phrases if p.message == message]
    rules = bench.rules()
    inference = infer(phrase, others, Rulebook(rules.contract, rules.claims, rules.known), when)
    phrase = replace(phrase, id=name, when=dict(inference.when), about=tuple(about), layer="command-line")
    return Proposal(phrase, reading, inference, tuple(phrase_flaws(phrase, rules)))


def _example_of(text: str, lore: Lore) -> str:
    values = {slot: min(lore.words.get(slot, {slot}), key=lambda v: (len(v), v)) for slot in SLOT.findall(text)}
    return fill_text(text, values)


def _settled(text: str, sentence: str, reading: Reading, lore: Lore) -> Reading:
    """A reading whose slots a person settled; what each holds is read off the sentence."""
    import re

    pattern, names = "", []
    for number, piece in enumerate(SLOT.split(text)):
        if number % 2:
            names.append(piece)
            pattern += "(.+?)"
        else:
            pattern += re.escape(piece)
    match = re.fullmatch(pattern, sentence.strip().rstrip("。"))
    given = dict(zip(names, match.groups(), strict=True)) if match else reading.given
    if match is None:
        given = {n: min(lore.words.get(n, {n}), key=lambda v: (len(v), v)) for n in names}
    return Reading(text, given, reading.score)


def previews(phrase: Phrase, bench: Workbench) -> list[tuple[str, str]]:
    """The phrase in five cases at the most: those of the data file first, then made-up ones; with its condition."""
    found: dict[str, str] = {}
    for message in (*bench.messages, *grid(phrase.message)):
        features = {**message.features, "case": message.case, "degree": bench.realiser.lexicon.degree(message)}
        if message.type != phrase.message or not phrase.admits(features):
            continue
        try:
            text = said(phrase, message, bench.realiser)
        except KeyError:
            continue
        found.setdefault(text, _told(message))
        if len(found) == MOST_PREVIEWS:
            break
    if not found:
        found = {gives: "" for _, gives in phrase.examples}
    return [(told, text) for text, told in found.items()]


def _told(message: Message) -> str:
    return f"{message.case} {message.about}".strip()


def example_from(phrase: Phrase, given: Mapping[str, str]) -> Phrase:
    """The phrase with an example that fills it so."""
    filled = {slot: given[slot] for slot in phrase.slots}
    return replace(phrase, examples=((filled, fill_text(phrase.text, filled)),))
