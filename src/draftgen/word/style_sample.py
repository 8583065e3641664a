"""A file that shows every style once: what somebody starts from who wants the reports in the looks of the house."""

from __future__ import annotations

from draftgen.draft import (
    Attachments,
    Cell,
    Chart,
    Column,
    Contents,
    Cover,
    Draft,
    Gap,
    Heading,
    Inline,
    Paragraph,
    Properties,
    Row,
    Sentence,
    Series,
    Table,
    Text,
    Title,
    Value,
)

_TITLE = "报告标题（样式：标题）"
_PROSE = (
    "正文段落（样式：正文）。修改本文件中的样式、页边距、页眉页脚后保存，起草时用 --style 指定本文件，"
    "报告即按修改后的样式排版。"
    "本文件中的文字不会进入报告。"
)


def style_sample(profile: str) -> Draft:
    """Return the sample in a font profile."""
    blocks = (
        Cover((_text("封面标题（样式：draftgen Cover Title）"),), (_text("编制单位"), _text("日期"))),
        Contents(4),
        Title((_text(_TITLE),)),
        Heading(0, "第一部分\u3000", _text("部分标题（样式：draftgen Part）")),
        Heading(1, "一、", _text("一级标题（样式：标题 1）")),
        _prose(_text(_PROSE)),
        Heading(2, "（一）", _text("二级标题（样式：标题 2）")),
        _prose((Text("需要填写的内容（样式：draftgen Prompt）："), Gap("示例", "narrative"), Text("。"))),
        Heading(3, "1.", _text("三级标题（样式：标题 3）")),
        Heading(4, "（1）", _text("四级标题（样式：标题 4）")),
        _table("表题（样式：题注）", landscape=False),
        Chart("column", _text("图题（样式：draftgen Chart Caption）"), ("甲", "乙"), (Series("", _points()),), "万元"),
        Heading(1, "二、", _text("横向页")),
        _table("横向页上的表", landscape=True),
        Heading(1, "三、", _text("附件")),
        _prose(_text("附件清单在正文之后。")),
        Attachments((_text("附件名称"), _text("附件名称"))),
    )
    return Draft(Properties("draftgen 样式", "draftgen", "样式"), blocks, profile=profile)


def _text(words: str) -> tuple[Inline, ...]:
    return (Text(words),)


def _points() -> tuple[Value, ...]:
    return (Value("2.00", "示例.甲"), Value("3.00", "示例.乙"))


def _prose(inlines: tuple[Inline, ...]) -> Paragraph:
    return Paragraph((Sentence(inlines),))


def _table(caption: str, *, landscape: bool) -> Table:
    columns = (Column("表头（draftgen Table Header）", 50), Column("金额", 50, "right"))
    rows = (
        Row((Cell((_text("表中文字（draftgen Table Text）"),)), Cell((_text("1.00"),)))),
        Row((Cell((_text("合计（draftgen Table Total）"),)), Cell((_text("1.00"),))), total=True),
    )
    return Table(_text(caption), columns, rows, "万元", (_text("注：表注（draftgen Table Note）。"),), landscape)
