"""The builders of messages by the word that names them in an outline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from draftgen.planning import assessment, comparisons, content, evaluation, holdings
from draftgen.planning.context import Context, Entry
from draftgen.planning.messages import Message

Builder = Callable[[Entry, Context], list[Message]]

BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "total": content.total,
        "composition": content.composition,
        "change": comparisons.change,
        "execution": comparisons.execution,
        "share": content.share,
        "zeros": content.zeros,
        "absent": content.absent,
        "secret": content.secret,
        "contents": content.contents,
        "counts": content.counts,
        "paper": content.paper,
        "quotas": content.quotas,
        "as-of": content.as_of,
        "on": content.on,
        "period": content.period,
        "purpose": content.purpose,
        "explanations": content.explanations,
        "disposals": holdings.disposals,
        "transfers": holdings.transfers,
        "score": assessment.score,
        "score-groups": assessment.score_groups,
        "deductions": assessment.deductions,
        "indicator-groups": evaluation.groups,
        "indicators": evaluation.results,
    }
)
