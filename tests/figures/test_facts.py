"""Facts: every figure of a data file under its key, with its place; keys, names and patterns."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draftgen.figures.facts import Derived, Fact, Facts, Given, GrowingFacts, collect, concerns, key_pattern, segment
from draftgen.figures.formula import half_width
from draftgen.figures.reading import Loaded, load
from draftgen.findings import Place

HEAD = "年度: 2020\n金额单位: 万元\n单位:\n  全称: 某某局\n"
NAMES = st.text(alphabet="收入支出.*?#{}（）A1 ", min_size=1, max_size=8).filter(lambda text: bool(text.strip()))


def made(key: str, value: str = "1") -> Fact:
    return Fact(key, Decimal(value), "万元", key.split(".")[-1], 2020, Given(Place("a.yaml", 1, key), value), 2)


def facts_of(tmp_path: Path, text: str) -> tuple[Facts, Loaded]:
    path = tmp_path / "data.yaml"
    path.write_text(HEAD + text, "utf-8")
    loaded = load(path)
    return collect(loaded.dataset, loaded.places.at, year=2020, money_unit="万元"), loaded


def test_a_bare_figure_stands_under_its_own_key_and_its_comparisons_below(tmp_path: Path) -> None:
    facts, _ = facts_of(tmp_path, "会议费:\n  本年: 24.59\n  上年: 19.87\n  年初预算: 30\n  增减率: 23.75%\n")
    found = {key: (fact.value, fact.unit, fact.year) for key, fact in facts.items() if key.startswith("会议费")}
    assert found == {
        "会议费": (Decimal("24.59"), "万元", 2020),
        "会议费.上年": (Decimal("19.87"), "万元", 2019),
        "会议费.年初预算": (Decimal(30), "万元", 2020),
        "会议费.增减率.填报": (Decimal("0.2375"), "%", 2020),
    }


def test_a_fact_knows_its_line_its_path_and_the_text_as_typed(tmp_path: Path) -> None:
    facts, loaded = facts_of(tmp_path, "会议费:\n  本年: 1,024.590\n")
    origin = facts["会议费"].origin
    assert origin == Given(Place(loaded.places.file, 6, "会议费.本年"), "1,024.590")
    assert facts["会议费"].places == 3


def test_a_date_is_its_day_and_a_month_its_last_day(tmp_path: Path) -> None:
    facts, _ = facts_of(tmp_path, "公开日期: 2021-08-27\n人员:\n  截止日期: 2020年2月\n")
    assert facts["公开日期"].day.isoformat() == "2021-08-27"
    assert facts["人员.截止日期"].day.isoformat() == "2020-02-29"
    assert (facts["年度"].unit, facts["年度"].value) == ("年", Decimal(2020))


def test_amounts_in_another_unit_are_converted_with_the_exactness_they_were_typed_with(tmp_path: Path) -> None:
    facts, _ = facts_of(tmp_path, "会议费: 170963.12元\n培训费: 0.17亿元\n收入:\n  合计: 17.10\n")
    assert (facts["会议费"].value, facts["会议费"].unit) == (Decimal("17.096312"), "万元")
    assert half_width(facts["会议费"]) == Decimal("0.0000005")
    assert half_width(facts["培训费"]) == Decimal(50)
    assert half_width(facts["收入.合计"]) == Decimal("0.005")


def test_a_list_counts_its_items_and_names_each_by_its_name(tmp_path: Path) -> None:
    text = "机构:\n  纳入单位:\n    - 名称: 甲.办公室\n      编制合计: 3\n    - 名称: 乙\n      编制合计: 4\n"
    facts, _ = facts_of(tmp_path, text)
    assert facts["机构.纳入单位.个数"].value == 2
    assert facts["机构.纳入单位.甲．办公室.编制合计"].value == 3
    assert [f.value for f in facts.match("机构.纳入单位.*.编制合计")] == [3, 4]


def test_items_of_one_name_or_without_a_name_never_share_a_key(tmp_path: Path) -> None:
    results = "".join(f"        - 事项: 会议{name}\n          数量: {n}\n" for n, name in enumerate(["", "", ""], 1))
    result = "        - 事项: 会\n          名称: {}\n          数量: {}\n"
    named = "".join(result.format(name, n) for n, name in [(4, "丙#6"), (5, "丙"), (6, "丙")])
    facts, _ = facts_of(tmp_path, f"工作:\n  事项:\n    - 事项: 会务\n      成果:\n{results}{named}")
    found = [fact.value for fact in facts.match("工作.事项.会务.成果.*.数量")]
    assert found == [1, 2, 3, 4, 5, 6]


def test_a_target_carries_its_sense(tmp_path: Path) -> None:
    indicator = "        - 名称: 投诉\n          性质: ≤\n          目标值: 3\n          实际值: 2\n"
    text = f"绩效目标:\n  项目:\n    - 名称: 甲\n      指标:\n{indicator}"
    facts, _ = facts_of(tmp_path, text)
    assert facts["绩效目标.项目.甲.指标.投诉.目标值"].sense == "≤"
    assert facts["绩效目标.项目.甲.指标.投诉.实际值"].sense == ""


def test_what_is_absent_is_no_fact(tmp_path: Path) -> None:
    facts, _ = facts_of(tmp_path, "会议费:\n  上年: 3\n")
    assert "会议费" not in facts
    assert facts.value("会议费") is None
    assert facts.value("会议费.上年") == 3


@given(NAMES)
def test_a_name_is_one_part_of_a_key_and_means_nothing_in_a_pattern(name: str) -> None:
    key = f"收入.{segment(name)}.上年"
    facts = Facts([made(key)])
    assert key.count(".") == 2
    assert facts.match(key) == (facts[key],)
    assert facts.match(f"收入.{segment(name)}.*") == (facts[key],)
    assert facts.captures("收入.{项}.上年") == ({"项": segment(name)},)


@pytest.mark.parametrize(
    ("pattern", "key", "fits"),
    [
        ("收入.*", "收入.合计", True),
        ("收入.*", "收入.合计.上年", False),
        ("收入.*", "收入", False),
        ("*.合计", "收入.合计", True),
        ("收.入", "收a入", False),
        ("成果.会议#*", "成果.会议#2", True),
        ("成果.会议#*", "成果.会议", False),
        ("支出（类）.*", "支出（类）.甲", True),
    ],
)
def test_a_star_stands_for_one_part_of_a_key(pattern: str, key: str, fits: bool) -> None:
    assert bool(key_pattern(pattern).fullmatch(key)) is fits
    assert bool(Facts([made(key)]).match(pattern)) is fits


@given(st.lists(st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=4).map(".".join), unique=True, max_size=30))
def test_searching_by_index_finds_what_a_full_scan_finds_in_the_same_order(keys: list[str]) -> None:
    facts = Facts(made(key) for key in keys)
    for pattern in ("甲.*", "*.乙", "{一}.{二}", "甲.{二}.丙", "*", "甲*.乙"):
        scanned = [fact for key, fact in facts.items() if key_pattern(pattern).fullmatch(key)]
        assert list(facts.match(pattern)) == scanned


FIRST, MORE = st.sampled_from(["甲.一", "甲.二", "乙.一", "丙"]), st.sampled_from(["甲.一", "甲.三", "丁"])


@given(st.lists(FIRST), st.lists(MORE))
def test_adding_keeps_the_first_fact_of_a_key_and_leaves_the_old_table_alone(first: list[str], more: list[str]) -> None:
    old = Facts(made(key, "1") for key in first)
    before = dict(old)
    old.match("甲.*")
    new = old.plus(made(key, "2") for key in more)
    assert dict(old) == before
    assert set(new) == {*first, *more}
    assert all(new[key].value == (1 if key in first else 2) for key in new)
    assert [f.key for f in new.match("甲.*")] == [key for key in new if key.startswith("甲.")]


def test_a_growing_table_finds_what_was_added_after_a_search() -> None:
    growing = GrowingFacts(Facts([made("甲.一")]))
    assert len(growing.match("甲.*")) == 1
    growing.add(made("甲.二"))
    done = growing.done()
    growing.add(made("甲.三"))
    assert [f.key for f in done.match("甲.*")] == ["甲.一", "甲.二"]
    assert [f.key for f in growing.match("甲.*")] == ["甲.一", "甲.二", "甲.三"]


def test_a_derived_fact_has_no_place() -> None:
    fact = Fact("甲", Decimal(1), "万元", "甲", 2020, Derived("sum", "甲 = 乙", ("乙",)))
    assert fact.place is None


@pytest.mark.parametrize(
    ("pattern", "key", "concerned"),
    [("*", "甲.乙", True), ("甲.*", "甲.乙.上年", True), ("甲.*", "甲", False), ("甲.乙", "甲.乙.上年", False)],
)
def test_a_pattern_concerns_its_keys_and_what_is_below_them(pattern: str, key: str, concerned: bool) -> None:
    assert concerns(pattern, key) is concerned
