"""The workbook inside a chart: what Word opens for 编辑数据. Written as text: quick, and the same each time.

The first sheet holds the points; the second one, of the same shape, the key of each point's figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from draftgen.draft import Chart
from draftgen.word.markup import escape
from draftgen.word.package import zip_parts

DATA = "数据"
SOURCES = "数据来源"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIXED = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_PARTS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_PARTS}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_PARTS}.worksheet+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_PARTS}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    f'<sheet name="{DATA}" sheetId="1" r:id="rId1"/><sheet name="{SOURCES}" sheetId="2" r:id="rId2"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
}


def number_format(text: str) -> str:
    """Return the format that shows a number with the decimals of its text.

    >>> number_format("1709.63"), number_format("34")
    ('0.00', '0')
    """
    places = len(text.partition(".")[2])
    return f"0.{'0' * places}" if places else "0"


def cell_range(column: int, rows: int) -> str:
    """Return the cells below the head of a column (counted from 0) as a formula names them.

    >>> cell_range(1, 3)
    "'数据'!$B$2:$B$4"
    """
    letter = chr(ord("A") + column)
    return f"'{DATA}'!${letter}$2:${letter}${rows + 1}"


def head_cell(column: int) -> str:
    """Return the head of a column (counted from 0) as a formula names it."""
    return f"'{DATA}'!${chr(ord('A') + column)}$1"


def workbook(chart: Chart) -> bytes:
    """Return the workbook of a chart as .xlsx."""
    formats = sorted({number_format(p.text) for s in chart.series for p in s.points})
    names = ["", *(series.name or chart.head for series in chart.series)]
    lines = list(zip(chart.categories, zip(*(s.points for s in chart.series), strict=True), strict=True))
    numbers = [
        [_text(name), *(_number(p.text, 1 + formats.index(number_format(p.text))) for p in points)]
        for name, points in lines
    ]
    keys = [[_text(name), *(_text(p.key) for p in points)] for name, points in lines]
    head = [_text(name) for name in names]
    parts = {
        **_FIXED,
        "xl/styles.xml": _styles(formats),
        "xl/worksheets/sheet1.xml": _sheet([head, *numbers]),
        "xl/worksheets/sheet2.xml": _sheet([head, *keys]),
    }
    return zip_parts({name: (_HEAD + text).encode() for name, text in parts.items()}, deflated=False)


def _text(words: str) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is>'


def _number(text: str, style: int) -> str:
    return f' s="{style}"><v>{text}</v>'


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    lines = "".join(f'<row r="{number}">{"".join(_cells(row, number))}</row>' for number, row in enumerate(rows, 1))
    return (
        f'<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="28" customWidth="1"/></cols>'
        f"<sheetData>{lines}</sheetData></worksheet>"
    )


def _cells(row: Sequence[str], number: int) -> Iterator[str]:
    for column, cell in enumerate(row):
        yield f'<c r="{chr(ord("A") + column)}{number}"{cell}</c>'


def _styles(formats: Sequence[str]) -> str:
    first = 164  # the numbers below are those of built-in formats
    named = "".join(f'<numFmt numFmtId="{first + n}" formatCode="{f}"/>' for n, f in enumerate(formats))
    used = "".join(
        f'<xf numFmtId="{first + n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for n in range(len(formats))
    )
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(formats)}">{named}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1">{plain}/></cellStyleXfs>'
        f'<cellXfs count="{len(formats) + 1}">{plain} xfId="0"/>{used}</cellXfs></styleSheet>'
    )
