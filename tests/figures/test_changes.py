"""Change and execution: the case that decides the words, and rates that exist only on a positive base."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draftgen.figures.changes import (
    ChangeCase,
    ExecutionCase,
    change_case,
    compared_with,
    derive_changes,
    execution_case,
    stated_execution,
)
from draftgen.figures.facts import Fact, Facts, Given
from draftgen.figures.labels import relabel
from draftgen.figures.quantities import half_up
from draftgen.figures.relations import Outcome
from draftgen.findings import Place, Severity

NONE: frozenset[str] = frozenset()
AMOUNTS = st.integers(-(10**6), 10**6).map(lambda n: Decimal(n).scaleb(-2))
SIGNS = ("-5", "-3", "0", "3", "5")


def fact(key: str, value: str, unit: str = "万元", line: int = 1) -> Fact:
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    worth = number / 100 if unit == "%" else number
    return Fact(key, worth, unit, key.split(".")[0], 2020, Given(Place("a.yaml", line, key), value), places)


def compared(unit: str = "万元", **values: str) -> Outcome:
    """Derive the changes of 培训费: `this` against `last` or a budget, with what is stated."""
    names = {
        "this": "培训费",
        "last": "培训费.上年",
        "initial": "培训费.年初预算",
        "full": "培训费.全年预算",
        "change": "培训费.增减额.填报",
        "rate": "培训费.增减率.填报",
        "execution": "培训费.执行率.填报",
    }
    facts = Facts(
        fact(names[name], value, "%" if name in ("rate", "execution") else unit, line)
        for line, (name, value) in enumerate(values.items(), 1)
    )
    return derive_changes(stated_execution(relabel(facts, {})), NONE)


@pytest.mark.parametrize(
    ("this", "last", "case"),
    [
        ("0", "0", ChangeCase.NONE),
        ("3", "0", ChangeCase.NEW),
        ("0", "3", ChangeCase.GONE),
        ("3", "3", ChangeCase.LEVEL),
        ("3", "-3", ChangeCase.BELOW_ZERO),
        ("-3", "3", ChangeCase.BELOW_ZERO),
        ("-3", "0", ChangeCase.BELOW_ZERO),
        ("-3", "-3", ChangeCase.LEVEL),
        ("100000.01", "100000.00", ChangeCase.NEARLY),
        ("99999.99", "100000.00", ChangeCase.NEARLY),
        ("100005.00", "100000.00", ChangeCase.UP),
        ("1.08", "68.63", ChangeCase.DOWN),
    ],
)
def test_every_special_case_of_a_change_has_its_own_name(this: str, last: str, case: ChangeCase) -> None:
    assert change_case(Decimal(this), Decimal(last)) is case


@pytest.mark.parametrize(("this", "last"), list(product(SIGNS, SIGNS)))
def test_the_case_of_a_change_is_settled_for_every_sign(this: str, last: str) -> None:
    a, b = Decimal(this), Decimal(last)
    case = change_case(a, b)
    if a == b:
        assert case is (ChangeCase.NONE if a == 0 else ChangeCase.LEVEL)
    elif a < 0 or b < 0:
        assert case is ChangeCase.BELOW_ZERO
    elif b == 0:
        assert case is ChangeCase.NEW
    elif a == 0:
        assert case is ChangeCase.GONE
    else:
        assert case is (ChangeCase.UP if a > b else ChangeCase.DOWN)


@pytest.mark.parametrize(("actual", "budget"), list(product(SIGNS, SIGNS)))
def test_the_case_of_an_execution_is_settled_for_every_sign(actual: str, budget: str) -> None:
    a, b = Decimal(actual), Decimal(budget)
    case = execution_case(a, b)
    if a == b:
        assert case is (ExecutionCase.NONE if a == 0 else ExecutionCase.EQUAL)
    elif a < 0 or b < 0:
        assert case is ExecutionCase.BELOW_ZERO
    elif b == 0:
        assert case is ExecutionCase.UNBUDGETED
    elif a == 0:
        assert case is ExecutionCase.UNSPENT
    else:
        assert case is (ExecutionCase.OVER if a > b else ExecutionCase.UNDER)


@given(AMOUNTS, AMOUNTS, st.integers(0, 4))
def test_a_change_with_a_direction_prints_a_rate_that_is_not_nothing(this: Decimal, last: Decimal, places: int) -> None:
    case = change_case(this, last, places)
    if case in (ChangeCase.UP, ChangeCase.DOWN):
        rate = half_up((this - last) / last * 100, places)
        assert rate > 0 if case is ChangeCase.UP else rate < 0
    if case is ChangeCase.NEARLY:
        assert this != last
        assert half_up((this - last) / last * 100, places) == 0


@given(AMOUNTS, AMOUNTS)
def test_the_change_is_this_year_less_last_year(this: Decimal, last: Decimal) -> None:
    facts = compared(this=str(this), last=str(last)).facts
    assert facts["培训费.增减额"].value == this - last
    assert ("培训费.增减率" in facts) is (this >= 0 and last > 0 and last > Decimal("0.005"))


@given(AMOUNTS, st.integers(-(10**6), 0).map(lambda n: Decimal(n).scaleb(-2)))
def test_no_rate_is_derived_on_a_base_of_nothing_or_less(this: Decimal, base: Decimal) -> None:
    facts = compared(this=str(this), last=str(base), initial=str(base), full=str(base)).facts
    assert not {"培训费.增减率", "培训费.年初预算执行率", "培训费.全年预算执行率"} & set(facts)


@given(AMOUNTS.filter(lambda a: a < 0), AMOUNTS)
def test_a_negative_figure_has_no_rate(this: Decimal, base: Decimal) -> None:
    facts = compared(this=str(this), last=str(base), full=str(base)).facts
    assert not {"培训费.增减率", "培训费.全年预算执行率"} & set(facts)


def test_a_figure_of_this_year_that_is_nothing_falls_by_all_of_it() -> None:
    facts = compared(this="0", last="48.84").facts
    assert (facts["培训费.增减额"].value, facts["培训费.增减率"].value) == (Decimal("-48.84"), Decimal(-1))


def test_nothing_is_derived_where_last_year_had_another_scope() -> None:
    facts = derive_changes(Facts([fact("培训费", "1.00"), fact("培训费.上年", "2.00")]), frozenset({"培训费"})).facts
    assert set(facts) == {"培训费", "培训费.上年"}


def test_the_execution_is_actual_over_budget_with_its_difference() -> None:
    facts = compared(this="7.16", full="15.19", initial="8.00").facts
    assert half_up(facts["培训费.全年预算执行率"].value * 100, 2) == Decimal("47.14")
    assert facts["培训费.全年预算差额"].value == Decimal("-8.03")
    assert facts["培训费.年初预算差额"].value == Decimal("-0.84")


def test_staff_has_a_change_but_no_execution() -> None:
    facts = compared("人", this="59", last="102", full="100").facts
    assert facts["培训费.增减额"].value == -43
    assert "培训费.全年预算执行率" not in facts


def test_a_stated_change_with_the_wrong_sign_is_found() -> None:
    (finding,) = compared(this="24.59", last="19.87", change="-4.72").findings
    assert (finding.code, finding.severity, finding.found, finding.expected) == (
        "change-differs",
        Severity.ERROR,
        "-4.72万元",
        "4.72万元",
    )
    assert {place.line for place in finding.places} == {1, 2, 3}


def test_a_wrong_rate_names_its_figure_and_each_input_once() -> None:
    (finding,) = compared(this="1.08", last="68.63", rate="-86.2").findings
    assert finding.message.render("zh") == (
        "培训费：填报的增减率应等于增减额除以上年数。"
        "填报-86.20%，计算得-98.43%（培训费1.08万元、上年培训费68.63万元），相差12.23个百分点。"
    )
    assert len(finding.keys) == len(set(finding.keys)) == 3


@pytest.mark.parametrize(
    ("rate", "severity"),
    [("23.75", None), ("23.74", Severity.NOTE), ("19.19", Severity.ERROR), ("-23.75", Severity.ERROR)],
)
def test_a_stated_rate_is_held_to_last_year_as_its_base(rate: str, severity: Severity | None) -> None:
    findings = compared(this="24.59", last="19.87", rate=rate).findings
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("this", "last", "rate"),
    [("3.00", "0", "100"), ("3.00", "-2.00", "250"), ("-3.00", "2.00", "-250"), ("3.00", "0", "0")],
)
def test_a_stated_rate_without_a_base_is_an_error(this: str, last: str, rate: str) -> None:
    (finding,) = compared(this=this, last=last, rate=rate).findings
    assert (finding.code, finding.severity) == ("rate-without-base", Severity.ERROR)
    assert [place.line for place in finding.places] == [3, 2, 1]
    assert "上年培训费" in finding.message.render("zh")


def test_a_stated_rate_of_nothing_on_nothing_is_let_be() -> None:
    assert compared(this="0", last="0", rate="0").findings == ()


def test_a_stated_execution_without_a_budget_is_an_error() -> None:
    (finding,) = compared(this="3.00", initial="0", execution="100").findings
    assert finding.code == "rate-without-base"


@pytest.mark.parametrize(
    ("budgets", "rate"),
    [({"initial": "8.00"}, "50"), ({"initial": "8.00", "full": "16.00"}, "25")],
)
def test_a_stated_execution_stands_against_the_full_budget_if_there_is_one(budgets: dict[str, str], rate: str) -> None:
    assert compared(this="4.00", execution=rate, **budgets).findings == ()
    (finding,) = compared(this="4.00", execution="99", **budgets).findings
    assert finding.code == "execution-differs"


@pytest.mark.parametrize("key", ["会议费", "收入.合计", "支出.基本支出.合计", "支出.项目支出.功能分类.农林水支出"])
def test_a_stated_execution_is_compared_however_deep_its_figure_stands(key: str) -> None:
    facts = Facts([fact(key, "4.00"), fact(f"{key}.全年预算", "8.00"), fact(f"{key}.执行率.填报", "99", "%")])
    assert [f.code for f in derive_changes(stated_execution(facts), NONE).findings] == ["execution-differs"]


def test_a_budget_takes_the_place_of_last_year_and_two_bases_are_never_mixed() -> None:
    facts = Facts(
        [
            fact("会议费", "5"),
            fact("会议费.上年", "3"),
            fact("会议费.上年预算", "4"),
            fact("培训费", "5"),
            fact("培训费.上年", "3"),
            fact("人员.实有合计.上年", "54", "人"),
        ]
    )
    taken = compared_with(facts, "上年预算")
    assert taken.value("会议费.上年") == 4
    assert "会议费.上年预算" not in taken
    assert "培训费.上年" not in taken  # last year's actual amount is no budget
    assert taken.value("人员.实有合计.上年") == 54
    assert compared_with(facts, "上年") is facts
