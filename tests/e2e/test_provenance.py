"""Every numeral of a finished draft can be explained, from the draft alone, also after an editor has saved it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from draftgen.draft import Draft, Value
from draftgen.drafts import Written, open_written
from draftgen.figures.quantities import RATE
from draftgen.pipeline import compose, examine, load, render
from draftgen.provenance.explain import Answer, Explainer
from draftgen.word.archive import Archive
from draftgen.word.carriers import sentence_of
from draftgen.word.lint import lint
from draftgen.word.manifest import read_manifest
from draftgen.word.reading import read_lines, style_names
from draftgen.word.text import plain_text, text_lines
from tests.conftest import Validate
from tests.desk import FOLDERS, REPORT, ROOT

EXAMPLES = sorted(p for p in (ROOT / "examples").glob("*/*.yaml") if not p.name.startswith("outline"))
NUMERAL = re.compile(r"\d+(?:\.\d+)?")


@lru_cache(maxsize=8)
def draft(path: Path) -> Draft:
    return compose(examine(load(path)))


@lru_cache(maxsize=8)
def file(path: Path) -> bytes:
    return render(draft(path), ".docx")


def opened(data: bytes, folder: Path) -> Written:
    path = folder / "draft.docx"
    path.write_bytes(data)
    return open_written(path)


@pytest.fixture(params=EXAMPLES, ids=[f"{p.parent.name}/{p.name}" for p in EXAMPLES])
def example(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def explained(answer: Answer) -> set[tuple[str, str]]:
    """Where the number asked for stands, as far as its origin is known: the paragraph and what is printed."""
    figures = {(s.text, s.printed) for f in answer.figures for s in f.spots}
    return figures | {(t.spot.text, t.spot.printed) for t in answer.texts if t.kind != "unknown"}


def test_every_numeral_resolves(example: Path, tmp_path: Path) -> None:
    """100 % of the numerals of prose and tables: each paragraph that holds one is among the answers to it."""
    written = opened(file(example), tmp_path)
    explainer = written.explainer()
    wanted: dict[str, set[str]] = {}
    for line in read_lines(written.archive):
        for numeral in NUMERAL.findall(line.text):
            wanted.setdefault(numeral, set()).add(line.text)
    assert len(wanted) > 20
    for numeral, paragraphs in wanted.items():
        answer = explainer.text(numeral)
        found = explained(answer) | {(s.present, "") for s in answer.sentences}
        lost = {p for p in paragraphs if not any(p == text or (text and text in p) for text, _ in found)}
        assert lost == set(), numeral
    assert explainer.unknown() == ()


def test_every_stretch_with_a_figure_is_traced_to_its_own_key(example: Path, tmp_path: Path) -> None:
    explainer = opened(file(example), tmp_path).explainer()
    traced = [
        (explainer.book.fact(t.number).key, explainer.seen[t.line].text[t.start : t.end])
        for t in explainer.tracing.traced
        if t.kind in ("f", "v", "d")
    ]
    printed = [(i.key, i.text) for p in draft(example).passages() for i in p.inlines if isinstance(i, Value)]
    rest = list(traced)
    for value in printed:
        assert value in rest
        rest.remove(value)
    assert {key for key, _ in rest} <= {"年度", "上年度"}


def test_the_base_text_of_every_sentence_is_in_the_manifest(example: Path, tmp_path: Path) -> None:
    explainer = opened(file(example), tmp_path).explainer()
    texts = {p.id: p.text for p in draft(example).passages() if p.id}
    worded = [p for p in explainer.passages if p.messages]
    assert worded
    assert all(p.text == texts[p.id] for p in worded)


def test_the_manifest_costs_at_most_a_third_of_the_file(example: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(file(example))) as package:
        assert package.getinfo("customXml/item1.xml").compress_size * 3 <= len(file(example))


def test_the_manifest_beside_the_file_is_that_in_the_file_and_names_no_folder(example: Path, tmp_path: Path) -> None:
    text = draft(example).record
    assert str(ROOT) not in text
    (tmp_path / "manifest.json").write_text(text, "utf-8")
    bare = tmp_path / "bare.docx"
    bare.write_bytes(render(draft(example), ".docx", controls=False))
    beside = open_written(bare, tmp_path / "manifest.json")
    assert beside.record == read_manifest(Archive(file(example)))
    assert beside.explainer().unknown() == ()


@pytest.mark.parametrize(("controls", "proof"), [(True, True), (False, False), (False, True)])
def test_the_examples_are_sound_with_every_option(controls: bool, proof: bool, validate: Validate) -> None:
    data = render(draft(REPORT), ".docx", FOLDERS, controls=controls, proof=proof)
    assert validate(data) == []
    assert lint(data) == []
    assert plain_text(data) == plain_text(file(REPORT))


def test_a_rate_is_explained_down_to_the_lines_of_the_data_file(tmp_path: Path) -> None:
    explainer = opened(file(REPORT), tmp_path).explainer()
    (rate,) = explainer.text("98.43%").figures
    lines = REPORT.read_text("utf-8").splitlines()
    assert (rate.fact.key, rate.fact.unit) == ("培训费.增减率", RATE)
    assert rate.fact.shown.startswith("-98.4263441")
    assert [i.fact.key for i in rate.inputs] == ["培训费", "培训费.上年"]
    for given in rate.inputs:
        place = given.fact.place
        assert place is not None
        assert place.file == "report.yaml"
        assert given.fact.typed in lines[int(place.spot) - 1]


def test_a_sum_names_all_that_went_in(tmp_path: Path) -> None:
    answer = opened(file(REPORT), tmp_path).explainer().figure("评分.综合得分")
    (total,) = answer.figures
    assert total.fact.formula == "评分.得分.A + 评分.得分.B + 评分.得分.C"
    assert [i.fact.key for i in total.inputs] == ["评分.得分.A", "评分.得分.B", "评分.得分.C"]
    assert len(total.spots) > 1


def test_a_sentence_tells_its_phrase_and_how_else_it_could_be_said(tmp_path: Path) -> None:
    (sentence,) = opened(file(REPORT), tmp_path).explainer().text("会议费支出为").sentences
    total, change = sentence.messages
    assert (total.code, total.type, change.type) == ("M1", "total", "change")
    assert change.phrase.file.startswith("phrasebanks/")
    assert total.text + "，" + change.text in sentence.text
    others = [a for m in sentence.messages for a in m.alternatives]
    assert others
    for other in others:
        assert other.text != total.text
        assert "{{" not in other.text
    assert all("24.59万元" in a.text for a in total.alternatives)


def test_what_a_person_typed_is_told_from_what_was_generated(tmp_path: Path) -> None:
    edited = replaced(file(REPORT), ">4.72万元<", ">4.80万元<")
    explainer = opened(edited, tmp_path).explainer()
    assert [t.spot.printed for t in explainer.unknown()] == ["4.80"]
    (sentence,) = explainer.text("会议费支出为").sentences
    assert "4.72万元" in sentence.text
    assert "4.80万元" in sentence.present
    assert [f.fact.key for f in explainer.text("23.75%").figures] == ["会议费.增减率"]


def replaced(data: bytes, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="module")
def saved(through_office: Callable[[bytes], bytes]) -> bytes:
    """The report as LibreOffice saves it."""
    return through_office(file(REPORT))


def text_without_charts(data: bytes) -> list[str]:
    """The text; the numbers of charts an editor may write its own way (0.00 as 0)."""
    return list(text_lines(read_lines(Archive(data))))


def test_an_editor_loses_and_doubles_no_text(saved: bytes) -> None:
    assert text_without_charts(saved) == text_without_charts(file(REPORT))


def test_bookmarks_styles_and_the_manifest_survive_an_editor(saved: bytes) -> None:
    """What an old LibreOffice keeps of us; tags of controls it drops, so nothing rests on them alone."""
    archive, before = Archive(saved), Archive(file(REPORT))
    assert read_manifest(archive) == read_manifest(before)
    assert sentences(archive) == sentences(before)
    figure = next(number for number, name in style_names(archive).items() if name == "draftgen Figure")
    with zipfile.ZipFile(io.BytesIO(saved)) as package:
        assert package.read("word/document.xml").count(f'w:rStyle w:val="{figure}"'.encode()) > 400


def sentences(archive: Archive) -> dict[int, str]:
    found = {}
    for line in read_lines(archive):
        for mark in line.marks:
            number = sentence_of(mark.name)
            if number is not None:
                found[number] = line.text[mark.start : mark.end].rstrip("。")  # before a section an end may move by one
    return found


def test_a_file_that_an_editor_saved_is_explained_checked_and_cleaned_as_before(saved: bytes, tmp_path: Path) -> None:
    after = opened(saved, tmp_path)
    assert after.explainer().unknown() == ()
    assert len(after.explainer().tracing.traced) == len(opened(file(REPORT), tmp_path).explainer().tracing.traced)
    assert after.unfilled() == opened(file(REPORT), tmp_path).unfilled() != ()
    assert text_without_charts(after.clean().data) == text_without_charts(file(REPORT))


def test_the_answers_are_the_same_without_bookmarks(tmp_path: Path) -> None:
    """Sentences are then found by their text."""
    data = file(REPORT)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = package.read("word/document.xml").decode()
    without = re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", text)
    explainer = opened(replaced(data, text, without), tmp_path).explainer()
    assert explainer.unknown() == ()
    assert len(explainer.tracing.traced) == len(opened(data, tmp_path).explainer().tracing.traced)


def test_questions_without_an_answer(tmp_path: Path) -> None:
    explainer = opened(file(REPORT), tmp_path).explainer()
    assert not explainer.text("123456789")
    assert not explainer.text("没有这句话")
    assert not explainer.text(" ")
    assert not explainer.figure("没有")
    assert "会议费.增减率" in explainer.keys_like("会议费")


def test_an_explainer_needs_the_document_and_nothing_else(tmp_path: Path) -> None:
    """The data file is gone by then: the answers come from the manifest."""
    data = tmp_path / "数据.yaml"
    data.write_bytes(REPORT.read_bytes())
    made = render(compose(examine(load(data))), ".docx")
    data.unlink()
    explainer: Explainer = opened(made, tmp_path).explainer()
    (figure,) = explainer.figure("会议费").figures
    assert figure.fact.place is not None
    assert figure.fact.place.file == "数据.yaml"
