"""Phrases: text with slots, the condition under which it is true, and how its slots are filled.

A phrase is rendered by Jinja2's immutable sandbox. It may hold text and slots and nothing else, so it can be checked,
previewed and inverted, and never harms the machine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from draftgen.draft import Choice, Gap, Inline, Text, Value

AMBIENT = frozenset({"unit", "this_year", "last_year"})
SLOT = re.compile(r"\{\{ *([a-z_]+) *\}\}")
_INLINE = (Text, Value, Gap, Choice)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as curated. ``when`` maps features to admitted values, ``about`` are key patterns.

    ``slots`` stand in the order of the text; a phrase ``opens`` a sentence if it names what it is about; ``masked`` is
    the text with every slot as one mark, for measuring repetition.
    """

    id: str
    message: str
    text: str
    when: Mapping[str, tuple[str, ...]]
    about: tuple[str, ...] = ()
    status: str = "reviewed"
    examples: tuple[tuple[Mapping[str, str], str], ...] = ()
    place: str = ""
    tags: tuple[str, ...] = ()
    register: str = ""  # plain, formal
    layer: str = "built-in"
    slots: tuple[str, ...] = field(init=False)
    opens: bool = field(init=False)
    masked: str = field(init=False)

    def __post_init__(self) -> None:
        slots = slots_of(self.text)
        object.__setattr__(self, "slots", slots)
        object.__setattr__(self, "opens", "item" in slots or "unit" in slots)
        object.__setattr__(self, "masked", SLOT.sub("#", self.text))

    def admits(self, features: Mapping[str, str]) -> bool:
        """Tell whether the condition holds. A feature that the message does not have admits no condition on it."""
        return all(features.get(name) in values for name, values in self.when.items())


@lru_cache(maxsize=8192)
def slots_of(text: str) -> tuple[str, ...]:
    """Return the slots of a phrase's text.

    >>> slots_of("{{ item }}{{ amount }}")
    ('item', 'amount')
    """
    return tuple(SLOT.findall(text))


def is_plain(text: str) -> bool:
    """Tell whether a text holds slots and words only: no logic, no filters, no calls.

    >>> is_plain("{{ item }}为{{ amount }}"), is_plain("{% if x %}"), is_plain("{{ a.b }}")
    (True, False, False)
    """
    rest = SLOT.sub("", text)
    return not any(mark in rest for mark in ("{{", "}}", "{%", "%}", "{#", "#}"))


def fill(text: str, slots: Mapping[str, tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Render a phrase into inlines.

    Raises:
        KeyError: a slot has no filling.
    """
    for name in slots_of(text):
        if name not in slots:
            raise KeyError(name)
    inlines: list[Inline] = []
    template = _compiled(text)
    for part in template.root_render_func(template.new_context(slots, shared=True)):  # a phrase needs no globals
        if isinstance(part, tuple):
            inlines += part
        elif isinstance(part, _INLINE):
            inlines.append(part)
        else:
            inlines.append(Text(str(part)))
    return tuple(inlines)


def fill_text(text: str, slots: Mapping[str, str]) -> str:
    """Render a phrase with plain words, as its examples are."""
    return "".join(i.text for i in fill(text, {name: (Text(value),) for name, value in slots.items()}))


@lru_cache(maxsize=8192)
def _compiled(text: str) -> Any:
    return _environment().from_string(text)


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.nativetypes import NativeCodeGenerator
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class PhraseEnvironment(ImmutableSandboxedEnvironment):
        """The sandbox, giving the parts of a phrase one by one so that a figure keeps its origin."""

        code_generator_class = NativeCodeGenerator

    return PhraseEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
