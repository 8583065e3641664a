"""A draft as a Word file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from docx.document import Document
from docx.oxml.parser import parse_xml
from docx.parts.document import DocumentPart

from draftgen.draft import Contents, Draft, Heading, Properties
from draftgen.word import styles
from draftgen.word.archive import W
from draftgen.word.body import Makers, body
from draftgen.word.carriers import Carriers, Options
from draftgen.word.charts import Charts
from draftgen.word.comments import Anchors, add_comments
from draftgen.word.headings import Headings, add_list
from draftgen.word.manifest import add_manifest
from draftgen.word.markup import NAMESPACES, printable, restyled
from draftgen.word.package import package_bytes
from draftgen.word.paragraphs import Marks
from draftgen.word.placeholders import add_placeholders
from draftgen.word.template import StyleTemplate, load_template

_UNDATED = "2000-01-01"  # any fixed day: the clock would make every file a different one
_PLAIN = Options()
_PROOF_SHADE = 'w:val="clear" w:color="auto" w:fill="DDEBF7"'
_LONGEST = 255  # characters in a core property


def write_docx(draft: Draft, style: Path | StyleTemplate, options: Options = _PLAIN) -> bytes:
    """Return the draft as a .docx file in a Word style: that of a folder of parts, or one that was read.

    The same draft gives the same bytes. Raises `draftgen.errors.TemplateError` when the style cannot be used.
    """
    template = load_template(style, draft.profile) if isinstance(style, Path) else style
    document = template.open()
    carriers = Carriers(options, first_bookmark=len(draft.remarks))
    marks = Marks(Anchors(draft), carriers)
    makers = Makers(marks, Charts(document.part, template.fonts), _headings(draft, document.part))
    text = restyled(body(draft.blocks, template, makers), template.names)
    date = datetime.fromisoformat(draft.properties.date or _UNDATED).replace(tzinfo=UTC)
    add_comments(document.part, draft.remarks, f"{date:%Y-%m-%dT%H:%M:%SZ}", template.names)
    if options.controls:
        add_placeholders(document.part, carriers.prompts)
        if draft.record:
            add_manifest(document.part, draft.record)
    if options.proof:
        _shade_figures(document, template.names.get(styles.FIGURE, styles.FIGURE))
    _set_properties(document, draft.properties, draft.language, date)
    return package_bytes(document.part.package, {str(document.part.partname): text.encode()})


def _shade_figures(document: Document, name: str) -> None:
    """Make every generated figure visible for proof-reading: the style of figures gets a shading."""
    for style in document.styles.element.iter(f"{W}style"):
        if style.get(f"{W}styleId") == name:
            for old in style.findall(f"{W}rPr"):
                style.remove(old)
            style.append(parse_xml(f"<w:rPr {NAMESPACES}><w:shd {_PROOF_SHADE}/></w:rPr>"))


def _headings(draft: Draft, part: DocumentPart) -> Headings:
    listed = any(isinstance(block, Contents) for block in draft.blocks)
    parts = any(isinstance(block, Heading) and block.level == 0 for block in draft.blocks)
    number = add_list(part, parts) if draft.numbering == "自动" else ""
    return Headings(listed, number, parts)


def _set_properties(document: Document, properties: Properties, language: str, date: datetime) -> None:
    core = document.core_properties
    core.title = printable(properties.title)[:_LONGEST]
    core.subject = printable(properties.subject)[:_LONGEST]
    core.author = core.last_modified_by = printable(properties.author)[:_LONGEST]
    core.language = language
    core.created = core.modified = date
