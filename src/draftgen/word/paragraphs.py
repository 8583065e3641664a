"""Inlines, titles, headings and prose as paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from draftgen.draft import Gap, Heading, Inline, Paragraph, Title, Value
from draftgen.word import styles
from draftgen.word.carriers import Carriers, Options
from draftgen.word.comments import Anchors, anchored
from draftgen.word.markup import paragraph, run


@dataclass(frozen=True, slots=True)
class Marks:
    """What waits for its place in the text while the body is built: comments, controls, bookmarks."""

    anchors: Anchors
    carriers: Carriers

    def bare(self) -> Marks:
        """The same without controls and bookmarks, for a text that is only said again."""
        own = self.carriers.options
        return Marks(self.anchors, Carriers(Options(controls=False, proof=own.controls or own.proof)))


def runs(inlines: Iterable[Inline], marks: Marks) -> str:
    """Return the inlines as runs: neighbours that look the same become one, what is carried along its own."""
    out: list[str] = []
    words: list[str] = []
    for inline in inlines:
        single, numbers = _single(inline, marks)
        if not single and not numbers:
            words.append(inline.text)
            continue
        out.append(run("".join(words)))
        words.clear()
        out.append(anchored(single or run(inline.text), numbers) if numbers else single)
    out.append(run("".join(words)))
    return "".join(out)


def _single(inline: Inline, marks: Marks) -> tuple[str, Sequence[int]]:
    """Return an inline that stands apart, and the comments on it; nothing for mere words."""
    if isinstance(inline, Gap):
        return marks.carriers.prompt(inline), ()
    if isinstance(inline, Value):
        return marks.carriers.figure(inline), marks.anchors.take(inline.key)
    return "", ()


def title(block: Title, marks: Marks, section: str = "") -> str:
    """Return a paragraph for each line of the title, and the blank line that parts it from the prose."""
    lines = [runs(line, marks) for line in block.lines] or [""]
    lines[0] = marks.anchors.wrap_title(lines[0])
    return "".join(paragraph(line, styles.TITLE) for line in lines) + paragraph("", section=section)


def heading(block: Heading, marks: Marks, section: str = "") -> str:
    """Return a heading; its number is text."""
    style = styles.HEADINGS[block.level - 1] if block.level else styles.PART
    words = marks.anchors.wrap_opening(run(block.number) + runs(block.inlines, marks))
    return paragraph(words, style, new_page=block.new_page, section=section)


def prose(block: Paragraph, marks: Marks, section: str = "") -> str:
    """Return a paragraph of sentences."""
    if marks.carriers.options.controls:
        words = "".join(marks.carriers.sentence(runs(s.inlines, marks)) for s in block.sentences)
    else:
        words = runs((inline for sentence in block.sentences for inline in sentence.inlines), marks)
    return paragraph(marks.anchors.wrap_opening(words), section=section)
