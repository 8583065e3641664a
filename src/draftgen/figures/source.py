"""A data file as a tree of texts: any accepted format and encoding, nothing guessed, every line known."""

from __future__ import annotations

import codecs
import difflib
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from draftgen.errors import InputError
from draftgen.figures.source_json import parse_json
from draftgen.figures.source_toml import parse_toml
from draftgen.figures.source_tree import CellAt, Node, Parsed, RawPath, Spot, collector_paused, fault
from draftgen.figures.source_yaml import parse_yaml
from draftgen.figures.workbook.faults import old_workbook
from draftgen.findings import Finding, Place

__all__ = ["ENDINGS", "MAX_BYTES", "WORKBOOKS", "Node", "RawPath", "Source", "read_source"]

MAX_BYTES = 8 * 1024 * 1024
ENDINGS: Mapping[str, Callable[[str, str], Parsed]] = MappingProxyType(
    {".yaml": parse_yaml, ".yml": parse_yaml, ".json": parse_json, ".toml": parse_toml}
)
WORKBOOKS = (".xlsx", ".xlsm")
_OLD_WORKBOOKS = (".xls", ".xlsb", ".et", ".ett", ".ods", ".csv")
_UNSEEN = ("\u200b", "\u2060", "\ufeff")  # come along when text is copied from a web page or a chat
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A data file as typed: texts under keys, with the line or cell of each key or list item.

    ``findings`` are those of a workbook, whose cells can be wrong one by one; other formats are refused when read.
    """

    file: str
    tree: dict[str, Node]
    lines: Mapping[RawPath, Spot]
    sha256: str
    findings: tuple[Finding, ...] = ()
    vacant: Mapping[str, CellAt] = field(default_factory=dict)  # where a form could hold what is not filled in


def read_source(path: Path) -> Source:
    """Read a data file without interpreting it.

    Raises:
        InputError: the file cannot be read; it carries every finding that can be known.
    """
    file = str(path)
    data = read_bytes(path)
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        return _read_workbook(data, file)
    parse = ENDINGS.get(ending)
    if ending in _OLD_WORKBOOKS:
        raise InputError([old_workbook(file, ending)])
    if parse is None:
        raise InputError([_unknown_ending(file, path.suffix)])
    text = _decode(data, file)
    with collector_paused():
        parsed = parse(text, file)
    if parsed.findings:
        raise InputError(sorted(parsed.findings, key=lambda f: f.places[0].line or 0))
    if parsed.tree is None:
        raise InputError([_empty(file)])
    if not isinstance(parsed.tree, dict):
        raise InputError([_not_a_mapping(file, parsed.tree)])
    return Source(file, parsed.tree, parsed.lines, hashlib.sha256(data).hexdigest())


def _read_workbook(data: bytes, file: str) -> Source:
    from draftgen.figures.workbook.reading import parse_workbook  # only who reads one pays for it

    if not data:
        raise InputError([_empty(file)])
    with collector_paused():
        parsed = parse_workbook(data, file)
    tree = parsed.tree if isinstance(parsed.tree, dict) else {}
    return Source(file, tree, parsed.lines, hashlib.sha256(data).hexdigest(), parsed.findings, parsed.vacant)


_OFFICE_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx, .docx, .zip; .xls, .doc


def _office_file(file: str) -> Finding:
    return fault(
        "not-a-text-file",
        Place(file, 1),
        (
            "this is an Excel, Word or zip file under another name, not a text file",
            "这是改了扩展名的Excel、Word或压缩文件，不是文本文件",
        ),
        (
            "make an empty data file with “draftgen new” and fill the figures in there",
            "请用“draftgen new”生成空白数据文件，把数据填写在其中",
        ),
    )


def read_bytes(path: Path) -> bytes:
    """Read a file that a person names.

    Raises:
        InputError: it is missing, a folder, too large, or the system does not let us.
    """
    file = str(path)
    try:
        if path.is_dir():
            raise InputError([_is_a_directory(file)])
        if path.stat().st_size > MAX_BYTES:
            raise InputError([_too_large(file)])
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError([_not_found(path)]) from None
    except (OSError, ValueError) as error:
        raise InputError([_cannot_read(file, error)]) from None


def _decode(data: bytes, file: str) -> str:
    if data.startswith(_OFFICE_MARKS):
        raise InputError([_office_file(file)])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decode_as(data, "utf-16", file)
    else:
        text = _decode_without_mark(data.removeprefix(codecs.BOM_UTF8), file)
    for mark in _UNSEEN:
        text = text.replace(mark, "")
    bad = _CONTROL.search(text)
    if bad:
        raise InputError([_bad_character(file, text.count("\n", 0, bad.start()) + 1, bad[0])])
    return text


def _decode_as(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="ignore")
        raise InputError([_bad_encoding(file, data, error.start, before.count("\n") + 1)]) from None


def _decode_without_mark(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    # Four Chinese characters that are good UTF-8 do not come about by chance in GBK: this is UTF-8 with a damaged byte.
    damaged = sum(character > "\u07ff" for character in data[:at].decode("utf-8")) >= 4
    if not damaged:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            at = max(at, error.start)
    raise InputError([_bad_encoding(file, data, at, data.count(b"\n", 0, at) + 1)])


def _not_found(path: Path) -> Finding:
    try:
        endings = (*ENDINGS, *WORKBOOKS, path.suffix.lower())
        names = sorted(p.name for p in path.parent.iterdir() if p.suffix.lower() in endings)
    except OSError:
        names = []
    near = difflib.get_close_matches(path.name, names, 3, 0.6)
    return fault(
        "file-not-found",
        Place(str(path)),
        ("there is no file “{found}”", "找不到文件“{found}”"),
        ("did you mean {near}?", "是否为：{near}？")
        if near
        else ("check the name and the folder", "请检查文件名和所在文件夹是否正确"),
        found=str(path),
        near="、".join(near),
    )


def _is_a_directory(file: str) -> Finding:
    return fault(
        "is-a-directory",
        Place(file),
        ("“{found}” is a folder, not a file", "“{found}”是文件夹，不是文件"),
        ("give the file in the folder", "请指定文件夹中的文件"),
        found=file,
    )


def _cannot_read(file: str, error: Exception) -> Finding:
    return fault(
        "cannot-read",
        Place(file),
        ("the file cannot be read: {reason}", "无法读取文件：{reason}"),
        (
            "check that it is not open in another program and that you may read it",
            "请确认文件没有被其他程序占用，并且您有读取权限",
        ),
        reason=getattr(error, "strerror", None) or str(error),
    )


def _unknown_ending(file: str, ending: str) -> Finding:
    accepted = "、".join((*ENDINGS, *WORKBOOKS))
    return fault(
        "unknown-ending",
        Place(file),
        (
            "the kind of the file cannot be told from its ending “{found}”",
            "无法按扩展名“{found}”识别文件格式",
        ),
        ("accepted endings: {accepted}", "可以使用的扩展名：{accepted}"),
        found=ending,
        expected=accepted,
        accepted=accepted,
    )


def _too_large(file: str) -> Finding:
    return fault(
        "too-large",
        Place(file),
        ("the file is larger than {limit} MiB", "文件超过{limit}MB"),
        (
            "a data file has some kilobytes: check that it is the right file",
            "数据文件一般只有几十KB，请确认文件是否选对",
        ),
        limit=MAX_BYTES // 1024 // 1024,
    )


def _bad_encoding(file: str, data: bytes, at: int, line: int) -> Finding:
    byte = f"{data[at]:02X}" if at < len(data) else ""
    return fault(
        "bad-encoding",
        Place(file, line),
        (
            "byte {at} of the file ({found}) is neither UTF-8 nor GBK text",
            "文件第{at}个字节（{found}）既不是UTF-8编码，也不是GBK编码的文字",
        ),
        ("save the file as UTF-8 in the editor", "请在编辑器中另存为UTF-8编码"),
        found=byte,
        at=at + 1,
    )


def _bad_character(file: str, line: int, character: str) -> Finding:
    return fault(
        "bad-character",
        Place(file, line),
        ("an unprintable character ({found}) stands here", "此处有不可见的控制字符（{found}）"),
        (
            "delete it and type the line anew; the file may also not be a text file",
            "请删去后重新输入本行；也可能这不是文本文件",
        ),
        found=f"U+{ord(character):04X}",
    )


def _empty(file: str) -> Finding:
    return fault(
        "empty-file",
        Place(file, 1),
        ("the file is empty", "文件中没有内容"),
        ("start from an empty data file and fill it in", "请先生成空白数据文件，再填写数据"),
    )


def _not_a_mapping(file: str, tree: Node) -> Finding:
    found = tree if isinstance(tree, str) else "[…]"
    return fault(
        "not-a-mapping",
        Place(file, 1),
        ("the file does not consist of keys and values", "文件内容不是由“键: 值”组成的"),
        (
            "write one “key: value” a line, with a half-width colon and a space",
            "请每行写一个“键: 值”，使用半角冒号，冒号后加空格",
        ),
        found=found,
        expected="年度: 2020",
    )
