"""What a phrase must be before it is ever used: slots and text only, known slots and conditions, no fact lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from draftgen.wording.contract import MessageType
from draftgen.wording.flaws import Flaw, nearest
from draftgen.wording.phrases import AMBIENT, SLOT, Phrase, is_plain, slots_of

STATUSES = ("candidate", "reviewed", "retired")
MOST_CHARACTERS = 400
UNRATED = frozenset({"count", "unrated"})  # what is never given a rate: counts, and amounts that have none
_AMBIENT_ZH = {"unit": "本单位", "this_year": "本年度", "last_year": "上年"}
_NEARLY_SLOT = re.compile(r"[{｛]{1,3}[ 　]*([A-Za-z_\-\u4e00-\u9fff]+)[ 　]*[}｝]{1,3}")
_LOGIC = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)


def flaws_of(phrase: Phrase, contract: Mapping[str, MessageType]) -> Iterator[Flaw]:
    """Yield what is wrong with a phrase. What follows from an unknown message type is not told as well."""
    if phrase.status not in STATUSES:
        yield _unknown_status(phrase.status)
    kind = contract.get(phrase.message)
    if kind is None:
        yield _unknown_message(phrase.message, contract)
        return
    yield from text_flaws(phrase.text, kind)
    yield from _condition_flaws(phrase, kind)
    yield from _lost_facts(phrase, kind)
    if "degree_rate" in phrase.slots and phrase.when.get("degree") != ("marked",):
        yield _degree_unbound()


def _degree_unbound() -> Flaw:
    return Flaw(
        "degree-unbound",
        (
            "it uses {found}, but not every rate has a degree word.",
            "用了 {found}，但并非所有幅度都有程度词。",
        ),
        ("Add to “when”: degree: [marked]", "请在 when 中加上：degree: [marked]"),
        ("when",),
        found="degree_rate",
        expected="degree: [marked]",
    )


def _unknown_status(status: str) -> Flaw:
    near = nearest(status, STATUSES)
    return Flaw(
        "unknown-status",
        ("the status {found} is not known.", "状态“{found}”不存在。"),
        ("Use candidate, reviewed or retired.", "请填写 candidate（待审）、reviewed（已审）或 retired（停用）。"),
        ("status",),
        found=status,
        new=near or None,
    )


def _unknown_message(name: str, contract: Mapping[str, MessageType]) -> Flaw:
    titles = {kind.title: kind.name for kind in contract.values()}
    near = titles.get(name) or nearest(name, contract) or titles.get(nearest(name, titles), "")
    known = "、".join(f"{kind.name}（{kind.title}）" for kind in contract.values())
    guess = ("Did you mean {new}? ", "是否为 {new}？") if near else ("", "")
    return Flaw(
        "unknown-message",
        ("there is no message type {found}.", "没有“{found}”这种信息。"),
        (guess[0] + "Known: {known}.", guess[1] + "可用的有：{known}。"),
        ("message",),
        found=name,
        new=near or None,
        values={"known": known},
    )


def text_flaws(text: str, kind: MessageType) -> Iterator[Flaw]:
    """Yield what is wrong with the slots of a text."""
    if len(text) > MOST_CHARACTERS:
        yield Flaw(
            "too-long",
            ("the text has more than {limit} characters.", "文字超过{limit}个字。"),
            ("A phrase is a clause: split it.", "一条短语只写一个分句，请拆开。"),
            ("text",),
            values={"limit": MOST_CHARACTERS},
        )
        return
    if "{%" in text or "{#" in text:
        yield _logic(text)
        return
    mended = _with_slots_mended(text, kind)
    if mended != text:
        yield _broken_slot(text, mended)
        return
    if not is_plain(text) or "{" in SLOT.sub("", text) or "}" in SLOT.sub("", text):
        yield _logic(text)
        return
    known = (*kind.slots, *sorted(AMBIENT))
    for slot in slots_of(text):
        if slot not in known:
            yield _unknown_slot(slot, text, kind)


def _logic(text: str) -> Flaw:
    found = _LOGIC.sub(lambda m: "" if SLOT.fullmatch(m[0]) else m[0], text)
    pieces = [m[0] for m in _LOGIC.finditer(text) if not SLOT.fullmatch(m[0])]
    piece = pieces[0] if pieces else found[:40]
    return Flaw(
        "logic-in-text",
        ("a text holds words and slots only, not “{found}”.", "文字中只能有词语和位置，不能有“{found}”。"),
        (
            "Write one entry for each case and say in “when” when it holds; figures are printed by code.",
            "请按情形分写成几条，用 when 说明各自何时适用；数字的写法由程序决定。",
        ),
        ("text",),
        found=piece,
    )


def _broken_slot(text: str, mended: str) -> Flaw:
    broken = [m[0] for m in _NEARLY_SLOT.finditer(text) if not SLOT.fullmatch(m[0])]
    return Flaw(
        "broken-slot",
        ("the slot “{found}” is not written as a slot.", "位置“{found}”的写法不对。"),
        ("Write: {new}", "应写作：{new}"),
        ("text",),
        found=broken[0] if broken else text,
        new=mended,
    )


def _with_slots_mended(text: str, kind: MessageType) -> str:
    def mend(match: re.Match[str]) -> str:
        if SLOT.fullmatch(match[0]):
            return match[0]
        slot = _slot_named(match[1], kind)
        return "{{ " + slot + " }}" if slot else match[0]

    return _NEARLY_SLOT.sub(mend, text)


def _slot_named(name: str, kind: MessageType) -> str:
    """The slot that a hand means by a name: in capitals, with a hyphen, or in Chinese."""
    folded = name.lower().replace("-", "_")
    if folded in kind.slots or folded in AMBIENT:
        return folded
    chinese = {**{v: k for k, v in _AMBIENT_ZH.items()}, **{_short(text): s for s, text in kind.shows.items()}}
    return chinese.get(name, "")


def _short(shown: str) -> str:
    return re.split("[（(，,、／]", shown)[0]


def _unknown_slot(slot: str, text: str, kind: MessageType) -> Flaw:
    near = nearest(slot, (*kind.slots, *AMBIENT))
    known = "、".join((*(f"{s}（{_short(shown)}）" for s, shown in kind.shows.items()), *sorted(AMBIENT)))
    guess = ("Did you mean {near}? ", "是否为 {near}？") if near else ("", "")
    return Flaw(
        "unknown-slot",
        ("“{title}” has no slot {found}.", "“{title}”没有 {found} 这个位置。"),
        (guess[0] + "Slots: {known}.", guess[1] + "可用的位置：{known}。"),
        ("text",),
        found=slot,
        new=_slot_renamed(text, slot, near) if near else None,
        values={"title": kind.title, "near": near, "known": known},
    )


def _slot_renamed(text: str, slot: str, new: str) -> str:
    return SLOT.sub(lambda m: "{{ " + new + " }}" if m[1] == slot else m[0], text)


def _condition_flaws(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    for name, values in phrase.when.items():
        allowed = kind.cases if name == "case" else kind.features.get(name)
        if allowed is None:
            yield _unknown_condition(name, kind)
            continue
        if not values:
            yield _never(name)
        for number, value in enumerate(values):
            if allowed and value not in allowed:
                yield _unknown_value(name, value, number, allowed)


def _unknown_condition(name: str, kind: MessageType) -> Flaw:
    known = ("case", *kind.features, "about")
    near = nearest(name, known)
    guess = ("Did you mean {near}? ", "是否为 {near}？") if near else ("", "")
    return Flaw(
        "unknown-condition",
        ("“{title}” has no condition {found}.", "“{title}”没有 {found} 这个条件。"),
        (guess[0] + "Conditions: {known}.", guess[1] + "可用的条件：{known}。"),
        ("when", name),
        found=name,
        expected=near,
        values={"title": kind.title, "near": near, "known": "、".join(known)},
    )


def _never(name: str) -> Flaw:
    return Flaw(
        "never-holds",
        (
            "the condition “{found}” admits nothing, so the phrase can never be used.",
            "条件 {found} 没有取值，永远用不上。",
        ),
        ("Name a value, or leave the condition out.", "请填写取值，或删去这个条件。"),
        ("when", name),
        found=name,
    )


def _unknown_value(name: str, value: str, number: int, allowed: tuple[str, ...]) -> Flaw:
    near = nearest(value, allowed) or _CHINESE_CASES.get(value, "")
    near = near if near in allowed else ""
    guess = ("Did you mean {near}? ", "是否为 {near}？") if near else ("", "")
    return Flaw(
        "unknown-value",
        ("the condition {name} has no value {found}.", "条件 {name} 没有“{found}”这个取值。"),
        (guess[0] + "Values: {known}.", guess[1] + "可用的取值：{known}。"),
        ("when", name, number),
        found=value,
        new=near or None,
        values={"name": name, "near": near, "known": "、".join(allowed)},
    )


_CHINESE_CASES = {
    "增加": "up",
    "减少": "down",
    "基本持平": "nearly",
    "新增": "new",
    "持平": "equal",
    "金额": "money",
    "数目": "count",
    "increase": "up",
    "decrease": "down",
    "rise": "up",
    "fall": "down",
}


def _lost_facts(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    printed = kind.roles(slots_of(phrase.text))
    unrated = bool(phrase.when.get("measure")) and set(phrase.when["measure"]) <= UNRATED
    lost: dict[str, list[str]] = {}
    for case in phrase.when.get("case", kind.cases):
        needed = set(kind.must.get(case, ())) - ({"rate"} if unrated else set())
        for role in sorted(needed - printed):
            lost.setdefault(role, []).append(case)
    for role, cases in lost.items():
        slots = kind.printing(role)
        yield Flaw(
            "loses-fact",
            (
                "it leaves out what has to be printed in the case {cases}: {shown}.",
                "情形 {cases} 必须印出的内容没有写：{shown}。",
            ),
            ("Put one of these slots into the text: {slots}.", "请在文字中加上其中一个位置：{slots}。"),
            ("text",),
            found=f"{cases[0]}: {role}",
            expected="{{ " + slots[0] + " }}" if slots else "",
            values={
                "cases": "、".join(cases),
                "shown": kind.shows.get(slots[0], role) if slots else role,
                "slots": "、".join("{{ " + s + " }}" for s in slots),
            },
        )
