"""Scoring rules of 项目支出绩效自评: an indicator is held against its own target, the money against the year's budget.

They stand beside the rules of department systems (`scoring_rules`) on the same base: a rule takes the weight and the
answers and gives an exact score between nothing and the weight. What differs is where the bound comes from: here it is
the target of the data file. Source: 财预〔2020〕10号 and the scoring rules of provincial budget performance systems.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from draftgen.figures.scoring_base import Answers, Parameters, Rule, Worked, percent, plain, worked
from draftgen.findings import Localised

_ZERO, _ONE, _TWO = Decimal(0), Decimal(1), Decimal(2)
RISING, EXACT, FALLING = ("≥", ">"), ("=",), ("≤", "<")


@dataclass(frozen=True, slots=True)
class AtLeast(Rule):
    """正向指标: full from the target on, below it in proportion. A target of exactly nothing admits nothing more."""

    target: Decimal
    exact: bool = False

    kind, label, needs = "at-least", "正向", "实际值"

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        actual = answers.actual
        if actual is None or self.target < 0:
            return None
        actual = max(actual, _ZERO)
        if self.target == 0:
            return worked(f"{plain(actual, 4)} : 0", _ZERO if self.exact and actual > 0 else weight, weight)
        if actual >= self.target:
            return worked(f"{plain(actual, 4)} ≥ {plain(self.target, 4)}", weight, weight)
        return worked(
            f"{plain(weight)} × {plain(actual, 4)} ÷ {plain(self.target, 4)}", weight * actual / self.target, weight
        )

    def _words(self) -> Localised:
        return Localised("in proportion to the target", "按完成比例计分，达到目标值得满分")

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls(given.number("目标"))


@dataclass(frozen=True, slots=True)
class AtMost(Rule):
    """反向指标: full up to the target; above it the excess is taken off, or (``ratio``) target ÷ actual counts."""

    target: Decimal
    ratio: bool = False

    kind, label, needs = "at-most", "反向", "实际值"

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        actual, target = answers.actual, self.target
        if actual is None or target < 0:
            return None
        actual = max(actual, _ZERO)
        if actual <= target:
            return worked(f"{plain(actual, 4)} ≤ {plain(target, 4)}", weight, weight)
        if self.ratio:
            return worked(
                f"{plain(weight)} × {plain(target, 4)} ÷ {plain(actual, 4)}", weight * target / actual, weight
            )
        if actual >= _TWO * target:
            return worked(f"{plain(actual, 4)} ≥ 2 × {plain(target, 4)}", _ZERO, weight)
        excess = f"{plain(actual, 4)} − {plain(target, 4)}"
        return worked(
            f"{plain(weight)} × [1 − ({excess}) ÷ {plain(target, 4)}]",
            weight * (_ONE - (actual - target) / target),
            weight,
        )

    def _words(self) -> Localised:
        if self.ratio:
            return Localised("target divided by result", "超过目标值的，按目标值与实际值之比计分")
        return Localised(
            "the excess over the target is taken off", "超过目标值的，按超出比例扣分，超出一倍及以上不得分"
        )

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls(given.number("目标"))


@dataclass(frozen=True, slots=True)
class Execution(Rule):
    """预算执行率: outlay over the budget of the full year, capped at the weight."""

    kind, label, needs = "execution", "预算执行率", "执行率"

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        rate = answers.rate
        return None if rate is None else worked(f"{plain(weight)} × {percent(rate)}", weight * rate, weight)

    def _words(self) -> Localised:
        return Localised("execution rate × full mark", "执行率×分值，超过分值的按分值计")

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        del given
        return cls()


@dataclass(frozen=True, slots=True)
class Attained(Rule):
    """定性指标: people decide within the span of the level reached; only a span of one point can be worked out."""

    low: Decimal  # shares of the weight
    high: Decimal
    open_above: bool = False  # the upper end belongs to the next better level

    kind, label, needs, numeric = "attained", "定性", "得分", False

    def span(self, weight: Decimal) -> tuple[Decimal, Decimal]:
        """The lowest and the highest score of this level."""
        return self.low * weight, self.high * weight

    def admits(self, score: Decimal, weight: Decimal) -> bool:
        """Tell whether a score by hand lies within the level."""
        low, high = self.span(weight)
        return low <= score and (score < high if self.open_above else score <= high)

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        del answers
        return worked(percent(self.low), self.low * weight, weight) if self.low == self.high else None

    def _words(self) -> Localised:
        values = {"low": percent(self.low), "high": percent(self.high)}
        return Localised("{low} to {high} of the full mark", "按分值的{low}至{high}计分", values)

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls(given.number("下限"), given.number("上限"))
