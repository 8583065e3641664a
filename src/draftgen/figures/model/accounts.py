"""Topics of the published tables (公开01–09表): subjects, the three budgets, and what is told beside them.

Amounts are in the ledger unit. Source: 部门决算公开 and 部门预算公开 tables.
"""

from __future__ import annotations

from typing import ClassVar

from draftgen.figures.model.fields import Figure, Number, Strings, Topic, Words, field
from draftgen.figures.model.funds import ThreePublic
from draftgen.figures.quantities import ITEM, MONEY, PERSON_TIME, POINT


class ThreeBudgets(Topic):
    """An amount of fiscal money, by the budget that it belongs to."""

    bare_field: ClassVar[str] = "合计"

    total: Figure | None = field("合计", "fiscal money in all", unit=MONEY)
    general: Figure | None = field("一般公共预算", "general public budget", unit=MONEY)
    fund: Figure | None = field("政府性基金预算", "government funds budget", unit=MONEY)
    capital: Figure | None = field("国有资本经营预算", "state capital budget", unit=MONEY)


class FiscalClass(Topic):
    """A functional class of fiscal outlay, by budget (财政拨款收入支出决算总表)."""

    name_field: ClassVar[str] = "类"

    name: Words = field("类", "functional class", note="类级科目名称", required=True)
    total: Number | None = field("合计", "outlay of the class", unit=MONEY)
    general: Number | None = field("一般公共预算", "general public budget", unit=MONEY)
    fund: Number | None = field("政府性基金预算", "government funds budget", unit=MONEY)
    capital: Number | None = field("国有资本经营预算", "state capital budget", unit=MONEY)


class FiscalFunds(Topic):
    """财政拨款: income, outlay and balances of fiscal money (财政拨款收入支出决算总表)."""

    income: ThreeBudgets | None = field("收入", "fiscal income of the year")
    opening: ThreeBudgets | None = field("年初结转和结余", "opening balance of fiscal money")
    outlay: ThreeBudgets | None = field("支出", "fiscal outlay of the year")
    closing: ThreeBudgets | None = field("年末结转和结余", "closing balance of fiscal money")
    grand_total: Figure | None = field("总计", "fiscal grand total", unit=MONEY, note="本年收入加年初结转和结余")
    classes: list[FiscalClass] | None = field("功能分类", "fiscal outlay by functional class")


class GeneralSubject(Topic):
    """A subject of outlay from the general public budget, at any level: code of 3, 5 or 7 digits."""

    name_field: ClassVar[str] = "编码"

    code: Words = field("编码", "code", note="功能分类科目编码，类3位、款5位、项7位", required=True)
    name: Words = field("科目名称", "name", required=True)
    outlay: Figure | None = field("支出", "outlay", unit=MONEY, note="本年写决算数（预算报告写预算数）")
    basic: Number | None = field("基本支出", "of which basic", unit=MONEY)
    personnel: Number | None = field("人员经费", "of which personnel", unit=MONEY, note="云南版式的表中单列时填写")
    public: Number | None = field("公用经费", "of which running costs", unit=MONEY, note="云南版式的表中单列时填写")
    project: Number | None = field("项目支出", "of which projects", unit=MONEY)
    opening: Number | None = field("年初结转和结余", "opening balance", unit=MONEY)
    income: Number | None = field("收入", "income of the year", unit=MONEY)
    closing: Number | None = field("年末结转和结余", "closing balance", unit=MONEY)


class GeneralBasic(Topic):
    """基本支出 from the general public budget, by economic subject (基本支出决算表)."""

    bare_field: ClassVar[str] = "合计"

    total: Figure | None = field("合计", "basic outlay", unit=MONEY)
    personnel: Figure | None = field("人员经费", "personnel", unit=MONEY)
    public: Figure | None = field("公用经费", "running costs", unit=MONEY)
    personnel_items: dict[str, Figure] | None = field(
        "人员经费明细", "personnel by economic subject", unit=MONEY, note="款级经济分类科目名称：金额，如“基本工资”"
    )
    public_items: dict[str, Figure] | None = field(
        "公用经费明细", "running costs by economic subject", unit=MONEY, note="款级经济分类科目名称：金额，如“办公费”"
    )


class GeneralBudget(Topic):
    """一般公共预算财政拨款: outlay in all, its basic part, and by subject."""

    outlay: Figure | None = field("支出", "outlay from the general public budget", unit=MONEY)
    basic: GeneralBasic | None = field("基本支出", "basic outlay")
    project: Figure | None = field("项目支出", "project outlay", unit=MONEY)
    subjects: list[GeneralSubject] | None = field("科目", "by functional subject")
    three_public: ThreePublic | None = field(
        "三公经费", "three public of the general budget", note="单独公开一般公共预算“三公”经费表的地方填写"
    )


class OtherBudget(Topic):
    """政府性基金预算 or 国有资本经营预算: balances, income, outlay, by subject."""

    opening: Figure | None = field("年初结转和结余", "opening balance", unit=MONEY)
    income: Figure | None = field("收入", "income of the year", unit=MONEY)
    outlay: Figure | None = field("支出", "outlay of the year", unit=MONEY)
    basic: Figure | None = field("基本支出", "of which basic", unit=MONEY)
    project: Figure | None = field("项目支出", "of which projects", unit=MONEY)
    closing: Figure | None = field("年末结转和结余", "closing balance", unit=MONEY)
    subjects: list[GeneralSubject] | None = field("科目", "by functional subject")


class BudgetPerformance(Topic):
    """预算绩效: how many projects had goals, were tracked and evaluated, and with what result."""

    goals: Number | None = field("目标项目数", "projects with goals", unit=ITEM)
    goals_amount: Number | None = field("目标金额", "their amount", unit=MONEY)
    tracked: Number | None = field("跟踪项目数", "projects tracked", unit=ITEM)
    tracked_amount: Number | None = field("跟踪金额", "their amount", unit=MONEY)
    evaluated: Number | None = field("自评项目数", "projects self-evaluated", unit=ITEM)
    evaluated_amount: Number | None = field("自评金额", "their amount", unit=MONEY)
    average: Number | None = field("平均得分", "average score", unit=POINT)
    grades: dict[str, Number] | None = field("等级", "projects by grade", unit=ITEM, note="等级名称：项目数，如 优: 5")
    found: Number | None = field("发现问题数", "problems found", unit=ITEM)
    mended: Number | None = field("整改问题数", "problems mended", unit=ITEM)
    rules: Strings | None = field("制度", "rules in force", note="文件名称，不加书名号")
    text: Words | None = field("说明", "what else is told")


class GeneralItems(Topic):
    """一般性支出: meetings, training and festivities with their counts."""

    meetings: Number | None = field("会议次数", "meetings held", unit="次")
    attendants: Number | None = field("会议人次", "attendants", unit=PERSON_TIME)
    meeting_content: Words | None = field("会议内容", "what they were about")
    trainings: Number | None = field("培训次数", "trainings held", unit="次")
    trained: Number | None = field("培训人次", "persons trained", unit=PERSON_TIME)
    training_content: Words | None = field("培训内容", "what they were about")
    festivities: Figure | None = field("节庆活动", "festivities and contests", unit=MONEY)
