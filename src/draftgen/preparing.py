"""What a document needs before it is worded: its phrasebank, the style of its figures, its plan, its realiser.

A place where rooms meet, beside the pipeline.
"""

from __future__ import annotations

from draftgen.draft import Gap
from draftgen.examined import Examined, Folders
from draftgen.figures.knowledge import Knowledge
from draftgen.figures.model.dataset import Settings
from draftgen.kinds import Kind
from draftgen.phrasebanks import layers_for, preferences_of, settled_terms, style_of
from draftgen.planning.document_plan import plan_document
from draftgen.planning.messages import Ask, DocumentPlan
from draftgen.planning.outline import Variant
from draftgen.wording.choice import pick
from draftgen.wording.lexicalisation import Lexicon
from draftgen.wording.numerals import Style
from draftgen.wording.phrasebank import Phrasebank, load_phrasebank
from draftgen.wording.printing import Printer
from draftgen.wording.realisation import Realiser

MOST_OPTIONS = 6


def bank_for(examined: Examined, where: Folders) -> Phrasebank:
    """Load the phrasebanks that hold for a data file.

    Raises:
        PhrasebankError: one of them is not valid.
    """
    dataset = examined.knowledge.dataset
    layers = layers_for(where.layers, where.phrasebanks, examined.loaded.places.file, dataset)
    own = preferences_of(dataset.settings)
    return load_phrasebank(where.phrasebanks, examined.kind.outline.phrases, where.keeper, layers, own)


def variant_of(kind: Kind, settings: Settings | None) -> Variant:
    """The variant of a kind that the data file chooses, else the first."""
    return kind.outline.variant((settings.variant if settings else "") or "") or kind.outline.variants[0]


def style_for(examined: Examined, bank: Phrasebank) -> Style:
    """How figures are printed: as the data file says, else as the house does."""
    settings = examined.knowledge.dataset.settings
    return style_of(
        _style(settings, variant_of(examined.kind, examined.knowledge.dataset.settings), examined.knowledge),
        bank,
        settings,
    )


def plan_of(examined: Examined, style: Style, item: str = "", *, charts: bool = True) -> DocumentPlan:
    """Plan the report of an examined data file; of a kind that speaks of one item, the report of `item`.

    Without ``charts`` none is drawn.
    """
    kind, knowledge = examined.kind, examined.knowledge
    settings = knowledge.dataset.settings
    variant = variant_of(kind, settings)
    zero = settings.show_zero_parts if settings and settings.show_zero_parts is not None else variant.show_zero_parts
    return plan_document(
        kind.outline,
        kind.triggers,
        knowledge,
        rate_places=style.rate_places,
        show_zero_parts=zero,
        variant=variant.name,
        charts=charts,
        contents=settings.contents if settings else None,
        one=item or examined.only_item,
    )


def realiser_for(examined: Examined, bank: Phrasebank, style: Style, seed: int) -> Realiser:
    """Make the realiser of one document."""
    names, outline = examined.knowledge.names, examined.kind.outline
    years = {f"{which}_year": names.fill(words) for which, words in outline.year_words.items()}
    terms = settled_terms(bank, _terms(bank, seed), examined.loaded.places.at("设置.用语")) | years
    printer = Printer(bank, style, terms, names.year, lambda ask: _gap(ask, bank, names.year))
    short = bank.settled.use.get("unit", names.short)
    return Realiser(Lexicon(bank, printer, seed, bank.settled.pick), names.full, short)


def _style(settings: Settings | None, variant: Variant, knowledge: Knowledge) -> Style:
    scores = [f.value for f in knowledge.facts.match("评分.得分.*")]
    scores += [row.final for card in knowledge.projects.values() for row in card.scored if row.final is not None]
    whole = all(v == v.to_integral_value() for v in scores)
    amount = settings.amount_places if settings else None
    rate = settings.rate_places if settings else None
    strip = settings.strip_zeros if settings and settings.strip_zeros is not None else variant.strip_zeros
    return Style(
        amount_places=int(amount.value) if amount else variant.amount_places,
        rate_places=int(rate.value) if rate else variant.rate_places,
        score_places=0 if whole else 2,
        strip_zeros=strip,
    )


def _terms(bank: Phrasebank, seed: int) -> dict[str, str]:
    """Settle every notion for the document: one option of each, by the seed."""
    terms: dict[str, str] = {}
    for notion, options in bank.terms.items():
        chosen = pick([str(sorted(o.items())) for o in options], seed, f"term.{notion}")
        terms |= next(dict(o) for o in options if str(sorted(o.items())) == chosen)
    return terms


def _gap(ask: Ask, bank: Phrasebank, year: int) -> Gap:
    options: list[str] = []
    if ask.kind == "reason" and ask.direction:
        fitting = [c for c in bank.causes if c.fits(ask.direction, ask.subject, year)]
        options = [c.texts[0] for c in fitting][:MOST_OPTIONS]
    return Gap(ask.prompt, ask.kind, ask.key, ask.rule, tuple(options))
