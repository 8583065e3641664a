"""TOML as texts with lines: the values from the standard library, the lines from a walk over the tokens."""

from __future__ import annotations

import datetime
import re
import tomllib
from typing import Any

from draftgen.figures.source_tree import MAX_DEPTH, Node, Parsed, RawPath, fault, line_at, too_deep
from draftgen.findings import Finding, Localised, Place

# closing quotes are optional so that a text without one is still read in a single pass
_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']++|'{1,2}(?!'))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]++|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+|\n|[\[\]{}=,.]|[^\s\[\]{}=,.#\"']+",
    re.DOTALL,
)


def parse_toml(text: str, file: str) -> Parsed:
    """Read TOML; decimal numbers and dates stay as typed, booleans become texts."""
    text = text.replace("\r\n", "\n")
    deep = _first_too_deep(text)
    if deep is not None:
        return Parsed(None, {}, (too_deep(file, deep),))
    try:
        value = tomllib.loads(text, parse_float=_plain_number)
    except ValueError as error:  # TOMLDecodeError, or a whole number of thousands of digits
        return Parsed(None, {}, (_syntax(error, text, file),))
    scanner = _Scanner(text)
    scanner.statements()
    return Parsed(_texts(value), scanner.lines)


def _plain_number(text: str) -> str:
    return text.replace("_", "")


def _first_too_deep(text: str) -> int | None:
    depth, dots, line = 0, 0, 1
    for token in _TOKEN.findall(text):
        if token == ".":
            dots += 1
        elif token in ("=", ",", "\n"):
            dots = 0
        elif token in ("[", "{"):
            depth += 1
        elif token in ("]", "}"):
            depth -= 1
        if depth > MAX_DEPTH or dots > MAX_DEPTH:
            return line
        line += token.count("\n")
    return None


def _texts(value: Any) -> Node:
    if isinstance(value, dict):
        return {key: _texts(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_texts(entry) for entry in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


class _Scanner:
    """Walks over valid TOML and notes the line of each table, key and item."""

    def __init__(self, text: str) -> None:
        self.lines: dict[RawPath, int] = {}
        self._counts: dict[RawPath, int] = {}  # entries so far of each [[table]]
        self._tokens = _numbered(text)
        self._at = 0

    def statements(self) -> None:
        table: RawPath = ()
        while self._at < len(self._tokens):
            if self._peek() == "\n":
                self._at += 1
            elif self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> RawPath:
        line = self._tokens[self._at][1]
        self._at += 1
        several = self._peek() == "["
        self._at += several
        path: RawPath = ()
        for key in self._keys("]"):
            path = (*self._latest(path), key)
            self.lines.setdefault(path, line)
        self._at += several
        if several:
            self._counts[path] = self._counts.get(path, 0) + 1
        path = self._latest(path)
        self.lines.setdefault(path, line)
        return path

    def _latest(self, path: RawPath) -> RawPath:
        count = self._counts.get(path)
        return path if count is None else (*path, count - 1)

    def _pair(self, table: RawPath) -> None:
        line = self._tokens[self._at][1]
        path = table
        for key in self._keys("="):
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._value(path)

    def _keys(self, end: str) -> list[str]:
        """Read a dotted key up to and with its end mark."""
        keys = []
        while self._peek() != end:
            token = self._tokens[self._at][0]
            if token != ".":
                keys.append(_key(token))
            self._at += 1
        self._at += 1
        return keys

    def _value(self, path: RawPath) -> None:
        token = self._peek()
        if token == "[":
            self._at += 1
            self._array(path)
        elif token == "{":
            self._at += 1
            self._inline_table(path)
        else:  # 12.5 is three tokens
            while self._peek() not in ("\n", ",", "]", "}"):
                self._at += 1

    def _array(self, path: RawPath) -> None:
        count = 0
        while self._peek() != "]":
            if self._peek() in (",", "\n"):
                self._at += 1
                continue
            inner = (*path, count)
            self.lines[inner] = self._tokens[self._at][1]
            self._value(inner)
            count += 1
        self._at += 1

    def _inline_table(self, path: RawPath) -> None:
        while self._peek() != "}":
            if self._peek() in (",", "\n"):
                self._at += 1
            else:
                self._pair(path)
        self._at += 1

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else "\n"


def _key(token: str) -> str:
    if token[0] not in "\"'":
        return token
    return next(iter(tomllib.loads(f"{token} = 0")))


def _numbered(text: str) -> list[tuple[str, int]]:
    tokens: list[tuple[str, int]] = []
    line = 1
    for token in _TOKEN.findall(text):
        if not token.startswith("#"):
            tokens.append((token, line))
        line += token.count("\n")
    return tokens


def _syntax(error: ValueError, text: str, file: str) -> Finding:
    problem = str(error)
    at = re.search(r"\(at line (\d+)", problem)
    line = int(at[1]) if at else max(1, text.rstrip().count("\n") + 1)
    here = line_at(text, line)
    said = re.sub(r"\s*\(at .*\)$", "", problem)
    twice = re.match("Cannot (overwrite|declare|mutate)|Duplicate inline", said)
    return fault(
        "duplicate-key" if twice else "bad-syntax",
        Place(file, line),
        ("this is not valid TOML: {problem}", "不符合TOML格式：{problem}"),
        _hint(here, twice is not None),
        found=here,
        problem=Localised(said, "键重复" if twice else _in_chinese(said)),
    )


def _hint(line: str, twice: bool) -> tuple[str, str]:
    if twice:
        return ("this key stands twice in its table: keep one", "同一个表中的键只能出现一次，请只保留一处")
    if re.match(r"[\[\s]*[^\x00-\x7f]", line):
        return (
            'in TOML a Chinese key stands in quotes: "年度" = 2020, ["收入"]',
            'TOML中的中文键要加英文双引号，如 "年度" = 2020、["收入"]',
        )
    return (
        "write key = value; texts stand in double quotes",
        "请写成 键 = 值；文字要加英文双引号",
    )


def _in_chinese(problem: str) -> str:
    known = (
        ("Expected '='", "键后面缺少等号“=”"),
        ("Invalid statement", "无法识别的语句"),
        ("Invalid value", "无法识别的值"),
        ("Unclosed array", "方括号没有闭合"),
        ("Unterminated string", "引号没有闭合"),
        ("Illegal character", "有不能使用的字符"),
        ("Expected newline", "一行只能写一个“键 = 值”"),
    )
    return next((zh for en, zh in known if en in problem), "无法识别的写法")
