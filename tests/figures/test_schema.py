"""The JSON Schema of the data file, checked with a small validator for the keywords that it uses."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.schema import json_schema
from draftgen.figures.schema_fields import fields_of

GOOD: dict[str, Any] = {
    "年度": 2020,
    "金额单位": "万元",
    "单位": {"全称": "甲"},
    "机构": None,
    "收入": {"财政拨款收入": 1709.63, "其他收入": {"本年": "63.79万元", "原因": "甲"}, "合计": None},
    "支出": {"基本支出": 5, "项目支出": {"功能分类": {"教育支出": {"上年": 1}}}},
    "评价": {"依据": ["预算法", {"名称": "通知"}], "思路": "甲", "时段": {"起": "2020-01-01", "止": "2020年12月"}},
    "标志": {"甲": "是", "乙": True},
}
IN_ENGLISH = {"year": "2020", "money_unit": "元", "unit": {"full_name": "甲"}, "income": {"fiscal": {"current": 1}}}
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "null": (type(None),),
    "number": (int, float),
}
_KNOWN = {"$schema", "$defs", "$ref", "title", "description", "type", "properties", "additionalProperties"}
_KNOWN |= {"allOf", "anyOf", "not", "enum", "items", "required", "pattern"}


def accepts(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    assert set(schema) <= _KNOWN
    if "$ref" in schema and not accepts(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, root):
        return False
    if "type" in schema and not _has_type(schema["type"], value):
        return False
    if "enum" in schema and not any(value is c or (value == c and type(value) is type(c)) for c in schema["enum"]):
        return False
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        return False
    parts = [accepts(s, value, root) for s in schema.get("anyOf", [])]
    if (parts and not any(parts)) or not all(accepts(s, value, root) for s in schema.get("allOf", [])):
        return False
    if "not" in schema and accepts(schema["not"], value, root):
        return False
    return _accepts_contents(schema, value, root)


def _accepts_contents(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    if isinstance(value, list) and "items" in schema:
        return all(accepts(schema["items"], item, root) for item in value)
    if not isinstance(value, dict):
        return True
    if any(key not in value for key in schema.get("required", [])):
        return False
    for key, entry in value.items():
        inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", True))
        if inner is False or (isinstance(inner, dict) and not accepts(inner, entry, root)):
            return False
    return True


def _has_type(wanted: str | list[str], value: Any) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)


def test_a_good_file_is_accepted() -> None:
    schema = json_schema()
    assert accepts(schema, GOOD, schema)
    assert accepts(schema, IN_ENGLISH, schema)


BAD: dict[str, dict[str, Any]] = {
    "unknown key": {**GOOD, "甲": 1},
    "unknown key below": {**GOOD, "收入": {"甲": 1}},
    "missing required key": {"年度": 2020, "金额单位": "元"},
    "missing required key below": {**GOOD, "单位": {"简称": "甲"}},
    "required key left empty": {**GOOD, "年度": None},
    "word for a number": {**GOOD, "收入": {"合计": "很多"}},
    "no such choice": {**GOOD, "金额单位": "千元"},
    "value for a group": {**GOOD, "收入": 5},
    "group for a list": {**GOOD, "经验": {"标题": "甲"}},
    "no date": {**GOOD, "公开日期": "昨天"},
    "no flag": {**GOOD, "标志": {"甲": "也许"}},
}


@pytest.mark.parametrize("value", BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused(value: dict[str, Any]) -> None:
    schema = json_schema()
    assert not accepts(schema, value, schema)


def test_every_field_has_a_chinese_and_an_english_property() -> None:
    properties = json_schema()["properties"]
    for spec in fields_of(Dataset):
        assert properties[spec.zh]["title"] == spec.zh
        assert spec.en in properties[spec.zh]["description"]
        assert properties[spec.attribute]["description"] == f"= {spec.zh}"


def test_every_reference_leads_somewhere() -> None:
    schema = json_schema()
    referred = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema)))
    assert referred == set(schema["$defs"])


def test_topics_limit_what_is_accepted() -> None:
    schema = json_schema(["收入", "score"])
    chinese = [spec.zh for spec in fields_of(Dataset) if spec.zh in schema["properties"]]
    assert chinese == ["报告", "年度", "金额单位", "单位", "收入", "评分"]
    assert "ThreePublic" not in schema["$defs"]


def test_an_unknown_topic_is_refused() -> None:
    with pytest.raises(ValueError, match="没有"):
        json_schema(["没有"])


def test_the_schema_is_the_same_each_time() -> None:
    assert json.dumps(json_schema()) == json.dumps(json_schema())
