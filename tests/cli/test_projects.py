"""``draft`` of a kind about several projects: all in one, one of them, one file for each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from draftgen.word.text import plain_text
from tests.cli.conftest import Run

TWO = """报告: 项目支出绩效自评报告
年度: 2023
金额单位: 万元
单位: {全称: 某某县某某局, 简称: 某某局}
绩效目标:
  项目:
    - {名称: 农民/培训, 金额: 10}
    - {名称: 检测, 金额: 20}
"""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "项目.yaml"
    path.write_text(TWO, "utf-8")
    return path


@pytest.mark.parametrize("how", [["-o", "out/"], ["--each", "-o", "out"], ["--each"]])
def test_every_project_gets_a_file_of_its_own(how: list[str], two: Path, run: Run) -> None:
    out = [str(two.parent / a) if a.startswith("out") else a for a in how]
    out = [f"{a}/" if how[1:] == ["out/"] and a.endswith("out") else a for a in out]
    result = run("draft", two, *out)
    assert result.exit_code == 0, result.output
    folder = two.parent / ("out" if "-o" in how else "项目")
    assert sorted(p.name for p in folder.iterdir()) == ["农民_培训.docx", "检测.docx"]
    assert "（检测）" in plain_text((folder / "检测.docx").read_bytes())


def test_the_report_of_one_project(two: Path, run: Run) -> None:
    out = two.with_suffix(".txt")
    assert run("draft", two, "--project", "检测", "-o", out).exit_code == 0
    assert "农民/培训" not in out.read_text("utf-8")


def test_all_projects_in_one_report(two: Path, run: Run) -> None:
    out = two.with_suffix(".txt")
    assert run("draft", two, "-o", out).exit_code == 0
    text = out.read_text("utf-8")
    assert "第二部分\u3000农民/培训" in text
    assert "第三部分\u3000检测" in text


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--project", "检"], "unknown-project", "是否为“检测”"),
        (["--project", "道路"], "unknown-project", "农民/培训、检测"),
        (["--each", "-o", "out.docx"], "is-a-file-name", "文件夹"),
        (["-o", "no/out/"], "folder-missing", "不存在"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_written(
    words: list[str], code: str, told: str, two: Path, run: Run
) -> None:
    before = sorted(two.parent.rglob("*"))
    result = run("draft", two, *[str(two.parent / w) + "/" * w.endswith("/") if "out" in w else w for w in words])
    assert result.exit_code == 2, result.output
    assert f"错误 {code}" in result.stderr
    assert told in result.stderr
    assert sorted(two.parent.rglob("*")) == before


def test_another_kind_cannot_be_split(good: Path, run: Run) -> None:
    for words in (["--each"], ["--project", "甲"]):
        result = run("draft", good, *words)
        assert result.exit_code == 2
        assert "错误 no-items" in result.stderr


def test_a_file_that_a_person_may_have_edited_is_not_overwritten(two: Path, run: Run) -> None:
    assert run("draft", two, "--each").exit_code == 0
    (two.parent / "项目" / "检测.docx").write_bytes(b"mine")
    again = run("draft", two, "--each")
    assert again.exit_code == 2
    assert "错误 file-exists" in again.stderr
    assert (two.parent / "项目" / "检测.docx").read_bytes() == b"mine"
    assert run("draft", two, "--each", "--force").exit_code == 0


def test_json_lists_the_files(two: Path, run: Run) -> None:
    content = json.loads(run("draft", two, "--each", "--json").stdout)
    assert [Path(o["output"]).name for o in content["outputs"]] == ["农民_培训.docx", "检测.docx"]
    assert all(o["prompts"] for o in content["outputs"])


@pytest.mark.parametrize("words", [["--each"], ["--project", "甲"]])
def test_without_projects_there_is_nothing_to_split(words: list[str], two: Path, run: Run) -> None:
    two.write_text(TWO.partition("绩效目标")[0], "utf-8")
    result = run("draft", two, *words)
    assert result.exit_code == 2
    assert "错误 no-projects" in result.stderr
    assert run("draft", two, "-o", two.with_suffix(".txt")).exit_code == 0
    assert "数据文件中没有填写项目" in two.with_suffix(".txt").read_text("utf-8")


def test_a_project_named_twice_is_an_error_and_loses_no_file(two: Path, run: Run) -> None:
    two.write_text(TWO.replace("农民/培训", "检测"), "utf-8")
    result = run("draft", two, "--each")
    assert result.exit_code == 4
    assert "project-twice" in result.stdout
    assert sorted(p.name for p in (two.parent / "项目").iterdir()) == ["检测.docx", "检测（2）.docx"]
