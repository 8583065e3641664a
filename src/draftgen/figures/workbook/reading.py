"""From a workbook to the tree of texts that every data file is read to, with the cell of every value.

Labels decide, never positions: a sheet is known by its name, a table by the words in its header, a row by its label.
"""

from __future__ import annotations

from collections.abc import Sequence

from draftgen.errors import InputError
from draftgen.figures.quantities import MONEY, YUAN_IN
from draftgen.figures.schema_fields import fold
from draftgen.figures.source_tree import Node, Parsed
from draftgen.figures.workbook import faults
from draftgen.figures.workbook.collecting import Collector
from draftgen.figures.workbook.layout import GUIDE, DataSheet, GroupSheet, TableSheet, all_sheets
from draftgen.figures.workbook.package import Sheet, Unreadable, read_sheets
from draftgen.figures.workbook.reading_groups import read_group
from draftgen.figures.workbook.reading_tables import read_table
from draftgen.findings import Finding, Place


def parse_workbook(data: bytes, file: str) -> Parsed:
    """Read a workbook of the form that `draftgen.figures.workbook.form` writes.

    Raises:
        InputError: the file is no workbook, is damaged, locked or far too large, or has none of the form's sheets.
    """
    try:
        found = read_sheets(data)
    except Unreadable as error:
        raise InputError([faults.unreadable(file, data, error.why, error.detail)]) from None
    into = Collector(file)
    pairs = _matched(found, into)
    if not pairs:
        raise InputError([faults.nothing_in_it(file, (sheet.name for sheet in found))])
    # lists above before those in their items, whatever the order of the sheets
    for layout, sheet in sorted(pairs, key=lambda pair: len(pair[0].steps) if isinstance(pair[0], TableSheet) else 0):
        into.sheet(sheet, layout)
        if isinstance(layout, GroupSheet):
            read_group(sheet, layout, into)
        else:
            read_table(sheet, layout, into)
    into.findings += _units(into)
    return Parsed(into.tree, into.spots, tuple(into.findings), into.vacant)


def _matched(found: Sequence[Sheet], into: Collector) -> list[tuple[DataSheet, Sheet]]:
    """Find the form's sheet that each sheet is; say which are not known, hidden or doubled."""
    known = {fold(layout.english): layout for layout in all_sheets() if layout.english}
    known |= {fold(layout.name): layout for layout in all_sheets()}
    present = {known[name].name for sheet in found if (name := fold(sheet.name)) in known}
    taken: dict[str, Sheet] = {}
    pairs: list[tuple[DataSheet, Sheet]] = []
    for sheet in found:
        place = Place(into.file, sheet=sheet.name, sheet_number=sheet.number)
        layout = known.get(fold(sheet.name))
        if not sheet.rows or fold(sheet.name) == fold(GUIDE):
            continue
        if layout is None:
            once = known.get(_title(sheet))
            if once is not None and once.name not in present:
                into.findings.append(faults.renamed_sheet(place, once.name))
            else:
                into.findings.append(faults.unknown_sheet(place, (s.name for s in all_sheets())))
        elif layout.name in taken:
            into.findings.append(faults.doubled_sheet(place, taken[layout.name].name))
        else:
            taken[layout.name] = sheet
            pairs.append((layout, sheet))
            if sheet.hidden:
                into.findings.append(faults.hidden_sheet(place))
    return pairs


def _title(sheet: Sheet) -> str:
    """What the form writes above each of its sheets: the name of the sheet, alone in the first row."""
    return fold(sheet.rows[0][0].text) if len(sheet.rows[0]) == 1 else ""


def _units(into: Collector) -> list[Finding]:
    """Hold what stands in the column of units against the units that the figures are read in."""
    money: Node = into.tree.get("金额单位")
    findings = []
    for place, said, unit in into.units:
        expected = str(money) if unit == MONEY and isinstance(money, str) else unit
        if said != expected and not (unit == MONEY and (money is None or said not in YUAN_IN)):
            findings.append(faults.unit_differs(place, said, expected))
    return findings
