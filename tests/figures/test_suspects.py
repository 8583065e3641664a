"""Which figure of a broken sum was mistyped: a hint where one term explains it, none where several do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from draftgen.figures import formula as f
from draftgen.figures.facts import Fact, Facts, Given
from draftgen.figures.suspects import slip_of, suspect
from draftgen.findings import Place

CENTS = st.integers(1, 10**7).map(lambda n: Decimal(n).scaleb(-2))


def table(**values: str) -> Facts:
    return Facts(
        Fact(key, Decimal(v), "万元", key, 2020, Given(Place("a.yaml", n, key), v), 2, f"item {n}")
        for n, (key, v) in enumerate(values.items(), 1)
    )


def hint(text: str, facts: Facts) -> str:
    relation = f.parse_relation(text)
    left, right = f.work_out(relation.left, facts), f.work_out(relation.right, facts)
    found = suspect(left, right, relation)
    return "" if found is None else found.render("zh")


@pytest.mark.parametrize(
    ("typed", "needed", "slip"),
    [
        ("24.95", "24.59", "swapped"),
        ("1234", "1243", "swapped"),
        ("95", "59", "swapped"),
        ("24.99", "24.59", ""),
        ("24.5", "24.59", "dropped"),
        ("127", "1274", "dropped"),
        ("12744", "1274", "added"),
        ("170963", "17.0963", "unit"),
        ("17.0963", "170963", "unit"),
        ("1709.6", "170.96", "point"),
        ("17.096", "1709.6", "point"),
        ("24.58", "24.59", ""),
        ("25.49", "24.59", "swapped"),
        ("0", "5", ""),
        ("5", "0", ""),
        ("5", "-5", ""),
        ("-900", "900", "sign"),
        ("-900", "90", ""),
    ],
)
def test_a_slip_of_the_fingers_has_a_name(typed: str, needed: str, slip: str) -> None:
    assert slip_of(Decimal(typed), Decimal(needed)) == slip


@given(CENTS)
def test_no_figure_is_a_slip_of_itself(value: Decimal) -> None:
    assert slip_of(value, value) == ""


@given(CENTS, st.integers(0, 8))
def test_two_swapped_digits_are_recognised_wherever_they_stand(value: Decimal, at: int) -> None:
    digits = list(f"{value:.2f}")
    assume(at + 1 < len(digits) and digits[at] != digits[at + 1] and "." not in digits[at : at + 2])
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    typed = Decimal("".join(digits))
    assume(typed > 0 and len(f"{typed.normalize():f}") == len(f"{value.normalize():f}"))
    assert slip_of(typed, value) in ("swapped", "point", "unit")


def test_the_term_that_explains_a_broken_sum_is_named_with_its_line() -> None:
    facts = table(合计="87.86", 甲="63.27", 乙="24.95")
    assert hint("合计 = 甲 + 乙", facts) == "第3行“乙”24.95万元可能应为24.59万元（两位数字颠倒）。"


def test_a_minus_too_many_keeps_another_term_from_being_blamed() -> None:
    facts = table(合计="1180", 甲="-900", 乙="280")
    assert hint("合计 = 甲 + 乙", facts) == ""


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"合计": "-900", "甲": "800", "乙": "100"}, "多了负号"),
        ({"合计": "51709.63", "甲": "50000.00", "乙": "17096300"}, "元与万元混用"),
        ({"合计": "1833.88", "甲": "100.11", "乙": "173.77"}, "少输一位数字"),
        ({"合计": "273.88", "甲": "100.11", "乙": "1737.70"}, "小数点错位"),
        ({"合计": "273.88", "甲": "100.11", "乙": "1873.77"}, "多输一位数字"),
    ],
)
def test_each_kind_of_slip_is_said_in_words(values: dict[str, str], words: str) -> None:
    assert words in hint("合计 = 甲 + 乙", table(**values))


def test_no_hint_is_given_where_two_terms_explain_the_difference() -> None:
    assert "“甲”21.00万元可能应为12.00万元" in hint("合计 = 甲 + 乙", table(合计="118.00", 甲="21.00", 乙="106.00"))
    assert hint("合计 = 甲 + 乙 + 丙", table(合计="42.00", 甲="21.00", 乙="21.00", 丙="9.00")) == ""
    assert hint("合计 = 甲 + 乙", table(合计="124.59", 甲="100.00", 乙="24.95")) == ""  # the total may be swapped too


def test_no_hint_is_given_where_nothing_explains_the_difference_or_the_relation_is_no_sum() -> None:
    assert hint("合计 = 甲 + 乙", table(合计="500.00", 甲="1.11", 乙="2.22")) == ""
    assert hint("合计 = 甲 / 乙", table(合计="24.95", 甲="24.59", 乙="1.00")) == ""


def test_a_subtracted_term_is_corrected_the_other_way() -> None:
    facts = table(净值="75.41", 原值="100.00", 折旧="24.95")
    assert "“折旧”24.95万元可能应为24.59万元" in hint("净值 = 原值 - 折旧", facts)
