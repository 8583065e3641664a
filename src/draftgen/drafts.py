"""Drafts that were written, opened again: what is still open in them, where things come from, the clean copy."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from draftgen.errors import InputError
from draftgen.figures.source import read_bytes
from draftgen.findings import Localised, Place
from draftgen.provenance.book import Book
from draftgen.provenance.explain import Explainer
from draftgen.provenance.tracing import Seen
from draftgen.word.archive import Archive, W
from draftgen.word.carriers import sentence_of
from draftgen.word.cleaning import Cleaned, clean_copy
from draftgen.word.manifest import parse_manifest, read_manifest
from draftgen.word.prompts import headed, open_prompts
from draftgen.word.reading import read_lines


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A prompt that is still open; kind, key, rule and options are empty where the record does not tell."""

    prompt: str
    where: str
    kind: str = ""
    key: str = ""
    rule: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A Word file with what it remembers of its making; ``record`` is None where it remembers nothing."""

    path: Path
    data: bytes
    archive: Archive
    record: Mapping[str, Any] | None

    def unfilled(self) -> tuple[Unfilled, ...]:
        """The prompts that are still open."""
        known = list(self.record["prompts"]) if self.record else []
        found = []
        for prompt in open_prompts(self.archive, read_lines(self.archive)):
            entry = known[prompt.number - 1] if 0 < prompt.number <= len(known) else None
            entry = entry or next((e for e in known if e[0] == prompt.prompt), None)
            told = (entry[1], entry[2], entry[3], tuple(entry[4])) if entry else ()
            found.append(Unfilled(prompt.prompt, prompt.where, *told))
        return tuple(found)

    def explainer(self) -> Explainer:
        """What answers questions about this draft.

        Raises:
            InputError: the file has no record.
        """
        if self.record is None:
            raise InputError.because(
                "no-manifest",
                Localised(
                    "This file does not tell where its figures come from.", "该文件中没有数据来源的记录，无法说明出处。"
                ),
                places=[Place(self.path.name)],
                hint=Localised(
                    "Give the manifest that was written beside it (--manifest), or draft it again.",
                    "请用 --manifest 指明起草时另存的来源记录，或者重新起草。",
                ),
            )
        seen = [
            Seen(line.text, where, _sentences(line.marks), line.table, line.row, line.cell)
            for line, where in headed(self.archive, read_lines(self.archive))
        ]
        return Explainer(Book(self.record), seen)

    def clean(self) -> Cleaned:
        """The clean copy."""
        return clean_copy(self.data)


def _sentences(marks: tuple[Any, ...]) -> tuple[tuple[int, int, int], ...]:
    return tuple((n, m.start, m.end) for m in marks if (n := sentence_of(m.name)) is not None)


def open_written(path: Path, manifest: Path | None = None) -> Written:
    """Open a Word file; ``manifest`` is the record beside it, for files that lost their own.

    Raises:
        InputError: the file cannot be read, or is no Word file, or the record is none.
    """
    data = read_bytes(path)
    try:
        archive = Archive(data)
    except (zipfile.BadZipFile, ValueError, KeyError):
        archive = None
    root = archive.tree(archive.document) if archive is not None else None
    if archive is None or root is None or root.tag != f"{W}document":  # a workbook is a package too
        raise InputError.because(
            "not-word",
            Localised("This is no Word file that can be read.", "这不是可以读取的 Word 文件。"),
            places=[Place(str(path))],
            hint=Localised("Save it as .docx in Word or WPS.", "请在 Word 或 WPS 中另存为 .docx。"),
        )
    record = (
        read_manifest(archive) if manifest is None else parse_manifest(read_bytes(manifest).decode("utf-8", "replace"))
    )
    if manifest is not None and record is None:
        raise InputError.because(
            "bad-manifest",
            Localised("This is no manifest of a draft.", "这不是草稿的来源记录。"),
            places=[Place(str(manifest))],
        )
    return Written(path, data, archive, record)
