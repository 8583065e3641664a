"""Commands whose help and whose faults speak the chosen language. Built on click, worded here."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from draftgen.cli.errors import failed
from draftgen.cli.pages import page_width, paragraphs, table
from draftgen.cli.translation import LANGUAGES, Translator
from draftgen.errors import DraftgenError

_EXPECTED = (DraftgenError, click.ClickException, click.Abort)

Verbs = Sequence[tuple[str, str]]


class Argument(click.Argument):
    """A positional argument that help explains."""

    def __init__(self, names: Sequence[str], *, about: str, **settings: Any) -> None:
        super().__init__(names, **settings)
        self.about = about


class Verb(click.Command):
    """One command: parameters of its own, and the language and help options that all have."""

    def __init__(
        self, name: str, t: Translator, *, about: str, params: Sequence[click.Parameter], callback: Callable[..., Any]
    ) -> None:
        super().__init__(
            name,
            callback=callback,
            params=[*params, *common_options(t)],
            help=about,
            add_help_option=False,
            context_settings={"allow_extra_args": True},
        )
        self.t = t

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and refuse words that are left over."""
        with _known_context(ctx):
            super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            words = " ".join(ctx.args)
            raise click.UsageError(self.t("Unexpected argument: {words}", words=words), ctx)
        return ctx.args

    def get_usage(self, ctx: click.Context) -> str:
        """Return the usage line."""
        return usage(self, ctx, self.t)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page."""
        return help_page(self, ctx, self.t)


class Family(click.Group):
    """A table of verbs, each imported when it is run."""

    def __init__(
        self,
        name: str,
        t: Translator,
        *,
        about: str,
        verbs: Verbs,
        load: Callable[[str], click.Command],
        params: Sequence[click.Parameter] = (),
    ) -> None:
        super().__init__(
            name,
            callback=_help_without_verb,
            params=[*common_options(t), *params],
            help=about,
            add_help_option=False,
            invoke_without_command=True,
            no_args_is_help=False,
        )
        self.t = t
        self.verbs = verbs
        self._load = load

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse."""
        with _known_context(ctx):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which they are used."""
        return [name for name, _ in self.verbs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb."""
        return self._load(cmd_name) if cmd_name in self.list_commands(ctx) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; name the nearest where there is none."""
        if args[0] not in self.list_commands(ctx) and not ctx.resilient_parsing:
            fault = self.t("There is no command “{name}”.", name=args[0])
            near = difflib.get_close_matches(args[0], self.list_commands(ctx), 1)
            hint = self.t("Did you mean “{near}”?", near=near[0]) if near else ""
            raise click.UsageError(
                " ".join(filter(None, (fault, hint))) if self.t.language == "en" else fault + hint, ctx
            )
        return super().resolve_command(ctx, args)

    def get_usage(self, ctx: click.Context) -> str:
        """Return the usage line."""
        return usage(self, ctx, self.t)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page."""
        return help_page(self, ctx, self.t, self.verbs)


class Front(Family):
    """The command ``draftgen``: the verbs, and what goes wrong turned into a message and an exit code."""

    def __init__(
        self,
        t: Translator,
        *,
        about: str,
        verbs: Verbs,
        load: Callable[[str], click.Command],
        version: Callable[[], str],
    ) -> None:
        super().__init__("draftgen", t, about=about, verbs=verbs, load=load, params=[version_option(t, version)])
        self._version = version

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line; turn what goes wrong into a message and an exit code."""
        extra.setdefault("obj", self.t)
        try:
            code = super().main(args, prog_name, complete_var, False, **extra)
        except Exception as error:
            if os.environ.get("DRAFTGEN_DEBUG") and not isinstance(error, _EXPECTED):
                raise
            code = failed(error, self.t, self._version())
        code = code if isinstance(code, int) else 0
        return sys.exit(code) if standalone_mode else code


@contextmanager
def _known_context(ctx: click.Context) -> Iterator[None]:
    """Tell faults of the parser, some of which do not know it, the command that was parsed."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


@click.pass_context
def _help_without_verb(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


def common_options(t: Translator) -> list[click.Option]:
    """The options of every command: ``--lang`` and ``--help``."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        if value is not None and value not in LANGUAGES:
            raise click.BadParameter(t("“{value}” is not zh or en.", value=value), ctx, param)
        return value

    def show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()

    lang = click.Option(
        ["--lang"],
        metavar="zh|en",
        is_eager=True,
        expose_value=False,
        callback=check,
        help=t("Language of the messages: Chinese or English."),
    )
    page = click.Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show_help,
        help=t("Show this page."),
    )
    return [lang, page]


def version_option(t: Translator, version: Callable[[], str]) -> click.Option:
    """The option ``--version``."""

    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(f"draftgen {version()}")
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=t("Show the version.")
    )


def usage(command: click.Command, ctx: click.Context, t: Translator) -> str:
    """Return the usage line of a command."""
    pieces = [ctx.command_path, t("[OPTIONS]")]
    pieces += [_term(p) for p in command.params if isinstance(p, click.Argument)]
    if isinstance(command, click.Group):
        pieces.append(t("COMMAND …"))
    return t("Usage: {line}", line=" ".join(pieces))


def help_page(command: click.Command, ctx: click.Context, t: Translator, verbs: Verbs = ()) -> str:
    """Return the help page of a command."""
    width = page_width()
    parts = [usage(command, ctx, t), paragraphs(command.help or "", width)]
    arguments = [(_term(p), p.about) for p in command.params if isinstance(p, Argument)]
    options = [(_term(p), p.help or "") for p in command.params if isinstance(p, click.Option) and not p.hidden]
    for heading, rows in ((t("Arguments:"), arguments), (t("Options:"), options), (t("Commands:"), verbs)):
        if rows:
            parts.append(f"{heading}\n{table(rows, width)}")
    return "\n\n".join(parts)


def _term(param: click.Parameter) -> str:
    if isinstance(param, click.Argument):
        metavar = param.metavar or (param.name or "").upper()
        return metavar if param.required else f"[{metavar}]"
    names = ", ".join(param.opts)
    return f"{names} {param.metavar}" if param.metavar else names
