"""What can be wrong with a phrase: the flaw, where in the entry it stands, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from draftgen.findings import Finding, Localised, Place, Severity

_LONGEST_WORD = 100  # no name is longer, and comparing takes the square of the length
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw of an entry.

    ``at`` leads to it inside the entry. ``new`` is what should stand there instead, where that is certain enough to be
    done by ``--fix``; ``found`` is the piece of the text that the flaw is about. Texts are (English, Chinese).
    """

    code: str
    message: tuple[str, str]
    hint: tuple[str, str]
    at: Steps = ()
    severity: Severity = Severity.ERROR
    found: str = ""
    start: int = -1  # where `found` begins in the text, -1: where it is first met
    expected: str = ""
    new: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def finding(self, place: Place, phrase: str) -> Finding:
        """Return the finding that tells the flaw, with the phrase named before it."""
        values = {
            "id": phrase[:_LONGEST_WORD],
            "found": self.found[: 2 * _LONGEST_WORD],
            "expected": self.expected,
            "new": self.new or "",
            **self.values,
        }
        said = Localised(f"Phrase {{id}}: {self.message[0]}", f"短语 {{id}}：{self.message[1]}", values)
        hint = Localised(*self.hint, values)
        return Finding(self.code, self.severity, said, (place,), hint, self.found, self.new or self.expected)


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """Return the known word that is most like `word`, empty if none is.

    >>> nearest("chnage", ["change", "total"])
    'change'
    """
    if len(word) > _LONGEST_WORD:
        return ""
    found = difflib.get_close_matches(word, list(known), 1, least)
    return found[0] if found else ""
