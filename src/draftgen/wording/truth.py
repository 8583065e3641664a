"""Words that claim something, held against the condition of their phrase (claims.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from draftgen.wording.contract import MessageType
from draftgen.wording.flaws import Flaw
from draftgen.wording.phrases import SLOT, Phrase


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that claim the same; in a message type named in ``holds`` they are true in the cases listed only."""

    id: str
    words: tuple[str, ...]
    holds: Mapping[str, tuple[str, ...]]
    use: Mapping[str, str]


def claims_of(small: Mapping[str, Any]) -> tuple[Claim, ...]:
    """Read the claims from the small banks."""
    return tuple(
        Claim(c["id"], tuple(c["words"]), {k: tuple(v) for k, v in c["holds"].items()}, c.get("use", {}))
        for c in small.get("claims", ())
    )


def untruths(phrase: Phrase, contract: Mapping[str, MessageType], claims: Sequence[Claim]) -> Iterator[Flaw]:
    """Yield the words of a phrase that are not true in every case in which it may be used."""
    kind = contract.get(phrase.message)
    if kind is None:
        return
    cases = phrase.when.get("case", kind.cases)
    rest = SLOT.sub("#", phrase.text)
    for claim, word in _claimed(rest, claims):
        true = claim.holds.get(phrase.message)
        wrong = [case for case in cases if true is not None and case not in true]
        if wrong:
            yield _untrue(phrase, claim, word, wrong, [c for c in cases if c not in wrong] or list(true or ()))


def _claimed(text: str, claims: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
    """The words of claims in a text; a longer word hides the shorter one in it (基本持平 is no 持平)."""
    words = sorted(((w, c) for c in claims for w in c.words), key=lambda pair: -len(pair[0]))
    for word, claim in words:
        if word in text:
            yield claim, word
            text = text.replace(word, "#")


def _untrue(phrase: Phrase, claim: Claim, word: str, wrong: Sequence[str], true: Sequence[str]) -> Flaw:
    slot = claim.use.get(phrase.message, "")
    advice_en = [
        "Let the program say it with {use}" if slot else "",
        "Restrict it to when: case: [{true}]" if true else "",
    ]
    advice_zh = [
        "改用 {use}，由程序按数据写出正确的词" if slot else "",
        "把条件限定为 when: case: [{true}]" if true else "",
    ]
    en, zh = ". Or: ".join(filter(None, advice_en)), "；或者".join(filter(None, advice_zh))
    doubled = _without_doubled(phrase.text, word)
    return Flaw(
        "untrue-word" if claim.id != "claim.degree" else "degree-word",
        (
            "it says “{found}”, which is not so in the case {cases}.",
            "写了“{found}”，但在情形 {cases} 下并不属实。",
        ),
        ((en or "Leave the word out") + ".", (zh or "请删去这个词") + "。"),
        ("text",),
        found=word,
        new=doubled if doubled != phrase.text else None,
        values={"cases": "、".join(wrong), "use": slot, "true": ", ".join(true)},
    )


def _without_doubled(text: str, word: str) -> str:
    """Take a word of direction away from before a slot that says it itself: 增加{{ change_amount }}."""
    slots = r"(?=\{\{ *(?:change_amount|change_rate|degree_rate|points) *\}\})"
    return re.sub(rf"(?:大幅|小幅|略有)?{re.escape(word)}(?:了|额为|额|率为|率)?{slots}", "", text)
