"""Accuracy of the finished file: every figure of the source stands in it, right, at its place; nothing is added."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import lru_cache

import pytest

from draftgen.curated import read_curated
from draftgen.draft import Draft, Heading, Value
from draftgen.figures.facts import Fact
from draftgen.figures.quantities import RATE, half_up
from draftgen.pipeline import Examined, compose, examine, load, render
from draftgen.word.text import plain_text
from tests.desk import FOLDERS, REPORT, ROOT

NUMERAL = re.compile(r"\d+(?:\.\d+)?%?")
EXPECTED = read_curated(ROOT / "tests" / "e2e" / "seed_figures.yaml")
FIGURES = [(heading, figure) for heading, figures in EXPECTED.items() for figure in figures]


@lru_cache(maxsize=1)
def report() -> Examined:
    return examine(load(REPORT), where=FOLDERS)


@lru_cache(maxsize=4)
def draft(seed: int = 1) -> Draft:
    return compose(report(), seed=seed, where=FOLDERS)


@lru_cache(maxsize=4)
def finished(seed: int = 1) -> str:
    return plain_text(render(draft(seed), ".docx", FOLDERS))


@lru_cache(maxsize=64)
def below(heading: str) -> str:
    """The finished text under a heading, up to the next one of its level or above."""
    headings = [b for b in draft().blocks if isinstance(b, Heading)]
    place = next(n for n, h in enumerate(headings) if h.text.removeprefix(h.number) == heading)
    after = next((h.text for h in headings[place + 1 :] if h.level <= headings[place].level), None)
    text = finished()
    start = text.index("\n" + headings[place].text)
    return text[start : text.index("\n" + after, start) if after else None]


@pytest.mark.parametrize(("heading", "figure"), FIGURES, ids=[f"{h}-{f}" for h, f in FIGURES])
def test_every_figure_of_the_source_stands_at_its_place(heading: str, figure: str) -> None:
    assert figure in below(heading)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_finished_file_has_the_planned_numerals_no_more_and_no_less(seed: int) -> None:
    planned, printed = Counter(NUMERAL.findall(draft(seed).as_text())), Counter(NUMERAL.findall(finished(seed)))
    assert printed - planned == Counter(), "added"
    assert planned - printed == Counter(), "missing"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_printed_figure_is_its_fact_rounded_half_up(seed: int) -> None:
    facts = report().knowledge.facts
    checked = 0
    for inline in draft(seed).inlines():
        if not isinstance(inline, Value) or inline.role != "figure" or inline.key not in facts:
            continue
        number = NUMERAL.search(inline.text)
        assert number is not None, inline
        assert is_printed_right(facts[inline.key], number[0]), (inline, facts[inline.key])
        checked += 1
    assert checked > 250


def is_printed_right(fact: Fact, text: str) -> bool:
    if fact.unit in ("日", "年"):
        return text == str(fact.day.year) if fact.unit == "日" else text == str(int(fact.value))
    printed = Decimal(text.rstrip("%"))
    places = len(text.rstrip("%").partition(".")[2])
    value = abs(fact.value) * 100 if fact.unit == RATE else abs(fact.value)
    return half_up(value, places) == printed


def test_every_figure_of_the_prose_has_a_key_that_is_known() -> None:
    facts = report().knowledge.facts
    unknown = {i.key for i in draft().inlines() if isinstance(i, Value) and i.key not in facts}
    assert {k for k in unknown if not k.endswith((".增减率", ".目标", ".个数"))} == set()


# what only the report of a project says
OF_A_PROJECT = re.compile(r"绩效目标\.项目\.[^.]+\.(立项背景|内容)")
# what steers the draft and is not meant to be read in it
STEERING = (".名称", ".编号", ".针对", ".仅列入", ".领域", ".单位", ".性质", ".约数", ".去向", "单位.自称", "公开日期")


def test_no_text_of_the_data_file_is_lost() -> None:
    """A text that somebody typed stands in the draft, or steers it, or is the word 涉密."""
    text = draft().as_text()
    given = report().knowledge.texts
    lost = {
        key
        for key, one in given.one.items()
        if one.text.rstrip("。") not in text and one.text != "涉密" and not key.endswith(STEERING)
    }
    lost = {key for key in lost if not OF_A_PROJECT.fullmatch(key)}
    only_analysed = {key for key in lost if given.get(f"{key.rpartition('.')[0]}.仅列入") == "绩效分析"}
    assert lost - only_analysed == set()


def test_no_spelling_that_the_house_avoids_stands_in_the_draft() -> None:
    terms = read_curated(ROOT / "phrasebanks" / "common" / "terms.yaml")["fixed"]
    text = "".join(i.text for i in draft().inlines())
    found = [word for term in terms for word in term["avoid"] if word in text.replace(term["use"], "")]
    assert found == []
