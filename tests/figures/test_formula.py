"""Formulas: their grammar, and what they are worth as a value and as a span."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draftgen.figures.facts import Derived, Fact, Facts, Given
from draftgen.figures.formula import (
    FormulaError,
    Incomplete,
    Interval,
    Node,
    Unknown,
    Worked,
    bind,
    half_width,
    keys_of,
    parse_formula,
    parse_relation,
    work_out,
)
from draftgen.figures.quantities import half_up
from draftgen.findings import Place

EXACT = st.integers(1, 10**8).map(lambda n: Decimal(n).scaleb(-5))
SIGNED = st.integers(-(10**8), 10**8).map(lambda n: Decimal(n).scaleb(-5))


def fact(key: str, value: str, unit: str = "万元", places: int | None = None) -> Fact:
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    if places is None:
        places = -exponent if isinstance(exponent, int) else 0
    return Fact(key, number, unit, key, 2020, Given(Place("a.yaml", 1, key), value), places)


def table(**values: str) -> Facts:
    return Facts(fact(key.replace("__", "."), value) for key, value in values.items())


def worth(text: str, facts: Facts, facet: str = "", without: str = "") -> Decimal:
    return work_out(parse_formula(text), facts, facet, without).interval.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("甲 + 乙 * 丙", "14"),
        ("（甲）", None),
        ("(甲 + 乙) * 丙", "20"),
        ("甲 - 乙 - 丙", "-5"),
        ("丙 / 甲 / 甲", "1"),
        ("丙 / (甲 / 甲)", "4"),
        ("50%", "0.5"),
        ("甲 * 12.5%", "0.25"),
        ("绝对值(甲 - 乙)", "1"),
        ("丁? + 甲", "2"),
        ("年度 + 1", None),
    ],
)
def test_signs_bind_as_in_arithmetic(text: str, value: str | None) -> None:
    facts = table(甲="2", 乙="3", 丙="4")
    if value is None:
        with pytest.raises(Unknown):
            worth(text, facts)
    else:
        assert worth(text, facts) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲 +",
        "+ 甲",
        "甲 乙",
        "(甲",
        "甲)",
        "合计(",
        "合计()",
        "合计(甲",
        "甲 = 乙",
        "甲..乙",
        "甲.",
        "3 万",
        "甲 ! 乙",
    ],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(text)


@pytest.mark.parametrize("text", ["甲", "甲 = ", "甲 == 乙", "甲 = 乙 = 丙", "= 甲", "甲 <> 乙"])
def test_what_is_no_relation_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_relation(text)


@pytest.mark.parametrize("sign", ["=", "<=", ">=", "<", ">"])
def test_a_relation_has_two_sides_and_a_sign(sign: str) -> None:
    relation = parse_relation(f"甲.乙 {sign} 丙 + 1")
    assert (relation.left, relation.sign) == (Node("key", "甲.乙"), sign)
    assert relation.right == Node("+", parts=(Node("key", "丙"), Node("number", "1")))


@pytest.mark.parametrize("key", ["2020年工作经费.金额", "因公出国（境）费", "项目.《甲》.金额", "3D打印.合计"])
def test_names_with_digits_and_brackets_are_keys(key: str) -> None:
    assert parse_formula(key) == Node("key", key)


def test_names_of_functions_are_keys_where_no_bracket_follows() -> None:
    assert parse_formula("收入.合计 + 合计") == Node("+", parts=(Node("key", "收入.合计"), Node("key", "合计")))
    assert parse_formula("合计(收入.*)") == Node("call", "合计", (Node("key", "收入.*"),))


def test_captures_are_put_into_every_key() -> None:
    bound = bind(parse_formula("收入.{项}.占比 + 合计(收入.{项}.*)"), {"项": "甲（乙）"})
    assert keys_of(bound) == ("收入.甲（乙）.占比", "收入.甲（乙）.*")


def test_the_sum_leaves_totals_and_the_other_side_out() -> None:
    facts = table(收入__合计="9", 收入__甲="1", 收入__乙="2", 收入__甲__上年="5", 小计="8")
    assert worth("合计(收入.*)", facts) == 3
    with pytest.raises(Incomplete):  # 乙 is known for this year and not for last year
        worth("合计(收入.*)", facts, "上年")
    both = table(收入__甲="1", 收入__乙="2", 收入__甲__上年="5", 收入__乙__上年="6")
    assert worth("合计(收入.*)", both, "上年") == 11
    assert worth("合计(收入.*)", facts, without="收入.甲") == 2
    assert worth("个数(收入.*)", facts) == 3
    with pytest.raises(Unknown):
        worth("合计(支出.*)", facts)


def test_parts_of_a_date_can_be_compared() -> None:
    day = Decimal(datetime.date(2020, 12, 31).toordinal())
    end = Fact("止", day, "日", "止", 2020, Given(Place("a"), "2020-12-31"), 0)
    facts = Facts([end, fact("年度", "2020", "年"), fact("额", "1")])
    assert [worth(f"{part}(止)", facts) for part in ("年", "月", "日")] == [2020, 12, 31]
    assert worth("年(年度)", facts) == 2020
    for text in ("年(额)", "月(年度)", "年(1)"):
        with pytest.raises(Unknown):
            worth(text, facts)


def test_a_key_that_may_be_absent_counts_as_nothing_and_is_no_input() -> None:
    worked = work_out(parse_formula("甲? + 乙?"), table(乙="3"))
    assert (worked.interval.value, [i.key for i in worked.inputs]) == (Decimal(3), ["乙"])
    with pytest.raises(Unknown):
        work_out(parse_formula("甲 + 乙?"), table(乙="3"))


def test_a_base_that_is_or_may_be_nothing_gives_no_quotient() -> None:
    for base in ("0", "0.00", "0.005"):
        with pytest.raises(ZeroDivisionError):
            worth("甲 / 乙", Facts([fact("甲", "1.00"), fact("乙", base, places=2)]))


@pytest.mark.parametrize(
    ("unit", "value", "places", "half"),
    [
        ("万元", "5", 0, "0.005"),
        ("万元", "5.70", 2, "0.005"),
        ("万元", "0.074", 3, "0.0005"),
        ("人", "5", 0, "0"),
        ("%", "0.95", 2, "0"),
    ],
)
def test_only_amounts_are_rounded(unit: str, value: str, places: int, half: str) -> None:
    assert half_width(fact("甲", value, unit, places)) == Decimal(half)


def test_a_derived_amount_keeps_the_span_of_its_inputs() -> None:
    derived = Fact("甲", Decimal(3), "万元", "甲", 2020, Derived("sum", "", ("乙",)), slack=Decimal("0.01"))
    assert half_width(derived) == Decimal("0.01")


@given(SIGNED, SIGNED, st.sampled_from("+-*/"))
def test_the_span_of_rounded_amounts_holds_the_true_value(a: Decimal, b: Decimal, sign: str) -> None:
    facts = Facts([fact("甲", str(half_up(a, 2)), places=2), fact("乙", str(half_up(b, 2)), places=2)])
    try:
        span = work_out(parse_formula(f"甲 {sign} 乙"), facts).interval
    except ZeroDivisionError:
        assert sign == "/"
        assert abs(half_up(b, 2)) <= Decimal("0.005")
        return
    assert span.low <= span.value <= span.high
    if sign == "/":  # a / b lies in the span, without dividing: the quotient itself may have no last decimal
        low, high = sorted((span.low * b, span.high * b))
        slack = abs(b) * Decimal("1e-20")
        assert low - slack <= a <= high + slack
    else:
        true = {"+": a + b, "-": a - b, "*": a * b}[sign]
        assert span.low <= true <= span.high


@given(st.lists(EXACT, min_size=1, max_size=12))
def test_the_span_of_a_sum_holds_the_true_sum_and_is_half_a_cent_wide_for_each_term(parts: list[Decimal]) -> None:
    facts = Facts(fact(f"收入.{n}", str(half_up(part, 2)), places=2) for n, part in enumerate(parts))
    span = work_out(parse_formula("合计(收入.*)"), facts).interval
    assert span.low <= sum(parts) <= span.high
    assert span.high - span.value == span.value - span.low == Decimal("0.005") * len(parts)


@given(SIGNED)
def test_the_magnitude_mirrors_the_span(value: Decimal) -> None:
    worked: Worked = work_out(parse_formula("绝对值(甲)"), Facts([fact("甲", str(half_up(value, 2)), places=2)]))
    assert worked.interval.value == abs(half_up(value, 2))
    assert worked.interval.low <= abs(value) <= worked.interval.high


def test_an_exact_span_has_no_width() -> None:
    assert Interval.exact(Decimal(3)) == Interval(Decimal(3), Decimal(3), Decimal(3))
