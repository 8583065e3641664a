"""Functional subjects: what belongs to what is told by the code, and every level adds up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draftgen.figures.facts import Derived, Given, collect
from draftgen.figures.model.dataset import Dataset
from draftgen.figures.subjects import Completed, complete_subjects
from draftgen.figures.texts import collect_texts
from draftgen.findings import Place
from draftgen.pipeline import load
from tests.desk import HEAD, examined

CATALOGUE = {"201": "一般公共服务支出", "20131": "党委办公厅（室）及相关机构事务", "205": "教育支出"}
LIST = "一般公共预算.科目"


def rows(*entries: str) -> str:
    return HEAD + "一般公共预算:\n  科目:\n" + "".join(f"    - {{{entry}}}\n" for entry in entries)


def completed(text: str, folder: Path) -> Completed:
    path = folder / "data.yaml"
    path.write_text(text, "utf-8")
    loaded = load(path)
    facts = collect(loaded.dataset, loaded.places.at, year=2020, money_unit="万元")
    return complete_subjects(collect_texts(loaded.dataset), facts, CATALOGUE, loaded.places.at)


ITEMS = (
    "编码: 2013101, 科目名称: 行政运行, 支出: {本年: 60.5, 年初预算: 50}",
    "编码: 2013102, 科目名称: 一般行政管理事务, 支出: {本年: 39.5, 年初预算: 30}",
)


def test_levels_that_nobody_gave_are_worked_out_and_named(tmp_path: Path) -> None:
    done = completed(rows(*ITEMS), tmp_path)
    assert done.texts.items[LIST] == tuple(f"{LIST}.{code}" for code in ("201", "20131", "2013101", "2013102"))
    for code in ("20131", "201"):
        assert done.facts.value(f"{LIST}.{code}.支出") == Decimal(100)
        assert done.facts.value(f"{LIST}.{code}.支出.年初预算") == Decimal(80)
        assert isinstance(done.facts[f"{LIST}.{code}.支出"].origin, Derived)
    assert done.texts.get(f"{LIST}.2013101.类") == "一般公共服务支出"
    assert done.texts.get(f"{LIST}.2013101.款") == "党委办公厅（室）及相关机构事务"
    assert [done.texts.get(f"{LIST}.{code}.级") for code in ("201", "20131", "2013102")] == ["类", "款", "项"]
    assert done.findings == ()


def test_the_outlay_of_a_class_has_a_key_and_a_name_of_its_own(tmp_path: Path) -> None:
    done = completed(rows(*ITEMS), tmp_path)
    fact = done.facts["一般公共预算.类.一般公共服务支出"]
    assert (fact.value, fact.label) == (Decimal(100), "一般公共服务支出")
    assert done.facts.value("一般公共预算.类.一般公共服务支出.年初预算") == Decimal(80)


def test_a_level_that_does_not_add_up_is_named_with_its_place(tmp_path: Path) -> None:
    done = completed(rows("编码: 201, 科目名称: 一般公共服务支出, 支出: 99", *ITEMS), tmp_path)
    (finding,) = [f for f in done.findings if f.severity == "error"]
    assert finding.code == "subject-total"
    assert finding.places[0].line == 7
    assert done.facts.value(f"{LIST}.201.支出") == 99  # what was given stays


def test_a_cent_of_rounding_is_a_note(tmp_path: Path) -> None:
    done = completed(rows("编码: 201, 科目名称: 一般公共服务支出, 支出: 100.01", *ITEMS), tmp_path)
    assert [f.severity.value for f in done.findings] == ["note"]


def test_what_one_subject_lacks_is_not_known_of_their_sum(tmp_path: Path) -> None:
    done = completed(rows(ITEMS[0], "编码: 2013102, 科目名称: 一般行政管理事务, 支出: 39.5"), tmp_path)
    assert done.facts.value(f"{LIST}.201.支出") == 100
    assert f"{LIST}.201.支出.年初预算" not in done.facts


def test_a_class_without_a_name_is_left_for_a_person(tmp_path: Path) -> None:
    done = completed(rows("编码: 2990101, 科目名称: 其他, 支出: 1"), tmp_path)
    assert done.texts.get(f"{LIST}.2990101.类") == ""
    assert not [key for key in done.facts if ".类." in key]


@pytest.mark.parametrize("code", ["20", "2013", "201310", "20131011", "类", "2013101x"])
def test_a_code_that_is_none_is_refused_with_its_place(code: str, tmp_path: Path) -> None:
    done = completed(rows(f"编码: {code}, 科目名称: 甲, 支出: 1"), tmp_path)
    assert [(f.code, f.places[0].line) for f in done.findings] == [("bad-code", 7)]


def test_the_row_of_the_sum_is_asked_to_be_left_out(tmp_path: Path) -> None:
    """Whoever copies the printed table copies its first row too."""
    done = completed(rows(ITEMS[0], "编码: 合计, 科目名称: 合计, 支出: 1"), tmp_path)
    (finding,) = done.findings
    assert (finding.code, finding.places[0].line) == ("bad-code", 8)
    assert finding.hint is not None
    assert "不填合计行" in finding.hint.render("zh")


def test_a_code_that_stands_twice_is_named(tmp_path: Path) -> None:
    done = completed(rows(ITEMS[0], ITEMS[0]), tmp_path)
    assert [(f.code, f.places[0].line) for f in done.findings] == [("duplicate-code", 8)]


def test_the_pipeline_reports_what_subjects_find(tmp_path: Path) -> None:
    report = examined(rows("编码: 201, 科目名称: 一般公共服务支出, 支出: 99", *ITEMS), tmp_path).report
    assert "subject-total" in [f.code for f in report.errors]


CODES = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 9)).map(lambda c: f"20{c[0]}0{c[1]}0{c[2]}"),
    unique=True,
    min_size=1,
)


def _place(path: str) -> Place:
    return Place("a.yaml", 1, path)


@given(CODES, st.integers(0, 10**6))
def test_every_level_is_the_sum_of_the_lowest_one(codes: list[str], seed: int) -> None:
    values = {code: Decimal(seed % 997 * (n + 1)).scaleb(-2) for n, code in enumerate(codes)}
    listed = [{"编码": c, "科目名称": c, "支出": {"本年": str(v)}} for c, v in values.items()]
    head = {"年度": "2020", "金额单位": "万元", "单位": {"全称": "甲"}}
    dataset = Dataset.model_validate({**head, "一般公共预算": {"科目": listed}})
    facts = collect(dataset, _place, year=2020, money_unit="万元")
    done = complete_subjects(collect_texts(dataset), facts, {}, _place)
    assert done.findings == ()
    for code in {c[:n] for c in codes for n in (3, 5)}:
        expected = sum((v for c, v in values.items() if c.startswith(code)), Decimal(0))
        assert done.facts.value(f"{LIST}.{code}.支出") == expected


def test_given_and_derived_facts_are_told_apart(tmp_path: Path) -> None:
    facts = completed(rows(*ITEMS), tmp_path).facts
    assert isinstance(facts[f"{LIST}.2013101.支出"].origin, Given)
