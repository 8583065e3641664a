"""Topics on performance: goals, projects, evaluation, score, experience, problems, recommendations."""

from __future__ import annotations

from typing import ClassVar, Literal

from draftgen.figures.model.fields import DayField, Figure, Flag, Number, Strings, Topic, Words, field
from draftgen.figures.quantities import MONEY, POINT, RATE


class Indicator(Topic):
    """A performance indicator of a project: target against result."""

    name_field: ClassVar[str] = "名称"

    name: Words = field("名称", "indicator", required=True)
    level_one: Words | None = field("一级指标", "first-level indicator", note="如 产出指标、效益指标、满意度指标")
    level_two: Words | None = field(
        "二级指标", "second-level indicator", note="如 数量指标、质量指标、时效指标、成本指标"
    )
    sense: Literal["≥", "≤", "=", ">", "<"] | None = field("性质", "sense", note="≥、≤、=；不填按 ≥")
    target: Number | None = field("目标值", "target")
    actual: Number | None = field("实际值", "result")
    unit: Words | None = field("单位", "measure word")
    target_text: Words | None = field("目标描述", "target in words", note="定性指标的年度指标值")
    actual_text: Words | None = field("完成描述", "result in words", note="定性指标的实际完成情况")
    attained: Literal["达成", "部分达成", "未达成"] | None = field(
        "完成程度", "degree of attainment", note="定性指标填写：达成、部分达成、未达成"
    )
    weight: Number | None = field("分值", "full mark", unit=POINT)
    score: Number | None = field("得分", "score by hand", unit=POINT, note="可不填，由系统计算；填写的用于核对")
    applies: Flag | None = field("适用", "applies", note="本年度不适用的指标填“否”，其余指标折算为满分")
    reason: Words | None = field("偏差原因", "reason for the deviation")
    measures: Words | None = field("改进措施", "measures")


class Remark(Topic):
    """A titled passage written by hand."""

    name_field: ClassVar[str] = "标题"

    title: Words = field("标题", "title", required=True)
    text: Words | None = field("内容", "text")
    id: Words | None = field("编号", "id", note="问题的编号，如 Q16；建议以“针对”指回")
    answers: Words | None = field("针对", "answers the problem", note="所针对问题的标题或编号")


class ProjectMoney(Topic):
    """资金 of a project: each source with 年初预算, 全年预算 and, as 本年, what was spent."""

    bare_field: ClassVar[str] = "合计"

    total: Figure | None = field("合计", "project funds", unit=MONEY, note="本年写全年执行数，另写年初预算、全年预算")
    fiscal: Figure | None = field("财政拨款", "fiscal appropriation of the year", unit=MONEY)
    carried: Figure | None = field("上年结转", "carried over from last year", unit=MONEY)
    other: Figure | None = field("其他资金", "other funds", unit=MONEY)
    received: Number | None = field("到位", "funds received", unit=MONEY, note="实际到位资金")
    weight: Number | None = field(
        "分值", "full mark of the execution rate", unit=POINT, note="预算执行率的分值；不填按评分办法，一般为10分"
    )
    score: Number | None = field(
        "得分", "score of the execution rate by hand", unit=POINT, note="可不填，由系统计算；填写的用于核对"
    )


class Project(Topic):
    """A project that is evaluated."""

    name_field: ClassVar[str] = "名称"

    name: Words = field("名称", "name", required=True)
    unit: Words | None = field("单位", "unit", note="实施单位")
    authority: Words | None = field("主管部门", "authority in charge")
    manager: Words | None = field("负责人", "project manager")
    telephone: Words | None = field("联系电话", "telephone")
    amount: Figure | None = field("金额", "amount", unit=MONEY)
    money: ProjectMoney | None = field("资金", "funds")
    background: Words | None = field("立项背景", "background")
    content: Words | None = field("内容", "content")
    goals: Strings | None = field("目标", "goals", note="每条一句，不写“一是”“二是”")
    achieved: Strings | None = field("完成情况", "what was achieved", note="与目标逐条对应")
    indicators: list[Indicator] | None = field("指标", "indicators")
    score: Number | None = field("总分", "total by hand", unit=POINT, note="可不填，由系统计算；填写的用于核对")
    grade: Words | None = field("等级", "grade by hand")
    method: Strings | None = field("评价工作", "how it was evaluated", note="自评的组织、方法和过程，每段一条")
    conclusion: Strings | None = field("结论", "conclusion", note="每段一条；得分和等级由系统写出")
    experience: list[Remark] | None = field("经验", "experience")
    problems: list[Remark] | None = field("问题", "problems")
    recommendations: list[Remark] | None = field("建议", "recommendations")
    other: Strings | None = field("其他", "other matters", note="其他需要说明的问题，每段一条")


class Goals(Topic):
    """绩效目标."""

    overall: Words | None = field("总目标", "overall goal")
    projects: list[Project] | None = field("项目", "projects")
    subtotal: Number | None = field("小计", "sum of the projects", unit=MONEY)
    share: Number | None = field("抽取比例", "share of project outlay evaluated", unit=RATE)


class Basis(Topic):
    """A document that the evaluation stands on."""

    bare_field: ClassVar[str] = "名称"

    name: Words = field("名称", "title", note="不加书名号；一条写多个文件时自行加书名号", required=True)
    number: Words | None = field("文号", "number")


class Period(Topic):
    """A period, both days included."""

    start: DayField | None = field("起", "from")
    end: DayField | None = field("止", "to")


class Evaluation(Topic):
    """评价: how it was done."""

    steps: Strings | None = field("思路", "steps")
    purpose: Words | None = field("目的", "purpose")
    bases: list[Basis] | None = field("依据", "documents it stands on")
    object: Words | None = field("对象", "what is evaluated")
    period: Period | None = field("时段", "period")
    completed: DayField | None = field("完成日期", "completed on")
    method: Strings | None = field("评价工作", "how it was evaluated", note="自评的组织、方法和过程，每段一条")
    conclusion: Strings | None = field("结论", "conclusion", note="每段一条")


class Analysis(Topic):
    """绩效分析 by economy, efficiency and effect."""

    economy: Strings | None = field("经济性", "economy")
    efficiency: Strings | None = field("效率性", "efficiency")
    effect: Strings | None = field("效益性", "effect")
    quality: Number | None = field("质量达标率", "share of work up to standard", unit=RATE)


class ScoreEntry(Topic):
    """The score of one indicator and the inputs of its rule."""

    bare_field: ClassVar[str] = "得分"

    score: Number | None = field("得分", "score by hand", unit=POINT)
    points: list[Flag] | None = field("要点", "points of the checklist met", note="按评分细则的顺序写 是/否")
    level: Number | None = field("档次", "level reached", note="第几档，从 1 起")
    value: Number | None = field("数值", "value", note="比率类指标的实际值，如 95%")
    base: Number | None = field("基准", "full mark or planned number")
    events: Number | None = field("次数", "number of events", note="扣分事项的次数")
    quarters: Number | None = field("季度数", "quarters met", note="按期完成的季度数")
    misuse: Flag | None = field("否决", "knock-out", note="发生一票否决事项写“是”")
    reason: Words | None = field("扣分原因", "reason for the deduction")
    evidence: Words | None = field("佐证", "evidence", note="不填用指标体系中的佐证资料")


class Score(Topic):
    """评分: the indicator system's scores."""

    system: Words | None = field("体系", "indicator system", note="不填用报告种类默认的体系")
    total: Number | None = field("总分", "total by hand", unit=POINT)
    grade: Words | None = field("等级", "grade by hand")
    weights: dict[str, Number] | None = field("权重", "weights as stated", unit=POINT, note="代码：分值，仅用于核对")
    entries: dict[str, ScoreEntry] | None = field("指标", "indicators", note="代码：得分，或得分与评分依据")
