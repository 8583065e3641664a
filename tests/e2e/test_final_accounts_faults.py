"""Final accounts: every identity within and between the published tables finds the fault that breaks it.

Faults go into the tree of the example, one at a time, and are found if checking says something new, an error or a
warning, whose places include the path of the fault. X1 to X12 are the identities between tables.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from draftgen.errors import InputError
from draftgen.figures.quantities import is_money
from draftgen.findings import Finding, Severity
from draftgen.pipeline import examine, load
from tests.desk import FOLDERS
from tests.e2e.final_accounts import INSTITUTION, KIND, REPORT, Path_, examined, place_in, tree, with_fault

LEAST = Decimal("0.95")
MOST_CASES = 150

# identity, what is broken, what it becomes, the code that tells it
FAULTS: list[tuple[str, Path_, str, str]] = [
    ("T1 sources", ("收入", "合计", "本年"), "1308.46", "income-total"),
    ("T1 both sides", ("收支总计", "本年"), "1351.68", "grand-total"),
    ("T1 outlay side", ("结转结余", "年末", "合计", "本年"), "68.70", "grand-total-outlay"),
    ("T1 opening and closing", ("结转结余", "年末", "合计", "本年"), "68.70", "opening-closing"),
    ("T1 classes", ("支出", "功能分类", "农林水支出"), "1000.18", "outlay-classes"),
    ("T2 row", ("收入", "科目", "2130305", "其他收入"), "31.00", "income-row"),
    ("T2 class", ("收入", "科目", "213", "合计"), "1001.56", "subject-total"),
    ("T3 row", ("支出", "科目", "2130306", "基本支出"), "133.76", "outlay-row"),
    ("T3 款", ("支出", "科目", "21303", "项目支出"), "454.65", "subject-total"),
    ("T4 columns", ("财政拨款", "支出", "一般公共预算", "本年"), "1163.36", "fiscal-outlay"),
    ("T4 both sides", ("财政拨款", "年末结转和结余", "合计", "本年"), "42.52", "fiscal-grand-total-outlay"),
    ("T4 budget", ("财政拨款", "年末结转和结余", "一般公共预算", "本年"), "16.80", "fiscal-balance"),
    ("T4 class", ("财政拨款", "功能分类", "农林水支出", "合计"), "975.64", "fiscal-class"),
    ("T4 classes", ("财政拨款", "功能分类", "农林水支出", "一般公共预算"), "957.46", "fiscal-classes-of-budget"),
    ("T5 row", ("一般公共预算", "科目", "2130306", "项目支出"), "58.64", "general-row"),
    ("T5 row balance", ("一般公共预算", "科目", "2130305", "年末结转和结余"), "16.80", "general-row-balance"),
    ("T5 opening", ("一般公共预算", "科目", "2130305", "年初结转和结余"), "23.00", "general-columns"),
    ("T5 income", ("一般公共预算", "科目", "2130314", "收入"), "42.70", "general-columns"),
    ("T5 personnel", ("一般公共预算", "科目", "2130301", "人员经费"), "314.23", "general-row-basic"),
    ("T5 running costs", ("一般公共预算", "科目", "2130306", "公用经费"), "27.05", "general-columns-of-basic"),
    ("T6 personnel", ("一般公共预算", "基本支出", "人员经费明细", "奖金"), "98.65", "general-personnel"),
    ("T6 running costs", ("一般公共预算", "基本支出", "公用经费明细", "电费"), "3.74", "general-public"),
    ("T7 total", ("三公经费", "公务接待费", "本年"), "1.42", "three-public-total"),
    ("T7 total of the budget", ("三公经费", "公务接待费", "全年预算"), "20.00", "three-public-total"),
    ("T7 vehicles", ("三公经费", "公务用车购置及运行维护费", "本年"), "33.24", "vehicle-costs"),
    ("T8 balance", ("政府性基金预算", "年末结转和结余"), "23.56", "fund-balance"),
    ("T8 row", ("政府性基金预算", "科目", "2120804", "收入"), "102.00", "fund-row-balance"),
    ("T8 basic and project", ("政府性基金预算", "项目支出"), "96.53", "fund-outlay"),
    ("X1 income", ("收入", "科目", "221", "合计"), "49.86", "income-rows"),
    ("X1 fiscal column", ("收入", "财政拨款收入", "本年"), "1269.86", "income-column"),
    ("X1 fiscal", ("收入", "财政拨款收入", "本年"), "1269.86", "fiscal-income-agrees"),
    ("X2 total", ("支出", "合计", "本年"), "1284.60", "outlay-rows"),
    ("X2 class", ("支出", "功能分类", "农林水支出"), "1000.18", "outlay-class-agrees"),
    ("X2 basic", ("支出", "基本支出", "合计", "本年"), "733.51", "outlay-column-basic"),
    ("X2 project", ("支出", "项目支出", "合计", "本年"), "550.19", "outlay-column-project"),
    ("X3 general", ("财政拨款", "支出", "一般公共预算", "本年"), "1162.63", "general-agrees"),
    ("X3 funds", ("政府性基金预算", "支出", "本年"), "96.53", "fund-outlay-agrees"),
    ("X3 capital", ("财政拨款", "支出", "国有资本经营预算", "本年"), "1.00", "fiscal-outlay"),
    ("X3 class", ("财政拨款", "功能分类", "卫生健康支出", "一般公共预算"), "39.92", "general-class-agrees"),
    ("X3 class of the funds", ("财政拨款", "功能分类", "城乡社区支出", "政府性基金预算"), "96.53", "fund-class-agrees"),
    ("X4 parts", ("一般公共预算", "基本支出", "合计", "本年"), "729.75", "general-basic"),
    ("X4 column", ("一般公共预算", "科目", "221", "基本支出"), "49.86", "general-column-basic"),
    ("X5 total", ("财政拨款", "支出", "合计", "本年"), "1285.71", "fiscal-within-outlay"),
    ("X5 row", ("支出", "科目", "2130314", "合计"), "42.70", "general-row-within-outlay"),
    ("X5 basic", ("支出", "基本支出", "合计", "本年"), "723.15", "general-basic-within-outlay"),
    ("X5 class", ("支出", "功能分类", "卫生健康支出"), "32.99", "fiscal-class-within-outlay"),
    ("X6 receptions", ("一般公共预算", "基本支出", "公用经费明细", "公务接待费"), "1.86", "basic-reception"),
    ("X6 vehicles", ("一般公共预算", "基本支出", "公用经费明细", "公务用车运行维护费"), "16.72", "basic-running"),
    ("X6 abroad", ("一般公共预算", "基本支出", "公用经费明细", "因公出国（境）费用"), "1.00", "basic-abroad"),
    ("X7 office", ("机关运行经费", "本年"), "97.35", "running-costs-within-public"),
    ("X8", ("结转结余", "年初", "合计", "本年"), "40.44", "opening-is-last-closing"),
    ("X8 fiscal", ("财政拨款", "年初结转和结余", "一般公共预算", "本年"), "23.00", "fiscal-opening-is-last-closing"),
    ("X10 initial budgets", ("一般公共预算", "支出", "年初预算"), "1082.41", "general-rows"),
    ("X10 last year", ("一般公共预算", "科目", "2130305", "支出", "上年"), "109.25", "subject-total"),
    ("X11 small firms", ("政府采购", "中小企业"), "368.55", "small-within-procurement"),
    ("X11 micro firms", ("政府采购", "小微企业"), "290.20", "micro-within-small"),
    ("X11 parts", ("政府采购", "工程", "本年"), "208.50", "procurement-total"),
    ("X12 amount", ("预算绩效", "目标金额"), "886.20", "goals-within-projects"),
    ("X12 grades", ("预算绩效", "等级", "优"), "8", "projects-by-grade"),
    ("vehicles by use", ("车辆", "用途", "应急保障用车"), "2", "vehicles-by-use"),
    ("receptions and guests", ("三公经费", "接待批次"), "161", "guests-of-receptions"),
    ("foreign guests", ("三公经费", "外宾接待人次"), "119", "foreign-guests"),
]


def told(data: dict[str, Any], folder: Path) -> tuple[Finding, ...]:
    try:
        return tuple(examined(data, folder).report)
    except InputError as error:
        return error.findings


@pytest.mark.parametrize("path", [REPORT, INSTITUTION], ids=lambda p: p.stem)
def test_the_correct_examples_give_no_finding(path: Path) -> None:
    assert [f.message.render("zh") for f in examine(load(path), KIND, FOLDERS).report] == []


@pytest.mark.parametrize(("name", "path", "becomes", "code"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_each_identity_finds_the_fault_that_breaks_it(
    name: str, path: Path_, becomes: str, code: str, tmp_path: Path
) -> None:
    found = told(with_fault(path, becomes), tmp_path)
    assert code in {f.code for f in found if f.severity is not Severity.NOTE}, (name, [f.code for f in found])


def test_running_costs_of_a_public_institution_are_an_error(tmp_path: Path) -> None:
    """X7: an institution has none by definition."""
    data = {**copy.deepcopy(tree(INSTITUTION)), "机关运行经费": "24.00"}
    assert "no-running-costs" in {f.code for f in told(data, tmp_path)}


def test_running_costs_of_a_single_office_are_its_running_costs_in_basic_outlay(tmp_path: Path) -> None:
    """X7: equal for one office, smaller for a department with institutions."""
    data = copy.deepcopy(tree())
    assert "running-costs-are-public" not in {f.code for f in told(data, tmp_path)}
    data["单位"]["口径"] = "单位"
    assert "running-costs-are-public" in {f.code for f in told(data, tmp_path)}


TABLES = ("收支总计", "收入", "支出", "财政拨款", "一般公共预算", "政府性基金预算", "三公经费", "结转结余")


def figures(node: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Every amount of the published tables that is not zero, by its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from figures(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from figures(value, (*path, number))
    elif "." in str(node) and str(node).replace(".", "").isdigit() and Decimal(node):
        yield path


def canonical(path: Path_) -> set[str]:
    """How a path stands in a finding: items of lists counted from 1; a bare figure is its 本年."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if text else part)
    return {text, f"{text}.本年"}


# what no other figure of the data file can speak for
STANDS_ONCE = frozenset({"全年预算", "上年"})


def faults() -> list[tuple[Path_, str]]:
    """Every amount of this year and of the initial budget, one too much, and with two digits swapped: some of them.

    Chosen by hash: the same ones in every run, spread over all tables.
    """
    data, made = tree(), []
    for path in (p for table in TABLES for p in figures(data[table], (table,))):
        holder, key = place_in(data, path)
        typed = holder[key]
        if path[-1] not in STANDS_ONCE:
            made += [(path, becomes) for becomes in (f"{Decimal(typed) + 1:f}", swapped(typed)) if becomes != typed]
    return sorted(made, key=lambda fault: hashlib.sha256(str(fault).encode()).digest())[:MOST_CASES]


def test_ninety_five_of_a_hundred_faults_in_the_tables_are_found_at_their_place(tmp_path: Path) -> None:
    missed = []
    for path, becomes in faults():
        found = told(with_fault(path, becomes), tmp_path)
        places = {p.path for f in found if f.severity is not Severity.NOTE for p in f.places}
        if not canonical(path) & places:
            missed.append((path, becomes))
    assert len(faults()) == MOST_CASES
    assert 1 - Decimal(len(missed)) / MOST_CASES >= LEAST, "\n".join(map(str, missed))


def swapped(typed: str) -> str:
    """The first two different neighbours swapped."""
    for at in range(len(typed) - 1):
        if typed[at] != typed[at + 1] and "." not in typed[at : at + 2]:
            return typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
    return typed


def test_every_money_figure_of_the_tables_is_in_the_unit_of_the_file() -> None:
    facts = examine(load(REPORT), KIND, FOLDERS).knowledge.facts
    assert {f.unit for f in facts.values() if is_money(f.unit)} == {"万元"}
