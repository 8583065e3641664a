"""Every kind of scoring rule at its edges, and what holds for all of them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draftgen.figures.scoring_base import AnswerError, Answers, Rule, RuleError, percent, plain
from draftgen.figures.scoring_rules import RULES, read_rule

Texts = dict[str, "str | tuple[str, ...]"]

RATES: dict[str, tuple[str, Texts]] = {
    "ratio": ("比率", {}),
    "threshold": ("达标比例", {"标准": "95%", "不足": "比例"}),
    "threshold-by-weight": ("达标比例", {"标准": "≥ 95%", "不足": "权重比例"}),
    "band": ("区间", {"满分": "100%", "零分": "120%"}),
    "band-up": ("区间", {"满分": "95%", "零分": "80%"}),
    "pass": ("是否达标", {"标准": "≤ 100%"}),
    "pass-up": ("是否达标", {"标准": ">= 90%"}),
    "step": ("逐点", {"标准": "≥ 95%", "每点扣": "5%", "计点": "部分"}),
    "step-whole": ("逐点", {"标准": "95%", "每点扣": "5%", "计点": "整点"}),
    "step-down": ("逐点", {"标准": "≤ 100%", "每点扣": "10%", "计点": "部分"}),
}
FALLING = ("band", "pass", "step-down")


def rule(name: str, texts: Texts | None = None, weight: str = "4") -> Rule:
    return read_rule(name, texts or {}, Decimal(weight))


def at(kind: str, rate: str, weight: str = "4") -> Decimal:
    name, texts = RATES[kind]
    worked = rule(name, texts, weight).work(Decimal(weight), Answers(rate=Decimal(rate)))
    assert worked is not None
    return worked.score


@pytest.mark.parametrize(
    ("kind", "rate", "score"),
    [
        ("ratio", "0", "0"),
        ("ratio", "0.95", "3.8"),
        ("ratio", "1", "4"),
        ("ratio", "1.2", "4"),
        ("ratio", "-0.1", "0"),
        ("threshold", "0.95", "4"),
        ("threshold", "1.3", "4"),
        ("threshold", "0.9405", "3.96"),
        ("threshold", "0", "0"),
        ("threshold-by-weight", "0.95", "4"),
        ("threshold-by-weight", "0.9499", "3.7996"),
        ("band", "0.3664", "4"),
        ("band", "1", "4"),
        ("band", "1.0001", "3.998"),
        ("band", "1.1", "2"),
        ("band", "1.1999", "0.002"),
        ("band", "1.2", "0"),
        ("band", "2", "0"),
        ("band-up", "0.95", "4"),
        ("band-up", "0.875", "2"),
        ("band-up", "0.8", "0"),
        ("band-up", "0.79", "0"),
        ("pass", "0.9999", "4"),
        ("pass", "1", "4"),
        ("pass", "1.0001", "0"),
        ("pass-up", "0.9", "4"),
        ("pass-up", "0.8999", "0"),
        ("step", "0.95", "4"),
        ("step", "0.9499", "3.998"),
        ("step", "0.945", "3.9"),
        ("step", "0.94", "3.8"),
        ("step", "0.75", "0"),
        ("step", "0.7", "0"),
        ("step-whole", "0.9499", "4"),
        ("step-whole", "0.94", "3.8"),
        ("step-whole", "0.9301", "3.8"),
        ("step-whole", "0.93", "3.6"),
        ("step-whole", "0.1", "0"),
        ("step-down", "1", "4"),
        ("step-down", "1.015", "3.4"),
        ("step-down", "1.2", "0"),
    ],
)
def test_rates_at_their_edges(kind: str, rate: str, score: str) -> None:
    assert at(kind, rate) == Decimal(score)


@pytest.mark.parametrize("kind", RATES)
@given(rates=st.lists(st.decimals("-2", "5", allow_nan=False, places=6), min_size=2, max_size=2))
def test_rates_stay_in_range_and_are_monotone(kind: str, rates: list[Decimal]) -> None:
    low, high = (at(kind, str(rate)) for rate in sorted(rates))
    assert 0 <= low <= 4
    assert 0 <= high <= 4
    assert low >= high if kind in FALLING else low <= high


@given(st.decimals("0.001", "100", places=3), st.decimals("0", "3", places=4))
def test_a_threshold_has_no_jump_when_measured_against_the_bound(weight: Decimal, rate: Decimal) -> None:
    kind = rule("达标比例", {"标准": "95%", "不足": "比例"}, str(weight))
    near = kind.work(weight, Answers(rate=Decimal("0.95") - Decimal("1E-12")))
    assert near is not None
    assert weight - near.score < Decimal("1E-9")


@pytest.mark.parametrize(
    ("each", "weight", "count", "score"),
    [
        ("1", "4", "0", "4"),
        ("1", "4", "1", "3"),
        ("1", "4", "4", "0"),
        ("1", "4", "5", "0"),
        ("0.5", "1", "1", "0.5"),
        ("0.5", "1", "3", "0"),
        ("1/3", "3", "1", "2"),
        ("1/3", "3", "3", "0"),
        ("1/3", "2", "3", "0"),
        ("10%", "3", "1", "2.7"),
    ],
)
def test_events(each: str, weight: str, count: str, score: str) -> None:
    worked = rule("扣次", {"每次扣分": each}, weight).work(Decimal(weight), Answers(count=Decimal(count)))
    assert worked is not None
    assert worked.score == Decimal(score)


def test_working_shows_the_floor() -> None:
    worked = rule("扣次", {"每次扣分": "0.5"}, "1").work(Decimal(1), Answers(count=Decimal(3)))
    assert worked is not None
    assert worked.working == "1 − 0.5 × 3 → 0"


def test_working_shows_rounding_and_never_compares_equals() -> None:
    name, texts = RATES["threshold"]
    below = rule(name, texts).work(Decimal(4), Answers(rate=Decimal("0.9")))
    assert below is not None
    assert below.working == "4 × 90% ÷ 95% ≈ 3.79"
    failed = rule("是否达标", {"标准": "≤ 100%"}).work(Decimal(4), Answers(rate=Decimal("1.00001")))
    assert failed is not None
    assert failed.working == "100.001% > 100% → 0"


@pytest.mark.parametrize(("quarters", "score"), [("0", "0"), ("3", "3"), ("4", "4")])
def test_quarters(quarters: str, score: str) -> None:
    worked = rule("季度", {"每季得分": "1"}).work(Decimal(4), Answers(count=Decimal(quarters)))
    assert worked is not None
    assert worked.score == Decimal(score)


@pytest.mark.parametrize(
    ("points", "score"), [("1111", "3"), ("1011", "2.5"), ("0000", "0"), ("1001", "2")], ids=lambda value: str(value)
)
def test_checklist(points: str, score: str) -> None:
    kind = rule("要点", {"分值": ("1", "0.5", "0.5", "1")}, "3")
    worked = kind.work(Decimal(3), Answers(points=tuple(p == "1" for p in points)))
    assert worked is not None
    assert worked.score == Decimal(score)


def test_knockout() -> None:
    kind = rule("否决", {"分值": ("1", "1", "1", "1")})
    assert kind.work(Decimal(4), Answers()) is None
    kept = kind.work(Decimal(4), Answers(points=(True, True, False, True)))
    struck = kind.work(Decimal(4), Answers(points=(True,) * 4, misuse=True))
    assert kept is not None
    assert struck is not None
    assert (kept.score, kept.knocked_out) == (Decimal(3), False)
    assert (struck.score, struck.knocked_out) == (Decimal(0), True)


@pytest.mark.parametrize(("level", "score"), [("1", "1"), ("2", "0.5"), ("3", "0")])
def test_levels(level: str, score: str) -> None:
    worked = rule("档次", {"分值": ("1", "0.5", "0")}, "1").work(Decimal(1), Answers(level=Decimal(level)))
    assert worked is not None
    assert worked.score == Decimal(score)


@pytest.mark.parametrize(
    ("name", "texts", "answers"),
    [
        ("档次", {"分值": ("4", "0")}, Answers(level=Decimal(3))),
        ("档次", {"分值": ("4", "0")}, Answers(level=Decimal(0))),
        ("档次", {"分值": ("4", "0")}, Answers(level=Decimal("1.5"))),
        ("扣次", {"每次扣分": "1"}, Answers(count=Decimal(-1))),
        ("扣次", {"每次扣分": "1"}, Answers(count=Decimal("0.5"))),
        ("季度", {"每季得分": "1"}, Answers(count=Decimal(5))),
        ("要点", {"分值": ("3", "1")}, Answers(points=(True,))),
    ],
)
def test_answers_that_do_not_fit(name: str, texts: Texts, answers: Answers) -> None:
    with pytest.raises(AnswerError):
        rule(name, texts).work(Decimal(4), answers)


@pytest.mark.parametrize("name", sorted(RULES))
def test_nothing_known_nothing_scored(name: str) -> None:
    texts: dict[str, Texts] = {
        "checklist": {"分值": ("4",)},
        "levels": {"分值": ("4", "0")},
        "knockout": {"分值": ("4",)},
        "events": {"每次扣分": "1"},
        "quarters": {"每季得分": "1"},
        **{kind: texts for kind, (_, texts) in RATES.items()},
    }
    built = rule(name, texts.get(RULES[name].kind))
    assert built.work(Decimal(4), Answers()) is None
    assert built.describe().render("zh")
    assert not re.search("[\u4e00-\u9fff]", built.describe().render("en"))


def test_eleven_rules_in_two_languages() -> None:
    assert len(set(RULES.values())) == 11
    assert len(RULES) == 22


@pytest.mark.parametrize(
    ("name", "texts", "parameter"),
    [
        ("打分", {}, "类型"),
        ("比率", {"标准": "1"}, "标准"),
        ("比率", {"基准": "0"}, "基准"),
        ("酌情", {"分值": "1"}, "分值"),
        ("要点", {}, "分值"),
        ("要点", {"分值": ("1", "2")}, "分值"),
        ("要点", {"分值": ("5", "-1")}, "分值"),
        ("要点", {"分值": ("四",)}, "分值"),
        ("档次", {"分值": ("0", "4")}, "分值"),
        ("档次", {"分值": ("3", "0")}, "分值"),
        ("达标比例", {"标准": "95%"}, "不足"),
        ("达标比例", {"标准": "95%", "不足": "随意"}, "不足"),
        ("达标比例", {"标准": "≤ 95%", "不足": "比例"}, "标准"),
        ("达标比例", {"标准": "0%", "不足": "比例"}, "标准"),
        ("达标比例", {"标准": "=95%", "不足": "比例"}, "标准"),
        ("达标比例", {"标准": "95元", "不足": "比例"}, "标准"),
        ("区间", {"满分": "100%"}, "零分"),
        ("区间", {"满分": "100%", "零分": "100%"}, "零分"),
        ("逐点", {"标准": "95%", "每点扣": "5%"}, "计点"),
        ("逐点", {"标准": "95%", "每点扣": "500%", "计点": "整点"}, "每点扣"),
        ("扣次", {"每次扣分": "0"}, "每次扣分"),
        ("扣次", {"每次扣分": "1/0"}, "每次扣分"),
        ("扣次", {"每次扣分": ("1", "2")}, "每次扣分"),
        ("季度", {"每季得分": "2"}, "每季得分"),
    ],
)
def test_wrong_parameters_are_named(name: str, texts: Texts, parameter: str) -> None:
    with pytest.raises(RuleError) as caught:
        rule(name, texts)
    assert caught.value.parameter == parameter
    assert caught.value.message.render("zh") != caught.value.message.render("en")


def test_numbers_of_any_length_can_be_written() -> None:
    assert plain(Decimal("1E+30")) == "1" + "0" * 30
    assert percent(Decimal(59) / 72) == "81.94%"
