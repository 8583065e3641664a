"""A python-docx package as bytes, the same for the same content: no clock, no foreign metadata."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.sax.saxutils import quoteattr

from docx.opc.package import OpcPackage
from docx.opc.part import Part

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DEFAULTS = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
)
# Deflate levels: the manifest is long and much like itself, so that the next level pays.
_LEVELS = {"customXml/item1.xml": 8}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip entry can have


def zip_parts(parts: Mapping[str, bytes], *, deflated: bool = True) -> bytes:
    """Zip the parts (name -> content) in the given order, with nothing in the entries but name and content.

    What goes into another zip file need not be ``deflated``: that one does it better and once.
    """
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0  # else the entry tells the operating system
            entry.external_attr = 0
            entry.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
            archive.writestr(entry, data, compresslevel=_LEVELS.get(name, 6))
    return out.getvalue()


def package_bytes(package: OpcPackage, texts: Mapping[str, bytes]) -> bytes:
    """Return the package as a .docx file: content types first, then relationships, then the parts in their order.

    ``texts`` are the parts (name -> content) that were built as text and take the place of the package's own.
    """
    parts = list(package.iter_parts())
    return zip_parts(dict(_entries(package, parts, texts)))


def _entries(package: OpcPackage, parts: list[Part], texts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield "[Content_Types].xml", _content_types(parts)
    yield "_rels/.rels", package.rels.xml
    for part in parts:
        yield part.partname.membername, texts.get(part.partname) or part.blob
        if len(part.rels):
            yield part.partname.rels_uri.lstrip("/"), part.rels.xml


def _content_types(parts: list[Part]) -> bytes:
    lines = [f"<Override PartName={quoteattr(p.partname)} ContentType={quoteattr(p.content_type)}/>" for p in parts]
    lines.sort()
    return f'{_HEAD}<Types xmlns="{_TYPES}">{_DEFAULTS}{"".join(lines)}</Types>'.encode()
