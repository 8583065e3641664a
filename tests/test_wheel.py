"""What is installed is what stands here: the wheel holds every phrasebank and template, and nothing of the tests."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.desk import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def files(folder: str) -> set[str]:
    return {
        str(p.relative_to(ROOT)) for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts
    }


@pytest.mark.parametrize("folder", ["phrasebanks", "templates"])
def test_the_wheel_holds_the_data_folders_file_by_file(folder: str, wheel: zipfile.ZipFile) -> None:
    inside = {n.removeprefix("draftgen/") for n in wheel.namelist() if n.startswith(f"draftgen/{folder}/")}
    assert inside == files(folder)
    for name in inside:
        assert wheel.read(f"draftgen/{name}") == (ROOT / name).read_bytes()


def test_the_wheel_holds_the_catalogue_and_the_type_marker(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "draftgen/py.typed" in names
    assert any(n.endswith("zh_CN/LC_MESSAGES/draftgen.mo") for n in names)
    assert not [n for n in names if n.startswith(("tests/", "examples/", "bench/"))]


def test_the_installed_wheel_drafts_the_example(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """Run from the unpacked wheel, far from the checkout, so that only what is packed is found."""
    wheel.extractall(tmp_path / "site")
    data = tmp_path / "report.yaml"
    data.write_bytes((ROOT / "examples" / "dongchuan-2020" / "report.yaml").read_bytes())
    command = [sys.executable, "-m", "draftgen", "draft", str(data), "-o", str(tmp_path / "out.docx")]
    env = {"PYTHONPATH": str(tmp_path / "site"), "PATH": "", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    result = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert (tmp_path / "out.docx").stat().st_size > 10_000
