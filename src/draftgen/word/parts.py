"""The parts of a package that a clean copy keeps: what the document needs, nothing that tells of people or machines."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from draftgen.word.archive import W

_FOREIGN = frozenset(
    {
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "customXml",
        "customXmlProps",
        "glossaryDocument",
        "attachedTemplate",
        "keyMapCustomizations",
        "custom-properties",
        "thumbnail",
        "mailMergeSource",
        "recipientData",
    }
)
_SETTINGS = frozenset(
    {
        "rsids",
        "docVars",
        "attachedTemplate",
        "trackRevisions",
        "revisionView",
        "mailMerge",
        "docId",
        "persistentDocument",
    }
)
_CORE = frozenset({"title", "subject", "creator", "language", "created"})
_APP = frozenset({"Application", "AppVersion"})
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TYPES = "[Content_Types].xml"


@dataclass(slots=True)
class _Package:
    """The parts by name, without the slash in front."""

    parts: dict[str, bytes]

    def edit(self, name: str, change: Callable[[etree._Element], None]) -> None:
        """Change the tree of a part, if it is there."""
        if name in self.parts:
            root = etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False))
            change(root)
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def targets(self, rels: str) -> list[tuple[str, str]]:
        """Return kind and part of each relationship within the package."""
        folder = posixpath.dirname(posixpath.dirname(rels))
        root = etree.fromstring(self.parts[rels], etree.XMLParser(resolve_entities=False))
        inner = [r for r in root if r.get("TargetMode") != "External"]
        paths = [posixpath.normpath(posixpath.join("/", folder, str(r.get("Target")))) for r in inner]
        kinds = [str(r.get("Type")).rsplit("/", 1)[-1] for r in inner]
        return [(kind, path.lstrip("/")) for kind, path in zip(kinds, paths, strict=True)]


def without_foreign_parts(parts: Mapping[str, bytes], own_styles: Mapping[str, str]) -> dict[str, bytes]:
    """Return the parts of a clean copy: foreign relationships cut, what nothing reaches dropped, properties set."""
    package = _Package(dict(parts))
    for name in [n for n in package.parts if n.endswith(".rels")]:
        package.edit(name, _cut_relations)
    reached = _reached(package)
    package.parts = {n: data for n, data in package.parts.items() if n in reached or n == _TYPES}
    package.edit(_TYPES, lambda root: _cut_types(root, reached))
    for kind, name in [t for rels in package.parts if rels.endswith(".rels") for t in package.targets(rels)]:
        change = _CHANGES.get(kind)
        if change is not None:
            package.edit(name, change)
        elif kind == "styles":
            used = b"".join(data for part, data in package.parts.items() if part != name)
            package.edit(name, lambda root, used=used: _cut_styles(root, own_styles, used))  # type: ignore[misc]
    return package.parts


def _cut_relations(root: etree._Element) -> None:
    for relation in list(root):
        if str(relation.get("Type")).rsplit("/", 1)[-1] in _FOREIGN:
            root.remove(relation)


def _reached(package: _Package) -> set[str]:
    """Return the parts that the package or one of its reached parts points to, with their relationships."""
    reached: set[str] = set()
    waiting = ["_rels/.rels"]
    while waiting:
        rels = waiting.pop()
        if rels not in package.parts or rels in reached:
            continue
        reached.add(rels)
        for _, part in package.targets(rels):
            if part in package.parts and part not in reached:
                reached.add(part)
                folder, name = posixpath.split(part)
                waiting.append(posixpath.join(folder, "_rels", f"{name}.rels"))
    return reached


def _cut_types(root: etree._Element, reached: set[str]) -> None:
    for override in list(root):
        part = override.get("PartName")
        if part is not None and part.lstrip("/") not in reached:
            root.remove(override)


def _cut_styles(root: etree._Element, own: Mapping[str, str], used: bytes) -> None:
    """Take out our character styles that nothing uses any more."""
    for style in list(root.iter(f"{W}style")):
        name = str(style.get(f"{W}styleId"))
        if name in own and f'"{name}"'.encode() not in used:
            root.remove(style)


def _cut_settings(root: etree._Element) -> None:
    for child in list(root):
        if isinstance(child.tag, str) and etree.QName(child).localname in _SETTINGS:
            root.remove(child)


def _set_core(root: etree._Element) -> None:
    """Keep what the report says of itself; the last change is the author's, on the day of the report."""
    for child in list(root):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in _CORE:
            root.remove(child)
    kept = {etree.QName(child).localname: child.text or "" for child in root}
    if "creator" in kept:
        etree.SubElement(root, f"{_CP}lastModifiedBy").text = kept["creator"]
    if "created" in kept:
        modified = etree.SubElement(root, f"{_DCTERMS}modified")
        modified.set(f"{_XSI}type", "dcterms:W3CDTF")
        modified.text = kept["created"]


def _set_app(root: etree._Element) -> None:
    for child in list(root):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in _APP:
            root.remove(child)


_CHANGES: Mapping[str, Callable[[etree._Element], None]] = {
    "settings": _cut_settings,
    "core-properties": _set_core,
    "extended-properties": _set_app,
}
