"""The closed list of errors, each with its exit code. Findings are data; an error means that we cannot go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from draftgen.findings import Finding, Localised, Place, Severity


class DraftgenError(Exception):
    """Base of every error that a user can cause. Carries the findings that explain it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{f.code}: {f.message.render('en')}" for f in findings))
        self.findings = tuple(findings)

    @classmethod
    def because(
        cls, code: str, message: Localised, *, places: Sequence[Place] = (), hint: Localised | None = None
    ) -> DraftgenError:
        """Build the error from one reason."""
        return cls([Finding(code, Severity.ERROR, message, tuple(places), hint)])


class ToolError(DraftgenError):
    """A program that was asked for is not installed, or does not do its work."""

    exit_code = 2


class InputError(DraftgenError):
    """The data file cannot be read or is not valid."""

    exit_code = 3


class IdentityError(DraftgenError):
    """The figures do not agree and the caller asked to stop there (``--strict``, `raise_for_errors`)."""

    exit_code = 4


class PhrasebankError(DraftgenError):
    """A phrasebank is not valid."""

    exit_code = 5


class NoPhraseError(PhrasebankError):
    """No phrase fits a message: never an empty sentence, never a default phrase."""


class TemplateError(DraftgenError):
    """A kind's folder or a Word style template is not valid."""

    exit_code = 6


class ConflictError(DraftgenError):
    """A person has to decide."""

    exit_code = 7
