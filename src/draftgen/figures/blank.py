"""An empty data file to fill in, generated from the model's declaration."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Figure, Topic
from draftgen.figures.quantities import MONEY
from draftgen.figures.schema_fields import FieldSpec, Shape, fields_of, join, spec_at, top_level

_RULES = (
    "1. 每行写一个“键: 值”。冒号用半角“:”，冒号后面空一格；缩进用空格，不用Tab键。",
    "2. 行尾标有“必填”的项必须填写，其他各项按需填写。",
    "3. 行首有“# ”的项是选填项：删去行首的“# ”（井号和一个空格）后填写，其余缩进不动。",
    "4. 以“##”开头的行和每行“#”后面的文字是说明，不必改动，也可以删去。",
    "5. 不清楚的项留空即可，留空表示“不清楚”；确实没有发生的请写 0。",
    "6. 金额按“金额单位”填写，只写数字；单位不同的在数字后写明，如 5.2亿元。",
    "7. 比率写百分号，如 96.4%；日期写 2020-12-31 或 2020年12月。",
    "8. “- ”开头的是列表，一项一个“- ”，需要几项就照样复制几份；每项的第一行（带“- ”的一行）必须写。",
    "9. 文字中有“: ”或“#”，或以 * & ! [ { 等符号开头时，给整段文字加英文双引号。",
)
_SAMPLE_NAME = "某一类"


def blank_yaml(title: str, required: Collection[str], topics: Sequence[str] | None = None) -> str:
    """Return an empty, commented YAML data file in Chinese keys.

    Args:
        title: the name of the report.
        required: canonical Chinese paths that the report cannot do without, besides those of the model.
        topics: keys of the top level to show; all by default.

    Raises:
        ValueError: a topic or a required path does not exist.
    """
    form = _Form(frozenset(required) | _own_required(Dataset, ""))
    unknown = sorted(path for path in required if spec_at(path.split(".")) is None)
    if unknown:
        raise ValueError(f"no such key: {', '.join(unknown)}")
    if topics is not None:
        topics = [*topics, *(path.split(".")[0] for path in required)]
    lines = [f"## {_plain(title)}　数据文件填写说明", *(f"## {rule}" for rule in _RULES), "##", *_about_figures()]
    for spec in top_level(topics):
        lines += _topic(spec, title, form)
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Form:
    """Which paths must be filled in."""

    required: frozenset[str]

    def stands(self, path: str) -> bool:
        """Tell whether a line is written without a comment sign."""
        return any(r == path or r.startswith((path + ".", path + "[")) for r in self.required)


def _own_required(topic: type[Topic], path: str) -> frozenset[str]:
    found: set[str] = set()
    for spec in fields_of(topic):
        if spec.required:
            here = join(path, spec.zh)
            found |= _own_required(spec.shape.topic, here) if spec.shape.topic else {here}
    return frozenset(found)


def _topic(spec: FieldSpec, title: str, form: _Form) -> Iterator[str]:
    if spec.shape.kind in ("group", "list", "named") and spec.shape.topic is not Figure:
        yield ""
        yield f"## ── {spec.zh}（{spec.en}）──"
    if spec.attribute == "kind" and title.strip():
        yield f"{spec.zh}: {_quoted(_plain(title))}  # {_comment(spec, False)}"
    else:
        yield from _field(spec, spec.zh, 0, form, commented=False)


def _field(spec: FieldSpec, path: str, depth: int, form: _Form, *, commented: bool) -> Iterator[str]:
    """Yield the lines of one field. Headings stand free, so that any single line below can be taken into use."""
    shape = spec.shape
    stands = form.stands(path)
    comment = _comment(spec, path in form.required)
    bare_figure = shape.topic is Figure and (path in form.required or not stands)
    if bare_figure or (shape.topic is None and shape.item is None):
        yield _line(depth, f"{spec.zh}:", comment, free=stands and not commented)
    else:
        yield _line(depth, f"{spec.zh}:", comment, free=not commented)
        yield from _below(spec, path, depth + 1, form, commented=commented)


def _below(spec: FieldSpec, path: str, depth: int, form: _Form, *, commented: bool) -> Iterator[str]:
    shape = spec.shape
    if shape.topic is not None:
        for inner in fields_of(shape.topic):
            yield from _field(inner, join(path, inner.zh), depth, form, commented=commented)
    elif shape.kind == "named" and shape.item is not None:
        named = sorted({r[len(path) + 1 :].split(".")[0] for r in form.required if r.startswith(path + ".")})
        for name in named or [_SAMPLE_NAME]:
            comment = "；".join(filter(None, ("必填" if named else "", _kind(shape.item, spec.unit))))
            yield _line(depth, f"{name}:", comment, free=bool(named) and not commented)
    elif shape.item is not None:
        yield from _example(shape.item, path in form.required and not commented, depth)


def _example(item: Shape, free: bool, depth: int) -> Iterator[str]:
    """Yield one item of a list; of a required list, the keys that each item needs stand free."""
    if item.topic is None:
        yield _line(depth, "-", f"{_kind(item, '')}，每项一行", free=free)
        return
    form = _Form(_own_required(item.topic, ""))
    for number, spec in enumerate(fields_of(item.topic)):
        needed = free and (spec.required or number == 0)
        lines = list(_field(spec, spec.zh, depth + 1, form, commented=not needed))
        if number == 0:
            lines[0] = _with_dash(lines[0], depth)
        yield from lines


def _with_dash(line: str, depth: int) -> str:
    return re.sub(rf"^((?:# )?)({'  ' * depth})  ", r"\1\2- ", line, count=1)


def _line(depth: int, text: str, comment: str, *, free: bool) -> str:
    return f"{'' if free else '# '}{'  ' * depth}{text}{'   # ' + comment if comment else ''}"


def _comment(spec: FieldSpec, required: bool) -> str:
    must = required or (spec.required and spec.shape.topic is None)
    parts = [("必填，至少一项" if spec.shape.item else "必填") if must else ""]
    parts += [_kind(spec.shape, spec.unit), spec.note]
    if spec.shape.kind == "choice" and all(choice in spec.note for choice in spec.shape.choices):
        parts[1] = ""  # the note names the choices already
    return "；".join(part for part in parts if part)


def _kind(shape: Shape, unit: str) -> str:
    if shape.kind == "number" or shape.topic is Figure:
        return MONEY if unit == MONEY else f"单位：{unit}" if unit else "数字"
    if shape.kind == "choice":
        return "只能写 " + "、".join(shape.choices)
    if shape.kind == "list" and shape.item is not None and shape.item.kind == "text":
        return "可写多条"
    return {"date": "日期", "flag": "是/否", "text": "文字"}.get(shape.kind, "")


def _about_figures() -> Iterator[str]:
    yield "## 一个金额或数量可以只写本年数，如“其他收入: 63.79”；"
    yield "## 也可以分项写，如“其他收入: {本年: 63.79, 上年: 60.00}”，可用的键："
    for spec in fields_of(Figure):
        yield f"##   {spec.zh}：{spec.note}" if spec.note else f"##   {spec.zh}"
    yield "##"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back; JSON's quotes are YAML's double quotes."""
    return text if re.fullmatch(r"[\u4e00-\u9fff（）]+", text) else json.dumps(text, ensure_ascii=False)
