"""Whatever is known of a project: it is drafted, what is printed is true, and a total never hides what is missing."""

from __future__ import annotations

import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draftgen.draft import Value
from draftgen.errors import InputError
from draftgen.pipeline import Examined, compose, examine, load, render
from draftgen.word.lint import lint
from draftgen.word.text import plain_text
from tests.desk import FOLDERS
from tests.e2e.test_accuracy import NUMERAL, is_printed_right

amounts = st.decimals(min_value=0, max_value=100000, places=2).map(str)
numbers = st.one_of(
    st.decimals(min_value=-50, max_value=5000, places=1).map(str),
    st.decimals(min_value=0, max_value=150, places=1).map(lambda n: f"{n}%"),
    st.just("0"),
)
points = st.integers(min_value=0, max_value=50).map(str)
words = st.sampled_from(["推迟", "按计划完成。", "主要原因是物价上涨", "一是甲；二是乙"])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


indicators = st.builds(
    lambda name, rest: {"名称": name, **rest},
    st.sampled_from(["培训人次", "满意度", "成本", "No.1 [A*]", "《手册》"]),
    some(
        一级指标=st.sampled_from(["产出指标", "效益", "满意度指标", "成本指标", "投入"]),
        二级指标=st.sampled_from(["数量指标", "质量指标", "社会效益指标"]),
        性质=st.sampled_from(["≥", "≤", "=", ">", "<"]),
        目标值=numbers, 实际值=numbers, 单位=st.sampled_from(["人次", "元", "万元"]), 分值=points, 得分=points,
        目标描述=words, 完成描述=words, 完成程度=st.sampled_from(["达成", "部分达成", "未达成"]),
        适用=st.sampled_from(["是", "否"]), 偏差原因=words, 改进措施=words,
    ),
)  # fmt: skip
figures = some(本年=amounts, 年初预算=amounts, 全年预算=amounts, 预决算差异原因=words)
projects = st.builds(
    lambda name, rest: {"名称": name, **rest},
    st.sampled_from(["培训", "检测（二期）", "2020年{A}工程"]),
    some(
        单位=words, 金额=amounts, 立项背景=words,
        目标=st.lists(words, max_size=2), 完成情况=st.lists(words, max_size=2),
        资金=some(合计=figures, 财政拨款=figures, 上年结转=figures, 到位=amounts, 分值=points, 得分=points),
        指标=st.lists(indicators, max_size=4), 总分=points, 等级=st.sampled_from(["优", "良", "甲"]),
        问题=st.lists(st.fixed_dictionaries({"标题": words}), max_size=2),
    ),
)  # fmt: skip
HEAD = {"报告": "project-performance", "年度": "2023", "金额单位": "万元", "单位": {"全称": "某某局"}}


def looked_at(listed: list[dict[str, Any]], variant: str) -> Examined | None:
    tree = {**HEAD, "绩效目标": {"项目": listed}, "设置": {"版式": variant}}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.yaml"
        path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "utf-8")
        try:
            return examine(load(path), where=FOLDERS)
        except InputError:
            return None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(projects, min_size=1, max_size=3), st.sampled_from(["全国", "四川"]))
def test_whatever_is_known_of_projects_is_drafted_truly(listed: list[dict[str, Any]], variant: str) -> None:
    found = looked_at(listed, variant)
    if found is None:
        return
    draft, facts = compose(found, where=FOLDERS), found.knowledge.facts
    data = render(draft, ".docx", FOLDERS)
    assert lint(data) == []
    assert Counter(NUMERAL.findall(plain_text(data))) == Counter(NUMERAL.findall(draft.as_text()))
    for value in draft.inlines():
        if isinstance(value, Value) and value.role == "figure" and value.key in facts:
            number = NUMERAL.search(value.text)
            assert number is not None
            assert is_printed_right(facts[value.key], number[0]), value
    for card in found.knowledge.projects.values():
        if any(row.final is None for row in card.scored) and card.total is not None:
            assert f"{card.key}.总分" in facts, "a total that nobody gave, though a score is missing"
        for row in card.scored:
            assert row.given or row.final is None or Decimal(0) <= row.final <= (row.weight or Decimal(0))
