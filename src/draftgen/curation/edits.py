"""Edits of a phrase file by the marks of its text: comments, order and layout stay as they are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from draftgen.figures.source_tree import MAX_DEPTH, RawPath

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`＊].*")
_ALWAYS_QUOTED = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as text, with what is needed to write it back as it was: its mark of order and its encoding."""

    text: str
    encoding: str
    mark: bytes = b""

    def with_text(self, text: str) -> TextFile:
        """Return the file with another text."""
        return TextFile(text, self.encoding, self.mark)

    def as_bytes(self) -> bytes:
        """Return the file as it should stand on the disk."""
        return self.mark + self.text.encode(self.encoding)


def read_text(path: Path) -> TextFile:
    """Read a file of phrases in UTF-8 or GBK.

    Raises:
        OSError: it cannot be read.
        UnicodeDecodeError: it is neither.
    """
    data = path.read_bytes()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    data = data.removeprefix(mark)
    try:
        return TextFile(data.decode("utf-8"), "utf-8", mark)
    except UnicodeDecodeError:
        return TextFile(data.decode("gb18030"), "gb18030", mark)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a scalar stands in the text, and how it is quoted."""

    start: int
    end: int
    style: str
    line: int
    column: int


def marks_of(text: str) -> Mapping[RawPath, Mark]:
    """Return the marks of every scalar by its path. Events are read one by one: nothing is expanded.

    Raises:
        yaml.YAMLError: the text is no YAML.
        ValueError: it has aliases, keys that are no texts, or is nested too deep; phrases need none of this.
    """
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[RawPath, Mark] = {}
    steps: list[_Step] = []
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    for event in events:
        if isinstance(event, yaml.AliasEvent) or len(steps) > MAX_DEPTH:
            raise ValueError("aliases or depth")
        if isinstance(event, yaml.CollectionEndEvent):
            steps.pop()
            continue
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            continue
        here = steps[-1] if steps else None
        if here is not None and here.awaits_key:
            if not isinstance(event, yaml.ScalarEvent):
                raise ValueError("a key that is no text")
            here.key = event.value
            continue
        path = here.next_path() if here is not None else ()
        if isinstance(event, yaml.ScalarEvent):
            start, end = _at(event.start_mark), _at(event.end_mark)
            found[path] = Mark(start.index, end.index, event.style or "", start.line + 1, start.column + 1)
        else:
            steps.append(_Step(path, isinstance(event, yaml.MappingStartEvent)))
    return found


def _at(mark: Any) -> Any:
    return mark


@dataclass(slots=True)
class _Step:
    """An open mapping or list."""

    path: RawPath
    is_mapping: bool
    key: str | None = None
    number: int = -1

    @property
    def awaits_key(self) -> bool:
        return self.is_mapping and self.key is None

    def next_path(self) -> RawPath:
        """Return the path of the value that comes next."""
        if self.is_mapping:
            key, self.key = self.key, None
            return (*self.path, key or "")
        self.number += 1
        return (*self.path, self.number)


def replaced(text: str, mark: Mark, value: str) -> str:
    """Put another value where a scalar stands."""
    written = scalar(value, mark.style)
    if mark.style in ("|", ">"):
        written += "\n"
    return text[: mark.start] + written + text[mark.end :]


def scalar(value: str, style: str = '"') -> str:
    r"""Write a value as a YAML scalar, in the style that stood there as far as it can hold it.

    >>> scalar("{{ item }}为"), scalar("up", ""), scalar("a: b", ""), scalar("a'b", "'")
    ('"{{ item }}为"', 'up', '"a: b"', "'a''b'")
    """
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if style == "" and is_plain_scalar(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def is_plain_scalar(value: str) -> bool:
    """Tell whether a value may stand without quotes, in a list in brackets too."""
    if value in _ALWAYS_QUOTED or not _PLAIN.fullmatch(value) or value != value.strip():
        return False
    return not re.search(r":(\s|$)|\s#|[\[\]{},\n]", value)
