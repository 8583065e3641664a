"""The finished files: valid, nobody else's trace in them, the same bytes twice, marked where figures are wrong."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from draftgen.draft import Draft
from draftgen.pipeline import compose, examine, load, render
from draftgen.word.lint import lint
from tests.conftest import Pages, Validate
from tests.desk import FOLDERS, PUBLISHED, REPORT, ROOT

EXAMPLES = {"report": REPORT, "as-published": PUBLISHED}


def draft(path: Path) -> Draft:
    return compose(examine(load(path), where=FOLDERS), where=FOLDERS)


@pytest.fixture(params=sorted(EXAMPLES))
def example(request: pytest.FixtureRequest) -> Path:
    return EXAMPLES[request.param]


def test_the_file_passes_our_lint(example: Path) -> None:
    assert lint(render(draft(example), ".docx", FOLDERS)) == []


def test_the_file_passes_the_open_xml_validator(example: Path, validate: Validate) -> None:
    assert validate(render(draft(example), ".docx", FOLDERS)) == []


def test_the_report_renders_as_pages_with_all_its_parts(to_pages: Callable[[bytes], Pages]) -> None:
    pages = to_pages(render(draft(REPORT), ".docx", FOLDERS))
    text = "".join(pages).replace(" ", "")
    for part in ("一、部门概况", "四、评价结论和绩效分析", "七、改进措施及建议", "A11部门"):
        assert part in text
    assert len(pages) > 20
    assert all(len(page.strip()) > 20 for page in pages), "an empty page"


def test_the_same_input_gives_the_same_bytes_across_hash_seeds(tmp_path: Path) -> None:
    files = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.docx"
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "draftgen", "draft", str(REPORT), "-o", str(out)]
        subprocess.run(command, env=env, check=True, capture_output=True)
        files.append(out.read_bytes())
    assert files[0] == files[1]


def test_every_error_of_the_figures_stands_as_a_comment_in_the_file() -> None:
    examined = examine(load(PUBLISHED), where=FOLDERS)
    data = render(compose(examined, where=FOLDERS), ".docx", FOLDERS)
    comments = [c.text for c in docx.Document(io.BytesIO(data)).comments]
    for finding in examined.report.errors:
        assert any(finding.message.render("zh") in c for c in comments), finding.code


def test_the_file_tells_its_title_and_author_and_nobody_else(example: Path) -> None:
    data = render(draft(example), ".docx", FOLDERS)
    core = docx.Document(io.BytesIO(data)).core_properties
    assert "部门整体支出绩效评价报告" in core.title
    assert core.author == "中国共产党昆明市东川区委员会办公室"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = b"".join(package.read(n) for n in package.namelist())
    for trace in (b"python-docx", b"Macintosh", b"Steve Canny"):
        assert trace not in everything


def test_the_gaps_of_the_draft_stand_visibly_in_the_file(example: Path) -> None:
    from draftgen.word.text import plain_text

    made = draft(example)
    text = plain_text(render(made, ".docx", FOLDERS))
    assert made.gaps()
    for gap in made.gaps():
        assert gap.text in text
