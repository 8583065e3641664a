"""Facts: every figure under one key, given or derived, each knowing where it came from.

Keys are Chinese paths, ``三公经费.公务接待费``; the facet is the last part, ``三公经费.公务接待费.上年``. A list item
is named by its own name, ``绩效目标.项目.春节系列活动经费.金额``. Rates are fractions, dates their day number.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from pydantic.fields import FieldInfo

from draftgen.figures.model.fields import Day, Figure, Topic
from draftgen.figures.quantities import DATE, ITEM, MONEY, RATE, YEAR, Measure, convert, half_unit, is_money
from draftgen.findings import Place

FACETS = ("上年", "年初预算", "全年预算", "上年预算")
CURRENT = "本年"
STATED = ("增减额", "增减率", "占比", "执行率")
COUNT = "个数"
BLANK = "未填"  # a key that stands in the data file without a value: not known, never zero
AS_STATED = "填报"  # a rate or change as the office's papers state it: compared, never printed

Locate = Callable[[str], Place]

_TARGETS = ("target",)
OWN_UNIT = ("目标值", "实际值")  # of an indicator: its money is a price or a cost, never part of the ledger


@dataclass(frozen=True, slots=True)
class Given:
    """A figure from the data file: its place, and the text as typed."""

    place: Place
    typed: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure worked out: by which rule, the formula as it reads, and the keys that went in."""

    rule: str
    formula: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that is true. ``value`` is never rounded; ``places`` are its decimals as typed, None if derived."""

    key: str
    value: Decimal
    unit: str
    label: str
    year: int
    origin: Given | Derived
    places: int | None = None
    label_en: str = ""
    slack: Decimal = Decimal(0)  # how far rounding may have moved it: of a derived amount, or one typed in another unit
    sense: str = ""  # of a target, as typed: ≥ (also if empty), ≤, =, >, <

    @property
    def place(self) -> Place | None:
        """Where it was given."""
        return self.origin.place if isinstance(self.origin, Given) else None

    @property
    def day(self) -> datetime.date:
        """The date that a date fact stands for."""
        return datetime.date.fromordinal(int(self.value))


class Facts(Mapping[str, Fact]):
    """An unchanging table of facts with search by pattern: ``收入.*`` matches one part, ``{x}`` captures it."""

    __slots__ = ("_index", "_table")

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._table = {fact.key: fact for fact in facts}
        self._index: dict[tuple[int, str], list[str]] = {}  # keys by dots and first part, made when asked for

    def __getitem__(self, key: str) -> Fact:
        return self._table[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def __contains__(self, key: object) -> bool:
        return key in self._table

    def plus(self, facts: Iterable[Fact]) -> Facts:
        """Return a table with `facts` added; a key that is there keeps its first fact."""
        growing = GrowingFacts(self)
        for fact in facts:
            growing.add(fact)
        return growing.done()

    def value(self, key: str) -> Decimal | None:
        """Return a value, None where it is not known."""
        fact = self._table.get(key)
        return None if fact is None else fact.value

    def match(self, pattern: str) -> tuple[Fact, ...]:
        """Return the facts whose key fits `pattern`, in the order of the data file."""
        if "*" not in pattern and "{" not in pattern:
            return (self._table[pattern],) if pattern in self._table else ()
        return tuple(fact for fact, _ in self.find(pattern))

    def captures(self, pattern: str) -> tuple[dict[str, str], ...]:
        """Return what the ``{names}`` of `pattern` stand for, once for every fitting key."""
        return tuple(captured for _, captured in self.find(pattern))

    def find(self, pattern: str) -> tuple[tuple[Fact, dict[str, str]], ...]:
        """Return every fact whose key fits `pattern`, with what the ``{names}`` stand for."""
        if not self._index:
            self._index = _indexed(self._table)
        fits = key_pattern(pattern).fullmatch
        found = ((key, fits(key)) for key in self._index.get(_bucket(pattern), ()))
        return tuple((self._table[key], match.groupdict()) for key, match in found if match)


class GrowingFacts(Facts):
    """A table while facts are being added to it; `done` gives the unchanging one."""

    __slots__ = ()

    def __init__(self, facts: Facts) -> None:
        self._table = dict(facts._table)
        self._index = {}

    def add(self, fact: Fact) -> None:
        """Add a fact; a key that is there keeps its first fact."""
        if fact.key not in self._table:
            self._table[fact.key] = fact
            if self._index:
                _enter(self._index, fact.key)

    def done(self) -> Facts:
        """Return what was gathered, unchanging."""
        facts = Facts(())
        facts._table, facts._index = dict(self._table), {k: list(v) for k, v in self._index.items()}
        return facts


def _indexed(keys: Iterable[str]) -> dict[tuple[int, str], list[str]]:
    index: dict[tuple[int, str], list[str]] = {}
    for key in keys:
        _enter(index, key)
    return index


def _enter(index: dict[tuple[int, str], list[str]], key: str) -> None:
    dots = key.count(".")
    for head in ("", key.partition(".")[0]):
        index.setdefault((dots, head), []).append(key)


@lru_cache(maxsize=2048)
def key_pattern(pattern: str) -> re.Pattern[str]:
    """Turn a key pattern into a regular expression over whole keys."""
    text = re.escape(pattern).replace(r"\*", r"[^.]+")
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^.]+)", text))


def concerns(pattern: str, key: str) -> bool:
    """Tell whether `key` is what a phrase or cause is about: it fits `pattern`, or lies below one that ends in ``.*``.

    >>> concerns("支出.*", "支出.基本支出.合计"), concerns("*", "会议费"), concerns("会议费", "会议费.上年")
    (True, True, False)
    """
    wanted, parts = pattern.split("."), key.split(".")
    if len(parts) != len(wanted) and (wanted[-1] != "*" or len(parts) < len(wanted)):
        return False
    return all(a in ("*", b) for a, b in zip(wanted, parts, strict=False))


@lru_cache(maxsize=2048)
def _bucket(pattern: str) -> tuple[int, str]:
    """Where the index holds the keys that may fit `pattern`."""
    head = pattern.partition(".")[0]
    return pattern.count("."), "" if "*" in head or "{" in head else head


_PLAIN = str.maketrans(".*?#{}", "．＊？＃｛｝")


def segment(name: str) -> str:
    """Make one part of a key of a name: what means something in a key or a pattern is written full-width.

    >>> segment("No.1 [A*]")
    'No．1 [A＊]'
    """
    return name.strip().translate(_PLAIN)


def collect(dataset: Topic, locate: Locate, *, year: int, money_unit: str, blank: Iterable[str] = ()) -> Facts:
    """List every figure of the data file as a fact, in the file's order. `locate` gives the place of a path."""
    walker = _Walker(locate, year, money_unit)
    return Facts((*walker.topic(dataset, "", ""), *map(walker.blank, blank)))


@dataclass(frozen=True, slots=True)
class _Spot:
    """A field at a key and a path, with what its declaration says."""

    key: str
    path: str
    unit: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Declared:
    """A field of the data model as declared: its attribute, Chinese key, unit of bare numbers and English label."""

    attribute: str
    zh: str
    unit: str
    en: str


@cache
def declared(topic: type[Topic]) -> tuple[Declared, ...]:
    """Return the fields of a topic, in the order of the declaration."""
    fields = topic.model_fields.items()
    return tuple(Declared(name, i.alias or name, _extra(i, "unit"), _extra(i, "en")) for name, i in fields)


def _extra(info: FieldInfo, what: str) -> str:
    extra = info.json_schema_extra
    return str(extra.get(what, "")) if isinstance(extra, dict) else ""


@dataclass(frozen=True, slots=True)
class _Walker:
    locate: Locate
    year: int
    money_unit: str

    def topic(self, topic: Topic, key: str, path: str) -> Iterator[Fact]:
        own_unit = getattr(topic, "unit", None)
        unit = own_unit if isinstance(own_unit, str) else ""
        for field in declared(type(topic)):
            value = getattr(topic, field.attribute)
            if value is None or isinstance(value, (str, bool)):
                continue
            spot = _Spot(_join(key, field.zh), _join(path, field.zh), field.unit or unit, field.zh, field.en)
            if field.zh in OWN_UNIT and isinstance(value, Measure):
                sense = getattr(topic, "sense", None) if field.attribute in _TARGETS else None
                yield replace(self.own(value, spot), sense=sense or "")
            elif field.attribute in _TARGETS:
                sense = getattr(topic, "sense", None) or getattr(topic, "target_sense", None) or ""
                yield replace(self.fact(value, spot, self.year), sense=sense)
            else:
                yield from self.value(value, spot)

    def blank(self, path: str) -> Fact:
        """What stands in the file for a key without a value."""
        label = path.rpartition(".")[2]
        return Fact(f"{path}.{BLANK}", Decimal(1), ITEM, label, self.year, Given(self.locate(path), ""), 0, label)

    def value(self, value: Any, spot: _Spot) -> Iterator[Fact]:
        if isinstance(value, Measure):
            yield self.fact(value, spot, self.year)
        elif isinstance(value, Day):
            yield self.day(value, spot)
        elif isinstance(value, Figure):
            yield from self.figure(value, spot)
        elif isinstance(value, Topic):
            yield from self.topic(value, spot.key, spot.path)
        elif isinstance(value, dict):
            yield from self.table(value, spot)
        elif isinstance(value, list):
            yield from self.items(value, spot)

    def table(self, value: dict[str, Any], spot: _Spot) -> Iterator[Fact]:
        for name, item in value.items():
            inner = _Spot(_join(spot.key, segment(name)), _join(spot.path, name), spot.unit, name, name)
            yield from self.value(item, inner)

    def items(self, value: list[Any], spot: _Spot) -> Iterator[Fact]:
        if not value or not isinstance(value[0], Topic):
            return
        origin = Given(self.locate(spot.path), str(len(value)))
        yield Fact(f"{spot.key}.{COUNT}", Decimal(len(value)), ITEM, spot.label, self.year, origin, 0, spot.label_en)
        for number, (name, item) in enumerate(zip(item_names(value), value, strict=True), 1):
            yield from self.topic(item, _join(spot.key, name), f"{spot.path}[{number}]")

    def figure(self, figure: Figure, spot: _Spot) -> Iterator[Fact]:
        for field in declared(Figure):
            value = getattr(figure, field.attribute)
            if not isinstance(value, Measure):
                continue
            facet = field.zh
            key = spot.key if facet == CURRENT else f"{spot.key}.{facet}"
            key = f"{key}.{AS_STATED}" if facet in STATED else key
            year = self.year - 1 if facet in ("上年", "上年预算") else self.year
            inner = _Spot(key, f"{spot.path}.{facet}", field.unit or spot.unit, spot.label, spot.label_en)
            yield self.fact(value, inner, year)

    def fact(self, measure: Measure, spot: _Spot, year: int) -> Fact:
        unit = measure.unit or spot.unit
        unit = self.money_unit if unit == MONEY else unit
        value, slack = measure.value, Decimal(0)
        if is_money(unit) and unit != self.money_unit:
            value = convert(value, unit, self.money_unit)
            slack = convert(half_unit(measure.places), unit, self.money_unit)
            unit = self.money_unit
        elif unit == RATE:
            value = value / 100
        origin = Given(self.locate(spot.path), measure.typed)
        return Fact(spot.key, value, unit, spot.label, year, origin, measure.places, spot.label_en, slack)

    def own(self, measure: Measure, spot: _Spot) -> Fact:
        """A measure in the unit that it was typed with, money included."""
        unit = measure.unit or spot.unit
        value = measure.value / 100 if unit == RATE else measure.value
        origin = Given(self.locate(spot.path), measure.typed)
        return Fact(spot.key, value, unit, spot.label, self.year, origin, measure.places, spot.label_en)

    def day(self, day: Day, spot: _Spot) -> Fact:
        origin = Given(self.locate(spot.path), day.typed)
        value = Decimal(day.date.toordinal())
        unit = YEAR if spot.label == "年度" else DATE
        return Fact(spot.key, value, unit, spot.label, self.year, origin, 0, spot.label_en)


@cache
def name_attribute(topic: type[Topic]) -> str:
    """Return the attribute that names an item of a list, empty where its number does."""
    for name, info in topic.model_fields.items():
        if info.alias == topic.name_field:
            return name
    return ""


def item_names(items: list[Any]) -> tuple[str, ...]:
    """Return the key part of each item of a list: its name, made unique, or its number."""
    names: list[str] = []
    for number, item in enumerate(items, 1):
        named = getattr(item, name_attribute(type(item)), None) if isinstance(item, Topic) else None
        name = segment(named or str(number))
        names.append(name if name not in names else f"{name}#{number}")
    return tuple(names)


def _join(key: str, part: str) -> str:
    return f"{key}.{part}" if key else part
