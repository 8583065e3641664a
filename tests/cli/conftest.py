"""A front desk for tests: run a command line, small data files to run it on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result

from draftgen.cli import front
from draftgen.cli.translation import Translator, chosen_language

ROOT = Path(__file__).parents[2]
HEAD = "报告: 部门整体支出绩效评价报告\n年度: 2020\n金额单位: 万元\n单位: {全称: 某某区委员会办公室, 简称: 区委办}\n"
GOOD = HEAD + "会议费: {本年: 24.59, 上年: 19.87}\n"
CONTRADICTING = HEAD + "会议费: {本年: 24.59, 上年: 19.87, 增减率: 50%}\n"


class Run(Protocol):
    def __call__(self, *args: str | Path, lang: str = "zh", answers: str | None = None) -> Result: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line as ``main`` does, in this process."""
    monkeypatch.delenv("DRAFTGEN_DEBUG", raising=False)

    def invoke(*args: str | Path, lang: str = "zh", answers: str | None = None) -> Result:
        words = [str(a) for a in args]
        t = Translator(chosen_language(words, {"DRAFTGEN_LANG": lang}))
        return CliRunner().invoke(front(t), words, input=answers)

    return invoke


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A data file without errors."""
    return _written(tmp_path, GOOD)


@pytest.fixture
def contradicting(tmp_path: Path) -> Path:
    """A data file whose figures contradict one another."""
    return _written(tmp_path, CONTRADICTING)


def _written(folder: Path, text: str) -> Path:
    path = folder / "2020年 数据.yaml"
    path.write_text(text, "utf-8")
    return path


def process(*args: str | Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "DRAFTGEN_", "PYTHONIO"))}
    inherited["PYTHONPATH"] = str(ROOT / "src")
    words = [sys.executable, "-m", "draftgen", *map(str, args)]
    return subprocess.run(words, env={**inherited, **environ}, capture_output=True, check=False, timeout=120)
