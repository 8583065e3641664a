"""Which sheets, rows and columns the workbook has: worked out from the declaration of the data model alone.

Three kinds of content decide everything. Single values and figures of a group are rows of the group's sheet. Freely
named values and figures are a table of their own on that sheet. Lists, and named entries with several fields, are a
sheet of their own with one row for each item; what an item holds in turn is again a sheet, its first columns name the
items above.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Literal

from draftgen.figures.model.fields import Figure, Topic
from draftgen.figures.schema_fields import FieldSpec, Shape, fields_of, fold, top_level

FRONT = "基本信息"  # the sheet of what stands at the top level, and of the groups that no file can do without
GUIDE = "填写说明"
ITEM, VALUE, UNIT, NOTE = "填写项目", "填写内容", "计量单位", "填写说明"  # headers of a group's sheet
NAME = "名称"  # header of freely named entries where nothing says more
SUM = "自动合计"  # what begins so is worked out in the workbook for the eye, and never read
SUM_NOTE = f"{SUM}（仅供核对）"
OF = "所属"
_LONGEST_NAME = 31
_SCALARS = ("number", "date", "flag", "choice", "text")

Keys = tuple[str, ...]
Kind = Literal["value", "values", "figure", "named", "table"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field that holds values, with its keys from the group that it was looked for in.

    ``value`` is one value, ``values`` a list of them, ``figure`` a figure, ``named`` values or figures under free
    names, ``table`` a list of groups or groups under free names.
    """

    kind: Kind
    keys: Keys
    spec: FieldSpec
    shape: Shape  # of one value: of a list or of named entries, that of an entry
    english: Keys

    @property
    def label(self) -> str:
        """How the sheet calls it."""
        return ".".join(self.keys)


@dataclass(frozen=True, slots=True)
class Step:
    """A list or a set of named entries on the way down to the rows of a table."""

    keys: Keys
    named: bool
    label: str  # of the column that names its entries
    name_key: str = ""  # of a list: the field that names an item, empty where its number does


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``facet`` is set where it is one of a figure's."""

    label: str
    leaf: Leaf
    facet: FieldSpec | None = None

    @property
    def keys(self) -> Keys:
        """The keys from the item down."""
        return (*self.leaf.keys, self.facet.zh) if self.facet else self.leaf.keys

    @property
    def spec(self) -> FieldSpec:
        """The declaration of what stands in the column."""
        return self.facet or self.leaf.spec

    @property
    def shape(self) -> Shape:
        """What one value in the column may be."""
        return self.facet.shape if self.facet else self.leaf.shape

    @property
    def unit(self) -> str:
        """The unit of bare numbers in it."""
        return self.spec.unit or self.leaf.spec.unit


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """The sheet of a group: rows of values and figures, tables of named ones."""

    name: str
    base: Keys
    leaves: tuple[Leaf, ...]
    english: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableSheet:
    """The sheet of a list: one row for each item. The last step's entries are the rows."""

    name: str
    base: Keys  # of the group that holds the first step
    steps: tuple[Step, ...]
    columns: tuple[Column, ...]
    english: str = ""
    note: str = ""
    required: bool = False

    @property
    def parents(self) -> tuple[Step, ...]:
        """The lists whose items the rows belong to."""
        return self.steps[:-1]

    @property
    def last(self) -> Step:
        """The list whose items are the rows."""
        return self.steps[-1]

    @property
    def path(self) -> Keys:
        """The keys of the list, without the items between them."""
        return (*self.base, *(key for step in self.steps for key in step.keys))


DataSheet = GroupSheet | TableSheet


@cache
def all_sheets() -> tuple[DataSheet, ...]:
    """Return the sheets of everything that the model declares."""
    return sheets(None)


def sheets(topics: Sequence[str] | None) -> tuple[DataSheet, ...]:
    """Return the sheets of these topics (all by default), in the order of their declaration.

    Raises:
        ValueError: no such topic.
    """
    front: list[Leaf] = []
    behind: list[DataSheet] = []
    for spec in top_level(topics):
        if (
            spec.required
            or spec.shape.kind in _SCALARS
            or spec.shape.topic is Figure
            or _of_scalars(spec.shape, "list")
        ):
            front += _leaf(spec, (), ())
        else:
            behind += _sheets_of(spec)
    return _named_once((GroupSheet(FRONT, (), tuple(front)), *behind))


def _of_scalars(shape: Shape, kind: str) -> bool:
    return shape.kind == kind and shape.item is not None and shape.item.kind in _SCALARS


def _sheets_of(spec: FieldSpec) -> Iterator[DataSheet]:
    shape = spec.shape
    if shape.topic is not None:
        found = tuple(leaves(shape.topic))
        own = tuple(leaf for leaf in found if leaf.kind != "table")
        if own:
            yield GroupSheet(spec.zh, (spec.zh,), own, spec.attribute, spec.note)
        for leaf in found:
            if leaf.kind == "table":
                yield from _tables((spec.zh,), (), leaf, spec.attribute)
        return
    (leaf,) = _leaf(spec, (), ())
    if leaf.kind == "table":
        yield from _tables((), (), leaf, "")
    else:
        yield GroupSheet(spec.zh, (spec.zh,), (replace(leaf, keys=(), english=()),), spec.attribute, spec.note)


def leaves(topic: type[Topic], keys: Keys = (), english: Keys = ()) -> Iterator[Leaf]:
    """Yield what holds values in a group, through the groups in it."""
    for spec in fields_of(topic):
        yield from _leaf(spec, keys, english)


def _leaf(spec: FieldSpec, keys: Keys, english: Keys) -> Iterator[Leaf]:
    shape, item = spec.shape, spec.shape.item
    keys, english = (*keys, spec.zh), (*english, spec.attribute)
    if shape.kind in _SCALARS:
        yield Leaf("value", keys, spec, shape, english)
    elif shape.topic is Figure:
        yield Leaf("figure", keys, spec, shape, english)
    elif shape.topic is not None:
        yield from leaves(shape.topic, keys, english)
    elif item is not None and shape.kind == "list" and item.kind in _SCALARS:
        yield Leaf("values", keys, spec, item, english)
    elif item is not None and shape.kind == "named" and (item.kind in _SCALARS or item.topic is Figure):
        yield Leaf("named", keys, spec, item, english)
    elif item is not None and item.topic is not None:
        yield Leaf("table", keys, spec, item, english)
    else:
        raise TypeError(f"{'.'.join(keys)}: a workbook has no place for {shape.kind} in {shape.kind}")


def _tables(base: Keys, above: tuple[Step, ...], leaf: Leaf, english: str) -> Iterator[TableSheet]:
    """Yield the sheet of a list, then those of the lists in its items."""
    named, topic = leaf.spec.shape.kind == "named", leaf.shape.topic
    name_key = "" if named or topic is None else topic.name_field
    steps = (*above, Step(leaf.keys, named, _step_label(leaf, named, name_key), name_key))
    path = (*base, *(key for step in steps for key in step.keys))
    english = ".".join(filter(None, (english, *leaf.english)))
    inner = () if topic is None or topic is Figure else tuple(leaves(topic))
    name, spec = ".".join(path), leaf.spec
    if topic is None or topic is Figure:
        columns = tuple(_columns(replace(leaf, keys=(), kind="value" if topic is None else "figure"), leaf.keys[-1]))
    else:
        columns = tuple(column for field in inner for column in _columns(field, field.label))
    yield TableSheet(name, base, steps, columns, english, spec.note, spec.required)
    for field in inner:
        if field.kind in ("table", "named"):
            yield from _tables(base, steps, field, english)


def _step_label(leaf: Leaf, named: bool, name_key: str) -> str:
    """The header of the column that names the entries, on their own sheet or on those below it."""
    return f"{leaf.keys[-1]}（名称）" if named else f"{OF}{leaf.keys[-1]}"


def _columns(leaf: Leaf, label: str) -> Iterator[Column]:
    if leaf.kind in ("value", "values"):
        yield Column(label, leaf)
    elif leaf.kind == "figure" and leaf.shape.topic is not None:
        for number, facet in enumerate(fields_of(leaf.shape.topic)):
            yield Column(label if number == 0 else f"{label}.{facet.zh}", leaf, facet)


def _named_once(found: tuple[DataSheet, ...]) -> tuple[DataSheet, ...]:
    """Cut names to what a workbook admits, and keep them apart."""
    taken: set[str] = {GUIDE}
    result: list[DataSheet] = []
    for sheet in found:
        name, number = sheet.name[:_LONGEST_NAME], 1
        while name in taken:
            number += 1
            name = f"{sheet.name[: _LONGEST_NAME - 3]}~{number}"
        taken.add(name)
        result.append(replace(sheet, name=name))
    return tuple(result)


def facets() -> tuple[FieldSpec, ...]:
    """Return the fields of a figure, the first of them what a bare value stands for."""
    return fields_of(Figure)


_SEPARATORS = str.maketrans(dict.fromkeys("·/>—．。→-", "."))


def plain_label(text: str) -> str:
    """Return the form in which labels of a workbook are compared; the mark of required cells does not count.

    >>> plain_label("全 称 *") == plain_label("全称"), plain_label("基本支出－合计") == plain_label("基本支出.合计")
    (True, True)
    """
    return fold(text).rstrip("*").rstrip(":：").translate(_SEPARATORS)


def labelled(found: Sequence[Leaf]) -> Mapping[str, Leaf]:
    """Return leaves by every label that means only one of them: in full, in English, or its last parts alone."""
    exact: dict[str, Leaf] = {}
    for leaf in found:
        exact[plain_label(".".join(leaf.english))] = leaf
    for leaf in found:
        exact[plain_label(leaf.label)] = leaf
    short: dict[str, Leaf | None] = {}
    for leaf in found:
        for start in range(1, len(leaf.keys)):
            tail = plain_label(".".join(leaf.keys[start:]))
            short[tail] = None if tail in short else leaf
    return MappingProxyType({**{tail: leaf for tail, leaf in short.items() if leaf}, **exact})
