"""A phrase among others: doubles, conditions that never hold, cases left without a phrase, wishes that name nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from draftgen.figures.facts import concerns
from draftgen.figures.schema_fields import top_level
from draftgen.figures.source_tree import RawPath
from draftgen.findings import Finding, Localised, Severity
from draftgen.wording.contract import MessageType
from draftgen.wording.flaws import Flaw, nearest
from draftgen.wording.layers import Sheet
from draftgen.wording.phrases import AMBIENT, Phrase
from draftgen.wording.preferences import names, read_preferences
from draftgen.wording.rules import UNRATED

MOST_RIVALS = 50
Cell = tuple[str, tuple[tuple[str, str], ...], bool]


@dataclass(frozen=True, slots=True)
class Known:
    """What the built-in phrases show: which slots can be filled in which case, and what figures there are."""

    slots: Mapping[tuple[str, str], frozenset[str]]  # (message, case) -> slots that a phrase may use
    topics: frozenset[str]


def known_of(phrases: Sequence[Phrase], contract: Mapping[str, MessageType]) -> Known:
    """Learn from the built-in phrases."""
    used: dict[tuple[str, str], set[str]] = {}
    for phrase in phrases:
        kind = contract[phrase.message]
        roles = kind.roles(phrase.slots)
        same = {slot for slot, printed in kind.slots.items() if roles.intersection(printed)}
        for case in phrase.when.get("case", kind.cases):
            used.setdefault((phrase.message, case), set()).update(phrase.slots, same)
    topics = {spec.zh for spec in top_level(None)}
    topics |= {pattern.split(".")[0] for phrase in phrases for pattern in phrase.about}
    return Known({key: frozenset(slots) for key, slots in used.items()}, frozenset(topics))


def fit_flaws(phrase: Phrase, kind: MessageType, known: Known) -> Iterator[Flaw]:
    """Yield what keeps a phrase from ever being used, or from being used in a case that it names."""
    cases = phrase.when.get("case", kind.cases)
    for slot in dict.fromkeys(phrase.slots):
        without = [c for c in cases if slot not in known.slots.get((phrase.message, c), frozenset()) | AMBIENT]
        if without and slot in kind.slots:
            yield _never_filled(slot, without, kind, every=len(without) == len(cases))
    measures = phrase.when.get("measure")
    if measures and set(measures) <= UNRATED and "rate" in kind.roles(phrase.slots):
        yield _no_rate_of_counts(kind)
    for number, pattern in enumerate(phrase.about):
        if pattern.split(".")[0] not in (*known.topics, "*"):
            yield _unknown_figure(pattern, number, known)


def _never_filled(slot: str, cases: Sequence[str], kind: MessageType, *, every: bool) -> Flaw:
    return Flaw(
        "never-holds" if every else "slot-unknown-in-case",
        (
            "in the case {cases} there is nothing to fill {found} with, so the phrase is not used there.",
            "情形 {cases} 没有 {found} 这项内容，短语在此用不上。",
        ),
        (
            "Take the slot out, or take the case out of “when”.",
            "请去掉这个位置，或从 when 中去掉这个情形。",
        ),
        ("text",),
        Severity.ERROR if every else Severity.WARNING,
        found=slot,
        values={"cases": "、".join(cases)},
    )


def _no_rate_of_counts(kind: MessageType) -> Flaw:
    return Flaw(
        "never-holds",
        (
            "a number of persons or things has no rate here, so the phrase is never used.",
            "数目不写增减率，短语永远用不上。",
        ),
        ("Take the rate out, or write measure: [money].", "请去掉增减率的位置，或改为 measure: [money]。"),
        ("when", "measure"),
        found="measure",
    )


def _unknown_figure(pattern: str, number: int, known: Known) -> Flaw:
    near = nearest(pattern.split(".")[0], known.topics)
    rest = pattern.partition(".")[1] + pattern.partition(".")[2]
    return Flaw(
        "unknown-figure",
        ("no figure is called {found}, so the phrase is never used.", "没有“{found}”这项数据，短语永远用不上。"),
        ("Names as in the data file; did you mean {new}?", "请按数据文件中的名称填写，是否为“{new}”？")
        if near
        else (
            "Names as in the data file, such as 三公经费.公务接待费.",
            "请按数据文件中的名称填写，如 三公经费.公务接待费。",
        ),
        ("when", "about", number),
        found=pattern,
        new=near + rest if near else None,
    )


Cores = Mapping[tuple[str, tuple[str, ...], str], Sequence[Phrase]]


def cores_of(phrases: Sequence[Phrase]) -> Cores:
    """Sort phrases by what is left of them without the words and marks that carry no meaning."""
    found: dict[tuple[str, tuple[str, ...], str], list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault((phrase.message, phrase.slots, _core(phrase)), []).append(phrase)
    return found


def alike(phrase: Phrase, cores: Cores) -> Iterator[Flaw]:
    """Yield the phrase that says the same, or nearly, where this one may be used."""
    same = cores.get((phrase.message, phrase.slots, _core(phrase)), ())
    rivals = [p for p in same[:MOST_RIVALS] if p.id != phrase.id and _meet(p, phrase)]
    exact = [p for p in rivals if p.text == phrase.text]
    for rival in (exact or rivals)[:1]:
        yield _same_text(rival, exact=bool(exact))


def _same_text(rival: Phrase, *, exact: bool) -> Flaw:
    if exact:
        said = ("it says the same as {rival}.", "与 {rival} 文字相同，条件也有重叠。")
    else:
        said = ("it says nearly the same as {rival}: {text}", "与 {rival} 几乎相同：{text}")
    return Flaw(
        "same-text" if exact else "near-duplicate",
        said,
        (
            "Leave it out, or give it that id to replace the other.",
            "可以不加；如要取代原有短语，请使用同一代号。",
        ),
        ("text",),
        Severity.WARNING,
        found=rival.id,
        values={"rival": rival.id, "text": rival.text},
    )


def _meet(one: Phrase, other: Phrase) -> bool:
    """Tell whether two phrases may be candidates for one message."""
    if bool(one.about) != bool(other.about) and "built-in" in (one.layer if one.about else other.layer):
        return False
    if one.about and other.about and not _share_figure(one.about, other.about):
        return False
    return all(name not in other.when or set(values) & set(other.when[name]) for name, values in one.when.items())


def _share_figure(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(concerns(a, b) or concerns(b, a) for a in one for b in other)


def _core(phrase: Phrase) -> str:
    """What is left of a text without the words and marks that carry no meaning."""
    return re.sub("[的为是了共计，。：、（）]", "", phrase.masked)


def cells(phrases: Sequence[Phrase], contract: Mapping[str, MessageType]) -> frozenset[Cell]:
    """The points of the grid of conditions that general phrases cover, opening a sentence or not."""
    covered: set[Cell] = set()
    for phrase in phrases:
        if phrase.about or phrase.message not in contract:
            continue
        kind = contract[phrase.message]
        axes = {"case": kind.cases, **{name: values for name, values in kind.features.items() if values}}
        points = itertools.product(*(_along(phrase, name, values) for name, values in axes.items()))
        covered.update((phrase.message, point, phrase.opens) for point in points)
    return frozenset(covered)


def _along(phrase: Phrase, name: str, values: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, value) for value in phrase.when.get(name, values) if value in values]


def uncovered(
    before: Sequence[Phrase], after: Sequence[Phrase], contract: Mapping[str, MessageType]
) -> Iterator[tuple[str, str]]:
    """Yield the cases (message, conditions) that had a general phrase before and have none any more."""
    lost = cells(before, contract) - cells(after, contract)
    told: set[tuple[str, str]] = set()
    for message, point, _ in sorted(lost):
        case = (message, "、".join(f"{name}: {value}" for name, value in point))
        if case not in told:
            told.add(case)
            yield case


def wish_findings(sheet: Sheet, phrases: Sequence[Phrase], retired: frozenset[str]) -> Iterator[Finding]:
    """Yield the wishes of a file that name no phrase, or one that is retired."""
    wishes = read_preferences(sheet.source.tree)
    listed: list[tuple[RawPath, str]] = [
        ((name, number), wish)
        for name in ("prefer", "avoid", "retire")
        for number, wish in enumerate(getattr(wishes, name))
    ]
    listed += [(("pick", site), wish) for site, wish in wishes.pick.items()]
    ids = {p.id for p in phrases}
    for at, wish in listed:
        if at[0] != "retire" and wish in retired:
            yield _wish(sheet, at, wish, "retired-pick", "")
        elif not any(names(wish, p) for p in phrases) and not (at[0] == "retire" and wish in retired):
            yield _wish(sheet, at, wish, "unknown-phrase", nearest(wish, ids))


def term_findings(sheet: Sheet, terms: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[Finding]:
    """Yield the terms of the house that no notion of the phrasebank has."""
    for notion, term in read_preferences(sheet.source.tree).use.items():
        options = terms.get(notion, ())
        if notion == "unit" or any(term in option.values() for option in options):
            continue
        known = "；".join(f"{n}：{'、'.join(o[n] for o in every if n in o)}" for n, every in terms.items())
        values = {"found": term, "notion": notion, "known": f"{known}；unit：我办、本部门……"}
        yield Finding(
            "unknown-term",
            Severity.ERROR,
            Localised("use: there is no term {found} for {notion}.", "use：“{notion}”没有“{found}”这一说法。", values),
            (sheet.place(("use", notion)),),
            Localised("Known: {known}.", "可选的有：{known}。", values),
            term,
        )


def _wish(sheet: Sheet, at: RawPath, wish: str, code: str, near: str) -> Finding:
    values = {"found": wish, "near": near, "section": str(at[0])}
    if code == "retired-pick":
        said = Localised("{section}: the phrase {found} is retired.", "{section}：短语 {found} 已经停用。", values)
        hint = Localised("Name another phrase, or take the line out.", "请改用其他短语，或删去这一行。", values)
    else:
        said = Localised("{section}: there is no phrase {found}.", "{section}：没有 {found} 这条短语。", values)
        hint = (
            Localised("Did you mean {near}?", "是否为 {near}？", values)
            if near
            else Localised("`draftgen phrases list` shows the ids.", "代号见 draftgen phrases list。", values)
        )
    return Finding(code, Severity.ERROR, said, (sheet.place(at),), hint, wish, near)
