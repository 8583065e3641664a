"""What a data file has that its kind of report has no use for: names it does not know, figures of another stage."""

from __future__ import annotations

from collections.abc import Iterator

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.reading import Loaded
from draftgen.findings import Finding, Localised, Severity
from draftgen.kinds import Kind
from draftgen.planning.outline import Outline


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


def other_stage(kind: Kind, loaded: Loaded, stated: Outline | None) -> Iterator[Finding]:
    """Final accounts are no budget, nor the other way round: drafted as the other, figures say what is not so."""
    if stated is None or stated.compare == kind.outline.compare:
        return
    values = {"stated": stated.name_zh, "wanted": kind.outline.name_zh, "id": kind.outline.id}
    yield Finding(
        "other-stage",
        Severity.ERROR,
        Localised(
            "The figures were filled in for {stated}; one of that and {wanted} tells the budget, the other what was "
            "spent, so the figures of the one are not those of the other.",
            "数据是按“{stated}”填报的；它与“{wanted}”一个用预算数，一个用决算数，不能混用。",
            values,
        ),
        (loaded.places.at("报告"),),
        Localised(
            "Make a data file of its own: draftgen new FILE --kind {id}.",
            "请用 draftgen new 文件 --kind {id} 另建一个数据文件。",
            values,
        ),
        stated.name_zh,
    )
