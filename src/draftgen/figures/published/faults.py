"""What is said when a table of published figures cannot be read, or says two things at once."""

from __future__ import annotations

from dataclasses import replace

from draftgen.figures.published.grid import Spot
from draftgen.figures.published.layout import Header
from draftgen.figures.published.sheets import Sighting
from draftgen.findings import Finding, Localised, Severity


def _finding(code: str, severity: Severity, seen: Sighting, spot: Spot, en: str, zh: str, **values: object) -> Finding:
    return Finding(code, severity, Localised(en, zh, {"table": seen.table.name, **values}), (seen.place(spot),))


def bad_number(seen: Sighting, spot: Spot, text: str) -> Finding:
    """Build the finding for a cell that holds no number."""
    en, zh = "“{found}” is not a number; the cell was not read.", "“{found}”不是数字，该单元格没有读取。"
    return replace(_finding("bad-number", Severity.ERROR, seen, spot, en, zh, found=text), found=text)


def unknown_column(seen: Sighting, number: int, header: Header) -> Finding:
    """Build the finding for a column without a definition."""
    en = "{table}: the column “{header}” is not known and was not read."
    zh = "{table}：没有“{header}”这一列的定义，没有读取。"
    spot = (seen.heads.last, number)
    return _finding("column-unknown", Severity.WARNING, seen, spot, en, zh, header="/".join(header))


def unknown_row(seen: Sighting, spot: Spot, label: str) -> Finding:
    """Build the finding for a row without a definition."""
    en = "{table}: the row “{label}” is not known and was not read."
    zh = "{table}：没有“{label}”这一行的定义，没有读取。"
    return _finding("row-unknown", Severity.WARNING, seen, spot, en, zh, label=label.strip())


def subject_twice(seen: Sighting, spot: Spot, code: str) -> Finding:
    """Build the finding for a subject in two rows."""
    en = "{table}: the subject {subject} stands twice; the second row was not read."
    zh = "{table}：科目{subject}重复出现，后一行没有读取。"
    return _finding("subject-twice", Severity.ERROR, seen, spot, en, zh, subject=code)


def empty_table(seen: Sighting) -> Finding:
    """Build the finding for a table without figures and without a note."""
    en = "{table} is empty and no note says why; its figures are not known."
    zh = "{table}没有数据，也没有注明原因，其中的数按不清楚处理。"
    found = _finding("table-empty", Severity.WARNING, seen, seen.title_at, en, zh)
    hint = Localised(
        "If there was nothing, say so below the table: 本表无数据.",
        "确实没有发生的，请在表下注明“本部门没有……，故本表无数据”，并保留空表。",
    )
    return replace(found, hint=hint)


def note_contradicts(seen: Sighting, spot: Spot) -> Finding:
    """Build the finding for figures in a table that says it has none."""
    en = "{table} says that it has no data, but it has figures."
    zh = "{table}注明本表无数据，但表中有数。"
    return _finding("note-contradicts", Severity.WARNING, seen, spot, en, zh)
