"""``draftgen draft``: what it writes, what it refuses to write, what it says."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from draftgen.draft import Draft, Gap, Heading, Paragraph, Properties, Sentence, Text, Title
from draftgen.errors import NoPhraseError, PhrasebankError, TemplateError
from draftgen.findings import Localised, Place

from .conftest import Run


def stub(*args: object, **options: object) -> Draft:
    """A draft with two open prompts."""
    reason = Gap("会议费增加的主要原因", "reason", "会议费.原因", "Q01", ("新增专项会议", "参会人数增加"))
    return Draft(
        Properties("标题", "作者"),
        (
            Title(((Text("某某区"),), (Text("评价报告"),))),
            Paragraph((Sentence((Gap("单位简介", "narrative"),)),)),
            Heading(1, "一、", (Text("会议费"),)),
            Paragraph((Sentence((Text("主要原因是"), reason, Text("。"))),)),
        ),
    )


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("draftgen.cli.draft.compose", stub)


def files(folder: Path) -> dict[str, bytes]:
    """What a folder holds."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.mark.parametrize("ending", [".docx", ".txt", ".md", ".DOCX"])
def test_the_real_thing_is_written_by_its_ending(good: Path, ending: str, run: Run) -> None:
    out = good.parent / f"文稿 一{ending}"
    result = run("draft", good, "-o", out)
    assert result.exit_code == 0, result.output
    assert f"已写入：{out}" in result.stdout
    if ending.lower() == ".docx":
        assert "word/document.xml" in zipfile.ZipFile(out).namelist()
    else:
        assert "24.59" in out.read_text("utf-8")


def test_without_a_name_the_draft_stands_beside_the_data(good: Path, run: Run) -> None:
    assert run("draft", good).exit_code == 0
    assert zipfile.is_zipfile(good.with_suffix(".docx"))


def test_the_same_input_gives_the_same_bytes_in_both_languages(contradicting: Path, run: Run) -> None:
    one, two = contradicting.with_name("1.docx"), contradicting.with_name("2.docx")
    run("draft", contradicting, "-o", one, lang="zh")
    run("draft", contradicting, "-o", two, lang="en")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.usefixtures("stubbed")
def test_open_prompts_are_listed_where_they_stand(good: Path, run: Run) -> None:
    result = run("draft", good)
    assert "需要手工填写的内容共2处：" in result.stdout
    assert "  某某区评价报告\n     1. 单位简介\n  一、会议费\n     2. 会议费增加的主要原因\n" in result.stdout
    assert "可选：新增专项会议；参会人数增加" in result.stdout
    assert "2 places to fill in by hand:" in run("draft", good, "--force", lang="en").stdout


@pytest.mark.usefixtures("stubbed")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_holds_all_that_is_said(contradicting: Path, lang: str, run: Run) -> None:
    result = run("draft", contradicting, "--json", "--seed", "7", lang=lang)
    content = json.loads(result.stdout)
    names = ["command", "file", "kind", "exit_code", "counts", "findings", "seed", "output", "manifest", "prompts"]
    assert list(content) == names
    assert content["output"] == str(contradicting.with_suffix(".docx"))
    assert (content["exit_code"], content["seed"]) == (4, 7)
    assert content["prompts"][1] == {
        "number": 2,
        "prompt": "会议费增加的主要原因",
        "where": "一、会议费",
        "kind": "reason",
        "key": "会议费.原因",
        "rule": "Q01",
        "options": ["新增专项会议", "参会人数增加"],
    }


def test_errors_do_not_stop_a_draft(contradicting: Path, run: Run) -> None:
    result = run("draft", contradicting)
    assert result.exit_code == 4
    assert "错误 rate-differs" in result.stdout
    assert "已逐处加注批注" in result.stdout
    assert contradicting.with_suffix(".docx").exists()
    text = run("draft", contradicting, "-o", contradicting.with_suffix(".txt"))
    assert text.exit_code == 4
    assert "批注" not in text.stdout


def test_with_strict_errors_stop_it(contradicting: Path, run: Run) -> None:
    before = files(contradicting.parent)
    result = run("draft", contradicting, "--strict")
    assert result.exit_code == 4
    assert "没有写入文件" in result.stdout
    assert json.loads(run("draft", contradicting, "--strict", "--json").stdout)["output"] is None
    assert files(contradicting.parent) == before


@pytest.mark.usefixtures("stubbed")
def test_open_prompts_do_not_stop_it_with_strict(good: Path, run: Run) -> None:
    assert run("draft", good, "--strict").exit_code == 0
    assert good.with_suffix(".docx").exists()


@pytest.mark.usefixtures("stubbed")
def test_an_existing_file_is_not_overwritten_without_force(good: Path, run: Run) -> None:
    out = good.with_suffix(".docx")
    out.write_bytes(b"edited by hand")
    for lang, hint in (("zh", "如确需覆盖，请加 --force"), ("en", "overwrite it with --force")):
        result = run("draft", good, lang=lang)
        assert result.exit_code == 2
        assert "file-exists" in result.stderr
        assert hint in result.stderr
        assert out.read_bytes() == b"edited by hand"
    assert run("draft", good, "--force").exit_code == 0
    assert zipfile.is_zipfile(out)


@pytest.mark.parametrize("link", ["same", "hard link", "symbolic link"])
def test_the_data_file_is_never_overwritten(link: str, good: Path, run: Run) -> None:
    data, out = good.with_name("data.txt"), good.with_name("out.txt")
    data.write_bytes(good.read_bytes())
    if link == "hard link":
        out.hardlink_to(data)
    elif link == "symbolic link":
        out.symlink_to(data)
    else:
        out = data
    before = files(good.parent)
    result = run("draft", data, "-o", out, "--force")
    assert result.exit_code == 2
    assert "output-is-input" in result.stderr
    assert files(good.parent) == before


@pytest.mark.parametrize(
    ("out", "code", "words"),
    [
        ("out.odt", "unknown-ending", ".docx、.pdf、.txt、.md"),
        ("out", "unknown-ending", ".docx、.pdf、.txt、.md"),
        ("missing/out.docx", "folder-missing", "missing”不存在"),
        ("folder.docx", "is-a-directory", "这是文件夹"),
        ("2020年 数据.yaml/out.docx", "folder-missing", "不存在"),
        ("长" * 200 + ".docx", "cannot-write", "无法写入文件"),
    ],
)
def test_an_output_that_cannot_be_written_is_refused(out: str, code: str, words: str, good: Path, run: Run) -> None:
    (good.parent / "folder.docx").mkdir()
    before = files(good.parent)
    result = run("draft", good, "-o", good.parent / out)
    assert result.exit_code == 2
    assert f"错误 {code}" in result.stderr
    assert words in result.stderr
    assert files(good.parent) == before


@pytest.mark.usefixtures("stubbed")
@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (PermissionError(13, "Permission denied"), "not-writable", "如果文件正在 Word 或 WPS 中打开，请关闭后重新运行"),
        (OSError(28, "No space left on device"), "cannot-write", "No space left on device"),
    ],
)
def test_a_write_that_fails_leaves_everything_as_it_was(
    error: OSError, code: str, words: str, good: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    good.with_suffix(".docx").write_bytes(b"old")
    before = files(good.parent)

    def refuse(self: Path, target: Path) -> Path:
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    result = run("draft", good, "--force")
    assert result.exit_code == 2
    assert f"错误 {code}" in result.stderr
    assert words in result.stderr
    assert files(good.parent) == before


@pytest.mark.parametrize(
    ("kind", "exit_code"), [(PhrasebankError, 5), (NoPhraseError, 5), (TemplateError, 6), (KeyError, 1)]
)
def test_what_is_no_fault_of_the_data_has_its_own_exit_code(
    kind: type[Exception], exit_code: int, good: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> Draft:
        if issubclass(kind, PhrasebankError | TemplateError):
            raise kind.because("odd", Localised("Odd.", "有误。"), places=[Place("change.yaml", 3)])
        raise kind("amount")

    monkeypatch.setattr("draftgen.cli.draft.compose", fail)
    before = files(good.parent)
    result = run("draft", good)
    assert result.exit_code == exit_code
    assert result.stdout == ""
    if exit_code != 1:
        assert result.stderr == "change.yaml:3  错误 odd\n  有误。\n"
        assert json.loads(run("draft", good, "--json").stdout)["exit_code"] == exit_code
    assert files(good.parent) == before


def test_a_bug_is_called_a_bug(good: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> Draft:
        raise KeyError("amount")

    monkeypatch.setattr("draftgen.cli.draft.compose", fail)
    result = run("draft", good)
    assert result.exit_code == 1
    assert "内部错误" in result.stderr
    assert "KeyError: 'amount'" in result.stderr
    assert "DRAFTGEN_DEBUG=1" in result.stderr
    monkeypatch.setenv("DRAFTGEN_DEBUG", "1")
    assert isinstance(run("draft", good).exception, KeyError)
    assert run("draft", good.with_name("none.yaml")).exit_code == 3


def test_an_interruption_is_not_a_bug(good: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*args: object, **options: object) -> Draft:
        raise KeyboardInterrupt

    monkeypatch.setattr("draftgen.cli.draft.compose", stop)
    result = run("draft", good)
    assert result.exit_code == 130
    assert "已中断。" in result.stderr
