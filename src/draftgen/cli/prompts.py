"""The open prompts of a draft, as a list to work through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from draftgen.cli.console import say
from draftgen.cli.translation import Translator
from draftgen.draft import Cover, Draft, Gap, Heading, Title, inlines_of

if TYPE_CHECKING:
    from draftgen.drafts import Unfilled, Written


@dataclass(frozen=True, slots=True)
class Prompt:
    """A place that a person has to fill in, and the heading under which it stands."""

    number: int
    where: str
    gap: Gap | Unfilled


def open_prompts(draft: Draft) -> tuple[Prompt, ...]:
    """Return the prompts in reading order."""
    return tuple(Prompt(number, where, gap) for number, (where, gap) in enumerate(_gaps(draft), 1))


def left_open(written: Written) -> tuple[Prompt, ...]:
    """Return the prompts that are still open in a Word file, in reading order."""
    return tuple(Prompt(number, one.where, one) for number, one in enumerate(written.unfilled(), 1))


def _gaps(draft: Draft) -> Iterator[tuple[str, Gap]]:
    where = ""
    for block in draft.blocks:
        if isinstance(block, Heading) or (isinstance(block, Title | Cover) and not where):
            where = block.text.replace("\n", "")
        yield from ((where, inline) for inline in inlines_of(block) if isinstance(inline, Gap))


def show_prompts(prompts: tuple[Prompt, ...], t: Translator) -> None:
    """Print the prompts, numbered, with the wordings that are offered."""
    if not prompts:
        return
    say(t.ngettext("{n} place to fill in by hand:", "{n} places to fill in by hand:", len(prompts)))
    where = None
    for prompt in prompts:
        if prompt.where != where:
            where = prompt.where
            say(f"  {where}")
        say(f"  {prompt.number:>4}. {prompt.gap.prompt}")
        if prompt.gap.options:
            say("        " + t("Offered: {options}", options=t("; ").join(prompt.gap.options)))
    say()


def prompts_json(prompts: tuple[Prompt, ...]) -> list[dict[str, Any]]:
    """Return the prompts as they stand in ``--json``."""
    return [
        {
            "number": p.number,
            "prompt": p.gap.prompt,
            "where": p.where,
            "kind": p.gap.kind,
            "key": p.gap.key,
            "rule": p.gap.rule,
            "options": list(p.gap.options),
        }
        for p in prompts
    ]
