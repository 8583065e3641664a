"""What stops a command, told to the person, and the exit code that goes with it."""

from __future__ import annotations

import click

from draftgen.cli.console import show_finding, warn
from draftgen.cli.translation import Translator
from draftgen.errors import DraftgenError
from draftgen.findings import Finding, Localised, Place, Severity

USAGE = 2
BUG = 1
INTERRUPTED = 130  # what shells say of a command that was stopped with Ctrl+C


class Refusal(click.ClickException):
    """A command line that is well formed but cannot be carried out: it would overwrite a file, it names no folder."""

    exit_code = USAGE

    def __init__(self, code: str, message: str, *, file: str = "", hint: str = "") -> None:
        super().__init__(message)
        places = (Place(file),) if file else ()
        advice = Localised(hint, hint) if hint else None  # the texts come translated
        self.finding = Finding(code, Severity.ERROR, Localised(message, message), places, advice)

    @classmethod
    def of(cls, finding: Finding) -> Refusal:
        """Make a refusal of a finding that came about by the command line, not by the data."""
        refusal = cls(finding.code, finding.message.render("en"))
        refusal.finding = finding
        return refusal


def failed(error: Exception, t: Translator, version: str) -> int:
    """Tell what went wrong and return the exit code."""
    if isinstance(error, DraftgenError):
        for finding in error.findings:
            show_finding(finding, t, err=True)
        return error.exit_code
    if isinstance(error, Refusal):
        show_finding(error.finding, t, err=True)
        return error.exit_code
    if isinstance(error, click.ClickException):
        _show_usage(error, t)
        return error.exit_code
    if isinstance(error, click.Abort):
        warn(t("Interrupted."))
        return INTERRUPTED
    _show_bug(error, t, version)
    return BUG


def _show_usage(error: click.ClickException, t: Translator) -> None:
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        warn(ctx.get_usage())
        warn(t("For help: {command}", command=f"{ctx.command_path} --help"))
        warn("")
    warn(t("Error: {message}", message=explain(error, t)))


def explain(error: click.ClickException, t: Translator) -> str:
    """Return click's own faults in the chosen language. Own faults come translated."""
    if isinstance(error, click.MissingParameter):
        name = _name(error)
        if isinstance(error.param, click.Argument):
            return t("The argument {name} is missing.", name=name)
        return t("The option {name} is missing.", name=name)
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error, t)
    if isinstance(error, click.BadOptionUsage):
        return _bad_option_usage(error, t)
    if isinstance(error, click.BadParameter):
        return t("The value of {name} is not valid: {message}", name=_name(error), message=error.message)
    return error.message


def _no_such_option(error: click.NoSuchOption, t: Translator) -> str:
    if error.possibilities:
        near = error.possibilities[0]
        return t("There is no option {name}. Did you mean {near}?", name=error.option_name, near=near)
    return t("There is no option {name}.", name=error.option_name)


def _bad_option_usage(error: click.BadOptionUsage, t: Translator) -> str:
    params = error.ctx.command.params if error.ctx else []
    flags = {name for p in params if isinstance(p, click.Option) and p.is_flag for name in p.opts}
    if error.option_name in flags:
        return t("The option {name} takes no value.", name=error.option_name)
    return t("The option {name} needs a value.", name=error.option_name)


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return str(error.param_hint or "")
    if isinstance(param, click.Argument):
        return param.metavar or (param.name or "").upper()
    return max(param.opts, key=len)


def _show_bug(error: Exception, t: Translator, version: str) -> None:
    warn(t("Internal error: this is a fault of draftgen {version}, not of your data.", version=version))
    warn(f"  {type(error).__name__}: {error}")
    warn(t("To report it, run the command again with DRAFTGEN_DEBUG=1 in the environment and send what is shown."))
