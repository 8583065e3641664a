"""The outline of a kind: headings, what is said under each, tables. Data in, typed and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from draftgen.errors import TemplateError
from draftgen.findings import Localised, Place

Entry = Mapping[str, Any]

_TOPIC_FIELDS = frozenset(
    {"heading", "id", "topics", "say", "if", "fields", "field-heading", "remarks", "problems", "recommendations", "ask"}
)
_PARAGRAPHS = frozenset({"p", "text", "texts", "table", "documents"})


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading and what stands under it. ``special`` names what fills the topic in place of ``say``."""

    heading: str
    id: str
    say: tuple[Entry, ...] = ()
    topics: tuple[Topic, ...] = ()
    condition: Mapping[str, str] = field(default_factory=dict)
    special: tuple[str, str] | None = None
    field_heading: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A kind of report."""

    id: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    title: tuple[str, ...]
    subject: str
    required: tuple[str, ...]
    data: tuple[str, ...]
    topics: tuple[Topic, ...]
    tables: Mapping[str, Entry]
    indicators: str = ""
    grades: str = ""


def read_outline(tree: Mapping[str, Any], place: Place) -> Outline:
    """Read an outline.

    Raises:
        TemplateError: a field is missing or unknown, an id stands twice, a table is not there.
    """
    try:
        outline = Outline(
            id=tree["id"],
            name_zh=tree["name"]["zh"],
            name_en=tree["name"]["en"],
            aliases=tuple(tree.get("aliases", ())),
            title=tuple(tree["title"]),
            subject=tree.get("subject", ""),
            required=tuple(tree.get("required", ())),
            data=tuple(tree.get("data", ())),
            topics=tuple(_topic(t, place) for t in tree["topics"]),
            tables=tree.get("tables", {}),
            indicators=tree.get("indicators", ""),
            grades=tree.get("grades", ""),
        )
    except KeyError as error:
        raise _broken(f"{error.args[0]} is missing", f"缺少 {error.args[0]}", place) from error
    _check(outline, place)
    return outline


def _topic(tree: Mapping[str, Any], place: Place) -> Topic:
    if unknown := set(tree) - _TOPIC_FIELDS:
        names = ", ".join(sorted(unknown))
        raise _broken(f"unknown field {names} in topic {tree.get('heading')}", f"标题“{tree.get('heading')}”有未知字段 {names}", place)
    special = [(name, tree[name]) for name in ("fields", "remarks", "problems", "recommendations") if name in tree]
    return Topic(
        heading=tree["heading"],
        id=tree["id"],
        say=tuple(tree.get("say", ())),
        topics=tuple(_topic(t, place) for t in tree.get("topics", ())),
        condition=tree.get("if", {}),
        special=special[0] if special else None,
        field_heading=tree.get("field-heading", ""),
        ask=tree.get("ask", ""),
    )


def all_topics(topics: Sequence[Topic]) -> Iterator[Topic]:
    """Every topic, parents before children."""
    for topic in topics:
        yield topic
        yield from all_topics(topic.topics)


def _check(outline: Outline, place: Place) -> None:
    seen: set[str] = set()
    for topic in all_topics(outline.topics):
        if topic.id in seen:
            raise _broken(f"topic id {topic.id} stands twice", f"标题代号 {topic.id} 重复", place)
        seen.add(topic.id)
        for entry in topic.say:
            if not _PARAGRAPHS & set(entry):
                raise _broken(f"{topic.id}: {dict(entry)} says nothing known", f"{topic.id}：{dict(entry)} 无法识别", place)
            if "table" in entry and entry["table"] not in outline.tables:
                raise _broken(f"{topic.id}: no table {entry['table']}", f"{topic.id}：没有表格 {entry['table']}", place)


def _broken(en: str, zh: str, place: Place) -> Exception:
    return TemplateError.because("bad-outline", Localised(f"Outline: {en}.", f"提纲：{zh}。"), places=[place])
