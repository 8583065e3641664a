"""What carries the origin of a text through Word: content controls around figures and prompts, bookmarks of sentences.

A control's tag tells the kind and the key: ``f:会议费.上年`` a figure, ``v:`` a word of direction, ``d:`` a word of
degree, ``p:7`` the seventh prompt. A key that is too long for a tag is cut and closed with a hash of the whole. The
n-th sentence stands in the hidden bookmark ``_dg_s0001``; table cells that phrases worded count as sentences.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from draftgen.draft import Gap, Value
from draftgen.word import styles
from draftgen.word.markup import attribute, printable, run

LONGEST = 64  # characters of a tag or an alias, Word's own limit
LONGEST_ENTRY = 255  # characters of an entry of a list
PROMPT = "p:"
KINDS = {"figure": "f:", "direction": "v:", "degree": "d:"}
_ALIAS_ENDS = {"figure": "", "direction": "（方向）", "degree": "（程度）"}
_MARK = "_dg_s"


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is written. ``proof`` shades every generated figure; without ``controls`` nothing is carried along."""

    controls: bool = True
    proof: bool = False


def tag_of(role: str, key: str) -> str:
    """Return the tag of a figure's control.

    >>> tag_of("direction", "会议费.增减率")
    'v:会议费.增减率'
    """
    tag = KINDS[role] + key
    if len(tag) <= LONGEST:
        return tag
    digest = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"{tag[: LONGEST - len(digest) - 1]}~{digest}"


def alias_of(role: str, key: str) -> str:
    """Return what Word shows as the title of a figure's control.

    >>> alias_of("degree", "会议费.增减率")
    '会议费·增减率（程度）'
    """
    name, end = key.replace(".", "·"), _ALIAS_ENDS[role]
    room = LONGEST - len(end)
    return (name if len(name) <= room else f"…{name[1 - room :]}") + end


def bookmark_of(number: int) -> str:
    """Return the name of the bookmark of the n-th sentence."""
    return f"{_MARK}{number:04d}"


def sentence_of(bookmark: str) -> int | None:
    """Return which sentence a bookmark is of, None if it is none of ours."""
    number = bookmark.removeprefix(_MARK)
    return int(number) if bookmark.startswith(_MARK) and number.isdecimal() else None


@dataclass(slots=True)
class Carriers:
    """Hands out controls and bookmarks while the body is built in reading order; every id is counted.

    ``first_bookmark`` is the id of the first bookmark: comments count from 0 below it.
    """

    options: Options
    first_bookmark: int = 0
    prompts: list[str] = field(default_factory=list)
    _controls: int = 0
    _sentences: int = 0

    def figure(self, value: Value) -> str:
        """Return a figure as runs of its own; nothing where it may join the words around it."""
        if not self.options.controls:
            return run(value.text, styles.FIGURE) if self.options.proof else ""
        inside = run(value.text, styles.FIGURE)
        if not inside:
            return ""
        before, after = _head(value.role, value.key)
        return f"{before}{self._next_control()}{after}{inside}</w:sdtContent></w:sdt>"

    def prompt(self, gap: Gap) -> str:
        """Return a prompt: a control that shows its placeholder, with a list where reasons are on offer."""
        inside = run(gap.text, styles.PROMPT)
        if not self.options.controls:
            return inside
        self.prompts.append(printable(gap.text))
        number = len(self.prompts)
        alias = attribute(printable(gap.prompt).replace("\n", " ")[:LONGEST])
        entries = "".join(_entry(option) for option in dict.fromkeys(_shown(o) for o in gap.options) if option)
        kind = f"<w:comboBox>{entries}</w:comboBox>" if entries else ""
        vanishing = "" if entries else "<w:temporary/>"  # a list stays, so that another entry may be chosen
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{alias}"/><w:tag w:val="{PROMPT}{number}"/>'
            f'<w:id w:val="{self._next_control()}"/>'
            f'<w:placeholder><w:docPart w:val="{placeholder_of(number)}"/></w:placeholder>{vanishing}'
            f"<w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )

    def sentence(self, runs: str) -> str:
        """Return a sentence in its bookmark."""
        if not self.options.controls:
            return runs
        self._sentences += 1
        number = self.first_bookmark + self._sentences
        start = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark_of(self._sentences)}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{number}"/>'

    def _next_control(self) -> int:
        self._controls += 1
        return self._controls


@lru_cache(maxsize=8192)
def _head(role: str, key: str) -> tuple[str, str]:
    """Return what stands in a figure's control before its id, and behind it."""
    alias, tag = attribute(alias_of(role, key)), attribute(tag_of(role, key))
    style = f'<w:rPr><w:rStyle w:val="{styles.FIGURE}"/></w:rPr>'
    before = f'<w:sdt><w:sdtPr>{style}<w:alias w:val="{alias}"/><w:tag w:val="{tag}"/><w:id w:val="'
    return before, '"/><w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>'


def placeholder_of(number: int) -> str:
    """Return the name of the building block that holds the n-th prompt."""
    return f"dgPrompt{number}"


def _shown(option: str) -> str:
    return printable(option).replace("\n", " ").strip()[:LONGEST_ENTRY]


def _entry(option: str) -> str:
    text = attribute(option)
    return f'<w:listItem w:displayText="{text}" w:value="{text}"/>'
