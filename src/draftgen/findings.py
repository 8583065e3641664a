"""What checking says: places, localised messages, findings, reports.

A leaf of the house: every room may import it, it imports no room. Findings are about the data and are collected;
exceptions (`draftgen.errors`) are about going on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, and in it a line, or a sheet and a cell.

    >>> str(Place("a.yaml", 3)), str(Place("a.xlsx", sheet="三公经费", cell="C7"))
    ('a.yaml:3', 'a.xlsx “三公经费”!C7')
    """

    file: str
    line: int | None = None
    path: str = ""  # the key in Chinese, "收入.财政拨款收入"
    sheet: str = ""
    cell: str = ""  # "C7"; empty where the sheet as a whole is meant
    sheet_number: int = 0  # of the sheets of the workbook, counted from 1
    column: int | None = None  # of the line

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file} {self.spot}"
        if self.line is None:
            return self.file
        return f"{self.file}:{self.line}" + (f":{self.column}" if self.column else "")

    @property
    def spot(self) -> str:
        """The place within its file: a line, or a cell as a formula would name it; empty for the whole file."""
        if self.sheet:
            return f"“{self.sheet}”!{self.cell}" if self.cell else f"“{self.sheet}”"
        return "" if self.line is None else str(self.line)

    @property
    def order(self) -> tuple[int, int, str]:
        """What sorts places of one file as a person reads it: sheet by sheet, from the top down."""
        row = self.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return self.sheet_number, int(row) if row.isdigit() else self.line or 0, self.cell.rjust(12)


@dataclass(frozen=True, slots=True)
class Localised:
    """A text in English and Chinese with the same named places, e.g. ``{found}``.

    >>> Localised("{n} rows", "{n}行", {"n": 3}).render("zh")
    '3行'
    """

    en: str
    zh: str
    values: Mapping[str, Any] = field(default_factory=lambda: EMPTY)

    def render(self, language: str) -> str:
        """Return the text in ``zh`` or (any other value) in English."""
        text = self.zh if language == "zh" else self.en
        values = {
            name: value.render(language) if isinstance(value, Localised) else value
            for name, value in self.values.items()
        }
        return text.format_map(values) if values else text


class Severity(StrEnum):
    """How much a finding weighs. Only ``ERROR`` changes the exit code."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement about the data: what, how grave, where, and what to do.

    ``keys`` are the figures that it is about; the draft marks them with a comment.
    """

    code: str
    severity: Severity
    message: Localised
    places: tuple[Place, ...] = ()
    hint: Localised | None = None
    found: str = ""
    expected: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one run, in a stable order."""

    findings: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(f for f in self.findings if f.severity is severity)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity error."""
        return self.of(Severity.ERROR)

    def plus(self, more: Iterable[Finding]) -> Report:
        """Return a report with `more` findings after these."""
        return Report((*self.findings, *more))

    def raise_for_errors(self) -> None:
        """Raise `IdentityError` if any finding is an error."""
        from draftgen.errors import IdentityError

        if self.errors:
            raise IdentityError(self.errors)
