"""Indicator systems (指标体系) and tables of grades (等级) as data: what the templates declare, read and checked.

A system is a tree of groups and indicators with weights. The weights of the parts add up to the weight of the group;
a table that prints 22 where its items make 21 does not load.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from draftgen.errors import TemplateError
from draftgen.figures.quantities import parse_measure
from draftgen.figures.scoring_base import Rule, RuleError, plain
from draftgen.figures.scoring_rules import Discretionary, read_rule
from draftgen.figures.source_tree import Node, RawPath, place_at
from draftgen.figures.source_yaml import parse_yaml
from draftgen.findings import Finding, Localised, Place, Severity

NOWHERE = Place("")
_SYSTEM = ("代号", "名称", "等级表", "指标")
_GROUP = ("代码", "名称", "权重", "下级")
_INDICATOR = ("代码", "名称", "权重", "解释", "细则", "佐证", "规则")
_TABLE = ("依据", "等级")
_GRADE = ("名称", "下限", "别名")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator (三级指标) with its printed texts and the rule of its score."""

    code: str
    name: str
    weight: Decimal
    explanation: str
    criteria: str
    evidence: str
    rule: Rule
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Group:
    """A group of indicators or of groups (一级、二级指标)."""

    code: str
    name: str
    weight: Decimal
    parts: tuple[Group | Indicator, ...]
    place: Place = NOWHERE

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator below, in the order of the table."""
        for part in self.parts:
            if isinstance(part, Indicator):
                yield part
            else:
                yield from part.indicators()

    def groups(self) -> Iterator[Group]:
        """This group and every group below."""
        yield self
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.groups()


@dataclass(frozen=True, slots=True)
class IndicatorSystem:
    """A whole system. ``grades`` names the table of grades that goes with it."""

    id: str
    name: str
    groups: tuple[Group, ...]
    grades: str = ""
    place: Place = NOWHERE

    @property
    def weight(self) -> Decimal:
        """The full mark."""
        return sum((group.weight for group in self.groups), Decimal(0))

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator, in the order of the table."""
        for group in self.groups:
            yield from group.indicators()

    def all_groups(self) -> Iterator[Group]:
        """Every group, each before its parts."""
        for group in self.groups:
            yield from group.groups()

    def parts(self) -> Mapping[str, Group | Indicator]:
        """Every group and indicator by code."""
        found: dict[str, Group | Indicator] = {group.code: group for group in self.all_groups()}
        return found | {indicator.code: indicator for indicator in self.indicators()}


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade: from ``floor`` points of a hundred on, the floor included."""

    name: str
    floor: Decimal
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GradeTable:
    """Grades from the best down, on a scale of a hundred."""

    name: str
    grades: tuple[Grade, ...]
    basis: str = ""

    def grade(self, total: Decimal, full: Decimal = Decimal(100)) -> Grade:
        """Return the grade of `total` out of `full`, decided on the unrounded number.

        >>> table = GradeTable("两档", (Grade("优", Decimal(90)), Grade("良", Decimal(0))))
        >>> table.grade(Decimal("90")).name, table.grade(Decimal("89.995")).name
        ('优', '良')
        """
        return next((g for g in self.grades if total * 100 >= g.floor * full), self.grades[-1])

    def named(self, name: str) -> Grade | None:
        """Return the grade of that name or alias."""
        return next((grade for grade in self.grades if name == grade.name or name in grade.aliases), None)


def load_system(path: Path) -> IndicatorSystem:
    """Read an indicator system.

    Raises:
        TemplateError: everything that is wrong with it, each with its line.
    """
    reader = _Reader(path)
    root = reader.mapping((), _SYSTEM)
    groups = [reader.part(("指标", number)) for number in range(reader.count(root, ("指标",)))]
    reader.codes_once(groups)
    system = IndicatorSystem(
        reader.text(root, (), "代号"),
        reader.text(root, (), "名称"),
        tuple(group for group in groups if isinstance(group, Group)),
        reader.text(root, (), "等级表", needed=False),
        reader.place(("等级表",)),
    )
    for part in groups:
        if isinstance(part, Indicator):
            reader.report("indicator-outside-group", part.place, _OUTSIDE, code=part.code)
    reader.finish()
    return system


def load_grades(path: Path) -> Mapping[str, GradeTable]:
    """Read tables of grades, by name.

    Raises:
        TemplateError: everything that is wrong with them, each with its line.
    """
    reader = _Reader(path)
    tables = {}
    for name in reader.mapping((), None):
        table = reader.mapping((name,), _TABLE)
        grades = [reader.grade((name, "等级", number)) for number in range(reader.count(table, (name, "等级")))]
        floors = [grade.floor for grade in grades]
        if floors != sorted(set(floors), reverse=True) or (floors and floors[-1] != 0):
            reader.report("grade-bounds", reader.place((name, "等级")), _FLOORS, table=name)
        tables[name] = GradeTable(name, tuple(grades), reader.text(table, (name,), "依据", needed=False))
    reader.finish()
    return MappingProxyType(tables)


def grade_table(system: IndicatorSystem, tables: Mapping[str, GradeTable]) -> GradeTable | None:
    """Return the table that goes with `system`, None where it names none.

    Raises:
        TemplateError: there is no table of that name.
    """
    if not system.grades:
        return None
    if system.grades not in tables:
        values = {"name": system.grades, "known": "、".join(tables)}
        message = Localised(
            "no table of grades {name}; known: {known}", "没有名为“{name}”的等级表，可用：{known}", values
        )
        raise TemplateError.because("grade-table-unknown", message, places=[system.place])
    return tables[system.grades]


_OUTSIDE = ("{code} stands in no group", "{code}不属于任何上级指标")
_FLOORS = ("the bounds of {table} must fall and end with 0", "“{table}”各等级下限应由高到低排列，末级为0")
_MISSING = ("{name} is missing", "缺少“{name}”")
_UNKNOWN = ("unknown key {name}; known: {known}", "没有“{name}”这一项，可用：{known}")
_NO_LIST = ("{name} has to be a list with at least one item", "“{name}”应为列表，且至少有一项")
_NO_GROUP = ("expected keys with values", "此处应为若干“键: 值”")
_NO_NUMBER = ("{name}: {text} is no positive number", "“{name}”填写的“{text}”不是正数")
_SUM = (
    "{code} {name}: the weights of its parts, {parts}, do not make {weight}",
    "{code}{name}：下级权重{parts}，与权重{weight}分不符",
)
_TWICE = ("the code {code} stands twice", "代码“{code}”重复")
_RULE = ("rule of {code}: {why}", "{code}的计分规则：{why}")


class _Reader:
    """Reads one template; collects what is wrong and says it all at the end."""

    def __init__(self, path: Path) -> None:
        self.file = str(path)
        self.findings: list[Finding] = []
        try:
            parsed = parse_yaml(path.read_text(encoding="utf-8-sig"), self.file)
        except (OSError, UnicodeDecodeError) as error:
            message = Localised("cannot be read: {why}", "文件无法读取：{why}", {"why": error})
            raise TemplateError.because("template-unreadable", message, places=[Place(self.file)]) from error
        if parsed.findings:
            raise TemplateError(parsed.findings)
        self.tree, self.lines = parsed.tree, parsed.lines

    def finish(self) -> None:
        if self.findings:
            raise TemplateError(self.findings)

    def report(self, code: str, place: Place, message: tuple[str, str], /, **values: object) -> None:
        self.findings.append(Finding(code, Severity.ERROR, Localised(*message, values), (place,)))

    def place(self, path: RawPath) -> Place:
        """The line of a path, or of the nearest path above it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return place_at(self.file, self.lines.get(path, 1), ".".join(str(step) for step in path))

    def at(self, path: RawPath) -> Node:
        node = self.tree
        for step in path:
            if isinstance(node, dict):
                node = node.get(str(step))
            elif isinstance(node, list) and isinstance(step, int):
                node = node[step]
        return node

    def mapping(self, path: RawPath, known: tuple[str, ...] | None) -> dict[str, Node]:
        node = self.at(path)
        if not isinstance(node, dict):
            self.report("template-value", self.place(path), _NO_GROUP)
            return {}
        for key in node:
            if known is not None and key not in known:
                self.report(
                    "template-key-unknown", self.place((*path, key)), _UNKNOWN, name=key, known="、".join(known)
                )
        return node

    def count(self, node: Mapping[str, Node], path: RawPath) -> int:
        items = node.get(str(path[-1]))
        if isinstance(items, list) and items:
            return len(items)
        self.report("template-value", self.place(path), _NO_LIST, name=path[-1])
        return 0

    def text(self, node: Mapping[str, Node], path: RawPath, name: str, *, needed: bool = True) -> str:
        text = node.get(name)
        if isinstance(text, str) and text.strip():
            return text.strip()
        if needed or text is not None:
            self.report("template-value", self.place((*path, name)), _MISSING, name=name)
        return ""

    def number(self, node: Mapping[str, Node], path: RawPath, name: str, *, zero: bool = False) -> Decimal:
        text = self.text(node, path, name)
        try:
            value = parse_measure(text).value
        except ValueError:
            value = Decimal(-1)
        if text and (value < 0 or (value == 0 and not zero)):
            self.report("template-value", self.place((*path, name)), _NO_NUMBER, name=name, text=text)
        return max(value, Decimal(0))

    def part(self, path: RawPath) -> Group | Indicator:
        node = self.at(path)
        is_group = isinstance(node, dict) and "下级" in node
        entry = self.mapping(path, _GROUP if is_group else _INDICATOR)
        code, name = self.text(entry, path, "代码"), self.text(entry, path, "名称")
        weight = self.number(entry, path, "权重")
        place = self.place((*path, "代码"))
        if not is_group:
            explanation, criteria = self.text(entry, path, "解释"), self.text(entry, path, "细则")
            evidence = self.text(entry, path, "佐证", needed=False)
            rule = self.rule((*path, "规则"), code, weight)
            return Indicator(code, name, weight, explanation, criteria, evidence, rule, place)
        parts = tuple(self.part((*path, "下级", n)) for n in range(self.count(entry, (*path, "下级"))))
        if sum(part.weight for part in parts) != weight and parts:
            added = f"{'+'.join(plain(p.weight) for p in parts)}={plain(sum((p.weight for p in parts), Decimal(0)))}"
            place_of_weight = self.place((*path, "权重"))
            values = {"code": code, "name": name, "parts": added, "weight": plain(weight)}
            self.report("indicator-weights", place_of_weight, _SUM, **values)
        return Group(code, name, weight, parts, place)

    def rule(self, path: RawPath, code: str, weight: Decimal) -> Rule:
        entry = self.mapping(path, None)
        texts = {key: _parameter(value) for key, value in entry.items()}
        name = texts.pop("类型", "")
        try:
            return read_rule(name if isinstance(name, str) else "", texts, weight)
        except RuleError as error:
            self.report("indicator-rule", self.place((*path, error.parameter)), _RULE, code=code, why=error.message)
            return Discretionary()  # stands in until the faults are told

    def codes_once(self, parts: Iterable[Group | Indicator]) -> None:
        seen: set[str] = set()
        for part in _flat(parts):
            if part.code in seen and part.code:
                self.report("indicator-code-twice", part.place, _TWICE, code=part.code)
            seen.add(part.code)

    def grade(self, path: RawPath) -> Grade:
        entry = self.mapping(path, _GRADE)
        aliases = _parameter(entry.get("别名") or [])
        name, floor = self.text(entry, path, "名称"), self.number(entry, path, "下限", zero=True)
        return Grade(name, floor, (aliases,) if isinstance(aliases, str) else aliases)


def _flat(parts: Iterable[Group | Indicator]) -> Iterator[Group | Indicator]:
    for part in parts:
        yield part
        if isinstance(part, Group):
            yield from _flat(part.parts)


def _parameter(node: Node) -> str | tuple[str, ...]:
    if isinstance(node, list):
        return tuple(item for item in node if isinstance(item, str))
    return node if isinstance(node, str) else ""
