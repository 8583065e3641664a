"""The indicator system and the tables of grades that come with the kinds, and what refuses to load."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.errors import TemplateError
from draftgen.figures.scoring import grade_table, load_grades, load_system

TEMPLATES = Path(__file__).parents[2] / "templates"
SYSTEM = TEMPLATES / "department-performance" / "indicators.yaml"
GRADES = TEMPLATES / "common" / "grades.yaml"

GROUPS = {
    "A": 35, "A1": 12, "A2": 10, "A3": 13, "B": 20, "B1": 7, "B2": 6, "B3": 2, "B4": 2, "B5": 3,
    "C": 45, "C1": 18, "C2": 21, "C3": 6,
}  # fmt: skip
WEIGHTS = {
    "A1": (2, 2, 2, 3, 3), "A2": (1, 4, 4, 1), "A3": (2, 4, 2, 2, 3), "B1": (1, 4, 1, 1), "B2": (1, 4, 1),
    "B3": (1, 1), "B4": (1, 1), "B5": (1, 1, 1), "C1": (4, 3, 2, 3, 4, 2), "C2": (8, 4, 5, 4), "C3": (2, 2, 2),
}  # fmt: skip
KINDS = {
    "discretionary": "A13 A22 A23 A33 C31 C33",
    "checklist": "A11 A12 A14 A15 A24 A31 A32 A34 B14 B21 B23 B32 B41 B51 B53 C12 C13 C14 C32",
    "levels": "A21",
    "knockout": "B22",
    "events": "A35 B52 C11 C15",
    "threshold": "B11 B12 C16",
    "band": "B13",
    "pass": "B31",
    "step": "B42 C24",
    "ratio": "C21 C23",
    "quarters": "C22",
}

SMALL = """\
代号: small
名称: 小体系
指标:
  - 代码: A
    名称: 产出
    权重: 5
    下级:
      - 代码: A1
        名称: 数量
        权重: 3
        解释: 数量完成情况。
        细则: 每少一项扣1分。
        规则:
          类型: 扣次
          每次扣分: 1
      - 代码: A2
        名称: 质量
        权重: 2
        解释: 质量达标情况。
        细则: 达标率乘以权重。
        佐证: 验收资料
        规则:
          类型: ratio
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "indicators.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_weights_and_groups() -> None:
    system = load_system(SYSTEM)
    assert {group.code: group.weight for group in system.all_groups()} == GROUPS
    assert len(list(system.indicators())) == 41
    assert system.weight == 100
    found = {g.code: tuple(p.weight for p in g.parts) for g in system.all_groups() if g.code in WEIGHTS}
    assert found == WEIGHTS


def test_kinds_of_rule() -> None:
    system = load_system(SYSTEM)
    for kind, codes in KINDS.items():
        assert [i.code for i in system.indicators() if i.rule.kind == kind] == codes.split()


def test_texts_have_the_length_of_a_table_cell() -> None:
    for indicator in load_system(SYSTEM).indicators():
        assert 25 <= len(indicator.explanation) <= 80, indicator.code
        assert 30 <= len(indicator.criteria) <= 140, indicator.code
        assert indicator.evidence, indicator.code
        assert indicator.explanation.endswith("。"), indicator.code
        assert indicator.criteria.endswith("。"), indicator.code
        assert not set(",:;()") & set(indicator.explanation + indicator.criteria + indicator.evidence), indicator.code


def test_texts_agree_with_the_rules() -> None:
    """The points printed in 评分细则 are those that the rule counts."""
    for indicator in load_system(SYSTEM).indicators():
        if indicator.rule.kind == "checklist":
            for score in indicator.rule.scores:  # type: ignore[attr-defined]
                assert f"得{score}分" in indicator.criteria, indicator.code


def test_places_are_lines_of_the_file() -> None:
    lines = SYSTEM.read_text(encoding="utf-8").splitlines()
    for code, part in load_system(SYSTEM).parts().items():
        assert part.place.line is not None
        assert lines[part.place.line - 1].strip() == f"- 代码: {code}"


def test_english_type_names_and_no_evidence(tmp_path: Path) -> None:
    system = load_system(written(tmp_path, SMALL))
    assert [i.rule.kind for i in system.indicators()] == ["events", "ratio"]
    assert [i.evidence for i in system.indicators()] == ["", "验收资料"]
    assert grade_table(system, {}) is None


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("权重: 5", "权重: 6", "indicator-weights", 6),
        ("权重: 5", "权重: 五", "template-value", 6),
        ("权重: 5", "权重: 0", "template-value", 6),
        ("代码: A2", "代码: A1", "indicator-code-twice", 16),
        ("代码: A2", "代码: A", "indicator-code-twice", 16),
        ("类型: ratio", "类型: 比例尺", "indicator-rule", 23),
        ("每次扣分: 1", "每次: 1", "indicator-rule", 15),
        ("          每次扣分: 1\n", "", "indicator-rule", 13),
        ("        解释: 质量达标情况。\n", "", "template-value", 16),
        ("佐证:", "证据:", "template-key-unknown", 21),
        ("代号: small\n", "", "template-value", 1),
        ("名称: 小体系", "名称: 小体系\n名称: 大体系", "duplicate-key", 3),
        ("名称: 小体系", "名称: [小体系", "", 0),
    ],
)
def test_faults_are_found_with_their_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    path = written(tmp_path, SMALL.replace(old, new, 1))
    with pytest.raises(TemplateError) as caught:
        load_system(path)
    finding = caught.value.findings[0]
    assert finding.message.render("zh")
    assert finding.message.render("en")
    assert finding.places[0].file == str(path)
    if code:
        assert (finding.code, finding.places[0].line) == (code, line)


def test_all_faults_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("权重: 5", "权重: 6").replace("ratio", "比例尺"))
    with pytest.raises(TemplateError) as caught:
        load_system(path)
    assert {finding.code for finding in caught.value.findings} == {"indicator-weights", "indicator-rule"}


@pytest.mark.parametrize("text", ["", "指标: 无\n", "- 甲\n", "代号: a\n名称: b\n指标: []\n", "指标:\n  - 甲\n"])
def test_shapeless_files(tmp_path: Path, text: str) -> None:
    with pytest.raises(TemplateError):
        load_system(written(tmp_path, text))


def test_an_indicator_without_a_group(tmp_path: Path) -> None:
    lines = SMALL.splitlines(keepends=True)
    flat = "".join(lines[:3] + [line[4:] for line in lines[7:]])
    with pytest.raises(TemplateError) as caught:
        load_system(written(tmp_path, flat))
    assert {finding.code for finding in caught.value.findings} == {"indicator-outside-group"}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        load_system(tmp_path / "none.yaml")
    assert caught.value.findings[0].code == "template-unreadable"


@pytest.mark.parametrize(
    ("table", "total", "name"),
    [
        ("全国", "100", "优"),
        ("全国", "90", "优"),
        ("全国", "89.995", "良"),
        ("全国", "80", "良"),
        ("全国", "60", "中"),
        ("全国", "59.99", "差"),
        ("全国", "-3", "差"),
        ("上海", "60", "合格"),
        ("上海", "59", "不合格"),
        ("省级八十分起", "80", "优"),
        ("省级八十分起", "79.999", "良"),
        ("省级八十分起", "60", "中"),
    ],
)
def test_grades(table: str, total: str, name: str) -> None:
    assert load_grades(GRADES)[table].grade(Decimal(total)).name == name


def test_grades_on_another_scale() -> None:
    table = load_grades(GRADES)["全国"]
    assert table.grade(Decimal(108), Decimal(120)).name == "优"
    assert table.grade(Decimal("107.99"), Decimal(120)).name == "良"


def test_every_grade_table_ends_with_nothing_left() -> None:
    for table in load_grades(GRADES).values():
        assert table.grades[-1].floor == 0
        assert table.basis


@pytest.mark.parametrize("bounds", [("80", "90", "0"), ("90", "80", "60"), ("90", "90", "0")])
def test_bounds_of_grades(tmp_path: Path, bounds: tuple[str, str, str]) -> None:
    items = "".join(f"    - 名称: 档{n}\n      下限: {bound}\n" for n, bound in enumerate(bounds))
    path = written(tmp_path, f"某省:\n  等级:\n{items}")
    with pytest.raises(TemplateError) as caught:
        load_grades(path)
    assert [(f.code, f.places[0].line) for f in caught.value.findings] == [("grade-bounds", 2)]


def test_a_grade_table_that_is_not_there(tmp_path: Path) -> None:
    system = load_system(written(tmp_path, SMALL.replace("指标:", "等级表: 某省\n指标:", 1)))
    with pytest.raises(TemplateError) as caught:
        grade_table(system, load_grades(GRADES))
    assert (caught.value.findings[0].code, caught.value.findings[0].places[0].line) == ("grade-table-unknown", 3)


def test_the_system_names_a_table_that_exists() -> None:
    table = grade_table(load_system(SYSTEM), load_grades(GRADES))
    assert table is not None
    assert table.name == "全国"
