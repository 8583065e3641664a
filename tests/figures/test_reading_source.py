"""Reading a data file as typed: formats, encodings, and every way in which a file can be broken."""

from __future__ import annotations

import codecs
import gc
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draftgen.errors import InputError
from draftgen.figures.reading import load
from draftgen.figures.source import MAX_BYTES, Node, read_source
from draftgen.findings import Finding

GOOD = """\
报告: 部门决算公开说明
年度: 2020
金额单位: 万元
单位: {全称: 某某区委员会办公室, 简称: 区委办}
收入:
  财政拨款收入: 1709.63
  其他收入: {本年: 63.79, 说明: 非同级财政拨款}
"""


def written(folder: Path, text: str | bytes, name: str = "data.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def refused(path: Path) -> tuple[Finding, ...]:
    with pytest.raises(InputError) as caught:
        read_source(path)
    for finding in caught.value.findings:
        for language in ("zh", "en"):
            assert finding.message.render(language)
            assert finding.hint is not None
            assert finding.hint.render(language)
    return caught.value.findings


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, int | None]]:
    return [(f.code, f.places[0].line) for f in findings]


def tree_of(folder: Path, text: str | bytes, name: str = "data.yaml") -> dict[str, Node]:
    return read_source(written(folder, text, name)).tree


@pytest.mark.parametrize(
    "typed", ["1234.10", "010", "no", "2020-12-31", "1e3", "0x1F", "1_000", "12:30", "是", "+5", "～"]
)
def test_a_plain_yaml_scalar_stays_what_was_typed(tmp_path: Path, typed: str) -> None:
    assert tree_of(tmp_path, f"a: {typed}   # note\n") == {"a": typed}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_plain_empty_value_is_not_given(tmp_path: Path, nothing: str) -> None:
    assert tree_of(tmp_path, f"a: {nothing}\n") == {"a": None}


@pytest.mark.parametrize("quoted", ["", "~", "null"])
def test_a_quoted_value_is_a_text(tmp_path: Path, quoted: str) -> None:
    assert tree_of(tmp_path, f'a: "{quoted}"\n') == {"a": quoted}


def test_json_numbers_and_booleans_stay_as_typed(tmp_path: Path) -> None:
    text = '{"a": 1234.10, "b": 7, "c": true, "d": null, "e": [false, "x"], "f": NaN}'
    expected = {"a": "1234.10", "b": "7", "c": "true", "d": None, "e": ["false", "x"], "f": "NaN"}
    assert tree_of(tmp_path, text, "data.json") == expected


def test_toml_decimals_dates_and_booleans_become_texts(tmp_path: Path) -> None:
    text = 'a = 1234.10\nb = 7\nc = true\nd = 2020-12-31\ne = [1_000.50, "x"]\nf = {g = inf}\nh = 07:30:00\n'
    expected = {"a": "1234.10", "b": "7", "c": "true", "d": "2020-12-31", "e": ["1000.50", "x"]}
    assert tree_of(tmp_path, text, "data.toml") == {**expected, "f": {"g": "inf"}, "h": "07:30:00"}


def test_yaml_lines_are_those_of_keys_and_items(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, "a:\n  - x: 1\n    y: 2\n\n  - x:\n      3\nb: {c: 1,\n    d: 2}\n"))
    assert dict(source.lines) == {
        ("a",): 1,
        ("a", 0): 2,
        ("a", 0, "x"): 2,
        ("a", 0, "y"): 3,
        ("a", 1): 5,
        ("a", 1, "x"): 5,
        ("b",): 7,
        ("b", "c"): 7,
        ("b", "d"): 8,
    }


def test_json_lines_are_those_of_keys_and_items(tmp_path: Path) -> None:
    text = '{\n "a\\n": [\n  {"x": 1,\n   "y": []},\n  2\n ],\n "b": {"c":\n 1}\n}'
    assert dict(read_source(written(tmp_path, text, "data.json")).lines) == {
        ("a\n",): 2,
        ("a\n", 0): 3,
        ("a\n", 0, "x"): 3,
        ("a\n", 0, "y"): 4,
        ("a\n", 1): 5,
        ("b",): 7,
        ("b", "c"): 7,
    }


def test_toml_lines_are_those_of_tables_keys_and_items(tmp_path: Path) -> None:
    text = (
        'top = 1 # no\n"收 入".x = 1.5\n[t]\na = """\n# text\n"""\nb = [\n  1,\n  {c = 2, d = [3]},\n]\n'
        "[[t.list]]\nx = 1\n[[t.list]]\nx = 'b'\n[t.list.sub]\ny = 2\n"
    )
    assert dict(read_source(written(tmp_path, text, "data.toml")).lines) == {
        ("top",): 1,
        ("收 入",): 2,
        ("收 入", "x"): 2,
        ("t",): 3,
        ("t", "a"): 4,
        ("t", "b"): 7,
        ("t", "b", 0): 8,
        ("t", "b", 1): 9,
        ("t", "b", 1, "c"): 9,
        ("t", "b", 1, "d"): 9,
        ("t", "b", 1, "d", 0): 9,
        ("t", "list"): 11,
        ("t", "list", 0): 11,
        ("t", "list", 0, "x"): 12,
        ("t", "list", 1): 13,
        ("t", "list", 1, "x"): 14,
        ("t", "list", 1, "sub"): 15,
        ("t", "list", 1, "sub", "y"): 16,
    }


ENCODED = {
    "utf-8": GOOD.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + GOOD.encode(),
    "utf-16 little": codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le"),
    "utf-16 big": codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
    "gbk": GOOD.encode("gbk"),
    "gb18030": GOOD.replace("某某", "㐀某").encode("gb18030"),
    "windows line ends": GOOD.replace("\n", "\r\n").encode("gbk"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED.keys())
def test_the_usual_encodings_are_read(tmp_path: Path, data: bytes) -> None:
    source = read_source(written(tmp_path, data))
    assert source.tree["金额单位"] == "万元"
    assert source.lines[("收入", "其他收入")] == 7


def test_the_hash_is_that_of_the_bytes_in_the_file(tmp_path: Path) -> None:
    plain = read_source(written(tmp_path, GOOD, "a.yaml"))
    marked = read_source(written(tmp_path, codecs.BOM_UTF8 + GOOD.encode(), "b.yaml"))
    assert plain.tree == marked.tree
    assert len(plain.sha256) == 64
    assert plain.sha256 != marked.sha256


BROKEN_YAML = {
    "duplicate key": ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", [("duplicate-key", 5)]),
    "duplicate key in a flow": ("a: {b: 1,\n b: 2}\n", [("duplicate-key", 2)]),
    "anchor": ("a: &x 1\nb: 2\n", [("yaml-alias", 1)]),
    "alias": ("a: &x 1\nb: *x\n", [("yaml-alias", 1), ("yaml-alias", 2)]),
    "alias as key": ("a: &x 1\n*x : 2\n", [("yaml-alias", 1), ("yaml-alias", 2)]),
    "merge key": ("a:\n  <<: {b: 1}\n", [("yaml-merge", 2)]),
    "tag": ("a: 1\nb: !!str 2\n", [("yaml-tag", 2)]),
    "own tag": ("a: !x {b: 1}\n", [("yaml-tag", 1)]),
    "two documents": ("a: 1\n---\nb: 2\n", [("several-documents", 2)]),
    "tab": ("a:\n\tb: 1\n", [("bad-syntax", 2)]),
    "colon in a text": ("a: 1\nb: one: two\n", [("bad-syntax", 2)]),
    "open quote": ('a: 1\nb: "x\n', [("bad-syntax", 2)]),
    "open bracket": ("a: 1\nb: [1, 2\n", [("bad-syntax", 2)]),
    "wrong indentation": ("a:\n  b: 1\n c: 2\n", [("bad-syntax", 3)]),
    "full-width colon": ("收入:\n  财政拨款收入：1\n  其他收入: 2\n", [("bad-syntax", 2)]),
    "no space behind the colon": ("年度:2020\n金额单位: 元\n", [("bad-syntax", 1)]),
    "full-width indentation": ("a:\n  b: 1\n\u3000c: 2\n", [("bad-indentation", 3)]),
    "empty key": ("a: 1\n? \n: 2\n", [("bad-key", 2)]),
    "key that is a group": ("a: 1\n? {b: 1}\n: 2\n", [("bad-key", 2)]),
    "a list at the top": ("- a\n- b\n", [("not-a-mapping", 1)]),
    "a text at the top": ("年度：2020\n", [("not-a-mapping", 1)]),
    "nothing": ("", [("empty-file", 1)]),
    "only notes": ("# nothing\n\n", [("empty-file", 1)]),
    "deep lists": ("a: 1\nb: " + "[" * 100_000, [("too-deep", 2)]),
    "deep groups": ("\n".join("  " * n + "a:" for n in range(50)), [("too-deep", 41)]),
    "several at once": ("a: &x 1\na: !!str 2\nb: 'x\n", [("yaml-alias", 1), ("duplicate-key", 2), ("yaml-tag", 2)]),
}


@pytest.mark.parametrize(("text", "expected"), BROKEN_YAML.values(), ids=BROKEN_YAML.keys())
def test_broken_yaml_is_refused_with_its_line(
    tmp_path: Path, text: str, expected: list[tuple[str, int | None]]
) -> None:
    found = codes(refused(written(tmp_path, text)))
    assert found[: len(expected)] == expected


def test_a_duplicate_key_names_both_lines(tmp_path: Path) -> None:
    (finding,) = refused(written(tmp_path, "收入:\n  合计: 1\n  合计: 2\n"))
    assert [(p.line, p.path) for p in finding.places] == [(3, "收入.合计"), (2, "收入.合计")]
    assert finding.message.render("zh") == "键“合计”重复出现（第一次在第2行）"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("a:\n\tb: 1\n", "Tab"),
        ("收入:\n  合计：1\n  其他收入: 2\n", "全角冒号"),
        ("年度:2020\n金额单位: 元\n", "缺少空格"),
        ("a: b: c\n", "加英文引号"),
        ("a: [1, 2\nb: 3\n", "括号没有闭合"),
        ('a: "1\n', "引号没有闭合"),
        ("a:\n  b: 1\n c: 2\n", "缩进"),
    ],
)
def test_the_hint_names_the_likely_slip(tmp_path: Path, text: str, advice: str) -> None:
    (finding,) = refused(written(tmp_path, text))
    assert finding.hint is not None
    assert advice in finding.hint.render("zh")


BROKEN_JSON = {
    "duplicate key": ('{"a": {\n"b": 1,\n"b": 2}}', [("duplicate-key", 3)]),
    "missing comma": ('{"a": 1\n"b": 2}', [("bad-syntax", 2)]),
    "trailing comma": ('{"a": 1,\n}', [("bad-syntax", 2)]),
    "Chinese comma": ('{"a": 1，\n"b": 2}', [("bad-syntax", 1)]),
    "open string": ('{"a": "x\n}', [("bad-syntax", 1)]),
    "more behind the end": ('{"a": 1}\n{}', [("bad-syntax", 2)]),
    "nothing": (" \n", [("bad-syntax", 2)]),
    "null": ("null", [("empty-file", 1)]),
    "a list at the top": ("[1]", [("not-a-mapping", 1)]),
    "deep": ('{"a":\n' + "[" * 100_000, [("too-deep", 2)]),
    "deep groups": ('{"a":' * 50_000, [("too-deep", 1)]),
    "quotes without end": ('{"a": "' + '\\"' * 100_000, [("bad-syntax", 1)]),
}


@pytest.mark.parametrize(("text", "expected"), BROKEN_JSON.values(), ids=BROKEN_JSON.keys())
def test_broken_json_is_refused_with_its_line(
    tmp_path: Path, text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert codes(refused(written(tmp_path, text, "data.json"))) == expected


BROKEN_TOML = {
    "duplicate key": ("a = 1\nb = 2\na = 3\n", [("duplicate-key", 3)]),
    "duplicate table": ("[a]\nb = 1\n[a]\n", [("duplicate-key", 3)]),
    "duplicate key in line": ("a = {b = 1, b = 2}\n", [("duplicate-key", 1)]),
    "bare Chinese key": ("a = 1\n年度 = 2020\n", [("bad-syntax", 2)]),
    "no value": ("a = \n", [("bad-syntax", 1)]),
    "leading zero": ("a = 1\nb = 010\n", [("bad-syntax", 2)]),
    "open string": ('a = "x\n', [("bad-syntax", 1)]),
    "open array": ("a = 1\nb = [1,\n", [("bad-syntax", 2)]),
    "huge whole number": ("a = " + "9" * 5000, [("bad-syntax", 1)]),
    "deep": ("a = 1\nb = " + "[" * 100_000, [("too-deep", 2)]),
    "deep key": ("a = 1\n" + "b." * 100_000 + "c = 1", [("too-deep", 2)]),
    "quotes without end": ('a = """' + '\\"""' * 100_000, [("bad-syntax", 1)]),
}


@pytest.mark.parametrize(("text", "expected"), BROKEN_TOML.values(), ids=BROKEN_TOML.keys())
def test_broken_toml_is_refused_with_its_line(
    tmp_path: Path, text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert codes(refused(written(tmp_path, text, "data.toml"))) == expected


def test_a_bare_chinese_key_in_toml_is_explained(tmp_path: Path) -> None:
    (finding,) = refused(written(tmp_path, "年度 = 2020\n", "data.toml"))
    assert finding.hint is not None
    assert "英文双引号" in finding.hint.render("zh")


def test_a_missing_file_names_its_likely_neighbour(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "figures-2020.yaml")
    (finding,) = refused(tmp_path / "figures2020.yaml")
    assert finding.code == "file-not-found"
    assert finding.hint is not None
    assert "figures-2020.yaml" in finding.hint.render("en")


def test_a_missing_folder_is_a_missing_file(tmp_path: Path) -> None:
    assert codes(refused(tmp_path / "nowhere" / "data.yaml")) == [("file-not-found", None)]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert codes(refused(tmp_path)) == [("is-a-directory", None)]


def test_a_path_that_no_system_knows_is_refused() -> None:
    assert codes(refused(Path("a\0.yaml"))) == [("cannot-read", None)]


@pytest.mark.parametrize("name", ["data.docx", "data.txt", "data"])
def test_an_unknown_ending_names_the_accepted_ones(tmp_path: Path, name: str) -> None:
    (finding,) = refused(written(tmp_path, GOOD, name))
    assert finding.code == "unknown-ending"
    assert finding.expected == ".yaml、.yml、.json、.toml、.xlsx、.xlsm"


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert tree_of(tmp_path, GOOD, "DATA.YML")["年度"] == "2020"


def test_a_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    assert codes(refused(written(tmp_path, b"#" * (MAX_BYTES + 1)))) == [("too-large", None)]


def test_a_damaged_byte_is_named_with_its_line(tmp_path: Path) -> None:
    data = "年度: 2020\n单位: 某某区\n".encode() + b"\xff\xfe: 1\n"
    (finding,) = refused(written(tmp_path, data))
    assert codes((finding,)) == [("bad-encoding", 3)]
    assert finding.found == "FF"


def test_a_damaged_byte_in_utf_8_is_not_read_as_gbk(tmp_path: Path) -> None:
    data = "年度: 2020\n单位: 某某区\n".encode() + "机构".encode("gbk") + b": 1\n"
    assert codes(refused(written(tmp_path, data))) == [("bad-encoding", 3)]


def test_neither_utf_8_nor_gbk_is_named_with_its_line(tmp_path: Path) -> None:
    assert codes(refused(written(tmp_path, b"a: 1\nb: \xff\xff\n"))) == [("bad-encoding", 2)]


def test_a_torn_utf_16_file_is_named_with_its_line(tmp_path: Path) -> None:
    data = codecs.BOM_UTF16_LE + "a: 1\nb: 2\n".encode("utf-16-le") + b"\x00"
    assert codes(refused(written(tmp_path, data))) == [("bad-encoding", 3)]


def test_a_control_character_is_named_with_its_line(tmp_path: Path) -> None:
    assert codes(refused(written(tmp_path, b"a: 1\nb: \x00\n"))) == [("bad-character", 2)]


def test_unseen_marks_of_copied_text_are_left_out(tmp_path: Path) -> None:
    assert tree_of(tmp_path, "年\u200b度: 20\ufeff20\u2060\n") == {"年度": "2020"}


def test_reading_leaves_the_garbage_collector_as_it_was(tmp_path: Path) -> None:
    read_source(written(tmp_path, GOOD))
    assert gc.isenabled()
    gc.disable()
    try:
        read_source(written(tmp_path, GOOD))
        assert not gc.isenabled()
    finally:
        gc.enable()


def assert_only_input_errors(path: Path) -> None:
    try:
        load(path)
    except InputError as error:
        assert error.findings  # noqa: PT017 - the point is that nothing else is raised
        for finding in error.findings:
            assert finding.message.render("zh")
            assert finding.hint is not None
            assert finding.hint.render("en")


ENDING = st.sampled_from([".yaml", ".json", ".toml"])


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200), ending=ENDING)
def test_random_bytes_raise_nothing_but_input_errors(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str
) -> None:
    assert_only_input_errors(written(tmp_path_factory.getbasetemp(), data, f"random{ending}"))


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="a年:：-[]{}\"'#&*!|>%=,. \t\n\\1", max_size=60), ending=ENDING)
def test_random_marks_raise_nothing_but_input_errors(
    tmp_path_factory: pytest.TempPathFactory, text: str, ending: str
) -> None:
    assert_only_input_errors(written(tmp_path_factory.getbasetemp(), text, f"marks{ending}"))


SAME = {
    ".yaml": GOOD,
    ".json": '{"年度": 2020, "金额单位": "元",\n "单位": {"全称": "甲"},\n "收入": {"合计": {"本年": 1.5}}}',
    ".toml": '"年度" = 2020\n"金额单位" = "元"\n["单位"]\n"全称" = "甲"\n["收入"]\n"合计" = {"本年" = 1.5}\n',
}


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), ending=ENDING)
def test_mutations_of_a_good_file_raise_nothing_but_input_errors(
    tmp_path_factory: pytest.TempPathFactory, seed: int, ending: str
) -> None:
    chance = random.Random(seed)
    data = bytearray(SAME[ending].encode(chance.choice(["utf-8", "gbk"])))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = bytes(
            chance.choices(b" \n:-[]{}#\"'\\\t=,.0a\xe5\xff", k=chance.randint(0, 3))
        )
    assert_only_input_errors(written(tmp_path_factory.getbasetemp(), bytes(data), f"mutated{ending}"))


@pytest.mark.parametrize("mark", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1"], ids=["xlsx", "xls"])
def test_an_excel_file_under_another_name_is_told_as_such(tmp_path: Path, mark: bytes) -> None:
    with pytest.raises(InputError) as caught:
        load(written(tmp_path, mark + b"\x00" * 60, "data.yaml"))
    assert [finding.code for finding in caught.value.findings] == ["not-a-text-file"]
