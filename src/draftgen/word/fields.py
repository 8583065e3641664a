"""Fields of a Word file: the ones whose code may stay in a clean copy, and the others made into plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from draftgen.word.archive import W

# Fields that count pages and point within the document. All others can tell of files, people and machines.
KEPT = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "PAGEREF", "HYPERLINK", "REF", "NOTEREF", "SEQ", "STYLEREF"}
)
_NAME = re.compile(r"\s*([A-Za-z]+)")
_EMPTY_RUN = frozenset({f"{W}rPr"})


@dataclass(slots=True)
class _Field:
    """A complex field under way: the elements that carry its code."""

    elements: list[etree._Element] = field(default_factory=list)
    code: str = ""

    @property
    def kept(self) -> bool:
        return _is_kept(self.code)


def _is_kept(code: str) -> bool:
    name = _NAME.match(code)
    return name is not None and name[1].upper() in KEPT


def flatten_fields(root: etree._Element) -> None:
    """Take the codes of all fields that are not `KEPT` out of a part; what they show stays."""
    for simple in list(root.iter(f"{W}fldSimple")):
        if not _is_kept(str(simple.get(f"{W}instr"))):
            unwrap(simple)
    for data in list(root.iter(f"{W}fldData")):
        remove(data)
    for found in list(_complex(root)):
        if not found.kept:
            for element in found.elements:
                _remove_from_run(element)


def codes(root: etree._Element) -> str:
    """Return the codes of all fields of a part, for looking up what they point to."""
    simple = [str(e.get(f"{W}instr")) for e in root.iter(f"{W}fldSimple")]
    return " ".join((*simple, *(e.text or "" for e in root.iter(f"{W}instrText"))))


def _complex(root: etree._Element) -> Iterator[_Field]:
    stack: list[_Field] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            if stack:
                stack[-1].elements.append(element)
                stack[-1].code += element.text or ""
            continue
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            stack.append(_Field())
        if stack:
            stack[-1].elements.append(element)
        if kind == "end" and stack:
            yield stack.pop()


def _remove_from_run(element: etree._Element) -> None:
    run = element.getparent()
    remove(element)
    if run is not None and run.tag == f"{W}r" and all(child.tag in _EMPTY_RUN for child in run):
        remove(run)


def unwrap(element: etree._Element) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)


def remove(element: etree._Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
