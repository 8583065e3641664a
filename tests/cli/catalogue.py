"""The source strings of the command line, and the Chinese catalogue.

After a change of a text: ``python tests/cli/catalogue.py`` adds what is new to the .po file and drops what is gone;
translate there, then run it again to write the .mo file.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2] / "src" / "draftgen"
PO = ROOT / "locale" / "zh_CN" / "LC_MESSAGES" / "draftgen.po"
MO = PO.with_suffix(".mo")

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


def compiled() -> bytes:
    """What the .mo file has to hold."""
    buffer = BytesIO()
    write_mo(buffer, catalogue())
    return buffer.getvalue()


def renew() -> None:
    """Bring the .po file in line with the source and compile it."""
    old = catalogue()
    new = Catalog(locale="zh_CN", project="draftgen", header_comment="# 命令行的中文译文。用全角标点，说办公室里的话。")
    new.mime_headers = [(k, v) for k, v in old.mime_headers if k in ("Language", "Plural-Forms", "MIME-Version")]
    for source, places in sources().items():
        message = old.get(source[0] if isinstance(source, tuple) else source)
        new.add(source, message.string if message else "", locations=[(p, 0) for p in dict.fromkeys(places)])
    buffer = BytesIO()
    write_po(buffer, new, width=0, include_lineno=False, sort_output=True, omit_header=False)
    PO.write_bytes(buffer.getvalue())
    MO.write_bytes(compiled())


if __name__ == "__main__":
    renew()
