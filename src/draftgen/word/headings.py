"""What a heading carries beyond its words: the bookmark that the contents point to, the number that Word counts.

By default a heading's number is text. Counted by Word it is the level of one list, which begins anew below each higher
heading, as the literal numbers do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.parts.document import DocumentPart
from lxml import etree

from draftgen.draft import Heading
from draftgen.word.archive import VAL, W
from draftgen.word.markup import NAMESPACES
from draftgen.word.paragraphs import Marks
from draftgen.word.paragraphs import heading as plain_heading

_FIRST_ID = 1_000_000  # bookmarks of the list of contents count from here, apart from all others
_FORMS = (
    ("chineseCountingThousand", "%{}、"),
    ("chineseCountingThousand", "（%{}）"),
    ("decimal", "%{}."),
    ("decimal", "（%{}）"),
)
_PART = ("chineseCountingThousand", "第%{}部分\u3000")


def bookmark_name(number: int) -> str:
    """Return the name of the bookmark of the n-th heading, as Word names its own."""
    return f"_Toc{_FIRST_ID + number:09d}"


@dataclass(slots=True)
class Headings:
    """Sets the headings of one document in reading order."""

    bookmarks: bool = False  # a list of contents points to them
    list_number: str = ""  # of the list that counts them; empty: their numbers are text
    parts: bool = False  # there are parts above the first level
    _count: int = 0

    def heading(self, block: Heading, marks: Marks, section: str = "") -> str:
        """Return a heading as a paragraph."""
        counted = bool(self.list_number and block.number)
        text = plain_heading(replace(block, number="") if counted else block, marks, section)
        if counted:
            level = block.level if self.parts else block.level - 1
            numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self.list_number}"/></w:numPr>'
            head, mark, rest = text.partition("/>")  # behind the style, which comes first
            text = f"{head}{mark}{numbering}{rest}"
        return self._marked(text) if self.bookmarks else text

    def _marked(self, text: str) -> str:
        number = _FIRST_ID + self._count
        start = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark_name(self._count)}"/>'
        self._count += 1
        head, mark, rest = text.partition("</w:pPr>")
        return f'{head}{mark}{start}{rest.removesuffix("</w:p>")}<w:bookmarkEnd w:id="{number}"/></w:p>'


def add_list(part: DocumentPart, parts: bool) -> str:
    """Give the document the list that counts its headings; return the list's number."""
    root = _numbering(part)
    kinds = [int(str(e.get(f"{W}abstractNumId"))) for e in root.findall(f"{W}abstractNum")]
    numbers = [int(str(e.get(f"{W}numId"))) for e in root.findall(f"{W}num")]
    kind, number = max(kinds, default=-1) + 1, max(numbers, default=0) + 1
    levels = [*([_PART] if parts else []), *_FORMS]
    inside = "".join(_level(n, form, shown.format(n + 1)) for n, (form, shown) in enumerate(levels))
    new = f'<w:abstractNum {NAMESPACES} w:abstractNumId="{kind}"><w:multiLevelType w:val="multilevel"/>{inside}'
    root.insert(len(kinds), parse_xml(f"{new}</w:abstractNum>"))
    use = etree.SubElement(root, f"{W}num")
    use.set(f"{W}numId", str(number))
    etree.SubElement(use, f"{W}abstractNumId").set(VAL, str(kind))
    return str(number)


def _level(number: int, form: str, shown: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def _numbering(part: DocumentPart) -> etree._Element:
    """Return the root of the document's lists; a document without any gets the part."""
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            found: etree._Element = cast("XmlPart", relation.target_part).element
            return found
    root = parse_xml(f"<w:numbering {NAMESPACES}/>")
    new = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, part.package)
    part.relate_to(new, RELATIONSHIP_TYPE.NUMBERING)
    return root
