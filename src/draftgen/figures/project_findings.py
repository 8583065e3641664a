"""What scoring says about projects: one function for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from draftgen.figures.facts import Fact
from draftgen.figures.numbers import show
from draftgen.figures.quantities import RATE
from draftgen.figures.scoring_base import plain
from draftgen.figures.scoring_scheme import Scheme, Weights, listed
from draftgen.findings import Finding, Localised, Place, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
Pair = tuple[Fact | None, Fact | None]


def negative_actual(name: str, actual: Fact) -> Finding:
    """A result below nothing."""
    message = Localised(
        "{name}: the result {actual} is negative and counts as 0.",
        "“{name}”的实际值{actual}为负数，按0计分。",
        {"name": name, "actual": show(actual.value, actual.unit)},
    )
    hint = Localised(
        "Check the sign; if it is right, say why in 偏差原因.", "请核对正负号；确为负数的，请写明偏差原因。"
    )
    return Finding("actual-negative", WARNING, message, _places(actual), hint, keys=(actual.key,))


def units_differ(name: str, target: Fact, actual: Fact) -> Finding:
    """A target and a result that cannot be compared."""
    values = {"name": name, "target": show(target.value, target.unit), "actual": show(actual.value, actual.unit)}
    message = Localised(
        "{name}: target {target} and result {actual} have different units; no score is worked out.",
        "“{name}”的目标值{target}与实际值{actual}单位不同，无法比较，未计算得分。",
        values,
    )
    hint = Localised(
        "Write both with the same unit (95% and 96%), or give 单位 for both.",
        "请将两个数写成同一单位（如95%和96%），或在“单位”中统一写明。",
    )
    return Finding(
        "units-differ", ERROR, message, _places(target, actual), hint, values["actual"], values["target"],
        (target.key, actual.key),
    )  # fmt: skip


def weight_missing(name: str, key: str, at: Place) -> Finding:
    """An indicator without its full mark."""
    message = Localised(
        "{name}: 分值 is missing, no score can be worked out.", "“{name}”没有填写分值，无法计算得分。", {"name": name}
    )
    hint = Localised("Give 分值; all of a project add up to 100.", "请填写分值，一个项目各项分值之和为100。")
    return Finding("weight-missing", WARNING, message, (at,), hint, keys=(f"{key}.分值",))


def no_score(name: str, key: str, at: Place) -> Finding:
    """An indicator with neither target and result nor a score by hand."""
    message = Localised(
        "{name}: neither target and result nor a score are given; the total stays open.",
        "“{name}”没有填写目标值和实际值，也没有填写得分，总分无法得出。",
        {"name": name},
    )
    hint = Localised(
        "Give 目标值 and 实际值; for a qualitative indicator 完成程度 and 得分.",
        "请填写目标值和实际值；定性指标请填写完成程度和得分。",
    )
    return Finding("score-missing", WARNING, message, (at,), hint, keys=(f"{key}.得分",))


def score_wanted(name: str, attained: str, span: tuple[Decimal, Decimal], key: str, at: Place) -> Finding:
    """A qualitative indicator whose score only a person can set."""
    values = {"name": name, "attained": attained, "low": plain(span[0]), "high": plain(span[1])}
    message = Localised(
        "{name}: a qualitative indicator, {attained}; its score lies between {low} and {high} and is set by hand.",
        "“{name}”为定性指标，完成程度为“{attained}”，得分在{low}至{high}分之间，须由评价人员填写。",
        values,
    )
    hint = Localised("Give 得分.", "请填写得分。")
    return Finding("score-wanted", WARNING, message, (at,), hint, keys=(f"{key}.得分",))


def reason_missing(name: str, pair: Pair, deduction: Decimal | None, key: str, at: Place) -> Finding:
    """A deviation that nobody has explained."""
    lost = Localised("", "")
    if deduction:
        shown = plain(deduction)
        lost = Localised(f" ({shown} points lost)", f"（扣{shown}分）")
    message = Localised(
        "{name}: below its target{lost}, and 偏差原因 is missing.",
        "“{name}”未达到年度指标值{lost}，没有填写偏差原因。",
        {"name": name, "lost": lost},
    )
    hint = Localised(
        "Give 偏差原因 and 改进措施; the draft leaves a prompt.", "请填写偏差原因和改进措施；草稿中留出提示。"
    )
    places = (at, *(p for p in _places(*pair) if p != at))
    return Finding("deviation-reason-missing", WARNING, message, places, hint, keys=(f"{key}.偏差原因", f"{key}.扣分"))


def exceeded(name: str, pair: Pair, limit: Decimal | None, key: str) -> Finding:
    """A target so far exceeded that it was probably set too low."""
    target, actual = pair
    assert target is not None
    assert actual is not None
    values = {
        "name": name,
        "target": show(target.value, target.unit),
        "actual": show(actual.value, actual.unit),
        "limit": show(limit or Decimal(0), RATE),
    }
    message = Localised(
        "{name}: the result {actual} is {limit} of the target {target} or more, and nobody says why.",
        "“{name}”目标值{target}，实际值{actual}，达到目标值的{limit}及以上，没有说明原因。",
        values,
    )
    hint = Localised(
        "Say in 偏差原因 why; a target set too low may cost points.",
        "请在偏差原因中说明；目标设置偏低的，可能需要适当扣分。",
    )
    return Finding(
        "target-exceeded", WARNING, message, _places(target, actual), hint, keys=(actual.key, f"{key}.偏差原因")
    )


def out_of_range(name: str, given: Decimal, weight: Decimal, key: str, at: Place) -> Finding:
    """A score above its full mark or below nothing."""
    values: dict[str, str] = {"name": name, "score": plain(given, 6), "weight": plain(weight)}
    if given < 0:
        message = Localised("{name}: the score {score} is negative.", "“{name}”得分{score}分，不应为负数。", values)
        return Finding("score-negative", ERROR, message, (at,), None, values["score"], "≥0", (f"{key}.得分",))
    message = Localised(
        "{name}: the score {score} is above its full mark {weight}.",
        "“{name}”得分{score}分，超过分值{weight}分。",
        values,
    )
    return Finding(
        "score-above-weight", ERROR, message, (at,), None, values["score"], f"≤{values['weight']}", (f"{key}.得分",)
    )


def outside_span(name: str, given: Decimal, span: tuple[Decimal, Decimal], key: str, at: Place) -> Finding:
    """A qualitative score that does not fit the level reached."""
    values = {"name": name, "score": plain(given), "low": plain(span[0]), "high": plain(span[1])}
    message = Localised(
        "{name}: the score {score} lies outside the span of its level, {low} to {high}.",
        "“{name}”得分{score}分，与完成程度不符，该档得分应在{low}至{high}分之间（中、低档不含上限）。",
        values,
    )
    hint = Localised("Correct 得分 or 完成程度.", "请核对得分和完成程度。")
    expected = f"{values['low']}–{values['high']}"
    return Finding("score-outside-span", ERROR, message, (at,), hint, values["score"], expected, (f"{key}.得分",))


def score_differs(name: str, said: tuple[Decimal, Decimal, str, Localised], key: str, at: Place) -> Finding:
    """The score by hand is not what the rule gives."""
    given, right, working, rule = said
    values: dict[str, Any] = {
        "name": name,
        "score": plain(given),
        "right": plain(right),
        "difference": plain(abs(given - right)),
        "working": working,
        "rule": rule,
    }
    message = Localised(
        "{name}: the score given is {score}, its rule gives {right} ({working}), difference {difference} ({rule}).",
        "“{name}”填报{score}分，按评分办法应为{right}分（{working}），相差{difference}分。规则：{rule}。",
        values,
    )
    hint = Localised("Correct the score or the figures.", "请核对得分和计分依据，更正其中有误的一项。")
    return Finding("score-differs", ERROR, message, (at,), hint, values["score"], values["right"], (f"{key}.得分",))


def no_budget(project: str, budget: Fact, spent: Fact | None) -> Finding:
    """A budget of nothing: there is no execution rate."""
    message = Localised(
        "{project}: the budget of the full year is 0, there is no execution rate and no score for it.",
        "“{project}”全年预算数为0，不存在执行率，预算执行率不计分。",
        {"project": project},
    )
    hint = Localised(
        "Check 全年预算; if it is right, leave the indicator out or score it by hand (资金.得分).",
        "请核对全年预算数；确为0的，请在“资金.得分”中填写得分或调整分值。",
    )
    places = _places(budget, spent)
    return Finding("execution-without-budget", WARNING, message, places, hint, "0", keys=(budget.key,))


def over_budget(project: str, budget: Fact, spent: Fact) -> Finding:
    """More spent than the budget of the full year."""
    values = {
        "project": project,
        "budget": show(budget.value, budget.unit),
        "spent": show(spent.value, spent.unit),
    }
    message = Localised(
        "{project}: {spent} spent against a full-year budget of {budget}; the score of the rate is capped.",
        "“{project}”全年执行数{spent}大于全年预算数{budget}，执行率得分以分值为限。",
        values,
    )
    hint = Localised(
        "The full-year budget includes carry-over and adjustments; check that none is missing.",
        "全年预算数应含上年结转和年中调整，请核对是否遗漏。",
    )
    places = _places(spent, budget)
    return Finding(
        "execution-over-budget", WARNING, message, places, hint, values["spent"], f"≤{values['budget']}", (spent.key,)
    )


def rate_unexplained(project: str, rate: Decimal, limit: Decimal, key: str, at: Place) -> Finding:
    """A low execution rate that nobody has explained."""
    values = {"project": project, "rate": show(rate, RATE), "limit": show(limit, RATE)}
    message = Localised(
        "{project}: the execution rate {rate} is below {limit}, and 预决算差异原因 is missing.",
        "“{project}”预算执行率{rate}，低于{limit}，没有填写原因。",
        values,
    )
    hint = Localised("Give 资金.合计.预决算差异原因.", "请在“资金.合计.预决算差异原因”中说明。")
    keys = (f"{key}.合计.全年预算执行率",)
    return Finding(
        "execution-reason-missing", WARNING, message, (at,), hint, values["rate"], f"≥{values['limit']}", keys
    )


def weights_total(project: str, total: Decimal, places: Sequence[Place]) -> Finding:
    """Weights that do not add up."""
    values = {"project": project, "total": plain(total), "difference": plain(abs(total - 100))}
    message = Localised(
        "{project}: the full marks add up to {total} with the execution rate, not to 100; difference {difference}.",
        "“{project}”各项指标分值与预算执行率分值之和为{total}，应为100，相差{difference}。",
        values,
    )
    hint = Localised("Correct 分值.", "请核对各项分值。")
    return Finding("weights-total", ERROR, message, tuple(dict.fromkeys(places)), hint, values["total"], "100")


def no_division(project: str, names: Sequence[str], scheme: Scheme, at: Place) -> Finding:
    """First-level indicators that belong to no customary division of the hundred points."""
    known = sorted({name for weights in scheme.weights for name in weights.levels}, key=scheme.order)
    values = {"project": project, "names": listed(names) if names else "—", "known": listed(known)}
    message = Localised(
        "{project}: the first-level indicators {names} fit no division of weights; known: {known}.",
        "“{project}”的一级指标（{names}）不符合任何一种权重方案，可用的一级指标：{known}。",
        values,
    )
    hint = Localised(
        "Correct 一级指标, or add a division to the scoring scheme.", "请核对一级指标，或在评分办法中增加权重方案。"
    )
    return Finding("weights-unknown", WARNING, message, (at,), hint)


def weight_differs(name: str, own: Decimal, division: Weights, places: Sequence[Place]) -> Finding:
    """A group of indicators with another weight than is customary."""
    values = {"name": name, "own": plain(own), "usual": plain(division.levels[name]), "division": division.name}
    message = Localised(
        "{name}: the full marks add up to {own}; by the division {division} they should be {usual}.",
        "“{name}”分值合计{own}，按“{division}”权重方案应为{usual}。",
        values,
    )
    hint = Localised(
        "Keep it if your office divides otherwise, else correct 分值.", "本地另有规定的可以保留，否则请核对分值。"
    )
    return Finding(
        "weight-differs", WARNING, message, tuple(dict.fromkeys(places)), hint, values["own"], values["usual"]
    )


def total_differs(stated: Decimal, total: Decimal, key: str, at: Place) -> Finding:
    """A total by hand that is not the sum."""
    values = {"stated": plain(stated), "total": plain(total), "difference": plain(abs(stated - total), 4)}
    message = Localised(
        "总分: stated {stated}, the scores give {total}, difference {difference}.",
        "总分填报{stated}分，按各项得分计算为{total}分，相差{difference}分。",
        values,
    )
    hint = Localised("Correct the total or the scores.", "请核对总分和各项得分。")
    return Finding("total-differs", ERROR, message, (at,), hint, values["stated"], values["total"], (key,))


def grade_differs(stated: str, grade: str, total: Decimal, key: str, at: Place) -> Finding:
    """A grade by hand that does not go with the total."""
    values = {"stated": stated, "grade": grade, "total": plain(total, 6)}
    message = Localised(
        "等级: stated {stated}, {total} points are {grade}.", "等级填报“{stated}”，{total}分应为“{grade}”。", values
    )
    hint = Localised("Correct the grade; it is decided on the unrounded total.", "请核对等级；等级按未取整的总分判定。")
    return Finding("grade-differs", ERROR, message, (at,), hint, stated, grade, (key,))


def twice(name: str, places: Sequence[Place]) -> Finding:
    """Two projects of one name."""
    message = Localised(
        "{n} projects are named {name}.", "有{n}个项目同名：“{name}”。", {"name": name, "n": len(places)}
    )
    hint = Localised(
        "Give each its own name; if one was entered twice, remove it.", "请分别命名；如系重复填写，请删去多余的一项。"
    )
    return Finding("project-twice", ERROR, message, tuple(places), hint, name)


def _places(*facts: Fact | None) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(f.place for f in facts if f is not None and f.place is not None))
