"""What is there for draftgen to work with, for `draftgen doctor`. One of the places where rooms meet."""

from __future__ import annotations

import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

from draftgen._resources import data_folder
from draftgen.errors import DraftgenError, PhrasebankError, TemplateError
from draftgen.findings import Localised
from draftgen.office import find_libreoffice, installed_fonts, version_of

State = Literal["ok", "missing", "broken", "unknown"]
_OLDEST = (3, 11)
# name on the package index, oldest release: as pyproject.toml has them, for a checkout that was not installed
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)(?:>=([0-9.]+))?")
_LIBRARIES = ("click", "jinja2", "lxml", "platformdirs", "pydantic", "python-docx", "pyyaml")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``code`` names it; an ``exit_code`` other than 0 says that draftgen cannot do without."""

    code: str
    state: State
    text: Localised
    exit_code: int = 0


def diagnose() -> tuple[Check, ...]:
    """Look at everything: Python, libraries, phrases, kinds, cache folder, LibreOffice, fonts."""
    return (_python(), *_libraries(), *_data(), _own_kinds(), _cache(), _libreoffice(), *_fonts())


def _python() -> Check:
    values = {"version": platform.python_version(), "oldest": ".".join(map(str, _OLDEST))}
    if sys.version_info >= _OLDEST:
        return Check("python", "ok", Localised("Python {version}", "Python {version}", values))
    text = Localised(
        "Python {version} is too old, {oldest} is needed", "Python {version} 版本过低，须为 {oldest} 以上", values
    )
    return Check("python", "broken", text, DraftgenError.exit_code)


def _libraries() -> Iterator[Check]:
    for name, oldest in _required():
        values = {"name": name, "oldest": oldest}
        try:
            values["version"] = metadata.version(name)
        except metadata.PackageNotFoundError:
            text = Localised("{name} is not installed", "没有安装 {name}", values)
            yield Check(f"library.{name}", "missing", text, DraftgenError.exit_code)
            continue
        if _parts(values["version"]) >= _parts(oldest):
            yield Check(f"library.{name}", "ok", Localised("{name} {version}", "{name} {version}", values))
        else:
            text = Localised(
                "{name} {version} is too old, {oldest} is needed",
                "{name} {version} 版本过低，须为 {oldest} 以上",
                values,
            )
            yield Check(f"library.{name}", "broken", text, DraftgenError.exit_code)


def _required() -> list[tuple[str, str]]:
    """Return name and oldest release of each library that the package needs."""
    try:
        lines = [line for line in metadata.requires("draftgen") or () if "extra ==" not in line]
    except metadata.PackageNotFoundError:
        lines = list(_LIBRARIES)
    found = [match for line in lines if (match := _REQUIREMENT.match(line))]
    return [(match[1], match[2] or "0") for match in found]


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)[:3]]


def _data() -> Iterator[Check]:
    """Read every kind, those of one's own too, and every phrasebank that they use."""
    from draftgen.kinds import kind_folders, load_kind
    from draftgen.pipeline import folders
    from draftgen.wording.phrasebank import load_phrasebank

    try:
        where = folders()
        kinds = [load_kind(where.templates, name, where.kinds) for name in kind_folders(where.templates, where.kinds)]
    except DraftgenError as error:
        yield _broken("kinds", error, TemplateError.exit_code)
        return
    values: dict[str, object] = {"count": len(kinds), "folder": str(where.templates)}
    yield Check("kinds", "ok", Localised("{count} kinds of report: {folder}", "报告种类{count}种：{folder}", values))
    try:
        banks = [load_phrasebank(where.phrasebanks, name) for name in {kind.outline.phrases for kind in kinds}]
    except DraftgenError as error:
        yield _broken("phrases", error, PhrasebankError.exit_code)
        return
    count = len({phrase.id for bank in banks for found in bank.phrases.values() for phrase in found})
    values = {"count": count, "folder": str(where.phrasebanks)}
    yield Check("phrases", "ok", Localised("{count} phrases: {folder}", "语句{count}条：{folder}", values))


def _own_kinds() -> Check:
    """Tell where kinds of one's own may stand, whether or not the folder is there."""
    from platformdirs import user_data_path

    folder = user_data_path("draftgen", appauthor=False) / "kinds"
    text = Localised("folder of your own kinds: {folder}", "自建报告种类的文件夹：{folder}", {"folder": str(folder)})
    return Check("kinds.own", "ok" if folder.is_dir() else "missing", text)


def _broken(code: str, error: DraftgenError, exit_code: int) -> Check:
    first = error.findings[0]
    where = f"{first.places[0]}: " if first.places else ""
    return Check(
        code, "broken", Localised("{where}{what}", "{where}{what}", {"where": where, "what": first.message}), exit_code
    )


def _cache() -> Check:
    from draftgen.pipeline import folders

    folder = folders().keeper.folder
    values = {"folder": str(folder)}
    try:
        assert folder is not None
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return Check("cache", "ok", Localised("cache folder {folder}", "缓存文件夹：{folder}", values))
    except OSError:
        text = Localised(
            "the cache folder {folder} cannot be written: each run reads the phrases anew, which is slower",
            "缓存文件夹 {folder} 不能写入：每次运行都要重新读取语句，速度较慢",
            values,
        )
        return Check("cache", "broken", text)


def _libreoffice() -> Check:
    program = find_libreoffice()
    if program is None:
        text = Localised("LibreOffice is not installed: no PDF", "没有安装 LibreOffice：不能直接生成 PDF")
        return Check("libreoffice", "missing", text)
    values = {"version": version_of(program) or "LibreOffice", "program": str(program)}
    return Check("libreoffice", "ok", Localised("{version}: {program}", "{version}：{program}", values))


def _fonts() -> Iterator[Check]:
    """Hold the fonts of every profile against those of this machine; the machine that prints is what counts."""
    from draftgen.word.template import font_profiles

    known = installed_fonts()
    for profile, fonts in font_profiles(data_folder("templates") / "common" / "word").items():
        names = sorted({name for role, name in fonts.items() if role != "title-bold"})
        missing = [] if known is None else [name for name in names if name not in known]
        values = {"profile": profile, "names": "、".join(missing or names)}
        code = f"fonts.{profile}"
        if known is None:
            text = Localised(
                "fonts {profile}: cannot be told ({names})", "字体方案“{profile}”：无法判断（{names}）", values
            )
            yield Check(code, "unknown", text)
        elif missing:
            text = Localised(
                "fonts {profile}: not on this machine: {names} (the one that prints the report counts)",
                "字体方案“{profile}”：本机缺少 {names}（以打印报告的电脑为准）",
                values,
            )
            yield Check(code, "missing", text)
        else:
            yield Check(code, "ok", Localised("fonts {profile}: {names}", "字体方案“{profile}”：{names}", values))
