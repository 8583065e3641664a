"""A Word file of one's own as the style: its looks are taken, its text is not, and what it lacks is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT

from draftgen.draft import Contents, Remark
from draftgen.errors import TemplateError
from draftgen.findings import Severity
from draftgen.output import own_style, style_sample
from draftgen.word import styles
from draftgen.word.lint import lint
from draftgen.word.own_style import own_style as read_style
from draftgen.word.template import load_template
from draftgen.word.text import plain_text
from draftgen.word.writer import write_docx
from tests.conftest import Pages, Validate
from tests.desk import FOLDERS

from .parts import W, find, parts_of, tree, values, zipped
from .samples import STYLE, draft, prose, rich

OURS = load_template(STYLE, "GB2312")
FULL = replace(rich(), blocks=(Contents(), *rich().blocks))


def foreign() -> bytes:
    """A file as python-docx makes it: English styles, Letter paper, a header, a heading, a comment."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "某某区财政局"
    paragraph = document.add_paragraph("别处的文字")
    document.add_heading("别处的标题", 1)
    document.add_comment(paragraph.runs, "别处的批注", "某人")
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def chinese() -> bytes:
    """A file as a Chinese Word names its styles: numbers and letters for ids, English names inside."""
    parts = parts_of(style_sample("GB2312", FOLDERS))
    ids = {"Heading1": "1", "Heading2": "2", "Title": "a5", "Normal": "a", "Caption": "a7"}
    for name in [n for n in parts if n.startswith("word/") and n.endswith(".xml")]:
        text = parts[name].decode()
        for old, new in ids.items():
            text = re.sub(rf'(w:(?:styleId|val)=")({old})"', rf'\g<1>{new}"', text)
        parts[name] = text.encode()
    styled = parts["word/styles.xml"].decode()
    styled = re.sub(r'<w:name w:val="(Normal|Title)"/>', lambda m: m[0], styled)
    for new, name in (("a", "Normal"), ("a5", "Title")):
        styled = styled.replace(f'<w:name w:val="{new}"/>', f'<w:name w:val="{name}"/>')
    parts["word/styles.xml"] = styled.encode()
    return zipped(parts)


SOURCES = {"ours": lambda: style_sample("GB2312", FOLDERS), "foreign": foreign, "chinese": chinese}


@pytest.mark.parametrize("source", SOURCES)
def test_a_draft_in_any_style_is_valid_and_the_same_each_time(source: str, validate: Validate) -> None:
    template, _ = read_style(SOURCES[source](), OURS, "my.docx")
    file = write_docx(FULL, template)
    assert validate(file) == []
    assert lint(file) == []
    assert write_docx(FULL, read_style(SOURCES[source](), OURS, "my.docx")[0]) == file


@pytest.mark.parametrize("source", SOURCES)
def test_the_text_is_the_drafts_alone(source: str) -> None:
    template, _ = read_style(SOURCES[source](), OURS, "my.docx")
    assert plain_text(write_docx(FULL, template)) == plain_text(write_docx(FULL, STYLE))
    left = b"".join(parts_of(write_docx(draft(prose("正文。")), template)).values()).decode("utf-8", "ignore")
    assert "别处" not in left
    assert "某人" not in left


def test_the_exported_style_lacks_nothing_and_gives_the_same_pages(to_pages: Callable[[bytes], Pages]) -> None:
    template, findings = read_style(style_sample("GB2312", FOLDERS), OURS, "my.docx")
    assert findings == ()
    assert to_pages(write_docx(rich(), template)) == to_pages(write_docx(rich(), STYLE))


def test_the_export_is_valid(validate: Validate) -> None:
    for profile in ("GB2312", "Windows", "方正"):
        file = style_sample(profile, FOLDERS)
        assert validate(file) == []
        assert lint(file) == []


def test_every_style_that_a_draft_uses_is_in_the_export() -> None:
    known = {
        str(s.get(f"{W}styleId")) for s in tree(style_sample("GB2312", FOLDERS), "word/styles.xml").iter(f"{W}style")
    }
    assert known >= styles.REQUIRED


def test_missing_styles_are_told_once_and_taken_from_ours() -> None:
    template, (finding,) = read_style(foreign(), OURS, "my.docx")
    assert (finding.code, finding.severity, str(finding.places[0])) == ("style-added", Severity.NOTE, "my.docx")
    told = finding.message.render("zh")
    assert "draftgen Table Text" in told
    assert "目录 1" in told
    assert "标题 1" not in told
    assert template.fonts.chinese == "宋体"


def test_styles_are_found_by_name_whatever_their_ids() -> None:
    template, findings = read_style(chinese(), OURS, "my.docx")
    assert findings == ()
    assert {"Heading1": "1", "Title": "a5"}.items() <= template.names.items()
    file = write_docx(replace(rich(), remarks=(Remark((), "请核对。"),)), template)
    used = set(values(tree(file), "//w:pStyle"))
    assert {"1", "2", "a5", "a7"} <= used
    assert not {"Heading1", "Title", "Caption"} & used


def test_an_id_that_the_file_uses_for_another_style_is_left_to_it() -> None:
    own = '<w:style w:type="paragraph" w:styleId="dgTableText"><w:name w:val="其他"/></w:style>'
    parts = parts_of(foreign())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", f"{own}</w:styles>".encode())
    template, _ = read_style(zipped(parts), OURS, "my.docx")
    assert template.names["dgTableText"] == "dgdgTableText"
    assert lint(write_docx(rich(), template)) == []


def test_header_and_paper_of_the_file_are_kept_and_turned_for_wide_tables() -> None:
    template, _ = read_style(foreign(), OURS, "my.docx")
    file = write_docx(rich(), template)
    assert any("某某区财政局".encode() in data for name, data in parts_of(file).items() if "header" in name)
    sizes = [(s.get(f"{W}w"), s.get(f"{W}h")) for s in find(tree(file), "//w:pgSz")]
    assert sizes == [("12240", "15840"), ("15840", "12240"), ("12240", "15840")]
    assert all(find(section, "w:headerReference") for section in find(tree(file), "//w:sectPr"))


def test_margins_stay_with_the_edges_of_the_paper() -> None:
    document = docx.Document(BytesIO(foreign()))
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    for edge, size in (("top", 1), ("right", 2), ("bottom", 3), ("left", 4)):
        setattr(section, f"{edge}_margin", docx.shared.Cm(size))
    template, _ = read_style(saved(document), OURS, "my.docx")
    (wide, upright) = (
        re.findall(r'w:(top|right|bottom|left)="(\d+)"', p.section) for p in (template.landscape, template.portrait)
    )
    assert dict(upright) == {"top": "567", "right": "1134", "bottom": "1701", "left": "2268"}
    assert dict(wide) == {"top": "2268", "right": "567", "bottom": "1134", "left": "1701"}


def test_headings_that_number_themselves_are_not_numbered_twice() -> None:
    parts = parts_of(style_sample("GB2312", FOLDERS))
    mark, numbered = b'<w:name w:val="heading 1"/>', b'<w:pPr><w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr>'
    before, _, after = parts["word/styles.xml"].partition(mark)
    parts["word/styles.xml"] = before + mark + after.replace(b"<w:pPr><w:keepNext/>", numbered, 1)
    template, (finding,) = read_style(zipped(parts), OURS, "my.docx")
    assert finding.code == "style-numbering"
    assert "标题 1" in finding.message.render("zh")
    assert b"numPr" not in parts_of(write_docx(rich(), template))["word/styles.xml"]


def test_a_template_file_is_taken_as_well() -> None:
    parts = parts_of(foreign())
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(b"document.main+xml", b"template.main+xml")
    template, _ = read_style(zipped(parts), OURS, "my.dotx")
    assert b"template.main" not in parts_of(write_docx(rich(), template))[types]


@pytest.mark.parametrize("data", [b"", b"PK", b"text", zipped({"a": b"b"}), zipped({"[Content_Types].xml": b"<x/>"})])
def test_what_is_no_word_file_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "my.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateError) as error:
        own_style(path, "GB2312", FOLDERS)
    (finding,) = error.value.findings
    assert (finding.code, finding.places[0].file) == ("style-unreadable", str(path))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as error:
        own_style(tmp_path / "none.docx", "GB2312", FOLDERS)
    assert error.value.findings[0].code == "style-unreadable"
