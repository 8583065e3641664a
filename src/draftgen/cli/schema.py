"""``draftgen schema``: the JSON Schema of the data file, for completion while typing."""

from __future__ import annotations

from pathlib import Path

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import as_json, say, say_json
from draftgen.cli.files import check_output, write
from draftgen.cli.options import force_option
from draftgen.cli.translation import Translator
from draftgen.figures.schema import json_schema


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Writes the JSON Schema of the data file. An editor that knows it offers the keys while you type and marks "
        "what does not belong."
    )
    output = click.Option(
        ["-o", "--output"],
        metavar=t("OUT"),
        type=click.Path(path_type=Path),
        help=t("The file to write. Without it, the schema is printed."),
    )
    return Verb("schema", t, about=about, params=[output, force_option(t)], callback=_run)


@click.pass_obj
def _run(t: Translator, output: Path | None, force: bool) -> None:
    schema = json_schema()
    if output is None:
        say_json(schema, sort_keys=True)
        return
    check_output(output, t, force=force)
    write(output, (as_json(schema, sort_keys=True) + "\n").encode("utf-8"), t)
    say(t("Written: {path}", path=output))
