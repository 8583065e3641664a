"""The Word style template: readable parts in a folder, made into a package that python-docx holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import docx
import yaml
from docx.document import Document
from lxml import etree

from draftgen.errors import TemplateError
from draftgen.findings import Finding, Localised, Severity
from draftgen.word import styles
from draftgen.word.chart_markup import Fonts
from draftgen.word.markup import attribute
from draftgen.word.package import zip_parts

# File in the folder -> part of the package. The files have names that every packaging tool takes.
PARTS = {
    "content_types.xml": "[Content_Types].xml",
    "package.rels": "_rels/.rels",
    "app.xml": "docProps/app.xml",
    "core.xml": "docProps/core.xml",
    "document.xml": "word/document.xml",
    "document.rels": "word/_rels/document.xml.rels",
    "font_table.xml": "word/fontTable.xml",
    "footer_odd.xml": "word/footer1.xml",
    "footer_even.xml": "word/footer2.xml",
    "settings.xml": "word/settings.xml",
    "styles.xml": "word/styles.xml",
}
FONTS = "fonts.yaml"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOKEN = re.compile(r"@([a-z][a-z-]*)@")
_DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')


@dataclass(frozen=True, slots=True)
class Page:
    """Page set-up: the ``w:sectPr`` as text, and the size of the text block in twips."""

    section: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class StyleTemplate:
    """A Word style template with its fonts filled in: the zipped package and the two pages."""

    data: bytes
    portrait: Page
    landscape: Page
    fonts: Fonts  # of the labels of charts
    names: Mapping[str, str] = field(default_factory=dict)  # of a file of one's own: our style id -> its id

    def open(self) -> Document:
        """Return a new document in this style; its body is still the template's."""
        return docx.Document(BytesIO(self.data))


@lru_cache(maxsize=16)
def load_template(folder: Path, profile: str) -> StyleTemplate:
    """Read the style template in ``folder`` and fill in the fonts of ``profile``. Raises `TemplateError`."""
    fonts = _fonts(folder, profile)
    parts = {part: _filled(_read(folder / file), fonts, folder / file) for file, part in PARTS.items()}
    all_styles = _tree(parts["word/styles.xml"], folder / "styles.xml")
    _require_styles(all_styles, folder)
    body = _tree(parts["word/document.xml"], folder / "document.xml").find(f"{_W}body")
    sections = [] if body is None else list(body.iter(f"{_W}sectPr"))
    if len(sections) != 2:
        raise _error(
            "style-sections",
            "{file}: needs a landscape section, then a portrait one",
            "{file}：须先横后纵两节",
            file=folder / "document.xml",
        )
    return StyleTemplate(zip_parts(parts), page_of(sections[1]), page_of(sections[0]), label_fonts(all_styles))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise _error(
            "style-part-missing", "{file}: this file of the Word style is missing", "{file}：缺少此样式文件", file=file
        ) from None


def _fonts(folder: Path, profile: str) -> Mapping[str, str]:
    """Return role -> font name of one profile."""
    profiles = font_profiles(folder)
    if profile not in profiles:
        known = "、".join(profiles)
        raise _error(
            "font-profile-unknown",
            "there is no font profile {profile}; {file} has {known}",
            "没有名为“{profile}”的字体方案；{file} 中有：{known}",
            profile=profile,
            file=folder / FONTS,
            known=known,
        )
    return profiles[profile]


def font_profiles(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the font profiles by name, each role -> font name."""
    found = yaml.load(_read(folder / FONTS), Loader=yaml.BaseLoader)
    return {name: fonts for name, fonts in found.items() if isinstance(fonts, dict)} if isinstance(found, dict) else {}


def _filled(text: str, fonts: Mapping[str, str], file: Path) -> bytes:
    """Replace the font tokens of one part."""
    unknown = sorted(set(_TOKEN.findall(text)) - set(fonts))
    if unknown:
        names = "、".join(unknown)
        raise _error(
            "font-role-unknown", "{file}: no font for {names}", "{file}：未指定字体：{names}", file=file, names=names
        )
    return _TOKEN.sub(lambda m: attribute(fonts[m[1]]), text).encode()


def _tree(data: bytes, file: Path) -> etree._Element:
    try:
        return etree.fromstring(data, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    except etree.XMLSyntaxError as fault:
        raise _error("style-part-broken", "{file}: {fault}", "{file}：{fault}", file=file, fault=str(fault)) from None


def _require_styles(root: etree._Element, folder: Path) -> None:
    missing = sorted(styles.REQUIRED - {str(s.get(f"{_W}styleId")) for s in root.iter(f"{_W}style")})
    if missing:
        names = "、".join(missing)
        raise _error(
            "style-missing",
            "{file}: these styles are missing: {names}",
            "{file}：缺少样式：{names}",
            file=folder,
            names=names,
        )


def label_fonts(root: etree._Element, style: str = styles.TABLE_TEXT) -> Fonts:
    """Return the fonts of table text, which the labels of charts have as well."""
    found = root.find(f"{_W}style[@{_W}styleId='{style}']/{_W}rPr/{_W}rFonts")
    latin, chinese = (None if found is None else found.get(_W + name) for name in ("ascii", "eastAsia"))
    return Fonts(latin or "Times New Roman", chinese or "宋体")


def page_of(section: etree._Element) -> Page:
    """Return page set-up and text block of one ``w:sectPr``."""

    def twips(element: str, name: str) -> int:
        found = section.find(_W + element)
        return int((found.get(_W + name) if found is not None else None) or 0)

    width = twips("pgSz", "w") - twips("pgMar", "left") - twips("pgMar", "right")
    height = twips("pgSz", "h") - twips("pgMar", "top") - twips("pgMar", "bottom")
    text = etree.tostring(section, encoding="unicode", with_tail=False)
    return Page(_DECLARATION.sub("", text), width, height)


def _error(code: str, en: str, zh: str, **values: object) -> TemplateError:
    return TemplateError([Finding(code, Severity.ERROR, Localised(en, zh, values))])
