"""The workbook to fill in: made from the declaration, complete, marked, sound, the same bytes twice."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Figure, Number, Topic, Words, field
from draftgen.figures.schema_fields import Shape, fields_of
from draftgen.figures.workbook import layout
from draftgen.figures.workbook.form import blank_workbook
from draftgen.figures.workbook.layout import GroupSheet, TableSheet, all_sheets, sheets
from draftgen.figures.workbook.looks import MONEY_FORMAT, as_cell
from draftgen.figures.workbook.reading import parse_workbook
from draftgen.kinds import load_kind
from tests.conftest import ToPages, Validate
from tests.desk import FOLDERS, KIND, ROOT

WINDOWS_AND_WPS = {"宋体", "黑体"}
OUTLINE = load_kind(FOLDERS.templates, KIND).outline
SUMS = tuple(rule.formula for rule in load_kind(FOLDERS.templates, KIND).rules)


@cache
def made() -> bytes:
    return blank_workbook(OUTLINE.name_zh, OUTLINE.required, sums=SUMS)


@cache
def opened() -> Workbook:
    return load_workbook(io.BytesIO(made()))


def row_of(sheet: str, label: str) -> int:
    """The row that a person finds by its label."""
    found = (cell.row for cell in opened()[sheet]["A"] if str(cell.value).removesuffix(" *") == label)
    return int(next(found))


def values(topic: type[Topic], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The keys of everything that can be filled in, without items and free names."""
    for spec in fields_of(topic):
        shape: Shape | None = spec.shape
        while shape is not None and shape.item is not None:
            shape = shape.item
        if shape is not None and shape.topic is not None:
            yield from values(shape.topic, (*path, spec.zh))
        else:
            yield (*path, spec.zh)


def offered() -> Iterator[tuple[str, ...]]:
    facets = [facet.zh for facet in fields_of(Figure)]
    for sheet in all_sheets():
        if isinstance(sheet, TableSheet):
            yield from ((*sheet.path, *column.keys) for column in sheet.columns)
            continue
        for leaf in sheet.leaves:
            keys = (*sheet.base, *leaf.keys)
            if leaf.shape.topic is Figure:
                yield from ((*keys, facet) for facet in facets)
            else:
                yield keys


def test_everything_that_the_model_declares_has_exactly_one_place_in_the_workbook() -> None:
    declared, found = list(values(Dataset)), list(offered())
    assert sorted(declared) == sorted(found)
    assert len(set(found)) == len(found)


class _Period(Topic):
    start: Number | None = field("起", "from")


class _Plain(Topic):
    name: Words = field("名称", "name", required=True)


class _Unforeseen(Topic):
    """A topic that nobody has thought of yet."""

    total: Figure | None = field("合计", "total")
    items: list[_Plain] | None = field("事项", "items")
    named: dict[str, _Plain] | None = field("各类", "by kind")
    numbers: dict[str, Number] | None = field("数目", "numbers")
    period: _Period | None = field("时段", "period")


def test_a_new_topic_gets_its_sheets_by_itself() -> None:
    found = {leaf.label: leaf.kind for leaf in layout.leaves(_Unforeseen)}
    assert found == {"合计": "figure", "事项": "table", "各类": "table", "数目": "named", "时段.起": "value"}


def test_sheet_names_are_what_a_workbook_admits() -> None:
    names = [sheet.name for sheet in all_sheets()]
    assert len({name.casefold() for name in names}) == len(names)
    assert not [name for name in names if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name)]


def test_only_the_topics_of_the_kind_are_shown() -> None:
    assert [s.name for s in sheets(["收入", "工作"])] == [
        *("基本信息", "工作", "工作.事项", "工作.事项.成果", "收入", "收入.科目")
    ]
    with pytest.raises(ValueError, match="no such topic"):
        sheets(["不存在"])
    with pytest.raises(ValueError, match="no such key"):
        blank_workbook("报告", ["收入.不存在"])


def test_the_first_sheet_says_in_ten_lines_how_to_fill_it_in() -> None:
    book = opened()
    guide = book[book.sheetnames[0]]
    assert guide.title == "填写说明"
    lines = [guide.cell(row, 2).value for row in range(3, 13)]
    assert [guide.cell(row, 1).value for row in range(3, 13)] == [f"{n}." for n in range(1, 11)]
    assert all(str(line).endswith("。") for line in lines)
    listed = {cell.value for cell in guide["B"][14:]}
    assert listed == set(book.sheetnames[1:])
    assert all(cell.hyperlink is not None for cell in guide["B"][14 : 14 + len(listed)])


def test_required_cells_are_marked() -> None:
    front = opened()["基本信息"]
    for label in ("报告", "年度", "金额单位", "单位.全称"):
        row = row_of("基本信息", label)
        assert front.cell(row, 1).value == f"{label} *"
        assert front.cell(row, 3).fill.start_color.rgb == "00FFF2CC"
    assert front.cell(row_of("基本信息", "单位.简称"), 3).fill.fill_type is None
    assert opened()["工作.事项"]["A3"].value == "事项 *"


def test_every_note_of_the_declaration_stands_in_the_workbook() -> None:
    book = opened()
    for sheet in all_sheets():
        said = [str(cell.value) for row in book[sheet.name].iter_rows() for cell in row if cell.value]
        said += [cell.comment.text for row in book[sheet.name].iter_rows() for cell in row if cell.comment]
        notes = [leaf.spec.note for leaf in sheet.leaves] if isinstance(sheet, GroupSheet) else []
        notes += [c.spec.note for c in sheet.columns] if isinstance(sheet, TableSheet) else []
        for note in filter(None, (*notes, sheet.note)):
            assert any(note in text for text in said), (sheet.name, note)


def test_choices_and_flags_are_offered() -> None:
    book = opened()
    rules = {rule.formula1: str(rule.sqref) for rule in book["基本信息"].data_validations.dataValidation}
    assert rules['"元,万元,亿元"'] == f"C{row_of('基本信息', '金额单位')}"
    assert rules['"行政,参公,事业"'] == f"C{row_of('基本信息', '单位.性质')}"
    flags = {rule.formula1 for rule in book["标志"].data_validations.dataValidation}
    assert flags == {'"是,否"'}
    results = {rule.formula1: str(rule.sqref) for rule in book["工作.事项.成果"].data_validations.dataValidation}
    assert results["'工作.事项'!$A$4:$A$523"].startswith("A4:A")


def test_dates_and_texts_stay_as_typed_and_money_shows_two_decimals() -> None:
    book = opened()
    assert book["基本信息"].cell(row_of("基本信息", "公开日期"), 3).number_format == "@"
    assert book["基本信息"].cell(row_of("基本信息", "单位.全称"), 3).number_format == "@"
    assert book["收入"].cell(row_of("收入", "合计"), 3).number_format == MONEY_FORMAT
    assert book["基本信息"].cell(row_of("基本信息", "年度"), 3).number_format == "General"


def test_headers_are_frozen_and_printed_on_every_page() -> None:
    sheet = opened()["收入"]
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert not sheet.protection.sheet


def test_every_font_is_one_that_windows_and_wps_have() -> None:
    book = opened()
    used = {cell.font.name for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert used <= WINDOWS_AND_WPS | {"Calibri"}
    filled = {cell.font.name for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value}
    assert filled <= WINDOWS_AND_WPS


def sums(sheet: str) -> dict[str, Any]:
    found = opened()[sheet]
    return {cell.value: cell for cell in found["A"] if str(cell.value).startswith("自动合计（仅供核对）")}


def test_sums_of_the_relations_are_shown_outside_of_the_input_cells() -> None:
    sheet = opened()["收入"]
    (label,) = sums("收入").values()
    assert label.value == "自动合计（仅供核对）：合计"
    first, last = row_of("收入", "财政拨款收入"), row_of("收入", "其他收入")
    assert label.row > last
    cells = ",".join(f"'收入'!C{row}" for row in range(first, last + 1))
    assert sheet.cell(label.row, 3).value == f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    assert set(sums("人员")) == {"自动合计（仅供核对）：编制合计", "自动合计（仅供核对）：实有合计"}
    (target,) = sums("绩效目标").values()
    heads = {cell.value: cell.coordinate[:-1] for cell in opened()["绩效目标.项目"][3]}
    assert f"'绩效目标.项目'!{heads['金额']}4:" in str(opened()["绩效目标"].cell(target.row, 3).value)


def test_a_new_workbook_holds_no_data_but_the_name_of_the_report() -> None:
    parsed = parse_workbook(made(), "a.xlsx")
    assert parsed.tree == {"报告": "部门整体支出绩效评价报告", "单位": {}}
    assert parsed.findings == ()


def test_the_open_xml_validator_finds_no_fault(validate: Validate) -> None:
    assert validate(made(), ".xlsx") == []


def test_libreoffice_opens_it_and_shows_every_sheet(to_pages: ToPages) -> None:
    pages = [page.replace(" ", "") for page in to_pages(made(), ".xlsx")]
    assert pages[0].startswith("部门整体支出绩效评价报告")
    for sheet in all_sheets():
        assert any(page.strip().startswith(sheet.name) for page in pages), sheet.name
    assert not [page for page in pages if "#REF!" in page or "#NAME?" in page or "Err:" in page]


def test_the_same_form_gives_the_same_bytes_in_every_process() -> None:
    script = (
        "import sys, hashlib; from draftgen.figures.workbook.form import blank_workbook as b;"
        "print(hashlib.sha256(b('报告', sums=('收入.合计 = 合计(收入.*)',))).hexdigest())"
    )
    runs = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        done = subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True)
        runs.add(done.stdout)
    assert len(runs) == 1


def test_the_file_bears_no_trace_of_the_day_or_of_the_library() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
        everything = b"".join(package.read(name) for name in package.namelist())
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"1980-01-01T"}
    assert b"openpyxl" not in everything


CELLS = {
    "1234.10": (Decimal("1234.10"), "#,##0.00"),
    "5": (Decimal("5"), "#,##0"),
    "-0.5": (Decimal("-0.5"), "#,##0.0"),
    "98.10%": (Decimal("0.9810"), "0.00%"),
    "-3%": (Decimal("-0.03"), "0%"),
}


@pytest.mark.parametrize(("text", "cell"), CELLS.items(), ids=CELLS.keys())
def test_a_number_becomes_a_number_that_shows_what_was_typed(text: str, cell: tuple[Decimal, str]) -> None:
    assert as_cell(text, MONEY_FORMAT) == cell


@pytest.mark.parametrize("text", ["010", "+5", "1，234", "-0", "5万元", "1234567890.123456", "1e5", "95％", "", "1."])
def test_what_a_number_would_not_show_as_typed_stays_text(text: str) -> None:
    assert as_cell(text, MONEY_FORMAT)[0] == text


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    data = blank_workbook("报告", topics=[], data={"职责": "=1+1"})
    assert parse_workbook(data, "a.xlsx").tree == {"职责": "=1+1", "单位": {}}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if b"<f>1+1" in package.read(name)]


def test_a_text_too_long_for_a_cell_is_not_cut() -> None:
    with pytest.raises(ValueError):
        blank_workbook("报告", topics=[], data={"职责": "长" * 40_000})


def test_columns_of_stated_figures_are_folded_until_they_hold_something() -> None:
    empty = opened()["收入"].column_dimensions["M"]
    assert empty.hidden
    data = blank_workbook("报告", topics=[], data={"收入": {"合计": {"本年": "5", "增减额": "1"}}})
    full = load_workbook(io.BytesIO(data))["收入"].column_dimensions["M"]
    assert not full.hidden


def test_known_names_are_shown_or_offered_and_are_no_data() -> None:
    names = {
        "评分.指标": {"A1": "规划目标（2分）", "A2": "目标完整性（3分）"},
        "标志": {"公开不及时": "", "多单位合并核算": ""},
    }
    data = blank_workbook("报告", topics=["评分", "标志"], names=names, data={"评分": {"指标": {"A2": {"得分": "3"}}}})
    book = load_workbook(io.BytesIO(data))
    sheet = book["评分.指标"]
    assert [sheet.cell(row, 1).value for row in (4, 5)] == ["A2", "A1"]
    assert sheet["A5"].comment is not None
    assert "规划目标" in sheet["A5"].comment.text
    assert '"公开不及时,多单位合并核算"' in {r.formula1 for r in book["标志"].data_validations.dataValidation}
    assert parse_workbook(data, "a.xlsx").tree == {"评分": {"指标": {"A2": {"得分": "3"}}}, "单位": {}}
