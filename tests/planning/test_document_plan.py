"""The document plan: headings numbered without holes, what is absent or secret, what is said in one breath."""

from __future__ import annotations

from pathlib import Path

import pytest

from draftgen.draft import Draft, Heading, Paragraph
from draftgen.figures.model.dataset import Dataset
from draftgen.figures.schema_fields import fields_of
from draftgen.kinds import load_kind
from draftgen.planning.document_plan import heading_number, plan_document, plan_groups
from draftgen.planning.messages import DocumentPlan, HeadingPlan, Message, ParagraphPlan
from tests.desk import FOLDERS, HEAD, KIND, REPORT, context, drafted, examined

OPTIONAL = [s.zh for s in fields_of(Dataset) if not s.required and s.zh != "报告"]
TOPICS = [topic for topic in OPTIONAL if f"\n{topic}:" in REPORT.read_text("utf-8")]


def plan(data: str, folder: Path) -> DocumentPlan:
    kind = load_kind(FOLDERS.templates, KIND)
    return plan_document(kind.outline, kind.triggers, examined(data, folder).knowledge)


def headings(document: DocumentPlan) -> list[HeadingPlan]:
    return [n for n in document.nodes if isinstance(n, HeadingPlan)]


def assert_numbered(found: list[HeadingPlan]) -> None:
    counted = [0] * 6
    level = 0
    for heading in found:
        assert heading.level <= level + 1, heading
        level = heading.level
        counted[level] += 1
        counted[level + 1 :] = [0] * len(counted[level + 1 :])
        assert heading.number == heading_number(level, counted[level])


@pytest.mark.parametrize("topic", ["", *TOPICS])
def test_headings_are_numbered_without_holes_whatever_is_absent(topic: str, tmp_path: Path) -> None:
    text = REPORT.read_text("utf-8")
    if topic:
        lines = text.splitlines(keepends=True)
        start = next(n for n, line in enumerate(lines) if line.startswith(f"{topic}:"))
        end = next((n for n in range(start + 1, len(lines)) if lines[n][:1].strip() and lines[n][0] != "#"), len(lines))
        text = "".join(lines[:start] + lines[end:])
    document = plan(text, tmp_path)
    assert_numbered(headings(document))
    for node, after in zip(document.nodes, (*document.nodes[1:], None), strict=True):
        if isinstance(node, HeadingPlan):
            assert after is not None
            assert not isinstance(after, HeadingPlan) or after.level == node.level + 1


def test_a_field_of_work_in_which_nothing_was_said_takes_no_number(tmp_path: Path) -> None:
    rows = "[{事项: 甲, 领域: 一}, {事项: 乙, 领域: 二, 概述: 做了乙}, {事项: 丙, 领域: 三, 概述: 做了丙}]"
    document = plan(f"{HEAD}工作: {{事项: {rows}}}\n", tmp_path)
    fields = [(h.number, h.content) for h in headings(document) if h.site.startswith("findings.") or h.level == 4]
    assert [f for f in fields if "方面" in str(f[1])] == [("（1）", ("二方面",)), ("（2）", ("三方面",))]


def test_the_seven_parts_stand_in_order_with_the_least_of_data(tmp_path: Path) -> None:
    first = [(h.number, h.content[0]) for h in headings(plan(HEAD, tmp_path)) if h.level == 1]
    assert [n for n, _ in first] == ["一、", "二、", "三、", "四、", "五、", "六、", "七、"]
    assert [name for _, name in first][-2:] == ["存在的问题", "改进措施及建议"]


def paragraphs(draft: Draft) -> list[str]:
    return [b.text for b in draft.blocks if isinstance(b, Paragraph)]


def test_what_is_secret_keeps_its_heading_and_tells_nothing(tmp_path: Path) -> None:
    draft = drafted(HEAD + "职责: 涉密\n机构: {设置情况: 涉密}\n", tmp_path)
    titles = [b.text for b in draft.blocks if isinstance(b, Heading)]
    assert "（二）主要职能职责" in titles
    assert not [t for t in paragraphs(draft) if t.strip("。") == "涉密"]
    assert len([t for t in paragraphs(draft) if "密" in t and "公开" in t]) == 2


def groups(data: str, folder: Path, *entries: dict[str, str]) -> list[list[str]]:
    found = plan_groups(entries, context(examined(HEAD + data, folder)))
    return [[m.about for m in g.items if isinstance(m, Message)] for g in found]


TOTAL, CHANGE = {"total": "会议费"}, {"change": "会议费", "with": "yes"}


def test_what_belongs_together_is_said_in_one_breath(tmp_path: Path) -> None:
    data = "会议费: {本年: 5, 上年: 4}\n培训费: 3\n"
    assert groups(data, tmp_path, TOTAL, CHANGE, {"total": "培训费"}) == [["会议费", "会议费"], ["培训费"]]


def test_what_would_hang_on_nothing_stands_for_itself(tmp_path: Path) -> None:
    data = "会议费: {本年: 5, 上年: 4}\n培训费: 3\n"
    absent = {"total": "收入.合计"}
    assert groups(data, tmp_path, {"total": "培训费"}, absent, CHANGE) == [["培训费"], ["会议费"]]
    assert groups(data, tmp_path, absent) == []


def test_a_date_alone_is_no_sentence(tmp_path: Path) -> None:
    date = {"as-of": "人员.截止日期"}
    total = {"total": "人员.编制合计", "with": "yes"}
    assert groups("人员: {截止日期: 2020-12-31}\n", tmp_path, date, total) == []
    assert len(groups("人员: {截止日期: 2020-12-31, 编制合计: 5}\n", tmp_path, date, total)[0]) == 2


def test_texts_of_several_lines_become_paragraphs(tmp_path: Path) -> None:
    data = "评价:\n  目的: |\n    第一段\n\n    第二段；\n经验:\n  - 标题: 做法。\n    内容: |\n      甲\n      乙\n"
    said = paragraphs(drafted(HEAD + data, tmp_path))
    assert [t for t in ("第一段。", "第二段。", "甲。", "乙。") if t in said] == [
        "第一段。",
        "第二段。",
        "甲。",
        "乙。",
    ]


def test_steps_flow_into_one_paragraph(tmp_path: Path) -> None:
    said = paragraphs(drafted(HEAD + "评价: {思路: [制定方案。, 收集资料；, 撰写报告]}\n", tmp_path))
    assert "制定方案；收集资料；撰写报告。" in said


def test_documents_are_numbered_and_titled(tmp_path: Path) -> None:
    data = "评价: {依据: [{名称: 预算法。}, {名称: 《办法》, 文号: 财预〔2020〕10号}]}\n"
    said = paragraphs(drafted(HEAD + data, tmp_path))
    assert [t for t in said if t[:2] in ("1.", "2.")] == ["1.《预算法》。", "2.《办法》（财预〔2020〕10号）。"]


def test_a_remark_without_text_asks_for_it(tmp_path: Path) -> None:
    document = plan(HEAD + "经验: [{标题: 加强统筹}]\n", tmp_path)
    bodies = [n for n in document.nodes if isinstance(n, ParagraphPlan) and n.site.startswith("experience")]
    assert "narrative-required" in str(bodies)


def test_a_plan_knows_no_seed_and_is_always_the_same(tmp_path: Path) -> None:
    text = REPORT.read_text("utf-8")
    assert plan(text, tmp_path) == plan(text, tmp_path)
