"""The manifest of a draft inside its file: JSON in one text node of a custom XML part, which editors keep as it is."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.parts.document import DocumentPart

from draftgen.word.archive import Archive

NAMESPACE = "urn:draftgen:manifest:1"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def add_manifest(part: DocumentPart, text: str) -> None:
    """Give the document its manifest, JSON without characters that XML cannot hold."""
    item_id = f"{{{uuid5(NAMESPACE_URL, text)}}}".upper()  # fixed by the content
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    item = f'{_HEAD}<m:manifest xmlns:m="{NAMESPACE}"><m:json>{escaped}</m:json></m:manifest>'
    properties = (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{item_id}" xmlns:ds="{_STORE}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    package = part.package
    stored = Part(PackURI("/customXml/item1.xml"), "application/xml", item.encode(), package)
    described = Part(PackURI("/customXml/itemProps1.xml"), _PROPERTIES, properties.encode(), package)
    stored.relate_to(described, f"{_RELATION}Props")
    part.relate_to(stored, _RELATION)


def read_manifest(archive: Archive) -> dict[str, Any] | None:
    """Return the manifest of a file, None if it has none that can be read."""
    for name in archive.related(archive.document, "customXml"):
        root = archive.tree(name)
        if root is not None and root.tag == f"{{{NAMESPACE}}}manifest":
            return parse_manifest("".join(str(t) for t in root.itertext()))
    return None


def parse_manifest(text: str) -> dict[str, Any] | None:
    """Return a manifest from its JSON, None if it is none."""
    try:
        manifest = json.loads(text)
    except ValueError:
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("schema") == 1 else None
