"""check, explain and finish at the desk: drafts that were written, edited, damaged, or are none."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from draftgen.word.text import plain_text
from tests.workbooks import book

from .conftest import Run


@pytest.fixture
def open_draft(good: Path, run: Run) -> Path:
    """A draft with open prompts."""
    path = good.with_suffix(".docx")
    assert run("draft", good).exit_code == 0
    return path


@pytest.fixture
def whole_draft(open_draft: Path) -> Path:
    """The same with every prompt filled in, as a person would in Word."""
    path = open_draft.with_name("填好.docx")
    with zipfile.ZipFile(open_draft) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode("utf-8")
            if name == "word/document.xml":
                content = content.replace("【请填写：", "已填：").replace("】", "").replace("<w:showingPlcHdr/>", "")
            target.writestr(name, content)
    return path


def test_check_lists_what_is_open_in_a_draft(open_draft: Path, run: Run) -> None:
    result = run("check", open_draft)
    assert result.exit_code == 7
    assert "会议费支出增加的主要原因" in result.stdout
    content = json.loads(run("check", open_draft, "--json").stdout)
    assert (content["exit_code"], content["command"]) == (7, "check")
    reason = next(p for p in content["prompts"] if p["prompt"] == "会议费支出增加的主要原因")
    assert (reason["kind"], reason["key"], reason["rule"]) == ("reason", "会议费.原因", "reason-required")
    assert reason["where"] in plain_text(open_draft.read_bytes())
    assert "；".join(reason["options"]) in result.stdout
    assert reason["options"]


def test_check_of_a_filled_draft(whole_draft: Path, run: Run) -> None:
    result = run("check", whole_draft)
    assert result.exit_code == 0
    assert result.stdout == "没有待填写之处。\n"


def test_finish_refuses_while_prompts_are_open(open_draft: Path, run: Run) -> None:
    out = open_draft.with_name("报送.docx")
    result = run("finish", open_draft, "-o", out)
    assert result.exit_code == 7
    assert "请先填写完毕" in result.stdout
    assert not out.exists()
    allowed = run("finish", open_draft, "-o", out, "--allow-open")
    assert allowed.exit_code == 0
    assert "会议费支出增加的主要原因" in allowed.stdout
    assert plain_text(out.read_bytes()) == plain_text(open_draft.read_bytes())


def test_finish_writes_the_clean_copy(whole_draft: Path, run: Run) -> None:
    out = whole_draft.with_name("报送.docx")
    content = json.loads(run("finish", whole_draft, "-o", out, "--json").stdout)
    assert (content["exit_code"], content["output"], content["prompts"]) == (0, str(out), [])
    assert content["removed"] == {"comments": 0, "revisions": 0, "hidden": 0}
    assert plain_text(out.read_bytes()) == plain_text(whole_draft.read_bytes())
    assert run("finish", whole_draft, "-o", out).exit_code == 2, "it would overwrite"
    assert run("finish", whole_draft, "-o", whole_draft, "--force").exit_code == 2, "it is the draft itself"


def test_explain_a_number(open_draft: Path, run: Run) -> None:
    result = run("explain", open_draft, "23.75%")
    assert result.exit_code == 0
    for text in ("会议费.增减率", "舍入前的值：23.75440362%", "会议费 = 24.59万元", ".yaml:5", "出现"):
        assert text in result.stdout
    content = json.loads(run("explain", open_draft, "--figure", "会议费.增减率", "--json").stdout)
    (figure,) = content["figures"]
    assert figure["derived"]["inputs"][0]["given"]["typed"] == "24.59"
    assert {p["printed"] for p in figure["places"]} >= {"23.75%"}
    assert content["made"]["kind"] == "department-performance"


def test_explain_a_sentence(open_draft: Path, run: Run) -> None:
    result = run("explain", open_draft, "会议费支出")
    assert result.exit_code == 0
    for text in ("内容：", "短语 ", "phrasebanks/", "选用理由"):
        assert text in result.stdout


def test_explain_without_a_question_tells_what_it_was_made_from(open_draft: Path, run: Run) -> None:
    result = run("explain", open_draft)
    assert result.exit_code == 0
    assert "2020年 数据.yaml" in result.stdout
    assert json.loads(run("explain", open_draft, "--json").stdout)["counts"]["unknown"] == 0


def test_explain_says_what_it_does_not_find(open_draft: Path, run: Run) -> None:
    absent = run("explain", open_draft, "98765")
    assert (absent.exit_code, "错误 not-in-draft" in absent.stderr) == (2, True)
    near = run("explain", open_draft, "--figure", "增减率")
    assert (near.exit_code, "会议费.增减率" in near.stderr) == (2, True)


def test_the_manifest_beside_the_draft_answers_where_the_draft_lost_its_own(good: Path, run: Run) -> None:
    manifest = good.with_name("来源.json")
    result = run("draft", good, "--no-controls", "--manifest", manifest)
    assert result.exit_code == 0
    assert f"已写出：{manifest}" in result.stdout or str(manifest) in result.stdout
    lost = run("explain", good.with_suffix(".docx"), "24.59")
    assert (lost.exit_code, "错误 no-manifest" in lost.stderr) == (3, True)
    found = run("explain", good.with_suffix(".docx"), "24.59", "--manifest", manifest)
    assert (found.exit_code, "会议费" in found.stdout) == (0, True)
    assert run("draft", good, "-o", good.with_suffix(".md"), "--manifest", manifest).exit_code == 2, (
        "it would overwrite"
    )
    wrong = run("explain", good.with_suffix(".docx"), "24.59", "--manifest", good)
    assert (wrong.exit_code, "错误 bad-manifest" in wrong.stderr) == (3, True)


@pytest.mark.parametrize("verb", [("check",), ("explain",), ("finish", "-o", "out.docx")])
@pytest.mark.parametrize("content", [b"", b"foreign", b"PK\x03\x04", None], ids=["empty", "text", "cut off", "absent"])
def test_what_is_no_word_file_is_told_as_such(
    verb: tuple[str, ...], content: bytes | None, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "草稿.docx"
    if content is not None:
        path.write_bytes(content)
    result = run(verb[0], path, *verb[1:])
    assert result.exit_code == 3
    assert ("错误 not-word" if content is not None else "错误 file-not-found") in result.stderr
    assert not Path("out.docx").exists()


@pytest.mark.parametrize("name", ["数据.xlsx", "草稿.docx"])
@pytest.mark.parametrize("verb", [("explain",), ("finish", "-o", "out.docx")])
def test_a_workbook_is_never_taken_for_a_draft(verb: tuple[str, ...], name: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / name
    path.write_bytes(book({"收入": (("填写项目", "本年"), ("合计", 5))}))
    result = run(verb[0], path, *verb[1:])
    assert (result.exit_code, "错误 not-word" in result.stderr) == (3, True)
    assert not Path("out.docx").exists()


def test_a_draft_that_is_not_there_is_told_with_the_likely_name(open_draft: Path, run: Run) -> None:
    result = run("explain", open_draft.with_name(f"{open_draft.stem}1.docx"))
    assert (result.exit_code, f"是否为：{open_draft.name}" in result.stderr) == (3, True)


def test_a_draft_is_not_finished_over_itself_and_is_called_no_data_file(open_draft: Path, run: Run) -> None:
    result = run("finish", open_draft, "-o", open_draft, "--allow-open", "--force")
    assert (result.exit_code, "数据文件" in result.stderr) == (2, False)
    assert "错误 output-is-input" in result.stderr


def test_the_words_are_english_too(open_draft: Path, run: Run) -> None:
    result = run("explain", open_draft, "23.75%", lang="en")
    assert "Value before rounding: 23.75440362%" in result.stdout
    refused = run("finish", open_draft, "-o", open_draft.with_name("out.docx"), lang="en")
    assert "fill in the prompts first" in refused.stdout
