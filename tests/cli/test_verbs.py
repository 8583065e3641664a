"""The small verbs, and what starting costs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from draftgen._resources import own_version
from draftgen.kinds import outlines
from draftgen.pipeline import folders

from .conftest import ROOT, Run, process

KINDS = outlines(folders().templates)
HEAVY = {"jinja2", "pydantic", "docx", "yaml", "lxml", "rich", "platformdirs"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
@pytest.mark.parametrize("name", ["a.yaml", "新 建.yml"])
def test_new_writes_a_form_that_check_understands(kind: object, name: str, tmp_path: Path, run: Run) -> None:
    outline = next(k for k in KINDS if k == kind)
    path = tmp_path / name
    result = run("new", path, "--kind", outline.id)
    assert result.exit_code == 0, result.output
    assert f"报告: {outline.name_zh}" in path.read_text("utf-8")
    assert f"draftgen check {path}" in result.stdout.replace('"', "")
    assert ('"' in result.stdout) is (" " in name)
    checked = run("check", path, "--json")
    assert checked.exit_code == 3
    assert {f["code"] for f in json.loads(checked.stdout)["findings"]} == {"missing-key"}


def test_new_takes_the_chinese_name_of_a_kind(tmp_path: Path, run: Run) -> None:
    result = run("new", tmp_path / "a.yaml", "--kind", "部门整体支出绩效自评报告", lang="en")
    assert result.exit_code == 0
    assert "Next: fill it in, then run  draftgen check" in result.stdout


def test_new_does_not_overwrite_without_force(good: Path, run: Run) -> None:
    before = good.read_bytes()
    result = run("new", good, "--kind", "department-performance")
    assert result.exit_code == 2
    assert "file-exists" in result.stderr
    assert good.read_bytes() == before
    assert run("new", good, "--kind", "department-performance", "--force").exit_code == 0
    assert good.read_bytes() != before


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["a.yaml"], "kind-missing"),
        (["a.yaml", "--kind", "x"], "unknown-kind"),
        (["a.docx", "--kind", "department-performance"], "unknown-ending"),
        (["no/a.yaml", "--kind", "department-performance"], "folder-missing"),
    ],
)
def test_new_refuses(args: list[str], code: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for lang in ("zh", "en"):
        result = run("new", *args, lang=lang)
        assert result.exit_code == 2
        assert code in result.stderr
    assert not list(tmp_path.iterdir())


def test_new_names_the_kinds_when_none_is_given(run: Run) -> None:
    assert "部门整体支出绩效评价报告" in run("new", "a.yaml").stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_kinds_lists_every_kind_with_its_names(lang: str, run: Run) -> None:
    result = run("kinds", lang=lang)
    assert result.exit_code == 0
    for kind in KINDS:
        assert kind.id in result.stdout
        assert kind.name_zh in result.stdout
        assert (kind.name_en in result.stdout) is (lang == "en")
    content = json.loads(run("kinds", "--json", lang=lang).stdout)
    assert [k["id"] for k in content["kinds"]] == [k.id for k in KINDS]
    assert list(content["kinds"][0]) == ["id", "zh", "en", "aliases", "variants"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_schema_is_printed_or_written(lang: str, tmp_path: Path, run: Run) -> None:
    printed = run("schema", lang=lang).stdout
    path = tmp_path / "数据 schema.json"
    assert run("schema", "-o", path, lang=lang).exit_code == 0
    assert path.read_text("utf-8") == printed
    assert json.loads(printed)["properties"]["三公经费"]
    assert "三公经费" in printed
    assert run("schema", "-o", path, lang=lang).exit_code == 2
    assert run("schema", "-o", path, "--force", lang=lang).exit_code == 0


def test_a_printed_schema_is_valid_in_any_encoding() -> None:
    texts = [process("schema", PYTHONIOENCODING=encoding).stdout for encoding in ("utf-8", "gbk")]
    assert json.loads(texts[0]) == json.loads(texts[1])


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"draftgen {own_version()}\n"


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_click_alone(option: str) -> None:
    code = (
        "import sys; from draftgen.cli import main; sys.argv = ['draftgen', sys.argv[1]]\n"
        "try: main()\n"
        "except SystemExit: print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    words = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n{code}", option]
    ran = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    loaded = set(ran.stderr.replace("'", "").strip("[]\n").split(", "))
    assert "click" in loaded
    assert not loaded & HEAVY
