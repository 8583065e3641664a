"""Scores against the data: what is computed, how it compares with the scores by hand, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.figures.facts import Derived, Fact, Facts, Given, collect
from draftgen.figures.reading import load
from draftgen.figures.scoring import (
    GradeTable,
    Group,
    Indicator,
    IndicatorSystem,
    Scorecard,
    load_grades,
    load_system,
    score,
)
from draftgen.figures.scoring_rules import read_rule
from draftgen.findings import Finding, Severity

TEMPLATES = Path(__file__).parents[2] / "templates"
HEAD = """\
年度: 2020
金额单位: 万元
单位:
  全称: 某某区委员会办公室
绩效分析:
  质量达标率: 95%
"""
SEED_LOSSES = {"A15": "2", "C23": "4"}


@pytest.fixture(scope="module")
def system() -> IndicatorSystem:
    return load_system(TEMPLATES / "department-performance" / "indicators.yaml")


@pytest.fixture(scope="module")
def grades() -> GradeTable:
    return load_grades(TEMPLATES / "common" / "grades.yaml")["全国"]


def rate(key: str, value: Decimal) -> Fact:
    return Fact(key, value, "%", key.rpartition(".")[2], 2020, Derived("rate", "", ()))


DERIVED = (
    rate("人员.在职人员控制率", Decimal(59) / 72),
    rate("三公经费.三公经费控制率", Decimal("33.71") / Decimal("92.01")),
)


class Desk:
    """A data file on disk, scored."""

    def __init__(self, folder: Path, system: IndicatorSystem, grades: GradeTable) -> None:
        self.path, self.system, self.grades = folder / "data.yaml", system, grades
        self.text = ""

    def card(self, tail: str, head: str = HEAD) -> Scorecard:
        self.text = head + tail
        self.path.write_text(self.text, encoding="utf-8")
        loaded = load(self.path)
        facts = collect(loaded.dataset, loaded.places.at, year=2020, money_unit="万元")
        return score(self.system, loaded.dataset.score, facts.plus(DERIVED), loaded.places.at, self.grades)

    def entry(self, code: str, *fields: str) -> Scorecard:
        lines = "".join(f"      {field}\n" for field in fields)
        return self.card(f"评分:\n  指标:\n    {code}:\n{lines}")

    def full(self, changes: dict[str, str], tail: str = "") -> Scorecard:
        """Every indicator at its weight, apart from `changes`."""
        marks = {i.code: str(i.weight) for i in self.system.indicators()} | changes
        lines = "".join(f"    {code}: {mark}\n" for code, mark in marks.items())
        return self.card(f"评分:\n{tail}  指标:\n{lines}")

    def line(self, start: str) -> int:
        return next(n for n, line in enumerate(self.text.splitlines(), 1) if line.strip().startswith(start))


@pytest.fixture
def desk(tmp_path: Path, system: IndicatorSystem, grades: GradeTable) -> Desk:
    return Desk(tmp_path, system, grades)


def of(card: Scorecard, code: str) -> list[Finding]:
    """The findings of one code; each has to read well in both languages."""
    found = [finding for finding in card.findings if finding.code == code]
    for finding in found:
        assert finding.message.render("zh") != finding.message.render("en")
        assert finding.places
    return found


def only(card: Scorecard, code: str) -> Finding:
    found = of(card, code)
    assert len(found) == 1, [f.message.render("zh") for f in found]
    return found[0]


def test_the_published_scores(desk: Desk) -> None:
    card = desk.full(SEED_LOSSES, "  总分: 98.00\n  等级: 优\n")
    assert (card.total, card.grade) == (Decimal(98), "优")
    sums = {"A": 34, "B": 20, "C": 44, "A1": 11, "C1": 18, "C2": 20, "C3": 6}
    assert {code: card.groups[code] for code in sums} == sums
    assert [card.by_code[code].status for code in ("B31", "B13", "C23", "A13", "C24")] == [
        "verified", "verified", "differs", "by-hand", "unverifiable",
    ]  # fmt: skip
    assert not of(card, "total-differs")
    assert not of(card, "grade-differs")
    assert not of(card, "score-missing")
    warned = [f.keys[0] for f in of(card, "score-unverifiable") if f.severity is Severity.WARNING]
    codes = ["A35", "B11", "B12", "B42", "B52", "C11", "C15", "C16", "C21", "C22", "C24"]
    assert warned == [f"评分.得分.{code}" for code in codes]
    notes = [f for f in of(card, "score-unverifiable") if f.severity is Severity.NOTE]
    assert len(notes) == 1
    assert len(notes[0].keys) == 21
    assert "评分.得分.A13" not in notes[0].keys


def test_a_score_that_differs(desk: Desk) -> None:
    card = desk.full(SEED_LOSSES)
    row = card.by_code["C23"]
    assert (row.given, row.computed, row.final, row.deduction) == tuple(map(Decimal, ("4", "4.75", "4", "1")))
    assert row.working == "5 × 95% = 4.75"
    finding = only(card, "score-differs")
    assert finding.severity is Severity.ERROR
    assert (finding.found, finding.expected) == ("4", "4.75")
    assert [place.line for place in finding.places] == [desk.line("C23"), desk.line("质量达标率")]
    assert finding.keys == ("评分.得分.C23", "绩效分析.质量达标率")
    assert finding.message.render("zh") == (
        "C23工作质量达标率：填报4分，按评分细则应为4.75分（5 × 95% = 4.75），相差0.75分。"
        "规则：比率×权重；依据：质量达标率95%"
    )


@pytest.mark.parametrize(
    ("value", "given", "status"),
    [
        ("95%", "4.75", "verified"),
        ("95%", "4.750", "verified"),
        ("93.33%", "4.67", "verified"),  # 4.6665 on two decimals
        ("93.33%", "4.6665", "verified"),
        ("93.33%", "4.667", "verified"),
        ("93.33%", "4.66", "differs"),
        ("93.33%", "4.7", "differs"),
        ("93.3%", "4.668", "differs"),  # 4.665, who types three decimals is held to three
    ],
)
def test_comparison_on_the_decimals_of_the_hand(desk: Desk, value: str, given: str, status: str) -> None:
    card = desk.entry("C23", f"得分: {given}", f"数值: {value}")
    assert card.by_code["C23"].status == status


def test_a_computed_score_stands_in(desk: Desk) -> None:
    card = desk.entry("C23", "佐证: 质量抽查记录", "扣分原因: 部分工作未达标")
    row = card.by_code["C23"]
    assert (row.given, row.final, row.status, row.basis) == (None, Decimal("4.75"), "computed", "part")
    assert (row.evidence, row.reason) == ("质量抽查记录", "部分工作未达标")
    assert not of(card, "deduction-without-reason")
    fact = Facts(card.facts())["评分.得分.C23"]
    assert (fact.value, fact.unit, fact.places) == (Decimal("4.75"), "分", None)
    assert fact.origin == Derived("score-ratio", "5 × 95% = 4.75", ("绩效分析.质量达标率",))


@pytest.mark.parametrize(
    ("code", "fields", "score_", "basis"),
    [
        ("A15", ["要点: [是, 否, 否, 是]"], "2", "part"),
        ("A21", ["档次: 2"], "0.5", "part"),
        ("A35", ["次数: 1"], "2", "part"),
        ("B11", ["数值: 94.05%"], "0.99", "part"),
        ("B11", ["数值: 94.05"], "0.99", "part"),
        ("B22", ["要点: [是, 是, 是, 是]", "否决: 是"], "0", "knocked-out"),
        ("B22", ["否决: 是"], "0", "knocked-out"),
        ("B22", ["要点: [是, 是, 是, 是]", "否决: 否"], "4", "full"),
        ("B42", ["数值: 92.5%"], "0.875", "part"),
        ("B52", ["次数: 3"], "0", "zero"),
        ("C11", ["次数: 2项"], "2", "part"),
        ("C16", ["数值: 45", "基准: 50"], "1.8", "part"),
        ("C21", ["数值: 98.5", "基准: 100"], "7.88", "part"),
        ("C21", ["数值: 98.5分", "基准: 100分"], "7.88", "part"),
        ("C21", ["数值: 98.5%"], "7.88", "part"),
        ("C22", ["季度数: 3"], "3", "part"),
        ("C24", ["数值: 84%"], "3.8", "part"),
    ],
)
def test_scores_from_entries(desk: Desk, code: str, fields: list[str], score_: str, basis: str) -> None:
    row = desk.entry(code, *fields).by_code[code]
    assert (row.computed, row.status, row.basis) == (Decimal(score_), "computed", basis)


def test_the_value_of_the_entry_wins_and_is_compared(desk: Desk) -> None:
    card = desk.entry("C23", "得分: 4.5", "数值: 90%", "扣分原因: 部分工作未达标")
    assert card.by_code["C23"].status == "verified"
    finding = only(card, "score-input-differs")
    assert finding.severity is Severity.ERROR
    assert [place.line for place in finding.places] == [desk.line("C23"), desk.line("质量达标率")]
    assert (finding.found, finding.expected) == ("90%", "95%")
    assert not of(desk.entry("C23", "数值: 95"), "score-input-differs")
    assert not of(desk.entry("B31", "数值: 81.9%"), "score-input-differs")
    assert of(desk.entry("B31", "数值: 81.95%"), "score-input-differs")


def test_a_bare_fraction_is_doubted(desk: Desk) -> None:
    card = desk.entry("C24", "数值: 0.95")
    finding = only(card, "score-input-doubtful")
    assert (finding.severity, finding.places[0].line) == (Severity.WARNING, desk.line("C24"))
    assert not of(desk.entry("C24", "数值: 0.95%"), "score-input-doubtful")


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("A15", "要点: [是, 否]"),
        ("A21", "档次: 4"),
        ("C11", "次数: -1"),
        ("C11", "次数: 5%"),
        ("C22", "季度数: 5"),
        ("C24", "数值: 8分"),
        ("C24", "基准: 0\n      数值: 5"),
        ("C24", "基准: 100\n      数值: 95%"),
    ],
)
def test_inputs_that_do_not_fit(desk: Desk, code: str, field: str) -> None:
    card = desk.entry(code, "得分: 1", field)
    finding = only(card, "score-input-invalid")
    assert (finding.severity, finding.places[0].line) == (Severity.ERROR, desk.line(code))
    row = card.by_code[code]
    assert (row.status, row.basis, row.final) == ("unverifiable", "invalid-input", Decimal(1))
    assert not of(card, "score-unverifiable")


def test_inputs_that_the_rule_does_not_read(desk: Desk) -> None:
    finding = only(desk.entry("C23", "次数: 2"), "score-input-unused")
    assert (finding.severity, finding.places[0].line) == (Severity.WARNING, desk.line("C23"))
    assert "次数" in finding.message.render("zh")


def test_a_base_that_is_needed_and_not_given(desk: Desk) -> None:
    card = desk.entry("C21", "得分: 8", "数值: 100")
    finding = only(card, "score-unverifiable")
    assert "“基准”" in finding.message.render("zh")
    assert "“数值、基准”" in only(desk.entry("C21", "得分: 8"), "score-unverifiable").message.render("zh")


@pytest.mark.parametrize(
    ("given", "code"), [("5.01", "score-above-weight"), ("-1", "score-negative"), ("5", ""), ("0", "")]
)
def test_scores_out_of_range(desk: Desk, given: str, code: str) -> None:
    card = desk.entry("C23", f"得分: {given}", "扣分原因: 某")
    found = [f for f in card.findings if f.code in ("score-above-weight", "score-negative")]
    assert [f.code for f in found] == ([code] if code else [])
    if code:
        assert (found[0].severity, found[0].places[0].line) == (Severity.ERROR, desk.line("得分"))
        assert not of(card, "score-differs")
    assert of(desk.entry("A13", "得分: 2.5"), "score-above-weight")


def test_unverifiable_names_what_is_missing(desk: Desk) -> None:
    finding = only(desk.entry("B11", "得分: 1"), "score-unverifiable")
    assert (finding.severity, finding.places[0].line) == (Severity.WARNING, desk.line("B11"))
    assert finding.hint is not None
    assert "支出.基本支出.合计.全年预算执行率" in finding.hint.render("zh")
    assert "评分.指标.B11" in finding.hint.render("zh")
    note = only(desk.entry("A11", "得分: 2"), "score-unverifiable")
    assert (note.severity, note.places[0].line) == (Severity.NOTE, desk.line("A11"))
    assert not of(desk.entry("A13", "得分: 2"), "score-unverifiable")


def test_a_stated_weight_that_differs(desk: Desk) -> None:
    card = desk.full({}, "  权重:\n    C2: 22\n    C1: 18.0\n    B13: 2\n    D1: 3\n")
    group, item = of(card, "weight-differs")
    assert group.severity is Severity.ERROR
    assert [f.places[0].line for f in (group, item)] == [desk.line("C2:"), desk.line("B13: 2")]
    assert group.keys == ("评分.满分.C2",)
    text = "C2部门效果：填报权重22分，指标体系为21分，相差1分，其下级指标合计8+4+5+4=21分"
    assert group.message.render("zh") == text
    assert only(card, "unknown-indicator").places[0].line == desk.line("D1")


@pytest.mark.parametrize(("total", "fits"), [("98", True), ("98.00", True), ("98.75", False), ("100", False)])
def test_the_stated_total(desk: Desk, total: str, fits: bool) -> None:
    card = desk.full(SEED_LOSSES, f"  总分: {total}\n")
    assert card.total == 98
    found = of(card, "total-differs")
    assert len(found) == (0 if fits else 1)
    if found:
        assert (found[0].severity, found[0].places[0].line) == (Severity.ERROR, desk.line("总分"))
        assert (found[0].found, found[0].expected) == (total, "98")


def test_the_total_of_a_card_with_gaps(desk: Desk) -> None:
    card = desk.card("评分:\n  总分: 12\n  等级: 差\n  指标:\n    A12: 2\n")
    assert (card.total, card.grade) == (Decimal(12), "差")
    assert Facts(card.facts())["评分.综合得分"].origin == Given(card.total_origin.place, "12")  # type: ignore[union-attr]
    assert "A1" not in card.groups
    assert not of(card, "total-differs")
    low = desk.card("评分:\n  总分: 1\n  指标:\n    A12: 2\n")
    assert "之间" in only(low, "total-differs").message.render("zh")
    none = desk.card("评分:\n  指标:\n    A12: 2\n")
    assert (none.total, none.grade) == (None, None)
    assert "评分.综合得分" not in Facts(none.facts())


@pytest.mark.parametrize(("stated", "fits"), [("优", True), ("优秀", True), ("良", False), ("一档", False)])
def test_the_stated_grade(desk: Desk, stated: str, fits: bool) -> None:
    card = desk.full(SEED_LOSSES, f"  等级: {stated}\n")
    assert card.grade == "优"
    found = of(card, "grade-differs")
    assert len(found) == (0 if fits else 1)
    if found:
        assert (found[0].severity, found[0].places[0].line) == (Severity.ERROR, desk.line("等级"))
        assert (found[0].found, found[0].expected) == (stated, "优")


def test_the_grade_is_decided_on_the_unrounded_total(desk: Desk) -> None:
    # 10.005 lost of a hundred: the table would print 90.00 (89.995), and it is no 优
    lost = {"A22": "0", "A23": "0", "A13": "0.995", "A33": "1"}
    card = desk.full(lost, "  总分: 90.00\n  等级: 优\n")
    assert card.total == Decimal("89.995")
    assert not of(card, "total-differs")
    assert only(card, "grade-differs").expected == "良"
    assert "89.995" in only(card, "grade-differs").message.render("zh")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("c23", "C23"), ("C23工作质量达标率", "C23"), ("工作质量达标率", "C23"), ("C232", "C23"), ("总体", "")],
)
def test_unknown_indicators(desk: Desk, typed: str, nearest: str) -> None:
    card = desk.card(f"评分:\n  指标:\n    {typed}: 1\n")
    finding = only(card, "unknown-indicator")
    assert (finding.severity, finding.places[0].line) == (Severity.ERROR, desk.line(typed))
    assert finding.expected == nearest
    assert (finding.hint is not None) == bool(nearest)


def test_a_group_is_no_indicator(desk: Desk) -> None:
    finding = only(desk.card("评分:\n  指标:\n    C2: 20\n"), "unknown-indicator")
    assert "汇总" in finding.message.render("zh")


def test_missing_scores_are_named_at_once(desk: Desk) -> None:
    card = desk.card("评分:\n  指标:\n    A12: 2\n    A13:\n      扣分原因: 待定\n")
    finding = only(card, "score-missing")
    assert finding.severity is Severity.WARNING
    assert "评分.得分.A13" in finding.keys
    assert "评分.得分.C23" not in finding.keys  # can be computed
    assert desk.line("A13") in [place.line for place in finding.places]
    assert card.by_code["A13"].status == "missing"


def test_deductions_need_a_reason(desk: Desk) -> None:
    card = desk.full({"A15": "2", "C23": "4.75"})
    assert [f.places[0].line for f in of(card, "deduction-without-reason")] == [desk.line("A15"), desk.line("C23")]
    assert all(f.severity is Severity.WARNING for f in of(card, "deduction-without-reason"))
    explained = desk.entry("A15", "得分: 2", "扣分原因: 部分指标没有量化")
    assert [f.keys for f in of(explained, "deduction-without-reason")] == [("评分.得分.C23",)]  # computed, 0.25 lost


def test_a_file_without_scores_has_nothing_wrong(desk: Desk) -> None:
    card = desk.card("")
    assert card.findings == ()
    assert (card.total, card.grade) == (None, None)
    assert card.by_code["B31"].status == "computed"


def test_without_a_table_the_stated_grade_stands(desk: Desk) -> None:
    loaded_card = desk.full(SEED_LOSSES, "  等级: 一档\n")
    assert loaded_card.stated_grade == "一档"
    loaded = load(desk.path)
    card = score(desk.system, loaded.dataset.score, Facts(()), loaded.places.at)
    assert card.grade == "一档"


def test_every_score_weight_deduction_and_rate_is_a_fact(desk: Desk) -> None:
    card = desk.full(SEED_LOSSES)
    facts = Facts(card.facts())
    assert len(facts) == len(card.facts())
    assert facts["评分.综合得分"].value == 98
    assert facts["评分.得分.A"].origin == Derived(
        "score-sum",
        "评分.得分.A1 + 评分.得分.A2 + 评分.得分.A3",
        ("评分.得分.A1", "评分.得分.A2", "评分.得分.A3"),
    )
    origin = facts["评分.得分.A15"].origin
    assert isinstance(origin, Given)
    assert (origin.typed, origin.place.line) == ("2", desk.line("A15"))
    assert facts["评分.扣分.A15"].value == 1
    assert "评分.扣分.A14" not in facts
    assert facts["评分.满分.C2"].value == 21
    assert facts["评分.满分.合计"].value == 100
    assert {fact.unit for fact in card.facts() if not fact.key.startswith("评分.比率.")} == {"分"}
    assert {fact.unit for fact in card.facts() if fact.key.startswith("评分.比率.")} <= {"%"}
    assert {fact.year for fact in card.facts()} == {2020}


def test_every_input_of_a_derived_fact_is_known(desk: Desk) -> None:
    card = desk.card("评分:\n  指标:\n    C16: {数值: 45, 基准: 50}\n    C22: {季度数: 3}\n    A21: {档次: 1}\n")
    given = {fact.key for row in card.rows for fact in row.inputs}
    known = given | {fact.key for fact in card.facts()}
    for fact in card.facts():
        if isinstance(fact.origin, Derived):
            assert set(fact.origin.inputs) <= known, fact.key


def test_scoring_twice_gives_the_same(desk: Desk) -> None:
    assert desk.full(SEED_LOSSES) == desk.full(SEED_LOSSES)


def test_numbers_of_absurd_length_do_not_stop_it(desk: Desk) -> None:
    long = "9" * 24
    card = desk.entry("C16", f"得分: {long}", f"数值: {long}", f"基准: 0.{'0' * 20}1")
    assert of(card, "score-above-weight")
    assert card.by_code["C16"].computed == 2
    desk.card(f"评分:\n  总分: 0.{'1' * 22}\n  指标:\n    C16: {long}\n    C24: {{得分: 1, 数值: 0.{'1' * 22}%}}\n")


def test_a_system_with_a_fixed_base(desk: Desk, system: IndicatorSystem) -> None:
    indicator = next(i for i in system.indicators() if i.code == "C21")
    fixed = replace(indicator, rule=read_rule("比率", {"基准": "120"}, Decimal(8)))
    groups = tuple(group for group in (_swap(g, fixed) for g in system.groups) if isinstance(group, Group))
    desk.system = replace(system, groups=groups)
    assert desk.entry("C21", "数值: 90").by_code["C21"].computed == 6


def _swap(part: Group | Indicator, other: Indicator) -> Group | Indicator:
    if isinstance(part, Indicator):
        return other if part.code == other.code else part
    return replace(part, parts=tuple(_swap(inner, other) for inner in part.parts))
