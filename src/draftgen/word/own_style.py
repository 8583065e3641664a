"""A Word file of one's own as the style: its styles, headers, footers and pages; nothing of its text.

Styles are found by their names, as editors keep these and change the ids. What the file lacks is taken from our own
style template, and told.
"""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.opc.rel import Relationships
from docx.oxml.parser import parse_xml
from lxml import etree

from draftgen.errors import TemplateError
from draftgen.findings import Finding, Localised, Place, Severity
from draftgen.word import styles
from draftgen.word.archive import VAL, W
from draftgen.word.package import package_bytes, zip_parts
from draftgen.word.template import StyleTemplate, label_fonts, page_of

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KEPT = frozenset({RT.STYLES, RT.SETTINGS, RT.FONT_TABLE, RT.THEME, RT.NUMBERING, RT.WEB_SETTINGS})
_REFERENCED = frozenset({RT.HEADER, RT.FOOTER})
_NOTES = frozenset({RT.FOOTNOTES, RT.ENDNOTES})
_KEPT_OF_PACKAGE = frozenset({RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES, RT.EXTENDED_PROPERTIES})
_DROPPED_SETTINGS = ("attachedTemplate", "mailMerge", "trackRevisions", "documentProtection", "docVars")
_MOST = 2**31 - 1
_REFERS = ("basedOn", "next", "link")
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_CHINESE = {
    "Title": "标题",
    **{f"heading {n}": f"标题 {n}" for n in range(1, 5)},
    **{f"toc {n}": f"目录 {n}" for n in range(1, 5)},
    "TOC Heading": "目录标题",
    "caption": "题注",
    "annotation text": "批注文字",
    "annotation reference": "批注引用",
}


def own_style(data: bytes, ours: StyleTemplate, file: str) -> tuple[StyleTemplate, tuple[Finding, ...]]:
    """Return a Word file (.docx, .dotx) as a style template, and what was missing in it.

    Raises:
        TemplateError: it is no Word file that can be read.
    """
    document = _opened(data, file)
    root = document.styles.element
    names, added = _complete(root, ours.open().styles.element)
    counted = _uncounted(root, names)
    _clean(document)
    sections = [copy.deepcopy(s) for s in document.element.body.iter(f"{W}sectPr")]
    portrait, landscape = _pages(sections, ours)
    _replace_body(document, ours, portrait)
    _drop_unreferenced(document.part.rels, portrait, landscape)
    template = StyleTemplate(
        package_bytes(document.part.package, {}),
        page_of(portrait),
        page_of(landscape),
        label_fonts(root, names.get(styles.TABLE_TEXT, styles.TABLE_TEXT)),
        {ours_id: own_id for ours_id, own_id in names.items() if ours_id != own_id},
    )
    return template, tuple(_findings(added, counted, file))


def _opened(data: bytes, file: str) -> Document:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        types = "[Content_Types].xml"
        if _TEMPLATE_TYPE in parts.get(types, b""):
            data = zip_parts({**parts, types: parts[types].replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)})
        document = docx.Document(BytesIO(data))
        document.styles  # noqa: B018  # a file without them shows here
        return document
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        raise TemplateError.because(
            "style-unreadable",
            Localised("This is no Word file that can be read.", "这不是能够读取的 Word 文件。"),
            places=[Place(file)],
            hint=Localised(
                "Give a .docx or .dotx, saved by Word or WPS. draftgen style export writes one to start from.",
                "请使用 Word 或 WPS 保存的 .docx 或 .dotx。可先运行 draftgen style export，在导出的文件上修改。",
            ),
        ) from error


def _complete(root: etree._Element, ours: etree._Element) -> tuple[dict[str, str], list[str]]:
    """Add the styles that are missing. Return our id -> the file's id for all, and the names of those added."""
    theirs = {(s.get(f"{W}type"), _name(s).casefold()): str(s.get(f"{W}styleId")) for s in root.iter(f"{W}style")}
    taken = {str(s.get(f"{W}styleId")) for s in root.iter(f"{W}style")}
    names, missing = _defaults(root, ours), []
    for style in ours.iter(f"{W}style"):
        own = str(style.get(f"{W}styleId"))
        if own in names:
            continue
        found = theirs.get((style.get(f"{W}type"), _name(style).casefold()))
        names[own] = found or (f"dg{own}" if own in taken else own)
        if found is None:
            missing.append(style)
    for style in missing:
        root.append(_renamed(style, names))
    return names, [_name(s) for s in missing if s.get(f"{W}styleId") in styles.REQUIRED]


def _defaults(root: etree._Element, ours: etree._Element) -> dict[str, str]:
    """Return what stands for our styles of plain paragraphs, characters and tables."""
    found: dict[str, str] = {}
    for style in ours.iter(f"{W}style"):
        if style.get(f"{W}default") == "1":
            kind = style.get(f"{W}type")
            own = next((s for s in root.iter(f"{W}style") if _is_default(s, kind)), None)
            if own is not None:
                found[str(style.get(f"{W}styleId"))] = str(own.get(f"{W}styleId"))
    return found


def _is_default(style: etree._Element, kind: str | None) -> bool:
    return style.get(f"{W}type") == kind and style.get(f"{W}default") in ("1", "true", "on")


def _name(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else str(name.get(VAL))


def _renamed(style: etree._Element, names: Mapping[str, str]) -> etree._Element:
    new = copy.deepcopy(style)
    new.set(f"{W}styleId", names[str(style.get(f"{W}styleId"))])
    for refers in (new.find(W + name) for name in _REFERS):
        if refers is not None:
            refers.set(VAL, names[str(refers.get(VAL))])
    return new


def _uncounted(root: etree._Element, names: Mapping[str, str]) -> list[str]:
    """Take the automatic numbers off heading styles: ours are text, or a list of our own. Return their names."""
    ids = {names[own]: own for own in (styles.PART, *styles.HEADINGS)}
    found = []
    for style in root.iter(f"{W}style"):
        numbering = style.find(f"{W}pPr/{W}numPr")
        if (
            str(style.get(f"{W}styleId")) in ids
            and numbering is not None
            and (parent := numbering.getparent()) is not None
        ):
            parent.remove(numbering)
            found.append(_name(style))
    return found


def _clean(document: Document) -> None:
    """Drop what belongs to the text of the file, not to its looks: comments, pictures, notes, protection."""
    rels = document.part.rels
    for key in [key for key, rel in rels.items() if rel.reltype not in _KEPT | _REFERENCED | _NOTES]:
        del rels[key]
    of_package = document.part.package.rels
    for key in [key for key, rel in of_package.items() if rel.reltype not in _KEPT_OF_PACKAGE]:
        del of_package[key]
    for rel in rels.values():
        if rel.reltype in _NOTES:
            part = rel.target_part
            part._blob = _separators(part.blob)
    settings = document.settings.element
    for child in [child for name in _DROPPED_SETTINGS for child in settings.findall(W + name)]:
        settings.remove(child)
    for rel in rels.values():
        if rel.reltype == RT.SETTINGS:
            rel.target_part.rels.clear()


def _separators(notes: bytes) -> bytes:
    """Return footnotes or endnotes without the notes themselves."""
    root = etree.fromstring(notes, etree.XMLParser(resolve_entities=False))
    for note in [note for note in root if note.get(f"{W}type") is None]:
        root.remove(note)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _pages(sections: list[etree._Element], ours: StyleTemplate) -> tuple[etree._Element, etree._Element]:
    """Return the page set-up of the last portrait and the first landscape section; one is made of the other."""
    for section in sections:
        for name in ("type", "pgNumType", "sectPrChange"):
            for child in section.findall(W + name):
                section.remove(child)
        grid = section.find(f"{W}docGrid")
        if grid is not None and int(grid.get(f"{W}charSpace") or 0) > _MOST:  # LibreOffice writes it without its sign
            _without(grid, "charSpace")
    upright = [s for s in sections if not _is_landscape(s)]
    lying = [s for s in sections if _is_landscape(s)]
    plain = parse_xml(
        ours.portrait.section.replace("<w:sectPr", f'<w:sectPr xmlns:w="{W[1:-1]}" xmlns:r="{_R[1:-1]}"', 1)
    )
    for child in [child for child in plain if child.tag in (f"{W}headerReference", f"{W}footerReference")]:
        plain.remove(child)
    portrait = upright[-1] if upright else _turned(lying[0]) if lying else plain
    landscape = lying[0] if lying else _turned(portrait)
    return portrait, landscape


def _is_landscape(section: etree._Element) -> bool:
    size = section.find(f"{W}pgSz")
    return size is not None and int(size.get(f"{W}w") or 0) > int(size.get(f"{W}h") or 0)


def _turned(section: etree._Element) -> etree._Element:
    """Return a section with its pages turned; the margins stay with the edges of the paper."""
    new = copy.deepcopy(section)
    size, margins, grid = (new.find(W + name) for name in ("pgSz", "pgMar", "docGrid"))
    if size is not None:
        wide, high = size.get(f"{W}w") or "11906", size.get(f"{W}h") or "16838"
        size.set(f"{W}w", high)
        size.set(f"{W}h", wide)
        if int(high) > int(wide):
            size.set(f"{W}orient", "landscape")
        else:
            _without(size, "orient")
    if margins is not None:
        before = {edge: margins.get(W + edge) or "0" for edge in ("top", "right", "bottom", "left")}
        for edge, source in (("top", "left"), ("right", "top"), ("bottom", "right"), ("left", "bottom")):
            margins.set(W + edge, before[source].lstrip("-"))
    if grid is not None:
        _without(grid, "type")
    return new


def _without(element: etree._Element, name: str) -> None:
    if element.get(W + name) is not None:
        del element.attrib[W + name]


def _replace_body(document: Document, ours: StyleTemplate, section: etree._Element) -> None:
    """Put an empty body into the document, in our own root: foreign roots lack the namespaces that we write."""
    root = copy.deepcopy(ours.open().element)
    body = root.body
    for child in list(body):
        body.remove(child)
    body.append(copy.deepcopy(section))
    document.part._element = root


def _drop_unreferenced(rels: Relationships, *sections: etree._Element) -> None:
    """Drop headers and footers of other sections than those that are used."""
    used = {element.get(f"{_R}id") for section in sections for element in section}
    for key in [key for key, rel in rels.items() if rel.reltype in _REFERENCED and key not in used]:
        del rels[key]


def _findings(added: list[str], counted: list[str], file: str) -> Iterator[Finding]:
    if added:
        values = {"en": ", ".join(added), "zh": "、".join(_CHINESE.get(name, name) for name in added)}
        yield Finding(
            "style-added",
            Severity.NOTE,
            Localised(
                "The style file has no style of these names; those of draftgen are used: {en}.",
                "样式文件中没有下列样式，用 draftgen 自带的代替：{zh}。",
                values,
            ),
            (Place(file),),
            Localised(
                "To set them yourself, start from the file that draftgen style export writes.",
                "需要自行设置的，可在 draftgen style export 导出的文件上修改。",
            ),
        )
    if counted:
        values = {"en": ", ".join(counted), "zh": "、".join(_CHINESE.get(name, name) for name in counted)}
        yield Finding(
            "style-numbering",
            Severity.NOTE,
            Localised(
                "These styles number by themselves; their numbers are left out, as headings bring their own: {en}.",
                "下列样式带有自动编号，已不采用，标题编号由报告自身写出：{zh}。",
                values,
            ),
            (Place(file),),
        )
