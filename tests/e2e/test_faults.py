"""Faults put into the correct example one at a time: each has to be found, at its line; the correct file gives none.

The faults go into the text of the file, so that lines stay. A fault is found if checking says something new, an error
or a warning, whose places include the line of the fault.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from draftgen import pipeline
from draftgen.errors import InputError
from draftgen.figures import formula as f
from draftgen.figures.facts import COUNT, FACETS, Fact, Facts, Given, collect, key_pattern
from draftgen.figures.model.fields import parse_day
from draftgen.figures.quantities import DATE, YEAR, half_up, is_money, parse_measure
from draftgen.figures.reading import load
from draftgen.findings import Finding, Severity
from draftgen.kinds import load_kind

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "dongchuan-2020" / "report.yaml"
LINES = EXAMPLE.read_text("utf-8").splitlines()
LEAST = Decimal("0.95")
MOST_CASES = 200
CENT = Decimal("0.01")

# what no other figure of the report can speak for
STANDS_ONCE = {
    "工作.事项.*.成果.{n}.数量": "a count of work that has no 名称: it stands only here",
    "工作.事项.*.成果.{n}.目标": "the target of such a count: a slip upwards is a missed target, one downwards is not",
    "工作.事项.*.成果.*.比上年": "a rate against last year without last year's figure",
    "政府采购.项目数": "the number of purchases: nothing else counts them",
    "资产.变动.处置.*.件数": "pieces disposed of: only the disposal's own paper knows",
    "资产.变动.处置.*.原值": "gross value of a disposal: the change of the year is explained at net value",
}
# dates whose year is bound by the report's year, while the day is known only to who was there
DAY_STANDS_ONCE = ("公开日期", "评价.完成日期", "资产.变动.处置.*.日期")
TOTALS = ("合计", "编制合计", "实有合计", "纳入单位数", "总分", "小计")


Told = tuple[str, str, str, tuple[int | None, ...]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the example and what it becomes."""

    fact: Fact
    line: int
    becomes: str

    @property
    def told(self) -> str:
        return f"{self.line}: {self.fact.key}: {LINES[self.line - 1].strip()} -> {self.becomes.strip()}"


@functools.cache
def figures() -> Facts:
    loaded = load(EXAMPLE)
    dataset = loaded.dataset
    return collect(dataset, loaded.places.at, year=2020, money_unit=dataset.money_unit)


def excluded(key: str) -> bool:
    return any(
        (found := key_pattern(pattern).fullmatch(key)) and found.groupdict().get("n", "0").isdecimal()
        for pattern in STANDS_ONCE
    )


def population() -> Iterator[Fact]:
    """Every figure of the data file that another one speaks for."""
    for fact in figures().values():
        assert isinstance(fact.origin, Given)
        if not fact.key.endswith(f".{COUNT}") and not excluded(fact.key):
            yield fact


def fault(fact: Fact, typed: str) -> Fault:
    """Write `typed` in the place of a figure."""
    assert isinstance(fact.origin, Given)
    assert fact.place is not None
    line = fact.place.line or 0
    key, sign, value = LINES[line - 1].rpartition(": ")
    assert value == fact.origin.typed, LINES[line - 1]
    return Fault(fact, line, f"{key}{sign}{typed}")


def same(fact: Fact, typed: str) -> bool:
    """Tell whether another writing is still the same figure."""
    assert isinstance(fact.origin, Given)
    try:
        if fact.unit == DATE:
            return parse_day(typed).date == parse_day(fact.origin.typed).date
        return parse_measure(typed).value == parse_measure(fact.origin.typed).value
    except ValueError:
        return False


def is_rounded(short: str, typed: str) -> bool:
    try:
        a, b = parse_measure(short), parse_measure(typed)
    except ValueError:
        return False
    return a.places < b.places and half_up(b.value, a.places) == a.value


def slips(fact: Fact, change: Callable[[str], Iterator[str]]) -> Iterator[Fault]:
    """Every way in which `change` slips in a figure; of a date that stands once, only in its year."""
    assert isinstance(fact.origin, Given)
    typed = fact.origin.typed
    once = any(key_pattern(pattern).fullmatch(fact.key) for pattern in DAY_STANDS_ONCE)
    head, tail = (typed[:4], typed[4:]) if once else (typed, "")
    for slipped in change(head):
        if not same(fact, slipped + tail):
            yield fault(fact, slipped + tail)


def swapped(typed: str) -> Iterator[str]:
    for found in re.finditer(r"(?=(\d)(\d))", typed):
        if found[1] != found[2]:
            at = found.start()
            yield typed[:at] + found[2] + found[1] + typed[at + 2 :]


def dropped(typed: str) -> Iterator[str]:
    """A digit of at least two; what is left must not be the same figure rounded, for that is no fault."""
    places = sum(c.isdigit() for c in typed.partition(".")[2])
    for found in re.finditer(r"\d", typed):
        left = typed[: found.start()] + typed[found.end() :]
        if re.search(r"\d", left) and not (places and is_rounded(left, typed)):
            yield left


def changed(typed: str) -> Iterator[str]:
    for found in re.finditer(r"\d", typed):
        for digit in "0123456789":
            if digit != found[0]:
                yield typed[: found.start()] + digit + typed[found.end() :]


def digits(change: Callable[[str], Iterator[str]]) -> Iterator[Fault]:
    for fact in population():
        yield from slips(fact, change)


def yuan_for_wan() -> Iterator[Fault]:
    for fact in population():
        if is_money(fact.unit):
            assert isinstance(fact.origin, Given)
            typed = f"{parse_measure(fact.origin.typed).value * 10_000:f}"
            if not same(fact, typed):
                yield fault(fact, typed)


def year_slipped() -> Iterator[Fault]:
    for fact in population():
        if fact.unit in (DATE, YEAR):
            assert isinstance(fact.origin, Given)
            year, rest = fact.origin.typed[:4], fact.origin.typed[4:]
            for step in (-1, 1):
                yield fault(fact, f"{int(year) + step}{rest}")


def sum_broken() -> Iterator[Fault]:
    """A total by one, or by the least that rounding of its terms cannot explain."""
    for fact in population():
        parts = [part for part in fact.key.split(".") if part not in FACETS]
        if parts[-1] not in TOTALS:
            continue
        assert isinstance(fact.origin, Given)
        measure, least = parse_measure(fact.origin.typed), Decimal(1)
        if is_money(fact.unit):
            if not terms(fact):  # a total without parts is no sum
                continue
            least = (Decimal("0.005") * (terms(fact) + 1) // CENT + 1) * CENT
        for step in sorted({least, Decimal(1)}):
            for value in (measure.value - step, measure.value + step):
                yield fault(fact, f"{value:f}")


def terms(fact: Fact) -> int:
    """How many figures the sum of a total has."""
    facet = next((facet for facet in FACETS if fact.key.endswith(f".{facet}")), "")
    key = fact.key.removesuffix(f".{facet}")
    found = [0]
    for rule in load_kind(pipeline.folders().templates, "department-performance").rules:
        relation = f.parse_relation(rule.formula)
        if relation.left.text == key:
            try:
                found.append(len(f.work_out(relation.right, figures(), facet, key).inputs))
            except f.Unknown:
                continue
    return max(found)


def weight_changed() -> Iterator[Fault]:
    for fact in population():
        if fact.key.startswith("评分.权重."):
            assert isinstance(fact.origin, Given)
            for step in (-1, 1):
                yield fault(fact, str(int(fact.origin.typed) + step))


CLASSES: dict[str, Callable[[], Iterator[Fault]]] = {
    "digits swapped": lambda: digits(swapped),
    "digit dropped": lambda: digits(dropped),
    "digit changed": lambda: digits(changed),
    "yuan for ten thousand yuan": yuan_for_wan,
    "year slipped": year_slipped,
    "sum broken": sum_broken,
    "weight changed": weight_changed,
}


def sample(faults: Iterator[Fault]) -> list[Fault]:
    """At most so many of them, chosen by hash: the same ones in every run, spread over the whole file."""
    unique = {(fault.line, fault.becomes): fault for fault in faults}
    ordered = sorted(unique.values(), key=lambda x: hashlib.sha256(f"{x.fact.key}|{x.becomes}".encode()).digest())
    return ordered[:MOST_CASES]


def check(path: Path) -> tuple[Finding, ...]:
    try:
        return tuple(pipeline.examine(load(path)).report)
    except InputError as error:
        return error.findings


def told(finding: Finding) -> Told:
    places = tuple(place.line for place in finding.places)
    return finding.code, finding.severity, finding.message.render("zh"), places


@pytest.fixture(scope="module")
def clean() -> frozenset[Told]:
    return frozenset(told(finding) for finding in check(EXAMPLE))


def is_found(fault: Fault, path: Path, clean: frozenset[Told]) -> bool:
    lines = [*LINES[: fault.line - 1], fault.becomes, *LINES[fault.line :]]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return any(
        finding.severity is not Severity.NOTE
        and told(finding) not in clean
        and fault.line in {place.line for place in finding.places}
        for finding in check(path)
    )


@pytest.mark.parametrize("name", CLASSES)
def test_ninety_five_of_a_hundred_faults_are_found_at_their_line(
    name: str, tmp_path: Path, clean: frozenset[Told]
) -> None:
    faults = sample(CLASSES[name]())
    path = tmp_path / EXAMPLE.name
    missed = [fault for fault in faults if not is_found(fault, path, clean)]
    share = 1 - Decimal(len(missed)) / len(faults)
    listed = "\n".join(fault.told for fault in missed)
    print(f"\n{name}: {len(faults) - len(missed)} of {len(faults)} found ({share:.2%})\n{listed}")  # noqa: T201
    assert share >= LEAST, listed


def test_the_correct_file_gives_no_error() -> None:
    errors = [finding for finding in check(EXAMPLE) if finding.severity is Severity.ERROR]
    assert errors == []
