"""The charts of a Word file as a reader sees them: names and numbers, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from draftgen.word.archive import Archive

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def charts_of(archive: Archive) -> dict[str, tuple[str, ...]]:
    """Return the lines of each chart by the id of the document's relationship to it, cells parted by tabs.

    The names of several series stand in a line above; what is drawn counts, not the workbook behind it.
    """
    found = {}
    for relation, part in archive.relations(archive.document, "chart"):
        root = archive.tree(part)
        if root is not None:
            found[relation] = tuple(_lines(root))
    return found


def reference(drawing: etree._Element) -> Iterator[str]:
    """Yield the relationships of the charts in an element of the text."""
    for chart in drawing.iter(f"{_C}chart"):
        if relation := chart.get(_ID):
            yield relation


def _lines(root: etree._Element) -> Iterator[str]:
    series = list(root.iter(f"{_C}ser"))
    names = [_cached(s, "tx").get(0, "") for s in series]
    values = [_cached(s, "val") for s in series]
    if len(series) > 1:
        yield "\t".join(("", *names))
    categories = _cached(series[0], "cat") if series else {}
    for index, category in categories.items():
        yield "\t".join((category, *(column.get(index, "") for column in values)))


def _cached(series: etree._Element, name: str) -> dict[int, str]:
    """Return the cached points of a part of a series by their index."""
    points = series.iterfind(f"{_C}{name}//{_C}pt")
    return {int(p.get("idx") or 0): p.findtext(f"{_C}v") or "" for p in points}
