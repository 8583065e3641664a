"""``draftgen convert``: a data file in another format, with nothing lost."""

from __future__ import annotations

from pathlib import Path

import click

from draftgen.cli.commands import Argument, Verb
from draftgen.cli.console import say, show_findings
from draftgen.cli.files import check_ending, check_output, write
from draftgen.cli.options import data_file, force_option
from draftgen.cli.translation import Translator
from draftgen.data_files import convert

_ENDINGS = (".xlsx", ".yaml", ".yml", ".json")
_COMMENTED = (".yaml", ".yml", ".toml")
_WORKBOOKS = (".xlsx", ".xlsm")


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Writes a data file in another format: a workbook from YAML, YAML from a workbook, and so on, by the endings. "
        "Figures and texts stay exactly as typed.\n\n"
        "Comments of YAML and TOML, and notes, colours and columns of your own in a workbook, are not carried over."
    )
    output = Argument(
        ["output"],
        metavar=t("OUT"),
        type=click.Path(path_type=Path),
        about=t("The file to write (.xlsx, .yaml or .json)."),
    )
    params = [data_file(t, t("The data file (.xlsx, .yaml, .json or .toml).")), output, force_option(t)]
    return Verb("convert", t, about=about, params=params, callback=_run)


@click.pass_obj
def _run(t: Translator, file: Path, output: Path, force: bool) -> None:
    check_ending(output, _ENDINGS, t)
    check_output(output, t, force=force, source=file)
    data, findings = convert(file, output.suffix.lower())
    write(output, data, t)
    show_findings(findings, t)
    say(t("Written: {path}", path=output))
    if file.suffix.lower() in _COMMENTED:
        say(t("Comments (behind “#”) were not carried over."))
    elif file.suffix.lower() in _WORKBOOKS and output.suffix.lower() not in _WORKBOOKS:
        say(t("Notes, colours and columns of your own were not carried over."))
