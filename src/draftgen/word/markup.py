"""Words into WordprocessingML text: escaping, runs and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_IGNORABLE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w15"'

# Characters that XML 1.0 cannot hold; a line end keeps its meaning, the others are dropped.
_LINE_END = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_STYLE_USE = re.compile(r'(<w:(?:p|r|tbl)Style w:val=")([^"]*)(")')
_SPLIT = re.compile("([\n\t])")

# Word sets these in the Latin font unless the run says that they are Chinese: quotes, dashes, circled numbers ...
_AMBIGUOUS = re.compile("[\xa1\xa4\xa7\xa8\xaa\xad\xaf-\xb4\xb6-\xba\xbc-\xbf\xd7\xf7\u2000-\u2bff]")
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def printable(text: str) -> str:
    """Return the text without what XML 1.0 forbids, every line end as a line feed."""
    return _FORBIDDEN.sub("", _LINE_END.sub("\n", text))


def escape(text: str) -> str:
    r"""Return the text as XML character data, without what XML 1.0 forbids.

    >>> escape("a<b & c\x00")
    'a&lt;b &amp; c'
    """
    if _SPECIAL.search(text) is None:
        return text
    return printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Return the text as the value of an attribute in double quotes."""
    return escape(text).replace('"', "&quot;").replace("\n", " ").replace("\t", " ")


def run(text: str, style: str = "") -> str:
    """Return one run in a character style (an id, empty for none); a line end becomes a break. Empty text, no run."""
    text = escape(text)
    if not text:
        return ""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    if _AMBIGUOUS.search(text) is not None:
        properties += _HINT
    opening = f"<w:r><w:rPr>{properties}</w:rPr>" if properties else "<w:r>"
    if "\n" not in text and "\t" not in text:
        return f'{opening}<w:t xml:space="preserve">{text}</w:t></w:r>'
    pieces = [_BREAKS.get(p) or f'<w:t xml:space="preserve">{p}</w:t>' for p in _SPLIT.split(text) if p]
    return f"{opening}{''.join(pieces)}</w:r>"


def paragraph(
    content: str,
    style: str = "",
    *,
    keep_next: bool = False,
    new_page: bool = False,
    align: str = "",
    section: str = "",
) -> str:
    """Return one paragraph around runs; ``section`` is the ``w:sectPr`` of the section that ends with it."""
    properties = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep_next else "",
        "<w:pageBreakBefore/>" if new_page else "",
        f'<w:jc w:val="{align}"/>' if align else "",
        section,
    ]
    inside = "".join(properties)
    return f"<w:p><w:pPr>{inside}</w:pPr>{content}</w:p>" if inside else f"<w:p>{content}</w:p>"


def document(body: Sequence[str], last_section: str) -> str:
    """Return the document part: its blocks, and the page set-up of its last section."""
    return f"{_HEAD}<w:document {NAMESPACES} {_IGNORABLE}><w:body>{''.join(body)}{last_section}</w:body></w:document>"


def restyled(text: str, names: Mapping[str, str]) -> str:
    """Return markup of ours with other style ids: those that a style template of one's own has for ours."""
    return _STYLE_USE.sub(lambda found: f"{found[1]}{names.get(found[2], found[2])}{found[3]}", text) if names else text
