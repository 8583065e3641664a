"""What every reader of a data file gives back: a tree of texts, and the line of each key."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from draftgen.findings import Finding, Localised, Place, Severity

Node: TypeAlias = "str | dict[str, Node] | list[Node] | None"
RawPath: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 40


class CellAt(NamedTuple):
    """Where something stands in a workbook; ``number`` is that of the sheet, ``cell`` is empty for a whole sheet."""

    sheet: str
    cell: str
    number: int


Spot: TypeAlias = int | CellAt  # the line of a text file, or the cell of a workbook


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree as one format's reader sees it, with what is wrong in the file.

    ``vacant`` tells where in a form something could be filled in that is not, by its canonical path.
    """

    tree: Node
    lines: Mapping[RawPath, Spot]
    findings: tuple[Finding, ...] = ()
    vacant: Mapping[str, CellAt] = field(default_factory=dict)


def place_at(file: str, spot: Spot | None, path: str = "") -> Place:
    """Make a place of a file and where in it something stands."""
    if isinstance(spot, CellAt):
        return Place(file, None, path, spot.sheet, spot.cell, spot.number)
    return Place(file, spot, path)


def fault(
    code: str,
    place: Place,
    message: tuple[str, str],
    hint: tuple[str, str] | Localised,
    *,
    found: str = "",
    expected: str = "",
    also: tuple[Place, ...] = (),
    keys: tuple[str, ...] = (),
    severity: Severity = Severity.ERROR,
    **values: Any,
) -> Finding:
    """Build a finding; texts are (English, Chinese) and share `values` and ``found``."""
    values = {"found": shorten(found), **values}
    said = Localised(message[0], message[1], values)
    advised = hint if isinstance(hint, Localised) else Localised(hint[0], hint[1], values)
    return Finding(code, severity, said, (place, *also), advised, shorten(found), expected, keys)


def raw_text(path: RawPath) -> str:
    """Write a path with the keys as typed, list items counted from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def shorten(text: str, limit: int = 60) -> str:
    """Return `text` on one line, cut to `limit` characters."""
    line = " ".join(text[: 4 * limit].split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def line_at(text: str, line: int) -> str:
    """Return one line of the text, counted from 1; empty where there is none."""
    lines = text.split("\n")
    return lines[line - 1].strip() if 1 <= line <= len(lines) else ""


def duplicate_key(file: str, line: int, first: int | None, path: RawPath) -> Finding:
    """Build the finding for a key that stands twice in one group."""
    name = raw_text(path)
    return fault(
        "duplicate-key",
        Place(file, line, name),
        ("the key “{key}” stands twice (first on line {first})", "键“{key}”重复出现（第一次在第{first}行）"),
        (
            "keep one of the two; if both are meant, write them as a list",
            "请只保留一处；如果两处都要，请改写成列表",
        ),
        found=str(path[-1]),
        also=(Place(file, first, name),),
        key=path[-1],
        first=first if first is not None else "?",
    )


def too_deep(file: str, line: int | None) -> Finding:
    """Build the finding for a file that is nested too deep."""
    return fault(
        "too-deep",
        Place(file, line),
        ("brackets or levels are nested more than {limit} deep", "括号或层级嵌套超过{limit}层"),
        (
            "a data file needs seven levels at the most; look for brackets that are never closed",
            "数据文件最多只需要七层，请检查此处是否有没有闭合的括号",
        ),
        limit=MAX_DEPTH,
    )


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector out of the building of a large tree, which holds no cycles."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
