"""JSON as texts with lines: the values from the standard library, the lines from a walk over the tokens."""

from __future__ import annotations

import json
import re
from typing import Any

from draftgen.figures.source_tree import MAX_DEPTH, Node, Parsed, RawPath, duplicate_key, fault, line_at, too_deep
from draftgen.findings import Finding, Localised, Place

# the closing quote is optional so that a text without one is still read in a single pass
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]|\n|[^\s"\[\]{},:]+', re.DOTALL)


def parse_json(text: str, file: str) -> Parsed:
    """Read JSON; numbers stay as typed, ``true`` and ``false`` become texts, ``null`` is ``None``."""
    deep = _first_too_deep(text)
    if deep is not None:
        return Parsed(None, {}, (too_deep(file, deep),))
    try:
        value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        return Parsed(None, {}, (_syntax(error, text, file),))
    scanner = _Scanner(text, file)
    scanner.value(())
    return Parsed(_texts(value), scanner.lines, tuple(scanner.findings))


def _first_too_deep(text: str) -> int | None:
    depth, line = 0, 1
    for token in _TOKEN.findall(text):
        if token in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                return line
        elif token in ("]", "}"):
            depth -= 1
        else:
            line += token.count("\n")
    return None


def _texts(value: Any) -> Node:
    if isinstance(value, dict):
        return {key: _texts(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_texts(entry) for entry in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None


class _Scanner:
    """Walks over valid JSON and notes the line of each key and item."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines: dict[RawPath, int] = {}
        self.findings: list[Finding] = []
        self._tokens = _numbered(text)
        self._at = 0

    def value(self, path: RawPath) -> None:
        token = self._next()
        if token == "{":
            self._object(path)
        elif token == "[":
            self._array(path)

    def _object(self, path: RawPath) -> None:
        seen: set[str] = set()
        while self._peek() != "}":
            line = self._tokens[self._at][1]
            key = str(json.loads(self._next()))
            inner = (*path, key)
            if key in seen:
                self.findings.append(duplicate_key(self.file, line, self.lines.get(inner), inner))
            seen.add(key)
            self.lines[inner] = line
            self.value(inner)
            self._skip_comma()
        self._next()

    def _array(self, path: RawPath) -> None:
        count = 0
        while self._peek() != "]":
            inner = (*path, count)
            self.lines[inner] = self._tokens[self._at][1]
            self.value(inner)
            self._skip_comma()
            count += 1
        self._next()

    def _peek(self) -> str:
        return self._tokens[self._at][0]

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1][0]

    def _skip_comma(self) -> None:
        if self._peek() == ",":
            self._at += 1


def _numbered(text: str) -> list[tuple[str, int]]:
    tokens: list[tuple[str, int]] = []
    line = 1
    for token in _TOKEN.findall(text):
        if token == "\n":
            line += 1
        else:
            tokens.append((token, line))
    return tokens


def _syntax(error: json.JSONDecodeError, text: str, file: str) -> Finding:
    near = text[error.pos : error.pos + 1]
    return fault(
        "bad-syntax",
        Place(file, error.lineno),
        ("this is not valid JSON: {problem}", "不符合JSON格式：{problem}"),
        _hint(error.msg, near),
        found=line_at(text, error.lineno),
        problem=Localised(error.msg, _in_chinese(error.msg)),
    )


def _hint(problem: str, near: str) -> tuple[str, str]:
    if near and near in "，：“”‘’；｛｝【】":
        return (
            "a Chinese punctuation mark stands where JSON needs a half-width one",
            "此处用了中文标点，JSON中须改用英文半角标点",
        )
    if "property name" in problem:
        return (
            "keys stand in double quotes, and no comma may stand behind the last entry",
            "键要加英文双引号；最后一项后面不能有逗号",
        )
    if "delimiter" in problem:
        return (
            "look for a missing comma, colon or bracket on this line or the one before",
            "请检查本行或上一行是否缺少逗号、冒号或括号",
        )
    return (
        "look at this line and the one before; texts stand in double quotes",
        "请检查本行和上一行；文字要加英文双引号",
    )


def _in_chinese(problem: str) -> str:
    known = (
        ("Expecting property name", "此处应为加双引号的键"),
        ("Illegal trailing comma", "最后一项后面多了逗号"),
        ("Expecting ',' delimiter", "此处应为逗号"),
        ("Expecting ':' delimiter", "此处应为冒号"),
        ("Expecting value", "此处缺少值"),
        ("Unterminated string", "引号没有闭合"),
        ("Extra data", "内容结束后还有多余文字"),
        ("Invalid control character", "引号内有换行或控制字符"),
        ("escape", "反斜杠“\\”用法有误"),
    )
    return next((zh for en, zh in known if en in problem), "无法识别的写法")
