"""``draftgen import``: published tables (公开01–09表, the tables of budgets) into a data file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from draftgen.cli.commands import Argument, Verb
from draftgen.cli.console import findings_json, say, say_json, show_findings, summary
from draftgen.cli.files import check_ending, check_output, write
from draftgen.cli.options import force_option, json_option
from draftgen.cli.translation import Translator
from draftgen.errors import DraftgenError, IdentityError
from draftgen.findings import Finding
from draftgen.importing import Imported, Wanted, import_tables

_ENDINGS = (".yaml", ".yml", ".xlsx")
_UNITS = ("元", "万元", "亿元")


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Reads the published tables of final accounts or of a budget (Excel workbooks, one or several, in any "
        "order), checks that they agree with one another, and writes a data file. Tables are known by their titles and "
        "headers, not by their numbers. Every figure in the data file names the cell that it comes from; what a report "
        "needs and tables do not give is listed.\n\n"
        "Exit code: 0 if there is no error, 3 if a file cannot be read or holds no published table, 4 if tables "
        "contradict one another; the data file is then written all the same."
    )
    return Verb("import", t, about=about, params=_params(t), callback=_run)


def _params(t: Translator) -> list[click.Parameter]:
    path = click.Path(path_type=Path)
    tables = Argument(
        ["tables"],
        metavar=t("TABLES…"),
        nargs=-1,
        required=True,
        type=path,
        about=t("The workbooks with the published tables (.xlsx)."),
    )
    output = click.Option(
        ["-o", "--output"],
        metavar=t("FILE"),
        type=path,
        required=True,
        help=t("The data file to write: .yaml, with the cell of every figure, or .xlsx. Required."),
    )
    previous = click.Option(
        ["--previous"],
        metavar=t("FILE"),
        multiple=True,
        type=path,
        help=t("Last year's published tables: they give the figures of last year. May be given several times."),
    )
    budget = click.Option(
        ["--budget"],
        metavar=t("FILE"),
        multiple=True,
        type=path,
        help=t("The published budget of the same year: it gives the initial budget. May be given several times."),
    )
    unit = click.Option(
        ["--unit"],
        metavar=t("UNIT"),
        callback=_known_unit,
        help=t("The unit of money of the data file, written as in the tables. Without it, the one of most tables."),
    )
    year = click.Option(
        ["--year"], metavar=t("YEAR"), type=int, help=t("The fiscal year, if the tables do not state it.")
    )
    name = click.Option(
        ["--name"], metavar=t("NAME"), help=t("The full name of the department or unit, if not that of the tables.")
    )
    return [tables, output, previous, budget, unit, year, name, force_option(t), json_option(t)]


def _known_unit(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    if value is not None and value not in _UNITS:
        t: Translator = ctx.obj
        raise click.BadParameter(
            t("“{value}” is no unit of money; known are {units}.", value=value, units=t(", ").join(_UNITS)), ctx, param
        )
    return value or ""


@click.pass_context
def _run(
    ctx: click.Context,
    tables: tuple[Path, ...],
    output: Path,
    previous: tuple[Path, ...],
    budget: tuple[Path, ...],
    unit: str,
    year: int | None,
    name: str | None,
    force: bool,
    json: bool,
) -> None:
    t: Translator = ctx.obj
    check_ending(output, _ENDINGS, t)
    for file in (*tables, *previous, *budget):
        check_output(output, t, force=force, source=file)
    head: dict[str, Any] = {"command": "import", "files": [str(file) for file in tables]}
    try:
        got = import_tables(Wanted(tables, previous, budget, unit, year, name or ""))
    except DraftgenError as error:
        if not json:
            raise
        say_json(head | _result(None, error.findings, error.exit_code, None, t))
        ctx.exit(error.exit_code)
    write(output, got.written(output), t)
    code = IdentityError.exit_code if got.report.errors else 0
    if json:
        say_json(head | _result(got, got.report.findings, code, output, t))
    else:
        _show(got, output, t)
    ctx.exit(code)


def _show(got: Imported, output: Path, t: Translator) -> None:
    show_findings(got.report, t)
    say(t("Tables read:"))
    for table in got.tables:
        say(f"  {table.place}  {table.title}")
    if got.gaps:
        say()
        say(t("Still to be filled in by hand, because no table gives it:"))
    for gap in got.gaps:
        count = t(" ({missing} of {all})", missing=gap.missing, all=gap.of) if gap.of else ""
        say(f"  {gap.needs}  {gap.message.render(t.language)}{count}")
    say()
    say(summary(got.report, t))
    say(t("Written: {path}", path=output))
    quoted = f'"{output}"' if " " in str(output) else str(output)
    say(t("Next: fill it in, then run  {command}", command=f"draftgen check {quoted}"))


def _result(
    got: Imported | None, findings: tuple[Finding, ...], code: int, output: Path | None, t: Translator
) -> dict[str, Any]:
    tables = got.tables if got else ()
    return {
        "kind": got.kind if got else None,
        "year": got.year if got else None,
        "unit": got.unit if got else None,
        "tables": [
            {"key": s.key, "title": s.title, "file": s.place.file, "sheet": s.place.sheet, "cell": s.place.cell or None}
            for s in tables
        ],
        "exit_code": code,
        **findings_json(findings, t),
        "gaps": [
            {"needs": g.needs, "message": g.message.render(t.language), "missing": g.missing, "of": g.of}
            for g in (got.gaps if got else ())
        ],
        "output": str(output) if output else None,
    }
