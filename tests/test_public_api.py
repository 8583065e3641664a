"""The public surface: nine names, loaded only when they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import draftgen
from tests.desk import ROOT

NAMES = ["Draft", "DraftgenError", "Loaded", "Report", "check", "compose", "examine", "load", "write"]


def test_the_public_names_are_these() -> None:
    assert sorted(draftgen.__all__) == NAMES
    assert all(getattr(draftgen, name) is not None for name in NAMES)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = draftgen.nothing


def test_importing_the_package_loads_none_of_its_libraries() -> None:
    names = ("click", "jinja2", "pydantic", "docx", "yaml", "lxml")
    script = f"import sys, draftgen; print([m for m in {names} if m in sys.modules])"
    env = {"PYTHONPATH": str(ROOT / "src")}
    result = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
