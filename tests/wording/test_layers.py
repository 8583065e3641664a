"""Layers: later ones add, replace, retire and prefer; what an office writes never breaks what is true."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.draft import Draft, Heading, Paragraph
from draftgen.errors import PhrasebankError
from draftgen.phrasebanks import own_layers
from draftgen.pipeline import compose, examine, load
from draftgen.wording.layers import Layer, LayerName
from draftgen.wording.phrasebank import Phrasebank, load_phrasebank, load_stock
from tests.desk import FOLDERS, KIND, REPORT, Desk, said
from tests.wording.test_truth import assert_true_of, change_message

OWN = """
phrases:
  - id: office.change.1
    message: change
    when: {case: [up, down], measure: [money]}
    text: "{{ item }}{{ versus }}{{ change_amount }}，即{{ change_rate }}"
"""


def layer(folder: Path, text: str, name: LayerName = "command-line", file: str = "own.yaml") -> Layer:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return Layer(name, folder)


def bank_of(*layers: Layer) -> Phrasebank:
    return load_phrasebank(FOLDERS.phrasebanks, KIND, layers=layers)


def ids(bank: Phrasebank) -> set[str]:
    return {p.id for p in bank.all_phrases()}


def codes(error: PhrasebankError) -> list[str]:
    return [f.code for f in error.findings]


def test_a_layer_adds(tmp_path: Path) -> None:
    bank = bank_of(layer(tmp_path, OWN))
    assert ids(bank) == ids(bank_of()) | {"office.change.1"}
    assert {said(change_message(Decimal(5), Decimal(3)), Desk(s, phrasebank=bank)) for s in range(60)} >= {
        "会议费比上年增加2.00万元，即增长66.67%。"
    }


def test_a_later_layer_replaces_by_id_and_retires(tmp_path: Path) -> None:
    first = layer(tmp_path / "a", OWN, "organisation")
    second = layer(tmp_path / "b", OWN.replace("，即", "，也就是"), "user")
    assert [p.text for p in bank_of(first, second).phrases["change"] if p.id == "office.change.1"] == [
        "{{ item }}{{ versus }}{{ change_amount }}，也就是{{ change_rate }}"
    ]
    third = layer(tmp_path / "c", "retire: [office.change.1, change.item.versus]\n", "project")
    assert ids(bank_of()) - ids(bank_of(first, second, third)) == {"change.item.versus"}
    assert "office.change.1" not in ids(bank_of(first, second, third))


def test_the_stock_tells_what_became_of_every_phrase(tmp_path: Path) -> None:
    own = layer(tmp_path, OWN + "retire: [change.item.versus]\n", "user")
    held = {(h.phrase.id, h.phrase.layer): h for h in load_stock(FOLDERS.phrasebanks, KIND, layers=(own,)).held}
    assert held["office.change.1", "user"].phrase.place == f"{tmp_path / 'own.yaml'}:3"
    assert (held["change.item.versus", "built-in"].state, held["change.item.versus", "built-in"].by) == (
        "retired",
        "user",
    )


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("prefer: [office.change.1]", "avoid: ['change.*']"),
        ("prefer: ['office.*']", ""),
        ("avoid: ['change.*']", ""),
    ],
)
def test_what_is_preferred_wins_wherever_it_is_true(own: str, others: str, tmp_path: Path) -> None:
    bank = bank_of(layer(tmp_path / "a", OWN + own + "\n"), layer(tmp_path / "b", others + "\nphrases: []\n"))
    for seed in range(12):
        message = replace(change_message(Decimal(5), Decimal(3)), about="三公经费.公务接待费")
        assert said(message, Desk(seed, phrasebank=bank)) == "会议费比上年增加2.00万元，即增长66.67%。"


def test_tags_and_registers_are_preferred_and_avoided(tmp_path: Path) -> None:
    tagged = OWN + "    tags: [口径]\n    register: formal\n"
    for wish in ("prefer: ['tag:口径']", "prefer: ['register:formal']"):
        bank = bank_of(layer(tmp_path, tagged + wish + "\n"))
        assert bank.liking == {"office.change.1": 1}
    assert bank_of(layer(tmp_path, tagged + "avoid: ['tag:口径']\n")).liking == {"office.change.1": -1}


def test_a_later_layer_settles_what_is_preferred(tmp_path: Path) -> None:
    first = layer(tmp_path / "a", OWN + "avoid: [office.change.1]\n")
    second = layer(tmp_path / "b", "prefer: [office.change.1]\n")
    assert bank_of(first, second).liking == {"office.change.1": 1}


@pytest.mark.parametrize("this", ["-3", "0", "0.01", "100", "100.01", "150", "98765.43"])
@pytest.mark.parametrize("last", ["-3", "0", "100", "98765.43"])
def test_preferring_and_avoiding_never_bend_the_truth(this: str, last: str, tmp_path: Path) -> None:
    bank = bank_of(layer(tmp_path, OWN + "prefer: ['*versus*', '*item*']\navoid: ['change.*', 'level.*']\n"))
    for seed in range(4):
        message = change_message(Decimal(this), Decimal(last))
        assert_true_of(said(message, Desk(seed, phrasebank=bank)), Decimal(this), Decimal(last))


def by_topic(draft: Draft) -> list[list[str]]:
    topics: list[list[str]] = [[]]
    for block in draft.blocks:
        if isinstance(block, Heading) and block.level < 4:
            topics.append([])
        if isinstance(block, Paragraph):
            topics[-1].append(block.text)
    return topics


def test_a_new_phrase_changes_only_the_topics_that_it_wins(tmp_path: Path) -> None:
    examined = examine(load(REPORT), where=FOLDERS)
    before = by_topic(compose(examined, where=FOLDERS))
    own = layer(tmp_path, OWN.replace("，即", "，同口径"))
    after = by_topic(compose(examined, where=replace(FOLDERS, layers=(own,))))
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert all("同口径" in "".join(b) for _, b in changed)


def test_a_kind_s_folder_holds_for_that_kind_only(tmp_path: Path) -> None:
    layer(tmp_path, OWN, file="budget/own.yaml")
    assert "office.change.1" not in ids(bank_of(Layer("user", tmp_path)))
    layer(tmp_path, OWN, file=f"{KIND}/own.yaml")
    assert "office.change.1" in ids(bank_of(Layer("user", tmp_path)))


def test_layers_add_to_the_small_banks(tmp_path: Path) -> None:
    text = """
causes:
  - {id: office.1, direction: [up], subjects: [会议费], texts: [承办全市现场会]}
cause:
  - {id: office.mainly, text: "，主要是因为{{ reason }}"}
terms:
  versus:
    - {versus: 与上年相比, versus_with: 与上年}
"""
    bank = bank_of(layer(tmp_path, text))
    assert "office.1" in {c.id for c in bank.causes}
    assert "office.mainly" in {c.id for c in bank.connectives}
    assert bank.terms["versus"] == ({"versus": "与上年相比", "versus_with": "与上年"},)


WRONG = [
    ("phrases:\n  - id: a\n    text: x\n", "missing-field", 2),
    (OWN.replace("change_amount", "chang_amount"), "unknown-slot", 6),
    (OWN.replace("，即{{ change_rate }}", ""), "loses-fact", 6),
    (OWN.replace("[up, down]", "[up, dwn]"), "unknown-value", 5),
    (OWN.replace("即", "即下降"), "untrue-word", 6),
    (OWN.replace("即", "大幅变动，即"), "degree-word", 6),
    (OWN.replace("即", "{% if a %}即{% endif %}"), "logic-in-text", 6),
    (OWN + OWN.partition("phrases:")[2].lstrip("\n"), "duplicate-id", 7),
    ("messages: {}\n", "unknown-section", 1),
    ("causes: [{id: a}]\n", "wrong-shape", 1),
    ("cause: [{id: a, text: 因为}]\n", "wrong-shape", 1),
]


@pytest.mark.parametrize(("text", "code", "line"), WRONG, ids=[code for _, code, _ in WRONG])
def test_a_phrase_that_is_not_right_stops_the_run_with_its_line(
    text: str, code: str, line: int, tmp_path: Path
) -> None:
    with pytest.raises(PhrasebankError) as caught:
        bank_of(layer(tmp_path, text))
    finding = caught.value.findings[0]
    assert (finding.code, finding.places[0].line) == (code, line)
    assert finding.hint is not None


def test_where_layers_come_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("draftgen.phrasebanks.user_folder", lambda: tmp_path / "mine")
    (tmp_path / "mine").mkdir()
    found = own_layers({"DRAFTGEN_PHRASES": str(tmp_path / "office")}, [tmp_path / "asked"])
    assert [(la.name, la.folder.name) for la in found] == [
        ("organisation", "office"),
        ("user", "mine"),
        ("command-line", "asked"),
    ]


def test_a_data_file_brings_its_office_s_and_its_project_s_phrases(tmp_path: Path) -> None:
    layer(tmp_path / "office", OWN.replace("即", "折合"))
    layer(tmp_path / "phrasebanks", "prefer: [office.change.1]\n")
    data = REPORT.read_text("utf-8") + "\n设置: {词库: office}\n"
    (tmp_path / "data.yaml").write_text(data, "utf-8")
    draft = compose(examine(load(tmp_path / "data.yaml"), where=FOLDERS), where=FOLDERS)
    assert "折合下降" in draft.as_text()
    assert dict(draft.meta)["phrases"].count(" ") == 1


def test_the_built_in_folder_beside_a_data_file_is_no_project(tmp_path: Path) -> None:
    from draftgen.phrasebanks import layers_for

    assert layers_for((), FOLDERS.phrasebanks, str(FOLDERS.phrasebanks.parent / "data.yaml")) == ()


def test_a_data_file_prefers_and_settles_terms(tmp_path: Path) -> None:
    data = REPORT.read_text("utf-8") + "\n设置: {优先短语: ['*amount-versus*'], 用语: {比较: 较上年, 自称: 本部门}}\n"
    (tmp_path / "data.yaml").write_text(data, "utf-8")
    examined = examine(load(tmp_path / "data.yaml"), where=FOLDERS)
    for seed in range(4):
        text = compose(examined, seed=seed, where=FOLDERS).as_text()
        assert "比上年" not in text.replace("比上年度", "")
        assert "较上年" in text
        assert "（以下简称“本部门”）" in text


def test_a_house_style_prints_figures(tmp_path: Path) -> None:
    own = layer(tmp_path, "style: {amount_places: '1', rate_places: '0'}\n", file="preferences.yaml")
    examined = examine(load(REPORT), where=FOLDERS)
    text = compose(examined, where=replace(FOLDERS, layers=(own,))).as_text()
    assert "33.7万元" in text
    assert "33.71万元" not in text
    assert "63%" in text


def test_a_term_that_no_notion_has_is_told_with_its_line(tmp_path: Path) -> None:
    data = REPORT.read_text("utf-8") + "\n设置:\n  用语: {比较: 同比上年}\n"
    (tmp_path / "data.yaml").write_text(data, "utf-8")
    examined = examine(load(tmp_path / "data.yaml"), where=FOLDERS)
    with pytest.raises(PhrasebankError) as caught:
        compose(examined, where=FOLDERS)
    finding = caught.value.findings[0]
    assert (finding.code, finding.places[0].line) == ("unknown-term", len(data.splitlines()))
    assert finding.hint is not None
    assert "较上年" in finding.hint.render("zh")
