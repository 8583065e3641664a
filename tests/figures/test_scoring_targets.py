"""Laws of the rules that hold a result against its own target."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draftgen.figures.quantities import half_up
from draftgen.figures.scoring_base import Answers
from draftgen.figures.scoring_targets import AtLeast, AtMost, Attained, Execution

WEIGHT = Decimal(10)
numbers = st.decimals(min_value=-1000, max_value=100000, places=2)
positive = st.decimals(min_value=Decimal("0.01"), max_value=100000, places=2)
weights = st.decimals(min_value=Decimal("0.5"), max_value=50, places=1)


def score(rule: AtLeast | AtMost | Execution | Attained, actual: str, weight: Decimal = WEIGHT) -> Decimal | None:
    worked = rule.work(weight, Answers(actual=Decimal(actual)))
    return None if worked is None else half_up(worked.score, 2)


@given(numbers, numbers, weights, st.booleans(), st.booleans())
def test_a_score_lies_between_nothing_and_its_full_mark(
    target: Decimal, actual: Decimal, weight: Decimal, ratio: bool, exact: bool
) -> None:
    for rule in (AtLeast(target, exact), AtMost(target, ratio)):
        worked = rule.work(weight, Answers(actual=actual))
        assert (worked is None) == (target < 0)
        if worked is not None:
            assert 0 <= worked.score <= weight


@given(positive, positive, weights)
def test_a_target_that_is_met_gives_the_full_mark_and_one_that_is_missed_does_not(
    target: Decimal, actual: Decimal, weight: Decimal
) -> None:
    forward, reverse = (r.work(weight, Answers(actual=actual)) for r in (AtLeast(target), AtMost(target)))
    assert forward is not None
    assert reverse is not None
    assert (forward.score == weight) == (actual >= target)
    assert (reverse.score == weight) == (actual <= target)


@given(positive, positive, positive, weights)
def test_more_of_a_forward_result_never_costs_and_more_of_a_reverse_one_never_pays(
    target: Decimal, a: Decimal, b: Decimal, weight: Decimal
) -> None:
    low, high = sorted((a, b))
    for rule, sign in ((AtLeast(target), 1), (AtMost(target), -1), (AtMost(target, ratio=True), -1)):
        less, more = (rule.work(weight, Answers(actual=x)) for x in (low, high))
        assert less is not None
        assert more is not None
        assert sign * (more.score - less.score) >= 0


@given(positive, weights)
def test_a_reverse_result_of_twice_its_target_is_worth_nothing(target: Decimal, weight: Decimal) -> None:
    worked = AtMost(target).work(weight, Answers(actual=2 * target))
    assert worked is not None
    assert worked.score == 0


@given(st.decimals(min_value=0, max_value=3, places=4), weights)
def test_the_execution_rate_counts_in_proportion_and_no_more_than_its_full_mark(rate: Decimal, weight: Decimal) -> None:
    worked = Execution().work(weight, Answers(rate=rate))
    assert worked is not None
    assert worked.score == min(weight, weight * rate)


@pytest.mark.parametrize(
    ("rule", "actual", "expected"),
    [
        (AtLeast(Decimal(500)), "456", "9.12"),
        (AtLeast(Decimal(500)), "-3", "0.00"),  # a negative result counts as nothing
        (AtLeast(Decimal(3)), "1", "3.33"),
        (AtLeast(Decimal(0), exact=True), "0", "10.00"),
        (AtLeast(Decimal(0), exact=True), "1", "0.00"),
        (AtMost(Decimal(800)), "840", "9.50"),
        (AtMost(Decimal(800), ratio=True), "1000", "8.00"),
        (AtMost(Decimal(0)), "0", "10.00"),
        (AtMost(Decimal(0)), "1", "0.00"),
        (AtMost(Decimal(0), ratio=True), "1", "0.00"),
        (AtMost(Decimal(5)), "-2", "10.00"),
    ],
)
def test_scores_come_out_as_the_scheme_says(rule: AtLeast | AtMost, actual: str, expected: str) -> None:
    assert score(rule, actual) == Decimal(expected)


def test_nothing_is_worked_out_from_a_negative_target_or_without_a_result() -> None:
    assert AtLeast(Decimal(-5)).work(WEIGHT, Answers(actual=Decimal(-10))) is None
    assert AtLeast(Decimal(5)).work(WEIGHT, Answers()) is None
    assert Execution().work(WEIGHT, Answers()) is None


def test_a_qualitative_score_belongs_to_one_level_only() -> None:
    reached, partly = Attained(Decimal("0.8"), Decimal(1)), Attained(Decimal("0.6"), Decimal("0.8"), open_above=True)
    assert reached.admits(Decimal(8), WEIGHT)
    assert not partly.admits(Decimal(8), WEIGHT)
    assert partly.admits(Decimal("7.99"), WEIGHT)
    assert reached.work(WEIGHT, Answers()) is None  # people decide, never a default
