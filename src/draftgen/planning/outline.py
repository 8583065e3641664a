"""The outline of a kind: headings, what is said under each, tables. Data in, typed and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from draftgen.errors import TemplateError
from draftgen.figures.changes import EXECUTIONS
from draftgen.findings import Localised, Place
from draftgen.planning.builders import BUILDERS
from draftgen.planning.context import CONDITIONS, Entry

_TOPIC_FIELDS = frozenset(
    {"heading", "id", "topics", "say", "if", "fields", "field-heading", "remarks", "problems", "recommendations", "ask"}
)
_PARAGRAPHS = frozenset({"p", "text", "texts", "table", "documents"})
_PARAGRAPH_OPTIONS = frozenset({"if", "ask", "flow"})
_OPTIONS = frozenset(
    {
        "item",
        "with",
        "ask",
        "share",
        "base",
        "suffix",
        "reason",
        "both",
        "count",
        "by",
        "titles",
        "quoted",
        "new-unit",
        "number",
    }
)
_NEEDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "composition": frozenset({"of"}),
        "execution": frozenset({"against"}),
        "share": frozenset({"base"}),
    }
)
_TABLE_FIELDS = frozenset({"caption", "rows", "columns", "skip", "unit", "totals", "score", "landscape"})
_SCORE_COLUMNS = 7  # three levels, score, explanation, criteria, remarks
_LABEL_FIGURE_REST = 3  # columns that a row of totals needs at least
_CELLS = frozenset({"text", "figure", "achievements", "goals"})


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
        heading = tree.get("heading")
        raise _broken(f"unknown field {names} in topic {heading}", f"标题“{heading}”有未知字段 {names}", place)
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
    for name, table in outline.tables.items():
        _check_table(name, table, place)
    for topic in all_topics(outline.topics):
        if topic.id in seen:
            raise _broken(f"topic id {topic.id} stands twice", f"标题代号 {topic.id} 重复", place)
        seen.add(topic.id)
        _check_condition(topic.id, topic.condition, place)
        for entry in topic.say:
            _check_paragraph(topic.id, entry, outline.tables, place)


def _check_paragraph(topic: str, entry: Entry, tables: Mapping[str, Entry], place: Place) -> None:
    kinds = _PARAGRAPHS & set(entry)
    if len(kinds) != 1 or set(entry) - kinds - _PARAGRAPH_OPTIONS:
        raise _unreadable(topic, entry, place)
    _check_condition(topic, entry.get("if", {}), place)
    if "table" in entry and entry["table"] not in tables:
        raise _broken(f"{topic}: no table {entry['table']}", f"{topic}：没有表格 {entry['table']}", place)
    for said in entry.get("p", ()):
        _check_said(topic, said, place)


def _check_said(topic: str, entry: Entry, place: Place) -> None:
    """Refuse a line that names no message, or lacks what its message needs, or has what none knows."""
    kind = next((name for name in entry if name in BUILDERS), None)
    if kind is None:
        raise _unreadable(topic, entry, place)
    needed = _NEEDS.get(kind, frozenset())
    if missing := needed - set(entry):
        names = ", ".join(sorted(missing))
        raise _broken(f"{topic}: {dict(entry)} lacks {names}", f"{topic}：{dict(entry)} 缺少 {names}", place)
    unknown = set(entry) - {kind} - needed - _OPTIONS
    if unknown or (kind == "execution" and entry["against"] not in EXECUTIONS):
        raise _unreadable(topic, entry, place)


def _check_condition(topic: str, condition: Mapping[str, str], place: Place) -> None:
    if set(condition) - CONDITIONS:
        raise _unreadable(topic, condition, place)


def _check_table(name: str, table: Entry, place: Place) -> None:
    scores = table.get("score") == "yes"
    needed = {"caption", "columns"} if scores else {"caption", "rows", "columns"}
    wrong = needed - set(table) | set(table) - _TABLE_FIELDS
    if scores and len(table.get("columns", ())) != _SCORE_COLUMNS:
        wrong.add("columns")
    for column in table.get("columns", ()):
        wrong |= ({"header", "width"} if scores else {"header", "width", "cell"}) - set(column)
        cell = column.get("cell", "number")
        for entry in cell if isinstance(cell, list) else [cell]:
            if entry != "number" and not (isinstance(entry, Mapping) and len(_CELLS & set(entry)) == 1):
                wrong.add(str(entry))
    if table.get("totals") and len(table.get("columns", ())) < _LABEL_FIGURE_REST:
        wrong.add("totals")
    for total in table.get("totals", ()):
        wrong |= {"label", "figure"} ^ set(total)
    if wrong:
        names = ", ".join(sorted(wrong))
        raise _broken(f"table {name}: {names}", f"表格 {name}：{names}", place)


def _unreadable(topic: str, entry: Entry, place: Place) -> Exception:
    return _broken(f"{topic}: {dict(entry)} says nothing known", f"{topic}：{dict(entry)} 无法识别", place)


def _broken(en: str, zh: str, place: Place) -> Exception:
    values = {"en": en, "zh": zh}  # what stands in an outline may hold braces
    return TemplateError.because("bad-outline", Localised("Outline: {en}.", "提纲：{zh}。", values), places=[place])
