"""The tree between language and layout. Rooms before it know no Word; rooms after it know no budgets.

A `Draft` is a flat list of blocks. Prose is held as sentences, a sentence as inlines, so that every figure, gap and
phrase can be found again. ``as_text`` is the reading of the same tree that goldens and plain-text output use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from draftgen.inlines import Choice as Choice
from draftgen.inlines import Gap as Gap
from draftgen.inlines import Inline as Inline
from draftgen.inlines import Sentence as Sentence
from draftgen.inlines import Text as Text
from draftgen.inlines import Value as Value


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its literal number ("一、", "（一）", "1.", "（1）"; of a part "第一部分")."""

    level: int  # 1 to 4, 0 for a part
    number: str
    inlines: tuple[Inline, ...]
    id: str = ""
    new_page: bool = False  # begins a page, as the form below it does

    @property
    def text(self) -> str:
        """Number and words."""
        return self.number + "".join(i.text for i in self.inlines)


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the draft, one line of the tuple per line on the page."""

    lines: tuple[tuple[Inline, ...], ...]

    @property
    def text(self) -> str:
        """The lines, one under the other."""
        return "\n".join("".join(i.text for i in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Cover:
    """A page of its own before the report: the title, and below it the unit and the date."""

    lines: tuple[tuple[Inline, ...], ...]
    foot: tuple[tuple[Inline, ...], ...]

    @property
    def text(self) -> str:
        """The lines, one under the other."""
        return "\n".join("".join(i.text for i in line) for line in (*self.lines, *self.foot))


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of contents: the headings that follow, down to a level. It tells pages, so only Word shows it."""

    levels: int = 2
    text: str = ""


@dataclass(frozen=True, slots=True)
class Attachments:
    """The list of what goes with the report, below its text (GB/T 9704 7.3.4: 附件：1.……)."""

    items: tuple[tuple[Inline, ...], ...]

    @property
    def lines(self) -> tuple[tuple[str, tuple[Inline, ...]], ...]:
        """What opens each line, and the name behind it; a single one has no number."""
        several = len(self.items) > 1
        return tuple(
            (("附件：" if n == 1 else "") + (f"{n}." if several else ""), item) for n, item in enumerate(self.items, 1)
        )

    @property
    def text(self) -> str:
        """The list, a line each."""
        return "\n".join(lead + "".join(i.text for i in item) for lead, item in self.lines)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together."""

    sentences: tuple[Sentence, ...]
    id: str = ""

    @property
    def text(self) -> str:
        """The paragraph as it is read."""
        return "".join(s.text for s in self.sentences)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. ``row_span``/``column_span`` of the first cell of a merge; covered cells are left out.

    A ``loose`` merge may run over the end of a page; others stay together as far as a page holds them.
    ``ids`` name the paragraphs as a sentence is named, empty for those that phrases did not word.
    """

    paragraphs: tuple[tuple[Inline, ...], ...]
    row_span: int = 1
    column_span: int = 1
    align: Literal["left", "center", "right", "both"] | None = None  # None: the column's
    loose: bool = False
    ids: tuple[str, ...] = ()

    def named(self) -> Iterator[tuple[str, tuple[Inline, ...]]]:
        """The paragraphs, each with its id."""
        for number, paragraph in enumerate(self.paragraphs):
            yield self.ids[number] if number < len(self.ids) else "", paragraph

    @property
    def text(self) -> str:
        """The cell's paragraphs, one under the other."""
        return "\n".join("".join(i.text for i in p) for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: header text, share of the table's width, and how its cells are set.

    ``over`` are the headers above it, outermost first; neighbours that have the same ones share a cell.
    """

    header: str
    width: int  # relative
    align: Literal["left", "center", "right", "both"] = "both"
    over: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The header as it is read: what stands above it, then its own."""
        return "·".join(part for part in (*self.over, self.header) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; ``total`` rows are set apart."""

    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption above, unit line above right, notes below."""

    caption: tuple[Inline, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""  # "万元"; empty: no unit line
    notes: tuple[tuple[Inline, ...], ...] = ()
    landscape: bool = False
    id: str = ""
    number: str = ""  # of a published form: "公开01表"
    new_page: bool = False  # begins on a page of its own, as forms do

    @property
    def above(self) -> tuple[str, ...]:
        """The lines between caption and table: its number, its unit."""
        return tuple(line for line in (self.number, f"单位：{self.unit}" if self.unit else "") if line)

    @property
    def text(self) -> str:
        """Caption, header and rows, cells parted by tabs."""
        head = "".join(i.text for i in self.caption)
        lines = [head, *self.above, *("\t".join(c.text for c in row.cells) for row in header_rows(self.columns))]
        lines += ["\t".join(c.text.replace("\n", " ") for c in row.cells) for row in self.rows]
        lines += ["".join(i.text for i in note) for note in self.notes]
        return "\n".join(lines)


def header_rows(columns: Sequence[Column]) -> tuple[Row, ...]:
    """Return the header as rows of cells: neighbours share what stands above them; none if no column has a header."""
    if not any(column.header for column in columns):
        return ()
    depth = 1 + max(len(column.over) for column in columns)
    return tuple(Row(tuple(_headers(columns, level, depth))) for level in range(depth))


def _headers(columns: Sequence[Column], level: int, depth: int) -> Iterator[Cell]:
    for above, group in groupby(columns, lambda column: column.over[: level + 1]):
        members = list(group)
        if len(above) == level + 1:
            yield Cell(((Text(above[level]),),), 1, len(members))
        elif len(above) == level:  # their own headers, down to the table
            yield from (Cell(((Text(column.header),),), depth - level) for column in members)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of a chart's points: its name (empty where there is but one), and a figure for every category."""

    name: str
    points: tuple[Value, ...]  # ``text`` is the number as it is printed, without its unit


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its caption below. What is drawn is what is printed: the numbers of its points.

    ``bar`` lies, ``column`` stands, ``clustered`` has the columns of several series side by side.
    """

    kind: Literal["bar", "column", "clustered", "pie"]
    caption: tuple[Inline, ...]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""  # "万元"
    id: str = ""

    @property
    def head(self) -> str:
        """The caption as it is read, with the unit of the points."""
        return "".join(i.text for i in self.caption) + (f"（单位：{self.unit}）" if self.unit else "")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The chart as a small table: a line of names where there are any, then a line for every category."""
        names = ("", *(series.name for series in self.series))
        lines = ((name, *(s.points[n].text for s in self.series)) for n, name in enumerate(self.categories))
        return (*([names] if any(names) else []), *lines)

    @property
    def description(self) -> str:
        """The chart in words, for those who cannot see it."""
        told = (
            f"{series.name}：" * bool(series.name)
            + "，".join(f"{name}{point.text}" for name, point in zip(self.categories, series.points, strict=True))
            for series in self.series
        )
        return f"{self.head}。{'；'.join(told)}。"

    @property
    def text(self) -> str:
        """Caption and lines, cells parted by tabs."""
        return "\n".join((self.head, *("\t".join(row) for row in self.rows)))


Block = Title | Heading | Paragraph | Table | Chart | Cover | Contents | Attachments


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment for the first figure that has one of ``keys``; for the title if none stands in the draft."""

    keys: tuple[str, ...]
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Properties:
    """Document properties. ``date`` is an ISO date from the data, never the clock."""

    title: str
    author: str
    subject: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole report."""

    properties: Properties
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
    language: str = "zh-CN"
    profile: str = "GB2312"  # font profile of the Word style
    meta: tuple[tuple[str, str], ...] = field(default=())  # kind, seed, version, hashes
    record: str = field(default="", compare=False, repr=False)  # where it all comes from, as JSON
    numbering: Literal["文字", "自动"] = "文字"  # the numbers of headings: text, or counted by Word

    def passages(self) -> Iterator[Passage]:
        """Every stretch of text in reading order."""
        for block in self.blocks:
            yield from passages_of(block)

    def inlines(self) -> Iterator[Inline]:
        """Every inline in reading order."""
        for block in self.blocks:
            yield from inlines_of(block)

    def gaps(self) -> tuple[Gap, ...]:
        """What a person still has to fill in."""
        return tuple(i for i in self.inlines() if isinstance(i, Gap))

    def as_text(self) -> str:
        """The draft as plain text, a block per paragraph."""
        return "\n".join(b.text for b in self.blocks if not isinstance(b, Contents)) + "\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that stands by itself; ``lead`` is what precedes its inlines (the number of a heading)."""

    kind: Literal["title", "heading", "sentence", "caption", "above", "header", "cell", "note"]
    inlines: tuple[Inline, ...]
    id: str = ""
    phrases: tuple[str, ...] = ()
    lead: str = ""

    @property
    def text(self) -> str:
        """The passage as it is read."""
        return self.lead + "".join(i.text for i in self.inlines)


def passages_of(block: Block) -> Iterator[Passage]:
    """Yield the passages of one block in reading order; a list of contents has none of its own."""
    if isinstance(block, Title | Cover):
        yield from (
            Passage("title", line) for line in (*block.lines, *(block.foot if isinstance(block, Cover) else ()))
        )
    elif isinstance(block, Heading):
        yield Passage("heading", block.inlines, block.id, lead=block.number)
    elif isinstance(block, Paragraph):
        yield from (Passage("sentence", s.inlines, s.id, s.phrases) for s in block.sentences)
    elif isinstance(block, Attachments):
        yield from (Passage("note", item, lead=lead) for lead, item in block.lines)
    elif isinstance(block, Chart):
        yield from _of_chart(block)
    elif isinstance(block, Table):
        yield from _of_table(block)


def _of_chart(chart: Chart) -> Iterator[Passage]:
    """The caption of a chart; its points are no text, they stand in its workbook."""
    unit = (Text(f"（单位：{chart.unit}）"),) if chart.unit else ()
    yield Passage("caption", (*chart.caption, *unit))


def _of_table(table: Table) -> Iterator[Passage]:
    yield Passage("caption", table.caption)
    yield Passage("above", (Text("\n".join(table.above)),))
    header = (cell for row in header_rows(table.columns) for cell in row.cells)
    yield from (Passage("header", (Text(cell.text),)) for cell in header)
    yield from (Passage("cell", p, name) for row in table.rows for cell in row.cells for name, p in cell.named())
    yield from (Passage("note", note) for note in table.notes)


def inlines_of(block: Block) -> Iterator[Inline]:
    """Yield the inlines of one block in reading order, without the headers of a table; of a chart its points too."""
    for passage in passages_of(block):
        if passage.kind not in ("above", "header"):
            yield from passage.inlines
    if isinstance(block, Chart):
        yield from (point for series in block.series for point in series.points)
