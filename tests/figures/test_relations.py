"""Identities: what is checked, what is derived, what rounding excuses, and what the findings say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from draftgen.errors import TemplateError
from draftgen.figures import formula as f
from draftgen.figures.facts import Derived, Fact, Facts, Given
from draftgen.figures.labels import relabel
from draftgen.figures.quantities import half_up
from draftgen.figures.relations import apply_rules, read_rules
from draftgen.findings import Finding, Place, Severity

TEMPLATES = Path(__file__).parents[2] / "templates"
HERE = Place("relations.yaml")
EXACT = st.integers(1, 10**9).map(lambda n: Decimal(n).scaleb(-5))
SUM: dict[str, Any] = {
    "id": "income-total",
    "formula": "收入.合计 = 合计(收入.*)",
    "label": "收入合计",
    "label_en": "income",
    "zh": "收入合计应等于各项之和。",
    "en": "Income should be the sum.",
}


def fact(key: str, value: str, unit: str = "万元", line: int = 1) -> Fact:
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    value_of = number / 100 if unit == "%" else number
    return Fact(key, value_of, unit, key.split(".")[-1], 2020, Given(Place("a.yaml", line, key), value), places)


def table(values: Mapping[str, str], unit: str = "万元") -> Facts:
    return Facts(fact(key, value, unit, line) for line, (key, value) in enumerate(values.items(), 1))


def check(entry: Mapping[str, Any], facts: Facts) -> tuple[Finding, ...]:
    return apply_rules(read_rules([entry], HERE), facts).findings


def refused(entry: Any) -> str:
    with pytest.raises(TemplateError) as raised:
        read_rules([entry], HERE)
    (finding,) = raised.value.findings
    assert finding.places == (HERE,)
    return finding.message.render("en") + finding.message.render("zh")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"formula": None}, "formula"),
        ({"zh": ""}, "zh"),
        ({"typo": "x"}, "typo"),
        ({"formula": "甲 = = 乙"}, "甲 = = 乙"),
        ({"formula": "收入.{项} = 1"}, "项"),
        ({"facets": ["去年"]}, "去年"),
        ({"severity": "fatal"}, "fatal"),
        ({"traps": [{"formula": "甲 +", "zh": "错", "en": "wrong"}]}, "甲 +"),
        ({"traps": [{"formula": "甲", "zh": "错"}]}, "en"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_by_name(change: dict[str, Any], named: str) -> None:
    said = refused({**SUM, **change})
    assert "relation income-total" in said
    assert named in said


def test_an_entry_without_an_id_is_named_by_its_number() -> None:
    assert "relation #1" in refused({key: value for key, value in SUM.items() if key != "id"})
    assert "relation #1" in refused("text")


def test_an_id_may_stand_only_once() -> None:
    with pytest.raises(TemplateError) as raised:
        read_rules([SUM, {**SUM, "id": "other"}, SUM], HERE)
    assert raised.value.findings[0].message.render("en") == "relation income-total: the id stands twice"
    assert raised.value.findings[0].message.render("zh") == "勾稽关系 income-total：编号重复"


def test_every_relation_that_ships_can_be_read_and_speaks_both_languages() -> None:
    entries = yaml.safe_load((TEMPLATES / "common" / "relations.yaml").read_text("utf-8"))["relations"]
    rules = read_rules(entries, HERE)
    assert len(rules) == len(entries) > 50
    for rule in rules:
        assert rule.message.zh.endswith("。")
        assert rule.message.en.endswith(".")
        assert re.search("[a-z]{3}", rule.message.en), rule.id
        assert not any("一" <= c <= "鿿" for c in rule.label_en), rule.id


def test_a_total_that_is_not_given_is_derived_with_its_formula_inputs_and_slack() -> None:
    outcome = apply_rules(read_rules([SUM], HERE), table({"收入.甲": "1.00", "收入.乙": "2.00"}))
    total = outcome.facts["收入.合计"]
    assert (total.value, total.unit, total.places) == (Decimal(3), "万元", None)
    assert (total.label, total.label_en) == ("收入合计", "income")
    assert total.origin == Derived("income-total", "收入.合计 = 合计(收入.*)", ("收入.甲", "收入.乙"))
    assert total.slack == Decimal("0.010")
    assert outcome.findings == ()


def test_a_total_that_is_given_is_compared_and_never_replaced() -> None:
    outcome = apply_rules(read_rules([SUM], HERE), table({"收入.合计": "5.00", "收入.甲": "1.00", "收入.乙": "2.00"}))
    (finding,) = outcome.findings
    assert outcome.facts["收入.合计"].value == 5
    assert (finding.code, finding.severity, finding.found, finding.expected) == (
        "income-total",
        Severity.ERROR,
        "5.00万元",
        "3.00万元",
    )
    assert [place.line for place in finding.places] == [1, 2, 3]
    assert finding.keys == ("收入.合计", "收入.甲", "收入.乙")
    assert finding.message.render("zh") == (
        "收入合计应等于各项之和。填报5.00万元，计算得3.00万元（甲1.00万元、乙2.00万元），相差2.00万元。"
    )
    assert finding.message.render("en") == (
        "Income should be the sum. "
        "Stated 5.00万元, worked out 3.00万元 (甲 1.00万元, 乙 2.00万元), difference 2.00万元."
    )


def test_what_was_derived_serves_the_rules_that_follow() -> None:
    after = {"id": "balance", "formula": "结余 = 收入.合计 - 支出", "zh": "结余。", "en": "Balance."}
    outcome = apply_rules(read_rules([SUM, after], HERE), table({"收入.甲": "5.00", "支出": "3.00", "结余": "1.00"}))
    (finding,) = outcome.findings
    assert (finding.found, finding.expected) == ("1.00万元", "2.00万元")
    assert [place.line for place in finding.places] == [3, 1, 2]  # of the derived total, what it was made of


def test_nothing_is_said_where_an_input_is_not_known_or_every_part_may_be_absent() -> None:
    rule = {"id": "r", "formula": "合计 = 甲? + 乙?", "zh": "。", "en": "."}
    assert check(rule, table({"合计": "5.00"})) == ()
    assert check({**rule, "formula": "合计 = 甲 + 乙"}, table({"合计": "5.00", "甲": "1.00"})) == ()
    assert len(check(rule, table({"合计": "5.00", "甲": "1.00"}))) == 1


def test_every_facet_is_checked_by_itself_and_named() -> None:
    last = {"收入.合计.上年": "9.00", "收入.甲.上年": "2.00", "收入.乙.上年": "3.00"}
    facts = table({"收入.合计": "1.00", "收入.甲": "1.00", **last})
    (finding,) = check({**SUM, "facets": ["本年", "上年"]}, facts)
    assert finding.expected == "5.00万元"
    assert finding.message.render("zh").startswith("上年：收入合计")
    assert finding.message.render("en").startswith("last year: Income")
    assert [place.line for place in finding.places] == [3, 4, 5]


SHARE = {
    "id": "share",
    "each": "收入.{项}",
    "formula": "收入.{项}.占比 = 收入.{项} / 收入.合计",
    "unit": "%",
    "zh": "占比。",
    "en": "Share.",
}


def test_a_repeated_relation_says_which_item_it_is_about_and_leaves_totals_out() -> None:
    facts = table({"收入.合计": "100.00", "收入.甲": "40.00", "收入.乙": "60.00"})
    stated = fact("收入.甲.占比.填报", "41.00", "%", 9)
    outcome = apply_rules(read_rules([SHARE], HERE), facts.plus([stated]))
    (finding,) = outcome.findings
    assert finding.message.render("zh").startswith("甲：占比。填报41.00%，计算得40.00%")
    assert "相差1.00个百分点" in finding.message.render("zh")
    assert "1.00 percentage points" in finding.message.render("en")
    assert finding.places[0].line == 9
    assert outcome.facts["收入.甲.占比"].value == Decimal("0.4")
    assert "收入.合计.占比" not in outcome.facts


def test_items_without_a_name_are_told_by_their_number() -> None:
    rule = {"id": "r", "each": "处置.{项}.净值", "formula": "处置.{项}.净值 <= 处置.{项}.原值", "zh": "。", "en": "."}
    (finding,) = check(rule, table({"处置.2.净值": "5.00", "处置.2.原值": "3.00"}))
    assert finding.message.render("zh").startswith("第2项：")
    assert finding.message.render("en").startswith("item 2: ")


@pytest.mark.parametrize(
    ("stated", "severity"),
    [
        ("33.33", None),
        ("33.34", Severity.ERROR),
        ("33.3", None),
        ("33.4", Severity.ERROR),
        ("33", None),
        ("34", Severity.ERROR),
    ],
)
def test_a_rate_is_held_to_the_decimals_it_was_typed_with(stated: str, severity: Severity | None) -> None:
    facts = table({"收入.合计": "30000.00", "收入.甲": "10000.00"}).plus([fact("收入.甲.占比.填报", stated, "%")])
    assert [finding.severity for finding in check(SHARE, facts)] == ([severity] if severity else [])


def test_a_rate_of_small_amounts_may_lie_anywhere_in_their_span() -> None:
    facts = table({"收入.合计": "3.00", "收入.甲": "1.00"})
    for stated, severity in (("33.40", Severity.NOTE), ("34.00", Severity.ERROR)):
        (finding,) = check(SHARE, facts.plus([fact("收入.甲.占比.填报", stated, "%")]))
        assert finding.severity is severity


@pytest.mark.parametrize(
    ("sign", "left", "right", "broken"),
    [
        ("<=", "5", "5", False),
        ("<=", "6", "5", True),
        (">=", "5", "5", False),
        (">=", "4", "5", True),
        ("<", "5", "5", True),
        ("<", "4", "5", False),
        (">", "5", "5", True),
        (">", "6", "5", False),
        ("=", "5", "5", False),
        ("=", "5", "6", True),
    ],
)
def test_counts_are_compared_exactly(sign: str, left: str, right: str, broken: bool) -> None:
    rule = {"id": "r", "formula": f"左 {sign} 右", "severity": "warning", "zh": "。", "en": "."}
    findings = check(rule, table({"左": left, "右": right}, "人"))
    assert [finding.severity for finding in findings] == ([Severity.WARNING] if broken else [])
    for finding in findings:
        assert f"相差{abs(int(left) - int(right))}人" in finding.message.render("zh")


@given(st.lists(EXACT, min_size=1, max_size=12))
def test_a_correct_total_of_exact_parts_never_gives_an_error(parts: list[Decimal]) -> None:
    values = {"收入.合计": str(half_up(sum(parts, Decimal(0)), 2))}
    values |= {f"收入.第{n}项": str(half_up(part, 2)) for n, part in enumerate(parts)}
    for finding in check(SUM, table(values)):
        assert finding.severity is Severity.NOTE
        assert finding.hint is None


@given(st.lists(EXACT, min_size=1, max_size=12), st.integers(1, 10**6), st.booleans())
def test_a_total_off_by_more_than_its_tolerance_is_always_found(parts: list[Decimal], cents: int, up: bool) -> None:
    rounded = [half_up(part, 2) for part in parts]
    tolerance = Decimal("0.005") * (len(parts) + 1)
    off = (tolerance // Decimal("0.01") + cents) * Decimal("0.01")
    total = sum(rounded, Decimal(0)) + (off if up else -off)
    values = {"收入.合计": str(total)} | {f"收入.第{n}项": str(part) for n, part in enumerate(rounded)}
    (finding,) = check(SUM, table(values))
    assert finding.severity is Severity.ERROR


def test_a_known_way_to_get_it_wrong_is_named() -> None:
    rule = {
        "id": "assets",
        "formula": "合计 = 净值",
        "zh": "。",
        "en": ".",
        "traps": [{"formula": "原值", "zh": "用了原值。", "en": "Gross was used."}],
    }
    facts = table({"合计": "930.26", "净值": "330.31", "原值": "930.26"})
    (finding,) = check(rule, facts)
    assert finding.hint is not None
    assert (finding.hint.render("zh"), finding.hint.render("en")) == ("用了原值。", "Gross was used.")
    (other,) = check(rule, table({"合计": "500.00", "净值": "330.31", "原值": "930.26"}))
    assert other.hint is None


LABELS = {
    "资产.合计": {"zh": "资产总额", "en": "assets"},
    "采购.合计.全年预算": {"zh": "采购预算", "en": "procurement budget"},
}


def test_figures_of_a_facet_are_named_after_this_years() -> None:
    facets = ["", ".上年", ".年初预算", ".上年预算", ".增减率.填报"]
    keys = [*(f"资产.合计{facet}" for facet in facets), "采购.合计.全年预算"]
    facts = relabel(table(dict.fromkeys(keys, "1.00")), LABELS)
    assert [(fact.label, fact.label_en) for fact in facts.values()] == [
        ("资产总额", "assets"),
        ("上年资产总额", "assets, last year"),
        ("资产总额年初预算", "assets, initial budget"),
        ("上年资产总额预算", "assets, last year's budget"),
        ("填报的增减率", "stated rate of change"),
        ("采购预算", "procurement budget"),
    ]


def test_naming_figures_twice_is_naming_them_once() -> None:
    keys = ["资产.合计", "资产.合计.上年", "培训费.上年", "会议费.年初预算", "会议费.执行率.填报"]
    facts = table(dict.fromkeys(keys, "1.00"))
    once = relabel(facts, LABELS)
    assert dict(relabel(once, LABELS)) == dict(once)
    assert list(once) == list(facts)


def test_names_with_signs_in_them_are_bound_as_names() -> None:
    facts = table({"收入.合计": "10.00", "收入.（其他）+捐赠": "4.00"})
    assert apply_rules(read_rules([SHARE], HERE), facts).facts["收入.（其他）+捐赠.占比"].value == Decimal("0.4")


def test_dates_differ_by_days_and_years_by_years() -> None:
    late = {"id": "late", "formula": "完成 > 止", "zh": "。", "en": "."}
    year = {"id": "year", "formula": "年(完成) = 年度 + 1", "zh": "。", "en": "."}
    facts = Facts(
        [
            Fact("完成", Decimal(737543), "日", "完成", 2020, Given(Place("a", 1), "2020-04-28"), 0),
            Fact("止", Decimal(737790), "日", "止", 2020, Given(Place("a", 2), "2020-12-31"), 0),
            Fact("年度", Decimal(2020), "年", "年度", 2020, Given(Place("a", 3), "2020"), 0),
        ]
    )
    (finding,) = check(late, facts)
    assert finding.message.render("zh") == "。填报2020年4月28日，对照数2020年12月31日，相差247天。"
    assert finding.message.render("en") == ". Found 2020-04-28, against 2020-12-31, difference 247 days."
    (finding,) = check(year, facts)
    assert finding.message.render("zh") == "。填报2020年，计算得2021年，相差1年。"
    assert f.keys_of(f.parse_relation(str(year["formula"])).right) == ("年度",)


def test_a_relation_for_some_units_only_leaves_the_others_alone() -> None:
    (rule,) = read_rules([{**SUM, "if": {"单位.性质": ["事业", "参公"]}}], HERE)
    assert rule.concerns({"单位.性质": "事业"}.get)  # type: ignore[arg-type]
    assert not rule.concerns(lambda _: "行政")
    assert not rule.concerns(lambda _: "")
    (rule,) = read_rules([SUM], HERE)
    assert rule.concerns(lambda _: "")
