"""Tables: rows of the list, what is left out, totals, and the score table with its merged groups."""

from __future__ import annotations

from pathlib import Path

import pytest

from draftgen.draft import Table, inlines_of
from draftgen.errors import TemplateError
from draftgen.findings import Place
from draftgen.kinds import load_kind
from draftgen.planning.messages import TablePlan
from draftgen.planning.outline_checks import check_table
from draftgen.planning.tables import plan_table
from tests.desk import FOLDERS, HEAD, KIND, REPORT, context, drafted, examined

KIND_DATA = load_kind(FOLDERS.templates, KIND)
TABLES = KIND_DATA.outline.tables


def table(data: str, folder: Path, name: str) -> Table:
    """The table of this name in the draft of a data file."""
    width = len(TABLES[name].get("columns", ())) or 7
    return next(b for b in drafted(data, folder).blocks if isinstance(b, Table) and len(b.columns) == width)


def test_a_table_without_rows_is_left_out(tmp_path: Path) -> None:
    ctx = context(examined(HEAD, tmp_path))
    assert [plan_table(t, ctx) for t in TABLES.values()] == [None, None, None]


def test_items_for_the_analysis_only_are_not_in_the_table_of_work(tmp_path: Path) -> None:
    rows = "[{事项: 甲, 概述: 一}, {事项: 乙, 概述: 二, 仅列入: 绩效分析}, {事项: 丙, 概述: 三, 仅列入: 工作表}]"
    plan = plan_table(TABLES["work"], context(examined(f"{HEAD}工作: {{事项: {rows}}}\n", tmp_path)))
    assert isinstance(plan, TablePlan)
    assert [row.cells[0].paragraphs for row in plan.rows] == [(("1",),), (("2",),)]
    assert plan.caption == "2020年主要工作和完成情况表"


def test_lines_of_a_cell_become_paragraphs(tmp_path: Path) -> None:
    data = f"{HEAD}工作:\n  事项:\n    - 事项: 甲\n      概述: |\n        第一段\n\n        第二段\n"
    assert table(data, tmp_path, "work").rows[0].cells[2].text == "第一段\n第二段"


PROJECTS = """
绩效目标:
  项目:
    - 名称: 甲
      金额: 10
      目标: [，完成改造。, 按期验收；]
      指标:
        - {名称: 验收率, 目标值: 100, 实际值: 90, 单位: "%"}
        - {名称: 数量, 性质: =, 目标值: 5, 单位: 个}
        - {名称: 无目标}
    - {名称: 乙, 金额: 0, 目标: [只有一条]}
支出: {项目支出: {合计: 20}}
"""


def test_goals_are_numbered_and_indicators_listed(tmp_path: Path) -> None:
    found = table(HEAD + PROJECTS, tmp_path, "projects")
    assert found.rows[0].cells[4].text.split("\n") == [
        "一是完成改造；",
        "二是按期验收。",
        "绩效指标：验收率≥100%，实际90%；数量5个。",
    ]
    assert found.rows[1].cells[4].text == "只有一条。"


def test_money_stands_without_its_unit_and_the_unit_above(tmp_path: Path) -> None:
    found = table(HEAD + PROJECTS, tmp_path, "projects")
    assert found.unit == "万元"
    assert found.rows[0].cells[3].text == "10.00"
    assert found.rows[1].cells[3].text == "0.00"


def test_an_amount_that_nobody_gave_is_asked_for_and_nothing_is_summed(tmp_path: Path) -> None:
    text = (HEAD + PROJECTS).replace("名称: 乙, 金额: 0,", "名称: 乙,")
    found = table(text, tmp_path, "projects")
    assert found.rows[1].cells[3].text == "【请填写：乙、金额】"
    labels = [row.cells[0].text for row in found.rows if row.total]
    assert labels == ["项目支出合计"]
    told = [f for f in examined(text, tmp_path).report if f.code == "parts-incomplete"]
    assert [f.places[0].path for f in told] == ["绩效目标.项目"]


def test_totals_span_the_columns_and_are_left_out_where_unknown(tmp_path: Path) -> None:
    found = table(HEAD + PROJECTS, tmp_path, "projects")
    totals = [row for row in found.rows if row.total]
    assert [[c.text for c in row.cells][:2] for row in totals][-2:] == [
        ["项目支出合计", "20.00"],
        ["所评价项目占项目支出的比例", "50.00%"],
    ]
    assert all(sum(c.column_span for c in row.cells) == len(found.columns) for row in found.rows)
    none = table(HEAD + "绩效目标: {项目: [{名称: 乙}]}\n", tmp_path, "projects")
    assert not [row for row in none.rows if row.total]


def test_the_score_table_covers_every_indicator_with_true_merges(tmp_path: Path) -> None:
    found = table(REPORT.read_text("utf-8"), tmp_path, "score")
    system = KIND_DATA.system
    assert system is not None
    codes = [i.code for g in system.groups for i in g.indicators()]
    rows = [row for row in found.rows if not row.total]
    assert len(rows) == len(codes)
    assert found.landscape
    covered = [0] * len(found.columns)
    for row in found.rows:
        taken = [n for n in range(len(covered)) if covered[n] == 0]
        assert len(taken) == sum(c.column_span for c in row.cells), row.cells[0].text
        covered = [max(0, left - 1) for left in covered]
        for cell in row.cells:
            for _ in range(cell.column_span):
                covered[taken.pop(0)] = cell.row_span - 1
    assert covered == [0] * len(covered)


def test_a_deduction_names_its_reason_once(tmp_path: Path) -> None:
    data = HEAD + "评分: {指标: {C24: {得分: 1, 扣分原因: 主要原因是由于问卷较少。, 佐证: 问卷；}}}\n"
    found = table(data, tmp_path, "score")
    remarks = next(row.cells[-1].text for row in found.rows if "C24" in "".join(c.text for c in row.cells))
    assert "，原因：问卷较少。" in remarks
    assert remarks.endswith("佐证：问卷。")
    assert not [i for i in inlines_of(found) if i.text == ""]


def test_lines_of_a_form_count_the_columns_that_a_cell_going_down_takes() -> None:
    columns = [{"header": "", "width": "1"}] * 3
    down = [[{"words": "资金", "down": "2"}, {"words": "a"}, {"words": "b"}], [{"words": "c"}, {"words": "d"}]]
    check_table("form", {"caption": "表", "columns": columns, "lines": down}, Place("outline.yaml"))
    with pytest.raises(TemplateError, match="form"):
        check_table("form", {"caption": "表", "columns": columns, "lines": [*down, down[1]]}, Place("outline.yaml"))


@pytest.mark.parametrize("cell", [{"indicator": "@", "show": "别的"}, {"text": "@.x", "ask-if": {"sometimes": "x"}}])
def test_a_cell_of_a_form_that_nothing_is_known_of_is_refused(cell: dict[str, object]) -> None:
    table = {"caption": "表", "columns": [{"header": "", "width": "1"}], "lines": [[cell]]}
    with pytest.raises(TemplateError):
        check_table("form", table, Place("outline.yaml"))
