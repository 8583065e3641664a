"""Sets of published tables on disk, and a short way to import them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest

from draftgen.importing import Imported, Wanted, import_tables
from tests.desk import FOLDERS

from .books import Book, Value, save


class Import(Protocol):
    def __call__(
        self, book: Book, changes: Mapping[tuple[str, str], Value] | None = None, **options: Any
    ) -> Imported: ...


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    """Write a workbook, with some cells changed, and import it."""

    def run(book: Book, changes: Mapping[tuple[str, str], Value] | None = None, **options: Any) -> Imported:
        path = save(book, tmp_path / "公开表.xlsx", changes)
        return import_tables(Wanted((path,), **options), FOLDERS)

    return run


def told(got: Imported) -> list[str]:
    """The codes of the findings, without the note that a department with institutions always gets."""
    return [finding.code for finding in got.report if finding.code != "x7-equal"]


def values(got: Imported) -> dict[str, str]:
    """The data file's values by key."""
    return {key: entry.text for key, entry in got.entries.items()}
