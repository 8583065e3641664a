"""``draftgen check``: the findings about a data file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import findings_json, say, say_json, show_findings, summary
from draftgen.cli.options import data_file, json_option, kind_option, known_kind
from draftgen.cli.translation import Translator
from draftgen.errors import DraftgenError, IdentityError, InputError
from draftgen.findings import Severity
from draftgen.pipeline import examine, load


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Checks a data file: that it can be read, and that its figures agree with one another. "
        "Each finding names the line or the cell that it is about.\n\n"
        "Exit code: 0 if there is no error, 3 if the file cannot be read or is not valid, 4 if figures contradict "
        "one another."
    )
    quiet = click.Option(["-q", "--quiet"], is_flag=True, help=t("Print errors only, and nothing if there is none."))
    params = [
        data_file(t, t("The data file (.xlsx, .yaml, .json or .toml).")),
        kind_option(t, t("The kind of report to check for, if not the one that the data file names.")),
        json_option(t),
        quiet,
    ]
    return Verb("check", t, about=about, params=params, callback=_run)


@click.pass_context
def _run(ctx: click.Context, file: Path, kind: str | None, json: bool, quiet: bool) -> None:
    t: Translator = ctx.obj
    result: dict[str, Any] = {"command": "check", "file": str(file), "kind": known_kind(kind, file)}
    try:
        examined = examine(load(file), result["kind"])
        findings, code = examined.report.findings, IdentityError.exit_code if examined.report.errors else 0
        result["kind"] = examined.kind.outline.id
    except DraftgenError as error:
        if not json and not isinstance(error, InputError):
            raise
        findings, code = error.findings, error.exit_code
    if json:
        say_json({**result, "exit_code": code, **findings_json(findings, t)})
    elif quiet:
        show_findings((f for f in findings if f.severity is Severity.ERROR), t)
    else:
        show_findings(findings, t)
        say(summary(findings, t))
    ctx.exit(code)
