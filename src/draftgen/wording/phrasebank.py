"""The phrasebank: the contract of message types, the phrases, and the small banks beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from draftgen.curated import Keeper, read_all
from draftgen.errors import PhrasebankError
from draftgen.figures.facts import concerns
from draftgen.findings import Finding, Localised, Place, Severity
from draftgen.wording.phrases import AMBIENT, SLOT, Phrase, is_plain, slots_of

_PHRASE_FIELDS = frozenset({"id", "message", "when", "text", "status", "examples", "note"})
NO_KEEPER = Keeper()
COMMON = "common"  # the folder of the phrases that every kind may say, unless it ``replaces`` their message type
_UNRATED = frozenset({"count", "unrated"})  # what is never given a rate: counts, and amounts that have none
_STATUSES = frozenset({"candidate", "reviewed", "retired"})


@dataclass(frozen=True, slots=True)
class MessageType:
    """A message type of the contract: its slots, the roles they carry, and what each case must print."""

    name: str
    code: str
    title: str
    slots: Mapping[str, tuple[str, ...]]  # slot -> roles that it prints
    cases: tuple[str, ...]
    must: Mapping[str, tuple[str, ...]]
    features: Mapping[str, tuple[str, ...]]
    canonical: Mapping[str, str]

    def roles(self, slots: Sequence[str]) -> frozenset[str]:
        """The roles that a phrase with these slots prints."""
        return frozenset(role for slot in slots for role in self.slots.get(slot, ()))


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
    fitting: dict[tuple[str, frozenset[tuple[str, str]], str], tuple[Phrase, ...]] = field(default_factory=dict)
    usable: dict[Need, tuple[Phrase, ...]] = field(default_factory=dict)
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
    kept: _Kept = field(default_factory=lambda: _Kept(), compare=False, repr=False)

    def fitting(self, need: Need) -> tuple[Phrase, ...]:
        """The phrases whose condition holds; those about this key win over general ones. Kept once worked out."""
        key = (need.message, need.features, need.about)
        if key not in self.kept.fitting:
            features = dict(need.features)
            admitted = [p for p in self._of_case(need.message, features["case"]) if p.admits(features)]
            special = tuple(p for p in admitted if any(concerns(pattern, need.about) for pattern in p.about))
            self.kept.fitting[key] = special or tuple(p for p in admitted if not p.about)
        return self.kept.fitting[key]

    def _of_case(self, message: str, case: str) -> list[Phrase]:
        """The phrases of one case: hardly any phrase fits several, so this is where most fall out."""
        if (message, case) not in self.kept.cases:
            every = self.contract[message].cases
            self.kept.cases[message, case] = [p for p in self.phrases[message] if case in p.when.get("case", every)]
        return self.kept.cases[message, case]

    def usable(self, need: Need) -> tuple[Phrase, ...]:
        """The fitting phrases that can be filled and print every figure they must. Kept once worked out."""
        if need not in self.kept.usable:
            self.kept.usable[need] = tuple(p for p in self.fitting(need) if self._can_fill(p, need))
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


def load_phrasebank(folder: Path, kind: str, keeper: Keeper = NO_KEEPER) -> Phrasebank:
    """Load the contract, the common phrases and those of `kind`.

    Raises:
        PhrasebankError: with every fault found, each with its file.
    """
    return _loaded(folder, kind, keeper)


@lru_cache(maxsize=16)
def _loaded(folder: Path, kind: str, keeper: Keeper) -> Phrasebank:
    files = [
        folder / "messages.yaml",
        *(p for part in (COMMON, kind) for p in sorted((folder / part).glob("*.yaml"))),
    ]
    kept = keeper.recall(files, "phrasebank")
    trees = kept or read_all(files, PhrasebankError)
    contract = read_contract(trees[0])
    replaced = {name for tree in trees for name in tree.get("replaces", ())}
    phrases = [
        phrase
        for path, tree in zip(files, trees, strict=True)
        for entry in tree.get("phrases", ())
        if (phrase := _phrase(entry, path)).message not in replaced or path.parent.name != COMMON
    ]
    if kept is None:
        findings = [f for p in phrases for f in faults(p, contract)] + _twice(phrases)
        if findings:
            raise PhrasebankError(findings)
        keeper.keep(files, "phrasebank", trees)
    common = {path for path in files if path.parent.name == COMMON}
    left = [
        {name: value for name, value in tree.items() if name not in replaced or path not in common}
        for path, tree in zip(files[1:], trees[1:], strict=True)
    ]
    return assemble(contract, phrases, _small_banks(left))


def _small_banks(trees: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for tree in trees:
        for name, value in tree.items():
            if name not in ("phrases", "replaces"):
                merged[name] = (
                    [*merged.get(name, []), *value] if isinstance(value, list) else {**merged.get(name, {}), **value}
                )
    return merged


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


def read_contract(tree: Mapping[str, Any]) -> Mapping[str, MessageType]:
    """Read the contract of messages.yaml."""
    return {name: _message_type(name, inner) for name, inner in tree["messages"].items()}


def _message_type(name: str, tree: Mapping[str, Any]) -> MessageType:
    slots = {slot: _roles(str(text)) for slot, text in tree["slots"].items()}
    features = {k: tuple(v) if isinstance(v, list) else () for k, v in tree.get("features", {}).items()}
    must = {case: tuple(roles) for case, roles in tree.get("must", {}).items()}
    return MessageType(name, tree["code"], tree["name"], slots, tuple(tree["cases"]), must, features, tree["canonical"])


def _roles(description: str) -> tuple[str, ...]:
    if not description.endswith("]"):
        return ()
    return (description[description.rindex("[") + 1 : -1],)


def _phrase(entry: Mapping[str, Any], path: Path) -> Phrase:
    if unknown := set(entry) - _PHRASE_FIELDS:
        raise _fault("unknown-field", str(entry.get("id")), ", ".join(sorted(unknown)), str(path), "未知字段")
    for name in ("id", "message", "text"):
        if name not in entry:
            raise _fault("missing-field", str(entry.get("id", "?")), name, str(path), "缺少字段")
    when = {name: tuple(v) if isinstance(v, list) else (str(v),) for name, v in entry.get("when", {}).items()}
    about = when.pop("about", ())
    examples = tuple((e["given"], e["gives"]) for e in entry.get("examples", ()))
    status = entry.get("status", "reviewed")
    return Phrase(entry["id"], entry["message"], entry["text"], when, about, status, examples, str(path))


def _fault(code: str, phrase: str, what: str, path: str, zh: str) -> PhrasebankError:
    message = Localised(
        "Phrase {id}: {code} {what}.", "短语 {id}：" + zh + " {what}。", {"id": phrase, "code": code, "what": what}
    )
    return PhrasebankError([Finding(code, Severity.ERROR, message, (Place(path),))])


def faults(phrase: Phrase, contract: Mapping[str, MessageType]) -> list[Finding]:
    """Return what is wrong with a phrase: logic in the text, unknown slots or conditions, facts that it would lose."""
    found: list[tuple[str, str, str]] = []
    kind = contract.get(phrase.message)
    if kind is None:
        found.append(("unknown-message", phrase.message, "没有这种信息类型"))
    elif not is_plain(phrase.text):
        found.append(("logic-in-text", SLOT.sub("", phrase.text), "短语只能有文字和位置，不能有逻辑"))
    else:
        found += _slot_faults(phrase, kind) + _condition_faults(phrase, kind) + _lost_facts(phrase, kind)
    if phrase.status not in _STATUSES:
        found.append(("unknown-status", phrase.status, "状态应为 candidate、reviewed 或 retired"))
    return [_fault(code, phrase.id, what, phrase.place, zh).findings[0] for code, what, zh in found]


def _slot_faults(phrase: Phrase, kind: MessageType) -> list[tuple[str, str, str]]:
    known = set(kind.slots) | AMBIENT
    return [("unknown-slot", s, "这种信息没有这个位置") for s in phrase.slots if s not in known]


def _condition_faults(phrase: Phrase, kind: MessageType) -> list[tuple[str, str, str]]:
    found = []
    for name, values in phrase.when.items():
        allowed = kind.cases if name == "case" else kind.features.get(name)
        if allowed is None:
            found.append(("unknown-condition", name, "这种信息没有这个条件"))
        elif allowed:
            found += [("unknown-value", f"{name}: {v}", "条件没有这个取值") for v in values if v not in allowed]
    return found


def _lost_facts(phrase: Phrase, kind: MessageType) -> list[tuple[str, str, str]]:
    printed = kind.roles(slots_of(phrase.text))
    unrated = bool(phrase.when.get("measure")) and set(phrase.when["measure"]) <= _UNRATED
    lost = []
    for case in phrase.when.get("case", kind.cases):
        needed = set(kind.must.get(case, ())) - ({"rate"} if unrated else set())
        lost += [("loses-fact", f"{case}: {role}", "漏掉必须印出的事实") for role in sorted(needed - printed)]
    return lost


def _twice(phrases: Sequence[Phrase]) -> list[Finding]:
    seen: set[str] = set()
    found = []
    for phrase in phrases:
        if phrase.id in seen:
            found.append(_fault("duplicate-id", phrase.id, phrase.place, phrase.place, "代号重复").findings[0])
        seen.add(phrase.id)
    return found


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
