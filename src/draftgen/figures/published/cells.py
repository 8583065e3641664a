"""The figures of a table that was found, as facts under the table's keys, each with its cell.

``收支总表.本年收入合计``, ``财政拨款总表.支出合计.一般公共预算``, ``收入表.合计行.总额``. A subject row goes by several
keys, so that identities can be said of them (T stands for the table): ``T.科目.2010301.总额``; ``T.顶层.201.总额`` for
rows below no other; ``T.下级.20103.2010301.总额`` by the row above; ``T.类名.一般公共服务支出.总额`` for rows of three
digits by name; ``T.人员.基本工资.总额`` by group and name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from draftgen.figures.facts import BLANK, Fact, Given, segment
from draftgen.figures.published.faults import (
    bad_number,
    empty_table,
    note_contradicts,
    subject_twice,
    unknown_column,
    unknown_row,
)
from draftgen.figures.published.grid import Spot
from draftgen.figures.published.layout import Column, Half, Header, Row
from draftgen.figures.published.sheets import Sighting
from draftgen.figures.published.subjects import NAME, SUBJECT, TOTAL_ROW, WHOLE, Said, code_of, hierarchy
from draftgen.figures.published.words import Words, half_width, is_dash
from draftgen.figures.quantities import (
    BATCH,
    ITEM,
    PERSON_TIME,
    VEHICLE,
    Measure,
    convert,
    half_unit,
    is_money,
    parse_measure,
)
from draftgen.figures.workbook.faults import faulty_cell
from draftgen.findings import Finding

COUNTS: Mapping[str, str] = {"个": ITEM, "辆": VEHICLE, "批次": BATCH, "人次": PERSON_TIME, "人": PERSON_TIME}
_COUNTED = re.compile(r"\((个|辆|批次|人次|人|批)\)$")


@dataclass(frozen=True, slots=True)
class Content:
    """What one table says."""

    facts: tuple[Fact, ...]
    texts: Mapping[str, Said]
    findings: tuple[Finding, ...]


def read_content(sighting: Sighting, unit: str, year: int, words: Words) -> Content:
    """Read a table's figures, money in `unit`. Nothing is guessed: what cannot be read is told and left out."""
    reader = _Reader(sighting, unit, year, words)
    reader.read()
    facts, table = reader.facts, sighting.table
    notes = [(spot, half_width(text)) for spot, text in reader.notes()]
    nothing = next((spot for spot, text in notes if any(w in text for w in words.nothing)), None)
    if not reader.filled:
        facts = [] if nothing is None else [reader.zero(f"{table.key}.{key}", nothing) for key in table.zeros]
        reader.findings += [] if nothing else [empty_table(sighting)]
    elif nothing is not None and any(fact.value for fact in facts):
        reader.findings.append(note_contradicts(sighting, nothing))
    said = [word for word, signs in table.says.items() if any(sign in text for _, text in notes for sign in signs)]
    if len(said) == 1:
        rest = len(table.key)
        facts += [replace(fact, key=f"{table.key}.{said[0]}{fact.key[rest:]}") for fact in facts]
    return Content(tuple(facts), reader.texts, tuple(reader.findings))


class _Reader:
    def __init__(self, sighting: Sighting, unit: str, year: int, words: Words) -> None:
        self.seen, self.unit, self.year, self.words = sighting, unit, year, words
        self.grid, self.key, self.layout = sighting.grid, sighting.table.key, sighting.layout
        self.facts: list[Fact] = []
        self.texts: dict[str, Said] = {}
        self.findings: list[Finding] = []
        self.filled = False
        self._read: set[Spot] = set()

    def read(self) -> None:
        """Read by the layout's shape."""
        shapes = {"subjects": self._subjects, "statement": self._statement, "row": self._row, "names": self._names}
        shapes["form"] = self._form
        shapes[self.layout.shape]()
        if not self.filled:
            return
        self.facts += list(hierarchy(self.facts, self.key, self.texts, self.layout.groups))

    def rows(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The rows below the header."""
        return self.grid.between(self.seen.heads.last + 1, self.seen.last)

    def notes(self) -> list[tuple[Spot, str]]:
        """The texts below the header that were not read as labels or figures; and one in the title."""
        title = [(self.seen.title_at, self.seen.title)]
        spots = ((row, column) for row, columns in self.rows() for column in columns)
        return [*((s, self.grid.text(*s)) for s in spots if s not in self._read), *title]

    # ---- figures

    def put(self, key: str, label: str, spot: Spot, counted: str = "") -> None:
        """Read a cell as a fact; a blank one is zero where the form leaves zeros blank."""
        self._read.add(spot)
        text, fault = self.grid.text(*spot), self.grid.faults.get(spot)
        full = f"{self.key}.{key}"
        if fault:
            self._unknown(full, label, spot, faulty_cell(self.seen.place(spot), fault))
            return
        if not text:
            if self.seen.table.blank_zero:
                self.facts.append(replace(self.zero(full, spot), label=label, label_en=label))
            return
        if is_dash(text):
            return
        measure = _number(text)
        if measure is None:
            self._unknown(full, label, spot, bad_number(self.seen, spot, text))
            return
        self.filled = True
        given = measure.unit if is_money(measure.unit) else self.seen.unit
        origin = Given(self.seen.place(spot), text)
        if counted:
            self.facts.append(Fact(full, measure.value, counted, label, self.year, origin, measure.places, label))
            return
        value, slack = measure.value, Decimal(0)
        if given != self.unit:
            value, slack = convert(value, given, self.unit), convert(half_unit(measure.places), given, self.unit)
        self.facts.append(Fact(full, value, self.unit, label, self.year, origin, measure.places, label, slack))

    def _unknown(self, key: str, label: str, spot: Spot, finding: Finding) -> None:
        """Tell a cell that cannot be read, and mark its figure as not known, so that no sum takes it for nothing."""
        self.filled = True
        self.findings.append(finding)
        self.facts.append(replace(self.zero(f"{key}.{BLANK}", spot), label=label, label_en=label, value=Decimal(1)))

    def zero(self, key: str, spot: Spot) -> Fact:
        """A figure that is known to be zero because nothing stands there."""
        label = key.rpartition(".")[2]
        return Fact(key, Decimal(0), self.unit, label, self.year, Given(self.seen.place(spot), ""), None, label)

    def _label(self, *parts: str) -> str:
        """What a figure is called: its row, and its column where there are several."""
        return "·".join(part for part in parts if part and part != WHOLE)

    # ---- one row of figures

    def _row(self) -> None:
        columns = self._known(self.seen.heads.columns, self.layout.columns)
        rows = [
            (r, cells) for r, cells in self.rows() if any(_number(self.grid.text(r, c)) for c in cells if c in columns)
        ]
        totals = [(r, cells) for r, cells in rows if any(self._is_total(r, c) for c in cells)]
        for row, _ in (totals or rows)[:1]:
            for number, column in columns.items():
                self.put(column.key, self._label(*column.key.split(".")), (row, number))

    def _is_total(self, row: int, column: int) -> bool:
        return self.words.plain(self.grid.text(row, column)) in self.words.total

    # ---- a form for one thing

    def _form(self) -> None:
        named = self._beside(self.layout.label.headers)
        if named is None:
            return
        name = segment(half_width(self.grid.text(*named)))
        for text in self.layout.texts:
            spot = self._beside([(label,) for label in text.labels])
            if spot is not None:
                self.texts[f"{self.key}.{name}.{text.key}"] = Said(
                    half_width(self.grid.text(*spot)), self.seen.place(spot)
                )
        columns = self._known(self.seen.heads.columns, self.layout.columns, quiet=True)
        for row, cells in self.rows():
            labels = {self.words.plain(self.grid.text(row, c)) for c in cells}
            key = next((r.key for r in self.layout.rows if labels & set(r.labels)), "")
            for number, column in columns.items() if key else ():
                self.put(f"{name}.{key}.{column.key}", self._label(name, key, column.key), (row, number))

    def _beside(self, labels: Iterable[Header]) -> Spot | None:
        """The cell to the right of a label, anywhere below the title."""
        wanted = {label[-1] for label in labels}
        for row, cells in self.grid.between(self.seen.title_at[0] + 1, self.seen.last):
            for at, column in enumerate(cells[:-1]):
                if self.words.plain(self.grid.text(row, column)) in wanted:
                    return row, cells[at + 1]
        return None

    # ---- things with names

    def _names(self) -> None:
        heads = [head for head in self.seen.heads.columns if not self.layout.label.fits(head[1])]
        columns = self._known(heads, self.layout.columns, quiet=True)  # the others are texts
        label = next(n for n, header in self.seen.heads.columns if self.layout.label.fits(header))
        for row, cells in self.rows():
            total = any(self._is_total(row, c) for c in cells)
            name = half_width(self.grid.text(row, label))
            if not any(_number(self.grid.text(row, c)) for c in columns) or not (name or total):
                continue
            self._read.add((row, label))
            for number, column in columns.items():
                key = "总额" if total else f"项目.{segment(name)}.{column.key}"
                self.put(key, self._label(name or "合计", column.key), (row, number))

    def _known(
        self, heads: Iterable[tuple[int, Header]], known: Sequence[Column], *, quiet: bool = False
    ) -> dict[int, Column]:
        """The columns of figures by their number; one that is not known is told."""
        found: dict[int, Column] = {}
        for number, header in heads:
            column = next((c for c in known if c.fits(header)), None)
            if column is not None:
                if column not in found.values():
                    found[number] = column
            elif not quiet and not self._is_beside(header):
                self.findings.append(unknown_column(self.seen, number, header))
        return found

    def _is_beside(self, header: Header) -> bool:
        """Tell a column that holds no figures: codes, names, remarks."""
        return header[-1] in self.words.ignored or self._is_code(header) or self._is_name(header)

    # ---- labelled rows

    def _statement(self) -> None:
        for half, label_column, heads in self._halves():
            self._half(half, label_column, self._known(heads, half.columns))

    def _halves(self) -> Iterator[tuple[Half, int, list[tuple[int, Header]]]]:
        """Each half with its column of labels and the columns up to the next one."""
        heads = self.seen.heads.columns
        labels: list[int] = []
        for half in self.layout.halves:
            labels += [n for n, header in heads if half.label.fits(header) and n not in labels][:1]
        for half, start in zip(self.layout.halves, labels, strict=True):
            end = min((n for n in labels if n > start), default=self.seen.heads.columns[-1][0] + 1)
            yield half, start, [(n, header) for n, header in heads if start < n < end]

    def _half(self, half: Half, label_column: int, columns: Mapping[int, Column]) -> None:
        met: list[str] = []
        used: set[str] = set()
        for row, _ in self.rows():
            typed = self.grid.text(row, label_column)
            label = self.words.plain(typed)
            if not label:
                continue
            key = self._row_key(half, label, met, used)
            numbered = any(_number(self.grid.text(row, c)) for c in columns)
            met.append(label)
            if key:
                used.add(key)
                self._read.add((row, label_column))
                for number, column in columns.items():
                    full = f"{key}.{column.key}" if column.key else key
                    self.put(full, self._label(label, column.key), (row, number), _counted(typed))
            elif numbered:
                self.findings.append(unknown_row(self.seen, (row, label_column), typed))

    def _row_key(self, half: Half, label: str, met: Sequence[str], used: set[str]) -> str:
        fitting = [r for r in half.rows if label in r.labels and r.key not in used and (not r.after or r.after in met)]
        if fitting:
            return max(fitting, key=lambda r: _nearness(r, met)).key
        key = f"{half.classes}.{segment(label)}"
        is_class = half.classes and not set(half.until) & set(met) and not label.startswith(self.words.notes)
        return key if is_class and key not in used else ""

    # ---- subjects

    def _subjects(self) -> None:
        groups = self._groups()
        known = {number: c for group in groups for number, c in self._known(group.heads, self.layout.columns).items()}
        for row, filled in self.rows():
            if self._foot(row, filled):
                continue
            for group in groups:
                self._subject(row, group, {n: c for n, c in known.items() if n in group.numbers})

    def _groups(self) -> list[_Columns]:
        groups: list[_Columns] = []
        bare = not any(self._is_code(h) for _, h in self.seen.heads.columns)
        unnamed = [n for n, header in self.seen.heads.columns if bare and header[-1] in ("项目", NAME)]
        for number, header in self.seen.heads.columns:
            code = self._is_code(header) or number in unnamed[:-1]
            if code and (not groups or groups[-1].name):
                groups.append(_Columns([], [], []))
            if not groups:
                continue
            if code:
                groups[-1].code.append(number)
            elif self._is_name(header) or number in unnamed[-1:]:
                groups[-1].name.append(number)
            else:
                groups[-1].heads.append((number, header))
        return groups

    def _is_code(self, header: Header) -> bool:
        return header[-1] in self.words.code or (header[-1] in self.words.code_parts and len(header) > 1)

    def _is_name(self, header: Header) -> bool:
        return header[-1] in self.words.name

    def _foot(self, row: int, filled: Sequence[int]) -> bool:
        """Read totals at the foot: a label, and the next number to its right."""
        totals = self.layout.totals
        labels = [c for c in filled if self.words.plain(self.grid.text(row, c)) in totals]
        for column in labels:
            label = self.words.plain(self.grid.text(row, column))
            end = min((c for c in labels if c > column), default=filled[-1] + 1)
            number = next((c for c in filled if column < c < end and _number(self.grid.text(row, c))), None)
            self._read.add((row, column))
            if number is not None:
                self.put(totals[label], self._label(label), (row, number))
        return bool(labels)

    def _subject(self, row: int, group: _Columns, columns: Mapping[int, Column]) -> None:
        parts = [self.grid.text(row, c) for c in group.code]
        name = next((t for c in group.name if (t := self.grid.text(row, c))), "")
        code = code_of(parts, group.last)
        if code:
            group.last = code
            self._coded(row, group, code, name, columns)
            return
        label = self.words.plain(name or "".join(parts))
        if label in self.words.total:
            self._read |= {(row, c) for c in (*group.code, *group.name)}
            for number, column in columns.items():
                self.put(f"{TOTAL_ROW}.{column.key}", self._label("合计", column.key), (row, number))
        elif label and any(_number(self.grid.text(row, c)) for c in columns):
            self.findings.append(unknown_row(self.seen, (row, min(group.numbers)), label))

    def _coded(self, row: int, group: _Columns, code: str, name: str, columns: Mapping[int, Column]) -> None:
        key = f"{SUBJECT}.{code}"
        at = (row, (group.name or group.code)[0])
        self._read |= {(row, c) for c in (*group.code, *group.name)}
        if f"{self.key}.{key}.{NAME}" in self.texts:
            self.findings.append(subject_twice(self.seen, at, code))
            return
        self.texts[f"{self.key}.{key}.{NAME}"] = Said(_name(name), self.seen.place(at))
        for number, column in columns.items():
            self.put(f"{key}.{column.key}", self._label(f"{code}{_name(name)}", column.key), (row, number))


@dataclass(slots=True)
class _Columns:
    """A group of columns: codes, names, figures; the code of the row above."""

    code: list[int]
    name: list[int]
    heads: list[tuple[int, Header]]
    last: str = ""

    @property
    def numbers(self) -> set[int]:
        return {*self.code, *self.name, *(n for n, _ in self.heads)}


def _name(text: str) -> str:
    return half_width(text).replace("(", "（").replace(")", "）")


def _number(text: str) -> Measure | None:
    """Read a number, perhaps with a unit behind it; None if it is none."""
    try:
        measure = parse_measure(text)
    except ValueError:
        return None
    known = not measure.unit or is_money(measure.unit) or measure.unit in COUNTS
    return measure if known else None


def _counted(label: str) -> str:
    """The unit of a row that counts something, empty if it is of money: ``公务用车保有量（辆）``."""
    found = _COUNTED.search(half_width(label))
    return COUNTS.get(found[1], BATCH) if found else ""


def _nearness(row: Row, met: Sequence[str]) -> int:
    """How late the label stands after which alone the row may stand."""
    return max((n for n, label in enumerate(met, 1) if label == row.after), default=0)
