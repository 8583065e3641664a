"""Checking: the commonest mistakes of a hand-written entry, each found with line and column and a way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from draftgen._writing import write_bytes
from draftgen.curation.check import Trouble, check_built_in, check_folder
from draftgen.curation.mend import mend_files
from draftgen.curation.shelf import Shelf
from draftgen.errors import PhrasebankError
from draftgen.findings import Severity
from draftgen.wording.layers import COMMON, Layer, layer_files
from draftgen.wording.phrasebank import load_contract, load_phrasebank, load_stock
from tests.desk import FOLDERS, KIND

# line 1 is the comment; the entry begins on line 3
GOOD = """# 我办的短语，改动请告诉张三
phrases:
  - id: office.change.1      # 会上定的说法
    message: change
    when:
      case: [up, down]
      measure: [money]
    text: "{{ item }}为{{ amount }}，{{ versus }}{{ change_amount }}，同口径{{ change_rate }}"
    examples:
      - given:
          item: 会议费
          amount: 24.59万元
          versus: 比上年
          change_amount: 增加4.72万元
          change_rate: 增长23.75%
        gives: 会议费为24.59万元，比上年增加4.72万元，同口径增长23.75%
"""
TEXT = '"{{ item }}为{{ amount }}，{{ versus }}{{ change_amount }}，同口径{{ change_rate }}"'
BANKS = sorted(p.name for p in FOLDERS.phrasebanks.iterdir() if p.is_dir() and p.name != COMMON)
LINE = f"    text: {TEXT}"
GIVES = "        gives: 会议费为24.59万元，比上年增加4.72万元，同口径增长23.75%"


def shelves(kind: str = KIND) -> list[Shelf]:
    return [Shelf(kind, load_contract(FOLDERS.phrasebanks, kind), load_stock(FOLDERS.phrasebanks, kind))]


def checked(folder: Path) -> list[Trouble]:
    return check_folder(Layer("command-line", folder), shelves(), (KIND,))


def written(folder: Path, text: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def mended(folder: Path) -> int:
    paths = layer_files(Layer("command-line", folder), (COMMON, KIND))
    return mend_files(paths, lambda: checked(folder), write_bytes)


def text_of(new: str) -> str:
    assert TEXT in GOOD
    return GOOD.replace(TEXT, f'"{new}"')


def test_a_good_entry_has_no_finding(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    assert checked(tmp_path) == []


# what was typed, the code of its finding, line, column (0: not told), and what --fix leaves of the line (None: by hand)
SLIPS: dict[str, tuple[str, str, int, int, str | None]] = {
    "a text without quotes": (
        GOOD.replace(TEXT, TEXT.strip('"')),
        "bad-key",
        8,
        0,
        LINE,
    ),
    "a full-width colon behind a key": (
        GOOD.replace("    message: change", "    message：change"),
        "bad-syntax",
        4,
        0,
        "    message: change",
    ),
    "a tab before a key": (
        GOOD.replace("    message: change", "\tmessage: change").replace("  - id", "- id").replace("\n    ", "\n  "),
        "bad-syntax",
        4,
        0,
        "  message: change",
    ),
    "a misspelt message": (
        GOOD.replace("message: change", "message: chnage"),
        "unknown-message",
        4,
        14,
        "    message: change",
    ),
    "the Chinese name of a message": (
        GOOD.replace("message: change", "message: 与上年相比"),
        "unknown-message",
        4,
        14,
        "    message: change",
    ),
    "a misspelt slot": (
        text_of("{{ item }}为{{ amonut }}，{{ versus }}{{ change_amount }}，{{ change_rate }}"),
        "unknown-slot",
        8,
        26,
        None,
    ),
    "a slot in single braces": (GOOD.replace("{{ amount }}，", "{amount}，"), "broken-slot", 8, 23, LINE),
    "a slot with its Chinese name": (GOOD.replace("{{ item }}为", "{{ 事项名称 }}为"), "broken-slot", 8, 12, LINE),
    "half-width commas": (GOOD.replace("}}，{{ versus", "}},{{ versus"), "half-width", 8, 35, LINE),
    "a full stop at the end": (GOOD.replace('change_rate }}"', 'change_rate }}。"'), "closing-mark", 8, 88, LINE),
    "blanks between words": (GOOD.replace("为{{ amount", "为 {{ amount"), "blank", 8, 23, LINE),
    "a unit behind a slot": (GOOD.replace("{{ amount }}，", "{{ amount }}万元，"), "unit-in-text", 8, 35, LINE),
    "a direction before its slot": (
        GOOD.replace("}}{{ change_amount", "}}增加{{ change_amount"),
        "doubled-word",
        8,
        48,
        LINE,
    ),
    "both directions of a form": (
        GOOD.replace("}}{{ change_amount", "}}增加（减少）{{ change_amount"),
        "template-residue",
        8,
        48,
        LINE,
    ),
    "a term typed": (GOOD.replace("{{ versus }}", "比上年"), "term-in-text", 8, 36, LINE),
    "a value of a condition misspelt": (
        GOOD.replace("[money]", "[mony]"),
        "unknown-value",
        7,
        17,
        "      measure: [money]",
    ),
    "a Chinese value of a condition": (
        GOOD.replace("[up, down]", "[增加, down]"),
        "unknown-value",
        6,
        14,
        "      case: [up, down]",
    ),
    "an example that does not come out": (
        GOOD.replace("gives: 会议费为", "gives: 会议费"),
        "example-differs",
        16,
        19,
        GIVES,
    ),
    "a status misspelt": (
        GOOD.replace("    when:", "    status: reviewd\n    when:"),
        "unknown-status",
        5,
        13,
        "    status: reviewed",
    ),
    "a term that the house writes otherwise": (
        text_of("三公经费{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}"),
        "fixed-term",
        8,
        12,
        None,
    ),
    "quotation marks as text": (GOOD.replace(TEXT, "“" + TEXT.strip('"') + "”"), "quoted-text", 8, 11, None),
    "a blank in the id": (
        GOOD.replace("office.change.1 ", "office change 1 "),
        "bad-id",
        3,
        9,
        "  - id: office.change.1      # 会上定的说法",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_found_with_its_line_and_mended_without_touching_the_rest(name: str, tmp_path: Path) -> None:
    text, code, line, column, after = SLIPS[name]
    assert text != GOOD
    path = written(tmp_path, text)
    troubles = checked(tmp_path)
    assert code in [t.finding.code for t in troubles]
    finding = next(t.finding for t in troubles if t.finding.code == code)
    assert (finding.places[0].file, finding.places[0].line) == (str(path), line)
    assert (finding.places[0].column or 0) == column
    for language in ("zh", "en"):
        assert finding.message.render(language)
        assert finding.hint is not None
        assert finding.hint.render(language)
    assert mended(tmp_path) >= 1
    left = [t.finding for t in checked(tmp_path) if t.finding.severity is not Severity.NOTE]
    assert [f.code for f in left if f.severity is Severity.ERROR] == []
    lines = path.read_text("utf-8").split("\n")
    if after is not None:
        assert lines[line - 1] == after
    before = text.split("\n")
    changed = {n for n, (a, b) in enumerate(zip(before, lines, strict=True), 1) if a != b}
    assert line in changed
    assert changed <= {line, 16}, "only the line itself, and what the example gives"


# what was typed, code, line, a piece of the advice in Chinese, and the entry as one who follows the advice leaves it
BY_HAND: dict[str, tuple[str, str, int, str, str]] = {
    "a change without its amount": (
        text_of("{{ item }}{{ versus }}{{ change_rate }}"),
        "loses-fact",
        8,
        "{{ change_amount }}",
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}"),
    ),
    "a fall in an entry for both": (
        text_of("{{ item }}{{ versus }}{{ change_amount }}，即下降{{ rate }}"),
        "untrue-word",
        8,
        "case: [down]",
        text_of("{{ item }}{{ versus }}{{ change_amount }}，即下降{{ rate }}").replace("[up, down]", "[down]"),
    ),
    "a degree typed": (
        text_of("{{ item }}{{ versus }}大幅变动，{{ change_amount }}，{{ change_rate }}"),
        "degree-word",
        8,
        "{{ degree_rate }}",
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ degree_rate }}").replace(
            "measure: [money]", "measure: [money]\n      degree: [marked]"
        ),
    ),
    "a degree slot without its condition": (
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ degree_rate }}"),
        "degree-unbound",
        5,
        "degree: [marked]",
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ degree_rate }}").replace(
            "measure: [money]", "measure: [money]\n      degree: [marked]"
        ),
    ),
    "crosses left over": (
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}，涉及XX项"),
        "template-residue",
        8,
        "分写成几条",
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}"),
    ),
    "the reason in the text": (
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}，主要原因是人员增加"),
        "reason-in-text",
        8,
        "短语写到原因之前为止",
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}"),
    ),
    "a figure typed": (
        text_of("{{ item }}24.59万元，{{ versus }}{{ change_amount }}，{{ change_rate }}"),
        "figure-in-text",
        8,
        "{{ amount }}",
        text_of("{{ item }}{{ amount }}，{{ versus }}{{ change_amount }}，{{ change_rate }}"),
    ),
    "a year typed": (
        text_of("2020年度{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}"),
        "year-in-text",
        8,
        "{{ this_year }}",
        text_of("{{ this_year }}{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}"),
    ),
    "logic in the text": (
        text_of("{{ item }}{% if up %}多{% else %}少{% endif %}{{ change_amount }}，{{ change_rate }}"),
        "logic-in-text",
        8,
        "用 when 说明",
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}"),
    ),
    "a missing field": (
        GOOD.replace("    message: change\n", ""),
        "missing-field",
        3,
        "message",
        GOOD,
    ),
    "a field that does not exist": (GOOD.replace("    text:", "    txt:"), "unknown-field", 8, "text", GOOD),
    "a condition that does not exist": (GOOD.replace("measure:", "mesure:"), "unknown-condition", 7, "measure", GOOD),
    "a slot that its case does not have": (
        text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}").replace("[up, down]", "[new]"),
        "never-holds",
        8,
        "从 when 中去掉",
        text_of("{{ item }}{{ amount }}，上年没有此项支出，{{ change_amount }}").replace("[up, down]", "[new]"),
    ),
    "a rate of a number of persons": (
        GOOD.replace("[money]", "[count]"),
        "never-holds",
        7,
        "measure: [money]",
        GOOD,
    ),
    "a condition without a value": (GOOD.replace("[up, down]", "[]"), "never-holds", 6, "填写取值", GOOD),
    "an id twice": (
        GOOD + GOOD.partition("phrases:\n")[2],
        "duplicate-id",
        17,
        "改用其他代号",
        GOOD,
    ),
    "a figure that nobody knows": (
        GOOD.replace("[money]", "[money]\n      about: [会议费用]"),
        "unknown-figure",
        8,
        "会议费",
        GOOD.replace("[money]", "[money]\n      about: [会议费]"),
    ),
    "a retired phrase that is preferred": (
        GOOD + "retire: [change.item.versus]\nprefer: [change.item.versus]\n",
        "retired-pick",
        18,
        "改用其他短语",
        GOOD + "retire: [change.item.versus]\n",
    ),
    "a term of the house that does not exist": (
        GOOD + "use: {versus: 同比上年}\n",
        "unknown-term",
        17,
        "比上年、较上年",
        GOOD + "use: {versus: 较上年, unit: 本部门}\n",
    ),
    "a phrase retired that does not exist": (
        GOOD + "retire: [change.item.verus]\n",
        "unknown-phrase",
        17,
        "change.item.versus",
        GOOD + "retire: [change.item.versus]\n",
    ),
    "a section that does not exist": (GOOD.replace("phrases:", "phrase:"), "unknown-section", 2, "phrases", GOOD),
    "a text that is a list": (
        GOOD.replace(f"text: {TEXT}", f"text: [{TEXT}]"),
        "wrong-shape",
        8,
        "英文双引号",
        GOOD,
    ),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_mistake_is_found_with_its_line_and_the_advice_mends_it(name: str, tmp_path: Path) -> None:
    text, code, line, advice, follows = BY_HAND[name]
    assert text != GOOD
    path = written(tmp_path, text)
    findings = [t.finding for t in checked(tmp_path)]
    assert (code, line) in [(f.code, f.places[0].line) for f in findings]
    finding = next(f for f in findings if f.code == code and f.places[0].line == line)
    assert finding.severity is Severity.ERROR
    assert finding.hint is not None
    assert advice in finding.hint.render("zh")
    assert "{" not in finding.hint.render("en").replace("{{ ", "").replace("{% ", "")
    written(tmp_path, follows)
    errors = [t.finding.code for t in checked(tmp_path) if t.finding.severity is Severity.ERROR]
    left = [code for code in errors if code != "example-differs"]  # --fix writes the example anew
    assert left == [], path


def refusals(layer: Layer) -> set[str]:
    try:
        load_phrasebank(FOLDERS.phrasebanks, KIND, layers=(layer,))
    except PhrasebankError as error:
        return {f.code for f in error.findings}
    return set()


@pytest.mark.parametrize("name", [*SLIPS, *BY_HAND])
def test_checking_and_loading_agree_on_what_must_not_be_used(name: str, tmp_path: Path) -> None:
    text = (SLIPS.get(name) or BY_HAND[name])[0]
    written(tmp_path, text)
    layer = Layer("command-line", tmp_path)
    found = {t.finding.code for t in checked(tmp_path) if t.finding.severity is Severity.ERROR}
    assert refusals(layer) <= found | {"untrue-word"}


def test_retiring_the_last_phrases_of_a_case_is_told(tmp_path: Path) -> None:
    stock = load_stock(FOLDERS.phrasebanks, KIND)
    gone = [p.id for p in stock.in_force if p.message == "rate-difference" and p.when["case"] == ("level",)]
    written(tmp_path, f"retire: [{', '.join(gone)}]\n")
    assert [(t.finding.code, t.finding.places[0].line) for t in checked(tmp_path)] == [("uncovered", 1)]


def test_what_one_kind_cannot_use_is_no_fault_where_another_can(tmp_path: Path) -> None:
    (tmp_path / "common").mkdir()
    written(tmp_path / "common", GOOD + "retire: [organisation.change.item.versus]\n")
    every = [shelves(kind)[0] for kind in BANKS]
    assert len(every) > 1
    found = check_folder(Layer("command-line", tmp_path), every, BANKS)
    assert [t.finding.code for t in found if t.finding.severity is Severity.ERROR] == []


def test_a_name_that_may_end_in_the_word_behind_it_is_told(tmp_path: Path) -> None:
    written(tmp_path, text_of("{{ item }}支出{{ amount }}，{{ versus }}{{ change_amount }}，{{ change_rate }}"))
    assert "item-suffix" in {t.finding.code for t in checked(tmp_path)}


def test_the_same_words_under_another_id_are_told(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace("，同口径{{ change_rate }}", "，{{ change_rate }}").replace("，同口径增", "，增"))
    codes = {t.finding.code for t in checked(tmp_path)}
    assert codes & {"same-text", "near-duplicate"}


def test_what_stands_in_a_folder_of_no_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "budgets").mkdir()
    assert [t.finding.code for t in checked(tmp_path)] == ["unread-folder"]


def test_mending_keeps_encoding_and_line_ends(tmp_path: Path) -> None:
    text = GOOD.replace("}}，{{ versus", "}},{{ versus").replace("\n", "\r\n")
    (tmp_path / "own.yaml").write_bytes(text.encode("gb18030"))
    assert mended(tmp_path) == 1
    assert (tmp_path / "own.yaml").read_bytes() == GOOD.replace("\n", "\r\n").encode("gb18030")


def test_mending_twice_is_mending_once(tmp_path: Path) -> None:
    path = written(
        tmp_path, text_of("{{item}}为 {{ amount }}万元,{{versus}}增加{{ change_amount }},{{ change_rate }}。")
    )
    assert mended(tmp_path) >= 3
    once = path.read_text("utf-8")
    assert mended(tmp_path) == 0
    assert path.read_text("utf-8") == once
    assert "# 会上定的说法" in once


@pytest.mark.parametrize("kind", BANKS)
def test_the_built_in_phrases_are_clean(kind: str) -> None:
    assert [(f.code, f.message.render("en")) for f in check_built_in(shelves(kind))] == []
