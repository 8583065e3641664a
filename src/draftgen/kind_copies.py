"""A kind of one's own: the folder of a kind copied under another id and name, ready to be changed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from draftgen.kinds import kind_folders

_ID = re.compile(r"[a-z][a-z0-9-]*")
_LINES = re.compile(r"(?m)^(id|name|aliases|phrases): .*\n")


def is_kind_id(name: str) -> bool:
    """Tell whether `name` may be the id of a kind: small Latin letters, digits and hyphens.

    >>> is_kind_id("our-accounts-2025"), is_kind_id("决算")
    (True, False)
    """
    return _ID.fullmatch(name) is not None


def copy_kind(templates: Path, own: tuple[Path, ...], kind: str, folder: Path, name: str) -> None:
    """Copy the folder of `kind` to `folder`, whose name becomes the id; `name` is its Chinese name.

    The copy speaks the phrases of the kind that it was made from. Comments and layout of the outline stay.

    Raises:
        FileExistsError: `folder` is there already.
    """
    source = kind_folders(templates, own)[kind]
    shutil.copytree(source, folder)
    outline = folder / "outline.yaml"
    text = outline.read_text("utf-8")
    phrases = re.search(r"(?m)^phrases: (.*)$", text)
    head = f"id: {folder.name}\nname: {{zh: {name}, en: {folder.name}}}\nphrases: {phrases[1] if phrases else kind}\n"
    at = _LINES.search(text)
    assert at is not None, "an outline without an id is not a kind"
    outline.write_text(text[: at.start()] + head + _LINES.sub("", text[at.start() :]), "utf-8")
