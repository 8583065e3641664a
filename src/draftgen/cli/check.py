"""``draftgen check``: the findings about a data file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import findings_json, say, say_json, show_findings, summary
from draftgen.cli.options import data_file, json_option, kind_option, known_kind
from draftgen.cli.translation import Translator
from draftgen.errors import ConflictError, DraftgenError, IdentityError, InputError
from draftgen.findings import Severity
from draftgen.pipeline import examine, load


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Checks a data file: that it can be read, and that its figures agree with one another. "
        "Each finding names the line or the cell that it is about.\n\n"
        "Exit code: 0 if there is no error, 3 if the file cannot be read or is not valid, 4 if figures contradict "
        "one another.\n\n"
        "Given a draft (.docx), also one that was edited, it lists the prompts that are still open; "
        "the exit code is 7 if there are any."
    )
    quiet = click.Option(["-q", "--quiet"], is_flag=True, help=t("Print errors only, and nothing if there is none."))
    params = [
        data_file(t, t("The data file (.xlsx, .yaml, .json or .toml), or a draft (.docx).")),
        kind_option(t, t("The kind of report to check for, if not the one that the data file names.")),
        json_option(t),
        quiet,
    ]
    return Verb("check", t, about=about, params=params, callback=_run)


@click.pass_context
def _run(ctx: click.Context, file: Path, kind: str | None, json: bool, quiet: bool) -> None:
    t: Translator = ctx.obj
    if file.suffix.lower() == ".docx":
        ctx.exit(_check_draft(file, t, json=json))
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


def _check_draft(file: Path, t: Translator, *, json: bool) -> int:
    """List what is still open in a draft and return the exit code."""
    from draftgen.cli.prompts import left_open, prompts_json, show_prompts
    from draftgen.drafts import open_written

    prompts = left_open(open_written(file))
    code = ConflictError.exit_code if prompts else 0
    if json:
        say_json({"command": "check", "file": str(file), "exit_code": code, "prompts": prompts_json(prompts)})
        return code
    show_prompts(prompts, t)
    if not prompts:
        say(t("No prompt is open."))
    return code
