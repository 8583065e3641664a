"""The same input gives the same text; one new phrase or one new figure does not reshuffle the report."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from draftgen.draft import Draft, Paragraph, Value
from draftgen.pipeline import compose
from draftgen.wording.choice import Memory, bigrams, choose, pick, rank
from draftgen.wording.phrases import Phrase
from tests.desk import FOLDERS, REPORT, drafted, examined


def phrase(name: str, text: str) -> Phrase:
    return Phrase(name, "total", text, {})


def sentences(draft: Draft) -> dict[str, str]:
    return {s.id: s.text for b in draft.blocks if isinstance(b, Paragraph) for s in b.sentences}


@pytest.fixture(scope="module")
def text() -> str:
    return REPORT.read_text("utf-8")


def test_a_pick_depends_on_the_names_and_not_on_their_order() -> None:
    names = ["甲", "乙", "丙", "丁"]
    assert {pick(order, 3, "site") for order in (names, names[::-1])} == {pick(names, 3, "site")}
    assert rank(3, "site", "甲") != rank(4, "site", "甲")


def test_what_was_just_said_is_said_differently() -> None:
    first, second = phrase("a", "{{ item }}合计为{{ amount }}"), phrase("b", "共有{{ item }}{{ amount }}")
    memory = Memory({}).after(first.masked)
    assert memory.cost(first.masked) > memory.cost(second.masked)
    assert choose([first, second], 1, "s", memory) is second


def test_figures_and_marks_do_not_count_as_repetition() -> None:
    assert bigrams("#，#。") == ()


def test_one_more_phrase_changes_a_pick_only_where_it_wins() -> None:
    old = [f"p{n}" for n in range(8)]
    for site in map(str, range(300)):
        after = pick([*old, "new"], 1, site)
        assert after in (pick(old, 1, site), "new")


def test_the_same_input_gives_the_same_draft(text: str, tmp_path: Path) -> None:
    assert drafted(text, tmp_path) == drafted(text, tmp_path)


def numbers(draft: Draft) -> dict[str, set[str]]:
    printed: dict[str, set[str]] = {}
    for inline in draft.inlines():
        if isinstance(inline, Value) and inline.role == "figure":
            printed.setdefault(inline.key, set()).update(re.findall(r"\d+(?:\.\d+)?", inline.text))
    return printed


# A frame may name the base beside the change ("2019年为19.87万元"): the only figures that a seed may add or leave out.
CONTEXT = re.compile(r".*\.上年|.*差额|评分\.满分\..*|问题\..*\.个数")


def test_another_seed_changes_words_but_no_number_and_no_gap(text: str, tmp_path: Path) -> None:
    data = examined(text, tmp_path)
    drafts = [compose(data, seed=seed, where=FOLDERS) for seed in range(1, 7)]
    assert len({d.as_text() for d in drafts}) == len(drafts)
    first = numbers(drafts[0])
    for other in map(numbers, drafts[1:]):
        assert {k: first[k] for k in first.keys() & other.keys()} == {k: other[k] for k in first.keys() & other.keys()}
        assert [k for k in first.keys() ^ other.keys() if not CONTEXT.fullmatch(k)] == []
    assert len({tuple(g.prompt for g in d.gaps()) for d in drafts}) == 1


def test_one_term_for_one_notion_in_a_document(text: str, tmp_path: Path) -> None:
    data = examined(text, tmp_path)
    for seed in range(8):
        said = compose(data, seed=seed, where=FOLDERS).as_text()
        assert len({w for w in ("比上年", "较上年", "同比") if w in said.replace("上年度", "")}) == 1, seed


CHANGES = [
    (r"(?m)^(会议费:\n(?:.*\n)*?  本年: )24\.59$", r"\g<1>26.59", "会议费"),
    (r"(?m)^(培训费:\n(?:.*\n)*?  本年: )1\.08$", r"\g<1>70.00", "培训费"),
    (r"(?m)^(培训费:\n(?:.*\n)*?  本年: )1\.08$", r"\g<1>68.63", "培训费"),
]


@pytest.mark.parametrize(("pattern", "by", "key"), CHANGES, ids=["same-direction", "other-direction", "level"])
def test_one_changed_figure_changes_only_the_sentences_that_depend_on_it(
    pattern: str, by: str, key: str, text: str, tmp_path: Path
) -> None:
    changed = re.sub(pattern, by, text, count=1)
    assert changed != text
    before, after = drafted(text, tmp_path), drafted(changed, tmp_path)
    lines = [(a, b) for a, b in zip(before.blocks, after.blocks, strict=True) if replace_ids(a) != replace_ids(b)]
    for block, _ in lines:
        assert isinstance(block, Paragraph)
        keys = {i.key for s in block.sentences for i in s.inlines if isinstance(i, Value)}
        assert any(k.startswith(key) for k in keys), block.text
    assert len(lines) == 1


def replace_ids(block: object) -> object:
    if not isinstance(block, Paragraph):
        return block
    return tuple(replace(s, phrases=()) for s in block.sentences)
