"""From keys as typed to a valid data set: keys, shapes, values, second checks, places."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.errors import InputError
from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Figure
from draftgen.figures.quantities import Measure
from draftgen.figures.reading import Loaded, iter_fields, load
from draftgen.findings import Finding, Severity

HEAD = "年度: 2020\n金额单位: 万元\n单位: {全称: 某某区委员会办公室}\n"  # three lines

FULL = """\
报告: 部门决算公开说明
年度: 2020
金额单位: 万元
单位: {全称: 某某区委员会办公室, 简称: 区委办}
公开日期: 2021-09-30
机构:
  纳入单位数: {本年: 3, 上年: 2}
  纳入单位:
    - 名称: 区委办
      编制: {行政: 20, 事业: 5人}
收入:
  财政拨款收入: 1234.10
  其他收入: {本年: 63.79, 上年: 60, 说明: 非同级财政拨款}
支出:
  基本支出: 1000.00
三公经费:
  因公出国（境）费: 0
管理制度:
  依据: 预算法
评分:
  指标: {A1.1: 5, A2: {得分: 3, 要点: [是, 否]}}
标志: {多单位合并核算: 是}
"""
FULL_IN_JSON = {
    "报告": "部门决算公开说明",
    "年度": 2020,
    "金额单位": "万元",
    "单位": {"全称": "某某区委员会办公室", "简称": "区委办"},
    "公开日期": "2021-09-30",
    "机构": {
        "纳入单位数": {"本年": 3, "上年": 2},
        "纳入单位": [{"名称": "区委办", "编制": {"行政": 20, "事业": "5人"}}],
    },
    "收入": {"财政拨款收入": "1234.10", "其他收入": {"本年": 63.79, "上年": 60, "说明": "非同级财政拨款"}},
    "支出": {"基本支出": "1000.00"},
    "三公经费": {"因公出国（境）费": 0},
    "管理制度": {"依据": ["预算法"]},
    "评分": {"指标": {"A1.1": 5, "A2": {"得分": 3, "要点": ["是", "否"]}}},
    "标志": {"多单位合并核算": "是"},
}
FULL_IN_TOML = """\
"报告" = "部门决算公开说明"
"年度" = 2020
"金额单位" = "万元"
"公开日期" = 2021-09-30
[unit]
full_name = "某某区委员会办公室"
"简称" = "区委办"
["机构"]
"纳入单位数" = {"本年" = 3, "上年" = 2}
[["机构"."纳入单位"]]
"名称" = "区委办"
"编制" = {"行政" = 20, "事业" = "5人"}
["收入"]
"财政拨款收入" = 1234.10
"其他收入" = {"本年" = 63.79, "上年" = 60, "说明" = "非同级财政拨款"}
["支出"]
"基本支出" = 1000.00
["三公经费"]
"因公出国（境）费" = 0
["管理制度"]
"依据" = ["预算法"]
["评分"."指标"]
"A1.1" = 5
A2 = {"得分" = 3, "要点" = ["是", "否"]}
["标志"]
"多单位合并核算" = true
"""
FULL_IN_ENGLISH = """\
kind: 部门决算公开说明
Year: 2020
money_unit: 万元
unit: {full_name: 某某区委员会办公室, short_name: 区委办}
published: 2021-09-30
institutions:
  count: {current: 3, last: 2}
  units:
    - name: 区委办
      quota: {行政: 20, 事业: 5人}
income:
  fiscal: 1234.10
  other: {current: 63.79, last: 60, note: 非同级财政拨款}
outlay:
  basic: 1000.00
three_public:
  abroad: 0
rules:
  laws: 预算法
score:
  entries: {A1.1: 5, A2: {score: 3, points: [yes, no]}}
flags: {多单位合并核算: true}
"""


def loaded(folder: Path, text: str, name: str = "data.yaml") -> Loaded:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load(path)


def refused(folder: Path, text: str) -> list[Finding]:
    with pytest.raises(InputError) as caught:
        loaded(folder, text)
    for finding in caught.value.findings:
        assert finding.hint is not None
        for language in ("zh", "en"):
            assert "{" not in finding.message.render(language)
            assert "{" not in finding.hint.render(language)
    return list(caught.value.findings)


def told(findings: list[Finding]) -> list[tuple[str, int | None, str]]:
    return [(f.code, f.places[0].line, f.places[0].path) for f in findings]


def hint(finding: Finding) -> str:
    assert finding.hint is not None
    return finding.hint.render("zh")


def test_the_same_content_gives_the_same_data_set_in_every_format(tmp_path: Path) -> None:
    from_yaml = loaded(tmp_path, FULL).dataset
    assert loaded(tmp_path, json.dumps(FULL_IN_JSON), "data.json").dataset == from_yaml
    assert loaded(tmp_path, FULL_IN_TOML, "data.toml").dataset == from_yaml


def test_english_keys_give_the_same_data_set_and_places(tmp_path: Path) -> None:
    chinese, english = loaded(tmp_path, FULL), loaded(tmp_path, FULL_IN_ENGLISH)
    assert english.dataset == chinese.dataset
    assert english.places == chinese.places


def test_numbers_stay_as_typed(tmp_path: Path) -> None:
    income = loaded(tmp_path, FULL).dataset.income
    assert income is not None
    assert income.fiscal == Figure.model_validate({"本年": "1234.10"})
    assert income.fiscal.current == Measure(Decimal("1234.10"), "", "1234.10")
    assert income.fiscal.current.places == 2


@pytest.mark.parametrize("key", ["因公出国(境)费", "因公出国（境）费", "因公出国 (境) 费", "abroad", "ABROAD"])
def test_brackets_spaces_and_capitals_in_keys_do_not_matter(tmp_path: Path, key: str) -> None:
    result = loaded(tmp_path, HEAD + f"三公经费:\n  {key}: 1\n")
    assert result.dataset.three_public is not None
    assert result.dataset.three_public.abroad is not None
    assert result.places.at("三公经费.因公出国（境）费").line == 5


def test_names_that_a_person_chose_stay_as_typed(tmp_path: Path) -> None:
    staff = loaded(tmp_path, HEAD + "人员:\n  实有: {行政(含工勤): 3, ' 事 业': 4}\n").dataset.staff
    assert staff is not None
    assert list(staff.actual or {}) == ["行政(含工勤)", " 事 业"]


def test_what_is_not_filled_in_is_absent(tmp_path: Path) -> None:
    text = HEAD + "机构:\n收入:\n  合计:\n  其他收入: {本年: , 上年: ~}\n工作:\n  事项:\n    - 事项:\n    -\n经验: []\n"
    dataset = loaded(tmp_path, text).dataset
    assert (dataset.institutions, dataset.income, dataset.work) == (None, None, None)
    assert dataset.experience == []


def test_empty_list_items_do_not_count(tmp_path: Path) -> None:
    result = loaded(
        tmp_path, HEAD + "工作:\n  事项:\n    -\n    - 事项: 督查\n管理制度:\n  依据:\n    -\n    - 预算法\n"
    )
    assert result.places.at("工作.事项[1].事项").line == 7
    assert result.places.at("管理制度.依据[1]").line == 11


def test_a_bare_value_stands_for_the_main_key_of_its_group(tmp_path: Path) -> None:
    result = loaded(tmp_path, HEAD + "支出:\n  基本支出: 5\n评价:\n  依据: [预算法, {名称: 通知, 文号: 1号}]\n")
    outlay, evaluation = result.dataset.outlay, result.dataset.evaluation
    assert outlay is not None
    assert outlay.basic is not None
    assert outlay.basic.total == Figure.model_validate({"本年": "5"})
    assert evaluation is not None
    assert [b.name for b in evaluation.bases or []] == ["预算法", "通知"]


def test_a_place_falls_back_to_the_nearest_ancestor(tmp_path: Path) -> None:
    places = loaded(tmp_path, FULL).places
    assert places.at("收入.财政拨款收入.本年").line == 12
    assert places.at("支出.基本支出.合计.本年").line == 15
    assert places.at("机构.纳入单位[1].编制.行政").line == 10
    assert places.at("机构.纳入单位[7].名称").line == 8
    assert places.at("评分.指标.A1.1.得分").line == 21
    assert places.at("资产.合计").line is None
    assert places.at("收入.财政拨款收入.本年").path == "收入.财政拨款收入.本年"


SHAPES = {
    "value for a group": ("收入: 5\n", ("wrong-shape", 4, "收入")),
    "list for a group": ("收入:\n  - 合计: 5\n", ("wrong-shape", 4, "收入")),
    "group for a value": ("职责: {a: b}\n", ("wrong-shape", 4, "职责")),
    "list for a value": ("收入:\n  合计:\n    本年: [1, 2]\n", ("wrong-shape", 6, "收入.合计.本年")),
    "list for a figure": ("收入:\n  合计: [1, 2]\n", ("wrong-shape", 5, "收入.合计")),
    "group for a list": ("工作:\n  事项:\n    事项: 督查\n", ("wrong-shape", 5, "工作.事项")),
    "value for a list of groups": ("评价:\n  依据: 预算法\n", ("wrong-shape", 5, "评价.依据")),
    "value in a list of groups": ("工作:\n  事项:\n    - 督查\n", ("wrong-shape", 6, "工作.事项[1]")),
    "group in a list of texts": ("管理制度:\n  依据:\n    - a: b\n", ("wrong-shape", 6, "管理制度.依据[1]")),
    "value for named entries": ("人员:\n  编制: 20\n", ("wrong-shape", 5, "人员.编制")),
    "group in named entries": ("人员:\n  编制:\n    行政: {a: 1}\n", ("wrong-shape", 6, "人员.编制.行政")),
    "full-width colon": ("收入:\n  合计：5\n", ("wrong-shape", 4, "收入")),
}


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES.keys())
def test_a_wrong_shape_is_named_with_its_line(tmp_path: Path, text: str, expected: tuple[str, int, str]) -> None:
    assert told(refused(tmp_path, HEAD + text)) == [expected]


def test_a_colon_without_space_is_explained_where_a_group_is_wanted(tmp_path: Path) -> None:
    (finding,) = refused(tmp_path, HEAD + "收入:\n  合计：5\n")
    assert "半角冒号加空格" in hint(finding)


VALUES = {
    "a word": ("收入:\n  合计: 很多\n", ("not-a-number", 5, "收入.合计.本年"), "阿拉伯数字"),
    "about": ("收入:\n  合计: 约5\n", ("not-a-number", 5, "收入.合计.本年"), "只写数字"),
    "a dash": ("收入:\n  合计: {本年: ——}\n", ("not-a-number", 5, "收入.合计.本年"), "留空"),
    "brackets": ("收入:\n  合计: (5.20)\n", ("not-a-number", 5, "收入.合计.本年"), "负号"),
    "exponent": ("收入:\n  合计: 1e3\n", ("not-a-number", 5, "收入.合计.本年"), "科学记数法"),
    "empty quotes": ('收入:\n  合计: ""\n', ("not-a-number", 5, "收入.合计.本年"), "留空"),
    "no such day": ("公开日期: 2020-02-30\n", ("not-a-date", 4, "公开日期"), "是否存在"),
    "no flag": ("标志: {甲: 也许}\n", ("not-a-flag", 4, "标志.甲"), "“是”或“否”"),
    "no choice": ("设置:\n  字体: 宋体\n", ("not-a-choice", 5, "设置.字体"), "其中一个"),
    "empty text": ('职责: " "\n', ("not-text", 4, "职责"), "留空"),
    "missing in a list": ("工作:\n  事项:\n    - 概述: 甲\n", ("missing-key", 6, "工作.事项[1].事项"), "请补充"),
    "empty flag in a list": ("评分:\n  指标:\n    A1:\n      要点: [是, ]\n", None, ""),
    "gap in a list of flags": (
        "评分:\n  指标:\n    A1:\n      要点:\n        - 是\n        -\n",
        ("not-a-flag", 9, "评分.指标.A1.要点[2]"),
        "按顺序",
    ),
}


@pytest.mark.parametrize(("text", "expected", "advice"), VALUES.values(), ids=VALUES.keys())
def test_a_value_that_does_not_fit_is_named_with_its_line(
    tmp_path: Path, text: str, expected: tuple[str, int, str] | None, advice: str
) -> None:
    if expected is None:
        loaded(tmp_path, HEAD + text)
        return
    (finding,) = refused(tmp_path, HEAD + text)
    assert told([finding]) == [expected]
    assert advice in hint(finding)


def test_a_day_in_place_of_the_year_is_asked_for_as_a_year(tmp_path: Path) -> None:
    text = re.sub("年度: [0-9]+", "年度: 2024-01-01", HEAD)
    (finding,) = refused(tmp_path, text)
    assert (finding.code, finding.places[0].path) == ("not-a-number", "年度")
    assert "四位数的年份" in hint(finding)
    assert "万元" not in hint(finding)


def test_a_wrong_choice_lists_the_choices(tmp_path: Path) -> None:
    (finding,) = refused(tmp_path, HEAD.replace("万元", "千元"))
    assert told([finding]) == [("not-a-choice", 2, "金额单位")]
    assert finding.found == "千元"
    assert finding.message.render("zh") == "“金额单位”应为以下之一：元、万元、亿元，实际为“千元”"


def test_missing_keys_are_all_named(tmp_path: Path) -> None:
    found = told(refused(tmp_path, "单位: {简称: 区委办}\n"))
    assert found == [
        ("missing-key", None, "年度"),
        ("missing-key", None, "金额单位"),
        ("missing-key", 1, "单位.全称"),
    ]


def test_an_empty_toml_file_tells_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, "", "data.toml")
    assert {f.code for f in caught.value.findings} == {"missing-key"}


UNKNOWN = {
    "misspelt": ("收入:\n  财政拔款收入: 1\n", 5, "财政拨款收入"),
    "misspelt in English": ("income:\n  fiscall: 1\n", 5, "财政拨款收入"),
    "of another topic": ("收入:\n  公务接待费: 1\n", 5, "三公经费.公务接待费"),
    "of the top level": ("收入:\n  资产: 1\n", 5, "缩进"),
    "one level too high": ("支出:\n  基本支出: {本年: 5}\n", 5, "下一级“合计”"),
    "of a figure": ("口径变化: 有\n", 4, "某一个数之下"),
    "like nothing": ("车辆:\n  zzz: 1\n", 5, "此处可用的键：编制、实有"),
}


@pytest.mark.parametrize(("text", "line", "advice"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_an_unknown_key_is_named_with_what_was_meant(tmp_path: Path, text: str, line: int, advice: str) -> None:
    (finding,) = refused(tmp_path, HEAD + text)
    assert (finding.code, finding.places[0].line) == ("unknown-key", line)
    assert advice in hint(finding)


def test_a_misspelt_required_key_is_not_reported_as_missing_too(tmp_path: Path) -> None:
    found = refused(tmp_path, HEAD.replace("全称", "全稱"))
    assert told(found) == [("unknown-key", 3, "单位.全稱")]


def test_both_names_of_a_key_are_a_duplicate(tmp_path: Path) -> None:
    (finding,) = refused(tmp_path, HEAD + "收入:\n  合计: 1\n  total: 2\n")
    assert told([finding]) == [("duplicate-key", 6, "收入.合计")]
    assert finding.places[1].line == 5


def test_two_spellings_of_a_key_are_a_duplicate(tmp_path: Path) -> None:
    found = refused(tmp_path, HEAD + "三公经费:\n  因公出国(境)费: 1\n  因公出国（境）费: 2\n")
    assert told(found) == [("duplicate-key", 6, "三公经费.因公出国（境）费")]


SECOND = {
    "negative count": ("车辆:\n  编制: -1\n", ("negative-count", 5, "车辆.编制")),
    "negative count of a figure": (
        "人员:\n  实有合计: {本年: 1, 上年: -2}\n",
        ("negative-count", 5, "人员.实有合计.上年"),
    ),
    "half a person": ("人员:\n  编制: {行政: 1.5}\n", ("not-whole", 5, "人员.编制.行政")),
    "half a person in a list": (
        "机构:\n  纳入单位:\n    - 名称: 甲\n      编制: {行政: 1.5}\n",
        ("not-whole", 7, "机构.纳入单位[1].编制.行政"),
    ),
    "half a difference of counts": ("车辆:\n  实有: {增减额: -0.5}\n", ("not-whole", 5, "车辆.实有.增减额")),
    "persons for money": ("收入:\n  合计: 5人\n", ("wrong-unit", 5, "收入.合计.本年")),
    "money for persons": ("人员:\n  实有合计: 5万元\n", ("wrong-unit", 5, "人员.实有合计.本年")),
    "money for a rate": ("绩效分析:\n  质量达标率: 5元\n", ("wrong-unit", 5, "绩效分析.质量达标率")),
    "percent for points": ("评分:\n  总分: 95%\n", ("wrong-unit", 5, "评分.总分")),
    "vehicles for persons": ("三公经费:\n  购置车辆: 2人\n", ("wrong-unit", 5, "三公经费.购置车辆")),
    "a period that ends before it begins": (
        "评价:\n  时段: {起: 2020-12-31, 止: 2020-01-01}\n",
        ("period-reversed", 5, "评价.时段.起"),
    ),
    "a date in the year 202": ("公开日期: 0202-09-30\n", ("bad-year", 4, "公开日期")),
    "decimal places": ("设置:\n  金额小数位: 40\n", ("out-of-range", 5, "设置.金额小数位")),
}


@pytest.mark.parametrize(("text", "expected"), SECOND.values(), ids=SECOND.keys())
def test_a_value_that_cannot_be_meant_is_named_with_its_line(
    tmp_path: Path, text: str, expected: tuple[str, int, str]
) -> None:
    assert told(refused(tmp_path, HEAD + text)) == [expected]


@pytest.mark.parametrize("year", ["1948", "2101", "2020.5", "20", "2020万元"])
def test_an_implausible_year_is_refused(tmp_path: Path, year: str) -> None:
    assert told(refused(tmp_path, HEAD.replace("2020", year))) == [("bad-year", 1, "年度")]


def test_a_year_may_carry_its_unit(tmp_path: Path) -> None:
    assert loaded(tmp_path, HEAD.replace("2020", "2020年")).dataset.year.value == 2020


def test_units_that_fit_are_accepted(tmp_path: Path) -> None:
    text = "收入: {合计: 0.5亿元, 其他收入: 3元, 事业收入: '1,234.50万元'}\n三公经费: {接待批次: 12批次}\n"
    text += "绩效分析: {质量达标率: 95％}\n评分: {总分: 95分}\n车辆: {实有: {本年: 3辆, 增减额: -2}}\n"
    assert loaded(tmp_path, HEAD + text).findings == ()


def test_a_rate_that_looks_like_a_fraction_is_a_warning(tmp_path: Path) -> None:
    (finding,) = loaded(tmp_path, HEAD + "绩效分析:\n  质量达标率: 0.95\n").findings
    assert (finding.code, finding.severity, finding.places[0].line) == ("rate-as-fraction", Severity.WARNING, 5)
    assert finding.message.render("zh") == "“绩效分析.质量达标率”按0.95%读取，是否应为95%？"


@pytest.mark.parametrize("rate", ["0", "0.95%", "1.01", "-3", "0.00"])
def test_other_rates_are_no_cause_for_a_warning(tmp_path: Path, rate: str) -> None:
    assert loaded(tmp_path, HEAD + f"绩效分析:\n  质量达标率: {rate}\n").findings == ()


def test_everything_that_is_wrong_is_told_in_one_run_in_the_order_of_lines(tmp_path: Path) -> None:
    text = HEAD.replace("2020", "很久") + "收入:\n  合计: 多\n  合记: 1\n车辆: 5\n人员:\n  编制: {行政: -1}\n"
    assert [(code, line) for code, line, _ in told(refused(tmp_path, text))] == [
        ("not-a-number", 1),
        ("not-a-number", 5),
        ("unknown-key", 6),
        ("wrong-shape", 7),
        ("negative-count", 9),
    ]


def test_iter_fields_visits_groups_lists_and_named_entries(tmp_path: Path) -> None:
    fields = {f.path: f for f in iter_fields(loaded(tmp_path, FULL).dataset)}
    assert fields["机构.纳入单位[1].编制.事业"].unit == "人"
    assert fields["收入.其他收入.上年"].unit == "金额"
    assert isinstance(fields["收入.其他收入"].value, Figure)
    assert fields["收入.其他收入.上年"].title_zh == "上年"
    assert fields["收入.其他收入.上年"].title_en == "last year"
    assert fields["评分.指标.A1.1.得分"].unit == "分"
    assert fields["管理制度.依据[1]"].value == "预算法"
    assert "收入.合计" not in fields


def test_iter_fields_can_start_below_the_top(tmp_path: Path) -> None:
    dataset: Dataset = loaded(tmp_path, FULL).dataset
    assert dataset.outlay is not None
    assert [f.path for f in iter_fields(dataset.outlay, "支出")] == [
        "支出.基本支出",
        "支出.基本支出.合计",
        "支出.基本支出.合计.本年",
    ]
