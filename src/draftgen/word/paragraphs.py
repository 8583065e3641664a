"""Inlines, titles, headings and prose as paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

from draftgen.draft import Gap, Heading, Inline, Paragraph, Title, Value
from draftgen.word import styles
from draftgen.word.comments import Anchors, anchored
from draftgen.word.markup import paragraph, run


def runs(inlines: Iterable[Inline], anchors: Anchors) -> str:
    """Return the inlines as runs: neighbours that look the same become one, a gap and a commented figure their own."""
    out: list[str] = []
    words: list[str] = []
    for inline in inlines:
        numbers = anchors.take(inline.key) if isinstance(inline, Value) else ()
        if not numbers and not isinstance(inline, Gap):
            words.append(inline.text)
            continue
        out.append(run("".join(words)))
        words.clear()
        single = run(inline.text, styles.PROMPT if isinstance(inline, Gap) else "")
        out.append(anchored(single, numbers) if numbers else single)
    out.append(run("".join(words)))
    return "".join(out)


def title(block: Title, anchors: Anchors, section: str = "") -> str:
    """Return a paragraph for each line of the title, and the blank line that parts it from the prose."""
    lines = [runs(line, anchors) for line in block.lines] or [""]
    lines[0] = anchors.wrap_title(lines[0])
    return "".join(paragraph(line, styles.TITLE) for line in lines) + paragraph("", section=section)


def heading(block: Heading, anchors: Anchors, section: str = "") -> str:
    """Return a heading; its number is text."""
    style = styles.HEADINGS[block.level - 1] if block.level else styles.PART
    words = anchors.wrap_opening(run(block.number) + runs(block.inlines, anchors))
    return paragraph(words, style, section=section)


def prose(block: Paragraph, anchors: Anchors, section: str = "") -> str:
    """Return a paragraph of sentences."""
    inlines = (inline for sentence in block.sentences for inline in sentence.inlines)
    return paragraph(anchors.wrap_opening(runs(inlines, anchors)), section=section)
