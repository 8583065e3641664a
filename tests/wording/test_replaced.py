"""A kind may put its own phrases in the place of the common ones, message type by message type."""

from __future__ import annotations

import shutil
from pathlib import Path

from draftgen.wording.phrasebank import load_phrasebank
from tests.desk import FOLDERS

OWN = """
replaces: [execution]
phrases:
  - id: own.execution
    message: execution
    text: "{{ item }}安排{{ budget }}，{{ amount }}，{{ rate }}"
    when: {case: [under, over]}
"""


def test_common_phrases_of_a_replaced_type_are_not_used_and_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "phrasebanks"
    shutil.copytree(FOLDERS.phrasebanks, folder)
    (folder / "own").mkdir()
    (folder / "own" / "own.yaml").write_text(
        OWN.replace("，{{ amount }}，{{ rate }}", "，{{ amount }}，{{ rate }}"), "utf-8"
    )
    bank = load_phrasebank(folder, "own")
    assert [p.id for p in bank.phrases["execution"]] == ["own.execution"]
    assert bank.phrases["change"] == load_phrasebank(folder, "other").phrases["change"]
    assert len(load_phrasebank(folder, "other").phrases["execution"]) > 1
