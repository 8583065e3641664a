"""Workbooks for tests: made of rows as a person's own tool would write them, or out of raw XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

Rows = Sequence[Sequence[Any]]
FRONT: Rows = (
    ("填写项目", "填写内容"),
    ("报告", "部门整体支出绩效评价报告"),
    ("年度", 2020),
    ("金额单位", "万元"),
    ("单位.全称", "某某区委员会办公室"),
)
HEAD = ("填写项目", "计量单位", "本年", "上年", "原因")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(sheets: Mapping[str, Rows], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of these sheets, with the front sheet before them unless it is given."""
    made = Workbook()
    made.remove(made.worksheets[0])
    front = {} if "基本信息" in sheets else {"基本信息": FRONT}
    for name, rows in {**front, **sheets}.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """A workbook after somebody worked on it."""
    found = load_workbook(io.BytesIO(data))
    change(found)
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def raw(cells: str, *, name: str = "基本信息", styles: str = "", prolog: str = "", extra: str = "") -> bytes:
    """A workbook whose one sheet has these rows, in XML; ``styles`` are number formats by commas, from style 1."""
    codes = [code for code in styles.split("|") if code]
    sheet = f"<sheetData>{cells}</sheetData>{extra}"
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    xfs = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_OFFICE}/styles" '
        'Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{xfs}</cellXfs>'
        "</styleSheet>",
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<worksheet xmlns="{MAIN}">'
        f"{sheet}</worksheet>",
    }
    return packed({part: text.encode() for part, text in parts.items()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def labelled(rows: Mapping[str, str]) -> str:
    """Rows of a label and a cell given in XML."""
    said = {"填写项目": _inline("B", "填写内容"), **rows}
    return "".join(
        f'<row r="{n}">{_inline("A", label).format(n=n)}{cell.format(n=n)}</row>'
        for n, (label, cell) in enumerate(said.items(), 1)
    )


def _inline(column: str, text: str) -> str:
    return f'<c r="{column}{{n}}" t="inlineStr"><is><t>{text}</t></is></c>'


def saved(folder: Path, data: bytes, name: str = "data.xlsx") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(data)
    return path
