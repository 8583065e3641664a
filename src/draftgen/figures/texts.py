"""What the data file says in words: texts and lists under the same keys as the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from draftgen.figures.facts import declared, item_names, segment
from draftgen.figures.model.fields import Day, Topic


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text given by hand, and its path in the data file."""

    key: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Texts:
    """``one``: texts by key. ``lists``: lists of texts by key. ``items``: the keys of a list's items, in order.

    ``present`` holds the key of every topic, list and field that the data file gives.
    """

    one: Mapping[str, GivenText]
    lists: Mapping[str, tuple[GivenText, ...]]
    items: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, bool]
    present: frozenset[str]

    def get(self, key: str) -> str:
        """Return a text, empty where none is given."""
        found = self.one.get(key)
        return found.text if found else ""


def collect_texts(dataset: Topic) -> Texts:
    """List every text of the data file."""
    one: dict[str, GivenText] = {}
    lists: dict[str, tuple[GivenText, ...]] = {}
    items: dict[str, tuple[str, ...]] = {}
    flags: dict[str, bool] = {}
    present: set[str] = set()
    fields: list[tuple[str, str, Any]] = []
    _walk(dataset, "", "", fields)
    for key, path, value in fields:
        present.add(key)
        if isinstance(value, bool):
            flags[key] = value
        elif isinstance(value, str):
            one[key] = GivenText(key, value, path)
        elif isinstance(value, Day):
            one[key] = GivenText(key, value.text, path)
        elif isinstance(value, list) and value and isinstance(value[0], str):
            lists[key] = tuple(GivenText(key, v, f"{path}[{n}]") for n, v in enumerate(value, 1))
        elif isinstance(value, list):
            items[key] = tuple(f"{key}.{name}" for name in item_names(value))
        elif isinstance(value, dict):
            items[key] = tuple(f"{key}.{segment(name)}" for name in value)
    proxy = MappingProxyType
    return Texts(proxy(one), proxy(lists), proxy(items), proxy(flags), frozenset(present))


def _walk(value: Any, key: str, path: str, fields: list[tuple[str, str, Any]]) -> None:
    if key:
        fields.append((key, path, value))
    if isinstance(value, (Topic, dict, list)):
        for zh_key, zh_path, inner in _inner(value, key, path):
            _walk(inner, zh_key, zh_path, fields)


def _inner(value: Any, key: str, path: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, Topic):
        for field in declared(type(value)):
            given = getattr(value, field.attribute)
            if given is not None:
                yield _join(key, field.zh), _join(path, field.zh), given
    elif isinstance(value, dict):
        for name, given in value.items():
            yield _join(key, segment(name)), _join(path, name), given
    elif isinstance(value, list) and value and isinstance(value[0], Topic):
        for number, (name, given) in enumerate(zip(item_names(value), value, strict=True), 1):
            yield _join(key, name), f"{path}[{number}]", given


def _join(key: str, part: str) -> str:
    return f"{key}.{part}" if key else part
