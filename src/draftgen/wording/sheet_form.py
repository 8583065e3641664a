"""The form of a file of a layer: which sections it may have, and the shape of what stands beside the phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from draftgen.figures.source_tree import RawPath
from draftgen.findings import Finding, Localised, Severity
from draftgen.wording.flaws import nearest
from draftgen.wording.layers import Sheet
from draftgen.wording.phrases import SLOT
from draftgen.wording.preferences import KEYS, MOST_STARS, MOST_WISHES, STYLE_KEYS, is_wish

ADDED = ("causes", "cause", "results", "fixed", "terms")  # small banks that a layer may add to
SECTIONS = ("phrases", *ADDED, *KEYS)
_LISTS = ("prefer", "avoid", "retire")
_GROUPS = ("pick", "use", "style")
# what an item of a small bank must have: text, or a list of texts
_NEEDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "causes": (("id",), ("direction", "subjects", "texts")),
    "cause": (("id", "text"), ()),
    "fixed": (("use",), ("avoid",)),
}


def sheet_form(sheet: Sheet) -> Iterator[Finding]:
    """Yield what is wrong with the form of a file, but for the entries themselves."""
    for name, value in sheet.source.tree.items():
        if name not in SECTIONS:
            yield _finding(sheet, (name,), "unknown-section", *_unknown(name))
        elif value is None:
            continue
        elif name == "phrases":
            yield from _list_of_groups(sheet, name, value)
        elif name in _LISTS:
            yield from _texts(sheet, (name,), value)
        elif name in _GROUPS:
            yield from _group(sheet, name, value)
        elif name in _NEEDS:
            yield from _items(sheet, name, value)
        elif name == "results":
            yield from _results(sheet, value)
        elif name == "terms":
            yield from _terms(sheet, value)


def _unknown(name: str) -> tuple[Localised, Localised]:
    near = nearest(name, SECTIONS)
    values = {"found": name[:60], "near": near, "known": "、".join(SECTIONS)}
    guess = ("Did you mean “{near}”? ", "是否为“{near}”？") if near else ("", "")
    return (
        Localised("A file of phrases has no section “{found}”.", "词库文件没有“{found}”这一部分。", values),
        Localised(guess[0] + "Sections: {known}.", guess[1] + "可用的部分：{known}。", values),
    )


def _finding(sheet: Sheet, at: RawPath, code: str, message: Localised, hint: Localised) -> Finding:
    found = str(message.values.get("found", ""))
    return Finding(code, Severity.ERROR, message, (sheet.place(at),), hint, found, str(message.values.get("near", "")))


def _wrong(sheet: Sheet, at: RawPath, en: str, zh: str) -> Finding:
    name = ".".join(str(s + 1) if isinstance(s, int) else s for s in at)
    values = {"found": name[:60], "shape": Localised(en, zh)}
    message = Localised("“{found}” should be {shape}.", "“{found}”应为{shape}。", values)
    hint = Localised(
        "Compare with the built-in files in phrasebanks/common.", "请参照内置词库 phrasebanks/common 中的写法。"
    )
    return _finding(sheet, at, "wrong-shape", message, hint)


def _list_of_groups(sheet: Sheet, name: str, value: object) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield _wrong(sheet, (name,), "a list, each item beginning with “- ”", "列表，每一项以“- ”开头")
        return
    for number, item in enumerate(value):
        if not isinstance(item, dict):
            yield _wrong(sheet, (name, number), "a group of keys", "一组“键: 值”")


def _texts(sheet: Sheet, at: RawPath, value: object) -> Iterator[Finding]:
    good = isinstance(value, str) or (isinstance(value, list) and all(isinstance(v, str) for v in value))
    if not good:
        yield _wrong(sheet, at, "a list of texts", "由文字组成的列表")
        return
    listed = value if isinstance(value, list) else [value]
    if len(listed) > MOST_WISHES or not all(is_wish(str(v)) for v in listed):
        yield _wrong(
            sheet,
            at,
            f"{MOST_WISHES} names at the most, each with {MOST_STARS} stars at the most",
            f"不超过{MOST_WISHES}个名称，每个最多{MOST_STARS}个“*”",
        )


def _group(sheet: Sheet, name: str, value: object) -> Iterator[Finding]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        yield _wrong(sheet, (name,), "a group of keys and texts", "一组“键: 文字”")
        return
    for key in value if name == "style" else ():
        if key not in STYLE_KEYS:
            yield _wrong(sheet, (name, key), " or ".join(STYLE_KEYS), "、".join(STYLE_KEYS) + " 之一")


def _items(sheet: Sheet, name: str, value: object) -> Iterator[Finding]:
    yield from _list_of_groups(sheet, name, value)
    texts, lists = _NEEDS[name]
    for number, item in enumerate(value if isinstance(value, list) else ()):
        if not isinstance(item, dict):
            continue
        for field in texts:
            if not isinstance(item.get(field), str):
                yield _wrong(sheet, (name, number, field), "a text", "一段文字")
        for field in lists:
            if not _is_texts(item.get(field)) and not (field == "texts" and isinstance(item.get("text"), str)):
                yield _wrong(sheet, (name, number, field), "a list of texts", "由文字组成的列表")
        yield from _joint(sheet, name, number, item)


def _joint(sheet: Sheet, name: str, number: int, item: Mapping[str, Any]) -> Iterator[Finding]:
    """A joint to a reason names the reason once, and nothing else."""
    if name != "cause":
        return
    if isinstance(text := item.get("text"), str) and SLOT.findall(text) != ["reason"]:
        yield _wrong(
            sheet,
            (name, number, "text"),
            "a text with the slot {{ reason }} in it once",
            "含有一个 {{ reason }} 的文字",
        )
    when = item.get("when", {})
    if not (isinstance(when, dict) and all(k == "reason" and _is_texts(v) for k, v in when.items())):
        yield _wrong(sheet, (name, number, "when"), "reason: [short, long, several]", "reason: [short, long, several]")


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) for v in value)


def _results(sheet: Sheet, value: object) -> Iterator[Finding]:
    yield from _list_of_groups(sheet, "results", value)
    for number, item in enumerate(value if isinstance(value, list) else ()):
        if not isinstance(item, dict):
            continue
        verbs = item.get("verbs")
        good = isinstance(verbs, dict) and verbs and all(_is_texts(v) for v in verbs.values())
        if not (good and isinstance(item.get("kind"), str) and _is_texts(item.get("objects"))):
            yield _wrong(sheet, ("results", number), "kind, objects and verbs", "kind、objects、verbs 三项")


def _terms(sheet: Sheet, value: object) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield _wrong(sheet, ("terms",), "a group of notions", "一组概念")
        return
    for notion, options in value.items():
        good = isinstance(options, list) and options and all(_is_words(o) for o in options)
        if not good:
            yield _wrong(sheet, ("terms", notion), "a list of groups of words", "由若干组词语组成的列表")


def _is_words(option: object) -> bool:
    return isinstance(option, dict) and bool(option) and all(isinstance(v, str) for v in option.values())
