"""The scoring rules that stand on a rate: ratio, threshold, band, pass and step."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from draftgen.figures.scoring_base import (
    AT_LEAST,
    AT_MOST,
    BASE,
    VALUE,
    Answers,
    Bound,
    Parameters,
    Rule,
    Worked,
    percent,
    plain,
    worked,
    wrong,
)
from draftgen.findings import Localised

BY_ENTRY = "填报"  # 基准: 填报 — the entry has to give the base
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class RateRule(Rule):
    """A rule on a rate: of the entry (数值, over 基准 if there is one), or the fact whose key is ``input``.

    With ``by_entry`` a bare 数值 is no rate before the entry gives the base.
    """

    input: str
    base: Decimal | None
    by_entry: bool

    needs, allows, parameters = VALUE, frozenset({VALUE, BASE}), frozenset({"输入", "基准"})

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        return None if answers.rate is None else self._of(weight, max(answers.rate, _ZERO))

    @abstractmethod
    def _of(self, weight: Decimal, rate: Decimal) -> Worked:
        """The score of a rate."""


def _source(given: Parameters) -> tuple[str, Decimal | None, bool]:
    """Read what every rate rule has: its input and its base."""
    base = given.text(BASE, "-")
    if base in ("-", BY_ENTRY):
        return given.text("输入", "-").removeprefix("-"), None, base == BY_ENTRY
    number = given.number(BASE)
    if number <= 0:
        raise wrong(BASE, base)
    return given.text("输入", "-").removeprefix("-"), number, False


@dataclass(frozen=True, slots=True)
class Ratio(RateRule):
    """比率: the rate times the weight, never more than the weight."""

    kind, label = "ratio", "比率"

    def _words(self) -> Localised:
        return Localised("rate × weight", "比率×权重")

    def _of(self, weight: Decimal, rate: Decimal) -> Worked:
        return worked(f"{plain(weight)} × {percent(rate)}", weight * rate, weight)

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls(*_source(given))


@dataclass(frozen=True, slots=True)
class Threshold(RateRule):
    """达标比例: all from the bound on, in proportion below; ``to_bound`` measures the proportion against the bound."""

    bound: Bound
    to_bound: bool

    kind, label = "threshold", "达标比例"
    parameters = frozenset({"输入", "基准", "标准", "不足"})

    def _check(self, weight: Decimal) -> None:
        if self.bound.sense != AT_LEAST:
            raise wrong("标准", str(self.bound))

    def _words(self) -> Localised:
        if self.to_bound:
            zh, en = "{b}得满分，不足的按权重×比率÷标准计分", "full at {b}, below weight × rate ÷ bound"
        else:
            zh, en = "{b}得满分，不足的按权重×比率计分", "full at {b}, below weight × rate"
        return Localised(en, zh, {"b": self.bound})

    def _of(self, weight: Decimal, rate: Decimal) -> Worked:
        if self.bound.met(rate):
            return Worked(weight, f"{self.bound.compare(rate)} → {plain(weight)}")
        expression = f"{plain(weight)} × {percent(rate)}"
        if not self.to_bound:
            return worked(expression, weight * rate, weight)
        return worked(f"{expression} ÷ {percent(self.bound.rate)}", weight * rate / self.bound.rate, weight)

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        mode = given.choice("不足", ("比例", "权重比例"))
        return cls(*_source(given), given.bound("标准"), mode == "比例")


@dataclass(frozen=True, slots=True)
class Band(RateRule):
    """区间: all up to ``full``, nothing from ``zero`` on, linear between; the other way round where full > zero."""

    full: Decimal
    zero: Decimal

    kind, label = "band", "区间"
    parameters = frozenset({"输入", "基准", "满分", "零分"})

    def _words(self) -> Localised:
        sign, other = (AT_MOST, AT_LEAST) if self.full < self.zero else (AT_LEAST, AT_MOST)
        values = {"full": f"{sign}{percent(self.full)}", "zero": f"{other}{percent(self.zero)}"}
        return Localised(
            "full at {full}, nothing at {zero}, linear between", "{full}得满分，{zero}不得分，区间内按比例计分", values
        )

    def _of(self, weight: Decimal, rate: Decimal) -> Worked:
        left = (self.zero - rate) * (1 if self.full < self.zero else -1)
        width = abs(self.zero - self.full)
        best, worst = (AT_MOST, AT_LEAST) if self.full < self.zero else (AT_LEAST, AT_MOST)
        if left >= width:
            return Worked(weight, f"{percent(rate)} {best} {percent(self.full)} → {plain(weight)}")
        if left <= 0:
            return Worked(_ZERO, f"{percent(rate)} {worst} {percent(self.zero)} → 0")
        return worked(f"{plain(weight)} × {percent(left)} ÷ {percent(width)}", weight * left / width, weight)

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        full, zero = given.number("满分"), given.number("零分")
        if full == zero:
            raise wrong("零分", given.text("零分"))
        return cls(*_source(given), full, zero)


@dataclass(frozen=True, slots=True)
class Pass(RateRule):
    """是否达标: all or nothing."""

    bound: Bound

    kind, label = "pass", "是否达标"
    parameters = frozenset({"输入", "基准", "标准"})

    def _words(self) -> Localised:
        return Localised("full at {b}, else nothing", "{b}得满分，否则不得分", {"b": self.bound})

    def _of(self, weight: Decimal, rate: Decimal) -> Worked:
        score = weight if self.bound.met(rate) else _ZERO
        return Worked(score, f"{self.bound.compare(rate)} → {plain(score)}")

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls(*_source(given), given.bound("标准"))


@dataclass(frozen=True, slots=True)
class Step(RateRule):
    """逐点: beyond the bound a share of the weight is lost for every percentage point, counted whole or in part."""

    bound: Bound
    each: Decimal
    whole: bool

    kind, label = "step", "逐点"
    parameters = frozenset({"输入", "基准", "标准", "每点扣", "计点"})

    def _words(self) -> Localised:
        values = {"b": self.bound, "each": percent(self.each)}
        if self.whole:
            zh, en = "{b}得满分，每差1个整百分点扣权重的{each}", "full at {b}, {each} of the weight off per whole point"
        else:
            zh, en = "{b}得满分，每差1个百分点扣权重的{each}", "full at {b}, {each} of the weight off per point"
        return Localised(en, zh, values)

    def _of(self, weight: Decimal, rate: Decimal) -> Worked:
        if self.bound.met(rate):
            return Worked(weight, f"{self.bound.compare(rate)} → {plain(weight)}")
        points = abs(self.bound.rate - rate) * 100
        points = points.to_integral_value(ROUND_FLOOR) if self.whole else points
        expression = f"{plain(weight)} × (1 − {percent(self.each)} × {plain(points)})"
        return worked(expression, weight * (1 - self.each * points), weight)

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        each = given.number("每点扣")
        if not 0 < each <= 1:
            raise wrong("每点扣", given.text("每点扣"))
        return cls(*_source(given), given.bound("标准"), each, given.choice("计点", ("整点", "部分")) == "整点")
