"""The finished pages, as LibreOffice sets them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from draftgen.draft import Draft
from draftgen.word.writer import write_docx
from tests.conftest import Pages

from .samples import STYLE, draft, prose, rich, score_table

NUMBER = re.compile(r"^( *)— ?(\d+) ?—", re.MULTILINE)


def sample() -> Draft:
    """Two and a half full pages of prose, then the rich draft, which has the landscape table inside."""
    return draft(prose("预算" * 800), *rich().blocks, score_table())


@pytest.fixture(scope="module")
def pages(to_pages: Callable[[bytes], Pages]) -> Pages:
    return to_pages(write_docx(sample(), STYLE))


def lines(page: str) -> list[str]:
    """Return the lines of a page without spaces and without the page number."""
    squeezed = (re.sub(r"\s", "", line) for line in page.splitlines())
    return [line for line in squeezed if line and not re.fullmatch(r"—\d+—", line)]


def test_a_page_has_22_lines_of_28_characters(pages: Pages) -> None:
    assert [len(line) for line in lines(pages[0])] == [26] + [28] * 21  # the first line is indented by two
    assert [len(line) for line in lines(pages[1])] == [28] * 22


def test_page_numbers_run_on_odd_right_even_left(pages: Pages) -> None:
    found = [NUMBER.search(page) for page in pages]
    assert [int(m[2]) if m else None for m in found] == list(range(1, len(pages) + 1))
    indents = [len(m[1]) for m in found if m]
    assert min(indents[0::2]) > 20
    assert max(indents[1::2]) < 10


def test_no_page_is_empty(pages: Pages) -> None:
    assert all(lines(page) for page in pages)


def test_landscape_header_row_is_on_each_of_its_pages(pages: Pages) -> None:
    wide = [page for page in pages if "评分标准" in page]
    assert len(wide) > 10
    assert all(re.search("分值 +得分 +评分标准", page) for page in wide)
    first = next(i for i, page in enumerate(pages) if "评分标准" in page)
    assert "四、评分情况" in pages[first]  # the heading went with its table


def test_every_page_of_a_long_group_says_its_label(pages: Pages) -> None:
    """But for a page that begins inside a row of long prose."""
    for page in pages:
        body = page.partition("评分说明")[2]
        if re.search("指标1|指标 1", body) and "资金支付" not in body:
            assert re.search("投入|过程|产出|效果", body)
