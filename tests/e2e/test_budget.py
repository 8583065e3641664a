"""The budget disclosure: nothing is done yet, every comparison names last year's budget, every figure is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draftgen.draft import Draft, Gap, Heading, Paragraph, Sentence, Table, Text, Value
from draftgen.errors import InputError
from draftgen.figures.quantities import is_money
from draftgen.findings import Severity
from draftgen.kinds import load_kind
from draftgen.pipeline import Examined, compose, examine, load, render
from draftgen.word.lint import lint
from draftgen.word.text import plain_text
from tests.conftest import Pages, Validate
from tests.desk import FOLDERS, ROOT
from tests.e2e.test_accuracy import NUMERAL, is_printed_right
from tests.properties.data_files import TOPICS, data_file

EXAMPLE = ROOT / "examples" / "budget-2025" / "report.yaml"
KIND = "budget"
VARIANTS = tuple(variant.name for variant in load_kind(FOLDERS.templates, KIND).outline.variants)
SEEDS = (1, 2, 3, 5, 8, 13)
# what is only known at the end of the year, and the year word of final accounts
DONE = re.compile(r"完成|决算|实际|执行率|未发生|没有发生|全年|2025年度|2024年度|今年|去年")
AMOUNT = re.compile(r"(?<=[ :])\d+\.\d\d(?=[,}\n])")
HEAD = "报告: 部门预算公开说明\n年度: 2025\n金额单位: 万元\n单位: {全称: 某某区审计局, 简称: 区审计局, 性质: 行政}\n"
MONEY = (
    "收入: {财政拨款收入: {本年: 100, 上年预算: 90, 原因: 新增项目}}\n"
    "支出: {基本支出: {人员经费: 60, 公用经费: 10}, 项目支出: 30}\n"
)


def text_of(variant: str = "", *, yuan: bool = False) -> str:
    """The example in a variant, with its amounts in 万元 or in 元."""
    text = EXAMPLE.read_text("utf-8")
    if yuan:
        text = AMOUNT.sub(lambda found: f"{Decimal(found[0]) * 10_000:f}", text).replace(
            "金额单位: 万元", "金额单位: 元"
        )
    return f"{text}\n设置: {{版式: {variant}}}\n" if variant else text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("budget")


@lru_cache(maxsize=32)
def examined_text(text: str, folder: Path) -> Examined:
    path = folder / "data.yaml"
    path.write_text(text, "utf-8")
    return examine(load(path), where=FOLDERS)


def drafted(text: str, folder: Path, seed: int = 1) -> Draft:
    return compose(examined_text(text, folder), seed=seed, where=FOLDERS)


def sentences(draft: Draft) -> Iterator[Sentence]:
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            yield from block.sentences


def own_words(draft: Draft) -> Iterator[str]:
    """Everything that the kind itself says: not what was typed by hand."""
    for block in draft.blocks:
        if isinstance(block, Table):
            yield from (column.text for column in block.columns)
            yield from block.above
        elif isinstance(block, Heading):
            yield block.number
    for inline in draft.inlines():
        if isinstance(inline, Gap):
            yield from (inline.prompt, *inline.options)
        elif not (isinstance(inline, Text) and inline.source):
            yield inline.text


def below(draft: Draft, heading: str) -> str:
    """The text under a heading, up to the next heading of its level or above."""
    blocks = draft.blocks
    start = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text.removeprefix(b.number) == heading)
    level = blocks[start].level if isinstance(blocks[start], Heading) else 0  # type: ignore[union-attr]
    rest = blocks[start + 1 :]
    end = next((n for n, b in enumerate(rest) if isinstance(b, Heading) and b.level <= level), len(rest))
    return "\n".join(b.text for b in rest[:end])


# ---- the example ----


def test_the_example_is_consistent_to_the_cent(folder: Path) -> None:
    assert [f.message.render("zh") for f in examined_text(text_of(), folder).report] == []


def test_the_example_asks_for_what_was_left_open_and_for_nothing_else(folder: Path) -> None:
    asked = {gap.prompt for gap in drafted(text_of(), folder).gaps()}
    assert asked == {"公务用车运行维护费减少的主要原因", "机关运行经费减少的主要原因", "该项支出的主要用途"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_has_the_blocks_of_a_budget(variant: str, folder: Path) -> None:
    text = drafted(text_of(variant), folder).as_text()
    for block in ("主要职责", "机构设置", "预算单位构成", "“三公”经费", "机关运行经费", "政府采购", "车辆", "名词解释"):
        assert block in text
    tables = [b for b in drafted(text_of(variant), folder).blocks if isinstance(b, Table)]
    assert len(tables) >= 9
    assert all(table.number.startswith("预算") for table in tables)
    assert len({table.number for table in tables}) == len(tables), "a number of a table stands twice"


# ---- a budget is a plan ----


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_done_in_a_budget(variant: str, seed: int, folder: Path) -> None:
    draft = drafted(text_of(variant), folder, seed)
    assert [words for words in own_words(draft) if DONE.search(words)] == []


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_comparison_names_the_budget_that_it_is_with(variant: str, seed: int, folder: Path) -> None:
    compared = 0
    for sentence in sentences(drafted(text_of(variant), folder, seed)):
        if any(isinstance(i, Value) and i.key.endswith((".增减额", ".增减率")) for i in sentence.inlines):
            compared += 1
            assert re.search("2024年(预算|集中)", sentence.text), sentence.text
            assert "上年" not in sentence.text.replace("上年结转", ""), sentence.text
    assert compared > 10


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 100_000), wording=st.sampled_from(SEEDS), full=st.booleans())
def test_no_data_make_a_budget_speak_of_what_is_done(seed: int, wording: int, full: bool) -> None:
    import tempfile

    topics = frozenset(TOPICS) if full else frozenset(TOPICS[seed % 7 :: 2])
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "data.json"
        path.write_text(data_file(topics, 0.7, seed, KIND), "utf-8")
        try:
            data = examine(load(path), where=FOLDERS)
        except InputError:
            return
    draft = compose(data, seed=wording, where=FOLDERS)
    typed = "完成了吗"  # a text given by hand that stands inside a sentence
    assert [words for words in own_words(draft) if DONE.search(words.replace(typed, ""))] == []
    year = data.knowledge.names.year - 1
    for sentence in sentences(draft):
        changes = [i.key for i in sentence.inlines if isinstance(i, Value) and i.key.endswith(".增减额")]
        if any(is_money(data.knowledge.facts[key].unit) for key in changes if key in data.knowledge.facts):
            assert f"{year}年预算" in sentence.text, sentence.text


@pytest.mark.parametrize("seed", SEEDS)
def test_equal_budgets_are_level_and_have_no_reason(seed: int, folder: Path) -> None:
    draft = drafted(text_of("湖南"), folder, seed)
    level = [s for s in sentences(draft) if any(isinstance(i, Value) and i.key == "会议费" for i in s.inlines)]
    assert len(level) == 1
    assert re.search("持平|一致|相同", level[0].text), level[0].text
    assert not re.search("原因|主要是|增加|减少|%", level[0].text), level[0].text


@pytest.mark.parametrize("seed", SEEDS)
def test_what_had_no_budget_last_year_has_no_rate(seed: int, folder: Path) -> None:
    key = "一般公共预算.科目.2130311.支出"
    said = [s.text for s in sentences(drafted(text_of(), folder, seed)) if any(i_is(i, key) for i in s.inlines)]
    assert said
    assert all("%" not in text for text in said), said
    assert any("增加68.00万元" in text for text in said)


def i_is(inline: object, key: str) -> bool:
    return isinstance(inline, Value) and inline.key == key


def test_last_years_actual_figure_is_no_base_of_a_budget(folder: Path) -> None:
    given_both = "会议费: {本年: 4, 上年: 8, 上年预算: 5, 原因: 减少会议}\n"
    draft = drafted(HEAD + MONEY + given_both + "设置: {版式: 湖南}\n", folder)
    assert "减少1.00万元" in below(draft, "一般性支出情况")
    assert "8.00" not in draft.as_text()
    only_actual = drafted(HEAD + MONEY + "会议费: {本年: 4, 上年: 8}\n设置: {版式: 湖南}\n", folder)
    assert not re.search("增加|减少|持平", below(only_actual, "一般性支出情况"))


# ---- what a unit does not have ----


def test_only_offices_have_running_costs(folder: Path) -> None:
    costs = "机关运行经费: {本年: 9, 上年预算: 9}\n"
    assert "9.00万元" in below(drafted(HEAD + MONEY + costs, folder), "机关运行经费")
    for nature, expected in (("参公", "9.00万元"), ("事业", "机关运行经费")):
        text = below(drafted((HEAD + MONEY + costs).replace("性质: 行政", f"性质: {nature}"), folder), "机关运行经费")
        assert expected in text
        assert ("9.00" in text) == (nature == "参公"), "a public institution has none"


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_secret_matter_keeps_its_heading_and_is_not_told(variant: str, folder: Path) -> None:
    secret = "职责: 涉密\n机构: {设置情况: 涉密}\n"
    draft = drafted(f"{HEAD}{MONEY}{secret}设置: {{版式: {variant}}}\n", folder)
    for heading in ("主要职责", "机构设置"):
        assert "不予公开" in below(draft, heading) or "不对外公开" in below(draft, heading)


def test_a_budget_that_is_nothing_is_told_as_none_and_its_table_stays_with_a_note(folder: Path) -> None:
    for kind in ("政府性基金预算", "国有资本经营预算"):
        draft = drafted(f"{HEAD}{MONEY}{kind}: {{支出: 0}}\n", folder)
        assert re.search("未安排|没有安排|预算中无", below(draft, f"{kind}支出情况"))
        table = next(b for b in draft.blocks if isinstance(b, Table) and b.text.startswith(f"{kind}支出情况表"))
        assert "故本表为空表" in table.text


def test_zero_counts_open_no_enumeration(folder: Path) -> None:
    data = "车辆: {实有: 0, 用途: {其他用车: 0}}\n三公经费: {合计: 0, 公务接待费: 0, 购置车辆: 0}\n"
    data += "政府采购: {合计: 0, 货物: 0}\n"
    text = drafted(HEAD + MONEY + data, folder).as_text()
    assert not re.search(r"(?<![\d.])0(辆|个|台)", text), "a count of nothing is told as none"
    assert "其他用车" not in text


def test_the_same_figures_are_told_in_yuan(folder: Path) -> None:
    data = examined_text(text_of("广西", yuan=True), folder)
    assert [f for f in data.report if f.severity is Severity.ERROR] == []
    text = compose(data, where=FOLDERS).as_text()
    assert "20128200.00元" in text
    assert "万元" not in text.replace("单价100万元以上", "")
    for item in ("会议费\t42000.00", "培训费\t65000.00"):
        assert item in text, "in Guangxi meetings and training stand in the table of 三公"


# ---- the finished file ----

SHAPES = [(variant, False) for variant in VARIANTS] + [("广西", True)]
shaped = pytest.mark.parametrize(("variant", "yuan"), SHAPES, ids=[f"{v}{'元' if y else ''}" for v, y in SHAPES])


@shaped
def test_the_finished_file_has_the_planned_figures_no_more_and_no_less(variant: str, yuan: bool, folder: Path) -> None:
    data = examined_text(text_of(variant, yuan=yuan), folder)
    draft = compose(data, where=FOLDERS)
    printed, planned = (
        Counter(NUMERAL.findall(t)) for t in (plain_text(render(draft, ".docx", FOLDERS)), draft.as_text())
    )
    headers = Counter(
        n for b in draft.blocks if isinstance(b, Table) for c in b.columns for n in NUMERAL.findall(c.text)
    )
    assert set(printed - planned) | set((planned - printed) - headers) == set()
    wrong = [
        (i, data.knowledge.facts[i.key])
        for i in draft.inlines()
        if isinstance(i, Value)
        and i.role == "figure"
        and i.key in data.knowledge.facts
        and not is_printed_right(data.knowledge.facts[i.key], NUMERAL.findall(i.text)[0])
    ]
    assert wrong == []


@shaped
def test_the_finished_file_is_sound_word(variant: str, yuan: bool, folder: Path, validate: Validate) -> None:
    data = render(drafted(text_of(variant, yuan=yuan), folder), ".docx", FOLDERS)
    assert lint(data) == []
    assert validate(data) == []


def test_the_pages_hold_every_table_with_its_number(folder: Path, to_pages: Callable[[bytes], Pages]) -> None:
    pages = to_pages(render(drafted(text_of("全国"), folder), ".docx", FOLDERS))
    text = "".join(pages).replace(" ", "")
    for number in range(1, 11):
        assert f"预算公开{number:02}表" in text
    assert all(re.sub(r"[—\d\s]", "", page) for page in pages), "a page with nothing but its number"
