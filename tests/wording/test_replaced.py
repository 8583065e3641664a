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


def test_common_causes_are_not_offered_where_a_kind_replaces_them() -> None:
    budget, performance = (load_phrasebank(FOLDERS.phrasebanks, kind) for kind in ("budget", "department-performance"))
    common = {text for cause in performance.causes for text in cause.texts}
    assert "采购程序未在年内完成，合同款项结转下年支付" in common
    assert budget.causes
    assert not any("未在年内" in text for cause in budget.causes for text in cause.texts)
