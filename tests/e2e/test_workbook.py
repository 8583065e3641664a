"""An accountant's run: a new workbook, filled in by its labels as a person would, checked, drafted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from draftgen.data_files import blank_file, convert
from draftgen.figures.canonical import canonical
from draftgen.figures.source import read_source
from draftgen.pipeline import compose, examine, load
from tests.conftest import ToPages, Validate
from tests.desk import FOLDERS, KIND, PUBLISHED, REPORT
from tests.workbooks import HEAD, book, saved

Tree = dict[str, Any]


class Accountant:
    """Fills in a workbook: looks for the sheet by its name, for the row by its label, for the column by its header."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.filled = 0

    def fill(self, tree: Tree) -> None:
        for key, value in tree.items():
            if key in self.book.sheetnames and isinstance(value, dict) and self.header(self.book[key], "名称"):
                self.named(self.book[key], self.header(self.book[key], "名称"), value)
            elif key in self.book.sheetnames and isinstance(value, dict):
                self.group(self.book[key], value, "")
            elif isinstance(value, list):
                self.table(key, value, [])
            elif isinstance(value, dict) and set(value) <= {"全称", "简称", "自称", "标题用名", "性质", "成立年份"}:
                self.group(self.book["基本信息"], value, f"{key}.")
            else:
                self.one(self.book["基本信息"], key, value)

    def group(self, sheet: Worksheet, values: Tree, above: str) -> None:
        for key, value in values.items():
            self.one(sheet, f"{above}{key}", value)

    def one(self, sheet: Worksheet, label: str, value: Any) -> None:
        path = label if sheet.title == "基本信息" else f"{sheet.title}.{label}"
        if path in self.book.sheetnames:  # a list, or entries with several fields: a sheet of their own
            if isinstance(value, dict):
                self.table(path, [{f"{label.rpartition('.')[2]}（名称）": n, **_row(v)} for n, v in value.items()], [])
            else:
                self.table(path, value, [])
        elif isinstance(value, str):
            self.write(sheet, label, "填写内容", value)
        elif isinstance(value, list):
            for text in value:
                self.write(sheet, label, "填写内容", text, again=True)
        elif header := self.header(sheet, label):
            self.named(sheet, header, value)
        elif self.row(sheet, label):
            for facet, text in value.items():
                self.write(sheet, label, facet, text)
        else:
            self.group(sheet, value, f"{label}.")

    def named(self, sheet: Worksheet, header: int, entries: Tree) -> None:
        for name, value in entries.items():
            row = header + 1
            while sheet.cell(row, 1).value:
                row += 1
            self.type(sheet, row, 1, name)
            for word, text in (value if isinstance(value, dict) else {"填写内容": value}).items():
                self.type(sheet, row, self.column(sheet, header, word), text)

    def table(self, name: str, items: list[Tree], parents: list[str]) -> None:
        sheet = self.book[name]
        for item in items:
            row = 4
            own = next(iter(item.values()))
            while sheet.cell(row, 1).value != own and any(
                sheet.cell(row, column).value for column in range(1, sheet.max_column + 1)
            ):
                row += 1
            for number, parent in enumerate(parents, 1):
                self.type(sheet, row, number, parent)
            for key, value in item.items():
                self.field(sheet, row, key, value, [*parents, own])

    def field(self, sheet: Worksheet, row: int, key: str, value: Any, names: list[str]) -> None:
        path = f"{sheet.title}.{key}"
        if path in self.book.sheetnames and isinstance(value, list):
            self.table(path, value, names)
        elif path in self.book.sheetnames:
            self.table(path, [{f"{key}（名称）": name, key: text} for name, text in value.items()], names)
        elif isinstance(value, list):
            self.type(sheet, row, self.column(sheet, 3, key), "\n".join(value))
        elif isinstance(value, dict):
            for facet, text in value.items():
                self.type(sheet, row, self.column(sheet, 3, key if facet == "本年" else f"{key}.{facet}"), text)
        else:
            self.type(sheet, row, self.column(sheet, 3, key), value)

    def write(self, sheet: Worksheet, label: str, word: str, text: str, *, again: bool = False) -> None:
        row = self.row(sheet, label)
        header = next(r for r in range(row, 0, -1) if sheet.cell(r, 1).value == "填写项目")
        column = self.column(sheet, header, word)
        while again and sheet.cell(row, column).value:
            row += 1
            if str(sheet.cell(row, 1).value) != label:  # no row is left: one is inserted and labelled
                sheet.insert_rows(row)
                sheet.cell(row, 1).value = label
        self.type(sheet, row, column, text)

    def type(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """Type a text as a spreadsheet takes it: digits become numbers, 98.1% a number with a percent format."""
        cell: Any = sheet.cell(row, column)
        self.filled += 1
        if cell.number_format == "@":
            cell.value = text
        elif text.endswith("%") and text[:-1].lstrip("-").replace(".", "").isdigit():
            cell.value = float(text[:-1]) / 100
            cell.number_format = "0.00%" if "." in text else "0%"
        else:
            number = text.lstrip("-").replace(".", "", 1).isdigit()
            cell.value = (float(text) if "." in text else int(text)) if number else text

    def header(self, sheet: Worksheet, label: str) -> int:
        rows = (cell.row for cell in sheet["A"] if cell.value == label)
        return next((r for r in rows if r and sheet.cell(r, 2).value == "计量单位"), 0)

    def row(self, sheet: Worksheet, label: str) -> int:
        return next((c.row for c in sheet["A"] if c.row and str(c.value).removesuffix(" *") == label), 0)

    def column(self, sheet: Worksheet, header: int, word: str) -> int:
        cells = (c for c in sheet[header] if str(c.value).removesuffix(" *") == word)
        return next(cells).column or 0


def _row(entry: Any) -> Tree:
    return entry if isinstance(entry, dict) else {"得分": entry}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "东川.xlsx"
    path.write_bytes(blank_file(KIND, ".xlsx", FOLDERS))
    book = load_workbook(path)
    accountant = Accountant(book)
    accountant.fill(canonical(read_source(REPORT).tree))
    assert accountant.filled > 800
    book.save(path)
    return path


def test_a_new_workbook_shows_the_indicators_and_holds_no_data(tmp_path: Path) -> None:
    path = saved(tmp_path, blank_file(KIND, ".xlsx", FOLDERS))
    sheet = load_workbook(path)["评分.指标"]
    assert [sheet["A4"].value, sheet["A44"].value, sheet["A45"].value] == ["A11", "C33", None]
    assert read_source(path).tree == {"报告": "部门整体支出绩效评价报告", "单位": {}}


def test_the_draft_from_the_workbook_is_the_one_from_the_text_file(filled: Path) -> None:
    from_text, from_book = (examine(load(path), where=FOLDERS) for path in (REPORT, filled))
    assert [(f.code, f.severity) for f in from_book.loaded.findings] == []
    assert compose(from_book, where=FOLDERS).as_text() == compose(from_text, where=FOLDERS).as_text()


def test_checking_finds_the_same_in_both_and_names_cells(filled: Path) -> None:
    from_text, from_book = (examine(load(path), where=FOLDERS).report for path in (REPORT, filled))
    assert sorted(f.code for f in from_book) == sorted(f.code for f in from_text)
    places = [place for finding in from_book for place in finding.places if place.file == str(filled)]
    assert places
    assert all(place.sheet and place.cell and place.line is None for place in places)


def test_errors_of_the_published_figures_name_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "published.xlsx"
    path.write_bytes(convert(PUBLISHED, ".xlsx", FOLDERS)[0])
    found = examine(load(path), where=FOLDERS).report
    expected = examine(load(PUBLISHED), where=FOLDERS).report
    assert sorted(f.code for f in found) == sorted(f.code for f in expected)
    training = next(f for f in found.errors if any(p.path == "培训费.增减率" for p in f.places))
    place = next(p for p in training.places if p.path == "培训费.增减率")
    sheet = load_workbook(path)[place.sheet]
    assert place.sheet == "基本信息"
    assert sheet[f"A{place.cell[1:]}"].value == "培训费"


def test_a_comment_in_word_names_the_cell_of_the_likely_slip(tmp_path: Path) -> None:
    rows = (HEAD, ("合计", "万元", 103), ("事业收入", "万元", 50), ("其他收入", "万元", 35))
    path = saved(tmp_path, book({"收入": rows}))
    draft = compose(examine(load(path), where=FOLDERS), where=FOLDERS)
    assert any("“收入”!C4" in remark.text for remark in draft.remarks), draft.remarks


def test_the_example_as_a_workbook_is_sound(validate: Validate, to_pages: ToPages) -> None:
    data, findings = convert(REPORT, ".xlsx", FOLDERS)
    assert findings == ()
    assert validate(data, ".xlsx") == []
    text = "".join(to_pages(data, ".xlsx"))
    assert "中国共产党昆明市东川区委员会办公室" in text
    assert "自动合计（仅供核对）" in text
    for error in ("#REF!", "#NAME?", "#VALUE!", "Err:"):
        assert error not in text


def test_a_workbook_saved_by_libreoffice_says_the_same(tmp_path: Path, to_xlsx: Callable[[bytes], bytes]) -> None:
    data, _ = convert(REPORT, ".xlsx", FOLDERS)
    path = tmp_path / "saved.xlsx"
    path.write_bytes(to_xlsx(data))
    found = read_source(path)
    assert [f.code for f in found.findings] == []
    assert canonical(found.tree) == canonical(read_source(REPORT).tree)
