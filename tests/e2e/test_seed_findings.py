"""What checking says about the seed report as it was published: every contradiction, at the line of its figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from draftgen.figures.quantities import parse_measure
from draftgen.figures.reading import load
from draftgen.findings import Finding, Report, Severity
from draftgen.pipeline import examine

FOLDER = Path(__file__).parents[2] / "examples" / "dongchuan-2020"
AS_PUBLISHED, CORRECTED = FOLDER / "as-published.yaml", FOLDER / "report.yaml"
Line = tuple[int, int, bool, str]
UNVERIFIABLE = ("A35", "B11", "B12", "B42", "B52", "C11", "C15", "C16", "C21", "C22", "C24")  # B13 follows from 三公


def line_of(*keys: str, file: Path = AS_PUBLISHED) -> int:
    """The line of a figure: down the keys, each looked for in what belongs to the one before.

    A key with its value, ``名称: 全会召开次数``, picks an item of a list; the item's other keys belong to it.
    """
    lines = list(_lines(file))
    column = -1
    for key in keys:
        lines, column = _below(lines, key, column)
    return lines[0][0]


def _lines(file: Path) -> Iterator[Line]:
    """Every line that says something: its number, the column of its key, whether an item of a list begins, its text."""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        found = re.fullmatch(r"( *)(- )?(.*)", line)
        if found is not None and found[3] and not found[3].startswith("#"):
            yield number, len(found[1]) + len(found[2] or ""), bool(found[2]), found[3]


def _below(lines: list[Line], key: str, column: int) -> tuple[list[Line], int]:
    """The line of `key` and all that belongs to it."""
    for at, (_, own, _, text) in enumerate(lines):
        if own >= column and (text == key or text.startswith(f"{key}:")):
            item = ": " in key
            for end, (_, other, begins, _) in enumerate(lines[at + 1 :], at + 1):
                if other < own or (other == own and (begins or not item)):
                    return lines[at:end], own
            return lines[at:], own
    raise LookupError(key)


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that the published report must raise: what, between which figures, and where they stand."""

    code: str
    severity: Severity
    found: str
    expected: str
    difference: str
    places: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        return f"{self.code}: {self.found} / {self.expected}"


INDICATOR = ("绩效目标", "项目", "名称: 2020年区委办工作经费", "指标")
EXPECTED = (
    Expected("weight-differs", Severity.ERROR, "22", "21", "", (("评分", "权重", "C2"),)),
    Expected(
        "score-differs",
        Severity.ERROR,
        "4",
        "4.75",
        "",
        (("评分", "指标", "C23", "得分"), ("评分", "指标", "C23", "数值")),
    ),
    Expected(
        "current-assets",
        Severity.NOTE,
        "90.72万元",
        "90.71万元",
        "0.01万元",
        (
            ("资产", "流动资产", "合计", "本年"),
            *(("资产", "流动资产", item) for item in ("库存现金", "银行存款", "其他应收款", "待摊费用")),
        ),
    ),
    Expected(
        "assets-total",
        Severity.ERROR,
        "1024.48万元",
        "423.70万元",
        "600.78万元",
        (("资产", "合计"), ("资产", "固定资产", "净值", "本年"), ("资产", "无形资产", "净值")),
    ),
    Expected(
        "projects-share",
        Severity.ERROR,
        "100.00%",
        "57.25%",
        "42.75个百分点",
        (("绩效目标", "抽取比例"), ("绩效目标", "小计"), ("支出", "项目支出", "合计", "本年")),
    ),
    Expected(
        "target-missed",
        Severity.WARNING,
        "22期",
        "26期",
        "4期",
        tuple((*INDICATOR, "名称: 《东川信息》编发期数", key) for key in ("目标值", "实际值")),
    ),
    Expected(
        "target-contradicts",
        Severity.ERROR,
        "80条",
        "100条",
        "20条",
        (
            ("工作", "事项", "名称: 上报信息被采用数", "目标"),
            (*INDICATOR, "名称: 上报信息被采用数", "目标值"),
        ),
    ),
    Expected(
        "result-contradicts",
        Severity.ERROR,
        "421个",
        "474个",
        "53个",
        (
            ("工作", "事项", "事项: 深督细查务求实效", "名称: 区委常委会会议议题数", "数量"),
            ("工作", "事项", "事项: 周密高效做好综合协调", "名称: 区委常委会会议议题数", "数量"),
        ),
    ),
    Expected(
        "completed-after-period",
        Severity.ERROR,
        "2020年4月28日",
        "2020年12月31日",
        "247天",
        (("评价", "完成日期"), ("评价", "时段", "止")),
    ),
    Expected(
        "staff-within-quota",
        Severity.WARNING,
        "55人",
        "54人",
        "1人",
        (("人员", "实有", "行政"),),
    ),
    Expected(
        "rate-differs",
        Severity.ERROR,
        "-86.20%",
        "-98.43%",
        "12.23个百分点",
        (("培训费", "增减率"), ("培训费", "本年"), ("培训费", "上年")),
    ),
    Expected(
        "rate-differs",
        Severity.ERROR,
        "-62.81%",
        "-17.65%",
        "45.16个百分点",
        tuple(("三公经费", "公务用车运行维护费", key) for key in ("增减率", "本年", "上年")),
    ),
)


@pytest.fixture(scope="module")
def published() -> Report:
    return examine(load(AS_PUBLISHED)).report


def the_one(report: Report, expected: Expected) -> Finding:
    fitting = [f for f in report if (f.code, f.found, f.expected) == (expected.code, expected.found, expected.expected)]
    assert len(fitting) == 1, [(f.code, f.found, f.expected) for f in report if f.code == expected.code]
    return fitting[0]


def test_lines_are_found_by_the_keys_above_them(tmp_path: Path) -> None:
    file = tmp_path / "data.yaml"
    file.write_text("甲:\n  # 子: 1\n  丙: 0\n乙:\n  - 名: 一\n    子: 2\n  - 名: 二\n    子: 3\n", "utf-8")
    assert line_of("甲", "丙", file=file) == 3
    assert line_of("乙", "名: 二", "子", file=file) == 8
    with pytest.raises(LookupError):
        line_of("甲", "子", file=file)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e.name)
def test_a_contradiction_of_the_published_report_is_found(published: Report, expected: Expected) -> None:
    assert the_one(published, expected).severity is expected.severity


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e.name)
def test_a_finding_stands_at_the_lines_of_its_figures(published: Report, expected: Expected) -> None:
    lines = {place.line for place in the_one(published, expected).places}
    assert {line_of(*keys) for keys in expected.places} <= lines


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e.name)
def test_a_message_shows_both_sides_and_the_difference(published: Report, expected: Expected, language: str) -> None:
    message = the_one(published, expected).message.render(language)
    shown = [expected.found, expected.expected, expected.difference]
    if language == "en":
        shown = [in_english(text) for text in shown]
    assert [text for text in shown if text not in message] == []


def in_english(text: str) -> str:
    found = re.fullmatch(r"(\d{4})年(\d+)月(\d+)日", text)
    if found:
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return text.replace("个百分点", " percentage points").replace("天", " days")


def test_gross_values_in_the_total_of_assets_are_named_as_the_cause(published: Report) -> None:
    hint = the_one(published, EXPECTED[3]).hint
    assert hint is not None
    assert "原值" in hint.render("zh")
    assert "gross" in hint.render("en")


def test_a_stated_rate_says_which_figure_it_belongs_to_and_names_each_figure_once(published: Report) -> None:
    message = the_one(published, EXPECTED[10]).message
    assert message.render("zh").startswith("培训费：")
    assert message.render("zh").count("培训费1.08万元") == 1
    assert message.render("zh").count("上年培训费68.63万元") == 1
    assert message.render("en").startswith("training: ")
    assert "training, last year 68.63万元" in message.render("en")


def test_full_marks_whose_inputs_are_missing_cannot_be_verified(published: Report) -> None:
    doubted = {
        place.line
        for finding in published
        if finding.code == "score-unverifiable" and finding.severity is Severity.WARNING
        for place in finding.places
    }
    assert doubted == {line_of("评分", "指标", code) for code in UNVERIFIABLE}


def test_the_corrected_file_gives_no_error() -> None:
    assert examine(load(CORRECTED)).report.errors == ()


def test_no_message_of_the_published_report_leaves_a_place_unfilled(published: Report) -> None:
    for finding in published:
        for language in ("zh", "en"):
            texts = [finding.message, *([finding.hint] if finding.hint else [])]
            assert not any(re.search(r"[{}]", text.render(language)) for text in texts), finding.code


def test_a_rounding_note_does_not_ask_for_a_correction(published: Report) -> None:
    notes = [finding for finding in published.of(Severity.NOTE) if finding.expected]
    assert notes
    for note in notes:
        assert note.hint is None
        assert "四舍五入" in note.message.render("zh")
        stated, right = (parse_measure(text).value for text in (note.found, note.expected))
        assert abs(stated - right) < Decimal("0.05")
