"""Every identity inside and between tables is found when it is broken, with its cells; none on a consistent set."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from .accounts import Accounts
from .books import Book, Value, order_a, yunnan
from .conftest import Import

A = Accounts()
Change = Mapping[tuple[str, str], Value]
D = Decimal


def cell(book: Book, sheet: str, row: str, column: str, nth: int = 1) -> tuple[str, str]:
    """The cell of a column in the row that says `row`."""
    found = book[sheet].find(row, nth=nth)
    digits = "".join(c for c in found if c.isdigit())
    return sheet, f"{column}{digits}"


T1, T2, T3, T4, T5, T6, T7, T8 = (f"公开0{n}表" for n in range(1, 9))
WHOLE = order_a(A)
# identity -> the one cell that breaks it, and what it says then
BROKEN: dict[str, tuple[tuple[str, str], Value]] = {
    "t1-income": (cell(WHOLE, T1, "五、事业收入", "C"), D("15.10")),
    "t1-outlay": (cell(WHOLE, T1, "本年支出合计", "F"), D("887.10")),
    "t1-income-side": (cell(WHOLE, T1, "使用非财政拨款结余（含专用结余）", "C"), D("1.10")),
    "t1-outlay-side": (cell(WHOLE, T1, "结余分配", "F"), D("2.20")),
    "t1-sides": (cell(WHOLE, T1, "总计", "F"), D("917.00")),
    "t2-row-total": (cell(WHOLE, T2, "合计", "F"), D("871.00")),
    "t2-row": (cell(WHOLE, T2, "行政运行", "E"), D("350.00")),
    "t2-column": (cell(WHOLE, T2, "合计", "K"), D("13.30")),
    "t2-level": (cell(WHOLE, T2, "机关事业单位职业年金缴费支出", "F"), D("21.08")),
    "t3-row-total": (cell(WHOLE, T3, "合计", "F"), D("619.95")),
    "t3-row": (cell(WHOLE, T3, "行政单位医疗", "F"), D("20.83")),
    "t3-column": (cell(WHOLE, T3, "住房保障支出", "F"), D("36.67")),
    "t3-level": (cell(WHOLE, T3, "行政事业单位养老支出", "E"), D("53.20")),
    "t4-sides": (cell(WHOLE, T4, "总计", "B"), D("888.00")),
    "t4-income": (cell(WHOLE, T4, "一、一般公共预算财政拨款", "B"), D("801.00")),
    "t4-opening": (cell(WHOLE, T4, "　政府性基金预算财政拨款", "B"), D("50.00")),
    "t4-income-side": (cell(WHOLE, T4, "年初财政拨款结转和结余", "B"), D("51.00")),
    "t4-class": (cell(WHOLE, T4, "十二、农林水支出", "D"), D("237.00")),
    "t4-outlay": (cell(WHOLE, T4, "十一、城乡社区支出", "F"), D("51.00")),
    "t4-outlay-budgets": (cell(WHOLE, T4, "年末财政拨款结转和结余", "E"), D("18.51")),
    "t4-outlay-side": (cell(WHOLE, T4, "总计", "F"), D("56.00")),
    "t5-row-total": (cell(WHOLE, T5, "合计", "D"), D("631.45")),
    "t5-row": (cell(WHOLE, T5, "事业机构", "E"), D("86.00")),
    "t5-column": (cell(WHOLE, T5, "农林水支出", "C"), D("237.00")),
    "t5-level": (cell(WHOLE, T5, "住房改革支出", "C"), D("36.57")),
    "t6-personnel": (cell(WHOLE, T6, "人员经费合计", "C"), D("523.45")),
    "t6-public": (cell(WHOLE, T6, "公用经费合计", "I"), D("80.00")),
    "t6-level": (cell(WHOLE, T6, "办公费", "F"), D("21.10")),
    "t7-total": ((T7, "G8"), D("16.00")),
    "t7-vehicles": ((T7, "E8"), D("13.00")),
    "t8-balance": (cell(WHOLE, T8, "合计", "C"), D("6.00")),
    "t8-row-balance": (cell(WHOLE, T8, "其他国有土地使用权出让收入安排的支出", "H"), D("51.00")),
    "t8-outlay": (cell(WHOLE, T8, "合计", "G"), D("49.00")),
    "t8-column": (cell(WHOLE, T8, "城乡社区支出", "D"), D("66.00")),
    "t8-level": (cell(WHOLE, T8, "国有土地使用权出让收入安排的支出", "E"), D("55.00")),
    "x1-income": (cell(WHOLE, T2, "合计", "E"), D("879.30")),
    "x1-fiscal": (cell(WHOLE, T1, "二、政府性基金预算财政拨款收入", "C"), D("66.00")),
    "x1-fiscal-statement": (cell(WHOLE, T4, "本年收入合计", "B"), D("807.00")),
    "x1-budget": (cell(WHOLE, T4, "二、政府性基金预算财政拨款", "B"), D("66.00")),
    "x1-source": (cell(WHOLE, T1, "八、其他收入", "C"), D("13.20")),
    "x2-outlay": (cell(WHOLE, T3, "合计", "E"), D("887.10")),
    "x2-class": (cell(WHOLE, T1, "九、卫生健康支出", "F"), D("23.03")),
    "x3-general": (cell(WHOLE, T5, "合计", "C"), D("810.85")),
    "x3-fund": (cell(WHOLE, T8, "合计", "E"), D("55.00")),
    "x3-capital": (cell(WHOLE, T4, "本年支出合计", "G"), D("5.00")),
    "x3-all": (cell(WHOLE, T4, "本年支出合计", "D"), D("815.85")),
    "x3-class": (cell(WHOLE, T4, "十九、住房保障支出", "E"), D("36.57")),
    "x3-fund-income": (cell(WHOLE, T8, "合计", "D"), D("66.00")),
    "x4-basic": (cell(WHOLE, T6, "公用经费合计", "I"), D("18.00")),
    "x5-outlay": (cell(WHOLE, T3, "合计", "E"), D("851.00")),
    "x5-basic": (cell(WHOLE, T3, "合计", "F"), D("613.00")),
    "x5-subject": (cell(WHOLE, T3, "一般行政管理事务", "E"), D("120.04")),
    "x5-subject-basic": (cell(WHOLE, T3, "住房公积金", "F"), D("35.00")),
    "x5-subject-project": (cell(WHOLE, T3, "事业机构", "G"), D("8.75")),
    "x6-abroad": (cell(WHOLE, T6, "因公出国（境）费用", "F"), D("1.00")),
    "x6-reception": (cell(WHOLE, T6, "公务接待费", "F"), D("23.00")),
    "x6-running": (cell(WHOLE, T6, "公务用车运行维护费", "F"), D("10.40")),
    "x6-purchase": (cell(WHOLE, T6, "公务用车购置", "I"), D("1.00")),
}
YUNNAN = yunnan(A)
BROKEN_YUNNAN: dict[str, tuple[tuple[str, str], Value]] = {
    "t5-basic": (cell(YUNNAN, "5", "行政运行", "K"), D("251.15")),
    "t5-basic-total": (cell(YUNNAN, "5", "合计", "L", nth=5), D("18.00")),
    "t5-balance": (cell(YUNNAN, "5", "合计", "N", nth=5), D("18.51")),
    "t7-reception": (cell(YUNNAN, "10", "（1）国内接待费", "D"), D("8.40")),
    "t7-running-costs": (cell(YUNNAN, "10", "（一）行政单位", "D"), D("5.00")),
    "t7-guests": (cell(YUNNAN, "10", "6．国内公务接待人次（人）", "D"), 31),
    "t7-general-total": (cell(YUNNAN, "11", "3．公务接待费", "D"), D("4.90")),
    "t7-general-vehicles": (cell(YUNNAN, "11", "（1）公务用车购置费", "D"), D("1.00")),
    "t7-general-within": (cell(YUNNAN, "11", "（一）支出合计", "D"), D("16.00")),
    "x4-project": (cell(YUNNAN, "7", "合计", "F"), D("188.00")),
    "project-table-total": (cell(YUNNAN, "7", "合计", "F"), D("188.00")),
    "project-table-level": (cell(YUNNAN, "7", "委托业务费", "F"), D("188.00")),
    "assets-table-total": (cell(YUNNAN, "12", "合计", "C"), D("565.30")),
    "assets-table-fixed": (cell(YUNNAN, "12", "合计", "G"), D("6.00")),
    "t15-total": (("14-1", "E6"), D("124.00")),
    "x12-projects": (("14-2", "E6"), D("168.00")),
    "x7-running-costs": (cell(YUNNAN, "10", "二、机关运行经费", "D"), D("81.10")),
    "x7-equal": (cell(YUNNAN, "10", "二、机关运行经费", "D"), D("50.00")),
}


def assert_found(identity: str, book: Book, at: tuple[str, str], value: Value, imported: Import) -> None:
    got = imported(book, {at: value})
    found = [finding for finding in got.report if finding.code == identity]
    assert found, [f.code for f in got.report]
    assert at in [(place.sheet, place.cell) for finding in found for place in finding.places]


@pytest.mark.parametrize("identity", BROKEN)
def test_a_broken_identity_is_found_with_its_cell(identity: str, imported: Import) -> None:
    at, value = BROKEN[identity]
    assert_found(identity, WHOLE, at, value, imported)


@pytest.mark.parametrize("identity", BROKEN_YUNNAN)
def test_a_broken_identity_of_yunnan_is_found_with_its_cell(identity: str, imported: Import) -> None:
    at, value = BROKEN_YUNNAN[identity]
    assert_found(identity, YUNNAN, at, value, imported)
