"""The desk of whoever keeps phrases: shelves of the kinds, with the layers of a run. A place where rooms meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from draftgen.curation.check import Trouble, check_built_in, check_folder
from draftgen.curation.mend import mend_files
from draftgen.curation.schema import phrase_schema
from draftgen.curation.shelf import Shelf
from draftgen.figures.model.dataset import Dataset
from draftgen.findings import Severity
from draftgen.kinds import kind_ids
from draftgen.phrasebanks import layers_for, same_folder
from draftgen.pipeline import Examined, Folders, examine, folders, load
from draftgen.wording.layers import COMMON, Layer, layer_files
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
    return _shelves_over(asked, (*layers_of(asked, examined), *more), examined)


def check_phrases(asked: Asked, folder: Path | None = None) -> list[Trouble]:
    """Check a folder over the phrasebanks in force, or every layer in force over those below it.

    Raises:
        PhrasebankError: a phrasebank below the folder is not valid.
    """
    examined = examined_for(asked)
    kinds = kind_ids(asked.where().templates)
    if folder is not None:
        below = [la for la in layers_of(asked, examined) if not same_folder(la.folder, folder)]
        return check_folder(Layer("command-line", folder), _shelves_over(asked, below, examined), kinds)
    troubles: list[Trouble] = []
    layers = layers_of(asked, examined)
    for number, layer in enumerate(layers):
        found = check_folder(layer, _shelves_over(asked, layers[:number], examined), kinds)
        troubles += found
        if any(t.finding.severity is Severity.ERROR for t in found):
            break  # what stands over a faulty layer cannot be judged
    return troubles or ([] if layers else [Trouble(f) for f in check_built_in(_shelves_over(asked, (), examined))])


def mend_phrases(asked: Asked, folder: Path | None, write: Callable[[Path, bytes], None]) -> int:
    """Mend a folder, or the office's own layers, as far as it is certain; returns how many places were mended."""
    examined = examined_for(asked)
    layers = [Layer("command-line", folder)] if folder else layers_of(asked, examined)
    parts = (COMMON, *kind_ids(asked.where().templates))
    paths = [path for layer in layers for path in layer_files(layer, parts)]
    return mend_files(paths, lambda: check_phrases(asked, folder), write)


def _shelves_over(asked: Asked, layers: Sequence[Layer], examined: Examined | None) -> list[Shelf]:
    where = asked.where()
    kind = asked.kind or (examined.kind.outline.id if examined else None)
    kinds = [kind] if kind else list(kind_ids(where.templates))
    return [
        Shelf(
            name,
            load_contract(where.phrasebanks, name, where.keeper),
            load_stock(where.phrasebanks, name, where.keeper, tuple(layers)),
        )
        for name in kinds
    ]


def file_schema(asked: Asked) -> dict[str, Any]:
    """The JSON Schema of a phrase file."""
    where = asked.where()
    return phrase_schema(load_contract(where.phrasebanks, kind_ids(where.templates)[0], where.keeper))
