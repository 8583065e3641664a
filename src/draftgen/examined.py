"""What the pipeline hands on: a data file looked through, and the folders that phrasebanks and kinds come from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from draftgen._resources import data_folder, own_version
from draftgen.curated import Keeper
from draftgen.figures.knowledge import Knowledge
from draftgen.figures.reading import Loaded
from draftgen.findings import Report
from draftgen.kinds import Kind
from draftgen.phrasebanks import own_layers
from draftgen.wording.layers import Layer
from draftgen.wording.phrasebank import NO_KEEPER


@dataclass(frozen=True, slots=True)
class Examined:
    """A data file looked through: what is known, and what checking says."""

    loaded: Loaded
    kind: Kind
    knowledge: Knowledge
    report: Report

    @property
    def items(self) -> tuple[str, ...]:
        """The keys of what the report is about, of a kind that is about several items: the projects of a year."""
        return self.knowledge.texts.items.get(self.kind.outline.items, ())

    @property
    def only_item(self) -> str:
        """The key of the only item, empty if there are several or none."""
        return self.items[0] if len(self.items) == 1 else ""

    @property
    def profile(self) -> str:
        """The font profile of the Word style."""
        settings = self.knowledge.dataset.settings
        return settings.fonts if settings and settings.fonts else "GB2312"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where phrasebanks and kinds come from."""

    phrasebanks: Path
    templates: Path
    keeper: Keeper = NO_KEEPER
    kinds: tuple[Path, ...] = ()  # folders with kinds of one's own; a later one goes before an earlier one
    layers: tuple[Layer, ...] = ()  # of phrases, over the built-in ones


def folders(beside: Path | None = None, phrases: Sequence[Path] = ()) -> Folders:
    """The folders that ship with draftgen, those with kinds of one's own, and the phrasebanks over the built-in one.

    Kinds are in ``DRAFTGEN_KINDS``, the folder ``kinds`` among the user's own data, and a folder ``kinds`` in `beside`,
    where the data file is; `phrases` are the phrasebanks of the command line. What is read from the shipped folders is
    kept in the user's cache folder.
    """
    from platformdirs import user_cache_path, user_data_path

    kept = user_cache_path("draftgen", appauthor=False, version=own_version())
    named = [Path(part) for part in os.environ.get("DRAFTGEN_KINDS", "").split(os.pathsep) if part]
    own = [*named, user_data_path("draftgen", appauthor=False) / "kinds", *([beside / "kinds"] if beside else [])]
    kinds = tuple(folder.resolve() for folder in own if folder.is_dir())
    layers = own_layers(os.environ, phrases)
    return Folders(data_folder("phrasebanks"), data_folder("templates"), Keeper(kept), kinds, layers)
