"""The examples of final accounts as trees that tests change: examined and drafted in memory."""

from __future__ import annotations

import copy
import functools
import json
from pathlib import Path
from typing import Any

from draftgen.curated import read_curated
from draftgen.draft import Draft, Heading, Paragraph, Table
from draftgen.pipeline import Examined, compose, examine, load
from tests.desk import FOLDERS, ROOT

FOLDER = ROOT / "examples" / "final-accounts-2024"
REPORT, INSTITUTION = FOLDER / "report.yaml", FOLDER / "institution.yaml"
KIND = "final-accounts"
VARIANTS = ("全国", "上海", "云南", "湖南", "四川")
Path_ = tuple[str | int, ...]


@functools.cache
def tree(path: Path = REPORT) -> dict[str, Any]:
    return dict(read_curated(path))


def place_in(node: Any, path: Path_) -> tuple[Any, str | int]:
    """Return the holder and the key of a path; items of lists are named by 编码 or 类."""
    for part in path[:-1]:
        node = node[index(node, part)]
    return node, index(node, path[-1])


def index(node: Any, part: str | int) -> str | int:
    if not isinstance(node, list) or isinstance(part, int):
        return part
    return next(n for n, item in enumerate(node) if part in (item.get("编码"), item.get("类")))


def with_fault(path: Path_, becomes: str, base: Path = REPORT) -> dict[str, Any]:
    changed = copy.deepcopy(tree(base))
    holder, key = place_in(changed, path)
    assert holder[key] != becomes
    holder[key] = becomes
    return changed


def examined(data: dict[str, Any], folder: Path, kind: str = KIND) -> Examined:
    path = folder / "data.json"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return examine(load(path), kind, FOLDERS)


def in_variant(variant: str, base: Path = REPORT) -> dict[str, Any]:
    """The example with another variant chosen."""
    data = copy.deepcopy(tree(base))
    data["设置"] = {**data.get("设置", {}), "版式": variant}
    return data


def drafted(data: dict[str, Any], folder: Path, seed: int = 1, kind: str = KIND) -> Draft:
    return compose(examined(data, folder, kind), seed=seed, where=FOLDERS)


def below(draft: Draft, heading: str) -> str:
    """The prose under a heading, up to the next one of its level or above."""
    lines: list[str] = []
    level = None
    for block in draft.blocks:
        if isinstance(block, Heading):
            if level is not None and block.level <= level:
                break
            if level is None and block.text.removeprefix(block.number) == heading:
                level = block.level
        elif level is not None and isinstance(block, Paragraph):
            lines.append(block.text)
    assert level is not None, heading
    return "\n".join(lines)


def table(draft: Draft, caption: str) -> Table:
    return next(b for b in draft.blocks if isinstance(b, Table) and "".join(i.text for i in b.caption) == caption)
