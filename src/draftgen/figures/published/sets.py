"""A set of published tables: which tables of one unit and year there are, and their figures in one unit of money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from draftgen.figures.facts import Fact, Facts
from draftgen.figures.published.cells import read_content
from draftgen.figures.published.grid import Grid
from draftgen.figures.published.layout import Table
from draftgen.figures.published.sheets import Sighting, find_tables
from draftgen.figures.published.subjects import Said
from draftgen.figures.published.words import Words
from draftgen.findings import Finding, Localised, Severity

T = TypeVar("T")
NO_YEAR = 0  # of figures whose year no table tells


@dataclass(frozen=True, slots=True)
class Published:
    """The tables of one set, recognised but not yet read."""

    sightings: tuple[Sighting, ...]
    findings: tuple[Finding, ...]
    stated: int | None = None  # the year, as the person who imports states it

    @property
    def kind(self) -> str:
        """Of final accounts or of a budget: what most of its tables are."""
        return _most(s.table.kind for s in self.sightings) or ""

    @property
    def year(self) -> int | None:
        """The year that is stated, else that most of its tables bear."""
        return self.stated or _most(s.year for s in self.sightings)

    @property
    def unit(self) -> str:
        """The unit of money that most of its tables are in."""
        return _most(s.unit for s in self.sightings) or ""

    @property
    def owner(self) -> str:
        """The department or unit that most of its tables name."""
        return _most(s.owner for s in self.sightings) or ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the tables of a set say."""

    tables: Mapping[str, Sighting]
    facts: Facts
    texts: Mapping[str, Said]
    findings: tuple[Finding, ...]


def _most(values: Iterable[T]) -> T | None:
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else None


def recognise(grids: Sequence[Grid], tables: Sequence[Table], words: Words) -> Published:
    """Find the tables of a set; a table that stands twice, of another kind or year, or without a unit is told."""
    seen = find_tables(grids, tables, words)
    every = Published(seen.sightings, ())
    kept: dict[str, Sighting] = {}
    findings = list(seen.findings)
    for number, sighting in enumerate(seen.sightings):
        key = sighting.table.key
        if sighting.table.repeats and key in kept:
            key = f"{key}#{number}"
        first = kept.setdefault(key, sighting)
        if first is not sighting:
            findings.append(_second(sighting, first))
        elif sighting.table.kind != every.kind:
            del kept[key]
            findings.append(_other_kind(sighting))
    for sighting in kept.values():
        if sighting.year and sighting.year != every.year:
            findings.append(_other_year(sighting, every.year))
        if sighting.owner and sighting.owner != every.owner:
            findings.append(_other_owner(sighting, every.owner))
    return Published(tuple(kept.values()), tuple(findings))


def read_set(published: Published, unit: str, words: Words) -> Figures:
    """Read the figures of a set, money in `unit`."""
    facts: list[Fact] = []
    texts: dict[str, Said] = {}
    findings = list(published.findings)
    tables: dict[str, Sighting] = {}
    for sighting in published.sightings:
        if not sighting.unit:
            findings.append(_no_unit(sighting))
            continue
        content = read_content(sighting, unit, published.year or NO_YEAR, words)
        key = sighting.table.key
        tables[f"{key}#{len(tables)}" if key in tables else key] = sighting
        facts += content.facts
        texts |= content.texts
        findings += content.findings
    return Figures(tables, Facts(facts), texts, tuple(findings))


def beside(facts: Facts, under: str) -> list[Fact]:
    """The facts of another set, under a word of its own: ``上年.收支总表.年末结转和结余``."""
    return [replace(fact, key=f"{under}.{fact.key}", label=f"{under}{fact.label}") for fact in facts.values()]


def _told(code: str, severity: Severity, sighting: Sighting, en: str, zh: str, **values: object) -> Finding:
    return Finding(code, severity, Localised(en, zh, {"table": sighting.table.name, **values}), (sighting.place(),))


def _second(sighting: Sighting, first: Sighting) -> Finding:
    en, zh = "{table} stands twice; only the first is read.", "{table}重复出现，只读取了前一张。"
    found = _told("table-twice", Severity.WARNING, sighting, en, zh)
    return replace(found, places=(*found.places, first.place()))


def _other_kind(sighting: Sighting) -> Finding:
    en = "{table} is of another kind than most tables (final accounts, budget); it was not read."
    zh = "{table}与多数表不是同一套（决算、预算混在一起），没有读取。"
    hint = Localised(
        "Give the budget of the year with --budget, last year's tables with --previous.",
        "本年度预算公开表请用 --budget 给出，上年度的表请用 --previous 给出。",
    )
    return replace(_told("table-of-another-kind", Severity.WARNING, sighting, en, zh), hint=hint)


def _other_year(sighting: Sighting, year: int | None) -> Finding:
    en = "{table} is of {found}, most tables of {year}."
    zh = "{table}为{found}年度，多数表为{year}年度，请核对是否混入其他年度的表。"
    return _told("year-differs", Severity.ERROR, sighting, en, zh, found=sighting.year, year=year)


def _other_owner(sighting: Sighting, owner: str) -> Finding:
    en = "{table} names {found}, most tables name {owner}."
    zh = "{table}的编制单位为“{found}”，多数表为“{owner}”。"
    return _told("owner-differs", Severity.WARNING, sighting, en, zh, found=sighting.owner, owner=owner)


def _no_unit(sighting: Sighting) -> Finding:
    en = "{table} does not state its unit of money; it was not read."
    zh = "{table}没有写明金额单位，没有读取。"
    hint = Localised("Write it above the table: 单位：万元.", "请在表头上方写明“金额单位：万元”或“金额单位：元”。")
    return replace(_told("table-unit-missing", Severity.ERROR, sighting, en, zh), hint=hint)
