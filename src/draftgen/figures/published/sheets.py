"""Tables found on the sheets of a workbook: by title and header words, with what their heads say of unit and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from draftgen.figures.published.grid import Grid, Spot
from draftgen.figures.published.layout import Header, Layout, Table
from draftgen.figures.published.words import Words, half_width
from draftgen.figures.quantities import YUAN_IN
from draftgen.findings import Finding, Localised, Place, Severity

_YEAR = re.compile(r"(20\d\d)年")
_LONGEST_TITLE = 60
_LEAST_ROWS = 2
_IN_HEADER = re.compile(rf"\(({'|'.join(YUAN_IN)})\)$")
_UNIT = re.compile(rf"({'|'.join(sorted(YUAN_IN, key=len, reverse=True))})")


@dataclass(frozen=True, slots=True)
class Heads:
    """The header of a table: the columns with their headers, and the rows that it takes."""

    columns: tuple[tuple[int, Header], ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A table on a sheet: which, how laid out, and what its head says. ``last`` is the last row that may be its."""

    table: Table
    layout: Layout
    grid: Grid
    title: str
    title_at: Spot
    heads: Heads
    last: int
    unit: str = ""
    year: int | None = None
    owner: str = ""
    unit_at: Spot = (0, 0)
    owner_at: Spot = (0, 0)

    def place(self, spot: Spot | None = None) -> Place:
        """The place of a cell of the table; of its title, or of the sheet if only the tab bears it."""
        row, column = spot or self.title_at
        return self.grid.place(row, column) if row else self.grid.place()


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen on the sheets."""

    sightings: tuple[Sighting, ...]
    findings: tuple[Finding, ...]


def find_tables(grids: Sequence[Grid], tables: Sequence[Table], words: Words) -> Sight:
    """Find the tables on all sheets. What is not recognised is told."""
    seen: list[Sighting] = []
    findings: list[Finding] = []
    for grid in grids:
        looker = _Looker(grid, tables, words)
        seen += looker.sightings()
        findings += looker.findings
    return Sight(tuple(seen), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    row: int
    column: int
    tables: tuple[Table, ...]  # several: of final accounts and of budgets, told apart by their headers


class _Looker:
    def __init__(self, grid: Grid, tables: Sequence[Table], words: Words) -> None:
        self.grid, self.tables, self.words = grid, tables, words
        self.findings: list[Finding] = []

    def sightings(self) -> Iterator[Sighting]:
        titles = self._titles()
        ends = [title.row - 1 for title in titles[1:]] + [self.grid.height] * bool(titles)
        headed = [next(self._tried(title, end), None) for title, end in zip(titles, ends, strict=True)]
        for title, found, end in zip(titles, headed, ends, strict=True):
            if found is None:
                if end - title.row >= _LEAST_ROWS:  # fewer are a line of a list of contents, or a mention
                    self.findings.append(_unknown_layout(self.grid, title))
                continue
            # a title without a header of its own ends no table
            below = [other.title_at[0] for other in headed if other is not None and other.title_at[0] > title.row]
            yield replace(found, last=min(below, default=self.grid.height + 1) - 1)
        if not titles and self.grid.cells:
            self.findings.append(_no_title(self.grid))

    def _titles(self) -> list[_Title]:
        found: list[_Title] = []
        for row, columns in self.grid.rows:
            for column in columns:
                text = self.grid.text(row, column)
                if len(text) <= _LONGEST_TITLE and (tables := self._titled(text)):
                    found.append(_Title(text, row, column, tables))
                    break
        if not found and (tables := self._titled(self.grid.sheet)):  # only the tab says what it is
            found.append(_Title(self.grid.sheet, 0, 1, tables))
        return found

    def _titled(self, text: str) -> tuple[Table, ...]:
        """The tables whose title this is: the longest title that the text ends with."""
        plain = self.words.plain(text)
        if not plain or plain.startswith(self.words.notes):
            return ()
        lengths = {len(t): t for table in self.tables for t in table.titles if plain.endswith(t)}
        if not lengths:
            return ()
        title = lengths[max(lengths)]
        return tuple(table for table in self.tables if title in table.titles)

    def _tried(self, title: _Title, last: int) -> Iterator[Sighting]:
        for table in title.tables:
            for layout in table.layouts:
                heads = read_heads(self.grid, title.row + 1, last, layout, self.words)
                if heads is not None and is_laid_out(layout, heads, self.words):
                    yield self._sighted(title, table, layout, heads, last)

    def _sighted(self, title: _Title, table: Table, layout: Layout, heads: Heads, last: int) -> Sighting:
        top = [(r, c) for r, columns in self.grid.between(title.row, heads.first - 1) for c in columns]
        texts = {spot: half_width(self.grid.text(*spot)) for spot in top}
        year = next((int(m[1]) for m in map(_YEAR.search, [half_width(title.text), *texts.values()]) if m), None)
        units = ((m[1], spot) for spot, text in texts.items() if (m := self._unit(text)))
        unit, unit_at = next(units, ("", (0, 0)))
        if not unit:  # 项目资金（万元）
            below = [(r, c) for r, columns in self.grid.between(heads.first, heads.last) for c in columns]
            named = ((m[1], spot) for spot in below if (m := _IN_HEADER.search(half_width(self.grid.text(*spot)))))
            unit, unit_at = next(named, ("", (0, 0)))
        owner, owner_at = next(((o, spot) for spot in top if (o := self._owner(spot))), ("", (0, 0)))
        at = (title.row, title.column)
        return Sighting(table, layout, self.grid, title.text, at, heads, last, unit, year, owner, unit_at, owner_at)

    def _unit(self, text: str) -> re.Match[str] | None:
        """The unit of money that a line like ``金额单位：万元`` names."""
        after = text.rpartition("单位")[2] if any(w in text for w in self.words.money_unit) else ""
        return _UNIT.fullmatch(after.strip(":()、"))

    def _owner(self, spot: Spot) -> str:
        """The department or unit that a line like ``部门：某某局`` names, perhaps in the cell beside."""
        text = half_width(self.grid.text(*spot))
        for word in self.words.owner:
            if not text.startswith(word):
                continue
            rest = text.removeprefix(word)
            if rest and not rest.startswith(":"):
                continue
            name = rest.strip(":") or half_width(self.grid.text(spot[0], spot[1] + 1))
            return "" if _UNIT.fullmatch(name) else re.split(r"(?:金额)?单位:", name)[0]
        return ""


def read_heads(grid: Grid, first: int, last: int, layout: Layout, words: Words) -> Heads | None:
    """Find the header below a title: the rows most of whose cells are words of the layout's headers."""
    known = layout.words | words.ignored | words.serial | words.code | words.name | set(words.code_parts)
    rows: list[int] = []
    for row, columns in grid.between(first, last):
        texts = [words.plain(grid.text(row, column)) for column in columns]
        if rows and _is_serial(texts, words):
            return _heads(grid, rows, row, words)
        met = sum(text in known for text in texts)
        if met >= 2 and 2 * met >= len(texts):
            rows.append(row)
        elif rows:
            break
    return _heads(grid, rows, rows[-1], words) if rows else None


def _is_serial(texts: Sequence[str], words: Words) -> bool:
    """Tell the row that only numbers the columns: 栏次 1 2 3."""
    numbers = [text for text in texts if text not in words.serial | set(words.code_parts)]
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    return numbers == counted and (len(numbers) > 1 or len(texts) > len(numbers))


def _heads(grid: Grid, rows: Sequence[int], last: int, words: Words) -> Heads:
    top, bottom = rows[0], rows[-1]
    shown = {(r, c): words.plain(grid.text(r, c)) for r, columns in grid.between(top, bottom) for c in columns}
    for merge in grid.merges:
        corner = shown.get((merge.top, merge.left))
        if corner and top <= merge.top <= bottom:
            spots = [(r, c) for r in range(merge.top, merge.bottom + 1) for c in range(merge.left, merge.right + 1)]
            shown |= dict.fromkeys((s for s in spots if s[0] <= bottom), corner)
    width = max((column for _, column in shown), default=0)
    for row in rows[:-1]:  # a heading over several columns whose cells are not merged
        below = [any(shown.get((r, c)) for r in range(row + 1, bottom + 1)) for c in range(1, width + 1)]
        for column in range(2, width + 1):
            left = shown.get((row, column - 1))
            if left and below[column - 2] and below[column - 1] and not shown.get((row, column)):
                shown[row, column] = left
    columns = ((c, _header(shown, rows, c, words)) for c in range(1, width + 1))
    return Heads(tuple((c, header) for c, header in columns if header), top, last)


def _header(shown: dict[Spot, str], rows: Sequence[int], column: int, words: Words) -> Header:
    """What stands over a column, from the top down; nothing over one that only numbers the rows."""
    parts: list[str] = []
    for row in rows:
        part = shown.get((row, column), "")
        if part and parts[-1:] != [part]:
            parts.append(part)
    return () if parts and parts[-1] in words.serial else tuple(parts)


def is_laid_out(layout: Layout, heads: Heads, words: Words) -> bool:
    """Tell whether a header has what the layout cannot do without."""
    headers = [header for _, header in heads.columns]
    if layout.shape == "statement":
        labels = [half.label for half in layout.halves]
        return all(sum(label.fits(h) for h in headers) >= labels.count(label) for label in labels) and any(
            column.fits(h) for half in layout.halves for column in half.columns for h in headers
        )
    found = {column.key for column in layout.columns for h in headers if column.fits(h)}
    if layout.shape == "names":
        labelled = any(layout.label.fits(header) for header in headers)
    elif layout.shape == "form":
        labelled = True
    else:
        codes = words.code | words.name | {"项目"}
        labelled = layout.shape == "row" or any(header[-1] in codes for header in headers)
    return labelled and found >= set(layout.needs)


def _unknown_layout(grid: Grid, title: _Title) -> Finding:
    names = "、".join(table.name.zh for table in title.tables[:1])
    return Finding(
        "table-layout-unknown",
        Severity.WARNING,
        Localised(
            "By its title this is {name}, but its headers are not those of any known layout; it was not read.",
            "按标题应为“{name}”，但表头与已知的版式都不相符，没有读取。",
            {"name": names},
        ),
        (grid.place(max(title.row, 1), title.column),),
    )


def _no_title(grid: Grid) -> Finding:
    return Finding(
        "sheet-not-recognised",
        Severity.NOTE,
        Localised(
            "This sheet bears no title of a published table; it was not read.",
            "工作表中没有公开表的标题，没有读取。",
        ),
        (grid.place(),),
    )
