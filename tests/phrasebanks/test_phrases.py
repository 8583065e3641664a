"""The curated phrases: every example renders as it says, every type has choice enough, no phrase stands twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from draftgen.curated import read_curated
from draftgen.kinds import load_kind
from draftgen.wording.phrases import AMBIENT, Phrase, fill_text
from tests.desk import FOLDERS, KINDS, bank

PHRASES = tuple({phrase.id: phrase for kind in KINDS for phrase in bank(kind).all_phrases()}.values())
CONTRACT = bank().contract
HALF_WIDTH = re.compile(r"[,;:()]|(?<!\d)\.(?!\d)")
RAISED = {kind: {trigger.id for trigger in load_kind(FOLDERS.templates, kind).triggers} for kind in KINDS}
CASES = [
    (kind, one.name, case)
    for kind in KINDS
    for one in CONTRACT.values()
    for case in one.cases
    if one.name not in ("problem", "recommendation") or case in RAISED[kind]  # what nothing raises is never said
]
SPEAKS = {"fields": "achievement", "achievements": "achievement", "problems": "problem"}
SPEAKS |= {"recommendations": "recommendation", "deductions": "indicator"}


def spoken(tree: object) -> set[str]:
    """Every word of an outline that may name a message."""
    if isinstance(tree, dict):
        return {SPEAKS.get(word, str(word)) for word in tree} | {w for inner in tree.values() for w in spoken(inner)}
    return {w for inner in tree for w in spoken(inner)} if isinstance(tree, list) else set()


def outline_words(kind: str) -> set[str]:
    """The messages that the outline of a kind may say, by the words of its lines."""
    return spoken(read_curated(FOLDERS.templates / kind / "outline.yaml")["topics"])


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.id)
def test_the_examples_render_as_they_say(phrase: Phrase) -> None:
    assert phrase.examples, "a phrase without an example"
    for given, gives in phrase.examples:
        assert set(given) == set(phrase.slots)
        assert fill_text(phrase.text, given) == gives


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.id)
def test_a_phrase_is_written_as_official_text_is(phrase: Phrase) -> None:
    words = re.sub(r"\{\{.*?\}\}", "", phrase.text)
    assert not HALF_WIDTH.search(words), "half-width punctuation"
    assert not phrase.text.endswith(("。", "，", "；", "：")), "the engine closes a sentence"
    assert "  " not in words
    assert not re.search(r"[一-鿿] \{\{|\}\} [一-鿿]", phrase.text), "a blank beside a slot"
    assert set(phrase.slots) <= set(CONTRACT[phrase.message].slots) | AMBIENT


@pytest.mark.parametrize(("kind", "message", "case"), CASES, ids=["/".join(c) for c in CASES])
def test_every_case_of_every_message_has_two_phrases_at_least(kind: str, message: str, case: str) -> None:
    phrases_of = bank(kind).phrases[message]
    if not phrases_of and message not in outline_words(kind):
        return  # what the kind never says needs no words
    fitting = [p for p in phrases_of if case in p.when.get("case", CONTRACT[message].cases)]
    by_part = defaultdict(list)
    for phrase in fitting:
        by_part[phrase.when.get("part", ("",))[0] if message in ("problem", "recommendation") else ""].append(phrase)
    assert by_part
    if message in ("problem", "recommendation"):
        assert set(by_part) == {"heading", "body"}
    for part, phrases in by_part.items():
        assert len(phrases) >= 2, (part, [p.id for p in phrases])


MAIN = [("total", "plain"), ("composition", "plain"), ("part", "shared"), ("change", "up"), ("change", "down")]
MAIN += [("execution", "under"), ("execution", "over"), ("achievement", "count"), ("share", "plain")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("message", "case"), MAIN)
def test_the_main_messages_have_six_phrases_at_least(message: str, case: str, kind: str) -> None:
    if message not in outline_words(kind) and not bank(kind).phrases[message]:
        return
    general = [p for p in bank(kind).phrases[message] if not p.about]
    assert len([p for p in general if case in p.when.get("case", CONTRACT[message].cases)]) >= 6


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_phrases_say_the_same_in_the_same_condition(kind: str) -> None:
    phrases = bank(kind).all_phrases()
    same = Counter((p.message, p.text, str(sorted(p.when.items())), p.about) for p in phrases)
    assert [key for key, count in same.items() if count > 1] == []


def test_meaning_bearing_words_stand_only_where_figures_put_them() -> None:
    judging = re.compile("大幅|显著|明显|略有|小幅|增加|减少|增长|下降")
    for phrase in PHRASES:
        if phrase.message in ("change", "total", "part", "share", "composition"):
            assert not judging.search(re.sub(r"\{\{.*?\}\}", "", phrase.text)) or phrase.when.get("case", ()) in (
                ("new",),
                ("gone",),
                ("nearly",),
            ), phrase.id


@pytest.mark.parametrize("kind", KINDS)
def test_every_cause_has_a_direction_and_reads_after_a_connective(kind: str) -> None:
    for cause in bank(kind).causes:
        assert set(cause.directions) <= {"up", "down"}
        for text in cause.texts:
            assert not text.startswith(("由于", "因", "主要"))
            assert not text.endswith("。")


@pytest.mark.parametrize("kind", KINDS)
def test_connectives_never_double_a_cause_word(kind: str) -> None:
    for connective in bank(kind).connectives:
        assert connective.text.count("{{ reason }}") == 1
        assert not re.search("原因是由于|原因是因为|由于.*导致", connective.text)
