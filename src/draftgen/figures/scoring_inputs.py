"""What is known about one indicator: the inputs of its rule, out of its entry and out of the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from draftgen.figures.facts import Fact, Facts, Given, Locate
from draftgen.figures.indicator_system import Indicator
from draftgen.figures.model.performance import ScoreEntry
from draftgen.figures.quantities import ITEM, RATE, Measure, half_up
from draftgen.figures.scoring_base import (
    BASE,
    EVENTS,
    LEVEL,
    MISUSE,
    POINTS,
    QUARTERS,
    VALUE,
    AnswerError,
    Answers,
)
from draftgen.figures.scoring_rates import RateRule
from draftgen.findings import Localised

ENTRIES = "评分.指标"
_FIELDS = MappingProxyType(
    {
        POINTS: "points",
        LEVEL: "level",
        VALUE: "value",
        BASE: "base",
        EVENTS: "events",
        QUARTERS: "quarters",
        MISUSE: "misuse",
    }
)
_UNITS = MappingProxyType({EVENTS: "次", QUARTERS: ITEM, LEVEL: "档"})


@dataclass(frozen=True, slots=True)
class Inputs:
    """The answers for the rule, the facts they stand on, and how the entry stands to the rest of the data.

    ``missing`` are the fields that the rule still needs; ``rival`` is the fact that contradicts 数值.
    """

    answers: Answers
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    rival: Fact | None = None
    doubtful: Measure | None = None  # a bare 0.95 where 95% may be meant


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Looks the inputs up in the data of one year."""

    facts: Facts
    locate: Locate
    year: int

    def gather(self, indicator: Indicator, entry: ScoreEntry | None) -> Inputs:
        """Collect what the rule of `indicator` needs.

        Raises:
            AnswerError: the entry does not fit the rule.
        """
        rule, needs = indicator.rule, indicator.rule.needs
        unused = tuple(name for name in _given(entry) if name not in rule.allows)
        if isinstance(rule, RateRule):
            return self._rate(rule, indicator.code, entry, unused)
        measure = _measure(entry, needs)
        facts = () if measure is None else (self._fact(indicator.code, needs, measure),)
        missing = (needs,) if needs and needs not in _given(entry) else ()
        return Inputs(_answers(needs, measure, entry), facts, missing, unused)

    def _rate(self, rule: RateRule, code: str, entry: ScoreEntry | None, unused: tuple[str, ...]) -> Inputs:
        source = self.facts.get(rule.input) if rule.input else None
        known = None if source is None else source.value / (rule.base or 1)
        value, base = _measure(entry, VALUE), _measure(entry, BASE)
        if value is None:
            if source is not None:
                return Inputs(Answers(rate=known), (source,), (), unused)
            return Inputs(Answers(), (), (VALUE, BASE) if rule.by_entry else (VALUE,), unused)
        if rule.by_entry and base is None and value.unit != RATE:
            return Inputs(Answers(), (self._fact(code, VALUE, value),), (BASE,), unused)
        rate = _rate(value, base, rule.base)
        alone = base is None and rule.base is None
        doubtful = value if alone and value.unit != RATE and 0 < value.value <= 1 else None
        facts: tuple[Fact, ...] = (self._fact(code, VALUE, value, rate if alone else None),)
        facts += () if base is None else (self._fact(code, BASE, base),)
        places = value.places if base is None else 2
        rival = source if known is not None and half_up(known * 100, places) != half_up(rate * 100, places) else None
        return Inputs(Answers(rate=rate), facts, (), unused, rival, doubtful)

    def _fact(self, code: str, name: str, measure: Measure, rate: Decimal | None = None) -> Fact:
        """A number of the entry as a fact; `rate` is its value where it stands for a rate."""
        key = f"{ENTRIES}.{code}.{name}"
        origin = Given(self.locate(key), measure.typed)
        unit = RATE if rate is not None else measure.unit or _UNITS.get(name, "")
        value = rate if rate is not None else measure.value / 100 if unit == RATE else measure.value
        return Fact(key, value, unit, name, self.year, origin, measure.places)


def _given(entry: ScoreEntry | None) -> Iterator[str]:
    for name, attribute in _FIELDS.items():
        if getattr(entry, attribute, None) is not None:
            yield name


def _measure(entry: ScoreEntry | None, name: str) -> Measure | None:
    value = getattr(entry, _FIELDS.get(name, ""), None)
    return value if isinstance(value, Measure) else None


def _answers(needs: str, measure: Measure | None, entry: ScoreEntry | None) -> Answers:
    if measure is not None and measure.unit == RATE:
        values = {"name": needs, "typed": measure.typed}
        raise AnswerError(
            Localised(
                "{name} {typed}: expected a number, not a rate", "“{name}”填报为{typed}，应为个数而不是比率", values
            )
        )
    number = None if measure is None else measure.value
    if needs == LEVEL:
        return Answers(level=number)
    if needs == POINTS:
        points = None if entry is None or entry.points is None else tuple(entry.points)
        return Answers(points=points, misuse=bool(entry and entry.misuse))
    return Answers(count=number)


def _rate(value: Measure, base: Measure | None, fixed: Decimal | None) -> Decimal:
    """Turn 数值 into a fraction. A bare number without a base is in percent, as in every rate of the data file."""
    if base is not None:
        if (value.unit == RATE) != (base.unit == RATE):
            raise _mixed(value, base)
        if base.value <= 0:
            typed = {"typed": base.typed}
            raise AnswerError(Localised("the base {typed} is not positive", "“基准”填报为{typed}，应大于0", typed))
        return value.value / base.value
    if value.unit == RATE:
        return value.value / 100
    if fixed is not None:
        return value.value / fixed
    if value.unit:
        typed = {"typed": value.typed}
        raise AnswerError(Localised("{typed} is no rate", "“数值”填报为{typed}，应为比率，如95%", typed))
    return value.value / 100


def _mixed(value: Measure, base: Measure) -> AnswerError:
    values = {"value": value.typed, "base": base.typed}
    return AnswerError(
        Localised(
            "{value} and the base {base} are not in the same unit: one is a rate",
            "“数值”{value}与“基准”{base}单位不一致，其中一项为比率",
            values,
        )
    )
