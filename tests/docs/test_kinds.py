"""The walk of docs/kinds.md makes a kind of one's own without Python: every file written, every command run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.desk import ROOT
from tests.docs.test_readme import draftgen

WALKS = ("docs/kinds.md", "docs/kinds.zh-CN.md")
BLOCK = re.compile(r"(?s)```(sh|yaml|text)\n(.*?)```")


@pytest.mark.parametrize("name", WALKS)
def test_the_walk_gives_what_it_says(name: str, tmp_path: Path) -> None:
    told: list[str] = []
    for language, block in BLOCK.findall((ROOT / name).read_text("utf-8")):
        if language == "yaml":
            path = tmp_path / re.match(r"# (\S+)", block)[1]  # type: ignore[index]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block, "utf-8")
        elif language == "sh":
            for command in block.splitlines():
                result = draftgen(command, tmp_path)
                assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
        else:
            told += block.split()
    draft = (tmp_path / "data.txt").read_text("utf-8")
    assert told
    assert all(words in draft for words in told), draft


def test_the_copied_kind_drafts_what_its_model_drafts_but_for_its_thresholds(tmp_path: Path) -> None:
    example = ROOT / "examples" / "dongchuan-2020" / "report.yaml"
    (tmp_path / "report.yaml").write_bytes(example.read_bytes())
    made = draftgen("draftgen kinds --copy department-performance --to kinds/our-report --name 我区的报告", tmp_path)
    assert made.returncode == 0, made.stderr
    for kind in ("department-performance", "我区的报告"):
        result = draftgen(f"draftgen draft report.yaml --kind {kind} -o {kind}.txt", tmp_path)
        assert result.returncode == 0, result.stderr
    assert (tmp_path / "我区的报告.txt").read_bytes() == (tmp_path / "department-performance.txt").read_bytes()


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ("--copy department-performance", 2, "--to"),
        ("--copy department-performance --to 决算 --name 甲", 2, "决算"),
        ("--copy nothing --to kinds/own --name 甲", 2, "nothing"),
        ("--copy department-performance --to taken --name 甲", 2, "taken"),
    ],
)
def test_what_is_wrong_with_a_copy_is_told(options: str, code: int, told: str, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    result = draftgen(f"draftgen --lang zh kinds {options}", tmp_path)
    assert result.returncode == code
    assert told in result.stderr
    assert not (tmp_path / "kinds" / "own").exists()
