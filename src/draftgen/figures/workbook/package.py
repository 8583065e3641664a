"""A workbook of any origin, opened for reading: its sheets as cells that say something.

Only the values are taken from the file; macros, links, formulas and queries in it are never looked at. The XML is read
as a stream with limits on what it may unpack to, without DTDs, so no file can blow up. An own reader rather than a
library's: `docs/decisions/0010-workbooks-are-read-from-their-xml.md`.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from lxml import etree

from draftgen.figures.workbook.numbers import BUILTIN, GENERAL, text_of

MAX_UNPACKED = 64 * 1024 * 1024
MAX_CELLS = 1_000_000
MAX_RATIO = 400  # a sheet packs 10 to 60 to one, deflate's utmost is 1030 to one
_SMALL = 4 * 1024 * 1024  # below it a ratio is no sign of anything
_MANY = 10_000
_MOST_OF_A_TREE = 16 * 1024 * 1024  # of a part that is not read as a stream: styles, relationships
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSEEN = ("\u200b", "\u2060", "\ufeff")  # come along when text is copied from a web page or a chat
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
NO_VALUE = "="  # the fault of a formula whose result is not in the file


class Unreadable(Exception):  # noqa: N818 - says why, for a finding
    """The file is no workbook that can be read: ``damaged``, ``foreign`` (another kind of file) or ``bomb``."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why, self.detail = why, detail


class Cell(NamedTuple):
    """A cell that says something. ``fault`` is an error value such as ``#REF!``, or `NO_VALUE`."""

    row: int
    column: int
    text: str
    fault: str = ""
    formula: bool = False

    @property
    def name(self) -> str:
        """The cell as a formula names it: ``C7``."""
        return cell_name(self.row, self.column)


class Merge(NamedTuple):
    """A range of merged cells."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows with the cells that say something, from the top down and from left to right."""

    name: str
    number: int
    hidden: bool
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()


def cell_name(row: int, column: int) -> str:
    """Name a cell; both numbers count from 1.

    >>> cell_name(7, 3), cell_name(1, 28)
    ('C7', 'AB1')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read_sheets(data: bytes) -> tuple[Sheet, ...]:
    """Read all sheets of a workbook, hidden ones too; charts are left out.

    Raises:
        Unreadable: the bytes are no workbook, are damaged, or would unpack to more than can be meant.
    """
    try:
        return tuple(_Package(data).sheets())
    except (zipfile.BadZipFile, etree.LxmlError, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise Unreadable("damaged", str(error)) from error
    except (ValueError, IndexError, OSError) as error:  # numbers that are none, references to nothing
        raise Unreadable("damaged", f"{type(error).__name__}: {error}") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise Unreadable("damaged", str(error)) from error
        raise


@dataclass(slots=True)
class _Limited:
    """A part of the package as a stream that counts what it gives out."""

    stream: Any
    spent: list[int]

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.stream.read(size if size >= 0 else MAX_UNPACKED + 1)
        self.spent[0] += len(data)
        if self.spent[0] > MAX_UNPACKED:
            raise Unreadable("bomb", f"{MAX_UNPACKED // 1024 // 1024} MiB")
        return data


@dataclass(slots=True)
class _Looks:
    """What the cells refer to: shared texts, number formats, the first day of the calendar."""

    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    since_1904: bool = False


class _Package:
    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._names = {name.lstrip("/").lower(): name for name in self._zip.namelist()}
        self._spent = [0]
        self._cells = 0
        self._refuse_bombs()

    def _refuse_bombs(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > _MANY:
            raise Unreadable("bomb", f"{len(entries)} parts")
        for entry in entries:
            if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
                raise Unreadable("bomb", entry.filename)

    def sheets(self) -> Iterator[Sheet]:
        book = next(iter(self._related("", "officeDocument").values()), "xl/workbook.xml")
        if book.lower() not in self._names:
            raise Unreadable("foreign")
        root = self._tree(book)
        if etree.QName(root).localname != "workbook":
            raise Unreadable("foreign")
        parts = self._related(book, "worksheet")
        properties = root.find("{*}workbookPr")
        looks = _Looks(since_1904=properties is not None and properties.get("date1904") in ("1", "true"))
        for shared in self._related(book, "sharedStrings").values():
            looks.texts += self._shared(shared)
        for styles in self._related(book, "styles").values():
            looks.formats += self._formats(styles)
        for number, sheet in enumerate(root.iterfind("{*}sheets/{*}sheet"), 1):
            key = next((value for name, value in sheet.items() if str(name).endswith("}id")), "")
            if str(key) in parts:
                rows, merges = self._rows(parts[str(key)], looks)
                hidden = sheet.get("state", "visible") != "visible"
                yield Sheet(str(sheet.get("name", "")), number, hidden, tuple(rows), tuple(merges))

    def _open(self, part: str) -> _Limited:
        return _Limited(self._zip.open(self._names[part.lower()]), self._spent)

    def _walk(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements of these tags as soon as they are complete, and let go of them behind."""
        tagged = [f"{{*}}{tag}" for tag in tags]
        events: Any = etree.iterparse(
            self._open(part),
            events=("end",),
            tag=tagged,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        first = True
        for _, element in events:
            if first and element.getroottree().docinfo.internalDTD is not None:
                raise Unreadable("damaged", "DTD")
            first = False
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]

    def _tree(self, part: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
        data = self._open(part).read(_MOST_OF_A_TREE + 1)
        if len(data) > _MOST_OF_A_TREE:
            raise Unreadable("bomb", part)
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unreadable("damaged", "DTD")
        return root

    def _related(self, part: str, kind: str) -> Mapping[str, str]:
        """Return the parts that a part (empty: the package) has a relationship of this kind to, by its id."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations.lower() not in self._names:
            return {}
        found = {}
        for relation in self._tree(relations).iter("{*}Relationship"):
            if str(relation.get("Type")).endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target"))))
                found[str(relation.get("Id"))] = target.lstrip("/")
        return found

    def _shared(self, part: str) -> Iterator[str]:
        for entry in self._walk(part, "si"):
            yield _rich(entry)

    def _formats(self, part: str) -> list[str]:
        root = self._tree(part)
        own = {
            int(entry.get("numFmtId", 0)): str(entry.get("formatCode"))
            for entry in root.iterfind("{*}numFmts/{*}numFmt")
        }
        numbers = [int(entry.get("numFmtId", 0)) for entry in root.iterfind("{*}cellXfs/{*}xf")]
        return [own.get(number) or BUILTIN.get(number, GENERAL) for number in numbers]

    def _rows(self, part: str, looks: _Looks) -> tuple[list[tuple[Cell, ...]], list[Merge]]:
        rows: list[tuple[Cell, ...]] = []
        merges: list[Merge] = []
        row = 0
        for element in self._walk(part, "row", "mergeCell"):
            if etree.QName(element).localname == "mergeCell":
                merges += _merge(str(element.get("ref", "")))
                continue
            row = int(element.get("r", row + 1))
            cells = tuple(_cells(element, row, looks))
            self._cells += len(cells)
            if self._cells > MAX_CELLS:
                raise Unreadable("bomb", f"{MAX_CELLS} cells")
            if cells:
                rows.append(cells)
        return rows, merges


def _merge(reference: str) -> Iterator[Merge]:
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) == 2 and corners[0] and corners[1]:
        (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
        yield Merge(int(top), _column(left), int(bottom), _column(right))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    """The number of a column, 0 for what names none."""
    return _column(letters) if letters.isascii() and letters.isalpha() and letters.isupper() else 0


def _cells(row: etree._Element, number: int, looks: _Looks) -> Iterator[Cell]:
    space = str(row.tag)[: -len("row")]  # workbooks come in two namespaces
    value_tag, formula_tag, inline_tag = f"{space}v", f"{space}f", f"{space}is"
    column = 0
    for element in row:
        column = _column_of((element.get("r") or "").rstrip("0123456789")) or column + 1
        value = inline = None
        formula = False
        for child in element:
            if child.tag == value_tag:
                value = child.text
            elif child.tag == formula_tag:
                formula = True
            elif child.tag == inline_tag:
                inline = child
        text, fault = _said(element, value, formula, inline, looks)
        if fault or (text and not text.isspace()):
            yield Cell(number, column, text, fault, formula)


def _said(
    element: etree._Element, value: str | None, formula: bool, inline: etree._Element | None, looks: _Looks
) -> tuple[str, str]:
    """Return what a cell says, and what is wrong with it."""
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return ("" if inline is None else _rich(inline)), ""
    if value is None or value == "":
        return "", NO_VALUE if formula and kind != "str" else ""
    if kind == "e":
        return "", value
    if kind == "s":
        return looks.texts[int(value)], ""
    if kind == "b":
        return ("是" if value.strip() in ("1", "true") else "否"), ""
    if kind == "str":
        return _clean(value), ""
    if kind == "d":
        return value.partition("T")[0], ""
    style = int(element.get("s", 0))
    return text_of(value, looks.formats[style] if style < len(looks.formats) else GENERAL, looks.since_1904), ""


def _rich(entry: etree._Element) -> str:
    """Return a text without its looks, and without the reading aids of Japanese workbooks."""
    space = str(entry.tag).rpartition("}")[0]
    text, run = (f"{space}}}t", f"{space}}}r") if space else ("t", "r")
    said = ""
    for part in entry:
        if part.tag == text:
            said += part.text or ""
        elif part.tag == run:
            said += "".join(child.text or "" for child in part if child.tag == text)
    return _clean(said)


def _clean(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    for mark in _UNSEEN:
        text = text.replace(mark, "")
    return text
