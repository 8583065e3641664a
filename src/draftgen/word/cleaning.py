"""A clean copy of a finished draft: what is read stays to the letter, what draftgen and editors left in it goes."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from draftgen.word import styles
from draftgen.word.archive import Archive, W
from draftgen.word.fields import codes, flatten_fields, remove, unwrap
from draftgen.word.package import zip_parts
from draftgen.word.parts import without_foreign_parts
from draftgen.word.prompts import SIGN
from draftgen.word.reading import hidden, style_names
from draftgen.word.text import plain_text

_RUN_CHANGES = tuple(f"{W}{name}" for name in ("ins", "moveTo"))
_REMOVALS = tuple(f"{W}{name}" for name in ("del", "moveFrom"))
_PROPERTY_CHANGES = tuple(
    f"{W}{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "tcPr", "trPr", "tblPrEx", "numbering")
)
_LEFT_BY_EDITORS = tuple(
    f"{W}{name}"
    for name in (
        "proofErr",
        "permStart",
        "permEnd",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "cellIns",
        "cellDel",
        "cellMerge",
        "customXmlInsRangeStart",
        "customXmlInsRangeEnd",
        "customXmlDelRangeStart",
        "customXmlDelRangeEnd",
    )
)
_COMMENTS = tuple(f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd"))
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TRACES = (f"{W}rsid", f"{_W14}paraId", f"{_W14}textId")


class ChangedTextError(RuntimeError):
    """A clean copy would read otherwise than the draft: our bug, never the user's."""


@dataclass(slots=True)
class Cleaned:
    """A clean copy, and what was taken out: comments, tracked changes that were accepted, stretches of hidden text."""

    data: bytes = b""
    comments: int = 0
    revisions: int = 0
    hidden: int = 0


def clean_copy(data: bytes) -> Cleaned:
    """Return a copy without controls, comments, revisions, hidden bookmarks, custom parts and field codes that tell.

    Tracked changes are accepted. Page numbers and references within the document stay fields.

    Raises:
        zipfile.BadZipFile: the data is no Word file.
        ChangedTextError: the copy would not read the same.
    """
    archive = Archive(data)
    cleaned = Cleaned()
    ids = _own_styles(archive)
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, root in archive.stories():
        if "comments" in name:
            continue
        _clean_story(root, ids, cleaned)
        parts[name] = _serialised(root)
    cleaned.data = zip_parts(without_foreign_parts(parts, ids))
    if plain_text(cleaned.data) != plain_text(data):
        raise ChangedTextError("the clean copy does not read as the draft")
    return cleaned


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _own_styles(archive: Archive) -> dict[str, str]:
    """Return style id -> name of the character styles of ours."""
    return {number: name for number, name in style_names(archive).items() if name in styles.NAMES.values()}


def _clean_story(root: etree._Element, own: dict[str, str], cleaned: Cleaned) -> None:
    _drop_comments(root, cleaned)
    _unwrap_controls(root)
    _accept_revisions(root, cleaned)
    for run in [r for r in root.iter(f"{W}r") if hidden(r)]:
        cleaned.hidden += 1
        remove(run)
    flatten_fields(root)
    _drop_bookmarks(root)
    _drop_styles(root, own)
    for element in list(root.iter(*_LEFT_BY_EDITORS)):
        remove(element)
    for element in root.iter():
        for name in [n for n in element.attrib if str(n).startswith(_TRACES)]:
            del element.attrib[name]


def _drop_comments(root: etree._Element, cleaned: Cleaned) -> None:
    for element in list(root.iter(*_COMMENTS)):
        remove(element)
    for reference in list(root.iter(f"{W}commentReference")):
        cleaned.comments += 1
        run = reference.getparent()
        remove(reference)
        if run is not None and all(child.tag == f"{W}rPr" for child in run):
            remove(run)


def _unwrap_controls(root: etree._Element) -> None:
    """Put the contents of content controls, custom XML and smart tags in their place."""
    for element in list(root.iter(f"{W}sdt", f"{W}customXml", f"{W}smartTag")):
        for child in list(element):
            if child.tag in (f"{W}sdtPr", f"{W}sdtEndPr", f"{W}customXmlPr", f"{W}smartTagPr"):
                element.remove(child)
            elif child.tag == f"{W}sdtContent":
                unwrap(child)
        unwrap(element)


def _accept_revisions(root: etree._Element, cleaned: Cleaned) -> None:
    """Accept every tracked change: what was deleted goes, what was inserted stays."""
    for change in list(root.iter(*_PROPERTY_CHANGES)):
        cleaned.revisions += 1
        remove(change)
    for row in [r for r in root.iter(f"{W}tr") if r.find(f"{W}trPr/{W}del") is not None]:
        remove(row)
    for paragraph in list(root.iter(f"{W}p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            _run_on(paragraph)
    for element in list(root.iter(*_REMOVALS)):
        cleaned.revisions += 1
        remove(element)
    for element in list(root.iter(*_RUN_CHANGES)):
        cleaned.revisions += 1
        unwrap(element)  # the marks on paragraphs and rows have no children


def _run_on(paragraph: etree._Element) -> None:
    """Join a paragraph whose mark is deleted with the next one."""
    following = paragraph.getnext()
    while following is not None and following.tag not in (f"{W}p", f"{W}tbl", f"{W}sectPr"):
        following = following.getnext()
    if following is None or following.tag != f"{W}p":
        return
    at = 1 if following.find(f"{W}pPr") is not None else 0
    for child in [c for c in paragraph if c.tag != f"{W}pPr"]:
        following.insert(at, child)
        at += 1
    remove(paragraph)


def _drop_bookmarks(root: etree._Element) -> None:
    """Take out hidden bookmarks that nothing in the part points to."""
    anchors = {str(e.get(f"{W}anchor")) for e in root.iter(f"{W}hyperlink")}
    wanted = codes(root).split()
    dropped = set()
    for start in list(root.iter(f"{W}bookmarkStart")):
        name = str(start.get(f"{W}name"))
        if name.startswith("_") and name not in anchors and name not in wanted:
            dropped.add(start.get(f"{W}id"))
            remove(start)
    for end in list(root.iter(f"{W}bookmarkEnd")):
        if end.get(f"{W}id") in dropped:
            remove(end)


def _drop_styles(root: etree._Element, own: dict[str, str]) -> None:
    """Take our character styles off the runs; an open prompt keeps its colour."""
    for run in root.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        if style is None or style.get(f"{W}val") not in own:
            continue
        text = "".join(t.text or "" for t in run.iter(f"{W}t"))
        if own[str(style.get(f"{W}val"))] == styles.NAMES[styles.PROMPT] and SIGN.search(text):
            continue
        properties = style.getparent()
        remove(style)
        if properties is not None and len(properties) == 0:
            remove(properties)
