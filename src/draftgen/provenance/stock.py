"""Where the numerals in mere words come from: texts of the data file, texts of the kind, names of figures, the year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from draftgen.figures.facts import Locate
from draftgen.figures.indicator_system import Group, IndicatorSystem
from draftgen.figures.knowledge import Knowledge
from draftgen.findings import Place
from draftgen.planning.given import inside

_CHINESE = re.compile("[\u4e00-\u9fff]")
NUMERAL = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was given: in the data file (``text``), by the kind (``template``), or as a figure's name."""

    kind: Literal["text", "template", "label"]
    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text, and what it comes from: a source, or the key of a figure."""

    start: int
    length: int
    origin: Source | str


@dataclass(slots=True)
class Stock:
    """All texts that hold numerals, by numeral, the longest first. ``years`` are the years and their keys."""

    years: Mapping[str, str]
    needles: dict[str, dict[str, Source]] = field(default_factory=dict)
    _sorted: dict[str, tuple[tuple[str, Source], ...]] = field(default_factory=dict)

    def add(self, text: str, source: Source) -> None:
        """Take a text into the stock, under each of its numerals."""
        for numeral in set(NUMERAL.findall(text)):
            self.needles.setdefault(numeral, {}).setdefault(text, source)

    def among(self, numeral: str) -> tuple[tuple[str, Source], ...]:
        """Return the texts that hold a numeral, the longest first."""
        if numeral not in self._sorted:
            found = self.needles.get(numeral, {})
            self._sorted[numeral] = tuple(sorted(found.items(), key=lambda item: -len(item[0])))
        return self._sorted[numeral]

    def trace(self, text: str) -> Iterator[Found]:
        """Yield where each numeral of a text comes from; what nothing is known of is left out."""
        done = 0
        for match in NUMERAL.finditer(text):
            if match.start() < done:
                continue
            found = self._source(text, match)
            if found is None and match[0] in self.years:
                found = Found(match.start(), len(match[0]), self.years[match[0]])
            if found is not None:
                done = found.start + found.length
                yield found

    def _source(self, text: str, match: re.Match[str]) -> Found | None:
        for needle, source in self.among(match[0]):
            start = text.find(needle)
            while start >= 0:
                if start <= match.start() and match.end() <= start + len(needle):
                    return Found(start, len(needle), source)
                start = text.find(needle, start + 1)
        return None


def stock_of(knowledge: Knowledge, templates: Iterable[tuple[str, Source]], locate: Locate) -> Stock:
    """Gather the texts of a data file and of its kind that hold numerals."""
    year = knowledge.names.year
    stock = Stock({str(year): "年度", str(year - 1): "上年度"})
    texts = (*knowledge.texts.one.values(), *(t for listed in knowledge.texts.lists.values() for t in listed))
    for given in texts:
        if NUMERAL.search(given.text) and given.key != "年度":
            source = Source("text", given.key, locate(given.path))
            stock.add(inside(given.text), source)
            for line in given.text.splitlines():
                stock.add(line.strip(), source)
    for text, source in templates:
        stock.add(text, source)
    for fact in knowledge.facts.values():
        if NUMERAL.search(fact.label):
            stock.add(fact.label, Source("label", fact.key, fact.place or Place("")))
    return stock


def template_texts(file: str, outline: object, system: IndicatorSystem | None) -> Iterator[tuple[str, Source]]:
    """Yield the texts of a kind's outline (in ``file``) and of its indicators that hold numerals."""
    said = ((path, text) for path, text in _strings(outline, "") if _CHINESE.search(text))  # no widths, no ids
    found = [(text, Source("template", path, Place(file))) for path, text in said]
    if system is not None:
        found += _indicators(system.groups)
    yield from ((text, source) for text, source in found if NUMERAL.search(text))


def _indicators(groups: Iterable[Group]) -> Iterator[tuple[str, Source]]:
    for group in groups:
        yield group.code, Source("template", group.code, group.place)
        yield group.name, Source("template", group.code, group.place)
        for part in group.parts:
            if isinstance(part, Group):
                yield from _indicators((part,))
            else:
                for text in (part.code, part.name, part.explanation, part.criteria):
                    yield text, Source("template", part.code, part.place)


def _strings(node: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text below a node of an outline, with its path."""
    if isinstance(node, str):
        yield path, node
    elif is_dataclass(node):
        for part in fields(node):
            yield from _strings(getattr(node, part.name), f"{path}.{part.name}" if path else part.name)
    elif isinstance(node, Mapping):
        for name, inner in node.items():
            yield from _strings(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(node, Sequence):
        for number, inner in enumerate(node, 1):
            yield from _strings(inner, f"{path}[{number}]")
