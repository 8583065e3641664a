"""What a sentence of a draft is made of: words, figures, gaps and choices, each of which can be found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """Words. ``source`` is the key of a text that a person gave by hand, else empty."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure, or a word that depends on a figure, as it is printed.

    ``key`` is the figure's key ("三公经费.公务接待费.增减率"), ``role`` says what kind of word it is.
    """

    text: str
    key: str
    role: Literal["figure", "direction", "degree"] = "figure"


@dataclass(frozen=True, slots=True)
class Gap:
    """What only a person can say: a visible prompt.

    ``prompt`` is the thing asked for, without brackets ("会议费增加的主要原因"); ``options`` are true-to-direction
    suggestions from the cause bank, none of them preselected; ``rule`` is the code of the rule that asks.
    """

    prompt: str
    kind: Literal["reason", "name", "date", "narrative", "figure"]
    key: str = ""
    rule: str = ""
    options: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The prompt as it stands in the draft."""
        return f"【请填写：{self.prompt}】"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several wordings that are equally true; ``chosen`` is printed."""

    chosen: str
    options: tuple[str, ...]
    key: str = ""

    @property
    def text(self) -> str:
        """The wording that stands in the draft."""
        return self.chosen


Inline = Text | Value | Gap | Choice


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its closing mark, and where it comes from."""

    inlines: tuple[Inline, ...]
    id: str = ""  # the site, "funds.meeting.1"
    phrases: tuple[str, ...] = ()  # ids of the phrases that worded it

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(i.text for i in self.inlines)
