"""The desk of whoever keeps phrases: shelves of the kinds, with the layers of a run. A place where rooms meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from draftgen.curation.shelf import Shelf
from draftgen.figures.model.dataset import Dataset
from draftgen.kinds import kind_ids
from draftgen.phrasebanks import layers_for
from draftgen.pipeline import Examined, Folders, examine, folders, load
from draftgen.wording.layers import Layer
from draftgen.wording.phrasebank import load_contract, load_stock


@dataclass(frozen=True, slots=True)
class Asked:
    """Which phrasebanks a command is about: a kind or all, a data file or none, folders of the command line."""

    kind: str | None = None
    data: Path | None = None
    phrases: tuple[Path, ...] = ()

    def where(self) -> Folders:
        """The folders of this run."""
        return folders(self.phrases)


def examined_for(asked: Asked) -> Examined | None:
    """The data file of a command, examined; None if it names none.

    Raises:
        InputError: it cannot be read or is not valid.
    """
    return examine(load(asked.data), asked.kind, asked.where()) if asked.data else None


def layers_of(asked: Asked, examined: Examined | None = None) -> tuple[Layer, ...]:
    """The layers that hold for a command."""
    where = asked.where()
    dataset: Dataset | None = examined.knowledge.dataset if examined else None
    return layers_for(where.layers, where.phrasebanks, str(asked.data or ""), dataset)


def shelves(asked: Asked, examined: Examined | None = None, more: Sequence[Layer] = ()) -> list[Shelf]:
    """The shelves of the kinds that a command is about.

    Raises:
        PhrasebankError: a phrasebank is not valid.
    """
    where = asked.where()
    kind = asked.kind or (examined.kind.outline.id if examined else None)
    kinds = [kind] if kind else list(kind_ids(where.templates))
    layers = (*layers_of(asked, examined), *more)
    return [
        Shelf(
            name,
            load_contract(where.phrasebanks, name, where.keeper),
            load_stock(where.phrasebanks, name, where.keeper, layers),
        )
        for name in kinds
    ]
