"""Checks that no formula holds: one measure with two values, targets that were missed."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from draftgen.figures.changes import CHANGE, CHANGE_RATE
from draftgen.figures.facts import AS_STATED, Derived, Fact, Facts
from draftgen.figures.numbers import difference, label_of, show
from draftgen.figures.quantities import ITEM, RATE
from draftgen.findings import Finding, Localised, Severity

_TARGETS = ("工作.事项.*.成果.{名称}.目标", "绩效目标.项目.*.指标.{名称}.目标值")
_RESULTS = ("工作.事项.*.成果.{名称}.数量", "绩效目标.项目.*.指标.{名称}.实际值")
_PROJECTS = "绩效目标.项目."
_UNNAMED = re.compile(r"\d+")


def check_consistency(facts: Facts) -> tuple[Finding, ...]:
    """Find measures that carry one name and two values, and targets that the results miss."""
    return (
        *_two_values(facts, _TARGETS, "target-contradicts", "target", "目标值"),
        *_two_values(facts, _RESULTS, "result-contradicts", "result", "实际数"),
        *_missed(facts),
        *_without_base(facts),
    )


def _without_base(facts: Facts) -> Iterator[Finding]:
    """Find stated changes without last year's figure: nothing can be compared, and nothing of it is printed."""
    for fact in facts.values():
        key, _, last = fact.key.removesuffix(f".{AS_STATED}").rpartition(".")
        if fact.key.endswith(AS_STATED) and last in (CHANGE, CHANGE_RATE) and f"{key}.上年" not in facts:
            label = label_of(facts[key]) if key in facts else fact.label
            yield Finding(
                code="base-missing",
                severity=Severity.WARNING,
                message=Localised(
                    "{label}: a change is stated, but last year's figure is not. The draft says nothing of the change.",
                    "{label}：填写了增减情况，没有填写上年数，草稿不写增减。",
                    {"label": label},
                ),
                places=(fact.place,) if fact.place else (),
                hint=Localised("Fill in 上年.", "请补填“上年”。"),
                keys=(key,),
            )


def by_name(facts: Facts, patterns: tuple[str, ...]) -> Mapping[str, tuple[Fact, ...]]:
    """Group the facts of `patterns` by the measure's name; measures without a name are left out."""
    groups: dict[str, list[Fact]] = {}
    for pattern in patterns:
        for fact, captures in facts.find(pattern):
            name = captures["名称"].partition("#")[0]  # what stands behind # only tells two of one name apart
            if not _UNNAMED.fullmatch(name):
                groups.setdefault(name, []).append(fact)
    return {name: tuple(found) for name, found in groups.items()}


def _of_one_project(name: str, found: tuple[Fact, ...]) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Part the facts by project: indicators of two projects may share a name, not what they measure."""
    work = tuple(fact for fact in found if not fact.key.startswith(_PROJECTS))
    projects = dict.fromkeys(fact.key.removeprefix(_PROJECTS).partition(".")[0] for fact in found if fact not in work)
    for project in projects:
        yield name, (*work, *(fact for fact in found if fact.key.startswith(f"{_PROJECTS}{project}.")))
    if not projects:
        yield name, work


def _two_values(facts: Facts, patterns: tuple[str, ...], code: str, en: str, zh: str) -> Iterator[Finding]:
    for name, found in (group for named in by_name(facts, patterns).items() for group in _of_one_project(*named)):
        values = sorted({(fact.value, fact.unit) for fact in found})
        if len(values) < 2:
            continue
        shown = [show(value, unit) for value, unit in values]
        yield Finding(
            code=code,
            severity=Severity.ERROR,
            message=Localised(
                "{name}: the " + en + " is stated as {values}, difference {difference}. One measure has one value.",
                "“{name}”的" + zh + "有{values}等不同说法，相差{difference}，同一指标只能有一个数。",
                {
                    "name": name,
                    "values": Localised(" and ".join(shown), "、".join(shown)),
                    "difference": difference(values[0][0], values[-1][0], values[0][1]),
                },
            ),
            places=tuple(fact.place for fact in found if fact.place),
            hint=Localised(
                "Keep the right value in both places; if they are two measures, give them two names.",
                "请核实后在各处填写同一个数；如确为不同指标，请分别命名。",
            ),
            found=shown[0],
            expected=shown[-1],
            keys=tuple(fact.key for fact in found),
        )


_MEASURES = (
    ("绩效目标.项目.{项目}.指标.{名称}.目标值", "实际值"),
    ("工作.事项.{事项}.成果.{名称}.目标", "数量"),
)
_MISSES: Mapping[str, Callable[[Decimal, Decimal], bool]] = MappingProxyType(
    {"≥": operator.lt, "≤": operator.gt, "=": operator.ne, ">": operator.le, "<": operator.ge}
)


def missed_targets(facts: Facts) -> list[Fact]:
    """Mark every project indicator that misses its target: ``绩效目标.项目.….指标.….未达标``."""
    marks = []
    for target, _ in facts.find(_MEASURES[0][0]):
        key = target.key.rpartition(".")[0]
        actual = facts.get(f"{key}.实际值")
        if actual is not None and _MISSES[target.sense or "≥"](actual.value, target.value):
            origin = Derived("target-missed", f"实际值 未达到 目标值{target.sense or '≥'}", (actual.key, target.key))
            marks.append(Fact(f"{key}.未达标", Decimal(1), ITEM, "未达标", target.year, origin))
    return marks


def _missed(facts: Facts) -> Iterator[Finding]:
    """Find targets that the result misses; a measure that stands in several places is reported once."""
    missed: dict[str, list[tuple[Fact, Fact]]] = {}
    for pattern, result in _MEASURES:
        for target, captures in facts.find(pattern):
            actual = facts.get(f"{target.key.rpartition('.')[0]}.{result}")
            if actual is not None and _MISSES[target.sense or "≥"](actual.value, target.value):
                missed.setdefault(_measure_name(captures), []).append((target, actual))
    for name, pairs in missed.items():
        target, actual = pairs[0]
        yield Finding(
            code="target-missed",
            severity=Severity.WARNING,
            message=Localised(
                "{name}: target {target}, result {actual}, difference {difference}{rate}. "
                "The text must not claim that all targets were reached.",
                "“{name}”目标{target}，实际{actual}，相差{difference}{rate}，报告不应再称各项目标均已完成。",
                {
                    "name": name,
                    "target": show(target.value, target.unit),
                    "actual": show(actual.value, actual.unit),
                    "difference": difference(actual.value, target.value, target.unit),
                    "rate": _completion(actual, target),
                },
            ),
            places=tuple(dict.fromkeys(f.place for pair in pairs for f in pair if f.place)),
            hint=Localised("The draft raises it among the problems.", "草稿已将其列入存在的问题。"),
            found=show(actual.value, actual.unit),
            expected=show(target.value, target.unit),
            keys=(actual.key, target.key),
        )


def _measure_name(captures: Mapping[str, str]) -> str:
    name = captures["名称"].partition("#")[0]
    return f"{captures['事项']} {name}" if _UNNAMED.fullmatch(name) and "事项" in captures else name


def _completion(actual: Fact, target: Fact) -> Localised:
    if target.value <= 0 or target.sense in ("≤", "<", "="):
        return Localised("", "")
    rate = show(actual.value / target.value, RATE)
    return Localised(f", completion {rate}", f"，完成率{rate}")
