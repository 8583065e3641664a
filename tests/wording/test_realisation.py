"""From messages to sentences: names, reasons, lists, results, decimals, and where each figure comes from."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.draft import Draft, Gap, Paragraph, Text, Value
from draftgen.figures.quantities import half_up
from draftgen.pipeline import compose
from draftgen.planning.messages import Ask, Counted, Group, Listing, Message, Role, Words
from draftgen.wording.numerals import Style
from draftgen.wording.printing import Inlines
from draftgen.wording.realisation import Course, LostFactError, Realiser
from tests.desk import FOLDERS, HEAD, REPORT, Desk, bank, drafted, examined, fact, said
from tests.wording.test_truth import change_message

SEEDS = range(12)
FULL, SHORT = "某某区委员会办公室", "区委办"


def paragraphs(draft: Draft) -> list[str]:
    return [b.text for b in draft.blocks if isinstance(b, Paragraph)]


def sentence_about(draft: Draft, word: str) -> str:
    return next(t for t in paragraphs(draft) if word in t)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_full_name_stands_at_the_first_mention_only(seed: int, tmp_path: Path) -> None:
    draft = compose(
        examined(HEAD + "收入: {合计: 5}\n支出: {合计: 4}\n职责: 涉密\n", tmp_path), seed=seed, where=FOLDERS
    )
    text = "\n".join(paragraphs(draft))
    introduced = f"{FULL}（以下简称“{SHORT}”）"
    assert text.count(introduced) == 1
    assert SHORT not in text.partition(introduced)[0]
    assert FULL not in text.partition(introduced)[2]


def test_without_a_short_name_there_is_nothing_to_introduce(tmp_path: Path) -> None:
    head = HEAD.replace(", 简称: 区委办", "")
    assert "以下简称" not in drafted(head + "收入: {合计: 5}\n", tmp_path).as_text()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "data", ["收入: {合计: 0}\n", "资产: {截止日期: 2020-12-31, 合计: 0}\n", "人员: {编制合计: 0}\n"]
)
def test_the_unit_and_the_year_are_named_once_in_a_clause(data: str, seed: int, tmp_path: Path) -> None:
    draft = compose(examined(HEAD + data, tmp_path), seed=seed, where=FOLDERS)
    text = "\n".join(paragraphs(draft)).replace(f"{FULL}（以下简称“{SHORT}”）", SHORT)
    assert not re.search(r"区委办[^，。；：【\n]{0,12}区委办|2020年度[^，。；：【\n]{0,20}2020年度", text), text


JOINTS = [c.text.replace("{{ reason }}", "{}") for c in bank().connectives]
LEADS = ["", "主要原因是", "主要原因是由于", "主要原因：", "原因是", "主要是", "由于", "主要系"]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("end", ["", "。", "；"])
def test_the_joint_and_mark_of_a_reason_are_not_doubled(lead: str, end: str, tmp_path: Path) -> None:
    reason = f"{lead}出国团组减少{end}"
    data = examined(f"{HEAD}会议费: {{本年: 5, 上年: 8, 原因: '{reason}'}}\n", tmp_path)
    for seed in SEEDS:
        text = sentence_about(compose(data, seed=seed, where=FOLDERS), "会议费")
        assert text.endswith(tuple(f"{joint.format('出国团组减少')}。" for joint in JOINTS)), text
        assert len(re.findall("原因|由于|主要", text)) <= 2, text


def reasoned(text: str, seed: int) -> str:
    message = change_message(Decimal("5"), Decimal("8"))
    return said(replace(message, reason=Words(text, "会议费.原因")), Desk(seed))


def test_a_long_reason_takes_a_joint_for_long_ones() -> None:
    long = "受机构改革影响，部分单位划出，会议次数和参会人数均比上年减少，会议费相应下降"
    for seed in SEEDS:
        text = reasoned(long, seed)
        assert text.endswith(f"{long}。")
        assert "所致" not in text


def test_several_reasons_follow_a_colon() -> None:
    for seed in SEEDS:
        assert reasoned("一是单位划出；二是会议减少", seed).endswith("：一是单位划出；二是会议减少。")


def test_a_reason_closes_its_sentence() -> None:
    first = replace(change_message(Decimal(5), Decimal(8)), reason=Words("会议减少", "会议费.原因"))
    second = Message("total", "t2", "培训费", "plain", {"amount": fact("培训费", Decimal(3))}, {"item": "培训费"})
    second = replace(second, features={"measure": "money"})
    for seed in SEEDS:
        sentences = list(Desk(seed).realiser().group(Group((first, second), "g"), Course()))
        assert len(sentences) == 2
        assert [s.id for s in sentences] == ["g/1", "g/2"]
        assert (
            sentences[1].text.startswith(("培训费", "全年", "2020年度", "区委办", FULL))
            or "培训费" in sentences[1].text
        )


def gap_of(data: str, folder: Path, year: str = "2020") -> Gap:
    draft = drafted(HEAD.replace("年度: 2020", f"年度: {year}") + data, folder)
    return next(g for g in draft.gaps() if g.kind == "reason")


@pytest.mark.parametrize(("this", "last", "direction"), [("5", "8", "down"), ("8", "5", "up")])
@pytest.mark.parametrize("key", ["会议费", "培训费"])
def test_a_gap_offers_only_causes_of_its_direction_and_subject(
    this: str, last: str, direction: str, key: str, tmp_path: Path
) -> None:
    gap = gap_of(f"{key}: {{本年: {this}, 上年: {last}}}\n", tmp_path)
    fitting = {c.texts[0] for c in bank().causes if c.fits(direction, key, 2020)}
    assert set(gap.options) <= fitting
    assert gap.options or not fitting
    other = {c.texts[0] for c in bank().causes if direction not in c.directions}
    assert not set(gap.options) & other


@pytest.mark.parametrize(("year", "offered"), [("2019", False), ("2020", True), ("2022", True), ("2023", False)])
def test_the_epidemic_is_offered_for_its_years_only(year: str, offered: bool, tmp_path: Path) -> None:
    gap = gap_of("会议费: {本年: 5, 上年: 8}\n", tmp_path, year)
    assert any("疫情" in option for option in gap.options) == offered


def test_below_zero_no_cause_is_offered(tmp_path: Path) -> None:
    assert gap_of("会议费: {本年: -5, 上年: 8}\n", tmp_path).options == ()


def text_of(inlines: Inlines) -> str:
    return "".join(i.text for i in inlines)


def listing(*names: str, joint: str = "enumeration") -> str:
    items = tuple((name,) for name in names)
    return text_of(Desk().realiser().printer.listing(Listing(items, joint)))  # type: ignore[arg-type]


def test_lists_take_their_joints() -> None:
    assert listing("甲") == "甲"
    assert listing("甲", "乙") == "甲和乙"
    assert listing("甲", "乙", "丙") == "甲、乙和丙"
    assert listing("《甲》", "《乙》", "《丙》", joint="plain") == "《甲》《乙》《丙》"
    assert listing("“甲”", "“乙”", joint="plain") == "“甲”“乙”"
    assert listing("甲", "《乙》", joint="plain") == "甲、《乙》"
    assert listing("甲1元", "乙2元", joint="parts") == "甲1元；乙2元"


def result(name: str, thing: str, number: Role, among: str = "", style: str = "table") -> Message:
    names = {"item": thing, "verb": "", "among": among}
    must = ("among",) if among else ()
    return Message("achievement", f"g.{name}", name, "count", {"number": number}, names, {"style": style}, must=must)


def results(realiser: Realiser, *messages: Message) -> list[str]:
    return [s.text for s in realiser.group(Group(messages, "g"), Course())]


@pytest.mark.parametrize("style", ["table", "analysis"])
def test_the_frame_of_a_group_of_results_stands_in_its_first_clause_only(style: str) -> None:
    things = ("督查通知", "专题会议", "信息专报", "调研报告")
    messages = [
        result(t, t, Counted(fact(f"成果.{n}", Decimal(n + 3), "期")), style=style) for n, t in enumerate(things)
    ]
    for seed in SEEDS:
        (text,) = results(Desk(seed).realiser(), *messages)
        _, *others = text.split("，")
        for frame in ("全年", "年内", "一年来", "2020年度", SHORT):
            assert not any(o.startswith(frame) for o in others), text
        assert all(f"{n + 3}期" in text for n in range(4))


def test_a_long_list_of_results_starts_a_new_sentence_but_leaves_none_alone() -> None:
    things = [f"第{n}类重点督查事项专题通报材料" for n in range(12)]
    messages = [result(t, t, Counted(fact(f"成果.{t}", Decimal(5), "期"))) for t in things]
    sentences = results(Desk().realiser(), *messages)
    assert 1 < len(sentences) < 6
    assert all(s.count("5期") > 1 for s in sentences)


def test_for_whom_a_result_was_is_printed_where_it_is_given() -> None:
    for seed in SEEDS:
        message = result("培训", "业务培训", Counted(fact("成果", Decimal(3), "期")), "面向各单位")
        assert "面向各单位" in "".join(results(Desk(seed).realiser(), message))


APPROXIMATE = [("余", "66余期"), ("多", "66多期"), ("以上", "66期以上"), ("左右", "66期左右")]
APPROXIMATE += [("约", "约66期"), ("近", "近66期"), ("", "66期")]


@pytest.mark.parametrize(("approximate", "printed"), APPROXIMATE)
def test_an_approximation_stands_where_chinese_puts_it(approximate: str, printed: str) -> None:
    value = Desk().realiser().printer.counted(Counted(fact("成果", Decimal(66), "期"), approximate))
    assert value == Value(printed, "成果")


def test_a_sense_stands_before_the_approximate_target() -> None:
    printer = Desk().realiser().printer
    assert printer.counted(Counted(fact("目标", Decimal("0.9"), "%"), sense="不低于")).text == "不低于90.0%"  # as typed


@pytest.mark.parametrize("seed", SEEDS)
def test_every_value_knows_its_figure_and_what_kind_of_word_it_is(seed: int) -> None:
    message = change_message(Decimal("5"), Decimal("8"))
    (sentence,) = Desk(seed).realiser().group(Group((message,), "t"), Course())
    values = [i for i in sentence.inlines if isinstance(i, Value)]
    by_key = {
        ("会议费", "5.00万元"),
        ("会议费.上年", "8.00万元"),
        ("会议费.增减额", "3.00万元"),
        ("会议费.增减率", "37.50%"),
    }
    assert {(v.key, v.text) for v in values if v.role == "figure"} <= by_key
    assert {v.text for v in values if v.role == "direction"} <= {"减少", "下降", "降幅"}
    assert {v.key for v in values if v.role != "figure"} <= {"会议费.增减额", "会议费.增减率"}
    assert not [
        i
        for i in sentence.inlines
        if isinstance(i, Text) and re.search(r"\d", i.text.replace("2019年", "").replace("2020年", ""))
    ]


def test_a_number_and_its_unit_are_one_value(tmp_path: Path) -> None:
    draft = drafted(REPORT.read_text("utf-8"), tmp_path)
    units = re.compile(r"^(?:万元|人|辆|个|%|分|期|次|件|批次|人次|万)")
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            inlines = [i for s in block.sentences for i in s.inlines]
            for before, after in itertools.pairwise(inlines):
                split = isinstance(before, Value) and before.text[-1].isdigit() and units.match(after.text)
                assert not split, block.text


STYLES = [
    (Style(0, 0), "5万元", "38%"),
    (Style(1, 1), "5.0万元", "37.5%"),
    (Style(4, 3), "5.0000万元", "37.500%"),
    (Style(2, 2, strip_zeros=True), "5万元", "37.5%"),
]


@pytest.mark.parametrize(("style", "amount", "rate"), STYLES)
def test_decimals_are_those_of_the_settings(style: Style, amount: str, rate: str) -> None:
    printer = Desk(style=style).realiser().printer
    message = change_message(Decimal("5"), Decimal("8"))
    assert text_of(printer.role(message.facts["amount"])) == amount
    assert text_of(printer.role(message.facts["rate"], absolute=True)) == rate


@pytest.mark.parametrize("places", range(5))
def test_decimals_are_honoured_throughout_a_draft(places: int, tmp_path: Path) -> None:
    text = REPORT.read_text("utf-8")
    assert "\n设置:" not in text
    data = examined(text + f"\n设置: {{金额小数位: {places}, 比率小数位: {min(places, 3)}}}\n", tmp_path)
    for inline in compose(data, where=FOLDERS).inlines():
        known = data.knowledge.facts.get(inline.key) if isinstance(inline, Value) else None
        if known is None or known.unit != "万元":
            continue
        number = re.search(r"\d+(?:\.(\d+))?", inline.text)
        if number:
            wanted = places if half_up(known.value, places) else len(number[1] or "")
            assert len(number[1] or "") == wanted, inline


def test_zeros_are_stripped_throughout_a_draft(tmp_path: Path) -> None:
    text = REPORT.read_text("utf-8") + "\n设置: {去除末尾零: 是}\n"
    stripped = [i.text for i in drafted(text, tmp_path).inlines() if isinstance(i, Value)]
    assert not [t for t in stripped if re.search(r"\d\.\d*0(?!\d)", t)]


@pytest.mark.parametrize(("this", "last"), [("100.001", "100"), ("0.004", "0.001"), ("0.001", "0")])
def test_what_is_not_nothing_is_not_printed_as_nothing(this: str, last: str) -> None:
    for seed in SEEDS:
        text = said(change_message(Decimal(this), Decimal(last)), Desk(seed))
        assert not re.search(r"(?:增加|减少)0(?:\.0+)?万元", text), text
        assert f"增加{Decimal(this) - Decimal(last)}万元" in text, text


@pytest.mark.parametrize("ending", ["。", "！", "。”", "。）", "："])
def test_a_text_given_by_hand_is_closed_once(ending: str) -> None:
    sentence = Desk().realiser().given(Words(f"已完成{ending}", "k"), "s")
    assert sentence.text == f"已完成{ending}"
    assert sentence.inlines == (Text(f"已完成{ending}", "k"),)


def test_a_text_without_a_closing_mark_gets_one() -> None:
    assert Desk().realiser().given(Words("已完成", "k"), "s").text == "已完成。"
    assert Desk().realiser().given(Ask("目的", "narrative", "k", "r"), "s").text == "【请填写：目的】"


def test_a_figure_that_does_not_come_out_is_our_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Realiser, "aggregate", lambda self, group, course: iter(()))
    with pytest.raises(LostFactError, match="会议费"):
        list(Desk().realiser().group(Group((change_message(Decimal(5), Decimal(8)),), "g"), Course()))
