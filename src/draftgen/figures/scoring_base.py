"""What every scoring rule stands on: parameters of the template, answers of the data file, the rule itself."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar

from draftgen.figures.quantities import POINT, RATE, half_up, parse_measure
from draftgen.findings import Localised

VALUE, BASE, EVENTS, QUARTERS, POINTS, LEVEL, MISUSE = "数值", "基准", "次数", "季度数", "要点", "档次", "否决"
AT_LEAST, AT_MOST = "≥", "≤"
_BOUND = re.compile(r"(≥|≤|>=|<=)?\s*([^≥≤<>=]+)")
_ASCII_SENSE = MappingProxyType({">=": AT_LEAST, "<=": AT_MOST})


class RuleError(ValueError):
    """A parameter of a rule is missing or wrong."""

    def __init__(self, parameter: str, message: Localised) -> None:
        super().__init__(message.render("en"))
        self.parameter, self.message = parameter, message


def plain(value: Decimal, places: int = 2) -> str:
    """Write a number for a message, without zeros at its end.

    >>> plain(Decimal("4.750")), plain(Decimal("100")), plain(Decimal("2") / 3)
    ('4.75', '100', '0.67')
    """
    text = f"{half_up(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(rate: Decimal, places: int = 2) -> str:
    """Write a fraction as a percentage.

    >>> percent(Decimal(59) / 72)
    '81.94%'
    """
    return f"{plain(rate * 100, places)}%"


@dataclass(frozen=True, slots=True)
class Bound:
    """A sense and a rate, ``≥ 95%``."""

    sense: str
    rate: Decimal

    def met(self, rate: Decimal) -> bool:
        """Tell whether `rate` is on the good side, the bound itself included."""
        return rate >= self.rate if self.sense == AT_LEAST else rate <= self.rate

    def compare(self, rate: Decimal) -> str:
        """Write how `rate` stands to the bound, ``96% ≥ 95%``."""
        beyond = "<" if self.sense == AT_LEAST else ">"
        shown, bound = percent(rate), percent(self.rate)
        if shown == bound and rate != self.rate:  # never "95% < 95%"
            shown = percent(rate, 8)
        return f"{shown} {self.sense if self.met(rate) else beyond} {bound}"

    def __str__(self) -> str:
        return f"{self.sense}{percent(self.rate)}"


@dataclass(frozen=True, slots=True)
class Deduction:
    """What one event costs: points, or a share of the weight kept as a fraction because 1/3 has no decimal form."""

    amount: Decimal
    parts: Decimal = Decimal(1)
    of_weight: bool = False

    def times(self, count: Decimal, weight: Decimal) -> Decimal:
        """The deduction for `count` events. Multiplied before it is divided, so three thirds are the whole."""
        return self.amount * count * (weight if self.of_weight else Decimal(1)) / self.parts

    def __str__(self) -> str:
        if not self.of_weight:
            return plain(self.amount)
        return percent(self.amount) if self.parts == 1 else f"{plain(self.amount)}/{plain(self.parts)}"


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a rule as the template writes them."""

    texts: Mapping[str, str | tuple[str, ...]]

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without `default` it has to be there."""
        text = self.texts.get(name, default)
        if text is None or text == "":
            raise RuleError(name, Localised("{name} is missing", "缺少“{name}”", {"name": name}))
        if not isinstance(text, str):
            raise wrong(name, "、".join(text))
        return text

    def number(self, name: str) -> Decimal:
        """Return a number; ``95%`` is 0.95."""
        return _number(name, self.text(name))

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """Return a list of numbers with at least one item."""
        texts = self.texts.get(name) or self.text(name)
        return tuple(_number(name, text) for text in ((texts,) if isinstance(texts, str) else texts))

    def choice(self, name: str, options: Sequence[str]) -> str:
        """Return one of `options`."""
        text = self.text(name)
        if text not in options:
            values = {"name": name, "text": text, "options": "、".join(options)}
            message = Localised(
                "{name}: {text} is none of {options}", "“{name}”只能填写{options}，不能填写“{text}”", values
            )
            raise RuleError(name, message)
        return text

    def bound(self, name: str) -> Bound:
        """Return a bound; without a sense it is ≥."""
        text = self.text(name)
        found = _BOUND.fullmatch(text.strip())
        if found is None:
            raise wrong(name, text)
        sense = found[1] or AT_LEAST
        rate = _number(name, found[2])
        if rate <= 0:
            raise wrong(name, text)
        return Bound(_ASCII_SENSE.get(sense, sense), rate)

    def deduction(self, name: str) -> Deduction:
        """Return points (``0.5``) or a share of the weight (``1/3``, ``5%``)."""
        text = self.text(name)
        amount, _, parts = text.partition("/")
        found = Deduction(
            _number(name, amount), _number(name, parts or "1"), bool(parts) or text.strip().endswith(RATE)
        )
        if found.amount <= 0 or found.parts <= 0:
            raise wrong(name, text)
        return found


def _number(name: str, text: str) -> Decimal:
    try:
        measure = parse_measure(text)
    except ValueError:
        raise wrong(name, text) from None
    if measure.unit not in ("", RATE, POINT):
        raise wrong(name, text)
    return measure.value / 100 if measure.unit == RATE else measure.value


def wrong(name: str, text: str) -> RuleError:
    """The error of a parameter that cannot be read."""
    values = {"name": name, "text": text}
    return RuleError(name, Localised("{name}: cannot read {text}", "“{name}”的内容“{text}”无法识别", values))


class AnswerError(ValueError):
    """An input does not fit the rule: more points than the checklist has, half an event."""

    def __init__(self, message: Localised) -> None:
        super().__init__(message.render("en"))
        self.message = message


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known about one indicator. ``rate`` is a fraction, ``count`` events or quarters, ``actual`` a result."""

    rate: Decimal | None = None
    actual: Decimal | None = None
    count: Decimal | None = None
    level: Decimal | None = None
    points: tuple[bool, ...] | None = None
    misuse: bool = False


@dataclass(frozen=True, slots=True)
class Worked:
    """A score, exact, and how it comes about, ``5 × 95% = 4.75``."""

    score: Decimal
    working: str
    knocked_out: bool = False


def worked(expression: str, raw: Decimal, weight: Decimal) -> Worked:
    """Keep a score within its range; the sign shows where a limit or the printing changed the number."""
    score = min(max(raw, Decimal(0)), weight)
    sign = "→" if score != raw else "=" if half_up(score, 2) == score else "≈"
    return Worked(score, f"{expression} {sign} {plain(score)}")


@dataclass(frozen=True, slots=True)
class Rule(ABC):
    """What all rules share. ``needs`` is the field of the entry that a score is worked out from."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    needs: ClassVar[str] = ""
    allows: ClassVar[frozenset[str]] = frozenset()  # the fields of an entry that it reads
    parameters: ClassVar[frozenset[str]] = frozenset()
    numeric: ClassVar[bool] = True  # stands on a number, so a score without it cannot be verified

    def check(self, weight: Decimal) -> None:
        """Raise `RuleError` where the parameters do not fit the weight."""
        self._check(weight)

    def work(self, weight: Decimal, answers: Answers) -> Worked | None:
        """Work out the score, None where the answers do not hold what it needs.

        Raises:
            AnswerError: an answer does not fit the rule.
        """
        return self._work(weight, answers)

    def describe(self) -> Localised:
        """Say the rule in a few words."""
        return self._words()

    @classmethod
    @abstractmethod
    def _read(cls, given: Parameters) -> Rule:
        """Read the rule\'s own parameters."""

    def _check(self, weight: Decimal) -> None:
        del weight

    @abstractmethod
    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        """Work the score out, None where the answers do not suffice."""

    @abstractmethod
    def _words(self) -> Localised:
        """The rule in a few words."""
