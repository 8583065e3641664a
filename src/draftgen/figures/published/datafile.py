"""Entries as a data file in YAML: the model's order and keys, each value with a comment naming its cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Figure, Topic
from draftgen.figures.published.entries import Entry, GapFound
from draftgen.figures.schema_fields import Shape, fields_of
from draftgen.findings import Place

_OWN = ""  # where a branch holds its own entry
_PLAIN = re.compile(r"[\w（）、·－]+|-?\d+(?:\.\d+)?")
_MOST_CELLS = 4

Branch = dict[str, "Branch | Entry"]


def has_facets(key: str) -> bool:
    """Tell whether a key of the data file stands for a figure with comparisons (本年, 上年, 年初预算 …).

    >>> has_facets("收入.合计"), has_facets("收入.科目.201.合计"), has_facets("一般公共预算.科目.201.支出")
    (True, False, True)
    """
    shape: Shape | None = Shape("group", Dataset)
    for part in key.split("."):
        if shape is None:
            return False
        if shape.topic is not None:
            shape = next((spec.shape for spec in fields_of(shape.topic) if spec.zh == part), None)
        else:
            shape = shape.item
    return shape is not None and shape.topic is Figure


def yaml_of(entries: Mapping[str, Entry], head: Iterable[str], gaps: Sequence[GapFound]) -> str:
    """Write the data file. `head` are lines of explanation, `gaps` what has to be filled in by hand."""
    files = {place.file for entry in entries.values() for place in entry.places}
    writer = _Writer(len(files) > 1)
    lines = [f"## {line}".rstrip() for line in head]
    if gaps:
        lines += ["##", "## ── 还需补充（公开表中没有的）──", *(f"## {_gap(gap)}" for gap in gaps)]
    for spec in fields_of(Dataset):
        branch = _tree(entries).get(spec.zh)
        if isinstance(branch, dict):
            lines += writer.block(spec.zh, spec.shape, branch, 0)
    return "\n".join(lines) + "\n"


def _gap(gap: GapFound) -> str:
    count = f"（缺{gap.missing}项，共{gap.of}项）" if gap.of else ""
    return f"{gap.needs}：{gap.message.zh}{count}"


def _tree(entries: Mapping[str, Entry]) -> Branch:
    tree: Branch = {}
    for key, entry in entries.items():
        at = tree
        for part in key.split("."):
            inner = at.setdefault(part, {})
            assert isinstance(inner, dict)
            at = inner
        at[_OWN] = entry
    return tree


class _Writer:
    def __init__(self, several_files: bool) -> None:
        self._several = several_files

    def block(self, key: str, shape: Shape, branch: Branch, depth: int) -> Iterator[str]:
        """Yield the lines of one key."""
        own = branch.get(_OWN)
        if isinstance(own, Entry) and len(branch) == 1:
            yield self._line(depth, f"{key}:", own)
            return
        yield f"{'  ' * depth}{key}:"
        if shape.kind == "list" and shape.item is not None and shape.item.topic is not None:
            for name, item in branch.items():
                assert isinstance(item, dict)
                yield from self._item(name, shape.item.topic, item, depth + 1)
        elif shape.topic is not None:
            yield from self._group(shape.topic, branch, depth + 1)
        elif shape.item is not None:
            for name, inner in branch.items():
                assert isinstance(inner, dict)
                yield from self.block(scalar(name), shape.item, inner, depth + 1)

    def _group(self, topic: type[Topic], branch: Branch, depth: int) -> Iterator[str]:
        own = branch.get(_OWN)
        for spec in fields_of(topic):
            if topic is Figure and spec.zh == topic.bare_field and isinstance(own, Entry):
                yield self._line(depth, f"{spec.zh}:", own)
            inner = branch.get(spec.zh)
            if isinstance(inner, dict):
                yield from self.block(spec.zh, spec.shape, inner, depth)

    def _item(self, name: str, topic: type[Topic], branch: Branch, depth: int) -> Iterator[str]:
        named = branch.get(topic.name_field)
        lines = list(self._group(topic, branch, depth + 1))
        if named is None:
            lines.insert(0, f"{'  ' * (depth + 1)}{topic.name_field}: {scalar(name)}")
        lines[0] = f"{'  ' * depth}- {lines[0].lstrip()}"
        yield from lines

    def _line(self, depth: int, key: str, entry: Entry) -> str:
        value = f" {scalar(entry.text)}" if entry.text else ""
        comment = self.comment(entry)
        return f"{'  ' * depth}{key}{value}{'   # ' + comment if comment else ''}"

    def comment(self, entry: Entry) -> str:
        """Name the cells of an entry, and the formula if there are several."""
        spots = [self._spot(place) for place in entry.places]
        shown = "、".join(spots[:_MOST_CELLS]) + ("等" if len(spots) > _MOST_CELLS else "")
        if not spots:
            return entry.formula
        return f"{shown}（{entry.formula}）" if entry.formula else shown

    def _spot(self, place: Place) -> str:
        return f"{PurePath(place.file).name} {place.spot}" if self._several else place.spot


def scalar(text: str) -> str:
    """Write a text so that YAML reads it back as it is.

    >>> scalar("办公费"), scalar("12.30"), scalar("a: b")
    ('办公费', '12.30', '"a: b"')
    """
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
