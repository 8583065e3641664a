"""What is said when the keys or the shape of a data file do not fit the model."""

from __future__ import annotations

import difflib

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Figure, Topic
from draftgen.figures.schema_fields import Shape, by_chinese_key, by_key, fields_of, fold, homes, join
from draftgen.figures.source_tree import Node, fault
from draftgen.findings import Finding, Localised, Place


def unknown_key(place: Place, key: str, topic: type[Topic], path: str) -> Finding:
    """Build the finding for a key that the topic does not have, naming the likeliest meant one."""
    hint, meant = _meant(key, topic, path)
    return fault(
        "unknown-key",
        place,
        ("“{group}” has no key “{key}”", "“{group}”下没有“{key}”这个键"),
        hint,
        found=key,
        expected="、".join(spec.zh for spec in fields_of(topic)),
        keys=(meant,) if meant else (),
        key=key,
        group=Localised(path or "the file", path or "数据文件"),
    )


def _meant(key: str, topic: type[Topic], path: str) -> tuple[Localised, str]:
    """Return the advice, and the path of the key of this topic that was probably meant (or nothing)."""
    near, likeness = _nearest(key, topic)
    if near and likeness >= 0.75:
        return _did_you_mean(near), join(path, near)
    inner = by_chinese_key(topic).get(topic.bare_field)
    if inner and inner.shape.topic and fold(key) in by_key(inner.shape.topic):
        return Localised(
            "write it one level further down, under “{inner}”",
            "请写在下一级“{inner}”之下",
            {"inner": inner.zh},
        ), ""
    elsewhere = sorted(homes(key), key=lambda home: home.count("."))[:3]
    if elsewhere:
        return _belongs_to(elsewhere), ""
    if fold(key) in by_key(Figure):
        return Localised(
            "“{key}” belongs under a single figure, for example 收入.其他收入",
            "“{key}”应写在某一个数之下，如“收入”的“其他收入”之下",
            {"key": key},
        ), ""
    if near:
        return _did_you_mean(near), join(path, near)
    known = "、".join(spec.zh for spec in fields_of(topic))
    return Localised("known here: {known}", "此处可用的键：{known}", {"known": known}), ""


def _nearest(key: str, topic: type[Topic]) -> tuple[str, float]:
    folded = fold(key)[:80]
    found = difflib.get_close_matches(folded, list(by_key(topic)), 1, 0.5)
    if not found:
        return "", 0.0
    return by_key(topic)[found[0]].zh, difflib.SequenceMatcher(None, folded, found[0]).ratio()


def _did_you_mean(near: str) -> Localised:
    return Localised("did you mean “{near}”?", "是否为“{near}”？", {"near": near})


def _belongs_to(paths: list[str]) -> Localised:
    if len(paths) == 1 and "." not in paths[0]:
        return Localised(
            "“{home}” stands at the top level: look at the indentation",
            "“{home}”是最上一级的键，请检查缩进",
            {"home": paths[0]},
        )
    return Localised("it belongs to {home}", "它应写在：{home}", {"home": "、".join(paths)})


def both_names(place: Place, first: Place, key: str, other: str) -> Finding:
    """Build the finding for a field that is given under two of its names."""
    return fault(
        "duplicate-key",
        place,
        ("“{key}” and “{other}” are the same key", "“{key}”和“{other}”是同一个键"),
        ("keep one of the two", "请只保留一处"),
        found=key,
        also=(first,),
        key=key,
        other=other,
    )


def empty_item(place: Place) -> Finding:
    """Build the finding for an empty entry in a list whose order counts."""
    return fault(
        "not-a-flag",
        place,
        ("an entry of the list is empty", "列表中有一项没有填写"),
        ("write 是 or 否 for every entry, since their order counts", "本列表按顺序对应，每一项都要写“是”或“否”"),
        expected="是/否",
    )


def wrong_shape(place: Place, node: Node, shape: Shape) -> Finding:
    """Build the finding for a list, group or value that stands where another of the three is wanted."""
    found, wanted = _found(node), _wanted(shape)
    return fault(
        "wrong-shape",
        place,
        ("“{path}” must be {wanted}, found {what}", "“{path}”应为{wanted}，实际为{what}"),
        _shape_hint(node, shape),
        found=node if isinstance(node, str) else found.zh,
        expected=wanted.zh,
        path=place.path,
        wanted=wanted,
        what=found,
    )


def _found(node: Node) -> Localised:
    if isinstance(node, dict):
        return Localised("a group of keys", "一组键值")
    if isinstance(node, list):
        return Localised("a list", "列表")
    return Localised("a single value", "单个值")


def _wanted(shape: Shape) -> Localised:
    if shape.kind in ("group", "named"):
        return Localised("a group of keys", "一组键值")
    if shape.kind == "list":
        return Localised("a list", "列表")
    return Localised("a single value", "单个值")


def _shape_hint(node: Node, shape: Shape) -> tuple[str, str]:
    if isinstance(node, str) and any(mark in node for mark in (":", "：")):
        return (
            "behind a key stands a half-width colon and a space: “key: value”",
            "键后面要用半角冒号加空格，写成“键: 值”",
        )
    if shape.kind == "list":
        return ("put “- ” in front of each entry, also of a single one", "每一项前面加“- ”，只有一项时也要加")
    if shape.kind == "group" and shape.topic is not None and shape.topic is not Dataset:
        first = "、".join(spec.zh for spec in fields_of(shape.topic)[:4])
        if isinstance(node, list):
            return (f"delete “- ”; write keys such as {first}", f"请去掉“- ”，写成下一级的键，如{first}")
        return (f"write keys under it, such as {first}", f"请在下一级写明各键，如{first}")
    if shape.kind == "named":
        return ("write “name: value” under it, one a line", "请在下一级每行写一个“名称: 值”")
    return ("write one value behind the key", "请在键后面只写一个值")
