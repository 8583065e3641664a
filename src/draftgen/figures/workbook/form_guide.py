"""The first sheet of the form: how to fill it in, in ten lines, and what each sheet is for."""

from __future__ import annotations

from collections.abc import Iterable

from draftgen.figures.workbook.collecting import UNKNOWN
from draftgen.figures.workbook.layout import FRONT, SUM_NOTE, DataSheet, GroupSheet
from draftgen.figures.workbook.looks import Page

_RULES = (
    f"先填“{FRONT}”，再按需要填写其他各表。标有“*”、底色为淡黄色的是必填项，其余按需填写。",
    f"用不到的项留空；确实没有发生的填 0；有这一项而数额不清楚的填“{UNKNOWN}”，有关合计不会得出。",
    f"金额按“{FRONT}”中的金额单位填写，只填数字；个别单位不同的连单位一起填，如“5.2亿元”。",
    "比率填百分数，如“96.4%”；日期填“2020-12-31”或“2020年12月”。",
    "“本年”“上年”填决算（实际）数，预算数分别填入“年初预算”“全年预算”；有增减的，在“原因”栏写明主要原因。",
    "“增减额”“增减率”“占比”“执行率”只在已有材料写明时填写，仅用于核对。这几列和清单类表中的上年数、预算数、原因等列"
    "平时折叠，点列标上方的“+”展开。",
    "清单类的表一行填一项，行数不够可以插入行。首列为名称、由单位自定的表（如“编制”），名称照实填写。",
    "“所属……”一栏填上一级清单中的名称，可从下拉列表中选择；与上一行相同的可以不填。",
    f"灰色斜体的“{SUM_NOTE}”由公式算出，系统不读取。工作表名、表头和项目名称不要改，位置可以移动，也可以另加备注列。",
    "填好后保存并关闭，先运行 draftgen check 核对，再运行 draftgen draft 生成草稿。带红色三角的单元格有批注说明。",
)
_LISTED_FROM = 15


def write_guide(page: Page, title: str, layouts: Iterable[DataSheet]) -> None:
    """Write the sheet."""
    page.put(1, 1, f"{' '.join(title.split())}　数据填写说明".strip(), "title")
    page.sheet.row_dimensions[1].height = 32
    for number, rule in enumerate(_RULES, 1):
        page.put(number + 2, 1, f"{number}.", "text")
        page.put(number + 2, 2, rule, "text")
        page.merge(number + 2, 2, 3)
        page.sheet.row_dimensions[number + 2].height = 33
    for column, head in enumerate(("序号", "工作表", "填写内容"), 1):
        page.put(_LISTED_FROM - 1, column, head, "header")
    for number, layout in enumerate(layouts, 1):
        row = _LISTED_FROM + number - 1
        page.put(row, 1, number, "label")
        cell = page.put(row, 2, layout.name, "link")
        cell.hyperlink = f"#'{layout.name}'!A1"
        page.put(row, 3, _about(layout), "label")
        page.tall(row, _about(layout), 80)
    page.widths({1: 7, 2: 30, 3: 82})
    page.sheet.freeze_panes = "A2"
    page.print_on(None, landscape=False)


def _about(layout: DataSheet) -> str:
    """Name the first things that a sheet asks for."""
    if isinstance(layout, GroupSheet):
        labels = [leaf.label for leaf in layout.leaves if leaf.label]
    else:
        labels = [column.label for column in layout.columns if column.facet is None or "." not in column.label]
    said = "、".join(labels[:6]) + ("等" if len(labels) > 6 else "")
    return said or layout.note or "名称和内容自行填写"
