"""Inversion: a sentence as it stands in a report back into words and slots.

What a slot may hold is learned from the examples of the phrases at hand, and from the figures of a data file if there
is one. The likeliest reading is the one that explains most of the sentence by slots in the company in which they are
usually met. Nothing is read by chance: the same sentence and the same phrases give the same reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from draftgen.wording.phrases import SLOT, Phrase

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMBER_PATTERN = r"\d+(?:\.\d+)?"
_DIRECTED = {"增加": "(?:增加|减少)", "减少": "(?:增加|减少)", "增长": "(?:增长|下降)", "下降": "(?:增长|下降)",
             "提高": "(?:提高|下降)"}  # fmt: skip
_CONTEXT = 6
_MONEY = "(?:万元|亿元|元)"
_COUNTED = "(?:人次|批次|场次|人|名|辆|个|项|次|期|件|篇|条|家|份|部|台|套|场)"
_UNITS = re.compile(f"{_MONEY}|{_COUNTED}")
_YEARS = {"this_year": r"(?:19|20)\d\d年度", "last_year": r"(?:19|20)\d\d年(?!度|\d|末|初|底)"}
_UNDIRECTED = re.compile(r"(?:增加|减少|增长|下降|提高)(?=\{\{ (?!item|unit))")  # such a word belongs to its figure
_AFTER_LAST_YEAR = re.compile(_YEARS["last_year"] + "(?:末|底)?[为的是有]*$|上年[为的是]*$")
_NOUNS = "(?:费|支出|收入|资产|经费|资金|人数|净值|结余|预算|采购)[由比较]?$"
_SELVES = ("我办", "我局", "我委", "我部", "我单位", "本办", "本局", "本委", "本部门", "本单位", "区委办")
_BEAM = 240
_EXACT = 3.0  # what a figure of the data file counts beyond a mere form


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence that a slot may hold."""

    start: int
    end: int
    slot: str
    score: float
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as a phrase: its text with slots, what each slot holds, and how sure that is.

    ``rival`` is another reading that is nearly as likely, empty if none is; ``loose`` is what no slot explains.
    """

    text: str
    given: Mapping[str, str]
    score: float
    rival: str = ""
    loose: tuple[str, ...] = ()

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots in their order."""
        return tuple(SLOT.findall(self.text))


@dataclass(frozen=True, slots=True)
class Lore:
    """What is known of the slots of a message type: their words, their forms, and the company in which they stand."""

    words: Mapping[str, frozenset[str]]
    forms: Mapping[str, tuple[re.Pattern[str], ...]]
    left: Mapping[str, frozenset[str]]
    right: Mapping[str, frozenset[str]]
    texts: frozenset[str] = frozenset()  # the phrases, their slots masked
    figures: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of a data file


def lore_of(
    phrases: Iterable[Phrase],
    figures: Mapping[str, frozenset[str]] | None = None,
    terms: Mapping[str, Iterable[str]] | None = None,
) -> Lore:
    """Learn from the examples of phrases, the figures of a data file, and the terms of which a report uses one."""
    words: dict[str, set[str]] = {slot: set(options) for slot, options in (terms or {}).items()}
    left: dict[str, set[str]] = {}
    right: dict[str, set[str]] = {}
    texts: set[str] = set()
    for phrase in phrases:
        texts.add(SLOT.sub("#", phrase.text))
        for given, _ in phrase.examples:
            for slot, before, value, after in _positions(phrase, given):
                words.setdefault(slot, set()).add(value)
                left.setdefault(slot, set()).add(before)
                right.setdefault(slot, set()).add(after)
    words.setdefault("unit", set()).update(_SELVES)
    forms = {slot: tuple(re.compile(p) for p in sorted(_forms(values))) for slot, values in words.items()}
    forms |= {slot: (re.compile(pattern),) for slot, pattern in _YEARS.items()}
    fixed = [{s: frozenset(v) for s, v in table.items()} for table in (words, left, right)]
    return Lore(fixed[0], forms, fixed[1], fixed[2], frozenset(texts), figures or {})


def _positions(phrase: Phrase, given: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield each slot of an example with what stands before it, its value, and what stands behind it."""
    pieces = SLOT.split(phrase.text)
    spoken = [piece if n % 2 == 0 else given.get(piece, "") for n, piece in enumerate(pieces)]
    for n in range(1, len(pieces), 2):
        before, after = "".join(spoken[:n]), "".join(spoken[n + 1 :])
        yield pieces[n], _masked("^" + before)[-_CONTEXT:], spoken[n], _masked(after + "$")[:_CONTEXT]


def _masked(text: str) -> str:
    return _NUMBER.sub("#", text)


def _forms(values: Iterable[str]) -> set[str]:
    """The forms of values with figures in them: any other figure, either direction."""
    found = set()
    for value in values:
        if not _NUMBER.search(value) or len(value) > 24:
            continue
        pieces = [re.escape(piece) for piece in _NUMBER.split(value)]
        head = next((w for w in _DIRECTED if value.startswith(w)), "")
        if head:
            pieces[0] = _DIRECTED[head] + pieces[0][len(head) :]
        if _UNITS.fullmatch(pieces[-1]):
            pieces[-1] = f"(?:{_UNITS.pattern})"
        found.add(("" if pieces[0] else r"(?<![\d.])") + _NUMBER_PATTERN.join(pieces))
    return found


def read_sentence(sentence: str, lore: Lore) -> Reading:
    """Read a sentence as a phrase."""
    sentence = sentence.strip().rstrip("。")
    spans = list(_spans(sentence, lore))
    best = _best(sentence, spans)
    first = best[0] if best else (0.0, ())
    text, given = _written(sentence, first[1])
    rivals = [(score, found) for score, found in best[1:] if _written(sentence, found)[0] != text]
    rival = next((_written(sentence, found)[0] for score, found in rivals if score > first[0] - 0.75), "")
    loose = [m[0] for m in re.finditer(r"\d+(?:\.\d+)?\S?", SLOT.sub("", text))]
    if "item" in lore.words and "item" not in given and _may_name_the_item(_lead(text), lore):
        loose.append(_lead(text))
    loose += [m[0] for m in _UNDIRECTED.finditer(text)]
    return Reading(text, given, first[0], rival, tuple(loose))


def _lead(text: str) -> str:
    """The words before the first slot that is neither the unit nor the year."""
    rest = re.sub(r"^(?:\{\{ (?:unit|this_year|last_year) \}\}[，的]?)+", "", text)
    return rest.partition("{{")[0].rstrip("为共是：，计有")


def _may_name_the_item(lead: str, lore: Lore) -> bool:
    """Tell whether words at the beginning, which no other phrase says, may be the name of what it is about."""
    bare = re.sub("^(?:全年|未|无|没有|发生|用于)+", "", lead)
    return re.search(_NOUNS, bare) is not None and not any(bare in text for text in lore.texts)


def _spans(sentence: str, lore: Lore) -> Iterator[Span]:
    seen: set[tuple[int, int, str]] = set()
    for slot, pattern, exact in _patterns(lore):
        for match in pattern.finditer(sentence):
            place = (match.start(), match.end(), slot)
            if place not in seen and match[0]:
                seen.add(place)
                yield _span(sentence, match, slot, lore, exact=exact)


def _patterns(lore: Lore) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """What slots may hold: the figures of the data file before known words, and these before forms."""
    for slot, values in lore.figures.items():
        yield from ((slot, re.compile(re.escape(v)), True) for v in sorted(values))
    for slot, words in lore.words.items():
        yield from ((slot, re.compile(re.escape(v)), False) for v in sorted(words))
    for slot, forms in lore.forms.items():
        yield from ((slot, form, False) for form in forms)


def _span(sentence: str, match: re.Match[str], slot: str, lore: Lore, *, exact: bool = False) -> Span:
    before = _masked("^" + sentence[: match.start()])[-_CONTEXT:]
    after = _masked(sentence[match.end() :] + "$")[:_CONTEXT]
    company = max((_common(before[::-1], known[::-1]) for known in lore.left.get(slot, ())), default=0)
    company += max((_common(after, known) for known in lore.right.get(slot, ())), default=0)
    if slot == "last" and _AFTER_LAST_YEAR.search(sentence[: match.start()]):
        company += 4
    length = match.end() - match.start()
    return Span(match.start(), match.end(), slot, length + company * 0.5 + (_EXACT if exact else 0), exact)


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


Path = tuple[Span, ...]


def _best(sentence: str, spans: Sequence[Span]) -> list[tuple[float, Path]]:
    """The likeliest ways of laying spans over a sentence, no two over one another, no slot twice but the base."""
    starting: dict[int, list[Span]] = {}
    for span in spans:
        starting.setdefault(span.start, []).append(span)
    beams: dict[int, list[tuple[float, Path]]] = {0: [(0.0, ())]}
    for at in range(len(sentence)):
        here = sorted(beams.pop(at, []), key=_order)[:_BEAM]
        for score, path in here:
            beams.setdefault(at + 1, []).append((score, path))
            used = {s.slot for s in path}
            for span in starting.get(at, ()):
                if span.slot not in used or span.slot == "base":
                    beams.setdefault(span.end, []).append((score + span.score, (*path, span)))
    return sorted(beams.get(len(sentence), []), key=_order)[:12]


def _order(found: tuple[float, Path]) -> tuple[float, tuple[tuple[int, int, str], ...]]:
    return -found[0], tuple((s.start, s.end, s.slot) for s in found[1])


def _written(sentence: str, path: Path) -> tuple[str, dict[str, str]]:
    pieces, given, at = [], {}, 0
    for span in path:
        pieces += [sentence[at : span.start], "{{ " + span.slot + " }}"]
        given[span.slot] = sentence[span.start : span.end]
        at = span.end
    return "".join([*pieces, sentence[at:]]), given
