"""How the form looks: fonts that every Windows and WPS has, borders, colours, and cells written with them."""

from __future__ import annotations

import datetime
import re
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from draftgen.figures.quantities import MONEY
from draftgen.figures.schema_fields import Shape
from draftgen.figures.workbook.numbers import GENERAL, serial, text_of

TEXT_FORMAT = "@"
MONEY_FORMAT = "#,##0.00"
_AUTHOR = "填写说明"
_LINE = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_PERCENT = re.compile(rf"({_PLAIN.pattern})%")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_DIGITS = 15
_ROW_HEIGHT = 21.0
_MOST_TEXT = 32_767  # characters that a cell holds
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Look:
    """The looks of one kind of cell."""

    font: Font
    fill: str = ""
    border: bool = True
    across: str = "left"
    wrap: bool = True


def _font(
    size: float = 11, color: str = "000000", name: str = "宋体", *, bold: bool = False, italic: bool = False
) -> Font:
    return Font(name=name, size=size, bold=bold, italic=italic, color=color)


LOOKS = {
    "title": Look(_font(16, name="黑体"), border=False, wrap=False),
    "remark": Look(_font(10, "595959"), border=False, wrap=False),
    "text": Look(_font(11), border=False),
    "header": Look(_font(11, name="黑体"), "D9E2F3", across="center"),
    "label": Look(_font(11), "F7F9FC"),
    "must": Look(_font(11, "C00000", bold=True), "F7F9FC"),
    "unit": Look(_font(10, "595959"), "F7F9FC", across="center"),
    "note": Look(_font(10, "595959"), border=False, wrap=False),
    "input": Look(_font(11)),
    "number": Look(_font(11), across="right"),
    "input must": Look(_font(11), "FFF2CC"),
    "number must": Look(_font(11), "FFF2CC", across="right"),
    "sum": Look(_font(10, "7F7F7F", italic=True), "EDEDED", across="right"),
    "sum label": Look(_font(10, "7F7F7F", italic=True), "EDEDED", wrap=False),
    "link": Look(_font(11, "0563C1")),
}


class Page:
    """A sheet of the form while it is written."""

    def __init__(self, book: Workbook, name: str, styles: dict[tuple[str, str], Any]) -> None:
        self.sheet: Worksheet = book.create_sheet(name)
        self.name = name
        self._styles = styles
        self.sheet.sheet_view.showGridLines = False
        self.sheet.sheet_format.defaultRowHeight, self.sheet.sheet_format.customHeight = _ROW_HEIGHT, True

    def put(self, row: int, column: int, value: object, look: str, number_format: str = GENERAL) -> Any:
        """Write a cell; a text that begins with ``=`` stays a text."""
        cell: Any = self.sheet.cell(row, column)
        if value is not None:
            cell.value = writable(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
        self._style(cell, look, number_format)
        return cell

    def formula(self, row: int, column: int, formula: str, look: str, number_format: str = GENERAL) -> None:
        """Write a formula."""
        cell: Any = self.sheet.cell(row, column)
        cell.value = formula
        self._style(cell, look, number_format)

    def remark_on_money(self, unit_cell: str, note: str) -> None:
        """Write below the title in which unit amounts are filled in, and what else is to be said."""
        quoted = f"；{note}".replace('"', '""') if note else ""
        self.formula(2, 1, f'="金额单位："&IF({unit_cell}="","见“基本信息”",{unit_cell})&"{quoted}"', "remark")

    def given(self, row: int, column: int, text: str | None, look: str, number_format: str) -> None:
        """Write a value so that it is read back as the same text: as a number or a date where it can be."""
        value, own = as_cell(text, number_format)
        if isinstance(value, str) and own == GENERAL:
            own = number_format
        self.put(row, column, value, look, own)

    def note(self, row: int, column: int, text: str) -> None:
        """Attach a note to a cell."""
        comment = Comment(text, _AUTHOR)
        lines = sum(ceil(max(width_of(line), 1) / 34) for line in text.split("\n"))
        comment.width, comment.height = 260, 24 + 18 * lines
        self.sheet.cell(row, column).comment = comment

    def merge(self, row: int, first: int, last: int) -> None:
        """Merge cells of a row; each keeps the looks that it was given."""
        self.sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")

    def widths(self, widths: dict[int, float]) -> None:
        """Set the widths of columns."""
        for column, width in widths.items():
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def fold(self, first: int, last: int, *, shut: bool) -> None:
        """Put columns into a group that a person opens with a click."""
        for column in range(first, last + 1):
            dimension = self.sheet.column_dimensions[get_column_letter(column)]
            dimension.outlineLevel = 1
            dimension.hidden = shut
        self.sheet.column_dimensions[get_column_letter(last + 1)].collapsed = shut

    def tall(self, row: int, text: str, width: float) -> None:
        """Make a row high enough for a text that is broken into lines."""
        lines = sum(ceil(max(width_of(line), 1) / max(width - 2, 1)) for line in text.split("\n"))
        if lines > 1:
            height = min(15.0 * lines + 6, 405)
            self.sheet.row_dimensions[row].height = max(height, self.sheet.row_dimensions[row].height or 0)

    def print_on(self, header_row: int | None, *, landscape: bool) -> None:
        """Set the page up for A4, as wide as the sheet, with headers on every page."""
        setup = self.sheet.page_setup
        setup.paperSize, setup.orientation = 9, "landscape" if landscape else "portrait"
        setup.fitToWidth, setup.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins = self.sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom = 0.7, 0.7
        footer: Any = self.sheet.oddFooter
        footer.center.text = "&A　第&P页，共&N页"
        if header_row is not None:
            self.sheet.print_title_rows = f"{header_row}:{header_row}"

    def _style(self, cell: Any, look: str, number_format: str) -> None:
        key = (look, number_format)
        if key not in self._styles:
            self._styles[key] = _made(self.sheet, LOOKS[look], number_format)
        cell._style = copy(self._styles[key])


def _made(sheet: Worksheet, look: Look, number_format: str) -> Any:
    """Make the style of a look once; cells get copies of it, which is many times faster than making it anew."""
    cell: Any = WriteOnlyCell(sheet)
    cell.font = look.font
    cell.alignment = Alignment(horizontal=look.across, vertical="center", wrap_text=look.wrap)
    cell.protection = Protection(locked=False)
    cell.number_format = number_format
    if look.border:
        cell.border = _BOX
    if look.fill:
        cell.fill = PatternFill("solid", start_color=look.fill)
    return cell._style


def input_format(shape: Shape, unit: str) -> str:
    """Return the number format of a cell to fill in: dates and texts stay what is typed."""
    if shape.kind == "number":
        return MONEY_FORMAT if unit == MONEY else GENERAL
    return TEXT_FORMAT if shape.kind in ("text", "date", "list") else GENERAL


def as_cell(text: str | None, number_format: str) -> tuple[object, str]:
    """Return what to write for a text, and its number format: a number or a date if that is read back as the same text.

    >>> as_cell("1234.10", MONEY_FORMAT), as_cell("98.1%", GENERAL), as_cell("5万元", GENERAL)
    ((Decimal('1234.10'), '#,##0.00'), (Decimal('0.981'), '0.0%'), ('5万元', 'General'))
    """
    if text is None or number_format == TEXT_FORMAT:
        return (_day(text) if text and _ISO.fullmatch(text) else None) or (text, number_format)
    value: Decimal | None = None
    made = GENERAL
    if _PLAIN.fullmatch(text):
        value, places = Decimal(text), len(text.partition(".")[2])
        whole = "#,##0" if number_format == MONEY_FORMAT else "0"
        general = number_format == GENERAL and not (places and text.endswith("0"))
        made = GENERAL if general else f"{whole}.{'0' * places}" if places else whole
    elif found := _PERCENT.fullmatch(text):
        value, places = Decimal(found[1]).scaleb(-2), len(found[1].partition(".")[2])
        made = f"0.{'0' * places}%" if places else "0%"
    if value is not None and len(value.as_tuple().digits) <= _MOST_DIGITS and text_of(f"{value}", made) == text:
        return value, made
    return text, GENERAL


def _day(text: str) -> tuple[object, str] | None:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return (serial(day), "yyyy-mm-dd") if day.year > 1900 else None


def writable(text: str) -> str:
    """Return a text as a workbook keeps it: what XML has no character for is escaped.

    Raises:
        ValueError: the text is longer than a cell can hold.
    """
    if len(text) > _MOST_TEXT:
        raise ValueError(f"{text[:20]}… ({len(text)})")
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def width_of(text: str) -> int:
    """Return how wide a text is, in half-width characters."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
