"""A desk for tests: small data files, examined and worded in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from draftgen.draft import Draft, Gap
from draftgen.figures.facts import Fact, Given
from draftgen.findings import Place
from draftgen.kinds import kind_folders
from draftgen.pipeline import Examined, Folders, compose, examine, load
from draftgen.planning.context import Context
from draftgen.planning.messages import Ask, Message
from draftgen.wording.lexicalisation import Lexicon
from draftgen.wording.numerals import Style
from draftgen.wording.phrasebank import Phrasebank, load_phrasebank
from draftgen.wording.printing import Printer
from draftgen.wording.realisation import Realiser

ROOT = Path(__file__).resolve().parents[1]
KIND = "department-performance"
FOLDERS = Folders(ROOT / "phrasebanks", ROOT / "templates")
KINDS = tuple(kind_folders(FOLDERS.templates))
REPORT = ROOT / "examples" / "dongchuan-2020" / "report.yaml"
PUBLISHED = ROOT / "examples" / "dongchuan-2020" / "as-published.yaml"
HEAD = "报告: 部门整体支出绩效评价报告\n年度: 2020\n金额单位: 万元\n单位: {全称: 某某区委员会办公室, 简称: 区委办}\n"


def examined(text: str, folder: Path, name: str = "data.yaml") -> Examined:
    """Examine a data file of this text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return examine(load(path), where=FOLDERS)


def drafted(text: str, folder: Path, **options: Any) -> Draft:
    """Draft a data file of this text."""
    return compose(examined(text, folder), where=FOLDERS, **options)


def bank(kind: str = KIND) -> Phrasebank:
    """The curated phrasebank of a kind."""
    return load_phrasebank(FOLDERS.phrasebanks, kind)


def fact(key: str, value: Decimal, unit: str = "万元", label: str = "会议费") -> Fact:
    """A figure as if given in a data file."""
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return Fact(key, value, unit, label, 2020, Given(Place("data.yaml", 1), str(value)), places)


def offer(ask: Ask) -> Gap:
    """A gap without suggestions."""
    return Gap(ask.prompt, ask.kind, ask.key, ask.rule)


@dataclass(frozen=True)
class Desk:
    """A realiser over the curated bank."""

    seed: int = 1
    style: Style = field(default_factory=Style)
    phrasebank: Phrasebank | None = None

    def realiser(self) -> Realiser:
        """A realiser with fixed terms."""
        phrases = self.phrasebank or bank()
        terms = {k: v for options in phrases.terms.values() for k, v in options[0].items()}
        terms |= {"this_year": "2020年度", "last_year": "2019年"}
        printer = Printer(phrases, self.style, terms, 2020, offer)
        return Realiser(Lexicon(phrases, printer, self.seed, {}), "某某区委员会办公室", "区委办")


def context(data: Examined, site: str = "test") -> Context:
    """The context of builders over examined data."""
    return Context(data.knowledge, site)


def said(message: Message, desk: Desk | None = None) -> str:
    """Word one message as a sentence of its own."""
    from draftgen.planning.messages import Group
    from draftgen.wording.realisation import Course

    sentences = (desk or Desk()).realiser().group(Group((message,), message.site), Course())
    return "".join(s.text for s in sentences)
