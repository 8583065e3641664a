"""``draftgen doctor``: what is there to work with."""

from __future__ import annotations

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import say, say_json
from draftgen.cli.options import json_option
from draftgen.cli.pages import cells
from draftgen.cli.translation import Translator
from draftgen.diagnosis import Check, diagnose


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Looks at what draftgen works with: Python and its libraries, the phrases and kinds that ship with it, the "
        "cache folder, LibreOffice for PDF, and the fonts of the report. What is missing is told with what it is for."
    )
    return Verb("doctor", t, about=about, params=[json_option(t)], callback=_run)


@click.pass_context
def _run(ctx: click.Context, json: bool) -> None:
    t: Translator = ctx.obj
    checks = diagnose()
    code = next((check.exit_code for check in checks if check.exit_code), 0)
    if json:
        listed = [{"code": c.code, "state": c.state, "text": c.text.render(t.language)} for c in checks]
        say_json({"command": "doctor", "exit_code": code, "checks": listed})
    else:
        for check in checks:
            say(f"{_state(check, t)}  {check.text.render(t.language)}")
    ctx.exit(code)


def _state(check: Check, t: Translator) -> str:
    names = {"ok": t("fine"), "missing": t("missing"), "broken": t("broken"), "unknown": t("unknown")}
    colours = {"ok": "green", "broken": "red"}
    name = names[check.state]
    room = max(cells(other) for other in names.values()) - cells(name)
    return click.style(name, fg=colours.get(check.state, "yellow")) + " " * room
