"""LibreOffice where it is installed: a Word file as PDF. And which fonts the machine has."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from draftgen.errors import DraftgenError, ToolError
from draftgen.findings import Localised

TIMEOUT = 180  # seconds for one file; a report takes two to five
_NAMES = ("soffice", "libreoffice")
_USUAL = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)


def find_libreoffice() -> Path | None:
    """Return the program of LibreOffice, None where it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is not None:
        return Path(found)
    return next((usual for name in _USUAL if (usual := Path(name)).is_file()), None)


def require_libreoffice() -> Path:
    """Return the program of LibreOffice.

    Raises:
        ToolError: it is not installed.
    """
    program = find_libreoffice()
    if program is None:
        raise ToolError.because(
            "libreoffice-missing",
            Localised(
                "A PDF is made by LibreOffice, which was not found on this machine.",
                "生成 PDF 需要 LibreOffice，本机没有找到。",
            ),
            hint=Localised(
                "Install it, or write a .docx and save it as PDF in Word or WPS.",
                "请安装 LibreOffice；也可以先生成 .docx，再用 Word 或 WPS 另存为 PDF。",
            ),
        )
    return program


def version_of(program: Path, *, timeout: int = 60) -> str:
    """Return what the program says of its version, empty if it does not say."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=timeout, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return " ".join(done.stdout.split()[:2])


def to_pdf(data: bytes, *, program: Path | None = None, timeout: int = TIMEOUT) -> bytes:
    """Return a .docx file as PDF. LibreOffice runs with a profile of its own, so that an open one is not disturbed.

    Raises:
        ToolError: LibreOffice is not installed, takes longer than ``timeout`` seconds, or gives no file.
    """
    program = program or require_libreoffice()
    with tempfile.TemporaryDirectory(prefix="draftgen-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "draft.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        words = [str(program), profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", name]
        told = _run([*words, str(folder / "draft.docx")], folder / "told.txt", timeout)
        made = folder / "draft.pdf"
        if not made.is_file():
            raise _failed(told)
        return made.read_bytes()


def _run(words: Sequence[str], told: Path, timeout: int) -> str:
    """Run a program to its end and return what it said; what it started ends with it."""
    with told.open("wb") as out:
        try:
            process = subprocess.Popen(words, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True)
        except OSError as error:
            raise _failed(error.strerror or type(error).__name__) from error
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            _end(process)
            values = {"seconds": timeout}
            raise ToolError.because(
                "libreoffice-timeout",
                Localised(
                    "LibreOffice did not finish within {seconds} seconds.",
                    "LibreOffice 在{seconds}秒内没有完成转换。",
                    values,
                ),
                hint=Localised("Write a .docx instead.", "请改为生成 .docx。"),
            ) from None
    return told.read_bytes().decode("utf-8", "replace").strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with what it started: LibreOffice's first process only waits for another."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:  # Windows has no groups to end
        process.kill()
    process.wait()


def _failed(told: str) -> DraftgenError:
    lines = told.splitlines()
    return ToolError.because(
        "libreoffice-failed",
        Localised(
            "LibreOffice could not make a PDF: {told}",
            "LibreOffice 没有生成 PDF：{told}",
            {"told": lines[-1] if lines else "-"},
        ),
        hint=Localised(
            "draftgen doctor tells more; or write a .docx instead.",
            "可运行 draftgen doctor 检查；也可以改为生成 .docx。",
        ),
    )


def installed_fonts(*, timeout: int = 60) -> frozenset[str] | None:
    """Return the names of the fonts on this machine, None where nothing can list them."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        done = subprocess.run([program, ":", "family"], capture_output=True, timeout=timeout, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    names = (name.strip() for line in done.stdout.decode("utf-8", "replace").splitlines() for name in line.split(","))
    return frozenset(name.replace("\\-", "-") for name in names if name)
