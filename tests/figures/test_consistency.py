"""One measure, one value; and targets that the results miss."""

from __future__ import annotations

from decimal import Decimal

import pytest

from draftgen.figures.consistency import by_name, check_consistency
from draftgen.figures.facts import Fact, Facts, Given
from draftgen.findings import Finding, Place, Severity

RESULT, TARGET = "工作.事项.{}.成果.{}.数量", "工作.事项.{}.成果.{}.目标"
ACTUAL, GOAL = "绩效目标.项目.{}.指标.{}.实际值", "绩效目标.项目.{}.指标.{}.目标值"


def fact(key: str, value: str, line: int, unit: str = "期", sense: str = "") -> Fact:
    origin = Given(Place("a.yaml", line, key), value)
    return Fact(key, Decimal(value), unit, key.split(".")[-1], 2020, origin, 0, sense=sense)


def found(*facts: Fact) -> tuple[Finding, ...]:
    return check_consistency(Facts(facts))


def test_one_measure_with_two_results_is_an_error_with_both_lines() -> None:
    (finding,) = found(fact(RESULT.format("督查", "议题"), "474", 3), fact(RESULT.format("协调", "议题"), "421", 7))
    assert (finding.code, finding.severity) == ("result-contradicts", Severity.ERROR)
    assert (finding.found, finding.expected) == ("421期", "474期")
    assert [place.line for place in finding.places] == [3, 7]
    assert "421期、474期" in finding.message.render("zh")
    assert "相差53期" in finding.message.render("zh")
    assert "421期 and 474期" in finding.message.render("en")


def test_a_target_in_the_work_table_contradicts_one_among_the_goals() -> None:
    (finding,) = found(fact(TARGET.format("信息", "采用数"), "80", 3), fact(GOAL.format("经费", "采用数"), "100", 9))
    assert (finding.code, [place.line for place in finding.places]) == ("target-contradicts", [3, 9])


def test_one_value_in_two_places_and_two_names_are_fine() -> None:
    same = (fact(RESULT.format("督查", "议题"), "421", 3), fact(ACTUAL.format("经费", "议题"), "421", 7))
    assert found(*same, fact(RESULT.format("督查", "会议"), "43", 8)) == ()


def test_measures_without_a_name_are_never_compared() -> None:
    assert found(fact(RESULT.format("督查", "1"), "66", 3), fact(RESULT.format("协调", "1"), "43", 7)) == ()


def test_a_name_that_stands_twice_in_one_list_is_still_one_measure() -> None:
    facts = Facts([fact(RESULT.format("督查", "议题"), "474", 3), fact(RESULT.format("督查", "议题#2"), "421", 5)])
    assert list(by_name(facts, ("工作.事项.*.成果.{名称}.数量",))) == ["议题"]
    assert [finding.code for finding in check_consistency(facts)] == ["result-contradicts"]


@pytest.mark.parametrize(
    ("sense", "target", "actual", "missed"),
    [
        ("", "26", "22", True),
        ("", "26", "26", False),
        ("≥", "26", "25", True),
        ("≥", "26", "30", False),
        ("≤", "3", "2", False),
        ("≤", "3", "4", True),
        ("=", "2", "2", False),
        ("=", "2", "3", True),
        ("=", "2", "1", True),
        (">", "5", "5", True),
        (">", "5", "6", False),
        ("<", "5", "5", True),
        ("<", "5", "4", False),
    ],
)
@pytest.mark.parametrize(("goal", "result"), [(GOAL, ACTUAL), (TARGET, RESULT)])
def test_a_target_is_missed_in_its_own_sense(
    goal: str, result: str, sense: str, target: str, actual: str, missed: bool
) -> None:
    findings = found(fact(goal.format("甲", "乙"), target, 4, sense=sense), fact(result.format("甲", "乙"), actual, 5))
    expected = [("target-missed", Severity.WARNING)] if missed else []
    assert [(finding.code, finding.severity) for finding in findings] == expected
    for finding in findings:
        assert [place.line for place in finding.places] == [4, 5]
        assert (finding.found, finding.expected) == (f"{actual}期", f"{target}期")


def test_a_missed_target_shows_both_sides_and_the_rate_of_completion() -> None:
    (finding,) = found(fact(GOAL.format("经费", "期数"), "26", 4), fact(ACTUAL.format("经费", "期数"), "22", 5))
    assert "目标26期，实际22期，相差4期，完成率84.62%" in finding.message.render("zh")
    assert "target 26期, result 22期, difference 4期, completion 84.62%" in finding.message.render("en")


def test_a_measure_missed_in_two_places_is_reported_once_with_all_lines() -> None:
    (finding,) = found(
        fact(RESULT.format("信息", "期数"), "22", 1),
        fact(TARGET.format("信息", "期数"), "26", 2),
        fact(GOAL.format("经费", "期数"), "26", 3),
        fact(ACTUAL.format("经费", "期数"), "22", 4),
    )
    assert [place.line for place in finding.places] == [3, 4, 2, 1]


def test_a_target_of_nothing_gives_no_rate_and_no_crash() -> None:
    (finding,) = found(fact(GOAL.format("经费", "事故"), "0", 3), fact(ACTUAL.format("经费", "事故"), "-1", 4))
    assert "完成率" not in finding.message.render("zh")


def test_a_count_without_a_name_is_told_by_its_item_of_work() -> None:
    (finding,) = found(fact(TARGET.format("值班", "1"), "100", 3), fact(RESULT.format("值班", "1"), "98", 4))
    assert "值班" in finding.message.render("zh")
