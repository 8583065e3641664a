"""``draftgen import``: what it writes, refuses and says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from draftgen.pipeline import load
from tests.published.accounts import Accounts
from tests.published.books import order_a, save

from .conftest import Run


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A consistent set of nine tables."""
    return save(order_a(Accounts()), tmp_path / "2024年 公开表.xlsx")


def test_a_consistent_set_gives_a_data_file_that_check_reads(tables: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "数据.yaml"
    result = run("import", tables, "-o", out)
    assert result.exit_code == 0, result.output
    assert f"{tables} “公开07表”!A1  2024年度财政拨款“三公”经费支出决算表" in result.stdout
    assert "公开表中没有、需要补填的数据：" in result.stdout
    assert "一般公共预算.科目.{编码}.支出.年初预算" not in result.stdout
    assert "一般公共预算.科目.*.支出.年初预算  各科目的年初预算数" in result.stdout
    assert result.stdout.splitlines()[-2] == f"已写入：{out}"
    checked = run("check", out)
    assert checked.exit_code == 0, checked.output
    drafted = run("draft", out, "-o", tmp_path / "a.md")
    assert drafted.exit_code == 0, drafted.output
    assert "| 本年收入合计 | 897.30 | 本年支出合计 | 878.10 |" in (tmp_path / "a.md").read_text("utf-8")


def test_contradicting_tables_give_a_data_file_and_exit_code_4(tmp_path: Path, run: Run) -> None:
    path = save(order_a(Accounts()), tmp_path / "a.xlsx", {("公开02表", "E7"): 900})
    out = tmp_path / "a.yaml"
    result = run("import", path, "-o", out, lang="en")
    assert result.exit_code == 4
    assert out.exists()
    assert f"{path} “公开02表”!E7  error x1-income\n" in result.stdout
    assert "See also “公开01表”!C33." in result.stdout


def test_nothing_is_overwritten_without_force(tables: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "a.yaml"
    out.write_text("打过的字", "utf-8")
    assert run("import", tables, "-o", out).exit_code == 2
    assert out.read_text("utf-8") == "打过的字"
    assert run("import", tables, "-o", out, "--force").exit_code == 0
    assert run("import", tables, "-o", tmp_path / "a.docx").exit_code == 2


def test_a_file_that_is_missing_or_no_workbook_gives_3_and_nothing(tmp_path: Path, run: Run) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04")
    for path in (tmp_path / "none.xlsx", bad):
        result = run("import", path, "-o", tmp_path / "a.yaml")
        assert result.exit_code == 3
        assert str(path) in result.stderr
        content = json.loads(run("import", path, "-o", tmp_path / "a.yaml", "--json").stdout)
        assert (content["exit_code"], content["output"], content["tables"]) == (3, None, [])
    assert not (tmp_path / "a.yaml").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_names_tables_gaps_and_findings(tables: Path, tmp_path: Path, lang: str, run: Run) -> None:
    out = tmp_path / "a.yaml"
    content = json.loads(run("import", tables, "-o", out, "--json", lang=lang).stdout)
    assert list(content) == [
        *("command", "files", "kind", "year", "unit", "tables", "exit_code", "counts", "findings", "gaps", "output")
    ]
    assert (content["kind"], content["year"], content["unit"]) == ("final-accounts", 2024, "万元")
    assert content["tables"][0] == {
        "key": "收支总表",
        "title": "2024年度收入支出决算总表",
        "file": str(tables),
        "sheet": "公开01表",
        "cell": "A1",
    }
    gap = next(g for g in content["gaps"] if g["of"])
    assert gap["missing"] == gap["of"] == 17


def test_last_year_the_unit_and_the_name_are_options(tables: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "a.yaml"
    then = save(order_a(Accounts(year=2023)), tmp_path / "then.xlsx")
    result = run("import", tables, "-o", out, "--previous", then, "--unit", "元", "--name", "云山县林草局")
    assert result.exit_code == 0, result.output
    assert "警告 x8-opening" in result.stdout
    text = out.read_text("utf-8")
    assert "  全称: 云山县林草局\n" in text
    assert "    上年: 8973000   # then.xlsx “公开02表”!E7\n" in text
    assert run("import", tables, "-o", tmp_path / "b.yaml", "--unit", "美元").exit_code == 2


def test_a_workbook_holds_the_same_data(tables: Path, tmp_path: Path, run: Run) -> None:
    assert run("import", tables, "-o", tmp_path / "a.yaml").exit_code == 0
    result = run("import", tables, "-o", tmp_path / "a.xlsx")
    assert result.exit_code == 0, result.output
    plain, book = load(tmp_path / "a.yaml").dataset, load(tmp_path / "a.xlsx").dataset
    assert plain.income == book.income
    assert plain.general == book.general
    assert plain.three_public == book.three_public
