"""The eleven kinds of scoring rule: their parameters, what they need to know, and the score they give.

They are the rules that indicator systems of 部门整体支出绩效评价 print in the column 评分细则. A rule knows no
indicator and no file: it takes the weight and the `Answers` and works out a score between nothing and the weight,
exactly. Where the customary wording is ambiguous (按权重扣分, 每降低1%) the template has to say which is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from draftgen.figures.scoring_base import (
    EVENTS,
    LEVEL,
    MISUSE,
    POINTS,
    QUARTERS,
    AnswerError,
    Answers,
    Deduction,
    Parameters,
    Rule,
    RuleError,
    Worked,
    plain,
    worked,
)
from draftgen.figures.scoring_rates import Band, Pass, Ratio, Step, Threshold
from draftgen.findings import Localised

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Discretionary(Rule):
    """酌情: the evaluators decide between nothing and the weight."""

    kind, label, numeric = "discretionary", "酌情", False

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        return None

    def _words(self) -> Localised:
        return Localised("at discretion", "酌情计分")

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls()


@dataclass(frozen=True, slots=True)
class Checklist(Rule):
    """要点: every point that is met counts its own score."""

    scores: tuple[Decimal, ...]

    kind, label, needs, allows, numeric = "checklist", "要点", POINTS, frozenset({POINTS}), False
    parameters = frozenset({"分值"})

    def _check(self, weight: Decimal) -> None:
        if sum(self.scores) != weight or min(self.scores) < 0:
            values = {"scores": "+".join(plain(s) for s in self.scores), "weight": plain(weight)}
            message = Localised(
                "the points {scores} do not add up to {weight}", "要点分值{scores}之和不等于权重{weight}分", values
            )
            raise RuleError("分值", message)

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        if answers.points is None:
            return None
        if len(answers.points) != len(self.scores):
            values = {"given": len(answers.points), "asked": len(self.scores)}
            raise AnswerError(
                Localised("{given} points given, the rule has {asked}", "填报{given}个要点，细则为{asked}个", values)
            )
        met = [score if yes else _ZERO for score, yes in zip(self.scores, answers.points, strict=True)]
        return worked(" + ".join(plain(score) for score in met), sum(met, _ZERO), weight)

    def _words(self) -> Localised:
        return Localised(
            "sum of the points met ({n})", "按要点累计（{n}）", {"n": "、".join(plain(s) for s in self.scores)}
        )

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls(given.numbers("分值"))


@dataclass(frozen=True, slots=True)
class Knockout(Checklist):
    """否决: a checklist that is worth nothing once money was misused."""

    kind, label, allows = "knockout", "否决", frozenset({POINTS, MISUSE})

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        if answers.misuse:
            return Worked(_ZERO, "否决 → 0", knocked_out=True)
        return Checklist._work(self, weight, answers)

    def _words(self) -> Localised:
        values = {"points": Checklist._words(self)}
        return Localised("{points}; nothing after a knock-out", "{points}，发生否决事项不得分", values)


@dataclass(frozen=True, slots=True)
class Levels(Rule):
    """档次: a score for every level, the best first."""

    scores: tuple[Decimal, ...]

    kind, label, needs, allows, numeric = "levels", "档次", LEVEL, frozenset({LEVEL}), False
    parameters = frozenset({"分值"})

    def _check(self, weight: Decimal) -> None:
        if max(self.scores) != weight or min(self.scores) < 0 or list(self.scores) != sorted(self.scores, reverse=True):
            values = {"scores": "、".join(plain(s) for s in self.scores), "weight": plain(weight)}
            message = Localised(
                "levels {scores} must fall from {weight}", "各档分值{scores}应从权重{weight}分起由高到低", values
            )
            raise RuleError("分值", message)

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        if answers.level is None:
            return None
        number = _whole(LEVEL, answers.level, 1, len(self.scores))
        return worked(f"{LEVEL}{number}", self.scores[number - 1], weight)

    def _words(self) -> Localised:
        return Localised("by level ({n})", "按档次计分（{n}）", {"n": "、".join(plain(s) for s in self.scores)})

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls(given.numbers("分值"))


@dataclass(frozen=True, slots=True)
class Events(Rule):
    """扣次: so much off for every event, down to nothing."""

    each: Deduction

    kind, label, needs, allows = "events", "扣次", EVENTS, frozenset({EVENTS})
    parameters = frozenset({"每次扣分"})

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        if answers.count is None:
            return None
        number = _whole(EVENTS, answers.count, 0)
        each = f"{plain(weight)} × {self.each}" if self.each.of_weight else str(self.each)
        return worked(f"{plain(weight)} − {each} × {number}", weight - self.each.times(Decimal(number), weight), weight)

    def _words(self) -> Localised:
        if self.each.of_weight:
            return Localised("{k} of the weight off per event", "每次扣权重的{k}，扣完为止", {"k": self.each})
        return Localised("{k} off per event", "每次扣{k}分，扣完为止", {"k": self.each})

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls(given.deduction("每次扣分"))


@dataclass(frozen=True, slots=True)
class Quarters(Rule):
    """季度: so much for every quarter that was kept."""

    each: Decimal

    kind, label, needs, allows = "quarters", "季度", QUARTERS, frozenset({QUARTERS})
    parameters = frozenset({"每季得分"})

    def _check(self, weight: Decimal) -> None:
        if self.each * 4 != weight:
            values = {"each": plain(self.each), "weight": plain(weight)}
            message = Localised("4 × {each} is not {weight}", "每季得分{each}分的4倍不等于权重{weight}分", values)
            raise RuleError("每季得分", message)

    def _work(self, weight: Decimal, answers: Answers) -> Worked | None:
        if answers.count is None:
            return None
        number = _whole(QUARTERS, answers.count, 0, 4)
        return worked(f"{plain(self.each)} × {number}", self.each * number, weight)

    def _words(self) -> Localised:
        return Localised("{each} per quarter", "每个季度{each}分", {"each": plain(self.each)})

    @classmethod
    def _read(cls, given: Parameters) -> Rule:
        return cls(given.number("每季得分"))


def _whole(name: str, count: Decimal, low: int, high: int | None = None) -> int:
    number = int(count)
    if number != count or number < low or (high is not None and number > high):
        values = {"name": name, "count": plain(count), "low": low, "high": "" if high is None else high}
        en, zh = "{name} {count}: expected a whole number from {low}", "“{name}”填报为{count}，应为不小于{low}的整数"
        if high is not None:
            en, zh = en + " to {high}", "“{name}”填报为{count}，应为{low}至{high}的整数"
        raise AnswerError(Localised(en, zh, values))
    return number


_CLASSES: tuple[type[Rule], ...] = (
    Checklist, Levels, Discretionary, Threshold, Band, Pass, Step, Events, Knockout, Ratio, Quarters,
)  # fmt: skip
RULES: Mapping[str, type[Rule]] = MappingProxyType({name: c for c in _CLASSES for name in (c.label, c.kind)})


def read_rule(name: str, texts: Mapping[str, str | tuple[str, ...]], weight: Decimal) -> Rule:
    """Build a rule from its type name, Chinese or English, and its parameters.

    Raises:
        RuleError: no such type, a parameter that is missing, wrong or unknown, or one that does not fit the weight.

    >>> read_rule("比率", {"输入": "绩效分析.质量达标率"}, Decimal(5)).work(Decimal(5), Answers(rate=Decimal("0.95")))
    Worked(score=Decimal('4.75'), working='5 × 95% = 4.75', knocked_out=False)
    """
    if name not in RULES:
        values = {"name": name, "types": "、".join(c.label for c in _CLASSES)}
        message = Localised(
            "unknown rule type {name}; known: {types}", "没有“{name}”这种计分规则，可用：{types}", values
        )
        raise RuleError("类型", message)
    kind = RULES[name]
    for parameter in texts:
        if parameter not in kind.parameters:
            raise RuleError(parameter, _unknown_parameter(kind, parameter))
    rule = kind._read(Parameters(texts))
    rule.check(weight)
    return rule


def _unknown_parameter(kind: type[Rule], parameter: str) -> Localised:
    values = {"name": parameter, "rule": kind.label, "known": "、".join(sorted(kind.parameters)) or "—"}
    return Localised(
        "the rule {rule} has no parameter {name}; it takes: {known}",
        "计分规则“{rule}”没有参数“{name}”，可用：{known}",
        values,
    )
