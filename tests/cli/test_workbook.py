"""The command line with workbooks: new, check, draft, convert."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from draftgen.figures.canonical import canonical
from draftgen.figures.source import read_source
from tests.cli.conftest import HEAD, ROOT, Run
from tests.workbooks import FRONT, book, saved
from tests.workbooks import HEAD as COLUMNS

CONTRADICTION = ((*COLUMNS[:4], "增减率"), ("会议费", "万元", 24.59, 19.87, "50%"))


@pytest.fixture
def contradicting_book(tmp_path: Path) -> Path:
    return saved(tmp_path, book({"基本信息": (*FRONT, (), *CONTRADICTION)}), "2020年 数据.xlsx")


def test_new_writes_a_workbook_that_check_reads(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert run("new", path, "--kind", "department-performance").exit_code == 0
    result = run("check", path)
    assert result.exit_code == 3
    assert "“基本信息”!C5" in result.output
    assert "必填项“年度”没有填写" in result.output


def test_new_does_not_overwrite_a_workbook(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path, b"mine", "a.xlsx")
    assert run("new", path, "--kind", "department-performance").exit_code == 2
    assert path.read_bytes() == b"mine"
    assert run("new", path, "--kind", "department-performance", "--force").exit_code == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_findings_name_sheet_and_cell_in_both_languages(run: Run, contradicting_book: Path, lang: str) -> None:
    result = run("check", contradicting_book, lang=lang)
    assert result.exit_code == 4
    assert f"{contradicting_book} “基本信息”!E8" in result.output
    assert "“基本信息”!C8" in result.output


def test_json_has_sheet_and_cell_as_fields_of_their_own(run: Run, contradicting_book: Path) -> None:
    result = json.loads(run("check", contradicting_book, "--json").output)
    place = next(f for f in result["findings"] if f["severity"] == "error")["places"][0]
    file = str(contradicting_book)
    assert place == {"file": file, "line": None, "sheet": "基本信息", "cell": "E8", "path": "会议费.增减率"}


def test_draft_takes_a_workbook(run: Run, contradicting_book: Path) -> None:
    assert run("draft", contradicting_book).exit_code == 4
    assert contradicting_book.with_suffix(".docx").exists()
    assert run("draft", contradicting_book, "-o", contradicting_book).exit_code == 2


@pytest.mark.parametrize("ending", [".xlsx", ".yaml", ".json"])
@pytest.mark.parametrize("source", [".xlsx", ".yaml", ".json", ".toml"])
def test_any_format_becomes_any_other(run: Run, tmp_path: Path, source: str, ending: str) -> None:
    text = HEAD + "会议费: {本年: 24.590, 上年: 19.87}\n收入: {其他收入: 010, 合计: 1，234.50万元}\n"
    first = tmp_path / "first.yaml"
    first.write_text(text, "utf-8")
    tree = canonical(read_source(first).tree)
    start = tmp_path / f"start{source}"
    if source == ".toml":
        start.write_text(_toml(yaml.safe_load(text.replace("010", '"010"'))), "utf-8")
        tree["会议费"]["本年"] = "24.59"  # type: ignore[call-overload, index]
    else:
        assert run("convert", first, start).exit_code == 0
    end = tmp_path / f"end{ending}"
    assert run("convert", start, end).exit_code == 0
    assert canonical(read_source(end).tree) == tree


def _toml(content: dict[str, object]) -> str:
    return "\n".join(f"{json.dumps(k)} = {_inline(v)}" for k, v in content.items())


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_inline(v)}" for k, v in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def test_convert_never_overwrites_and_never_writes_over_its_source(run: Run, good: Path) -> None:
    target = saved(good.parent, b"mine", "a.json")
    assert run("convert", good, target).exit_code == 2
    assert target.read_bytes() == b"mine"
    assert run("convert", good, good, "--force").exit_code == 2
    assert run("convert", good, target, "--force").exit_code == 0


def test_convert_says_what_is_not_carried_over(run: Run, good: Path) -> None:
    made = good.with_name("a.xlsx")
    assert "注释没有带过来" in run("convert", good, made).output
    assert "批注、底色和自行增加的列没有带过来" in run("convert", made, good.with_name("b.yaml")).output


def test_convert_refuses_what_it_cannot_read_or_write(run: Run, tmp_path: Path, good: Path) -> None:
    assert run("convert", good, tmp_path / "a.docx").exit_code == 2
    assert run("convert", tmp_path / "none.xlsx", tmp_path / "a.yaml").exit_code == 3
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(HEAD + "收入: {合记: 1}\n", "utf-8")
    assert run("convert", wrong, tmp_path / "a.xlsx").exit_code == 3
    assert not (tmp_path / "a.xlsx").exists()


def test_convert_does_not_mind_values_that_are_not_right_yet(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("报告: 别的报告\n收入: {合计: 很多}\n", "utf-8")
    assert run("convert", wrong, tmp_path / "a.xlsx").exit_code == 0
    assert run("convert", tmp_path / "a.xlsx", tmp_path / "b.yaml").exit_code == 0
    assert (tmp_path / "b.yaml").read_text("utf-8") == "报告: 别的报告\n收入:\n  合计: 很多\n"


def test_an_old_workbook_is_told_what_to_do(run: Run, tmp_path: Path) -> None:
    result = run("check", saved(tmp_path, b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.xls"))
    assert result.exit_code == 3
    assert "另存为.xlsx" in result.output


def imported(path: Path) -> set[str]:
    """The names of the modules that checking a file imports."""
    script = (
        "import sys; from draftgen.cli import front; from draftgen.cli.translation import Translator;"
        f"front(Translator('zh')).main(['check', {str(path)!r}], standalone_mode=False);"
        "print(*sys.modules, file=sys.stderr)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True)
    return set(done.stderr.split())


def test_libraries_for_workbooks_are_imported_where_they_are_needed_alone(good: Path, contradicting_book: Path) -> None:
    assert not {"openpyxl", "draftgen.figures.workbook.reading"} & imported(good)
    assert "draftgen.figures.workbook.reading" in imported(contradicting_book)
    assert "openpyxl" not in imported(contradicting_book)
