"""How high rows will be, and from that: which rows may split, which stay together, where a merge has to be split.

Only Word knows where a page really ends. The estimate errs on the high side, so that what we keep together fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from draftgen.word.grid import Area, Grid

# In twips, as styles.xml sets table text: 10.5 pt characters on lines of 15 pt, cell margins of 85 and 45.
CHARACTER = 210
LINE = 300
SIDE_MARGINS = 170
ROW_MARGINS = 100

SHORT = 0.25  # of a page: a row up to this high does not split
TOGETHER = 0.65  # of a page: a merged group up to this high stays on one page
PART = 0.5  # of a page: a longer group is split into parts up to this high; two of them fill a page


@dataclass(frozen=True, slots=True)
class RowPlan:
    """How one row behaves at the end of a page."""

    whole: bool  # does not split
    keep_next: bool  # stays on the page of the next row
    cut: bool  # merges that come from above are split here, and say their label again


def lines(text: str, width: int) -> int:
    """Return the lines that a text takes in a cell of this width (twips), at least 1."""
    fits = max(2, 2 * (width - SIDE_MARGINS) // CHARACTER - 1)  # in half characters; one lost to line-end rules
    return sum(max(1, -(-_half_widths(part) // fits)) for part in text.split("\n"))


def _half_widths(text: str) -> int:
    """Return the width in Latin characters: a Chinese one has three bytes and counts two."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2


def row_heights(grid: Grid, widths: Sequence[int]) -> list[int]:
    """Return each row's height in twips. What a merged cell needs beyond its rows goes to its last row, as in Word."""
    heights = [LINE + ROW_MARGINS] * len(grid)
    merged: list[tuple[Area, int]] = []
    for index, row in enumerate(grid):
        for area in row:
            if area.row != index:
                continue
            width = sum(widths[area.column : area.column + area.columns])
            height = lines(area.cell.text, width) * LINE + ROW_MARGINS
            if area.rows > 1:
                merged.append((area, height))
            else:
                heights[index] = max(heights[index], height)
    for area, height in merged:
        last = area.row + area.rows - 1
        heights[last] += max(0, height - sum(heights[area.row : last + 1]))
    return heights


def plan_rows(grid: Grid, heights: Sequence[int], room: int) -> list[RowPlan]:
    """Plan the rows for pages that have ``room`` (twips) below the header row.

    Where on a page the table begins is not known, so what stays together does so on any page.
    """
    starts = [a for index, row in enumerate(grid) for a in row if a.row == index and a.rows > 1]
    merges = [(a.row, a.row + a.rows - 1) for a in starts if not a.cell.loose]
    cuts = _cuts(merges, heights, room)
    tall = [height > room * SHORT for height in heights]
    joined = {a.row for a in starts if a.cell.loose}  # its first row stays with the next
    for first, last in merges:
        joined.update(r for r in range(first, last) if r + 1 not in cuts and not tall[r])
    return [RowPlan(not tall[r], r in joined, r in cuts) for r in range(len(grid))]


def _cuts(merges: Sequence[tuple[int, int]], heights: Sequence[int], room: int) -> set[int]:
    """Return the rows before which merges are split."""
    inner = {row for first, last in merges for row in range(first + 1, last + 1)}
    cuts: set[int] = set()
    used = 0
    for first, last in _units(merges, heights, room * TOGETHER):
        height = sum(heights[first : last + 1])
        if first not in inner:
            used = 0
        elif used + height > room * PART:
            cuts.add(first)
            used = 0
        used += height
    return cuts


def _units(merges: Sequence[tuple[int, int]], heights: Sequence[int], limit: float) -> Iterator[tuple[int, int]]:
    """Yield what stays together, in order: the largest merged groups up to ``limit``, and the other rows singly."""
    fitting = [m for m in merges if sum(heights[m[0] : m[1] + 1]) <= limit]
    row = 0
    while row < len(heights):
        last = max((m[1] for m in fitting if m[0] == row), default=row)
        while (further := max((m[1] for m in fitting if row <= m[0] <= last), default=last)) > last:
            last = further  # merges in different columns that overlap
        yield row, last
        row = last + 1
