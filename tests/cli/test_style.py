"""The Word style as a file, and drafts in a style of one's own."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest

from .conftest import Run


@pytest.mark.parametrize("fonts", ["GB2312", "Windows", "方正"])
def test_the_export_is_taken_back_without_a_finding(fonts: str, good: Path, run: Run) -> None:
    style, out = good.with_name("样式 一.docx"), good.with_name("out.docx")
    assert run("style", "export", style, "--fonts", fonts).exit_code == 0
    result = run("draft", good, "-o", out, "--style", style)
    assert result.exit_code == 0, result.output
    assert "style-" not in result.output
    assert zipfile.is_zipfile(out)


def test_what_the_style_file_lacks_is_a_note_and_no_failure(good: Path, run: Run) -> None:
    style, out = good.with_name("plain.docx"), good.with_name("out.docx")
    docx.Document().save(str(style))
    result = run("draft", good, "-o", out, "--style", style, "--json")
    assert result.exit_code == 0
    told = [f for f in json.loads(result.stdout)["findings"] if f["code"] == "style-added"]
    assert [f["severity"] for f in told] == ["note"]
    assert out.exists()


def test_a_style_file_that_cannot_be_read_gives_no_draft(good: Path, run: Run) -> None:
    for style in (good, good.with_name("none.docx")):
        result = run("draft", good, "-o", good.with_name("out.docx"), "--style", style)
        assert result.exit_code == 6
        assert "style-unreadable" in result.stderr
    assert not good.with_name("out.docx").exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["import", "a.docx"], "没有“import”这个操作"),
        (["export", "a.docx", "--fonts", "x"], "“x”不在"),
        (["export", "a.txt"], "unknown-ending"),
    ],
)
def test_export_refuses(args: list[str], words: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("style", *args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not list(tmp_path.iterdir())


def test_an_exported_style_that_was_worked_on_is_not_overwritten(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "my.docx"
    path.write_bytes(b"mine")
    assert run("style", "export", path).exit_code == 2
    assert path.read_bytes() == b"mine"
    assert run("style", "export", path, "--force").exit_code == 0
