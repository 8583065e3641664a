"""The layouts of published tables as declared in ``templates/common/published/tables/``: titles, headers, labels.

A table has one key and may be laid out in several ways; its figures go by the same keys in all of them. Five shapes:

    subjects   a row for each subject (code and name), columns for its figures; groups of them may stand side by side
    statement  labelled rows, in one or several halves side by side
    row        one row of figures under a header of two or more rows
    names      a row for each thing that has a name, such as a project, and a column for its money
    form       a form for one thing: its name beside a label, and a block of labelled rows and columns of money
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from draftgen.errors import TemplateError
from draftgen.figures.published.words import Words
from draftgen.findings import Localised, Place

SHAPES = ("subjects", "statement", "row", "names", "form")
FINAL, BUDGET = "final-accounts", "budget"
KINDS = (FINAL, BUDGET)
ANYWHERE = "…"  # a header that may stand under any other

Header = tuple[str, ...]  # the header of a column from the top down


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: its key, and the headers by which it is known."""

    key: str
    headers: tuple[Header, ...]

    def fits(self, header: Header) -> bool:
        """Tell whether this is the column's header."""
        return any(_fits(known, header) for known in self.headers)


def _fits(known: Header, header: Header) -> bool:
    if known[0] == ANYWHERE:
        return header[-len(known) + 1 :] == known[1:]
    return header == known


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled row: its key, its labels, and the label after which alone it may stand."""

    key: str
    labels: tuple[str, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Half:
    """Labelled rows under one column of labels. ``classes`` is the key of rows named freely, up to one of `until`."""

    label: Column
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    classes: str = ""
    until: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to lay a table out."""

    shape: str
    columns: tuple[Column, ...] = ()
    needs: tuple[str, ...] = ()
    halves: tuple[Half, ...] = ()
    totals: Mapping[str, str] = field(default_factory=dict)  # of subjects: label of a row at the foot -> key
    groups: Mapping[str, str] = field(default_factory=dict)  # of subjects: class -> group that its rows go by, by name
    label: Column = Column("", ())  # of names: the column that they stand in; of a form: the label of its name
    rows: tuple[Row, ...] = ()  # of a form
    texts: tuple[Row, ...] = ()  # of a form: texts beside their labels

    @property
    def words(self) -> frozenset[str]:
        """Every word of its headers."""
        label = self.label if self.shape == "names" else Column("", ())
        columns = [label, *self.columns, *(c for half in self.halves for c in (half.label, *half.columns))]
        return frozenset(part for c in columns for header in c.headers for part in header) - {ANYWHERE}


@dataclass(frozen=True, slots=True)
class Table:
    """A published table: its key, names, titles and layouts.

    ``zeros`` are the keys that are known to be zero where the table says that there is nothing to show. ``blank_zero``
    tells that the form leaves zeros blank. ``says`` are words of its notes: its figures also go by what is said there.
    """

    key: str
    name: Localised
    kind: str
    titles: tuple[str, ...]
    layouts: tuple[Layout, ...]
    zeros: tuple[str, ...] = ()
    blank_zero: bool = False
    repeats: bool = False  # whether a set may hold several, one for each project
    says: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_table(entry: Mapping[str, Any], words: Words, place: Place) -> Table:
    """Read the declaration of one table.

    Raises:
        TemplateError: something is missing or of the wrong shape.
    """
    try:
        kind = str(entry["kind"])
        if kind not in KINDS:
            raise ValueError(kind)
        return Table(
            key=str(entry["table"]),
            name=Localised(str(entry["en"]), str(entry["zh"])),
            kind=kind,
            titles=tuple(words.plain(str(title)) for title in entry["titles"]),
            layouts=tuple(_layout(each, words) for each in entry["layouts"]),
            zeros=tuple(map(str, entry.get("zeros", ()))),
            blank_zero=entry.get("blank") == "zero",
            repeats=entry.get("repeats") == "yes",
            says={str(word): tuple(map(str, signs)) for word, signs in entry.get("says", {}).items()},
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        values = {"why": f"{type(error).__name__}: {error}"}
        message = Localised("The table is not declared well: {why}.", "表格的定义有误：{why}。", values)
        raise TemplateError.because("bad-table", message, places=[place]) from error


def _layout(entry: Mapping[str, Any], words: Words) -> Layout:
    shape = str(entry["shape"])
    if shape not in SHAPES:
        raise ValueError(shape)
    columns = _columns(entry.get("columns", {}), words)
    needs = tuple(map(str, entry.get("needs", ())))
    if unknown := set(needs) - {column.key for column in columns}:
        raise ValueError(f"needs {', '.join(sorted(unknown))}")
    totals = {words.plain(str(label)): str(key) for label, key in entry.get("totals", {}).items()}
    halves = tuple(_half(half, words) for half in entry.get("halves", ()))
    groups = {str(code): str(group) for group, codes in entry.get("groups", {}).items() for code in codes}
    label = _column("", entry.get("label", ()), words)
    rows, texts = (
        tuple(row for key, given in entry.get(block, {}).items() for row in _rows(str(key), given, words))
        for block in ("rows", "texts")
    )
    return Layout(shape, columns, needs, halves, totals, groups, label, rows, texts)


def _columns(entries: Mapping[str, Any], words: Words) -> tuple[Column, ...]:
    return tuple(_column(str(key), headers, words) for key, headers in entries.items())


def _column(key: str, headers: Sequence[str] | str, words: Words) -> Column:
    listed = [headers] if isinstance(headers, str) else headers
    return Column(key, tuple(tuple(map(words.plain, header.split("/"))) for header in listed))


def _half(entry: Mapping[str, Any], words: Words) -> Half:
    rows = tuple(row for key, given in entry["rows"].items() for row in _rows(str(key), given, words))
    return Half(
        label=_column("", entry["label"], words),
        columns=_columns(entry["columns"], words),
        rows=rows,
        classes=str(entry.get("classes", "")),
        until=tuple(words.plain(text) for text in _listed(entry.get("until", ()))),
    )


def _listed(given: Any) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(map(str, given))


def _rows(key: str, given: Any, words: Words) -> tuple[Row, ...]:
    if isinstance(given, str):
        given = [given]
    if isinstance(given, dict):
        return (Row(key, tuple(map(words.plain, given["labels"])), words.plain(str(given.get("after", "")))),)
    return (Row(key, tuple(map(words.plain, given))),)
