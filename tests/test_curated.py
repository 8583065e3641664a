"""Curated files: read as text, faults with their line, and kept only while they have not changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from draftgen.curated import MOST_KEPT, Keeper, read_all, read_curated
from draftgen.errors import PhrasebankError, TemplateError


def written(folder: Path, text: str, name: str = "a.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_plain_words_stay_words(tmp_path: Path) -> None:
    assert read_curated(written(tmp_path, "a: yes\nb: 010\nc: 80%\n")) == {"a": "yes", "b": "010", "c": "80%"}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [("a: 1\na: 2\n", "bad-syntax", 2), ("a: [1\n", "bad-syntax", 2), ("- a\n", "not-a-mapping", 1)],
)
def test_a_fault_is_told_with_its_line(text: str, code: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        read_curated(written(tmp_path, text))
    finding = caught.value.findings[0]
    assert (finding.code, finding.places[0].line) == (code, line)


def test_a_missing_file_is_told_as_the_caller_s_kind_of_error(tmp_path: Path) -> None:
    with pytest.raises(PhrasebankError):
        read_curated(tmp_path / "none.yaml", PhrasebankError)


def test_no_yaml_tag_builds_anything(tmp_path: Path) -> None:
    read = read_curated(written(tmp_path, "a: !!python/object/apply:os.getcwd []\n"))
    assert read == {"a": []}


def test_what_was_kept_comes_back_until_a_file_changes(tmp_path: Path) -> None:
    path = written(tmp_path, "a: 短语\n")
    keeper = Keeper(tmp_path / "kept")
    assert keeper.recall([path], "bank") is None
    keeper.keep([path], "bank", read_all([path]))
    assert keeper.recall([path], "bank") == [{"a": "短语"}]
    written(tmp_path, "a: 改过的短语\n")
    assert keeper.recall([path], "bank") is None


def test_a_damaged_keep_is_read_again(tmp_path: Path) -> None:
    path, keeper = written(tmp_path, "a: 1\n"), Keeper(tmp_path / "kept")
    keeper.keep([path], "bank", read_all([path]))
    for kept in (tmp_path / "kept").iterdir():
        kept.write_text("{ half", "utf-8")
    assert keeper.recall([path], "bank") is None


def test_old_keeps_are_cleared_away(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "kept")
    for number in range(MOST_KEPT + 5):
        path = written(tmp_path, f"a: {number}\n")
        keeper.keep([path], "bank", read_all([path]))
    assert len(list((tmp_path / "kept").iterdir())) == MOST_KEPT


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    path = written(tmp_path, "a: 1\n")
    Keeper(path / "below-a-file").keep([path], "bank", read_all([path]))
    assert Keeper(path / "below-a-file").recall([path], "bank") is None
