"""Problems and recommendations: each trigger fires exactly where its condition holds, and nothing is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from draftgen.draft import Draft, Gap, Heading, Paragraph, Value
from draftgen.figures.facts import Fact
from draftgen.kinds import load_kind
from draftgen.pipeline import compose
from draftgen.planning.assessment import Trigger, raise_problems
from draftgen.planning.messages import Listing, Raised
from tests.desk import FOLDERS, HEAD, KIND, context, drafted, examined

TRIGGERS = load_kind(FOLDERS.templates, KIND).triggers
FLAGGED = [t for t in TRIGGERS if t.flag]


def raised(data: str, folder: Path) -> dict[str, Raised]:
    found = raise_problems(TRIGGERS, context(examined(HEAD + data, folder)))
    return {r.id: r for r in found}


def outlay(actual: str, budget: str, facet: str = "全年预算") -> str:
    return f"支出: {{合计: {{本年: {actual}, {facet}: {budget}}}}}\n"


def indicator(target: str, actual: str, sense: str = "≥") -> str:
    row = f"{{名称: 乙, 性质: '{sense}', 目标值: {target}, 实际值: {actual}}}"
    return f"绩效目标: {{项目: [{{名称: 甲项目, 指标: [{row}]}}]}}\n"


def satisfaction(value: str) -> str:
    return f"评分: {{指标: {{C24: {{数值: {value}}}}}}}\n"


def public(actual: str, budget: str) -> str:
    return f"支出: {{基本支出: {{公用经费: {{本年: {actual}, 全年预算: {budget}}}}}}}\n"


def procurement(actual: str) -> str:
    return f"政府采购: {{合计: {{本年: {actual}, 全年预算: 100}}}}\n"


def staff(actual: str) -> str:
    return f"人员: {{编制合计: 1000, 实有合计: {actual}}}\n"


def in_use(value: str) -> str:
    return f"资产: {{固定资产: {{原值: 1000, 在用: {value}}}}}\n"


def three_public(actual: str) -> str:
    return f"三公经费: {{合计: {{本年: {actual}, 上年: 100}}}}\n"


def balance(closing: str) -> str:
    return f"支出: {{合计: 1000}}\n结转结余: {{年末: {{合计: {closing}}}}}\n"


# problem, data just on the side where it holds, data at the threshold or just beyond where it does not
CASES = [
    ("Q01", outlay("79.99", "100"), outlay("80", "100")),
    ("Q02", outlay("94.99", "100"), outlay("95", "100")),
    ("Q02", outlay("80", "100"), outlay("79.99", "100")),
    ("Q03", outlay("120.01", "100", "年初预算"), outlay("120", "100", "年初预算")),
    ("Q04", balance("100.01"), balance("100")),
    ("Q06", procurement("79.99"), procurement("80")),
    ("Q07", three_public("100.01"), three_public("100")),
    ("Q08", public("100.01", "100"), public("100", "100")),
    ("Q09", staff("1001"), staff("1000")),
    ("Q10", indicator("100", "99"), indicator("100", "100")),
    ("Q10", indicator("100", "101", "≤"), indicator("100", "100", "≤")),
    ("Q11", indicator("100", "130"), indicator("100", "129")),
    ("Q14", satisfaction("84.99%"), satisfaction("85%")),
    ("Q15", in_use("949.99"), in_use("950")),
    ("Q20", "绩效目标: {项目: [{名称: 甲项目, 金额: 0}]}\n", "绩效目标: {项目: [{名称: 甲项目, 金额: 0.01}]}\n"),
]


@pytest.mark.parametrize(("problem", "holds", "silent"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_a_trigger_fires_exactly_where_its_condition_holds(
    problem: str, holds: str, silent: str, tmp_path: Path
) -> None:
    assert problem in raised(holds, tmp_path)
    assert problem not in raised(silent, tmp_path)


@pytest.mark.parametrize(("problem", "holds", "silent"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_a_problem_carries_the_fact_that_raised_it(problem: str, holds: str, silent: str, tmp_path: Path) -> None:
    del silent
    found = raised(holds, tmp_path)[problem]
    trigger = next(t for t in TRIGGERS if t.id == problem)
    assert set(found.facts) == ({"list", "count"} if trigger.each else set(trigger.facts))
    assert found.keys
    assert all(isinstance(fact, (Fact, Listing)) for fact in found.facts.values())


def test_every_trigger_is_put_to_the_test() -> None:
    assert {t.id for t in TRIGGERS} == {c[0] for c in CASES} | {t.id for t in FLAGGED}
    assert [t.id for t in TRIGGERS] == [f"Q{n:02}" for n in range(1, 22)]


@pytest.mark.parametrize("trigger", FLAGGED, ids=lambda t: t.id)
def test_a_flag_raises_its_problem_and_no_other(trigger: Trigger, tmp_path: Path) -> None:
    assert list(raised(f"标志: {{{trigger.flag}: 是}}\n", tmp_path)) == [trigger.id]
    assert raised(f"标志: {{{trigger.flag}: 否}}\n", tmp_path) == {}


def test_the_lower_of_two_thresholds_speaks_alone(tmp_path: Path) -> None:
    assert list(raised(outlay("50", "100"), tmp_path)) == ["Q01"]
    assert list(raised(outlay("90", "100"), tmp_path)) == ["Q02"]
    assert raised(outlay("99", "100"), tmp_path) == {}


def test_thresholds_of_the_settings_win(tmp_path: Path) -> None:
    own = "设置: {阈值: {执行率不足: 99.5%, 采购执行率: 50%}}\n"
    assert list(raised(outlay("99", "100") + own, tmp_path)) == ["Q02"]
    assert raised(procurement("60") + own, tmp_path) == {}


def test_without_its_base_a_rate_raises_nothing(tmp_path: Path) -> None:
    assert raised(outlay("-5", "100") + procurement("-5").replace("100", "0"), tmp_path) == {}
    assert raised("资产: {固定资产: {原值: 1000, 在用: -5}}\n", tmp_path) == {}
    assert raised("", tmp_path) == {}


def test_missed_indicators_are_listed_with_target_and_result(tmp_path: Path) -> None:
    listing = raised(indicator("100", "90"), tmp_path)["Q10"].facts["list"]
    assert isinstance(listing, Listing)
    (item,) = listing.items
    shown = "".join(part if isinstance(part, str) else f"[{getattr(part, 'key', '').rsplit('.')[-1]}]" for part in item)
    assert shown == "“乙”（目标[目标值]，实际[实际值]，完成率[完成率]）"


def section(draft: Draft, number: str) -> list[tuple[str, str]]:
    """Headings with their text under the first-level heading of this number."""
    found: list[tuple[str, str]] = []
    inside = False
    for block in draft.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.number == number
        elif inside and isinstance(block, Heading):
            found.append((block.text.removeprefix(block.number), ""))
        elif inside and isinstance(block, Paragraph):
            title, text = found.pop() if found else ("", "")
            found.append((title, text + block.text))
    return found


MANY = (
    outlay("50", "100")
    + procurement("47.14")
    + "标志: {多单位合并核算: 是}\n"
    + "问题: [{标题: 采购预算不细, 内容: 手工写的问题。, 编号: Q06}, {标题: 制度不健全, 内容: 另一个。}]\n"
    + "建议: [{标题: 无所针对, 内容: 其他建议。}, {标题: 健全制度, 内容: 修订制度。, 针对: 制度不健全}]\n"
)


def test_a_problem_written_by_hand_is_not_said_twice(tmp_path: Path) -> None:
    problems = section(drafted(HEAD + MANY, tmp_path), "六、")
    assert [title for title, _ in problems[:2]] == ["采购预算不细", "制度不健全"]
    assert len(problems) == 4  # and Q01, Q16 after them


def test_every_problem_has_its_recommendation_in_the_same_order(tmp_path: Path) -> None:
    draft = drafted(HEAD + MANY, tmp_path)
    problems, answers = section(draft, "六、"), section(draft, "七、")
    assert len(answers) == len(problems) + 1
    assert answers[1] == ("健全制度", "修订制度。")
    assert answers[-1] == ("无所针对", "其他建议。")
    sites = [b.id for b in draft.blocks if isinstance(b, Heading)]
    order = [s.split(".")[1] for s in sites if s.startswith("recommendations.Q")]
    assert order == ["Q06", "Q01", "Q16"]


def test_a_problem_of_the_writer_without_an_answer_asks_for_one(tmp_path: Path) -> None:
    draft = drafted(HEAD + "问题: [{标题: 制度不健全, 内容: 甲。}]\n", tmp_path)
    (answer,) = section(draft, "七、")
    assert "制度不健全" in answer[0]
    assert [g.rule for g in draft.gaps() if g.key.startswith("建议")] == ["recommendation-required"]


def test_without_a_trigger_there_is_a_prompt_and_no_problem(tmp_path: Path) -> None:
    draft = drafted(HEAD, tmp_path)
    for number in ("六、", "七、"):
        ((title, text),) = section(draft, number)
        assert title == ""
        assert text.startswith("【请填写：")
    assert {g.kind for g in draft.gaps() if g.key in ("问题", "建议")} == {"narrative"}


def test_the_figure_stands_in_the_problem(tmp_path: Path) -> None:
    draft = drafted(HEAD + procurement("47.14"), tmp_path)
    printed = [i for b in draft.blocks if isinstance(b, Paragraph) and b.id.startswith("problems") for i in inlines(b)]
    assert "47.14%" in [i.text for i in printed if isinstance(i, Value)]
    assert not [i for i in printed if isinstance(i, Gap)]


def inlines(paragraph: Paragraph) -> list[object]:
    return [i for s in paragraph.sentences for i in s.inlines]


def test_another_seed_raises_the_same_problems(tmp_path: Path) -> None:
    data = examined(HEAD + MANY, tmp_path)
    plans = {tuple(getattr(b, "id", "") for b in compose(data, seed=s, where=FOLDERS).blocks) for s in range(5)}
    assert len(plans) == 1
