"""Charts in the text: the parts that they need, the drawing in its paragraph, the caption below."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.parts.document import DocumentPart

from draftgen.draft import Chart
from draftgen.word import styles
from draftgen.word.chart_markup import Fonts, chart_space
from draftgen.word.chart_workbook import CONTENT_TYPE, workbook
from draftgen.word.comments import anchored
from draftgen.word.markup import attribute, paragraph, run
from draftgen.word.paragraphs import Marks, runs

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MM = 36000  # English metric units in a millimetre
_TWIP = 635  # and in a twip
WIDTH = 150  # millimetres; less where the page is narrower


def height_of(chart: Chart) -> int:
    """Return the height of a chart in millimetres: bars that lie need room for each."""
    points = len(chart.categories) * len(chart.series)
    return min(110, 22 + 9 * points) if chart.kind == "bar" else 62


class Charts:
    """Gives the document its chart parts while the body is built in reading order."""

    def __init__(self, part: DocumentPart, fonts: Fonts) -> None:
        self._part = part
        self._fonts = fonts
        self._count = 0

    def chart(self, block: Chart, width: int, marks: Marks, section: str = "") -> str:
        """Return the paragraphs of a chart; ``width`` is that of the text block in twips."""
        relation = self._add(block)
        drawing = paragraph(f"<w:r>{self._inline(block, relation, width)}</w:r>", styles.CHART)
        words = runs(block.caption, marks) + run(f"（单位：{block.unit}）" if block.unit else "")
        numbers = [n for series in block.series for point in series.points for n in marks.anchors.take(point.key)]
        caption = anchored(words, numbers) if numbers else words
        return drawing + paragraph(marks.anchors.wrap_opening(caption), styles.CHART_CAPTION, section=section)

    def _add(self, block: Chart) -> str:
        """Add the part of a chart and of its workbook; return the relationship of the document to the chart."""
        self._count += 1
        package = self._part.package
        name = PackURI(f"/word/charts/chart{self._count}.xml")
        data = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{self._count}.xlsx")
        chart = Part(name, _CHART_TYPE, b"", package)
        relation = chart.relate_to(Part(data, CONTENT_TYPE, workbook(block), package), RELATIONSHIP_TYPE.PACKAGE)
        chart._blob = chart_space(block, self._fonts, relation)
        return self._part.relate_to(chart, RELATIONSHIP_TYPE.CHART)

    def _inline(self, block: Chart, relation: str, width: int) -> str:
        wide, high = min(WIDTH * _MM, width * _TWIP), height_of(block) * _MM
        return (
            f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" '
            f'distR="0">'
            f'<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{self._count}" name="图表 {self._count}" descr="{attribute(block.description)}"/>'
            f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/chart">'
            f'<c:chart xmlns:c="{_DRAWING}/chart" r:id="{relation}"/></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
