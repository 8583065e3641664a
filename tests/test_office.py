"""LibreOffice as a tool: a PDF where it is installed, a clear word where it is not, never a process left behind."""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path

import pytest

from draftgen import office
from draftgen.draft import Draft
from draftgen.errors import ToolError
from draftgen.output import require_tools
from draftgen.pipeline import render
from tests.conftest import missing
from tests.desk import FOLDERS, HEAD, drafted

WORKS = b"%PDF-1.7 made"


def program(folder: Path, script: str) -> Path:
    """A program that stands for LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def code(error: pytest.ExceptionInfo[ToolError]) -> str:
    return error.value.findings[0].code


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return drafted(f"{HEAD}会议费: 3\n", tmp_path)


def test_a_draft_becomes_a_pdf(draft: Draft) -> None:
    if shutil.which("soffice") is None:
        missing("soffice")
    assert render(draft, ".pdf", FOLDERS).startswith(b"%PDF-")


def test_without_libreoffice_it_is_said_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    with pytest.raises(ToolError) as error:
        require_tools(".pdf")
    assert code(error) == "libreoffice-missing"
    assert ".docx" in str(error.value.findings[0].hint)
    require_tools(".docx")


def test_it_has_a_profile_of_its_own_and_leaves_nothing_behind(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    write = f'printf "%s" "{WORKS.decode()}" > "$2/draft.pdf"'
    script = f'echo "$@" > {seen}; while [ "$1" != --outdir ]; do shift; done; {write}'
    assert office.to_pdf(b"x", program=program(tmp_path, script)) == WORKS
    words = seen.read_text("utf-8").split()
    profile = words[0].removeprefix("-env:UserInstallation=file://")
    assert words[0] != profile
    assert "--headless" in words
    assert not Path(profile).parent.exists()


def test_what_libreoffice_says_is_told(tmp_path: Path) -> None:
    with pytest.raises(ToolError) as error:
        office.to_pdf(b"x", program=program(tmp_path, "echo one; echo source file could not be loaded; exit 1"))
    assert code(error) == "libreoffice-failed"
    assert "source file could not be loaded" in error.value.findings[0].message.render("en")


def test_a_program_that_cannot_be_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(ToolError) as error:
        office.to_pdf(b"x", program=tmp_path / "nothing")
    assert code(error) == "libreoffice-failed"


def test_one_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    alive = tmp_path / "pid"
    with pytest.raises(ToolError) as error:
        office.to_pdf(b"x", program=program(tmp_path, f"sleep 60 & echo $! > {alive}; wait"), timeout=1)
    assert code(error) == "libreoffice-timeout"
    child = int(alive.read_text("utf-8"))
    for _ in range(50):
        if not _runs(child):
            return
        time.sleep(0.1)
    pytest.fail("what it started still runs")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or ") Z" not in state.read_text("utf-8")


def test_fonts_are_listed_by_all_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lister = tmp_path / "fc-list"
    program(tmp_path, 'printf "仿宋,FangSong\\nNoto Sans\\n"').rename(lister)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert office.installed_fonts() == frozenset({"仿宋", "FangSong", "Noto Sans"})
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert office.installed_fonts() is None
