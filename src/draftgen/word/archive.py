"""A .docx file of any origin, opened for reading: its parts as trees, found by their relationships."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = f"{W}val"
DOCUMENT = "/word/document.xml"

_STORIES = ("header", "footer", "footnotes", "endnotes", "comments")


class Archive:
    """The parts of a .docx file. Raises `zipfile.BadZipFile` when the data is no zip file."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        self.names = tuple(self._zip.namelist())
        self.faults: list[str] = []
        self._trees: dict[str, etree._Element | None] = {}
        self.document = next(self.related("", "officeDocument"), DOCUMENT)

    def tree(self, part: str) -> etree._Element | None:
        """Return the root element of a part ("/word/document.xml"), None if it is missing or broken."""
        if part not in self._trees:
            self._trees[part] = self._parse(part.lstrip("/"))
        return self._trees[part]

    def _parse(self, name: str) -> etree._Element | None:
        if name not in self.names:
            return None
        try:
            return etree.fromstring(self._zip.read(name), etree.XMLParser(resolve_entities=False))
        except (etree.XMLSyntaxError, zipfile.BadZipFile) as fault:
            self.faults.append(f"{name} cannot be read: {fault}")
            return None

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Yield the parts that ``part`` (empty: the package) has a relationship of this kind to."""
        yield from (target for _, target in self.relations(part, kind))

    def relations(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """Yield the ids of the relationships of this kind that ``part`` has, each with its target."""
        folder, name = posixpath.split(part or "/")
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if root is None else root.iter("{*}Relationship"):
            if str(relation.get("Type")).endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, str(relation.get("Target"))))
                yield str(relation.get("Id")), target

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield name and root of every part with text: the document, headers, footers, notes, comments."""
        names = [self.document]
        for kind in _STORIES:
            names += self.related(self.document, kind)
        for name in dict.fromkeys(names):
            root = self.tree(name)
            if root is not None:
                yield name.lstrip("/"), root
