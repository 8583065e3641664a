"""The clean copy reads the same to the letter, and nothing of us, of editors or of people is left in it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import pytest

from draftgen.draft import Draft, Paragraph, Sentence, Text, Value
from draftgen.word.cleaning import clean_copy
from draftgen.word.lint import lint
from draftgen.word.text import plain_text
from draftgen.word.writer import write_docx
from tests.conftest import Validate

from .parts import document_text, find, parts_of, tree, values, with_body, zipped
from .samples import STYLE, draft, rich

TRACES = re.compile(
    r"<w:sdt|_dg_s|comment|<w:ins |<w:del |customXml|glossary|rsid|proofErr|dgFigure|docVar|vanish|manifest",
    re.IGNORECASE,
)


def full() -> Draft:
    return replace(rich(), record='{"schema": 1, "file": "数据文件"}')


@pytest.fixture(scope="module")
def finished() -> bytes:
    return clean_copy(write_docx(full(), STYLE)).data


def test_the_text_is_the_same_to_the_letter(finished: bytes) -> None:
    assert plain_text(finished) == plain_text(write_docx(full(), STYLE))


def test_nothing_of_the_making_is_left(finished: bytes) -> None:
    for name, content in parts_of(finished).items():
        found = TRACES.findall(name + content.decode())
        allowed = {"Comment", "comment"} if name == "word/styles.xml" else set()
        assert set(found) - allowed <= set(), (name, set(found))
    assert set(parts_of(finished)) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/settings.xml",
        "word/styles.xml",
    }


def test_the_copy_is_valid_and_the_same_twice(finished: bytes, validate: Validate) -> None:
    assert validate(finished) == []
    assert lint(finished) == []
    assert finished == clean_copy(write_docx(full(), STYLE)).data
    assert clean_copy(finished).data == clean_copy(clean_copy(finished).data).data


def test_page_numbers_stay_fields_and_properties_are_those_of_the_report(finished: bytes) -> None:
    assert "PAGE" in parts_of(finished)["word/footer1.xml"].decode()
    core = parts_of(finished)["docProps/core.xml"].decode()
    for text in (
        "2023年度部门整体支出绩效评价报告",
        "某市某区档案馆</cp:lastModifiedBy>",
        "2024-06-01T00:00:00Z</dcterms:modified>",
    ):
        assert text in core


def test_what_was_removed_is_counted() -> None:
    cleaned = clean_copy(write_docx(full(), STYLE))
    assert (cleaned.comments, cleaned.revisions, cleaned.hidden) == (4, 0, 0)


@pytest.fixture(scope="module")
def base() -> bytes:
    return write_docx(draft(Paragraph((Sentence((Text("甲"), Value("1", "k"))),))), STYLE)


R = "<w:r>{}<w:t>{}</w:t></w:r>"
BY = 'w:id="90{}" w:author="王某"'


def run(text: str, properties: str = "") -> str:
    return R.format(f"<w:rPr>{properties}</w:rPr>" if properties else "", text)


def field(code: str, shown: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    middle = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{mark.format('begin')}{middle}{mark.format('separate')}{run(shown)}{mark.format('end')}"


DELETED = f"<w:del {BY.format(1)}><w:r><w:delText>旧</w:delText></w:r></w:del>"
INSERTED = f"<w:ins {BY.format(2)}>{run('新')}</w:ins>"
MARK = f"<w:pPr><w:rPr><w:del {BY.format(3)}/></w:rPr></w:pPr>"
EDITS = {
    "tracked changes": (f"<w:p>{run('总分')}{DELETED}{INSERTED}</w:p>", "总分新"),
    "a deleted paragraph mark": (f"<w:p>{MARK}{run('前')}</w:p><w:p>{run('后')}</w:p>", "前后"),
    "changed properties": (
        f"<w:p><w:r><w:rPr><w:b/><w:rPrChange {BY.format(4)}><w:rPr/></w:rPrChange></w:rPr><w:t>粗</w:t></w:r></w:p>",
        "粗",
    ),
    "hidden text": (f"<w:p>{run('密', '<w:vanish/>')}{run('显')}</w:p>", "显"),
    "a field that tells a file": (f"<w:p>{field('FILENAME', 'D:/wang')}</w:p>", "D:/wang"),
    "an add-in's field": (f"<w:p>{field('ADDIN draftgen {}', '数')}</w:p>", "数"),
    "a simple field": (f'<w:p><w:fldSimple w:instr=" AUTHOR ">{run("王某")}</w:fldSimple></w:p>', "王某"),
    "a block control": (
        f"<w:sdt><w:sdtPr><w:id w:val='77'/></w:sdtPr><w:sdtContent><w:p>{run('块')}</w:p></w:sdtContent></w:sdt>",
        "块",
    ),
    "a smart tag": (f"<w:p><w:smartTag w:element='date' w:uri='urn:x'>{run('日')}</w:smartTag></w:p>", "日"),
    "editing sessions": (
        "<w:p w:rsidR='00AB12CD'><w:proofErr w:type='spellStart'/><w:r w:rsidRPr='00AB12CD'><w:t>字</w:t></w:r></w:p>",
        "字",
    ),
}
LEFT = re.compile(r"<w:sdt|<w:ins |<w:del |Change|vanish|FILENAME|ADDIN|AUTHOR|smartTag|rsid|proofErr|fldChar")


@pytest.mark.parametrize("edit", EDITS)
def test_what_people_and_editors_leave_goes_and_its_text_stays(edit: str, base: bytes) -> None:
    body, text = EDITS[edit]
    edited = with_body(base, body)
    assert plain_text(edited) == f"{text}\n"
    done = clean_copy(edited).data
    assert plain_text(done) == f"{text}\n"
    assert LEFT.findall(document_text(done)) == []
    assert lint(done) == []


def test_a_deleted_row_goes_and_an_inserted_one_stays(base: bytes) -> None:
    cell = "<w:tc><w:tcPr><w:tcW w:w='100' w:type='dxa'/></w:tcPr><w:p>{}</w:p></w:tc>"
    rows = "".join(
        f"<w:tr><w:trPr><w:{kind} {BY.format(7)}/></w:trPr>{cell.format(run(kind))}</w:tr>" for kind in ("ins", "del")
    )
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='100'/></w:tblGrid>{rows}</w:tbl><w:p/>"
    done = clean_copy(with_body(base, table))
    assert plain_text(done.data) == "ins\n"
    assert not find(tree(done.data), "//w:trPr/*")


def test_references_within_the_document_stay(base: bytes) -> None:
    marks = '<w:bookmarkStart w:id="5" w:name="_Toc1"/>{}<w:bookmarkEnd w:id="5"/>'
    body = f"<w:p>{marks.format(run('标题'))}</w:p><w:p>{field('PAGEREF _Toc1', '1')}</w:p>"
    done = clean_copy(with_body(base, body)).data
    assert "_Toc1" in document_text(done)
    assert "PAGEREF" in document_text(done)
    alone = clean_copy(with_body(base, f"<w:p>{marks.format(run('标题'))}</w:p>")).data
    assert "_Toc1" not in document_text(alone)


def test_an_open_prompt_keeps_its_colour_a_filled_one_does_not(base: bytes) -> None:
    style = '<w:rStyle w:val="dgPrompt"/>'
    done = clean_copy(with_body(base, f"<w:p>{run('【请填写：原因】', style)}{run('人员增加', style)}</w:p>")).data
    assert values(tree(done), "//w:rStyle") == ["dgPrompt"]


def test_names_of_people_and_templates_go(base: bytes) -> None:
    parts = parts_of(base)
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(
        b"</Properties>", "<Company>某局</Company></Properties>".encode()
    )
    parts["docProps/core.xml"] = re.sub(
        rb"<cp:lastModifiedBy>.*?</", "<cp:lastModifiedBy>王某</".encode(), parts["docProps/core.xml"]
    )
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"<w:defaultTabStop", b"<w:trackRevisions/><w:defaultTabStop"
    )
    done = parts_of(clean_copy(zipped(parts)).data)
    text = b"".join(done.values()).decode()
    for trace in ("某局", "王某", "trackRevisions"):
        assert trace not in text


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        clean_copy(b"foreign")
