"""Topics on money: income, outlay, 三公, balances, procurement, assets. Bare numbers are in the ledger unit."""

from __future__ import annotations

from typing import ClassVar

from draftgen.figures.model.fields import DayField, Figure, Number, Strings, Topic, Words, field
from draftgen.figures.quantities import BATCH, ITEM, MONEY, PERSON_TIME, SET, VEHICLE


class IncomeSubject(Topic):
    """A row of the table of income (收入决算表): a subject by source."""

    name_field: ClassVar[str] = "编码"

    code: Words = field("编码", "code", note="功能分类科目编码，类3位、款5位、项7位", required=True)
    name: Words = field("科目名称", "name", required=True)
    total: Number | None = field("合计", "income of the subject", unit=MONEY)
    fiscal: Number | None = field("财政拨款收入", "fiscal appropriation", unit=MONEY)
    superior: Number | None = field("上级补助收入", "subsidies from above", unit=MONEY)
    operating: Number | None = field("事业收入", "income from public services", unit=MONEY)
    business: Number | None = field("经营收入", "business income", unit=MONEY)
    subordinate: Number | None = field("附属单位上缴收入", "paid in by subordinate units", unit=MONEY)
    other: Number | None = field("其他收入", "other income", unit=MONEY)


class Income(Topic):
    """收入, by source as in the final-account tables."""

    total: Figure | None = field("合计", "income of the year", unit=MONEY)
    fiscal: Figure | None = field("财政拨款收入", "fiscal appropriation", unit=MONEY)
    superior: Figure | None = field("上级补助收入", "subsidies from above", unit=MONEY)
    operating: Figure | None = field("事业收入", "income from public services", unit=MONEY)
    business: Figure | None = field("经营收入", "business income", unit=MONEY)
    subordinate: Figure | None = field("附属单位上缴收入", "paid in by subordinate units", unit=MONEY)
    other: Figure | None = field("其他收入", "other income", unit=MONEY)
    subjects: list[IncomeSubject] | None = field("科目", "by functional subject", note="收入决算表的各行")


class BasicOutlay(Topic):
    """基本支出: personnel and running costs."""

    bare_field: ClassVar[str] = "合计"

    total: Figure | None = field("合计", "basic outlay", unit=MONEY)
    personnel: Figure | None = field("人员经费", "personnel", unit=MONEY)
    public: Figure | None = field("公用经费", "running costs", unit=MONEY)


class ProjectOutlay(Topic):
    """项目支出, by functional class."""

    bare_field: ClassVar[str] = "合计"

    total: Figure | None = field("合计", "project outlay", unit=MONEY)
    functions: dict[str, Figure] | None = field(
        "功能分类", "by functional class", unit=MONEY, note="类级科目名称：金额"
    )


class OutlaySubject(Topic):
    """A row of the table of outlay (支出决算表): a subject by kind of outlay."""

    name_field: ClassVar[str] = "编码"

    code: Words = field("编码", "code", note="功能分类科目编码，类3位、款5位、项7位", required=True)
    name: Words = field("科目名称", "name", required=True)
    total: Number | None = field("合计", "outlay of the subject", unit=MONEY)
    basic: Number | None = field("基本支出", "basic outlay", unit=MONEY)
    project: Number | None = field("项目支出", "project outlay", unit=MONEY)
    upward: Number | None = field("上缴上级支出", "paid to the superior", unit=MONEY)
    business: Number | None = field("经营支出", "business outlay", unit=MONEY)
    subsidies: Number | None = field("对附属单位补助支出", "subsidies to subordinate units", unit=MONEY)


class Outlay(Topic):
    """支出 of the year."""

    total: Figure | None = field("合计", "outlay of the year", unit=MONEY)
    basic: BasicOutlay | None = field("基本支出", "basic outlay")
    project: ProjectOutlay | None = field("项目支出", "project outlay")
    business: Figure | None = field("经营支出", "business outlay", unit=MONEY)
    upward: Figure | None = field("上缴上级支出", "paid to the superior", unit=MONEY)
    subsidies: Figure | None = field("对附属单位补助支出", "subsidies to subordinate units", unit=MONEY)
    classes: dict[str, Figure] | None = field(
        "功能分类", "outlay by functional class", unit=MONEY, note="收入支出决算总表的各类支出，类级科目名称：金额"
    )
    subjects: list[OutlaySubject] | None = field("科目", "by functional subject", note="支出决算表的各行")


class ThreePublic(Topic):
    """“三公”经费 and the counts that go with it."""

    total: Figure | None = field("合计", "three public in all", unit=MONEY)
    abroad: Figure | None = field("因公出国（境）费", "trips abroad", unit=MONEY)
    purchase: Figure | None = field("公务用车购置费", "purchase of vehicles", unit=MONEY)
    running: Figure | None = field("公务用车运行维护费", "running of vehicles", unit=MONEY)
    vehicles: Figure | None = field(
        "公务用车购置及运行维护费", "purchase and running of vehicles", unit=MONEY, note="可不填，由两项相加"
    )
    reception: Figure | None = field("公务接待费", "official receptions", unit=MONEY)
    groups: Number | None = field("出国团组", "groups abroad", unit=ITEM)
    travellers: Number | None = field("出国人次", "persons abroad", unit=PERSON_TIME)
    bought: Number | None = field("购置车辆", "vehicles bought", unit=VEHICLE)
    receptions: Number | None = field("接待批次", "receptions", unit=BATCH)
    guests: Number | None = field("接待人次", "guests", unit=PERSON_TIME)
    foreign_receptions: Number | None = field("外宾接待批次", "of which for foreign guests", unit=BATCH)
    foreign_guests: Number | None = field("外宾接待人次", "foreign guests", unit=PERSON_TIME)


class Balance(Topic):
    """结转结余 at one date, by source."""

    bare_field: ClassVar[str] = "合计"

    total: Figure | None = field("合计", "balance in all", unit=MONEY)
    basic: Figure | None = field("基本支出", "of basic outlay", unit=MONEY)
    project: Figure | None = field("项目支出", "of project outlay", unit=MONEY)
    other: Figure | None = field("非同级财政拨款", "of other funds", unit=MONEY)


class Balances(Topic):
    """结转结余: opening and closing."""

    opening: Balance | None = field("年初", "opening")
    closing: Balance | None = field("年末", "closing")
    used: Figure | None = field("使用非财政拨款结余", "non-fiscal surplus used", unit=MONEY, note="含专用结余")
    distributed: Figure | None = field("结余分配", "surplus distributed", unit=MONEY)


class Procurement(Topic):
    """政府采购. 全年预算 is the procurement budget."""

    items: Number | None = field("项目数", "number of items", unit=ITEM)
    total: Figure | None = field("合计", "procurement", unit=MONEY, note="本年写实际采购金额，全年预算写采购预算")
    goods: Figure | None = field("货物", "goods", unit=MONEY)
    works: Figure | None = field("工程", "works", unit=MONEY)
    services: Figure | None = field("服务", "services", unit=MONEY)
    small: Figure | None = field(
        "中小企业", "for small and medium firms", unit=MONEY, note="授予（预留给）中小企业的金额"
    )
    micro: Figure | None = field("小微企业", "of which small and micro firms", unit=MONEY)
    laws: Strings | None = field("依据", "laws and rules followed", note="文件名称，不加书名号")
    content: Words | None = field("内容", "what was bought", note="如“办公设备”")


class CurrentAssets(Topic):
    """流动资产."""

    bare_field: ClassVar[str] = "合计"

    total: Figure | None = field("合计", "current assets", unit=MONEY)
    cash: Figure | None = field("库存现金", "cash", unit=MONEY)
    bank: Figure | None = field("银行存款", "bank deposits", unit=MONEY)
    quota: Figure | None = field("零余额账户用款额度", "zero-balance account quota", unit=MONEY)
    returned: Figure | None = field("财政应返还额度", "quota to be returned", unit=MONEY)
    receivable: Figure | None = field("其他应收款", "other receivables", unit=MONEY)
    prepaid: Figure | None = field("预付账款", "prepayments", unit=MONEY)
    stock: Figure | None = field("存货", "stock", unit=MONEY)
    deferred: Figure | None = field("待摊费用", "deferred expenses", unit=MONEY)


class FixedAssets(Topic):
    """固定资产: gross, depreciation, net."""

    gross: Figure | None = field("原值", "gross value", unit=MONEY)
    depreciation: Figure | None = field("累计折旧", "accumulated depreciation", unit=MONEY)
    net: Figure | None = field("净值", "net value", unit=MONEY)
    in_use: Figure | None = field("在用", "gross value in use", unit=MONEY)


class IntangibleAssets(Topic):
    """无形资产: gross, amortisation, net."""

    gross: Figure | None = field("原值", "gross value", unit=MONEY)
    amortisation: Figure | None = field("累计摊销", "accumulated amortisation", unit=MONEY)
    net: Figure | None = field("净值", "net value", unit=MONEY)


class Disposal(Topic):
    """A disposal of assets."""

    date: DayField | None = field("日期", "date")
    unit: Words | None = field("单位", "unit")
    paper: Words | None = field("文号", "number of the paper")
    pieces: Number | None = field("件数", "pieces", unit="件")
    manner: Words | None = field("方式", "manner", note="报废、报损、出售……")
    gross: Number | None = field("原值", "gross value", unit=MONEY)
    net: Number | None = field("净值", "net value", unit=MONEY)


class Transfer(Topic):
    """Assets handed over with a unit that left."""

    name_field: ClassVar[str] = "单位"

    unit: Words = field("单位", "receiving unit", required=True)
    paper: Words | None = field("文号", "number of the paper")
    net: Number | None = field("净值", "net value", unit=MONEY)


class AssetChanges(Topic):
    """变动 of fixed assets, at net value."""

    decrease: Number | None = field("净值减少", "fall of net value", unit=MONEY)
    depreciation: Number | None = field("计提折旧", "depreciation of the year", unit=MONEY)
    added: Number | None = field("新增", "additions", unit=MONEY)
    disposals: list[Disposal] | None = field("处置", "disposals")
    transfers: list[Transfer] | None = field("划转", "transfers")


class Assets(Topic):
    """资产 at the end of the year."""

    as_of: DayField | None = field("截止日期", "as of")
    total: Figure | None = field("合计", "assets in all", unit=MONEY, note="固定资产、无形资产按净值计入")
    current: CurrentAssets | None = field("流动资产", "current assets")
    investments: Figure | None = field("对外投资", "investments", unit=MONEY)
    construction: Figure | None = field("在建工程", "construction in progress", unit=MONEY)
    fixed: FixedAssets | None = field("固定资产", "fixed assets")
    intangible: IntangibleAssets | None = field("无形资产", "intangible assets")
    other: Figure | None = field("其他资产", "other assets", unit=MONEY)
    equipment: Number | None = field("单价100万元以上设备", "equipment above a million", unit=SET, note="不含车辆")
    older_equipment: Number | None = field(
        "单价50万元以上通用设备", "general equipment above half a million", unit=SET, note="当地仍按旧口径公开时填写"
    )
    changes: AssetChanges | None = field("变动", "changes of fixed assets")
