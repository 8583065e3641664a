"""From the figures of tables to entries of a data file, by ``templates/common/published/figures.yaml``.

Each entry names a key of the data model and the formulas over tables that give it, best first. The first that can be
worked out counts. What no table gives is a named gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from draftgen.errors import TemplateError
from draftgen.figures import formula as f
from draftgen.figures.facts import Fact, Facts, key_pattern
from draftgen.figures.published.subjects import Said
from draftgen.figures.relations import places_of
from draftgen.findings import Localised, Place

_CAPTURE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class EntryRule:
    """How keys of the data file come about. ``each`` is the pattern of facts whose captures it is repeated for."""

    key: str
    formulas: tuple[str, ...] = ()
    text: str = ""
    each: str = ""
    kinds: tuple[str, ...] = ()
    zeros: bool = True  # whether a zero is written
    only: frozenset[str] = frozenset()  # what the capture may be; empty: anything


@dataclass(frozen=True, slots=True)
class GapRule:
    """What a report needs and tables cannot give. ``each`` are the written keys that each need it."""

    needs: str
    message: Localised
    each: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the data file: its text, and the cells that it comes from."""

    key: str
    text: str
    places: tuple[Place, ...] = ()
    formula: str = ""  # where it is worked out of more than one figure
    table: str = ""  # the key of the table


@dataclass(frozen=True, slots=True)
class GapFound:
    """A gap that stays open: ``missing`` of ``of`` keys; both 0 where there is only one."""

    needs: str
    message: Localised
    missing: int = 0
    of: int = 0


def read_entry_rules(entries: Iterable[Mapping[str, Any]], place: Place) -> tuple[EntryRule, ...]:
    """Read the rules of entries; one with ``fields`` stands for a rule for each.

    Raises:
        TemplateError: an entry is incomplete or has a formula that cannot be read.
    """
    rules: list[EntryRule] = []
    for entry in entries:
        try:
            rules += _entry_rules(entry)
        except (AttributeError, KeyError, TypeError, f.FormulaError) as error:
            raise _broken(str(entry), error, place) from error
    return tuple(rules)


def _entry_rules(entry: Mapping[str, Any]) -> Iterator[EntryRule]:
    each, kinds = str(entry.get("each", "")), tuple(entry.get("kinds", ()))
    zeros = entry.get("zeros") != "no"
    base, only = str(entry["key"]), frozenset(map(str, entry.get("only", ())))
    for name, text in entry.get("texts", {}).items():
        yield EntryRule(f"{base}.{name}", text=str(text), each=each, kinds=kinds)
    own = {"": entry["from"]} if "from" in entry else {}
    for name, given in {**own, **entry.get("fields", {})}.items():
        formulas = tuple(map(str, [given] if isinstance(given, str) else given))
        for text in formulas:
            f.parse_formula(text)
        yield EntryRule(f"{base}.{name}" if name else base, formulas, "", each, kinds, zeros, only)


def read_gap_rules(entries: Iterable[Mapping[str, Any]], place: Place) -> tuple[GapRule, ...]:
    """Read what a report needs besides.

    Raises:
        TemplateError: an entry is incomplete.
    """
    rules = []
    for entry in entries:
        try:
            message = Localised(str(entry["en"]), str(entry["zh"]))
            rules.append(
                GapRule(str(entry["needs"]), message, str(entry.get("each", "")), tuple(entry.get("kinds", ())))
            )
        except (AttributeError, KeyError, TypeError) as error:
            raise _broken(str(entry), error, place) from error
    return tuple(rules)


def _broken(entry: str, error: Exception, place: Place) -> Exception:
    values = {"entry": entry[:60], "why": f"{type(error).__name__}: {error}"}
    message = Localised("entry {entry}: {why}", "条目“{entry}”有误：{why}", values)
    return TemplateError.because("bad-entry", message, places=[place])


def entries_of(rules: Sequence[EntryRule], kind: str, facts: Facts, texts: Mapping[str, Said]) -> dict[str, Entry]:
    """Work out every entry that the tables give; the first rule that gives a key counts."""
    found: dict[str, Entry] = {}
    for rule in rules:
        if rule.kinds and kind not in rule.kinds:
            continue
        for captures in _repeats(rule, facts):
            key = _bound(rule.key, captures)
            if key not in found and (entry := _entry(rule, key, captures, facts, texts)) is not None:
                found[key] = entry
    return found


def _repeats(rule: EntryRule, facts: Facts) -> Iterable[Mapping[str, str]]:
    if not rule.each:
        return ({},)
    found = {tuple(c.values()): c for c in facts.captures(rule.each)}
    return [c for names, c in found.items() if not rule.only or rule.only & set(names)]


def _bound(text: str, captures: Mapping[str, str]) -> str:
    return _CAPTURE.sub(lambda m: captures.get(m[1], m[0]), text)


def _entry(
    rule: EntryRule, key: str, captures: Mapping[str, str], facts: Facts, texts: Mapping[str, Said]
) -> Entry | None:
    if rule.text:
        said = texts.get(_bound(rule.text, captures))
        return Entry(key, said.text, (said.place,)) if said is not None and said.text else None
    for text in rule.formulas:
        try:
            worked = f.work_out(f.bind(f.parse_formula(text), captures), facts)
        except (f.Unknown, ZeroDivisionError):
            continue
        if worked.inputs and (rule.zeros or worked.interval.value):
            places = places_of(worked.inputs, facts)
            formula = " ".join(text.split()) if len(worked.inputs) > 1 else ""
            table = worked.inputs[0].key.partition(".")[0]
            return Entry(key, written(worked.interval.value, worked.inputs), places, _bound(formula, captures), table)
    return None


def written(value: Decimal, inputs: Sequence[Fact]) -> str:
    """Write a value with all its digits, and with no fewer decimals than its figures were typed with.

    >>> written(Decimal("12.3450"), ()), written(Decimal("1E+2"), ())
    ('12.345', '100')
    """
    text = f"{value.normalize():f}"
    typed = min((fact.places for fact in inputs if fact.places is not None and not fact.slack), default=0)
    whole, _, decimals = text.partition(".")
    decimals = decimals.ljust(typed, "0")
    return f"{whole}.{decimals}" if decimals else whole


def gaps_of(rules: Sequence[GapRule], kind: str, entries: Mapping[str, Entry]) -> tuple[GapFound, ...]:
    """Name what the data file still lacks."""
    found = []
    for rule in rules:
        if rule.kinds and kind not in rule.kinds:
            continue
        if rule.each:
            wanted = _wanted(rule, entries)
            lacking = [key for key in wanted if key not in entries]
            if lacking:
                found.append(GapFound(_CAPTURE.sub("*", rule.needs), rule.message, len(lacking), len(wanted)))
        elif not any(key_pattern(rule.needs).fullmatch(key) for key in entries):
            found.append(GapFound(rule.needs, rule.message))
    return tuple(found)


def _wanted(rule: GapRule, entries: Mapping[str, Entry]) -> list[str]:
    pattern = key_pattern(rule.each)
    matches = (pattern.fullmatch(key) for key in entries)
    return list(dict.fromkeys(_bound(rule.needs, m.groupdict()) for m in matches if m))
