"""Rows of subjects: their codes, and the keys under which identities speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from draftgen.figures.facts import Fact, segment
from draftgen.figures.published.words import half_width
from draftgen.findings import Place

TOTAL_ROW, SUBJECT, TOP, BELOW, CLASS = "合计行", "科目", "顶层", "下级", "类名"
NAME = "科目名称"
WHOLE = "总额"  # the column that the others add up to
_CODE = re.compile(r"\d{1,9}")
_LEVELS = (3, 5, 7)


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a table, and where it stands."""

    text: str
    place: Place


def code_of(parts: Sequence[str], last: str = "") -> str:
    """Return the code that stands in one cell or in one each for 类, 款 and 项; empty if none does.

    `last` is the code of the row above, from which a row takes the parts that it leaves blank.

    >>> code_of(["2010301"]), code_of(["201", "3", "１"]), code_of(["", "", "02"], "2010301"), code_of(["合计"])
    ('2010301', '2010301', '2010302', '')
    """
    digits = [half_width(part) for part in parts]
    if any(d and not _CODE.fullmatch(d) for d in digits) or not any(digits):
        return ""
    if len(digits) == 1:
        return digits[0] if len(digits[0]) in _LEVELS else ""
    code = ""
    for position, part in enumerate(digits[:3]):
        width = 3 if position == 0 else 2
        if not part:
            if any(digits[position + 1 :]):
                code = last[: _LEVELS[position]]
            continue
        code = part if len(part) > width else code + part.zfill(width)
    return code if len(code) in _LEVELS else ""


def hierarchy(
    facts: Sequence[Fact], table: str, texts: Mapping[str, Said], groups: Mapping[str, str]
) -> Iterator[Fact]:
    """The facts of subject rows once more: under the row above each, by the name of its class, by group and name."""
    prefix = f"{table}.{SUBJECT}."
    rows: list[tuple[str, str, Fact]] = []
    for fact in facts:
        if fact.key.startswith(prefix):
            code, _, column = fact.key.removeprefix(prefix).partition(".")
            rows.append((code, column, fact))
    codes = {code for code, _, _ in rows}
    by_name: dict[tuple[str, str], str] = {}
    for code, column, fact in sorted(rows, key=lambda row: row[0]):
        above = next((code[:n] for n in (5, 3) if n < len(code) and code[:n] in codes), "")
        where = f"{BELOW}.{above}.{code}" if above else f"{TOP}.{code}"
        yield replace(fact, key=f"{table}.{where}.{column}")
        said = texts.get(f"{prefix}{code}.{NAME}")
        name = segment(said.text) if said else ""
        if len(code) == _LEVELS[0] and name:
            yield replace(fact, key=f"{table}.{CLASS}.{name}.{column}")
        group = groups.get(code[:3], "")
        if len(code) == _LEVELS[1] and name and group:
            own = name if by_name.setdefault((group, name), code) == code else f"{name}（{code}）"
            yield replace(fact, key=f"{table}.{group}.{own}.{column}")
