"""The data file as a whole."""

from __future__ import annotations

from typing import Literal

from draftgen.figures.model.accounts import (
    BudgetPerformance,
    FiscalFunds,
    GeneralBudget,
    GeneralItems,
    OtherBudget,
)
from draftgen.figures.model.fields import DayField, Figure, Flag, Number, Strings, Topic, Words, field
from draftgen.figures.model.funds import Assets, Balances, Income, Outlay, Procurement, ThreePublic
from draftgen.figures.model.organisation import Institutions, Rules, Staff, Unit, Vehicles, Work
from draftgen.figures.model.performance import Analysis, Evaluation, Goals, Remark, Score
from draftgen.figures.quantities import MONEY, YEAR


class Settings(Topic):
    """设置: how figures are printed, and what matters."""

    variant: Words | None = field(
        "版式", "variant of the report", note="如 全国、上海、云南、湖南；不填用报告种类的默认版式"
    )
    amount_places: Number | None = field("金额小数位", "decimal places of amounts", note="默认 2")
    rate_places: Number | None = field("比率小数位", "decimal places of rates", note="默认 2")
    strip_zeros: Flag | None = field("去除末尾零", "strip trailing zeros", note="默认 否")
    show_zero_parts: Flag | None = field("显示零项", "show parts that are zero", note="默认 否")
    fonts: Literal["GB2312", "Windows", "方正"] | None = field("字体", "font profile", note="GB2312、Windows 或 方正")
    contents: Flag | None = field("目录", "list of contents", note="是或否；不填按报告种类的提纲")
    numbering: Literal["文字", "自动"] | None = field(
        "标题编号", "numbers of headings", note="文字：编号是正文；自动：由 Word 编号。默认 文字"
    )
    thresholds: dict[str, Number] | None = field("阈值", "thresholds", note="覆盖报告种类的默认阈值")
    phrasebanks: Strings | None = field("词库", "phrasebanks", note="本单位词库的文件夹，相对于本文件的位置")
    prefer: Strings | None = field(
        "优先短语", "phrases preferred", note="短语代号（可用 *）、tag:标签 或 register:formal"
    )
    avoid: Strings | None = field("回避短语", "phrases avoided", note="写法同上")
    terms: dict[str, Words] | None = field(
        "用语", "terms of the house", note="比较：比上年 或 较上年；自称：我办、本部门等"
    )


class Dataset(Topic):
    """One unit, one year: everything that a report may need. Absent means not known, never zero."""

    kind: Words | None = field("报告", "report", note="报告种类的名称或代号")
    year: Number = field("年度", "fiscal year", unit=YEAR, required=True)
    money_unit: Literal["元", "万元", "亿元"] = field("金额单位", "unit of money", note="全文金额的单位", required=True)
    unit: Unit = field("单位", "reporting unit", required=True)
    published: DayField | None = field("公开日期", "date of publication")
    institutions: Institutions | None = field("机构", "institutions")
    staff: Staff | None = field("人员", "staff")
    vehicles: Vehicles | None = field("车辆", "vehicles")
    duties: Words | None = field("职责", "duties", note="主要职能职责；涉密时只写“涉密”")
    work: Work | None = field("工作", "work of the year")
    rules: Rules | None = field("管理制度", "management rules")
    income: Income | None = field("收入", "income")
    outlay: Outlay | None = field("支出", "outlay")
    grand_total: Figure | None = field(
        "收支总计", "grand total", unit=MONEY, note="收入合计加使用非财政拨款结余、年初结转和结余；可不填"
    )
    fiscal: FiscalFunds | None = field("财政拨款", "fiscal money")
    general: GeneralBudget | None = field("一般公共预算", "general public budget")
    fund: OtherBudget | None = field("政府性基金预算", "government funds budget")
    capital: OtherBudget | None = field("国有资本经营预算", "state capital budget")
    three_public: ThreePublic | None = field("三公经费", "three public")
    meetings: Figure | None = field("会议费", "meetings", unit=MONEY)
    training: Figure | None = field("培训费", "training", unit=MONEY)
    general_items: GeneralItems | None = field("一般性支出", "meetings, training and festivities")
    running_costs: Figure | None = field(
        "机关运行经费", "running costs of the office", unit=MONEY, note="行政单位和参公事业单位填写"
    )
    transfers: Figure | None = field("对下转移支付", "transfers to lower levels", unit=MONEY)
    balances: Balances | None = field("结转结余", "balances")
    procurement: Procurement | None = field("政府采购", "government procurement")
    assets: Assets | None = field("资产", "assets")
    budget_performance: BudgetPerformance | None = field("预算绩效", "budget performance")
    goals: Goals | None = field("绩效目标", "performance goals")
    evaluation: Evaluation | None = field("评价", "evaluation")
    analysis: Analysis | None = field("绩效分析", "analysis of performance")
    score: Score | None = field("评分", "score")
    terms: dict[str, Words] | None = field("名词解释", "explanation of terms", note="名词：解释；不填用报告种类的名词")
    attachments: Strings | None = field("附件", "attachments")
    experience: list[Remark] | None = field("经验", "experience")
    problems: list[Remark] | None = field("问题", "problems")
    recommendations: list[Remark] | None = field("建议", "recommendations")
    flags: dict[str, Flag] | None = field(
        "标志",
        "flags",
        note="名称：是。可用的名称：资金到位较晚、定性指标偏多、满意度调查不充分、多单位合并核算、跟踪监控记录不全、扣分缺少佐证、公开不及时、绩效培训不足",
    )
    extra: dict[str, Figure] | None = field("补充", "further figures", note="自定报告种类所需的其他数据")
    settings: Settings | None = field("设置", "settings")
