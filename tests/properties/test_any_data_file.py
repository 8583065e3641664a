"""No valid data file crashes draftgen, and what it writes about any of them is well-formed and true to the figures."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draftgen.draft import Attachments, Block, Chart, Draft, Gap, Heading, Inline, Paragraph, Table, Text, Title, Value
from draftgen.errors import InputError
from draftgen.figures.facts import OWN_UNIT, Derived, Fact, Facts
from draftgen.figures.model.dataset import Settings
from draftgen.figures.quantities import RATE, half_up, is_money
from draftgen.pipeline import Examined, compose, examine, load, render
from draftgen.word.lint import lint
from tests.desk import FOLDERS
from tests.properties.data_files import TOPICS, data_file, data_files

EXAMPLES = 500  # over all kinds
NIGHTLY = 20_000
LARGE = int(os.environ.get("DRAFTGEN_EXAMPLES", EXAMPLES))  # set to NIGHTLY for the long run
SEEDS = (1, 2, 7)

any_file = settings(
    max_examples=LARGE,
    derandomize=LARGE == EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

RESIDUE: tuple[str, ...] = (
    "None",
    "{{",
    "}}",
    "{unit}",
    "{year}",
    "。。",
    "，，",
    "，。",
    "；。",
    "：。",
    "，；",
    "；，",
    "、。",
    "（）",
    "(-",
)
RESIDUE += (
    "万元万元",
    "元元",
    "%%",
    "《》",
    "“”",
    "《《",
    "》》",
    "。；",
    "；；",
    "原因是由于",
    "原因是主要",
    "基本基本",
)
NOTHING_CHANGED = re.compile(r"(?:增加|减少|增长|下降)0(?:\.0+)?(?![\d.])")
CLOSED = re.compile(r"[。！？；：…][”’）》]*$")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def examined_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Examined | None]:
    """Examine a data file, None if it is not valid."""
    path = tmp_path_factory.mktemp("any") / "data.json"

    def run(text: str) -> Examined | None:
        path.write_text(text, "utf-8")
        try:
            loaded = load(Path(path))
        except InputError:
            return None
        return examine(loaded, where=FOLDERS)

    return run


def paragraphs(draft: Draft) -> Iterator[tuple[Inline, ...]]:
    """Every paragraph of the draft, in cells and headings too."""
    for block in draft.blocks:
        if isinstance(block, Title):
            yield from block.lines
        elif isinstance(block, Heading):
            yield block.inlines
        elif isinstance(block, Paragraph):
            yield tuple(i for s in block.sentences for i in s.inlines)
        elif isinstance(block, Chart):
            yield block.caption
        elif isinstance(block, Table):
            yield from (p for row in block.rows for cell in row.cells for p in cell.paragraphs)


def text_of(inlines: tuple[Inline, ...]) -> str:
    """The text, with what was given by hand cut down to its ends: its inside is nobody's fault but its author's."""
    cut = (i.text[0] + "文" + i.text[-1] if isinstance(i, Text) and i.source and i.text else i.text for i in inlines)
    return "".join(cut)


Drafts = Callable[[str], Examined | None]


@any_file
@given(text=data_files(), seed=st.sampled_from(SEEDS))
def test_a_draft_is_sound_text_and_true_to_the_figures(examined_file: Drafts, text: str, seed: int) -> None:
    data = examined_file(text)
    if data is None:
        return
    draft = compose(data, seed=seed, where=FOLDERS)
    assert_no_residue(draft)
    assert draft.as_text().count("（以下简称“") <= 1
    assert_closed(draft)
    assert_filled(draft.blocks)
    assert all(gap.prompt.strip() for gap in draft.gaps())
    for inline in draft.inlines():
        if isinstance(inline, Value) and inline.key in data.knowledge.facts:
            assert_printed(inline, data.knowledge.facts, data.knowledge.dataset.settings)


@settings(any_file, max_examples=LARGE // 2)
@given(text=data_files())
def test_every_draft_can_be_written_and_is_sound_word(examined_file: Drafts, text: str) -> None:
    data = examined_file(text)
    if data is None:
        return
    draft = compose(data, where=FOLDERS)
    assert lint(render(draft, ".docx", FOLDERS)) == []
    assert render(draft, ".md", FOLDERS)
    assert compose(data, where=FOLDERS) == draft


@settings(any_file, max_examples=LARGE // 5)
@given(text=data_files())
def test_a_seed_changes_no_gap_and_no_heading_number(examined_file: Drafts, text: str) -> None:
    data = examined_file(text)
    if data is None:
        return
    drafts = [compose(data, seed=seed, where=FOLDERS) for seed in SEEDS]
    assert len({tuple(g.prompt for g in d.gaps()) for d in drafts}) == 1
    assert len({tuple((b.level, b.number) for b in d.blocks if isinstance(b, Heading)) for d in drafts}) == 1


def test_most_files_made_here_are_valid(examined_file: Drafts) -> None:
    """The properties above would hold for nothing if hardly any file were read."""
    valid = [examined_file(data_file(frozenset(TOPICS), 0.7, seed)) is not None for seed in range(40)]
    assert sum(valid) > 25


def test_the_longest_numbers_that_are_read_can_be_drafted(examined_file: Drafts) -> None:
    figure = {"本年": "9" * 24, "上年": "0.01", "增减率": "5%"}
    head = {"报告": "department-performance", "年度": "2020", "金额单位": "元", "单位": {"全称": "甲局"}}
    data = examined_file(json.dumps({**head, "会议费": figure}, ensure_ascii=False))
    assert data is not None
    assert "9" * 24 in compose(data, where=FOLDERS).as_text()


def assert_no_residue(draft: Draft) -> None:
    for inlines in paragraphs(draft):
        text = text_of(inlines)
        assert not [mark for mark in RESIDUE if mark in text], text
        assert not NOTHING_CHANGED.search(text), text


def assert_closed(draft: Draft) -> None:
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            last = block.sentences[-1].inlines[-1]
            assert isinstance(last, Gap) or CLOSED.search(block.text), block.text


def assert_filled(blocks: tuple[Block, ...]) -> None:
    """A heading is followed by what it heads or a heading one level below, and headings are counted without holes."""
    counted = [0] * 5
    for block, after in zip(blocks, (*blocks[1:], None), strict=True):
        if not isinstance(block, Heading):
            continue
        assert block.inlines
        assert "".join(i.text for i in block.inlines).strip()
        assert isinstance(after, (Paragraph, Table, Chart, Attachments)) or (
            isinstance(after, Heading) and after.level == block.level + 1
        )
        counted[block.level] += 1
        counted[block.level + 1 :] = [0] * (4 - block.level)
        assert block.number == number_of(block.level, counted[block.level]), block.text


def number_of(level: int, number: int) -> str:
    chinese = "零一二三四五六七八九十"
    tens, ones = divmod(number, 10)
    words = (
        chinese[number]
        if number <= 10
        else ("" if tens == 1 else chinese[tens]) + "十" + (chinese[ones] if ones else "")
    )
    return (f"第{words}部分\u3000", f"{words}、", f"（{words}）", f"{number}.", f"（{number}）")[level]


def assert_printed(value: Value, facts: Facts, chosen: Settings | None) -> None:
    """A printed figure is its fact rounded half up to the document's decimals; to more where an amount would read 0."""
    fact = facts[value.key]
    if value.role != "figure":
        assert value.role == "degree" or value.text in ("增加", "减少", "增长", "下降", "增幅", "降幅"), value
        return
    if fact.unit in ("日", "年"):
        assert value.text.startswith(f"{fact.day.year}年" if fact.unit == "日" else f"{fact.value}"), value
        return
    found = NUMBER.findall(value.text)
    assert len(found) == 1, value
    printed = Decimal(found[0])
    places = max(0, -int(printed.as_tuple().exponent))
    true = fact.value * (100 if fact.unit == RATE else 1)
    assert printed in (half_up(true, places), half_up(abs(true), places)), (value, fact)
    if fact.unit == RATE:
        assert_based(fact, facts)
    wanted = decimals(fact, chosen)
    if wanted is None or (value.text == "100%" and true in (100, -100)):
        return
    strip = bool(chosen and chosen.strip_zeros)
    assert places == wanted or (places > wanted and half_up(true, places - 1) == 0) or (strip and places < wanted), (
        value
    )
    assert true == 0 or printed != 0 or fact.unit == RATE, f"{fact.key} is not nothing: {value.text}"


def decimals(fact: Fact, chosen: Settings | None) -> int | None:
    """The decimals that the document gives to a figure, None where it is printed as typed."""
    if fact.key.endswith(OWN_UNIT):  # the target or result of an indicator is no money of the ledger
        return None
    if is_money(fact.unit):
        return int(chosen.amount_places.value) if chosen and chosen.amount_places else 2
    if fact.unit == RATE and isinstance(fact.origin, Derived):
        return int(chosen.rate_places.value) if chosen and chosen.rate_places else 2
    return None


def assert_based(rate: Fact, facts: Facts) -> None:
    """No rate is printed whose base is nothing or negative."""
    if not isinstance(rate.origin, Derived):
        return
    keys = rate.origin.inputs
    name = rate.key.rpartition(".")[2]
    base = facts[keys[-1]] if name in ("增减率", "占比", "全年预算执行率", "年初预算执行率") else None
    assert base is None or base.value > 0, (rate, base)
