"""Numbers: reading them as typed, the one rounding rule, exact conversion."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draftgen.figures.quantities import YUAN_IN, convert, half_unit, half_up, is_money, parse_measure

AMOUNTS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False)
UNITS = st.sampled_from(sorted(YUAN_IN))


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("0.1249999", 2, "0.12"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("23.745", 2, "23.75"),
        ("0", 2, "0.00"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert str(half_up(Decimal(value), places)) == rounded


@given(AMOUNTS, st.integers(0, 4))
def test_rounding_moves_a_value_by_half_a_unit_at_most(value: Decimal, places: int) -> None:
    assert abs(half_up(value, places) - value) <= Decimal(5).scaleb(-places - 1)


@given(AMOUNTS, st.integers(0, 4))
def test_rounding_twice_is_rounding_once_and_minus_mirrors_plus(value: Decimal, places: int) -> None:
    once = half_up(value, places)
    assert half_up(once, places) == once
    assert half_up(-value, places) == -once


@given(AMOUNTS, st.sampled_from(["", "元", "万元", "%", "人次"]), st.booleans())
def test_a_number_with_its_unit_is_read_as_it_was_written(value: Decimal, unit: str, separators: bool) -> None:
    typed = f"{value:,f}{unit}" if separators else f"{value:f}{unit}"
    measure = parse_measure(typed)
    assert (measure.value, measure.unit, measure.typed, measure.places) == (value, unit, typed, 4)


@given(st.integers(0, 10**12), st.integers(0, 8))
def test_decimals_stay_as_typed(digits: int, places: int) -> None:
    typed = f"{Decimal(digits).scaleb(-places):f}"
    assert f"{parse_measure(typed).value:f}" == typed
    assert parse_measure(typed).places == places


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [("１，２３４．５万元", "1234.5", "万元"), (" -58.30 ", "-58.30", ""), ("+5 %", "5", "%"), ("007", "7", "")],
)
def test_full_width_digits_signs_and_spaces_are_read(typed: str, value: str, unit: str) -> None:
    measure = parse_measure(typed)
    assert (measure.value, measure.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "typed", ["", "-", "十二", "1,23", "12,34", "1.2.3", ".5", "5.", "1e5", "NaN", "Infinity", "1 000", "3-4", "9" * 25]
)
def test_what_is_no_number_is_never_guessed(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_measure(typed)


@given(AMOUNTS, UNITS, UNITS)
def test_conversion_there_and_back_loses_nothing(value: Decimal, unit: str, into: str) -> None:
    assert convert(convert(value, unit, into), into, unit) == value


def test_ten_thousand_yuan_are_one_wan() -> None:
    assert convert(Decimal("170963"), "元", "万元") == Decimal("17.0963")
    assert [is_money(unit) for unit in ("元", "万元", "亿元", "人", "%", "")] == [True, True, True, False, False, False]


@pytest.mark.parametrize(("places", "half"), [(0, "0.005"), (1, "0.005"), (2, "0.005"), (3, "0.0005")])
def test_an_amount_is_exact_to_half_its_last_decimal_two_at_least(places: int, half: str) -> None:
    assert half_unit(places) == Decimal(half)
