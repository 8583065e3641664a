"""Scoring: works out the scores of an indicator system, compares them with those given by hand, and explains.

The score given by hand stands where there is one; the computed score checks it, or takes its place. Nothing is
rounded on the way: totals are exact sums, a grade is decided on the unrounded total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from draftgen.figures import scoring_findings as say
from draftgen.figures.facts import Derived, Fact, Facts, Given, Locate
from draftgen.figures.indicator_system import (
    Grade,
    GradeTable,
    Group,
    Indicator,
    IndicatorSystem,
    grade_table,
    load_grades,
    load_system,
)
from draftgen.figures.model.performance import Score, ScoreEntry
from draftgen.figures.quantities import POINT, RATE, Measure, half_up
from draftgen.figures.scoring_base import AnswerError, Answers, Worked, plain
from draftgen.figures.scoring_findings import score_key
from draftgen.figures.scoring_inputs import ENTRIES, Gatherer, Inputs
from draftgen.findings import Finding, Place

__all__ = [
    "Grade",
    "GradeTable",
    "Group",
    "Indicator",
    "IndicatorSystem",
    "Scorecard",
    "ScoredIndicator",
    "Status",
    "grade_table",
    "load_grades",
    "load_system",
    "score",
]

TOTAL = "评分.综合得分"
Status = Literal["verified", "differs", "unverifiable", "by-hand", "computed", "missing"]


@dataclass(frozen=True, slots=True)
class ScoredIndicator:
    """One row of the score table.

    ``basis`` says what happened: full, part or zero (what the rule gives), knocked-out, no-input, invalid-input or
    by-hand. ``working`` is how the computed score comes about, ``5 × 95% = 4.75``.
    """

    indicator: Indicator
    given: Decimal | None
    computed: Decimal | None
    final: Decimal | None
    status: Status
    deduction: Decimal | None
    reason: str
    evidence: str
    inputs: tuple[Fact, ...]
    basis: str
    key: str
    working: str = ""
    origin: Given | Derived | None = None
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores. ``groups`` holds the sums of the groups that are complete, ``total`` is None if nobody knows it."""

    system: IndicatorSystem
    rows: tuple[ScoredIndicator, ...]
    groups: Mapping[str, Decimal]
    total: Decimal | None
    grade: str | None
    findings: tuple[Finding, ...]
    stated_total: Decimal | None = None
    stated_grade: str | None = None
    year: int = 0
    total_origin: Given | Derived | None = None
    by_code: Mapping[str, ScoredIndicator] = field(default_factory=dict)

    def facts(self) -> tuple[Fact, ...]:
        """Every score, deduction and weight as a fact."""
        return (*self._weights(), *self._scores(), *self._sums(), *self._rates())

    def _weights(self) -> Iterator[Fact]:
        for part in self.system.parts().values():
            origin = Given(part.place, plain(part.weight))
            yield self._fact(f"评分.满分.{part.code}", part.weight, part.name, origin)
        groups = tuple(f"评分.满分.{group.code}" for group in self.system.groups)
        origin_of_all = Derived("score-weight", " + ".join(groups), groups)
        yield self._fact("评分.满分.合计", self.system.weight, "满分", origin_of_all)

    def _scores(self) -> Iterator[Fact]:
        for row in self.rows:
            if row.final is None or row.origin is None:
                continue
            code, name = row.indicator.code, row.indicator.name
            yield self._fact(row.key, row.final, name, row.origin, row.places)
            if row.deduction:
                inputs = (f"评分.满分.{code}", row.key)
                yield self._fact(f"评分.扣分.{code}", row.deduction, name, _difference("score-deduction", inputs))

    def _sums(self) -> Iterator[Fact]:
        for group in self.system.all_groups():
            if group.code in self.groups:
                inputs = tuple(score_key(part.code) for part in group.parts)
                origin = Derived("score-sum", " + ".join(inputs), inputs)
                yield self._fact(score_key(group.code), self.groups[group.code], group.name, origin)
        if self.total is not None and self.total_origin is not None:
            yield self._fact(TOTAL, self.total, "综合得分", self.total_origin)

    def _rates(self) -> Iterator[Fact]:
        """The rate that each rule looked at, as a fraction, however it was typed: ``评分.比率.C24``."""
        for row in self.rows:
            rate = next((fact for fact in row.inputs if fact.unit == RATE), None)
            if rate is not None:
                yield replace(rate, key=f"评分.比率.{row.indicator.code}", label=row.indicator.name)

    def _fact(self, key: str, value: Decimal, label: str, origin: Given | Derived, places: int | None = None) -> Fact:
        return Fact(key, value, POINT, label, self.year, origin, places, label)


def score(
    system: IndicatorSystem, score: Score | None, facts: Facts, locate: Locate, grades: GradeTable | None = None
) -> Scorecard:
    """Score a data file: ``score`` is its 评分, `facts` everything known, `locate` gives the place of a path.

    Without `grades` no grade is worked out and the stated one stands.
    """
    return _Scorer(system, score, facts, locate, grades).card()


def _difference(rule: str, inputs: tuple[str, ...]) -> Derived:
    return Derived(rule, " - ".join(inputs), inputs)


class _Scorer:
    """One run: collects rows and findings."""

    def __init__(
        self, system: IndicatorSystem, stated: Score | None, facts: Facts, locate: Locate, grades: GradeTable | None
    ) -> None:
        self.system, self.stated, self.facts, self.locate, self.grades = system, stated, facts, locate, grades
        self.entries: Mapping[str, ScoreEntry] = (stated.entries or {}) if stated else {}
        self.year = int(facts.value("年度") or 0)
        self.gatherer = Gatherer(facts, locate, self.year)
        self.findings: list[Finding] = []

    def card(self) -> Scorecard:
        rows = tuple(self.row(indicator) for indicator in self.system.indicators())
        finals = {row.indicator.code: row.final for row in rows}
        groups = {group.code: total for group in self.system.all_groups() if (total := _sum(group, finals)) is not None}
        if self.stated is not None:
            self.codes(self.stated)
            self.points(rows)
            self.missing(rows)
        total, origin = self.total(rows, groups)
        return Scorecard(
            self.system,
            rows,
            MappingProxyType(groups),
            total,
            self.grade(total),
            # without 评分 there is nothing to find fault with, whatever can be computed
            tuple(self.findings) if self.stated is not None else (),
            stated_total=None if self.stated is None or self.stated.total is None else self.stated.total.value,
            stated_grade=None if self.stated is None else self.stated.grade,
            year=self.year,
            total_origin=origin,
            by_code=MappingProxyType({row.indicator.code: row for row in rows}),
        )

    def at(self, code: str) -> Place:
        return self.locate(f"{ENTRIES}.{code}")

    def row(self, indicator: Indicator) -> ScoredIndicator:
        entry = self.entries.get(indicator.code)
        given = None if entry is None else entry.score
        inputs, worked, fits = self.work(indicator, entry)
        computed = None if worked is None else worked.score
        final = given.value if given is not None else computed
        status = _status(indicator, given, computed)
        row = ScoredIndicator(
            indicator,
            None if given is None else given.value,
            computed,
            final,
            status,
            None if final is None else max(indicator.weight - final, Decimal(0)),
            (entry.reason or "") if entry else "",
            (entry.evidence if entry else None) or indicator.evidence,
            inputs.facts,
            _basis(indicator, worked, fits),
            score_key(indicator.code),
            "" if worked is None else worked.working,
            self.origin(indicator, given, worked, inputs),
            None if given is None else given.places,
        )
        self.judge(row, inputs)
        return row

    def work(self, indicator: Indicator, entry: ScoreEntry | None) -> tuple[Inputs, Worked | None, bool]:
        """The inputs, the score they give, and whether they fit the rule."""
        inputs = Inputs(Answers())
        try:
            inputs = self.gatherer.gather(indicator, entry)
            return inputs, indicator.rule.work(indicator.weight, inputs.answers), True
        except AnswerError as error:
            self.findings.append(say.invalid_input(indicator, error.message, self.at(indicator.code)))
            return inputs, None, False

    def origin(
        self, indicator: Indicator, given: Measure | None, worked: Worked | None, inputs: Inputs
    ) -> Given | Derived | None:
        if given is not None:
            return Given(self.locate(f"{ENTRIES}.{indicator.code}.得分"), given.typed)
        if worked is None:
            return None
        return Derived(f"score-{indicator.rule.kind}", worked.working, tuple(fact.key for fact in inputs.facts))

    def judge(self, row: ScoredIndicator, inputs: Inputs) -> None:
        """Say what is wrong with one row."""
        indicator, at = row.indicator, self.at(row.indicator.code)
        score_at = at if row.given is None else self.locate(f"{ENTRIES}.{indicator.code}.得分")
        found = self.findings
        if row.given is not None and not 0 <= row.given <= indicator.weight:
            found.append(say.out_of_range(indicator, row.given, score_at))
        elif row.status == "differs" and row.given is not None and row.computed is not None:
            places = max(2, row.places or 0)
            given, computed = row.given, row.computed
            found.append(say.score_differs(indicator, given, computed, places, row.working, row.inputs, score_at))
        elif row.given is not None and row.status == "unverifiable" and indicator.rule.numeric and inputs.missing:
            found.append(say.unverifiable(indicator, row.given, inputs.missing, at))
        if inputs.unused:
            found.append(say.unused_input(indicator, inputs.unused, at))
        if inputs.rival is not None:
            found.append(say.rival_input(indicator, inputs.facts[0], inputs.rival, at))
        if inputs.doubtful is not None:
            found.append(say.doubtful_rate(indicator, inputs.doubtful.typed, at))
        if row.deduction and not row.reason:
            found.append(say.no_reason(indicator, row.deduction, score_at))

    def codes(self, stated: Score) -> None:
        """Compare codes and stated weights with the system."""
        parts = self.system.parts()
        for code in self.entries:
            if not isinstance(parts.get(code), Indicator):
                self.findings.append(say.unknown_code(code, self.system, self.at(code)))
        for code, measure in (stated.weights or {}).items():
            part, at = parts.get(code), self.locate(f"评分.权重.{code}")
            if part is None:
                self.findings.append(say.unknown_code(code, self.system, at, weights=True))
            elif part.weight != measure.value:
                self.findings.append(say.weight_differs(part, measure.value, at))

    def points(self, rows: tuple[ScoredIndicator, ...]) -> None:
        bare = [
            r.indicator
            for r in rows
            if r.status == "unverifiable" and r.basis == "no-input" and not r.indicator.rule.numeric
        ]
        if bare:
            self.findings.append(say.unverifiable_points(bare, [self.at(i.code) for i in bare]))

    def missing(self, rows: tuple[ScoredIndicator, ...]) -> None:
        without = [row.indicator for row in rows if row.status == "missing"]
        if without:
            places = [self.at(i.code) if i.code in self.entries else self.locate(ENTRIES) for i in without]
            self.findings.append(say.missing_scores(without, places))

    def total(
        self, rows: tuple[ScoredIndicator, ...], groups: Mapping[str, Decimal]
    ) -> tuple[Decimal | None, Given | Derived | None]:
        """The sum where it is complete, else the total given by hand."""
        low = sum((row.final for row in rows if row.final is not None), Decimal(0))
        high = low + sum((row.indicator.weight for row in rows if row.final is None), Decimal(0))
        stated = None if self.stated is None else self.stated.total
        if stated is not None:
            places = max(2, stated.places)
            if not half_up(low, places) <= stated.value <= half_up(high, places):
                self.findings.append(say.total_differs(stated.value, low, high, places, self.locate("评分.总分")))
        if low == high:
            inputs = tuple(score_key(group.code) for group in self.system.groups)
            return low, Derived("score-sum", " + ".join(inputs), inputs)
        if stated is None:
            return None, None
        return stated.value, Given(self.locate("评分.总分"), stated.typed)

    def grade(self, total: Decimal | None) -> str | None:
        stated = None if self.stated is None else self.stated.grade
        if total is None or self.grades is None:
            return stated
        grade = self.grades.grade(total, self.system.weight)
        if stated is not None and self.grades.named(stated) != grade:
            at = self.locate("评分.等级")
            self.findings.append(say.grade_differs(stated, grade, self.grades, total, at))
        return grade.name


def _sum(group: Group, finals: Mapping[str, Decimal | None]) -> Decimal | None:
    scores = [finals[indicator.code] for indicator in group.indicators()]
    known = [final for final in scores if final is not None]
    return sum(known, Decimal(0)) if len(known) == len(scores) else None


def _status(indicator: Indicator, given: Measure | None, computed: Decimal | None) -> Status:
    if given is None:
        return "missing" if computed is None else "computed"
    if not indicator.rule.needs:
        return "by-hand"
    if computed is None:
        return "unverifiable"
    # a table prints two decimals; who typed more is held to as many
    return "verified" if half_up(computed, max(2, given.places)) == given.value else "differs"


def _basis(indicator: Indicator, worked: Worked | None, fits: bool) -> str:
    if worked is None:
        return "by-hand" if not indicator.rule.needs else "no-input" if fits else "invalid-input"
    if worked.knocked_out:
        return "knocked-out"
    return "full" if worked.score == indicator.weight else "part" if worked.score else "zero"
