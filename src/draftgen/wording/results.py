"""Counted results in one breath: what a clause carries over from the one before it.

``在专项治理中处分11人，问责9人`` says the range once; ``督查部门42家、乡镇9个`` the verb once. A new range begins a
sentence of its own, and so does a target that was missed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from draftgen.planning.messages import Message
from draftgen.wording.phrases import Phrase

_ENDS_WITH_THE_THING = "{{ verb }}{{ item }}{{ number }}"


@dataclass(frozen=True, slots=True)
class Said:
    """A result that has been worded: its message before anything was left out, and its phrase."""

    message: Message
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Step:
    """How the next result goes on: in a new sentence or not, behind which mark, saying what is left to say."""

    message: Message
    breaks: bool = False
    mark: str = "，"


def go_on(before: Said | None, message: Message) -> Step:
    """Decide how a result follows the one before it in its sentence. Its verb has been chosen."""
    if before is None:
        return Step(message)
    if "target-missed" in (before.message.case, message.case) or _range(before.message) != _range(message):
        return Step(message, breaks=True)
    carried = _without_range(message)
    if _same_verb(before, message):
        mark = "，" if "、" in before.message.names["item"] + message.names["item"] else "、"
        return Step(replace(carried, names={**carried.names, "verb": ""}), mark=mark)
    return Step(carried)


def _range(message: Message) -> str:
    return message.names.get("among", "")


def _without_range(message: Message) -> Message:
    return replace(message, names={**message.names, "among": ""}, must=()) if _range(message) else message


def _same_verb(before: Said, message: Message) -> bool:
    plain = before.message.case == message.case == "count"
    same = before.message.names["verb"] == message.names["verb"] != ""
    return plain and same and before.phrase.text.endswith(_ENDS_WITH_THE_THING)
