"""The plan of the house: who may import whom, and what no room may do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "draftgen"
MODULES = sorted(SRC.rglob("*.py"))
ROOMS = ("figures", "planning", "wording", "word", "curation", "provenance")

MAY_IMPORT: dict[str, frozenset[str]] = {
    "errors": frozenset({"findings"}),
    "findings": frozenset({"errors"}),  # inside a function, to raise
    "draft": frozenset({"inlines"}),
    "inlines": frozenset(),
    "curated": frozenset({"errors", "findings"}),
    "_resources": frozenset({"errors", "findings"}),
    "_writing": frozenset(),
    "figures": frozenset({"errors", "findings"}),
    "planning": frozenset({"errors", "findings", "figures"}),
    "wording": frozenset({"errors", "findings", "figures", "planning", "draft", "curated"}),
    "word": frozenset({"errors", "findings", "draft"}),
    "curation": frozenset({"errors", "findings", "figures", "planning", "wording", "draft", "curated"}),
    "provenance": frozenset({"errors", "findings", "figures", "planning", "wording", "draft"}),
    "markdown": frozenset({"draft"}),
    "office": frozenset({"errors", "findings"}),
}
MEETING_PLACES = frozenset(
    {
        "diagnosis",
        "drafts",
        "output",
        "unknown",
        "kinds",
        "kind_copies",
        "data_files",
        "phrasebanks",
        "phrase_desk",
        "preparing",
        "examined",
        "pipeline",
        "importing",
        "__init__",
        "__main__",
    }
)
CLI_MAY_IMPORT = frozenset(
    {
        "_resources",
        "curation",
        "phrase_desk",
        "_writing",
        "diagnosis",
        "output",
        "pipeline",
        "data_files",
        "importing",
        "kinds",
        "kind_copies",
        "figures.blank",
        "figures.schema",
        "figures.reading",
        "findings",
        "errors",
        "draft",
        "drafts",
        "provenance.explain",
        "word.cleaning",
    }
)
CLOCKS = frozenset({"time", "locale", "random"})
REPETITION_COST = SRC / "wording" / "choice.py"  # weighs phrases, never money
MOST_LINES = 400


def room_of(module: Path) -> str:
    """``figures/facts.py`` is of the room figures, ``draft.py`` a room of its own."""
    parts = module.relative_to(SRC).with_suffix("").parts
    return parts[0]


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def imported(module: Path) -> Iterator[tuple[str, bool]]:
    """The absolute names that a module imports, and whether it does so when it is itself imported."""
    tree = tree_of(module)
    inside = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
    for node in ast.walk(tree):
        early = id(node) not in inside
        if isinstance(node, ast.Import):
            yield from ((alias.name, early) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            yield from ((f"{node.module}.{alias.name}", early) for alias in node.names)


def own(name: str) -> str:
    """The part of an imported name behind ``draftgen.``, empty for what is not ours."""
    return name.removeprefix("draftgen.") if name.startswith("draftgen.") else ""


def test_every_module_belongs_to_the_plan() -> None:
    rooms = {room_of(module) for module in MODULES}
    assert rooms <= {*MAY_IMPORT, *MEETING_PLACES, "cli"}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_the_plan_allows(room: str) -> None:
    modules = [module for module in MODULES if room_of(module) == room]
    assert modules, f"there is no {room}"
    wrong = [
        f"{module.relative_to(SRC)} imports {name}"
        for module in modules
        for name, _ in imported(module)
        if own(name) and own(name).partition(".")[0] not in {room, *MAY_IMPORT[room]}
    ]
    assert wrong == []


def test_findings_import_no_errors_before_they_are_raised() -> None:
    early = [name for name, early in imported(SRC / "findings.py") if early and own(name)]
    assert early == []


def test_the_command_line_reaches_rooms_only_through_the_pipeline() -> None:
    wrong = [
        f"{module.relative_to(SRC)} imports {name}"
        for module in MODULES
        if room_of(module) == "cli"
        for name, _ in imported(module)
        if own(name) and not own(name).startswith("cli.") and not is_allowed_to_cli(own(name))
    ]
    assert wrong == []


def is_allowed_to_cli(name: str) -> bool:
    return any(name == allowed or name.startswith(f"{allowed}.") for allowed in CLI_MAY_IMPORT)


def test_no_room_imports_a_clock_a_locale_or_chance() -> None:
    wrong = [
        f"{module.relative_to(SRC)} imports {name}"
        for module in MODULES
        if room_of(module) in {*ROOMS, *MAY_IMPORT}
        for name, _ in imported(module)
        if name.partition(".")[0] in CLOCKS
    ]
    assert wrong == []


def test_no_module_asks_what_day_it_is() -> None:
    asked = [
        f"{module.relative_to(SRC)}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")
    ]
    assert asked == []


def test_no_figure_ever_becomes_a_float_or_is_rounded_by_python() -> None:
    called = [
        f"{module.relative_to(SRC)}:{node.lineno}: {node.func.id}"
        for module in MODULES
        if module != REPETITION_COST
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("float", "round")
    ]
    assert called == []


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(SRC)))
def test_a_module_can_be_read_in_one_sitting(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= MOST_LINES
