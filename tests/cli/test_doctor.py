"""The doctor: tells what is there and what is missing, and fails only for what draftgen cannot do without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from draftgen import diagnosis
from draftgen.pipeline import folders

from .conftest import Run


def states(run: Run) -> dict[str, str]:
    return {c["code"]: c["state"] for c in json.loads(run("doctor", "--json").stdout)["checks"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_that_draftgen_works_with_is_told(lang: str, run: Run) -> None:
    result = run("doctor", lang=lang)
    assert result.exit_code == 0, result.output
    for words in (
        "Python",
        "pydantic",
        "python-docx",
        "LibreOffice",
        "GB2312",
        "Windows",
        "方正",
        str(folders().templates),
    ):
        assert words in result.stdout
    lines = result.stdout.splitlines()
    assert all(
        line.startswith(("正常", "缺少", "异常", "不明", "fine", "missing", "broken", "unknown")) for line in lines
    )


def test_json_has_a_code_and_a_state_for_each(run: Run) -> None:
    content = json.loads(run("doctor", "--json").stdout)
    assert list(content) == ["command", "exit_code", "checks"]
    found = {c["code"]: c["state"] for c in content["checks"]}
    assert {"python", "library.click", "kinds", "kinds.own", "phrases", "cache", "libreoffice", "fonts.GB2312"} <= set(
        found
    )
    assert all(found[name] == "ok" for name in ("python", "library.pyyaml", "kinds", "phrases"))
    assert all(list(c) == ["code", "state", "text"] for c in content["checks"])


def test_what_only_pdf_needs_is_no_failure(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "find_libreoffice", lambda: None)
    monkeypatch.setattr(diagnosis, "installed_fonts", lambda: frozenset({"宋体"}))
    found = states(run)
    assert (found["libreoffice"], found["fonts.GB2312"]) == ("missing", "missing")
    result = run("doctor")
    assert result.exit_code == 0
    assert "仿宋_GB2312" in result.stdout
    monkeypatch.setattr(diagnosis, "installed_fonts", lambda: None)
    assert states(run)["fonts.GB2312"] == "unknown"


def test_a_library_that_is_missing_or_too_old_is_a_failure(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "_required", lambda: [("nothing-of-this-name", "1"), ("click", "999")])
    found = states(run)
    assert (found["library.nothing-of-this-name"], found["library.click"]) == ("missing", "broken")
    assert run("doctor").exit_code == 1


def test_a_kind_that_is_broken_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "outline.yaml").write_text("id: own\n", "utf-8")
    monkeypatch.setenv("DRAFTGEN_KINDS", str(tmp_path))
    result = run("doctor")
    assert result.exit_code == 6
    assert "outline.yaml" in result.stdout


def test_a_cache_folder_that_cannot_be_written_only_slows_down(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert states(run)["cache"] == "broken"
    assert run("doctor").exit_code == 0
