"""One data file in another format: nothing typed is lost, which is looked at before anything is handed out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from draftgen.errors import InputError
from draftgen.figures.canonical import brief, canonical, in_order
from draftgen.figures.normalise import normalise
from draftgen.figures.source import read_source
from draftgen.figures.source_json import parse_json
from draftgen.figures.source_tree import Node, fault
from draftgen.figures.source_writing import as_json, as_yaml
from draftgen.figures.source_yaml import parse_yaml
from draftgen.findings import Finding, Place, Severity

ENDINGS = (".xlsx", ".yaml", ".yml", ".json")
Tree = dict[str, Node]
_TEXTS: Mapping[str, tuple[Callable[[Tree], str], Callable[[str, str], object]]] = MappingProxyType(
    {".yaml": (as_yaml, parse_yaml), ".yml": (as_yaml, parse_yaml), ".json": (as_json, parse_json)}
)
Workbook = Callable[[Tree], bytes]


@dataclass(frozen=True, slots=True)
class Opened:
    """A data file opened to be written in another format: its canonical tree, and what was said when reading it."""

    file: str
    tree: Tree
    findings: tuple[Finding, ...]


def open_for_conversion(path: Path) -> Opened:
    """Read a data file whose keys and shapes are right; its values need not be.

    Raises:
        InputError: the file cannot be read, or has keys that the data file does not know.
    """
    source = read_source(path)
    found = normalise(source).findings
    if any(f.severity is Severity.ERROR for f in found):
        raise InputError(found)
    return Opened(str(path), in_order(canonical(source.tree)), found)


def write_as(opened: Opened, ending: str, workbook: Workbook) -> bytes:
    """Return the bytes of the data file in the format of an ending; `workbook` makes those of a workbook.

    Raises:
        InputError: something in the file has no place in that format.
    """
    if ending == ".xlsx":
        from draftgen.figures.workbook.reading import parse_workbook

        try:
            data = workbook(opened.tree)
        except ValueError as error:
            raise InputError([_no_place(opened.file, str(error))]) from None
        again = parse_workbook(data, opened.file).tree
    else:
        write, read = _TEXTS[ending]
        text = write(brief(opened.tree))
        data = text.encode("utf-8", errors="surrogatepass")
        again = getattr(read(text, opened.file), "tree", None)
    back = canonical(again) if isinstance(again, dict) else {}
    if back != opened.tree:
        raise InputError([_no_place(opened.file, _first_difference(opened.tree, back))])
    return data


def _first_difference(one: Node, other: Node, path: str = "") -> str:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            if one.get(key) != other.get(key) or (key in one) != (key in other):
                return _first_difference(one.get(key), other.get(key), f"{path}.{key}" if path else key)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            if a != b:
                return _first_difference(a, b, f"{path}[{number + 1}]")
    return path


def _no_place(file: str, path: str) -> Finding:
    return fault(
        "not-convertible",
        Place(file, path=path),
        (
            "“{path}” cannot be written in that format without a loss; nothing was written",
            "“{path}”无法原样写入该格式，没有写出文件",
        ),
        (
            "look for control characters, very long texts, or names that differ in nothing visible",
            "请检查此处是否有控制字符、超长文字或看起来相同的名称",
        ),
        path=path,
    )
