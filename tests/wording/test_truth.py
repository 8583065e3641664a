"""No phrase fires where it is not true, and every point of the grid has one."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draftgen.figures.changes import ChangeCase, ExecutionCase, change_case, derive_changes, execution_case
from draftgen.figures.facts import Facts
from draftgen.figures.quantities import half_up
from draftgen.planning.messages import Ask, Message, Role
from tests.desk import KINDS, Desk, bank, fact, said

AMOUNTS = st.decimals(
    min_value=Decimal(-500), max_value=Decimal(99999), places=2, allow_nan=False, allow_infinity=False
)
GRID = [Decimal(t) for t in ("-3.20", "-0.01", "0", "0.01", "0.59", "100.00", "100.01", "104.99", "150.00", "98765.43")]
SEEDS = range(6)
each_kind = pytest.mark.parametrize("kind", KINDS)


def facts_of(this: Decimal, last: Decimal, unit: str = "万元") -> Facts:
    given_facts = Facts([fact("会议费", this, unit), fact("会议费.上年", last, unit)])
    return derive_changes(given_facts, frozenset()).facts


def change_message(this: Decimal, last: Decimal, unit: str = "万元") -> Message:
    facts = facts_of(this, last, unit)
    measure = "money" if unit == "万元" else "count"
    case = change_case(this, last)
    if case in (ChangeCase.LEVEL, ChangeCase.NONE):
        level = "equal" if case is ChangeCase.LEVEL else "none"
        roles: dict[str, Role] = {"amount": facts["会议费"]}
        features = {"measure": measure, "against": "last"}
        return Message("level", "t", "会议费", level, roles, {"item": "会议费"}, features)
    roles = {"amount": facts["会议费"], "last": facts["会议费.上年"], "change": facts["会议费.增减额"]}
    if "会议费.增减率" in facts and measure == "money":
        roles["rate"] = facts["会议费.增减率"]
    return Message("change", "t", "会议费", case.value, roles, {"item": "会议费"}, {"measure": measure})


def assert_true_of(text: str, this: Decimal, last: Decimal) -> None:
    """Check what a sentence claims against the two figures."""
    change = this - last
    if change > 0:
        assert not re.search("减少|下降|降幅|降至|减至|持平(?<!基本持平)", text), text
    if change < 0:
        assert not re.search("增加|增长|增幅|升至|增至|持平(?<!基本持平)", text), text
    if change != 0:
        assert re.search("增加|减少", text), text
        assert f"{half_up(abs(change), 2):f}万元" in text, text
    if change == 0:
        assert "%" not in text, text
        assert not re.search("增加|减少|增长|下降", text), text
    if last <= 0 or this < 0:
        assert "%" not in text, f"a rate without a base: {text}"
    elif change != 0 and half_up(change / last * 100, 2) != 0:
        assert f"{half_up(abs(change) / last * 100, 2):f}%" in text, text
        assert "基本持平" not in text, text
    assert not re.search(r"(?<!\d)0\.00%", text), text
    assert "-" not in text or this < 0 or last < 0, text


@each_kind
@pytest.mark.parametrize(("this", "last"), list(itertools.product(GRID, GRID)))
def test_every_point_of_the_grid_has_a_true_sentence(this: Decimal, last: Decimal, kind: str) -> None:
    for seed in SEEDS:
        assert_true_of(said(change_message(this, last), Desk(seed, phrasebank=bank(kind))), this, last)


@settings(max_examples=300, deadline=None)
@given(this=AMOUNTS, last=AMOUNTS, seed=st.integers(0, 50), kind=st.sampled_from(KINDS))
def test_a_rise_is_never_printed_as_a_fall(this: Decimal, last: Decimal, seed: int, kind: str) -> None:
    assert_true_of(said(change_message(this, last), Desk(seed, phrasebank=bank(kind))), this, last)


@settings(max_examples=100, deadline=None)
@given(this=st.integers(0, 500), last=st.integers(0, 500), seed=st.integers(0, 20), kind=st.sampled_from(KINDS))
def test_counts_are_never_given_a_rate(this: int, last: int, seed: int, kind: str) -> None:
    text = said(change_message(Decimal(this), Decimal(last), "人"), Desk(seed, phrasebank=bank(kind)))
    assert "%" not in text
    if this != last:
        assert f"{abs(this - last)}人" in text
        assert ("增加" in text) == (this > last), text


def execution_message(actual: Decimal, budget: Decimal) -> Message | None:
    case = execution_case(actual, budget)
    if case is ExecutionCase.NONE:
        return None
    known = Facts([fact("会议费", actual), fact("会议费.全年预算", budget)])
    facts = derive_changes(known, frozenset()).facts
    roles: dict[str, Role] = {"amount": facts["会议费"], "budget": facts["会议费.全年预算"]}
    for role, key in (("rate", "会议费.全年预算执行率"), ("difference", "会议费.全年预算差额")):
        if key in facts:
            roles[role] = facts[key]
    return Message("execution", "t", "会议费", case.value, roles, {"item": "会议费", "base": "全年预算"})


@pytest.mark.parametrize(("actual", "budget"), list(itertools.product(GRID, GRID)))
def test_execution_is_true_at_every_point(actual: Decimal, budget: Decimal) -> None:
    message = execution_message(actual, budget)
    if message is None:
        return
    for seed in SEEDS:
        text = said(message, Desk(seed))
        if budget <= 0 or actual < 0:
            assert "%" not in text, f"a rate without a base: {text}"
        elif actual not in (0, budget):
            assert f"{half_up(actual / budget * 100, 2):f}%" in text, text
        if actual > budget:
            assert not re.search("低于|小于|节约|结余|少于", text), text
        if actual < budget:
            assert not re.search("超出|大于|高于|超过|多于", text), text


def test_a_missing_reason_is_asked_for_and_never_invented() -> None:
    message = change_message(Decimal("24.59"), Decimal("19.87"))
    ask = Ask("会议费增加的主要原因", "reason", "会议费.原因", "reason-required", "up", "会议费")
    text = said(
        Message(
            message.type, message.site, message.about, message.case, message.facts, message.names, message.features, ask
        )
    )
    assert "【请填写：会议费增加的主要原因】" in text


def test_degrees_cover_the_line_without_overlap() -> None:
    bands = sorted(bank().degrees, key=lambda b: b.low)
    assert bands[0].low == 0
    for lower, upper in itertools.pairwise(bands):
        assert lower.high == upper.low, "a hole or an overlap between degrees"
    assert bands[-1].high is None


def test_a_marked_degree_has_words_for_both_directions() -> None:
    for band in bank().degrees:
        assert bool(band.up and band.down) == band.marked
