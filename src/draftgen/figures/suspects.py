"""Guess which figure of a broken sum was mistyped, and say so as a hint, never as a correction.

A sum tells what each of its terms would have to be. If that differs from what was typed by two swapped digits, a
digit too few or too many, a minus too many, or a factor of 10,000 (元 for 万元), the term is suspect.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from draftgen.figures import formula as f
from draftgen.figures.facts import Fact
from draftgen.figures.numbers import label_of, show
from draftgen.findings import Localised, Place

_SLIPS = {
    "swapped": ("two digits swapped", "两位数字颠倒"),
    "dropped": ("a digit missing", "少输一位数字"),
    "added": ("a digit too many", "多输一位数字"),
    "unit": ("yuan for ten thousand yuan, or the other way round", "元与万元混用"),
    "sign": ("a minus too many", "多了负号"),
    "point": ("a slipped decimal point", "小数点错位"),
}


def suspect(left: f.Worked, right: f.Worked, relation: f.Relation) -> Localised | None:
    """Return a hint naming the term that explains the difference, None if none does or several do."""
    terms = _needed(left, right, relation)
    found = [(fact, needed, slip) for fact, needed in terms if (slip := slip_of(fact.value, needed))]
    if len(found) != 1:
        return None
    fact, needed, slip = found[0]
    en, zh = _SLIPS[slip]
    values = {
        "label": label_of(fact),
        "typed": show(fact.value, fact.unit),
        "needed": show(needed, fact.unit),
        "at": _at(fact.place),
    }
    said = "{at}“{label}”{typed}可能应为{needed}（" + zh + "）。"
    return Localised("{at}{label} {typed} may be {needed} (" + en + ").", said, values)


def _at(place: Place | None) -> Localised:
    if place is None or not place.spot:
        return Localised("", "")
    if place.sheet:
        return Localised(f"{place.spot}: ", f"{place.spot}，")
    return Localised(f"Line {place.line}: ", f"第{place.line}行")


def _needed(left: f.Worked, right: f.Worked, relation: f.Relation) -> Iterator[tuple[Fact, Decimal]]:
    if not (_is_sum(relation.left) and _is_sum(relation.right)):
        return
    gap = right.interval.value - left.interval.value
    signs = {**_signs(relation.right, -1), **_signs(relation.left, 1)}
    for side, default in ((left, 1), (right, -1)):
        for fact in side.inputs:
            if fact.place is not None:
                yield fact, fact.value + gap * signs.get(fact.key, default)


def _is_sum(node: f.Node) -> bool:
    return node.kind in ("key", "+", "-", "call") and all(_is_sum(part) for part in node.parts)


def _signs(node: f.Node, sign: int) -> dict[str, int]:
    if node.kind == "key":
        return {node.text.removesuffix("?"): sign}
    if node.kind == "-":
        return {**_signs(node.parts[0], sign), **_signs(node.parts[1], -sign)}
    return {key: s for part in node.parts for key, s in _signs(part, sign).items()}


def slip_of(typed: Decimal, needed: Decimal) -> str:
    """Name the slip of the fingers that makes `typed` of `needed`, empty if none does.

    >>> slip_of(Decimal("24.95"), Decimal("24.59")), slip_of(Decimal("170963"), Decimal("17.0963"))
    ('swapped', 'unit')
    """
    if needed <= 0 or typed <= 0:
        return "sign" if 0 < needed == -typed else ""
    ratio = typed / needed
    if ratio in (10_000, Decimal("0.0001")):
        return "unit"
    if ratio in (10, 100, Decimal("0.1"), Decimal("0.01")):
        return "point"
    a, b = _digits(typed), _digits(needed)
    if len(a) == len(b) and _swapped(a, b):
        return "swapped"
    if _one_fewer(a, b):
        return "dropped"
    return "added" if _one_fewer(b, a) else ""


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _swapped(a: str, b: str) -> bool:
    differ = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(differ) == 2 and a[differ[0]] == b[differ[1]] and a[differ[1]] == b[differ[0]]


def _one_fewer(short: str, long: str) -> bool:
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
