"""Writing an entry into a phrase file: what stands there stays as it is."""

from __future__ import annotations

import re
from collections.abc import Collection

import yaml

from draftgen.curation.edits import marks_of, scalar
from draftgen.wording.phrases import Phrase

HEAD = "# 本单位的短语。检查：draftgen phrases check；查看：draftgen phrases list --own\n"


class CannotAppendError(Exception):
    """The file is of a form to which nothing can be added without touching what stands there."""


def entry_lines(phrase: Phrase, note: str = "") -> list[str]:
    """Write a phrase as the lines of an entry, without indentation.

    >>> entry_lines(Phrase("a.1", "total", "{{ item }}为{{ amount }}", {"case": ("plain",)}))[:3]
    ['- id: a.1', '  message: total', '  when:']
    """
    lines = [f"- id: {scalar(phrase.id, '')}", f"  message: {phrase.message}"]
    conditions = [*phrase.when.items(), *([("about", phrase.about)] if phrase.about else [])]
    if conditions:
        lines.append("  when:")
        lines += [f"    {name}: [{', '.join(scalar(v, '') for v in values)}]" for name, values in conditions]
    lines.append(f"  text: {scalar(phrase.text)}")
    if phrase.register:
        lines.append(f"  register: {phrase.register}")
    if phrase.tags:
        lines.append(f"  tags: [{', '.join(scalar(t, '') for t in phrase.tags)}]")
    lines.append("  status: reviewed")
    if note:
        lines.append(f"  note: {scalar(note)}")
    lines += _example_lines(phrase)
    return lines


def _example_lines(phrase: Phrase) -> list[str]:
    lines = ["  examples:"] if phrase.examples else []
    for given, gives in phrase.examples:
        lines.append("    - given: {}" if not given else "    - given:")
        lines += [f"        {slot}: {scalar(value)}" for slot, value in given.items()]
        lines.append(f"      gives: {scalar(gives)}")
    return lines


def appended(text: str, phrase: Phrase, note: str = "") -> str:
    """Return the text of a file with an entry added at the end of its phrases.

    Raises:
        CannotAppendError: the phrases stand in brackets, or the file is no YAML.
    """
    if not text.strip():
        text = HEAD
    lines = entry_lines(phrase, note)
    end = "\r\n" if "\r\n" in text else "\n"
    try:
        before = ids_of(text)
        made = _inserted(text, lines, end)
        if ids_of(made) != [*before, phrase.id]:
            raise CannotAppendError("the entry would not stand where it belongs")
    except (yaml.YAMLError, ValueError) as error:
        raise CannotAppendError(str(error)) from error
    return made


def ids_of(text: str) -> list[str]:
    """The ids of the phrases of a file, in order.

    Raises:
        yaml.YAMLError, ValueError: the text is no phrase file.
    """
    marks = marks_of(text)
    return [_value(text, m.start, m.end) for path, m in marks.items() if len(path) == 3 and path[2] == "id"]


def _value(text: str, start: int, end: int) -> str:
    return text[start:end].strip("'\"")


def _inserted(text: str, lines: list[str], end: str) -> str:
    head = re.search(r"(?m)^phrases:[ \t]*(\[\s*\]|null|~)?[ \t]*(#[^\n]*)?\r?$", text)
    marks = [mark for path, mark in marks_of(text).items() if path and path[0] == "phrases" and len(path) > 1]
    if not marks and head is None:
        if re.search(r"(?m)^phrases:", text):
            raise CannotAppendError("phrases in brackets")
        return text.rstrip() + end + end + "phrases:" + end + _block(lines, "  ", end)
    if head is None:
        raise CannotAppendError("phrases in brackets")
    if not marks:
        line = "phrases:" + (f"  {head[2].rstrip()}" if head[2] else "")
        return text[: head.start()] + line + end + _block(lines, "  ", end) + text[head.end() :].lstrip("\r\n")
    indent = re.search(r"(?m)^([ ]*)- ", text[head.end() :])
    last = max(mark.end for mark in marks)
    at = text.find("\n", last - 1 if text[last - 1] == "\n" else last)
    body, rest = (text + end, "") if at < 0 else (text[: at + 1], text[at + 1 :])
    return body + _block(lines, indent[1] if indent else "  ", end) + rest


def _block(lines: list[str], indent: str, end: str) -> str:
    return "".join(f"{indent}{line}{end}" for line in lines)


def free_id(message: str, taken: Collection[str], case: str = "") -> str:
    """Return an id that nobody has: ``own.change.up.1``."""
    stem = ".".join(filter(None, ("own", message, case)))
    number = 1
    while f"{stem}.{number}" in taken:
        number += 1
    return f"{stem}.{number}"
