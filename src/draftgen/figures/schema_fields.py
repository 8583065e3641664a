"""What the data model declares for each field, read once from the classes.

Reading, the JSON Schema and the empty data file all stand on this one reading of the declaration.
"""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Day, Figure, Topic
from draftgen.figures.quantities import Measure

Kind = Literal["group", "list", "named", "number", "date", "flag", "choice", "text"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand at a place: a group of keys, a list, freely named entries, or one value."""

    kind: Kind
    topic: type[Topic] | None = None  # of a group
    item: Shape | None = None  # of a list, or of freely named entries
    choices: tuple[str, ...] = ()
    schema: Mapping[str, Any] = field(default_factory=dict)  # the value's JSON Schema, as declared


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One declared field."""

    attribute: str
    zh: str
    en: str
    unit: str
    note: str
    required: bool
    shape: Shape


def fold(key: str) -> str:
    """Return the form in which keys are compared: full-width like half-width, no spaces, small letters.

    >>> fold("因公出国 (境)费") == fold("因公出国（境）费")
    True
    """
    return "".join(unicodedata.normalize("NFKC", key).split()).casefold()


@cache
def fields_of(topic: type[Topic]) -> tuple[FieldSpec, ...]:
    """Return the fields of a topic in the order of their declaration."""
    return tuple(_spec(name, info) for name, info in topic.model_fields.items())


@cache
def by_chinese_key(topic: type[Topic]) -> Mapping[str, FieldSpec]:
    """Return the fields of a topic by their exact Chinese keys."""
    return MappingProxyType({spec.zh: spec for spec in fields_of(topic)})


@cache
def by_key(topic: type[Topic]) -> Mapping[str, FieldSpec]:
    """Return the fields of a topic by every accepted key, folded."""
    found = {fold(spec.attribute): spec for spec in fields_of(topic)}
    found.update({fold(spec.zh): spec for spec in fields_of(topic)})
    return MappingProxyType(found)


def join(path: str, step: str | int) -> str:
    """Return the canonical path one step further down; list items count from 1, `step` from 0.

    >>> join(join("工作.事项", 3), "成果")
    '工作.事项[4].成果'
    """
    if isinstance(step, int):
        return f"{path}[{step + 1}]"
    return f"{path}.{step}" if path else step


def path_of(location: Sequence[str | int]) -> str:
    """Return the canonical path of a chain of Chinese keys and list indices from 0."""
    path = ""
    for step in location:
        path = join(path, step)
    return path


def spec_at(location: Sequence[str | int]) -> tuple[FieldSpec, Shape] | None:
    """Return the field that governs a location, and the shape that stands exactly there."""
    spec: FieldSpec | None = None
    shape: Shape | None = Shape("group", Dataset)
    for step in location:
        if shape is None:
            return None
        if shape.topic is None:
            shape = shape.item if isinstance(step, int) == (shape.kind == "list") else None
            continue
        spec = by_chinese_key(shape.topic).get(str(step))
        shape = spec.shape if spec else None
    return (spec, shape) if spec and shape else None


def homes(key: str) -> Iterator[str]:
    """Yield the canonical paths at which a key is known, without those inside a single figure."""
    yield from _homes(fold(key), Dataset, "")


def _homes(folded: str, topic: type[Topic], path: str) -> Iterator[str]:
    found = by_key(topic).get(folded)
    if found:
        yield join(path, found.zh)
    for spec in fields_of(topic):
        shape: Shape | None = spec.shape
        while shape is not None and shape.item is not None:
            shape = shape.item
        if shape is not None and shape.topic is not None and shape.topic is not Figure:
            yield from _homes(folded, shape.topic, join(path, spec.zh))


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    return FieldSpec(
        attribute=name,
        zh=info.alias or name,
        en=str(extra.get("en", name)),
        unit=str(extra.get("unit", "")),
        note=str(extra.get("note", "")),
        required=info.is_required(),
        shape=_shape(info.annotation, info.metadata),
    )


def _shape(annotation: Any, metadata: Sequence[Any] = ()) -> Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0], arguments[1:])
    if origin in (Union, types.UnionType):
        (given,) = (a for a in arguments if a is not type(None))
        return _shape(given, metadata)
    if origin is Literal:
        return Shape("choice", choices=tuple(map(str, arguments)), schema={"enum": list(arguments)})
    if origin is list:
        return Shape("list", item=_shape(arguments[0]))
    if origin is dict:
        return Shape("named", item=_shape(arguments[1]))
    if issubclass(annotation, Topic):
        return Shape("group", topic=annotation)
    kinds: dict[type, Kind] = {Measure: "number", Day: "date", bool: "flag", str: "text"}
    declared = next((m.json_schema for m in metadata if isinstance(m, WithJsonSchema)), None)
    return Shape(kinds[annotation], schema=declared or {})


def top_level(topics: Sequence[str] | None) -> tuple[FieldSpec, ...]:
    """Return the fields of the whole data file, or of the named topics with what no file can do without.

    Raises:
        ValueError: no such topic.
    """
    if topics is None:
        return fields_of(Dataset)
    known = by_key(Dataset)
    unknown = [name for name in topics if fold(name) not in known]
    if unknown:
        raise ValueError(f"no such topic: {', '.join(unknown)}")
    wanted = {known[fold(name)].attribute for name in topics} | {"kind"}
    return tuple(spec for spec in fields_of(Dataset) if spec.required or spec.attribute in wanted)
