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


PARTIAL = [
    # a part without last year's figure, without a budget, left blank; a unit without quota; a project without amount
    (
        "三公经费: {公务用车购置费: 18, 公务用车运行维护费: {本年: 3, 上年: 4}, 公务接待费: {本年: 1, 上年: 2}}\n",
        "266.67%",
    ),
    ("政府采购: {货物: {本年: 5, 全年预算: 6}, 服务: 4}\n", "150.00%"),
    ("机构: {纳入单位: [{名称: 甲, 编制: {行政: 5}}, {名称: 乙}]}\n人员: {实有合计: 8}\n", "160.00%"),
    ("绩效目标: {项目: [{名称: 甲, 金额: 10}, {名称: 乙}]}\n", "25.00%"),
]


@pytest.mark.parametrize(("text", "lie"), PARTIAL, ids=["last-year", "budget", "quota", "amount"])
def test_what_is_known_in_part_is_not_summed_and_the_gap_is_named(text: str, lie: str, tmp_path: Path) -> None:
    base = "收入: {财政拨款收入: 100}\n支出: {基本支出: {人员经费: 50, 公用经费: 10}, 项目支出: {合计: 40}}\n"
    data = examined(HEAD + base + text, tmp_path)
    assert "parts-incomplete" in {f.code for f in data.report}
    assert lie not in said(drafted(HEAD + base + text, tmp_path))


def test_a_key_left_blank_is_not_known_and_never_zero(tmp_path: Path) -> None:
    text = "收入:\n  财政拨款收入: 80\n  其他收入:\n支出: {基本支出: {人员经费: 60, 公用经费: 40}}\n"
    found = [f for f in examined(HEAD + text, tmp_path).report if f.code == "parts-incomplete"]
    assert [(f.severity, f.places[0].line) for f in found] == [(Severity.WARNING, 7)]
    draft = drafted(HEAD + text, tmp_path)
    assert "全部为财政拨款收入" not in said(draft)
    assert any("收入合计" in gap.prompt for gap in draft.gaps())


def test_an_opening_balance_is_compared_and_never_made_up(tmp_path: Path) -> None:
    text = said(drafted(HEAD + MONEY + "结转结余: {年末: {合计: 20}}\n", tmp_path))
    assert "年初结转" not in text


def test_a_number_that_is_only_near_meets_no_target_and_has_no_rate(tmp_path: Path) -> None:
    near = work("{事项: 宣传, 动词: 开展, 数量: 10, 单位: 场, 约数: 近, 目标: 10}")
    assert "目标" not in said(drafted(HEAD + MONEY + near, tmp_path)).split("具体绩效分析")[1].split("2.")[0]
    about = work("{事项: 调研, 动词: 开展, 数量: 10, 单位: 次, 约数: 约, 上年: 8}")
    assert "25.00%" not in said(drafted(HEAD + MONEY + about, tmp_path))


def test_a_stated_rate_of_a_result_is_held_against_its_figures(tmp_path: Path) -> None:
    wrong = work("{事项: 调研, 动词: 开展, 数量: 3, 单位: 次, 上年: 6, 比上年: -40%}")
    assert "result-rate" in {f.code for f in examined(HEAD + MONEY + wrong, tmp_path).report.errors}


def test_one_zero_kind_is_named(tmp_path: Path) -> None:
    kinds = "机构: {纳入单位数: 2, 供给方式: {财政全供给: 1, 部分供给: 1, 特殊供给: 0}}\n"
    assert "特殊供给单位" in said(drafted(HEAD + MONEY + kinds, tmp_path))


def test_every_missed_target_is_among_the_problems(tmp_path: Path) -> None:
    indicators = (
        "{名称: 投诉, 性质: ≤, 目标值: 0, 实际值: 3, 单位: 件}, "
        '{名称: 场次, 性质: "=", 目标值: 5, 实际值: 6, 单位: 场}, {名称: 会议, 目标值: 5, 实际值: 4, 单位: 场}'
    )
    goals = f"绩效目标: {{项目: [{{名称: 甲, 金额: 1, 指标: [{indicators}]}}]}}\n"
    problems = said(drafted(HEAD + MONEY + goals, tmp_path)).split("存在的问题")[1]
    assert all(f"“{name}”" in problems for name in ("投诉", "场次", "会议"))


def test_a_secret_text_is_told_as_secret(tmp_path: Path) -> None:
    text = said(drafted(HEAD + MONEY + "绩效目标: {总目标: 涉密。}\n职责: 涉密。\n", tmp_path))
    assert "\n涉密" not in text
    assert "职能职责" in text
    assert "不予公开" in text or "不公开" in text


def test_money_in_the_wrong_unit_does_not_pass(tmp_path: Path) -> None:
    text = HEAD + MONEY.replace("40}}", "40}, 合计: 100}") + "会议费: 5000\n"
    assert "meetings-within-outlay" in {f.code for f in examined(text, tmp_path).report.errors}


@pytest.mark.parametrize(
    ("this", "reason", "told"),
    [
        (5, "厉行节约、压减接待", True),
        (1, "新招录人员增加", True),
        (1, "厉行节约、压减接待", False),
        (5, "新增任务", False),
        (5, "压减会议后新增任务", False),
    ],
)
def test_a_reason_that_speaks_of_the_other_direction_is_named(
    this: int, reason: str, told: bool, tmp_path: Path
) -> None:
    figure = f"会议费: {{本年: {this}, 上年: 3, 原因: {reason}}}\n"
    found = [f for f in examined(HEAD + MONEY + figure, tmp_path).report if f.code == "reason-contradicts"]
    assert bool(found) == told
    assert all(f.places[0].path == "会议费.原因" for f in found)


def test_a_stated_change_without_a_base_is_named(tmp_path: Path) -> None:
    figure = "会议费: {本年: 24.59, 增减额: 4.72}\n"
    found = [f for f in examined(HEAD + MONEY + figure, tmp_path).report if f.code == "base-missing"]
    assert [(f.severity, f.keys) for f in found] == [(Severity.WARNING, ("会议费",))]


def test_the_paper_that_set_the_tasks_is_named_with_its_number(tmp_path: Path) -> None:
    paper = "工作: {任务文件: 关于下达目标的通知, 任务文号: 东考通〔2020〕1号}\n"
    assert "《关于下达目标的通知》（东考通〔2020〕1号）" in said(drafted(HEAD + MONEY + paper, tmp_path))


def test_a_note_is_not_lost_beside_a_reason(tmp_path: Path) -> None:
    balance = "结转结余: {年末: {项目支出: {本年: 5, 原因: 资金到位较晚, 说明: 均为工作经费}}}\n"
    text = said(drafted(HEAD + MONEY + balance, tmp_path))
    assert "均为工作经费" in text
    assert "资金到位较晚" in text
