"""Files that a command writes: never over a person's work, never half."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from draftgen.cli.errors import Refusal
from draftgen.cli.translation import Translator


def check_ending(path: Path, endings: Sequence[str], t: Translator) -> None:
    """Refuse a file whose ending we cannot write.

    Raises:
        Refusal: the ending is not among `endings`.
    """
    if path.suffix.lower() not in endings:
        raise Refusal(
            "unknown-ending",
            t("A file with the ending “{ending}” cannot be written.", ending=path.suffix),
            file=str(path),
            hint=t("Use one of these endings: {endings}", endings=t(", ").join(endings)),
        )


def check_output(path: Path, t: Translator, *, force: bool, source: Path | None = None) -> None:
    """Refuse to write where something would be lost or nothing can stand.

    Raises:
        Refusal: the file exists and ``--force`` was not given; it is the file that is read; its folder is missing.
    """
    try:
        if source is not None and path.exists() and source.exists() and path.samefile(source):
            raise _refusal(
                "output-is-input", t("This is the file that is read; it is never overwritten."), path, _elsewhere(t)
            )
        if path.is_dir():
            raise _refusal(
                "is-a-directory", t("This is a folder, not a file."), path, t("Give the name of a file in it.")
            )
        if not path.parent.is_dir():
            folder = str(path.parent)
            raise _refusal(
                "folder-missing",
                t("The folder “{folder}” does not exist.", folder=folder),
                path,
                t("Make the folder first."),
            )
        if path.exists() and not force:
            advice = t(
                "Give another name, or overwrite it with --force. What a person has typed into it would be lost."
            )
            raise _refusal("file-exists", t("The file exists and is not overwritten."), path, advice)
    except OSError as error:
        raise _cannot_write(path, error, t) from error


def write(path: Path, data: bytes, t: Translator) -> None:
    """Write a file, all of it or nothing.

    Raises:
        Refusal: the system does not let us.
    """
    from draftgen._writing import write_bytes

    try:
        write_bytes(path, data)
    except PermissionError as error:
        advice = t(
            "If it is open in Word or WPS, close it there and run the command again; else choose another folder."
        )
        raise _refusal(
            "not-writable", t("The file cannot be written: no permission, or it is open."), path, advice
        ) from error
    except OSError as error:
        raise _cannot_write(path, error, t) from error


def _cannot_write(path: Path, error: OSError, t: Translator) -> Refusal:
    reason = error.strerror or type(error).__name__
    return _refusal("cannot-write", t("The file cannot be written: {reason}", reason=reason), path, _elsewhere(t))


def _elsewhere(t: Translator) -> str:
    return t("Choose another name or another folder.")


def _refusal(code: str, message: str, path: Path, hint: str) -> Refusal:
    return Refusal(code, message, file=str(path), hint=hint)
