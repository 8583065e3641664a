"""Project reports: accuracy of the finished files, valid files, one data file for many reports, no text lost."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from draftgen.draft import Draft, Heading, Table, Value
from draftgen.pipeline import Examined, compose, examine, load, render
from draftgen.word.lint import lint
from draftgen.word.text import plain_text
from draftgen.wording.phrasebank import load_phrasebank
from draftgen.wording.phrases import Phrase, fill_text
from tests.conftest import Validate
from tests.desk import FOLDERS, REPORT, ROOT
from tests.e2e.test_accuracy import NUMERAL, is_printed_right

KIND = "project-performance"
PROJECTS = ROOT / "examples" / "projects-2023" / "projects.yaml"
FESTIVAL = "绩效目标.项目.春节系列活动经费"
TRAINING = "绩效目标.项目.新型职业农民培训"
REPORTS = {"all": (PROJECTS, ""), "one": (PROJECTS, TRAINING), "festival": (REPORT, FESTIVAL), "seed": (REPORT, "")}
PHRASES = [p for p in load_phrasebank(FOLDERS.phrasebanks, KIND).all_phrases() if KIND in p.place]
# what steers the draft and is not meant to be read in it
STEERING = re.compile(
    r".*\.(性质|单位|编号|针对|适用|预决算差异原因|完成程度)|绩效目标.*\.名称|单位\.(自称|性质)|报告|公开日期|总目标"
)


@lru_cache(maxsize=4)
def looked_at(path: Path) -> Examined:
    return examine(load(path), KIND, where=FOLDERS)


@lru_cache(maxsize=16)
def draft(name: str, seed: int = 1) -> Draft:
    path, item = REPORTS[name]
    return compose(looked_at(path), seed=seed, where=FOLDERS, item=item)


@pytest.fixture(params=sorted(REPORTS))
def report(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_file_passes_our_lint_and_the_open_xml_validator(report: str, validate: Validate) -> None:
    data = render(draft(report), ".docx", FOLDERS)
    assert lint(data) == []
    assert validate(data) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_finished_file_has_the_planned_numerals_no_more_and_no_less(report: str, seed: int) -> None:
    planned = Counter(NUMERAL.findall(draft(report, seed).as_text()))
    printed = Counter(NUMERAL.findall(plain_text(render(draft(report, seed), ".docx", FOLDERS))))
    assert printed - planned == Counter(), "added"
    assert planned - printed == Counter(), "missing"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_printed_figure_is_its_fact_rounded_half_up(report: str, seed: int) -> None:
    facts = looked_at(REPORTS[report][0]).knowledge.facts
    figures = [
        i for i in draft(report, seed).inlines() if isinstance(i, Value) and i.role == "figure" and i.key in facts
    ]
    wrong = [i for i in figures if not is_printed_right(facts[i.key], number_in(i.text))]
    assert wrong == []
    assert len(figures) > (100 if report == "all" else 2)


def number_in(text: str) -> str:
    found = NUMERAL.search(text)
    assert found is not None, text
    return found.group()


def test_the_example_reads_as_its_figures_say() -> None:
    text = draft("one").as_text()
    for said in (
        "综合得分93.07分，评价等级为“优”",  # (7.20 + 18.24 + 15 + 8.57 + 4.75 + 20 + 10) ÷ 90 × 100
        "（到位资金与全年预算之比）为90.00%",
        "（全年执行数与到位资金之比）为80.00%",
        "年度资金总额\t50.00\t50.00\t36.00\t10\t72.00%\t7.20",
        "≥500人次\t456人次\t20\t18.24\t一期培训班推迟举办。",
        "不适用\t本年度不适用",
    ):
        assert said in text, said


def test_every_problem_is_raised_by_the_project_itself_and_answered_in_its_order() -> None:
    answers = headings_below("all", "有关建议")
    problems = headings_below("all", "存在的问题及原因")
    assert [len(p) for p in problems] == [len(a) for a in answers] == [2, 4, 0]
    assert "3.项目资金到位率有待提高" in problems[1] or "3.项目资金未足额到位" in problems[1]


def headings_below(report: str, title: str) -> list[list[str]]:
    """The headings right below each heading of this title."""
    found: list[list[str]] = []
    level = 0
    for block in draft(report).blocks:
        if not isinstance(block, Heading):
            continue
        if block.text.removeprefix(block.number) == title:
            found.append([])
            level = block.level
        elif level and block.level == level + 1:
            found[-1].append(block.text)
        else:
            level = 0
    return found


def test_a_project_reads_the_same_alone_and_among_others() -> None:
    together, alone = draft("all").as_text(), draft("one").as_text().splitlines()
    missing = [line for line in alone[3:] if line not in together and "以下简称" not in line]
    assert missing == []


def test_the_title_names_the_project_of_a_report_of_one() -> None:
    title = draft("festival").as_text().splitlines()[:3]
    assert title == ["中国共产党昆明市东川区委员会办公室", "2020年度项目支出绩效自评报告", "（春节系列活动经费）"]


def test_the_only_project_of_a_data_file_has_its_own_title(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    head = "报告: 项目支出绩效自评报告\n年度: 2023\n金额单位: 万元\n单位: {全称: 某某局}\n"
    path.write_text(head + "绩效目标: {项目: [{名称: 培训}]}\n", "utf-8")
    text = compose(examine(load(path), where=FOLDERS), where=FOLDERS).as_text()
    assert "（培训）" in text
    assert "第一部分" not in text


def test_a_figure_that_stands_in_two_reports_reads_the_same() -> None:
    department = compose(examine(load(REPORT), where=FOLDERS), where=FOLDERS)
    amount = f"{FESTIVAL}.金额"
    one, other = (
        {i.text for i in d.inlines() if isinstance(i, Value) and i.key == amount} for d in (department, draft("seed"))
    )
    assert {text.removesuffix("万元") for text in one} == {text.removesuffix("万元") for text in other} == {"219.72"}
    goals = [t.text for t in looked_at(REPORT).knowledge.texts.lists[f"{FESTIVAL}.目标"]]
    for goal in goals:
        assert goal in department.as_text()
        assert goal in draft("festival").as_text()


def test_the_festival_project_says_nothing_that_the_data_do_not_hold() -> None:
    """Of this project only the amount is known: everything else that a figure would say is a gap."""
    figures = {i.key for i in draft("festival").inlines() if isinstance(i, Value)}
    assert figures == {f"{FESTIVAL}.金额", f"{FESTIVAL}.评分.执行率满分", "评价.时段.起", "评价.时段.止"}
    assert any("全年预算" in gap.key for gap in draft("festival").gaps())


def test_no_text_of_the_data_file_is_lost() -> None:
    text = draft("all").as_text()
    given = looked_at(PROJECTS).knowledge.texts
    lost = {
        k
        for k, one in given.one.items()
        if one.path and one.text.rstrip("。") not in text and not STEERING.fullmatch(k)
    }
    lost |= {t.key for listed in given.lists.values() for t in listed if t.text.rstrip("。") not in text}
    assert lost == set()


def test_the_form_has_the_columns_of_its_variant(tmp_path: Path) -> None:
    path = tmp_path / "sichuan.yaml"
    path.write_text(PROJECTS.read_text("utf-8") + "\n设置: {版式: 四川}\n", "utf-8")
    text = compose(examine(load(path), where=FOLDERS), where=FOLDERS, item=TRAINING).as_text()
    for words in ("指标性质", "度量单位", "调整后预算数", "评价结论", "存在问题", "改进措施"):
        assert words in text, words


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_closing_boxes_name_the_problems_as_the_text_does(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "sichuan.yaml"
    path.write_text(PROJECTS.read_text("utf-8") + "\n设置: {版式: 四川}\n", "utf-8")
    made = compose(examine(load(path), where=FOLDERS), seed=seed, where=FOLDERS, item=TRAINING)
    rows = [r for b in made.blocks if isinstance(b, Table) for r in b.rows]
    boxes = {row.cells[0].text: row.cells[1].text.split("\n") for row in rows if len(row.cells) == 2}
    headings = {h.text.removeprefix(h.number) for h in made.blocks if isinstance(h, Heading)}
    assert {line.rstrip("。") for name in ("存在问题", "改进措施") for line in boxes[name]} <= headings
    assert len(boxes["存在问题"]) == len(boxes["改进措施"]) == 4


def test_groups_of_indicators_share_their_labels() -> None:
    form = next(b for b in draft("one").blocks if isinstance(b, Table) and "自评表" in b.text)
    spans = {cell.text: cell.row_span for row in form.rows for cell in row.cells if cell.row_span > 1}
    assert spans["产出指标"] == 4
    assert spans["绩效指标"] == 8
    assert spans["项目资金"] == 5


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.id)
def test_the_phrases_of_the_kind_render_as_their_examples_say(phrase: Phrase) -> None:
    assert phrase.examples, "a phrase without an example"
    for given, gives in phrase.examples:
        assert set(given) == set(phrase.slots)
        assert fill_text(phrase.text, given) == gives
    assert not re.search(r"[,;:()]|(?<!\d)\.(?!\d)", re.sub(r"\{\{.*?\}\}", "", phrase.text)), "half-width punctuation"


LINES = PROJECTS.read_text("utf-8").splitlines()
WEIGHTS = [n for n, line in enumerate(LINES, 1) if re.search(r"分值: \d+", line)]
PARTS = [n for n, line in enumerate(LINES, 1) if re.search(r"财政拨款: \{本年: [1-9]", line)]


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [(n, r"分值: (\d+)", r"分值: 1\1") for n in WEIGHTS] + [(n, r"本年: (\d+)", r"本年: 9\1") for n in PARTS],
)
def test_a_slip_in_a_full_mark_or_a_part_of_the_money_is_found_at_its_line(
    line: int, old: str, new: str, tmp_path: Path
) -> None:
    path = tmp_path / "slip.yaml"
    slipped = [re.sub(old, new, text) if n == line else text for n, text in enumerate(LINES, 1)]
    path.write_text("\n".join(slipped), "utf-8")
    before = {(f.code, f.places[:1]) for f in looked_at(PROJECTS).report}
    told = [f for f in examine(load(path), where=FOLDERS).report.errors if (f.code, f.places[:1]) not in before]
    assert line in {place.line for finding in told for place in finding.places}


def test_the_example_itself_has_no_error() -> None:
    assert looked_at(PROJECTS).report.errors == ()
