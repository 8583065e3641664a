"""Inference: under which condition a new phrase is true, from what it says and from the phrases that are like it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from draftgen.curation.company import Known, fit_flaws
from draftgen.findings import Severity
from draftgen.wording.contract import MessageType
from draftgen.wording.phrases import Phrase
from draftgen.wording.rules import flaws_of
from draftgen.wording.truth import Claim, untruths

When = Mapping[str, tuple[str, ...]]
_CLOSE = 0.06  # how near another condition may come before one has to be asked
_LEAST = 0.5
_LONGEST_HEADING = 24


@dataclass(frozen=True, slots=True)
class Inference:
    """The likeliest condition, others nearly as likely, and whether it needs asking."""

    when: When
    rivals: tuple[When, ...] = ()
    likeness: float = 0.0
    only: bool = False  # no other condition holds

    @property
    def sure(self) -> bool:
        """Tell whether nobody has to be asked."""
        return not self.rivals and (self.only or self.likeness >= _LEAST)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What a condition is held against."""

    contract: Mapping[str, MessageType]
    claims: Sequence[Claim]
    known: Known


PLACES = ("style", "place", "part")  # where a thing is said: nothing that a sentence could show


def infer(phrase: Phrase, others: Sequence[Phrase], rules: Rulebook, fixed: When | None = None) -> Inference:
    """Infer the condition of a phrase, from its example, its words, and the phrases that are like it.

    `fixed` is what is settled already: where it is said, and of problems and recommendations which.
    """
    fixed = dict(fixed or {})
    if phrase.message in ("problem", "recommendation") and "part" not in fixed:
        fixed["part"] = ("body",) if "，" in phrase.text or len(phrase.text) > _LONGEST_HEADING else ("heading",)
    kind = rules.contract[phrase.message]
    if "case" in fixed:  # settled by a person: nothing is left to be told from figures
        near = [p for p in others if p.when.get("case") == tuple(fixed["case"])]
        return Inference({**_features(phrase, near, kind), **fixed}, likeness=1.0, only=True)
    measure = measure_of(phrase)
    known = {**fixed, "measure": (measure,)} if measure in kind.features.get("measure", ()) else fixed
    near = [p for p in others if _agrees(p.when, known)]
    groups = _case_groups(phrase, near, kind, rules, fixed)
    if not groups:
        return Inference(fixed)
    likeness, cases = groups[0]
    rivals = [other for like, other in groups[1:] if likeness - like < _CLOSE]
    when = {"case": cases, **_features(phrase, [p for p in near if p.when.get("case") == cases], kind), **fixed}
    return Inference(when, tuple({**when, "case": other} for other in rivals), likeness, len(groups) == 1)


def _agrees(when: When, fixed: When) -> bool:
    return all(not set(values).isdisjoint(when.get(name, values)) for name, values in fixed.items())


def _case_groups(
    phrase: Phrase, near: Sequence[Phrase], kind: MessageType, rules: Rulebook, fixed: When
) -> list[tuple[float, tuple[str, ...]]]:
    """The groups of cases in use under which the phrase is right and which its example belongs to, the likeliest first.

    Of two groups one of which holds the other, the wider says the same of more.
    """
    measured = {"measure": (measure,)} if (measure := measure_of(phrase)) in kind.features.get("measure", ()) else {}
    if "degree_rate" in phrase.slots:
        measured["degree"] = ("marked",)
    shown = shown_cases(phrase, kind)
    likely: dict[tuple[str, ...], float] = {}
    for other in near:
        group = other.when.get("case", kind.cases)
        like = alikeness(phrase, other)
        for cases in (group, *((case,) for case in group)):
            if set(cases) & set(shown):
                likely[cases] = max(likely.get(cases, 0.0), like)
    known = {**measured, **fixed}
    right = {g: like for g, like in likely.items() if holds(replace(phrase, when={**known, "case": g}), rules)}
    found = sorted(((like, g) for g, like in right.items()), key=lambda pair: (-pair[0], pair[1]))
    kept: list[tuple[float, tuple[str, ...]]] = []
    for like, group in found:
        if not any(set(group) < set(o) and like - ol < _CLOSE for ol, o in found):
            kept.append((like, group))
    return kept


def _features(phrase: Phrase, near: Sequence[Phrase], kind: MessageType) -> dict[str, tuple[str, ...]]:
    """The conditions beside the case."""
    found: dict[str, tuple[str, ...]] = {}
    measure = measure_of(phrase)
    for name, values in kind.features.items():
        if name in PLACES or not values:
            continue
        if name == "valued":
            found[name] = ("yes",) if "value" in phrase.slots else ("no",)
        elif name == "degree":
            found |= {name: ("marked",)} if "degree_rate" in phrase.slots else {}
        elif name == "measure":
            usual = sum("measure" in p.when for p in near) * 2 > len(near)
            found |= {name: (measure,)} if usual and measure in values else {}
        elif name == "against":
            found[name] = ("budget",) if "预算" in phrase.masked else ("last",)
    return found


def measure_of(phrase: Phrase) -> str:
    """Money, rate or count, by the unit of the main figure of the example; empty where there is none."""
    values = phrase.examples[0][0] if phrase.examples else {}
    for slot in ("amount", "change_amount", "last", "number"):
        value = values.get(slot, "")
        if re.search(r"\d(?:万|亿)?元$", value):
            return "money"
        if re.search(r"\d%$", value):
            return "rate"
        if re.search(r"\d\D+$", value):
            return "count"
    return ""


def shown_cases(phrase: Phrase, kind: MessageType) -> tuple[str, ...]:
    """The cases that the figures of the example leave open."""
    values = phrase.examples[0][0] if phrase.examples else {}
    cases = list(kind.cases)
    said = values.get("change_amount", "") + values.get("change_rate", "") + values.get("points", "")
    if said.startswith(("增加", "增长", "提高")):
        cases = [c for c in cases if c not in ("down", "gone", "level")]
    elif said.startswith(("减少", "下降")):
        gone = re.search(r"100(?:\.0+)?%", values.get("change_rate", values.get("rate", "")))
        cases = [c for c in cases if c not in ("up", "new", "level", "down" if gone else "gone")]
    actual, budget = _number(values.get("amount", "")), _number(values.get("budget", ""))
    if actual is not None and budget is not None:
        sign = "under" if actual < budget else "over" if actual > budget else "equal"
        cases = [c for c in cases if c not in {"under", "over", "equal"} - {sign}]
    if number := values.get("number", ""):
        cases = [c for c in cases if c != ("count" if "%" in number else "rate")]
    reached = _reached(values.get("number", ""), values.get("target", ""))
    if reached is not None:
        cases = [c for c in cases if c != ("target-missed" if reached else "target-met")]
    return tuple(cases)


def _reached(number: str, target: str) -> bool | None:
    """Tell whether a target was reached, None where the example names none."""
    actual, wanted = _number(number), _number(target)
    if actual is None or wanted is None:
        return None
    return actual <= wanted if target.startswith(("不超过", "不高于", "控制在")) else actual >= wanted


def _number(text: str) -> Decimal | None:
    match = re.search(r"-?\d+(?:\.\d+)?", text)
    return Decimal(match[0]) if match else None


def holds(phrase: Phrase, rules: Rulebook) -> bool:
    """Tell whether a phrase is right under its condition: true, complete, and never in vain."""
    if any(True for _ in flaws_of(phrase, rules.contract)) or any(
        True for _ in untruths(phrase, rules.contract, rules.claims)
    ):
        return False
    flaws = fit_flaws(phrase, rules.contract[phrase.message], rules.known)
    return not any(f.severity is Severity.ERROR or f.code == "slot-unknown-in-case" for f in flaws)


def alikeness(one: Phrase, other: Phrase) -> float:
    """Return how alike two phrases are in slots and words, 0 to 1."""
    slots = _dice(list(one.slots), list(other.slots))
    words = _dice(_pairs(one.masked), _pairs(other.masked))
    return 0.5 * slots + 0.5 * words


def _pairs(text: str) -> list[str]:
    text = re.sub("[，。；：、（）]", "", text)
    return [text[i : i + 2] for i in range(len(text) - 1)] or [text]


def _dice(one: Sequence[str], other: Sequence[str]) -> float:
    left = list(other)
    shared = 0
    for item in one:
        if item in left:
            left.remove(item)
            shared += 1
    total = len(one) + len(other)
    return 2 * shared / total if total else 1.0
