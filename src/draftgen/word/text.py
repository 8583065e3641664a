"""The text of a Word file as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from draftgen.word.archive import Archive
from draftgen.word.chart_reading import charts_of
from draftgen.word.reading import Line, read_lines

NO_CHARTS: Mapping[str, Sequence[str]] = MappingProxyType({})
_SPACE = re.compile(r"[\n\t]+")


def plain_text(data: bytes) -> str:
    """Return a .docx file's visible text in order: a line per paragraph, a line per table row with tabs between cells.

    Reads what stands after accepting all changes. Empty paragraphs are left out. So are covered cells, and labels that
    are only said again because a merged cell had to be split over pages: the text has each figure once. A chart is read
    as a small table; a list of contents is left out.
    """
    archive = Archive(data)
    return "".join(f"{line}\n" for line in text_lines(read_lines(archive), charts_of(archive)))


def text_lines(lines: Iterable[Line], charts: Mapping[str, Sequence[str]] = NO_CHARTS) -> Iterator[str]:
    """Yield the text of paragraphs and of table rows; of ``charts`` the lines, by the relationship to each."""
    for (table, row), group in groupby(lines, key=lambda line: (line.table, line.row)):
        if not table:
            for line in group:
                yield from (line.text,) if line.text else ()
                yield from (told for relation in line.charts for told in charts.get(relation, ()))
            continue
        cells = [" ".join(x.text for x in cell if x.text) for _, cell in groupby(group, key=lambda x: x.cell)]
        texts = [_SPACE.sub(" ", text) for text in cells]
        if row and any(texts):
            yield "\t".join(texts)
