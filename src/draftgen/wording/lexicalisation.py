"""Lexicalisation: a phrase for a message. Only phrases that are true of it are candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from draftgen.errors import NoPhraseError
from draftgen.figures.facts import Fact
from draftgen.findings import Finding, Localised, Severity
from draftgen.planning.messages import Message
from draftgen.wording.choice import Memory, choose, choose_alike, pick
from draftgen.wording.phrasebank import Need, Phrasebank
from draftgen.wording.phrases import AMBIENT, Phrase
from draftgen.wording.printing import Printer

# The figures decide which of these types a line of the outline becomes. For measuring repetition they count as one,
# so that a changed figure never changes the wording of sentences that do not depend on it.
_SAME_FRAME = {"level": "change"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Chooses phrases for one document."""

    bank: Phrasebank
    printer: Printer
    seed: int
    picks: Mapping[str, str]  # site -> phrase id that a person picked

    def phrase(self, message: Message, *, opening: bool, memory: Memory) -> Phrase:
        """Choose the phrase of a message.

        Raises:
            NoPhraseError: no phrase of the bank is true of it.
        """
        found = self.candidates(message, opening=opening)
        if not found:
            raise NoPhraseError([_no_phrase(message, opening=opening)])
        picked = self.picks.get(message.site)
        chosen = next((p for p in found if p.id == picked), None)
        if chosen is None and message.frame:
            return choose_alike(found, self.seed, message.frame)
        return chosen or choose(found, self.seed, message.site, memory)

    def remembered(self, message: Message, *, opening: bool, memory: Memory) -> Memory:
        """Return the memory after a message, as if it had its canonical case: figures leave no trace in it."""
        kind = self.bank.contract[_SAME_FRAME.get(message.type, message.type)]
        features = {**message.features, **{k: v for k, v in kind.canonical.items() if k != "measure"}}
        tiers = self.bank.fitting(Need(kind.name, frozenset(features.items()), message.about))
        opened = ([p for p in tier if p.opens == opening] for tier in tiers)
        candidates = next((o for o in opened if o), None) or next(iter(tiers), ())
        return memory.after(choose(candidates, self.seed, message.site, memory).masked) if candidates else memory

    def candidates(self, message: Message, *, opening: bool) -> list[Phrase]:
        """The phrases that are true of a message and have all they need, those made for its key before others."""
        tiers = self.bank.usable(self.need(message))
        for tier in tiers:
            apart = self.without_doubles(tier, message)
            if found := [p for p in apart if p.opens == opening or not needs_item(message)]:
                return found
        return next((found for tier in tiers if (found := self._makeshift(tier, message, opening=opening))), [])

    def _makeshift(self, tier: Sequence[Phrase], message: Message, *, opening: bool) -> list[Phrase]:
        """The phrases that say it though a name stands twice, or a subject is named anew."""
        usable = self.without_doubles(tier, message) or tier
        placed = [p for p in usable if p.opens == opening or not needs_item(message)]
        return placed or ([p for p in usable if p.opens] if not opening else [])

    def need(self, message: Message) -> Need:
        """What a phrase has to fit and may draw on."""
        features = {**message.features, "case": message.case, "degree": self.degree(message)}
        names = {name for name, words in message.names.items() if words or name == "verb"}
        has = frozenset((*message.facts, *names, *self.printer.terms, *AMBIENT))
        return Need(message.type, frozenset(features.items()), message.about, has, message.must)

    def degree(self, message: Message) -> str:
        """Tell whether the rate of a change has a degree word: marked or plain."""
        rate = message.facts.get("rate")
        band = self.printer.band(rate) if isinstance(rate, Fact) else None
        return "marked" if band is not None and band.marked else "plain"

    def without_doubles(self, phrases: Sequence[Phrase], message: Message) -> Sequence[Phrase]:
        """Leave out the phrases that would name the unit or the year beside an item that names it."""
        doubles = [
            (slot, {name for name, words in message.names.items() if mark in words})
            for slot, mark in (("unit", "{unit}"), ("this_year", f"{self.printer.year}年"))
        ]
        for slot, naming in doubles:
            if naming:
                phrases = [p for p in phrases if slot not in p.slots or naming.isdisjoint(p.slots)]
        return phrases

    def verb(self, message: Message) -> str:
        """The verb of a counted result: as given, else by the kind of result, else 完成."""
        if message.names.get("verb"):
            return message.names["verb"]
        verbs = self.bank.verbs(message.names["item"], message.features["style"])
        return pick(verbs, self.seed, message.site)


def needs_item(message: Message) -> bool:
    """Tell whether it matters if the phrase names its subject.

    A date, a problem under its heading and what a run-in heading has named (an empty item) need none.
    """
    if message.names.get("item") == "":
        return False
    return message.type not in ("problem", "recommendation") and (message.type, message.case) != ("period", "as-of")


def _no_phrase(message: Message, *, opening: bool) -> Finding:
    values = {
        "type": message.type,
        "case": message.case,
        "about": message.about,
        "place": "opening" if opening else "continuing",
        "features": ", ".join(f"{k}={v}" for k, v in sorted(message.features.items())),
    }
    return Finding(
        "no-phrase",
        Severity.ERROR,
        Localised(
            "No phrase fits {type}/{case} about {about} ({features}, {place}).",
            "词库中没有适用的短语：{type}/{case}，{about}（{features}，{place}）。",
            values,
        ),
    )
