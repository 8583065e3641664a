"""From keys as typed to the model's Chinese keys, with every place kept.

Shapes are judged here (a group, a list, a value), values are judged by the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Topic
from draftgen.figures.normalise_findings import both_names, empty_item, unknown_key, wrong_shape
from draftgen.figures.schema_fields import FieldSpec, Shape, by_chinese_key, by_key, fold, join
from draftgen.figures.source import Source
from draftgen.figures.source_tree import Node, RawPath, Spot, place_at
from draftgen.findings import Finding, Place


@dataclass(frozen=True, slots=True)
class Normalised:
    """The tree under Chinese keys, the line or cell of each canonical path, and what did not fit."""

    tree: dict[str, Node]
    lines: Mapping[str, Spot]
    findings: tuple[Finding, ...]
    blank: tuple[str, ...] = ()  # paths that stand in the file without a value


def normalise(source: Source) -> Normalised:
    """Walk the raw tree along the model's classes. What does not fit is left out of the tree and reported."""
    walk = _Walk(source)
    tree = walk.group(source.tree, Dataset, (), "")
    lines = {**source.vacant, **walk.lines} if source.vacant else walk.lines
    return Normalised(tree, lines, (*source.findings, *walk.findings), tuple(walk.blank))


class _Walk:
    def __init__(self, source: Source) -> None:
        self.lines: dict[str, Spot] = {}
        self.findings: list[Finding] = []
        self.blank: list[str] = []
        self._source = source

    def group(self, node: dict[str, Node], topic: type[Topic], raw: RawPath, path: str) -> dict[str, Node]:
        known = by_key(topic)
        result: dict[str, Node] = {}
        typed: dict[str, str] = {}  # Chinese key -> the key as typed
        for key, value in node.items():
            spec = known.get(fold(key))
            if spec is None:
                self.findings.append(unknown_key(self._place((*raw, key), join(path, key)), key, topic, path))
            elif spec.zh in typed:
                place = self._place((*raw, key), join(path, spec.zh))
                first = self._place((*raw, typed[spec.zh]), place.path)
                self.findings.append(both_names(place, first, key, typed[spec.zh]))
            else:
                typed[spec.zh] = key
                self._field(result, spec, value, (*raw, key), join(path, spec.zh))
        return result

    def _field(self, into: dict[str, Node], spec: FieldSpec, value: Node, raw: RawPath, path: str) -> None:
        self._mark(raw, path)
        found = self._value(value, spec.shape, raw, path)
        if found is None and spec.required and isinstance(value, dict):
            found = {}  # so that the key that is missing in it is named
        if found is not None:
            into[spec.zh] = found

    def _value(self, node: Node, shape: Shape, raw: RawPath, path: str) -> Node:
        if node is None:
            self.blank.append(path)
            return None
        if shape.kind == "group":
            return self._group_or_bare(node, shape, raw, path)
        if shape.kind == "list":
            return self._list(node, shape, raw, path)
        if shape.kind == "named":
            return self._named(node, shape, raw, path)
        return node if isinstance(node, str) else self._refuse(node, shape, raw, path)

    def _group_or_bare(self, node: Node, shape: Shape, raw: RawPath, path: str) -> Node:
        topic = shape.topic
        if topic is None:
            raise TypeError(shape)
        if isinstance(node, dict):
            so_far = len(self.findings)
            found = self.group(node, topic, raw, path)
            # a group in which nothing was filled in is not given; an explicit {} is, and so is one with faults
            return found if found or not node or len(self.findings) > so_far else None
        if isinstance(node, str) and topic.bare_field:
            bare = by_chinese_key(topic)[topic.bare_field]
            value = self._value(node, bare.shape, raw, join(path, bare.zh))
            return {bare.zh: value}
        return self._refuse(node, shape, raw, path)

    def _list(self, node: Node, shape: Shape, raw: RawPath, path: str) -> Node:
        item = _item(shape)
        if isinstance(node, str) and item.kind == "text":
            return [node]
        if not isinstance(node, list):
            return self._refuse(node, shape, raw, path)
        result: list[Node] = []
        for number, entry in enumerate(node):
            inner, canonical = (*raw, number), join(path, len(result))
            if entry is None and item.kind not in ("group", "text"):
                # positions count in a list of yes and no, so none may be left out
                self.findings.append(empty_item(self._place(inner, canonical)))
                continue
            found = self._value(entry, item, inner, canonical)
            if found is not None:
                self._mark(inner, canonical)
                result.append(found)
        return result if result or not node else None

    def _named(self, node: Node, shape: Shape, raw: RawPath, path: str) -> Node:
        item = _item(shape)
        if not isinstance(node, dict):
            return self._refuse(node, shape, raw, path)
        result: dict[str, Node] = {}
        for key, entry in node.items():
            inner, canonical = (*raw, key), join(path, key)
            self._mark(inner, canonical)
            found = self._value(entry, item, inner, canonical)
            if found is not None:
                result[key] = found
        return result if result or not node else None

    def _refuse(self, node: Node, shape: Shape, raw: RawPath, path: str) -> Node:
        self.findings.append(wrong_shape(self._place(raw, path), node, shape))
        return None

    def _mark(self, raw: RawPath, path: str) -> None:
        line = self._source.lines.get(raw)
        if line is not None:
            self.lines[path] = line

    def _place(self, raw: RawPath, path: str) -> Place:
        while raw and raw not in self._source.lines:
            raw = raw[:-1]
        return place_at(self._source.file, self._source.lines.get(raw), path)


def _item(shape: Shape) -> Shape:
    if shape.item is None:
        raise TypeError(shape)
    return shape.item
