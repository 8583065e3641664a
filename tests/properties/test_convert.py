"""No data file loses anything on its way through a workbook, YAML or JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draftgen.errors import InputError
from draftgen.figures.canonical import canonical, in_order
from draftgen.figures.conversion import Opened, open_for_conversion, write_as
from draftgen.figures.source_json import parse_json
from draftgen.figures.source_yaml import parse_yaml
from draftgen.figures.workbook.form import blank_workbook
from draftgen.figures.workbook.reading import parse_workbook
from tests.properties.data_files import data_files
from tests.properties.test_any_data_file import LARGE, any_file

Tree = dict[str, Any]
BLANKS = (
    "不清楚",
    "未知",
    "",
    "~",
    "null",
    "010",
    "no",
    "1e5",
    "-0",
    "+5",
    "1，234.50",
    "１２",
    "95％",
    "=A1",
    "_x0041_",
)
ODD = (
    *BLANKS,
    " 前后有空格 ",
    "#标题",
    "- 项",
    "a: b",
    "第一行\n\n第三行",
    "制表\t符",
    "'单引号",
    '"双引号"',
    "长" * 900,
)


def tree_of(text: str) -> Tree:
    parsed = parse_json(text, "data.json").tree
    assert isinstance(parsed, dict)
    return in_order(canonical(parsed))


def workbook(tree: Tree) -> bytes:
    return blank_workbook("报告", topics=[], data=tree)


def through_workbook(tree: Tree) -> Tree:
    parsed = parse_workbook(workbook(tree), "data.xlsx")
    assert [f for f in parsed.findings if f.severity == "error"] == []
    assert isinstance(parsed.tree, dict)
    return canonical(parsed.tree)


@settings(any_file, max_examples=LARGE // 8)
@given(text=data_files())
def test_a_workbook_keeps_every_text_and_its_place_in_the_tree(text: str) -> None:
    tree = tree_of(text)
    assert through_workbook(tree) == tree


@settings(any_file, max_examples=LARGE // 2)
@given(text=data_files())
def test_yaml_keeps_every_text_and_its_place_in_the_tree(text: str) -> None:
    opened = Opened("data.json", tree_of(text), ())
    assert read_back(write_as(opened, ".yaml", workbook), ".yaml") == opened.tree


@settings(any_file, max_examples=LARGE // 4)
@given(value=st.text(min_size=1, max_size=40) | st.sampled_from(ODD), bare=st.booleans())
def test_any_text_survives_in_every_format_or_is_refused(value: str, bare: bool) -> None:
    tree: Tree = {"年度": "2020", "金额单位": "万元", "单位": {"全称": value}, "职责": value}
    tree |= {"管理制度": {"依据": [value, "乙"]}, "人员": {"编制": {f"名{value}": value}}}
    tree["工作"] = {"事项": [{"事项": value, "成果": [{"事项": value, "单位": value}]}, {"事项": value}]}
    tree["会议费"] = value if bare else {"本年": value, "原因": value}
    opened = Opened("data.json", in_order(canonical(tree)), ())
    for ending in (".yaml", ".json", ".xlsx"):
        data = written(opened, ending)
        assert data is None or read_back(data, ending) == opened.tree


def written(opened: Opened, ending: str) -> bytes | None:
    try:
        return write_as(opened, ending, workbook)
    except InputError as refused:
        if {f.code for f in refused.findings} != {"not-convertible"}:
            raise
        return None


def read_back(data: bytes, ending: str) -> Tree:
    if ending == ".xlsx":
        parsed = parse_workbook(data, "data.xlsx").tree
    else:
        read = parse_yaml if ending == ".yaml" else parse_json
        parsed = read(data.decode("utf-8", errors="surrogatepass"), "data").tree
    assert isinstance(parsed, dict)
    return canonical(parsed)


@pytest.mark.parametrize("value", ODD)
def test_the_odd_values_that_offices_type_are_not_refused(value: str) -> None:
    """What can be read from a text file can be put into a workbook: a refusal would be a dead end."""
    if not value.strip():
        return
    tree: Tree = {"年度": "2020", "金额单位": "万元", "单位": {"全称": value}, "职责": value}
    opened = Opened("data.json", in_order(canonical({**tree, "管理制度": {"依据": [value]}, "会议费": value})), ())
    assert write_as(opened, ".xlsx", workbook)
    assert write_as(opened, ".yaml", workbook)


def test_values_that_stand_in_the_file_without_being_known_stay_so(tmp_path: Path) -> None:
    text = "年度: 2020\n金额单位: 万元\n单位: {全称: 甲局}\n会议费:\n培训费: {本年: , 上年: 5}\n收入: {其他收入: }\n"
    text += "人员: {编制: {行政: , 事业: 3}, 实有合计: }\n车辆: {编制: }\n绩效目标: {项目: [{名称: 甲, 金额: }]}\n"
    text += "职责:\n评分: {指标: {A1: , A2: {得分: , 次数: 1}}}\n"
    path = tmp_path / "data.yaml"
    path.write_text(text, "utf-8")
    opened = open_for_conversion(path)
    assert opened.tree["会议费"] is None
    assert through_workbook(opened.tree) == opened.tree
    again = json.loads(write_as(opened, ".json", workbook))
    assert canonical(again) == opened.tree
