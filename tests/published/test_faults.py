"""What cannot be read is told with its cell, and never guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.errors import InputError, TemplateError
from draftgen.figures.published.grid import make_grid
from draftgen.figures.published.layout import read_table
from draftgen.figures.published.sheets import find_tables
from draftgen.findings import Finding, Place, Severity
from draftgen.importing import Imported, Wanted, import_tables, load_guide
from tests.desk import FOLDERS

from .accounts import Accounts
from .books import Style, order_a, order_b, save
from .conftest import Import, told, values

A = Accounts()
D = Decimal


def one(got: Imported, code: str) -> Finding:
    found = [finding for finding in got.report if finding.code == code]
    assert len(found) == 1, told(got)
    return found[0]


def spot(finding: Finding) -> str:
    return finding.places[0].spot


def test_a_number_that_is_none_is_an_error_and_its_figure_not_known(imported: Import) -> None:
    got = imported(order_a(A), {("公开07表", "L8"): "4.8o"})
    finding = one(got, "bad-number")
    assert (spot(finding), finding.severity, finding.found) == ("“公开07表”!L8", Severity.ERROR, "4.8o")
    assert "三公经费.公务接待费" not in values(got)
    assert told(got) == ["bad-number"]  # no sum takes what is not known for nothing


def test_a_row_and_a_column_without_a_definition_are_told(imported: Import) -> None:
    book = order_a(A)
    book["公开01表"].rows[7][0] = "二、天上掉下来的收入"
    book["公开02表"].rows[3][6] = "捐赠收入"
    got = imported(book)
    assert spot(one(got, "row-unknown")) == "“公开01表”!A8"
    assert spot(one(got, "column-unknown")) == "“公开02表”!G6"
    assert "收入.上级补助收入" in values(got)  # the other table has it


def test_an_empty_table_without_a_note_is_not_zero(imported: Import) -> None:
    book = order_a(A)
    book["公开09表"].rows[-1] = ["注：本表反映国有资本经营预算财政拨款支出情况。"]
    got = imported(book)
    assert spot(one(got, "table-empty")) == "“公开09表”!A1"
    assert "国有资本经营预算.基本支出" not in values(got)
    assert values(imported(order_a(A)))["国有资本经营预算.基本支出"] == "0"


def test_a_note_that_there_is_nothing_over_figures_is_told(imported: Import) -> None:
    book = order_a(A)
    book["公开08表"].rows.append(["注：本部门没有政府性基金收支，故本表无数据。"])
    got = imported(book)
    assert one(got, "note-contradicts").severity is Severity.WARNING
    assert values(got)["政府性基金预算.支出"] == "50"


def test_a_dash_is_not_a_figure(imported: Import) -> None:
    got = imported(order_a(A), {("公开07表", "H8"): "—"})
    assert "三公经费.因公出国（境）费" not in values(got)


def test_a_blank_is_zero_only_where_the_form_leaves_zeros_blank(imported: Import) -> None:
    found = values(imported(order_a(A)))
    assert found["收入.经营收入"] == "0"
    assert "一般公共预算.基本支出.公用经费明细.因公出国（境）费用" not in found


def test_a_subject_that_stands_twice_is_an_error(imported: Import) -> None:
    book = order_a(A)
    book["公开03表"].rows.insert(9, list(book["公开03表"].rows[9]))
    assert one(imported(book), "subject-twice").severity is Severity.ERROR


def test_a_table_that_stands_twice_is_read_once(imported: Import) -> None:
    book = order_a(A)
    book["副本"] = order_a(A, Style("元"))["公开02表"]
    got = imported(book)
    finding = one(got, "table-twice")
    assert [place.spot for place in finding.places] == ["“副本”!A1", "“公开02表”!A1"]
    assert values(got)["收入.合计"] == "897.3"


def test_a_table_without_a_unit_is_not_read(imported: Import) -> None:
    book = order_a(A)
    book["公开07表"].rows[2] = [f"部门：{A.owner}"]
    got = imported(book)
    assert one(got, "table-unit-missing").severity is Severity.ERROR
    assert not [key for key in values(got) if key.startswith("三公经费")]


def test_a_table_of_another_year_or_unit_is_told(imported: Import) -> None:
    book = order_a(A)
    book["公开05表"].rows[0] = ["2022年度一般公共预算财政拨款支出决算表"]
    book["公开06表"].rows[2][0] = "部门：别的局"
    got = imported(book)
    assert spot(one(got, "year-differs")) == "“公开05表”!A1"
    assert one(got, "owner-differs").severity is Severity.WARNING


def test_a_mention_of_another_table_ends_none(imported: Import) -> None:
    book = order_a(A)
    book["公开02表"].rows.insert(12, ["其中见2024年度支出决算表"])
    got = imported(book)
    assert values(got)["收入.科目.2210201.合计"] == "35.67"
    assert [table.key for table in got.tables].count("支出表") == 1


def test_tables_none_of_which_names_its_unit_are_an_input_error(tmp_path: Path) -> None:
    book = {"1": order_a(A)["公开02表"]}
    book["1"].rows[2] = [f"部门：{A.owner}"]
    with pytest.raises(InputError) as caught:
        import_tables(Wanted((save(book, tmp_path / "a.xlsx"),)), FOLDERS)
    assert caught.value.findings[0].code == "table-unit-missing"


def test_a_title_over_foreign_headers_is_told(imported: Import) -> None:
    book = order_a(A)
    book["公开04表"].rows[3:6] = [["甲", "乙"], ["丙", "丁"], ["戊", "己"]]
    assert spot(one(imported(book), "table-layout-unknown")) == "“公开04表”!A1"


def test_other_sheets_are_named_and_contents_pages_are_not(imported: Import) -> None:
    book = order_a(A)
    book["情况说明"] = book.pop("目录")
    book["情况说明"].rows = [["第三部分 情况说明"], ["收入增加。"]]
    assert spot(one(imported(book), "sheet-not-recognised")) == "“情况说明”"
    assert told(imported(order_a(A))) == []


def test_rounding_is_a_note_and_no_error(imported: Import) -> None:
    got = imported(order_a(A), {("公开03表", "E7"): D("878.11"), ("公开01表", "F33"): D("878.10")})
    assert {finding.severity for finding in got.report} == {Severity.NOTE}
    assert "属四舍五入的合理误差" in got.report.findings[0].message.render("zh")


def test_a_unit_in_yuan_leaves_no_room_for_rounding_in_ten_thousands(imported: Import) -> None:
    book = order_b(A, Style("元"))
    got = imported(book, {("GK03", "C7"): D("8781050.00")}, unit="万元")
    assert "x2-outlay" in [finding.code for finding in got.report.errors]


def test_a_formula_without_a_result_or_in_error_is_told_and_no_zero(imported: Import) -> None:
    got = imported(order_a(A), {("公开07表", "L8"): "=1+2", ("公开07表", "F8"): "#REF!"})
    assert spot(one(got, "formula-without-value")) == "“公开07表”!L8"
    assert spot(one(got, "cell-error")) == "“公开07表”!F8"
    assert "三公经费.公务接待费" not in values(got)


def test_hidden_sheets_are_not_published(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = save(order_a(A), tmp_path / "a.xlsx")
    book = load_workbook(path)
    book["公开07表"].sheet_state = "hidden"
    book.save(path)
    assert "三公表" not in [table.key for table in import_tables(Wanted((path,)), FOLDERS).tables]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"PK\x03\x04 no workbook"), ("b.xlsx", b""), ("c.xlsx", "收入决算表".encode()), ("d.xlsx", None)],
)
def test_a_file_that_is_no_workbook_is_an_input_error(name: str, data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        import_tables(Wanted((path,)), FOLDERS)
    assert caught.value.findings[0].places[0].file == str(path)


def test_a_workbook_without_a_published_table_is_an_input_error(tmp_path: Path) -> None:
    path = save({"目录": order_a(A)["目录"]}, tmp_path / "a.xlsx")
    with pytest.raises(InputError) as caught:
        import_tables(Wanted((path,)), FOLDERS)
    assert caught.value.findings[0].code == "no-table"


def test_a_table_declared_badly_is_a_template_error() -> None:
    words = load_guide(FOLDERS.templates).words
    for entry in ({}, {"table": "甲", "zh": "", "en": "", "kind": "else", "titles": [], "layouts": []}):
        with pytest.raises(TemplateError):
            read_table(entry, words, Place("x.yaml"))


def test_every_title_leads_to_its_own_table() -> None:
    guide = load_guide(FOLDERS.templates)
    for table in guide.tables:
        for title in table.titles:
            grid = make_grid("x.xlsx", "x", 1, {(1, 1): f"2024年度{title}", (2, 1): "甲", (3, 1): "乙", (4, 1): "丙"})
            (finding,) = find_tables([grid], guide.tables, guide.words).findings
            assert finding.code == "table-layout-unknown"
            named = finding.message.render("zh")
            assert any(t.name.zh in named for t in guide.tables if title in t.titles), title


@pytest.mark.parametrize("sheet", [f"公开{number:02}表" for number in range(1, 10)])
def test_a_table_that_is_missing_from_the_set_is_told(sheet: str, imported: Import) -> None:
    """Else its figures would be lost without a word."""
    book = order_a(A)
    whole = {gap.needs for gap in imported(book).gaps}
    del book[sheet]
    lost = [gap for gap in imported(book).gaps if gap.needs not in whole]
    assert len(lost) == 1, sheet
