"""Identities (勾稽关系) and derivations: one declaration serves both.

``收入.合计 = 合计(收入.*)`` checks the total where it is given and derives it where it is not. Relations are data
(`templates/common/relations.yaml` and a kind's own); this module reads and applies them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from draftgen.errors import TemplateError
from draftgen.figures import formula as f
from draftgen.figures.facts import AS_STATED, BLANK, CURRENT, FACETS, Derived, Fact, Facts, GrowingFacts
from draftgen.figures.labels import FACETS_EN
from draftgen.figures.numbers import difference, label_of, show, with_terms
from draftgen.figures.quantities import ITEM, POINT, RATE, YEAR, half_up
from draftgen.figures.suspects import suspect
from draftgen.findings import Finding, Localised, Place, Severity

_CAPTURE = re.compile(r"\{(\w+)\}")
_SKIPPED = frozenset(FACETS)
_CODE = 3  # digits from which on a number is the code of a subject and not that of an item
_FIELDS = frozenset(
    (
        *("id", "formula", "each", "if", "senses", "derive", "facets", "severity", "unit"),
        *("label", "label_en", "zh", "en", "source", "traps", "note"),
    )
)


@dataclass(frozen=True, slots=True)
class Trap:
    """A known way to get a relation wrong, named when the figures fit it."""

    formula: str
    message: Localised


@dataclass(frozen=True, slots=True)
class RelationRule:
    """One relation as declared. ``each`` is the pattern whose captures it is repeated for."""

    id: str
    formula: str
    message: Localised
    each: str = ""
    facets: tuple[str, ...] = ("",)
    severity: Severity = Severity.ERROR
    unit: str = ""
    label: str = ""
    label_en: str = ""
    source: str = ""
    traps: tuple[Trap, ...] = ()
    senses: tuple[str, ...] = ()  # of the facts that ``each`` finds: only targets of these senses; none: all
    derives: bool = True  # whether the left side may be worked out where it is not given; else it is only compared
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # texts that must be one of these, by key

    def concerns(self, text: Callable[[str], str]) -> bool:
        """Tell whether the relation holds for this data file; `text` gives a text of it by key."""
        return all(text(key) in words for key, words in self.only.items())


def read_rules(entries: Sequence[Mapping[str, Any]], place: Place) -> tuple[RelationRule, ...]:
    """Read the relations of one file.

    Raises:
        TemplateError: an entry is incomplete, stands twice, has an unknown field or a formula that cannot be read.
    """
    rules: dict[str, RelationRule] = {}
    for number, entry in enumerate(entries, 1):
        rule = _read_rule(entry, number, place)
        if rule.id in rules:
            raise _broken(rule.id, "the id stands twice", "编号重复", place)
        rules[rule.id] = rule
    return tuple(rules.values())


def _read_rule(entry: Mapping[str, Any], number: int, place: Place) -> RelationRule:
    name = str(entry.get("id", "") if isinstance(entry, Mapping) else "") or f"#{number}"
    try:
        if missing := [part for part in ("id", "formula", "en", "zh") if not entry.get(part)]:
            raise _Unfit(f"{', '.join(missing)} is missing", f"缺少 {'、'.join(missing)}")
        if unknown := sorted(set(entry) - _FIELDS):
            raise _Unfit(f"unknown field {', '.join(unknown)}", f"未知字段 {'、'.join(unknown)}")
        return RelationRule(
            id=name,
            formula=_formula(entry["formula"], str(entry.get("each", "")), f.parse_relation),
            message=Localised(str(entry["en"]), str(entry["zh"])),
            each=str(entry.get("each", "")),
            facets=tuple(_facet(str(facet)) for facet in entry.get("facets", ["本年"])),
            severity=_severity(str(entry.get("severity", "error"))),
            unit=str(entry.get("unit", "")),
            label=str(entry.get("label", "")),
            label_en=str(entry.get("label_en", "")),
            source=str(entry.get("source", "")),
            traps=tuple(_trap(trap) for trap in entry.get("traps", ())),
            senses=tuple(entry.get("senses", ())),
            derives=entry.get("derive") != "no",
            only={key: tuple(words) for key, words in entry.get("if", {}).items()},
        )
    except _Unfit as why:
        raise _broken(name, *why.texts, place) from why
    except (AttributeError, KeyError, TypeError) as error:
        raise _broken(name, f"cannot be read: {error}", f"无法识别：{error}", place) from error


class _Unfit(Exception):  # noqa: N818 - carries the two texts of a message
    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.texts = (en, zh)


def _formula(text: object, each: str, parse: Callable[[str], object]) -> str:
    try:
        parse(str(text))
    except f.FormulaError as error:
        raise _Unfit(f"formula cannot be read: {error}", f"公式无法识别：{error}") from error
    if free := set(_CAPTURE.findall(str(text))) - set(_CAPTURE.findall(each)):
        names = ", ".join(sorted(free))
        raise _Unfit(f"{names} is in the formula, not in each", f"公式中的 {names} 没有写在 each 中")
    return str(text)


def _trap(trap: Mapping[str, Any]) -> Trap:
    return Trap(_formula(trap["formula"], "", f.parse_formula), Localised(str(trap["en"]), str(trap["zh"])))


def _facet(facet: str) -> str:
    if facet != CURRENT and facet not in FACETS:
        raise _Unfit(f"unknown facet {facet}", f"没有“{facet}”这一项，可用：{'、'.join((CURRENT, *FACETS))}")
    return "" if facet == CURRENT else facet


def _severity(text: str) -> Severity:
    if text not in tuple(Severity):
        raise _Unfit(f"unknown severity {text}", f"没有“{text}”这一级别，可用：{'、'.join(Severity)}")
    return Severity(text)


def _broken(name: str, en: str, zh: str, place: Place) -> Exception:
    values = {"name": name, "en": en, "zh": zh}
    message = Localised("relation {name}: {en}", "勾稽关系 {name}：{zh}", values)
    return TemplateError.because("bad-relation", message, places=[place])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What applying the relations gave."""

    facts: Facts
    findings: tuple[Finding, ...]


def apply_rules(rules: Iterable[RelationRule], facts: Facts) -> Outcome:
    """Check and derive in the order of the rules; a rule may use what the ones before it derived."""
    findings: list[Finding] = []
    known = GrowingFacts(facts)
    for rule in rules:
        for relation, about in _instances(rule, known):
            for facet in rule.facets:
                derived, found = apply_relation(rule, relation, facet, known, _about(about, facet))
                findings += found
                if derived is not None:
                    known.add(derived)
    return Outcome(known.done(), tuple(findings))


def _instances(rule: RelationRule, facts: Facts) -> Iterator[tuple[f.Relation, Localised | None]]:
    relation = f.parse_relation(rule.formula)
    if not rule.each:
        yield relation, None
        return
    seen = set()
    for fact, captures in facts.find(rule.each):
        names = tuple(captures.values())
        if rule.senses and (fact.sense or "≥") not in rule.senses:
            continue
        if names in seen or f.TOTAL in names or not _SKIPPED.isdisjoint(names):
            continue
        seen.add(names)
        left, right = f.bind(relation.left, captures), f.bind(relation.right, captures)
        text = relation.text
        for name, value in captures.items():
            text = text.replace(f"{{{name}}}", value)
        yield f.Relation(left, relation.sign, right, text), _named(fact, names)


def _named(fact: Fact, names: tuple[str, ...]) -> Localised:
    """What a relation that is repeated for several things is about this time."""
    if len(names) == 1 and fact.key.endswith(f".{names[0]}"):
        return label_of(fact)
    listed = [(f"item {n}", f"第{n}项") if n.isdecimal() and len(n) < _CODE else (n, n) for n in names]
    return Localised(", ".join(en for en, _ in listed), "、".join(zh for _, zh in listed))


def _about(about: Localised | None, facet: str) -> Localised | None:
    if not facet:
        return about
    named = Localised(FACETS_EN[facet], facet)
    return named if about is None else Localised("{facet}, {about}", "{facet}{about}", {"facet": named, "about": about})


def apply_relation(
    rule: RelationRule, relation: f.Relation, facet: str, facts: Facts, about: Localised | None = None
) -> tuple[Fact | None, list[Finding]]:
    """Derive the left side where it is not given, compare it where it is; nothing where an input is not known.

    `about` names what the relation is about, for the message.
    """
    left_key = relation.left.text if relation.left.kind == "key" else ""
    key = f"{left_key}.{facet}" if facet else left_key
    try:
        right = f.work_out(relation.right, facts, facet, without=left_key)
    except f.Incomplete as gap:
        if not rule.derives or relation.sign != "=" or not left_key or key in facts or _nowhere(relation, facet, facts):
            return None, []
        return _blank(key, gap), [_incomplete(rule, gap, facet)]
    except (f.Unknown, ZeroDivisionError):
        return None, []
    if not right.inputs and f.keys_of(relation.right):  # every part may be absent, and every part is
        return None, []
    if rule.unit == RATE and _below_nothing(relation.right, facts, facet):
        return None, []
    check = _Check(rule, relation, right, facts, facet, about)
    try:
        return None, check.against(f.work_out(relation.left, facts, facet))
    except ZeroDivisionError:
        return None, []
    except f.Unknown:
        if relation.sign != "=" or not left_key or not rule.derives:
            return None, []
    derived, stated = _derive(rule, relation, key, right), facts.get(f"{key}.{AS_STATED}")
    if stated is None:
        return derived, []
    return derived, check.against(f.Worked(f.Interval.of(stated.value, f.half_width(stated)), (stated,)))


def _below_nothing(quotient: f.Node, facts: Facts, facet: str) -> bool:
    """Tell whether a rate would have a base below nothing: then there is no such rate."""
    return quotient.kind == "/" and f.work_out(quotient.parts[1], facts, facet).interval.value < 0


def _nowhere(relation: f.Relation, facet: str, facts: Facts) -> bool:
    """Tell whether none of the parts has the facet: then nobody meant to give it."""
    return bool(facet) and not any(facts.match(f"{key}.{facet}") for key in f.keys_of(relation.right))


def _blank(key: str, gap: f.Incomplete) -> Fact:
    """Mark a sum that is not known, so that what stands on it is not known either."""
    origin = Derived("parts-incomplete", "", tuple(fact.key for fact in gap.missing))
    return Fact(f"{key}.{BLANK}", Decimal(1), ITEM, key.rpartition(".")[2], gap.missing[0].year, origin)


def _incomplete(rule: RelationRule, gap: f.Incomplete, facet: str) -> Finding:
    """A sum that is not worked out, because a part of it is not known."""
    names = "、".join(fact.label for fact in gap.missing)
    named = Localised(FACETS_EN.get(facet, ""), facet)
    values = {"rule": rule.message, "names": names, "facet": named}
    return Finding(
        code="parts-incomplete",
        severity=Severity.NOTE if facet else Severity.WARNING,
        message=Localised(
            "{rule} It is not worked out: {facet} figures are missing in {names}.",
            "{rule}{names}的{facet}数没有填写或填写不全，合计没有得出。",
            values,
        ),
        places=tuple(dict.fromkeys(fact.place for fact in gap.missing if fact.place)),
        hint=Localised(
            "Fill in what is missing (0 where there was none), or the total itself.",
            "请补齐数据（确实没有发生的填0），或直接填写合计。",
        ),
    )


def _derive(rule: RelationRule, relation: f.Relation, key: str, right: f.Worked) -> Fact:
    span = right.interval
    unit = rule.unit or (right.inputs[0].unit if right.inputs else "")
    year = right.inputs[0].year if right.inputs else 0
    return Fact(
        key=key,
        value=span.value,
        unit=unit,
        label=rule.label or key.split(".")[-1],
        label_en=rule.label_en,
        year=year,
        origin=Derived(rule.id, relation.text, tuple(i.key for i in _unique(right.inputs))),
        slack=max(span.high - span.value, span.value - span.low),
    )


@dataclass(frozen=True, slots=True)
class _Check:
    """One relation with its right side worked out, ready to be held against a left side."""

    rule: RelationRule
    relation: f.Relation
    right: f.Worked
    facts: Facts
    facet: str
    about: Localised | None

    def against(self, left: f.Worked) -> list[Finding]:
        verdict = judge(self.relation.sign, left, self.right)
        if verdict is None:
            return []
        rounding = verdict == "rounding"
        inputs = _unique((*left.inputs, *self.right.inputs))
        unit = _unit_of(self.relation, left)
        return [
            Finding(
                code=self.rule.id,
                severity=Severity.NOTE if rounding else self.rule.severity,
                message=self.message(left, unit, rounding),
                places=places_of(inputs, self.facts),
                hint=None if rounding else self.hint(left),
                found=show(left.interval.value, unit),
                expected=show(self.right.interval.value, unit),
                keys=tuple(i.key.removesuffix(f".{AS_STATED}") for i in inputs),
            )
        ]

    def message(self, left: f.Worked, unit: str, rounding: bool) -> Localised:
        a, b, sign = left.interval.value, self.right.interval.value, self.relation.sign
        named = None if self.about is None else Localised("{about}: ", "{about}：", {"about": self.about})
        values = {
            "named": named or "",
            "rule": self.rule.message,
            "left": _side(left, unit),
            "right": _side(self.right, unit),
            "difference": difference(a, b, unit),
        }
        if sign != "=":
            en = "{named}{rule} Found {left}, against {right}, difference {difference}."
            return Localised(en, "{named}{rule}填报{left}，对照数{right}，相差{difference}。", values)
        tail = (" This lies within rounding.", "属四舍五入的合理误差。") if rounding else ("", "")
        en = "{named}{rule} Stated {left}, worked out {right}, difference {difference}." + tail[0]
        return Localised(en, "{named}{rule}填报{left}，计算得{right}，相差{difference}。" + tail[1], values)

    def hint(self, left: f.Worked) -> Localised | None:
        for trap in self.rule.traps:
            try:
                trapped = f.parse_formula(trap.formula)
                worked = f.work_out(trapped, self.facts, self.facet, without=self.relation.left.text)
            except (f.Unknown, ZeroDivisionError):
                continue
            if judge("=", left, worked) != "differs":
                return trap.message
        return suspect(left, self.right, self.relation) if self.relation.sign == "=" else None


def judge(sign: str, left: f.Worked, right: f.Worked) -> str | None:
    """Compare two sides: None where they agree, ``rounding`` where only rounding parts them, else ``differs``."""
    a, b = left.interval, right.interval
    if sign != "=":
        broken = {"<=": a.low > b.high, ">=": a.high < b.low, "<": a.low >= b.high, ">": a.high <= b.low}[sign]
        return "differs" if broken else None
    if a.value == b.value:
        return None
    fact = left.inputs[0] if len(left.inputs) == 1 else None
    half = Decimal(0)
    if fact is not None and fact.unit in (RATE, POINT) and fact.places is not None:
        scale = 100 if fact.unit == RATE else 1
        if half_up(b.value * scale, fact.places) == half_up(a.value * scale, fact.places):
            return None
        half = Decimal(5).scaleb(-fact.places - 1) / scale
    return "rounding" if a.low - half <= b.high and b.low <= a.high + half else "differs"


def _side(side: f.Worked, unit: str) -> Localised:
    inputs = _unique(side.inputs)
    return with_terms(side.interval.value, unit, () if len(inputs) < 2 else inputs)


_PARTS_OF_DATES = {"年": YEAR, "月": "月", "日": ""}


def _unit_of(relation: f.Relation, left: f.Worked) -> str:
    if relation.left.kind == "call" and relation.left.text in _PARTS_OF_DATES:
        return _PARTS_OF_DATES[relation.left.text]
    return left.inputs[0].unit if left.inputs else ""


def _unique(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.key: fact for fact in facts}.values())


def places_of(inputs: Iterable[Fact], facts: Facts) -> tuple[Place, ...]:
    """The places of figures; of a derived one, the places of what went into it."""
    places: dict[Place, None] = {}
    for fact in inputs:
        if fact.place is not None:
            places[fact.place] = None
        elif isinstance(fact.origin, Derived):
            given = [facts[key] for key in fact.origin.inputs if key in facts]
            places.update(dict.fromkeys(places_of(given, facts)))
    return tuple(places)
