"""Published tables to a data file: one of the places where rooms meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from draftgen.curated import read_all, read_curated
from draftgen.data_files import workbook_of
from draftgen.errors import InputError, TemplateError
from draftgen.figures.facts import FACETS
from draftgen.figures.published.datafile import has_facets, yaml_of
from draftgen.figures.published.entries import (
    Entry,
    EntryRule,
    GapFound,
    GapRule,
    entries_of,
    gaps_of,
    read_entry_rules,
    read_gap_rules,
)
from draftgen.figures.published.grid import read_grids
from draftgen.figures.published.layout import BUDGET, FINAL, KINDS, Table, read_table
from draftgen.figures.published.sets import Figures, Published, beside, read_set, recognise
from draftgen.figures.published.words import Words, read_words
from draftgen.figures.relations import RelationRule, apply_rules, read_rules
from draftgen.findings import Finding, Localised, Place, Report, Severity
from draftgen.pipeline import Folders, folders

REPORTS = {FINAL: "部门决算公开说明", BUDGET: "部门预算公开说明"}
LAST, INITIAL, LAST_BUDGET = "上年", "年初预算", "上年预算"


@dataclass(frozen=True, slots=True)
class TableRule:
    """An identity of tables: those that it stands on, all of which must have been read, and the kinds it is for."""

    rule: RelationRule
    tables: frozenset[str]
    kinds: tuple[str, ...] = KINDS

    @property
    def crosses(self) -> bool:
        """Whether it stands on tables of another set: ``上年.收支总表``."""
        return any("." in table for table in self.tables)


@dataclass(frozen=True, slots=True)
class Guide:
    """What is known of published tables: words, layouts, identities, what goes where, what is still lacking."""

    words: Words
    tables: tuple[Table, ...]
    rules: tuple[TableRule, ...]
    entries: tuple[EntryRule, ...]
    gaps: tuple[GapRule, ...]


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table that was read."""

    key: str
    name: Localised
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class Imported:
    """What published tables gave: entries of a data file, findings about the tables, what is still lacking."""

    kind: str
    year: int | None
    unit: str
    tables: tuple[TableSeen, ...]
    entries: Mapping[str, Entry]
    gaps: tuple[GapFound, ...]
    report: Report

    def written(self, path: Path, where: Folders | None = None) -> bytes:
        """The data file in the format of the ending of `path`: a workbook (.xlsx), else YAML.

        Raises:
            InputError: something in it has no place in a workbook.
        """
        if path.suffix.lower() == ".xlsx":
            return workbook_of(self.as_yaml(), str(path), where)
        return self.as_yaml().encode("utf-8")

    def as_yaml(self) -> str:
        """The data file in YAML, each value with its cells."""
        head = ("由公开表导入的数据文件。每个数后面注明所在的工作表和单元格；请核对，并补填公开表中没有的数据。",)
        return yaml_of(self.entries, head, self.gaps)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: the tables, those of other years and budgets beside them, what the tables may not say."""

    files: tuple[Path, ...]
    previous: tuple[Path, ...] = ()
    budget: tuple[Path, ...] = ()
    unit: str = ""
    year: int | None = None
    name: str = ""


@lru_cache(maxsize=4)
def load_guide(templates: Path) -> Guide:
    """Read ``templates/common/published``.

    Raises:
        TemplateError: a file is missing or not valid.
    """
    folder = templates / "common" / "published"
    place = Place(str(folder / "words.yaml"))
    try:
        words = read_words(read_curated(folder / "words.yaml"))
    except (KeyError, TypeError) as error:
        message = Localised("{what} is missing or no list.", "缺少“{what}”，或不是列表。", {"what": str(error)})
        raise TemplateError.because("bad-words", message, places=[place]) from error
    paths = sorted((folder / "tables").glob("*.yaml"))
    trees = read_all(paths)
    tables = tuple(read_table(tree, words, Place(str(p))) for p, tree in zip(paths, trees, strict=True))
    figures, gaps = folder / "figures.yaml", folder / "gaps.yaml"
    return Guide(
        words,
        tables,
        tuple(_rules(folder / "relations.yaml")),
        read_entry_rules(read_curated(figures)["figures"], Place(str(figures))),
        read_gap_rules(read_curated(gaps)["gaps"], Place(str(gaps))),
    )


def _rules(path: Path) -> Iterator[TableRule]:
    """Read identities of tables: they only compare, unless one says otherwise."""
    entries: list[dict[str, Any]] = read_curated(path)["relations"]
    plain = [{"derive": "no"} | {k: v for k, v in entry.items() if k not in ("tables", "kinds")} for entry in entries]
    for rule, entry in zip(read_rules(plain, Place(str(path))), entries, strict=True):
        yield TableRule(rule, frozenset(entry.get("tables", ())), tuple(entry.get("kinds", KINDS)))


def import_tables(wanted: Wanted, where: Folders | None = None) -> Imported:
    """Read published tables, check them, and turn them into entries of a data file.

    Raises:
        InputError: a file cannot be read, or no table is recognised in the files given.
        TemplateError: what is known of tables is not valid.
    """
    guide = load_guide((where or folders()).templates)
    published = _recognised(wanted.files, guide)
    if wanted.year is not None:
        published = replace(published, stated=wanted.year)
    unit = wanted.unit or published.unit
    own = _checked(guide, read_set(published, unit, guide.words), published.kind)
    findings = list(own.findings)
    entries = entries_of(guide.entries, published.kind, own.facts, own.texts)
    for files in filter(None, (wanted.previous, wanted.budget)):
        other = _Other(_recognised(files, guide), files)
        facet = other.facet(published)
        read = _checked(guide, read_set(other.published, unit, guide.words), other.published.kind)
        findings += map(_milder, read.findings)
        if not facet:
            findings.append(other.misplaced(published))
            continue
        findings += _across(guide, own, read, facet, published.kind)
        theirs = entries_of(guide.entries, other.published.kind, read.facts, read.texts)
        entries = _with_facet(entries, theirs, facet, own)
    entries = _head(published, wanted, unit) | entries
    gaps = gaps_of(guide.gaps, published.kind, entries)
    ordered = tuple(sorted(findings, key=_order))
    return Imported(published.kind, published.year, unit, _seen(own), entries, gaps, Report(ordered))


def _recognised(files: Sequence[Path], guide: Guide) -> Published:
    grids = [grid for file in files for grid in read_grids(file)]
    published = recognise(grids, guide.tables, guide.words)
    if published.unit:
        return published
    if published.sightings:
        raise InputError(read_set(published, "", guide.words).findings)
    first = Finding(
        "no-table",
        Severity.ERROR,
        Localised("No published table is recognised here.", "没有认出任何公开表。"),
        tuple(Place(str(file)) for file in files),
        Localised(
            "A table is known by its title, such as 收入支出决算总表, and by its headers.",
            "公开表按标题（如“收入支出决算总表”）和表头辨认，请确认表格保留了标题行和表头。",
        ),
    )
    raise InputError([first, *published.findings])


@dataclass(frozen=True, slots=True)
class _Other:
    """A set given beside the tables."""

    published: Published
    files: tuple[Path, ...]

    def facet(self, own: Published) -> str:
        """Which of a figure's comparisons the set gives, empty if none."""
        if own.year is None or self.published.year is None:
            return ""
        apart = own.year - self.published.year
        facets = {(FINAL, 1): LAST, (BUDGET, 0): INITIAL if own.kind == FINAL else "", (BUDGET, 1): LAST_BUDGET}
        return facets.get((self.published.kind, apart), "")

    def misplaced(self, own: Published) -> Finding:
        values = {"found": str(self.published.year or "?"), "year": str(own.year or "?")}
        return Finding(
            "other-set-unused",
            Severity.ERROR,
            Localised(
                "These tables are of {found}, the tables to import of {year}: they are neither last year's nor the "
                "budget of the year, and were not used.",
                "这套表为{found}年度，要导入的表为{year}年度，既不是上年的表，也不是本年度的预算，没有采用。",
                values,
            ),
            tuple(Place(str(file)) for file in self.files),
        )


def _checked(guide: Guide, figures: Figures, kind: str) -> Figures:
    """Check the identities within a set, and work out the sums that its forms leave out."""
    fitting = [r.rule for r in guide.rules if r.tables <= set(figures.tables) and not r.crosses and kind in r.kinds]
    outcome = apply_rules(fitting, figures.facts)
    return replace(figures, facts=outcome.facts, findings=(*figures.findings, *outcome.findings))


def _across(guide: Guide, own: Figures, other: Figures, facet: str, kind: str) -> tuple[Finding, ...]:
    """Check the identities between a set and another one."""
    known = {*own.tables, *(f"{facet}.{key}" for key in other.tables)}
    fitting = [r.rule for r in guide.rules if r.tables <= known and r.crosses and kind in r.kinds]
    return apply_rules(fitting, own.facts.plus(beside(other.facts, facet))).findings


def _milder(finding: Finding) -> Finding:
    """What is wrong in another year's tables is no error of this year's."""
    return replace(finding, severity=Severity.WARNING) if finding.severity is Severity.ERROR else finding


def _with_facet(now: Mapping[str, Entry], then: Mapping[str, Entry], facet: str, own: Figures) -> dict[str, Entry]:
    """Add another set's figures as a comparison; a row that only it has was nothing this year, and is written as 0."""
    found = dict(now)
    for key, entry in then.items():
        if key.rpartition(".")[2] in FACETS or not has_facets(key):
            continue
        if key not in now:
            if entry.table not in own.tables:
                continue
            found[key] = Entry(key, "0", formula="本年公开表中没有这一行", table=entry.table)
        found[f"{key}.{facet}"] = replace(entry, key=f"{key}.{facet}")
    items = {key.rpartition(".")[0] for key in found}
    texts = {k: e for k, e in then.items() if not e.table and k not in found and k.rpartition(".")[0] in items}
    return found | texts


def _head(published: Published, wanted: Wanted, unit: str) -> dict[str, Entry]:
    """The keys that say what the data file is about, each from the first table that tells it."""
    first = published.sightings[0]
    year = next((s for s in published.sightings if s.year == published.year), None)
    owner = next((s for s in published.sightings if s.owner == published.owner and s.owner), None)
    unit_of = next((s for s in published.sightings if s.unit == unit), None)
    head = {
        "报告": Entry("报告", REPORTS[published.kind], (first.place(),)),
        "金额单位": Entry("金额单位", unit, (unit_of.place(unit_of.unit_at),) if unit_of else ()),
    }
    if published.year is not None:
        head["年度"] = Entry("年度", str(published.year), (year.place(),) if year else ())
    if wanted.name:
        head["单位.全称"] = Entry("单位.全称", wanted.name)
    elif owner is not None:
        head["单位.全称"] = Entry("单位.全称", owner.owner, (owner.place(owner.owner_at),))
    return head


def _seen(own: Figures) -> tuple[TableSeen, ...]:
    return tuple(TableSeen(key, s.table.name, s.title.strip(), s.place()) for key, s in own.tables.items())


def _order(finding: Finding) -> tuple[int, str, tuple[int, int, str], str]:
    place = finding.places[0] if finding.places else Place("")
    return list(Severity).index(finding.severity), place.file, place.order, finding.code
