"""The prompts that are still open in a Word file, also after it was edited in Word, WPS or LibreOffice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from draftgen.word.archive import Archive
from draftgen.word.carriers import PROMPT
from draftgen.word.reading import Line, Mark, style_names
from draftgen.word.styles import PART_NAME

SIGN = re.compile(r"【请填写：([^【】]*)】")


@dataclass(frozen=True, slots=True)
class OpenPrompt:
    """A prompt that nobody has filled in: what it asks, under which heading; its number in the draft, 0 if lost."""

    prompt: str
    where: str
    number: int = 0


def open_prompts(archive: Archive, lines: Sequence[Line]) -> tuple[OpenPrompt, ...]:
    """Return the open prompts in reading order: by their text, and controls that were emptied."""
    return tuple(
        OpenPrompt(text, where, number) for line, where in headed(archive, lines) for text, number in _in_line(line)
    )


def heading_styles(archive: Archive) -> dict[str, int]:
    """Return the ids of the styles of headings with their level: 1 also for a part, 0 for the title."""
    levels = {"title": 0, PART_NAME.lower(): 1, **{f"heading {n}": n for n in range(1, 10)}}
    names = style_names(archive).items()
    return {number: levels[name.lower()] for number, name in names if name.lower() in levels}


def headed(archive: Archive, lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Yield each line with the heading under which it stands, before the first one the title."""
    headings = heading_styles(archive)
    where = ""
    for line in lines:
        if line.style in headings and line.text and not line.table and (headings[line.style] or not where):
            where = line.text
        yield line, where


def _in_line(line: Line) -> Iterator[tuple[str, int]]:
    signs = list(SIGN.finditer(line.text))
    controls = [m for m in line.marks if m.tag.startswith(PROMPT)]
    places = [(sign.start(), sign[1], _number(sign.start(), controls)) for sign in signs]
    for control in controls:
        inside = line.text[control.start : control.end]
        if (control.placeholder or not inside.strip()) and not SIGN.search(inside):
            places.append((control.start, control.alias, _number_of(control)))
    yield from ((text, number) for _, text, number in sorted(places))


def _number(at: int, controls: Sequence[Mark]) -> int:
    return next((_number_of(c) for c in controls if c.start <= at < c.end), 0)


def _number_of(control: Mark) -> int:
    number = control.tag.removeprefix(PROMPT)
    return int(number) if number.isdecimal() else 0
