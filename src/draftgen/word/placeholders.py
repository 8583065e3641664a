"""The glossary part: the text that Word shows in a prompt again when somebody empties it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.parts.document import DocumentPart
from lxml import etree

from draftgen.word import styles
from draftgen.word.archive import W
from draftgen.word.carriers import placeholder_of
from draftgen.word.markup import NAMESPACES, run

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KEPT_STYLES = ("Normal", styles.PROMPT)


def add_placeholders(part: DocumentPart, prompts: Sequence[str]) -> None:
    """Give the document a building block for each prompt, if there are any."""
    if not prompts:
        return
    blocks = "".join(_block(number, text) for number, text in enumerate(prompts, 1))
    document = f"{_HEAD}<w:glossaryDocument {NAMESPACES}><w:docParts>{blocks}</w:docParts></w:glossaryDocument>"
    package = part.package
    glossary = Part(
        PackURI("/word/glossary/document.xml"), f"{_TYPES}.document.glossary+xml", document.encode(), package
    )
    own_styles = Part(
        PackURI("/word/glossary/styles.xml"), f"{_TYPES}.styles+xml", _styles(part.styles.element), package
    )
    glossary.relate_to(own_styles, f"{_RELATIONS}/styles")
    part.relate_to(glossary, f"{_RELATIONS}/glossaryDocument")


def _block(number: int, text: str) -> str:
    guid = f"{{{uuid5(NAMESPACE_URL, f'draftgen:prompt:{number}:{text}')}}}".upper()
    return (
        f'<w:docPart><w:docPartPr><w:name w:val="{placeholder_of(number)}"/>'
        '<w:category><w:name w:val="General"/><w:gallery w:val="placeholder"/></w:category>'
        '<w:types><w:type w:val="bbPlcHdr"/></w:types><w:behaviors><w:behavior w:val="content"/></w:behaviors>'
        f'<w:guid w:val="{guid}"/></w:docPartPr>'
        f"<w:docPartBody><w:p>{run(text, styles.PROMPT)}</w:p></w:docPartBody></w:docPart>"
    )


def _styles(main: etree._Element) -> bytes:
    """Return the few styles that a prompt needs, as the document has them."""
    kept = [s for s in main.iter(f"{W}style") if s.get(f"{W}styleId") in _KEPT_STYLES]
    root = etree.Element(f"{W}styles", nsmap={"w": W[1:-1]})
    for style in kept:
        root.append(etree.fromstring(etree.tostring(style, with_tail=False)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
