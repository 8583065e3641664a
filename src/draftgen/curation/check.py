"""Checking a folder of phrases: everything that is wrong with it, with line and column, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from draftgen.curation.company import (
    Cores,
    Known,
    alike,
    cores_of,
    fit_flaws,
    known_of,
    term_findings,
    uncovered,
    wish_findings,
)
from draftgen.curation.edits import Mark, marks_of, read_text
from draftgen.curation.manner import House, example_flaws, house_of, manner_flaws, term_flaws
from draftgen.curation.shelf import Shelf
from draftgen.errors import InputError, PhrasebankError
from draftgen.figures.source_tree import RawPath
from draftgen.findings import Finding, Localised, Place, Severity
from draftgen.wording.contract import MessageType
from draftgen.wording.flaws import Flaw
from draftgen.wording.form import build, form_flaws
from draftgen.wording.layers import COMMON, Entry, Layer, Sheet, entries_of, layer_files, read_sheet
from draftgen.wording.phrases import Phrase
from draftgen.wording.rules import flaws_of
from draftgen.wording.sheet_form import sheet_form
from draftgen.wording.stock import over, twice
from draftgen.wording.truth import Claim, claims_of, untruths


@dataclass(frozen=True, slots=True)
class Trouble:
    """A finding, and the edit that mends it where that is certain: the scalar at `path` of `file` becomes `new`."""

    finding: Finding
    file: str = ""
    path: RawPath = ()
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What entries are held against."""

    contract: Mapping[str, MessageType]
    claims: Sequence[Claim]
    house: House
    known: Known
    cores: Cores


def check_folder(layer: Layer, shelves: Sequence[Shelf], kinds: Sequence[str]) -> list[Trouble]:
    """Check one folder as the topmost layer over what each shelf holds.

    A folder that cannot be looked into is itself the finding.
    """
    found = {shelf.kind: _over_shelf(layer, shelf) for shelf in shelves}
    troubles = [Trouble(f) for f in _strays(layer.folder, kinds)]
    troubles += [
        t for here in found.values() for t in here if t.finding.code not in OF_ONE_KIND or _is_told_by_all(t, found)
    ]
    unique = {_told(t): t for t in troubles}
    return sorted(unique.values(), key=_order)


# what one kind of report has no use for may serve another: such a finding counts if every kind has it
OF_ONE_KIND = frozenset({"never-holds", "slot-unknown-in-case", "unknown-figure", "same-text", "near-duplicate"})
OF_ONE_KIND |= {"unknown-phrase", "unknown-term"}


def _told(trouble: Trouble) -> tuple[object, ...]:
    return trouble.finding.code, trouble.finding.places, trouble.finding.found


def _is_told_by_all(trouble: Trouble, found: Mapping[str, Sequence[Trouble]]) -> bool:
    """Tell whether every kind that reads the file has the finding; a folder of a kind is read by that kind alone."""
    folder = Path(trouble.finding.places[0].file).parent.name
    readers = [found[folder]] if folder in found else list(found.values())
    return all(_told(trouble) in {_told(t) for t in here} for here in readers)


def check_built_in(shelves: Sequence[Shelf]) -> list[Finding]:
    """Check the built-in phrases by the rules for entries; they are read without lines."""
    found: dict[str, Finding] = {}
    for shelf in shelves:
        phrases = shelf.stock.in_force
        known = known_of(phrases, shelf.contract)
        small = shelf.stock.small
        rules = Rules(shelf.contract, claims_of(small), house_of(small), known, {})  # near ones were let in by hand
        for phrase in phrases:
            for flaw in phrase_flaws(phrase, rules):
                found.setdefault(f"{phrase.id} {flaw.code}", flaw.finding(Place(phrase.place), phrase.id))
    return list(found.values())


def _order(trouble: Trouble) -> tuple[str, int, int, str]:
    place = trouble.finding.places[0] if trouble.finding.places else Place("")
    return place.file, place.line or 0, place.column or 0, trouble.finding.code


def _strays(folder: Path, kinds: Sequence[str]) -> Iterator[Finding]:
    """Folders that no kind reads: whatever stands in them would be without effect, and nobody would notice."""
    known = (COMMON, *kinds)
    for part in sorted(folder.iterdir()) if folder.is_dir() else ():
        if part.is_dir() and part.name not in known and not part.name.startswith("."):
            values = {"found": part.name, "known": "、".join(known)}
            yield Finding(
                "unread-folder",
                Severity.WARNING,
                Localised(
                    "The folder {found} belongs to no kind of report.",
                    "文件夹“{found}”不属于任何报告种类，不起作用。",
                    values,
                ),
                (Place(str(part)),),
                Localised("Name it after a kind: {known}.", "请用报告种类的代号命名：{known}。", values),
            )


def _over_shelf(layer: Layer, shelf: Shelf) -> list[Trouble]:
    try:
        paths = layer_files(layer, (COMMON, shelf.kind))
    except PhrasebankError as error:
        return [Trouble(f) for f in error.findings]
    sheets, troubles = _read(layer, paths)
    before = shelf.stock.in_force
    after = over(shelf.stock, layer, sheets)
    own = [p for p in after.in_force if p.layer == layer.name] if sheets else []
    rules = Rules(
        shelf.contract,
        claims_of(after.small),
        house_of(after.small),
        known_of([p for p in before if p.layer == "built-in"], shelf.contract),
        cores_of(after.in_force),
    )
    for sheet in sheets:
        troubles += _of_sheet(sheet, rules)
        troubles += [Trouble(f) for f in term_findings(sheet, after.small.get("terms", {}))]
        retired = frozenset(h.phrase.id for h in after.held if h.state == "retired")
        every = [h.phrase for h in after.held if h.state != "retired"]
        troubles += [Trouble(f) for f in wish_findings(sheet, every, retired - {p.id for p in own})]
    troubles += [Trouble(f) for f in twice(sheets)]
    troubles += [Trouble(f) for f in _holes(sheets, before, after.in_force, shelf.contract)]
    return troubles


def _read(layer: Layer, paths: Sequence[Path]) -> tuple[list[Sheet], list[Trouble]]:
    sheets, troubles = [], []
    for path in paths:
        try:
            sheets.append(Sheet(layer.name, read_sheet(path)))
        except (InputError, PhrasebankError) as error:
            troubles += [Trouble(f, str(path)) for f in error.findings]
    return sheets, troubles


def _of_sheet(sheet: Sheet, rules: Rules) -> Iterator[Trouble]:
    marks = _marks(sheet)
    for finding in sheet_form(sheet):
        yield Trouble(finding)
    for entry in entries_of(sheet):
        for flaw in entry_flaws(entry, rules):
            yield _trouble(flaw, entry, marks)
    for path, text in _small_texts(sheet):
        for flaw in term_flaws(text, rules.house, path):
            yield _trouble(flaw, Entry(sheet, (), {"id": str(path[0])}), marks)


def entry_flaws(entry: Entry, rules: Rules) -> Iterator[Flaw]:
    """Yield everything that is wrong with one entry. What is wrong with its form comes alone."""
    yield from form_flaws(entry.tree)
    phrase = build(entry.tree, layer=entry.sheet.layer)
    if phrase is not None and phrase.status != "retired":
        yield from phrase_flaws(phrase, rules)


def phrase_flaws(phrase: Phrase, rules: Rules) -> Iterator[Flaw]:
    """Yield everything that is wrong with a phrase of right form."""
    flaws = list(flaws_of(phrase, rules.contract))
    yield from flaws
    if any(f.code in ("unknown-message", "logic-in-text", "broken-slot", "unknown-slot", "too-long") for f in flaws):
        return
    kind = rules.contract[phrase.message]
    manner = list(manner_flaws(phrase, kind, rules.house))
    yield from manner
    if not any(f.code == "doubled-word" for f in manner):
        yield from untruths(phrase, rules.contract, rules.claims)
    yield from fit_flaws(phrase, kind, rules.known)
    yield from alike(phrase, rules.cores)
    if not any(f.new is not None and f.at == ("text",) for f in manner):  # else it would change once more
        yield from example_flaws(phrase)


def _small_texts(sheet: Sheet) -> Iterator[tuple[RawPath, str]]:
    causes = sheet.part("causes")
    for number, cause in enumerate(causes if isinstance(causes, list) else ()):
        texts = cause.get("texts") if isinstance(cause, dict) else None
        for place, text in enumerate(texts if isinstance(texts, list) else ()):
            if isinstance(text, str):
                yield ("causes", number, "texts", place), text


def _marks(sheet: Sheet) -> Mapping[RawPath, Mark]:
    try:
        return marks_of(read_text(Path(sheet.source.file)).text)
    except (OSError, ValueError, yaml.YAMLError):  # it was read a moment ago; the lines must do
        return {}


def _trouble(flaw: Flaw, entry: Entry, marks: Mapping[RawPath, Mark]) -> Trouble:
    path: RawPath = (*entry.path, *flaw.at)
    if path not in marks and path and isinstance(path[-1], int) and path[:-1] in marks:
        path = path[:-1]  # a condition of one value may stand without brackets
    place = entry.place(*flaw.at)
    mark = marks.get(path)
    if mark is not None:
        value = _value_at(entry.tree, path[len(entry.path) :])
        found = value.find(flaw.found) if flaw.found and isinstance(value, str) else -1
        at = flaw.start if flaw.start >= 0 else found
        quote = 1 if mark.style in ("'", '"') else 0
        place = replace(place, line=mark.line, column=mark.column + (at + quote if at >= 0 else 0))
    finding = flaw.finding(place, entry.id)
    return Trouble(finding, place.file, path, flaw.new if mark is not None else None)


def _value_at(tree: object, steps: RawPath) -> object:
    for step in steps:
        try:
            tree = tree[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def _holes(
    sheets: Sequence[Sheet], before: Sequence[Phrase], after: Sequence[Phrase], contract: Mapping[str, MessageType]
) -> Iterator[Finding]:
    place = next((s.place(("retire",)) for s in sheets if s.part("retire")), None)
    place = place or (sheets[0].place() if sheets else Place(""))
    for message, conditions in uncovered(before, after, contract):
        values = {"title": contract[message].title, "message": message, "conditions": conditions}
        yield Finding(
            "uncovered",
            Severity.ERROR,
            Localised(
                "No phrase is left for {title} ({message}) in the case {conditions}.",
                "“{title}”（{message}）在情形 {conditions} 下没有短语可用了。",
                values,
            ),
            (place,),
            Localised(
                "Keep one of the phrases that were retired or replaced, or add one for this case.",
                "请保留一条被停用或替换的短语，或为这一情形增加一条。",
            ),
        )
