"""Layers: the phrasebanks of an office, its people and its projects over the built-in one.

A layer is a folder of YAML files. Files in the folder itself and in ``common/`` hold for every kind of report, files in
a folder named like a kind for that kind. A later layer adds phrases, replaces those of the same id, retires them, and
says which it prefers.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from draftgen.errors import InputError, PhrasebankError
from draftgen.figures.source import Source, read_source
from draftgen.figures.source_tree import RawPath
from draftgen.findings import Finding, Localised, Place, Severity

LayerName = Literal["built-in", "organisation", "user", "project", "command-line"]
ORDER: tuple[LayerName, ...] = ("built-in", "organisation", "user", "project", "command-line")
NAMES_ZH: Mapping[str, str] = {
    "built-in": "内置",
    "organisation": "单位",
    "user": "个人",
    "project": "项目",
    "command-line": "命令行",
}
COMMON = "common"
ENDINGS = (".yaml", ".yml")
MOST_FILES = 200
MOST_BYTES = 512 * 1024
MOST_ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class Layer:
    """A folder of phrases, and on whose behalf it speaks."""

    name: LayerName
    folder: Path


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of a layer as read: texts under keys, with the line of each."""

    layer: LayerName
    source: Source

    def place(self, path: RawPath = ()) -> Place:
        """Return the place of a path: the line of the nearest ancestor that has one."""
        at = path
        while at and at not in self.source.lines:
            at = at[:-1]
        line = self.source.lines.get(at, 1)
        return Place(self.source.file, line if isinstance(line, int) else None)

    def part(self, name: str) -> Any:
        """Return what stands under a top-level key, None where it is missing."""
        return self.source.tree.get(name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase as written: its tree, and where it stands."""

    sheet: Sheet
    path: RawPath
    tree: Mapping[str, Any] = field(compare=False)

    @property
    def id(self) -> str:
        """The id as far as there is one."""
        name = self.tree.get("id")
        return name if isinstance(name, str) else "?"

    def place(self, *steps: str | int) -> Place:
        """Return the place of a part of this entry."""
        return self.sheet.place((*self.path, *steps))


def entries_of(sheet: Sheet) -> Iterator[Entry]:
    """Yield the entries of a file that are groups of keys; others are a fault of form that checking tells."""
    entries = sheet.part("phrases")
    for number, tree in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(tree, dict):
            yield Entry(sheet, ("phrases", number), tree)


def read_layer(layer: Layer, kind: str) -> tuple[Sheet, ...]:
    """Read the files of a layer that hold for a kind.

    Raises:
        PhrasebankError: the folder or a file cannot be read; with every finding.
    """
    sheets: list[Sheet] = []
    findings: list[Finding] = []
    for path in layer_files(layer, (COMMON, kind)):
        try:
            sheets.append(Sheet(layer.name, read_sheet(path)))
        except (InputError, PhrasebankError) as error:
            findings += error.findings
    if findings:
        raise PhrasebankError(findings)
    return tuple(sheets)


def layer_files(layer: Layer, parts: Sequence[str]) -> list[Path]:
    """The files of a layer, in the order in which they are read.

    Raises:
        PhrasebankError: there is no such folder, it holds too many files, or a file leads out of it.
    """
    root = layer.folder
    try:
        if not root.is_dir():
            raise _refused("phrases-missing", root, *_MISSING)
        found = [p for folder in (root, *(root / part for part in parts)) for p in _files_in(folder)]
        sizes = [p.stat().st_size for p in found if p.is_file()]
    except OSError as error:
        raise _refused("cannot-read", root, *_NOT_READABLE) from error
    if len(found) > MOST_FILES or sum(sizes) > MOST_BYTES * 8:
        raise _refused("too-many-files", root, *_TOO_MANY)
    for path in found:
        if not _is_inside(path, root):
            raise _refused("leads-outside", path, *_OUTSIDE)
    return found


def _is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def _files_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS and not p.name.startswith((".", "~$")))


def is_fit(path: Path) -> bool:
    """Tell whether a path is an ordinary file of a size that a file of phrases may have."""
    try:
        status = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size <= MOST_BYTES


def read_sheet(path: Path) -> Source:
    """Read one file, unless it is something that no phrasebank is: no regular file, or too large.

    Raises:
        InputError: it is gone.
        PhrasebankError: it cannot be read.
    """
    try:
        status = path.stat()
    except OSError:
        return read_source(path)  # it tells what is wrong
    if not stat.S_ISREG(status.st_mode):
        raise _refused("not-a-file", path, *_NO_FILE)
    if status.st_size > MOST_BYTES:
        raise _refused("too-large", path, *_TOO_LARGE)
    try:
        source = _source(path, status.st_mtime_ns, status.st_size)
    except InputError as error:
        raise PhrasebankError([_as_of_phrases(f) for f in error.findings]) from error
    entries = source.tree.get("phrases")
    if isinstance(entries, list) and len(entries) > MOST_ENTRIES:
        raise _refused("too-many-entries", path, *_TOO_MANY_ENTRIES)
    return source


def _as_of_phrases(finding: Finding) -> Finding:
    """Say what to do about a file of phrases: a text with slots that lacks its quotes is the commonest cause."""
    if finding.code not in ("bad-key", "bad-syntax") or finding.hint is None:
        return finding
    values = {"hint": finding.hint}
    advice = Localised(
        "{hint}. A text with slots goes into double quotes; `draftgen phrases check --fix` puts them.",
        "{hint}。带位置的文字要加英文双引号，draftgen phrases check --fix 可以自动加上。",
        values,
    )
    return replace(finding, hint=advice)


@lru_cache(maxsize=64)
def _source(path: Path, changed: int, size: int) -> Source:
    """Read a file once for as long as it has not changed."""
    del changed, size
    return read_source(path)


def _refused(code: str, path: Path, message: tuple[str, str], hint: tuple[str, str]) -> PhrasebankError:
    values = {"files": MOST_FILES, "size": MOST_BYTES // 1024, "entries": MOST_ENTRIES}
    text, advice = Localised(*message, values), Localised(*hint, values)
    return PhrasebankError([Finding(code, Severity.ERROR, text, (Place(str(path)),), advice)])


_MISSING = (
    ("The folder of phrases does not exist.", "词库文件夹不存在。"),
    ("Check the name; make the folder if it is to be new.", "请检查文件夹名称；如需新建，请先建立文件夹。"),
)
_TOO_MANY = (
    ("The folder holds more than {files} files, or very large ones.", "文件夹中的词库文件超过{files}个，或者过大。"),
    ("Check that it is the right folder, or join files.", "请确认文件夹是否选对，或合并文件。"),
)
_NOT_READABLE = (
    ("The folder cannot be looked into.", "无法打开文件夹。"),
    ("Check that you may read it.", "请确认您有读取权限。"),
)
_TOO_MANY_ENTRIES = (
    ("The file holds more than {entries} phrases.", "文件中的短语超过{entries}条。"),
    ("Check that it is the right file; split it.", "请确认文件是否选对；内容确实很多时，请拆成几个文件。"),
)
_OUTSIDE = (
    ("The file is a link that leads out of the folder of phrases.", "此文件是链接，指向词库文件夹之外。"),
    ("Copy the file into the folder instead of linking it.", "请把文件复制到词库文件夹中，不要使用链接。"),
)
_NO_FILE = (
    ("This is not an ordinary file.", "这不是普通文件。"),
    ("Remove it from the folder of phrases.", "请把它移出词库文件夹。"),
)
_TOO_LARGE = (
    ("The file is larger than {size} KiB.", "文件超过{size}KB。"),
    (
        "Check that it is a file of phrases; split a large one.",
        "请确认是否为词库文件；内容确实很多时，请拆成几个文件。",
    ),
)
