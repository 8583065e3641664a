"""The source strings of the command line, and the Chinese catalogue.

After a change of a text: ``python tests/cli/catalogue.py`` adds what is new to the .po file and drops what is gone;
translate there, then run it again to write the .mo file.
"""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2] / "src" / "draftgen"
PO = ROOT / "locale" / "zh_CN" / "LC_MESSAGES" / "draftgen.po"
MO = PO.with_suffix(".mo")

ABOUT = "命令行的中文译文：用全角标点，说办公室里的话。"
HEADER = (
    "Language: zh_CN\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=1; plural=0;\n"
)

Source = str | tuple[str, str]


def sources() -> dict[Source, list[str]]:
    """Every text that the command line passes to a translator, with the modules that use it."""
    found: dict[Source, list[str]] = {}
    for path in sorted((ROOT / "cli").rglob("*.py")):
        for source in _in_module(ast.parse(path.read_text("utf-8"))):
            found.setdefault(source, []).append(f"cli/{path.name}")
    return found


def _in_module(tree: ast.Module) -> Iterator[Source]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if _is_translator(call.func):
            yield _text(call, 0)
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "ngettext" and _is_translator(call.func.value):
            yield (_text(call, 0), _text(call, 1))


def _is_translator(node: ast.expr) -> bool:
    """Tell ``t`` and ``self.t``."""
    return getattr(node, "id", "") == "t" or (isinstance(node, ast.Attribute) and node.attr == "t")


def _text(call: ast.Call, at: int) -> str:
    text = ast.literal_eval(call.args[at])  # fails on anything but a literal, as it should
    assert isinstance(text, str)
    return text


def catalogue() -> Catalog:
    """The Chinese catalogue as it stands."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


def translations(entries: Catalog) -> dict[Source, str]:
    """The texts of a catalogue, without those that wait for a translation."""
    found: dict[Source, str] = {}
    for message in entries:
        text = "".join(message.string or "")
        if message.id and text:
            found[message.id if isinstance(message.id, str) else (message.id[0], message.id[1])] = text
    return found


def compiled(texts: Mapping[Source, str]) -> bytes:
    """What the .mo file has to hold: nothing in it depends on the day or on the version of a tool."""
    pairs = [("", HEADER)] + [(s if isinstance(s, str) else "\0".join(s), text) for s, text in texts.items()]
    pairs.sort(key=lambda pair: pair[0].encode())
    table = [text.encode() for column in zip(*pairs, strict=True) for text in column]  # sources, then translations
    at = 28 + 8 * len(table)
    index, strings = b"", b""
    for text in table:
        index += struct.pack("<2I", len(text), at + len(strings))
        strings += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, at)
    return head + index + strings


def renew() -> None:
    """Bring the .po file in line with the source and compile it."""
    old, new = translations(catalogue()), Catalog(locale="zh_CN")
    for source, places in sources().items():
        text = old.get(source, "")
        new.add(source, (text,) if isinstance(source, tuple) else text, [(p, 0) for p in dict.fromkeys(places)])
    body = BytesIO()
    write_po(body, new, width=0, include_lineno=False, sort_output=True, omit_header=True)
    head = "".join(f'"{line}\\n"\n' for line in HEADER.splitlines())
    PO.write_bytes(f'# {ABOUT}\nmsgid ""\nmsgstr ""\n{head}\n'.encode() + body.getvalue())
    MO.write_bytes(compiled(translations(catalogue())))


if __name__ == "__main__":
    renew()
