"""Ids of the styles that the body uses. A Word style template must have all of them."""

from __future__ import annotations

TITLE = "Title"
PART = "dgPart"
HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")
CAPTION = "Caption"
TABLE = "dgTable"
TABLE_TEXT = "dgTableText"
TABLE_HEADER = "dgTableHeader"
TABLE_TOTAL = "dgTableTotal"
TABLE_REPEAT = "dgTableRepeat"  # a label said again where a merge had to be split
TABLE_UNIT = "dgTableUnit"
TABLE_NOTE = "dgTableNote"
TABLE_END = "dgTableEnd"
SECTION_END = "dgSectionEnd"
PROMPT = "dgPrompt"
FIGURE = "dgFigure"
COMMENT_REFERENCE = "CommentReference"
COMMENT_TEXT = "CommentText"
# Editors keep the names of styles and change their ids.
NAMES = {PROMPT: "draftgen Prompt", FIGURE: "draftgen Figure"}
REPEAT_NAME = "draftgen Table Repeat"
PART_NAME = "draftgen Part"

REQUIRED = frozenset(
    {
        TITLE,
        PART,
        *HEADINGS,
        CAPTION,
        TABLE,
        TABLE_TEXT,
        TABLE_HEADER,
        TABLE_TOTAL,
        TABLE_REPEAT,
        TABLE_UNIT,
        TABLE_NOTE,
        TABLE_END,
        SECTION_END,
        PROMPT,
        FIGURE,
        COMMENT_REFERENCE,
        COMMENT_TEXT,
    }
)
