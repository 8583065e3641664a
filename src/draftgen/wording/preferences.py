"""Preferences of a layer: what is preferred, avoided or retired, which terms the house uses, how figures are printed.

They stand in any file of a layer, by custom in ``preferences.yaml``; the same words may stand in the data file (设置).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from draftgen.wording.phrases import Phrase

MOST_WISHES, MOST_CHARACTERS, MOST_STARS = 500, 100, 4
KEYS = ("prefer", "avoid", "retire", "pick", "use", "style")
STYLE_KEYS = ("amount_places", "rate_places", "strip_zeros")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a layer or a data file prefers.

    ``prefer`` and ``avoid`` name phrases by id (``*`` stands for anything), by ``tag:…`` or by ``register:…``. ``pick``
    fixes the phrase of a site, ``use`` the term of a notion, ``style`` the printing of figures.
    """

    prefer: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    retire: tuple[str, ...] = ()
    pick: Mapping[str, str] = field(default_factory=dict)
    use: Mapping[str, str] = field(default_factory=dict)
    style: Mapping[str, str] = field(default_factory=dict)

    def over(self, lower: Preferences) -> Preferences:
        """Put these over those of a lower layer. Lists add up; what is settled for one thing is settled anew."""
        return Preferences(
            (*lower.prefer, *self.prefer),
            (*lower.avoid, *self.avoid),
            (*lower.retire, *self.retire),
            {**lower.pick, **self.pick},
            {**lower.use, **self.use},
            {**lower.style, **self.style},
        )


def read_preferences(tree: Mapping[str, Any]) -> Preferences:
    """Read the preferences that stand in a file; what is of a wrong shape counts as not written (checking tells it)."""
    prefer, avoid, retire = (_texts(tree.get(name)) for name in ("prefer", "avoid", "retire"))
    pick, use, style = (_group(tree.get(name)) for name in ("pick", "use", "style"))
    return Preferences(prefer, avoid, retire, pick, use, style)


def _texts(value: object) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(v for v in listed[:MOST_WISHES] if isinstance(v, str) and is_wish(v))


def is_wish(text: str) -> bool:
    """Tell whether a text can name phrases: short, and with a few stars at the most."""
    return len(text) <= MOST_CHARACTERS and text.count("*") <= MOST_STARS


def _group(value: object) -> dict[str, str]:
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}


def names(wish: str, phrase: Phrase) -> bool:
    """Tell whether a wish (an id, a pattern of ids, ``tag:…``, ``register:…``) is about a phrase."""
    how, mark, value = wish.partition(":")
    if mark and how == "tag":
        return value.strip() in phrase.tags
    if mark and how == "register":
        return value.strip() == phrase.register
    return wish == phrase.id or ("*" in wish and fnmatchcase(phrase.id, wish))


def liking(phrases: Iterable[Phrase], layers: Iterable[Preferences]) -> dict[str, int]:
    """Weigh phrases: 1 preferred, -1 avoided. A later layer decides over an earlier one, in one the id over a tag."""
    weights: dict[str, int] = {}
    every = [(p.avoid, p.prefer) for p in layers if p.avoid or p.prefer]
    for phrase in phrases if every else ():
        for avoid, prefer in every:
            said = [
                (len(w) if ":" not in w else 0, weight)
                for ws, weight in ((avoid, -1), (prefer, 1))
                for w in ws
                if names(w, phrase)
            ]
            if said:
                weights[phrase.id] = max(said)[1]
    return weights
