"""Manner: how a phrase is written. Marks, blanks, units, terms, what is typed that the program should print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from draftgen.findings import Severity
from draftgen.wording.contract import MessageType
from draftgen.wording.flaws import Flaw
from draftgen.wording.phrases import SLOT, Phrase, fill_text

_HAN = r"\u4e00-\u9fff"
_HALF = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_END = re.compile(r"[。，；：、！？.,;:!?\s]+$")
_RESIDUE = re.compile(
    r"(?:增加|减少|增长|下降|上升|提高|大于|小于|高于|低于|超出|结余)[（(/／](?:增加|减少|增长|下降|上升|降低|提高|大于|小于|高于|低于|超出|结余)[）)]?"
    r"|[XxＸ×＊*]{2,}|_{2,}|﹍+|…{2,}|\.{3,}|【[^】]*】|\[[^\]]*\]|（\s*）|\(\s*\)|（略）|TODO|待填|如[^，。]{0,8}表述"
)
_REASON = re.compile(r"(?:主要)?原因[是为：:]|主要是由于|由于|主要系|所致")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:亿元|万元|元|%|％|个百分点|人次|人|辆|批次)")
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_LOOSE_YEARS = ("今年", "去年", "截至目前", "截止")
_BEFORE_DIRECTED = re.compile(
    r"(?:增加|减少|增长|下降|提高|上升|降低)(?:[（(/／](?:增加|减少|增长|下降|提高|上升|降低)[）)]?)?(?:了|额为|率为|额|率)?"
    r"(?=\{\{ (?:change_amount|change_rate|degree_rate|points) \}\})"
)
_VERSUS = re.compile(r"(?:比|较)上年度?|同比")


@dataclass(frozen=True, slots=True)
class House:
    """The terms of the house: how it is written and how not."""

    fixed: tuple[tuple[str, tuple[str, ...]], ...]


def house_of(small: Mapping[str, Any]) -> House:
    """Read the fixed terms from the small banks."""
    return House(tuple((t["use"], tuple(t["avoid"])) for t in small.get("fixed", ())))


def manner_flaws(phrase: Phrase, kind: MessageType, house: House) -> Iterator[Flaw]:
    """Yield what is wrong with the way a phrase is written."""
    for rule in _RULES:
        yield from rule(phrase, kind)
    yield from term_flaws(phrase.text, house, ("text",))


def mending(
    code: str, at: Sequence[str | int], text: str, new: str, said: tuple[str, str], severity: Severity = Severity.ERROR
) -> Iterator[Flaw]:
    """Yield the flaw that a text is not as it should be."""
    if new != text:
        start, found = _difference(text, new)
        yield Flaw(code, said, ("Write: {new}", "应写作：{new}"), tuple(at), severity, found, start, new=new)


def _difference(old: str, new: str) -> tuple[int, str]:
    """The first stretch of `old` that is not in `new`, and where it begins."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, old[start : len(old) - end] or old[start : start + 1]


def full_width(text: str) -> str:
    """Write the marks between Chinese words full-width; those of numbers stay.

    >>> full_width("{{ item }}为{{ amount }},其中(略)"), full_width("1,234.5")
    ('{{ item }}为{{ amount }}，其中（略）', '1,234.5')
    """
    kept = list(SLOT.finditer(text))
    inside = {i for m in kept for i in range(m.start() + 1, m.end() - 1)}
    out = []
    for i, mark in enumerate(text):
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        if i in inside or mark not in _HALF or (before.isdigit() and after.isdigit()):
            out.append(mark)
        else:
            out.append(_HALF[mark])
    text = "".join(out)
    text = re.sub(rf"(?<=[{_HAN}}}”）])\.(?=[{_HAN}{{])", "。", text)
    return re.sub(r'"([^"]*)"', r"“\1”", text)


def _marks(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    said = ("half-width marks stand between Chinese words.", "中文之间用了半角标点。")
    yield from mending("half-width", ("text",), phrase.text, full_width(phrase.text), said)


def _blanks(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    pieces = re.split(f"({SLOT.pattern.replace('(', '(?:')})", phrase.text)
    new = "".join(p if SLOT.fullmatch(p) else re.sub(r"[\s\u3000\u200b]+", "", p) for p in pieces)
    new = SLOT.sub(r"{{ \1 }}", new)
    if re.search(r"[A-Za-z] +[A-Za-z]", SLOT.sub("", phrase.text)):
        return
    said = ("there are blanks; Chinese text has none beside figures.", "有多余的空格；中文与数字之间不空格。")
    yield from mending("blank", ("text",), phrase.text, new, said)


def _quoted(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    match = re.fullmatch(r"[“「'‘](.*)[”」'’]", phrase.text)
    if match and not re.search("[“”]", match[1]):
        said = ("the quotation marks around the whole text would be printed.", "整段文字外面的引号会印到报告里。")
        yield from mending("quoted-text", ("text",), phrase.text, match[1], said)


def _closing(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    said = (
        "it ends with a mark; the program closes the sentence.",
        "句末有标点；句末标点由程序加。",
    )
    yield from mending("closing-mark", ("text",), phrase.text, _END.sub("", phrase.text), said)


def _doubled(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    new = re.sub(r"([，。；：、！？])[，。；：、]+", r"\1", phrase.text)
    yield from mending("doubled-mark", ("text",), phrase.text, new, ("a mark stands twice.", "标点重复。"))
    leading = re.sub(r"^[，。；：、]+", "", phrase.text)
    said = ("it begins with a mark; the program joins clauses.", "开头有标点；分句之间的标点由程序加。")
    yield from mending("leading-mark", ("text",), phrase.text, leading, said)


def _unbalanced(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    for left, right in ("（）", "“”", "《》", "〔〕"):
        if phrase.text.count(left) != phrase.text.count(right):
            yield Flaw(
                "unbalanced",
                ("{left} and {right} do not go in pairs.", "{left}和{right}不成对。"),
                ("Add the one that is missing or delete the other.", "请补上缺少的一半，或删去多余的一半。"),
                ("text",),
                found=left if left in phrase.text else right,
                values={"left": left, "right": right},
            )


def _units(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    """A unit behind a slot that prints it."""
    money = [s for s, roles in kind.slots.items() if roles and s not in ("list", "parts", "counts")]
    slots = "|".join(map(re.escape, money)) or "-"
    new = re.sub(rf"(\{{\{{ (?:{slots}) \}}\}})(?:亿元|万元|元|%|％|个百分点)", r"\1", phrase.text)
    scores = "|".join(s for s in money if s in ("score", "full", "deduction")) or "-"
    new = re.sub(rf"(\{{\{{ (?:{scores}) \}}\}})分(?!值)", r"\1", new)
    new = re.sub(r"(\{\{ (?:this_year|last_year) \}\})年度?(?![末初底])", r"\1", new)
    said = ("a unit stands behind a slot that prints it.", "位置已自带单位，后面不再写单位。")
    yield from mending("unit-in-text", ("text",), phrase.text, new, said)


def _directions(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    """A word of direction or comparison before a slot that says it."""
    new = _BEFORE_DIRECTED.sub("", phrase.text)
    new = re.sub(r"(?:增幅|降幅)(?=\{\{ extent \}\})", "", new)
    if "versus" in phrase.slots:
        new = re.sub(r"(?:与上年相比|比上年|较上年|同比)[，]?(?=\{\{ versus \}\})", "", new)
    said = ("a word stands before a slot that says it as well.", "位置已自带增减等词，前面不再写。")
    yield from mending("doubled-word", ("text",), phrase.text, new, said)


def _versus(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    if "versus" in kind.slots and "versus" not in phrase.slots and (found := _VERSUS.search(phrase.text)):
        new = phrase.text.replace(found[0], "{{ versus }}", 1)
        said = (
            "“{found}” is typed; the whole report uses one term for it.",
            "“{found}”写死了；全文的比较用语须一致，由程序选用。",
        )
        flaw = Flaw("term-in-text", said, ("Write: {new}", "应写作：{new}"), ("text",), found=found[0], new=new)
        yield flaw


def _years(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    if found := _YEAR.search(phrase.text):
        yield Flaw(
            "year-in-text",
            (
                "the year {found} is typed and would stand in every year's report.",
                "年份“{found}”写死了，以后年度的报告也会照印。",
            ),
            (
                "Use {{{{ this_year }}}} or {{{{ last_year }}}}.",
                "请改用 {{{{ this_year }}}}（本年度）或 {{{{ last_year }}}}（上年）。",
            ),
            ("text",),
            found=found[0],
        )
    for word in _LOOSE_YEARS:
        if word in phrase.text:
            yield Flaw(
                "loose-year",
                ("“{found}” has no meaning in a report that is filed.", "归档的报告不用“{found}”。"),
                (
                    "Use {{{{ this_year }}}}, {{{{ last_year }}}} or 截至 with a date.",
                    "请改用 {{{{ this_year }}}}、{{{{ last_year }}}}，或“截至”加日期。",
                ),
                ("text",),
                Severity.WARNING,
                found=word,
            )


def _figures(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    if found := _FIGURE.search(SLOT.sub("#", phrase.text)):
        yield Flaw(
            "figure-in-text",
            ("the figure {found} is typed and would stand in every report.", "数字“{found}”写死了，每份报告都会照印。"),
            ("Put the slot that prints it: {slots}.", "请改用位置：{slots}。"),
            ("text",),
            found=found[0],
            values={"slots": "、".join("{{ " + s + " }}" for s, roles in kind.slots.items() if roles)},
        )


def _residue(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    if found := _RESIDUE.search(SLOT.sub("#", phrase.text)):
        yield Flaw(
            "template-residue",
            ("“{found}” is left over from a form.", "“{found}”是模板残留。"),
            (
                "Slots such as {{{{ change_amount }}}} say the right word by the figures; or write one entry per case.",
                "增减等词由 {{{{ change_amount }}}} 等位置按数据写出；也可以按情形分写成几条。",
            ),
            ("text",),
            found=found[0],
        )


def _reasons(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    if kind.name in ("change", "execution", "level") and (found := _REASON.search(phrase.text)):
        yield Flaw(
            "reason-in-text",
            (
                "“{found}”: the reason comes from the data file and is joined by the program.",
                "“{found}”：原因取自数据文件，由程序接在后面。",
            ),
            ("End the phrase before it.", "短语写到原因之前为止。"),
            ("text",),
            found=found[0],
        )


def _suffix(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    """The names of figures often end so: 会议费支出支出."""
    found = re.search(r"\{\{ item \}\}(支出|收入|经费|费用)(?!决算|预算|总|合)", phrase.text)
    if found and not phrase.about:
        yield Flaw(
            "item-suffix",
            (
                "the name may itself end in “{found}”, which would then stand twice.",
                "事项名称本身可能以“{found}”结尾，会写成“{found}{found}”。",
            ),
            ("Leave it out, or restrict the phrase with “about”.", "请删去，或用 about 限定只用于哪些数据。"),
            ("text",),
            Severity.WARNING,
            found=found[1],
        )


def _slots_twice(phrase: Phrase, kind: MessageType) -> Iterator[Flaw]:
    shown = [s for s in phrase.slots if kind.slots.get(s) or s in ("item", "unit")]
    twice = [s for n, s in enumerate(shown) if s in shown[:n]]
    if twice:
        yield Flaw(
            "slot-twice",
            ("the slot {found} stands twice.", "位置 {found} 用了两次。"),
            ("Say each thing once.", "同一内容只写一次。"),
            ("text",),
            Severity.WARNING,
            found=twice[0],
        )


def term_flaws(text: str, house: House, at: Sequence[str | int]) -> Iterator[Flaw]:
    """Yield the terms that the house writes otherwise; a right term hides the wrong one that is part of it."""
    for use, avoid in house.fixed:
        for word in avoid:
            pieces = text.split(use)
            new = use.join(piece.replace(word, use) for piece in pieces)
            said = ("the term is not the one that the house uses.", "用语不规范。")
            yield from mending("fixed-term", at, text, new, said)


_RULES: tuple[Callable[[Phrase, MessageType], Iterator[Flaw]], ...] = (
    _quoted,
    _marks,
    _blanks,
    _doubled,
    _closing,
    _unbalanced,
    _units,
    _directions,
    _versus,
    _years,
    _figures,
    _residue,
    _reasons,
    _suffix,
    _slots_twice,
)


def example_flaws(phrase: Phrase) -> Iterator[Flaw]:
    """Yield the examples that do not come out as written."""
    if not phrase.examples:
        yield Flaw(
            "no-example",
            ("there is no example.", "没有示例。"),
            (
                "`draftgen phrases add` writes one with real figures.",
                "请补写示例；用 draftgen phrases add 增加的短语自带示例。",
            ),
            severity=Severity.NOTE,
        )
    for number, (given, gives) in enumerate(phrase.examples):
        missing = [s for s in phrase.slots if s not in given]
        for slot in [*missing, *(s for s in given if s not in phrase.slots)]:
            yield _example_slot(number, slot, missing=slot in missing)
        if missing:
            continue
        come = fill_text(phrase.text, {slot: given[slot] for slot in phrase.slots})
        said = ("the example does not come out as written.", "示例与短语不符。")
        yield from mending("example-differs", ("examples", number, "gives"), gives, come, said)


def _example_slot(number: int, slot: str, *, missing: bool) -> Flaw:
    return Flaw(
        "example-slot",
        ("example {n} does not fill {found}.", "示例{n}没有填写 {found}。")
        if missing
        else ("example {n} fills {found}, which the text does not have.", "示例{n}填写了文字中没有的位置 {found}。"),
        ("Add it under “given”.", "请在 given 下补上。")
        if missing
        else ("Delete it from “given”.", "请从 given 中删去。"),
        ("examples", number, "given") if missing else ("examples", number, "given", slot),
        Severity.WARNING,
        found=slot,
        values={"n": number + 1},
    )
