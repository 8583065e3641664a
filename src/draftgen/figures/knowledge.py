"""All that is true about one unit and year, ready for planning: figures, texts, score, names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from draftgen.figures.facts import Fact, Facts
from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import SECRET
from draftgen.figures.scoring import Scorecard
from draftgen.figures.scoring_projects import ProjectCard
from draftgen.figures.texts import Texts


@dataclass(frozen=True, slots=True)
class Names:
    """How the report names the unit and its years."""

    full: str
    short: str
    title: str
    year: int
    scope: str = "部门"  # 部门 or 单位: what the report calls what it covers

    @property
    def marks(self) -> Mapping[str, str]:
        """What the marks in the texts of an outline stand for."""
        return {
            "{year}": str(self.year),
            "{last_year}": str(self.year - 1),
            "{title_unit}": self.title,
            "{unit_name}": self.short,
            "{scope}": self.scope,
        }

    def fill(self, text: str) -> str:
        """Put names and years in the place of the marks of a text."""
        for mark, words in self.marks.items():
            text = text.replace(mark, words)
        return text


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What planning may say. `thresholds` are fractions or amounts by name."""

    dataset: Dataset
    facts: Facts
    texts: Texts
    names: Names
    thresholds: Mapping[str, Decimal]
    card: Scorecard | None = None
    projects: Mapping[str, ProjectCard] = field(default_factory=dict)  # by the key of the project

    def is_secret(self, key: str) -> bool:
        """Tell whether the data file marks this as 涉密."""
        return self.texts.get(key).strip("。 ") == SECRET

    def has(self, key: str) -> bool:
        """Tell whether the data file gives anything under this key, or it was derived."""
        return key in self.facts or key in self.texts.present

    def fact(self, key: str) -> Fact | None:
        """Return a fact, None where it is not known."""
        return self.facts.get(key)


def names_of(dataset: Dataset) -> Names:
    """Settle how the unit is named: full name first, then one short form throughout."""
    unit = dataset.unit
    short = unit.short_name or unit.self_name or unit.full_name
    title, year = unit.title_name or unit.full_name, int(dataset.year.value)
    return Names(unit.full_name, short, title, year, unit.scope or "部门")
