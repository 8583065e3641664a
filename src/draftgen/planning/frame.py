"""What stands around the report: cover, contents and title before it, the list of attachments after it."""

from __future__ import annotations

from collections.abc import Iterator

from draftgen.planning.context import Context
from draftgen.planning.given import inside
from draftgen.planning.messages import Ask, AttachmentsPlan, ContentsPlan, CoverPlan, Node, TitlePlan, Words
from draftgen.planning.outline import Outline

_LEVELS = 2


def before(outline: Outline, lines: tuple[str, ...], contents: bool, ctx: Context) -> Iterator[Node]:
    """Plan what comes before the report; ``lines`` are the title.

    Where parts follow a cover, the title stands on the cover alone.
    """
    if outline.cover is not None:
        key = outline.cover["date"]
        date = ctx.fact(key) or Ask(f"封面的{key}", "date", key, "date-required")
        yield CoverPlan(lines, ctx.fill(outline.cover["unit"]), date)
    if contents:
        yield ContentsPlan(_LEVELS)
    if outline.cover is None or not outline.parts:
        yield TitlePlan(lines)


def after(outline: Outline, ctx: Context) -> Iterator[Node]:
    """Plan what comes after the report."""
    listed = ctx.knowledge.texts.lists.get(outline.attachments, ())
    items = tuple(Words(text, given.key) for given in listed if (text := inside(given.text)))
    if items:
        yield AttachmentsPlan(items)
