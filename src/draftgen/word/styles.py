"""Ids of the styles that the body uses. A Word style template must have all of them."""

from __future__ import annotations

TITLE = "Title"
PART = "dgPart"
HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")
CAPTION = "Caption"
COVER_TOP = "dgCoverTop"
COVER_TITLE = "dgCoverTitle"
COVER_UNIT = "dgCoverUnit"
COVER_FOOT = "dgCoverFoot"
CONTENTS_TITLE = "TOCHeading"
CONTENTS = ("TOC1", "TOC2", "TOC3", "TOC4")
CHART = "dgChart"
CHART_CAPTION = "dgChartCaption"
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
        COVER_TOP,
        COVER_TITLE,
        COVER_UNIT,
        COVER_FOOT,
        CONTENTS_TITLE,
        *CONTENTS,
        CHART,
        CHART_CAPTION,
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
