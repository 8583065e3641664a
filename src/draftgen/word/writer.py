"""A draft as a Word file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from docx.document import Document
from docx.oxml.parser import parse_xml

from draftgen.draft import Draft, Properties
from draftgen.word.body import body
from draftgen.word.comments import Anchors, add_comments
from draftgen.word.markup import printable
from draftgen.word.package import package_bytes
from draftgen.word.template import load_template

_UNDATED = "2000-01-01"  # any fixed day: the clock would make every file a different one
_LONGEST = 255  # characters in a core property


def write_docx(draft: Draft, style_folder: Path) -> bytes:
    """Return the draft as a .docx file in the Word style of ``style_folder``; the same draft gives the same bytes.

    Raises `draftgen.errors.TemplateError` when the style cannot be used.
    """
    template = load_template(style_folder, draft.profile)
    document = template.open()
    new = parse_xml(body(draft.blocks, template, Anchors(draft)))
    document.element.replace(document.element.body, new)
    date = datetime.fromisoformat(draft.properties.date or _UNDATED).replace(tzinfo=UTC)
    add_comments(document.part, draft.remarks, f"{date:%Y-%m-%dT%H:%M:%SZ}")
    _set_properties(document, draft.properties, draft.language, date)
    return package_bytes(document.part.package)


def _set_properties(document: Document, properties: Properties, language: str, date: datetime) -> None:
    core = document.core_properties
    core.title = printable(properties.title)[:_LONGEST]
    core.subject = printable(properties.subject)[:_LONGEST]
    core.author = core.last_modified_by = printable(properties.author)[:_LONGEST]
    core.language = language
    core.created = core.modified = date
