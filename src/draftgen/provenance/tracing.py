"""A document as it reads now, held against the record: where each figure and numeral in it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from draftgen.provenance.book import Book, PassageEntry, Piece
from draftgen.provenance.record import text_hash
from draftgen.provenance.stock import NUMERAL

_SENTENCE = re.compile(r"[^。！？]*[。！？][”’）》]*|[^。！？]+$")
_LIST_NUMBER = re.compile(
    r"\s*（?(\d+)[.、）]|\s*[图表附] ?(?P<caption>\d+)(?=\s)"
)  # of a heading, an item; of a caption
_LOOK_AHEAD = 400  # lines in which a passage may stand after the one before it


@dataclass(frozen=True, slots=True)
class Seen:
    """A paragraph of the document: its text, its heading, and the sentences whose bookmarks are in it."""

    text: str
    where: str
    sentences: tuple[tuple[int, int, int], ...] = ()  # number, start, end
    table: int = 0
    row: int = 0
    cell: int = 0


@dataclass(frozen=True, slots=True)
class Traced:
    """A stretch of a paragraph and its origin.

    ``kind`` is a piece's; ``n`` a number that only counts headings or rows, ``?`` one of which nothing is recorded.
    """

    line: int
    start: int
    end: int
    kind: str
    number: int
    passage: int | None = None


@dataclass(slots=True)
class Tracing:
    """What was found: stretches by line, and in which line each passage stands (with where it starts)."""

    traced: list[Traced] = field(default_factory=list)
    lines: dict[int, tuple[int, int, int]] = field(default_factory=dict)  # passage -> line, start, end


def trace(book: Book, seen: Sequence[Seen]) -> Tracing:
    """Hold a document against its record. Sentences are found by their bookmarks, else by their text."""
    tracing = Tracing()
    marked = {n: (at, start, end) for at, line in enumerate(seen) for n, start, end in line.sentences}
    after, column = 0, 0  # sentences that read alike stand one after another
    for number, passage in enumerate(book.passages()):
        place = marked.get(passage.number) if passage.number else None
        place = _whole(passage.text, seen, place) if place else _look_up(passage, seen, after, column)
        if place is None:
            continue
        tracing.lines[number] = place
        at, start, end = place
        after, column = (at, end) if passage.number else (at + 1, 0)
        for piece, begin in _located(passage.pieces, seen[at].text[start:end]):
            if piece.kind:
                stretch = start + begin, start + begin + len(piece.text)
                tracing.traced.append(Traced(at, *stretch, piece.kind, piece.number, number))
    _trace_sources(book, seen, tracing)
    _trace_rest(seen, tracing)
    tracing.traced.sort(key=lambda t: (t.line, t.start))
    return tracing


def _whole(text: str, seen: Sequence[Seen], place: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return where a bookmarked sentence stands as a whole: editors may move an end by a character."""
    at, start, end = place
    begin = seen[at].text.find(text, max(0, start - 1))
    return (at, begin, begin + len(text)) if 0 <= begin <= start + 1 else (at, start, end)


def _look_up(passage: PassageEntry, seen: Sequence[Seen], after: int, column: int) -> tuple[int, int, int] | None:
    """Return the first paragraph, from where the last passage stood, that holds a passage."""
    wanted = passage.text
    for at in range(after, min(after + _LOOK_AHEAD, len(seen))):
        text = seen[at].text
        if passage.number:
            start = text.find(wanted, column if at == after else 0)
            if start >= 0:
                return at, start, start + len(wanted)
        elif _may_hold(passage, seen[at]) and _holds(passage.pieces, seen[at]):
            return at, 0, len(text)
    return None


def _may_hold(passage: PassageEntry, line: Seen) -> bool:
    """Tell whether a paragraph is of the passage's kind."""
    if passage.kind == "heading" and line.text != line.where:
        return False
    return bool(line.table) == (passage.kind in ("cell", "header"))


def _holds(pieces: Sequence[Piece], line: Seen) -> bool:
    """Tell whether all pieces stand in a paragraph in their order, and no numeral beside them but one that counts."""
    found = _located(pieces, line.text)
    if len(found) < len(pieces):
        return False
    spans = [(begin, begin + len(piece.text)) for piece, begin in found]
    return all(
        any(a <= m.start() and m.end() <= b for a, b in spans) or _counts(line, m) for m in NUMERAL.finditer(line.text)
    )


def _located(pieces: Sequence[Piece], text: str) -> list[tuple[Piece, int]]:
    """Return the pieces that stand in a text, one after another, with where each begins."""
    found: list[tuple[Piece, int]] = []
    at = 0
    for piece in pieces:
        begin = text.find(piece.text, at)
        if begin >= 0 and piece.text:
            found.append((piece, begin))
            at = begin + len(piece.text)
    return found


def _trace_sources(book: Book, seen: Sequence[Seen], tracing: Tracing) -> None:
    """Find the paragraphs and sentences that hold a given text and nothing else."""
    hashes = book.hashes()
    for at, line in enumerate(seen):
        for start, end in dict.fromkeys(_stretches(line)):
            source = hashes.get(text_hash(line.text[start:end]))
            if source is not None:
                tracing.traced.append(Traced(at, start, end, "t", source))


def _stretches(line: Seen) -> Iterator[tuple[int, int]]:
    yield 0, len(line.text)
    yield from ((start, end) for _, start, end in line.sentences)
    yield from ((m.start(), m.end()) for m in _SENTENCE.finditer(line.text))


def _trace_rest(seen: Sequence[Seen], tracing: Tracing) -> None:
    """Name the numerals of which nothing is recorded: they count headings or rows, or a person typed them."""
    covered: dict[int, list[tuple[int, int]]] = {}
    for t in tracing.traced:
        covered.setdefault(t.line, []).append((t.start, t.end))
    for at, line in enumerate(seen):
        for m in NUMERAL.finditer(line.text):
            if not any(a <= m.start() and m.end() <= b for a, b in covered.get(at, ())):
                tracing.traced.append(Traced(at, m.start(), m.end(), "n" if _counts(line, m) else "?", 0))


def _counts(line: Seen, match: re.Match[str]) -> bool:
    """Tell whether a number only counts: of a heading, an item of a list, a caption; of a row in its first cell."""
    number = _LIST_NUMBER.match(line.text)
    if number is not None and match.span() in (number.span(1), number.span("caption")):
        return True
    return line.cell == 1 and match[0] == line.text and line.row - 1 == int(match[0].partition(".")[0])
