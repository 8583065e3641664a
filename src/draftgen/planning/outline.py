"""The outline of a kind: headings, what is said under each, tables. Data in, typed and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from draftgen.figures.facts import FACETS
from draftgen.findings import Place
from draftgen.planning.conditions import in_variant
from draftgen.planning.context import Entry
from draftgen.planning.outline_checks import broken, check_chart, check_condition, check_paragraph, check_table

_TOPIC_FIELDS = frozenset(
    {
        *("heading", "id", "topics", "say", "if", "each"),
        *("fields", "field-heading", "remarks", "problems", "recommendations", "ask"),
    }
)
_VARIANT_FIELDS = frozenset({"aliases", "show-zero-parts", "strip-zeros", "amount-places", "rate-places"})
_COVER: Mapping[str, str] = MappingProxyType({"unit": "{title_unit}", "date": "公开日期"})
YEAR_WORDS: Mapping[str, str] = MappingProxyType({"this": "{year}年度", "last": "{last_year}年"})


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
    each: str = ""  # the list whose items the topic is repeated for


@dataclass(frozen=True, slots=True)
class Variant:
    """A province's or office's variant of a kind: its names, and how it prints where the data file does not say."""

    name: str
    aliases: tuple[str, ...] = ()
    show_zero_parts: bool = False
    strip_zeros: bool = False
    amount_places: int = 2
    rate_places: int = 2


@dataclass(frozen=True, slots=True)
class Outline:
    """A kind of report. The first of its ``variants`` is the default."""

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
    charts: Mapping[str, Entry] = field(default_factory=dict)
    cover: Mapping[str, str] | None = None  # what stands below the title on a page of its own: unit, date
    contents: bool = False
    attachments: str = ""  # the list of what goes with the report
    captions: Mapping[str, str] = field(
        default_factory=dict
    )  # what opens the captions of charts and tables: 图{number}
    indicators: str = ""
    grades: str = ""
    phrases: str = ""  # the kind whose phrases it speaks, if not its own
    variants: tuple[Variant, ...] = (Variant(""),)
    parts: bool = False  # the topics of the first level are parts: 第一部分
    compare: str = "上年"  # the facet that changes are measured against
    year_words: Mapping[str, str] = field(default_factory=lambda: YEAR_WORDS)
    scoring: str = ""  # the file with the scoring scheme of projects
    items: str = (
        ""  # the list whose items may also be drafted one by one; a topic of the first level is repeated for it
    )
    title_of_one: tuple[str, ...] = ()

    @property
    def topic_of_items(self) -> Topic | None:
        """The topic that is repeated for every item, which alone makes the report of one of them."""
        return next((t for t in self.topics if self.items and t.each == self.items), None)

    def variant(self, name: str) -> Variant | None:
        """Return the variant that goes by `name`, the default one for no name; None if there is none."""
        if not name:
            return self.variants[0]
        return next((v for v in self.variants if name == v.name or name in v.aliases), None)


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
            charts=tree.get("charts", {}),
            cover=_cover(tree.get("cover", "no"), place),
            contents=tree.get("contents") == "yes",
            attachments=tree.get("attachments", ""),
            captions=_captions(tree.get("captions", {}), place),
            indicators=tree.get("indicators", ""),
            grades=tree.get("grades", ""),
            phrases=tree.get("phrases", tree["id"]),
            variants=tuple(_variant(n, v or {}, place) for n, v in tree.get("variants", {}).items()) or (Variant(""),),
            parts=tree.get("parts") == "yes",
            compare=_compare(tree.get("compare", "上年"), place),
            year_words={**YEAR_WORDS, **tree.get("year-words", {})},
            scoring=tree.get("scoring", ""),
            items=tree.get("items", ""),
            title_of_one=tuple(tree.get("title-of-one", ())),
        )
    except KeyError as error:
        raise broken(f"{error.args[0]} is missing", f"缺少 {error.args[0]}", place) from error
    _check(outline, place)
    return outline


def _compare(facet: str, place: Place) -> str:
    if facet not in FACETS:
        raise broken(f"compare: no figure {facet}", f"compare：没有“{facet}”这一项", place)
    return facet


def _cover(tree: Mapping[str, str] | str, place: Place) -> Mapping[str, str] | None:
    if tree == "no":
        return None
    own = {} if isinstance(tree, str) else tree
    if (isinstance(tree, str) and tree != "yes") or set(own) - set(_COVER):
        raise broken(f"cover: {tree}", f"cover：{tree}", place)
    return {**_COVER, **own}


def _captions(tree: Mapping[str, str], place: Place) -> Mapping[str, str]:
    for name, text in tree.items():
        if name not in ("chart", "table") or "{number}" not in text:
            raise broken(f"captions: {name}: {text}", f"captions：{name}：{text}", place)
    return tree


def _variant(name: str, tree: Mapping[str, Any], place: Place) -> Variant:
    if unknown := ", ".join(sorted(set(tree) - _VARIANT_FIELDS)):
        raise broken(f"variant {name}: unknown field {unknown}", f"版式“{name}”有未知字段 {unknown}", place)
    return Variant(
        name=name,
        aliases=tuple(tree.get("aliases", ())),
        show_zero_parts=tree.get("show-zero-parts") == "yes",
        strip_zeros=tree.get("strip-zeros") == "yes",
        amount_places=int(tree.get("amount-places", "2")),
        rate_places=int(tree.get("rate-places", "2")),
    )


def _topic(tree: Mapping[str, Any], place: Place) -> Topic:
    if unknown := set(tree) - _TOPIC_FIELDS:
        names = ", ".join(sorted(unknown))
        heading = tree.get("heading")
        raise broken(f"unknown field {names} in topic {heading}", f"标题“{heading}”有未知字段 {names}", place)
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
        each=tree.get("each", ""),
    )


def all_topics(topics: Sequence[Topic]) -> Iterator[Topic]:
    """Every topic, parents before children."""
    for topic in topics:
        yield topic
        yield from all_topics(topic.topics)


def _check(outline: Outline, place: Place) -> None:
    if outline.items and (outline.topic_of_items is None or not outline.title_of_one):
        raise broken(
            f"items: {outline.items} needs a topic with each: {outline.items} and a title-of-one",
            f"items：需要一个 each 为“{outline.items}”的一级标题，并写明 title-of-one",
            place,
        )
    for name, table in outline.tables.items():
        check_table(name, table, place)
    for name, chart in outline.charts.items():
        check_chart(name, chart, place)
    for topic in all_topics(outline.topics):
        check_condition(topic.id, topic.condition, place)
        for entry in topic.say:
            check_paragraph(topic.id, entry, {"table": outline.tables, "chart": outline.charts}, place)
    for variant in outline.variants:
        seen: set[str] = set()
        for topic in _topics_of(variant.name, outline.topics):
            if topic.id in seen:
                raise broken(f"topic id {topic.id} stands twice", f"标题代号 {topic.id} 重复", place)
            seen.add(topic.id)


def _topics_of(variant: str, topics: Sequence[Topic]) -> Iterator[Topic]:
    """The topics that may stand in a variant: the same one may have another place in each."""
    for topic in topics:
        if in_variant(topic.condition, variant):
            yield topic
            yield from _topics_of(variant, topic.topics)
