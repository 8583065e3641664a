"""``draftgen phrases check``: what is wrong with phrases, and mending it."""

from __future__ import annotations

from pathlib import Path

import click

from draftgen.cli.commands import Argument, Verb
from draftgen.cli.console import findings_json, say, say_json, show_findings, summary
from draftgen.cli.files import write
from draftgen.cli.options import figures_option, json_option, kind_option, known_kind, phrases_option
from draftgen.cli.translation import Translator
from draftgen.errors import PhrasebankError
from draftgen.findings import Severity
from draftgen.phrase_desk import Asked, check_phrases, mend_phrases


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Checks phrases: form, slots, conditions, words that are not true under their condition, marks, blanks, "
        "units, terms, examples, doubles, and cases left without a phrase. Each finding names line and column and says "
        "what to do.\n\n"
        "Without a folder it checks every phrasebank in force. Exit code: 0 if there is no error, 5 if there is one."
    )
    folder = Argument(
        ["folder"],
        metavar=t("FOLDER"),
        required=False,
        type=click.Path(path_type=Path),
        about=t("The folder of phrases to check."),
    )
    fix = click.Option(
        ["--fix"],
        is_flag=True,
        help=t("Mend in the files what is certain: marks, blanks, units, slips of spelling. Comments and layout stay."),
    )
    kind = kind_option(t, t("One kind of report only."))
    data = figures_option(t, t("A data file: its phrasebanks count as well."))
    params = [folder, fix, kind, data, phrases_option(t), json_option(t)]
    return Verb("check", t, about=about, params=params, callback=_run)


@click.pass_context
def _run(
    ctx: click.Context,
    folder: Path | None,
    fix: bool,
    kind: str | None,
    data: Path | None,
    phrases: tuple[Path, ...],
    json: bool,
) -> None:
    t: Translator = ctx.obj
    asked = Asked(known_kind(kind, data or Path()), data, phrases)
    mended = mend_phrases(asked, folder, lambda path, content: write(path, content, t)) if fix else 0
    findings = [trouble.finding for trouble in check_phrases(asked, folder)]
    code = PhrasebankError.exit_code if any(f.severity is Severity.ERROR for f in findings) else 0
    if json:
        say_json({"command": "phrases check", "exit_code": code, "mended": mended, **findings_json(findings, t)})
    else:
        show_findings(findings, t)
        if fix:
            say(t.ngettext("{n} place mended.", "{n} places mended.", mended))
        say(summary(findings, t))
    ctx.exit(code)
