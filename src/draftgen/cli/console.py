"""The one place that prints: findings, prompts, results, JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

import click

from draftgen.cli.translation import Translator
from draftgen.findings import Finding, Place, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_MOST_LINES = 8


def prepare_streams() -> None:
    """Let no character that the terminal lacks end a run: it is shown as a question mark instead."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(text: str = "", *, err: bool = False) -> None:
    """Print one text; colours are left out where they would not be seen as colours."""
    stream = sys.stderr if err else sys.stdout
    click.echo(text, file=stream, color=_has_colours(stream))


def warn(text: str) -> None:
    """Print one text to stderr."""
    say(text, err=True)


def _has_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say_json(content: Any, *, sort_keys: bool = False) -> None:
    """Print one JSON value, and make it valid UTF-8 JSON whatever the encoding of the stream is."""
    say(as_json(content, ascii_only=not _is_unicode(sys.stdout), sort_keys=sort_keys))


def as_json(content: Any, *, ascii_only: bool = False, sort_keys: bool = False) -> str:
    """Return JSON for people to read too."""
    return json.dumps(content, ensure_ascii=ascii_only, indent=2, sort_keys=sort_keys)


def _is_unicode(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", "") or "").lower().replace("-", "").startswith("utf")


def severity_name(severity: Severity, t: Translator) -> str:
    """Return what a severity is called."""
    names = {Severity.ERROR: t("error"), Severity.WARNING: t("warning"), Severity.NOTE: t("note")}
    return names[severity]


def show_findings(findings: Iterable[Finding], t: Translator, *, err: bool = False) -> None:
    """Print findings, the gravest first, with a blank line after each group."""
    findings = tuple(findings)
    for severity in Severity:
        group = [f for f in findings if f.severity is severity]
        for finding in group:
            show_finding(finding, t, err=err)
        if group:
            say(err=err)


def show_finding(finding: Finding, t: Translator, *, err: bool = False) -> None:
    """Print one finding: where and what it is, what it says, what to do."""
    name = click.style(severity_name(finding.severity, t), fg=_COLOURS[finding.severity], bold=True)
    where = click.style(str(finding.places[0]), bold=True) + "  " if finding.places else ""
    say(f"{where}{name} {finding.code}", err=err)
    say(_indented(finding.message.render(t.language)), err=err)
    if len(finding.places) > 1 and (also := _also(finding.places, t)):
        say(_indented(also), err=err)
    if finding.hint is not None:
        say(_indented(t("Hint: {hint}", hint=finding.hint.render(t.language))), err=err)


def _indented(text: str) -> str:
    return "\n".join("  " + line for line in text.splitlines())


def _also(places: Sequence[Place], t: Translator) -> str:
    """Name the places after the first: lines and cells of the same file shortly, others in full."""
    first, rest = places[0], [p for p in places[1:] if str(p) != str(places[0])]
    names = list(dict.fromkeys(p.spot for p in rest if p.file == first.file and p.spot))
    others = list(dict.fromkeys(str(p) for p in rest if p.file != first.file))
    parts = []
    shown = t(", ").join(names[:_MOST_LINES])
    if first.sheet and len(names) > _MOST_LINES:
        parts.append(t("See also {cells}, and {n} more cells.", cells=shown, n=len(names) - _MOST_LINES))
    elif first.sheet and names:
        parts.append(t("See also {cells}.", cells=shown))
    elif len(names) > _MOST_LINES:
        parts.append(t("See also lines {lines}, and {n} more places.", lines=shown, n=len(names) - _MOST_LINES))
    elif names:
        parts.append(t.ngettext("See also line {lines}.", "See also lines {lines}.", len(names), lines=shown))
    if others:
        parts.append(t("See also {places}.", places=t(", ").join(others)))
    return "\n".join(parts)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    findings = tuple(findings)
    return {severity.value: sum(f.severity is severity for f in findings) for severity in Severity}


def summary(findings: Iterable[Finding], t: Translator) -> str:
    """Return the findings in one line, counted."""
    count = counts(findings)
    if not any(count.values()):
        return t("No findings.")
    parts = (
        t.ngettext("{n} error", "{n} errors", count["error"]),
        t.ngettext("{n} warning", "{n} warnings", count["warning"]),
        t.ngettext("{n} note", "{n} notes", count["note"]),
    )
    return t("Found: {counts}.", counts=t(", ").join(parts))


def finding_json(finding: Finding, t: Translator) -> dict[str, Any]:
    """Return a finding as it stands in ``--json``. The names of the fields are stable."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message.render(t.language),
        "hint": finding.hint.render(t.language) if finding.hint else None,
        "places": [_place_json(place) for place in finding.places],
        "found": finding.found,
        "expected": finding.expected,
        "keys": list(finding.keys),
    }


def _place_json(place: Place) -> dict[str, Any]:
    content = {
        "file": place.file,
        "line": place.line,
        "sheet": place.sheet or None,
        "cell": place.cell or None,
        "path": place.path,
    }
    return content if place.column is None else {**content, "column": place.column}


def findings_json(findings: Iterable[Finding], t: Translator) -> dict[str, Any]:
    """Return the part of ``--json`` that every verb with findings has."""
    findings = tuple(findings)
    return {"counts": counts(findings), "findings": [finding_json(f, t) for f in findings]}
