"""Small data files, drafted whole: what is said and asked when little is known, and what has no effect is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from draftgen.draft import Draft
from draftgen.findings import Severity
from tests.desk import HEAD, drafted, examined

MONEY = "收入: {财政拨款收入: 100}\n支出: {基本支出: {人员经费: 60, 公用经费: 40}}\n"


def work(*results: str) -> str:
    lines = "".join(f"        - {result}\n" for result in results)
    return f"工作:\n  事项:\n    - 事项: 督查\n      领域: 督查\n      成果:\n{lines}"


def said(draft: Draft) -> str:
    return draft.as_text()


@pytest.mark.parametrize(
    ("text", "path", "known"),
    [
        ("标志: {多单位合核算: 是}\n", "标志.多单位合核算", "多单位合并核算"),
        ("设置: {阈值: {采购执行律: 90%}}\n", "设置.阈值.采购执行律", "采购执行率"),
    ],
)
def test_a_flag_or_threshold_that_nobody_knows_is_named(text: str, path: str, known: str, tmp_path: Path) -> None:
    findings = [f for f in examined(HEAD + MONEY + text, tmp_path).report if f.code == "unknown-name"]
    assert [f.severity for f in findings] == [Severity.WARNING]
    assert findings[0].places[0].path == path
    assert findings[0].hint is not None
    assert known in findings[0].hint.render("zh")


def test_a_new_unit_has_no_last_year(tmp_path: Path) -> None:
    head = HEAD.replace("简称: 区委办}", "简称: 区委办, 成立年份: 2020}")
    text = said(drafted(head + MONEY, tmp_path))
    assert "新成立" in text or "成立首年" in text
    assert "增长" not in text
    old = said(drafted(HEAD + MONEY, tmp_path))
    assert "新成立" not in old
    assert "成立首年" not in old


def test_a_change_of_scope_is_told_and_not_compared(tmp_path: Path) -> None:
    figure = "会议费: {本年: 5, 上年: 3, 口径变化: 上年数含培训费}\n"
    text = said(drafted(HEAD + MONEY + figure, tmp_path))
    assert "上年数含培训费" in text
    assert "66.67%" not in text
    assert text.count("5.00万元") == 1


@pytest.mark.parametrize(("least", "asks"), [("0%", True), ("10%", False)])
def test_small_changes_need_a_reason_only_above_the_threshold(least: str, asks: bool, tmp_path: Path) -> None:
    figure = f"会议费: {{本年: 102, 上年: 100}}\n设置: {{阈值: {{说明变动原因: {least}}}}}\n"
    prompts = [g.prompt for g in drafted(HEAD + MONEY + figure, tmp_path).gaps()]
    assert ("会议费支出增加的主要原因" in prompts) == asks


def test_a_single_part_is_said_to_be_the_whole(tmp_path: Path) -> None:
    figure = "政府采购: {合计: {本年: 7.16, 全年预算: 15.19}, 货物: 7.16}\n"
    text = said(drafted(HEAD + MONEY + figure, tmp_path))
    assert "均为货物" in text or "全部为货物" in text


def test_the_unit_itself_is_told_from_its_department(tmp_path: Path) -> None:
    figure = "机构: {纳入单位: [{名称: 区委办}, {名称: 档案馆}]}\n"
    assert "区委办本级和档案馆" in said(drafted(HEAD + MONEY + figure, tmp_path))


def test_a_range_is_said_once_for_its_results(tmp_path: Path) -> None:
    results = (
        "{事项: 责任人员, 动词: 问责, 数量: 9, 单位: 人, 范围: 在专项治理中}",
        "{事项: 相关人员, 动词: 批评教育, 数量: 146, 单位: 人, 范围: 在专项治理中}",
        "{事项: 心得体会, 动词: 撰写, 数量: 10, 单位: 篇}",
    )
    for seed in range(6):
        text = said(drafted(HEAD + MONEY + work(*results), tmp_path, seed=seed)).split("具体绩效分析")[1]
        assert text.count("在专项治理中") == 1, text
        assert "146人。" in text, "the range ends with its sentence"


def test_one_verb_serves_neighbours_of_a_kind(tmp_path: Path) -> None:
    results = ("{事项: 部门, 动词: 督查, 数量: 42, 单位: 家}", "{事项: 乡镇, 动词: 督查, 数量: 9, 单位: 个}")
    texts = [said(drafted(HEAD + MONEY + work(*results), tmp_path, seed=seed)) for seed in range(6)]
    assert any("督查部门42家、乡镇9个" in text for text in texts)
    assert all("42家" in text and "9个" in text for text in texts)


def test_a_missed_target_stands_last_in_a_sentence_of_its_own(tmp_path: Path) -> None:
    results = ("{事项: 简报, 数量: 22, 单位: 期, 目标: 26}", "{事项: 信息, 动词: 报送, 数量: 500, 单位: 条}")
    for seed in range(6):
        analysis = said(drafted(HEAD + MONEY + work(*results), tmp_path, seed=seed)).split("具体绩效分析")[1]
        assert analysis.index("500条") < analysis.index("22期"), analysis
        assert "26期" in analysis


def test_a_target_below_its_upper_bound_is_not_a_problem(tmp_path: Path) -> None:
    indicator = "{{名称: 投诉, 性质: ≤, 目标值: 5, 实际值: {actual}, 单位: 件}}"
    goals = f"绩效目标: {{{{项目: [{{{{名称: 甲, 金额: 1, 指标: [{indicator}]}}}}]}}}}\n"
    kept = said(drafted(HEAD + MONEY + goals.format(actual=2), tmp_path))
    broken = said(drafted(HEAD + MONEY + goals.format(actual=8), tmp_path))
    assert "“投诉”" not in kept.split("存在的问题")[1]
    assert "“投诉”（目标5件，实际8件" in broken.split("存在的问题")[1]
