"""``draftgen finish``: the clean copy of a draft that a person has finished."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from draftgen.cli.commands import Argument, Verb
from draftgen.cli.console import say, say_json
from draftgen.cli.files import check_ending, check_output, write
from draftgen.cli.options import force_option, json_option
from draftgen.cli.prompts import Prompt, left_open, prompts_json, show_prompts
from draftgen.cli.translation import Translator
from draftgen.drafts import open_written
from draftgen.errors import ConflictError
from draftgen.word.cleaning import Cleaned


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Writes a clean copy of a draft to hand in: without content controls, comments, tracked changes (they are "
        "accepted), hidden bookmarks, hidden text and the manifest. The text stays the same to the letter.\n\n"
        "While prompts are open nothing is written and the exit code is 7."
    )
    output = click.Option(
        ["-o", "--output"],
        metavar=t("OUT"),
        type=click.Path(path_type=Path),
        required=True,
        help=t("The file to write (.docx)."),
    )
    allow = click.Option(["--allow-open"], is_flag=True, help=t("Write it all the same, and list the open prompts."))
    draft = Argument(["file"], metavar=t("DRAFT"), type=click.Path(path_type=Path), about=t("The draft (.docx)."))
    return Verb("finish", t, about=about, params=[draft, output, allow, force_option(t), json_option(t)], callback=_run)


@click.pass_context
def _run(ctx: click.Context, file: Path, output: Path, allow_open: bool, force: bool, json: bool) -> None:
    t: Translator = ctx.obj
    check_ending(output, (".docx",), t)
    check_output(output, t, force=force, source=file)
    written = open_written(file)
    prompts = left_open(written)
    code = ConflictError.exit_code if prompts and not allow_open else 0
    cleaned = None if code else written.clean()
    if cleaned is not None:
        write(output, cleaned.data, t)
    if json:
        say_json({"command": "finish", "file": str(file), "exit_code": code, **_as_json(output, prompts, cleaned)})
    else:
        _show(output, prompts, cleaned, t)
    ctx.exit(code)


def _as_json(output: Path, prompts: tuple[Prompt, ...], cleaned: Cleaned | None) -> dict[str, Any]:
    out = cleaned and {"comments": cleaned.comments, "revisions": cleaned.revisions, "hidden": cleaned.hidden}
    return {"output": str(output) if cleaned else None, "removed": out, "prompts": prompts_json(prompts)}


def _show(output: Path, prompts: tuple[Prompt, ...], cleaned: Cleaned | None, t: Translator) -> None:
    show_prompts(prompts, t)
    if cleaned is None:
        say(t("Nothing was written: fill in the prompts first, or use --allow-open."))
        return
    if cleaned.comments:
        say(t.ngettext("{n} comment was removed.", "{n} comments were removed.", cleaned.comments))
    if cleaned.revisions:
        say(t.ngettext("{n} tracked change was accepted.", "{n} tracked changes were accepted.", cleaned.revisions))
    if cleaned.hidden:
        say(
            t.ngettext(
                "{n} stretch of hidden text was removed.", "{n} stretches of hidden text were removed.", cleaned.hidden
            )
        )
    say(t("Written: {path}", path=output))
