"""The one form of a data file's tree in which two files that say the same are equal.

Keys are the Chinese ones, a bare value stands under the key that it means, one text where several may stand is a list
of one. What says nothing (an empty group or list, a heading with nothing under it) is left out; a value that stands
in the file without being known is kept as ``None``.
"""

from __future__ import annotations

from collections.abc import Iterator

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Figure, Topic
from draftgen.figures.schema_fields import FieldSpec, Shape, by_chinese_key, by_key, fold
from draftgen.figures.source_tree import Node


class _Nothing:
    """Stands for what says nothing and is left out."""


_NOTHING = _Nothing()


def canonical(tree: dict[str, Node]) -> dict[str, Node]:
    """Return the canonical tree of a data file that has the right keys and shapes."""
    found = _group(tree, Dataset)
    return {} if isinstance(found, _Nothing) else found


def _group(node: dict[str, Node], topic: type[Topic]) -> dict[str, Node] | _Nothing:
    known = by_key(topic)
    found: dict[str, Node] = {}
    for key, value in node.items():
        spec = known[fold(key)]
        inner = _value(value, spec.shape)
        if not isinstance(inner, _Nothing):
            found[spec.zh] = inner
    return found or _NOTHING


def _value(node: Node, shape: Shape) -> Node | _Nothing:
    if shape.topic is not None:
        return _group_or_bare(node, shape.topic)
    if shape.item is None:
        return node
    if shape.kind == "list":
        entries = node if isinstance(node, list) else [] if node is None else [node]
        values = (_value(entry, shape.item) for entry in entries if entry is not None)
        return [value for value in values if not isinstance(value, _Nothing)] or _NOTHING
    named = {key: _value(entry, shape.item) for key, entry in node.items()} if isinstance(node, dict) else {}
    return {key: value for key, value in named.items() if not isinstance(value, _Nothing)} or _NOTHING


def _group_or_bare(node: Node, topic: type[Topic]) -> Node | _Nothing:
    """A figure that is not known stays without a value; in other groups it is the bare key that has none."""
    bare = by_chinese_key(topic).get(topic.bare_field)
    if isinstance(node, dict):
        found = _group(node, topic)
        return None if topic is Figure and bare and found == {bare.zh: None} else found
    if node is None and topic is Figure:
        return None
    if bare is None:
        return _NOTHING
    inner = _value(node, bare.shape)
    return _NOTHING if isinstance(inner, _Nothing) else {bare.zh: inner}


def brief(tree: dict[str, Node]) -> dict[str, Node]:
    """Return a canonical tree as a person would type it: a figure of which only 本年 is given is a bare value."""
    return {key: _brief(value, spec.shape) for key, value, spec in _with_specs(tree, Dataset)}


def _brief(node: Node, shape: Shape | None) -> Node:
    if isinstance(node, list):
        return [_brief(entry, shape.item if shape else None) for entry in node]
    if not isinstance(node, dict) or shape is None:
        return node
    if shape.topic is None:
        return {key: _brief(value, shape.item) for key, value in node.items()}
    if shape.topic is Figure and set(node) == {Figure.bare_field}:
        return node[Figure.bare_field]
    return {key: _brief(value, spec.shape) for key, value, spec in _with_specs(node, shape.topic)}


def _with_specs(node: dict[str, Node], topic: type[Topic]) -> Iterator[tuple[str, Node, FieldSpec]]:
    specs = by_chinese_key(topic)
    yield from ((key, value, specs[key]) for key, value in node.items())


def in_order(tree: dict[str, Node], shape: Shape | None = None) -> dict[str, Node]:
    """Return a canonical tree with its keys in the order of the declaration; free names keep theirs."""
    topic = shape.topic if shape else Dataset
    if topic is None:
        item = shape.item if shape else None
        return {key: _ordered(value, item) for key, value in tree.items()}
    specs = by_chinese_key(topic)
    return {spec.zh: _ordered(tree[spec.zh], spec.shape) for spec in specs.values() if spec.zh in tree}


def _ordered(node: Node, shape: Shape | None) -> Node:
    if isinstance(node, dict):
        return in_order(node, shape)
    if isinstance(node, list):
        return [_ordered(entry, shape.item if shape else None) for entry in node]
    return node
