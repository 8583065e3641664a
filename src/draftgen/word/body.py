"""The whole body as text: sections of portrait and landscape pages, and the blocks on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from draftgen.draft import Block, Heading, Paragraph, Table, Title
from draftgen.word import markup
from draftgen.word.paragraphs import Marks, heading, prose, title
from draftgen.word.tables import table
from draftgen.word.template import Page, StyleTemplate


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that stand on pages of one orientation."""

    landscape: bool
    blocks: tuple[Block, ...]


def sections(blocks: Sequence[Block]) -> list[Section]:
    """Part the blocks by page orientation. Headings right before a landscape table go with it, as they go on paper."""
    turned = [isinstance(b, Table) and b.landscape for b in blocks]
    for index in range(len(blocks) - 2, -1, -1):
        if isinstance(blocks[index], Heading):
            turned[index] = turned[index + 1]
    out: list[Section] = []
    start = 0
    for index in range(1, len(blocks) + 1):
        if index == len(blocks) or turned[index] != turned[start]:
            out.append(Section(turned[start], tuple(blocks[start:index])))
            start = index
    return out


def body(blocks: Sequence[Block], template: StyleTemplate, marks: Marks) -> str:
    """Return the document part as text. The page set-up of a section stands in its last paragraph, or at the end."""
    parts = sections(blocks) or [Section(False, (Paragraph(()),))]
    out: list[str] = []
    for index, section in enumerate(parts):
        page = template.landscape if section.landscape else template.portrait
        out += _blocks(section, page, marks, last=index == len(parts) - 1)
    return markup.document(out, page.section)


def _blocks(section: Section, page: Page, marks: Marks, *, last: bool) -> list[str]:
    """Return the blocks of one section; in all but the last the page set-up ends it."""
    out = []
    for index, block in enumerate(section.blocks, 1):
        closing = index == len(section.blocks)
        own = page.section if closing and not last else ""
        if isinstance(block, Table):
            out.append(table(block, page, marks, section=own, closing=closing))
        elif isinstance(block, Title):
            out.append(title(block, marks, own))
        elif isinstance(block, Heading):
            out.append(heading(block, marks, own))
        else:
            out.append(prose(block, marks, own))
    return out
