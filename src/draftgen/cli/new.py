"""``draftgen new``: an empty data file, a workbook or commented YAML."""

from __future__ import annotations

from pathlib import Path

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import say
from draftgen.cli.errors import Refusal
from draftgen.cli.files import check_ending, check_output, write
from draftgen.cli.options import data_file, force_option, kind_option, known_kind
from draftgen.cli.translation import Translator
from draftgen.data_files import blank_file
from draftgen.kinds import outlines
from draftgen.pipeline import folders

_ENDINGS = (".xlsx", ".yaml", ".yml")


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Writes an empty data file for a kind of report, to fill in and then check.\n\n"
        "A name that ends in .xlsx gives a workbook for Excel or WPS: one sheet for each topic, drop-down lists, notes "
        "on the cells, required cells marked. A name that ends in .yaml gives a text file in which each line says what "
        "belongs there."
    )
    params = [
        data_file(t, t("The file to write (.xlsx, .yaml or .yml).")),
        kind_option(t, t("The kind of report; draftgen kinds lists them. Required.")),
        force_option(t),
    ]
    return Verb("new", t, about=about, params=params, callback=_run)


@click.pass_obj
def _run(t: Translator, file: Path, kind: str | None, force: bool) -> None:
    where = folders(file.parent)
    name = known_kind(kind, file)
    if name is None:
        names = t(", ").join(o.name_zh for o in outlines(where.templates, where.kinds))
        raise Refusal(
            "kind-missing", t("Say which kind of report: --kind KIND."), hint=t("Known kinds: {names}", names=names)
        )
    check_ending(file, _ENDINGS, t)
    check_output(file, t, force=force)
    write(file, blank_file(name, file.suffix.lower(), where), t)
    quoted = f'"{file}"' if " " in str(file) else str(file)
    say(t("Written: {path}", path=file))
    say(t("Next: fill it in, then run  {command}", command=f"draftgen check {quoted}"))
