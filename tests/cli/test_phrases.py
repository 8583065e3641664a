"""The verbs of ``draftgen phrases``, as a person at a desk meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import Run

OWN = """# 本单位的短语
phrases:
  - id: office.change.1
    message: change
    when: {case: [up, down], measure: [money]}
    text: "{{ item }}{{ versus }}{{ change_amount }}，同口径{{ change_rate }}"
    examples:
      - given: {item: 会议费, versus: 比上年, change_amount: 增加4.72万元, change_rate: 增长23.75%}
        gives: 会议费比上年增加4.72万元，同口径增长23.75%
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A phrasebank of an office."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "own.yaml").write_text(OWN, "utf-8")
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_list_tells_where_a_phrase_comes_from(lang: str, office: Path, run: Run) -> None:
    result = run("phrases", "list", "--message", "与上年相比", "--phrases", office, lang=lang)
    assert result.exit_code == 0
    assert (
        f"office.change.1  [{'命令行' if lang == 'zh' else 'command line'}  {office / 'own.yaml'}:3]" in result.stdout
    )
    assert "change.item.versus  [" in result.stdout


def test_list_as_json_names_layer_state_and_kinds(office: Path, run: Run) -> None:
    (office / "own.yaml").write_text(OWN + "retire: [change.item.versus]\n", "utf-8")
    rows = json.loads(run("phrases", "list", "--phrases", office, "--all", "--json").stdout)["phrases"]
    own = next(r for r in rows if r["id"] == "office.change.1")
    assert (own["layer"], own["state"], own["message"]) == ("command-line", "in-force", "change")
    assert "department-performance" in own["kinds"]
    retired = next(r for r in rows if r["id"] == "change.item.versus")
    assert (retired["layer"], retired["state"], retired["by"]) == ("built-in", "retired", "command-line")


def test_the_variable_names_the_phrases_of_the_office(office: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAFTGEN_PHRASES", str(office))
    rows = json.loads(run("phrases", "list", "--own", "--json").stdout)["phrases"]
    assert [(r["id"], r["layer"]) for r in rows] == [("office.change.1", "organisation")]


@pytest.mark.parametrize(("name", "near"), [("chnage", "change"), ("与上年比较", "与上年相比")])
def test_an_unknown_message_is_told_with_the_nearest(name: str, near: str, run: Run) -> None:
    result = run("phrases", "list", "--message", name)
    assert result.exit_code == 5
    assert "unknown-message" in result.stderr
    assert near in result.stderr


def test_a_missing_folder_is_told(tmp_path: Path, run: Run) -> None:
    result = run("phrases", "list", "--phrases", tmp_path / "none")
    assert result.exit_code == 5
    assert "phrases-missing" in result.stderr


def test_a_draft_takes_the_phrases_of_the_command_line(office: Path, good: Path, tmp_path: Path, run: Run) -> None:
    following = OWN.partition("    examples")[0].replace("{{ item }}", "") + "prefer: [office.change.1]\n"
    (office / "own.yaml").write_text(following, "utf-8")
    assert run("draft", good, "-o", tmp_path / "a.txt", "--phrases", office).exit_code == 0
    assert "同口径增长23.75%" in (tmp_path / "a.txt").read_text("utf-8")


def test_a_faulty_phrase_stops_the_draft_with_exit_code_5(office: Path, good: Path, tmp_path: Path, run: Run) -> None:
    (office / "own.yaml").write_text(OWN.replace("change_amount }}", "amonut }}"), "utf-8")
    result = run("draft", good, "-o", tmp_path / "a.txt", "--phrases", office)
    assert result.exit_code == 5
    assert f"{office / 'own.yaml'}:6" in result.stderr
    assert not (tmp_path / "a.txt").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_tells_line_column_and_what_to_do(lang: str, office: Path, run: Run) -> None:
    (office / "own.yaml").write_text(OWN.replace('change_rate }}"', 'change_rte }}。"'), "utf-8")
    result = run("phrases", "check", office, lang=lang)
    assert result.exit_code == 5
    assert f"{office / 'own.yaml'}:6:60" in result.stdout
    assert "unknown-slot" in result.stdout
    assert "change_rate" in result.stdout
    assert ("建议：" if lang == "zh" else "Hint: ") in result.stdout


def test_check_mends_and_says_how_many_places(office: Path, run: Run) -> None:
    (office / "own.yaml").write_text(OWN.replace('change_rate }}"', 'change_rte }}。"'), "utf-8")
    result = run("phrases", "check", office, "--fix")
    assert result.exit_code == 0, result.stdout
    assert (office / "own.yaml").read_text("utf-8") == OWN
    assert "已改好2处" in result.stdout


def test_check_speaks_json(office: Path, run: Run) -> None:
    (office / "own.yaml").write_text(OWN.replace("[up, down]", "[up, dwn]"), "utf-8")
    content = json.loads(run("phrases", "check", office, "--json").stdout)
    assert (content["exit_code"], content["counts"]["error"], content["mended"]) == (5, 1, 0)
    place = content["findings"][0]["places"][0]
    assert (place["line"], place["column"]) == (5, 23)
    assert content["findings"][0]["expected"] == "down"


def test_check_without_a_folder_checks_what_is_in_force(
    office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("phrases", "check").exit_code == 0
    monkeypatch.setenv("DRAFTGEN_PHRASES", str(office))
    (office / "own.yaml").write_text(OWN.replace("[up, down]", "[up, dwn]"), "utf-8")
    assert run("phrases", "check").exit_code == 5


def test_the_schema_of_a_phrase_file_knows_messages_conditions_and_slots(tmp_path: Path, run: Run) -> None:
    schema = json.loads(run("phrases", "schema").stdout)
    entry = schema["properties"]["phrases"]["items"]
    assert "change" in entry["properties"]["message"]["enum"]
    change = next(r["then"] for r in entry["allOf"] if r["if"]["properties"]["message"]["const"] == "change")
    assert "up" in change["properties"]["when"]["properties"]["case"]["anyOf"][0]["enum"]
    assert "{{ change_amount }}" in change["properties"]["text"]["description"]
    assert run("phrases", "schema", "-o", tmp_path / "s.json").exit_code == 0
    assert json.loads((tmp_path / "s.json").read_text("utf-8")) == schema


def test_sample_says_the_figures_of_a_data_file_in_every_way(office: Path, good: Path, run: Run) -> None:
    content = run("phrases", "sample", "change", "--data", good, "--phrases", office, "--json").stdout
    (sample,) = json.loads(content)["samples"]
    texts = {way["id"]: way["text"] for way in sample["ways"]}
    assert (sample["case"], sample["about"]) == ("up", "会议费")
    assert texts["office.change.1"] == "会议费支出比上年增加4.72万元，同口径增长23.75%"
    assert [way["used"] for way in sample["ways"]].count(True) == 1


def test_sample_shows_each_phrase_over_the_grid_of_its_condition(run: Run) -> None:
    result = run("phrases", "sample", "change", "--all-cases", "--json")
    cases = [s["case"] for s in json.loads(result.stdout)["samples"]]
    assert set(cases) >= {"up", "down", "nearly", "new", "gone", "below-zero", "incomparable", "first-year"}
    assert cases.count("up") > 2
    shown = run("phrases", "sample", "change", "--id", "change.new.spending.item.versus", "--all-cases").stdout
    assert "上年无此项支出" in shown
    assert "case: up" not in shown


@pytest.mark.parametrize("message", ["none", "problem", "存在的问题"])
def test_sample_shows_examples_where_figures_decide_nothing(message: str, run: Run) -> None:
    assert len(run("phrases", "sample", message).stdout.splitlines()) > 10


def test_coverage_tells_what_was_never_used(office: Path, good: Path, run: Run) -> None:
    result = run("phrases", "coverage", good, "--seeds", "2", "--phrases", office, "--json")
    found = {c["message"]: c for c in json.loads(result.stdout)["messages"]}
    assert found["total"]["used"] >= 1
    assert found["total"]["used"] + len(found["total"]["never"]) == found["total"]["phrases"]
    assert "used" in run("phrases", "coverage", good, "--seeds", "1", lang="en").stdout


def test_coverage_tells_what_has_one_phrase_only(office: Path, run: Run) -> None:
    ids = [p["id"] for p in json.loads(run("phrases", "list", "--message", "change", "--json").stdout)["phrases"]]
    down = "change.first-year."
    gone = [i for i in ids if i.startswith(down)][1:]
    (office / "own.yaml").write_text(f"retire: [{', '.join(gone)}]\n", "utf-8")
    found = json.loads(run("phrases", "coverage", "--phrases", office, "--json").stdout)["messages"]
    assert [c["one_only"] for c in found if c["message"] == "change"] == [["first-year 会议费"]]


SENTENCE = "会议费支出24.59万元，比上年增加4.72万元，同口径增长23.75%"


def entries(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["phrases"]
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_add_without_questions(lang: str, good: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "office" / "own.yaml"
    args: list[str | Path] = ["--message", "change", "--data", good, "--text", SENTENCE, "--into", path, "--yes"]
    result = run("phrases", "add", *args, lang=lang)
    assert result.exit_code == 0, result.output
    (entry,) = entries(path)
    assert entry["text"] == "{{ item }}{{ amount }}，{{ versus }}{{ change_amount }}，同口径{{ change_rate }}"
    assert entry["when"] == {"case": ["up", "down"], "measure": ["money"]}
    assert entry["examples"][0]["gives"] == SENTENCE
    assert run("phrases", "check", path.parent).exit_code == 0
    assert run("phrases", "add", *args).exit_code == 0
    assert [e["id"] for e in entries(path)] == ["own.change.1", "own.change.2"]


def test_add_finds_the_message_by_the_sentence(good: Path, tmp_path: Path, run: Run) -> None:
    result = run("phrases", "add", "--text", SENTENCE, "--into", tmp_path / "own.yaml", "--yes")
    assert result.exit_code == 0, result.output
    assert entries(tmp_path / "own.yaml")[0]["message"] == "change"


def test_add_asks_step_by_step(good: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "own.yaml"
    answers = f"会议费比上年增加4.72万元，增长23.75%\n1\n{SENTENCE}\ny\n"
    result = run("phrases", "add", "--data", good, "--into", path, answers=answers)
    assert result.exit_code == 0, result.output
    assert "增加4.72万元" in result.output
    assert entries(path)[0]["message"] == "change"


def test_add_takes_the_sample_for_the_sentence_and_knows_the_other_term(good: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "own.yaml"
    answers = "会议费支出24.59万元，较上年增加4.72万元，增幅23.75%，属正常变动\n1\n\ny\n"
    result = run("phrases", "add", "--data", good, "--into", path, answers=answers)
    assert result.exit_code == 0, result.output
    assert entries(path)[0]["text"].startswith(
        "{{ item }}{{ amount }}，{{ versus }}{{ change_amount }}，{{ extent }}{{ rate }}"
    )


def test_add_writes_nothing_without_consent(good: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "own.yaml"
    result = run("phrases", "add", "--message", "change", "--text", SENTENCE, "--into", path, answers="n\n")
    assert result.exit_code == 0
    assert not path.exists()


def test_add_asks_rather_than_errs(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "own.yaml"
    odd = "业务招待费由2019年的19.87万元升至24.59万元，增加4.72万元，增长23.75%"
    result = run("phrases", "add", "--message", "change", "--text", odd, "--into", path, "--yes")
    assert result.exit_code == 7
    assert "not-sure" in result.stderr
    assert "业务招待费" in result.stderr
    assert not path.exists()
    own = "{{ item }}由{{ last_year }}的{{ last }}升至{{ amount }}，{{ change_amount }}，{{ change_rate }}"
    answers = f"2\n{own}\ny\n"
    result = run("phrases", "add", "--message", "change", "--text", odd, "--into", path, answers=answers)
    assert result.exit_code == 0, result.output
    (entry,) = entries(path)
    assert (entry["text"], entry["when"]["case"]) == (own, ["up"])
    assert entry["examples"][0]["given"]["item"] == "业务招待费"


def test_add_takes_a_text_with_slots_and_a_settled_condition(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "own.yaml"
    text = "{{ verb }}{{ item }}{{ number }}，已完成{{ target }}的年度任务"
    args = [
        "--message",
        "工作成果",
        "--text",
        text,
        "--when",
        "style=table",
        "--when",
        "case=target-met",
        "--id",
        "a.b",
    ]
    result = run("phrases", "add", *args, "--into", path, "--yes")
    assert result.exit_code == 0, result.output
    (entry,) = entries(path)
    assert (entry["id"], entry["text"]) == ("a.b", text)
    assert entry["when"] == {"case": ["target-met"], "style": ["table"]}


def test_add_refuses_what_checking_refuses(tmp_path: Path, run: Run) -> None:
    text = "{{ item }}{{ versus }}大幅{{ change_amount }}，{{ change_rate }}"
    result = run("phrases", "add", "--message", "change", "--text", text, "--into", tmp_path / "a.yaml", "--yes")
    assert result.exit_code in (5, 7)
    assert not (tmp_path / "a.yaml").exists()
