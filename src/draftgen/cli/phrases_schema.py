"""``draftgen phrases schema``: the JSON Schema of a phrase file, for completion while typing."""

from __future__ import annotations

from pathlib import Path

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import as_json, say, say_json
from draftgen.cli.files import check_output, write
from draftgen.cli.options import force_option, output_option
from draftgen.cli.translation import Translator
from draftgen.phrase_desk import Asked, file_schema


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Writes the JSON Schema of a phrase file. An editor that knows it offers messages, conditions and slots while "
        "you type and marks what does not belong."
    )
    output = output_option(t, t("The file to write. Without it, the schema is printed."))
    return Verb("schema", t, about=about, params=[output, force_option(t)], callback=_run)


@click.pass_obj
def _run(t: Translator, output: Path | None, force: bool) -> None:
    schema = file_schema(Asked())
    if output is None:
        say_json(schema)
        return
    check_output(output, t, force=force)
    write(output, (as_json(schema) + "\n").encode("utf-8"), t)
    say(t("Written: {path}", path=output))
