"""A sentence becomes a phrase: slots and condition are found, or asked for, and nothing that stood there is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from draftgen.curation.company import known_of
from draftgen.curation.entries import CannotAppendError, appended, entry_lines, free_id
from draftgen.curation.inference import Inference, Rulebook, infer
from draftgen.curation.inversion import Reading, lore_of, read_sentence
from draftgen.wording.contract import MessageType
from draftgen.wording.phrasebank import load_stock
from draftgen.wording.phrases import SLOT, Phrase, fill_text
from draftgen.wording.truth import claims_of
from tests.desk import FOLDERS, KIND, bank

PHRASES = bank().all_phrases()
RULES = Rulebook(
    bank().contract,
    claims_of(load_stock(FOLDERS.phrasebanks, KIND).small),
    known_of(PHRASES, bank().contract),
)


def settled_by_choice(phrase: Phrase) -> dict[str, tuple[str, ...]]:
    """What a person settles by choosing what to add a phrase for: where it stands, and which problem it is."""
    which = phrase.message in ("problem", "recommendation")
    return {k: v for k, v in phrase.when.items() if k in ("style", "place", "part") or (k == "case" and which)}


def left_out(phrase: Phrase) -> tuple[Reading, Inference]:
    """Read the example of a phrase, and infer its condition, knowing all phrases but this one."""
    others = [p for p in bank().phrases[phrase.message] if p.id != phrase.id]
    reading = read_sentence(phrase.examples[0][1], lore_of(others))
    new = Phrase("new", phrase.message, reading.text, {}, examples=((reading.given, phrase.examples[0][1]),))
    return reading, infer(new, others, RULES, settled_by_choice(phrase))


def reads_alike(phrase: Phrase, reading: Reading, kind: MessageType) -> bool:
    """The same figures in the same slots, and nothing that a slot should hold is left as words.

    A name may be a slot where the curated text spells it: 项目支出{{ amount }} is {{ item }}{{ amount }} of 项目支出.
    """
    filled = phrase.examples[0][0]
    figures = {s: v for s, v in filled.items() if kind.slots.get(s)}
    words = SLOT.sub("#", reading.text)
    return figures == {s: v for s, v in reading.given.items() if kind.slots.get(s)} and not any(
        value in words for value in filled.values()
    )


def admits_alike(curated: Mapping[str, tuple[str, ...]], found: Mapping[str, tuple[str, ...]]) -> bool:
    """The same condition; a wider one is as good where it is as true: 减少……下降100% of what is gone, any measure."""
    if (set(curated) ^ set(found)) - {"measure"}:
        return False
    return all(
        set(curated[k]) ^ set(found[k]) <= ({"gone"} if k == "case" else set()) for k in set(curated) & set(found)
    )


def test_slots_and_condition_of_a_sentence_are_found_or_asked_for() -> None:
    outcomes: Counter[str] = Counter()
    wrong = []
    for phrase in PHRASES:
        reading, inference = left_out(phrase)
        right = reads_alike(phrase, reading, bank().contract[phrase.message]) and admits_alike(
            phrase.when, inference.when
        )
        sure = inference.sure and not reading.rival and not reading.loose
        outcomes["right" if right and sure else "asked" if not sure else "wrong"] += 1
        if sure and not right:
            wrong.append(f"{phrase.id}: {reading.text} {dict(inference.when)}")
    assert outcomes["right"] / len(PHRASES) >= 0.95, outcomes
    assert outcomes["wrong"] / len(PHRASES) <= 0.01, wrong


@pytest.mark.parametrize("phrase", PHRASES[::9], ids=lambda p: p.id)
def test_a_reading_says_the_sentence_again(phrase: Phrase) -> None:
    reading, _ = left_out(phrase)
    assert fill_text(reading.text, reading.given) == phrase.examples[0][1]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="会议费支出增加减少比上年，。0123456789.万元%{}与 ", max_size=80))
def test_any_sentence_is_read_in_bounded_time_and_says_itself_again(sentence: str) -> None:
    lore = lore_of(bank().phrases["change"])
    reading = read_sentence(sentence.replace("{", "").replace("}", ""), lore)
    assert fill_text(reading.text, reading.given) == sentence.replace("{", "").replace("}", "").strip().rstrip("。")


def test_no_reading_that_is_sure_tells_a_rise_for_a_fall() -> None:
    for phrase in bank().phrases["change"]:
        _, inference = left_out(phrase)
        if phrase.when["case"] in (("up",), ("down",)) and inference.sure:
            assert inference.when["case"] == phrase.when["case"], phrase.id


NEW = Phrase(
    "own.1",
    "change",
    "{{ item }}{{ change_amount }}",
    {"case": ("up",)},
    examples=(({"item": "会议费", "change_amount": "增加1万元"}, "会议费增加1万元"),),
)
FILES = {
    "empty": "",
    "comments only": "# 只有注释\n",
    "no phrases": "# 首行\nprefer: [a]\n",
    "an empty list": "phrases: []   # 还没有\nprefer: [a]\n",
    "a bare key": "phrases:\nprefer: [a]\n",
    "entries": "phrases:\n  - id: a.1   # 注\n    message: change\n    text: x\n# 尾注\nprefer: [a]\n",
    "entries without indentation": "phrases:\n- id: a.1\n  message: change\n  text: x\n",
    "no line end": "phrases:\n  - id: a.1\n    message: change\n    text: x",
    "windows line ends": "phrases:\r\n  - id: a.1\r\n    message: change\r\n    text: x\r\nprefer: [a]\r\n",
    "a block text at the end": "phrases:\n  - id: a.1\n    message: change\n    text: |\n      x\n",
    "a list in brackets at the end": "phrases:\n  - id: a.1\n    message: change\n    when: {case: [up, down]}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_an_entry_is_added_and_every_line_that_stood_there_stays(name: str) -> None:
    before = FILES[name]
    after = appended(before, NEW)
    entries = yaml.safe_load(after)["phrases"]
    assert entries[-1]["id"] == "own.1"
    assert entries[-1]["when"] == {"case": ["up"]}
    assert entries[-1]["examples"][0]["gives"] == "会议费增加1万元"
    assert [e["id"] for e in entries[:-1]] == re.findall(r"id: (\S+)", before)
    for line in before.splitlines():
        assert line in after or line.startswith("phrases: []"), line
    assert ("\r\n" in after) == ("\r\n" in before)


def test_a_file_whose_phrases_stand_in_brackets_is_left_alone() -> None:
    with pytest.raises(CannotAppendError):
        appended("phrases: [{id: a, message: change, text: x}]\n", NEW)


def test_what_is_written_needs_quotes_only_where_yaml_does() -> None:
    phrase = Phrase("a", "total", '“甲”: {{ item }} # "乙"', {"case": ("plain",)}, tags=("a b", "c: d"))
    tree = yaml.safe_load("\n".join(entry_lines(phrase)))[0]
    assert (tree["text"], tree["tags"]) == (phrase.text, ["a b", "c: d"])


def test_ids_are_free() -> None:
    assert free_id("change", {"own.change.1", "own.change.2"}) == "own.change.3"
    assert free_id("change", (), "up") == "own.change.up.1"


def test_words_that_are_written_for_one_figure_are_asked_about() -> None:
    reading = read_sentence(
        "业务招待费由2019年的19.87万元升至24.59万元，增加4.72万元", lore_of(bank().phrases["change"])
    )
    assert "业务招待费由" in reading.loose


def test_the_file_of_a_person_is_never_half_written(tmp_path: Path) -> None:
    from draftgen.phrase_desk import text_with

    path = tmp_path / "own.yaml"
    path.write_text("phrases: [", "utf-8")
    with pytest.raises(Exception, match="cannot-append"):
        text_with(path, NEW)
    assert path.read_text("utf-8") == "phrases: ["
