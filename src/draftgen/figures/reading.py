"""From a data file to the validated data set, with the line or cell of every figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from draftgen.errors import InputError
from draftgen.figures.model.dataset import Dataset
from draftgen.figures.normalise import Normalised, normalise
from draftgen.figures.reading_checks import check_values
from draftgen.figures.reading_errors import findings_of
from draftgen.figures.reading_walk import FieldAt, iter_fields
from draftgen.figures.source import Source, read_source
from draftgen.figures.source_tree import Node, Spot, collector_paused, place_at
from draftgen.findings import Finding, Place, Severity

__all__ = ["FieldAt", "Loaded", "Places", "interpret", "iter_fields", "load"]

# stand in for required values that are wrong, so that the rest of the file can be checked in the same run
_STAND_INS: tuple[tuple[str, Node], ...] = (("年度", "2000"), ("金额单位", "元"), ("单位", {"全称": "—"}))


@dataclass(frozen=True, slots=True)
class Places:
    """Where each canonical path stands in the data file."""

    file: str
    lines: Mapping[str, Spot]

    def at(self, path: str) -> Place:
        """Return the place of a path; its line or cell is that of the nearest ancestor that has one."""
        ancestor = path
        while ancestor and ancestor not in self.lines:
            ancestor = ancestor[: max(ancestor.rfind("."), ancestor.rfind("["), 0)]
        return place_at(self.file, self.lines.get(ancestor), path)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A valid data set, where its figures stand, and what looks doubtful about it."""

    dataset: Dataset
    places: Places
    sha256: str
    findings: tuple[Finding, ...] = ()
    blank: tuple[str, ...] = ()  # paths that stand in the file without a value


def load(path: Path) -> Loaded:
    """Read and validate a data file.

    Raises:
        InputError: the file cannot be read or is not valid; it carries every finding, sorted by line.
    """
    with collector_paused():
        return interpret(read_source(path))


def interpret(source: Source) -> Loaded:
    """Validate what was read from a data file.

    Raises:
        InputError: the content is not valid; it carries every finding, sorted by line.
    """
    normal = normalise(source)
    places = Places(source.file, normal.lines)
    try:
        dataset: Dataset | None = Dataset.model_validate(normal.tree)
        findings = list(normal.findings)
    except ValidationError as error:
        findings = _merged(normal.findings, findings_of(error, places.at))
        dataset = _salvaged(normal, error)
    if dataset is not None:
        findings += check_values(dataset, places.at)
    findings.sort(key=_order)
    if dataset is None or any(f.severity is Severity.ERROR for f in findings):
        raise InputError(findings)
    return Loaded(dataset, places, source.sha256, tuple(findings), normal.blank)


def _merged(first: tuple[Finding, ...], second: Iterable[Finding]) -> list[Finding]:
    """Join findings; a missing key is not reported where a misspelt or misshapen one explains it."""
    explained = {f.places[0].path for f in first} | {key for f in first for key in f.keys}
    return [*first, *(f for f in second if f.places[0].path not in explained)]


def _salvaged(normal: Normalised, error: ValidationError) -> Dataset | None:
    """Validate once more without the topics that were wrong, so that one run tells all that it can."""
    wrong = {entry["loc"][0] for entry in error.errors(include_url=False)}
    tree = dict(_STAND_INS) | {key: node for key, node in normal.tree.items() if key not in wrong}
    try:
        return Dataset.model_validate(tree)
    except ValidationError:  # pragma: no cover - every topic that was wrong is gone
        return None


def _order(finding: Finding) -> tuple[tuple[int, int, str], str]:
    place = finding.places[0]
    return (place.order, place.path)
