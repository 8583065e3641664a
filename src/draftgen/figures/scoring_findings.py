"""What scoring says about the data: one function for each finding."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from decimal import Decimal

from draftgen.figures.facts import Fact
from draftgen.figures.indicator_system import Grade, GradeTable, Group, Indicator, IndicatorSystem
from draftgen.figures.numbers import show
from draftgen.figures.quantities import RATE
from draftgen.figures.scoring_base import BASE, percent, plain
from draftgen.figures.scoring_inputs import ENTRIES
from draftgen.figures.scoring_rates import RateRule
from draftgen.findings import Finding, Localised, Place, Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def score_key(code: str) -> str:
    """The key of a score."""
    return f"评分.得分.{code}"


def score_differs(
    indicator: Indicator,
    given: Decimal,
    computed: Decimal,
    places: int,
    working: str,
    inputs: Sequence[Fact],
    at: Place,
) -> Finding:
    """The score by hand is not what the rule gives."""
    named = "，".join(f"{fact.label}{_shown(fact)}" for fact in inputs)
    values = {
        "score": plain(given, places),
        "right": plain(computed, places),
        "difference": plain(abs(given - computed), places),
        "working": working,
        "rule": indicator.rule.describe(),
        "inputs": Localised(f"; inputs: {named}", f"；依据：{named}") if named else "",
        **_named(indicator),
    }
    message = Localised(
        "{code} {name}: the score given is {score}, its rule gives {right} ({working}), difference {difference}."
        " Rule: {rule}{inputs}",
        "{code}{name}：填报{score}分，按评分细则应为{right}分（{working}），相差{difference}分。规则：{rule}{inputs}",
        values,
    )
    hint = Localised("correct the score or its inputs", "请核对得分和计分依据，更正其中有误的一项")
    places_of = (at, *(fact.place for fact in inputs if fact.place is not None and fact.place != at))
    keys = (score_key(indicator.code), *(fact.key for fact in inputs))
    return Finding(
        "score-differs", ERROR, message, places_of, hint, plain(given, places), plain(computed, places), keys
    )


def out_of_range(indicator: Indicator, given: Decimal, at: Place) -> Finding:
    """A score above the weight or below nothing."""
    values = {"score": plain(given, 6), "weight": plain(indicator.weight), **_named(indicator)}
    if given < 0:
        message = Localised(
            "{code} {name}: the score {score} is negative", "{code}{name}：得分{score}分，不应为负数", values
        )
        return _one("score-negative", ERROR, message, at, indicator, f"{given}", "≥0")
    message = Localised(
        "{code} {name}: the score {score} is above the weight {weight}",
        "{code}{name}：得分{score}分，超过权重{weight}分",
        values,
    )
    return _one("score-above-weight", ERROR, message, at, indicator, f"{given}", f"≤{plain(indicator.weight)}")


def unverifiable(indicator: Indicator, given: Decimal, missing: Sequence[str], at: Place) -> Finding:
    """A score whose rule stands on a number that is not in the data."""
    key = indicator.rule.input if isinstance(indicator.rule, RateRule) else ""
    values = {
        "score": plain(given, 6),
        "missing": _listed(missing),
        "rule": indicator.rule.describe(),
        "path": f"{ENTRIES}.{indicator.code}",
        "key": key,
        **_named(indicator),
    }
    message = Localised(
        "{code} {name}: the score {score} cannot be verified, the data hold no {missing} for it ({rule})",
        "{code}{name}：填报{score}分，数据中没有计分所需的“{missing}”，无法复核（规则：{rule}）",
        values,
    )
    hint = Localised("give {missing} in {path}", "请在“{path}”中补充“{missing}”", values)
    if key and missing != (BASE,):
        hint = Localised(
            "add the figures that {key} is derived from, or give {missing} in {path}",
            "请补充可得出“{key}”的数据，或在“{path}”中填写“{missing}”",
            values,
        )
    return _one("score-unverifiable", WARNING, message, at, indicator, hint=hint)


def unverifiable_points(indicators: Sequence[Indicator], places: Sequence[Place]) -> Finding:
    """Scores of checklists and levels that were entered without saying which points were met: one note for all."""
    values = {"n": len(indicators), "codes": _listed([i.code for i in indicators])}
    message = Localised(
        "{n} scores stand without the points or the level that they were given for: {codes}",
        "有{n}项指标只有得分，没有填写达到的要点或档次，无法逐项复核：{codes}",
        values,
    )
    hint = Localised(
        "give 要点 (是/否 in the order of the rule) or 档次 to have them checked",
        "如需复核，请按评分细则的顺序填写“要点”（是/否）或“档次”",
    )
    keys = tuple(score_key(i.code) for i in indicators)
    return Finding("score-unverifiable", NOTE, message, tuple(dict.fromkeys(places)), hint, keys=keys)


def invalid_input(indicator: Indicator, why: Localised, at: Place) -> Finding:
    """An input that the rule cannot use."""
    message = Localised("{code} {name}: {why}", "{code}{name}：{why}", {"why": why, **_named(indicator)})
    return _one("score-input-invalid", ERROR, message, at, indicator)


def unused_input(indicator: Indicator, names: Sequence[str], at: Place) -> Finding:
    """An input that the rule does not read."""
    rule = indicator.rule
    values = {"names": _listed(names), "rule": rule.describe(), **_named(indicator)}
    message = Localised(
        "{code} {name}: {names} is given, but the rule does not use it ({rule})",
        "{code}{name}：填写了“{names}”，但该指标的规则不使用（规则：{rule}）",
        values,
    )
    return _one("score-input-unused", WARNING, message, at, indicator)


def rival_input(indicator: Indicator, own: Fact, other: Fact, at: Place) -> Finding:
    """数值 says one thing, the rest of the data another."""
    values = {"own": _shown(own), "other": _shown(other), "key": other.key}
    message = Localised(
        "{code} {name}: {own} is given here, but {key} is {other}; the score uses what is given here",
        "{code}{name}：“数值”填报为{own}，而“{key}”为{other}，两者不一致；计分暂按此处填报数",
        {**values, **_named(indicator)},
    )
    places = (at, *((other.place,) if other.place is not None else ()))
    keys = (score_key(indicator.code), other.key)
    return Finding("score-input-differs", ERROR, message, places, None, _shown(own), _shown(other), keys)


def doubtful_rate(indicator: Indicator, typed: str, at: Place) -> Finding:
    """A bare number of at most 1 is read as a percentage like every rate; a fraction may be meant."""
    values = {"typed": typed, **_named(indicator)}
    message = Localised(
        "{code} {name}: the value {typed} is read as {typed}%", "{code}{name}：“数值”{typed}按{typed}%计算", values
    )
    hint = Localised("write the rate with its sign, 95%", "请写明百分号，如95%")
    return _one("score-input-doubtful", WARNING, message, at, indicator, typed, hint=hint)


def no_reason(indicator: Indicator, lost: Decimal, at: Place) -> Finding:
    """Points were lost, nobody says why."""
    values = {"lost": plain(lost), "path": f"{ENTRIES}.{indicator.code}", **_named(indicator)}
    message = Localised(
        "{code} {name}: no reason is given for the deduction of {lost}",
        "{code}{name}：扣{lost}分，没有填写扣分原因",
        values,
    )
    hint = Localised("give 扣分原因 in {path}", "请在“{path}”中填写“扣分原因”", values)
    return _one("deduction-without-reason", WARNING, message, at, indicator, hint=hint)


def missing_scores(indicators: Sequence[Indicator], places: Sequence[Place]) -> Finding:
    """Indicators without a score, neither given nor computable."""
    values = {"n": len(indicators), "codes": _listed([i.code for i in indicators])}
    message = Localised("{n} indicators have no score: {codes}", "有{n}项指标没有得分：{codes}", values)
    hint = Localised(
        "give the score or the inputs of its rule; the total cannot be summed before",
        "请填写得分，或填写计分依据；补齐前无法汇总总分",
    )
    keys = tuple(score_key(i.code) for i in indicators)
    return Finding("score-missing", WARNING, message, tuple(dict.fromkeys(places)), hint, keys=keys)


def weight_differs(part: Group | Indicator, stated: Decimal, at: Place) -> Finding:
    """A weight in the data is not that of the system."""
    values = {"code": part.code, "name": part.name, "stated": plain(stated, 6), "weight": plain(part.weight)}
    values["difference"] = plain(abs(stated - part.weight), 6)
    en = "{code} {name}: the stated weight is {stated}, the indicator system has {weight}, difference {difference}"
    zh = "{code}{name}：填报权重{stated}分，指标体系为{weight}分，相差{difference}分"
    if isinstance(part, Group):
        values["sum"] = "+".join(plain(p.weight) for p in part.parts)
        en, zh = en + "; its items make {sum}={weight}", zh + "，其下级指标合计{sum}={weight}分"
    key = f"评分.满分.{part.code}"
    message = Localised(en, zh, values)
    return Finding("weight-differs", ERROR, message, (at,), None, f"{stated}", plain(part.weight), (key,))


def total_differs(stated: Decimal, low: Decimal, high: Decimal, places: int, at: Place) -> Finding:
    """The stated total is not the sum; with scores missing, it lies outside what the sum can still become."""
    values = {"stated": plain(stated, places), "low": plain(low, places), "high": plain(high, places)}
    en, zh = "the stated total is {stated}, the scores add up to {low}", "填报总分{stated}分，各项指标得分合计{low}分"
    if low != high:
        en = "the stated total is {stated}, but the scores can only add up to {low} to {high}"
        zh = "填报总分{stated}分，而各项指标得分合计只能在{low}分至{high}分之间"
    expected = values["low"] if low == high else f"{values['low']}–{values['high']}"
    message = Localised(en, zh, values)
    return Finding("total-differs", ERROR, message, (at,), None, values["stated"], expected, ("评分.综合得分",))


def grade_differs(stated: str, grade: Grade, table: GradeTable, total: Decimal, at: Place) -> Finding:
    """The stated grade is not that of the total."""
    bounds = "，".join(f"{g.name}≥{plain(g.floor)}" for g in table.grades[:-1])
    values = {"stated": stated, "grade": grade.name, "total": plain(total, 6), "table": table.name, "bounds": bounds}
    message = Localised(
        "the stated grade is {stated}, a total of {total} is {grade} ({table}: {bounds})",
        "填报等级为“{stated}”，总分{total}分应评为“{grade}”（{table}：{bounds}）",
        values,
    )
    return Finding("grade-differs", ERROR, message, (at,), None, stated, grade.name, ("评分.综合得分",))


def unknown_code(code: str, system: IndicatorSystem, at: Place, *, weights: bool = False) -> Finding:
    """An entry for which the system has no indicator."""
    parts = system.parts()
    if code in parts and not weights:
        values = {"code": code, "name": parts[code].name}
        message = Localised(
            "{code} {name} is a group: its score is the sum of its indicators",
            "{code}{name}不是三级指标，其得分由下级指标汇总，不需填写",
            values,
        )
        return Finding("unknown-indicator", ERROR, message, (at,), None, code)
    known = {part.code: part for part in (parts.values() if weights else system.indicators())}
    nearest = _nearest(code, known)
    values = {"code": code, "system": system.name}
    message = Localised("{system} has no indicator {code}", "指标体系“{system}”中没有代码为“{code}”的指标", values)
    hint = None
    if nearest:
        found = {"code": nearest, "name": known[nearest].name}
        hint = Localised("did you mean {code} {name}?", "是否应为{code}{name}？", found)
    return Finding("unknown-indicator", ERROR, message, (at,), hint, code, nearest)


def _nearest(code: str, known: dict[str, Group | Indicator]) -> str:
    """The code that was meant: typed in small letters, followed by the name, the name alone, or a slip."""
    wanted = code.strip().upper()
    by_name = {part.name: part.code for part in known.values()}
    if wanted in known:
        return wanted
    prefixes = [name for name in sorted(known, key=len, reverse=True) if wanted.startswith(name)]
    if prefixes and (not wanted.isascii() or len(wanted) == len(prefixes[0]) + 1):
        return prefixes[0]
    near = difflib.get_close_matches(wanted, [*known, *by_name], n=1, cutoff=0.5)
    return by_name.get(near[0], near[0]) if near else ""


def _listed(items: Sequence[str]) -> Localised:
    return Localised(", ".join(items), "、".join(items))


def _shown(fact: Fact) -> str:
    return percent(fact.value) if fact.unit == RATE else show(fact.value, fact.unit)


def _named(indicator: Indicator) -> dict[str, str]:
    return {"code": indicator.code, "name": indicator.name}


def _one(
    code: str,
    severity: Severity,
    message: Localised,
    at: Place,
    indicator: Indicator,
    found: str = "",
    expected: str = "",
    *,
    hint: Localised | None = None,
) -> Finding:
    return Finding(code, severity, message, (at,), hint, found, expected, (score_key(indicator.code),))
