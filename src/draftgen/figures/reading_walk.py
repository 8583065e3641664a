"""A walk over everything that a data set gives, with the declaration of each field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from draftgen.figures.model.fields import Topic
from draftgen.figures.schema_fields import FieldSpec, fields_of, join


@dataclass(frozen=True, slots=True)
class FieldAt:
    """One given value and what its field says about it.

    ``unit`` is the unit of bare numbers; inside a figure it is that of the figure's own field.
    """

    path: str
    title_zh: str
    title_en: str
    unit: str
    value: Any


def iter_fields(topic: Topic, path: str = "", unit: str = "") -> Iterator[FieldAt]:
    """Yield every given field of a topic, in the order of declaration, each group before its contents.

    Lists and freely named entries are not yielded themselves, only their entries: ``工作.事项[4]``, ``人员.编制.行政``.
    """
    for spec in fields_of(type(topic)):
        value = getattr(topic, spec.attribute)
        if value is not None:
            yield from _visit(value, spec, join(path, spec.zh), spec.unit or unit)


def _visit(value: Any, spec: FieldSpec, path: str, unit: str) -> Iterator[FieldAt]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _visit(item, spec, join(path, number), unit)
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _visit(item, spec, join(path, key), unit)
        return
    yield FieldAt(path, spec.zh, spec.en, unit, value)
    if isinstance(value, Topic):
        yield from iter_fields(value, path, unit)
