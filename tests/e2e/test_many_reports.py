"""One data file, many reports: a figure that stands in several of them reads the same in all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from draftgen.data_files import convert
from draftgen.draft import Draft, Value
from draftgen.findings import Severity
from draftgen.pipeline import compose, examine, load
from tests.desk import FOLDERS, ROOT

REPORTS = ("department-performance", "final-accounts", "project-performance")
# how many figures at least stand in more than one report: fewer would mean that there is nothing to compare
EXAMPLES = {"dongchuan-2020": 40, "final-accounts-2024": 30}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")


def values(part: Any) -> Iterator[Value]:
    """Every figure and bound word below a part of a draft."""
    if isinstance(part, Value):
        yield part
    elif isinstance(part, tuple | list):
        for each in part:
            yield from values(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from values(getattr(part, field.name))


def printed(draft: Draft) -> dict[str, set[str]]:
    """What each figure reads, without its unit: a table says the unit once, above its columns."""
    found: dict[str, set[str]] = {}
    for value in values(draft.blocks):
        if value.role == "figure" and (number := NUMBER.search(value.text)):
            found.setdefault(value.key, set()).add(number.group())
    return found


def drafts(workbook: Path) -> dict[str, Draft]:
    """A draft of each kind, and one of each project by itself."""
    loaded = load(workbook)
    found = {kind: compose(examine(loaded, kind, FOLDERS), where=FOLDERS) for kind in REPORTS}
    projects = examine(loaded, "project-performance", FOLDERS)
    return found | {item: compose(projects, where=FOLDERS, item=item) for item in projects.items}


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_figure_reads_the_same_in_every_report_of_a_workbook(example: str, tmp_path: Path) -> None:
    workbook = tmp_path / "data.xlsx"
    workbook.write_bytes(convert(ROOT / "examples" / example / "report.yaml", ".xlsx", FOLDERS)[0])
    read: dict[str, dict[str, set[str]]] = {}
    for report, draft in drafts(workbook).items():
        for key, texts in printed(draft).items():
            read.setdefault(key, {})[report] = texts
    several = {key: found for key, found in read.items() if len(found) > 1}
    assert len(several) >= EXAMPLES[example]
    assert {key: found for key, found in several.items() if len(set.union(*found.values())) > 1} == {}


@pytest.mark.parametrize(
    ("example", "kind", "told"),
    [
        ("final-accounts-2024", "budget", True),
        ("budget-2025", "final-accounts", True),
        ("budget-2025", "department-performance", True),
        ("budget-2025", None, False),
        ("final-accounts-2024", "department-performance", False),
        ("dongchuan-2020", "final-accounts", False),
    ],
)
def test_a_budget_is_never_told_as_spent_nor_spending_as_a_budget(example: str, kind: str | None, told: bool) -> None:
    report = examine(load(ROOT / "examples" / example / "report.yaml"), kind, FOLDERS).report
    found = [f for f in report if f.code == "other-stage"]
    assert bool(found) is told
    assert all(f.severity is Severity.ERROR and f.places[0].line for f in found)
