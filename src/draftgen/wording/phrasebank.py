"""The phrasebank: the contract of message types, the phrases, and the small banks beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from draftgen.curated import Keeper, read_all
from draftgen.errors import PhrasebankError
from draftgen.figures.facts import concerns
from draftgen.findings import Finding, Localised, Place, Severity
from draftgen.wording.contract import MessageType, read_contract
from draftgen.wording.form import build, form_flaws
from draftgen.wording.layers import Layer
from draftgen.wording.phrases import Phrase
from draftgen.wording.preferences import Preferences, liking
from draftgen.wording.rules import flaws_of
from draftgen.wording.stock import Stock, built_in, with_layers

NO_KEEPER = Keeper()
COMMON = "common"  # the folder of the phrases that every kind may say, unless it ``replaces`` their message type


@dataclass(frozen=True, slots=True)
class Band:
    """A degree: from (inclusive) to (exclusive), in % of the absolute rate, with its words."""

    low: Decimal
    high: Decimal | None
    up: str
    down: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause that may be offered: never inserted by itself."""

    id: str
    texts: tuple[str, ...]
    directions: tuple[str, ...]
    subjects: tuple[str, ...]
    years: tuple[str, ...] = ()

    def fits(self, direction: str, subject: str, year: int) -> bool:
        """Tell whether it may be offered for a change in this direction of this subject."""
        if direction not in self.directions or (self.years and str(year) not in self.years):
            return False
        return any(concerns(pattern, subject) for pattern in self.subjects)


@dataclass(frozen=True, slots=True)
class ResultKind:
    """A kind of counted result: the words its object holds or ends with, and its verbs by style."""

    kind: str
    objects: tuple[str, ...]
    verbs: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Connective:
    """A joint between a clause and its reason. ``reasons`` are the shapes it takes."""

    id: str
    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """What a message asks of a phrase: the features it has to admit, and the slots and roles that can be filled."""

    message: str
    features: frozenset[tuple[str, str]]
    about: str
    has: frozenset[str] = frozenset()
    must: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was worked out once and holds for every document: a bank never changes."""

    cases: dict[tuple[str, str], list[Phrase]] = field(default_factory=dict)
    fitting: dict[tuple[str, frozenset[tuple[str, str]], str], tuple[tuple[Phrase, ...], ...]] = field(
        default_factory=dict
    )
    usable: dict[Need, tuple[tuple[Phrase, ...], ...]] = field(default_factory=dict)
    verbs: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Phrasebank:
    """All that wording may draw on."""

    contract: Mapping[str, MessageType]
    phrases: Mapping[str, tuple[Phrase, ...]]  # by message type
    connectives: tuple[Connective, ...] = ()
    joints: Mapping[str, Any] = field(default_factory=dict)
    degrees: tuple[Band, ...] = ()
    directions: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    causes: tuple[Cause, ...] = ()
    results: tuple[ResultKind, ...] = ()
    liking: Mapping[str, int] = field(default_factory=dict)  # phrase id -> 1 preferred, -1 avoided
    settled: Preferences = field(default_factory=Preferences)
    own: tuple[str, ...] = ()  # SHA-256 of every file of a layer, in order
    kept: _Kept = field(default_factory=lambda: _Kept(), compare=False, repr=False)

    def fitting(self, need: Need) -> tuple[tuple[Phrase, ...], ...]:
        """The phrases whose condition holds, in tiers: the first that can say it wins. Kept once worked out.

        Those about this key win over general ones of the built-in bank; general ones of a layer stand beside them, for
        whoever adds a phrase expects to meet it. What is preferred wins over all, what is avoided comes last.
        """
        key = (need.message, need.features, need.about)
        if key not in self.kept.fitting:
            features = dict(need.features)
            admitted = [p for p in self._of_case(need.message, features["case"]) if p.admits(features)]
            special = tuple(p for p in admitted if any(concerns(pattern, need.about) for pattern in p.about))
            general = tuple(p for p in admitted if not p.about)
            if special:
                special += tuple(p for p in general if p.layer != "built-in")
            self.kept.fitting[key] = self._tiers(special, general) if self.liking else (special or general,)
        return self.kept.fitting[key]

    def _tiers(self, special: tuple[Phrase, ...], general: tuple[Phrase, ...]) -> tuple[tuple[Phrase, ...], ...]:
        every = {p.id: p for p in (*special, *general)}.values()
        liked = tuple(p for p in every if self.liking.get(p.id, 0) > 0)
        plain = tuple(p for p in special if self.liking.get(p.id, 0) == 0)
        plainer = tuple(p for p in general if self.liking.get(p.id, 0) == 0)
        return tuple(tier for tier in (liked, plain, plainer, special, general) if tier)

    def _of_case(self, message: str, case: str) -> list[Phrase]:
        """The phrases of one case: hardly any phrase fits several, so this is where most fall out."""
        if (message, case) not in self.kept.cases:
            every = self.contract[message].cases
            self.kept.cases[message, case] = [p for p in self.phrases[message] if case in p.when.get("case", every)]
        return self.kept.cases[message, case]

    def usable(self, need: Need) -> tuple[tuple[Phrase, ...], ...]:
        """The fitting phrases that can be filled and print every figure they must, in tiers. Kept once worked out."""
        if need not in self.kept.usable:
            tiers = (tuple(p for p in tier if self._can_fill(p, need)) for tier in self.fitting(need))
            self.kept.usable[need] = tuple(tier for tier in tiers if tier)
        return self.kept.usable[need]

    def _can_fill(self, phrase: Phrase, need: Need) -> bool:
        kind = self.contract[need.message]
        if any(slot not in need.has and not need.has.intersection(kind.slots.get(slot, ())) for slot in phrase.slots):
            return False
        must = {*kind.must.get(dict(need.features)["case"], ()), *need.must} & need.has
        return must <= kind.roles(phrase.slots) | set(phrase.slots)

    def verbs(self, thing: str, style: str) -> tuple[str, ...]:
        """The verbs that go with a counted thing, by the longest word of a kind that it ends with; else 完成."""
        if (thing, style) not in self.kept.verbs:
            self.kept.verbs[thing, style] = self._verbs(thing, style)
        return self.kept.verbs[thing, style]

    def _verbs(self, thing: str, style: str) -> tuple[str, ...]:
        best: tuple[str, tuple[str, ...]] = ("", ("完成",))
        for kind in self.results:
            for word in kind.objects:
                ends = thing.endswith(word) or (thing.startswith(word) and word.startswith("被"))
                if ends and len(word) > len(best[0]):
                    best = (word, kind.verbs.get(style) or kind.verbs.get("table") or ("",))
        return best[1]

    def all_phrases(self) -> tuple[Phrase, ...]:
        """Every phrase, message type by message type."""
        return tuple(p for group in self.phrases.values() for p in group)


def load_phrasebank(
    folder: Path,
    kind: str,
    keeper: Keeper = NO_KEEPER,
    layers: tuple[Layer, ...] = (),
    own: Preferences | None = None,
) -> Phrasebank:
    """Load the contract, the common phrases and those of `kind`, the layers over them, and what a data file prefers.

    Raises:
        PhrasebankError: with every fault found, each with its file.
    """
    if not layers and own is None:
        return _loaded(folder, kind, keeper)
    contract = load_contract(folder, kind, keeper)
    return assemble_stock(contract, load_stock(folder, kind, keeper, layers), own)


def load_contract(folder: Path, kind: str, keeper: Keeper = NO_KEEPER) -> Mapping[str, MessageType]:
    """Load the contract of the built-in phrasebank."""
    return _read(folder, kind, keeper)[0]


def load_stock(folder: Path, kind: str, keeper: Keeper = NO_KEEPER, layers: tuple[Layer, ...] = ()) -> Stock:
    """Load the built-in phrases and the layers over them.

    Raises:
        PhrasebankError: with every fault found, each with its file.
    """
    contract, stock = _read(folder, kind, keeper)
    return with_layers(stock, layers, kind, contract)


@lru_cache(maxsize=16)
def _loaded(folder: Path, kind: str, keeper: Keeper) -> Phrasebank:
    contract, stock = _read(folder, kind, keeper)
    return assemble_stock(contract, stock)


@lru_cache(maxsize=16)
def _read(folder: Path, kind: str, keeper: Keeper) -> tuple[Mapping[str, MessageType], Stock]:
    files = [
        folder / "messages.yaml",
        *(p for part in (COMMON, kind) for p in sorted((folder / part).glob("*.yaml"))),
    ]
    kept = keeper.recall(files, "phrasebank")
    trees = kept or read_all(files, PhrasebankError)
    contract = read_contract(trees[0])
    replaced = {name for tree in trees for name in tree.get("replaces", ())}
    entries = [
        (entry, str(path))
        for path, tree in zip(files, trees, strict=True)
        for entry in tree.get("phrases", ())
        if entry.get("message") not in replaced or path.parent.name != COMMON
    ]
    if kept is None:
        findings = [f for entry, path in entries for f in _findings(entry, path, contract)] + _twice(entries)
        if findings:
            raise PhrasebankError(findings)
        keeper.keep(files, "phrasebank", trees)
    common = {path for path in files if path.parent.name == COMMON}
    left = [
        {name: value for name, value in tree.items() if name not in replaced or path not in common}
        for path, tree in zip(files[1:], trees[1:], strict=True)
    ]
    phrases = [p for entry, path in entries if (p := build(entry, path)) is not None]
    return contract, built_in(phrases, _small_banks(left))


def _findings(entry: Mapping[str, Any], path: str, contract: Mapping[str, MessageType]) -> list[Finding]:
    phrase = build(entry, path)
    flaws = form_flaws(entry) if phrase is None else flaws_of(phrase, contract)
    return [flaw.finding(Place(path), str(entry.get("id", "?"))) for flaw in flaws]


def _twice(entries: Sequence[tuple[Mapping[str, Any], str]]) -> list[Finding]:
    seen: dict[str, str] = {}
    found = []
    for entry, path in entries:
        if (name := str(entry.get("id"))) in seen:
            message = Localised("Phrase {id}: the id stands twice.", "短语 {id}：代号重复。", {"id": name})
            found.append(Finding("duplicate-id", Severity.ERROR, message, (Place(path), Place(seen[name]))))
        seen[name] = path
    return found


def _small_banks(trees: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for tree in trees:
        for name, value in tree.items():
            if name not in ("phrases", "replaces"):
                merged[name] = (
                    [*merged.get(name, []), *value] if isinstance(value, list) else {**merged.get(name, {}), **value}
                )
    return merged


def assemble_stock(contract: Mapping[str, MessageType], stock: Stock, own: Preferences | None = None) -> Phrasebank:
    """Put a bank together of a stock; what a data file prefers comes last."""
    preferences = stock.preferences if own is None else (*stock.preferences, own)
    settled = Preferences()
    for wishes in preferences:
        settled = wishes.over(settled)
    bank = replace(
        assemble(contract, stock.in_force, stock.small), own=tuple(sheet.source.sha256 for sheet in stock.sheets)
    )
    weights = liking(stock.in_force, preferences) if preferences else {}
    return replace(bank, liking=weights, settled=settled) if preferences else bank


def assemble(contract: Mapping[str, MessageType], phrases: Sequence[Phrase], small: Mapping[str, Any]) -> Phrasebank:
    """Put a bank together of its contract, phrases and the trees of the small banks."""
    used = [p for p in phrases if p.status != "retired"]
    return Phrasebank(
        contract=contract,
        phrases={name: tuple(p for p in used if p.message == name) for name in contract},
        connectives=tuple(_connective(c) for c in small.get("cause", ())),
        joints=small.get("joints", {}),
        degrees=tuple(_band(b) for b in small.get("degrees", ())),
        directions=small.get("directions", {}),
        terms={name: tuple(options) for name, options in small.get("terms", {}).items()},
        causes=tuple(_cause(c) for c in small.get("causes", ())),
        results=tuple(_result(r) for r in small.get("results", ())),
    )


def _connective(tree: Mapping[str, Any]) -> Connective:
    return Connective(tree["id"], tree["text"], tuple(tree.get("when", {}).get("reason", ("short", "long"))))


def _band(tree: Mapping[str, Any]) -> Band:
    high = tree.get("to")
    marked = tree.get("mark") in ("true", "yes")
    top = None if high in (None, "", "null", "~") else Decimal(high)
    return Band(Decimal(tree["from"]), top, tree.get("up", ""), tree.get("down", ""), marked)


def _cause(tree: Mapping[str, Any]) -> Cause:
    texts = tuple(tree["texts"]) if "texts" in tree else (tree["text"],)
    return Cause(tree["id"], texts, tuple(tree["direction"]), tuple(tree["subjects"]), tuple(tree.get("years", ())))


def _result(tree: Mapping[str, Any]) -> ResultKind:
    verbs = {style: tuple(words) for style, words in tree["verbs"].items()}
    return ResultKind(tree["kind"], tuple(tree["objects"]), verbs)
