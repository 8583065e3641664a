"""Charts: what is drawn is the whole picture, in one unit, of more than one value; or nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from draftgen.draft import Chart, Value
from draftgen.kinds import load_kind
from draftgen.markdown import as_markdown
from draftgen.pipeline import compose, examine, load
from draftgen.planning.captions import numbered
from draftgen.planning.charts import plan_chart
from draftgen.planning.messages import ChartPlan, TablePlan
from tests.desk import FOLDERS, HEAD, KIND, REPORT, context, drafted, examined

OUTLINE = load_kind(FOLDERS.templates, KIND).outline
INCOME: dict[str, Any] = {"caption": "{year}年度收入构成", "type": "pie", "figures": "收入.*", "of": "收入.合计"}
YEARS: dict[str, Any] = {
    "caption": "比较",
    "type": "clustered",
    "figures": ["会议费", "培训费"],
    "series": [{"name": "{last_year}年度", "figure": "@.上年"}, {"name": "{year}年度", "figure": "@"}],
}


def planned(chart: dict[str, Any], data: str, folder: Path) -> ChartPlan | None:
    return plan_chart(chart, context(examined(HEAD + data, folder)))


def test_a_composition_is_drawn_from_its_known_parts(tmp_path: Path) -> None:
    plan = planned(INCOME, "收入: {合计: 30, 财政拨款收入: 20.5, 其他收入: 9.5, 事业收入: 0}\n", tmp_path)
    assert plan is not None
    assert (plan.caption, plan.unit, plan.categories) == ("2020年度收入构成", "万元", ("财政拨款收入", "其他收入"))
    assert [fact.key for fact in plan.series[0].facts] == ["收入.财政拨款收入", "收入.其他收入"]


NOT_DRAWN = {
    "nothing is known": "",
    "one value": "收入: {合计: 20, 财政拨款收入: 20}\n",
    "one value beside zeros": "收入: {合计: 20, 财政拨款收入: 20, 其他收入: 0}\n",
    "a part below nothing": "收入: {合计: 15, 财政拨款收入: 20, 其他收入: -5}\n",
    "a part that nobody filled in": "收入: {合计: 30, 财政拨款收入: 20, 其他收入: 10, 事业收入: }\n",
    "parts that are not the whole": "收入: {合计: 31, 财政拨款收入: 20, 其他收入: 10}\n",
}


@pytest.mark.parametrize("case", NOT_DRAWN)
def test_a_composition_that_would_not_show_the_whole_is_not_drawn(case: str, tmp_path: Path) -> None:
    assert planned(INCOME, NOT_DRAWN[case], tmp_path) is None


def test_only_what_every_series_knows_is_compared(tmp_path: Path) -> None:
    plan = planned(YEARS, "会议费: {本年: 3, 上年: 2}\n培训费: 5\n", tmp_path)
    assert plan is not None
    assert plan.categories == ("会议费",)
    assert [(s.name, s.facts[0].key) for s in plan.series] == [("2019年度", "会议费.上年"), ("2020年度", "会议费")]
    assert planned(YEARS, "会议费: 3\n培训费: 5\n", tmp_path) is None


def test_figures_in_different_units_are_not_drawn_together(tmp_path: Path) -> None:
    mixed = {"caption": "x", "type": "column", "figures": ["会议费", "车辆.编制"]}
    assert planned(mixed, "会议费: 3\n车辆: {编制: 5}\n", tmp_path) is None


def test_dates_are_no_sizes(tmp_path: Path) -> None:
    days = {"caption": "x", "type": "column", "figures": ["人员.截止日期", "资产.截止日期"]}
    assert planned(days, "人员: {截止日期: 2020-12-31}\n资产: {截止日期: 2020-12-31}\n", tmp_path) is None


def test_a_condition_decides(tmp_path: Path) -> None:
    data = "会议费: 3\n培训费: 5\n"
    chart = {"caption": "x", "type": "column", "figures": ["会议费", "培训费"]}
    assert planned(chart, data, tmp_path) is not None
    assert planned({**chart, "if": {"has": "公开日期"}}, data, tmp_path) is None


def test_captions_are_numbered_in_order_and_a_published_form_keeps_its_number() -> None:
    chart = ChartPlan("pie", "甲", (), (), "a")
    table, form = TablePlan("乙", (), (), "b"), TablePlan("丙", (), (), "c", number="公开01表")
    nodes = numbered([chart, table, form, table, chart], {"chart": "图{number}　", "table": "表{number}　"})
    assert [n.caption for n in nodes if isinstance(n, ChartPlan | TablePlan)] == [
        "图1　甲",
        "表1　乙",
        "丙",
        "表2　乙",
        "图2　甲",
    ]


def test_every_point_of_the_report_is_a_fact_as_it_is_printed() -> None:
    report = examine(load(REPORT), where=FOLDERS)
    draft = compose(report, where=FOLDERS)
    charts = [b for b in draft.blocks if isinstance(b, Chart)]
    assert [c.head for c in charts] == [
        "图1　2020年度收入构成（单位：万元）",
        "图2　2020年度支出构成（单位：万元）",
        "图3　“三公”经费支出与2019年度比较（单位：万元）",
        "图4　2020年度项目支出按功能分类构成（单位：万元）",
        "图5　一级指标得分情况（单位：分）",
    ]
    points = [p for c in charts for s in c.series for p in s.points]
    assert {p.key for p in points} <= set(report.knowledge.facts)
    assert charts[2].rows[0] == ("", "2019年度", "2020年度")
    assert charts[2].rows[1] == ("公务用车购置费", "48.84", "0.00")
    assert set(points) <= {i for i in draft.inlines() if isinstance(i, Value)}


def test_without_charts_none_is_drawn_and_nothing_else_changes(tmp_path: Path) -> None:
    data = examined(REPORT.read_text("utf-8"), tmp_path)
    plain, full = compose(data, where=FOLDERS, charts=False), compose(data, where=FOLDERS)
    assert plain.blocks == tuple(b for b in full.blocks if not isinstance(b, Chart))


def test_in_text_and_markdown_a_chart_is_a_small_table(tmp_path: Path) -> None:
    draft = drafted(HEAD + "收入: {合计: 30, 财政拨款收入: 20.5, 其他收入: 9.5}\n", tmp_path)
    assert "图1　2020年度收入构成（单位：万元）\n财政拨款收入\t20.50\n其他收入\t9.50\n" in draft.as_text()
    rows = "|  |  |\n| --- | --- |\n| 财政拨款收入 | 20.50 |\n| 其他收入 | 9.50 |\n"
    assert f"**图1　2020年度收入构成（单位：万元）**\n\n{rows}" in as_markdown(draft)


FULL = """
收入: {合计: {本年: 30, 上年: 20}, 财政拨款收入: 20, 其他收入: 10}
支出:
  合计: {本年: 28, 上年: 21}
  基本支出: {合计: {本年: 18, 上年: 11, 全年预算: 19}}
  项目支出: {合计: {本年: 10, 上年: 10, 全年预算: 11}, 功能分类: {教育支出: 6, 卫生健康支出: 4}}
三公经费: {公务接待费: {本年: 1, 上年: 2}, 公务用车运行维护费: {本年: 3, 上年: 4}}
评分: {指标: {A11: {得分: 2}}}
"""


def test_every_chart_that_ships_is_drawn_where_its_figures_are_given(tmp_path: Path) -> None:
    """A key that no figure fits would never be drawn, and nobody would notice."""
    ctx = context(examined(HEAD + FULL, tmp_path))
    drawn = {name for name, chart in OUTLINE.charts.items() if plan_chart(chart, ctx) is not None}
    assert drawn | {"score"} == set(OUTLINE.charts)
