"""What the scores of projects come to as facts: scores, deductions, sums by group, totals of all projects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from draftgen.figures.facts import Derived, Fact, Facts, Given, segment
from draftgen.figures.indicator_system import GradeTable
from draftgen.figures.quantities import ITEM, POINT, half_up
from draftgen.figures.scoring_base import Rule

PROJECTS = "绩效目标.项目"
HUNDRED = Decimal(100)
MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class ScoredTarget:
    """One row of the form: an indicator, or (with an empty ``level``) the execution rate of the money.

    ``span`` is where a qualitative score has to lie; ``missed`` and ``exceeded`` tell how the result stands to the
    target.
    """

    key: str
    name: str
    level: str
    second: str
    weight: Decimal | None
    final: Decimal | None
    given: bool
    applies: bool = True
    rule: Rule | None = None
    working: str = ""
    missed: bool = False
    exceeded: bool = False
    span: tuple[Decimal, Decimal] | None = None

    @property
    def deduction(self) -> Decimal | None:
        """What was lost, None where the score or the weight is not known."""
        if self.weight is None or self.final is None:
            return None
        return max(self.weight - self.final, Decimal(0))


@dataclass(frozen=True, slots=True)
class CardFacts:
    """Makes the facts of one project. ``places`` are the decimals that each score keeps."""

    key: str
    year: int
    score_places: int
    grades: GradeTable | None

    def of(self, rows: list[ScoredTarget], execution: ScoredTarget | None, total: Decimal | None) -> tuple[Fact, ...]:
        """Every fact of a card."""
        scored = [*([execution] if execution else []), *(r for r in rows if r.applies)]
        return (*self._row_facts(rows, execution), *self._sums(rows, scored, total))

    def _row_facts(self, rows: list[ScoredTarget], execution: ScoredTarget | None) -> Iterator[Fact]:
        for row in rows:
            if row.final is not None and not row.given:
                yield self._fact(f"{row.key}.得分", row.final, row.name, _by(row))
            if row.applies and row.deduction:
                inputs = (f"{row.key}.分值", f"{row.key}.得分")
                yield self._fact(f"{row.key}.扣分", row.deduction, row.name, Derived("score-deduction", "−", inputs))
            if row.missed or row.exceeded:
                name = "未完成" if row.missed else "超额"
                origin = Derived("target-deviation", name, (f"{row.key}.目标值", f"{row.key}.实际值"))
                yield Fact(f"{row.key}.{name}", Decimal(1), ITEM, name, self.year, origin)
        if execution is None or execution.weight is None:
            return
        base = f"{self.key}.评分.执行率"
        yield self._fact(f"{base}满分", execution.weight, "预算执行率分值", Derived("scheme", "", ()))
        if execution.final is not None:
            yield self._fact(f"{base}得分", execution.final, "预算执行率得分", _by(execution))
        if execution.deduction:
            inputs = (f"{base}满分", f"{base}得分")
            yield self._fact(
                f"{base}扣分", execution.deduction, "预算执行率扣分", Derived("score-deduction", "−", inputs)
            )

    def _sums(self, rows: list[ScoredTarget], scored: list[ScoredTarget], total: Decimal | None) -> Iterator[Fact]:
        base = f"{self.key}.评分"
        for name in dict.fromkeys(row.level for row in rows if row.level and row.applies):
            group = [row for row in rows if row.level == name and row.applies]
            yield from self._sum(f"{base}.满分.{segment(name)}", [(f"{r.key}.分值", r.weight) for r in group], name)
            yield from self._sum(f"{base}.得分.{segment(name)}", [(f"{r.key}.得分", r.final) for r in group], name)
        if not rows and total is None:
            return
        keys = [(f"{base}.执行率" if not r.level and r.name == "预算执行率" else f"{r.key}.", r) for r in scored]
        yield from self._sum(f"{base}.计分满分", [(f"{k}分值", r.weight) for k, r in keys], "计分指标满分")
        yield from self._sum(f"{base}.合计得分", [(f"{k}得分", r.final) for k, r in keys], "各项得分之和")
        out = [row for row in rows if not row.applies]
        if out and all(row.weight is not None for row in out):
            yield from self._sum(f"{base}.不适用分值", [(f"{r.key}.分值", r.weight) for r in out], "不适用指标分值")
            origin = Derived("count", "不适用指标", tuple(r.key for r in out))
            yield Fact(f"{base}.不适用个数", Decimal(len(out)), "项", "不适用指标", self.year, origin, 0)
        yield self._fact(f"{base}.满分.合计", HUNDRED, "满分", Derived("scheme", "", ()))
        if total is not None:
            origin = Derived("score-sum", "各项得分之和", tuple(f"{k}得分" for k, _ in keys))
            yield Fact(
                f"{base}.综合得分", total, POINT, "综合得分", self.year, origin, self._places(total), "total score"
            )

    def _sum(self, key: str, parts: list[tuple[str, Decimal | None]], label: str) -> Iterator[Fact]:
        """A sum where every part is known."""
        known = [value for _, value in parts if value is not None]
        if parts and len(known) == len(parts):
            origin = Derived("score-sum", " + ".join(k for k, _ in parts), tuple(k for k, _ in parts))
            yield self._fact(key, sum(known, Decimal(0)), label, origin)

    def _places(self, total: Decimal) -> int:
        """The decimals that show on which side of a grade's bound a total lies: 89.995 is not printed as 90.00."""
        places = self.score_places
        if self.grades is not None:
            while places < MOST_PLACES and self.grades.grade(half_up(total, places)) != self.grades.grade(total):
                places += 1
        return places

    def _fact(self, key: str, value: Decimal, label: str, origin: Given | Derived) -> Fact:
        return Fact(key, value, POINT, label, self.year, origin, None, label)


def _by(row: ScoredTarget) -> Derived:
    kind = row.rule.kind if row.rule else "hand"
    inputs = (f"{row.key}.合计.全年预算执行率",) if not row.level and kind == "execution" else ()
    return Derived(
        f"score-{kind}", row.working, inputs or (f"{row.key}.目标值", f"{row.key}.实际值", f"{row.key}.分值")
    )


def project_totals(facts: Facts) -> Facts:
    """Add what all projects come to, where it is known of every one: never a partial total.

    ``项目汇总.资金`` with its 年初预算 and 全年预算, as the sum of ``资金.合计`` of the projects.
    """
    projects = dict.fromkeys(c["项目"] for c in facts.captures(f"{PROJECTS}.{{项目}}.资金.合计"))
    count = facts.value(f"{PROJECTS}.个数")
    made: list[Fact] = []
    for facet in ("", ".年初预算", ".全年预算"):
        parts = [f for name in projects if (f := facts.get(f"{PROJECTS}.{name}.资金.合计{facet}")) is not None]
        if parts and len(parts) == count:
            keys = tuple(part.key for part in parts)
            total = sum((part.value for part in parts), Decimal(0))
            slack = sum((part.slack for part in parts), Decimal(0))
            origin = Derived("projects-sum", " + ".join(keys), keys)
            made.append(
                Fact(f"项目汇总.资金{facet}", total, parts[0].unit, "项目资金", parts[0].year, origin, slack=slack)
            )
    return facts.plus(made)
