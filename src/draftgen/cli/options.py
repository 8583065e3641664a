"""Parameters that several verbs share."""

from __future__ import annotations

from pathlib import Path

import click

from draftgen.cli.commands import Argument
from draftgen.cli.errors import Refusal
from draftgen.cli.translation import Translator


def data_file(t: Translator, about: str) -> Argument:
    """The data file. That it can be read is no matter of parsing: it gives findings."""
    return Argument(["file"], metavar=t("FILE"), type=click.Path(path_type=Path), about=about)


def kind_option(t: Translator, about: str) -> click.Option:
    """The option ``--kind``."""
    return click.Option(["--kind"], metavar=t("KIND"), help=about)


def force_option(t: Translator) -> click.Option:
    """The option ``--force``."""
    return click.Option(["--force"], is_flag=True, help=t("Overwrite the file if it exists."))


def json_option(t: Translator) -> click.Option:
    """The option ``--json``."""
    return click.Option(["--json"], is_flag=True, help=t("Print the result as one JSON object, for other programs."))


def known_kind(name: str | None, file: Path) -> str | None:
    """Return the id of the kind that ``--kind`` names; a kind of one's own may stand beside the file.

    Raises:
        Refusal: there is no such kind.
    """
    from draftgen.errors import InputError
    from draftgen.kinds import resolve_kind
    from draftgen.pipeline import folders

    if name is None:
        return None
    try:
        where = folders(file.parent)
        return resolve_kind(where.templates, name, None, where.kinds)
    except InputError as error:
        raise Refusal.of(error.findings[0]) from error


def phrases_option(t: Translator) -> click.Option:
    """The option ``--phrases``, which may be given several times."""
    about = t("A folder of phrases that counts more than all others. May be given several times.")
    return click.Option(["--phrases"], metavar=t("FOLDER"), type=click.Path(path_type=Path), multiple=True, help=about)


def figures_option(t: Translator, about: str) -> click.Option:
    """The option ``--data``: a data file whose figures and phrasebanks are used."""
    return click.Option(["--data"], metavar=t("FILE"), type=click.Path(path_type=Path), help=about)


def message_option(t: Translator, about: str) -> click.Option:
    """The option ``--message``."""
    return click.Option(["--message"], metavar=t("MESSAGE"), help=about)


def output_option(t: Translator, about: str) -> click.Option:
    """The option ``-o``."""
    return click.Option(["-o", "--output"], metavar=t("OUT"), type=click.Path(path_type=Path), help=about)
