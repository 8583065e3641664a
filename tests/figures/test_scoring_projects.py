"""Scores of projects: what counts, what is found, and on which line of the data file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.draft import Gap
from draftgen.errors import TemplateError
from draftgen.figures.scoring_projects import ProjectCard
from draftgen.figures.scoring_scheme import read_scheme
from draftgen.findings import Finding, Place, Severity
from draftgen.kinds import load_kind
from draftgen.pipeline import Examined, compose
from tests.desk import FOLDERS, examined

HEAD = """报告: 项目支出绩效自评报告
年度: 2023
金额单位: 万元
单位: {全称: 某某县某某局, 简称: 某某局}
"""
MONEY = "{合计: {本年: 96, 年初预算: 100, 全年预算: 100, 预决算差异原因: 尾款未付}, 到位: 100}"
ROW = "        - {{名称: {}, 一级指标: {}, 二级指标: {}, {}}}\n"
FULL = (
    ROW.format("培训人次", "产出指标", "数量指标", "目标值: 500, 实际值: 500, 单位: 人次, 分值: 50")
    + ROW.format("带动就业", "效益指标", "社会效益指标", "目标值: 60, 实际值: 60, 单位: 人, 分值: 30")
    + ROW.format("满意度", "满意度指标", "服务对象满意度指标", "目标值: 90%, 实际值: 92%, 分值: 10")
)


def file_of(indicators: str = FULL, money: str = MONEY, more: str = "", head: str = HEAD) -> str:
    project = f"绩效目标:\n  项目:\n    - 名称: 培训\n      资金: {money}\n{more}      指标:\n{indicators}"
    return f"{head}{project}"


def data(folder: Path, text: str) -> Examined:
    return examined(text, folder)


def card(found: Examined) -> ProjectCard:
    return found.knowledge.projects["绩效目标.项目.培训"]


def finding(found: Examined, code: str) -> Finding:
    named = [f for f in found.report if f.code == code]
    assert named, [f.code for f in found.report]
    return named[0]


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_project_is_scored_from_its_money_and_its_indicators(tmp_path: Path) -> None:
    found = data(tmp_path, file_of())
    assert card(found).total == Decimal("99.60")
    assert card(found).grade == "优"
    assert not found.report.findings
    assert found.knowledge.facts["绩效目标.项目.培训.评分.执行率得分"].value == Decimal("9.60")


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        (("实际值: 500,", "实际值: 456,"), "deviation-reason-missing", Severity.WARNING),
        (("实际值: 500,", "实际值: 650,"), "target-exceeded", Severity.WARNING),
        (("实际值: 500,", "实际值: -5, 偏差原因: 退回,"), "actual-negative", Severity.WARNING),
        (("实际值: 92%", "实际值: 92分"), "units-differ", Severity.ERROR),
        (("分值: 50", "分值: 40"), "weights-total", Severity.ERROR),
        (("分值: 50", "得分: 50"), "weight-missing", Severity.WARNING),
        (("分值: 50", "分值: 50, 得分: 49.8"), "score-differs", Severity.ERROR),
        (("分值: 50", "分值: 50, 得分: 51"), "score-above-weight", Severity.ERROR),
        (("分值: 50", "分值: 50, 得分: -1"), "score-negative", Severity.ERROR),
        (("目标值: 500, 实际值: 500, 单位: 人次,", ""), "score-missing", Severity.WARNING),
        (("目标值: 500, 实际值: 500, 单位: 人次,", "完成程度: 达成,"), "score-wanted", Severity.WARNING),
        (
            ("目标值: 500, 实际值: 500, 单位: 人次,", "完成程度: 达成, 得分: 39.9,"),
            "score-outside-span",
            Severity.ERROR,
        ),
        (
            ("目标值: 500, 实际值: 500, 单位: 人次,", "完成程度: 部分达成, 偏差原因: 推迟, 得分: 40,"),
            "score-outside-span",
            Severity.ERROR,
        ),
    ],
)
def test_a_fault_of_an_indicator_is_found_at_its_line(
    change: tuple[str, str], code: str, severity: Severity, tmp_path: Path
) -> None:
    text = file_of().replace(*change)
    assert text != file_of()
    found = finding(data(tmp_path, text), code)
    assert found.severity is severity
    assert line_of(text, change[1] or "培训人次") in [p.line for p in found.places]


def test_a_score_by_hand_within_the_tolerance_is_no_error_and_stands(tmp_path: Path) -> None:
    found = data(tmp_path, file_of(FULL.replace("分值: 50", "分值: 50, 得分: 49.95, 偏差原因: 佐证不全")))
    assert not found.report.errors
    assert card(found).total == Decimal("99.55")


def test_a_budget_of_nothing_has_no_rate_and_no_score(tmp_path: Path) -> None:
    found = data(tmp_path, file_of(money="{合计: {本年: 0, 年初预算: 0, 全年预算: 0}}"))
    finding(found, "execution-without-budget")
    assert "绩效目标.项目.培训.资金.合计.全年预算执行率" not in found.knowledge.facts
    assert card(found).total is None
    text = compose(found, where=FOLDERS).as_text()
    assert "—" in text
    assert "【请填写：综合得分】" in text


def test_the_score_of_the_rate_is_capped_where_more_was_spent_than_budgeted(tmp_path: Path) -> None:
    found = data(tmp_path, file_of(money="{合计: {本年: 130, 全年预算: 100, 预决算差异原因: 追加}}"))
    finding(found, "execution-over-budget")
    assert card(found).total == 100


def test_a_low_execution_rate_has_to_be_explained(tmp_path: Path) -> None:
    found = finding(data(tmp_path, file_of(money="{合计: {本年: 50, 全年预算: 100}}")), "execution-reason-missing")
    assert (found.found, found.expected) == ("50.00%", "≥90.00%")


def test_money_by_source_has_to_add_up_in_every_column(tmp_path: Path) -> None:
    money = "{合计: {本年: 96, 全年预算: 100, 预决算差异原因: 尾款}, 财政拨款: {本年: 90, 全年预算: 100}}"
    found = finding(data(tmp_path, file_of(money=money)), "project-money")
    assert found.severity is Severity.ERROR


def test_the_rates_of_the_money_have_the_denominators_that_they_name(tmp_path: Path) -> None:
    facts = data(
        tmp_path, file_of(money="{合计: {本年: 36, 全年预算: 50, 预决算差异原因: 推迟}, 到位: 45}")
    ).knowledge.facts
    base = "绩效目标.项目.培训.资金"
    assert facts[f"{base}.到位率"].value == Decimal(45) / 50
    assert facts[f"{base}.使用率"].value == Decimal(36) / 45
    assert facts[f"{base}.合计.全年预算执行率"].value == Decimal(36) / 50


def test_what_does_not_apply_is_dropped_and_the_rest_counts_as_a_hundred(tmp_path: Path) -> None:
    found = data(tmp_path, file_of(FULL.replace("实际值: 60, ", "适用: 否, ")))
    facts = found.knowledge.facts
    assert card(found).total == Decimal("69.60") * 100 / 70
    assert facts["绩效目标.项目.培训.评分.不适用分值"].value == 30
    assert "99.43" in compose(found, where=FOLDERS).as_text()


def test_the_grade_is_decided_on_the_unrounded_total_which_is_printed_so_that_it_shows(tmp_path: Path) -> None:
    scored = FULL.replace("分值: 50", "分值: 50, 得分: 40.395, 偏差原因: 佐证不全")
    found = data(
        tmp_path,
        file_of(scored).replace("分值: 50, ", "分值: 50, 目标描述: 好, ").replace("目标值: 500, 实际值: 500, ", ""),
    )
    assert card(found).total == Decimal("89.995")
    assert card(found).grade == "良"
    assert "89.995" in compose(found, where=FOLDERS).as_text()


@pytest.mark.parametrize(
    ("stated", "code"),
    [("      总分: 99\n", "total-differs"), ("      等级: 良\n", "grade-differs")],
)
def test_a_total_or_grade_by_hand_is_held_against_the_scores(stated: str, code: str, tmp_path: Path) -> None:
    text = file_of(more=stated)
    found = finding(data(tmp_path, text), code)
    assert found.severity is Severity.ERROR
    assert [p.line for p in found.places] == [line_of(text, stated.strip())]


def test_cost_may_be_a_first_level_indicator_with_its_own_division(tmp_path: Path) -> None:
    cost = ROW.format("成本", "成本指标", "经济成本指标", "性质: ≤, 目标值: 5, 实际值: 5, 单位: 元, 分值: 20")
    found = data(tmp_path, file_of(cost + FULL.replace("分值: 50", "分值: 40").replace("分值: 30", "分值: 20")))
    assert not found.report.findings
    assert card(found).total == Decimal("99.60")


def test_without_satisfaction_its_points_go_to_the_effect(tmp_path: Path) -> None:
    lines = FULL.splitlines(keepends=True)[:2]
    assert not data(tmp_path, file_of("".join(lines).replace("分值: 30", "分值: 40"))).report.findings


def test_the_older_division_of_sichuan_scores_no_execution_rate(tmp_path: Path) -> None:
    rows = "".join(
        ROW.format(name, name, "数量指标", f"目标值: 1, 实际值: 1, 单位: 项, 分值: {weight}")
        for name, weight in (("项目决策", 20), ("项目管理", 10), ("项目绩效", 70))
    )
    found = data(tmp_path, file_of(rows))
    assert not found.report.findings
    assert card(found).execution is None
    assert card(found).total == 100


def test_a_group_with_another_weight_than_is_customary_is_named(tmp_path: Path) -> None:
    text = file_of(FULL.replace("分值: 50", "分值: 40").replace("分值: 30", "分值: 40"))
    found = [f for f in data(tmp_path, text).report if f.code == "weight-differs"]
    assert [(f.found, f.expected) for f in found] == [("40", "50"), ("40", "30")]


def test_first_level_indicators_that_no_division_knows_are_named(tmp_path: Path) -> None:
    finding(data(tmp_path, file_of(FULL.replace("一级指标: 产出指标", "一级指标: 投入指标"))), "weights-unknown")


def test_a_first_level_that_is_not_given_follows_from_the_second(tmp_path: Path) -> None:
    found = data(
        tmp_path, file_of(FULL.replace("一级指标: 产出指标, ", "").replace("一级指标: 效益指标", "一级指标: 效益"))
    )
    assert [row.level for row in card(found).rows] == ["产出指标", "效益指标", "满意度指标"]
    assert not found.report.findings


def test_two_projects_of_one_name_are_found(tmp_path: Path) -> None:
    text = HEAD + "绩效目标:\n  项目:\n    - {名称: 培训, 金额: 1}\n    - {名称: 培训, 金额: 2}\n"
    found = finding(data(tmp_path, text), "project-twice")
    assert [p.line for p in found.places] == [7, 8]


def test_indicators_of_two_projects_may_share_a_name(tmp_path: Path) -> None:
    other = (
        file_of()
        .split("  项目:\n")[1]
        .replace("名称: 培训\n", "名称: 宣传\n")
        .replace("92%", "97%")
        .replace("90%", "95%")
    )
    assert not data(tmp_path, file_of() + other).report.errors


def test_the_price_of_an_indicator_keeps_its_own_unit(tmp_path: Path) -> None:
    text = file_of(
        FULL.replace(
            "目标值: 500, 实际值: 500, 单位: 人次", "性质: ≤, 目标值: 800, 实际值: 840, 单位: 元, 偏差原因: 物价"
        )
    )
    printed = compose(data(tmp_path, text), where=FOLDERS).as_text()
    assert "≤800元" in printed
    assert "840元" in printed


def test_no_partial_total_of_all_projects_is_told(tmp_path: Path) -> None:
    text = file_of() + "    - {名称: 宣传, 金额: 3}\n"
    assert "项目汇总.资金" not in data(tmp_path, text).knowledge.facts


def test_a_scheme_whose_weights_do_not_add_up_is_refused() -> None:
    tree = {
        "一级指标": [{"名称": "产出"}],
        "定性": {},
        "权重方案": [{"名称": "甲", "预算执行率": "10", "一级指标": {"产出": "80"}}],
    }
    with pytest.raises(TemplateError) as told:
        read_scheme(tree, Place("scoring.yaml"))
    assert "90" in told.value.findings[0].message.render("zh")


def test_the_curated_schemes_add_up_to_a_hundred() -> None:
    scheme = load_kind(FOLDERS.templates, "project-performance").scheme
    assert scheme is not None
    assert [w.execution + sum(w.levels.values()) for w in scheme.weights] == [100] * len(scheme.weights)


def test_what_only_a_person_can_say_is_a_gap(tmp_path: Path) -> None:
    draft = compose(data(tmp_path, file_of(FULL.replace("实际值: 500", "实际值: 456"))), where=FOLDERS)
    gaps = [i.key for i in draft.inlines() if isinstance(i, Gap)]
    assert "绩效目标.项目.培训.指标.培训人次.偏差原因" in gaps
