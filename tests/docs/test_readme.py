"""The documents tell what is so: every command of the READMEs runs, every table agrees with the code."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from draftgen import errors
from tests.desk import ROOT

READMES = ("README.md", "README.zh-CN.md")
PYTHON = sys.executable


def blocks(name: str, language: str = "sh") -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    return [re.sub(r"(?m)^ {3}", "", b).strip() for b in re.findall(rf"(?s)```{language}\n(.*?)```", text)]


def prose(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands(name: str) -> list[str]:
    """The draftgen commands of a README, without the installation before them."""
    lines = [line for block in blocks(name) for line in block.splitlines()]
    found = [re.search(r"(?:\.venv/bin/)?draftgen (?!/).*", line.split("&&")[-1].strip()) for line in lines]
    inline = re.findall(r"`(draftgen (?:draft|check|new|schema)[^`]*\.(?:yaml|docx|json))`", prose(name))
    return [m[0].removeprefix(".venv/bin/") for m in found if m] + inline


@pytest.mark.parametrize("name", READMES)
def test_the_commands_of_the_readme_run_in_their_order(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    run = commands(name)
    assert len(run) >= 5
    for command in run:
        result = draftgen(command, tmp_path)
        # 3: the empty data file of `new` is checked before anybody filled it in; 4: the figures as once published,
        # 7: the draft has prompts that are still open
        assert result.returncode in (0, 3, 4, 7), f"{command}\n{result.stdout}\n{result.stderr}"
        assert "Traceback" not in result.stderr
    assert (tmp_path / "report.docx").exists()


def draftgen(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [PYTHON, "-m", *words],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_first_command_drafts_the_example_without_an_error(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    result = draftgen(commands("README.md")[0], tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert (tmp_path / "report.docx").stat().st_size > 10_000


@pytest.mark.parametrize("name", READMES)
def test_the_exit_codes_of_the_readme_are_those_of_the_errors(name: str) -> None:
    told = {int(code) for code in re.findall(r"(?m)^\| (\d) \|", prose(name))}
    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.DraftgenError)]
    assert told == {0, 2} | {c.exit_code for c in classes}


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    script = blocks("README.md", "python")[0]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([PYTHON, "-c", script], cwd=tmp_path, env=env, check=True, timeout=120)
    assert (tmp_path / "report.docx").exists()


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "<!-- tests -->" in prose("README.md")
    assert "<!-- tests -->" in ci
    assert any("pytest" in block for block in blocks("README.md"))


@pytest.mark.parametrize("name", READMES)
def test_every_link_of_the_readme_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\((?!http)([^)]+)\)", prose(name)):
        assert (ROOT / target).exists(), target


def test_every_command_is_documented_in_both_readmes() -> None:
    verbs = {p.stem for p in (ROOT / "src" / "draftgen" / "cli").glob("*.py")} & {
        "draft",
        "check",
        "new",
        "kinds",
        "schema",
        "convert",
        "explain",
        "finish",
    }
    assert len(verbs) == 8
    for name in READMES:
        assert all(f"`draftgen {verb}" in prose(name) for verb in verbs), name


def test_the_changelog_has_the_version_and_a_heading_for_wording() -> None:
    version = re.search(r'(?m)^version = "(.*)"', prose("pyproject.toml"))
    assert version is not None
    assert f"## {version[1]}" in prose("CHANGELOG.md")
    assert "### Wording" in prose("CHANGELOG.md")
