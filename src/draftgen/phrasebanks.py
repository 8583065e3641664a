"""Which phrasebanks hold for a run: the office's, the user's, the project's, those of the command line.

A place where rooms meet: it looks at the environment and at what the data file says, and hands layers to wording.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from draftgen.errors import PhrasebankError
from draftgen.figures.model.dataset import Dataset, Settings
from draftgen.findings import Localised, Place
from draftgen.wording.layers import ORDER, Layer
from draftgen.wording.numerals import Style
from draftgen.wording.phrasebank import Phrasebank
from draftgen.wording.preferences import Preferences

VARIABLE = "DRAFTGEN_PHRASES"
PROJECT_FOLDER = "phrasebanks"
_NOTIONS = {"比较": "versus", "自称": "unit"}


def user_folder() -> Path:
    """The folder of the user's own phrases; it need not exist."""
    from platformdirs import user_data_path

    return user_data_path("draftgen", appauthor=False) / "phrasebanks"


def own_layers(environ: Mapping[str, str], asked: Sequence[Path] = ()) -> tuple[Layer, ...]:
    """The layers that do not depend on a data file: DRAFTGEN_PHRASES, the user's folder, ``--phrases``."""
    named = [Path(part) for part in environ.get(VARIABLE, "").split(os.pathsep) if part.strip()]
    own = user_folder()
    return (
        *(Layer("organisation", folder) for folder in named),
        *((Layer("user", own),) if own.is_dir() else ()),
        *(Layer("command-line", folder) for folder in asked),
    )


def layers_for(
    layers: Sequence[Layer], built_in: Path, data_file: str = "", dataset: Dataset | None = None
) -> tuple[Layer, ...]:
    """All layers in their order, with those of a data file: its 设置.词库 and the folder ``phrasebanks`` beside it."""
    found = [*layers]
    if data_file:
        beside = Path(data_file).parent
        settings = dataset.settings if dataset else None
        found += [Layer("organisation", beside / name) for name in (settings and settings.phrasebanks) or ()]
        if (beside / PROJECT_FOLDER).is_dir():
            found.append(Layer("project", beside / PROJECT_FOLDER))
    others = (layer for layer in found if not same_folder(layer.folder, built_in))
    return tuple(sorted(others, key=lambda layer: ORDER.index(layer.name)))


def same_folder(folder: Path, other: Path) -> bool:
    """Tell whether two names lead to the same folder."""
    return folder.exists() and other.exists() and folder.samefile(other)


def preferences_of(settings: Settings | None) -> Preferences | None:
    """What the data file prefers, None if nothing."""
    if settings is None or not (settings.prefer or settings.avoid or settings.terms):
        return None
    terms = {_NOTIONS.get(name, name): value for name, value in (settings.terms or {}).items()}
    return Preferences(prefer=tuple(settings.prefer or ()), avoid=tuple(settings.avoid or ()), use=terms)


def style_of(base: Style, bank: Phrasebank, settings: Settings | None) -> Style:
    """How figures are printed: the house's style, where the data file does not settle it."""
    wished, style = bank.settled.style, base
    if wished.get("amount_places", "").isdigit() and not (settings and settings.amount_places):
        style = replace(style, amount_places=min(int(wished["amount_places"]), 6))
    if wished.get("rate_places", "").isdigit() and not (settings and settings.rate_places):
        style = replace(style, rate_places=min(int(wished["rate_places"]), 6))
    if wished.get("strip_zeros") in ("yes", "true", "是") and not (settings and settings.strip_zeros is False):
        style = replace(style, strip_zeros=True)
    return style


def settled_terms(bank: Phrasebank, terms: Mapping[str, str], place: Place) -> dict[str, str]:
    """The terms of the document, with those that the house settles; `place` is where the data file settles them.

    Raises:
        PhrasebankError: a notion or a term is not known.
    """
    settled = dict(terms)
    for notion, term in bank.settled.use.items():
        if notion == "unit":
            continue
        options = bank.terms.get(notion, ())
        chosen = next((o for o in options if term in o.values()), None)
        if chosen is None:
            raise _unknown_term(bank, notion, term, place)
        settled |= dict(chosen)
    return settled


def _unknown_term(bank: Phrasebank, notion: str, term: str, place: Place) -> PhrasebankError:
    known = "；".join(f"{name}：{'、'.join(o.get(name, '') for o in options)}" for name, options in bank.terms.items())
    values = {"notion": notion, "term": term, "known": known}
    error: PhrasebankError = PhrasebankError.because(  # type: ignore[assignment]
        "unknown-term",
        Localised("There is no term {term} for {notion}.", "用语“{notion}”没有“{term}”这一说法。", values),
        places=[place],
        hint=Localised("Known: {known}.", "可选的有：{known}。", values),
    )
    return error
