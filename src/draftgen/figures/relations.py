"""Identities (勾稽关系) and derivations: one declaration serves both.

``收入.合计 = 合计(收入.*)`` checks the total where it is given and derives it where it is not. Relations are data
(`templates/common/relations.yaml` and a kind's own); this module reads and applies them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from draftgen.errors import TemplateError
from draftgen.figures import formula as f
from draftgen.figures.facts import AS_STATED, FACETS, Derived, Fact, Facts, segment
from draftgen.figures.numbers import show
from draftgen.figures.quantities import DATE, POINT, RATE, YEAR, half_up
from draftgen.figures.suspects import suspect
from draftgen.findings import Finding, Localised, Place, Severity

_SIGNS = {"<=": "≤", ">=": "≥", "<": "＜", ">": "＞", "=": "＝"}
_FIELDS = frozenset({"id", "formula", "each", "facets", "severity", "unit", "label", "label_en", "zh", "en", "source", "traps", "note"})


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


def read_rules(entries: Sequence[Mapping[str, Any]], place: Place) -> tuple[RelationRule, ...]:
    """Read the relations of one file.

    Raises:
        TemplateError: an entry is incomplete, has an unknown field or a formula that cannot be read.
    """
    return tuple(_read_rule(entry, place) for entry in entries)


def _read_rule(entry: Mapping[str, Any], place: Place) -> RelationRule:
    name = str(entry.get("id", "?"))
    if unknown := set(entry) - _FIELDS:
        raise _broken(name, f"unknown field {', '.join(sorted(unknown))}", f"未知字段 {'、'.join(sorted(unknown))}", place)
    try:
        f.parse_relation(str(entry["formula"]))
        message = Localised(str(entry["en"]), str(entry["zh"]))
    except KeyError as error:
        raise _broken(name, f"{error.args[0]} is missing", f"缺少 {error.args[0]}", place) from error
    except f.FormulaError as error:
        raise _broken(name, f"formula cannot be read: {error}", f"公式无法识别：{error}", place) from error
    facets = entry.get("facets", ["本年"])
    return RelationRule(
        id=name,
        formula=str(entry["formula"]),
        message=message,
        each=str(entry.get("each", "")),
        facets=tuple("" if facet == "本年" else str(facet) for facet in facets),
        severity=Severity(entry.get("severity", "error")),
        unit=str(entry.get("unit", "")),
        label=str(entry.get("label", "")),
        label_en=str(entry.get("label_en", "")),
        source=str(entry.get("source", "")),
        traps=tuple(Trap(str(t["formula"]), Localised(str(t["en"]), str(t["zh"]))) for t in entry.get("traps", ())),
    )


def _broken(name: str, en: str, zh: str, place: Place) -> Exception:
    return TemplateError.because("bad-relation", Localised(f"relation {name}: {en}", f"勾稽关系 {name}：{zh}"), places=[place])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What applying the relations gave."""

    facts: Facts
    findings: tuple[Finding, ...]


def apply_rules(rules: Iterable[RelationRule], facts: Facts) -> Outcome:
    """Check and derive in the order of the rules; a rule may use what the ones before it derived."""
    findings: list[Finding] = []
    for rule in rules:
        for instance in _instances(rule, facts):
            for facet in rule.facets:
                derived, found = apply_relation(rule, instance, facet, facts)
                findings += found
                if derived is not None:
                    facts = facts.plus([derived])
    return Outcome(facts, tuple(findings))


def _instances(rule: RelationRule, facts: Facts) -> Iterator[f.Relation]:
    relation = f.parse_relation(rule.formula)
    if not rule.each:
        yield relation
        return
    seen = set()
    for captures in facts.captures(rule.each):
        marker = tuple(captures.items())
        if marker in seen or f.TOTAL in captures.values() or set(captures.values()) & set(FACETS):
            continue
        seen.add(marker)
        left, right = f.bind(relation.left, captures), f.bind(relation.right, captures)
        text = relation.text
        for name, value in captures.items():
            text = text.replace(f"{{{name}}}", value)
        yield f.Relation(left, relation.sign, right, text)


def apply_relation(
    rule: RelationRule, relation: f.Relation, facet: str, facts: Facts
) -> tuple[Fact | None, list[Finding]]:
    """Derive the left side where it is not given, compare it where it is; nothing where an input is not known."""
    left_key = relation.left.text if relation.left.kind == "key" else ""
    key = f"{left_key}.{facet}" if facet else left_key
    try:
        right = f.work_out(relation.right, facts, facet, without=left_key)
    except (f.Unknown, ZeroDivisionError):
        return None, []
    if not right.inputs and f.keys_of(relation.right):  # every part may be absent, and every part is
        return None, []
    try:
        left = f.work_out(relation.left, facts, facet)
    except f.Unknown:
        if relation.sign != "=" or not left_key:
            return None, []
        derived = _derive(rule, relation, key, right)
        return derived, _compare_stated(rule, relation, key, right, facts)
    except ZeroDivisionError:
        return None, []
    return None, _compare(rule, relation, left, right, facts, facet)


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
        origin=Derived(rule.id, relation.text, tuple(i.key for i in right.inputs)),
        slack=max(span.high - span.value, span.value - span.low),
    )


def _compare_stated(
    rule: RelationRule, relation: f.Relation, key: str, right: f.Worked, facts: Facts
) -> list[Finding]:
    stated = facts.get(f"{key}.{AS_STATED}")
    if stated is None:
        return []
    left = f.Worked(f.Interval.of(stated.value, f.half_width(stated)), (stated,))
    return _compare(rule, relation, left, right, facts, "")


def _compare(
    rule: RelationRule, relation: f.Relation, left: f.Worked, right: f.Worked, facts: Facts, facet: str
) -> list[Finding]:
    verdict = judge(relation.sign, left, right)
    if verdict is None:
        return []
    severity = Severity.NOTE if verdict == "rounding" else rule.severity
    if severity is not Severity.ERROR and verdict == "differs":
        severity = rule.severity
    inputs = _unique((*left.inputs, *right.inputs))
    unit = _unit_of(relation, left)
    hint = None if verdict == "rounding" else _hint(rule, relation, left, right, facts, facet)
    return [
        Finding(
            code=rule.id,
            severity=severity,
            message=_message(rule, relation, left, right, verdict),
            places=places_of(inputs, facts),
            hint=hint,
            found=show(left.interval.value, unit),
            expected=show(right.interval.value, unit),
            keys=tuple(i.key.removesuffix(f".{AS_STATED}") for i in inputs),
        )
    ]


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


def _message(rule: RelationRule, relation: f.Relation, left: f.Worked, right: f.Worked, verdict: str) -> Localised:
    unit = _unit_of(relation, left)
    values = {
        "rule": rule.message,
        "left": _side(left, unit),
        "right": _side(right, unit),
        "sign": _SIGNS[relation.sign],
        "difference": _difference(left.interval.value, right.interval.value, unit),
        "formula": relation.text,
    }
    if relation.sign != "=":
        return Localised("{rule} Found {left}, against {right}.", "{rule}填报{left}，对照数{right}。", values)
    tail_en, tail_zh = ("", "")
    if verdict == "rounding":
        tail_en, tail_zh = " This lies within rounding.", "属四舍五入的合理误差。"
    return Localised(
        "{rule} Stated {left}, worked out {right}, difference {difference}." + tail_en,
        "{rule}填报{left}，计算得{right}，相差{difference}。" + tail_zh,
        values,
    )


def _side(side: f.Worked, unit: str) -> str:
    text = show(side.interval.value, unit)
    if unit in (DATE, YEAR) or len(side.inputs) < 2:
        return text
    terms = "、".join(f"{i.label}{show(i.value, i.unit)}" for i in side.inputs[:8])
    return f"{text}（{terms}{'等' if len(side.inputs) > 8 else ''}）"


def _difference(a: Decimal, b: Decimal, unit: str) -> str:
    if unit == RATE:
        return f"{half_up(abs(a - b) * 100, 2)}个百分点"
    return show(abs(a - b), "" if unit in (DATE, YEAR) else unit)


def _hint(
    rule: RelationRule, relation: f.Relation, left: f.Worked, right: f.Worked, facts: Facts, facet: str
) -> Localised | None:
    for trap in rule.traps:
        try:
            worked = f.work_out(f.parse_formula(trap.formula), facts, facet, without=relation.left.text)
        except (f.Unknown, ZeroDivisionError):
            continue
        if judge("=", left, worked) != "differs":
            return trap.message
    if relation.sign != "=":
        return None
    return suspect(left, right, relation)


def _unit_of(relation: f.Relation, left: f.Worked) -> str:
    return YEAR if relation.left.kind == "call" and relation.left.text == "年" else _unit(left)


def _unit(side: f.Worked) -> str:
    return side.inputs[0].unit if side.inputs else ""


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


def relabel(facts: Facts, labels: Mapping[str, Mapping[str, str]]) -> Facts:
    """Give facts the names that reports use. Keys of `labels` are key patterns; the last that fits wins."""
    named = list(facts.values())
    for pattern, label in labels.items():
        fitting = {fact.key for fact in facts.match(pattern)}
        named = [
            replace(fact, label=label["zh"], label_en=label.get("en", fact.label_en)) if fact.key in fitting else fact
            for fact in named
        ]
    return Facts(named)


def pattern_key(*parts: str) -> str:
    """Join names into a key."""
    return ".".join(segment(part) for part in parts)
