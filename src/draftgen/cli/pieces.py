"""What a run writes: one report, or of a kind that is about several projects one file for each of them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from draftgen.cli.errors import Refusal
from draftgen.cli.files import check_output
from draftgen.cli.translation import Translator
from draftgen.pipeline import ENDINGS, Examined

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_MOST = 80  # characters of a name, well below what any file system takes
ENDING = ".docx"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to write and the key of the item that it is about; empty for the report of all."""

    path: Path
    item: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to write: a file, or a folder that takes one file for each item. ``project`` names the only one wanted."""

    path: Path
    folder: bool = False
    each: bool = False
    project: str | None = None


def target_of(file: Path, output: str | None, project: str | None, *, each: bool) -> Target:
    """Settle where to write. A folder that exists, or a name that ends with a slash, is a folder."""
    if output is None:
        return Target(file.with_suffix("") if each else file.parent / f"{file.stem}{ENDING}", each, each, project)
    path = Path(output)
    return Target(path, each or _is_folder(path) or output.endswith(("/", "\\")), each, project)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that the system does not take; writing says so
        return False


def pieces(target: Target, examined: Examined, t: Translator) -> tuple[Piece, ...]:
    """Return what is to be written.

    Raises:
        Refusal: the kind is not about single projects, or no project has the name.
    """
    if not examined.kind.outline.items:
        return (_whole(target, examined, t),)
    names = _names(examined)
    if not names and (target.project is not None or target.folder):
        raise Refusal("no-projects", t("The data file has no projects."), hint=t("Fill in 绩效目标.项目."))
    wanted = {key: name for key, name in names.items() if target.project in (None, name)}
    if names and not wanted:
        raise _unknown(str(target.project), list(names.values()), t)
    if not target.folder:
        return (Piece(target.path, next(iter(wanted)) if target.project is not None else ""),)
    return tuple(Piece(target.path / f"{name}{ENDING}", key) for key, name in _file_names(wanted).items())


def _whole(target: Target, examined: Examined, t: Translator) -> Piece:
    if target.project is None and not target.each:
        check_output(target.path, t, force=True)  # a folder cannot take one report
    if target.project is not None or target.folder:
        raise Refusal(
            "no-items",
            t("“{kind}” is one report; it cannot be split by project.", kind=examined.kind.outline.name_zh),
            hint=t("Leave out --project and --each, and give the name of a file, not of a folder."),
        )
    return Piece(target.path)


def _names(examined: Examined) -> dict[str, str]:
    texts = examined.knowledge.texts
    return {key: texts.get(f"{key}.名称") or key.rpartition(".")[2] for key in examined.items}


def _unknown(name: str, known: list[str], t: Translator) -> Refusal:
    near = difflib.get_close_matches(name, known, 1, 0.3)
    hint = (
        t("Did you mean {near}?", near=near[0]) if near else t("The data file has: {names}", names=t(", ").join(known))
    )
    return Refusal("unknown-project", t("There is no project “{name}” in the data file.", name=name), hint=hint)


def _file_names(names: dict[str, str]) -> dict[str, str]:
    """Names that every system takes, each once whatever its case."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for key, name in names.items():
        plain = _UNFIT.sub("_", name).strip(" .")[:_MOST] or "_"
        number, fit = 1, plain
        while fit.lower() in taken:
            number += 1
            fit = f"{plain}（{number}）"
        taken.add(fit.lower())
        found[key] = fit
    return found


def check_pieces(target: Target, found: tuple[Piece, ...], t: Translator, *, force: bool, source: Path) -> None:
    """Refuse before anything is written: a file is in the way, a folder is missing. Makes the folder.

    Raises:
        Refusal: with what is in the way.
    """
    if target.folder and not target.path.is_dir():
        if target.path.suffix.lower() in ENDINGS:
            raise Refusal(
                "is-a-file-name",
                t("With --each, -o names a folder, not a file."),
                file=str(target.path),
                hint=t("Give the name of a folder; the files in it get the names of the projects."),
            )
        check_output(target.path, t, force=False, source=source)
        target.path.mkdir()
    for piece in found:
        check_output(piece.path, t, force=force, source=source)
