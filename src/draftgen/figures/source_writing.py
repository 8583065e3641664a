"""A canonical tree written as YAML or JSON, so that reading it gives the same tree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from draftgen.figures.source_tree import Node

_NOT_GIVEN = frozenset({"", "~", "null", "Null", "NULL", "<<"})  # what would not be read as a text without quotes
_PLAIN_LINE = re.compile("[^\n\r\t\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff\u3000]+")
_ROOM = 10_000  # no line is ever broken
_SHORT = 60


def as_yaml(tree: dict[str, Node]) -> str:
    """Write YAML as a person would: plain values, a bare value where only one is given."""
    dumper: Any = yaml.SafeDumper
    events = [
        yaml.StreamStartEvent(encoding=None),
        yaml.DocumentStartEvent(explicit=False),
        *_events(tree, 0),
        yaml.DocumentEndEvent(explicit=False),
        yaml.StreamEndEvent(),
    ]
    written: str = yaml.emit(events, Dumper=dumper, allow_unicode=True, width=_ROOM)
    return written


def as_json(tree: dict[str, Node]) -> str:
    """Write JSON; numbers are texts, so that they stay as typed."""
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _events(node: Node, depth: int) -> Iterator[Any]:
    if isinstance(node, dict):
        short = depth > 1 and all(isinstance(v, str) for v in node.values()) and _length(node) < _SHORT
        yield yaml.MappingStartEvent(None, None, True, flow_style=short or not node)
        for key, value in node.items():
            yield _scalar(key)
            yield from _events(value, depth + 1)
        yield yaml.MappingEndEvent()
    elif isinstance(node, list):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=not node)
        for entry in node:
            yield from _events(entry, depth + 1)
        yield yaml.SequenceEndEvent()
    elif node is None:
        yield yaml.ScalarEvent(None, None, (True, False), "")
    else:
        yield _scalar(node)


def _scalar(text: str) -> Any:
    """A text without quotes where YAML lets it, so that figures look like figures."""
    plain = bool(_PLAIN_LINE.fullmatch(text)) and text not in _NOT_GIVEN
    return yaml.ScalarEvent(None, None, (plain, True), text, style=None if plain else '"')


def _length(node: dict[str, Node]) -> int:
    return sum(len(key) + len(str(value)) + 4 for key, value in node.items())
