"""Names in a data file that its kind of report does not know: they would have no effect, and nobody would notice."""

from __future__ import annotations

from collections.abc import Iterator

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.reading import Loaded
from draftgen.findings import Finding, Localised, Severity
from draftgen.kinds import Kind


def unknown_names(kind: Kind, dataset: Dataset, loaded: Loaded) -> Iterator[Finding]:
    """A flag or threshold that no trigger knows would have no effect, and nobody would notice."""
    flags = {trigger.flag for trigger in kind.triggers if trigger.flag}
    own = dataset.settings.thresholds if dataset.settings and dataset.settings.thresholds else {}
    stated = (
        (dataset.flags or {}) if flags else {}
    )  # a data file serves several kinds, of which only some look at flags
    for path, given, known in (("标志", stated, flags), ("设置.阈值", own, set(kind.thresholds))):
        for name in sorted(set(given) - known):
            yield Finding(
                "unknown-name",
                Severity.WARNING,
                Localised(
                    "{path}: the name {name} is not known and has no effect.",
                    "“{path}”中没有“{name}”这个名称，填写不起作用。",
                    {"path": path, "name": name},
                ),
                (loaded.places.at(f"{path}.{name}"),),
                Localised("Known names: {names}.", "可用的名称：{names}。", {"names": "、".join(sorted(known))}),
            )


def unknown_variant(kind: Kind, dataset: Dataset, loaded: Loaded) -> Iterator[Finding]:
    """A variant that the kind does not have; the default one is used. A kind of one form has nothing to choose."""
    name = (dataset.settings.variant if dataset.settings else "") or ""
    if len(kind.outline.variants) < 2 or kind.outline.variant(name) is not None:
        return
    values = {
        "kind": kind.outline.name_zh,
        "name": name,
        "default": kind.outline.variants[0].name,
        "known": "、".join(v.name for v in kind.outline.variants),
    }
    yield Finding(
        "unknown-variant",
        Severity.WARNING,
        Localised(
            "{kind} has no variant {name}; {default} is used.",
            "“{kind}”没有“{name}”版式，按“{default}”版式起草。",
            values,
        ),
        (loaded.places.at("设置.版式"),),
        Localised("Known: {known}.", "可用的版式：{known}。", values),
        name,
    )
