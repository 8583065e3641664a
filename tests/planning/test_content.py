"""Each builder: what it says of which figures, in which case, what it asks for, and when it is silent."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from draftgen.figures.facts import Fact
from draftgen.planning.builders import BUILDERS
from draftgen.planning.given import bare_reason, inside, lines_of
from draftgen.planning.messages import Ask, Counted, Listing, Message, Words
from draftgen.planning.work import achievements, fields_of_work
from tests.desk import HEAD, context, examined

Say = Callable[..., list[Message]]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Build the messages of one line of an outline over a small data file."""

    def run(data: str, **entry: Any) -> list[Message]:
        kind = next(name.replace("_", "-") for name in entry if name.replace("_", "-") in BUILDERS)
        entry = {("as-of" if name == "as_of" else name): value for name, value in entry.items()}
        return BUILDERS[kind](entry, context(examined(HEAD + data, tmp_path)))

    return run


def fact_of(message: Message, role: str) -> Fact:
    fact = message.facts[role]
    assert isinstance(fact, Fact)
    return fact


def listed(message: Message, role: str) -> list[str]:
    listing = message.facts[role]
    assert isinstance(listing, Listing)
    shown = [
        [str(p.value) if isinstance(p, Fact) else p for p in item if not isinstance(p, Counted | Ask)]
        for item in listing.items
    ]
    return ["".join(item) for item in shown]


def test_a_total_is_said_with_its_measure(say: Say) -> None:
    (money,) = say("会议费: 24.59\n", total="会议费", item="{year}年度会议费支出")
    assert (money.type, money.case, money.features["measure"]) == ("total", "plain", "money")
    assert money.names["item"] == "2020年度会议费支出"
    (count,) = say("人员: {编制合计: 50}\n", total="人员.编制合计")
    assert (count.features["measure"], count.names["item"]) == ("count", "编制")
    (rate,) = say("绩效分析: {质量达标率: 98%}\n", total="绩效分析.质量达标率")
    assert rate.features["measure"] == "rate"


@pytest.mark.parametrize("data", ["会议费: 0\n", "人员: {编制合计: 0}\n"])
def test_a_total_of_zero_is_said_as_none(say: Say, data: str) -> None:
    key = "会议费" if "会议费" in data else "人员.编制合计"
    (message,) = say(data, total=key)
    assert (message.type, message.case, dict(message.facts)) == ("none", "zero", {})


def test_a_total_that_is_not_known_is_asked_for_only_where_the_outline_asks(say: Say) -> None:
    assert say("", total="会议费") == []
    (message,) = say("", total="收入.合计", item="{year}年度{unit}收入合计", ask="yes")
    assert message.facts["amount"] == Ask("2020年度收入合计", "figure", "收入.合计", "figure-required")


INCOME = "收入: {合计: 100, 财政拨款收入: 90, 上级补助收入: 0, 其他收入: 10}\n"


def test_a_composition_leaves_out_parts_that_are_zero(say: Say) -> None:
    (message,) = say(INCOME, composition="收入.*", of="收入.合计", base="收入合计", share="yes")
    parts = message.facts["parts"]
    assert isinstance(parts, tuple)
    assert [(p.names["item"], p.case, fact_of(p, "share").value) for p in parts] == [
        ("财政拨款收入", "shared", Decimal("0.9")),
        ("其他收入", "shared", Decimal("0.1")),
    ]


@pytest.mark.parametrize("data", ["", "收入: {合计: 0, 其他收入: 0}\n", "收入: {合计: -5, 其他收入: -5}\n"])
def test_a_whole_that_is_nothing_has_no_composition(say: Say, data: str) -> None:
    assert say(data, composition="收入.*", of="收入.合计") == []


def test_a_negative_part_takes_the_shares_from_all(say: Say) -> None:
    data = "收入: {合计: 90, 财政拨款收入: 100, 其他收入: -10}\n"
    (message,) = say(data, composition="收入.*", of="收入.合计", share="yes")
    parts = message.facts["parts"]
    assert isinstance(parts, tuple)
    assert {p.case for p in parts} == {"plain"}


CHANGES = [
    ("24.59", "19.87", "up", "up"),
    ("1.08", "68.63", "down", "down"),
    ("5", "0", "new", "up"),
    ("0", "5", "gone", "down"),
    ("-1", "5", "below-zero", ""),
]


@pytest.mark.parametrize(("this", "last", "case", "direction"), CHANGES, ids=[c[2] for c in CHANGES])
def test_a_change_asks_for_a_reason_in_its_direction(say: Say, this: str, last: str, case: str, direction: str) -> None:
    (message,) = say(f"会议费: {{本年: {this}, 上年: {last}}}\n", change="会议费", item="会议费支出")
    assert (message.type, message.case) == ("change", case)
    assert fact_of(message, "change").value == Decimal(this) - Decimal(last)
    assert ("rate" in message.facts) == (case in ("up", "down", "gone"))
    reason = message.reason
    assert isinstance(reason, Ask)
    assert (reason.direction, reason.subject, reason.key) == (direction, "会议费", "会议费.原因")
    assert reason.prompt.startswith("会议费支出" + {"up": "增加", "down": "减少", "": "变动"}[direction])


def test_no_reason_is_asked_for_what_did_not_move(say: Say) -> None:
    (level,) = say("会议费: {本年: 5, 上年: 5}\n", change="会议费")
    assert (level.type, level.case, level.reason) == ("level", "equal", None)
    (nearly,) = say("会议费: {本年: 100000.01, 上年: 100000}\n", change="会议费")
    assert (nearly.case, nearly.reason) == ("nearly", None)
    assert say("会议费: {本年: 0, 上年: 0}\n", change="会议费") == []
    assert say("会议费: 5\n", change="会议费") == []
    (plain,) = say("会议费: {本年: 5, 上年: 4}\n", change="会议费", reason="none")
    assert plain.reason is None


def test_figures_of_another_scope_are_not_compared(say: Say) -> None:
    data = "会议费: {本年: 5, 上年: 4, 口径变化: 上年含已划出单位。}\n"
    (message,) = say(data, change="会议费")
    assert (message.case, set(message.facts)) == ("incomparable", {"amount"})
    assert message.reason == Words("上年含已划出单位", "会议费.口径变化")


def test_a_reason_given_by_hand_is_taken_without_its_joint(say: Say) -> None:
    (message,) = say("会议费: {本年: 5, 上年: 4, 原因: 主要原因是由于会议增多。}\n", change="会议费")
    assert message.reason == Words("会议增多", "会议费.原因")


@pytest.mark.parametrize("empty", ["主要原因是", "原因：", "。"])
def test_a_reason_that_says_nothing_is_asked_for(say: Say, empty: str) -> None:
    (message,) = say(f"会议费: {{本年: 5, 上年: 4, 原因: '{empty}'}}\n", change="会议费")
    assert isinstance(message.reason, Ask)


def test_counts_change_without_a_rate(say: Say) -> None:
    (message,) = say("车辆: {实有: {本年: 4, 上年: 6}}\n", change="车辆.实有")
    assert (message.case, message.features["measure"], "rate" in message.facts) == ("down", "count", False)


@pytest.mark.parametrize(("entry", "base"), [({"change": "支出.项目支出.合计"}, "上年"), ({}, "全年预算")])
def test_a_base_within_rounding_of_nothing_gives_amounts_and_no_rate(
    say: Say, entry: dict[str, str], base: str
) -> None:
    rows = f"{{教育: {{本年: 8, {base}: 0.00}}, 卫生: {{本年: 1, {base}: 10元}}}}"
    entry = entry or {"execution": "支出.项目支出.合计", "against": "全年预算"}
    (message,) = say(f"支出: {{项目支出: {{功能分类: {rows}}}}}\n", item="项目支出", **entry)
    assert "rate" not in message.facts
    if base == "上年":
        assert (message.type, message.case, message.features["measure"]) == ("change", "up", "unrated")
    else:
        assert message.type == "counts"
        assert listed(message, "counts") == ["全年预算0.001", "实际完成9"]


EXECUTIONS = [
    ("80", "100", "under", "down", "低于"),
    ("120", "100", "over", "up", "超出"),
    ("0", "100", "unspent", "down", "低于"),
    ("5", "0", "unbudgeted", "up", "超出"),
    ("5", "-1", "below-zero", "up", "超出"),
    ("-5", "1", "below-zero", "down", "低于"),
]


@pytest.mark.parametrize(("actual", "budget", "case", "direction", "verb"), EXECUTIONS)
def test_execution_asks_in_the_direction_of_the_difference(
    say: Say, actual: str, budget: str, case: str, direction: str, verb: str
) -> None:
    data = f"会议费: {{本年: {actual}, 全年预算: {budget}}}\n"
    (message,) = say(data, execution="会议费", against="全年预算", item="会议费支出")
    assert message.case == case
    assert ("rate" in message.facts) == (Decimal(budget) > 0 and Decimal(actual) >= 0)
    assert isinstance(message.reason, Ask)
    assert (message.reason.direction, message.reason.subject) == (direction, "会议费.执行")
    assert message.reason.prompt == f"会议费支出{verb}全年预算的主要原因"


def test_execution_to_the_penny_needs_no_reason(say: Say) -> None:
    (message,) = say("会议费: {本年: 5, 全年预算: 5}\n", execution="会议费", against="全年预算")
    assert (message.case, message.reason) == ("equal", None)
    assert say("会议费: {本年: 0, 全年预算: 0}\n", execution="会议费", against="全年预算") == []
    assert say("会议费: 5\n", execution="会议费", against="年初预算") == []


def test_zeros_are_named_together_and_only_where_both_years_are_zero(say: Say) -> None:
    data = "政府采购: {货物: 5, 工程: 0, 服务: 0}\n"
    keys = ["政府采购.货物", "政府采购.工程", "政府采购.服务"]
    (both,) = say(data, zeros=keys, suffix="采购支出")
    assert (both.case, listed(both, "list")) == ("zeros", ["工程采购支出", "服务采购支出"])
    (one,) = say("政府采购: {工程: 0}\n", zeros=keys)
    assert (one.case, one.names["item"]) == ("zero", "工程")
    assert say("政府采购: {货物: 5}\n", zeros=keys) == []
    assert say("会议费: {本年: 0, 上年: 3}\n", zeros=["会议费"], both="yes") == []


def test_what_is_secret_is_named_and_nothing_told(say: Say) -> None:
    (message,) = say("职责: 涉密\n", secret="职责", item="职责")
    assert (message.type, message.case, dict(message.facts)) == ("none", "secret", {})
    assert say("职责: 承担协调工作\n", secret="职责") == []


def test_contents_are_counted_titled_and_grouped(say: Say) -> None:
    moved = "[{名称: 丙馆, 方式: 独立核算。}, {名称: 丁馆, 方式: 独立核算}]"
    units = f"机构: {{纳入单位: [{{名称: 甲局}}, {{名称: 乙局}}], 划出: {moved}}}\n"
    (counted,) = say(units, contents="机构.纳入单位", count="机构.纳入单位数")
    assert (counted.case, listed(counted, "list"), fact_of(counted, "count").key) == (
        "counted",
        ["甲局", "乙局"],
        "机构.纳入单位数",
    )
    (grouped,) = say(units, contents="机构.划出", by="方式")
    assert (grouped.case, listed(grouped, "list")) == ("plain", ["丙馆、丁馆独立核算"])
    (titled,) = say("管理制度: {制度: [财务制度, 《采购办法》]}\n", contents="管理制度.制度", titles="yes")
    assert listed(titled, "list") == ["《财务制度》", "《采购办法》"]
    assert say("", contents="管理制度.制度") == []


def test_a_count_of_zero_opens_no_list(say: Say) -> None:
    (message,) = say(
        "机构: {纳入单位数: 0, 纳入单位: [{名称: 甲局}]}\n", contents="机构.纳入单位", count="机构.纳入单位数"
    )
    assert (message.case, "count" in message.facts) == ("plain", False)


def test_counts_that_are_zero_are_left_out(say: Say) -> None:
    entry: dict[str, Any] = {"counts": [["编制", "车辆.编制"], ["实有", "车辆.实有"]], "item": "公务用车"}
    (message,) = say("车辆: {编制: 5, 实有: 0}\n", **entry)
    assert listed(message, "counts") == ["编制5"]
    assert say("车辆: {编制: 0}\n", **entry) == []


def test_dates_are_said_or_asked_for(say: Say) -> None:
    (date,) = say("人员: {截止日期: 2020-12-31}\n", as_of="人员.截止日期")
    assert (date.type, date.case) == ("period", "as-of")
    assert say("", as_of="人员.截止日期") == []
    (done,) = say("", on="评价.完成日期", item="自评", ask="自评完成日期")
    assert done.facts["date"] == Ask("自评完成日期", "date", "评价.完成日期", "date-required")
    (span,) = say("评价: {时段: {起: 2020-01-01, 止: 2020-12-31}}\n", period="评价.时段")
    assert (span.case, set(span.facts)) == ("span", {"start", "end"})
    assert say("评价: {时段: {起: 2020-01-01}}\n", period="评价.时段") == []


def test_a_disposal_is_told_with_its_figures_or_not_at_all(say: Say) -> None:
    data = "资产: {变动: {处置: [{日期: 2020-03-01, 文号: 办函〔2020〕1号, 方式: 报废。, 件数: 3}, {方式: 出售}]}}\n"
    (message,) = say(data, disposals="资产.变动.处置")
    assert message.names["item"] == "2020年3月1日，按照办函〔2020〕1号文件报废"
    assert listed(message, "counts") == ["资产3"]


def test_transfers_are_grouped_by_the_paper_that_ordered_them(say: Say) -> None:
    first = "{单位: 甲馆, 文号: 一号, 净值: 1}, {单位: 乙馆, 文号: 一号, 净值: 2}"
    rows = f"[{first}, {{单位: 丙馆, 净值: 3}}, {{单位: 丁馆, 净值: 0}}]"
    (message,) = say(f"资产: {{变动: {{划转: {rows}}}}}\n", transfers="资产.变动.划转")
    assert listed(message, "parts") == ["根据一号文件，甲馆1、乙馆2", "丙馆3"]


def test_a_transfer_without_an_amount_is_asked_for(say: Say) -> None:
    rows = "[{单位: 甲馆, 净值: 1}, {单位: 丁馆}]"
    (message,) = say(f"资产: {{变动: {{划转: {rows}}}}}\n", transfers="资产.变动.划转")
    parts = message.facts["parts"]
    assert isinstance(parts, Listing)
    assert [part.prompt for item in parts.items for part in item if isinstance(part, Ask)] == [
        "划转至丁馆的固定资产净值"
    ]


def test_explanations_and_purposes_are_in_the_words_of_the_file(say: Say) -> None:
    data = "结转结余: {年末: {项目支出: {本年: 5, 说明: 款项未到期。}, 基本支出: {本年: 0, 说明: 无}}}\n"
    (message,) = say(data, explanations="结转结余.年末.*")
    assert message.reason == Words("款项未到期", "结转结余.年末.项目支出.说明")
    (purpose,) = say("政府采购: {内容: 办公设备；}\n", purpose="政府采购.内容", item="采购资金")
    assert purpose.names["purpose"] == "办公设备"
    assert say("", purpose="政府采购.内容") == []


def result(data: str, folder: Path, style: str = "analysis") -> Message:
    text = f"{HEAD}工作: {{事项: [{{事项: 督查, 成果: [{data}]}}]}}\n"
    (message,) = achievements("工作.事项.督查", context(examined(text, folder)), style)
    return message


RESULTS = [
    ("{事项: 通知, 数量: 66, 单位: 期}", "count"),
    ("{事项: 办结率, 数量: 95%}", "rate"),
    ("{事项: 考核排名, 数量: 3, 单位: 位}", "rank"),
    ("{事项: 通知, 数量: 66, 单位: 期, 目标: 60}", "target-met"),
    ("{事项: 通知, 数量: 50, 单位: 期, 目标: 60}", "target-missed"),
    ("{事项: 差错, 数量: 3, 单位: 次, 目标: 5, 目标性质: ≤}", "target-met"),
    ("{事项: 办结率, 数量: 95%, 目标: 90}", "target-met"),
    ("{事项: 办结率, 数量: 85%, 目标: 90%}", "target-missed"),
    ("{事项: 通知, 数量: 66, 单位: 期, 上年: 60}", "compared"),
    ("{事项: 通知, 数量: 66, 单位: 期, 比上年: 10%}", "compared"),
    ("{事项: 通知, 数量: 66, 单位: 期, 上年: 66}", "count"),
    ("{事项: 通知, 数量: 66, 单位: 期, 上年: 0}", "count"),
    ("{事项: 通知, 数量: 66, 单位: 期, 比上年: 0%}", "count"),
    ("{事项: 通知, 数量: 66期, 目标: 5次}", "count"),
]


@pytest.mark.parametrize(("data", "case"), RESULTS)
def test_a_result_is_held_against_what_can_be_compared(data: str, case: str, tmp_path: Path) -> None:
    assert result(data, tmp_path).case == case
    assert result(data, tmp_path, "table").case in ("count", "rate", "rank")


def test_a_bare_target_beside_a_rate_is_a_rate(tmp_path: Path) -> None:
    target = result("{事项: 办结率, 数量: 95%, 目标: 90}", tmp_path).facts["target"]
    assert isinstance(target, Counted)
    assert (target.fact.value, target.sense) == (Decimal("0.9"), "不低于")


def test_for_whom_something_was_done_must_be_printed(tmp_path: Path) -> None:
    message = result("{事项: 培训, 数量: 3, 单位: 期, 范围: 面向各单位}", tmp_path)
    assert (message.names["among"], message.must) == ("面向各单位", ("among",))


def test_work_is_grouped_by_field_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = "[{事项: 甲, 领域: 督查}, {事项: 乙}, {事项: 丙, 领域: 督查}, {事项: 丁, 仅列入: 工作表}]"
    ctx = context(examined(f"{HEAD}工作: {{事项: {rows}}}\n", tmp_path))
    assert fields_of_work(ctx, "工作.事项") == {"督查": ["工作.事项.甲", "工作.事项.丙"], "乙": ["工作.事项.乙"]}


REASONS = [
    ("主要原因是由于人员增加。", "人员增加"),
    ("主要原因：人员增加；", "人员增加"),
    ("原因为人员增加", "人员增加"),
    ("主要是人员增加", "人员增加"),
    ("主要系单位划出所致。", "单位划出"),
    ("主要由于单位划出所致", "单位划出"),
    ("由于人员增加", "人员增加"),
    ("因为人员增加", "人员增加"),
    ("主要因公务用车报废", "公务用车报废"),
    ("主要原因是因公出国团组减少", "因公出国团组减少"),
    ("因公出国团组减少", "因公出国团组减少"),
    ("主要会议改为线上", "主要会议改为线上"),
    ("是年人员增加", "是年人员增加"),
    ("，压减支出，", "压减支出"),
    ("一是甲；\n二是乙。", "一是甲；二是乙"),
]


@pytest.mark.parametrize(("given", "bare"), REASONS)
def test_a_reason_loses_its_joint_and_nothing_else(given: str, bare: str) -> None:
    assert bare_reason(given) == bare
    assert bare_reason(bare) == bare


def test_texts_are_made_fit_for_their_place() -> None:
    assert inside(" 第一行\n第二行。") == "第一行，第二行"
    assert lines_of("第一行\n\n，第二行，\n“好。”\n如下：") == ("第一行。", "第二行。", "“好。”", "如下：")
    assert lines_of("\n 。 \n") == ()


def test_a_budget_or_a_last_year_that_nobody_gave_is_asked_for_only_where_the_outline_asks(say: Say) -> None:
    assert say("会议费: 3\n", execution="会议费", against="年初预算") == []
    assert say("会议费: 3\n", change="会议费") == []
    (budget,) = say("会议费: 3\n", execution="会议费", against="年初预算", ask="yes", item="")
    (last,) = say("会议费: 3\n", change="会议费", ask="yes")
    asked = [p for i in budget.facts["counts"].items for p in i if isinstance(p, Ask)]  # type: ignore[union-attr]
    assert [(a.prompt, a.key) for a in (*asked, last.facts["amount"])] == [  # type: ignore[union-attr]
        ("会议费年初预算", "会议费.年初预算"),
        ("会议费上年数", "会议费.上年"),
    ]
    assert last.names["item"] == "会议费上年数"
    assert say("会议费: 0\n", execution="会议费", against="年初预算", ask="yes") == []


def test_a_reason_is_asked_for_by_the_name_of_the_figure_where_the_lead_has_named_it(say: Say) -> None:
    (change,) = say("会议费: {本年: 3, 上年: 2}\n", change="会议费", item="")
    assert isinstance(change.reason, Ask)
    assert change.reason.prompt == "会议费增加的主要原因"
    assert change.names["item"] == ""


def test_amounts_of_nothing_are_no_part_of_what_is_listed(say: Say) -> None:
    data = "一般公共预算: {基本支出: {公用经费明细: {办公费: 1, 印刷费: 0, 差旅费: 2}}}\n"
    (message,) = say(data, contents="一般公共预算.基本支出.公用经费明细", item="公用经费")
    assert listed(message, "list") == ["办公费", "差旅费"]


def test_what_a_unit_has_none_of_by_its_nature_is_said_without_a_figure(say: Say) -> None:
    (message,) = say("", absent="机关运行经费.不适用", item="机关运行经费")
    assert (message.type, message.case, message.about) == ("none", "zero", "机关运行经费.不适用")
    assert message.facts == {}
