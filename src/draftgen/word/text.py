"""The text of a Word file as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from draftgen.word.archive import MC, VAL, Archive, W
from draftgen.word.styles import TABLE_REPEAT

_MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SKIPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rt", "pPr", "rPr", "sdtPr", "txbxContent")}
    | {f"{MC}Fallback"}
)
_SPACE = re.compile(r"[\n\t]+")


def plain_text(data: bytes) -> str:
    """Return a .docx file's visible text in order: a line per paragraph, a line per table row with tabs between cells.

    Reads what stands after accepting all changes. Empty paragraphs are left out. So are covered cells, and labels that
    are only said again because a merged cell had to be split over pages: the text has each figure once.
    """
    archive = Archive(data)
    root = archive.tree(archive.document)
    body = None if root is None else root.find(f"{W}body")
    return "" if body is None else "".join(f"{line}\n" for line in _lines(body))


def _lines(parent: etree._Element) -> Iterator[str]:
    """Yield the text of paragraphs and table rows under a body, a cell or a content control."""
    pending = ""  # a paragraph whose mark is deleted runs on into the next one
    for block in _blocks(parent):
        if block.tag == f"{W}tbl":
            if pending:
                yield pending
                pending = ""
            yield from _table_lines(block)
            continue
        pending += _text(block)
        if block.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            continue
        if pending:
            yield pending
        pending = ""
        for content in _text_boxes(block):
            yield from _lines(content)
    if pending:
        yield pending


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, passing through content controls and the like."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _blocks(child)


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes of a paragraph; each stands twice, the second time for old programs."""
    for content in paragraph.iter(f"{W}txbxContent"):
        ancestors = list(content.iterancestors())
        nested = any(a.tag in _SKIPPED for a in ancestors[: ancestors.index(paragraph)])
        if not nested:
            yield content


def _text(element: etree._Element) -> str:
    """Return the visible text inside one element."""
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag in _MARKS:
        return _MARKS[str(element.tag)]
    if element.tag == f"{W}r" and _hidden(element):
        return ""
    return "".join(_text(child) for child in element if isinstance(child.tag, str) and child.tag not in _SKIPPED)


def _hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(VAL) not in ("0", "false", "off")


def _table_lines(table: etree._Element) -> Iterator[str]:
    for row in _inside(table, "tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        texts = [_SPACE.sub(" ", " ".join(_lines(cell))) for cell in _inside(row, "tc") if not _covered(cell)]
        if any(texts):
            yield "\t".join(texts)


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, passing through content controls and the like."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag not in (f"{W}tr", f"{W}tc"):
            yield from _inside(child, name)


def _covered(cell: etree._Element) -> bool:
    """Tell whether a cell only continues a merge, or says its label again."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    style = cell.find(f"{W}p/{W}pPr/{W}pStyle")
    return (merge is not None and merge.get(VAL) != "restart") or (style is not None and style.get(VAL) == TABLE_REPEAT)
