"""Faults put into the correct budget one at a time: each identity of the budget tables finds its own, at its line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.figures.facts import COUNT, Facts, Given, collect, key_pattern
from draftgen.figures.quantities import is_money
from draftgen.findings import Finding, Severity
from draftgen.pipeline import examine, load
from tests.desk import FOLDERS
from tests.e2e.test_budget import EXAMPLE, HEAD, MONEY

TEXT = EXAMPLE.read_text("utf-8")
LINES = TEXT.splitlines()
LEAST = Decimal("0.95")

# identity -> what stands in the example, and the fault; the fault is made at the first such place behind the topic
FAULTS: dict[str, tuple[str, str, str]] = {
    # T1: 收入总计 = 支出总计
    "budget-balance": ("结转结余:", "本年: 40.00", "本年: 45.00"),
    "budget-grand-total": ("收支总计:", "本年: 2012.82", "本年: 2021.82"),
    "income-total": ("收入:", "本年: 60.00", "本年: 61.00"),
    # T3: 合计 = 基本支出 + 项目支出
    "outlay-total": ("支出:", "本年: 2012.82", "本年: 2012.28"),
    "basic-total": ("支出:", "人员经费: {本年: 1004.54", "人员经费: {本年: 1005.54"),
    # T8: 合计 = 人员 + 公用
    "general-basic": ("一般公共预算:", "本年: 1140.82", "本年: 1141.82"),
    "general-personnel": ("一般公共预算:", "基本工资: 228.46", "基本工资: 282.46"),
    "general-outlay": ("一般公共预算:", "本年: 679.50", "本年: 697.50"),
    # T4: 支出 = T5 + T6 + T7
    "budget-fiscal-tables": ("国有资本经营预算:", "本年: 0", "本年: 10"),
    "budget-fiscal-grand-total": (
        "财政拨款:",
        "本年: 1940.32\n    上年预算: 1849.78",
        "本年: 1904.32\n    上年预算: 1849.78",
    ),
    "budget-fiscal-balance": ("  年初结转和结余:", "合计: {本年: 40.00", "合计: {本年: 41.00"),
    "budget-other-funds": ("  支出:", "合计: {本年: 1940.32", "合计: {本年: 1930.32"),
    "fiscal-income-agrees": ("  财政拨款收入:", "本年: 1900.32", "本年: 1903.32"),
    "subject-total": ("一般公共预算:", "支出: {本年: 160.00", "支出: {本年: 106.00"),
    # “三公”经费
    "three-public-total": ("三公经费:", "本年: 33.80", "本年: 38.30"),
    "vehicle-costs": ("三公经费:", "本年: 32.00", "本年: 23.00"),
    # 政府采购：合计、预留份额
    "procurement-total": ("政府采购:", "货物: {本年: 46.30", "货物: {本年: 64.30"),
    "small-within-procurement": ("政府采购:", "中小企业: 248.00", "中小企业: 428.00"),
    "micro-within-small": ("政府采购:", "小微企业: 180.00", "小微企业: 280.00"),
    # 绩效目标
    "budget-goals-within-projects": ("预算绩效:", "目标金额: 779.50", "目标金额: 879.50"),
    "budget-goals-amount": ("预算绩效:", "目标金额: 779.50", "目标金额: 797.50"),
    "budget-goals-counted": ("预算绩效:", "目标项目数: 5", "目标项目数: 6"),
    # 日期
    "staff-date": ("人员:", "截止日期: 2024-12-31", "截止日期: 2025-12-31"),
    "assets-date": ("资产:", "截止日期: 2024-12-31", "截止日期: 2023-12-31"),
    "published-next-year": ("公开日期:", "2025-02-14", "2026-02-14"),
}

# what no other figure of a budget can speak for
STANDS_ONCE = (
    *("机关运行经费", "机关运行经费.上年预算", "会议费", "会议费.上年预算", "培训费", "培训费.上年预算"),
    *("政府采购.中小企业", "政府采购.小微企业", "对下转移支付", "对下转移支付.上年预算"),
)


def check(text: str, folder: Path) -> tuple[Finding, ...]:
    path = folder / "report.yaml"
    path.write_text(text, "utf-8")
    return tuple(examine(load(path), where=FOLDERS).report)


@pytest.mark.parametrize("identity", FAULTS)
def test_an_identity_finds_its_fault_at_its_line(identity: str, tmp_path: Path) -> None:
    topic, right, wrong = FAULTS[identity]
    at = TEXT.index(right, TEXT.index(f"\n{topic}"))
    found = [f for f in check(TEXT[:at] + wrong + TEXT[at + len(right) :], tmp_path) if f.code == identity]
    assert found, identity
    assert TEXT[:at].count("\n") + 1 in {place.line for f in found for place in f.places}


def test_a_fault_in_last_years_budget_is_found_too(tmp_path: Path) -> None:
    text = TEXT.replace("合计: {本年: 1972.82, 上年预算: 1917.28}", "合计: {本年: 1972.82, 上年预算: 1971.28}")
    found = {f.code: f.message for f in check(text, tmp_path)}
    assert {"income-total", "budget-balance"} <= set(found)
    told = found["budget-balance"].render("zh")
    assert "上年预算中的本年收入1971.28万元" in told, "what is last year's budget is not told as last year's income"
    assert "last year's budget" in found["budget-balance"].render("en")


WHOLLY_GENERAL = "一般公共预算: {{支出: 100, 基本支出: {{人员经费: {personnel}, 公用经费: 10}}, 项目支出: {project}}}\n"


def test_basic_outlay_of_both_tables_agrees_where_all_is_general(tmp_path: Path) -> None:
    agreeing = check(HEAD + MONEY + WHOLLY_GENERAL.format(personnel=60, project=30), tmp_path)
    assert [f.code for f in agreeing if f.severity is Severity.ERROR] == []
    differing = check(HEAD + MONEY + WHOLLY_GENERAL.format(personnel=55, project=35), tmp_path)
    assert "budget-basic-of-other-funds" in {f.code for f in differing}


def test_a_fiscal_total_beyond_the_grand_total_is_found(tmp_path: Path) -> None:
    text = HEAD + MONEY + "收支总计: 100\n财政拨款: {总计: 110}\n"
    assert "budget-fiscal-within-all" in {f.code for f in check(text, tmp_path)}


def figures() -> Facts:
    loaded = load(EXAMPLE)
    return collect(loaded.dataset, loaded.places.at, year=2025, money_unit="万元")


def population() -> list[tuple[str, int, str]]:
    """Every amount of this year and last year's budget that another figure speaks for: key, line, as typed."""
    listed = []
    for fact in figures().values():
        last_of_row = key_pattern("*.科目.*.支出.上年预算").fullmatch(fact.key)
        if not is_money(fact.unit) or fact.key in STANDS_ONCE or fact.key.endswith(COUNT) or last_of_row:
            continue
        assert isinstance(fact.origin, Given)
        assert fact.place is not None
        listed.append((fact.key, fact.place.line or 0, fact.origin.typed))
    return listed


def test_ninety_five_of_a_hundred_amounts_cannot_be_mistyped_unnoticed(tmp_path: Path) -> None:
    cases = population()[::2]
    missed = []
    for key, line, typed in cases:
        wrong = f"{Decimal(typed) + 1}"
        name = key.rpartition(".")[2]
        pattern = rf"((?:^|[ {{,]){re.escape(name)}: |本年: |)(?<![\d.]){re.escape(typed)}(?![\d.])"
        faulty, count = re.subn(pattern, rf"\g<1>{wrong}", LINES[line - 1], count=1)
        assert count == 1, (key, LINES[line - 1])
        text = "\n".join([*LINES[: line - 1], faulty, *LINES[line:]])
        if not any(
            f.severity is not Severity.NOTE and line in {p.line for p in f.places} for f in check(text, tmp_path)
        ):
            missed.append((key, typed))
    assert 1 - Decimal(len(missed)) / len(cases) >= LEAST, missed
