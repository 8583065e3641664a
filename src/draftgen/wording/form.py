"""The form of an entry: its fields and their shapes, and the phrase that comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from draftgen.findings import Severity
from draftgen.wording.flaws import Flaw, nearest
from draftgen.wording.phrases import Phrase

REQUIRED = ("id", "message", "text")
FIELDS = (*REQUIRED, "when", "status", "examples", "tags", "register", "note")
REGISTERS = ("plain", "formal")
MOST_ITEMS = 100  # of a list in an entry
_ID = re.compile(r"[\w\-]+(\.[\w\-]+)*")
_SHAPES: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "message": (str,),
    "text": (str,),
    "when": (dict,),
    "status": (str,),
    "examples": (list,),
    "tags": (list, str),
    "register": (str,),
    "note": (str,),
}
_SHAPES_TOLD: Mapping[type, tuple[str, str]] = {
    str: ("one text", "一段文字"),
    dict: ("a group of keys", "一组“键: 值”"),
    list: ("a list", "列表"),
}


def build(tree: Mapping[str, Any], place: str = "", layer: str = "built-in") -> Phrase | None:
    """Return the phrase of an entry of right form, None of a wrong one."""
    if next((f for f in form_flaws(tree) if f.severity is Severity.ERROR), None) is not None:
        return None
    when = {name: _values(v) for name, v in (tree.get("when") or {}).items()}
    about = when.pop("about", ())
    examples = tuple((e["given"] or {}, e["gives"]) for e in tree.get("examples") or ())
    return Phrase(
        id=tree["id"],
        message=tree["message"],
        text=tree["text"],
        when=when,
        about=about,
        status=tree.get("status") or "reviewed",
        examples=examples,
        place=place,
        tags=_values(tree.get("tags") or []),
        register=tree.get("register") or "",
        layer=layer,
    )


def _values(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (str(value),)


def form_flaws(tree: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield what is wrong with the form of an entry."""
    for name in tree:
        if name not in _SHAPES:
            yield _unknown_field(name, tree)
    for name in REQUIRED:
        if tree.get(name) in (None, ""):
            yield _missing_field(name)
    for name, shapes in _SHAPES.items():
        value = tree.get(name)
        if value is not None and not isinstance(value, shapes):
            yield _wrong_shape((name,), shapes[0])
        elif isinstance(value, list) and len(value) > MOST_ITEMS:
            yield _too_many((name,))
    yield from _id_flaws(tree.get("id"))
    yield from _condition_shapes(tree.get("when"))
    yield from _example_shapes(tree.get("examples"))
    if isinstance(register := tree.get("register"), str) and register not in REGISTERS:
        yield _unknown_register(register)


def _unknown_field(name: str, tree: Mapping[str, Any]) -> Flaw:
    near = nearest(name, [f for f in FIELDS if f not in tree])
    guess = ("Did you mean “{near}”? ", "是否为“{near}”？") if near else ("", "")
    return Flaw(
        "unknown-field",
        ("an entry has no field “{found}”.", "短语没有“{found}”这个字段。"),
        (guess[0] + "Fields: {known}.", guess[1] + "可用的字段：{known}。"),
        (name,),
        found=name,
        expected=near,
        values={"near": near, "known": "、".join(FIELDS)},
    )


def _missing_field(name: str) -> Flaw:
    told = {
        "id": ("a name of its own, such as office.change.1", "唯一的代号，如 office.change.1"),
        "message": ("the message type, such as change", "信息的类型，如 change（与上年相比）"),
        "text": ("the words with slots", "带位置的文字，如 {{ item }}{{ amount }}"),
    }[name]
    return Flaw(
        "missing-field",
        ("the field “{found}” is missing.", "缺少字段“{found}”。"),
        ("Add a line “{found}: …”: {told}.", "请加上一行“{found}: ……”，填写{told_zh}。"),
        found=name,
        values={"told": told[0], "told_zh": told[1]},
    )


def _wrong_shape(at: tuple[str | int, ...], shape: type) -> Flaw:
    en, zh = _SHAPES_TOLD[shape]
    return Flaw(
        "wrong-shape",
        ("“{found}” should be {shape}.", "“{found}”应为{shape_zh}。"),
        (
            "See `draftgen phrases schema`, or copy the form of an entry from `draftgen phrases add`.",
            "请参照 draftgen phrases add 写出的短语修改；文字中有冒号、引号或花括号的，整段加英文双引号。",
        ),
        at,
        found=".".join(str(s) for s in at),
        values={"shape": en, "shape_zh": zh},
    )


def _too_many(at: tuple[str | int, ...]) -> Flaw:
    return Flaw(
        "too-many-items",
        ("“{found}” has more than {limit} items.", "“{found}”超过{limit}项。"),
        ("Keep what is needed.", "请只保留需要的内容。"),
        at,
        found=".".join(str(s) for s in at),
        values={"limit": MOST_ITEMS},
    )


def _id_flaws(name: object) -> Iterator[Flaw]:
    if not isinstance(name, str) or not name or _ID.fullmatch(name):
        return
    mended = re.sub(r"[^\w\-]+", ".", name).strip(".")
    yield Flaw(
        "bad-id",
        ("the id holds something else than letters, digits, “-” and “.”.", "代号只能用字母、汉字、数字、“-”和“.”。"),
        ("Write: {new}", "可改为：{new}"),
        ("id",),
        found=name,
        new=mended or None,
    )


def _condition_shapes(when: object) -> Iterator[Flaw]:
    for name, value in when.items() if isinstance(when, dict) else ():
        if isinstance(value, dict) or value is None:
            yield _wrong_shape(("when", name), list)
        if isinstance(value, list) and len(value) > MOST_ITEMS:
            yield _too_many(("when", name))
            continue
        for number, one in enumerate(value if isinstance(value, list) else ()):
            if not isinstance(one, str):
                yield _wrong_shape(("when", name, number), str)
            elif one in value[:number]:
                yield _repeated(name, number, one)


def _repeated(name: str, number: int, value: str) -> Flaw:
    return Flaw(
        "repeated-value",
        ("the condition {name} names {found} twice.", "条件 {name} 重复填写了“{found}”。"),
        ("Delete one of the two.", "请删去重复的一个。"),
        ("when", name, number),
        Severity.WARNING,
        found=value,
        values={"name": name},
    )


def _example_shapes(examples: object) -> Iterator[Flaw]:
    for number, example in enumerate(examples[:MOST_ITEMS] if isinstance(examples, list) else ()):
        if not isinstance(example, dict):
            yield _wrong_shape(("examples", number), dict)
            continue
        given = example.get("given")
        if given is not None and not (isinstance(given, dict) and all(isinstance(v, str) for v in given.values())):
            yield _wrong_shape(("examples", number, "given"), dict)
        if "given" not in example or not isinstance(example.get("gives"), str):
            yield _bad_example(number)


def _bad_example(number: int) -> Flaw:
    return Flaw(
        "bad-example",
        ("example {n} does not have both “given” and “gives”.", "第{n}个示例没有写全 given 和 gives。"),
        (
            "given: what stands in each slot; gives: the sentence that comes of it.",
            "given 写每个位置填什么，gives 写填好后的句子。",
        ),
        ("examples", number),
        values={"n": number + 1},
    )


def _unknown_register(register: str) -> Flaw:
    return Flaw(
        "unknown-register",
        ("the register {found} is not known.", "没有“{found}”这种语体。"),
        ("Use plain or formal, or leave it out.", "请填写 plain（平实）或 formal（庄重），也可以不填。"),
        ("register",),
        found=register,
        new=nearest(register, REGISTERS) or None,
    )
