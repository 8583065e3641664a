"""Words of published tables made alike, so that a title, a header or a label is known however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\d{1,2}[.、])+")
_OF_WHICH = re.compile(r"^其中:?")
_UNSEEN = re.compile(r"[\s“”\"'‘’\u200b\u2060\ufeff]+")
_DASHES = frozenset("-—–―－─/")


@dataclass(frozen=True, slots=True)
class Words:
    """What tables call things. ``alike`` are words that mean the same: what is met, and what it is read as."""

    alike: tuple[tuple[str, str], ...]
    code: frozenset[str]
    code_parts: tuple[str, ...]
    name: frozenset[str]
    serial: frozenset[str]
    total: frozenset[str]
    ignored: frozenset[str]
    notes: tuple[str, ...]
    nothing: tuple[str, ...]
    money_unit: tuple[str, ...]
    owner: tuple[str, ...]

    def plain(self, text: str) -> str:
        """Return the words of a cell without numbering, brackets, blanks and quotes; same words for the same thing."""
        return _plain(text, self.alike)


@lru_cache(maxsize=8192)
def _plain(text: str, alike: tuple[tuple[str, str], ...]) -> str:
    text = _BRACKETS.sub("", half_width(text))
    text = _ORDINAL.sub("", _OF_WHICH.sub("", _ORDINAL.sub("", text)))
    for met, meant in alike:
        text = text.replace(met, meant)
    return text.strip(":;,.。、")


@lru_cache(maxsize=8192)
def half_width(text: str) -> str:
    """Return a text with half-width signs, without blanks and quotes.

    >>> half_width("金额单位：　万元"), half_width("“三公”经费")
    ('金额单位:万元', '三公经费')
    """
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def is_dash(text: str) -> bool:
    """Tell a cell that is crossed out: nothing belongs there."""
    return bool(text) and set(half_width(text)) <= _DASHES


def read_words(entries: Mapping[str, object]) -> Words:
    """Read the words of tables.

    Raises:
        KeyError: a list is missing.
        TypeError: it is no list.
    """

    def listed(name: str) -> tuple[str, ...]:
        found = entries[name]
        if not isinstance(found, list):
            raise TypeError(name)
        return tuple(half_width(str(word)) for word in found)

    alike = entries["alike"]
    if not isinstance(alike, dict):
        raise TypeError("alike")
    return Words(
        alike=tuple((str(met), str(meant)) for met, meant in alike.items()),
        code=frozenset(listed("code-columns")),
        code_parts=listed("code-parts"),
        name=frozenset(listed("name-columns")),
        serial=frozenset(listed("serial-words")),
        total=frozenset(listed("total-words")),
        ignored=frozenset(listed("ignored-columns")),
        notes=listed("note-words"),
        nothing=listed("nothing-words"),
        money_unit=listed("unit-words"),
        owner=listed("owner-words"),
    )
