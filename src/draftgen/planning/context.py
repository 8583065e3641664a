"""What every builder of messages needs at hand: the knowledge, the site, names filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from draftgen.figures.changes import CHANGE_RATE
from draftgen.figures.facts import BLANK, Fact, Given
from draftgen.figures.knowledge import Knowledge
from draftgen.figures.quantities import RATE
from draftgen.planning.messages import Raised

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """Where we are. ``item_key`` is what ``@`` stands for, ``variant`` the outline's variant in force.

    ``frame`` is the site without the names of list items, empty outside a list.
    """

    knowledge: Knowledge
    site: str
    rate_places: int = 2
    item_key: str = ""
    show_zero_parts: bool = False
    variant: str = ""
    raised: tuple[Raised, ...] = ()  # the problems that figures raise here, for the cells of a form
    frame: str = ""

    def at(self, part: str) -> Context:
        """Return the context of a part of this site."""
        frame = f"{self.frame}.{part}" if self.frame else ""
        return replace(self, site=f"{self.site}.{part}" if self.site else part, frame=frame)

    def of_item(self, key: str, part: str) -> Context:
        """Return the context of one item of a list."""
        site = f"{self.site}.{part}" if self.site else part
        return replace(self, site=site, item_key=key, frame=self.frame or self.site or "list")

    def items(self, keys: str | list[str]) -> tuple[tuple[str, Context], ...]:
        """Return the name and the context of each item of a list or of a freely named group, or of several."""
        listed = self.knowledge.texts.items
        found = [i for key in ([keys] if isinstance(keys, str) else keys) for i in listed.get(self.key(key), ())]
        return tuple((name, self.of_item(item, name)) for item in found if (name := item.rpartition(".")[2]))

    def key(self, key: str) -> str:
        """Put the item's key in the place of ``@``."""
        return key.replace("@", self.item_key, 1) if key.startswith("@") else key

    def fill(self, text: str) -> str:
        """Put the unit's names and the years into a text of the outline."""
        return self.knowledge.names.fill(text)

    def unit_itself(self, name: str) -> str:
        """Tell the unit itself from the department that goes by its name: 本级."""
        return f"{name}本级" if name == self.knowledge.names.short else name

    def fact(self, key: str) -> Fact | None:
        """Return a fact by a key that may start with ``@``; a share or an execution below nothing is no rate at all."""
        fact = self.knowledge.fact(self.key(key))
        if fact is None or fact.value >= 0 or fact.unit != RATE or key.endswith(CHANGE_RATE):
            return fact
        return fact if isinstance(fact.origin, Given) else None

    def text(self, key: str) -> str:
        """Return a text by a key that may start with ``@``."""
        return self.knowledge.texts.get(self.key(key))

    def facts(self, keys: str | list[str]) -> tuple[Fact, ...]:
        """Return the known facts of a pattern or of a list of keys; totals of a pattern are left out."""
        if isinstance(keys, str):
            found = self.knowledge.facts.match(self.key(keys))
            return tuple(f for f in found if not f.key.endswith(".合计"))
        return tuple(f for key in keys if (f := self.fact(key)) is not None)

    def has_blank(self, keys: str | list[str]) -> bool:
        """Tell whether one of these figures is marked as not known."""
        patterns = [keys] if isinstance(keys, str) else keys
        return any(self.knowledge.facts.match(f"{self.key(pattern)}.{BLANK}") for pattern in patterns)
