"""The workbook to fill in, generated from the model's declaration; with data, the data file as a workbook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree
from openpyxl.workbook import Workbook

from draftgen.figures.schema_fields import FieldSpec, spec_at
from draftgen.figures.source_tree import Node
from draftgen.figures.workbook.form_groups import write_group
from draftgen.figures.workbook.form_guide import write_guide
from draftgen.figures.workbook.form_sums import Sums, write_sums
from draftgen.figures.workbook.form_tables import write_table
from draftgen.figures.workbook.layout import GUIDE, DataSheet, GroupSheet, sheets
from draftgen.figures.workbook.looks import Page

Names = Mapping[str, Mapping[str, str]]
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FONT_PARTS = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class Form:
    """What the form is to hold. ``required`` are canonical paths that the report cannot do without."""

    title: str
    required: frozenset[str] = frozenset()
    data: Mapping[str, Node] = field(default_factory=dict)
    names: Names = field(default_factory=dict)

    def needs(self, path: str, spec: FieldSpec) -> bool:
        """Tell whether a field must be filled in."""
        return path in self.required or (spec.required and spec.shape.topic is None)


def blank_workbook(
    title: str,
    required: Collection[str] = (),
    topics: Sequence[str] | None = None,
    *,
    data: Mapping[str, Node] | None = None,
    sums: Sequence[str] = (),
    names: Names | None = None,
) -> bytes:
    """Return the workbook to fill in, the same bytes for the same arguments.

    Args:
        title: the name of the report.
        required: canonical Chinese paths that the report cannot do without, besides those of the model.
        topics: keys of the top level to show; all by default. Those that `data` holds are shown besides.
        data: the canonical tree of a data file, to be filled in.
        names: names that named entries may bear, each with what it stands for, by the path of the entries. Tables
            show a row for each, elsewhere they are offered in a list.
        sums: formulas of relations; those of the form ``收入.合计 = 合计(收入.*)`` are shown as sums to compare with.

    Raises:
        ValueError: a topic or a required path does not exist; a text is too long for a cell.
    """
    unknown = sorted(path for path in required if spec_at(path.split(".")) is None)
    if unknown:
        raise ValueError(f"no such key: {', '.join(unknown)}")
    given = dict(data or {})
    if not given and title.strip():
        given = {"报告": " ".join(title.split())}
    shown = None if topics is None else [*topics, *(path.split(".")[0] for path in required), *given]
    form = Form(title, frozenset(required), given, names or {})
    book = Workbook()
    book.remove(book.worksheets[0])
    styles: dict[tuple[str, str], Any] = {}
    layouts = sheets(shown)
    front = Page(book, GUIDE, styles)
    totals = Sums(wanted=tuple(sums))
    pages = {layout.name: _page(book, layout, styles, form, totals) for layout in layouts}
    write_sums(totals, pages)
    write_guide(front, title, layouts)
    return _packed(book, title)


def _page(book: Workbook, layout: DataSheet, styles: dict[tuple[str, str], Any], form: Form, totals: Sums) -> Page:
    page = Page(book, layout.name, styles)
    if isinstance(layout, GroupSheet):
        write_group(page, layout, form.data, form.needs, totals, form.names)
    else:
        write_table(page, layout, form.data, totals, form.names.get(".".join(layout.path), {}))
    return page


def _packed(book: Workbook, title: str) -> bytes:
    """Save without a trace of the day: the library notes the time of saving in the file and in its package."""
    book.properties.creator, book.properties.title = "draftgen", " ".join(title.split())
    saved, out = BytesIO(), BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            elif name == "xl/styles.xml":
                data = _fonts_in_order(data)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, data)
    return out.getvalue()


def _fonts_in_order(styles: bytes) -> bytes:
    """Put the parts of a font into the order that the schema asks for, which the library does not keep."""
    root = etree.fromstring(styles)
    for font in root.iterfind("{*}fonts/{*}font"):
        font[:] = sorted(font, key=lambda part: _FONT_PARTS.index(etree.QName(part).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
