"""The scoring scheme of a kind of project report, read from its folder: weights, levels, spans, rounding, tolerance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from draftgen.errors import TemplateError
from draftgen.figures.quantities import RATE, parse_measure
from draftgen.figures.scoring_targets import Attained
from draftgen.findings import Localised, Place

_FIELDS = frozenset({"预算执行率", "小数位", "容差", "执行率说明线", "反向指标", "定性", "一级指标", "权重方案"})
_REVERSE = ("按超出比例", "按目标与实际之比")


@dataclass(frozen=True, slots=True)
class Level:
    """A first-level indicator: its name, other ways to write it, and the second-level indicators below it."""

    name: str
    aliases: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """One customary division of the hundred points. ``execution`` may be 0: then the rate is not scored."""

    name: str
    execution: Decimal
    levels: Mapping[str, Decimal]
    variants: tuple[str, ...] = ()  # only for these settings of 版式; none: for all


@dataclass(frozen=True, slots=True)
class Scheme:
    """How projects are scored. ``places`` are the decimals that each indicator's score keeps."""

    levels: tuple[Level, ...]
    weights: tuple[Weights, ...]
    spans: Mapping[str, Attained]
    places: int = 2
    tolerance: Decimal = Decimal("0.1")
    reverse_by_ratio: bool = False
    explain_below: Decimal = Decimal(0)  # an execution rate below this has to be explained

    def level(self, first: str, second: str) -> str:
        """The first-level indicator as the scheme names it; by the second-level one where none is given."""
        for level in self.levels:
            if first in (level.name, *level.aliases) or (not first and second in level.second):
                return level.name
        return first

    def order(self, name: str) -> int:
        """Where a first-level indicator stands in the table; unknown ones last."""
        names = [level.name for level in self.levels]
        return names.index(name) if name in names else len(names)

    def chosen(self, names: frozenset[str], variant: str) -> Weights | None:
        """The division whose first-level indicators are exactly these, one made for the variant before others."""
        fitting = [
            w for w in self.weights if frozenset(w.levels) == names and (not w.variants or variant in w.variants)
        ]
        return next((w for w in fitting if w.variants), fitting[0] if fitting else None)

    def default(self, variant: str) -> Weights:
        """The division to fall back on for the weight of the execution rate."""
        return next((w for w in self.weights if variant in w.variants), self.weights[0])


def read_scheme(tree: Mapping[str, Any], place: Place) -> Scheme:
    """Read a scheme.

    Raises:
        TemplateError: a field is missing, unknown or wrong, or a division does not add up to a hundred.
    """
    if unknown := sorted(set(tree) - _FIELDS):
        raise _broken(f"unknown field {', '.join(unknown)}", f"未知字段 {'、'.join(unknown)}", place)
    try:
        reverse = str(tree.get("反向指标", _REVERSE[0]))
        if reverse not in _REVERSE:
            raise _broken(f"反向指标: {reverse}", f"“反向指标”只能填写{'、'.join(_REVERSE)}", place)
        return Scheme(
            levels=tuple(
                Level(entry["名称"], tuple(entry.get("别名", ())), tuple(entry.get("二级", ())))
                for entry in tree["一级指标"]
            ),
            weights=tuple(_weights(entry, place) for entry in tree["权重方案"]),
            spans=_spans(tree["定性"]),
            places=int(tree.get("小数位", "2")),
            tolerance=_number(tree.get("容差", "0.1")),
            reverse_by_ratio=reverse == _REVERSE[1],
            explain_below=_number(tree.get("执行率说明线", "0")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _broken(f"cannot be read: {error}", f"无法识别：{error}", place) from error


def _weights(entry: Mapping[str, Any], place: Place) -> Weights:
    levels = {name: _number(text) for name, text in entry["一级指标"].items()}
    weights = Weights(entry["名称"], _number(entry["预算执行率"]), levels, tuple(entry.get("版式", ())))
    total = weights.execution + sum(levels.values())
    if total != 100:
        raise _broken(f"{weights.name}: {total} is not 100", f"“{weights.name}”的权重之和为{total}，应为100", place)
    return weights


def _spans(tree: Mapping[str, Any]) -> Mapping[str, Attained]:
    spans: dict[str, Attained] = {}
    for number, (name, entry) in enumerate(tree.items()):
        spans[name] = Attained(_number(entry["下限"]), _number(entry["上限"]), open_above=number > 0)
    return spans


def _number(text: object) -> Decimal:
    measure = parse_measure(str(text))
    return measure.value / 100 if measure.unit == RATE else measure.value


def _broken(en: str, zh: str, place: Place) -> Exception:
    message = Localised("scoring scheme: {en}", "评分办法：{zh}", {"en": en, "zh": zh})
    return TemplateError.because("bad-scheme", message, places=[place])


def listed(names: Sequence[str]) -> Localised:
    """Names one after the other, for a message."""
    return Localised(", ".join(names), "、".join(names))
