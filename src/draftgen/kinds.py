"""Kinds of report: a folder in templates/, read as a whole. One of the places where rooms meet."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from draftgen.curated import read_curated
from draftgen.errors import InputError, TemplateError
from draftgen.figures.economics import Economics
from draftgen.figures.quantities import RATE, parse_measure
from draftgen.figures.relations import RelationRule, read_rules
from draftgen.figures.scoring import GradeTable, IndicatorSystem, load_grades, load_system
from draftgen.figures.scoring_scheme import Scheme, read_scheme
from draftgen.findings import Localised, Place
from draftgen.planning.assessment import Trigger, read_triggers
from draftgen.planning.outline import Outline, read_outline
from draftgen.provenance.stock import Source, template_texts

COMMON = "common"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report with all its data."""

    outline: Outline
    triggers: tuple[Trigger, ...]
    rules: tuple[RelationRule, ...]
    labels: Mapping[str, Mapping[str, str]]
    thresholds: Mapping[str, Decimal]
    reasons: Mapping[str, tuple[str, ...]]
    system: IndicatorSystem | None = None
    grades: GradeTable | None = None
    subjects: Mapping[str, str] = field(default_factory=dict)  # names of functional subjects by code
    economics: Economics = field(default_factory=Economics)
    scheme: Scheme | None = None  # how projects are scored
    texts: tuple[tuple[str, Source], ...] = ()  # what it says itself with numerals in, and where that stands


def kind_folders(templates: Path, own: tuple[Path, ...] = ()) -> dict[str, Path]:
    """Return the folder of every kind by its id: those that ship, then those of one's own, which replace them."""
    found = {p.parent.name: p.parent for p in sorted(templates.glob("*/outline.yaml"))}
    for folder in own:
        for path in sorted(folder.glob("*/outline.yaml")):
            found[_outline(path).id] = path.parent
    return dict(sorted(found.items()))


def outlines(templates: Path, own: tuple[Path, ...] = ()) -> tuple[Outline, ...]:
    """The outlines of all kinds."""
    return tuple(_outline(folder / "outline.yaml") for folder in kind_folders(templates, own).values())


def _by_name(kinds: Iterable[Outline]) -> dict[str, Outline]:
    known: dict[str, Outline] = {}
    for outline in kinds:
        for called in (outline.name_zh, outline.name_en, *outline.aliases):
            known.setdefault(called, outline)
    return known | {outline.id: outline for outline in kinds}


def outline_called(templates: Path, name: str, own: tuple[Path, ...] = ()) -> Outline | None:
    """The outline of the kind that goes by `name`: its id, its Chinese name or an alias."""
    return _by_name(outlines(templates, own)).get(name)


def resolve_kind(templates: Path, name: str, place: Place | None = None, own: tuple[Path, ...] = ()) -> str:
    """Return the id of the kind that goes by `name`: its id, its Chinese name or an alias.

    Raises:
        InputError: there is none; the nearest name is told.
    """
    kinds = outlines(templates, own)
    known = _by_name(kinds)
    if name in known:
        return known[name].id
    near = difflib.get_close_matches(name, known, 1, 0.3)
    names = "、".join(o.name_zh for o in kinds)
    raise InputError.because(
        "unknown-kind",
        Localised(
            "There is no kind of report {name}. Known: {names}.",
            "没有“{name}”这种报告，可用的有：{names}。",
            {"name": name, "names": names},
        ),
        places=[place] if place else [],
        hint=Localised("Did you mean {near}?", "是否为“{near}”？", {"near": near[0]}) if near else None,
    )


@lru_cache(maxsize=32)
def load_kind(templates: Path, kind: str, own: tuple[Path, ...] = ()) -> Kind:
    """Load a kind: its outline and triggers, its own data over the common data.

    Raises:
        TemplateError: a file is missing or not valid.
    """
    folder, common = kind_folders(templates, own).get(kind, templates / kind), templates / COMMON
    outline = _outline(folder / "outline.yaml")
    system = load_system(folder / outline.indicators) if outline.indicators else None
    grades = load_grades(common / "grades.yaml") if outline.grades else {}
    return Kind(
        outline=outline,
        triggers=_triggers(folder / "triggers.yaml"),
        rules=_own_first(_rules(common / "relations.yaml"), _rules(folder / "relations.yaml")),
        labels={**_optional(common / "labels.yaml", "labels"), **_optional(folder / "labels.yaml", "labels")},
        thresholds=_thresholds(common / "thresholds.yaml") | _thresholds(folder / "thresholds.yaml"),
        reasons={way: tuple(words) for way, words in _optional(common / "reasons.yaml", "reasons").items()},
        system=system,
        grades=grades.get(outline.grades),
        subjects={
            **_optional(common / "functions.yaml", "functions"),
            **_optional(folder / "functions.yaml", "functions"),
        },
        economics=Economics(**_optional(common / "economics.yaml", "economics")),
        scheme=_scheme(folder / outline.scoring) if outline.scoring else None,
        texts=tuple(template_texts(str(folder / "outline.yaml"), outline, system)),
    )


def _outline(path: Path) -> Outline:
    return _read_outline(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=64)
def _read_outline(path: Path, changed: int) -> Outline:
    """Read an outline once for as long as its file has not changed."""
    del changed
    return read_outline(read_curated(path, TemplateError), Place(str(path)))


def _scheme(path: Path) -> Scheme:
    return read_scheme(read_curated(path, TemplateError), Place(str(path)))


def _triggers(path: Path) -> tuple[Trigger, ...]:
    return read_triggers(read_curated(path, TemplateError), Place(str(path))) if path.exists() else ()


def _rules(path: Path) -> tuple[RelationRule, ...]:
    return read_rules(_optional(path, "relations") or (), Place(str(path)))


def _own_first(common: tuple[RelationRule, ...], own: tuple[RelationRule, ...]) -> tuple[RelationRule, ...]:
    """The common relations with the kind's own: one with the id of a common one stands in its place."""
    mine = {rule.id: rule for rule in own}
    known = {rule.id for rule in common}
    return (*(mine.get(rule.id, rule) for rule in common), *(rule for rule in own if rule.id not in known))


def _thresholds(path: Path) -> dict[str, Decimal]:
    return {name: threshold(str(text)) for name, text in _optional(path, "thresholds").items()}


def threshold(text: str) -> Decimal:
    """Read a threshold; ``80%`` is 0.8."""
    measure = parse_measure(text)
    return measure.value / 100 if measure.unit == RATE else measure.value


def _optional(path: Path, name: str) -> Any:
    return read_curated(path, TemplateError).get(name, {}) if path.exists() else {}
