"""What a draft is written with: styles of one's own, tools that a kind of file needs. Here rooms meet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from draftgen.errors import TemplateError
from draftgen.examined import Folders, folders
from draftgen.findings import Finding, Localised, Place

if TYPE_CHECKING:
    from draftgen.word.template import StyleTemplate

FONT_PROFILES = ("GB2312", "Windows", "方正")


@dataclass(frozen=True, slots=True)
class OwnStyle:
    """A Word file of one's own as the style of drafts, and what it lacks."""

    template: StyleTemplate
    findings: tuple[Finding, ...]


def own_style(path: Path, profile: str, where: Folders | None = None) -> OwnStyle:
    """Read a Word file as the style of drafts; what it lacks comes from the style that ships, in a font profile.

    Raises:
        TemplateError: the file cannot be read, or is no Word file.
    """
    from draftgen.word.own_style import own_style as read
    from draftgen.word.template import load_template

    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TemplateError.because(
            "style-unreadable",
            Localised("The style file cannot be read: {reason}", "无法读取样式文件：{reason}", {"reason": reason}),
            places=[Place(str(path))],
        ) from error
    return OwnStyle(*read(data, load_template(_word_folder(where), profile), str(path)))


def style_sample(profile: str, where: Folders | None = None) -> bytes:
    """Return a .docx file that shows every style, to start one's own from."""
    from draftgen.word.style_sample import style_sample as sample
    from draftgen.word.writer import write_docx

    return write_docx(sample(profile), _word_folder(where))


def _word_folder(where: Folders | None) -> Path:
    return (where or folders()).templates / "common" / "word"


def require_tools(ending: str) -> None:
    """Make sure that a file with this ending can be written here, before any work is done.

    Raises:
        ToolError: a PDF is wanted, and LibreOffice is not installed.
    """
    if ending == ".pdf":
        from draftgen.office import require_libreoffice

        require_libreoffice()
