"""Budget sets of four places: read alike, checked, and used as the initial budget of final accounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.figures.reading import load
from draftgen.importing import Wanted, import_tables
from tests.desk import FOLDERS

from .accounts import ZERO, Accounts, spent, total
from .books import Value, order_a, save
from .budgets import BUDGET, guangxi, shanghai, shanxi, tianjin
from .conftest import Import, told, values

D = Decimal
SETS = {"Shanghai": (shanghai, 9), "Guangxi": (guangxi, 10), "Tianjin": (tianjin, 11), "Shanxi": (shanxi, 12)}
EXPECTED = {
    "收入.合计": BUDGET.income_total,
    "收入.财政拨款收入": spent(BUDGET.general) + spent(BUDGET.fund),
    "收入.事业收入": D("26.25"),
    "支出.合计": spent(BUDGET.outlay),
    "支出.基本支出.合计": total(BUDGET.outlay, "基本"),
    "支出.功能分类.农林水支出": D("299.25"),
    "收支总计": D("878.10"),
    "财政拨款.收入.一般公共预算": spent(BUDGET.general),
    "财政拨款.支出.政府性基金预算": D("50.00"),
    "一般公共预算.支出": spent(BUDGET.general),
    "一般公共预算.基本支出.人员经费": BUDGET.personnel,
    "一般公共预算.基本支出.公用经费明细.差旅费": D("18.20"),
    "一般公共预算.科目.2130204.支出": D("273.00"),
    "政府性基金预算.支出": D("50.00"),
    "国有资本经营预算.支出": ZERO,
    "三公经费.合计": D("18.00"),
    "三公经费.公务用车运行维护费": D("12.00"),
    "三公经费.公务接待费": D("6.00"),
}


@pytest.mark.parametrize("name", SETS)
def test_a_budget_is_read_whole_and_without_a_finding(name: str, imported: Import, tmp_path: Path) -> None:
    build, tables = SETS[name]
    got = imported(build(), unit="万元", year=2024)
    assert told(got) == []
    assert (got.kind, len(got.tables)) == ("budget", tables)
    found = values(got)
    assert {key: D(found[key]) for key in EXPECTED} == EXPECTED
    assert found["报告"] == "部门预算公开说明"
    path = tmp_path / "data.yaml"
    path.write_text(got.as_yaml(), "utf-8")
    assert load(path).findings == ()


def test_what_only_some_places_publish_is_read_there(imported: Import) -> None:
    assert values(imported(shanghai(), unit="万元"))["机关运行经费"] == "50"
    south = values(imported(guangxi()))
    assert (south["会议费"], south["会议费.上年预算"], south["三公经费.合计.上年预算"]) == ("1.5", "2", "18")
    assert (south["绩效目标.小计"], south["绩效目标.项目.林草防火专项经费.金额"]) == ("188.4", "120.4")
    assert south["一般公共预算.科目.2010301.人员经费"] == "250.15"
    north = values(imported(tianjin()))
    assert (north["政府采购.合计"], north["政府采购.服务"], north["政府采购.中小企业"]) == ("42.5", "30", "20")
    assert values(imported(shanxi()))["政府采购.货物"] == "12.5"


BROKEN: dict[str, tuple[str, tuple[str, str], Value]] = {
    "b1-fiscal": ("Shanghai", ("1", "B7"), D("8018600")),
    "x1-budget-part": ("Shanghai", ("1", "B8"), D("5000.00")),
    "t1-income-side": ("Shanghai", ("1", "B10"), D("100.00")),
    "b1-income-sum": ("Guangxi", ("预算公开01表", "B15"), D("887.10")),
    "b1-outlay-sum": ("Guangxi", ("预算公开01表", "D32"), D("887.10")),
    "t1-sides": ("Guangxi", ("预算公开01表", "D34"), D("887.10")),
    "t2-row-total": ("Guangxi", ("预算公开02表", "D6"), D("887.10")),
    "t3-row-total": ("Guangxi", ("预算公开03表", "C25"), D("887.10")),
    "b4-income-sum": ("Guangxi", ("预算公开04表", "B6"), D("815.85")),
    "b4-outlay-sum": ("Guangxi", ("预算公开04表", "E6"), D("810.85")),
    "x3-general": ("Guangxi", ("预算公开05表", "C23"), D("810.85")),
    "b8-total": ("Guangxi", ("预算公开06表", "D29"), D("631.45")),
    "x4-basic": ("Guangxi", ("预算公开06表", "E29"), D("523.45")),
    "t7-total": ("Guangxi", ("预算公开07表", "C5"), D("19.00")),
    "t7-vehicles": ("Guangxi", ("预算公开07表", "C9"), D("10.00")),
    "x3-fund": ("Guangxi", ("预算公开08表", "C8"), D("55.00")),
    "b10-projects": ("Tianjin", ("10", "C7"), D("184.80")),
    "b10-within-outlay": ("Tianjin", ("10", "C7"), D("260.00")),
    "procurement-total": ("Tianjin", ("11", "B5"), D("45.20")),
    "x11-small": ("Tianjin", ("11", "B9"), D("200.00")),
}


@pytest.mark.parametrize("identity", BROKEN)
def test_a_broken_identity_of_a_budget_is_found_with_its_cell(identity: str, imported: Import) -> None:
    name, at, value = BROKEN[identity]
    got = imported(SETS[name][0](), {at: value})
    found = [finding for finding in got.report if finding.code == identity]
    assert found, told(got)
    assert at in [(place.sheet, place.cell) for finding in found for place in finding.places]


def test_the_budget_of_the_year_is_the_initial_budget_of_its_final_accounts(tmp_path: Path) -> None:
    tables = save(order_a(Accounts()), tmp_path / "now.xlsx")
    plan = save(shanghai(), tmp_path / "plan.xlsx")
    got = import_tables(Wanted((tables,), budget=(plan,)), FOLDERS)
    assert told(got) == []
    found = values(got)
    assert found["一般公共预算.科目.2010302.支出.年初预算"] == "120.4"
    assert found["支出.合计.年初预算"] == "878.1"
    assert found["三公经费.公务接待费.年初预算"] == "6"
    assert found["三公经费.公务接待费.全年预算"] == "6"
    assert "一般公共预算.科目.*.支出.年初预算" not in [gap.needs for gap in got.gaps]


def test_last_years_budget_is_what_a_budget_is_compared_with(tmp_path: Path) -> None:
    now = save(guangxi(), tmp_path / "now.xlsx")
    then = save(shanghai(replace(BUDGET, year=2023)), tmp_path / "then.xlsx")
    got = import_tables(Wanted((now,), previous=(then,)), FOLDERS)
    assert told(got) == []
    found = values(got)
    assert found["收入.合计.上年预算"] == "878.1"
    assert found["一般公共预算.支出.上年预算"] == "801.85"
    assert not [key for key in found if key.endswith((".上年", ".年初预算"))]


def test_a_budget_among_final_accounts_is_set_aside(imported: Import) -> None:
    book = {**order_a(Accounts()), "预算": shanghai()["9"]}
    del book["公开07表"]
    got = imported(book)
    assert told(got) == ["table-of-another-kind"]
    assert not [key for key in values(got) if key.startswith("三公经费")]
