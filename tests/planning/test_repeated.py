"""Repeated lines of an outline, parts, variants, terms: what a kind can say without Python."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from draftgen.curated import read_curated
from draftgen.draft import Gap, Heading, Paragraph, Table, Title
from draftgen.errors import TemplateError
from draftgen.findings import Place
from draftgen.kinds import load_kind
from draftgen.pipeline import Folders, compose, examine, load
from draftgen.planning.outline import read_outline
from tests.desk import FOLDERS, HEAD

SUBJECTS = """
一般公共预算:
  科目:
    - {编码: 2013101, 科目名称: 行政运行, 支出: {本年: 60.5, 年初预算: 50, 预决算差异原因: 年中追加}}
    - {编码: 2013102, 科目名称: 一般行政管理事务, 支出: {本年: 0, 年初预算: 0}}
    - {编码: 2080505, 科目名称: 机关事业单位基本养老保险缴费支出, 支出: {本年: 8, 年初预算: 8}}
    - {编码: 201, 科目名称: 一般公共服务支出, 支出: 60.5}
    - {编码: 20131, 科目名称: 党委办公厅（室）及相关机构事务, 支出: 60.5}
    - {编码: 208, 科目名称: 社会保障和就业支出, 支出: 8}
    - {编码: 20805, 科目名称: 行政事业单位养老支出, 支出: 8}
"""
FILE = Path(__file__).with_name("own_outline.yaml")
OUTLINE = read_curated(FILE)


@pytest.fixture
def where(tmp_path: Path) -> Folders:
    """The shipped templates with a kind of one's own beside them."""
    folder = tmp_path / "templates"
    shutil.copytree(FOLDERS.templates / "common", folder / "common")
    (folder / "own").mkdir(parents=True)
    shutil.copy(FILE, folder / "own" / "outline.yaml")
    return Folders(FOLDERS.phrasebanks, folder)


def blocks(data: str, where: Folders, folder: Path) -> list[Any]:
    path = folder / "data.yaml"
    path.write_text(HEAD + data, "utf-8")
    return list(compose(examine(load(path), "own", where), where=where).blocks)


def headings(found: list[Any]) -> list[str]:
    return [b.text for b in found if isinstance(b, Heading)]


def test_the_topics_of_the_first_level_are_parts(where: Folders, tmp_path: Path) -> None:
    found = blocks(SUBJECTS, where, tmp_path)
    assert headings(found) == ["第一部分\u3000部门概况", "一、职责", "第二部分\u3000情况说明", "一、支出"]
    assert isinstance(found[0], Title)


def test_a_paragraph_is_repeated_for_each_item_that_fits_with_its_lead(where: Folders, tmp_path: Path) -> None:
    found = [b for b in blocks(SUBJECTS, where, tmp_path) if isinstance(b, Paragraph)]
    leads = [p.sentences[0].text for p in found[1:]]
    assert leads == [
        "1.一般公共服务支出（类）党委办公厅（室）及相关机构事务（款）行政运行（项）。",
        "2.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）。",
    ]
    assert len({p.id for p in found}) == len(found)


def test_a_name_that_is_not_known_is_a_gap_in_the_lead(where: Folders, tmp_path: Path) -> None:
    data = "一般公共预算: {科目: [{编码: 2990101, 科目名称: 其他支出, 支出: {本年: 1, 年初预算: 1}}]}\n"
    (paragraph,) = [b for b in blocks(data, where, tmp_path) if isinstance(b, Paragraph)][1:]
    gaps = [i.prompt for i in paragraph.sentences[0].inlines if isinstance(i, Gap)]
    assert gaps == ["2990101的类", "2990101的款"]


def test_a_topic_is_repeated_for_each_item_with_what_stands_below_it(where: Folders, tmp_path: Path) -> None:
    data = "机构: {纳入单位: [{名称: 甲馆, 编制合计: 5}, {名称: 乙所, 编制合计: 6}]}\n"
    found = blocks(data, where, tmp_path)
    assert headings(found)[2:] == [
        "第二部分\u3000情况说明",
        "一、支出",
        "二、甲馆情况",
        "（一）人员",
        "三、乙所情况",
        "（一）人员",
    ]
    sites = [b.id for b in found if isinstance(b, Paragraph)]
    assert len(set(sites)) == len(sites)


def test_a_table_shows_head_line_blank_zeros_and_its_number_of_the_variant(where: Folders, tmp_path: Path) -> None:
    (table,) = [b for b in blocks(SUBJECTS, where, tmp_path) if isinstance(b, Table)]
    assert table.above == ("公开05表", "单位：万元")
    # the first is the sum of the classes
    assert [row.cells[2].text for row in table.rows] == ["68.50", "60.50", "60.50", "60.50", "", "8.00", "8.00", "8.00"]
    assert [c.over for c in table.columns] == [("科目",), ("科目",), (), ()]
    (other,) = [b for b in blocks(f"{SUBJECTS}设置: {{版式: 云南省}}\n", where, tmp_path) if isinstance(b, Table)]
    assert other.number == "公开06表"


def test_an_empty_table_keeps_its_header_and_its_note(where: Folders, tmp_path: Path) -> None:
    (table,) = [b for b in blocks("", where, tmp_path) if isinstance(b, Table)]
    assert [len(row.cells) for row in table.rows] == [4, 4]
    assert table.text.endswith("区委办没有支出，故本表无数据。")


def test_a_variant_chooses_topics_and_terms_are_explained(where: Folders, tmp_path: Path) -> None:
    found = blocks(f"{SUBJECTS}设置: {{版式: 云南}}\n", where, tmp_path)
    assert headings(found)[-1] == "第三部分\u3000名词解释"
    assert found[-1].text == "1.财政拨款：2020年拨款。"
    own = blocks(f"{SUBJECTS}设置: {{版式: 云南}}\n名词解释: {{甲: 乙}}\n", where, tmp_path)
    assert own[-1].text == "1.甲：乙。"


def test_a_variant_that_the_kind_does_not_have_is_named(where: Folders, tmp_path: Path) -> None:
    path = tmp_path / "data.yaml"
    path.write_text(f"{HEAD}设置: {{版式: 云兰}}\n", "utf-8")
    (finding,) = [f for f in examine(load(path), "own", where).report.findings if f.code == "unknown-variant"]
    assert "全国、云南" in finding.hint.render("zh") if finding.hint else False
    assert finding.places[0].line == 5


def test_a_kind_compares_with_the_budget_of_last_year_where_it_says_so(where: Folders, tmp_path: Path) -> None:
    said = {"change": "收入.合计", "item": "{unit}收入预算"}
    tree = {**OUTLINE, "compare": "上年预算", "topics": [{"heading": "收支", "id": "a", "say": [{"p": [said]}]}]}
    (where.templates / "own" / "outline.yaml").write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    load_kind.cache_clear()
    found = blocks("收入: {合计: {本年: 120, 上年预算: 100, 上年: 60, 原因: 甲}}\n", where, tmp_path)
    assert "20.00万元" in found[-1].text
    assert "60.00万元" not in found[-1].text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"variants": {"全国": {"colour": "red"}}}, "colour"),
        ({"compare": "去年"}, "去年"),
        ({"tables": {"subjects": {**OUTLINE["tables"]["subjects"], "head": [["a", "b"]]}}}, "2 != 4"),
        ({"tables": {"subjects": {**OUTLINE["tables"]["subjects"], "sides": [{"rows": "x"}]}}}, "rows"),
        ({"tables": {"subjects": {**OUTLINE["tables"]["subjects"], "lines": [{"cell": []}]}}}, "cell"),
    ],
)
def test_what_is_wrong_in_an_outline_is_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(TemplateError) as error:
        read_outline({**OUTLINE, **change}, Place("outline.yaml"))
    assert told in error.value.findings[0].message.render("en")
