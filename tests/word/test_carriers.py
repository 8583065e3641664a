"""Controls and bookmarks: every figure and prompt carries its origin, no id stands twice, nothing shows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draftgen.draft import Cell, Column, Draft, Gap, Paragraph, Row, Sentence, Table, Text, Value
from draftgen.provenance.record import as_json
from draftgen.word.archive import Archive
from draftgen.word.carriers import LONGEST, Options, alias_of, sentence_of, tag_of
from draftgen.word.lint import lint
from draftgen.word.manifest import parse_manifest, read_manifest
from draftgen.word.reading import read_lines
from draftgen.word.text import plain_text
from draftgen.word.writer import write_docx
from tests.conftest import Validate

from .parts import document_text, find, parts_of, tree, values, words
from .samples import STYLE, cell, draft, rich

EVERY = [Options(controls, proof) for controls in (True, False) for proof in (True, False)]
IDS = ["controls, proof", "controls", "proof", "bare"]
GAP = Gap("会议费增加的主要原因", "reason", "会议费.原因", "Q01", ("参会人数增加", "新增专项会议", "参会人数增加"))
SENTENCE = Sentence(
    (
        Text("会议费比上年"),
        Value("增加", "会议费.增减额", "direction"),
        Value("4.72万元", "会议费.增减额"),
        Text("，"),
        Value("大幅增长", "会议费.增减率", "degree"),
        Text("，主要原因是"),
        GAP,
        Text("。"),
    ),
    "meeting.1/1",
    ("meeting.change",),
)


def one(*sentences: Sentence, record: str = "") -> Draft:
    return replace(draft(Paragraph(sentences)), record=record)


@pytest.mark.parametrize("options", EVERY, ids=IDS)
def test_validator_and_lint_find_nothing_with_any_option(options: Options, validate: Validate) -> None:
    data = write_docx(replace(rich(), record='{"schema": 1}'), STYLE, options)
    assert validate(data) == []
    assert lint(data) == []
    assert data == write_docx(replace(rich(), record='{"schema": 1}'), STYLE, options)


@pytest.mark.parametrize("options", EVERY, ids=IDS)
def test_the_text_is_the_same_with_any_option(options: Options) -> None:
    assert plain_text(write_docx(rich(), STYLE, options)) == plain_text(write_docx(rich(), STYLE))


def test_every_figure_and_word_of_direction_and_degree_has_its_own_hidden_control() -> None:
    root = tree(write_docx(one(SENTENCE), STYLE))
    controls = [c for c in find(root, "//w:sdt") if not values(c, "w:sdtPr/w:tag")[0].startswith("p:")]
    assert [(values(c, "w:sdtPr/w:tag")[0], words(c)) for c in controls] == [
        ("v:会议费.增减额", "增加"),
        ("f:会议费.增减额", "4.72万元"),
        ("d:会议费.增减率", "大幅增长"),
    ]
    assert values(root, "//w:sdt[1]/w:sdtPr/w:alias")[0] == "会议费·增减额（方向）"
    for control in controls:
        assert values(control, "w:sdtContent/w:r/w:rPr/w:rStyle") == ["dgFigure"]
        assert [e.tag.rpartition("}")[2] for e in find(control, "w:sdtPr/*")][-1] == "appearance"
        assert not find(control, "w:sdtPr/w:text"), "only the rich kind survives editing"


def test_figures_of_table_cells_have_controls_and_repeated_labels_have_none() -> None:
    first = Cell(((Text("甲（"), Value("60", "k"), Text("分）")),), row_span=60)
    rows = (Row((first, cell("1"))), *(Row((cell(f"{n}"),)) for n in range(2, 61)))
    data = write_docx(draft(Table((), (Column("名", 1), Column("数", 1)), rows)), STYLE)
    assert values(tree(data), "//w:tc//w:sdtPr/w:tag") == ["f:k"]
    assert document_text(data).count(">60<") > 1


def test_a_worded_cell_is_a_sentence_with_its_bookmark() -> None:
    worded = Cell(((Value("5次", "k"), Text("。")),), ids=("work.1",))
    table = Table((), (Column("名", 1),), (Row((worded,)), Row((cell("字"),))))
    lines = read_lines(Archive(write_docx(draft(Paragraph((SENTENCE,)), table), STYLE)))
    marked = [(line.text[m.start : m.end], sentence_of(m.name)) for line in lines for m in line.marks if m.name]
    assert marked == [(SENTENCE.text, 1), ("5次。", 2)]


def test_each_sentence_stands_in_a_hidden_bookmark_of_its_own() -> None:
    second = Sentence((Text("第二句。"),))
    lines = read_lines(Archive(write_docx(one(SENTENCE, second), STYLE)))
    assert [(line.text[m.start : m.end], m.name) for line in lines for m in line.marks if m.name] == [
        (SENTENCE.text, "_dg_s0001"),
        ("第二句。", "_dg_s0002"),
    ]


def test_a_prompt_shows_its_placeholder_and_offers_reasons_without_choosing_one() -> None:
    data = write_docx(one(SENTENCE), STYLE)
    control = next(c for c in find(tree(data), "//w:sdt") if values(c, "w:sdtPr/w:tag") == ["p:1"])
    assert words(control) == "【请填写：会议费增加的主要原因】"
    assert find(control, "w:sdtPr/w:showingPlcHdr")
    entries = [str(e.get(f"{e.tag[: e.tag.index('}') + 1]}displayText")) for e in find(control, ".//w:listItem")]
    assert entries == ["参会人数增加", "新增专项会议"]
    assert "【请填写：会议费增加的主要原因】" in parts_of(data)["word/glossary/document.xml"].decode()


def test_a_prompt_without_reasons_is_no_list_and_goes_when_it_is_filled() -> None:
    data = write_docx(one(Sentence((Gap("评价对象", "narrative"),))), STYLE)
    assert not find(tree(data), "//w:comboBox")
    assert len(find(tree(data), "//w:temporary")) == 1


def test_without_controls_nothing_is_carried_along() -> None:
    data = write_docx(one(SENTENCE, record='{"schema": 1}'), STYLE, Options(controls=False))
    assert not find(tree(data), "//w:sdt | //w:bookmarkStart")
    assert not [name for name in parts_of(data) if "customXml" in name or "glossary" in name]
    assert "dgFigure" not in document_text(data)


def test_proof_changes_one_style_and_nothing_else() -> None:
    plain, proof = (parts_of(write_docx(rich(), STYLE, Options(proof=p))) for p in (False, True))
    assert [name for name in plain if plain[name] != proof[name]] == ["word/styles.xml"]
    figure = tree(write_docx(rich(), STYLE, Options(proof=True)), "word/styles.xml")
    assert len(find(figure, "//w:style[@w:styleId='dgFigure']/w:rPr/w:shd")) == 1
    assert not find(tree(write_docx(rich(), STYLE), "word/styles.xml"), "//w:style[@w:styleId='dgFigure']/w:rPr")


KEYS = st.text(st.sampled_from("三公经费.0123abc“”（）"), max_size=200)


@given(st.lists(KEYS, unique=True, max_size=40), st.sampled_from(["figure", "direction", "degree"]))
def test_tags_fit_into_word_and_are_as_many_as_the_keys(keys: list[str], role: str) -> None:
    tags = [tag_of(role, key) for key in keys]
    assert all(len(tag) <= LONGEST for tag in tags)
    assert len(set(tags)) == len(keys)
    assert all(len(alias_of(role, key)) <= LONGEST for key in keys)


def test_ids_of_controls_bookmarks_and_comments_stand_once() -> None:
    text = document_text(write_docx(rich(), STYLE))
    for pattern in (r"</?w:tag[^>]*><w:id w:val=\"(\d+)\"", r"bookmarkStart w:id=\"(\d+)\"", r"w:name=\"(_dg_s\d+)\""):
        found = Counter(re.findall(pattern, text))
        assert found
        assert max(found.values()) == 1, pattern
    bookmarks = set(re.findall(r"bookmarkStart w:id=\"(\d+)\"", text))
    assert bookmarks.isdisjoint(re.findall(r"commentRangeStart w:id=\"(\d+)\"", text))


@given(st.dictionaries(st.text(max_size=4), st.text(max_size=8), max_size=3))
def test_a_manifest_comes_back_as_it_was(content: dict[str, str]) -> None:
    manifest = {"schema": 1, "content": content, "odd": "\ufffe\x00\u2028<&>]]>"}
    assert read_manifest(Archive(write_docx(one(SENTENCE, record=as_json(manifest)), STYLE))) == manifest
    assert parse_manifest(as_json(manifest)) == manifest


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"schema": 2}'])
def test_what_is_no_manifest_is_not_taken_for_one(text: str) -> None:
    assert parse_manifest(text) is None
