"""Drafts to set: a rich one with everything in it, and small pieces to build others from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from draftgen.draft import (
    Block,
    Cell,
    Choice,
    Column,
    Draft,
    Gap,
    Heading,
    Inline,
    Paragraph,
    Properties,
    Remark,
    Row,
    Sentence,
    Table,
    Text,
    Title,
    Value,
)

STYLE = Path(__file__).parents[2] / "templates" / "common" / "word"
PROPERTIES = Properties("2023年度部门整体支出绩效评价报告", "某市某区档案馆", "绩效评价", "2024-06-01")

GROUPS = (
    ("投入", 15, (("目标设定", (4, 4, 2)), ("预算配置", (3, 2)))),
    ("过程", 30, (("预算执行", (3, 3, 2, 2)), ("预算管理", (4, 3, 3, 2)), ("资产管理", (3, 3, 2)))),
    ("产出", 30, (("产出数量", (3, 3, 2, 2)), ("产出质量", (3, 3, 2)), ("产出时效", (3, 3, 2)), ("产出成本", (2, 2)))),
    ("效果", 25, (("经济效益", (3, 2, 2)), ("社会效益", (3, 3, 2, 2)), ("可持续影响", (2, 2, 1)), ("满意度", (2, 1)))),
)
RULE = (
    "评价要点：①是否符合国家相关法律法规、国民经济和社会发展规划；②是否与部门职责密切相关。"
    "全部符合得满分，每有一项不符合扣{}分。"
)
FINDING = (
    "经核查，项目绩效目标申报表填写完整，目标与部门“三定”方案确定的职责一致，但部分指标未细化、未量化，"
    "个别项目的年度指标值设置偏低，与上年实际完成值相比没有体现压力；扣{}分。"
)
LONG = (
    "经抽查会计凭证和合同，资金支付按规定履行了审批手续，"
    "但存在年末集中支付的情形，第四季度支出占全年支出的比重偏高，部分项目前期准备不足、启动较晚；"
)


def text(words: str) -> tuple[Inline, ...]:
    return (Text(words),)


def cell(*words: str, **more: int) -> Cell:
    return Cell(tuple(text(w) for w in words), row_span=more.get("rows", 1), column_span=more.get("columns", 1))


def prose(*words: str) -> Paragraph:
    return Paragraph(tuple(Sentence(text(w)) for w in words))


def draft(*blocks: Block, remarks: Sequence[Remark] = (), profile: str = "GB2312") -> Draft:
    return Draft(PROPERTIES, blocks, tuple(remarks), profile=profile)


def score_table() -> Table:
    """A table of 41 rows and 7 columns with merges on three levels, some cells of more than 300 characters."""
    columns = (
        Column("一级指标", 700, "center"),
        Column("二级指标", 1100, "center"),
        Column("三级指标", 1900, "center"),
        Column("分值", 750, "center"),
        Column("得分", 750, "center"),
        Column("评分标准", 3600),
        Column("评分说明", 3900),
    )
    rows: list[Row] = []
    for name, points, seconds in GROUPS:
        first = Cell((text(name), (Text("（"), Value(f"{points}", f"指标.{name}.分值"), Text("分）"))), _size(seconds))
        for second, weights in seconds:
            label = cell(f"{second}（{sum(weights)}分）", rows=len(weights))
            for number, weight in enumerate(weights):
                lead = ([first] if number == 0 and second == seconds[0][0] else []) + ([label] if number == 0 else [])
                rows.append(Row((*lead, *_score_cells(second, number, weight, len(rows)))))
    total = Row((cell("合计", columns=3), cell("100"), _figure("94.20", "总分"), cell("—"), cell("评价等级：优")), True)
    return Table(text("附表　部门整体支出绩效评价指标评分表"), columns, (*rows, total), "分", landscape=True)


def _size(seconds: tuple[tuple[str, tuple[int, ...]], ...]) -> int:
    return sum(len(weights) for _, weights in seconds)


def _score_cells(second: str, number: int, weight: int, row: int) -> tuple[Cell, ...]:
    lost = 0.25 * (row % 4)
    finding = LONG * 5 if row % 11 == 3 else FINDING.format(lost) if lost else "符合评分标准，得满分。"
    scores = (cell(f"{weight}"), _figure(f"{weight - lost:.2f}", f"指标.{second}.{number}.得分"))
    return (cell(f"{second}指标{number + 1}"), *scores, cell(RULE.format(weight / 2)), cell(finding))


def _figure(words: str, key: str) -> Cell:
    return Cell(((Value(words, key),),))


def funds_table() -> Table:
    """A table of amounts with a total row and notes."""
    names = ("合计", "一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "事业收入", "其他收入")
    rows = tuple(
        Row((cell(name), *(_figure(f"{(9 - i) * 123.45 + n:,.2f}", f"收入.{i}.{n}") for n in range(3))), i == 0)
        for i, name in enumerate(names)
    )
    columns = (
        Column("项目", 40),
        Column("年初预算数", 20, over=("金额", "预算数")),
        Column("全年预算数", 20, over=("金额", "预算数")),
        Column("决算数", 20, over=("金额",)),
    )
    notes = (text("注：1.本表反映部门本年度的总收入。"), text("2.“其他收入”不含捐赠收入。"))
    return Table(text("表1　2023年度收入情况表"), columns, rows, "万元", notes)


def form_table() -> Table:
    """A form without header row, with merges both ways and a cell of 600 characters."""
    rows = (
        Row((cell("项目名称"), cell("档案数字化加工项目", columns=3))),
        Row((cell("项目资金（万元）", rows=3), cell(""), cell("全年预算数"), cell("全年执行数"))),
        Row((cell("年度资金总额"), cell("1,625.92"), cell("1,604.78"))),
        Row((cell("其中：财政拨款"), cell("1,500.00"), cell("1,478.86"))),
        Row((cell("年度总体目标完成情况"), cell(LONG * 8, columns=3))),
    )
    columns = (Column("", 22), Column("", 30), Column("", 24), Column("", 24))
    return Table(text("表2　项目支出绩效自评表"), columns, rows)


def rich() -> Draft:
    """The rich draft: every kind of block and inline, all three kinds of table, remarks."""
    gap = Gap("存在问题的主要原因", "reason", options=("年初预算编制不细",))
    body: list[Block] = [
        Title((text("某市某区档案馆"), (Value("2023", "年度"), Text("年度部门整体支出绩效评价报告")))),
        Heading(0, "第一部分\u3000", text("概况")),
        Heading(1, "一、", text("部门概况")),
        Heading(2, "（一）", text("主要职责")),
        prose("区档案馆贯彻落实党中央关于档案工作的方针政策和决策部署，", "负责接收、收集、整理、保管和利用档案。" * 3),
        Heading(3, "1.", text("机构设置情况")),
        prose("内设综合科、征集科、保管利用科3个科室。“十四五”以来机构没有变化——与上年一致。"),
        Heading(4, "（1）", text("人员编制")),
        Paragraph(
            (
                Sentence(
                    (Text("年末编制"), Value("40", "编制"), Text("人，比上年"), Value("减少", "编制.方向", "direction"))
                ),
                Sentence((Value("43", "编制.增减"), Text("人，主要原因是"), gap, Choice("。", ("。", "；")))),
            )
        ),
        Heading(1, "二、", text("资金收支情况")),
        prose(*["全年收入决算数为1,111.05万元，完成全年预算数的98.70%，比上年增长3.21%；支出结构持续优化。"] * 9),
        funds_table(),
        prose(*["部门严格执行预算管理制度，公开、透明地使用财政资金，“三公”经费只减不增。"] * 12),
        form_table(),
        Heading(1, "三、", text("评价结论")),
        prose(*["综合评分94.20分，评价等级为“优”。"] * 12),
        Heading(1, "四、", text("评分情况")),
        score_table(),
        Heading(1, "五、", text("有关建议")),
        prose("下一步应当细化预算编制，强化绩效运行监控，及时纠正偏差，提高财政资金使用效益。" * 2),
    ]
    remarks = (
        Remark(("编制.增减", "编制"), "编制数与上年决算不一致。", "headcount-differs"),
        Remark(("编制",), "请核对。\n数据来源：人事报表。", "check"),
        Remark(("总分",), "总分与各项得分之和不一致。", "total-differs"),
        Remark(("没有",), "收入表缺少上年数。", "missing"),
    )
    return draft(*body, remarks=remarks)
