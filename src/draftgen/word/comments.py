"""Remarks as Word comments: where each is anchored, and the comments part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.parser import parse_xml
from docx.parts.comments import CommentsPart
from docx.parts.document import DocumentPart

from draftgen.draft import Draft, Remark, Title, Value
from draftgen.word import styles
from draftgen.word.markup import NAMESPACES, paragraph, restyled, run

if TYPE_CHECKING:
    from docx.oxml.comments import CT_Comments

AUTHOR = "draftgen"
INITIALS = "dg"


class Anchors:
    """The comments that wait for their place while the body is built in reading order.

    Each comment is handed out once: at the first Value that has one of its keys, else with the title (with the first
    paragraph of a draft that has no title). The id of a comment is the index of its remark.
    """

    def __init__(self, draft: Draft) -> None:
        self._by_key: dict[str, list[int]] = {}
        self._for_title: list[int] = []
        self._has_title = any(isinstance(b, Title) for b in draft.blocks)
        order = _first_places(draft) if draft.remarks else {}
        for number, remark in enumerate(draft.remarks):
            keys = [key for key in remark.keys if key in order]
            place = self._by_key.setdefault(min(keys, key=order.__getitem__), []) if keys else self._for_title
            place.append(number)

    def take(self, key: str) -> Sequence[int]:
        """Return the comments for this figure: something only where it stands first."""
        return self._by_key.pop(key, ()) if self._by_key else ()

    def wrap_title(self, runs: str) -> str:
        """Anchor the comments on the whole draft at a line of the title."""
        return self._wrap_rest(runs) if self._for_title else runs

    def wrap_opening(self, runs: str) -> str:
        """Anchor the comments on the whole draft at any other paragraph, if there is no title to hold them."""
        return self._wrap_rest(runs) if self._for_title and not self._has_title else runs

    def _wrap_rest(self, runs: str) -> str:
        numbers, self._for_title = self._for_title, []
        return anchored(runs, numbers)


def _first_places(draft: Draft) -> dict[str, int]:
    """Return the position of each figure's first Value in reading order."""
    order: dict[str, int] = {}
    for position, inline in enumerate(draft.inlines()):
        if isinstance(inline, Value):
            order.setdefault(inline.key, position)
    return order


def anchored(runs: str, numbers: Sequence[int]) -> str:
    """Return the runs inside the ranges of these comments, with their marks behind."""
    starts = [f'<w:commentRangeStart w:id="{n}"/>' for n in numbers]
    ends = [
        f'<w:commentRangeEnd w:id="{n}"/><w:r><w:rPr><w:rStyle w:val="{styles.COMMENT_REFERENCE}"/></w:rPr>'
        f'<w:commentReference w:id="{n}"/></w:r>'
        for n in numbers
    ]
    return "".join((*starts, runs, *ends))


def add_comments(part: DocumentPart, remarks: Sequence[Remark], date: str, names: Mapping[str, str]) -> None:
    """Give the document a comments part, if there are remarks.

    ``date`` is a UTC time in ISO form, ``names`` are the style ids of a style template of one's own by ours.
    """
    if not remarks:
        return
    texts = [_comment(number, remark, date) for number, remark in enumerate(remarks)]
    inside = restyled("".join(texts), names)
    root = cast("CT_Comments", parse_xml(f"<w:comments {NAMESPACES}>{inside}</w:comments>"))
    name, content_type = PackURI("/word/comments.xml"), CONTENT_TYPE.WML_COMMENTS
    part.relate_to(CommentsPart(name, content_type, root, part.package), RELATIONSHIP_TYPE.COMMENTS)


def _comment(number: int, remark: Remark, date: str) -> str:
    mark = f'<w:r><w:rPr><w:rStyle w:val="{styles.COMMENT_REFERENCE}"/></w:rPr><w:annotationRef/></w:r>'
    lines = [run(line) for line in remark.text.split("\n")]
    lines[0] = mark + lines[0]
    text = "".join(paragraph(line, styles.COMMENT_TEXT) for line in lines)
    return f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}" w:date="{date}">{text}</w:comment>'
