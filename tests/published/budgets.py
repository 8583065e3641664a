"""Budgets as published in Shanghai, Guangxi, Tianjin and Shanxi, built from one set of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .accounts import CLASSES, ECONOMIC, NAMES, ZERO, Accounts, Subjects, amounts, levels, spent, total
from .books import Book, Rows, Sheet, Style, Value, code, heading, nested, numeral, split

BUDGET = replace(
    Accounts(),
    income={
        c: amounts(
            财政=str(spent({**Accounts().general, **Accounts().fund}, c)),
            事业=str(row_total - spent({**Accounts().general, **Accounts().fund}, c)),
        )
        for c, row_total in ((c, spent(Accounts().outlay, c)) for c in Accounts().outlay)
    },
    fund={"2120899": amounts(项目="50.00")},
    opening=amounts(一般="0", 基金="0", 其他="0"),
    used=ZERO,
    distributed=ZERO,
)
PROJECTS = {"林草防火专项经费": Decimal("120.40"), "生态修复补助": Decimal("68.00")}
PURCHASES = (("货物", Decimal("12.50")), ("工程", ZERO), ("服务", Decimal("30.00")))


def top(a: Accounts, s: Style, title: str, width: int, owner: str = "编制部门") -> Rows:
    rows = heading(a, s, title, "", width)
    rows[2][0] = f"{owner}：{a.owner}"
    return rows


def two_sides(
    a: Accounts, s: Style, title: str, left: Sequence[tuple[str, Decimal | None]], heads: Rows, *, sums: bool = False
) -> Sheet:
    """Income on the left, classes of outlay on the right, totals below."""
    m = s.money
    right: list[tuple[str, Value]] = [
        (f"{numeral(n)}、{name}", m(spent(a.outlay, code(name)) if code(name) else ZERO))
        for n, name in enumerate(CLASSES, 1)
    ]
    right += [("本年支出合计", m(spent(a.outlay))), ("结转下年", m(ZERO))] if sums else []
    height = max(len(left), len(right))
    rows: Rows = [*heads]
    for n in range(height):
        label, value = left[n] if n < len(left) else ("", None)
        rows.append(
            [label or None, None if value is None else m(value), *(right[n] if n < len(right) else (None, None))]
        )
    rows.append(["收入总计", m(a.income_total), "支出总计", m(spent(a.outlay))])
    return Sheet(top(a, s, title, 4) + rows, ("A4:B4", "C4:D4"))


def by_subject(
    a: Accounts, s: Style, title: str, given: Subjects, headers: Sequence[str], works: Sequence[object], *, parts: bool
) -> Sheet:
    """A table of subjects; the code in one column, or in three."""
    codes = (
        ["项目/功能分类科目编码/类", "项目/功能分类科目编码/款", "项目/功能分类科目编码/项"] if parts else ["科目编码"]
    )
    heads, merges = nested([*codes, "项目/功能分类科目名称" if parts else "科目名称", *headers])
    rows: Rows = [*heads]
    blank: list[Value] = [None] * (len(codes) - 1)

    def line(c: str) -> list[Value]:
        return [s.money(work(given, c)) for work in works]  # type: ignore[operator]

    rows += [[*(split(c) if parts else [c]), NAMES[c], *line(c)] for c in levels(given)]
    rows.append(["合计", *blank, None, *line("")])
    return Sheet(top(a, s, title, len(rows[0])) + rows, merges)


def basic_list(a: Accounts, s: Style, title: str, headers: Sequence[str]) -> Sheet:
    heads, merges = nested(["经济分类科目编码/类", "经济分类科目编码/款", "经济分类科目名称", *headers])
    rows: Rows = [*heads]
    for c in sorted(ECONOMIC):
        value, personnel = s.money(a.economic(c)), c[:3] in ("301", "303")
        rows.append(
            [c[:3], c[3:] or None, ECONOMIC[c], value, value if personnel else None, None if personnel else value]
        )
    rows.append(["合计", None, None, *map(s.money, (a.personnel + a.running, a.personnel, a.running))])
    return Sheet(top(a, s, title, 6) + rows, merges)


def fiscal_sides(a: Accounts, s: Style, title: str, left: Sequence[tuple[str, Decimal]], *, first: bool) -> Sheet:
    """财政拨款收支总表; `first` puts the total of outlay above its classes."""
    m = s.money

    def sums(c: str) -> list[Value]:
        return [m(spent(a.general, c) + spent(a.fund, c)), m(spent(a.general, c)), m(spent(a.fund, c)), m(ZERO)]

    right: list[list[Value]] = [["一、本年支出", *sums("")]] if first else []
    for n, name in enumerate(CLASSES, 1):
        c = code(name)
        right.append([f"（{numeral(n)}）{name}", *(sums(c) if c else [m(ZERO)] * 4)])
    if first:
        right.append(["二、结转下年", *[m(ZERO)] * 4])
    heads, merges = nested(
        [
            "收入/项目",
            "收入/预算数",
            *(f"支出/{x}" for x in ("项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")),
        ]
    )
    rows: Rows = [*heads]
    for n, line in enumerate(right):
        label, value = left[n] if n < len(left) else (None, None)
        rows.append([label, None if value is None else m(value), *line])
    rows.append(["收入总计", m(spent(a.general) + spent(a.fund)), "支出总计", *sums("")])
    return Sheet(top(a, s, title, 7) + rows, merges)


def outlay_works() -> list[object]:
    return [spent, lambda g, c: total(g, "基本", c), lambda g, c: total(g, "项目", c)]


def income_works() -> list[object]:
    return [
        lambda g, c: total(g, "财政", c) + total(g, "事业", c),
        lambda g, c: total(g, "财政", c),
        lambda g, c: total(g, "事业", c),
        lambda g, c: ZERO,
        lambda g, c: ZERO,
    ]


def six(a: Accounts, s: Style) -> list[Value]:
    p = a.public_budget
    cars = p["购置"] + p["运行"]
    return [s.money(v) for v in (cars + p["出国"] + p["接待"], p["出国"], p["接待"], cars, p["购置"], p["运行"])]


def shanghai(a: Accounts = BUDGET) -> Book:
    """Nine tables in 元, the one on 三公 in 万元, blank cells for zero."""
    s = Style("元")
    y, kind = f"{a.year}年", "部门"
    general, fund = spent(a.general), spent(a.fund)
    left = [
        ("一、财政拨款收入", general + fund),
        ("1. 一般公共预算资金", general),
        ("2. 政府性基金", fund),
        ("3. 国有资本经营预算", ZERO),
        ("二、事业收入", total(a.income, "事业")),
        ("三、事业单位经营收入", ZERO),
        ("四、其他收入", ZERO),
    ]
    heads: Rows = [["本年收入", None, "本年支出", None], ["项目", "预算数", "项目", "预算数"]]
    sources = ("合计", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入")
    kinds = ("合计", "基本支出", "项目支出")
    public_heads, merges = nested(
        [
            *("“三公”经费预算数/合计", "“三公”经费预算数/因公出国(境)费", "“三公”经费预算数/公务接待费"),
            *(f"“三公”经费预算数/公务用车购置及运行费/{x}" for x in ("小计", "购置费", "运行费")),
            "机关运行经费预算数",
        ]
    )
    wan = Style()
    public: Rows = [*public_heads, [*six(a, wan), wan.money(Decimal("50.00"))]]
    t4 = [("一、一般公共预算资金", general), ("二、政府性基金", fund), ("三、国有资本经营预算", ZERO)]
    return {
        "1": two_sides(a, s, f"{y}{kind}财务收支预算总表", left, heads),
        "2": by_subject(
            a, s, f"{y}{kind}收入预算总表", a.income, [f"收入预算/{x}" for x in sources], income_works(), parts=True
        ),
        "3": by_subject(
            a, s, f"{y}{kind}支出预算总表", a.outlay, [f"支出预算/{x}" for x in kinds], outlay_works(), parts=True
        ),
        "4": fiscal_sides(a, s, f"{y}{kind}财政拨款收支预算总表", t4, first=False),
        "5": by_subject(
            a,
            s,
            f"{y}{kind}一般公共预算支出功能分类预算表",
            a.general,
            [f"一般公共预算支出/{x}" for x in kinds],
            outlay_works(),
            parts=True,
        ),
        "6": by_subject(
            a,
            s,
            f"{y}{kind}政府性基金预算支出功能分类预算表",
            a.fund,
            [f"政府性基金预算支出/{x}" for x in kinds],
            outlay_works(),
            parts=True,
        ),
        "7": empty(
            a, s, f"{y}{kind}国有资本经营预算支出功能分类预算表", "注：本部门无国有资本经营预算，故本表无数据。"
        ),
        "8": basic_list(
            a,
            s,
            f"{y}{kind}一般公共预算基本支出部门预算经济分类预算表",
            [f"一般公共预算基本支出/{x}" for x in ("合计", "人员经费", "公用经费")],
        ),
        "9": Sheet(top(a, wan, f"{y}{kind}“三公”经费和机关运行经费预算表", 7) + public, merges),
    }


def empty(a: Accounts, s: Style, title: str, note: str) -> Sheet:
    rows: Rows = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["合计"], [note]]
    return Sheet(top(a, s, title, 5) + rows)


def guangxi(a: Accounts = BUDGET) -> Book:
    """预算公开01–10表: income by unit in one row, 三公 with meetings and training, projects with goals."""
    s = Style()
    y = f"{a.year}年"
    general, fund, own = spent(a.general), spent(a.fund), total(a.income, "事业")
    left = [
        ("一、一般公共预算拨款收入", general),
        ("二、政府性基金预算拨款收入", fund),
        ("三、国有资本经营预算拨款收入", ZERO),
        ("四、财政专户管理资金收入", own),
        ("五、事业收入", ZERO),
        ("六、事业单位经营收入", ZERO),
        ("七、上级补助收入", ZERO),
        ("八、附属单位上缴收入", ZERO),
        ("九、其他收入", ZERO),
        ("本年收入合计", a.income_total),
        ("上年结转结余", ZERO),
    ]
    sides = two_sides(
        a, s, f"{y}收支总体情况表", left, [["收入", None, "支出", None], ["项目", "预算数"] * 2], sums=True
    )
    units, merges = nested(
        [
            *("部门（单位）代码", "部门（单位）名称", "合计"),
            *(
                f"本年收入/{x}"
                for x in ("小计", "一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金")
            ),
            *(f"上年结转结余/{x}" for x in ("小计", "一般公共预算")),
        ]
    )
    money = [s.money(v) for v in (a.income_total, a.income_total, general, fund, ZERO, own, ZERO, ZERO)]
    income: Rows = [*units, [None, "合计", *money], ["320001", a.owner, *money]]
    lines = [
        ("一、本年收入", general + fund),
        ("（一）一般公共预算拨款", general),
        ("（二）政府性基金预算拨款", fund),
        ("（三）国有资本经营预算拨款", ZERO),
        ("二、上年结转", ZERO),
        ("（一）一般公共预算拨款", ZERO),
        ("（二）政府性基金预算拨款", ZERO),
        ("（三）国有资本经营预算拨款", ZERO),
    ]
    p = a.public_budget
    public: Rows = [
        ["项目", "上年预算数", "本年预算数"],
        ["合计", *[s.money(sum(p.values(), ZERO))] * 2],
        ["1.因公出国（境）费", *[s.money(p["出国"])] * 2],
        ["2.公务接待费", *[s.money(p["接待"])] * 2],
        ["3.公务用车购置及运行维护费", *[s.money(p["购置"] + p["运行"])] * 2],
        ["其中：（1）公务用车运行维护费", *[s.money(p["运行"])] * 2],
        ["（2）公务用车购置费", *[s.money(p["购置"])] * 2],
        ["4.会议费", s.money(Decimal("2.00")), s.money(Decimal("1.50"))],
        ["5.培训费", s.money(Decimal("3.00")), s.money(Decimal("2.50"))],
    ]
    outlay = ("合计", "基本支出", "项目支出", "上缴上级支出", "事业单位经营支出", "对附属单位补助支出")
    more = [*outlay_works(), *[lambda g, c: ZERO] * 3]
    parts = ["合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"]
    works = [
        spent,
        *(lambda g, c, k=k: total(g, k, c) for k in ("基本", "人员", "公用", "项目")),
    ]
    kinds = ("合计", "基本支出", "项目支出")
    return {
        "预算公开01表": sides,
        "预算公开02表": Sheet(top(a, s, f"{y}收入总体情况表", 10) + income, merges),
        "预算公开03表": by_subject(a, s, f"{y}支出总体情况表", a.outlay, outlay, more, parts=False),
        "预算公开04表": fiscal_sides(a, s, f"{y}财政拨款收支总体情况表", lines, first=True),
        "预算公开05表": by_subject(a, s, f"{y}一般公共预算支出情况表", a.general, parts, works, parts=False),
        "预算公开06表": basic_list(a, s, f"{y}一般公共预算基本支出情况表", ["合计", "人员经费", "公用经费"]),
        "预算公开07表": Sheet(top(a, s, f"{y}一般公共预算“三公”经费、会议费和培训费支出情况表", 3) + public),
        "预算公开08表": by_subject(a, s, f"{y}政府性基金预算支出情况表", a.fund, kinds, outlay_works(), parts=False),
        "预算公开09表": empty(a, s, f"{y}国有资本经营预算支出情况表", "本部门没有国有资本经营预算支出，此表无数据。"),
        "预算公开10表": projects(a, s, f"{y}项目支出绩效目标表"),
    }


def projects(a: Accounts, s: Style, title: str) -> Sheet:
    rows: Rows = [["序号", "项目名称", "项目金额", "年度绩效目标"]]
    rows += [[n, name, s.money(value), "按期完成"] for n, (name, value) in enumerate(PROJECTS.items(), 1)]
    return Sheet(top(a, s, title, 4) + rows)


def tianjin(a: Accounts = BUDGET) -> Book:
    """Twelve tables: Guangxi's without meetings, with projects and procurement."""
    s = Style()
    y = f"{a.year}年"
    book = guangxi(a)
    titles = (
        "部门收支总表",
        "部门收入总表",
        "部门支出总表",
        "财政拨款收支总表",
        "一般公共预算支出表",
        "一般公共预算基本支出表",
    )
    named = {f"{n}": sheet for n, sheet in enumerate(list(book.values())[:6], 1)}
    for sheet, title in zip(named.values(), titles, strict=True):
        sheet.rows[0] = [title]
    heads, merges = nested(
        [
            "合计",
            "因公出国（境）费",
            "公务接待费",
            *(f"公务用车购置及运行费/{x}" for x in ("小计", "公务用车购置费", "公务用车运行费")),
        ]
    )
    named["7"] = Sheet([*top(a, s, "一般公共预算“三公”经费支出表", 6), *heads, six(a, s)], merges)
    named["8"] = book["预算公开08表"]
    named["9"] = book["预算公开09表"]
    named["8"].rows[0], named["9"].rows[0] = ["政府性基金预算支出表"], ["国有资本经营预算支出表"]
    money = [s.money(v) for v in PROJECTS.values()]
    rows: Rows = [["项目名称", "项目单位", "合计"]]
    rows += [[name, a.owner, value] for name, value in zip(PROJECTS, money, strict=True)]
    rows.append(["合计", None, s.money(sum(PROJECTS.values(), ZERO))])
    named["10"] = Sheet(top(a, s, "项目支出表", 3) + rows)
    buys: Rows = [["项目", "金额"], ["合计", s.money(sum((v for _, v in PURCHASES), ZERO))]]
    buys += [[f"政府采购{name}预算", s.money(value)] for name, value in PURCHASES]
    buys.append(["其中：面向中小企业采购", s.money(Decimal("20.00"))])
    named["11"] = Sheet(top(a, s, f"{y}政府采购预算表", 2) + buys)
    return named


def shanxi(a: Accounts = BUDGET) -> Book:
    """Twelve tables, one of them on the running costs of the office."""
    s = Style()
    book = tianjin(a)
    del book["11"]
    rows: Rows = [["项目", "预算数"], ["机关运行经费", s.money(Decimal("50.00"))]]
    book["12"] = Sheet(top(a, s, "机关运行经费预算表", 2) + rows)
    heads, merges = nested(["采购预算/合计", "采购预算/货物", "采购预算/工程", "采购预算/服务"])
    buys = [sum((v for _, v in PURCHASES), ZERO), *(v for _, v in PURCHASES)]
    book["13"] = Sheet([*top(a, s, f"{a.year}年政府采购预算表", 4), *heads, [s.money(v) for v in buys]], merges)
    return book
