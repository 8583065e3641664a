"""Last year's tables and the budget beside this year's: what they fill in, and whether balances carry over."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from draftgen.figures.reading import load
from draftgen.importing import Imported, Wanted, import_tables
from tests.desk import FOLDERS

from .accounts import Accounts, amounts
from .books import Book, order_a, order_b, save, yunnan
from .conftest import told, values

D = Decimal
NOW = Accounts()


def last_year() -> Accounts:
    """Accounts of 2023 that close with the balances that 2024 opens with."""
    general = {**NOW.general, "2010303": amounts(项目="8.85")}
    outlay = {**NOW.outlay, "2010303": amounts(项目="8.85")}
    income = {**NOW.income, "2010303": amounts(财政="8.85")}
    then = replace(NOW, year=2023, general=general, outlay=outlay, income=income)
    opening = amounts(一般="10.00", 基金="5.00", 其他="4.00")
    shift = {key: then.closing[key] - NOW.opening[key] for key in opening}
    fund = {"2120899": amounts(年初="-5.00", 收入="60.00", 项目="50.00", 年末="5.00")}
    return replace(then, opening={key: opening[key] - shift[key] for key in opening}, fund=fund)


def imported(tmp_path: Path, now: Book, then: Book) -> Imported:
    files = (save(now, tmp_path / "now.xlsx"),)
    return import_tables(Wanted(files, previous=(save(then, tmp_path / "then.xlsx"),)), FOLDERS)


def test_last_years_tables_fill_last_years_figures_in_any_layout(tmp_path: Path) -> None:
    for then in (order_a(last_year()), order_b(last_year()), yunnan(last_year())):
        got = imported(tmp_path, order_a(NOW), then)
        assert told(got) == []
        found = {key: D(value) for key, value in values(got).items() if key.endswith(".上年")}
        assert found["收入.合计.上年"] == D("906.15")
        assert found["支出.功能分类.一般公共服务支出.上年"] == D("429.40")
        assert found["一般公共预算.科目.2010301.支出.上年"] == D("300.15")
        assert found["三公经费.公务接待费.上年"] == D("4.80")
        assert found["结转结余.年末.合计.上年"] == D("19.00")
        assert not [key for key in found if ".全年预算." in key or key.startswith("收入.科目.")]


def test_a_row_that_only_last_year_has_was_nothing_this_year(tmp_path: Path) -> None:
    got = imported(tmp_path, order_a(NOW), order_a(last_year()))
    found = values(got)
    assert found["一般公共预算.科目.2010303.支出"] == "0"
    assert found["一般公共预算.科目.2010303.支出.上年"] == "8.85"
    assert found["一般公共预算.科目.2010303.科目名称"] == "机关服务"
    path = tmp_path / "data.yaml"
    path.write_text(got.as_yaml(), "utf-8")
    subjects = load(path).dataset.general.subjects  # type: ignore[union-attr]
    assert subjects is not None
    assert [s.name for s in subjects if s.code == "2010303"] == ["机关服务"]


def test_an_opening_balance_that_is_not_last_years_closing_one_is_told(tmp_path: Path) -> None:
    other = replace(NOW, year=2023)
    got = imported(tmp_path, order_a(NOW), order_a(other))
    found = {finding.code: finding for finding in got.report}
    assert set(found) == {"x8-opening", "x8-fiscal", "x8-budget", "x8-fund"}
    places = found["x8-opening"].places
    assert [(Path(p.file).name, p.sheet, p.cell) for p in places] == [
        ("now.xlsx", "公开01表", "C35"),
        ("then.xlsx", "公开01表", "F35"),
    ]
    assert found["x8-opening"].found == "19万元"
    assert found["x8-opening"].expected == "37.2万元"
    assert not got.report.errors


def test_tables_of_another_year_than_the_last_are_not_used(tmp_path: Path) -> None:
    got = imported(tmp_path, order_a(NOW), order_a(replace(NOW, year=2021)))
    assert "other-set-unused" in told(got)
    assert not [key for key in values(got) if key.endswith(".上年")]


def test_a_mistake_in_last_years_tables_is_a_warning(tmp_path: Path) -> None:
    then = order_a(last_year())
    then["公开03表"].rows[6][4] = D("900.00")
    got = imported(tmp_path, order_a(NOW), then)
    assert "t3-row-total" in told(got)
    assert not got.report.errors
