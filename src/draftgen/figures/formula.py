"""Formulas over facts, as an accountant writes them: ``收入.合计 = 合计(收入.*)``.

    relation   = sum ("=" | "<=" | ">=" | "<" | ">") sum
    sum        = product (("+" | "-") product)*
    product    = factor (("*" | "/") factor)*
    factor     = number ["%"] | key ["?"] | name "(" sum ")" | "(" sum ")"

A key with ``?`` may be absent and counts as nothing then. Functions: 合计 (sum of the facts that fit a pattern, totals
left out), 个数 (how many fit), 年, 月, 日 (the year, month and day of a date), 绝对值. Every formula is worked out
exactly and as an interval: an amount printed with two decimals stands for itself ± 0.005.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from draftgen.figures.facts import BLANK, COUNT, Fact, Facts
from draftgen.figures.quantities import DATE, YEAR, half_unit, is_money

TOTAL = "合计"
_PART = r"(?:\*|[^\s()=<>+\-*/,.]+)"
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?%?)(?![\w.（）])"
    rf"|(?P<key>[^\s()=<>+\-*/,.]+(?:\.{_PART})*)"
    r"|(?P<sign><=|>=|[=<>+\-*/(),]))"
)
_FUNCTIONS = ("合计", "个数", "年", "月", "日", "绝对值")


class FormulaError(ValueError):
    """A formula cannot be read."""


class Unknown(Exception):  # noqa: N818 - not an error: a figure is not known
    """A figure that a formula needs is not known; the argument is its key."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the span in which it may truly lie (both in the value's unit)."""

    value: Decimal
    low: Decimal
    high: Decimal

    @classmethod
    def exact(cls, value: Decimal) -> Interval:
        """An interval without width."""
        return cls(value, value, value)

    @classmethod
    def of(cls, value: Decimal, half: Decimal) -> Interval:
        """`value` ± `half`."""
        return cls(value, value - half, value + half)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.value + other.value, self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.value - other.value, self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(self.value * other.value, min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(self.value / other.value, min(ends), max(ends))


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula: ``kind`` is number, key, call or an operator sign."""

    kind: str
    text: str = ""
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sides and the sign between them."""

    left: Node
    sign: str
    right: Node
    text: str


@lru_cache(maxsize=4096)
def parse_relation(text: str) -> Relation:
    """Read ``left = right`` (or another sign).

    Raises:
        FormulaError: with what was found where.
    """
    parser = _Parser(text)
    left = parser.sum()
    sign = parser.take("=", "<=", ">=", "<", ">")
    right = parser.sum()
    parser.finish()
    return Relation(left, sign, right, text)


@lru_cache(maxsize=4096)
def parse_formula(text: str) -> Node:
    """Read one side.

    Raises:
        FormulaError: with what was found where.
    """
    parser = _Parser(text)
    node = parser.sum()
    parser.finish()
    return node


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._split(text)
        self.at = 0

    def _split(self, text: str) -> list[tuple[str, str]]:
        tokens, at = [], 0
        text = text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise FormulaError(f"{text!r}: {text[at:]!r}")
            kind = str(found.lastgroup)
            tokens.append((kind, found[kind]))
            at = found.end()
        return tokens

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, *signs: str) -> str:
        kind, text = self.peek()
        if kind != "sign" or text not in signs:
            raise FormulaError(f"{self.text!r}: {text!r}, expected {' '.join(signs)}")
        self.at += 1
        return text

    def finish(self) -> None:
        if self.at != len(self.tokens):
            raise FormulaError(f"{self.text!r}: {self.peek()[1]!r}")

    def sum(self) -> Node:
        return self._chain(("+", "-"), self.product)

    def product(self) -> Node:
        return self._chain(("*", "/"), self.factor)

    def _chain(self, signs: Sequence[str], part: object) -> Node:
        assert callable(part)
        node: Node = part()
        while self.peek()[0] == "sign" and self.peek()[1] in signs:
            sign = self.take(*signs)
            node = Node(sign, parts=(node, part()))
        return node

    def factor(self) -> Node:
        kind, text = self.peek()
        if kind == "sign":
            self.take("(")
            node = self.sum()
            self.take(")")
            return node
        if kind == "end":
            raise FormulaError(f"{self.text!r}: ends too soon")
        self.at += 1
        if kind == "key" and text in _FUNCTIONS and self.peek() == ("sign", "("):
            self.take("(")
            inner = self.sum()
            self.take(")")
            return Node("call", text, (inner,))
        return Node(kind, text)


class Incomplete(Unknown):
    """A sum some of whose parts are there and some are not known: what is missing, and where it should stand."""

    def __init__(self, key: str, missing: Sequence[Fact]) -> None:
        super().__init__(key)
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True)
class Worked:
    """A formula worked out: its value with its span, and the facts that went in."""

    interval: Interval
    inputs: tuple[Fact, ...]


def work_out(node: Node, facts: Facts, facet: str = "", without: str = "") -> Worked:
    """Work a formula out for a facet ("" is 本年). `without` is the key on the other side, never summed into itself.

    Raises:
        Unknown: a figure is not known.
        ZeroDivisionError: a base is zero or may be.
    """
    if node.kind == "number":
        text = node.text
        value = Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)
        return Worked(Interval.exact(value), ())
    if node.kind == "key":
        return _key(node.text, facts, facet)
    if node.kind == "call":
        return _CALLS[node.text](node.parts[0], facts, facet, without)
    left, right = (work_out(part, facts, facet, without) for part in node.parts)
    return Worked(_OPERATORS[node.kind](left.interval, right.interval), (*left.inputs, *right.inputs))


def bind(node: Node, captures: Mapping[str, str]) -> Node:
    """Put captured names into the keys of a formula."""
    text = node.text
    if node.kind == "key" and "{" in text:
        for name, value in captures.items():
            text = text.replace(f"{{{name}}}", value)
    return Node(node.kind, text, tuple(bind(part, captures) for part in node.parts))


def keys_of(node: Node) -> tuple[str, ...]:
    """The keys and patterns that a formula names, without ``?``."""
    own = (node.text.removesuffix("?"),) if node.kind == "key" else ()
    return own + tuple(key for part in node.parts for key in keys_of(part))


def half_width(fact: Fact) -> Decimal:
    """How far the true value may lie from a printed amount: half a unit of its last decimal, two decimals at least."""
    if fact.places is None or fact.slack:
        return fact.slack
    return half_unit(fact.places) if is_money(fact.unit) else Decimal(0)


def _key(text: str, facts: Facts, facet: str) -> Worked:
    key = _with_facet(text.removesuffix("?"), facet)
    fact = facts.get(key)
    if fact is not None:
        return Worked(Interval.of(fact.value, half_width(fact)), (fact,))
    if not text.endswith("?"):
        raise Unknown(key)
    plain = text.removesuffix("?")
    if missing := [*_without_facet((plain,), facts, facet), *facts.match(f"{plain}.{BLANK}")]:
        raise Incomplete(key, missing)
    return Worked(Interval.exact(Decimal(0)), ())


def _with_facet(key: str, facet: str) -> str:
    return f"{key}.{facet}" if facet else key


def _total(node: Node, facts: Facts, facet: str, without: str) -> Worked:
    found = [f for f in facts.match(_with_facet(node.text, facet)) if _is_part(f, facet, without)]
    if not found:
        raise Unknown(node.text)
    parts = [f.key for f in facts.match(node.text) if _is_part(f, "", without)]
    blanks = [f for f in facts.match(f"{node.text}.{BLANK}") if f.key != f"{without}.{BLANK}"]
    if missing := [*_without_facet(parts, facts, facet), *blanks, *_uncovered(node.text, facts)]:
        raise Incomplete(node.text, missing)
    interval = Interval.exact(Decimal(0))
    for fact in found:
        interval = interval + Interval.of(fact.value, half_width(fact))
    return Worked(interval, tuple(found))


def _without_facet(keys: Iterable[str], facts: Facts, facet: str) -> list[Fact]:
    """The parts that are known for 本年 and not zero, and not for the facet: the facet's sum would leave them out."""
    if not facet:
        return []
    return [facts[k] for k in keys if facts.value(k) and f"{k}.{facet}" not in facts]


def _uncovered(pattern: str, facts: Facts) -> list[Fact]:
    """The list, as its count, some of whose items have nothing of what `pattern` sums."""
    parts = pattern.split(".")
    for at, part in enumerate(parts):
        prefix, rest = ".".join(parts[:at]), parts[at + 1 :]
        count = facts.get(f"{prefix}.{COUNT}") if part == "*" and "*" not in prefix and rest else None
        if count is None:
            continue
        wanted = f"{prefix}.*.{rest[0]}" + (".*" if len(rest) > 1 else "")
        covered = {fact.key.split(".")[at] for fact in facts.match(wanted)}
        if len(covered) < count.value:
            return [count]
    return []


def _is_part(fact: Fact, facet: str, without: str) -> bool:
    key = fact.key.removesuffix(f".{facet}") if facet else fact.key
    return key != without and not key.endswith(f".{TOTAL}")


def _count(node: Node, facts: Facts, facet: str, without: str) -> Worked:
    del without
    found = facts.match(_with_facet(node.text, facet))
    return Worked(Interval.exact(Decimal(len(found))), found)


def _of_date(part: str, node: Node, facts: Facts, facet: str, without: str) -> Worked:
    worked = work_out(node, facts, facet, without)
    units = {fact.unit for fact in worked.inputs}
    if units == {DATE}:
        return Worked(Interval.exact(Decimal(getattr(worked.inputs[0].day, part))), worked.inputs)
    if units == {YEAR} and part == "year":
        return worked
    raise Unknown(node.text)


def _magnitude(node: Node, facts: Facts, facet: str, without: str) -> Worked:
    worked = work_out(node, facts, facet, without)
    span = worked.interval
    if span.value >= 0:
        return worked
    return Worked(Interval(-span.value, -span.high, -span.low), worked.inputs)


_Call = Callable[[Node, "Facts", str, str], Worked]
_CALLS: Mapping[str, _Call] = {
    "合计": _total,
    "个数": _count,
    **{name: partial(_of_date, part) for name, part in (("年", "year"), ("月", "month"), ("日", "day"))},
    "绝对值": _magnitude,
}
_OPERATORS = {
    "+": Interval.__add__,
    "-": Interval.__sub__,
    "*": Interval.__mul__,
    "/": Interval.__truediv__,
}
