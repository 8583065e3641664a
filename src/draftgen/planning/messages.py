"""What is to be said: messages, texts given by hand, and gaps. No words are chosen here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from draftgen.figures.facts import Fact

NOTHING: Mapping[str, str] = MappingProxyType({})

Joint = Literal["enumeration", "plain", "parts", "clauses"]
GapKind = Literal["reason", "name", "date", "narrative", "figure"]


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that only a person can say. ``direction`` and ``subject`` choose the causes that are offered."""

    prompt: str
    kind: GapKind
    key: str
    rule: str
    direction: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text given by hand, printed as it is."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of the work: the fact with its approximation (余, 以上 …) and a sense (不少于) before a target."""

    fact: Fact
    approximate: str = ""
    sense: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose items are words and figures; `joint` names the list joint of the phrasebank."""

    items: tuple[tuple[str | Fact | Counted | Ask, ...], ...]
    joint: Joint = "enumeration"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say. ``facts`` are the figures by role, ``names`` the words by slot.

    ``case`` and ``features`` are what the truth conditions of phrases are tested against; ``about`` is the key that
    the message is about. ``frame`` is the site of the list that it is an item of: the items of a list are worded alike.
    """

    type: str
    site: str
    about: str
    case: str
    facts: Mapping[str, Role] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    features: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    reason: Words | Ask | None = None
    must: tuple[str, ...] = ()  # roles that have to be printed beyond the contract's
    frame: str = ""


Role = Fact | Counted | Listing | Ask | tuple["Message", ...] | str


@dataclass(frozen=True, slots=True)
class Raised:
    """A problem that was raised, with what raised it."""

    id: str
    name: str
    facts: Mapping[str, Role]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Things said in one breath: the wording joins them into as few sentences as read well."""

    items: tuple[Message | Words | Ask, ...]
    site: str


@dataclass(frozen=True, slots=True)
class ParagraphPlan:
    """A paragraph: what opens it (a run-in heading), and groups in order."""

    groups: tuple[Group, ...]
    site: str
    lead: tuple[str | Words | Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadingPlan:
    """A heading: words, or a message whose phrase is the heading."""

    level: int
    number: str
    content: tuple[str | Words | Ask | Message, ...]
    site: str


@dataclass(frozen=True, slots=True)
class TitlePlan:
    """The title, line by line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A table column."""

    header: str
    width: int
    align: Literal["left", "center", "right", "both"] = "both"
    over: tuple[str, ...] = ()  # what stands above the header, outermost first; neighbours share it


CellItem = str | Fact | Words | Ask | Counted


@dataclass(frozen=True, slots=True)
class CellPlan:
    """A cell: paragraphs of items or of groups to be worded."""

    paragraphs: tuple[tuple[CellItem, ...] | Group, ...]
    row_span: int = 1
    column_span: int = 1
    align: Literal["left", "center", "right", "both"] | None = None
    loose: bool = False  # a merge that may run over the end of a page


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row."""

    cells: tuple[CellPlan, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table."""

    caption: str
    columns: tuple[ColumnPlan, ...]
    rows: tuple[RowPlan, ...]
    site: str
    unit: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False
    number: str = ""  # of a published form: 公开01表
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """A page of its own before the report: the title, and below it the unit and the date."""

    lines: tuple[str, ...]
    unit: str
    date: Fact | Ask


@dataclass(frozen=True, slots=True)
class ContentsPlan:
    """The list of contents, down to a level of headings."""

    levels: int


@dataclass(frozen=True, slots=True)
class AttachmentsPlan:
    """The list of what goes with the report."""

    items: tuple[Words, ...]


ChartKind = Literal["bar", "column", "clustered", "pie"]


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """One row of a chart's points: its name, and a fact for every category."""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart."""

    kind: ChartKind
    caption: str
    categories: tuple[str, ...]
    series: tuple[SeriesPlan, ...]
    site: str
    unit: str = ""


Node = TitlePlan | HeadingPlan | ParagraphPlan | TablePlan | ChartPlan | CoverPlan | ContentsPlan | AttachmentsPlan


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """The whole report before any word is chosen."""

    nodes: tuple[Node, ...]
