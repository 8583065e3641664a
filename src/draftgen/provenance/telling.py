"""How a message came to its phrase, and what the other phrases that are true of it would need."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from draftgen.planning.messages import Message
from draftgen.wording.choice import least_repeating
from draftgen.wording.phrases import Phrase
from draftgen.wording.realisation import Course, Realiser, Worded

MOST_OTHERS = 2  # phrases that a record holds beside the chosen one


@dataclass(frozen=True, slots=True)
class Telling:
    """``how``: only (no other was true), least (the least repetition), drawn (by the seed, among equals).

    ``slots`` hold the words of the slots that only the ``others`` have.
    """

    how: str
    slots: dict[str, str]
    others: tuple[Phrase, ...]


def told(worded: Worded, realiser: Realiser) -> Telling:
    """Tell how a message was worded. Nothing is chosen anew: the record says what was chosen."""
    found = realiser.lexicon.candidates(worded.message, opening=worded.opening)
    best = least_repeating(found, worded.memory) if found else ()
    slots = dict.fromkeys(worded.slots, "")
    rest = (p for p in found if p.id != worded.phrase.id and _fill(p, worded, realiser, slots))
    others = tuple(islice(rest, MOST_OTHERS))
    how = "only" if len(found) < 2 else "least" if len(best) == 1 else "drawn"
    return Telling(how, {k: v for k, v in slots.items() if k not in worded.slots}, others)


def _fill(phrase: Phrase, worded: Worded, realiser: Realiser, slots: dict[str, str]) -> bool:
    """Put the words of a phrase's slots to the others; tell whether there are words for all of them."""
    for name in phrase.slots:
        if name not in slots:
            words = _words(name, worded.message, worded, realiser)
            if words is None:
                return False
            slots[name] = words
    return True


def _words(name: str, message: Message, worded: Worded, realiser: Realiser) -> str | None:
    course = Course(memory=worded.memory, named=not worded.first)
    try:
        return "".join(inline.text for inline in realiser.slot(name, message, course))
    except KeyError:
        return None
