"""Looking into finished files: their parts, and files with one fault planted."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def document_text(data: bytes) -> str:
    return parts_of(data)["word/document.xml"].decode()


def tree(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts_of(data)[name])


def find(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at an XPath with the prefix w."""
    found = element.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [e for e in found if isinstance(e, etree._Element)]


def values(element: etree._Element, path: str) -> list[str]:
    """Return w:val of the elements at an XPath."""
    return [str(e.get(f"{W}val")) for e in find(element, path)]


def words(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def with_body(data: bytes, body: str, styles: str = "") -> bytes:
    """Return the file with other blocks before its last section, and more styles."""
    parts = parts_of(data)
    text = parts["word/document.xml"].decode()
    start, end = text.index("<w:body>") + len("<w:body>"), text.rindex("<w:sectPr")
    parts["word/document.xml"] = (text[:start] + body + text[end:]).encode()
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", f"{styles}</w:styles>".encode())
    return zipped(parts)
