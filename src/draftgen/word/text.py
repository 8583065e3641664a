"""The text of a Word file as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from draftgen.word.archive import Archive
from draftgen.word.reading import Line, read_lines

_SPACE = re.compile(r"[\n\t]+")


def plain_text(data: bytes) -> str:
    """Return a .docx file's visible text in order: a line per paragraph, a line per table row with tabs between cells.

    Reads what stands after accepting all changes. Empty paragraphs are left out. So are covered cells, and labels that
    are only said again because a merged cell had to be split over pages: the text has each figure once.
    """
    return "".join(f"{line}\n" for line in text_lines(read_lines(Archive(data))))


def text_lines(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the text of paragraphs and of table rows."""
    for (table, row), group in groupby(lines, key=lambda line: (line.table, line.row)):
        if not table:
            yield from (line.text for line in group if line.text)
            continue
        cells = [" ".join(x.text for x in cell if x.text) for _, cell in groupby(group, key=lambda x: x.cell)]
        texts = [_SPACE.sub(" ", text) for text in cells]
        if row and any(texts):
            yield "\t".join(texts)
