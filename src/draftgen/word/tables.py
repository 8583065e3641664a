"""A table with its caption and unit line above and its notes below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from draftgen.draft import Cell, Column, Row, Table, header_rows
from draftgen.word import styles
from draftgen.word.grid import Area, Grid, column_widths, grid
from draftgen.word.layout import RowPlan, plan_rows, row_heights
from draftgen.word.markup import paragraph, run
from draftgen.word.paragraphs import Marks, runs
from draftgen.word.template import Page

_FIGURE = re.compile(r"[-+−]?[\d,，]*\.?\d+\s?[%％‰]?")
_TOTAL_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rows of one table share."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]  # twips
    marks: Marks


def table(block: Table, page: Page, marks: Marks, *, section: str = "", closing: bool = False) -> str:
    """Return the table with what stands above and below it.

    ``section`` is the page set-up of the section that ends here; ``closing`` says that nothing follows in it, so that
    the paragraph that Word needs after a table must not make a new page.
    """
    setting = Setting(block.columns, column_widths(block.columns, page.width), marks)
    lead = _lead(block, marks)
    header = _header(setting)
    cells = grid(block.rows, len(block.columns))
    plans = plan_rows(cells, row_heights(cells, setting.widths), page.height - _header_height(setting))
    if block.notes and plans and not any(area.rows > 1 for area in cells[-1]):
        plans[-1] = replace(plans[-1], keep_next=plans[-1].whole)  # the notes stay with the table
    body = "".join(_rows(block.rows, cells, plans, setting))
    below = _below(block, marks, section, closing)
    if not header and not body:  # Word refuses a table without rows
        return lead + below
    return f"{lead}<w:tbl>{_properties(setting, bool(header))}{header}{body}</w:tbl>{below}"


def _lead(block: Table, marks: Marks) -> str:
    """Return caption and unit line."""
    out = []
    if block.caption:
        caption = marks.anchors.wrap_opening(runs(block.caption, marks))
        out.append(paragraph(caption, styles.CAPTION, new_page=block.new_page))
    if block.above:  # one paragraph: LibreOffice keeps only the last one above a table on the table's page
        out.append(paragraph(marks.anchors.wrap_opening(run("\n".join(block.above))), styles.TABLE_UNIT))
    return "".join(out)


def _below(block: Table, marks: Marks, section: str, closing: bool) -> str:
    """Return the notes, or the paragraph that Word needs between a table and what follows."""
    if not block.notes:
        return paragraph(
            marks.anchors.wrap_opening(""), styles.SECTION_END if closing else styles.TABLE_END, section=section
        )
    last = len(block.notes) - 1
    return "".join(
        paragraph(
            marks.anchors.wrap_opening(runs(note, marks)),
            styles.TABLE_NOTE,
            keep_next=i < last,
            section=section if i == last else "",
        )
        for i, note in enumerate(block.notes)
    )


def _properties(setting: Setting, has_header: bool) -> str:
    """Return table properties and grid."""
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in setting.widths)
    first, value = (1, "0620") if has_header else (0, "0600")
    return (
        f'<w:tblPr><w:tblStyle w:val="{styles.TABLE}"/><w:tblW w:w="{sum(setting.widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{value}" w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _header(setting: Setting) -> str:
    """Return the header rows, which Word repeats on every page; nothing if no column has a header."""
    out = []
    for index, areas in enumerate(_header_grid(setting.columns)):
        cells = "".join(_header_area(area, index, setting) for area in areas)
        out.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>")
    return "".join(out)


def _header_grid(columns: Sequence[Column]) -> Grid:
    rows = header_rows(columns)
    return grid(rows, len(columns)) if rows else ()


def _header_area(area: Area, index: int, setting: Setting) -> str:
    width = sum(setting.widths[area.column : area.column + area.columns])
    extra = f'<w:gridSpan w:val="{area.columns}"/>' if area.columns > 1 else ""
    continued = area.row != index
    if area.rows > 1:
        extra += "<w:vMerge/>" if continued else '<w:vMerge w:val="restart"/>'
    text = "" if continued else setting.marks.anchors.wrap_opening(run(area.cell.text))
    return _cell_text(width, paragraph(text, styles.TABLE_HEADER), extra)


def _header_height(setting: Setting) -> int:
    return sum(row_heights(_header_grid(setting.columns), setting.widths))


def _rows(rows: Sequence[Row], cells: Grid, plans: Sequence[RowPlan], setting: Setting) -> list[str]:
    out = []
    for index, (row, areas, plan) in enumerate(zip(rows, cells, plans, strict=True)):
        inside = "".join(_area(area, index, row, plan, setting) for area in areas)
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if plan.whole else ""
        out.append(f"<w:tr>{whole}{inside}</w:tr>")
    return out


def _area(area: Area, index: int, row: Row, plan: RowPlan, setting: Setting) -> str:
    """Return the part of an area that lies in one row."""
    width = sum(setting.widths[area.column : area.column + area.columns])
    continued = area.row != index
    extra = f'<w:gridSpan w:val="{area.columns}"/>' if area.columns > 1 else ""
    if area.rows > 1:
        extra += "<w:vMerge/>" if continued and not plan.cut else '<w:vMerge w:val="restart"/>'
    if row.total:
        extra += _TOTAL_SHADE
    if continued and not plan.cut:
        return _cell_text(width, paragraph("", styles.TABLE_TEXT, keep_next=plan.keep_next), extra)
    style = styles.TABLE_REPEAT if continued else styles.TABLE_TOTAL if row.total else styles.TABLE_TEXT
    align = _align(area, setting.columns[area.column])
    marks = setting.marks.bare() if continued else setting.marks
    return _cell_text(width, _paragraphs(area.cell, style, align, plan.keep_next, marks), extra)


def _cell_text(width: int, paragraphs: str, extra: str = "") -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{extra}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def _paragraphs(cell: Cell, style: str, align: str, keep_next: bool, marks: Marks) -> str:
    """Return a cell's paragraphs; Word refuses a cell without one."""
    out = []
    for name, inlines in list(cell.named()) or [("", ())]:
        words = runs(inlines, marks)
        words = marks.carriers.sentence(words) if name else words
        out.append(paragraph(marks.anchors.wrap_opening(words), style, keep_next=keep_next, align=align))
    return "".join(out)


def _align(area: Area, column: Column) -> str:
    """Return the alignment to write, empty for the style's own. A bare figure stands right if nobody says otherwise."""
    align = area.cell.align or column.align
    if area.cell.align is None and align == "both" and _FIGURE.fullmatch(area.cell.text.strip()):
        return "right"
    return "" if align == "both" else align
