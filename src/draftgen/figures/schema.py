"""The JSON Schema of the data file, for completion and checking while typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from draftgen.figures.model.fields import Topic
from draftgen.figures.schema_fields import FieldSpec, Kind, Shape, by_chinese_key, fields_of, top_level

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_VALUES: tuple[tuple[Kind, str, str], ...] = (
    ("number", "Number", "数字，后面可直接写单位，如 5.2万元"),
    ("date", "Date", "日期，如 2020-12-31 或 2020年12月"),
    ("flag", "Flag", "是或否"),
    ("text", "Text", "文字"),
)
_NULL: dict[str, Any] = {"type": "null"}


def json_schema(topics: Sequence[str] | None = None) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the data file, with Chinese and English keys.

    With `topics` (Chinese or English keys of the top level), only these, the report and what is required anywhere are
    accepted. A key without a value is accepted wherever the value is optional: it means "not known".

    Raises:
        ValueError: no such topic.
    """
    defs: dict[str, Any] = {}
    root = _object(top_level(topics), defs)
    return {
        "$schema": _DRAFT,
        "title": "数据文件",
        "description": "报告所用的数据。没有填写的项视为不清楚，不视为零。",
        **root,
        "type": "object",
        "$defs": dict(sorted(defs.items())),
    }


def _object(specs: Sequence[FieldSpec], defs: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for spec in specs:
        value = _schema(spec.shape, defs)
        if spec.required:
            value = {**value, "not": _NULL}
        properties[spec.zh] = {**value, "title": spec.zh, "description": _described(spec)}
    for spec in specs:
        value = _schema(spec.shape, defs)
        properties[spec.attribute] = {**value, "description": f"= {spec.zh}"}
    schema: dict[str, Any] = {
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
    }
    required = [s for s in specs if s.required]
    if required:
        schema["allOf"] = [{"anyOf": [{"required": [s.zh]}, {"required": [s.attribute]}]} for s in required]
    return schema


def _schema(shape: Shape, defs: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a shape; what is used again is put into `defs` once."""
    if shape.topic is not None:
        return _group(shape.topic, defs)
    if shape.kind == "choice":
        return {"enum": [*shape.choices, None]}
    if shape.item is None:
        return _value(shape, defs)
    item = _schema(shape.item, defs)
    if shape.kind == "named":
        return {"type": ["object", "null"], "additionalProperties": item}
    if shape.item.kind == "text":
        several = {"type": "array", "items": item}
        defs.setdefault("Texts", {"anyOf": [item, several], "description": "文字；可写多条，每条前加“- ”"})
        return {"$ref": "#/$defs/Texts"}
    return {"type": ["array", "null"], "items": item}


def _group(topic: type[Topic], defs: dict[str, Any]) -> dict[str, Any]:
    name = topic.__name__
    if name not in defs:
        defs[name] = {}  # stands in while the group itself is built
        schema = _object(fields_of(topic), defs)
        if topic.bare_field:
            schema = {"anyOf": [_bare(topic, defs), schema]}
        defs[name] = schema
    return {"$ref": f"#/$defs/{name}"}


def _bare(topic: type[Topic], defs: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the single value that may stand for a group."""
    shape = by_chinese_key(topic)[topic.bare_field].shape
    return _bare(shape.topic, defs) if shape.topic is not None else _schema(shape, defs)


def _value(shape: Shape, defs: dict[str, Any]) -> dict[str, Any]:
    name, described = next((name, said) for kind, name, said in _VALUES if kind == shape.kind)
    defs.setdefault(name, {"anyOf": [dict(shape.schema), _NULL], "description": described})
    return {"$ref": f"#/$defs/{name}"}


def _described(spec: FieldSpec) -> str:
    label = f"{spec.zh}（{spec.unit}）" if spec.unit else spec.zh
    said = f"{label}。{spec.note}" if spec.note else label
    return f"{said} [{spec.en}]"
