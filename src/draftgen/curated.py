"""Curated YAML: phrasebanks and kinds, read as text with the line of a fault.

A leaf of the house. Plain scalars stay text (`yes` is the word "yes"), duplicate keys are refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from draftgen.errors import DraftgenError, TemplateError
from draftgen.findings import Localised, Place


def read_curated(path: Path, error: type[DraftgenError] = TemplateError) -> dict[str, Any]:
    """Read a curated file into plain dicts, lists and strings.

    Raises:
        DraftgenError: of the class `error`, if the file is missing, not UTF-8, not YAML or has a key twice.
    """
    import yaml

    try:
        text = path.read_text("utf-8-sig")
        loaded = yaml.load(text, Loader=_loader())  # a loader of plain text: it builds nothing but str, dict, list
    except FileNotFoundError as fault:
        raise error.because("file-missing", Localised("The file is missing.", "文件不存在。"), places=[Place(str(path))]) from fault
    except (UnicodeDecodeError, yaml.YAMLError) as fault:
        raise _unreadable(fault, path, error) from fault
    if not isinstance(loaded, dict):
        raise error.because(
            "not-a-mapping",
            Localised("The file should be a list of keys and values.", "文件应由“键: 值”组成。"),
            places=[Place(str(path), 1)],
        )
    return loaded


def _unreadable(fault: Exception, path: Path, error: type[DraftgenError]) -> DraftgenError:
    mark = getattr(fault, "problem_mark", None)
    line = mark.line + 1 if mark is not None else None
    problem = getattr(fault, "problem", None) or type(fault).__name__
    return error.because(
        "bad-syntax",
        Localised("Cannot be read as YAML: {problem}.", "无法按 YAML 读取：{problem}。", {"problem": problem}),
        places=[Place(str(path), line)],
    )


def _loader() -> Any:
    import yaml

    base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

    class Loader(base):  # type: ignore[misc]
        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} stands twice", key.start_mark)
                seen.add(key.value)
            made: dict[Any, Any] = super().construct_mapping(node, deep)
            return made

    return Loader
