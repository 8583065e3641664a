"""``draftgen check``: findings for people, findings for programs, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import GOOD, HEAD, ROOT, Run, process

MALFORMED = {
    "yaml.yaml": b"a: [1, 2",
    "tab.yaml": "单位:\n\t全称: 某某\n".encode(),
    "twice.yaml": (HEAD + "年度: 2021\n").encode(),
    "unknown.yaml": (HEAD + "会义费: 3\n").encode(),
    "wrong.yaml": (HEAD + "会议费: {本年: 三块钱}\n").encode(),
    "year.yaml": HEAD.replace("2020", "二〇二〇零").encode(),
    "missing.yaml": "年度: 2020\n".encode(),
    "list.yaml": b"- 1\n- 2\n",
    "empty.yaml": b"",
    "bytes.yaml": b"\xff\xfe\xfa\x00\x81",
    "control.yaml": b"a: \x00\n",
    "kindless.yaml": HEAD.split("\n", 1)[1].encode(),
    "kind.yaml": HEAD.replace("部门整体支出绩效评价报告", "没有的报告").encode(),
    "deep.yaml": b"[" * 5000,
    "broken.json": b'{"a": 1,}',
    "deep.json": b"[" * 100000,
    "broken.toml": b"a = = 1",
    "data.xyz": GOOD.encode(),
    "data": GOOD.encode(),
}


@pytest.fixture(params=sorted(MALFORMED))
def malformed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name: str = request.param
    path = tmp_path / name
    path.write_bytes(MALFORMED[name])
    return path


def test_a_good_file_has_no_errors(good: Path, run: Run) -> None:
    result = run("check", good)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "错误" not in result.stdout.replace("错误0项", "")


def test_a_finding_shows_its_place_what_it_says_and_what_to_do(contradicting: Path, run: Run) -> None:
    result = run("check", contradicting)
    assert result.exit_code == 4
    assert f"{contradicting}:5  错误 rate-differs\n  " in result.stdout
    assert "50.00%" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("检查结果：错误1项、警告")


def test_a_finding_in_english(contradicting: Path, run: Run) -> None:
    result = run("check", contradicting, lang="en")
    assert result.exit_code == 4
    assert f"{contradicting}:5  error rate-differs\n  " in result.stdout
    assert result.stdout.splitlines()[-1].startswith("Found: 1 error, ")


def test_errors_come_first_and_quiet_leaves_the_rest_out(run: Run) -> None:
    published = Path(__file__).parents[2] / "examples" / "dongchuan-2020" / "as-published.yaml"
    full, quiet = run("check", published), run("check", published, "--quiet")
    order = [line.split("  ")[1].split()[0] for line in full.stdout.splitlines() if ".yaml:" in line]
    assert order == sorted(order, key=["错误", "警告", "提示"].index)
    assert len(set(order)) == 3
    assert full.stdout.startswith(quiet.stdout)
    assert "警告" not in quiet.stdout
    assert full.exit_code == quiet.exit_code == 4


def test_quiet_says_nothing_about_a_good_file(good: Path, run: Run) -> None:
    assert run("check", good, "-q").output == ""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_is_one_object_with_stable_names(contradicting: Path, lang: str, run: Run) -> None:
    result = run("check", contradicting, "--json", lang=lang)
    assert result.exit_code == 4
    content = json.loads(result.stdout)
    assert list(content) == ["command", "file", "kind", "exit_code", "counts", "findings"]
    assert (content["kind"], content["exit_code"]) == ("department-performance", 4)
    assert content["counts"]["error"] == 1
    finding = content["findings"][0]
    assert list(finding) == ["code", "severity", "message", "hint", "places", "found", "expected", "keys"]
    assert (finding["code"], finding["severity"]) == ("rate-differs", "error")
    assert finding["places"][0] == {
        "file": str(contradicting),
        "line": 5,
        "sheet": None,
        "cell": None,
        "path": "会议费.增减率",
    }
    assert ("。" in finding["message"]) is (lang == "zh")


def test_malformed_input_ends_with_findings_and_no_traceback(malformed: Path, run: Run) -> None:
    for lang in ("zh", "en"):
        result = run("check", malformed, lang=lang)
        assert result.exit_code == 3
        assert str(malformed) in result.output
        assert "Traceback" not in result.output
    content = json.loads(run("check", malformed, "--json").stdout)
    assert content["exit_code"] == 3
    assert content["findings"]


def test_malformed_input_gives_no_draft(malformed: Path, run: Run) -> None:
    before = set(malformed.parent.iterdir())
    result = run("draft", malformed, "-o", malformed.parent / "out.docx")
    assert result.exit_code == 3
    assert "Traceback" not in result.output
    assert set(malformed.parent.iterdir()) == before
    content = json.loads(run("draft", malformed, "-o", malformed.parent / "out.docx", "--json").stdout)
    assert (content["exit_code"], content["output"]) == (3, None)


def test_a_file_that_is_not_there_is_told_with_its_nearest(good: Path, run: Run) -> None:
    result = run("check", good.with_name("2020年 数剧.yaml"))
    assert result.exit_code == 3
    assert good.name in result.stdout


@pytest.mark.parametrize("name", [".", "..", "a" * 300])
def test_odd_names_are_not_a_bug(name: str, run: Run) -> None:
    assert run("check", name).exit_code == 3
    assert run("draft", name).exit_code in (2, 3)


def test_a_kind_on_the_command_line_counts_before_that_of_the_file(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "data.yaml"
    path.write_text(HEAD.replace("部门整体支出绩效评价报告", "没有的报告"), "utf-8")
    assert run("check", path, "--kind", "部门整体支出绩效自评报告").exit_code == 0
    assert run("check", path, "--kind", "department-performance").exit_code == 0


def test_an_unknown_kind_on_the_command_line_is_a_usage_error(good: Path, run: Run) -> None:
    result = run("check", good, "--kind", "部门绩效报告")
    assert result.exit_code == 2
    assert "错误 unknown-kind" in result.stderr
    assert "部门整体支出绩效评价报告" in result.stderr


def test_no_colours_and_no_lines_broken_off_the_terminal(contradicting: Path) -> None:
    result = process("check", contradicting, LANG="zh_CN.UTF-8", COLUMNS="40", PYTHONUTF8="1")
    assert result.returncode == 4
    assert b"\x1b" not in result.stdout + result.stderr
    assert any(len(line) > 40 for line in result.stdout.decode().splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals that Python opens")
@pytest.mark.parametrize(("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_on_a_terminal_only(contradicting: Path, environ: dict[str, str], coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "draftgen", "check", str(contradicting)]
    inherited = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    full = inherited | {"PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", **environ}
    subprocess.run(words, env=full, stdout=theirs, check=False, timeout=60)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert b"rate-differs" in shown
    assert (b"\x1b[" in shown) is coloured


def test_a_terminal_that_lacks_characters_ends_nothing(tmp_path: Path) -> None:
    path = tmp_path / "数据 🎉é.yaml"
    path.write_text(HEAD + "会议费: {本年: 24.59, 上年: 19.87, 增减率: 50%}\n", "utf-8")
    for encoding in ("gbk", "ascii"):
        result = process("check", path, LANG="zh_CN", PYTHONIOENCODING=encoding)
        assert result.returncode == 4
        assert b"Traceback" not in result.stderr
    assert "错误 rate-differs" in process("check", path, LANG="zh_CN", PYTHONIOENCODING="gbk").stdout.decode("gbk")


def test_json_is_valid_in_any_encoding(tmp_path: Path) -> None:
    path = tmp_path / "数据 🎉.yaml"
    path.write_text(GOOD, "utf-8")
    for encoding in ("gbk", "ascii", "utf-8"):
        result = process("check", path, "--json", PYTHONIOENCODING=encoding)
        assert json.loads(result.stdout)["file"] == str(path)
