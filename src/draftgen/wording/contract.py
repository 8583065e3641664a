"""The contract of messages.yaml: what each message type has to say, and what its phrases may draw on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class MessageType:
    """A message type: its slots, the roles they carry, and what each case must print."""

    name: str
    code: str
    title: str
    slots: Mapping[str, tuple[str, ...]]  # slot -> roles that it prints
    cases: tuple[str, ...]
    must: Mapping[str, tuple[str, ...]]
    features: Mapping[str, tuple[str, ...]]
    canonical: Mapping[str, str]
    shows: Mapping[str, str] = field(default_factory=dict)  # slot -> what it shows, in Chinese

    def roles(self, slots: Sequence[str]) -> frozenset[str]:
        """The roles that a phrase with these slots prints."""
        return frozenset(role for slot in slots for role in self.slots.get(slot, ()))

    def printing(self, role: str) -> tuple[str, ...]:
        """The slots that print a role."""
        return tuple(slot for slot, roles in self.slots.items() if role in roles)


def read_contract(tree: Mapping[str, Any]) -> Mapping[str, MessageType]:
    """Read the contract of messages.yaml."""
    return {name: _message_type(name, inner) for name, inner in tree["messages"].items()}


def _message_type(name: str, tree: Mapping[str, Any]) -> MessageType:
    return MessageType(
        name=name,
        code=tree["code"],
        title=tree["name"],
        slots={slot: _roles(str(text)) for slot, text in tree["slots"].items()},
        cases=tuple(tree["cases"]),
        must={case: tuple(roles) for case, roles in tree.get("must", {}).items()},
        features={k: tuple(v) if isinstance(v, list) else () for k, v in tree.get("features", {}).items()},
        canonical=tree["canonical"],
        shows={slot: str(text).partition("[")[0].strip() for slot, text in tree["slots"].items()},
    )


def _roles(description: str) -> tuple[str, ...]:
    if not description.endswith("]"):
        return ()
    return (description[description.rindex("[") + 1 : -1],)
