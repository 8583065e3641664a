"""Every layout of the published tables gives the same figures, each with its cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.figures.reading import load
from draftgen.importing import Wanted, import_tables
from tests.desk import FOLDERS, ROOT

from .accounts import NAMES, ZERO, Accounts, spent, total
from .books import PLAIN, Book, Sheet, Style, order_a, order_b, save, yunnan
from .conftest import Import, told, values

A = Accounts()
SETS = {
    "order A": (order_a(A), 9),
    "order A in yuan": (order_a(A, Style("元")), 9),
    "order A with zeros": (order_a(A, Style(blank_zero=False)), 9),
    "order A in hundred millions": (order_a(A, Style("亿元")), 9),
    "order B": (order_b(A), 9),
    "Yunnan 2020": (yunnan(A, edition=2020), 9),
    "Yunnan 2022": (yunnan(A, edition=2022), 13),
    "Yunnan 2023": (yunnan(A, edition=2023), 14),
}
EXPECTED = {
    "年度": Decimal(2024),
    "收入.合计": A.income_total,
    "收入.财政拨款收入": total(A.income, "财政"),
    "收入.事业收入": total(A.income, "事业"),
    "收入.其他收入": total(A.income, "其他"),
    "收入.上级补助收入": ZERO,
    "收入.科目.2130204.合计": Decimal("300.25"),
    "支出.合计": spent(A.outlay),
    "支出.基本支出.合计": total(A.outlay, "基本"),
    "支出.项目支出.合计": total(A.outlay, "项目"),
    "支出.经营支出": ZERO,
    "支出.功能分类.农林水支出": spent(A.outlay, "213"),
    "支出.项目支出.功能分类.农林水支出": Decimal("88.75"),
    "收支总计": Decimal("917.30"),
    "结转结余.年初.合计": Decimal("19.00"),
    "结转结余.年末.合计": Decimal("37.20"),
    "结转结余.使用非财政拨款结余": A.used,
    "结转结余.结余分配": A.distributed,
    "财政拨款.收入.一般公共预算": A.fiscal_income["一般"],
    "财政拨款.年初结转和结余.政府性基金预算": A.opening["基金"],
    "财政拨款.支出.合计": spent(A.general) + spent(A.fund),
    "财政拨款.年末结转和结余.一般公共预算": A.closing["一般"],
    "财政拨款.总计": Decimal("885.00"),
    "财政拨款.功能分类.城乡社区支出.政府性基金预算": Decimal("50.00"),
    "一般公共预算.支出": spent(A.general),
    "一般公共预算.基本支出.合计": total(A.general, "基本"),
    "一般公共预算.基本支出.人员经费": A.personnel,
    "一般公共预算.基本支出.公用经费": A.running,
    "一般公共预算.基本支出.人员经费明细.退休费": Decimal("10.50"),
    "一般公共预算.基本支出.公用经费明细.办公设备购置": Decimal("5.00"),
    "一般公共预算.项目支出": total(A.general, "项目"),
    "一般公共预算.科目.21302.支出": Decimal("273.00"),
    "一般公共预算.科目.2010301.项目支出": ZERO,
    "政府性基金预算.年末结转和结余": Decimal("15.00"),
    "政府性基金预算.支出": Decimal("50.00"),
    "政府性基金预算.科目.2120899.支出": Decimal("50.00"),
    "国有资本经营预算.支出": ZERO,
    "国有资本经营预算.收入": ZERO,
    "三公经费.合计": Decimal("15.00"),
    "三公经费.合计.全年预算": Decimal("18.00"),
    "三公经费.公务用车运行维护费": Decimal("10.20"),
    "三公经费.公务接待费.全年预算": Decimal("6.00"),
    "三公经费.因公出国（境）费": ZERO,
}


@pytest.mark.parametrize("name", SETS)
def test_a_consistent_set_is_read_whole_and_without_a_finding(name: str, imported: Import) -> None:
    book, tables = SETS[name]
    got = imported(book, unit="万元")
    assert told(got) == []
    assert len(got.tables) == tables
    found = values(got)
    assert {key: Decimal(found[key]) for key in EXPECTED} == EXPECTED
    assert found["单位.全称"] == A.owner
    assert found["一般公共预算.科目.2080505.科目名称"] == NAMES["2080505"]


@pytest.mark.parametrize("name", SETS)
def test_the_data_file_is_valid_and_each_value_names_its_cell(name: str, imported: Import, tmp_path: Path) -> None:
    got = imported(SETS[name][0])
    path = tmp_path / "data.yaml"
    path.write_text(got.as_yaml(), "utf-8")
    loaded = load(path)
    assert loaded.findings == ()
    assert loaded.dataset.unit.full_name == A.owner
    assert loaded.dataset.money_unit == got.unit
    unnamed = [
        line
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith("##")
        and ": " in line
        and "“" not in line.partition("#")[2]
        and not line.lstrip().startswith(("- 编码:", "- 类:", "- 名称:"))
    ]
    assert unnamed == []


def test_a_cell_that_is_named_holds_the_figure(imported: Import) -> None:
    book = order_a(A)
    got = imported(book)
    place = got.entries["三公经费.公务接待费"].places[0]
    assert (place.sheet, place.cell) == ("公开07表", "L8")
    assert "    公务接待费:\n" not in got.as_yaml()
    assert "  公务接待费:\n    本年: 4.8   # “公开07表”!L8\n    全年预算: 6   # “公开07表”!F8\n" in got.as_yaml()


def test_counts_and_running_costs_come_from_the_yunnan_table(imported: Import) -> None:
    found = values(imported(yunnan(A)))
    assert found["三公经费.接待批次"] == "41"
    assert found["三公经费.接待人次"] == "310"
    assert found["车辆.实有"] == "3"
    assert found["机关运行经费"] == "50"
    assert found["一般公共预算.三公经费.合计"] == "15"
    assert found["一般公共预算.科目.2010301.公用经费"] == "50"


def test_assets_are_gross_or_net_as_the_note_says(imported: Import) -> None:
    book = yunnan(A)
    gross = values(imported(book))
    assert gross["资产.固定资产.原值"] == "500"
    assert "资产.合计" not in gross
    book["12"].rows[-1] = ["注：填报金额为账面净值。"]
    net = values(imported(book))
    assert (net["资产.固定资产.净值"], net["资产.合计"]) == ("500", "560.3")
    book["12"].rows[-1] = ["注：无。"]
    assert not [key for key in values(imported(book)) if key.startswith("资产.")]


def test_each_project_brings_its_money_by_source(imported: Import) -> None:
    found = values(imported(yunnan(A)))
    assert found["绩效目标.项目.林草防火专项经费.资金.合计"] == "120.4"
    assert found["绩效目标.项目.林草防火专项经费.资金.合计.全年预算"] == "121.4"
    assert found["绩效目标.项目.生态修复补助.资金.上年结转"] == "34"
    assert found["绩效目标.项目.生态修复补助.单位"] == "云山县林草站"


def test_one_workbook_or_several_in_any_order(tmp_path: Path) -> None:
    book = order_a(A)
    whole = import_tables(Wanted((save(book, tmp_path / "全.xlsx"),)), FOLDERS)
    names = [name for name in book if name != "目录"]
    files = [save({name: book[name]}, tmp_path / f"{n}.xlsx") for n, name in enumerate(reversed(names))]
    parted = import_tables(Wanted(tuple(files)), FOLDERS)
    assert told(parted) == []
    assert values(parted) == values(whole)
    assert "# 8.xlsx “公开01表”!C34\n" in parted.as_yaml()


def test_tables_that_share_a_sheet_are_told_apart(imported: Import) -> None:
    book = order_a(A)
    rows = [row for name in ("公开02表", "公开03表") for row in [*book[name].rows, []]]
    shared: Book = {"合并": Sheet(rows, ())}
    got = imported(shared)
    assert [table.key for table in got.tables] == ["收入表", "支出表"]
    assert values(got)["支出.合计"] == "878.1"


def test_a_table_is_known_by_its_title_not_by_its_number_or_sheet(imported: Import) -> None:
    book = order_a(A)
    shuffled = {f"公开{n:02}表": sheet for n, sheet in enumerate(reversed(book.values()), 1)}
    got = imported(shuffled)
    assert told(got) == []
    assert values(got) == values(imported(book))


def test_where_only_the_tab_says_what_it_is(imported: Import) -> None:
    sheet = order_a(A)["公开02表"]
    sheet.rows[0] = []
    got = imported({"02 收入决算表": sheet})
    assert [table.key for table in got.tables] == ["收入表"]


def test_codes_split_over_three_columns_may_leave_out_what_stands_above(imported: Import) -> None:
    book = order_a(A)
    sheet = book["公开02表"]
    for row in sheet.rows[7:-1]:
        if row[2]:
            row[0] = row[1] = None
        elif row[1]:
            row[0] = None
    got = imported(book)
    assert told(got) == []
    assert values(got) == values(imported(order_a(A)))


def test_numbers_as_text_keep_every_digit(imported: Import) -> None:
    book = order_a(A, Style(as_text=True))
    assert told(imported(book)) == []
    book["公开09表"].rows[0][0] = None
    got = imported(book, {("公开07表", "L8"): " ４.８0 ", ("公开07表", "G8"): "15.00万元"})
    assert values(got)["三公经费.公务接待费"] == "4.80"
    assert values(got)["三公经费.合计"] == "15.00"


def test_the_unit_of_most_tables_is_that_of_the_data_file(imported: Import) -> None:
    book = order_a(A)
    book["公开07表"] = order_a(A, Style("元"))["公开07表"]
    got = imported(book)
    assert got.unit == "万元"
    assert values(got)["三公经费.公务用车运行维护费"] == "10.2"
    assert told(got) == []


def test_the_year_and_the_name_may_be_given_by_hand(imported: Import) -> None:
    book = order_a(A)
    for sheet in book.values():
        sheet.rows[0] = [str(sheet.rows[0][0]).removeprefix("2024年度")]
    nameless = imported(book)
    assert nameless.year is None
    assert "年度" in [gap.needs for gap in nameless.gaps]
    got = imported(book, year=2023, name="云山县林业和草原局本级")
    assert values(got)["年度"] == "2023"
    assert values(got)["单位.全称"] == "云山县林业和草原局本级"


def test_the_style_of_the_fixtures_is_that_of_real_tables() -> None:
    assert PLAIN.money(ZERO) is None
    assert Style("元", as_text=True).money(Decimal("123.45")) == "１,２34,5００.００"


def test_the_example_is_a_set_without_a_finding() -> None:
    got = import_tables(Wanted((ROOT / "examples" / "published-2024" / "tables.xlsx",)), FOLDERS)
    assert told(got) == []
    assert values(got)["收入.合计"] == "897.3"
