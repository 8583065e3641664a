"""Conditions of an outline: a line stands exactly where its condition holds, and nothing unknown makes one hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from draftgen.planning.conditions import faults, holds
from tests.desk import HEAD, context, examined

DATA = f"""{HEAD.replace("{全称: 某某区委员会办公室, 简称: 区委办}", "{全称: 甲, 性质: 参公}")}
会议费: 5
培训费: 0
职责: 涉密
绩效目标: {{项目: [{{名称: 甲-乙（1）, 金额: 3}}]}}
"""

CASES: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"has": "会议费"}, True),
    ({"has": ["会议费", "培训费"]}, True),
    ({"has": ["会议费", "资产"]}, False),
    ({"lacks": "资产"}, True),
    ({"lacks": ["资产", "会议费"]}, False),
    ({"secret": "职责"}, True),
    ({"open": "职责"}, False),
    ({"open": ["会议费", "职责"]}, False),
    ({"variant": "云南"}, True),
    ({"variant": ["上海", "云南"]}, True),
    ({"variant": "上海"}, False),
    ({"not-variant": ["上海", "四川"]}, True),
    ({"not-variant": "云南"}, False),
    ({"is": {"单位.性质": ["行政", "参公"]}}, True),
    ({"is": {"单位.性质": "事业"}}, False),
    ({"is": {"单位.口径": "部门"}}, False),  # not given: nothing is known of it
    ({"when": "会议费 > 0"}, True),
    ({"when": "培训费 > 0"}, False),
    ({"when": "培训费 = 0"}, True),
    ({"when": ["会议费 > 0", "培训费 > 0"]}, False),
    ({"when": "机关运行经费 = 0"}, False),  # not known is not zero
    ({"unless": "机关运行经费 = 0"}, True),
    ({"unless": "会议费 > 0"}, False),
    ({"has": "会议费", "when": "培训费 > 0"}, False),
]


@pytest.mark.parametrize(("condition", "expected"), CASES, ids=[str(c[0]) for c in CASES])
def test_a_condition_holds_exactly_where_it_is_true(condition: dict[str, Any], expected: bool, tmp_path: Path) -> None:
    ctx = replace(context(examined(DATA, tmp_path)), variant="云南")
    assert holds(condition, ctx) is expected


def test_a_formula_may_speak_of_the_item_whatever_its_name_holds(tmp_path: Path) -> None:
    ctx = context(examined(DATA, tmp_path))
    ((name, item),) = ctx.items("绩效目标.项目")
    assert name == "甲-乙（1）"
    assert holds({"when": "@.金额 > 2"}, item)
    assert not holds({"when": "@.金额 > 3"}, item)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"maybe": "会议费"}, "maybe"),
        ({"when": "会议费 >"}, "会议费 >"),
        ({"unless": ["会议费 > 0", "a"]}, "a"),
        ({"is": "行政"}, "行政"),
        ("会议费", "会议费"),
    ],
)
def test_what_is_no_condition_is_told(condition: Any, told: str) -> None:
    assert told in "; ".join(faults(condition))
