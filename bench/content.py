"""The same content for the peer: the example's draft as a docxtpl template, its figures in prose as tags."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from draftgen.draft import Block, Draft, Inline, Paragraph, Sentence, Text, Value
from draftgen.pipeline import compose, examine, load, render

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "examples" / "dongchuan-2020" / "report.yaml"


def example() -> Draft:
    """The draft of the example."""
    return compose(examine(load(DATA)))


def tagged(draft: Draft) -> tuple[Draft, dict[str, str]]:
    """Put a tag in the place of every figure in prose; return the draft and what fills the tags."""
    context: dict[str, str] = {}
    return replace(draft, blocks=tuple(_block(b, context) for b in draft.blocks), remarks=()), context


def _block(block: Block, context: dict[str, str]) -> Block:
    if not isinstance(block, Paragraph):
        return block
    return replace(block, sentences=tuple(_sentence(s, context) for s in block.sentences))


def _sentence(sentence: Sentence, context: dict[str, str]) -> Sentence:
    inlines: list[Inline] = []
    for inline in sentence.inlines:
        if isinstance(inline, Value):
            name = f"v{len(context)}"
            context[name] = inline.text
            inlines.append(Text(f"{{{{ {name} }}}}"))
        else:
            inlines.append(inline)
    return replace(sentence, inlines=tuple(inlines))


def write_template(folder: Path) -> dict[str, str]:
    """Write ``template.docx`` and return the context that fills it."""
    draft, context = tagged(example())
    (folder / "template.docx").write_bytes(render(draft, ".docx", controls=False))
    return context
