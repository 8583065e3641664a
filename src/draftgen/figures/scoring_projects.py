"""Scores of projects: every indicator against its target, the money against the year's budget, total and grade.

A score given by hand stands and is held against the one worked out; what nobody gave and no rule gives stays unknown,
and with it the total. Each score keeps the decimals of the scheme, so that the column of the form adds up; the total
is never rounded, and decides the grade.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from draftgen.figures import project_findings as say
from draftgen.figures.facts import Derived, Fact, Facts, Locate, item_names
from draftgen.figures.indicator_system import GradeTable
from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.performance import Indicator, Project
from draftgen.figures.project_facts import HUNDRED, PROJECTS, CardFacts, ScoredTarget, project_totals
from draftgen.figures.quantities import ITEM, Measure, half_up
from draftgen.figures.scoring_base import Answers, Rule, Worked
from draftgen.figures.scoring_scheme import Scheme, Weights
from draftgen.figures.scoring_targets import EXACT, FALLING, RISING, AtLeast, AtMost, Attained, Execution
from draftgen.figures.texts import GivenText, Texts
from draftgen.findings import Finding, Place


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """The scores of one project. ``total`` is on a scale of a hundred and None where nobody knows it."""

    key: str
    name: str
    rows: tuple[ScoredTarget, ...]  # indicators in the order of the form
    execution: ScoredTarget | None
    total: Decimal | None
    grade: str
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]

    @property
    def scored(self) -> tuple[ScoredTarget, ...]:
        """Every row that counts."""
        head = (self.execution,) if self.execution else ()
        return (*head, *(row for row in self.rows if row.applies))


def grade_counts(cards: Sequence[ProjectCard], grades: GradeTable | None, year: int) -> Iterator[Fact]:
    """How many projects have each grade, where every one has: ``项目汇总.等级.优``."""
    if grades is None or not all(card.grade for card in cards):
        return
    for grade in grades.grades:
        keys = tuple(f"{card.key}.评分.综合得分" for card in cards if card.grade == grade.name)
        if keys:
            origin = Derived("grade-count", f"等级为{grade.name}的项目", keys)
            label = f"评价等级为“{grade.name}”的项目"
            yield Fact(f"项目汇总.等级.{grade.name}", Decimal(len(keys)), ITEM, label, year, origin, 0, grade.name)


def with_projects(texts: Texts, cards: tuple[ProjectCard, ...]) -> Texts:
    """Add what scoring settles in words: the grade, first-level names as the scheme has them, rows in its order."""
    one, items = dict(texts.one), dict(texts.items)
    for card in cards:
        if card.grade:
            one[f"{card.key}.评分.等级"] = GivenText(f"{card.key}.评分.等级", card.grade, "")
        if card.rows:
            items[f"{card.key}.指标"] = tuple(row.key for row in card.rows)
        for row in card.rows:
            if row.level:
                key = f"{row.key}.一级指标"
                one[key] = GivenText(key, row.level, one[key].path if key in one else "")
    return replace(texts, one=one, items=items)


def same_names(dataset: Dataset, locate: Locate) -> Iterator[Finding]:
    """Find projects that carry one name: what is said of one cannot be told from the other."""
    found: dict[str, list[Place]] = {}
    for number, project in enumerate((dataset.goals.projects if dataset.goals else None) or (), 1):
        found.setdefault(project.name, []).append(locate(f"{PROJECTS}[{number}].名称"))
    return (say.twice(name, places) for name, places in found.items() if len(places) > 1)


def score_projects(
    scheme: Scheme, dataset: Dataset, facts: Facts, locate: Locate, *, grades: GradeTable | None, variant: str = ""
) -> tuple[ProjectCard, ...]:
    """Score every project of a data file."""
    projects = (dataset.goals.projects if dataset.goals else None) or []
    cards = []
    for number, (name, project) in enumerate(zip(item_names(projects), projects, strict=True), 1):
        place = f"{PROJECTS}[{number}]"
        cards.append(_Scorer(scheme, project, (f"{PROJECTS}.{name}", place), facts, locate, grades, variant).card())
    return tuple(cards)


class _Scorer:
    """One project: collects rows and findings."""

    def __init__(
        self,
        scheme: Scheme,
        project: Project,
        where: tuple[str, str],
        facts: Facts,
        locate: Locate,
        grades: GradeTable | None,
        variant: str,
    ) -> None:
        self.scheme, self.project, self.facts, self.locate = scheme, project, facts, locate
        self.key, self.path = where
        self.grades, self.variant = grades, variant
        self.year = int(facts.value("年度") or 0)
        self.findings: list[Finding] = []

    def card(self) -> ProjectCard:
        indicators = self.project.indicators or []
        named = zip(item_names(indicators), indicators, strict=True)
        rows = [self.row(name, i, f"{self.path}.指标[{n}]") for n, (name, i) in enumerate(named, 1)]
        rows.sort(key=lambda row: self.scheme.order(row.level))
        division = self.scheme.chosen(frozenset(r.level for r in rows if r.level), self.variant)
        execution = self.execution(division or self.scheme.default(self.variant))
        scored = [*([execution] if execution else []), *(r for r in rows if r.applies)]
        if rows:
            self.weights(rows, execution, division)
        total, grade = self.total(scored, bool(rows))
        facts = CardFacts(self.key, self.year, self.scheme.places, self.grades).of(rows, execution, total)
        return ProjectCard(
            self.key, self.project.name, tuple(rows), execution, total, grade, tuple(self.findings), facts
        )

    def row(self, name: str, indicator: Indicator, path: str) -> ScoredTarget:
        key = f"{self.key}.指标.{name}"
        level = self.scheme.level(indicator.level_one or "", indicator.level_two or "")
        weight = None if indicator.weight is None else indicator.weight.value
        applies = indicator.applies is not False
        rule = self.rule(key, indicator, path) if applies else None
        actual = self.facts.value(f"{key}.实际值")
        if applies and actual is not None and actual < 0:
            self.findings.append(say.negative_actual(indicator.name, self.facts[f"{key}.实际值"]))
        worked = self.work(rule, weight, Answers(actual=actual))
        missed, exceeded = self.deviation(key, indicator, rule)
        row = ScoredTarget(
            key, indicator.name, level, indicator.level_two or "", weight,
            self.final(indicator.score, worked) if applies else None, indicator.score is not None, applies, rule,
            worked.working if worked else "", missed, exceeded,
            rule.span(weight) if isinstance(rule, Attained) and weight is not None else None,
        )  # fmt: skip
        if applies:
            self.judge(row, indicator, worked, path)
        return row

    def rule(self, key: str, indicator: Indicator, path: str) -> Rule | None:
        """The rule by which an indicator is scored: by its target, or by the level it reached."""
        if indicator.attained is not None and indicator.target is None:
            return self.scheme.spans[indicator.attained]
        target, actual = self.facts.get(f"{key}.目标值"), self.facts.get(f"{key}.实际值")
        if target is None:
            return None
        if actual is not None and actual.unit != target.unit:
            self.findings.append(say.units_differ(indicator.name, target, actual))
            return None
        sense = indicator.sense or "≥"
        if sense in FALLING:
            return AtMost(target.value, self.scheme.reverse_by_ratio)
        return AtLeast(target.value, sense in EXACT)

    def work(self, rule: Rule | None, weight: Decimal | None, answers: Answers) -> Worked | None:
        if rule is None or weight is None:
            return None
        worked = rule.work(weight, answers)
        return None if worked is None else Worked(half_up(worked.score, self.scheme.places), worked.working)

    def final(self, given: Measure | None, worked: Worked | None) -> Decimal | None:
        if given is not None:
            return given.value
        return worked.score if worked else None

    def deviation(self, key: str, indicator: Indicator, rule: Rule | None) -> tuple[bool, bool]:
        """Whether the result misses the target, and whether it goes so far beyond that it has to be explained."""
        if isinstance(rule, Attained):
            return indicator.attained != "达成", False
        target, actual = self.facts.get(f"{key}.目标值"), self.facts.get(f"{key}.实际值")
        if rule is None or target is None or actual is None or target.value < 0:
            return False, False
        a, t, sense = actual.value, target.value, indicator.sense or "≥"
        if sense in FALLING:
            return a > t or (sense == "<" and a == t), False
        limit = self.facts.value("阈值.指标超额率")
        exceeded = sense in RISING and limit is not None and t > 0 and a >= limit * t
        short = a < t or (sense == ">" and a == t) or (sense in EXACT and t == 0 and a > 0)
        return short, exceeded

    def judge(self, row: ScoredTarget, indicator: Indicator, worked: Worked | None, path: str) -> None:
        """Say what is wrong with one row."""
        at = self.locate(f"{path}.得分") if row.given else self.locate(path)
        found, name, weight = self.findings, row.name, row.weight
        if weight is None:
            found.append(say.weight_missing(name, row.key, self.locate(path)))
        elif indicator.score is not None:
            self.judge_score(row, indicator.score.value, worked, at)
        elif isinstance(row.rule, Attained) and worked is None and row.span is not None:
            found.append(say.score_wanted(name, str(indicator.attained), row.span, row.key, self.locate(path)))
        elif worked is None and not (self.facts.get(f"{row.key}.目标值") and self.facts.get(f"{row.key}.实际值")):
            found.append(say.no_score(name, row.key, self.locate(path)))
        if (row.missed or row.deduction) and not indicator.reason:
            found.append(say.reason_missing(name, self.pair(row.key), row.deduction, row.key, self.locate(path)))
        elif row.exceeded and not indicator.reason:
            found.append(say.exceeded(name, self.pair(row.key), self.facts.value("阈值.指标超额率"), row.key))

    def judge_score(self, row: ScoredTarget, given: Decimal, worked: Worked | None, place: Place) -> None:
        weight, rule = row.weight, row.rule
        assert weight is not None
        if not 0 <= given <= weight:
            self.findings.append(say.out_of_range(row.name, given, weight, row.key, place))
        elif isinstance(rule, Attained) and row.span is not None and not rule.admits(given, weight):
            self.findings.append(say.outside_span(row.name, given, row.span, row.key, place))
        elif worked is not None and rule is not None and abs(given - worked.score) > self.scheme.tolerance:
            said = (given, worked.score, worked.working, rule.describe())
            self.findings.append(say.score_differs(row.name, said, row.key, place))

    def pair(self, key: str) -> tuple[Fact | None, Fact | None]:
        return self.facts.get(f"{key}.目标值"), self.facts.get(f"{key}.实际值")

    def execution(self, division: Weights) -> ScoredTarget | None:
        """The row of the money, none where the scheme does not score it."""
        money, key = self.project.money, f"{self.key}.资金"
        weight = money.weight.value if money and money.weight else division.execution
        if not weight:
            return None
        rate = self.facts.value(f"{key}.合计.全年预算执行率")
        budget, spent = self.facts.get(f"{key}.合计.全年预算"), self.facts.get(f"{key}.合计")
        if budget is not None and budget.value == 0:
            self.findings.append(say.no_budget(self.project.name, budget, spent))
        elif budget is not None and spent is not None and spent.value > budget.value:
            self.findings.append(say.over_budget(self.project.name, budget, spent))
        total = money.total if money else None
        if rate is not None and rate < self.scheme.explain_below and total and not total.budget_reason:
            at = self.locate(f"{self.path}.资金.合计")
            self.findings.append(say.rate_unexplained(self.project.name, rate, self.scheme.explain_below, key, at))
        worked = self.work(Execution(), weight, Answers(rate=rate))
        given = money.score if money else None
        final = self.final(given, worked)
        row = ScoredTarget(
            key,
            "预算执行率",
            "",
            "",
            weight,
            final,
            given is not None,
            True,
            Execution(),
            worked.working if worked else "",
        )
        if given is not None:
            self.judge_score(row, given.value, worked, self.locate(f"{self.path}.资金.得分"))
        return row

    def weights(self, rows: list[ScoredTarget], execution: ScoredTarget | None, division: Weights | None) -> None:
        """Hold the weights against a hundred and against the customary division."""
        weights = [row.weight for row in rows]
        names = sorted({row.level for row in rows if row.level}, key=self.scheme.order)
        places = [f.place for row in rows if (f := self.facts.get(f"{row.key}.分值")) is not None and f.place]
        if None not in weights:
            total = sum(
                (w for w in weights if w is not None), execution.weight or Decimal(0) if execution else Decimal(0)
            )
            if total != HUNDRED:
                self.findings.append(say.weights_total(self.project.name, total, places or [self.locate(self.path)]))
        if division is None and not names:  # the form asks for them
            return
        if division is None:
            self.findings.append(
                say.no_division(self.project.name, names, self.scheme, self.locate(f"{self.path}.指标"))
            )
            return
        for name in names:
            group = [row for row in rows if row.level == name]
            own = sum((row.weight or Decimal(0) for row in group), Decimal(0))
            if all(row.weight is not None for row in group) and own != division.levels[name]:
                at = [f.place for row in group if (f := self.facts.get(f"{row.key}.分值")) is not None and f.place]
                self.findings.append(say.weight_differs(name, own, division, at))

    def total(self, scored: list[ScoredTarget], has_rows: bool) -> tuple[Decimal | None, str]:
        """The total out of a hundred, and its grade; a total by hand stands where the sum is not known."""
        stated, full = self.project.score, sum((r.weight or Decimal(0) for r in scored), Decimal(0))
        finals = [row.final for row in scored if row.final is not None]
        total: Decimal | None = None
        complete = has_rows and len(finals) == len(scored) and all(r.weight is not None for r in scored)
        if complete and full > 0:
            points = sum(finals, Decimal(0))
            dropped = any(i.applies is False for i in self.project.indicators or ())
            total = points * HUNDRED / full if dropped else points
        if stated is not None and total is not None:
            places = max(self.scheme.places, stated.places)
            if half_up(total, places) != stated.value:
                at = self.locate(f"{self.path}.总分")
                self.findings.append(say.total_differs(stated.value, total, f"{self.key}.评分.综合得分", at))
        if total is None and stated is not None:
            total = stated.value
        return total, self.grade(total)

    def grade(self, total: Decimal | None) -> str:
        stated = self.project.grade or ""
        if total is None or self.grades is None:
            return stated
        grade = self.grades.grade(total)
        if stated and self.grades.named(stated) != grade:
            at = self.locate(f"{self.path}.等级")
            self.findings.append(say.grade_differs(stated, grade.name, total, f"{self.key}.评分.综合得分", at))
        return grade.name


__all__ = [
    "PROJECTS",
    "ProjectCard",
    "ScoredTarget",
    "grade_counts",
    "project_totals",
    "same_names",
    "score_projects",
    "with_projects",
]
