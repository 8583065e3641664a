"""Economic subjects of basic outlay: in the order of their codes, summed by class, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from draftgen.findings import Severity
from draftgen.kinds import load_kind
from draftgen.pipeline import Examined
from tests.desk import FOLDERS, HEAD, KIND, examined

BASIC = "一般公共预算.基本支出"
ITEMS = """
一般公共预算:
  基本支出:
    人员经费明细:
      退休费: 3.00
      基本工资: 10.00
      津贴补贴: 5.50
    公用经费明细: {办公设备购置: 1.20, 差旅费: 2.00, 办公费: 4.00}
"""


@pytest.fixture
def made(tmp_path: Path) -> Examined:
    return examined(HEAD + ITEMS, tmp_path)


def test_the_items_stand_in_the_order_of_their_codes(made: Examined) -> None:
    items = made.knowledge.texts.items
    assert [i.rpartition(".")[2] for i in items[f"{BASIC}.人员经费明细"]] == ["基本工资", "津贴补贴", "退休费"]
    facts = [f.label for f in made.knowledge.facts.match(f"{BASIC}.公用经费明细.*")]
    assert facts == ["办公费", "差旅费", "办公设备购置"]


def test_each_row_of_the_table_has_its_amount_and_each_class_its_sum(made: Examined) -> None:
    value = made.knowledge.facts.value
    assert str(value(f"{BASIC}.人员经费科目.30101")) == "10.00"
    assert str(value(f"{BASIC}.人员经费科目.301")) == "15.50"
    assert str(value(f"{BASIC}.人员经费科目.303")) == "3.00"
    assert str(value(f"{BASIC}.公用经费科目.302")) == "6.00"
    assert value(f"{BASIC}.公用经费科目.30203") is None


def test_the_table_lists_the_whole_catalogue_of_its_classes(made: Examined) -> None:
    texts = made.knowledge.texts
    rows = texts.items[f"{BASIC}.公用经费科目"]
    assert len(rows) == len(set(rows)) > 40
    assert [texts.get(f"{r}.科目名称") for r in texts.items[f"{BASIC}.公用经费科目.310"]][:2] == [
        "资本性支出",
        "房屋建筑物购建",
    ]


def test_a_class_with_a_blank_has_no_sum(tmp_path: Path) -> None:
    data = examined(HEAD + ITEMS.replace("津贴补贴: 5.50", "津贴补贴:"), tmp_path)
    assert f"{BASIC}.人员经费科目.301" not in data.knowledge.facts
    assert f"{BASIC}.人员经费科目.303" in data.knowledge.facts


def test_a_name_that_is_no_subject_is_told_with_the_nearest_and_kept(tmp_path: Path) -> None:
    data = examined(HEAD + ITEMS.replace("差旅费", "差旅费用"), tmp_path)
    (found,) = [f for f in data.report if f.code == "unknown-subject"]
    assert found.severity is Severity.WARNING
    assert "差旅费用" in found.message.render("zh")
    assert found.hint is not None
    assert "差旅费" in found.hint.render("zh")
    assert [p.line for p in found.places] == [12]
    texts = data.knowledge.texts
    assert [texts.get(f"{r}.科目名称") for r in texts.items[f"{BASIC}.公用经费科目.其他"]] == ["差旅费用"]
    assert texts.items[f"{BASIC}.公用经费明细"][-1].endswith("差旅费用")


def test_a_subject_of_the_other_list_is_told(tmp_path: Path) -> None:
    data = examined(HEAD + ITEMS.replace("津贴补贴", "印刷费"), tmp_path)
    assert [f.found for f in data.report if f.code == "unknown-subject"] == ["印刷费"]


def test_the_catalogue_names_every_code_once() -> None:
    economics = load_kind(FOLDERS.templates, KIND).economics
    assert len(set(economics.names.values())) == len(economics.names)
    assert {len(code) for code in economics.names} == {3, 5}
    classes = {code for group in economics.lists.values() for code in group}
    assert classes == {code for code in economics.names if len(code) == 3}


def test_the_catalogue_of_functions_has_the_class_of_every_code() -> None:
    functions = load_kind(FOLDERS.templates, KIND).subjects
    assert {len(code) for code in functions} == {3, 5}
    assert {code[:3] for code in functions} <= set(functions)
