"""What is said when a workbook, a sheet or a cell cannot be read, or is read otherwise than it looks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from draftgen.figures.source_tree import fault
from draftgen.findings import Finding, Localised, Place, Severity

_OLD_MARK = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = (
    "open it in Excel or WPS and save it as .xlsx (Excel workbook)",
    "请用Excel或WPS打开，另存为.xlsx（Excel工作簿）",
)


def old_workbook(file: str, ending: str) -> Finding:
    """Build the finding for a workbook or table in another format than .xlsx."""
    return fault(
        "old-workbook",
        Place(file),
        ("workbooks of the kind “{found}” are not read", "不支持“{found}”格式的工作簿"),
        _SAVE_AS,
        found=ending,
        expected=".xlsx",
    )


def unreadable(file: str, data: bytes, why: str, detail: str) -> Finding:
    """Build the finding for bytes that are no workbook, or one that is not opened."""
    if data.startswith(_OLD_MARK):
        return _encrypted(file) if _ENCRYPTED in data else old_workbook(file, ".xls")
    if why == "bomb":
        return fault(
            "workbook-too-large",
            Place(file),
            (
                "unpacked, the workbook is far larger than a data file can be ({detail}); it was not opened",
                "工作簿解压后的内容远远超过数据文件应有的大小（{detail}），没有打开",
            ),
            (
                "check that it is the right file; delete empty rows that carry formatting, and save it again",
                "请确认文件是否选对；如果没有选错，请删去带格式的空行空列后重新保存",
            ),
            detail=detail,
        )
    if why == "foreign" or not data.startswith(b"PK"):
        return fault(
            "not-a-workbook",
            Place(file),
            ("this is no Excel workbook, whatever its name says", "这不是Excel工作簿，只是扩展名写成了工作簿"),
            _SAVE_AS,
            expected=".xlsx",
        )
    return fault(
        "damaged-workbook",
        Place(file),
        ("the workbook is damaged and cannot be read ({detail})", "工作簿已损坏，无法读取（{detail}）"),
        (
            "open it in Excel or WPS, let it be repaired, and save it again",
            "请用Excel或WPS打开并修复，然后重新保存",
        ),
        detail=detail,
    )


def _encrypted(file: str) -> Finding:
    return fault(
        "encrypted-workbook",
        Place(file),
        ("the workbook is protected by a password to open it", "工作簿设置了打开密码，无法读取"),
        (
            "open it in Excel or WPS, take the password off (File, Info, Protect Workbook) and save it as .xlsx",
            "请用Excel或WPS打开，取消打开密码（文件→信息→保护工作簿）后另存为.xlsx",
        ),
    )


def nothing_in_it(file: str, sheets: Iterable[str]) -> Finding:
    """Build the finding for a workbook none of whose sheets is one of the form."""
    names = "、".join(list(sheets)[:8])
    return fault(
        "no-data-sheet",
        Place(file),
        (
            "no sheet of the workbook is one of a data file; found: {found}",
            "工作簿中没有数据文件的工作表，现有：{found}",
        ),
        (
            "make an empty workbook with “draftgen new” and fill the figures in there",
            "请用“draftgen new”生成空白工作簿，把数据填写在其中",
        ),
        found=names,
    )


def unknown_sheet(place: Place, known: Iterable[str]) -> Finding:
    """Build the finding for a sheet that the form does not have."""
    near = difflib.get_close_matches(place.sheet, list(known), 1, 0.6)
    return fault(
        "unknown-sheet",
        place,
        (
            "the sheet “{found}” does not belong to the data file and was not read",
            "工作表“{found}”不属于数据文件，没有读取",
        ),
        did_you_mean(near)
        or Localised("nothing needs to be done if it holds only workings", "如果只是演算、备查用的工作表，可以不管"),
        found=place.sheet,
        severity=Severity.WARNING,
    )


def renamed_sheet(place: Place, once: str) -> Finding:
    """Build the finding for a sheet of the form that bears another name: its figures would be lost unnoticed."""
    return fault(
        "renamed-sheet",
        place,
        (
            "by its title the sheet “{found}” is “{once}” of the form; under another name it is not read",
            "工作表“{found}”的标题是“{once}”，但工作表名已改，没有读取",
        ),
        (
            "name the sheet “{once}” again; if it holds only workings, clear its title",
            "请把工作表名改回“{once}”；如果只是演算、备查用的工作表，请清除标题",
        ),
        found=place.sheet,
        once=once,
    )


def hidden_sheet(place: Place) -> Finding:
    """Build the note that a hidden sheet was read."""
    return fault(
        "hidden-sheet",
        place,
        (
            "the sheet “{found}” is hidden; its figures were read like the others",
            "工作表“{found}”已隐藏，其中的数据照常读取",
        ),
        ("if they shall not count, clear the sheet or delete it", "如果不应计入，请清空或删除该工作表"),
        found=place.sheet,
        severity=Severity.NOTE,
    )


def doubled_sheet(place: Place, first: str) -> Finding:
    """Build the finding for two sheets that are the same one of the form."""
    return fault(
        "duplicate-sheet",
        place,
        ("the sheets “{first}” and “{found}” are the same one of the form", "工作表“{first}”和“{found}”是同一张表"),
        ("keep one of the two", "请只保留一张"),
        found=place.sheet,
        first=first,
    )


def no_header(place: Place, wanted: Iterable[str]) -> Finding:
    """Build the finding for a sheet in which no row of headers is found."""
    return fault(
        "header-missing",
        place,
        ("the row with the headers is missing, so the sheet cannot be read", "缺少表头行，工作表无法读取"),
        ("write the headers in one row: {headers} …", "请在同一行写上表头：{headers}等"),
        headers="、".join(list(wanted)[:4]),
    )


def unknown_column(place: Place, found: str, known: Iterable[str]) -> Finding:
    """Build the finding for a column that the sheet does not have."""
    near = difflib.get_close_matches(found, list(known), 1, 0.5)
    return fault(
        "unknown-column",
        place,
        ("the column “{found}” is not known here and was not read", "此处没有“{found}”这一列，没有读取"),
        did_you_mean(near)
        or Localised("nothing needs to be done if it holds only remarks", "如果只是备注、演算用的列，可以不管"),
        found=found,
        severity=Severity.WARNING,
    )


def twice_in_header(place: Place, first: Place, found: str) -> Finding:
    """Build the finding for two columns with the same header."""
    return fault(
        "duplicate-column",
        place,
        ("the column “{found}” stands twice", "“{found}”这一列重复出现"),
        ("keep one of the two", "请只保留一列"),
        found=found,
        also=(first,),
    )


def unknown_row(place: Place, found: str, known: Iterable[str]) -> Finding:
    """Build the finding for a row whose label the sheet does not have: an error if it looks like a slip."""
    near = difflib.get_close_matches(found, list(known), 1, 0.7)
    return fault(
        "unknown-row",
        place,
        ("there is no item “{found}” on this sheet; the row was not read", "本表没有“{found}”这一项，该行没有读取"),
        did_you_mean(near)
        or Localised("nothing needs to be done if it is only a remark", "如果只是备注、演算，可以不管"),
        found=found,
        severity=Severity.ERROR if near else Severity.WARNING,
    )


def without_label(place: Place, found: str) -> Finding:
    """Build the finding for a value in a row without a label."""
    return fault(
        "label-missing",
        place,
        (
            "nothing says what “{found}” is: the row has no name, and was not read",
            "“{found}”所在的行没有写项目名称，没有读取",
        ),
        ("write the name in the first column, or clear the row", "请在第一列写明项目名称，或清空该行"),
        found=found,
        severity=Severity.WARNING,
    )


def stray(place: Place, found: str) -> Finding:
    """Build the finding for a value in a column without a header."""
    return fault(
        "column-without-header",
        place,
        ("the column of “{found}” has no header and was not read", "“{found}”所在的列没有表头，没有读取"),
        ("nothing needs to be done if it is only a remark", "如果只是备注、演算，可以不管"),
        found=found,
        severity=Severity.WARNING,
    )


def unused_value(place: Place, found: str, path: str) -> Finding:
    """Build the finding for a comparison of something that has only one value."""
    return fault(
        "value-unused",
        place,
        ("“{path}” has one value only; “{found}” was not read", "“{path}”只填一个数，“{found}”没有读取"),
        (
            "write the value in the first column of figures, and clear this cell",
            "请把数填在第一个数据列，并清空该单元格",
        ),
        found=found,
        path=path,
        severity=Severity.WARNING,
    )


def faulty_cell(place: Place, error: str) -> Finding:
    """Build the finding for an error value, or for a formula whose result is not in the file."""
    if error == "=":
        return fault(
            "formula-without-value",
            place,
            ("the formula in this cell has no saved result", "该单元格的公式没有保存计算结果"),
            ("open the workbook in Excel or WPS and save it there", "请用Excel或WPS打开工作簿，重新保存后再试"),
        )
    return fault(
        "cell-error",
        place,
        ("the cell shows the error {found}", "该单元格显示错误值{found}"),
        ("correct the formula, or write the number itself", "请改正公式，或直接填写数字"),
        found=error,
    )


def merged(place: Place, found: str, end: str) -> Finding:
    """Build the finding for a value in merged cells that could be meant for several."""
    return fault(
        "merged-cells",
        place,
        (
            "cells are merged here down to {end}; “{found}” counts for the first of them only",
            "此处至{end}为合并单元格，“{found}”只计入第一格",
        ),
        ("unmerge them and fill in each cell", "请取消合并，逐格填写"),
        found=found,
        end=end,
        severity=Severity.WARNING,
    )


def twice(place: Place, first: Place, found: str) -> Finding:
    """Build the finding for something that is filled in twice."""
    return fault(
        "duplicate-key",
        place,
        ("“{found}” is filled in twice", "“{found}”重复填写"),
        ("keep one of the two", "请只保留一处"),
        found=found,
        also=(first,),
    )


def unknown_parent(place: Place, found: str, label: str, known: Iterable[str]) -> Finding:
    """Build the finding for an entry that belongs to something that is not there."""
    known = list(known)
    near = difflib.get_close_matches(found, known, 1, 0.5)
    several = [name for name in known if name.startswith(f"{found}#")]
    if several:
        hint = Localised(
            "several bear this name; write {names}",
            "同名的有多项，请写明是哪一项：{names}",
            {"names": "、".join(several[:4])},
        )
    else:
        hint = did_you_mean(near) or Localised(
            "write the name as it stands on the sheet of the list", "请照清单所在工作表中的名称填写"
        )
    return fault(
        "unknown-parent",
        place,
        ("{label}: “{found}” is not in the list", "“{label}”一栏：清单中没有“{found}”"),
        hint,
        found=found,
        label=label,
    )


def parent_missing(place: Place, label: str) -> Finding:
    """Build the finding for an entry that does not say what it belongs to."""
    return fault(
        "parent-missing",
        place,
        ("{label} is not filled in", "“{label}”一栏没有填写"),
        ("write the name of what this row belongs to", "请写明该行属于哪一项"),
        label=label,
    )


def unit_differs(place: Place, found: str, expected: str) -> Finding:
    """Build the finding for a unit that was written over the one of the form."""
    return fault(
        "unit-differs",
        place,
        (
            "the form counts this row in {unit}, the column of units says {found}",
            "本行按“{unit}”填写，而计量单位一栏写的是“{found}”",
        ),
        (
            "write {unit} there again, and put another unit behind the number itself, such as 5.2{found}",
            "请改回“{unit}”；个别数字单位不同的，在数字后写明，如5.2{found}",
        ),
        found=found,
        expected=expected,
        unit=expected,
    )


def did_you_mean(near: list[str]) -> Localised | None:
    """Suggest a name."""
    return Localised("did you mean “{near}”?", "是否为“{near}”？", {"near": near[0]}) if near else None
