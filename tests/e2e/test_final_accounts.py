"""Final accounts: the figures of the finished file, the traps of this kind, its variants, other reports."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from draftgen.curated import read_curated
from draftgen.draft import Draft, Heading, Table, Value
from draftgen.errors import InputError
from draftgen.pipeline import compose, examine, load, render
from draftgen.word.lint import lint
from draftgen.word.text import plain_text
from tests.conftest import Pages, Validate
from tests.desk import FOLDERS, ROOT
from tests.e2e.final_accounts import (
    INSTITUTION,
    KIND,
    REPORT,
    VARIANTS,
    Path_,
    below,
    drafted,
    in_variant,
    place_in,
    table,
    tree,
    with_fault,
)
from tests.e2e.test_accuracy import NUMERAL, is_printed_right
from tests.properties.data_files import TOPICS, data_file

SEEDS = (1, 2, 3, 5)
GOLDEN = read_curated(ROOT / "tests" / "e2e" / "final_accounts_golden.yaml")
INCOME, OUTLAY = "2024年度收入决算情况说明", "2024年度支出决算情况说明"
TOTALS, FISCAL = "2024年度收入支出决算总体情况说明", "2024年度财政拨款收入支出决算总体情况说明"
DETAILS = "一般公共预算财政拨款支出决算具体情况"
BASIC = "2024年度一般公共预算财政拨款基本支出决算情况说明"
THREE_PUBLIC = "2024年度财政拨款“三公”经费支出决算情况说明"
FUNDS = "2024年度政府性基金预算财政拨款收入支出决算情况说明"
RUNNING, PROCUREMENT, ASSETS = "机关运行经费支出情况", "政府采购支出情况", "国有资产占用情况"


@lru_cache(maxsize=16)
def report(seed: int = 1) -> Draft:
    return compose(examine(load(REPORT), where=FOLDERS), seed=seed, where=FOLDERS)


@lru_cache(maxsize=16)
def institution(seed: int = 1) -> Draft:
    return compose(examine(load(INSTITUTION), where=FOLDERS), seed=seed, where=FOLDERS)


def changed(*changes: tuple[Path_, str], base: Path = REPORT) -> dict[str, Any]:
    data = copy.deepcopy(tree(base))
    for path, value in changes:
        holder, key = place_in(data, path)
        holder[key] = value
    return data


def without(*paths: Path_, base: Path = REPORT) -> dict[str, Any]:
    data = copy.deepcopy(tree(base))
    for path in paths:
        holder, key = place_in(data, path)
        del holder[key]
    return data


def subject(text: str, name: str) -> str:
    """The paragraph of one subject."""
    return next(line for line in text.splitlines() if f"{name}（项）" in line)


# ---- the finished file ----


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("path", [REPORT, INSTITUTION], ids=lambda p: p.stem)
def test_the_finished_file_has_the_planned_figures_no_more_and_no_less(
    path: Path, variant: str, tmp_path: Path, validate: Validate
) -> None:
    draft = drafted(in_variant(variant, path), tmp_path)
    data = render(draft, ".docx", FOLDERS)
    planned, printed = Counter(NUMERAL.findall(draft.as_text())), Counter(NUMERAL.findall(plain_text(data)))
    assert printed - planned == Counter(), "added"
    assert planned - printed == Counter(), "missing"
    assert lint(data) == []
    assert validate(data) == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_printed_figure_is_its_fact_rounded_half_up(variant: str, tmp_path: Path) -> None:
    facts = examine(load(REPORT), KIND, FOLDERS).knowledge.facts
    checked = 0
    for seed in SEEDS:
        for inline in drafted(in_variant(variant), tmp_path, seed).inlines():
            if isinstance(inline, Value) and inline.role == "figure" and inline.key in facts:
                number = NUMERAL.search(inline.text)
                assert number is not None
                assert is_printed_right(facts[inline.key], number[0]), (inline, facts[inline.key])
                checked += 1
    assert checked > 1000


def test_the_report_renders_as_pages_with_all_its_parts(to_pages: Callable[[bytes], Pages]) -> None:
    pages = to_pages(render(report(), ".docx", FOLDERS))
    text = "".join(pages).replace(" ", "")
    for part in ("第一部分", "公开01表", "公开09表", "十一、其他重要事项的情况说明", "名词解释"):
        assert part in text
    assert all(len(page.strip()) > 20 for page in pages), "an empty page"
    for page in pages:  # a caption never stands at the foot of a page, parted from its table
        lines = [line.replace(" ", "") for line in page.splitlines() if line.strip()]
        assert not re.fullmatch(r"\S+决算(总)?表", lines[-2]), lines[-3:]


@pytest.mark.parametrize("section", sorted(GOLDEN))
def test_the_wording_of_a_section_is_as_agreed(section: str) -> None:
    assert below(report(), section) == GOLDEN[section].strip()


# ---- the traps ----


@pytest.mark.parametrize("seed", SEEDS)
def test_totals_with_balances_are_called_zongji_and_sums_of_the_year_heji(seed: int) -> None:
    for section, amount in ((TOTALS, "1351.86万元"), (FISCAL, "1300.96万元")):
        text = below(report(seed), section)
        assert "总计" in text
        assert amount in text
        assert "合计" not in text
    for section, amount in ((INCOME, "1307.46万元"), (OUTLAY, "1284.06万元")):
        text = below(report(seed), section)
        assert "合计" in text
        assert amount in text
        assert "总计" not in text


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_name_what_they_are_of(seed: int) -> None:
    for section, base, shares in ((INCOME, "本年收入合计", 2), (OUTLAY, "本年支出合计", 2)):
        text = below(report(seed), section)
        assert text.count("%") == shares
        assert base in text.partition("%")[0], "the whole stands before its shares"
    assert "本年支出合计" in below(report(seed), "一般公共预算财政拨款支出决算总体情况")


def test_section_six_quotes_the_table_of_basic_outlay_and_not_section_three() -> None:
    text = below(report(), BASIC)
    assert "727.95万元" in text
    assert "733.15" not in text


@pytest.mark.parametrize("seed", SEEDS)
def test_a_zero_budget_at_the_start_of_the_year_has_no_rate(seed: int) -> None:
    text = subject(below(report(seed), DETAILS), "机关事业单位职业年金缴费支出")
    assert "%" not in text
    assert "11.26万元" in text
    assert "2名人员退休" in text, "the reason"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rate_on_the_full_budget_names_it(seed: int, tmp_path: Path) -> None:
    path: Path_ = ("一般公共预算", "科目", "2080506", "支出", "全年预算")
    text = subject(below(drafted(changed((path, "12.00")), tmp_path, seed), DETAILS), "机关事业单位职业年金缴费支出")
    assert [s for s in text.split("。") if "%" in s and "全年预算" not in s] == []
    assert "93.83%" in text
    assert "完成年初预算" not in text


@pytest.mark.parametrize("seed", SEEDS)
def test_three_public_and_funds_are_measured_by_the_full_budget_and_say_so(seed: int) -> None:
    text = below(report(seed), THREE_PUBLIC) + below(report(seed), FUNDS)
    assert "年初预算" not in text
    done = [s for s in text.split("。") if "完成" in s and "%" in s]
    assert len(done) == 6
    assert all("全年预算" in s for s in done), done


@pytest.mark.parametrize("seed", SEEDS)
def test_an_equal_budget_has_no_rate_and_no_reason(seed: int, tmp_path: Path) -> None:
    path: Path_ = ("一般公共预算", "科目", "2210201", "支出", "预决算差异原因")
    data = changed((path, "缴费基数调整"))
    text = subject(below(drafted(data, tmp_path, seed), DETAILS), "住房公积金")
    assert "持平" in text
    assert "原因" not in text
    assert "缴费基数" not in text
    assert "%" not in text


@pytest.mark.parametrize("seed", SEEDS)
def test_a_figure_equal_to_last_year_has_no_reason(seed: int, tmp_path: Path) -> None:
    data = changed((("机关运行经费", "上年"), "71.35"))
    text = below(drafted(data, tmp_path, seed), RUNNING)
    assert "持平" in text
    assert "原因" not in text
    assert not re.search("增加|减少|0.00", text)


REASONS: list[tuple[Path_, str]] = [
    (("收支总计", "原因"), "收支总计.原因"),
    (("财政拨款", "总计", "原因"), "财政拨款.总计.原因"),
    (("一般公共预算", "支出", "原因"), "一般公共预算.支出.原因"),
    (("一般公共预算", "支出", "预决算差异原因"), "一般公共预算.支出.预决算差异原因"),
    (("一般公共预算", "科目", "2130314", "支出", "预决算差异原因"), "一般公共预算.科目.2130314.支出.预决算差异原因"),
    (("一般公共预算", "科目", "2080506", "支出", "预决算差异原因"), "一般公共预算.科目.2080506.支出.预决算差异原因"),
    (("三公经费", "合计", "原因"), "三公经费.合计.原因"),
    (("三公经费", "合计", "预决算差异原因"), "三公经费.合计.预决算差异原因"),
    (("三公经费", "公务用车购置费", "原因"), "三公经费.公务用车购置费.原因"),
    (("三公经费", "公务用车购置费", "预决算差异原因"), "三公经费.公务用车购置费.预决算差异原因"),
    (("三公经费", "公务用车运行维护费", "原因"), "三公经费.公务用车运行维护费.原因"),
    (("三公经费", "公务用车运行维护费", "预决算差异原因"), "三公经费.公务用车运行维护费.预决算差异原因"),
    (("三公经费", "公务接待费", "预决算差异原因"), "三公经费.公务接待费.预决算差异原因"),
    (("政府性基金预算", "支出", "原因"), "政府性基金预算.支出.原因"),
    (
        ("政府性基金预算", "科目", "2120804", "支出", "预决算差异原因"),
        "政府性基金预算.科目.2120804.支出.预决算差异原因",
    ),
    (("机关运行经费", "原因"), "机关运行经费.原因"),
]


@pytest.mark.parametrize(("path", "key"), REASONS, ids=[key for _, key in REASONS])
def test_a_reason_that_nobody_gave_is_a_gap(path: Path_, key: str, tmp_path: Path) -> None:
    before = {gap.key for gap in report().gaps()}
    assert key not in before
    gaps = drafted(without(path), tmp_path).gaps()
    assert {gap.key for gap in gaps} - before == {key}
    assert all(gap.prompt and gap.kind == "reason" for gap in gaps if gap.key == key)


def test_the_example_leaves_two_reasons_open() -> None:
    assert {gap.key for gap in report().gaps()} == {
        "一般公共预算.科目.2130306.支出.预决算差异原因",
        "三公经费.公务接待费.原因",
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_contents_name_the_subjects_that_were_spent_on_in_the_order_of_their_codes(seed: int) -> None:
    for draft, count in ((report(seed), 33), (institution(seed), 15)):
        text = below(draft, BASIC)
        form = table(draft, "一般公共预算财政拨款基本支出决算表")
        cells = [[cell.text for cell in row.cells] for row in form.rows[:-1]]
        groups = [[row[at : at + 3] for row in cells] for at in (0, 3, 6)]
        spent = [name for group in groups for code, name, amount in group if len(code) == 5 and amount]
        named = [name for name in re.split("[、。，和：]|主要包括", text) if name in spent]
        assert [n for n in spent if n not in text] == []
        assert len(spent) == count
        assert named == sorted(named, key=spent.index)
    assert not re.search("伙食补助费|租赁费|因公出国", below(report(seed), BASIC)), "a row of zero"


def test_an_unknown_economic_subject_is_named_and_kept(tmp_path: Path) -> None:
    data = copy.deepcopy(tree())
    items = data["一般公共预算"]["基本支出"]["公用经费明细"]
    items["维修费"] = items.pop("维修（护）费")
    draft = drafted(data, tmp_path)
    assert "维修费" in below(draft, BASIC)
    assert ("", "维修费", "4.26") in {
        tuple(c.text for c in row.cells[6:9]) for row in table(draft, "一般公共预算财政拨款基本支出决算表").rows
    }


EMPTY = (
    "财政拨款“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款收入支出决算表",
)


@pytest.mark.parametrize("caption", EMPTY)
def test_an_empty_table_stays_with_its_note(caption: str) -> None:
    form = table(institution(), caption)
    notes = ["".join(i.text for i in note) for note in form.notes]
    assert any("故本表无数据" in note for note in notes)
    assert form.rows
    assert not any(NUMERAL.search(cell.text) for row in form.rows for cell in row.cells)
    assert not any("故本表无数据" in "".join(i.text for i in n) for n in table(report(), EMPTY[1]).notes)


def test_a_table_of_figures_that_nobody_gave_is_asked_for_and_not_called_empty(tmp_path: Path) -> None:
    data = without(("财政拨款",))
    draft = drafted(data, tmp_path)
    assert "无国有资本经营预算" not in draft.as_text()
    assert "没有国有资本经营预算" not in draft.as_text()
    assert "国有资本经营预算.支出" in {gap.key for gap in draft.gaps()}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_institution_has_no_running_costs_of_an_office(seed: int) -> None:
    text = below(institution(seed), RUNNING)
    assert "事业单位" in text
    assert re.search("无|没有|不涉及", text)
    assert not NUMERAL.search(text.replace("2024年度", ""))


@pytest.mark.parametrize("nature", ["行政", "参公"])
def test_an_office_that_left_its_running_costs_out_is_asked(nature: str, tmp_path: Path) -> None:
    data = changed((("单位", "性质"), nature))
    del data["机关运行经费"]
    draft = drafted(data, tmp_path)
    assert "机关运行经费" in {gap.key for gap in draft.gaps()}
    assert "事业单位" not in below(draft, RUNNING)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_told_of_what_is_secret(seed: int, tmp_path: Path) -> None:
    data = changed((("职责",), "涉密"), (("机构", "设置情况"), "涉密"), (("预算绩效", "说明"), "涉密"))
    draft = drafted(data, tmp_path, seed)
    for heading in ("主要职能", "2024年度预算绩效情况说明"):
        text = below(draft, heading)
        assert "不予公开" in text or "不对外公开" in text
        assert not NUMERAL.search(text)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_count_of_zero_opens_no_list(seed: int) -> None:
    for draft in (report(seed), institution(seed)):
        prose = "\n".join(below(draft, s) for s in (THREE_PUBLIC, "其他重要事项的情况说明"))
        assert not re.search(r"(?<![\d.])0(?:个|人次|批次|辆|台|次)", prose), prose


def test_batches_persons_and_vehicles_are_told() -> None:
    text = below(report(), THREE_PUBLIC)
    assert "16批次、118人次" in text
    assert "1辆" in text
    assert "5辆" in text
    assets = below(report(), ASSETS)
    uses = [int(n) for n in re.findall(r"用车(?:为)?(\d+)辆", assets)]
    assert sum(uses) == 5


@pytest.mark.parametrize("seed", SEEDS)
def test_small_firms_are_told_with_amount_and_share(seed: int) -> None:
    text = below(report(seed), PROCUREMENT)
    for figure in (
        "312.40万元",
        "42.60万元",
        "205.80万元",
        "64.00万元",
        "268.55万元",
        "85.96%",
        "190.20万元",
        "70.82%",
    ):
        assert figure in text


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_year_is_called_year_of_account_throughout(variant: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        draft = drafted(in_variant(variant), tmp_path, seed)
        prose = "\n".join(i.text for i in draft.inlines() if not getattr(i, "source", None))
        assert not re.search("今年|去年|本年度|截止", prose.replace("{scope}本年度", "").replace("部门本年度", ""))
        assert not re.search(r"202[34]年(?!度|末|12月)", prose)


# ---- variants ----


def headings(draft: Draft, level: int) -> list[str]:
    return [b.text.removeprefix(b.number) for b in draft.blocks if isinstance(b, Heading) and b.level == level]


def test_the_national_form_has_its_eleven_sections() -> None:
    sections = [b.text for b in report().blocks if isinstance(b, Heading) and b.level == 1 and "说明" in b.text]
    assert len(sections) == 11
    assert sections[0].startswith("一、2024年度收入支出决算总体")
    assert sections[-1] == "十一、其他重要事项的情况说明"


def numbers(draft: Draft) -> list[str]:
    return [block.number for block in draft.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_published_tables_stand_in_the_order_of_their_numbers(variant: str, tmp_path: Path) -> None:
    found = numbers(drafted(in_variant(variant), tmp_path))
    expected = [f"公开{n:02}表" for n in range(1, 11 if variant == "云南" else 10)]
    assert found == expected + (["公开12表"] if variant == "云南" else [])


def test_orders_of_the_tables_differ_by_variant(tmp_path: Path) -> None:
    order = {v: drafted(in_variant(v), tmp_path) for v in ("全国", "湖南", "云南")}
    assert table(order["全国"], "财政拨款“三公”经费支出决算表").number == "公开07表"
    assert table(order["湖南"], "财政拨款“三公”经费支出决算表").number == "公开09表"
    assert table(order["云南"], "一般公共预算财政拨款收入支出决算表").number == "公开05表"
    assert table(order["云南"], "一般公共预算财政拨款项目支出决算表").number == "公开07表"


def test_sichuan_puts_its_tables_last_and_lists_zeros(tmp_path: Path) -> None:
    draft = drafted(in_variant("四川"), tmp_path)
    assert headings(draft, 0)[-1] == "附表"
    assert "事业收入0.00万元" in below(draft, INCOME).replace("为0.00", "0.00")
    assert "上级补助收入" not in below(report(), INCOME)


def test_yunnan_tells_its_own_parts(tmp_path: Path) -> None:
    draft = drafted(in_variant("云南"), tmp_path)
    assert "其他重要事项及相关口径情况说明" in headings(draft, 0)
    assert "部门基本情况" in headings(draft, 1)
    assert next(h for h in headings(draft, 1) if "决算" in h and "情况说明" in h) == INCOME
    assert "48人" in below(draft, "部门基本情况")
    assert "农林水支出" in below(draft, "一般公共预算财政拨款支出决算具体使用情况")


def test_hunan_tells_meetings_and_training(tmp_path: Path) -> None:
    text = below(drafted(in_variant("湖南"), tmp_path), "一般性支出情况")
    for figure in ("1.12万元", "3次", "186人次", "2.35万元", "2次", "94人次"):
        assert figure in text
    assert "一般性支出情况" not in headings(report(), 2)


def test_a_single_unit_is_no_department() -> None:
    text = institution().as_text()
    assert "2024年度单位决算" in text
    assert "机构设置" in headings(institution(), 1)
    assert "部门决算" not in text.replace("部门决算公开", "")


def test_terms_of_the_data_file_take_the_place_of_ours(tmp_path: Path) -> None:
    data = {**copy.deepcopy(tree()), "名词解释": {"行政运行": "行政单位的基本支出。"}}
    text = below(drafted(data, tmp_path), "名词解释")
    assert text == "1.行政运行：行政单位的基本支出。"
    assert "“三公”经费：" in below(report(), "名词解释")


# ---- what is not known ----

HEAD = {"报告": KIND, "年度": "2024", "金额单位": "万元", "单位": {"全称": "某某区水务局", "性质": "行政"}}


def test_a_file_with_hardly_anything_keeps_its_sections_and_asks(tmp_path: Path) -> None:
    draft = drafted({**HEAD, "收入": {"合计": "10.00"}, "支出": {"合计": "10.00"}}, tmp_path)
    sections = [b.number for b in draft.blocks if isinstance(b, Heading) and b.level == 1 and "说明" in b.text]
    assert sections == CHINESE
    asked = {gap.key for gap in draft.gaps()}
    for key in ("收支总计", "财政拨款.总计", "一般公共预算.支出", "一般公共预算.基本支出.合计", "三公经费.合计"):
        assert key in asked
    assert not re.search("(?<!没)(?<!之)无|没有(?!的填)", below(draft, FUNDS)), "nothing is said to be none"


CHINESE = ["一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、", "十一、"]


@pytest.mark.parametrize("number", range(20))
def test_no_section_of_the_notes_is_ever_left_out(number: int, tmp_path: Path) -> None:
    """A section without a figure says that there is none, or asks: the numbers of the form never shift."""
    data = json.loads(data_file(frozenset(TOPICS[number % 3 :: 2]) | {"收入"}, 0.5 + number % 5 / 8, number, KIND))
    data["设置"] = {"版式": "全国"}
    try:
        draft = drafted(data, tmp_path)
    except InputError:
        return
    assert [b.number for b in draft.blocks if isinstance(b, Heading) and b.level == 1 and "说明" in b.text] == CHINESE


def test_a_budget_that_nobody_gave_is_asked_for(tmp_path: Path) -> None:
    path: Path_ = ("一般公共预算", "科目", "2130314", "支出", "年初预算")
    draft = drafted(without(path), tmp_path)
    assert "一般公共预算.科目.2130314.支出.年初预算" in {gap.key for gap in draft.gaps()}
    assert "47.20万元" in subject(below(draft, DETAILS), "防汛")


def test_names_of_classes_come_from_the_catalogue() -> None:
    text = below(institution(), DETAILS)
    assert "文化旅游体育与传媒支出（类）文化和旅游（款）图书馆（项）" in text


# ---- one data file, many reports ----


def test_a_figure_reads_the_same_in_both_reports() -> None:
    loaded = load(REPORT)
    drafts = [compose(examine(loaded, kind, FOLDERS), where=FOLDERS) for kind in (KIND, "department-performance")]
    printed = []
    for draft in drafts:
        values = [i for i in draft.inlines() if isinstance(i, Value) and i.role == "figure"]
        printed.append({(v.key, number[0]) for v in values if (number := NUMERAL.search(v.text))})
    first, second = printed
    both = {key for key, _ in first} & {key for key, _ in second}
    assert len(both) > 25
    assert {(k, n) for k, n in first if k in both} == {(k, n) for k, n in second if k in both}


def test_the_example_drafts_as_department_performance_without_an_error() -> None:
    found = examine(load(REPORT), "department-performance", FOLDERS).report
    assert [f.message.render("zh") for f in found.errors] == []


def test_a_wrong_figure_stands_as_a_comment_in_the_draft(tmp_path: Path) -> None:
    draft = drafted(with_fault(("收支总计", "本年"), "1351.68"), tmp_path)
    assert any("收支总计" in remark.text for remark in draft.remarks)
