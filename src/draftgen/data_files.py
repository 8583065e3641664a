"""Where kinds and data files meet: the empty data file of a kind, and a data file in another format."""

from __future__ import annotations

from pathlib import Path

from draftgen.errors import InputError
from draftgen.figures.blank import blank_yaml
from draftgen.figures.canonical import canonical, in_order
from draftgen.figures.conversion import Opened, open_for_conversion, write_as
from draftgen.figures.source_tree import Node
from draftgen.figures.source_yaml import parse_yaml
from draftgen.findings import Finding
from draftgen.kinds import Kind, load_kind, resolve_kind
from draftgen.pipeline import Folders, folders

__all__ = ["blank_file", "convert", "workbook_of"]


def blank_file(kind_name: str, ending: str, where: Folders | None = None) -> bytes:
    """Return the empty data file of a kind: a workbook (.xlsx) or commented YAML.

    Raises:
        InputError: there is no such kind.
        TemplateError: the kind is not valid.
    """
    kind = _kind(kind_name, where or folders())
    if ending == ".xlsx":
        return _workbook(kind, kind.outline.name_zh, {})
    outline = kind.outline
    return blank_yaml(outline.name_zh, outline.required, outline.data).encode("utf-8")


def convert(path: str | Path, ending: str, where: Folders | None = None) -> tuple[bytes, tuple[Finding, ...]]:
    """Return a data file in the format of another ending, and what was found when reading it.

    Raises:
        InputError: the file cannot be read, or something in it has no place in that format.
    """
    where = where or folders(Path(path).parent)
    opened = open_for_conversion(Path(path))
    kind = _kind_of(opened, where)
    return write_as(opened, ending, lambda tree: _workbook(kind, _title(opened), tree)), opened.findings


def workbook_of(text: str, file: str, where: Folders | None = None) -> bytes:
    """Return a data file that was written as YAML as a workbook; `file` is named if it cannot be written as one.

    Raises:
        InputError: something in it has no place in a workbook.
    """
    tree = parse_yaml(text, file).tree
    assert isinstance(tree, dict), "what was written as a data file is one"
    opened = Opened(file, in_order(canonical(tree)), ())
    kind = _kind_of(opened, where or folders())
    return write_as(opened, ".xlsx", lambda filled: _workbook(kind, _title(opened), filled))


def _kind(name: str, where: Folders) -> Kind:
    return load_kind(where.templates, resolve_kind(where.templates, name, None, where.kinds), where.kinds)


def _kind_of(opened: Opened, where: Folders) -> Kind | None:
    """The kind that a data file names, None if it names none that there is: its workbook has all sheets then."""
    try:
        return _kind(_title(opened), where)
    except InputError:
        return None


def _title(opened: Opened) -> str:
    name = opened.tree.get("报告")
    return name if isinstance(name, str) else ""


def _workbook(kind: Kind | None, title: str, data: dict[str, Node]) -> bytes:
    from draftgen.figures.workbook.form import blank_workbook  # the library behind it takes its time

    if kind is None:
        return blank_workbook(title, data=data)
    sums = [rule.formula for rule in kind.rules if not rule.each]
    outline = kind.outline
    return blank_workbook(
        outline.name_zh, outline.required, outline.data, data=data, sums=sums, names=_known_names(kind)
    )


def _known_names(kind: Kind) -> dict[str, dict[str, str]]:
    """The names that a kind knows for what is named freely: its indicators, flags and thresholds."""
    groups = kind.system.groups if kind.system else ()
    return {
        "评分.指标": {i.code: f"{i.name}（{i.weight}分）" for group in groups for i in group.indicators()},
        "标志": {trigger.flag: "" for trigger in kind.triggers if trigger.flag},
        "设置.阈值": dict.fromkeys(kind.thresholds, ""),
    }
