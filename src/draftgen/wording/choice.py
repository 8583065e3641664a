"""Choice: the same pick every time, the least repetition first.

The cost of a candidate is the sum of 1/distance over the character bigrams (figures masked) that were said before it.
Equal costs are parted by a hash of (seed, site, phrase id), so one more candidate changes only the sites that it wins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from draftgen.wording.phrases import Phrase

_SILENT = frozenset("，。；：、（）“”《》#　 ")


@lru_cache(maxsize=65536)
def rank(seed: int, site: str, name: str) -> int:
    """Return the rank of a candidate at a site: a number that only these three decide."""
    digest = hashlib.blake2b(f"{seed}|{site}|{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def pick(candidates: Sequence[str], seed: int, site: str) -> str:
    """Pick one of several words.

    >>> pick(["甲", "乙"], 1, "x") == pick(["乙", "甲"], 1, "x")
    True
    """
    return max(candidates, key=lambda name: rank(seed, site, name))


@lru_cache(maxsize=8192)
def bigrams(masked: str) -> tuple[tuple[str, int], ...]:
    """The bigrams of a masked text with their offsets; marks of punctuation and slots part them."""
    pairs = ((masked[i : i + 2], i) for i in range(len(masked) - 1))
    return tuple((pair, i) for pair, i in pairs if not _SILENT.intersection(pair))


@dataclass(frozen=True, slots=True)
class Memory:
    """What was said: where each bigram stood last, and the length so far."""

    last: dict[str, int]
    length: int = 0

    def cost(self, masked: str) -> float:
        """How much a text would repeat, 0 if nothing."""
        return sum(1 / (self.length + at - self.last[b] + 1) for b, at in bigrams(masked) if b in self.last)

    def after(self, masked: str) -> Memory:
        """Return the memory once a text has been said."""
        said = {b: self.length + at for b, at in bigrams(masked)}
        return Memory({**self.last, **said}, self.length + len(masked))


def least_repeating(candidates: Sequence[Phrase], memory: Memory) -> Sequence[Phrase]:
    """Return the candidates that repeat the least of what was said, those that hardly differ together."""
    if len(candidates) == 1:
        return candidates
    costs = {p.id: memory.cost(p.masked) for p in candidates}
    least = min(costs.values())
    return [p for p in candidates if costs[p.id] <= least + 0.02]


def choose_alike(candidates: Sequence[Phrase], seed: int, frame: str) -> Phrase:
    """Choose a phrase for an item of a list: by the list alone, so that its items are worded alike.

    Official texts repeat one frame for all items of a list; neither the item nor what was said before counts. Phrases
    of different cases share a frame if their ids end alike (``over.next.base-first``, ``under.next.base-first``):
    endings are ranked, the shortest first.
    """

    def endings(phrase: Phrase) -> list[int]:
        parts = phrase.id.split(".")
        return [rank(seed, frame, ".".join(parts[-n:])) for n in range(1, len(parts) + 1)]

    return max(candidates, key=endings)


def choose(candidates: Sequence[Phrase], seed: int, site: str, memory: Memory) -> Phrase:
    """Choose a phrase: the least repetition, then the hash."""
    best = least_repeating(candidates, memory)
    return best[0] if len(best) == 1 else max(best, key=lambda p: rank(seed, site, p.id))
