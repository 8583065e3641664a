"""The JSON Schema of a phrase file, for completion and red lines in an editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from draftgen.wording.contract import MessageType
from draftgen.wording.form import REGISTERS
from draftgen.wording.preferences import STYLE_KEYS
from draftgen.wording.rules import STATUSES

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_TEXT_OR_TEXTS = {"anyOf": [_TEXT, _TEXTS]}


def phrase_schema(contract: Mapping[str, MessageType]) -> dict[str, Any]:
    """Return the schema of a file of a layer."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "draftgen 词库",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "phrases": {"type": ["array", "null"], "items": _entry(contract), "description": "短语"},
            "prefer": _TEXT_OR_TEXTS | {"description": "优先使用：短语代号（可用 *）、tag:标签、register:formal"},
            "avoid": _TEXT_OR_TEXTS | {"description": "尽量不用，写法同上"},
            "retire": _TEXT_OR_TEXTS | {"description": "停用的短语代号"},
            "pick": _texts_by_name("某一处固定使用哪条短语：位置代号: 短语代号"),
            "use": _texts_by_name("用语，如 versus: 较上年；unit: 本部门"),
            "style": {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: {"type": ["string", "number", "boolean"]} for name in STYLE_KEYS},
                "description": "数字的写法：金额小数位、比率小数位、是否去掉末尾的零",
            },
            "causes": _list_of(
                "增减原因，供填写人选用", {"id": _TEXT, "direction": _TEXTS, "subjects": _TEXTS, "texts": _TEXTS}
            ),
            "cause": _list_of("引出原因的连接用语", {"id": _TEXT, "text": _TEXT, "when": {"type": "object"}}),
            "results": _list_of("工作成果的动词", {"kind": _TEXT, "objects": _TEXTS, "verbs": {"type": "object"}}),
            "fixed": _list_of("规范用语", {"use": _TEXT, "avoid": _TEXTS}),
            "terms": {"type": "object", "description": "全文只用一种说法的概念"},
        },
    }


def _texts_by_name(about: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": _TEXT, "description": about}


def _list_of(about: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "properties": dict(fields)}, "description": about}


def _entry(contract: Mapping[str, MessageType]) -> dict[str, Any]:
    titles = "；".join(f"{kind.name} {kind.title}" for kind in contract.values())
    return {
        "type": "object",
        "required": ["id", "message", "text"],
        "additionalProperties": False,
        "properties": {
            "id": {
                "type": "string",
                "pattern": r"^[\w\-]+(\.[\w\-]+)*$",
                "description": "唯一的代号，如 office.change.1",
            },
            "message": {"enum": list(contract), "description": titles},
            "text": {
                "type": "string",
                "maxLength": 400,
                "description": "文字和位置，如 {{ item }}{{ amount }}；不写句末标点",
            },
            "when": {"type": "object", "description": "适用条件"},
            "status": {"enum": list(STATUSES)},
            "tags": _TEXT_OR_TEXTS,
            "register": {"enum": list(REGISTERS), "description": "plain 平实，formal 庄重"},
            "note": _TEXT,
            "examples": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["given", "gives"],
                    "additionalProperties": False,
                    "properties": {"given": {"type": ["object", "null"]}, "gives": _TEXT},
                },
            },
        },
        "allOf": [_of_message(kind) for kind in contract.values()],
    }


def _of_message(kind: MessageType) -> dict[str, Any]:
    axes = {"case": kind.cases, **kind.features}
    conditions: dict[str, Any] = {name: _one_or_several(values) for name, values in axes.items()}
    conditions["about"] = _TEXT_OR_TEXTS | {"description": "只用于这些数据，如 三公经费.公务接待费"}
    shown = "；".join("{{ " + slot + " }} " + text for slot, text in kind.shows.items())
    return {
        "if": {"properties": {"message": {"const": kind.name}}, "required": ["message"]},
        "then": {
            "properties": {
                "when": {"properties": conditions, "additionalProperties": False},
                "text": {"description": f"“{kind.title}”可用的位置：{shown}"},
            }
        },
    }


def _one_or_several(values: tuple[str, ...]) -> dict[str, Any]:
    if not values:
        return _TEXT_OR_TEXTS
    one = {"enum": list(values)}
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}]}
