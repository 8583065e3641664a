"""What stands around the report: cover, contents, title; attachments behind it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from draftgen.draft import Attachments, Contents, Cover, Gap, Title
from draftgen.kinds import load_kind
from draftgen.planning.frame import before
from draftgen.planning.messages import Ask, ContentsPlan, CoverPlan, Node, TitlePlan
from draftgen.planning.outline import Outline
from tests.desk import FOLDERS, HEAD, KIND, context, drafted, examined

OUTLINE = load_kind(FOLDERS.templates, KIND).outline
COVER = {"unit": "{title_unit}", "date": "公开日期"}


def front(outline: Outline, folder: Path, *, contents: bool = False, data: str = "") -> list[Node]:
    ctx = context(examined(HEAD + data, folder))
    return list(before(outline, tuple(ctx.fill(line) for line in outline.title), contents, ctx))


def test_without_cover_and_contents_the_title_alone_stands_before_the_report(tmp_path: Path) -> None:
    assert [type(node) for node in front(OUTLINE, tmp_path)] == [TitlePlan]


@pytest.mark.parametrize(
    ("parts", "kinds"), [(False, [CoverPlan, ContentsPlan, TitlePlan]), (True, [CoverPlan, ContentsPlan])]
)
def test_where_parts_follow_a_cover_the_title_stands_on_it_alone(
    parts: bool, kinds: list[type], tmp_path: Path
) -> None:
    outline = replace(OUTLINE, cover=COVER, parts=parts)
    assert [type(node) for node in front(outline, tmp_path, contents=True)] == kinds


def test_the_cover_tells_unit_and_date_and_asks_for_the_date_that_is_missing(tmp_path: Path) -> None:
    outline = replace(OUTLINE, cover=COVER)
    (cover, _) = front(outline, tmp_path)
    assert isinstance(cover, CoverPlan)
    assert (cover.unit, cover.lines[1]) == ("某某区委员会办公室", "2020年度部门整体支出绩效评价报告")
    assert isinstance(cover.date, Ask)
    (cover, _) = front(outline, tmp_path, data="公开日期: 2021-08-27\n")
    assert isinstance(cover, CoverPlan)
    assert not isinstance(cover.date, Ask)


@pytest.mark.parametrize(
    ("setting", "listed"), [("", False), ("设置: {目录: 是}\n", True), ("设置: {目录: 否}\n", False)]
)
def test_the_data_file_decides_on_a_list_of_contents(setting: str, listed: bool, tmp_path: Path) -> None:
    blocks = drafted(HEAD + setting, tmp_path).blocks
    assert any(isinstance(b, Contents) for b in blocks) is listed
    assert sum(isinstance(b, Title) for b in blocks) == 1


@pytest.mark.parametrize(("setting", "numbering"), [("", "文字"), ("设置: {标题编号: 自动}\n", "自动")])
def test_the_data_file_decides_who_counts_the_headings(setting: str, numbering: str, tmp_path: Path) -> None:
    assert drafted(HEAD + setting, tmp_path).numbering == numbering


def test_attachments_stand_last_as_they_are_named(tmp_path: Path) -> None:
    last = drafted(f"{HEAD}附件: [评分表。, 自评报告]\n", tmp_path).blocks[-1]
    assert isinstance(last, Attachments)
    assert last.text == "附件：1.评分表\n2.自评报告"
    assert not any(isinstance(b, Attachments) for b in drafted(HEAD, tmp_path).blocks)


def test_text_has_the_cover_and_no_list_of_contents(tmp_path: Path) -> None:
    text = drafted(f"{HEAD}设置: {{目录: 是}}\n", tmp_path).as_text()
    assert text.startswith("某某区委员会办公室\n2020年度部门整体支出绩效评价报告\n一、部门概况\n")
    assert Cover((), ((Gap("日期", "date"),),)).text == "【请填写：日期】"
