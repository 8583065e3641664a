"""Reasons given by hand against the direction of the change that they explain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from draftgen.figures.changes import CHANGE
from draftgen.figures.facts import Fact, Facts
from draftgen.figures.numbers import label_of, show
from draftgen.findings import Finding, Localised, Place, Severity


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason given by hand, and where it stands."""

    text: str
    place: Place


def check_reasons(facts: Facts, texts: Mapping[str, Reason], words: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Find reasons that speak of the other direction: a saving given for a rise, an addition for a fall.

    `texts` are the reasons by the key of their figure, `words` what speaks of a rise (``up``) or a fall (``down``).
    """
    for key, reason in texts.items():
        change = facts.get(f"{key}.{CHANGE}")
        if change is None or change.value == 0:
            continue
        said = {way for way in ("up", "down") if any(word in reason.text for word in words.get(way, ()))}
        wrong = "down" if change.value > 0 else "up"
        if said == {wrong}:
            yield _contradicting(facts[key], change, reason)


def _contradicting(fact: Fact, change: Fact, reason: Reason) -> Finding:
    rose = change.value > 0
    values = {
        "label": label_of(fact),
        "way": Localised("rose", "增加") if rose else Localised("fell", "减少"),
        "amount": show(abs(change.value), change.unit),
        "reason": reason.text,
    }
    return Finding(
        code="reason-contradicts",
        severity=Severity.WARNING,
        message=Localised(
            "{label} {way} by {amount}, but the reason given speaks of the opposite: {reason}",
            "{label}{way}{amount}，而填写的原因“{reason}”说的是相反的变动。",
            values,
        ),
        places=(reason.place, *((fact.place,) if fact.place else ())),
        hint=Localised("Check the figures or put the reason right.", "请核对本年数、上年数，或更正原因。"),
        keys=(fact.key,),
    )
