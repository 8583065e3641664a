"""The empty data file: it parses, it loads once the required keys are filled in, and any line can be taken into use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from draftgen.figures.blank import blank_yaml
from draftgen.figures.model.dataset import Dataset
from draftgen.figures.reading import Loaded, load
from draftgen.figures.schema_fields import fields_of
from draftgen.figures.source import Node, read_source

TITLE = "部门决算公开说明"
REQUIRED = (
    "收入.财政拨款收入",
    "三公经费.公务接待费.上年",
    "人员.实有.行政",
    "工作.事项",
    "评价.依据",
    "管理制度.依据",
)
VALUES = {"年度": "2020", "金额单位": "万元", "财政拨款收入": "1", "上年": "2", "行政": "3"}


def read(folder: Path, text: str) -> dict[str, Node]:
    path = folder / "blank.yaml"
    path.write_text(text, encoding="utf-8")
    return read_source(path).tree


def filled(text: str) -> str:
    """Fill in every line that stands free and is required, and the items of lists of texts."""
    text = re.sub(r"^( *-)(   # 文字)", r"\1 某某\2", text, flags=re.MULTILINE)
    lines = []
    for line in text.split("\n"):
        key = re.fullmatch(r"( *(?:- )?)([^#:]+):(   # 必填(?:；.*)?)", line)
        lines.append(f"{key[1]}{key[2]}: {VALUES.get(key[2], '某某')}{key[3]}" if key else line)
    return "\n".join(lines)


def loaded(folder: Path, text: str) -> Loaded:
    path = folder / "filled.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def uncommented(text: str) -> str:
    return "\n".join(line.removeprefix("# ") for line in text.split("\n"))


def test_it_starts_with_ten_lines_on_how_to_fill_it_in() -> None:
    lines = blank_yaml(TITLE, ()).split("\n")
    assert all(re.match("## .*[\u4e00-\u9fff]", line) for line in lines[:10])


def test_it_parses_and_holds_only_the_title(tmp_path: Path) -> None:
    tree = read(tmp_path, blank_yaml(TITLE, ()))
    assert tree.pop("报告") == TITLE
    assert set(tree) <= {spec.zh for spec in fields_of(Dataset)}
    assert "全称" in str(tree["单位"])


def test_it_shows_every_topic_by_default() -> None:
    text = blank_yaml(TITLE, ())
    for spec in fields_of(Dataset):
        assert re.search(rf"^(# )?{spec.zh}:", text, re.MULTILINE)


def test_filled_with_what_the_model_requires_it_loads_without_findings(tmp_path: Path) -> None:
    result = loaded(tmp_path, filled(blank_yaml(TITLE, ())))
    assert result.findings == ()
    assert result.dataset.unit.full_name == "某某"
    assert result.dataset.income is None


def test_filled_with_further_required_keys_it_loads_without_findings(tmp_path: Path) -> None:
    result = loaded(tmp_path, filled(blank_yaml(TITLE, REQUIRED)))
    dataset = result.dataset
    assert result.findings == ()
    assert dataset.income is not None
    assert dataset.income.fiscal is not None
    assert dataset.three_public is not None
    assert dataset.three_public.reception is not None
    assert dataset.three_public.reception.last is not None
    assert dataset.staff is not None
    assert list(dataset.staff.actual or {}) == ["行政"]
    assert dataset.work is not None
    assert [item.title for item in dataset.work.items or []] == ["某某"]
    assert dataset.evaluation is not None
    assert [basis.name for basis in dataset.evaluation.bases or []] == ["某某"]
    assert dataset.rules is not None
    assert dataset.rules.laws == ["某某"]


@pytest.mark.parametrize("required", [(), REQUIRED])
def test_without_its_comment_signs_it_is_still_a_data_file(tmp_path: Path, required: tuple[str, ...]) -> None:
    text = uncommented(blank_yaml(TITLE, required))
    tree = read(tmp_path, text)
    assert list(tree) == [spec.zh for spec in fields_of(Dataset)]
    text = (
        text.replace("年度:", "年度: 2020").replace("金额单位:", "金额单位: 元", 1).replace("  全称:", "  全称: 甲", 1)
    )
    assert loaded(tmp_path, text).findings == ()


def test_any_single_line_outside_a_list_can_be_taken_into_use(tmp_path: Path) -> None:
    lines = blank_yaml(TITLE, ()).split("\n")
    taken = 0
    for number, line in enumerate(lines):
        if (
            line.startswith("# ")
            and ":" in line
            and "- " not in line
            and "  - " not in "".join(lines[number - 8 : number])
        ):
            assert read(tmp_path, "\n".join([*lines[:number], line[2:], *lines[number + 1 :]]))
            taken += 1
    assert taken > 50


def test_topics_limit_what_is_shown() -> None:
    text = blank_yaml(TITLE, ["车辆.编制"], ["收入", "staff"])
    shown = re.findall(r"^(?:# )?([^\s#:]+):", text, re.MULTILINE)
    assert shown == ["报告", "年度", "金额单位", "单位", "人员", "车辆", "收入"]


@pytest.mark.parametrize("title", ["a: b # c", "“甲”\n乙", "[", "'", "1"])
def test_any_title_is_written_so_that_it_is_read_back(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, blank_yaml(title, ()))["报告"] == " ".join(title.split())


def test_an_empty_title_leaves_the_report_open(tmp_path: Path) -> None:
    assert "报告" not in read(tmp_path, blank_yaml(" ", ()))


def test_a_path_or_topic_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="没有"):
        blank_yaml(TITLE, ["收入.没有"])
    with pytest.raises(ValueError, match="没有"):
        blank_yaml(TITLE, (), ["没有"])


def test_required_paths_inside_a_list_are_refused() -> None:
    with pytest.raises(ValueError, match="成果"):
        blank_yaml(TITLE, ["工作.事项.成果"])
