"""YAML as texts with lines. Events are read one by one, so nothing is resolved, expanded or built by YAML itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from draftgen.figures.source_tree import (
    MAX_DEPTH,
    Node,
    Parsed,
    RawPath,
    duplicate_key,
    fault,
    line_at,
    raw_text,
    shorten,
    too_deep,
)
from draftgen.findings import Finding, Localised, Place

_NOT_GIVEN = frozenset({"", "~", "null", "Null", "NULL"})


def parse_yaml(text: str, file: str) -> Parsed:
    """Read YAML; every scalar stays the text that was typed, a plain empty one is ``None``."""
    builder = _Builder(file)
    try:
        for event in _events(text):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        builder.findings.append(_syntax(error, text, file))
    return Parsed(builder.root, builder.lines, tuple(builder.findings))


def _events(text: str) -> Iterator[Any]:
    # libyaml is many times faster; the reader in pure Python gives the same events where it is missing
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    return events


@dataclass(slots=True)
class _Frame:
    """An open mapping or list."""

    holder: dict[str, Node] | list[Node]
    path: RawPath
    key: str | None = None


class _Builder:
    """Takes events in order and builds the tree; `take` returns False when going on is of no use."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node = None
        self.lines: dict[RawPath, int] = {}
        self.findings: list[Finding] = []
        self._stack: list[_Frame] = []
        self._documents = 0

    def take(self, event: Any) -> bool:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._open(event, line)
        if isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_alias(line, f"*{event.anchor}")
            return self._put(None, line) is not None
        elif isinstance(event, yaml.DocumentStartEvent):
            return self._document(line)
        return True

    def _document(self, line: int) -> bool:
        self._documents += 1
        if self._documents > 1:
            self._report(
                "several-documents",
                line,
                ("a second document starts here (“---”)", "文件中出现了第二个文档（“---”）"),
                (
                    "a data file holds one document: delete the line “---”",
                    "一个数据文件只能有一个文档，请删去“---”这一行",
                ),
            )
        return self._documents == 1

    def _scalar(self, event: Any, line: int) -> bool:
        self._refuse_extras(event, line)
        frame = self._stack[-1] if self._stack else None
        plain = event.implicit[0]
        if frame is not None and isinstance(frame.holder, dict) and frame.key is None:
            return self._key(frame, event.value, line, plain)
        value = None if plain and event.value in _NOT_GIVEN else event.value
        return self._put(value, line) is not None

    def _key(self, frame: _Frame, key: str, line: int, plain: bool) -> bool:
        path = (*frame.path, key)
        if key == "":
            return self._bad_key(line)
        if plain and key == "<<":
            self._report(
                "yaml-merge",
                line,
                ("merge keys (“<<”) are not accepted", "不支持合并键（“<<”）"),
                ("write the keys out", "请把各个键逐一写出"),
            )
        elif plain and key[0].isspace():  # YAML's own spaces are gone; what is left looks like one
            self._report(
                "bad-indentation",
                line,
                ("a full-width space stands before the key", "键的前面有全角空格"),
                ("indent with half-width spaces only", "请改用半角空格缩进"),
                key.strip(),
            )
        elif key in frame.holder:
            self.findings.append(duplicate_key(self.file, line, self.lines.get(path), path))
        frame.key = key
        self.lines[path] = line
        return True

    def _open(self, event: Any, line: int) -> bool:
        self._refuse_extras(event, line)
        if len(self._stack) >= MAX_DEPTH:
            self.findings.append(too_deep(self.file, line))
            return False
        holder: dict[str, Node] | list[Node] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._put(holder, line)
        if path is None:
            return self._bad_key(line)
        self._stack.append(_Frame(holder, path))
        return True

    def _put(self, value: Node, line: int) -> RawPath | None:
        """Hang a value into the open holder and return its path; None where a key should stand."""
        if not self._stack:
            self.root = value
            return ()
        frame = self._stack[-1]
        if isinstance(frame.holder, list):
            path = (*frame.path, len(frame.holder))
            frame.holder.append(value)
            self.lines[path] = line
            return path
        if frame.key is None:
            return None
        path = (*frame.path, frame.key)
        frame.holder[frame.key] = value
        frame.key = None
        return path

    def _refuse_extras(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._refuse_alias(line, f"&{event.anchor}")
        if event.tag is not None:
            self._report(
                "yaml-tag",
                line,
                ("YAML tags (“{found}”) are not accepted", "不支持YAML标签（“{found}”）"),
                (
                    "delete the tag; a text that begins with “!” goes into quotes",
                    "请删去标签；以“!”开头的文字请加英文引号",
                ),
                event.tag,
            )

    def _refuse_alias(self, line: int, found: str) -> None:
        self._report(
            "yaml-alias",
            line,
            ("YAML anchors and aliases (“{found}”) are not accepted", "不支持YAML锚点和引用（“{found}”）"),
            (
                "write the value out; a text that begins with “*” or “&” goes into quotes",
                "请把内容直接写出；以“*”或“&”开头的文字请加英文引号",
            ),
            found,
        )

    def _bad_key(self, line: int) -> bool:
        self._report(
            "bad-key",
            line,
            ("a key is missing before the colon, or it is no plain text", "冒号前缺少键，或者键不是文字"),
            ("write “key: value”", "请写成“键: 值”"),
        )
        return False

    def _report(self, code: str, line: int, message: tuple[str, str], hint: tuple[str, str], found: str = "") -> None:
        frame = self._stack[-1] if self._stack else None
        path = "" if frame is None else raw_text(frame.path if frame.key is None else (*frame.path, frame.key))
        self.findings.append(fault(code, Place(self.file, line, path), message, hint, found=found))


_INDENT_AND_KEY = r"\s*(?:-\s+)*"
_SLIPS = (
    (
        re.compile(r"[ \u3000]*\t"),
        "a tab stands at the start of the line: indent with spaces only",
        "行首有制表符（Tab），请改用空格缩进",
    ),
    (
        re.compile(r" *\u3000"),
        "a full-width space stands at the start of the line: indent with half-width spaces",
        "行首有全角空格，请改用半角空格缩进",
    ),
    (
        re.compile(_INDENT_AND_KEY + r"[^\s:：#\"'“{\[]{1,24}：(?!.*: )"),
        "a full-width colon “：” stands behind the key: write a half-width colon and a space, “key: value”",
        "键后面用了全角冒号“：”，请改用半角冒号加空格，如“年度: 2020”",
    ),
    (
        re.compile(_INDENT_AND_KEY + r"[^\s:：#\"'{\[]{1,24}:[^\s:]"),
        "a space is missing behind the colon: write “key: value”",
        "冒号后面缺少空格，请写成“键: 值”",
    ),
    (
        re.compile(_INDENT_AND_KEY + r"[^\s:#\"'{\[][^:#\"']*: +[^\"'{\[|>#\s].*:( |$)"),
        "the text itself contains a colon and a space: put the whole text into quotes",
        "文字内容里又出现了“: ”，请给整段文字加英文引号",
    ),
)


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")
    last = text.count("\n") + (not text.endswith("\n"))
    line = min(mark.line + 1, last) if mark is not None else 1
    if "nesting depth" in problem:  # libyaml has a limit of its own, and meets it before the first event is out
        return too_deep(file, line)
    line, hint = _slip(text, line) or (line, _general_hint(str(getattr(error, "context", "") or "")))
    return fault(
        "bad-syntax",
        Place(file, line),
        ("this is not valid YAML: {problem}", "不符合YAML格式：{problem}"),
        hint,
        found=line_at(text, line),
        problem=Localised(shorten(problem), _in_chinese(problem)),
    )


def _slip(text: str, line: int) -> tuple[int, Localised] | None:
    """Find the slip of the pen that is the likely cause, on this line or the three before it."""
    lines = text.split("\n")
    for number in range(line, max(0, line - 4), -1):
        if number > len(lines):
            continue
        for pattern, en, zh in _SLIPS:
            if pattern.match(lines[number - 1]):
                return number, Localised(en, zh)
    return None


def _general_hint(context: str) -> Localised:
    if "quoted" in context:
        return Localised("a quotation mark is never closed", "有引号没有闭合，请检查英文引号是否成对")
    if "flow" in context:
        return Localised(
            "a bracket is never closed, or a comma is missing between two entries",
            "括号没有闭合，或两项之间缺少半角逗号",
        )
    return Localised(
        "look at the indentation of this line and the one before: entries of one group start in the same column",
        "请检查本行和上一行的缩进：同一组的各项要左对齐，下一级比上一级多缩进两个空格",
    )


def _in_chinese(problem: str) -> str:
    known = (
        ("mapping values are not allowed", "此处不能出现“键: 值”"),
        ("could not find expected ':'", "缺少冒号“:”"),
        ("cannot start any token", "出现了不能用在此处的符号"),
        ("did not find expected key", "此处应为键，缩进可能不一致"),
        ("did not find expected '-' indicator", "此处应为列表项“- ”"),
        ("did not find expected ',' or", "括号内缺少逗号或右括号"),
        ("did not find expected node content", "此处缺少内容"),
        ("unexpected end of stream", "文件到此结束，但引号或括号还没有闭合"),
        ("undefined", "引用了没有定义的内容"),
    )
    return next((zh for en, zh in known if en in problem), "无法识别的写法")
