"""Topics on the unit itself: names, member units, staff, vehicles, duties, work, management rules."""

from __future__ import annotations

from typing import ClassVar, Literal

from draftgen.figures.model.fields import DayField, Figure, Number, Strings, Topic, Words, field
from draftgen.figures.quantities import ITEM, PERSON, RATE, VEHICLE


class Unit(Topic):
    """The reporting unit and the names that the report may use for it."""

    full_name: Words = field("全称", "full name", note="公章上的全称，正文首次出现时使用", required=True)
    short_name: Words | None = field("简称", "short name", note="首次出现后的简称，如“区委办”")
    self_name: Words | None = field("自称", "how the unit calls itself", note="如“我办”“我单位”，全文只用一个")
    title_name: Words | None = field("标题用名", "name used in the title", note="标题所用名称与全称不同时填写")
    nature: Literal["行政", "参公", "事业"] | None = field("性质", "nature", note="行政、参公或事业")
    scope: Literal["部门", "单位"] | None = field(
        "口径", "department or single unit", note="部门（含所属单位）或单位（只有本级），决定报告称“部门”还是“单位”"
    )
    founded: Number | None = field("成立年份", "year of founding", note="本年度新成立的单位填写，无上年数据")


class MemberUnit(Topic):
    """A unit whose money the report covers, with its staff quota by kind."""

    name_field: ClassVar[str] = "名称"

    name: Words = field("名称", "name", required=True)
    quota: dict[str, Number] | None = field(
        "编制", "staff quota by kind", unit=PERSON, note="分类填写，如 行政、行政工勤、事业管理岗"
    )
    quota_total: Number | None = field("编制合计", "staff quota", unit=PERSON)


class Movement(Topic):
    """A unit that moved in or out of the report's scope."""

    name_field: ClassVar[str] = "名称"

    name: Words = field("名称", "name", required=True)
    where: Words | None = field("去向", "where it went or came from", note="划入何处，或由何处划入")
    manner: Words | None = field("方式", "how", note="如 独立核算、划入区委统战部核算、撤局建馆")


class Institutions(Topic):
    """机构: member units, and who came and went."""

    count: Figure | None = field("纳入单位数", "number of units covered", unit=ITEM)
    units: list[MemberUnit] | None = field("纳入单位", "units covered")
    moved_out: list[Movement] | None = field("划出", "moved out")
    moved_in: list[Movement] | None = field("划入", "moved in")
    structure: Words | None = field("设置情况", "internal structure", note="机构设置情况；涉密时只写“涉密”")
    funding: dict[str, Figure] | None = field(
        "供给方式", "units by kind of funding", unit=ITEM, note="财政全供给、部分供给、特殊供给、自收自支"
    )
    kinds: dict[str, Figure] | None = field("单位类型", "units by kind", unit=ITEM, note="行政单位、参公管理事业单位等")


class Staff(Topic):
    """人员: quotas and persons in post."""

    as_of: DayField | None = field("截止日期", "as of")
    quota: dict[str, Number] | None = field("编制", "quota by kind", unit=PERSON, note="可不填，由各单位编制汇总")
    quota_total: Number | None = field("编制合计", "quota in all", unit=PERSON)
    actual_total: Figure | None = field("实有合计", "persons in post", unit=PERSON)
    actual: dict[str, Number] | None = field(
        "实有", "persons in post by kind", unit=PERSON, note="行政、行政工勤、事业；分不开时写“行政（含工勤）”"
    )


class Vehicles(Topic):
    """车辆: quota and holding."""

    quota: Number | None = field("编制", "vehicle quota", unit=VEHICLE)
    actual: Figure | None = field("实有", "vehicles held", unit=VEHICLE)
    uses: dict[str, Number] | None = field(
        "用途",
        "vehicles by use",
        unit=VEHICLE,
        note="部级领导干部用车、主要领导干部用车、机要通信用车、应急保障用车、执法执勤用车、特种专业技术用车、离退休干部用车、其他用车",
    )


class Result(Topic):
    """A counted result of the work: 印发 督查通知 66 期."""

    name_field: ClassVar[str] = "名称"

    object: Words = field("事项", "what was counted", note="如“督查通知”“专题会议”；动词由词库选配", required=True)
    name: Words | None = field(
        "名称", "name of the measure", note="同一指标在别处再次出现时写同一名称，系统核对两处是否一致"
    )
    verb: Words | None = field("动词", "verb", note="词库选配不合适时填写，如“承办”")
    number: Number | None = field("数量", "number")
    unit: Words | None = field("单位", "measure word", note="期、次、件、场次、%……")
    approximate: Literal["余", "多", "以上", "左右", "约", "近"] | None = field(
        "约数", "approximate", note="余、多、以上、左右、约、近"
    )
    target: Number | None = field("目标", "target")
    target_sense: Literal["≥", "≤", "="] | None = field(
        "目标性质", "sense of the target", note="≥ 不少于，≤ 不超过，= 等于；不填按 ≥"
    )
    last: Number | None = field("上年", "last year")
    rate: Number | None = field(
        "比上年", "rate against last year", unit=RATE, note="只有增减幅度、没有上年数时填写；下降写负数"
    )
    among: Words | None = field("范围", "for whom or where", note="如“面向各单位”")
    note: Words | None = field("说明", "note")


class WorkItem(Topic):
    """One item of the year's work."""

    name_field: ClassVar[str] = "事项"

    title: Words = field("事项", "item of work", required=True)
    field_of_work: Words | None = field("领域", "field of work", note="第四部分按领域归并分析，如“督查督办”")
    overview: Words | None = field("概述", "what was done", note="不含计数的概括性文字")
    results: list[Result] | None = field("成果", "counted results")
    effect: Words | None = field("成效", "effect", note="取得的效果，须有依据")
    only_in: Literal["工作表", "绩效分析"] | None = field(
        "仅列入", "only in", note="只在工作表或只在绩效分析中出现时填写"
    )


class Work(Topic):
    """工作: how the year's tasks were set, and each item."""

    intro: Words | None = field("概述", "introduction")
    assignment: Words | None = field("任务文件", "paper that set the tasks", note="下达年度目标任务的文件名称")
    assignment_number: Words | None = field("任务文号", "its number")
    items: list[WorkItem] | None = field("事项", "items of work")


class Rules(Topic):
    """管理制度: laws they stand on, own rules, how money is approved."""

    laws: Strings | None = field("依据", "laws and rules followed", note="文件名称，不加书名号")
    own: Strings | None = field("制度", "own rules", note="文件名称，不加书名号")
    approval: Words | None = field("审批流程", "approval of spending")
    practice: Words | None = field("执行情况", "how the rules are kept")
