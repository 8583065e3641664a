"""Functional subjects (支出功能分类科目): lists of codes in which 类, 款 and 项 add up.

A list under a key that ends in ``.科目`` is completed and checked: the code of 3, 5 or 7 digits says what belongs to
what. Rows of a higher level that nobody gave are worked out, rows that are given are compared. Every item gets the
texts ``.级`` (类, 款, 项), ``.类`` and ``.款`` (the names above it), and each class the figure ``….类.{name}``.
Source: 政府收支分类科目; 部门决算公开 tables, 类 = Σ款, 款 = Σ项.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from draftgen.figures.facts import Derived, Fact, Facts, GrowingFacts, Locate, segment
from draftgen.figures.formula import Node, Relation
from draftgen.figures.relations import RelationRule, apply_relation
from draftgen.figures.texts import GivenText, Texts
from draftgen.findings import Finding, Localised, Severity

LIST = ".科目"
LEVELS = MappingProxyType({3: "类", 5: "款", 7: "项"})
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_SUM_ROWS = ("合计", "总计", "小计")
_MAIN = ("支出", "合计")
_RULE = RelationRule(
    "subject-total",
    "",
    Localised(
        "A subject should be the sum of the subjects below it.",
        "上级科目应等于所属下级科目之和（类等于各款之和，款等于各项之和）。",
    ),
    source="部门决算公开表：类 = Σ款，款 = Σ项",
)


@dataclass(frozen=True, slots=True)
class Completed:
    """The texts and facts with what the codes say, and what does not agree."""

    texts: Texts
    facts: Facts
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Subjects:
    """One list: the item's key by code, the name by code. ``key`` is the list's key."""

    key: str
    items: Mapping[str, str]
    names: Mapping[str, str]


def complete_subjects(texts: Texts, facts: Facts, catalogue: Mapping[str, str], locate: Locate) -> Completed:
    """Complete and check every list of subjects. `catalogue` names codes that the data file leaves without a row."""
    findings: list[Finding] = []
    for key in [k for k in texts.items if k.endswith(LIST)]:
        findings += _bad_codes(key, texts, locate)
        subjects = _read(key, texts, catalogue)
        if subjects is None:
            continue
        facts, found = _totals(subjects, facts)
        findings += found
        texts = _named(subjects, texts)
        facts = _by_class(subjects, _labelled(subjects, facts))
    return Completed(texts, facts, tuple(findings))


def _bad_codes(key: str, texts: Texts, locate: Locate) -> Iterator[Finding]:
    seen: set[str] = set()
    for item in texts.items[key]:
        code = texts.get(f"{item}.编码")
        if code and _CODE.fullmatch(code) and code not in seen:
            seen.add(code)
            continue
        twice = code in seen
        yield Finding(
            code="duplicate-code" if twice else "bad-code",
            severity=Severity.ERROR,
            message=Localised(
                "{key}: the code {code} stands twice." if twice else "{key}: {code} is no code of 3, 5 or 7 digits.",
                "{key}：科目编码“{code}”重复。" if twice else "{key}：“{code}”不是3位、5位或7位的科目编码。",
                {"key": key, "code": code},
            ),
            places=(locate(texts.one[f"{item}.编码"].path),) if code else (),
            hint=_advice(code, twice=twice),
            found=code,
        )


def _advice(code: str, *, twice: bool) -> Localised:
    if twice:
        return Localised("Keep one row for each code.", "每个科目只保留一行。")
    if code in _SUM_ROWS:
        return Localised(
            "Leave the row of the sum out here: its figures stand with those of the whole.",
            "这里只填各科目，不填合计行；合计数填在总数一项。",
        )
    return Localised("Write 类 with 3 digits, 款 with 5, 项 with 7.", "类级写3位，款级写5位，项级写7位。")


def _read(key: str, texts: Texts, catalogue: Mapping[str, str]) -> _Subjects | None:
    """Read one list with the levels above its codes; None where a code cannot be read."""
    items, names = {}, {}
    for item in texts.items[key]:
        code = texts.get(f"{item}.编码")
        if not _CODE.fullmatch(code) or code in items:
            return None
        items[code], names[code] = item, texts.get(f"{item}.科目名称")
    for code in tuple(items):
        for above in (code[:3], code[:5]):
            items.setdefault(above, f"{key}.{above}")
            names.setdefault(above, catalogue.get(above, ""))
    ordered = dict(sorted(items.items()))
    return _Subjects(key, MappingProxyType(ordered), MappingProxyType(names))


def _totals(subjects: _Subjects, facts: Facts) -> tuple[Facts, list[Finding]]:
    """Add up from the lowest level: work out the rows above, compare those that are given."""
    findings: list[Finding] = []
    known = GrowingFacts(facts)
    measures = _measures(subjects, facts)
    children: dict[str, list[str]] = {}
    for code in subjects.items:
        children.setdefault(code[:-2] if len(code) > 3 else "", []).append(code)
    for code in sorted(subjects.items, key=len, reverse=True):
        below = children.get(code, [])
        for measure in list(measures[below[0]]) if below else ():
            if not all(measure in measures[child] for child in below):
                continue  # what one of them lacks is not known of their sum
            keys = [f"{subjects.items[child]}{measure}" for child in below]
            derived, found = _sum(f"{subjects.items[code]}{measure}", keys, subjects.names[code] or code, known)
            if derived is not None:
                known.add(derived)
                measures[code].setdefault(measure)
            findings += found
    return known.done(), findings


def _measures(subjects: _Subjects, facts: Facts) -> dict[str, dict[str, None]]:
    """What is known of each row, as the ends of the keys, in order."""
    found: dict[str, dict[str, None]] = {code: {} for code in subjects.items}
    start = f"{subjects.key}."
    for key in facts:
        if key.startswith(start):
            code, dot, measure = key.removeprefix(start).partition(".")
            if dot and code in found:
                found[code].setdefault(f".{measure}")
    return found


def _sum(key: str, keys: list[str], name: str, facts: Facts) -> tuple[Fact | None, list[Finding]]:
    right = Node("key", keys[0])
    for other in keys[1:]:
        right = Node("+", parts=(right, Node("key", other)))
    relation = Relation(Node("key", key), "=", right, f"{key} = {' + '.join(keys)}")
    rule = replace(_RULE, label=name, unit=facts[keys[0]].unit)
    return apply_relation(rule, relation, "", facts, Localised(name, name))


def _named(subjects: _Subjects, texts: Texts) -> Texts:
    """Add the names of the levels, and the rows that were worked out, to the texts."""
    one, items = dict(texts.one), dict(texts.items)
    for code, item in subjects.items.items():
        said = {
            "编码": code,
            "科目名称": subjects.names[code],
            "级": LEVELS[len(code)],
            "类": subjects.names[code[:3]],
            "款": subjects.names[code[:5]] if len(code) > 3 else "",
        }
        for field, text in said.items():
            if text:
                one.setdefault(f"{item}.{field}", GivenText(f"{item}.{field}", text, subjects.key))
    items[subjects.key] = tuple(subjects.items.values())
    return replace(texts, one=MappingProxyType(one), items=MappingProxyType(items))


def _labelled(subjects: _Subjects, facts: Facts) -> Facts:
    """Call the main figure of a row by the subject's name."""
    table = dict(facts)
    for code, item in subjects.items.items():
        for main in _MAIN:
            fact = table.get(f"{item}.{main}")
            if fact is not None and subjects.names[code]:
                table[fact.key] = replace(fact, label=subjects.names[code], label_en=subjects.names[code])
    return Facts(table.values())


def _by_class(subjects: _Subjects, facts: Facts) -> Facts:
    """Give the figures of each class a key of its own, the main one bare: ``一般公共预算.类.教育支出``."""
    base, made = subjects.key.removesuffix(LIST), []
    for code, measures in _measures(subjects, facts).items():
        name = subjects.names[code]
        for measure in measures if len(code) == 3 and name else ():
            fact = facts[f"{subjects.items[code]}{measure}"]
            key = f"{base}.类.{segment(name)}{_bare(measure)}"
            origin = Derived("subject-class", f"{name}（{code}）", (fact.key,))
            made.append(replace(fact, key=key, origin=origin, label=name, label_en=name, places=None))
    return facts.plus(made)


def _bare(measure: str) -> str:
    """What stands behind the name of a class: nothing for its main figure, else the measure."""
    main = next((m for m in _MAIN if measure == f".{m}" or measure.startswith(f".{m}.")), "")
    return measure.removeprefix(f".{main}") if main else measure
