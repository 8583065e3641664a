"""From a workbook to the tree of texts: labels decide, cells are read as they show, every fault names its cell."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from draftgen.errors import InputError
from draftgen.figures.reading import Loaded, load
from draftgen.figures.source import Source, read_source
from draftgen.figures.workbook import package
from draftgen.findings import Finding, Severity
from tests.workbooks import FRONT, HEAD, Rows, book, labelled, packed, raw, saved

OUTLAY: Rows = (HEAD, ("基本支出.合计", "万元", 1200.5, 1100, "人员增加"), ("项目支出.合计", "万元", 300, 200, None))


def tree(folder: Path, **sheets: Rows) -> Any:
    return read(folder, **sheets).tree


def tree_of(data: bytes, folder: Path, name: str = "data.xlsx") -> Any:
    return read_source(saved(folder, data, name)).tree


def read(folder: Path, **sheets: Rows) -> Source:
    return read_source(saved(folder, book(sheets)))


def told(findings: tuple[Finding, ...] | list[Finding]) -> list[tuple[str, str]]:
    for finding in findings:
        for language in ("zh", "en"):
            assert "{" not in finding.message.render(language)
            assert finding.hint is None or "{" not in finding.hint.render(language)
    return [(f.code, f.places[0].spot) for f in findings]


def refused(path: Path) -> list[Finding]:
    with pytest.raises(InputError) as caught:
        load(path)
    assert told(list(caught.value.findings))
    return list(caught.value.findings)


def loaded(folder: Path, **sheets: Rows) -> Loaded:
    return load(saved(folder, book(sheets)))


# ---- labels decide ----


def test_a_sheet_gives_the_same_tree_as_yaml(tmp_path: Path) -> None:
    path = tmp_path / "data.yaml"
    path.write_text(
        "报告: 部门整体支出绩效评价报告\n年度: 2020\n金额单位: 万元\n单位: {全称: 某某区委员会办公室}\n"
        "支出:\n  基本支出: {合计: {本年: 1200.5, 上年: 1100, 原因: 人员增加}}\n"
        "  项目支出: {合计: {本年: 300, 上年: 200}}\n",
        "utf-8",
    )
    assert tree(tmp_path, 支出=OUTLAY) == read_source(path).tree
    assert loaded(tmp_path, 支出=OUTLAY).dataset == load(path).dataset


def test_every_value_knows_its_cell(tmp_path: Path) -> None:
    places = loaded(tmp_path, 支出=OUTLAY).places
    assert places.at("支出.基本支出.合计.上年").spot == "“支出”!D2"
    assert places.at("支出.项目支出.合计.本年").spot == "“支出”!C3"
    assert places.at("支出.项目支出.合计").spot == "“支出”!A3"
    assert str(places.at("年度")) == f"{tmp_path / 'data.xlsx'} “基本信息”!B3"
    assert places.at("年度").line is None


SHUFFLED: dict[str, Rows] = {
    "columns moved": (
        ("原因", "上年", "填写项目", "本年"),
        ("人员增加", 1100, "基本支出.合计", 1200.5),
        (None, 200, "项目支出.合计", 300),
    ),
    "rows inserted above": (("2020年支出情况",), (), (None, "单位：万元"), *OUTLAY),
    "blank lines": (OUTLAY[0], (), OUTLAY[1], (), (), OUTLAY[2]),
    "rows in another order": (OUTLAY[0], OUTLAY[2], OUTLAY[1]),
    "a column inserted": tuple((None, *row) for row in OUTLAY),
    "labels with other brackets and spaces": (
        ("填写项目：", "计量单位", " 本 年 *", "上年", "原因"),
        ("基本支出·合计 *", "万元", 1200.5, 1100, "人员增加"),
        ("项目支出 / 合计", "万元", 300, 200, None),
    ),
    "labels in English": (
        ("项目", "current", "last", "reason"),
        ("basic.total", 1200.5, 1100, "人员增加"),
        ("project.total", 300, 200, None),
    ),
    "a sum that is only shown": (*OUTLAY, ("自动合计（仅供核对）：合计", None, 1500.5, 1300)),
    "two tables": (OUTLAY[0], OUTLAY[1], (), ("填写项目", "上年", "本年"), ("项目支出.合计", 200, 300)),
}


@pytest.mark.parametrize("rows", SHUFFLED.values(), ids=SHUFFLED.keys())
def test_labels_decide_not_positions(tmp_path: Path, rows: Rows) -> None:
    found = read(tmp_path, 支出=rows)
    assert found.tree == tree(tmp_path, 支出=OUTLAY)
    assert found.findings == ()


def test_the_order_of_sheets_does_not_matter(tmp_path: Path) -> None:
    items: Rows = (("事项", "概述"), ("督查督办", "甲"), ("信息工作", "乙"))
    results: Rows = (("所属事项", "事项", "数量"), ("信息工作", "简报", 12), ("督查督办", "通知", 66))
    one = tree(tmp_path, **{"工作.事项": items, "工作.事项.成果": results})
    other = tree(tmp_path, **{"工作.事项.成果": results, "工作.事项": items})
    assert one == other
    assert [item["成果"][0]["事项"] for item in one["工作"]["事项"]] == ["通知", "简报"]


def test_the_last_parts_of_a_label_are_enough_where_they_mean_one_thing(tmp_path: Path) -> None:
    rows: Rows = (HEAD, ("人员经费", None, 7), ("合计", None, 9))
    assert tree(tmp_path, 支出=rows)["支出"] == {"基本支出": {"人员经费": {"本年": "7"}}, "合计": {"本年": "9"}}


def test_a_label_that_means_several_things_is_not_guessed(tmp_path: Path) -> None:
    found = read(tmp_path, 结转结余=(HEAD, ("项目支出", None, 7)))
    assert told(found.findings) == [("unknown-row", "“结转结余”!A2")]
    assert found.findings[0].severity is Severity.ERROR


def test_freely_named_entries_are_rows_of_their_own_table(tmp_path: Path) -> None:
    rows: Rows = (("编制", "填写内容"), ("行政", 20), ("No.1 [A]", 3), (), ("实有", "填写内容"), ("行政（含工勤）", 19))
    found = tree(tmp_path, 人员=rows)["人员"]
    assert found == {"编制": {"行政": "20", "No.1 [A]": "3"}, "实有": {"行政（含工勤）": "19"}}


def test_lists_of_texts_go_on_below(tmp_path: Path) -> None:
    rows: Rows = (FRONT[0], ("依据", "预算法"), (None, "会计法"), ("制度", "甲办法"), ("依据", "统计法"))
    found = tree(tmp_path, 管理制度=rows)["管理制度"]
    assert found == {"依据": ["预算法", "会计法", "统计法"], "制度": ["甲办法"]}


def test_several_texts_may_stand_in_one_cell_of_a_table(tmp_path: Path) -> None:
    rows: Rows = (("名称", "目标"), ("甲项目", "第一条\n第二条↵续行\n\n第三条"))
    project = tree(tmp_path, **{"绩效目标.项目": rows})["绩效目标"]["项目"][0]
    assert project["目标"] == ["第一条", "第二条\n续行", "第三条"]


def test_a_figure_in_a_table_has_a_column_for_each_comparison(tmp_path: Path) -> None:
    rows: Rows = (("名称", "金额", "金额.上年", "金额.原因"), ("甲项目", 5, 4, "新增任务"))
    project = tree(tmp_path, **{"绩效目标.项目": rows})["绩效目标"]["项目"][0]
    assert project["金额"] == {"本年": "5", "上年": "4", "原因": "新增任务"}


def test_a_row_that_names_no_parent_belongs_to_the_one_above(tmp_path: Path) -> None:
    items: Rows = (("事项",), ("督查",), ("信息",))
    results: Rows = (("所属事项", "事项"), ("信息", "简报"), (None, "专报"), ("督查", "通知"))
    found = tree(tmp_path, **{"工作.事项": (("事项", "概述"), *items[1:]), "工作.事项.成果": results})
    assert [len(item["成果"]) for item in found["工作"]["事项"]] == [1, 2]


# ---- what is not known ----


def test_an_unknown_sheet_is_named_and_the_likely_one_suggested(tmp_path: Path) -> None:
    found = loaded(tmp_path, 三公经贵=(HEAD, ("合计", None, 1)), 演算=((1, 2),)).findings
    assert told(found) == [("unknown-sheet", "“三公经贵”"), ("unknown-sheet", "“演算”")]
    assert found[0].hint is not None
    assert "三公经费" in found[0].hint.render("zh")
    assert {f.severity for f in found} == {Severity.WARNING}


def test_a_sheet_that_was_renamed_is_an_error_and_its_name_is_told(tmp_path: Path) -> None:
    """Its figures would be lost, and a draft be written without them."""
    rows: Rows = (("收入",), (), HEAD, ("合计", None, 5))
    found = read(tmp_path, Sheet1=rows).findings
    assert told(found) == [("renamed-sheet", "“Sheet1”")]
    assert found[0].severity is Severity.ERROR
    assert found[0].hint is not None
    assert "改回“收入”" in found[0].hint.render("zh")


def test_a_copy_beside_the_sheet_itself_is_only_not_read(tmp_path: Path) -> None:
    rows: Rows = (("收入",), (), HEAD, ("合计", None, 5))
    found = loaded(tmp_path, **{"收入": rows, "收入 (2)": rows}).findings
    assert told(found) == [("unknown-sheet", "“收入 (2)”")]


def test_an_empty_sheet_is_no_cause_for_a_warning(tmp_path: Path) -> None:
    assert loaded(tmp_path, Sheet1=()).findings == ()


def test_an_unknown_column_is_named_and_ignored(tmp_path: Path) -> None:
    rows: Rows = (("填写项目", "本年", "去年", "年初预祘"), ("合计", 5, 4, 3))
    result = loaded(tmp_path, 收入=rows)
    assert told(result.findings) == [("unknown-column", "“收入”!C1"), ("unknown-column", "“收入”!D1")]
    assert result.findings[1].hint is not None
    assert "年初预算" in result.findings[1].hint.render("zh")
    assert result.dataset.income is not None
    assert result.dataset.income.total is not None
    assert result.dataset.income.total.last is None


def test_an_unknown_column_of_a_table_is_named_and_ignored(tmp_path: Path) -> None:
    result = loaded(tmp_path, **{"工作.事项": (("事项", "概要", "备注"), ("督查", "甲", "乙"), ("信息", None, None))})
    assert told(result.findings)[0] == ("unknown-column", "“工作.事项”!B1")


def test_a_column_without_a_header_is_told_once(tmp_path: Path) -> None:
    rows: Rows = (HEAD, ("合计", None, 5, 4, None, "待核"), ("其他收入", None, 5, 4, None, "待核"))
    assert told(loaded(tmp_path, 收入=rows).findings) == [("column-without-header", "“收入”!F2")]


def test_a_misspelt_row_is_an_error_a_remark_is_not(tmp_path: Path) -> None:
    rows: Rows = (HEAD, ("财政拔款收入", None, 5), ("注：以上为决算数",), ("制表", None, "张三"))
    found = read(tmp_path, 收入=rows).findings
    assert told(found) == [("unknown-row", "“收入”!A2"), ("unknown-row", "“收入”!A4")]
    assert [f.severity for f in found] == [Severity.ERROR, Severity.WARNING]


def test_a_value_without_a_label_is_named(tmp_path: Path) -> None:
    assert told(read(tmp_path, 收入=(HEAD, (None, None, 5))).findings) == [("label-missing", "“收入”!C2")]


def test_a_value_where_only_one_can_stand_is_named(tmp_path: Path) -> None:
    rows: Rows = (HEAD, ("接待批次", "批次", 5, 4))
    found = read(tmp_path, 三公经费=rows)
    assert found.tree["三公经费"] == {"接待批次": "5"}
    assert told(found.findings) == [("value-unused", "“三公经费”!D2")]


def test_a_sheet_without_headers_is_an_error(tmp_path: Path) -> None:
    found = refused(saved(tmp_path, book({"收入": (("合计", 5),), "工作.事项": (("督查",),)})))
    assert told(found) == [("header-missing", "“收入”"), ("header-missing", "“工作.事项”")]


def test_what_is_filled_in_twice_is_named_with_both_cells(tmp_path: Path) -> None:
    found = refused(saved(tmp_path, book({"收入": (HEAD, ("合计", None, 5), ("合计", None, 6))})))
    assert told(found) == [("duplicate-key", "“收入”!C3")]
    assert found[0].places[1].spot == "“收入”!C2"
    both = refused(saved(tmp_path, book({"收入": (("填写项目", "本年", "本年"), ("合计", 5, 6))})))
    assert told(both) == [("duplicate-column", "“收入”!C1")]


def test_two_sheets_of_the_same_name_in_two_languages_are_an_error(tmp_path: Path) -> None:
    found = refused(saved(tmp_path, book({"收入": (HEAD, ("合计", None, 5)), "Income": (HEAD, ("合计", None, 5))})))
    assert told(found) == [("duplicate-sheet", "“Income”")]


def test_an_unknown_parent_is_named_with_the_likely_one(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "工作.事项": (("事项", "概述"), ("督查督办", None), ("重名", None), ("重名", None)),
        "工作.事项.成果": (
            ("所属事项", "事项"),
            (None, "无主"),
            ("督查督", "通知"),
            ("重名", "简报"),
            ("重名#3", "专报"),
        ),
    }
    found = refused(saved(tmp_path, book(sheets)))
    assert told(found) == [
        ("parent-missing", "“工作.事项.成果”!B2"),
        ("unknown-parent", "“工作.事项.成果”!A3"),
        ("unknown-parent", "“工作.事项.成果”!A4"),
    ]
    assert found[1].hint is not None
    assert found[2].hint is not None
    assert "督查督办" in found[1].hint.render("zh")
    assert "重名#2、重名#3" in found[2].hint.render("zh")


def test_what_is_missing_is_named_with_the_cell_that_waits_for_it(tmp_path: Path) -> None:
    front: Rows = (FRONT[0], ("年度", None), ("金额单位", None), ("单位.全称", None), ("单位.简称", "区委办"))
    sheets: dict[str, Rows] = {"基本信息": front, "工作.事项": (("概述", "事项"), ("甲", None))}
    found = refused(saved(tmp_path, book(sheets)))
    assert told(found) == [
        ("missing-key", "“基本信息”!B2"),
        ("missing-key", "“基本信息”!B3"),
        ("missing-key", "“基本信息”!B4"),
        ("missing-key", "“工作.事项”!B2"),
    ]
    assert all(f.hint is not None and "冒号" not in f.hint.render("zh") for f in found)


def test_a_unit_written_over_the_one_of_the_form_is_an_error(tmp_path: Path) -> None:
    rows: Rows = (HEAD, ("合计", "元", 5), ("其他收入", "万元", 5))
    assert told(read(tmp_path, 收入=rows).findings) == [("unit-differs", "“收入”!B2")]


# ---- cells ----

SHOWN = {
    "a plain number": ('<c r="B{n}"><v>1709.63</v></c>', "1709.63"),
    "binary noise": ('<c r="B{n}"><v>98.099999999999994</v></c>', "98.1"),
    "the sum of 0.1 and 0.2": ('<c r="B{n}"><f>0.1+0.2</f><v>0.30000000000000004</v></c>', "0.3"),
    "an exponent": ('<c r="B{n}"><v>1.2E+3</v></c>', "1200"),
    "a small number": ('<c r="B{n}"><v>1E-3</v></c>', "0.001"),
    "minus zero": ('<c r="B{n}"><v>-0</v></c>', "0"),
    "decimals of the format": ('<c r="B{n}" s="1"><v>1234.1</v></c>', "1234.10"),
    "more decimals than the format shows": ('<c r="B{n}" s="1"><v>1234.567</v></c>', "1234.567"),
    "percent": ('<c r="B{n}" s="2"><v>0.981</v></c>', "98.10%"),
    "percent with noise": ('<c r="B{n}" s="2"><v>0.98099999999999998</v></c>', "98.10%"),
    "a number beyond all bounds": ('<c r="B{n}"><v>1E+999999999</v></c>', "1E+999999999"),
    "a number of many digits": ('<c r="B{n}"><v>1E-99999</v></c>', "1E-99999"),
    "a unit in the format": ('<c r="B{n}" s="3"><v>5.2</v></c>', "5.20亿元"),
    "a scaling format": ('<c r="B{n}" s="4"><v>12345</v></c>', "12345"),
    "a date": ('<c r="B{n}" s="5"><v>44196</v></c>', "2020-12-31"),
    "a month": ('<c r="B{n}" s="6"><v>44166</v></c>', "2020年12月"),
    "a year": ('<c r="B{n}" s="7"><v>44196</v></c>', "2020"),
    "a date with locale": ('<c r="B{n}" s="8"><v>44196.5</v></c>', "2020-12-31"),
    "an ISO date": ('<c r="B{n}" t="d"><v>2020-12-31T00:00:00</v></c>', "2020-12-31"),
    "yes": ('<c r="B{n}" t="b"><v>1</v></c>', "是"),
    "no": ('<c r="B{n}" t="b"><v>0</v></c>', "否"),
    "a number as text": ('<c r="B{n}" t="inlineStr"><is><t>1，234.50</t></is></c>', "1，234.50"),
    "rich text": ('<c r="B{n}" t="inlineStr"><is><r><t>部</t></r><r><t>分</t></r><rPh><t>x</t></rPh></is></c>', "部分"),
    "a formula's text": ('<c r="B{n}" t="str"><f>A1</f><v>甲</v></c>', "甲"),
    "an escape": ('<c r="B{n}" t="inlineStr"><is><t>_x0041_B</t></is></c>', "AB"),
    "marks that nobody sees": ('<c r="B{n}" t="inlineStr"><is><t>区\u200b委</t></is></c>', "区委"),
}
FORMATS = (
    "#,##0.00_ |0.00%|0.00&quot;亿元&quot;|0.00,|yyyy/m/d|yyyy&quot;年&quot;m&quot;月&quot;|yyyy|[$-804]yyyy-mm-dd;@"
)


@pytest.mark.parametrize(("cell", "text"), SHOWN.values(), ids=SHOWN.keys())
def test_a_cell_is_read_as_it_shows(tmp_path: Path, cell: str, text: str) -> None:
    path = saved(tmp_path, raw(labelled({"职责": cell}), styles=FORMATS))
    assert read_source(path).tree == {"单位": {}, "职责": text}


def test_dates_of_the_calendar_of_1904_are_read_rightly(tmp_path: Path) -> None:
    data = raw(labelled({"公开日期": '<c r="B{n}" s="5"><v>42734</v></c>'}), styles=FORMATS)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    assert read_source(saved(tmp_path, packed(parts))).tree["公开日期"] == "2020-12-31"


@pytest.mark.parametrize("text", ["1，234.50", "１２３４．５０", " 1234.50 ", "1,234.50万元"])
def test_numbers_stored_as_text_are_read_as_numbers(tmp_path: Path, text: str) -> None:
    income = loaded(tmp_path, 收入=(HEAD, ("合计", None, text))).dataset.income
    assert income is not None
    assert income.total is not None
    assert income.total.current is not None
    assert str(income.total.current.value) == "1234.50"


FAULTS: dict[str, tuple[Any, str]] = {
    "text where a number belongs": ("很多", "not-a-number"),
    "a date where a number belongs": ("2020-12-31", "not-a-number"),
    "an error value": ("#REF!", "cell-error"),
    "another error value": ("#DIV/0!", "cell-error"),
    "a formula without a result": ("=A1+1", "formula-without-value"),
    "a dash": ("—", "not-a-number"),
}


@pytest.mark.parametrize(("value", "code"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_cell_is_named(tmp_path: Path, value: object, code: str) -> None:
    found = refused(saved(tmp_path, book({"收入": (HEAD, ("合计", None, value, 3))})))
    assert told(found) == [(code, "“收入”!C2")]
    assert found[0].places[0].sheet == "收入"
    assert found[0].places[0].cell == "C2"
    assert found[0].places[0].path in ("收入.合计.本年", "收入.合计")


def test_a_required_cell_with_an_error_is_told_once(tmp_path: Path) -> None:
    front = tuple(("年度", "#N/A") if row[0] == "年度" else row for row in FRONT)
    assert told(refused(saved(tmp_path, book({"基本信息": front})))) == [("cell-error", "“基本信息”!B3")]


def test_faults_are_told_sheet_by_sheet_from_the_top_down(tmp_path: Path) -> None:
    bad = (HEAD, *((label, None, "多") for label in ("合计", "事业收入")), *[()] * 8, ("其他收入", None, "多"))
    found = refused(saved(tmp_path, book({"支出": (HEAD, ("合计", None, "多")), "收入": bad})))
    assert [spot for _, spot in told(found)] == ["“支出”!C2", "“收入”!C2", "“收入”!C3", "“收入”!C12"]


def test_a_hidden_sheet_is_read_and_noted(tmp_path: Path) -> None:
    def hide(made: Workbook) -> None:
        made["收入"].sheet_state = "hidden"

    result = load(saved(tmp_path, book({"收入": (HEAD, ("合计", None, 5))}, hide)))
    assert result.dataset.income is not None
    assert told(result.findings) == [("hidden-sheet", "“收入”")]
    assert result.findings[0].severity is Severity.NOTE


def merge(*ranges: tuple[str, str]) -> Callable[[Workbook], None]:
    def change(made: Workbook) -> None:
        for sheet, reference in ranges:
            made[sheet].merge_cells(reference)

    return change


def test_a_label_merged_over_rows_counts_for_each_of_them(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "管理制度": (FRONT[0], ("依据", "预算法"), (None, "会计法"), ("制度", "甲")),
        "工作.事项": (("事项", "概述"), ("督查", None), ("信息", None)),
        "工作.事项.成果": (("事项", "所属事项"), ("通知", "信息"), ("简报", None), ("专报", "督查")),
    }
    data = book(sheets, merge(("管理制度", "A2:A3"), ("工作.事项.成果", "B2:B3")))
    found = read_source(saved(tmp_path, data))
    assert found.findings == ()
    content: Any = found.tree
    assert content["管理制度"] == {"依据": ["预算法", "会计法"], "制度": ["甲"]}
    assert [[r["事项"] for r in item["成果"]] for item in content["工作"]["事项"]] == [["专报"], ["通知", "简报"]]


def test_a_value_merged_over_several_is_named(tmp_path: Path) -> None:
    rows: Rows = (HEAD, ("合计", None, 5, 4), ("其他收入", None, None, 3))
    down = read_source(saved(tmp_path, book({"收入": rows}, merge(("收入", "C2:C3")))))
    across = read_source(saved(tmp_path, book({"收入": rows}, merge(("收入", "C2:D2")))))
    assert told(down.findings) == told(across.findings) == [("merged-cells", "“收入”!C2")]
    content: Any = down.tree
    assert content["收入"] == {"合计": {"本年": "5", "上年": "4"}, "其他收入": {"上年": "3"}}


def test_looks_do_not_matter(tmp_path: Path) -> None:
    def paint(made: Workbook) -> None:
        made["收入"]["C2"].font = Font(strike=True)
        made["收入"].column_dimensions["D"].hidden = True
        made["收入"].row_dimensions[2].hidden = True

    data = book({"收入": (HEAD, ("合计", None, 5, 4))}, paint)
    assert read_source(saved(tmp_path, data)).tree["收入"] == {"合计": {"本年": "5", "上年": "4"}}


# ---- files ----


def test_a_workbook_with_macros_or_links_is_read_for_its_values(tmp_path: Path) -> None:
    data = book({"收入": (HEAD, ("合计", None, 5))})
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macro"
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    assert read_source(saved(tmp_path, packed(parts), "data.xlsm")).tree["收入"] == {"合计": {"本年": "5"}}


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "Workbook".encode("utf-16-le") + b"\0" * 100
FILES: dict[str, tuple[str, bytes, str]] = {
    "encrypted": ("a.xlsx", ENCRYPTED, "encrypted-workbook"),
    "old, renamed": ("a.xlsx", OLD, "old-workbook"),
    "old": ("a.xls", OLD, "old-workbook"),
    "of WPS": ("a.et", OLD, "old-workbook"),
    "a web page": ("a.xlsx", b"<html><table></table></html>", "not-a-workbook"),
    "a text": ("a.xlsx", "年度: 2020".encode(), "not-a-workbook"),
    "another zip": ("a.xlsx", packed({"word/document.xml": b"<document/>"}), "not-a-workbook"),
    "nothing": ("a.xlsx", b"", "empty-file"),
    "cut off": ("a.xlsx", book({})[:-400], "damaged-workbook"),
    "none of our sheets": ("a.xlsx", book({"基本信息": (), "Sheet1": ((1,),)}), "no-data-sheet"),
    "broken XML": ("a.xlsx", raw("<row><c>"), "damaged-workbook"),
    "too large": ("a.xlsx", b"PK\x03\x04" + b"\0" * 9_000_000, "too-large"),
}


@pytest.mark.parametrize(("name", "data", "code"), FILES.values(), ids=FILES.keys())
def test_a_file_that_cannot_be_read_has_its_own_message(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (finding,) = refused(saved(tmp_path, data, name))
    assert finding.code == code


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    data = raw("<row/>" + " " * 30_000_000)
    assert len(data) < 100_000
    assert told(refused(saved(tmp_path, data))) == [("workbook-too-large", "")]


def test_a_bomb_is_refused_by_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever sizes the file declares, reading stops at the limit."""
    monkeypatch.setattr(package, "MAX_UNPACKED", 20_000)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919}</v></c></row>' for n in range(1, 2000))
    assert told(refused(saved(tmp_path, raw(rows)))) == [("workbook-too-large", "")]


def test_styles_are_not_unpacked_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_MOST_OF_A_TREE", 3_000)
    formats = "|".join(f"0.0{n}" for n in range(200))
    assert told(refused(saved(tmp_path, raw("<row/>", styles=formats)))) == [("workbook-too-large", "")]


def test_a_damaged_file_never_ends_in_a_fault_of_ours(tmp_path: Path) -> None:
    sound = book({"收入": (HEAD, ("合计", "万元", 5, 4, "甲")), "工作.事项": (("事项", "概述"), ("督查", "甲"))})
    with zipfile.ZipFile(io.BytesIO(sound)) as source:
        parts = {name: source.read(name) for name in source.namelist() if "theme" not in name}
    chance = random.Random(7)
    read = 0
    for _ in range(300):
        name = chance.choice([n for n in parts if n.endswith((".xml", ".rels"))])
        data = bytearray(parts[name])
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(1, 9)] = bytes(chance.choices(b'0123456789<>"/ acsrv=-', k=chance.randrange(3)))
        file = saved(tmp_path, packed({**parts, name: bytes(data)}))
        with contextlib.suppress(InputError):
            read_source(file)
            read += 1
    assert 0 < read < 300  # some damage is harmless, some is refused; none ends in another error


def test_too_many_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_CELLS", 10)
    rows: Rows = (HEAD, *(("合计", "", n) for n in range(20)))
    assert told(refused(saved(tmp_path, book({"收入": rows})))) == [("workbook-too-large", "")]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    prolog = f'<!DOCTYPE worksheet [<!ENTITY e0 "甲甲甲甲">{levels}]>'
    cell = '<c r="B{n}" t="inlineStr"><is><t>&e9;</t></is></c>'
    assert told(refused(saved(tmp_path, raw(labelled({"职责": cell}), prolog=prolog)))) == [("damaged-workbook", "")]


def test_no_file_outside_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("机密", "utf-8")
    prolog = f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    cell = '<c r="B{n}" t="inlineStr"><is><t>&x;</t></is></c>'
    assert told(refused(saved(tmp_path, raw(labelled({"职责": cell}), prolog=prolog)))) == [("damaged-workbook", "")]


def test_a_workbook_under_the_name_of_a_text_is_told_as_such(tmp_path: Path) -> None:
    assert told(refused(saved(tmp_path, book({}), "data.yaml"))) == [("not-a-text-file", "1")]


def test_formulas_are_never_read_as_input(tmp_path: Path) -> None:
    """A sum that is only shown has no saved result in a new workbook, and nobody is troubled with it."""
    rows: Rows = (HEAD, ("合计", None, 5), ("自动合计（仅供核对）：合计", None, "=SUM(C2:C2)"))
    assert loaded(tmp_path, 收入=rows).findings == ()


def test_a_line_in_a_text_survives(tmp_path: Path) -> None:
    assert tree(tmp_path, 工作=(FRONT[0], ("概述", "第一行\n第二行")))["工作"]["概述"] == "第一行\n第二行"
