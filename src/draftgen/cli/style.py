"""``draftgen style export``: the Word style as a file, to start one's own from."""

from __future__ import annotations

from pathlib import Path

import click

from draftgen.cli.commands import Argument, Verb
from draftgen.cli.console import say
from draftgen.cli.files import check_ending, check_output, write
from draftgen.cli.options import data_file, force_option
from draftgen.cli.translation import Translator
from draftgen.output import FONT_PROFILES, style_sample

_ACTIONS = ("export",)
_ENDINGS = (".docx",)


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Writes a Word file that shows every style of the reports. Change its styles, margins, headers and footers in "
        "Word or WPS, save it, and give it to draftgen draft with --style."
    )
    action = Argument(["action"], metavar="export", about=t("What to do: export."), callback=_known_action)
    fonts = click.Option(
        ["--fonts"],
        metavar=t("PROFILE"),
        callback=_known_profile,
        help=t("The font profile; draftgen doctor lists them. Without it: {name}.", name=FONT_PROFILES[0]),
    )
    params = [action, data_file(t, t("The file to write (.docx).")), fonts, force_option(t)]
    return Verb("style", t, about=about, params=params, callback=_run)


def _known_action(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if value not in _ACTIONS:
        t: Translator = ctx.obj
        raise click.UsageError(t("There is no action “{name}”. Use export.", name=value), ctx)
    return value


def _known_profile(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    if value is not None and value not in FONT_PROFILES:
        t: Translator = ctx.obj
        known = t(", ").join(FONT_PROFILES)
        raise click.BadParameter(t("“{value}” is none of {known}.", value=value, known=known), ctx, param)
    return value or FONT_PROFILES[0]


@click.pass_obj
def _run(t: Translator, action: str, file: Path, fonts: str, force: bool) -> None:
    check_ending(file, _ENDINGS, t)
    check_output(file, t, force=force)
    write(file, style_sample(fonts), t)
    say(t("Written: {path}", path=file))
