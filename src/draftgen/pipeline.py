"""Where the rooms meet: data file to findings, findings and facts to a draft, a draft to a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from draftgen._resources import own_version
from draftgen._writing import write_bytes
from draftgen.draft import Draft, Properties, Remark
from draftgen.errors import InputError
from draftgen.examined import Examined, Folders, folders
from draftgen.figures import reading
from draftgen.figures.changes import compared_with, derive_changes, stated_execution
from draftgen.figures.consistency import check_consistency, missed_targets
from draftgen.figures.economics import order_economics
from draftgen.figures.facts import Fact, Facts, Given, Locate, collect
from draftgen.figures.knowledge import Knowledge, names_of
from draftgen.figures.labels import relabel
from draftgen.figures.model.dataset import Dataset, Settings
from draftgen.figures.reading import Loaded
from draftgen.figures.reasons import Reason, check_reasons
from draftgen.figures.relations import apply_rules
from draftgen.figures.scoring import Scorecard, score
from draftgen.figures.scoring_projects import (
    ProjectCard,
    grade_counts,
    project_totals,
    same_names,
    score_projects,
    with_projects,
)
from draftgen.figures.subjects import complete_subjects
from draftgen.figures.texts import Texts, collect_texts
from draftgen.findings import Finding, Localised, Place, Report, Severity
from draftgen.kinds import Kind, load_kind, outline_called, resolve_kind
from draftgen.markdown import as_markdown
from draftgen.output import OwnStyle
from draftgen.planning.outline import Outline
from draftgen.preparing import bank_for, plan_of, realiser_for, style_for, variant_of
from draftgen.provenance.record import Making, as_json, record_of
from draftgen.provenance.stock import stock_of
from draftgen.unknown import other_stage, unknown_names, unknown_variant
from draftgen.wording.phrasebank import Phrasebank
from draftgen.wording.realisation import Course, Realiser

DEFAULT_SEED = 1
ENDINGS = (".docx", ".pdf", ".txt", ".md")


def load(path: str | Path) -> Loaded:
    """Read and validate a data file.

    Raises:
        InputError: with everything that is wrong with it.
    """
    return reading.load(Path(path))


def examine(loaded: Loaded, kind_name: str | None = None, where: Folders | None = None) -> Examined:
    """Collect, derive and check.

    Raises:
        InputError: the data file names no kind, or an unknown one.
        TemplateError: the kind is not valid.
    """
    where = where or folders(Path(loaded.places.file).parent)
    kind = load_kind(where.templates, _kind_id(loaded, kind_name, where), where.kinds)
    dataset, locate = loaded.dataset, loaded.places.at
    names = names_of(dataset)
    thresholds = _thresholds(kind, dataset.settings)
    texts = collect_texts(dataset)
    facts = collect(dataset, locate, year=names.year, money_unit=dataset.money_unit, blank=loaded.blank)
    completed = complete_subjects(texts, compared_with(facts, kind.outline.compare), kind.subjects, locate)
    ordered = order_economics(completed.texts, completed.facts, kind.economics, locate)
    texts = ordered.texts
    facts = stated_execution(
        relabel(ordered.facts.plus(_as_facts(thresholds, names.year)), kind.labels, kind.outline.compare)
    )
    incomparable = frozenset(k.removesuffix(".口径变化") for k in texts.one if k.endswith(".口径变化"))
    related = apply_rules([rule for rule in kind.rules if rule.concerns(texts.get)], facts)
    changed = derive_changes(project_totals(related.facts), incomparable)
    card = _score(kind, dataset, changed.facts, loaded)
    projects = _score_projects(kind, dataset, changed.facts, loaded)
    texts = with_projects(texts, projects)
    facts = changed.facts.plus((*(card.facts() if card else ()), *missed_targets(changed.facts)))
    facts = facts.plus(fact for project in projects for fact in project.facts)
    facts = facts.plus(grade_counts(projects, kind.grades, names.year))
    findings = (
        *loaded.findings,
        *completed.findings,
        *ordered.findings,
        *related.findings,
        *changed.findings,
        *check_consistency(facts),
        *check_reasons(facts, _reasons(texts, locate), kind.reasons),
        *(card.findings if card else ()),
        *(finding for project in projects for finding in project.findings),
        *same_names(dataset, locate),
        *unknown_names(kind, dataset, loaded),
        *unknown_variant(kind, dataset, loaded),
        *other_stage(kind, loaded, _stated(loaded, where)),
    )
    by_key = {project.key: project for project in projects}
    labelled = relabel(facts, kind.labels, kind.outline.compare)
    knowledge = Knowledge(dataset, labelled, texts, names, thresholds, card, by_key)
    return Examined(loaded, kind, knowledge, Report(tuple(sorted(findings, key=_order))))


def _kind_id(loaded: Loaded, kind_name: str | None, where: Folders) -> str:
    name = kind_name or loaded.dataset.kind
    if not name:
        place = loaded.places.at("报告")
        raise InputError.because(
            "kind-missing",
            Localised("The data file does not say which report to draft.", "数据文件没有写明报告种类。"),
            places=[place if place.sheet else Place(place.file, 1, "报告")],
            hint=Localised("Fill in 报告, or give --kind.", "请填写“报告”一项，或在命令中加 --kind。"),
        )
    return resolve_kind(where.templates, name, None if kind_name else loaded.places.at("报告"), where.kinds)


def _thresholds(kind: Kind, settings: Settings | None) -> Mapping[str, Decimal]:
    own = settings.thresholds if settings and settings.thresholds else {}
    return {**kind.thresholds, **{k: m.value / 100 if m.unit == "%" else m.value for k, m in own.items()}}


def _as_facts(thresholds: Mapping[str, Decimal], year: int) -> list[Fact]:
    return [
        Fact(f"阈值.{name}", value, "%", name, year, Given(Place("thresholds.yaml"), str(value)), None)
        for name, value in thresholds.items()
    ]


def _reasons(texts: Texts, locate: Locate) -> dict[str, Reason]:
    """The reasons of changes by the key of their figure."""
    given = (t for t in texts.one.values() if t.key.endswith(".原因"))
    return {t.key.removesuffix(".原因"): Reason(t.text, locate(t.path)) for t in given}


def _score(kind: Kind, dataset: Dataset, facts: Facts, loaded: Loaded) -> Scorecard | None:
    if kind.system is None or dataset.score is None:
        return None
    return score(kind.system, dataset.score, facts, loaded.places.at, kind.grades)


def _score_projects(kind: Kind, dataset: Dataset, facts: Facts, loaded: Loaded) -> tuple[ProjectCard, ...]:
    if kind.scheme is None:
        return ()
    variant = variant_of(kind, dataset.settings).name
    return score_projects(kind.scheme, dataset, facts, loaded.places.at, grades=kind.grades, variant=variant)


def _order(finding: Finding) -> tuple[int, tuple[int, int, str], str]:
    severity = list(Severity).index(finding.severity)
    first = finding.places[0] if finding.places else Place("")
    return severity, first.order, finding.code


def compose(
    examined: Examined,
    *,
    seed: int = DEFAULT_SEED,
    language: str = "zh",
    where: Folders | None = None,
    charts: bool = True,
    item: str = "",
) -> Draft:
    """Plan and word the report; of a kind that is about several items, that of all, or of the one with the key `item`.

    Without ``charts`` none is drawn.

    Raises:
        PhrasebankError: the phrasebank is not valid, or has no phrase for something that has to be said.
    """
    where = where or folders()
    knowledge, outline = examined.knowledge, examined.kind.outline
    settings = knowledge.dataset.settings
    bank = bank_for(examined, where)
    style = style_for(examined, bank)
    plan = plan_of(examined, style, item, charts=charts)
    realiser = realiser_for(examined, bank, style, seed)
    title = "".join(knowledge.names.fill(line) for line in outline.title) or outline.name_zh
    course = Course()
    draft = Draft(
        properties=_properties(title, outline.subject, knowledge),
        blocks=realiser.blocks(plan, course),
        remarks=_remarks(examined.report, language),
        profile=examined.profile,
        numbering=(settings.numbering if settings and settings.numbering else "文字"),
        meta=_meta(examined, bank, seed),
    )
    return replace(draft, record=_record(draft, examined, realiser, course, where))


def _record(draft: Draft, examined: Examined, realiser: Realiser, course: Course, where: Folders) -> str:
    """Where everything in the draft comes from, as JSON."""
    loaded, knowledge = examined.loaded, examined.knowledge
    stock = stock_of(knowledge, examined.kind.texts, loaded.places.at)
    roots = (where.phrasebanks, where.templates, *where.kinds)
    making = Making(knowledge, realiser, course.worded, stock, loaded.places.at, roots, loaded.places.file)
    return as_json(record_of(draft, making))


def _stated(loaded: Loaded, where: Folders) -> Outline | None:
    """The kind that the data file was filled in for, if it names one."""
    return outline_called(where.templates, loaded.dataset.kind or "", where.kinds)


def _meta(examined: Examined, bank: Phrasebank, seed: int) -> tuple[tuple[str, str], ...]:
    """What the draft was made from; the office's own phrasebanks are named where there are any."""
    kind, data = examined.kind.outline.id, examined.loaded.sha256
    made = (("kind", kind), ("seed", str(seed)), ("version", own_version()), ("data", data))
    return (*made, ("phrases", " ".join(bank.own))) if bank.own else made


def _properties(title: str, subject: str, knowledge: Knowledge) -> Properties:
    published = knowledge.dataset.published
    day = published.date.isoformat() if published else f"{knowledge.names.year}-12-31"
    return Properties(title, knowledge.names.full, subject, day)


def _remarks(report: Report, language: str) -> tuple[Remark, ...]:
    return tuple(
        Remark(f.keys, " ".join(t.render(language) for t in (f.message, f.hint) if t is not None), f.code)
        for f in report.errors
    )


def render(
    draft: Draft,
    ending: str,
    where: Folders | None = None,
    style: OwnStyle | None = None,
    *,
    controls: bool = True,
    proof: bool = False,
) -> bytes:
    """Turn a draft into the bytes of a file with this ending (.docx, .pdf, .txt, .md).

    In Word, figures and prompts stand in content controls and the file holds its manifest, unless ``controls`` is
    off; ``proof`` shades every generated figure.

    Raises:
        ValueError: the ending is not known.
        ToolError: a PDF is wanted, and LibreOffice is not installed or fails.
    """
    if ending == ".pdf":
        from draftgen.office import to_pdf

        return to_pdf(render(draft, ".docx", where, style, proof=proof))
    if ending == ".docx":
        from draftgen.word.carriers import Options
        from draftgen.word.writer import write_docx

        template = style.template if style else (where or folders()).templates / "common" / "word"
        return write_docx(draft, template, Options(controls=controls, proof=proof))
    if ending == ".txt":
        return draft.as_text().encode("utf-8")
    if ending == ".md":
        return as_markdown(draft).encode("utf-8")
    raise ValueError(ending)


def write(draft: Draft, path: str | Path) -> Path:
    """Write a draft to a file by its ending, all of it or nothing."""
    path = Path(path)
    write_bytes(path, render(draft, path.suffix.lower()))
    return path


def check(loaded: Loaded, kind: str | None = None) -> Report:
    """Check a loaded data file."""
    return examine(loaded, kind).report


__all__ = ["Examined", "Folders", "check", "compose", "examine", "folders", "load", "render", "write"]
