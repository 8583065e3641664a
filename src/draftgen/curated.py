"""Curated YAML: phrasebanks and kinds, read as text with the line of a fault.

A leaf of the house. Plain scalars stay text (`yes` is the word "yes"), duplicate keys are refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
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
        raise error.because(
            "file-missing", Localised("The file is missing.", "文件不存在。"), places=[Place(str(path))]
        ) from fault
    except (UnicodeDecodeError, yaml.YAMLError) as fault:
        raise _unreadable(fault, path, error) from fault
    if not isinstance(loaded, dict):
        raise error.because(
            "not-a-mapping",
            Localised("The file should be a list of keys and values.", "文件应由“键: 值”组成。"),
            places=[Place(str(path), 1)],
        )
    return loaded


MOST_KEPT = 8


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps what was read from curated files as JSON in the user's own cache folder: YAML is slow to read.

    What is kept goes by the contents of the files, so it can never be stale. A folder that cannot be written is no
    fault: the files are read again next time.
    """

    folder: Path | None = None

    def recall(self, paths: Sequence[Path], salt: str) -> list[Any] | None:
        """Return what was kept of these files, None if nothing was or a file has changed since."""
        if self.folder is None:
            return None
        try:
            kept = json.loads(self._path(paths, salt).read_bytes())
        except (OSError, ValueError):
            return None
        return kept if isinstance(kept, list) and len(kept) == len(paths) else None

    def keep(self, paths: Sequence[Path], salt: str, trees: Sequence[Any]) -> None:
        """Keep what was read, once it has been found valid."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, part = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(list(trees), file, ensure_ascii=False)
            Path(part).replace(self._path(paths, salt))
            for old in sorted(self.folder.glob(f"{salt}-*.json"), key=lambda p: p.stat().st_mtime)[:-MOST_KEPT]:
                old.unlink()
        except OSError:
            return

    def _path(self, paths: Sequence[Path], salt: str) -> Path:
        assert self.folder is not None
        digest = hashlib.blake2b(digest_size=16)
        for path in paths:
            digest.update(path.read_bytes())
            digest.update(b"\0")
        return self.folder / f"{salt}-{digest.hexdigest()}.json"


def read_all(paths: Sequence[Path], error: type[DraftgenError] = TemplateError) -> list[dict[str, Any]]:
    """Read several curated files."""
    return [read_curated(path, error) for path in paths]


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
                    raise yaml.constructor.ConstructorError(
                        None, None, f"key {key.value!r} stands twice", key.start_mark
                    )
                seen.add(key.value)
            made: dict[Any, Any] = super().construct_mapping(node, deep)
            return made

    return Loader
