"""An outline is checked when it is read: what is wrong in it is a TemplateError that names the file."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from draftgen.curated import read_curated
from draftgen.errors import TemplateError
from draftgen.findings import Place
from draftgen.planning.assessment import read_triggers
from draftgen.planning.builders import BUILDERS
from draftgen.planning.outline import Outline, all_topics, read_outline
from tests.desk import FOLDERS, KIND

FOLDER = FOLDERS.templates / KIND
PLACE = Place("outline.yaml")


def tree() -> dict[str, Any]:
    table = {"caption": "表", "rows": "工作.事项", "columns": [{"header": "序号", "width": 7, "cell": "number"}]}
    topic = {"heading": "概况", "id": "overview", "say": [{"p": [{"total": "会议费", "item": "会议费"}]}]}
    name = {"zh": "报告", "en": "report"}
    chart = {"caption": "图", "type": "pie", "figures": "收入.*"}
    named = {"tables": {"work": table}, "charts": {"income": chart}, "captions": {"chart": "图{number}"}}
    return {"id": "kind", "name": name, "title": ["{year}"], "topics": [topic], **named}


def refused(changed: dict[str, Any]) -> str:
    with pytest.raises(TemplateError) as error:
        read_outline(changed, PLACE)
    (finding,) = error.value.findings
    assert (finding.code, finding.places) == ("bad-outline", (PLACE,))
    assert finding.message.render("zh").startswith("提纲：")
    return finding.message.render("en")


def test_a_sound_outline_is_read() -> None:
    outline = read_outline(tree(), PLACE)
    assert [t.id for t in all_topics(outline.topics)] == ["overview"]


def test_every_outline_that_ships_is_sound_and_uses_only_known_lines() -> None:
    for path in FOLDERS.templates.glob("*/outline.yaml"):
        outline = read_outline(read_curated(path, TemplateError), Place(str(path)))
        assert isinstance(outline, Outline)


def test_a_topic_may_have_another_place_in_each_variant_and_only_one_in_each() -> None:
    changed = tree()
    (topic,) = changed["topics"]
    changed["variants"] = {"甲": {}, "乙": {}}
    apart = [
        {**topic, "if": {"variant": "甲"}},
        {"heading": "其他", "id": "x", "if": {"not-variant": "甲"}, "topics": [topic]},
    ]
    outline = read_outline({**changed, "topics": apart}, PLACE)
    assert [t.id for t in all_topics(outline.topics)] == ["overview", "x", "overview"]
    assert "topic id overview stands twice" in refused({**changed, "topics": [*apart, topic]})


def say(*lines: Any) -> Callable[[dict[str, Any]], None]:
    return lambda t: t["topics"][0].update(say=list(lines))


WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no title": (lambda t: t.pop("title"), "title is missing"),
    "no name": (lambda t: t["name"].pop("en"), "en is missing"),
    "topic without id": (lambda t: t["topics"][0].pop("id"), "id is missing"),
    "unknown field of a topic": (lambda t: t["topics"][0].update(headline="x"), "unknown field headline"),
    "duplicate id": (lambda t: t["topics"].append(copy.deepcopy(t["topics"][0])), "overview stands twice"),
    "unknown condition": (lambda t: t["topics"][0].update({"if": {"maybe": "会议费"}}), "maybe"),
    "unknown paragraph": (say({"prose": "x"}), "says nothing known"),
    "two kinds of paragraph": (say({"text": "x", "table": "work"}), "says nothing known"),
    "unknown option of a paragraph": (say({"text": "x", "aks": "y"}), "says nothing known"),
    "unknown condition of a paragraph": (say({"text": "x", "if": {"maybe": "y"}}), "maybe"),
    "unknown table": (say({"table": "works"}), "no table works"),
    "unknown message": (say({"p": [{"totals": "会议费"}]}), "says nothing known"),
    "unknown option of a message": (say({"p": [{"total": "会议费", "itm": "x"}]}), "says nothing known"),
    "composition without its whole": (say({"p": [{"composition": "收入.*"}]}), "lacks of"),
    "execution without a budget": (say({"p": [{"execution": "会议费"}]}), "lacks against"),
    "execution against what is no budget": (say({"p": [{"execution": "会议费", "against": "上年"}]}), "nothing known"),
    "table without rows": (lambda t: t["tables"]["work"].pop("rows"), "table work: rows"),
    "unknown field of a table": (lambda t: t["tables"]["work"].update(row="x"), "table work: row"),
    "column without a cell": (lambda t: t["tables"]["work"]["columns"][0].pop("cell"), "table work: cell"),
    "unknown cell": (lambda t: t["tables"]["work"]["columns"][0].update(cell={"txt": "x"}), "txt"),
    "unknown chart": (say({"chart": "incomes"}), "no chart incomes"),
    "chart without a type": (lambda t: t["charts"]["income"].pop("type"), "chart income: type"),
    "chart of an unknown type": (lambda t: t["charts"]["income"].update(type="radar"), "chart income: type"),
    "chart of nothing": (lambda t: t["charts"]["income"].pop("figures"), "chart income: figures"),
    "unknown field of a chart": (lambda t: t["charts"]["income"].update(colour="x"), "chart income: colour"),
    "unknown condition of a chart": (lambda t: t["charts"]["income"].update({"if": {"maybe": "x"}}), "maybe"),
    "pie of two series": (
        lambda t: t["charts"]["income"].update(series=[{"name": "a", "figure": "@"}] * 2),
        "chart income: type",
    ),
    "series without a name": (
        lambda t: t["charts"]["income"].update(type="clustered", series=[{"figure": "@"}] * 2),
        "chart income: name",
    ),
    "captions of what has none": (lambda t: t["captions"].update(heading="题{number}"), "captions: heading"),
    "captions without a number": (lambda t: t["captions"].update(table="表"), "captions: table"),
    "cover of neither yes nor fields": (lambda t: t.update(cover="maybe"), "cover: maybe"),
    "unknown field of the cover": (lambda t: t.update(cover={"units": "x"}), "cover: "),
    "totals in a narrow table": (
        lambda t: t["tables"]["work"].update(totals=[{"label": "x", "figure": "y"}]),
        "totals",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_in_an_outline_is_refused_when_it_is_read(case: str) -> None:
    change, told = WRONG[case]
    changed = tree()
    change(changed)
    assert told in refused(changed)


def test_every_builder_can_be_named_by_an_outline() -> None:
    needs = {"composition": {"of": "x"}, "execution": {"against": "全年预算"}, "share": {"base": "x"}}
    for name in BUILDERS:
        changed = tree()
        changed["topics"][0]["say"] = [{"p": [{name: "x", **needs.get(name, {})}]}]
        assert read_outline(changed, PLACE).topics[0].say


TRIGGERS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown field": ({"id": "Q1", "name": "x", "flag": "y", "whenn": []}, "whenn"),
    "no name": ({"id": "Q1", "flag": "y"}, "name is missing"),
    "no condition": ({"id": "Q1", "name": "x"}, "needs either"),
    "flag and formula": ({"id": "Q1", "name": "x", "flag": "y", "when": ["a < 1"]}, "needs either"),
    "not a formula": ({"id": "Q1", "name": "x", "when": ["a <"]}, "Q1"),
}


@pytest.mark.parametrize("case", TRIGGERS)
def test_what_is_wrong_in_a_trigger_is_refused_when_it_is_read(case: str, tmp_path: Path) -> None:
    entry, told = TRIGGERS[case]
    place = Place(str(tmp_path / "triggers.yaml"))
    with pytest.raises(TemplateError) as error:
        read_triggers({"triggers": [entry]}, place)
    (finding,) = error.value.findings
    assert (finding.code, finding.places) == ("bad-trigger", (place,))
    assert told in finding.message.render("en")


def test_a_file_without_triggers_is_refused() -> None:
    with pytest.raises(TemplateError):
        read_triggers({}, PLACE)
