"""The items of a list are worded alike: official texts repeat one frame, whatever the item and its figures."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pytest

from draftgen.draft import Draft, Paragraph
from draftgen.pipeline import compose, examine, load
from draftgen.wording.choice import choose_alike
from draftgen.wording.phrases import Phrase
from tests.desk import FOLDERS, ROOT, bank

LISTS = {"final-accounts": "final-accounts-2024/report.yaml", "budget": "budget-2025/report.yaml"}


@pytest.fixture(scope="module", params=LISTS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def frames(draft: Draft, kind: str) -> dict[tuple[str, str, str], set[str]]:
    """The phrases by list, message type and case, for the lists of subjects."""
    phrases = {p.id: p for listed in bank(kind).phrases.values() for p in listed}
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for block in draft.blocks:
        if isinstance(block, Paragraph) and re.match(r"\d+\..*（项）", block.text):
            for name in (n for s in block.sentences for n in s.phrases):
                cases = ",".join(phrases[name].when.get("case", ()))
                found[block.id.rpartition(".")[0], phrases[name].message, cases].add(name)
    return found


@pytest.mark.parametrize("seed", range(1, 7))
def test_items_of_one_case_have_one_phrase(kind: str, seed: int) -> None:
    draft = compose(examine(load(ROOT / "examples" / LISTS[kind])), seed=seed, where=FOLDERS)
    found = frames(draft, kind)
    assert found, "no list was found"
    assert {key: names for key, names in found.items() if len(names) > 1} == {}


def test_over_and_under_share_a_frame() -> None:
    def ways(case: str) -> list[Phrase]:
        ends = ("next.base-first", "next.final-of-base", "word.base-first", "word.final-of-base")
        return [Phrase(f"x.{case}.{end}", "execution", "", {}) for end in ends]

    for seed in range(40):
        over, under = (choose_alike(ways(case), seed, "list").id for case in ("over", "under"))
        assert over.replace("over", "under") == under


def test_a_new_phrase_wins_the_whole_list_or_nothing() -> None:
    old = [Phrase(f"x.next.{n}", "total", "", {}) for n in "abcd"]
    for seed in range(100):
        after = choose_alike([*old, replace(old[0], id="x.next.new")], seed, "list").id
        assert after in (choose_alike(old, seed, "list").id, "x.next.new")


def test_reasons_in_a_list_are_joined_alike() -> None:
    path = ROOT / "examples" / LISTS["final-accounts"]
    for seed in (1, 2, 3):
        said = compose(examine(load(path)), seed=seed, where=FOLDERS).as_text()
        listed = said.partition("（三）一般公共预算财政拨款支出决算具体情况")[2].partition("六、2024年度")[0]
        lines = [line for line in listed.splitlines() if "（项）" in line]
        words = ("主要原因是", "主要原因为", "，原因是", "，主要是")
        joints = {word for line in lines for word in words if word in line}
        assert len(joints) == 1, (seed, joints)
