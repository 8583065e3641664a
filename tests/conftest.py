"""The tools that stand outside Python: the Open XML SDK validator and LibreOffice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

TOOLS = Path(__file__).parents[1] / ".tools"
ADVICE = "run .ci/tools.sh"


class Validate(Protocol):
    """The validator: bytes of a file of this ending to messages."""

    def __call__(self, data: bytes, ending: str = ".docx") -> list[str]: ...


Pages = tuple[str, ...]


class ToPages(Protocol):
    """LibreOffice: bytes of a file of this ending to the text of each page."""

    def __call__(self, data: bytes, ending: str = ".docx") -> Pages: ...


def missing(what: str) -> None:
    """Fail in CI, where nothing may be left out; elsewhere skip and say why."""
    message = f"{what} is not installed: {ADVICE}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(autouse=True)
def no_phrases_of_this_desk(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Phrases that whoever runs the tests keeps for own reports are no part of the tests."""
    monkeypatch.delenv("DRAFTGEN_PHRASES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "no-phrases"))


@pytest.fixture(scope="session")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Validate:
    """The Open XML SDK validator: bytes of a .docx or .xlsx file to messages."""
    program = TOOLS / "validator" / "node_modules" / ".bin" / "ooxml-validator"
    if not program.exists():
        missing("the Open XML SDK validator")
    folder = tmp_path_factory.mktemp("validator")

    def run(data: bytes, ending: str = ".docx") -> list[str]:
        file = folder / f"file{ending}"
        file.write_bytes(data)
        done = subprocess.run([program, file], capture_output=True, text=True, check=False)
        report = json.loads(done.stdout)
        assert report["ok"] == (not report["errors"])
        return [json.dumps(error, ensure_ascii=False) for error in report["errors"]]

    return run


@pytest.fixture(scope="session")
def through_office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """LibreOffice: .docx bytes opened and saved again as .docx."""
    if shutil.which("soffice") is None:
        missing("soffice")

    def run(data: bytes) -> bytes:
        folder = tmp_path_factory.mktemp("office")
        (folder / "draft.docx").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        kind = "docx:MS Word 2007 XML"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder / "out", folder / "draft.docx"],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return (folder / "out" / "draft.docx").read_bytes()

    return run


@pytest.fixture(scope="session")
def to_pages(tmp_path_factory: pytest.TempPathFactory) -> ToPages:
    """LibreOffice and pdftotext: bytes of a file to the text of each page, laid out as on paper."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            missing(program)
    fonts = TOOLS / "fonts" / "fonts.conf"
    if not fonts.exists():
        missing("the Fandol fonts")

    def run(data: bytes, ending: str = ".docx") -> Pages:
        folder = tmp_path_factory.mktemp("pages")
        (folder / f"draft{ending}").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / f"draft{ending}"],
            check=True,
            capture_output=True,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
            timeout=180,
        )
        done = subprocess.run(["pdftotext", "-layout", folder / "draft.pdf", "-"], capture_output=True, check=True)
        return tuple(done.stdout.decode().split("\f")[:-1])

    return run


@pytest.fixture(scope="session")
def to_xlsx(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """LibreOffice: a workbook opened and saved by another program."""
    if shutil.which("soffice") is None:
        missing("soffice")

    def run(data: bytes) -> bytes:
        folder = tmp_path_factory.mktemp("saved")
        (folder / "book.xlsx").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        words = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
        subprocess.run([*words, str(folder / "book.xlsx")], check=True, capture_output=True, timeout=180)
        return (folder / "out" / "book.xlsx").read_bytes()

    return run
