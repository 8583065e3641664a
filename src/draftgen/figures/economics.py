"""Economic subjects (部门预算支出经济分类科目) of basic outlay: put into the order of their codes, summed by class.

A freely named group whose key ends in one of the catalogue's lists (``….人员经费明细``) is put in order; beside it
stands the table of its codes, ``….人员经费科目``: every 类 and 款 of the catalogue with the texts ``.编码`` and
``.科目名称``, each that is known with its amount; ``….人员经费科目.301`` lists one class.
Source: 政府收支分类科目; 部门决算公开, 基本支出决算表.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from draftgen.figures.facts import BLANK, Derived, Fact, Facts, Locate, segment
from draftgen.figures.texts import GivenText, Texts
from draftgen.findings import Finding, Localised, Severity

DETAIL, TABLE = "明细", "科目"
OTHER = "其他"  # the rows of a table that have no code
_CLASS = 3  # digits of the code of a class
_LAST = "~"  # behind every code


@dataclass(frozen=True, slots=True)
class Economics:
    """The catalogue: names by code, and the classes that belong to each list of details."""

    names: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def codes(self, group: str) -> dict[str, str]:
        """The code of every subject that a list may hold, by its name as part of a key."""
        classes = set(self.lists.get(group, ()))
        return {
            segment(name): code for code, name in self.names.items() if code[:_CLASS] in classes and code not in classes
        }


@dataclass(frozen=True, slots=True)
class Ordered:
    """The texts and facts in the order of the codes, and the names that the catalogue does not have."""

    texts: Texts
    facts: Facts
    findings: tuple[Finding, ...]


def order_economics(texts: Texts, facts: Facts, catalogue: Economics, locate: Locate) -> Ordered:
    """Order every list of economic subjects, and add the table of its codes."""
    findings: list[Finding] = []
    for key in [k for k in texts.items if k.rpartition(".")[2] in catalogue.lists]:
        codes = catalogue.codes(key.rpartition(".")[2])
        findings += _unknown(key, codes, texts, locate)
        texts, facts = _in_order(key, codes, texts, facts)
        texts, facts = _with_table(key, codes, catalogue, texts, facts)
    return Ordered(texts, facts, tuple(findings))


def _unknown(key: str, codes: Mapping[str, str], texts: Texts, locate: Locate) -> Iterator[Finding]:
    for item in texts.items[key]:
        name = item.rpartition(".")[2]
        if name in codes:
            continue
        near = difflib.get_close_matches(name, codes, 1, 0.4)
        values = {"key": key, "name": name, "near": near[0] if near else ""}
        hint = Localised("Did you mean {near}?", "是否为“{near}”？", values)
        yield Finding(
            code="unknown-subject",
            severity=Severity.WARNING,
            message=Localised(
                "{key}: {name} is no economic subject of this list; it stands at the end, without a code.",
                "{key}：“{name}”不是其中的经济分类科目，排在最后，没有编码。",
                values,
            ),
            places=(locate(item),),
            hint=hint if near else None,
            found=name,
        )


def _in_order(key: str, codes: Mapping[str, str], texts: Texts, facts: Facts) -> tuple[Texts, Facts]:
    """Put the items and their facts in the order of the codes; what has none stands last, as it was given."""
    ordered = sorted(texts.items[key], key=lambda item: codes.get(item.rpartition(".")[2], _LAST))
    texts = replace(texts, items=MappingProxyType({**texts.items, key: tuple(ordered)}))
    places = {item: number for number, item in enumerate(ordered)}
    own = sorted((k for k in facts if _item(k, key) in places), key=lambda k: places[_item(k, key)])
    moved = iter(own)
    return texts, Facts(facts[next(moved)] if _item(k, key) in places else fact for k, fact in facts.items())


def _item(key: str, listed: str) -> str:
    """The item of a list that a key belongs to, as far as the key is one below the list."""
    if not key.startswith(f"{listed}."):
        return ""
    return f"{listed}.{key.removeprefix(f'{listed}.').partition('.')[0]}"


def _with_table(
    key: str, codes: Mapping[str, str], catalogue: Economics, texts: Texts, facts: Facts
) -> tuple[Texts, Facts]:
    """Add the table of the codes: 类 and 款 in order, then what has no code."""
    table = f"{key.removesuffix(DETAIL)}{TABLE}"
    blank = [fact.key.removesuffix(f".{BLANK}") for fact in facts.match(f"{key}.*.{BLANK}")]
    given = {codes.get(name, name): item for item in (*texts.items[key], *blank) for name in [item.rpartition(".")[2]]}
    classes = catalogue.lists[key.rpartition(".")[2]]
    listed = [c for parent in classes for c in sorted(catalogue.names) if c[:_CLASS] == parent]
    listed += [code for code in given if code not in catalogue.names]
    one, made = dict(texts.one), list[Fact]()
    for code in listed:
        row, name = f"{table}.{code}", catalogue.names.get(code, code)
        said = {"科目名称": name} | ({"编码": code} if code in catalogue.names else {})
        one |= {f"{row}.{part}": GivenText(f"{row}.{part}", text, key) for part, text in said.items()}
        made += _amount(row, name, [given[c] for c in given if c == code or _below(c, code)], facts)
    items = {**texts.items, table: tuple(f"{table}.{code}" for code in listed)}
    for parent in (*classes, OTHER):
        items[f"{table}.{parent}"] = tuple(f"{table}.{c}" for c in listed if _class(c, catalogue) == parent)
    texts = replace(texts, one=MappingProxyType(one), items=MappingProxyType(items))
    return texts, facts.plus(made)


def _class(code: str, catalogue: Economics) -> str:
    return code[:_CLASS] if code in catalogue.names else OTHER


def _below(code: str, parent: str) -> bool:
    return len(parent) == _CLASS and code != parent and code.startswith(parent)


def _amount(row: str, name: str, items: Sequence[str], facts: Facts) -> Iterator[Fact]:
    """The amount of a row: its subject's, or the sum of its class; none where one of them is not known."""
    known = [facts[item] for item in items if item in facts]
    if not known or len(known) < len(items):
        return
    origin = Derived("economic-subject", f"{row} = {' + '.join(items)}", tuple(items))
    value = sum((fact.value for fact in known), Decimal(0))
    yield replace(known[0], key=row, value=value, label=name, label_en=name, origin=origin, places=None)
