"""The conditions of an outline: when a topic, a paragraph, a sentence or a row stands in the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from draftgen.figures import formula as f
from draftgen.figures.facts import Facts
from draftgen.planning.context import Context

Test = Callable[[Any, Context], bool]


def holds(condition: Mapping[str, Any], ctx: Context) -> bool:
    """Tell whether every part of a condition holds."""
    return all(_TESTS[name](wanted, ctx) for name, wanted in condition.items())


def true_of(relation: f.Relation, facts: Facts) -> bool:
    """Tell whether a comparison holds; one of figures that are not known does not."""
    try:
        left = f.work_out(relation.left, facts).interval.value
        right = f.work_out(relation.right, facts).interval.value
    except (f.Unknown, ZeroDivisionError):
        return False
    signs = {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right, "=": left == right}
    return signs[relation.sign]


def in_variant(condition: Mapping[str, Any], variant: str) -> bool:
    """Tell whether a condition lets this variant in, whatever else it asks."""
    wanted, barred = condition.get("variant"), condition.get("not-variant", ())
    return (wanted is None or variant in _listed(wanted)) and variant not in _listed(barred)


def faults(condition: Any) -> list[str]:
    """Return what is wrong with a condition as it stands in an outline."""
    if not isinstance(condition, Mapping):
        return [str(condition)]
    wrong = sorted(set(condition) - set(_TESTS))
    for name in ("when", "unless"):
        for text in _listed(condition.get(name, ())):
            try:
                f.parse_relation(text)
            except f.FormulaError as error:
                wrong.append(f"{text}: {error}")
    if not isinstance(condition.get("is", {}), Mapping):
        wrong.append(str(condition["is"]))
    return wrong


def _listed(wanted: str | Sequence[str]) -> Sequence[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def _has(wanted: str | Sequence[str], ctx: Context) -> bool:
    return all(ctx.knowledge.has(ctx.key(key)) for key in _listed(wanted))


def _lacks(wanted: str | Sequence[str], ctx: Context) -> bool:
    return not any(ctx.knowledge.has(ctx.key(key)) for key in _listed(wanted))


def _secret(wanted: str | Sequence[str], ctx: Context) -> bool:
    return any(ctx.knowledge.is_secret(ctx.key(key)) for key in _listed(wanted))


def _open(wanted: str | Sequence[str], ctx: Context) -> bool:
    return not _secret(wanted, ctx)


def _variant(wanted: str | Sequence[str], ctx: Context) -> bool:
    return ctx.variant in _listed(wanted)


def _not_variant(wanted: str | Sequence[str], ctx: Context) -> bool:
    return not _variant(wanted, ctx)


def _is(wanted: Mapping[str, str | Sequence[str]], ctx: Context) -> bool:
    return all(ctx.text(key) in _listed(words) for key, words in wanted.items())


def _when(wanted: str | Sequence[str], ctx: Context) -> bool:
    return all(true_of(here(f.parse_relation(text), ctx), ctx.knowledge.facts) for text in _listed(wanted))


def here(relation: f.Relation, ctx: Context) -> f.Relation:
    """Put the item in the place of ``@``; its name may hold signs that a formula could not be read with."""
    return f.Relation(_at(relation.left, ctx), relation.sign, _at(relation.right, ctx), relation.text)


def _at(node: f.Node, ctx: Context) -> f.Node:
    return f.Node(node.kind, ctx.key(node.text), tuple(_at(part, ctx) for part in node.parts))


def _unless(wanted: str | Sequence[str], ctx: Context) -> bool:
    return not any(_when(text, ctx) for text in _listed(wanted))


_TESTS: Mapping[str, Test] = MappingProxyType(
    {
        "has": _has,
        "lacks": _lacks,
        "open": _open,
        "secret": _secret,
        "variant": _variant,
        "not-variant": _not_variant,
        "is": _is,
        "when": _when,
        "unless": _unless,
    }
)
