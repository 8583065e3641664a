"""Mending a phrase file: what is certain enough to be done without asking, by the marks of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from draftgen.curation.check import Trouble
from draftgen.curation.edits import TextFile, marks_of, read_text, replaced, scalar
from draftgen.wording.form import FIELDS
from draftgen.wording.layers import is_fit

MOST_ROUNDS = 60  # an entry can have a flaw behind a flaw; each round mends one scalar once
_LONGEST_LINE = 2000
_KEYS = "|".join((*FIELDS, "given", "gives", "case", "about", "measure", "degree", "phrases"))
_KEY = re.compile(rf"^(?P<lead>\s*(?:-\s+)?)(?P<key>{_KEYS})(?P<colon>\s*[:：])(?P<gap>[ 　]*)(?P<value>.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Mended:
    """A file before and after, and how many places were mended."""

    path: Path
    before: TextFile
    after: TextFile
    places: int


def mend_files(paths: Sequence[Path], check: Callable[[], list[Trouble]], write: Callable[[Path, bytes], None]) -> int:
    """Mend files until nothing certain is left; returns how many places were mended.

    `check` looks at the folder as it stands on the disk, `write` writes a file in one step.
    """
    paths = [path for path in paths if is_fit(path)]
    places = sum(_write(mended, write) for path in paths if (mended := mend_layout(path)) is not None)
    for _ in range(MOST_ROUNDS):
        done = 0
        troubles = check()
        for path in paths:
            mended = mend_scalars(path, [t for t in troubles if t.file == str(path)])
            done += _write(mended, write) if mended is not None else 0
        if not done:
            break
        places += done
    return places


def _write(mended: Mended, write: Callable[[Path, bytes], None]) -> int:
    write(mended.path, mended.after.as_bytes())
    return mended.places


def mend_scalars(path: Path, troubles: Sequence[Trouble]) -> Mended | None:
    """Put what should stand there where it is certain, each scalar once. None if there is nothing to do."""
    if not any(t.new is not None for t in troubles):
        return None
    before = read_text(path)
    marks = marks_of(before.text)
    first: dict[tuple[str | int, ...], str] = {}
    for trouble in troubles:
        if trouble.new is not None and trouble.path in marks:
            first.setdefault(trouble.path, trouble.new)
    text = before.text
    for at in sorted(first, key=lambda p: -marks[p].start):  # from the end, so that marks before it stay true
        text = replaced(text, marks[at], first[at])
    return Mended(path, before, before.with_text(text), len(first)) if text != before.text else None


def mend_layout(path: Path) -> Mended | None:
    """Mend what keeps a file from being YAML: tabs, full-width colons and blanks, a text without quotes.

    Only a file that cannot be read as it is, and can be read afterwards, is touched.
    """
    try:
        before = read_text(path)
    except (OSError, UnicodeDecodeError):
        return None
    if _is_sound(before.text):
        return None
    lines = before.text.split("\n")
    mended = [mended_line(line) for line in lines]
    text = "\n".join(mended)
    if text == before.text or not _is_sound(text):
        return None
    places = sum(old != new for old, new in zip(lines, mended, strict=True))
    return Mended(path, before, before.with_text(text), places)


def _is_sound(text: str) -> bool:
    try:
        marks = marks_of(text)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return False
    # a line “text：…” is YAML, but a text and no key; so is a whole file of them
    return not any("：" in str(step) for path in marks for step in path) and not _has_slot_mappings(text)


def _has_slot_mappings(text: str) -> bool:
    """Tell whether a slot without quotes was read as a mapping."""
    return any(
        match["value"].startswith("{{") and match["key"] in ("text", "gives")
        for line in text.split("\n")
        if len(line) <= _LONGEST_LINE and (match := _KEY.match(line))
    )


def mended_line(line: str) -> str:
    r"""Mend one line of a phrase file.

    >>> mended_line("\ttext：{{ item }}为{{ amount }}")
    '  text: "{{ item }}为{{ amount }}"'
    """
    if len(line) > _LONGEST_LINE:
        return line
    lead = re.match(r"[\t 　]*", line)
    assert lead is not None
    line = lead[0].replace("\t", "  ").replace("　", "  ") + line[lead.end() :]
    match = _KEY.match(line.rstrip("\r"))
    if match is None or (match["colon"] == ":" and match["gap"] and not _wants_quotes(match)):
        return line
    value, end = match["value"], "\r" if line.endswith("\r") else ""
    if _wants_quotes(match):
        value, mark, comment = value.partition(" #")
        value = scalar(_unfenced(value.strip())) + mark + comment
    return f"{match['lead']}{match['key']}:{' ' if value else ''}{value}{end}"


def _wants_quotes(match: re.Match[str]) -> bool:
    """Tell whether the value of a text stands without the quotes that YAML needs."""
    value = match["value"]
    return match["key"] in ("text", "gives", "note") and (value.startswith("{") or ": " in value) and '"' not in value


def _unfenced(value: str) -> str:
    """Take the full-width quotation marks away that stand in the place of YAML's."""
    match = re.fullmatch(r"[“＂](.*)[”＂]", value)
    return match[1] if match and not re.search("[“”]", match[1]) else value
