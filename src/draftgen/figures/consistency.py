"""Checks that no formula holds: one measure with two values, targets that were missed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from draftgen.figures.facts import Fact, Facts
from draftgen.figures.numbers import show
from draftgen.findings import Finding, Localised, Severity

_TARGETS = ("工作.事项.*.成果.{名称}.目标", "绩效目标.项目.*.指标.{名称}.目标值")
_RESULTS = ("工作.事项.*.成果.{名称}.数量", "绩效目标.项目.*.指标.{名称}.实际值")
_UNNAMED = re.compile(r"\d+")


def check_consistency(facts: Facts) -> tuple[Finding, ...]:
    """Find measures that carry one name and two values, and targets that the results miss."""
    return (
        *_two_values(facts, _TARGETS, "target-contradicts", "target", "目标值"),
        *_two_values(facts, _RESULTS, "result-contradicts", "result", "实际数"),
        *_missed(facts),
    )


def by_name(facts: Facts, patterns: tuple[str, ...]) -> Mapping[str, tuple[Fact, ...]]:
    """Group the facts of `patterns` by the measure's name; measures without a name are left out."""
    groups: dict[str, list[Fact]] = {}
    for pattern in patterns:
        for captures in facts.captures(pattern):
            name = captures["名称"]
            if not _UNNAMED.fullmatch(name):
                groups.setdefault(name.split("#")[0], [])
    for name, found in groups.items():
        for pattern in patterns:
            for suffix in ("", "#*"):
                found += facts.match(pattern.replace("{名称}", name + suffix))
    return {name: tuple(found) for name, found in groups.items()}


def _two_values(facts: Facts, patterns: tuple[str, ...], code: str, en: str, zh: str) -> Iterator[Finding]:
    for name, found in by_name(facts, patterns).items():
        values = sorted({(fact.value, fact.unit) for fact in found})
        if len(values) < 2:
            continue
        shown = [show(value, unit) for value, unit in values]
        yield Finding(
            code=code,
            severity=Severity.ERROR,
            message=Localised(
                "{name}: the " + en + " is stated as {values}. One measure has one value.",
                "“{name}”的" + zh + "有{values}等不同说法，同一指标只能有一个数。",
                {"name": name, "values": "、".join(shown)},
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


def _missed(facts: Facts) -> Iterator[Finding]:
    for captures in facts.captures("绩效目标.项目.{项目}.指标.{指标}.完成率"):
        key = f"绩效目标.项目.{captures['项目']}.指标.{captures['指标']}"
        target, actual, rate = facts[f"{key}.目标值"], facts[f"{key}.实际值"], facts[f"{key}.完成率"]
        if rate.value >= 1:
            continue
        yield Finding(
            code="target-missed",
            severity=Severity.WARNING,
            message=Localised(
                "{name}: target {target}, result {actual}, completion {rate}. The text must not claim that all targets were reached.",
                "“{name}”目标{target}，实际{actual}，完成率{rate}，报告不应再称各项目标均已完成。",
                {
                    "name": captures["指标"],
                    "target": show(target.value, target.unit),
                    "actual": show(actual.value, actual.unit),
                    "rate": show(rate.value, "%"),
                },
            ),
            places=tuple(f.place for f in (target, actual) if f.place),
            hint=Localised("The draft raises it among the problems.", "草稿已将其列入存在的问题。"),
            found=show(actual.value, actual.unit),
            expected=show(target.value, target.unit),
            keys=(actual.key, target.key),
        )
