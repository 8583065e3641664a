"""Help pages, set for terminals that give a Chinese character two cells."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence

_WIDEST = 100
_NARROWEST = 40
_FIRST_COLUMN = 28
# A line may end after any Chinese character; closing marks stay with what precedes, opening marks with what follows.
_TOKEN = r"[（《【“]*(?:[\u2e80-\uffef]|[^\u2e80-\uffef\s“]+)[，。；：、！？）》】”]*|\s+"

Rows = Sequence[tuple[str, str]]


def cells(text: str) -> int:
    """Return how many cells a text takes on a terminal.

    >>> cells("决算 ok")
    7
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def page_width() -> int:
    """Return the width of the terminal within reason."""
    return max(min(shutil.get_terminal_size().columns, _WIDEST) - 2, _NARROWEST)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells; only a longer word stands over.

    >>> wrap("草稿写成以后，逐条列出。", 15)
    ['草稿写成以后，', '逐条列出。']
    """
    lines, line = [], ""
    for token in re.findall(_TOKEN, text):
        if line and cells(line + token) > width and not token.isspace():
            lines.append(line.rstrip())
            line = token
        elif line or not token.isspace():
            line += " " if token.isspace() else token
    return [*lines, line.rstrip()] if line.strip() else lines


def paragraphs(text: str, width: int) -> str:
    """Return paragraphs, parted by blank lines in `text`, wrapped."""
    parts = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join("\n".join(wrap(part, width)) for part in parts)


def table(rows: Iterable[tuple[str, str]], width: int) -> str:
    """Return terms and what they mean, in two columns."""
    rows = list(rows)
    first = min(max((cells(term) for term, _ in rows), default=0), _FIRST_COLUMN) + 2
    lines: list[str] = []
    for term, meaning in rows:
        head = "  " + term
        wrapped = wrap(meaning, width - first - 2)
        if cells(term) + 2 > first:
            lines.append(head)
        elif wrapped:
            lines.append(head + " " * (first - cells(term)) + wrapped.pop(0))
        else:
            lines.append(head)
        lines += [" " * (first + 2) + line for line in wrapped]
    return "\n".join(lines)
