"""Literal numbers in the captions of charts and tables, where the outline asks for them: 图1, 表1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from draftgen.planning.messages import ChartPlan, Node, TablePlan


def numbered(nodes: Sequence[Node], openings: Mapping[str, str]) -> Iterator[Node]:
    """Open each caption with its number, in the order of the document.

    ``openings`` is what opens the captions by what they are of ("chart": "图{number}　"). A table that bears the number
    of a published form keeps that one.
    """
    count: Counter[str] = Counter()
    for node in nodes:
        kind = _kind(node)
        if isinstance(node, ChartPlan | TablePlan) and kind in openings:
            count[kind] += 1
            opening = openings[kind].replace("{number}", str(count[kind]))
            yield replace(node, caption=opening + node.caption)
        else:
            yield node


def _kind(node: Node) -> str:
    if isinstance(node, ChartPlan):
        return "chart"
    return "table" if isinstance(node, TablePlan) and not node.number else ""
