"""项目支出绩效自评 in words and in the cells of its form: indicators, their scores and deviations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from draftgen.figures.facts import Fact, segment
from draftgen.figures.project_facts import ScoredTarget
from draftgen.figures.quantities import RATE
from draftgen.figures.scoring_base import plain
from draftgen.figures.scoring_projects import ProjectCard
from draftgen.planning.context import Context, Entry
from draftgen.planning.given import bare_reason, inside
from draftgen.planning.messages import Ask, CellItem, Listing, Message, Role, Words

_SENSES: Mapping[str, str] = MappingProxyType({"≥": "≥", "": "≥", "≤": "≤", "=": "", ">": "＞", "<": "＜"})
NOT_APPLICABLE = "不适用"


def card_of(key: str, ctx: Context) -> ProjectCard | None:
    """The scores of the project with this key, or of the one that holds it."""
    return next((c for k, c in ctx.knowledge.projects.items() if key == k or key.startswith(f"{k}.")), None)


def groups(entry: Entry, ctx: Context) -> list[Message]:
    """M2: the score of the execution rate and of each first-level indicator, with its full mark."""
    key = ctx.key(str(entry["indicator-groups"]))
    card = card_of(key, ctx)
    if card is None:
        return []
    pairs = [("预算执行率", f"{key}.评分.执行率得分", f"{key}.评分.执行率满分")] if card.execution else []
    for level in dict.fromkeys(row.level for row in card.rows if row.level and row.applies):
        pairs.append((level, f"{key}.评分.得分.{segment(level)}", f"{key}.评分.满分.{segment(level)}"))
    known = [(name, ctx.fact(got), ctx.fact(full)) for name, got, full in pairs]
    items = tuple((f"{name}得", got, "（满分", full, "）") for name, got, full in known if got and full)
    if not items or len(items) < len(pairs):
        return []
    facts: dict[str, Role] = {"parts": Listing(items, "parts")}
    about = f"{key}.评分.综合得分"
    return [Message("composition", ctx.site, about, "plain", facts, {"item": "各部分得分"}, {"measure": "count"})]


def results(entry: Entry, ctx: Context) -> list[Message]:
    """M12: every indicator of a first-level group against its target; the execution rate for the level 预算执行率."""
    card, level = card_of(ctx.key(str(entry["indicators"])), ctx), str(entry.get("level", ""))
    if card is None:
        return []
    if level == "预算执行率":
        return _execution(card, ctx) if card.execution else []
    messages = [_result(row, ctx) for row in card.rows if row.level == level and row.applies]
    return [m for m in messages if m is not None]


def _result(row: ScoredTarget, ctx: Context) -> Message | None:
    """One indicator; what is not known of it stands as a gap in the form, and is not said twice."""
    target, actual = _target(row, ctx), _actual(row, ctx)
    score, full = ctx.fact(f"{row.key}.得分"), ctx.fact(f"{row.key}.分值")
    if target is None or actual is None or score is None or full is None:
        return None
    facts: dict[str, Role] = {"target": target, "value": actual, "score": score, "full": full}
    lost = ctx.fact(f"{row.key}.扣分")
    reason = deviation_reason(row, ctx) if lost is not None else None
    if lost is not None:
        facts["deduction"] = lost
    case = "deducted" if lost is not None else "full"
    names = {"item": f"“{inside(row.name)}”"}
    features = {"valued": "yes", "targeted": "yes"}
    return Message(
        "indicator", f"{ctx.site}.{row.key}", row.key, case, facts, names, features, reason, must=("target", "value")
    )


def _execution(card: ProjectCard, ctx: Context) -> list[Message]:
    key = f"{card.key}.评分.执行率"
    rate = ctx.fact(f"{card.key}.资金.合计.全年预算执行率")
    score, full, lost = (ctx.fact(f"{key}{name}") for name in ("得分", "满分", "扣分"))
    if rate is None or score is None or full is None:
        return []
    facts: dict[str, Role] = {"value": rate, "score": score, "full": full}
    if lost is not None:
        facts["deduction"] = lost
    case, about = "deducted" if lost is not None else "full", f"{card.key}.资金"
    return [
        Message("indicator", ctx.site, about, case, facts, {"item": "预算执行率"}, {"valued": "yes"}, must=("value",))
    ]


def deviation_reason(row: ScoredTarget, ctx: Context) -> Words | Ask | None:
    """Why a result deviates from its target, or the prompt for it where one is due."""
    given = bare_reason(ctx.text(f"{row.key}.偏差原因"))
    if given:
        return Words(given, f"{row.key}.偏差原因")
    if not (row.missed or row.deduction or row.exceeded):
        return None
    what = "未达到" if row.missed or row.deduction else "大幅超过"
    return Ask(f"“{inside(row.name)}”{what}年度指标值的原因", "reason", f"{row.key}.偏差原因", "deviation-reason")


def _target(row: ScoredTarget, ctx: Context) -> Role | None:
    fact, text = ctx.fact(f"{row.key}.目标值"), inside(ctx.text(f"{row.key}.目标描述"))
    if fact is not None:
        return Listing(((_SENSES[ctx.text(f"{row.key}.性质")], fact),))
    return f"“{text}”" if text else None


def _actual(row: ScoredTarget, ctx: Context) -> Role | None:
    fact, text = ctx.fact(f"{row.key}.实际值"), inside(ctx.text(f"{row.key}.完成描述"))
    if fact is not None:
        return fact
    return f"“{text}”" if text else inside(ctx.text(f"{row.key}.完成程度")) or None


Paragraphs = list[tuple[CellItem, ...]]


def _target_cell(row: ScoredTarget, ctx: Context) -> Paragraphs:
    fact, text = ctx.fact(f"{row.key}.目标值"), inside(ctx.text(f"{row.key}.目标描述"))
    shown: Paragraphs = [(_SENSES[ctx.text(f"{row.key}.性质")], fact)] if fact is not None else []
    if text:
        shown.append((Words(text, f"{row.key}.目标描述"),))
    return shown or [(_asked(row, "目标值", "年度指标值"),)]


def _bound_cell(row: ScoredTarget, ctx: Context) -> Paragraphs:
    """The target without its sense, which a form may have a column of its own for."""
    fact = ctx.fact(f"{row.key}.目标值")
    return [(fact,)] if fact is not None else _target_cell(row, ctx)


def _result_cell(row: ScoredTarget, ctx: Context) -> Paragraphs:
    fact, text = ctx.fact(f"{row.key}.实际值"), inside(ctx.text(f"{row.key}.完成描述"))
    attained = inside(ctx.text(f"{row.key}.完成程度"))
    shown: Paragraphs = [(fact,)] if fact is not None else []
    shown += [(Words(words, key),) for words, key in ((attained, "完成程度"), (text, "完成描述")) if words]
    if not shown and not row.applies:
        return [("—",)]
    return shown or [(_asked(row, "实际值", "实际完成值"),)]


def _weight_cell(row: ScoredTarget, ctx: Context) -> Paragraphs:
    return [(ctx.fact(f"{row.key}.分值") or _asked(row, "分值", "分值"),)]


def _score_cell(row: ScoredTarget, ctx: Context) -> Paragraphs:
    if not row.applies:
        return [(NOT_APPLICABLE,)]
    fact = ctx.fact(f"{row.key}.得分")
    if fact is not None:
        return [(fact,)]
    span = f"（{plain(row.span[0])}至{plain(row.span[1])}分）" if row.span else ""
    return [(_asked(row, "得分", f"得分{span}"),)]


def _deviation_cell(row: ScoredTarget, ctx: Context) -> Paragraphs:
    if not row.applies and not ctx.text(f"{row.key}.偏差原因"):
        return [("本年度不适用",)]
    reason = deviation_reason(row, ctx)
    shown: Paragraphs = []
    if isinstance(reason, Words):
        shown.append((Words(inside(ctx.text(reason.key)), reason.key), "。"))
    elif reason is not None:
        shown.append((_asked(row, "偏差原因", "偏差原因"),))
    if measures := inside(ctx.text(f"{row.key}.改进措施")):
        shown.append(("改进措施：", Words(measures, f"{row.key}.改进措施"), "。"))
    return shown or [()]


def _asked(row: ScoredTarget, field: str, prompt: str) -> Ask:
    return Ask(prompt, "figure", f"{row.key}.{field}", "figure-required")


_CELLS: Mapping[str, Callable[[ScoredTarget, Context], Paragraphs]] = MappingProxyType(
    {
        "目标": _target_cell,
        "目标数": _bound_cell,
        "实际": _result_cell,
        "分值": _weight_cell,
        "得分": _score_cell,
        "偏差": _deviation_cell,
    }
)
SHOWN = frozenset(_CELLS)


def indicator_cell(key: str, what: str, ctx: Context) -> Paragraphs:
    """What a cell of the form shows of an indicator: its target, result, full mark, score or deviation."""
    card = card_of(key, ctx)
    row = next((r for r in card.rows if r.key == key), None) if card else None
    return _CELLS[what](row, ctx) if row is not None else [()]


def rate_cell(key: str, ctx: Context) -> Paragraphs:
    """The execution rate; a dash where the budget is nothing and no rate exists."""
    rate: Fact | None = ctx.fact(f"{key}.全年预算执行率")
    if rate is not None and rate.unit == RATE:
        return [(rate,)]
    budget = ctx.fact(f"{key}.全年预算")
    if budget is not None and budget.value <= 0:
        return [("—",)]
    return [(Ask("执行率", "figure", f"{key}.全年预算执行率", "figure-required"),)]
