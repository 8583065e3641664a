"""Charts in Word: native, with their workbook and caches, told in words, readable in grey, the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from lxml import etree

from draftgen.draft import Chart, Remark, Series, Text, Value
from draftgen.word.chart_markup import COLOURS
from draftgen.word.lint import lint
from draftgen.word.text import plain_text
from draftgen.word.writer import write_docx
from tests.conftest import Pages, Validate

from .parts import W, find, parts_of, tree, values, words
from .samples import STYLE, draft, prose

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAMES = ("一般公共服务支出", "社会保障和就业支出", "农林水支出", "国有资本经营预算支出", "教育支出", "“其他”<支出>&")


def series(name: str, *numbers: str) -> Series:
    return Series(name, tuple(Value(number, f"支出.{name}.{n}") for n, number in enumerate(numbers)))


def charts() -> tuple[Chart, ...]:
    caption = (Text("图1　支出构成"),)
    one = (series("", "525.17", "5.70", "0.90", "1.00", "0.005", "30.00"),)
    two = (series("上年数", "1.00", "-2.00", "3.00"), series("本年数", "2.00", "5.00", "0.00"))
    return (
        Chart("pie", caption, NAMES, one, "万元"),
        Chart("bar", caption, NAMES, one, "万元"),
        Chart("column", caption, NAMES, one, "万元"),
        Chart("clustered", caption, NAMES[:3], two, "万元"),
    )


@pytest.fixture(scope="module")
def file() -> bytes:
    return write_docx(draft(prose("正文。"), *charts(), prose("正文。")), STYLE)


def part(file: bytes, number: int) -> etree._Element:
    return tree(file, f"word/charts/chart{number}.xml")


def points(element: etree._Element) -> list[str]:
    return [p.findtext(f"{C}v") or "" for p in element.iter(f"{C}pt")]


def test_every_kind_of_chart_is_valid(file: bytes, validate: Validate) -> None:
    assert validate(file) == []
    assert lint(file) == []


def test_the_same_chart_gives_the_same_bytes(file: bytes) -> None:
    assert write_docx(draft(prose("正文。"), *charts(), prose("正文。")), STYLE) == file


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_is_drawn_stands_in_the_workbook_with_the_key_of_its_figure(number: int, file: bytes) -> None:
    chart = charts()[number - 1]
    inner = parts_of(parts_of(file)[f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"])
    data, sources = (list(rows(inner[f"xl/worksheets/sheet{n}.xml"])) for n in (1, 2))
    assert data[0][1:] == [s.name or chart.head for s in chart.series]
    assert [row[0] for row in data[1:]] == list(chart.categories)
    for n, one in enumerate(chart.series, 1):
        drawn = list(part(file, number).iter(f"{C}ser"))[n - 1]
        assert points(drawn.find(f"{C}val")) == [row[n] for row in data[1:]] == [p.text for p in one.points]  # type: ignore[arg-type]
        assert [row[n] for row in sources[1:]] == [p.key for p in one.points]
        assert points(drawn.find(f"{C}cat")) == list(chart.categories)  # type: ignore[arg-type]
        assert (
            drawn.findtext(f"{C}val/{C}numRef/{C}f") == f"'数据'!${'ABC'[n]}$2:${'ABC'[n]}${len(chart.categories) + 1}"
        )


def rows(sheet: bytes) -> Iterator[list[str]]:
    for row in etree.fromstring(sheet).iter(f"{S}row"):
        yield ["".join(str(text) for text in cell.itertext()) for cell in row.iter(f"{S}c")]


def test_the_workbook_is_sound(file: bytes, validate: Validate) -> None:
    found = {n: validate(p, ".xlsx") for n, p in parts_of(file).items() if n.endswith(".xlsx")}
    assert list(found.values()) == [[]] * 4


def test_every_number_is_labelled_with_its_own_decimals(file: bytes) -> None:
    labels = part(file, 1).find(f".//{C}dLbls")
    assert labels is not None
    assert [e.get("formatCode") for e in labels.findall(f"{C}numFmt")] == ["0.00"]
    own = {e.find(f"{C}idx").get("val"): e.find(f"{C}numFmt").get("formatCode") for e in labels.iter(f"{C}dLbl")}  # type: ignore[union-attr]
    assert own == {"4": "0.000"}


def test_a_chart_is_told_in_words_for_those_who_cannot_see_it(file: bytes) -> None:
    described = [str(e.get("descr")) for e in tree(file).iter() if etree.QName(e).localname == "docPr"]
    assert described[0].startswith("图1　支出构成（单位：万元）。一般公共服务支出525.17，社会保障和就业支出5.70，")
    assert described[3].endswith("本年数：一般公共服务支出2.00，社会保障和就业支出5.00，农林水支出0.00。")


def test_labels_have_the_fonts_of_the_house() -> None:
    file = write_docx(draft(charts()[3], profile="方正"), STYLE)
    faces = {str(e.get("typeface")) for e in part(file, 1).iter(f"{A}ea")}
    assert faces == {"方正书宋_GBK"}


def test_the_line_of_a_chart_is_as_high_as_the_chart_and_its_caption_stays_with_it(file: bytes) -> None:
    styles = {str(s.get(f"{W}styleId")): s for s in tree(file, "word/styles.xml").iter(f"{W}style")}
    (spacing,) = find(styles["dgChart"], "w:pPr/w:spacing")
    assert spacing.get(f"{W}lineRule") == "auto"  # Word cuts a picture to an exact line
    assert find(styles["dgChart"], "w:pPr/w:keepNext")
    used = [values(p, "w:pPr/w:pStyle") for p in tree(file).iter(f"{W}p") if values(p, "w:pPr/w:pStyle")]
    assert used == [["dgChart"], ["dgChartCaption"]] * 4


def lightness(colour: str) -> Decimal:
    red, green, blue = (Decimal(int(colour[n : n + 2], 16)) for n in (0, 2, 4))
    return (red * 299 + green * 587 + blue * 114) / 255000


def test_neighbours_stay_apart_in_grey() -> None:
    greys = [lightness(c) for c in (*COLOURS, COLOURS[0])]
    assert all(abs(a - b) > Decimal("0.2") for a, b in pairwise(greys))


@pytest.mark.parametrize("count", range(2, 15))
def test_no_two_slices_side_by_side_have_one_colour(count: int) -> None:
    numbers = [f"{n + 1}" for n in range(count)]
    pie = Chart("pie", (Text("图"),), tuple(numbers), (series("", *numbers),))
    file = write_docx(draft(pie), STYLE)
    slices = [str(e.get("val")) for e in part(file, 1).iterfind(f".//{C}dPt/{C}spPr/{A}solidFill/{A}srgbClr")]
    assert len(slices) == count
    assert all(a != b for a, b in pairwise((*slices, slices[0])))


def test_bars_begin_at_zero_unless_something_is_below_it(file: bytes) -> None:
    assert [e.get("val") for e in part(file, 3).iter(f"{C}min")] == ["0"]
    assert list(part(file, 4).iter(f"{C}min")) == []


def test_a_chart_is_read_as_a_small_table(file: bytes) -> None:
    lines = plain_text(file).splitlines()
    assert lines[1:3] == ["一般公共服务支出\t525.17", "社会保障和就业支出\t5.70"]
    assert "\t上年数\t本年数" in lines
    assert lines.count("图1　支出构成（单位：万元）") == 4


def test_a_remark_on_a_figure_that_only_a_chart_shows_stands_at_its_caption() -> None:
    remark = Remark(("支出.本年数.1",), "与明细不符。")
    file = write_docx(draft(charts()[3], remarks=[remark]), STYLE)
    (caption,) = [p for p in tree(file).iter(f"{W}p") if values(p, "w:pPr/w:pStyle") == ["dgChartCaption"]]
    assert find(caption, "w:commentReference | w:r/w:commentReference")
    assert "支出构成" in words(caption)


def test_charts_stand_on_the_page(file: bytes, to_pages: Callable[[bytes], Pages]) -> None:
    text = "".join(to_pages(file)).replace(" ", "")
    assert text.count("525.17") == 3
    assert text.count("上年数") == 1
