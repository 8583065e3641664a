"""A Word file of any origin as lines of visible text, each with its marks: what editors leave of ours.

Reads what stands after accepting all changes. Every content control that is not known is transparent, runs may be cut
anywhere, hidden text is not seen, and a text box is read once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from draftgen.word.archive import MC, VAL, Archive, W
from draftgen.word.chart_reading import reference
from draftgen.word.styles import REPEAT_NAME

_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
SKIPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rt", "pPr", "rPr", "sdtPr", "txbxContent")}
    | {f"{MC}Fallback"}
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a line: a content control (``tag``, ``alias``) or a bookmark (``name``), and where it stands."""

    start: int
    end: int
    tag: str = ""
    alias: str = ""
    name: str = ""
    placeholder: bool = False  # the control shows its placeholder: nothing has been put in


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. ``table``, ``row`` and ``cell`` count from 1, 0 outside of tables; ``style`` is a style id."""

    text: str
    marks: tuple[Mark, ...] = ()
    style: str = ""
    table: int = 0
    row: int = 0
    cell: int = 0
    boxed: bool = False  # stands in a text box
    charts: tuple[str, ...] = ()  # in the paragraph: the relationship to each

    def joined(self, other: Line) -> Line:
        """Return this line run on into another, whose paragraph it now belongs to."""
        shift = len(self.text)
        moved = (replace(m, start=m.start + shift, end=m.end + shift) for m in other.marks)
        return replace(
            other, text=self.text + other.text, marks=(*self.marks, *moved), charts=self.charts + other.charts
        )


@dataclass(slots=True)
class _Reader:
    """Counts the tables of a file while its lines are read. ``repeats`` are style ids of labels said again."""

    repeats: frozenset[str]
    tables: int = 0

    def lines(self, parent: etree._Element, place: Line) -> Iterator[Line]:
        """Yield the lines under a body, a cell or a content control; `place` holds table, row and cell."""
        pending: Line | None = None  # a paragraph whose mark is deleted runs on into the next one
        for block in _blocks(parent):
            if block.tag == f"{W}tbl":
                if pending is not None:
                    yield pending
                    pending = None
                yield from self.table(block)
                continue
            line = _line(block, place)
            line = pending.joined(line) if pending is not None else line
            pending = line if block.find(f"{W}pPr/{W}rPr/{W}del") is not None else None
            if pending is None:
                yield line
                for content in _text_boxes(block):
                    yield from self.lines(content, replace(place, boxed=True))
        if pending is not None:
            yield pending

    def table(self, table: etree._Element) -> Iterator[Line]:
        self.tables += 1
        number = self.tables
        for row, element in enumerate(inside(table, "tr"), 1):
            if element.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = (c for c in inside(element, "tc") if not self.covered(c))
            for cell, content in enumerate(cells, 1):
                yield from self.lines(content, Line("", table=number, row=row, cell=cell))

    def covered(self, cell: etree._Element) -> bool:
        """Tell whether a cell only continues a merge, or says its label again."""
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        style = cell.find(f"{W}p/{W}pPr/{W}pStyle")
        continues = merge is not None and merge.get(VAL) != "restart"
        return continues or (style is not None and style.get(VAL) in self.repeats)


def style_names(archive: Archive) -> dict[str, str]:
    """Return style id -> name. Editors change ids, never names."""
    trees = (archive.tree(part) for part in archive.related(archive.document, "styles"))
    found = (style for root in trees if root is not None for style in root.iter(f"{W}style"))
    return {str(style.get(f"{W}styleId")): value(style, "name") or "" for style in found}


def read_lines(archive: Archive) -> list[Line]:
    """Return the lines of the document in reading order, empty ones and all; covered cells are left out."""
    root = archive.tree(archive.document)
    body = None if root is None else root.find(f"{W}body")
    repeats = frozenset(number for number, name in style_names(archive).items() if name == REPEAT_NAME)
    return [] if body is None else list(_Reader(repeats).lines(body, Line("")))


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, passing through content controls and the like."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED and not _lists_contents(child):
            yield from _blocks(child)


def _lists_contents(control: etree._Element) -> bool:
    """Tell a list of contents, which only says again what follows."""
    return value(control.find(f"{W}sdtPr/{W}docPartObj"), "docPartGallery") == "Table of Contents"


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes of a paragraph; each stands twice, the second time for old programs."""
    for content in paragraph.iter(f"{W}txbxContent"):
        ancestors = list(content.iterancestors())
        nested = any(a.tag in SKIPPED for a in ancestors[: ancestors.index(paragraph)])
        if not nested:
            yield content


@dataclass(slots=True)
class _Collector:
    """The text of one paragraph under way, with the marks in it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    open: dict[str, tuple[int, str]] = field(default_factory=dict)  # bookmark id -> where it starts, its name

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def take(self, element: etree._Element) -> None:
        """Take in what is visible of one element."""
        tag = element.tag
        if not isinstance(tag, str) or tag in SKIPPED:
            return
        if tag == f"{W}t":
            self.add(element.text or "")
        elif tag in _BREAKS:
            self.add(_BREAKS[tag])
        elif tag == f"{W}bookmarkStart":
            self.open[str(element.get(f"{W}id"))] = self.length, str(element.get(f"{W}name"))
        elif tag == f"{W}bookmarkEnd":
            self.close(str(element.get(f"{W}id")))
        elif tag == f"{W}sdt":
            self.control(element)
        elif tag != f"{W}r" or not hidden(element):
            for child in element:
                self.take(child)

    def close(self, number: str) -> None:
        if number in self.open:
            start, name = self.open.pop(number)
            self.marks.append(Mark(start, self.length, name=name))

    def control(self, element: etree._Element) -> None:
        start = self.length
        for child in element:
            self.take(child)
        properties = element.find(f"{W}sdtPr")
        if properties is not None:
            shown = properties.find(f"{W}showingPlcHdr")
            placeholder = shown is not None and _on(shown)
            tag, alias = (value(properties, name) or "" for name in ("tag", "alias"))
            self.marks.append(Mark(start, self.length, tag, alias, placeholder=placeholder))


def _line(paragraph: etree._Element, place: Line) -> Line:
    collector = _Collector()
    for child in paragraph:
        collector.take(child)
    style = value(paragraph.find(f"{W}pPr"), "pStyle") or ""
    charts = tuple(reference(paragraph))
    return replace(place, text="".join(collector.pieces), marks=tuple(collector.marks), style=style, charts=charts)


def value(element: etree._Element | None, child: str) -> str | None:
    """Return ``w:val`` of a child element."""
    found = None if element is None else element.find(W + child)
    return None if found is None else found.get(VAL)


def _on(switch: etree._Element) -> bool:
    return switch.get(VAL) not in ("0", "false", "off")


def hidden(run: etree._Element) -> bool:
    """Tell whether a run is hidden text."""
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and _on(vanish)


def inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, passing through content controls and the like."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED and child.tag not in (f"{W}tr", f"{W}tc"):
            yield from inside(child, name)
