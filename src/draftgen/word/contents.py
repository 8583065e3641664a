"""What stands before and after the report in Word: the cover, the list of contents, the list of attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from draftgen.draft import Attachments, Cover, Heading
from draftgen.word import styles
from draftgen.word.headings import bookmark_name
from draftgen.word.markup import paragraph, run
from draftgen.word.paragraphs import Marks, runs

_TITLE = "目\u3000录"
_BEGIN, _SEPARATE, _END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
_LEAD = 945 + 240  # twips: 附件： and 1. before the name of an attachment
_NUMBER = 240
_INDENT = 630


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of contents: a heading, and the page where it probably stands."""

    number: int  # of the heading among all headings
    level: int  # of the line, from 1
    text: str
    page: int


def entries(headings: Sequence[Heading], pages: Sequence[int], levels: int) -> list[Entry]:
    """Return the lines of the list of contents. Parts and the first level below them stand on one level, as in Word."""
    return [
        Entry(number, max(1, heading.level), heading.text, page)
        for number, (heading, page) in enumerate(zip(headings, pages, strict=True))
        if heading.level <= levels
    ]


def contents(listed: Sequence[Entry], levels: int) -> str:
    """Return the list of contents, filled in, in the content control that Word and LibreOffice know as one."""
    if not listed:
        return ""
    field = f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{levels}" \\h \\z \\u </w:instrText></w:r>'
    lines = []
    for index, entry in enumerate(listed):
        before = field + _SEPARATE if index == 0 else ""
        after = _END if index == len(listed) - 1 else ""
        lines.append(paragraph(before + _line(entry) + after, styles.CONTENTS[entry.level - 1]))
    title = paragraph(run(_TITLE), styles.CONTENTS_TITLE)
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{title}{''.join(lines)}</w:sdtContent></w:sdt>"
    )


def _line(entry: Entry) -> str:
    name = bookmark_name(entry.number)
    reference = f'<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
    page = f"{_BEGIN}{reference}{_SEPARATE}{run(str(entry.page))}{_END}"
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{run(entry.text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'


def cover(block: Cover, marks: Marks) -> str:
    """Return the lines of the cover."""
    titles = [paragraph(marks.anchors.wrap_opening(runs(line, marks)), styles.COVER_TITLE) for line in block.lines]
    feet = [
        paragraph(runs(line, marks), styles.COVER_FOOT if n else styles.COVER_UNIT) for n, line in enumerate(block.foot)
    ]
    return "".join((paragraph("", styles.COVER_TOP), *titles, *feet))


def attachments(block: Attachments, marks: Marks, section: str = "") -> str:
    """Return the list of attachments below an empty line; names that run on align with their first character."""
    lines = []
    for n, (lead, item) in enumerate(block.lines):
        number = _NUMBER if len(block.items) > 1 else 0
        hanging = _LEAD - _NUMBER + number if n == 0 else number
        left = _INDENT + _LEAD - _NUMBER + number
        indent = f'<w:ind w:left="{left}" w:hangingChars="0" w:hanging="{hanging}"/>'
        properties = f"<w:pPr>{indent}{section if n == len(block.items) - 1 else ''}</w:pPr>"
        lines.append(f"<w:p>{properties}{run(lead)}{runs(item, marks)}</w:p>")
    return paragraph("") + "".join(lines)
