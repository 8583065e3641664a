"""Texts given by hand, made fit to stand inside a sentence, and the reasons among them."""

from __future__ import annotations

import re

from draftgen.planning.context import Context
from draftgen.planning.messages import Ask, Words

_OUTER = "，。；、：！？ \u3000"
_CLOSED = ("。", "！", "？", "：", "…")
_LEAD = re.compile(
    r"^其?(?:主要原因|原因|主要(?=是|系|为|由于|因为|因(?!公(?!务))))(?:主要)?(?:是|为|系)?(?:由于|因为|因(?!公(?!务)))?[：，]?"
    r"|^(?:由于|因为)"
)
_PAIRED = re.compile(r"^其?主要(?:系|由于|因)|^由于|系")


def lines_of(text: str) -> tuple[str, ...]:
    """Part a text into its lines, each closed so that another may follow it, without stray marks at its start.

    >>> lines_of("，压减支出\\n\\n不再扩大；"), lines_of("如下："), lines_of("（“好。”）")
    (('压减支出。', '不再扩大。'), ('如下：',), ('（“好。”）',))
    """
    return tuple(_closed(line) for text in text.splitlines() if (line := text.strip().lstrip(_OUTER)))


def _closed(line: str) -> str:
    if line.rstrip("”’）》").endswith(_CLOSED):
        return line
    return f"{line.rstrip('，、； ')}。"


def inside(text: str) -> str:
    """Make a text fit to stand inside a sentence: one line, without marks at its ends.

    >>> inside("，报废。"), inside("第一行。\\n第二行")
    ('报废', '第一行。第二行')
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = "".join(line if line[-1] in _OUTER else f"{line}，" for line in lines)
    return joined.strip(_OUTER)


def bare_reason(text: str) -> str:
    """Take the leading connective and the closing mark off a reason given by hand: the phrase brings its own.

    >>> bare_reason("主要原因是由于人员增加。"), bare_reason("因公出国团组减少"), bare_reason("主要系单位划出所致")
    ('人员增加', '因公出国团组减少', '单位划出')
    """
    text = inside(text)
    found = _LEAD.match(text)
    if found is None:
        return text
    bare = text[found.end() :]
    return inside(bare.removesuffix("所致") if _PAIRED.search(found[0]) else bare)


def words_or_ask(ctx: Context, key: str, prompt: str, direction: str, subject: str) -> Words | Ask:
    """Return the reason given by hand, or the prompt for it where there is none or it says nothing."""
    given = bare_reason(ctx.text(key))
    if given:
        return Words(given, key)
    return Ask(prompt.replace("{unit}", ""), "reason", key, "reason-required", direction, subject)
