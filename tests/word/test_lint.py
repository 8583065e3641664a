"""Each class of fault, planted in a sound file, must be named; nothing may be named in a sound one."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO

import pytest

from draftgen.word.lint import lint
from draftgen.word.writer import write_docx

from .parts import parts_of, with_body, zipped
from .samples import STYLE, draft, prose

RUN = "<w:r><w:t>文</w:t></w:r>"
P = f"<w:p>{RUN}</w:p>"
CELL = f"<w:tc><w:tcPr/>{P}</w:tc>"


def control(inside: str, number: int = 1) -> str:
    pr = f'<w:sdtPr><w:id w:val="{number}"/>{inside}</w:sdtPr>'
    return f"<w:p><w:sdt>{pr}<w:sdtContent>{RUN}</w:sdtContent></w:sdt></w:p>"


def table(*rows: str, columns: int = 2) -> str:
    grid = '<w:gridCol w:w="100"/>' * columns
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>{P}"


def merged(how: str) -> str:
    return f"<w:tc><w:tcPr><w:vMerge{how}/></w:tcPr><w:p/></w:tc>"


RESTART = ' w:val="restart"'


def mark(kind: str, number: int, name: str = "") -> str:
    attribute = f' w:name="{name}"' if name else ""
    return f'<w:p><w:bookmark{kind} w:id="{number}"{attribute}/></w:p>'


ITEM = '<w:listItem w:displayText="提高" w:value="{}"/>'
ITEMS = f"<w:comboBox>{ITEM.format(1)}{ITEM.format(2)}</w:comboBox>"
FAULTS = {
    "unknown paragraph style Absent": '<w:p><w:pPr><w:pStyle w:val="Absent"/></w:pPr></w:p>',
    "unknown character style Absent": '<w:p><w:r><w:rPr><w:rStyle w:val="Absent"/></w:rPr></w:r></w:p>',
    "unknown character style Title": '<w:p><w:r><w:rPr><w:rStyle w:val="Title"/></w:rPr></w:r></w:p>',
    "unknown list 7": '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr></w:p>',
    "duplicate content control id 1": control("") + control(""),
    "content control tag longer than 64": control(f'<w:tag w:val="{"k" * 65}"/>'),
    "content control alias longer than 64": control(f'<w:alias w:val="{"k" * 65}"/>'),
    "duplicate list entry 提高": control(ITEMS),
    "duplicate bookmark name a": "".join(
        (mark("Start", 1, "a"), mark("End", 1), mark("Start", 2, "a"), mark("End", 2))
    ),
    "bookmark 1 has no end": mark("Start", 1, "a"),
    "bookmark 1 has no start": mark("End", 1),
    "field not closed": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>',
    "field ends that did not begin": '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "w:t inside w:del": f'<w:p><w:del w:id="1" w:author="a">{RUN}</w:del></w:p>',
    "cell without a final paragraph": table("<w:tc><w:tcPr/></w:tc>" + CELL),
    "row has 1 of 2 columns": table(CELL),
    "row has 3 of 2 columns": table(CELL + f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{P}</w:tc>'),
    "vMerge continues nothing in column 1": table(merged("") + CELL),
    "vMerge continues nothing in column 2": table(merged(RESTART) + CELL, CELL + merged("")),
    "table without a grid": f"<w:tbl><w:tblPr/><w:tr>{CELL}</w:tr></w:tbl>{P}",
}
SOUND = {
    "control": control(f'<w:tag w:val="{"k" * 64}"/>', 1) + control("", 2),
    "merge": table(merged(RESTART) + CELL, merged("") + CELL, merged(RESTART) + CELL),
    "field": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "bookmark": mark("Start", 1, "a") + mark("End", 1),
    "deletion": '<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>文</w:delText></w:r></w:del></w:p>',
    "gap before": table(f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{CELL}'),
    "row control": table(f"<w:sdt><w:sdtContent>{CELL}</w:sdtContent></w:sdt>{CELL}"),
}


@pytest.fixture(scope="module")
def plain() -> bytes:
    return write_docx(draft(prose("正文。")), STYLE)


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_named(fault: str, plain: bytes) -> None:
    found = lint(with_body(plain, FAULTS[fault]))
    assert any(fault in message for message in found), found
    assert len(found) == 1


@pytest.mark.parametrize("name", SOUND)
def test_sound_construct_is_not_named(name: str, plain: bytes) -> None:
    assert lint(with_body(plain, SOUND[name])) == []


def test_duplicate_zip_entry(plain: bytes) -> None:
    out = BytesIO(plain)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/styles.xml", parts_of(plain)["word/styles.xml"])
    assert lint(out.getvalue()) == ["duplicate zip entry word/styles.xml"]


def test_faults_in_footers_count(plain: bytes) -> None:
    parts = parts_of(plain)
    parts["word/footer1.xml"] = parts["word/footer1.xml"].replace(b'w:fldCharType="end"', b'w:fldCharType="separate"')
    assert lint(zipped(parts)) == ["word/footer1.xml: field not closed"]


def test_foreign_data_gives_messages_not_exceptions(plain: bytes) -> None:
    parts = parts_of(plain)
    assert "not a zip file" in lint(b"foreign")[0]
    assert "no document part" in lint(zipped({"other.txt": b""}))[0]
    broken = lint(zipped({**parts, "word/document.xml": b"<w:document"}))
    assert any("cannot be read" in message for message in broken)
