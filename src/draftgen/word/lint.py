"""What makes Word refuse or misread a file, and what the Open XML SDK does not see."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from draftgen.word.archive import VAL, Archive, W

LONGEST_TAG = 64  # characters, Word's own limit for the tag and the title of a content control

_STYLE_USES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_BLOCKS = frozenset(f"{W}{name}" for name in ("p", "tbl", "sdt", "customXml", "altChunk"))


def lint(data: bytes) -> list[str]:
    """Return what is wrong with a .docx file, a message each; nothing for a sound file.

    Takes files of any origin. Checks entries, styles, lists, content controls, bookmarks, fields, deletions and tables.
    """
    try:
        archive = Archive(data)
    except zipfile.BadZipFile as fault:
        return [f"not a zip file: {fault}"]
    stories = list(archive.stories())
    out = _repeated(archive.names, "zip entry")
    if archive.tree(archive.document) is None:
        out.append(f"no document part {archive.document}")
    out += _unknown_styles(archive, stories)
    out += _unknown_numbers(archive, stories)
    out += _repeated((str(b.get(f"{W}name")) for _, s in stories for b in s.iter(f"{W}bookmarkStart")), "bookmark name")
    for name, story in stories:
        found = (*_controls(story), *_bookmarks(story), *_fields(story), *_deletions(story), *_tables(story))
        out += [f"{name}: {message}" for message in found]
    return out + archive.faults


def _repeated(items: Iterable[str], what: str) -> list[str]:
    return [f"duplicate {what} {item}" for item, count in Counter(items).items() if count > 1]


def _value(element: etree._Element | None, child: str) -> str | None:
    """Return ``w:val`` of a child element."""
    found = None if element is None else element.find(W + child)
    return None if found is None else found.get(VAL)


def _unknown_styles(archive: Archive, stories: list[tuple[str, etree._Element]]) -> Iterator[str]:
    known = {
        (style.get(f"{W}type"), style.get(f"{W}styleId"))
        for part in archive.related(archive.document, "styles")
        if (root := archive.tree(part)) is not None
        for style in root.iter(f"{W}style")
    }
    for name, story in stories:
        for use, kind in _STYLE_USES.items():
            used = dict.fromkeys(e.get(VAL) for e in story.iter(W + use))
            yield from (f"{name}: unknown {kind} style {style}" for style in used if (kind, style) not in known)


def _unknown_numbers(archive: Archive, stories: list[tuple[str, etree._Element]]) -> Iterator[str]:
    known: set[str | None] = {"0"}
    for part in archive.related(archive.document, "numbering"):
        root = archive.tree(part)
        known.update(() if root is None else (n.get(f"{W}numId") for n in root.iter(f"{W}num")))
    for name, story in stories:
        used = dict.fromkeys(e.get(VAL) for e in story.iter(f"{W}numId"))
        yield from (f"{name}: unknown list {number}" for number in used if number not in known)


def _controls(story: etree._Element) -> Iterator[str]:
    """Yield the faults of content controls."""
    controls = list(story.iter(f"{W}sdtPr"))
    ids = [_value(control, "id") for control in controls]
    yield from _repeated((i for i in ids if i is not None), "content control id")
    for control in controls:
        for child in ("tag", "alias"):
            text = _value(control, child) or ""
            if len(text) > LONGEST_TAG:
                yield f"content control {child} longer than {LONGEST_TAG} characters: {text}"
        for kind in ("dropDownList", "comboBox"):
            entries = control.findall(f"{W}{kind}/{W}listItem")
            shown = (e.get(f"{W}displayText") or e.get(f"{W}value") or "" for e in entries)
            yield from _repeated(shown, "list entry")


def _bookmarks(story: etree._Element) -> Iterator[str]:
    starts = Counter(b.get(f"{W}id") for b in story.iter(f"{W}bookmarkStart"))
    ends = Counter(b.get(f"{W}id") for b in story.iter(f"{W}bookmarkEnd"))
    yield from (f"bookmark {number} has no end" for number in starts - ends)
    yield from (f"bookmark {number} has no start" for number in ends - starts)


def _fields(story: etree._Element) -> Iterator[str]:
    depth = 0
    for mark in story.iter(f"{W}fldChar"):
        depth += {"begin": 1, "end": -1}.get(str(mark.get(f"{W}fldCharType")), 0)
        if depth < 0:
            yield "field ends that did not begin"
            depth = 0
    if depth:
        yield "field not closed"


def _deletions(story: etree._Element) -> Iterator[str]:
    for deletion in story.iter(f"{W}del"):
        if next(deletion.iter(f"{W}t"), None) is not None:
            yield "w:t inside w:del"


def _tables(story: etree._Element) -> Iterator[str]:
    for cell in story.iter(f"{W}tc"):
        blocks = [child for child in cell if child.tag in _BLOCKS]
        if not blocks or blocks[-1].tag == f"{W}tbl":
            yield "cell without a final paragraph"
    for table in story.iter(f"{W}tbl"):
        yield from _rows(table)


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, also those inside content controls."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, name)


def _count(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() else otherwise


def _rows(table: etree._Element) -> Iterator[str]:
    """Yield the faults of one table's grid."""
    lattice = table.find(f"{W}tblGrid")
    if lattice is None:
        yield "table without a grid"
        return
    width = len(lattice.findall(f"{W}gridCol"))
    above: set[tuple[int, int]] = set()
    for row in _inside(table, "tr"):
        properties = row.find(f"{W}trPr")
        column = _count(_value(properties, "gridBefore"), 0)
        merged: set[tuple[int, int]] = set()
        for cell in _inside(row, "tc"):
            own = cell.find(f"{W}tcPr")
            span = _count(_value(own, "gridSpan"), 1)
            merge = None if own is None else own.find(f"{W}vMerge")
            if merge is not None:
                if merge.get(VAL) != "restart" and (column, span) not in above:
                    yield f"vMerge continues nothing in column {column + 1}"
                merged.add((column, span))
            column += span
        column += _count(_value(properties, "gridAfter"), 0)
        above = merged
        if column != width:
            yield f"row has {column} of {width} columns"
