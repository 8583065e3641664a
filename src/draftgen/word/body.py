"""The whole body as text: sections of portrait and landscape pages, and the blocks on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from draftgen.draft import Attachments, Block, Chart, Contents, Cover, Heading, Paragraph, Table, Title
from draftgen.word import markup, styles
from draftgen.word.charts import Charts
from draftgen.word.contents import attachments, contents, cover, entries
from draftgen.word.headings import Headings
from draftgen.word.pagination import heading_pages
from draftgen.word.paragraphs import Marks, prose, title
from draftgen.word.tables import table
from draftgen.word.template import Page, StyleTemplate

_MARGINS = re.compile(r"<w:pgMar [^>]*/>")
_REFERENCES = re.compile(r"<w:(?:header|footer)Reference [^>]*/>")


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that stand on pages of one orientation; ``front`` is cover or contents, on pages without numbers."""

    landscape: bool
    blocks: tuple[Block, ...]
    front: bool = False


@dataclass(frozen=True, slots=True)
class Makers:
    """What hands out numbers and parts while the body is built in reading order."""

    marks: Marks
    charts: Charts
    headings: Headings


def sections(blocks: Sequence[Block]) -> list[Section]:
    """Part the blocks: cover and contents each on pages of their own, then by page orientation.

    Headings right before a landscape table go with it, as they go on paper.
    """
    front = [b for b in blocks if isinstance(b, Cover | Contents)]
    blocks = [b for b in blocks if not isinstance(b, Cover | Contents)]
    turned = [isinstance(b, Table) and b.landscape for b in blocks]
    for index in range(len(blocks) - 2, -1, -1):
        if isinstance(blocks[index], Heading):
            turned[index] = turned[index + 1]
    out = [Section(False, (block,), front=True) for block in front]
    start = 0
    for index in range(1, len(blocks) + 1):
        if index == len(blocks) or turned[index] != turned[start]:
            out.append(Section(turned[start], tuple(blocks[start:index])))
            start = index
    return out


def opened(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Let the headings right before a table that begins a page begin the page with it, and a part after one its own."""
    out = list(blocks)
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else None
        if isinstance(block, Heading) and block.level == 0 and isinstance(before, Table) and before.new_page:
            out[index] = replace(block, new_page=True)
        if isinstance(block, Table) and block.new_page:
            first = index
            while first and isinstance(out[first - 1], Heading):
                first -= 1
            head = out[first]
            if isinstance(head, Heading):
                out[index] = replace(block, new_page=False)
                out[first] = replace(head, new_page=True)
    return tuple(out)


def body(blocks: Sequence[Block], template: StyleTemplate, makers: Makers) -> str:
    """Return the document part as text. The page set-up of a section stands in its last paragraph, or at the end."""
    parts = sections(opened(blocks)) or [Section(False, (Paragraph(()),))]
    out: list[str] = []
    properties = ""
    for index, section in enumerate(parts):
        page = template.landscape if section.landscape else template.portrait
        last = index == len(parts) - 1
        properties = _properties(section, page, restarts=index > 0 and parts[index - 1].front)
        if section.front:
            out += [_front(section.blocks[0], parts, template, makers), markup.paragraph("", styles.SECTION_END)]
            out[-1] = out[-1].replace("</w:pPr>", f"{'' if last else properties}</w:pPr>")
        else:
            out += _blocks(section, page, makers, "" if last else properties)
    return markup.document(out, properties)


def _properties(section: Section, page: Page, *, restarts: bool) -> str:
    """Return the page set-up: none of the pages before the report has a number, the report's first one has 1."""
    if section.front:
        return _REFERENCES.sub("", page.section)
    numbers = '<w:pgNumType w:start="1"/>'
    return _MARGINS.sub(lambda found: found[0] + numbers, page.section, count=1) if restarts else page.section


def _front(block: Block, parts: Sequence[Section], template: StyleTemplate, makers: Makers) -> str:
    if isinstance(block, Cover):
        return cover(block, makers.marks)
    levels = block.levels if isinstance(block, Contents) else 1
    report = [(part.landscape, part.blocks) for part in parts if not part.front]
    headings = [b for _, blocks in report for b in blocks if isinstance(b, Heading)]
    if makers.headings.parts:
        levels -= 1  # a part takes a level of its own
    return contents(entries(headings, heading_pages(report, template), levels), levels)


def _blocks(section: Section, page: Page, makers: Makers, ending: str) -> list[str]:
    """Return the blocks of one section; ``ending`` is the page set-up that its last paragraph holds, if it is to."""
    out = []
    marks = makers.marks
    for index, block in enumerate(section.blocks, 1):
        closing = index == len(section.blocks)
        own = ending if closing else ""
        if isinstance(block, Table):
            out.append(table(block, page, marks, section=own, closing=closing))
        elif isinstance(block, Chart):
            out.append(makers.charts.chart(block, page.width, marks, own))
        elif isinstance(block, Title):
            out.append(title(block, marks, own))
        elif isinstance(block, Heading):
            out.append(makers.headings.heading(block, marks, own))
        elif isinstance(block, Attachments):
            out.append(attachments(block, marks, own))
        elif isinstance(block, Paragraph):
            out.append(prose(block, marks, own))
    return out
