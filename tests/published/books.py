"""Published tables as workbooks, in the layouts that offices use, built from one set of accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import coordinate_to_tuple

from .accounts import CLASSES, ECONOMIC, NAMES, ZERO, Accounts, Subjects, levels, spent, total

Value = str | int | Decimal | None
Rows = list[list[Value]]
UNITS = {"万元": Decimal(1), "元": Decimal(10_000), "亿元": Decimal("0.0001")}
_NUMERALS = "一二三四五六七八九十"


@dataclass
class Sheet:
    """A sheet to be written: rows from A1 and merged ranges."""

    rows: Rows
    merges: tuple[str, ...] = ()

    def find(self, text: str, column: int | None = None, nth: int = 1) -> str:
        """The cell that says `text`, or the cell of its row in `column`; the `nth` one."""
        from openpyxl.utils import get_column_letter as letter

        hits = [(r, c) for r, row in enumerate(self.rows, 1) for c, v in enumerate(row, 1) if v == text]
        row, at = hits[nth - 1]
        return f"{letter(column or at)}{row}"


Book = dict[str, Sheet]


@dataclass(frozen=True)
class Style:
    """How a set is written."""

    unit: str = "万元"
    as_text: bool = False  # numbers as text, with separators and full-width digits
    blank_zero: bool = True

    def money(self, value: Decimal) -> Value:
        if not value and self.blank_zero:
            return None
        value = value * UNITS[self.unit]
        return f"{value:,.2f}".translate(str.maketrans("012", "０１２")) if self.as_text else value


PLAIN = Style()


def save(book: Book, path: Path, changes: Mapping[tuple[str, str], Value] | None = None) -> Path:
    """Write a workbook, with some cells changed."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, sheet in book.items():
        page = workbook.create_sheet(name)
        for line in sheet.rows:
            page.append(line)
        for cells in sheet.merges:
            page.merge_cells(cells)
    for (name, cell), value in (changes or {}).items():
        row, column = coordinate_to_tuple(cell)
        workbook[name].cell(row, column).value = value
    workbook.save(path)
    return path


def numeral(n: int) -> str:
    ten, one = divmod(n, 10)
    tens = "" if not ten else "十" if ten == 1 else f"{_NUMERALS[ten - 1]}十"
    return tens + (_NUMERALS[one - 1] if one else "")


# ---- sheets that all layouts share in kind


def statement(a: Accounts, s: Style, title: str, number: str, *, lines: bool = True) -> Sheet:
    """收入支出决算总表, with or without 行次."""
    income: list[tuple[str, Value]] = [
        ("一、一般公共预算财政拨款收入", s.money(a.fiscal_income["一般"])),
        ("二、政府性基金预算财政拨款收入", s.money(a.fiscal_income["基金"])),
        ("三、国有资本经营预算财政拨款收入", s.money(ZERO)),
        ("四、上级补助收入", s.money(ZERO)),
        ("五、事业收入", s.money(total(a.income, "事业"))),
        ("六、经营收入", s.money(ZERO)),
        ("七、附属单位上缴收入", s.money(ZERO)),
        ("八、其他收入", s.money(total(a.income, "其他"))),
    ]
    outlay: list[tuple[str, Value]] = [
        (f"{numeral(n)}、{name}", s.money(spent(a.outlay, code(name)) if code(name) else ZERO))
        for n, name in enumerate(CLASSES, 1)
    ]
    income += [("", None)] * (len(outlay) - len(income))
    opening, closing = sum(a.opening.values(), ZERO), sum(a.closing.values(), ZERO)
    income += [
        ("本年收入合计", s.money(a.income_total)),
        ("使用非财政拨款结余（含专用结余）", s.money(a.used)),
        ("年初结转和结余", s.money(opening)),
        ("总计", s.money(a.income_total + a.used + opening)),
    ]
    outlay += [
        ("本年支出合计", s.money(spent(a.outlay))),
        ("结余分配", s.money(a.distributed)),
        ("年末结转和结余", s.money(closing)),
        ("总计", s.money(spent(a.outlay) + a.distributed + closing)),
    ]
    pairs = list(zip(income, outlay, strict=True))
    if not lines:
        rows: Rows = [["收入", None, "支出", None], ["项目", "决算数", "项　　目", "决算数"]]
        rows += [[i[0], i[1], o[0], o[1]] for i, o in pairs]
        top = heading(a, s, title, number, 4)
        return Sheet(top + rows, ("A1:D1", "A4:B4", "C4:D4"))
    rows = [
        ["收入", None, None, "支出", None, None],
        ["项    目", "行次", "金额", "项目(按功能分类)", "行次", "金额"],
        ["栏次", None, 1, "栏次", None, 2],
    ]
    half = len(pairs)
    rows += [[i[0], n, i[1], o[0], half + n, o[1]] for n, (i, o) in enumerate(pairs, 1)]
    note: Rows = [
        ["注：1.本表反映部门本年度的总收支和年末结转结余情况。"],
        ["    2.本套报表金额单位转换时可能存在尾数误差。"],
    ]
    return Sheet(heading(a, s, title, number, 6) + rows + note, ("A1:F1", "A4:C4", "D4:F4"))


def heading(a: Accounts, s: Style, title: str, number: str, width: int) -> Rows:
    blank: list[Value] = [None] * (width - 2)
    return [[title], [*blank, None, number], [f"部门：{a.owner}", *blank, f"金额单位：{s.unit}"]]


def code(name: str) -> str:
    """The class that goes by a name, empty if the unit has none."""
    return next((c for c, n in NAMES.items() if n == name and len(c) == 3), "")


Columns = Sequence[tuple[str, Callable[[Subjects, str], Decimal]]]


def of(column: str) -> Callable[[Subjects, str], Decimal]:
    return lambda subjects, code: total(subjects, column, code)


def every(*columns: str) -> Callable[[Subjects, str], Decimal]:
    return lambda subjects, code: sum((total(subjects, c, code) for c in columns), ZERO)


def nil(subjects: Subjects, code: str) -> Decimal:
    return ZERO


INCOME: Columns = (
    ("本年收入合计", every("财政", "事业", "其他")),
    ("财政拨款收入", of("财政")),
    ("上级补助收入", nil),
    ("事业收入", of("事业")),
    ("经营收入", nil),
    ("附属单位上缴收入", nil),
    ("其他收入", of("其他")),
)
OUTLAY: Columns = (
    ("本年支出合计", spent),
    ("基本支出", of("基本")),
    ("项目支出", of("项目")),
    ("上缴上级支出", nil),
    ("经营支出", nil),
    ("对附属单位补助支出", nil),
)


def split(code: str) -> list[Value]:
    """A code in three cells, as far as it goes: 201 | 03 | 01."""
    return [code[:3], code[3:5] or None, code[5:] or None]


def subjects(
    a: Accounts, s: Style, given: Subjects, columns: Columns, title: str, number: str, *, parts: bool = True
) -> Sheet:
    """A table of subjects under one line of headers: the code in three columns or in one."""
    names: list[Value] = [name for name, _ in columns]
    if parts:
        rows: Rows = [
            ["项目", None, None, None, *names],
            ["功能分类科目编码", None, None, "科目名称", *[None] * len(names)],
            ["类", "款", "项", "栏次", *range(1, len(names) + 1)],
            ["合计", None, None, None, *(s.money(work(given, "")) for _, work in columns)],
        ]
        rows += [[*split(c), NAMES[c], *(s.money(work(given, c)) for _, work in columns)] for c in levels(given)]
        merges = ("A4:D4", "A5:C5", *(f"{letter(n)}4:{letter(n)}5" for n in range(5, 5 + len(names))), "A7:D7")
    else:
        rows = [
            ["项目", None, *names],
            ["科目代码", "科目名称", *[None] * len(names)],
            ["栏次", None, *range(1, len(names) + 1)],
            ["合计", None, *(s.money(work(given, "")) for _, work in columns)],
        ]
        rows += [[int(c), NAMES[c], *(s.money(work(given, c)) for _, work in columns)] for c in levels(given)]
        merges = ("A4:B4", *(f"{letter(n)}4:{letter(n)}5" for n in range(3, 3 + len(names))))
    width = len(rows[0])
    rows.append(["注：本表反映部门本年度的情况。"])
    return Sheet(heading(a, s, title, number, width) + rows, merges)


def letter(n: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(n))


def fiscal(a: Accounts, s: Style, title: str, number: str) -> Sheet:
    """财政拨款收入支出决算总表."""
    m = s.money
    fi, fo = a.fiscal_income, a.fiscal_outlay
    opening = {"一般": a.opening["一般"], "基金": a.opening["基金"], "国资": ZERO}
    closing = {"一般": a.closing["一般"], "基金": a.closing["基金"], "国资": ZERO}

    def sums(row: Mapping[str, Decimal]) -> list[Value]:
        return [m(sum(row.values(), ZERO)), m(row["一般"]), m(row["基金"]), m(row["国资"])]

    left: list[tuple[str, Value]] = [
        ("一、一般公共预算财政拨款", m(fi["一般"])),
        ("二、政府性基金预算财政拨款", m(fi["基金"])),
        ("三、国有资本经营预算财政拨款", m(ZERO)),
    ]
    right: list[list[Value]] = []
    for n, name in enumerate(CLASSES, 1):
        c = code(name)
        parts = {"一般": spent(a.general, c) if c else ZERO, "基金": spent(a.fund, c) if c else ZERO, "国资": ZERO}
        right.append([f"{numeral(n)}、{name}", *sums(parts)])
    left += [("", None)] * (len(right) - len(left))
    left += [
        ("本年收入合计", m(sum(fi.values(), ZERO))),
        ("年初财政拨款结转和结余", m(sum(opening.values(), ZERO))),
        ("　一般公共预算财政拨款", m(opening["一般"])),
        ("　政府性基金预算财政拨款", m(opening["基金"])),
        ("　国有资本经营预算财政拨款", m(ZERO)),
        ("总计", m(sum(fi.values(), ZERO) + sum(opening.values(), ZERO))),
    ]
    right += [
        ["本年支出合计", *sums(fo)],
        ["年末财政拨款结转和结余", *sums(closing)],
        [None] * 5,
        [None] * 5,
        [None] * 5,
        ["总计", *sums({k: fo[k] + closing[k] for k in fo})],
    ]
    rows: Rows = [
        ["收     入", None, "支     出", None, None, None, None],
        ["项目", "金额", "项目", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"],
        ["栏次", 1, "栏次", 2, 3, 4, 5],
    ]
    rows += [[*one, *two] for one, two in zip(left, right, strict=True)]
    return Sheet(heading(a, s, title, number, 7) + rows, ("A1:G1", "A4:B4", "C4:G4"))


def basic(a: Accounts, s: Style, title: str, number: str) -> Sheet:
    """一般公共预算财政拨款基本支出决算表: personnel and running costs, three groups of columns."""
    first = [c for c in ECONOMIC if c[:3] in ("301", "303")]
    second = [c for c in ECONOMIC if c[:3] == "302"]
    third = [c for c in ECONOMIC if c[:3] == "310"]
    height = max(map(len, (first, second, third)))

    def line(codes: Sequence[str], n: int) -> list[Value]:
        if n >= len(codes):
            return [None, None, None]
        return [int(codes[n]), ECONOMIC[codes[n]], s.money(a.economic(codes[n]))]

    rows: Rows = [
        ["人员经费", None, None, "公用经费", None, None, None, None, None],
        ["科目编码", "科目名称", "决算数"] * 3,
        *([*line(first, n), *line(second, n), *line(third, n)] for n in range(height)),
        ["人员经费合计", None, s.money(a.personnel), "公用经费合计", None, None, None, None, s.money(a.running)],
    ]
    foot = 3 + len(rows)
    merges = ("A4:C4", "D4:I4", f"A{foot}:B{foot}", f"D{foot}:H{foot}")
    return Sheet(heading(a, s, title, number, 9) + rows, merges)


def public(a: Accounts, s: Style, title: str, number: str) -> Sheet:
    """“三公”经费: budget and outlay, six columns each."""

    def six(p: Mapping[str, Decimal]) -> list[Value]:
        cars = p["购置"] + p["运行"]
        return [s.money(v) for v in (p["出国"] + cars + p["接待"], p["出国"], cars, p["购置"], p["运行"], p["接待"])]

    under: list[Value] = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", None, None, "公务接待费"]
    deep: list[Value] = [None, None, "小计", "公务用车购置费", "公务用车运行维护费", None]
    rows: Rows = [
        ["预算数", *[None] * 5, "决算数", *[None] * 5],
        under * 2,
        deep * 2,
        list(range(1, 13)),
        [*six(a.public_budget), *six(a.public)],
        ["注：预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数。"],
    ]
    vertical = (f"{letter(c)}5:{letter(c)}6" for c in (1, 2, 6, 7, 8, 12))
    merges = ("A4:F4", "G4:L4", "C5:E5", "I5:K5", *vertical)
    return Sheet(heading(a, s, title, number, 12) + rows, merges)


GENERAL: Columns = (("小计", spent), ("基本支出", of("基本")), ("项目支出", of("项目")))
FUND: Columns = (
    ("年初结转和结余", of("年初")),
    ("本年收入", of("收入")),
    ("小计", spent),
    ("基本支出", of("基本")),
    ("项目支出", of("项目")),
    ("年末结转和结余", of("年末")),
)


def grouped(
    a: Accounts, s: Style, given: Subjects, columns: Columns, over: Sequence[str], title: str, number: str
) -> Sheet:
    """A table of subjects with a second line of headers; `over` is the upper one of each column."""
    top: list[Value] = [o if n == 0 or over[n - 1] != o else None for n, o in enumerate(over)]
    under: list[Value] = [None if name == o else name for (name, _), o in zip(columns, over, strict=True)]
    rows: Rows = [
        ["项目", None, *top],
        ["功能分类科目编码", "科目名称", *under],
        ["栏次", None, *range(1, len(columns) + 1)],
        ["合计", None, *(s.money(work(given, "")) for _, work in columns)],
        *([c, NAMES[c], *(s.money(work(given, c)) for _, work in columns)] for c in levels(given)),
    ]
    merges = ["A4:B4"]
    for n, o in enumerate(over):
        if top[n] is None:
            continue
        end = n + sum(1 for other in over[n:] if other == o) - 1
        merges.append(f"{letter(n + 3)}4:{letter(end + 3)}{5 if under[n] is None else 4}")
    return Sheet(
        heading(a, s, title, number, len(columns) + 2) + rows, tuple(m for m in merges if len(set(m.split(":"))) > 1)
    )


def nothing(a: Accounts, s: Style, title: str, number: str, note: str) -> Sheet:
    """An empty table with a note below it."""
    rows: Rows = [
        ["项目", None, "本年支出", None, None],
        ["科目代码", "科目名称", "合计", "基本支出", "项目支出"],
        ["栏次", None, 1, 2, 3],
        ["合计", None, None, None, None],
        [note],
    ]
    return Sheet(heading(a, s, title, number, 5) + rows, ("A4:B4", "C4:E4"))


# ---- whole sets


def order_a(a: Accounts, s: Style = PLAIN) -> Book:
    """Nine tables in order A: 三公 is 07, government funds 08, state capital 09."""
    y = f"{a.year}年度"
    fund_over = ("年初结转和结余", "本年收入", "本年支出", "本年支出", "本年支出", "年末结转和结余")
    return {
        "目录": Sheet([["目录"], ["一、收入支出决算总表"], ["二、收入决算表"], ["三、支出决算表"]]),
        "公开01表": statement(a, s, f"{y}收入支出决算总表", "公开01表"),
        "公开02表": subjects(a, s, a.income, INCOME, f"{y}收入决算表", "公开02表"),
        "公开03表": subjects(a, s, a.outlay, OUTLAY, f"{y}支出决算表", "公开03表"),
        "公开04表": fiscal(a, s, f"{y}财政拨款收入支出决算总表", "公开04表"),
        "公开05表": grouped(
            a, s, a.general, GENERAL, ("本年支出",) * 3, f"{y}一般公共预算财政拨款支出决算表", "公开05表"
        ),
        "公开06表": basic(a, s, f"{y}一般公共预算财政拨款基本支出决算表", "公开06表"),
        "公开07表": public(a, s, f"{y}财政拨款“三公”经费支出决算表", "公开07表"),
        "公开08表": grouped(a, s, a.fund, FUND, fund_over, f"{y}政府性基金预算财政拨款收入支出决算表", "公开08表"),
        "公开09表": nothing(
            a,
            s,
            f"{y}国有资本经营预算财政拨款支出决算表",
            "公开09表",
            "注：本部门没有国有资本经营预算财政拨款收入和支出，故本表无数据。",
        ),
    }


def nested(headers: Sequence[str], top: int = 4) -> tuple[Rows, tuple[str, ...]]:
    """Header rows, with merged cells, of headers written as paths (``本年支出/小计``); `top` is their first row."""
    paths = [header.split("/") for header in headers]
    depth = max(map(len, paths))
    rows: Rows = [[None] * len(paths) for _ in range(depth)]
    merges: list[str] = []
    for level in range(depth):
        for n, path in enumerate(paths):
            if level >= len(path) or (n and paths[n - 1][: level + 1] == path[: level + 1]):
                continue
            rows[level][n] = path[level]
            end = n
            while end + 1 < len(paths) and paths[end + 1][: level + 1] == path[: level + 1]:
                end += 1
            bottom = depth - 1 if len(path) == level + 1 else level
            if (end, bottom) != (n, level):
                merges.append(f"{letter(n + 1)}{top + level}:{letter(end + 1)}{top + bottom}")
    return rows, tuple(merges)


def table(
    a: Accounts,
    s: Style,
    title: str,
    number: str,
    columns: Sequence[tuple[str, Callable[[Subjects, str], Decimal]]],
    given: Subjects,
    *,
    note: str = "",
) -> Sheet:
    """A table of subjects under headers written as paths; empty under a note."""
    heads, merges = nested(["项目/功能分类科目编码", "项目/科目名称", *(header for header, _ in columns)])
    rows: Rows = [*heads, ["栏次", None, *range(1, len(columns) + 1)]]
    if note:
        rows += [["合计"], [note]]
    else:
        rows.append(["合计", None, *(s.money(work(given, "")) for _, work in columns)])
        rows += [[c, NAMES[c], *(s.money(work(given, c)) for _, work in columns)] for c in levels(given)]
    return Sheet(heading(a, s, title, number, len(columns) + 2) + rows, ("A1:C1", *merges))


def listed(a: Accounts, s: Style, title: str, number: str) -> Sheet:
    """基本支出 as one list of economic subjects with three columns of money."""
    rows: Rows = [
        ["经济分类科目编码", "科目名称", "合计", "人员经费", "公用经费"],
        ["合计", None, s.money(a.personnel + a.running), s.money(a.personnel), s.money(a.running)],
    ]
    for c in sorted(ECONOMIC):
        value = s.money(a.economic(c))
        personnel = c[:3] in ("301", "303")
        rows.append([c, ECONOMIC[c], value, value if personnel else None, None if personnel else value])
    return Sheet(heading(a, s, title, number, 5) + rows)


SHORT: Columns = (("合计", spent), ("基本支出", of("基本")), ("项目支出", of("项目")))
BY_THREE: Columns = (("本年支出/合计", spent), ("本年支出/基本支出", of("基本")), ("本年支出/项目支出", of("项目")))


def order_b(a: Accounts, s: Style = Style("元", as_text=True, blank_zero=False)) -> Book:
    """Nine tables in order B: government funds are 07, state capital 08, 三公 09. In 元, numbers as text."""
    note = "注：本部门无国有资本经营预算财政拨款收支，本表为空。"
    fund = ("年初结转和结余", "本年收入", "本年支出/小计", "本年支出/基本支出", "本年支出/项目支出", "年末结转和结余")
    works = [work for _, work in FUND]
    y = f"{a.year}年度"
    return {
        "GK01": statement(a, s, "收入支出决算总表", "公开01表", lines=False),
        "GK02": subjects(a, s, a.income, INCOME, f"{y}收入决算表", "公开02表", parts=False),
        "GK03": subjects(a, s, a.outlay, OUTLAY, f"{y}支出决算表", "公开03表", parts=False),
        "GK04": fiscal(a, s, f"{y}财政拨款收入支出决算总表", "公开04表"),
        "GK05": table(a, s, f"{y}一般公共预算财政拨款支出决算表", "公开05表", BY_THREE, a.general),
        "GK06": listed(a, s, f"{y}一般公共预算财政拨款基本支出决算明细表", "公开06表"),
        "GK07": table(
            a,
            s,
            f"{y}政府性基金预算财政拨款收入支出决算表",
            "公开07表",
            list(zip(fund, works, strict=True)),
            a.fund,
        ),
        "GK08": table(a, s, f"{y}国有资本经营预算财政拨款支出决算表", "公开08表", BY_THREE, {}, note=note),
        "GK09": public(a, s, f"{y}财政拨款“三公”经费支出决算表", "公开09表"),
    }


def general_of(a: Accounts) -> Subjects:
    """The general budget with opening balance, income and closing balance of each subject."""
    full: Subjects = {}
    for c, row in a.general.items():
        opening = a.opening["一般"] if c == "2130204" else ZERO
        income = a.income[c].get("财政", ZERO)
        closing = opening + income - row.get("基本", ZERO) - row.get("项目", ZERO)
        full[c] = {**row, "年初": opening, "收入": income, "年末": closing}
    return full


WIDE: Columns = (
    ("年初结转和结余/合计", of("年初")),
    ("年初结转和结余/基本支出结转", nil),
    ("年初结转和结余/项目支出结转和结余", of("年初")),
    ("本年收入/合计", of("收入")),
    ("本年收入/基本支出", nil),
    ("本年收入/项目支出", of("收入")),
    ("本年支出/合计", spent),
    ("本年支出/基本支出/小计", of("基本")),
    ("本年支出/基本支出/人员经费", of("人员")),
    ("本年支出/基本支出/公用经费", of("公用")),
    ("本年支出/项目支出", of("项目")),
    ("年末结转和结余/合计", of("年末")),
    ("年末结转和结余/基本支出结转", nil),
    ("年末结转和结余/项目支出结转和结余/小计", of("年末")),
    ("年末结转和结余/项目支出结转和结余/项目支出结转", of("年末")),
    ("年末结转和结余/项目支出结转和结余/项目支出结余", nil),
)
CAPITAL: Columns = (
    ("年初结转和结余/合计", nil),
    ("年初结转和结余/结转", nil),
    ("年初结转和结余/结余", nil),
    ("本年收入", nil),
    ("本年支出/合计", nil),
    ("本年支出/基本支出", nil),
    ("本年支出/项目支出", nil),
    ("年末结转和结余/合计", nil),
    ("年末结转和结余/结转", nil),
    ("年末结转和结余/结余", nil),
)


def vertical(a: Accounts, s: Style, title: str, number: str, *, running: bool = True) -> Sheet:
    """“三公”经费 in Yunnan: labelled rows with counts, and 机关运行经费."""

    def both(value: str) -> list[Value]:
        return [s.money(a.public_budget[value]), s.money(a.public[value])]

    b, p = a.public_budget, a.public
    cars: list[Value] = [s.money(b["购置"] + b["运行"]), s.money(p["购置"] + p["运行"])]
    sums: list[Value] = [s.money(sum(b.values(), ZERO)), s.money(sum(p.values(), ZERO))]
    lines: list[list[Value]] = [
        ["一、“三公”经费支出", "—", "—"],
        ["（一）支出合计", *sums],
        ["1．因公出国（境）费", *both("出国")],
        ["2．公务用车购置及运行维护费", *cars],
        ["（1）公务用车购置费", *both("购置")],
        ["（2）公务用车运行维护费", *both("运行")],
        ["3．公务接待费", *both("接待")],
        ["（1）国内接待费", "—", s.money(p["接待"])],
        ["其中：外事接待费", "—", None],
        ["（2）国（境）外接待费", "—", None],
        ["（二）相关统计数", "—", "—"],
        ["1．因公出国（境）团组数（个）", "—", 0],
        ["2．因公出国（境）人次数（人）", "—", 0],
        ["3．公务用车购置数（辆）", "—", 0],
        ["4．公务用车保有量（辆）", "—", 3],
        ["5．国内公务接待批次（个）", "—", 41],
        ["其中：外事接待批次（个）", "—", 0],
        ["6．国内公务接待人次（人）", "—", 310],
        ["其中：外事接待人次（人）", "—", 0],
        ["7．国（境）外公务接待批次（个）", "—", 0],
        ["8．国（境）外公务接待人次（人）", "—", 0],
    ]
    if running:
        office = s.money(total(a.general, "公用", "201"))
        lines += [
            ["二、机关运行经费", "—", office],
            ["（一）行政单位", "—", office],
            ["（二）参照公务员法管理事业单位", "—", None],
        ]
    rows: Rows = [["项目", "行次", "预算数", "决算统计数"], ["栏次", None, 1, 2]]
    rows += [[label, n, *values] for n, (label, *values) in enumerate(lines, 1)]
    rows.append(["注：1．“三公”经费为当年财政拨款安排的支出。2．机关运行经费为公用经费。"])
    return Sheet(heading(a, s, title, number, 4) + rows, ("A1:D1",))


def project(a: Accounts, s: Style, title: str, number: str) -> Sheet:
    """一般公共预算财政拨款项目支出决算表 (Yunnan): by economic subject."""
    amount = s.money(total(a.general, "项目"))
    rows: Rows = [
        ["科目编码", "科目名称", "金额"] * 2,
        [301, "工资福利支出", None, 302, "商品和服务支出", amount],
        [None, None, None, 30227, "委托业务费", amount],
        ["合计", None, None, None, None, amount],
    ]
    return Sheet(heading(a, s, title, number, 6) + rows)


def assets(a: Accounts, s: Style, title: str, number: str) -> Sheet:
    """国有资产使用情况表 (Yunnan)."""
    headers = ["项目", "行次", "资产总额", "流动资产"]
    headers += [f"固定资产/{x}" for x in ("小计", "房屋构筑物", "车辆", "单价200万以上大型设备", "其他固定资产")]
    headers += ["对外投资∕有价证券", "在建工程", "无形资产", "其他资产"]
    heads, merges = nested(headers)
    values = map(Decimal, ("560.30", "40.30", "500.00", "300.00", "60.00", "0", "140.00", "0", "0", "20.00", "0"))
    rows: Rows = [*heads, ["栏次", None, *range(1, 12)], ["合计", 1, *map(s.money, values)]]
    rows.append(
        ["注：1．资产总额=流动资产＋固定资产＋对外投资＋在建工程＋无形资产＋其他资产。2．填报金额为资产“账面原值”。"]
    )
    return Sheet(heading(a, s, title, number, 13) + rows, merges)


def evaluation(a: Accounts, name: str, spent_now: Decimal) -> Sheet:
    """项目支出绩效自评表 of one project."""
    half = spent_now / 2
    rows: Rows = [
        ["项目支出绩效自评表"],
        [f"{a.year}年度"],
        ["项目名称", None, name],
        ["主管部门", None, a.owner, None, "实施单位", "云山县林草站"],
        ["项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [None, "年度资金总额", spent_now, spent_now + 1, spent_now, 10, "95%", 9],
        [None, "其中：当年财政拨款", half, half + 1, half, "—", None, "—"],
        [None, "上年结转资金", half, half, half, "—", None, "—"],
        [None, "其他资金", 0, 0, 0, "—", None, "—"],
        ["年度总体目标", "预期目标", None, None, "实际完成情况"],
        [None, "按期完成", None, None, "已完成"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"],
        ["产出指标", "数量指标", "巡护次数", "≥12次", "12次", 50, 50, None],
        ["总分", None, None, None, None, 100, 99, None],
    ]
    return Sheet(rows, ("A3:B3", "A6:A9"))


def yunnan(a: Accounts, s: Style = PLAIN, edition: int = 2023) -> Book:
    """The tables of Yunnan as published for 2020, 2022 and from 2023 on."""
    f = general_of(a)
    none = "注：本部门没有国有资本经营预算财政拨款收入和支出，《国有资本经营预算财政拨款收入支出决算表》为空表。"
    book = {
        "1": statement(a, s, "收入支出决算总表" if edition == 2020 else "收入支出决算表", "公开01表"),
        "2": subjects(a, s, a.income, INCOME, "收入决算表", "公开02表"),
        "3": subjects(a, s, a.outlay, OUTLAY, "支出决算表", "公开03表"),
        "4": fiscal(a, s, "财政拨款收入支出决算总表" if edition == 2020 else "财政拨款收入支出决算表", "公开04表"),
        "5": table(a, s, "一般公共预算财政拨款收入支出决算表", "公开05表", WIDE, f),
        "6": basic(a, s, "一般公共预算财政拨款基本支出决算表", "公开06表"),
    }
    if edition > 2020:
        book["7"] = project(a, s, "一般公共预算财政拨款项目支出决算表", "公开07表")
    book["8"] = table(a, s, "政府性基金预算财政拨款收入支出决算表", "公开08表", WIDE, a.fund)
    book["9"] = table(a, s, "国有资本经营预算财政拨款收入支出决算表", "公开09表", CAPITAL, {}, note=none)
    scope = "财政拨款" if edition == 2023 else ""
    book["10"] = vertical(a, s, f"{scope}“三公”经费、行政参公单位机关运行经费情况表", "公开10表")
    if edition == 2023:
        book["11"] = vertical(a, s, "一般公共预算财政拨款“三公”经费情况表", "公开11表", running=False)
    if edition > 2020:
        book["12"] = assets(a, s, "国有资产使用情况表", "公开12表")
    if edition > 2020:
        book["14-1"] = evaluation(a, "林草防火专项经费", Decimal("120.40"))
        book["14-2"] = evaluation(a, "生态修复补助", Decimal("68.00"))
    for sheet in book.values():
        sheet.rows[1][0] = f"{a.year}年度"
    return book
