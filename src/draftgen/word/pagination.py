"""On which page a heading will probably stand. Only Word knows; F9 in the list of contents asks it."""

from __future__ import annotations

from collections.abc import Sequence

from draftgen.draft import Attachments, Block, Chart, Heading, Paragraph, Table, Title, header_rows
from draftgen.word.charts import height_of
from draftgen.word.grid import column_widths, grid
from draftgen.word.layout import SHORT, row_heights
from draftgen.word.template import Page, StyleTemplate

# In twips, as styles.xml sets them.
_LINE = 579
_CHARACTER = 315
_TITLE = 720
_CAPTION = 580
_UNIT = 340
_NOTE = 360
_END = 240
_MM = 57
_INDENT = 4  # half characters at the start of a paragraph


class _Pages:
    """Pages being filled from above."""

    def __init__(self, page: Page, number: int) -> None:
        self.page = page
        self.number = number
        self.used = 0

    def put(self, height: int) -> int:
        """Put something whole on the page, on the next one if it does not fit; return its page."""
        if self.used and self.used + height > self.page.height:
            self.number += 1
            self.used = 0
        self.used += height
        return self.number

    def begin(self) -> None:
        """Begin a page, if anything stands on this one."""
        if self.used:
            self.number += 1
            self.used = 0

    def put_lines(self, count: int, height: int) -> None:
        """Put lines that may part between pages."""
        for _ in range(count):
            self.put(height)


def heading_pages(blocks: Sequence[tuple[bool, Sequence[Block]]], template: StyleTemplate) -> list[int]:
    """Return the page of every heading in order; ``blocks`` by section, each with whether its pages are landscape."""
    found: list[int] = []
    number = 0
    for landscape, inside in blocks:
        pages = _Pages(template.landscape if landscape else template.portrait, number + 1)
        for index, block in enumerate(inside):
            if isinstance(block, Heading):
                if block.new_page:
                    pages.begin()
                follows = index + 1 < len(inside)  # a heading stays with the first line below it
                height = _LINE * (_lines_of(block.text, pages.page) + follows)
                found.append(pages.put(height))
                pages.used -= _LINE * follows
            else:
                _fill(block, pages)
        number = pages.number
    return found


def _fill(block: Block, pages: _Pages) -> None:
    if isinstance(block, Title):
        pages.put(_TITLE * len(block.lines) + _LINE)
    elif isinstance(block, Paragraph):
        pages.put_lines(_lines_of(block.text, pages.page), _LINE)
    elif isinstance(block, Chart):
        pages.put(height_of(block) * _MM + _CAPTION + _LINE // 2)
    elif isinstance(block, Attachments):
        pages.put_lines(1 + sum(_lines_of(line, pages.page) for line in block.text.split("\n")), _LINE)
    elif isinstance(block, Table):
        _fill_table(block, pages)


def _fill_table(table: Table, pages: _Pages) -> None:
    if table.new_page:
        pages.begin()
    pages.put(_CAPTION + _UNIT * len(table.above))
    widths = column_widths(table.columns, pages.page.width)
    head, rows = header_rows(table.columns), table.rows
    heading = sum(row_heights(grid(head, len(widths)), widths)) if head else 0
    pages.put(heading)
    for height in row_heights(grid(rows, len(widths)), widths):
        if height > pages.page.height * SHORT:  # such a row parts between pages
            pages.used += height
        else:
            before = pages.number
            if pages.put(height) != before:
                pages.used += heading
        while pages.used > pages.page.height:
            pages.number += 1
            pages.used -= pages.page.height - heading
    pages.put_lines(len(table.notes), _NOTE)
    pages.used += 0 if table.notes else _END


def _lines_of(text: str, page: Page) -> int:
    """Return the lines that a paragraph of prose takes."""
    room = 2 * page.width // _CHARACTER
    wide = (len(text) + len(text.encode("utf-8", "replace"))) // 2 + _INDENT  # a Chinese character has three bytes
    return max(1, -(-wide // room))
