"""draftgen drafts Chinese public-finance reports from figures. Nine public names; everything else is private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from draftgen.draft import Draft
    from draftgen.errors import DraftgenError
    from draftgen.figures.reading import Loaded
    from draftgen.findings import Report
    from draftgen.pipeline import check, compose, examine, load, write

__all__ = ["Draft", "DraftgenError", "Loaded", "Report", "check", "compose", "examine", "load", "write"]

_HOMES = {
    "Draft": "draftgen.draft",
    "DraftgenError": "draftgen.errors",
    "Loaded": "draftgen.figures.reading",
    "Report": "draftgen.findings",
    "check": "draftgen.pipeline",
    "compose": "draftgen.pipeline",
    "examine": "draftgen.pipeline",
    "load": "draftgen.pipeline",
    "write": "draftgen.pipeline",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``draftgen --help`` loads click alone."""
    if name not in _HOMES:
        raise AttributeError(f"module 'draftgen' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
