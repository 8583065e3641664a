"""A chart as DrawingML text: formulas into its workbook, and the caches, which are drawn until the data is edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from draftgen.draft import Chart, Series
from draftgen.word.chart_workbook import cell_range, head_cell, number_format
from draftgen.word.markup import attribute, escape

# Dark and light take turns, so that neighbours stay apart on a grey printer; each area has a dark outline.
COLOURS = ("1F4E79", "BDD7EE", "5B9BD5", "F2F2F2", "7F7F7F", "D9D9D9")
_TWO = ("BDD7EE", "1F4E79")  # what is compared with stands first and is the lighter one
_OUTLINE = '<a:ln w="6350"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln>'
_BARE = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_MANY = 8  # points: more have smaller labels
_AXES = (111111111, 222222222)


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of labels: for Latin letters and digits, and for Chinese."""

    latin: str
    chinese: str


def chart_space(chart: Chart, fonts: Fonts, relation: str) -> bytes:
    """Return the chart part; ``relation`` is the id of its relationship to the workbook."""
    size = 1000 if sum(len(s.points) for s in chart.series) <= _MANY else 900
    text = _text(fonts, size)
    plot = _pie(chart, text) if chart.kind == "pie" else _bars(chart, text)
    legend = _legend(text) if len(chart.series) > 1 else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NAMESPACES}>'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>{text}'
        f'<c:externalData r:id="{relation}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _text(fonts: Fonts, size: int) -> str:
    """Return the text properties of labels; ``size`` in hundredths of a point."""
    faces = f'<a:latin typeface="{attribute(fonts.latin)}"/><a:ea typeface="{attribute(fonts.chinese)}"/>'
    black = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0">{black}{faces}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _bars(chart: Chart, text: str) -> str:
    colours = _TWO if len(chart.series) == len(_TWO) else COLOURS
    series = "".join(
        _series(chart, number, _fill(colours[number % len(colours)]), "", text) for number in range(len(chart.series))
    )
    lying = chart.kind == "bar"
    category, value = _AXES
    return (
        f'<c:barChart><c:barDir val="{"bar" if lying else "col"}"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="70"/>'
        f'<c:axId val="{category}"/><c:axId val="{value}"/></c:barChart>{_category_axis(lying, text)}'
        f"{_value_axis(chart, lying, text)}"
    )


def _category_axis(lying: bool, text: str) -> str:
    category, value = _AXES
    line = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr>'
    return (
        f'<c:catAx><c:axId val="{category}"/><c:scaling><c:orientation val="{"maxMin" if lying else "minMax"}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{line}{text}<c:crossAx val="{value}"/><c:crosses val="autoZero"/>'
        '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(chart: Chart, lying: bool, text: str) -> str:
    """Return the axis of values; it is not shown, as every point tells its own number."""
    category, value = _AXES
    below = any(point.text.startswith("-") for series in chart.series for point in series.points)
    least = "" if below else '<c:min val="0"/>'
    return (
        f'<c:valAx><c:axId val="{value}"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{"b" if lying else "l"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{text}<c:crossAx val="{category}"/>'
        f'<c:crosses val="{"max" if lying else "autoZero"}"/><c:crossBetween val="between"/></c:valAx>'
    )


def _pie(chart: Chart, text: str) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:bubble3D val="0"/>{_fill(colour)}</c:dPt>'
        for n, colour in enumerate(_slices(len(chart.categories)))
    )
    series = _series(chart, 0, "", points, text)
    return f'<c:pieChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/></c:pieChart>'


def _slices(count: int) -> list[str]:
    """Return a colour for each slice; the last is never that of the first, which lies beside it."""
    colours = [COLOURS[n % len(COLOURS)] for n in range(count)]
    if count > 1 and colours[-1] == colours[0]:
        colours[-1] = COLOURS[2]
    return colours


def _fill(colour: str) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{_OUTLINE}</c:spPr>'


def _series(chart: Chart, number: int, fill: str, points: str, text: str) -> str:
    series, pie = chart.series[number], chart.kind == "pie"
    name = escape(series.name or chart.head)
    count = len(series.points)
    kept = "" if pie else '<c:invertIfNegative val="0"/>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{head_cell(number + 1)}</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>{fill}'
        f"{kept}{points}{_labels(chart, series, text)}"
        f"<c:cat><c:strRef><c:f>{cell_range(0, count)}</c:f>{_words(chart.categories)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{cell_range(number + 1, count)}</c:f>{_numbers(series)}</c:numRef></c:val></c:ser>"
    )


def _words(categories: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{escape(name)}</c:v></c:pt>' for n, name in enumerate(categories))
    return f'<c:strCache><c:ptCount val="{len(categories)}"/>{points}</c:strCache>'


def _numbers(series: Series) -> str:
    usual = number_format(series.points[0].text)
    points = []
    for n, point in enumerate(series.points):
        own = number_format(point.text)
        other = "" if own == usual else f' formatCode="{own}"'
        points.append(f'<c:pt idx="{n}"{other}><c:v>{point.text}</c:v></c:pt>')
    count = f'<c:ptCount val="{len(points)}"/>'
    return f"<c:numCache><c:formatCode>{usual}</c:formatCode>{count}{''.join(points)}</c:numCache>"


def _labels(chart: Chart, series: Series, text: str) -> str:
    """Return the labels of the points: their numbers; in a pie their names as well, so that no legend is needed."""
    usual = number_format(series.points[0].text)
    others = "".join(
        f'<c:dLbl><c:idx val="{n}"/>{_label(own, chart.kind == "pie", text)}</c:dLbl>'
        for n, point in enumerate(series.points)
        if (own := number_format(point.text)) != usual
    )
    lines = '<c:showLeaderLines val="1"/>' if chart.kind == "pie" else ""
    return f"<c:dLbls>{others}{_label(usual, chart.kind == 'pie', text)}{lines}</c:dLbls>"


def _label(number: str, named: bool, text: str) -> str:
    separator = "<c:separator>\n</c:separator>" if named else ""
    return (
        f'<c:numFmt formatCode="{number}" sourceLinked="0"/>{_BARE}{text}<c:dLblPos val="outEnd"/>'
        f'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="{int(named)}"/><c:showSerName val="0"/>'
        f'<c:showPercent val="0"/><c:showBubbleSize val="0"/>{separator}'
    )


def _legend(text: str) -> str:
    return f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{text}</c:legend>'
