"""What a finished file promises: valid, the same bytes, everything in its place, nothing foreign."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draftgen.draft import (
    Block,
    Cell,
    Column,
    Draft,
    Gap,
    Heading,
    Inline,
    Paragraph,
    Properties,
    Remark,
    Row,
    Sentence,
    Table,
    Text,
    Title,
    Value,
)
from draftgen.errors import TemplateError
from draftgen.word.carriers import Options
from draftgen.word.lint import lint
from draftgen.word.text import plain_text
from draftgen.word.writer import write_docx
from tests.conftest import Validate

from .parts import W, document_text, find, parts_of, tree, values, words
from .samples import LONG, STYLE, cell, draft, form_table, funds_table, prose, rich, score_table, text

ROOT = Path(__file__).parents[2]

# ---- drafts of every shape

WORDS = st.text(st.sampled_from("预算12.5%“”—·①<>&\"' \t\n\x00\x0b\ud800\ufffe甲乙"), max_size=12)
GAPS = st.builds(Gap, WORDS, st.just("reason"))
INLINES: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, WORDS), st.builds(Value, WORDS, st.sampled_from(["甲", "乙", "丙"])), GAPS
)
LINE = st.lists(INLINES, max_size=3).map(tuple)


@st.composite
def tables(pick: st.DrawFn) -> Table:
    """Tables with random merges that fit the grid."""
    width, height = pick(st.integers(1, 4)), pick(st.integers(0, 5))
    taken: set[tuple[int, int]] = set()
    rows = []
    for r in range(height):
        cells = []
        for c in range(width):
            if (r, c) in taken:
                continue
            free = next((n for n in range(c, width) if (r, n) in taken), width) - c
            across, down = pick(st.integers(1, free)), pick(st.integers(1, height - r))
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            cells.append(Cell(tuple(pick(st.lists(LINE, max_size=2))), down, across))
        rows.append(Row(tuple(cells), pick(st.booleans())))
    columns = tuple(Column(pick(WORDS), pick(st.integers(0, 40))) for _ in range(width))
    notes = tuple(pick(st.lists(LINE, max_size=2)))
    return Table(pick(LINE), columns, tuple(rows), pick(WORDS), notes, pick(st.booleans()))


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Title, st.lists(LINE, max_size=2).map(tuple)),
    st.builds(Heading, st.integers(1, 4), WORDS, LINE),
    st.builds(Paragraph, st.lists(st.builds(Sentence, LINE), max_size=2).map(tuple)),
    tables(),
)
REMARKS = st.builds(Remark, st.lists(st.sampled_from(["甲", "乙", "丁"]), max_size=2).map(tuple), WORDS)
DRAFTS = st.builds(
    Draft,
    st.builds(Properties, WORDS, WORDS, WORDS, st.sampled_from(["", "2024-06-01"])),
    st.lists(BLOCKS, max_size=5).map(tuple),
    st.lists(REMARKS, max_size=3).map(tuple),
    profile=st.sampled_from(["GB2312", "Windows", "方正"]),
)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(DRAFTS)
def test_any_draft_is_sound(some: Draft) -> None:
    data = write_docx(some, STYLE)
    assert lint(data) == []
    assert data == write_docx(some, STYLE)
    root = tree(data)
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        ids = sorted(int(str(e.get(f"{W}id"))) for e in root.iter(W + kind))
        assert ids == list(range(len(some.remarks))), kind


def readable(words: str) -> list[str]:
    """Return lines as plain text shows them: without what XML cannot hold, without empty ones."""
    words = re.sub("[\x00\ud800\ufffe]", "", words.replace("\x0b", "\n"))
    return [line for line in words.splitlines() if line.strip()]


@SLOW
@given(st.lists(BLOCKS.filter(lambda b: not isinstance(b, Table)), max_size=4))
def test_any_prose_is_read_back(blocks: list[Block]) -> None:
    some = draft(*blocks)
    assert [x for x in plain_text(write_docx(some, STYLE)).splitlines() if x.strip()] == readable(some.as_text())


# ---- the rich draft


@pytest.fixture(scope="module")
def rich_file() -> bytes:
    return write_docx(rich(), STYLE)


@pytest.mark.parametrize("profile", ["GB2312", "Windows", "方正"])
def test_validator_and_lint_find_nothing(profile: str, validate: Validate) -> None:
    data = write_docx(replace(rich(), profile=profile), STYLE)
    assert validate(data) == []
    assert lint(data) == []


@pytest.mark.parametrize(
    "blocks",
    [(), (score_table(),), (funds_table(), funds_table()), (prose("甲"), score_table(), score_table(), prose("乙"))],
    ids=["nothing", "landscape only", "two tables", "landscape inside"],
)
def test_validator_finds_nothing_in_odd_shapes(blocks: tuple[Block, ...], validate: Validate) -> None:
    assert validate(write_docx(draft(*blocks, remarks=[Remark((), "看")]), STYLE)) == []


def test_text_is_read_back_block_for_block(rich_file: bytes) -> None:
    assert plain_text(rich_file).splitlines() == [x for x in rich().as_text().splitlines() if x.strip()]


def test_bytes_are_the_same_under_any_hash_seed(rich_file: bytes) -> None:
    code = (
        "import sys, hashlib, importlib.util as u; sys.path[:0] = ['src', 'tests']\n"
        "from word.samples import STYLE, rich\nfrom draftgen.word.writer import write_docx\n"
        "print(hashlib.sha256(write_docx(rich(), STYLE)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(digests) == 1
    assert write_docx(rich(), STYLE) == rich_file


def test_no_foreign_metadata(rich_file: bytes) -> None:
    parts = parts_of(rich_file)
    everything = b"".join(parts.values()).decode()
    assert list(parts)[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert not re.search("python|microsoft (office|macintosh)|thumbnail|Normal.dotm", everything.lower())
    core = parts["docProps/core.xml"].decode()
    assert re.findall(r">([^<]+)</", core).count("2024-06-01T00:00:00Z") == 2
    assert {"2023年度部门整体支出绩效评价报告", "某市某区档案馆", "zh-CN"} <= set(re.findall(r">([^<]+)</", core))


def test_dates_come_from_the_data_alone() -> None:
    undated = replace(rich(), properties=Properties("甲", "乙"))
    dates = set(
        re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", b"".join(parts_of(write_docx(undated, STYLE)).values()).decode())
    )
    assert dates == {"2000-01-01T00:00:00Z"}


def test_escaping() -> None:
    words_in = 'a<b & c>d "e" \x00\x08\x1f\ufffe\ud800甲'
    data = write_docx(draft(prose(words_in), Title((text("一\n二"),))), STYLE)
    assert plain_text(data) == 'a<b & c>d "e" 甲\n一\n二\n'
    assert len(find(tree(data), "//w:br")) == 1


def test_properties_with_forbidden_characters_and_too_long() -> None:
    odd = Properties("题\x00" * 300, "甲\ufffe")
    assert "题" * 255 in parts_of(write_docx(Draft(odd, ()), STYLE))["docProps/core.xml"].decode()


# ---- comments


def comment_texts(root_bytes: bytes) -> dict[str, str]:
    """Return comment id -> the words that it is anchored at."""
    out = {}
    root = tree(root_bytes)
    for start in root.iter(f"{W}commentRangeStart"):
        number = str(start.get(f"{W}id"))
        taken = []
        for node in start.itersiblings():
            if node.tag == f"{W}commentRangeEnd" and node.get(f"{W}id") == number:
                break
            taken.append(words(node))
        out[number] = "".join(taken)
    return out


def test_comments_are_anchored_at_first_figures_else_at_the_title(rich_file: bytes) -> None:
    assert comment_texts(rich_file) == {"0": "40", "1": "40", "2": "94.20", "3": "某市某区档案馆"}
    assert find(tree(rich_file), "//w:tc//w:commentRangeStart[@w:id='2']")
    comments = find(tree(rich_file, "word/comments.xml"), "//w:comment")
    assert [(c.get(f"{W}author"), c.get(f"{W}initials"), c.get(f"{W}date")) for c in comments] == [
        ("draftgen", "dg", "2024-06-01T00:00:00Z")
    ] * 4
    assert words(comments[1]) == "请核对。数据来源：人事报表。"


def test_a_comment_stands_once_though_its_figure_stands_twice() -> None:
    twice = Paragraph((Sentence((Value("40", "k"), Text("与"), Value("40", "k"))),))
    root = tree(write_docx(draft(twice, twice, remarks=[Remark(("k",), "看")]), STYLE))
    assert len(find(root, "//w:commentReference")) == 1


def test_without_a_title_the_first_paragraph_holds_the_comment() -> None:
    assert comment_texts(write_docx(draft(funds_table(), remarks=[Remark((), "看")]), STYLE)) == {
        "0": "表1　2023年度收入情况表"
    }


def test_no_remark_no_comments_part() -> None:
    assert "word/comments.xml" not in parts_of(write_docx(draft(prose("甲")), STYLE))


# ---- inlines and fonts


def test_neighbours_become_one_run_and_a_gap_its_own() -> None:
    sentence = Sentence((Text("编制"), Value("40", "k"), Text("人，"), Gap("原因", "reason"), Text("。")))
    root = tree(write_docx(draft(Paragraph((sentence,))), STYLE, Options(controls=False)))
    runs = find(root, "//w:r")
    assert [words(r) for r in runs] == ["编制40人，", "【请填写：原因】", "。"]
    assert [values(r, "w:rPr/w:rStyle") for r in runs] == [[], ["dgPrompt"], []]
    assert values(tree(write_docx(rich(), STYLE), "word/styles.xml"), "//w:style[@w:styleId='dgPrompt']/w:name") == [
        "draftgen Prompt"
    ]


def test_runs_name_no_font_but_hint_at_ambiguous_marks() -> None:
    root = tree(write_docx(draft(prose("“三公”经费"), prose("经费")), STYLE))
    fonts = find(root, "//w:r//w:rFonts")
    assert [dict(f.attrib) for f in fonts] == [{f"{W}hint": "eastAsia"}]


@pytest.mark.parametrize(
    ("profile", "names"), [("GB2312", "仿宋_GB2312 方正小标宋简体"), ("方正", "方正仿宋_GBK 方正书宋_GBK")]
)
def test_font_profile_fills_styles_and_footers(profile: str, names: str) -> None:
    parts = parts_of(write_docx(replace(rich(), profile=profile), STYLE))
    text_of_styles = (parts["word/styles.xml"] + parts["word/footer1.xml"]).decode()
    assert all(f'"{name}"' in text_of_styles for name in names.split())
    assert not any(re.search(rb"@[a-z-]+@", content) for content in parts.values())


def test_a_style_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="font-profile-unknown"):
        write_docx(replace(draft(), profile="黑体"), STYLE)
    for file in STYLE.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    styles = (STYLE / "styles.xml").read_text(encoding="utf-8")
    (tmp_path / "styles.xml").write_text(styles.replace('w:styleId="dgTable"', 'w:styleId="other"'), encoding="utf-8")
    with pytest.raises(TemplateError, match=r"style-missing.*dgTable"):
        write_docx(draft(), tmp_path)
    (tmp_path / "styles.xml").unlink()
    with pytest.raises(TemplateError, match="style-part-missing"):
        write_docx(replace(draft(), profile="方正"), tmp_path)


# ---- tables and sections


def rows_of(data: bytes) -> list[list[str]]:
    """Return each row's vMerge per cell: "restart", "continue" or empty."""
    merges = {"restart": "restart", "None": "continue"}
    return [
        [merges["".join(values(c, "w:tcPr/w:vMerge"))] if find(c, "w:tcPr/w:vMerge") else "" for c in find(r, "w:tc")]
        for r in find(tree(data), "//w:tr")
    ]


def test_merges_both_ways() -> None:
    data = write_docx(draft(form_table()), STYLE)
    assert rows_of(data)[1:4] == [["restart", "", "", ""], ["continue", "", "", ""], ["continue", "", "", ""]]
    assert values(tree(data), "//w:gridSpan") == ["3", "3"]
    widths = [int(str(e.get(f"{W}w"))) for e in find(tree(data), "//w:gridCol")]
    assert sum(widths) == 8845
    assert "<w:tblHeader" not in document_text(data)


def test_a_short_group_stays_together_and_whole() -> None:
    rows = (Row((cell("甲", rows=3), cell("1"))), Row((cell("2"),)), Row((cell("3"),)), Row((cell("乙"), cell("4"))))
    root = tree(write_docx(draft(Table((), (Column("名", 1), Column("数", 1)), rows)), STYLE))
    kept = [len(find(r, ".//w:keepNext")) for r in find(root, "//w:tr")]
    assert kept == [0, 2, 2, 0, 0]  # the header row's style keeps it with the next row
    assert len(find(root, "//w:cantSplit")) == 5
    assert "dgTableRepeat" not in document_text(write_docx(draft(Table((), (Column("名", 1),), rows[1:3])), STYLE))


def test_a_group_longer_than_a_page_is_split_and_its_label_said_again() -> None:
    rows = (Row((cell("很长的组", rows=60), cell("1"))), *(Row((cell(f"{n}"),)) for n in range(2, 61)))
    data = write_docx(draft(Table((), (Column("名", 1), Column("数", 1)), rows)), STYLE)
    starts = [i for i, r in enumerate(rows_of(data)) if r[0] == "restart"]
    assert starts[0] == 1
    assert all(10 <= b - a <= 25 for a, b in zip(starts, [*starts[1:], 61], strict=True))
    assert values(tree(data), "//w:tr/w:tc[1]//w:pStyle").count("dgTableRepeat") == len(starts) - 1
    assert plain_text(data).count("很长的组") == 1


def test_a_row_of_long_prose_may_split() -> None:
    table = Table(
        (), (Column("甲", 1), Column("乙", 3)), (Row((cell("短"), cell("短"))), Row((cell("长"), cell(LONG * 8))))
    )
    rows = find(tree(write_docx(draft(table), STYLE)), "//w:tr")
    assert [len(find(r, "w:trPr/w:cantSplit")) for r in rows] == [1, 1, 0]


def test_figures_stand_right_and_totals_apart() -> None:
    root = tree(write_docx(draft(funds_table()), STYLE))
    total, other = find(root, "//w:tr[not(w:trPr/w:tblHeader)]")[:2]
    assert values(other, "w:tc//w:jc") == ["right"] * 3
    assert set(values(total, ".//w:pStyle")) == {"dgTableTotal"}
    assert len(find(total, "w:tc/w:tcPr/w:shd")) == 4
    assert not find(other, "w:tc/w:tcPr/w:shd")
    assert set(values(other, ".//w:pStyle")) == {"dgTableText"}
    body = find(root, "//w:body")[0]
    kinds = [values(p, "w:pPr/w:pStyle") for p in body if p.tag == f"{W}p"]
    assert kinds == [["Caption"], ["dgTableUnit"], ["dgTableNote"], ["dgTableNote"]]


def test_headers_that_neighbours_share_stand_above_them() -> None:
    columns = (
        Column("项目", 4),
        Column("合计", 2, over=("预算数",)),
        Column("其中", 2, over=("预算数",)),
        Column("决算", 2),
    )
    table = Table((), columns, (Row((cell("甲"), cell("1"), cell("2"), cell("3"))),), number="公开07表", unit="万元")
    root = tree(write_docx(draft(table), STYLE))
    first, second, row = find(root, "//w:tr")
    assert [words(c) for c in find(first, "w:tc")] == ["项目", "预算数", "决算"]
    assert values(first, ".//w:gridSpan") == ["2"]
    assert [words(c) for c in find(second, "w:tc")] == ["", "合计", "其中", ""]
    assert [len(find(r, "w:trPr/w:tblHeader")) for r in (first, second, row)] == [1, 1, 0]
    assert [words(p) for p in find(root, "//w:p[w:pPr/w:pStyle/@w:val='dgTableUnit']")] == ["公开07表单位：万元"]


def test_a_part_has_a_style_of_its_own() -> None:
    root = tree(write_docx(draft(Heading(0, "第一部分\u3000", text("概况"))), STYLE))
    assert [words(p) for p in find(root, "//w:p[w:pPr/w:pStyle/@w:val='dgPart']")] == ["第一部分\u3000概况"]


def test_a_table_without_rows_is_no_table() -> None:
    root = tree(write_docx(draft(Table((), (Column("", 1),), ()), remarks=[Remark((), "看")]), STYLE))
    assert not find(root, "//w:tbl")
    assert len(find(root, "//w:commentReference")) == 1


def test_rows_with_too_many_cells_are_refused() -> None:
    with pytest.raises(ValueError, match="row 1"):
        write_docx(draft(Table((), (Column("甲", 1),), (Row((cell("1"), cell("2"))),))), STYLE)


def test_nothing_after_a_last_table_can_make_an_empty_page() -> None:
    root = tree(write_docx(draft(score_table(), prose("文"), replace(funds_table(), notes=())), STYLE))
    ends = [p.getnext() for p in find(root, "//w:tbl")]
    assert [values(p, "w:pPr/w:pStyle") for p in ends if p is not None] == [["dgSectionEnd"]] * 2


def test_page_set_up_is_that_of_the_standard() -> None:
    """Lines of 580 would still pass in some programs and be 21 a page in others."""
    data = write_docx(draft(prose("文")), STYLE)
    size = find(tree(data), "//w:sectPr/w:pgMar")[0]
    assert [size.get(W + side) for side in ("top", "right", "bottom", "left")] == ["2098", "1474", "1984", "1587"]
    spacing = find(tree(data, "word/styles.xml"), "//w:style[@w:styleId='Normal']//w:spacing")[0]
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")


def orientations(*blocks: Block) -> list[str]:
    root = tree(write_docx(draft(*blocks), STYLE))
    sections = find(root, "//w:sectPr")
    assert all(len(find(s, "w:footerReference")) == 2 for s in sections)
    assert sections[-1].getparent() is find(root, "//w:body")[0]
    return ["L" if find(s, "w:pgSz[@w:orient='landscape']") else "P" for s in sections]


def test_sections() -> None:
    wide, portrait = score_table(), prose("正文。")
    assert orientations(portrait) == ["P"]
    assert orientations(wide) == ["L"]
    assert orientations(portrait, wide) == ["P", "L"]
    assert orientations(wide, portrait) == ["L", "P"]
    assert orientations(portrait, wide, wide, portrait, wide) == ["P", "L", "P", "L"]
    assert orientations(portrait, Heading(1, "附件", ()), wide, Heading(1, "一、", ()), wide) == ["P", "L"]
    assert orientations(Heading(1, "一、", ()), portrait, Heading(1, "二、", ())) == ["P"]


def test_a_table_that_begins_a_page_takes_the_headings_before_it_along() -> None:
    table = replace(score_table(), new_page=True, landscape=False)
    part, section = Heading(0, "第二部分", ()), Heading(1, "一、", ())
    root = tree(write_docx(draft(prose("正文。"), part, section, table, prose("正文。"), table), STYLE))
    begun = ["".join(map(str, p.itertext())) for p in find(root, "//w:p[w:pPr/w:pageBreakBefore]")]
    caption = table.caption[0].text
    assert [words.startswith(start) for words, start in zip(begun, ("第二部分", caption), strict=True)] == [True, True]


def test_a_part_after_a_form_begins_a_page() -> None:
    form = replace(score_table(), new_page=True, landscape=False)
    root = tree(write_docx(draft(form, Heading(0, "第三部分", ()), prose("正文。"), Heading(0, "第四部分", ())), STYLE))
    begun = ["".join(map(str, p.itertext())) for p in find(root, "//w:p[w:pPr/w:pageBreakBefore]")]
    assert [words for words in begun if "部分" in words] == ["第三部分"]
