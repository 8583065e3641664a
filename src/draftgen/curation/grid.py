"""Messages made up for trying phrases: every case of what is computed from figures, with figures that fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from draftgen.figures.changes import ChangeCase, ExecutionCase, change_case, derive_changes, execution_case
from draftgen.figures.facts import Fact, Facts, Given
from draftgen.findings import Place
from draftgen.planning.messages import Message, Role

YEAR = 2020
ITEM = "会议费"
_CHANGES = (
    ("24.59", "19.87"),
    ("20.07", "19.87"),
    ("68.63", "1.08"),
    ("0.59", "2.95"),
    ("19.67", "19.87"),
    ("100000.01", "100000.00"),
    ("24.59", "0"),
    ("0", "2.95"),
    ("24.59", "-3.20"),
    ("19.87", "19.87"),
    ("0", "0"),
)
_COUNTS = (("66", "58"), ("5", "7"), ("3", "0"), ("0", "2"), ("5", "5"))
_EXECUTIONS = (
    ("96.40", "100.00"),
    ("63.20", "100.00"),
    ("104.60", "100.00"),
    ("100.00", "100.00"),
    ("0", "100.00"),
    ("8.16", "0"),
    ("-1.20", "100.00"),
)
_DIFFERENCES = (("0.9520", "0.9200"), ("0.8815", "0.9200"), ("0.9200", "0.9200"))
_PLAIN: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "total": {"amount": ("1709.63", "万元")},
    "share": {"share": ("0.6238", "%")},
}


def fact(key: str, value: str, unit: str = "万元", label: str = ITEM) -> Fact:
    """A figure made up for a sample."""
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return Fact(key, number, unit, label, YEAR, Given(Place(""), value), places)


def grid(message: str) -> tuple[Message, ...]:
    """The made-up messages of a type; none for those that are not computed from figures."""
    makers = {
        "change": _changes,
        "level": _changes,
        "execution": _executions,
        "rate-difference": _rate_differences,
        "total": _plain,
        "share": _plain,
    }
    made = makers[message](message) if message in makers else iter(())
    return tuple(m for m in made if m.type == message)


def _changes(message: str) -> Iterator[Message]:
    del message
    for unit, measure, pairs in (("万元", "money", _CHANGES), ("人", "count", _COUNTS)):
        for this, last in pairs:
            yield _change(this, last, unit, measure)
    amount: dict[str, Role] = {"amount": fact(ITEM, "24.59")}
    for case in ("incomparable", "first-year"):
        yield Message("change", "sample", ITEM, case, amount, {"item": ITEM}, {"measure": "money"})
    for case in ("equal", "none"):
        features = {"measure": "money", "against": "budget"}
        yield Message("level", "sample", ITEM, case, amount, {"item": ITEM}, features)


def _change(this: str, last: str, unit: str, measure: str) -> Message:
    facts = derive_changes(Facts([fact(ITEM, this, unit), fact(f"{ITEM}.上年", last, unit)]), frozenset()).facts
    case = change_case(Decimal(this), Decimal(last))
    if case in (ChangeCase.LEVEL, ChangeCase.NONE):
        level = "equal" if case is ChangeCase.LEVEL else "none"
        features = {"measure": measure, "against": "last"}
        return Message("level", "sample", ITEM, level, {"amount": facts[ITEM]}, {"item": ITEM}, features)
    roles: dict[str, Role] = {
        "amount": facts[ITEM],
        "last": facts[f"{ITEM}.上年"],
        "change": facts[f"{ITEM}.增减额"],
    }
    if f"{ITEM}.增减率" in facts and measure == "money":
        roles["rate"] = facts[f"{ITEM}.增减率"]
    return Message("change", "sample", ITEM, case.value, roles, {"item": ITEM}, {"measure": measure})


def _executions(message: str) -> Iterator[Message]:
    for actual, budget in _EXECUTIONS:
        case = execution_case(Decimal(actual), Decimal(budget))
        if case is ExecutionCase.NONE:
            continue
        given = Facts([fact(ITEM, actual), fact(f"{ITEM}.全年预算", budget)])
        facts = derive_changes(given, frozenset()).facts
        roles: dict[str, Role] = {"amount": facts[ITEM], "budget": facts[f"{ITEM}.全年预算"]}
        for role, key in (("rate", "全年预算执行率"), ("difference", "全年预算差额")):
            if f"{ITEM}.{key}" in facts:
                roles[role] = facts[f"{ITEM}.{key}"]
        yield Message(message, "sample", ITEM, case.value, roles, {"item": ITEM, "base": "全年预算"})


def _rate_differences(message: str) -> Iterator[Message]:
    for this, last in _DIFFERENCES:
        change = Decimal(this) - Decimal(last)
        case = "level" if change == 0 else "up" if change > 0 else "down"
        roles: dict[str, Role] = {"rate": fact("预算执行率", this, "%")}
        if change:
            roles["difference"] = fact("预算执行率.差", str(change), "%")
        yield Message(message, "sample", "预算执行率", case, roles, {"item": "预算执行率"})


def _plain(message: str) -> Iterator[Message]:
    roles: dict[str, Role] = {role: fact(ITEM, *value) for role, value in _PLAIN[message].items()}
    features = {"measure": "money"} if message == "total" else {}
    yield Message(message, "sample", ITEM, "plain", roles, {"item": "支出合计", "base": "本年支出合计"}, features)
