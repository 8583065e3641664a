"""Cover, contents and attachments in Word; the numbers of headings as text or counted by Word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from draftgen.draft import Attachments, Block, Contents, Cover, Draft, Gap, Heading, Remark
from draftgen.word.lint import lint
from draftgen.word.text import plain_text
from draftgen.word.writer import write_docx
from tests.conftest import Pages, Validate

from .parts import W, find, parts_of, tree, values, words
from .samples import STYLE, draft, funds_table, prose, rich, score_table, text

COVER = Cover((text("2023年度"), text("部门决算公开说明")), (text("某市某区档案馆"), (Gap("封面的公开日期", "date"),)))
NAMES = Attachments((text("评分表"), text("某市某区档案馆2023年度重点项目支出绩效自评报告及有关佐证材料汇编")))


def headings(*levels: int) -> list[Block]:
    """Headings with literal numbers as planning gives them, each with some prose."""
    forms = ("第{}部分\u3000", "{}、", "（{}）", "{}.", "（{}）")
    count = [0] * 5
    blocks: list[Block] = []
    for level in levels:
        count[level] += 1
        count[level + 1 :] = [0] * (4 - level)
        number = "一二三四五"[count[level] - 1] if level < 3 else str(count[level])
        blocks += [Heading(level, forms[level].format(number), text(f"标题{len(blocks)}")), prose("正文。")]
    return blocks


def with_front() -> Draft:
    return draft(COVER, Contents(), *rich().blocks, NAMES)


@pytest.fixture(scope="module")
def file() -> bytes:
    return write_docx(with_front(), STYLE)


def lines(file: bytes) -> list[str]:
    """The lines of the list of contents."""
    return [words(p) for p in find(tree(file), "//w:sdt//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')]")]


def test_a_file_with_cover_contents_and_attachments_is_valid(file: bytes, validate: Validate) -> None:
    assert validate(file) == []
    assert lint(file) == []
    assert write_docx(with_front(), STYLE) == file


def test_the_list_of_contents_is_filled_with_the_headings_and_pages(file: bytes) -> None:
    found = lines(file)
    assert found[:3] == ["目\u3000录", "第一部分\u3000概况1", "一、部门概况1"]
    assert not any("主要职责" in line for line in found)  # the parts take a level
    assert all(re.search(r"\d$", line) for line in found[1:])


def test_without_parts_two_levels_are_listed() -> None:
    assert lines(write_docx(draft(Contents(), *headings(1, 2, 3, 2, 1)), STYLE)) == [
        "目\u3000录",
        "一、标题01",
        "（一）标题21",
        "（二）标题61",
        "二、标题81",
    ]


def test_every_line_points_to_the_bookmark_of_its_heading(file: bytes) -> None:
    document = tree(file)
    marked = {
        str(mark.get(f"{W}name")): words(paragraph)
        for paragraph in find(document, "//w:body/w:p")
        for mark in find(paragraph, "w:bookmarkStart[starts-with(@w:name, '_Toc')]")
    }
    links = find(document, "//w:sdt//w:hyperlink")
    assert links
    for link in links:
        assert words(link).startswith(marked[str(link.get(f"{W}anchor"))])
        assert f" PAGEREF {link.get(f'{W}anchor')} \\h " in "".join(str(t.text) for t in link.iter(f"{W}instrText"))


def test_without_a_list_of_contents_headings_have_no_bookmarks() -> None:
    assert b"_Toc" not in parts_of(write_docx(draft(*headings(1, 2)), STYLE))["word/document.xml"]


def test_word_is_not_told_to_ask_a_question_on_opening(file: bytes) -> None:
    assert b"updateFields" not in parts_of(file)["word/settings.xml"]
    assert b"w:dirty" not in parts_of(file)["word/document.xml"]


def test_the_pages_before_the_report_have_no_numbers_and_the_report_begins_with_1(
    file: bytes, to_pages: Callable[[bytes], Pages]
) -> None:
    pages = [re.sub(r"\s", "", page) for page in to_pages(file)]
    assert "部门决算公开说明" in pages[0]
    assert pages[1].startswith("目录")
    assert "—" not in pages[0] + pages[1]
    numbers = [int(re.findall(r"—(\d+)—", page)[-1]) for page in pages[2:]]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_pages_told_are_nearly_those_where_the_headings_stand(to_pages: Callable[[bytes], Pages]) -> None:
    blocks = [b for n in range(8) for b in (Heading(1, f"{n}、", text(f"第{n}题")), prose("预算" * 300))]
    tables: list[Block] = [funds_table() for _ in range(12)]
    last: list[Block] = [Heading(1, "", text("表后")), score_table(), Heading(1, "", text("末题")), prose("正文。")]
    file = write_docx(draft(Contents(), *blocks, *tables, *last), STYLE)
    pages = [re.sub(r"\s", "", page) for page in to_pages(file)]
    told = {line[: -len(page)]: int(page) for line in lines(file)[1:] for page in re.findall(r"\d+$", line)}
    for heading, page in told.items():
        stands = next(n for n, found in enumerate(pages[1:], 1) if heading in found)
        assert abs(stands - page) <= 1, heading


def test_the_cover_tells_title_unit_and_date_and_its_gap_is_a_prompt(file: bytes) -> None:
    assert with_front().gaps()[0].prompt == "封面的公开日期"
    assert plain_text(file).startswith("2023年度\n部门决算公开说明\n某市某区档案馆\n【请填写：封面的公开日期】\n")


def test_a_remark_on_the_whole_stands_on_the_cover_where_no_title_follows() -> None:
    file = write_docx(draft(COVER, prose("正文。"), remarks=[Remark((), "缺少收入表。")]), STYLE)
    (paragraph,) = find(tree(file), "//w:commentReference/ancestor::w:p")
    assert words(paragraph) == "2023年度"


def test_reading_a_file_leaves_the_list_of_contents_out(file: bytes) -> None:
    assert plain_text(file).count("第一部分\u3000概况") == 1
    assert "目\u3000录" not in plain_text(file)


def test_attachments_are_numbered_and_aligned(file: bytes, to_pages: Callable[[bytes], Pages]) -> None:
    assert NAMES.text.startswith("附件：1.评分表\n2.某市某区档案馆")
    assert Attachments((text("评分表"),)).text == "附件：评分表"
    last = [line for page in to_pages(file) for line in page.splitlines() if line.strip()]
    lead = next(line for line in last if "附件：" in line)
    follows = last[last.index(lead) + 1]
    assert abs(lead.index("1") - follows.index("2")) <= 5  # the layout counts full-width characters once


AUTOMATIC = [1, 2, 3, 4, 4, 3, 2, 1, 2, 2]


@pytest.mark.parametrize("levels", [AUTOMATIC, [0, *AUTOMATIC, 0, 1, 1, 2]], ids=["plain", "parts"])
def test_word_counts_the_headings_as_they_are_numbered(
    levels: list[int], validate: Validate, to_pages: Callable[[bytes], Pages]
) -> None:
    blocks = headings(*levels)
    file = write_docx(replace(draft(*blocks), numbering="自动"), STYLE)
    assert validate(file) == []
    assert lint(file) == []
    printed = re.sub(r"\s", "", "".join(to_pages(file)))
    for block in blocks:
        if isinstance(block, Heading):
            assert re.sub(r"\s", "", block.text) + "正文" in printed
            assert block.number not in [words(p) for p in find(tree(file), "//w:p[w:pPr/w:numPr]")]


def test_numbers_are_text_unless_asked_otherwise() -> None:
    file = write_docx(draft(*headings(1, 2)), STYLE)
    assert "word/numbering.xml" not in parts_of(file)
    assert "一、标题0" in plain_text(file)
    assert values(tree(file), "//w:numId") == []
