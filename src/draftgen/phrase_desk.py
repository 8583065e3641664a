"""The desk of whoever keeps phrases: shelves of the kinds, with the layers of a run. A place where rooms meet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from yaml import YAMLError

from draftgen.curation.adding import Proposal, Workbench
from draftgen.curation.check import Trouble, check_built_in, check_folder
from draftgen.curation.edits import TextFile, read_text
from draftgen.curation.entries import CannotAppendError, appended, free_id, ids_of
from draftgen.curation.grid import YEAR, grid
from draftgen.curation.mend import mend_files
from draftgen.curation.samples import Covered, Sample, coverage, from_examples, messages_of, samples, used_by
from draftgen.curation.schema import phrase_schema
from draftgen.curation.shelf import Shelf
from draftgen.draft import Gap
from draftgen.errors import PhrasebankError
from draftgen.figures.knowledge import Names
from draftgen.figures.model.dataset import Dataset
from draftgen.findings import Localised, Place, Severity
from draftgen.kinds import outlines
from draftgen.phrasebanks import PROJECT_FOLDER, layers_for, same_folder, user_folder
from draftgen.pipeline import DEFAULT_SEED, Examined, Folders, examine, folders, load
from draftgen.planning.messages import DocumentPlan, Message
from draftgen.planning.outline import YEAR_WORDS
from draftgen.preparing import bank_for, plan_of, realiser_for, style_for
from draftgen.wording.layers import COMMON, Layer, is_fit, layer_files
from draftgen.wording.lexicalisation import Lexicon
from draftgen.wording.numerals import Style
from draftgen.wording.phrasebank import Phrasebank, load_contract, load_phrasebank, load_stock
from draftgen.wording.phrases import Phrase
from draftgen.wording.printing import Printer
from draftgen.wording.realisation import Realiser

OWN_FILE = "own.yaml"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which phrasebanks a command is about: a kind or all, a data file or none, folders of the command line."""

    kind: str | None = None
    data: Path | None = None
    phrases: tuple[Path, ...] = ()

    def where(self) -> Folders:
        """The folders of this run."""
        return folders(self.data.parent if self.data else None, self.phrases)

    def banks(self, examined: Examined | None = None) -> tuple[str, ...]:
        """The folders of phrases of the kinds that the command is about: those of one kind, or of all."""
        where = self.where()
        every = {o.id: o.phrases for o in outlines(where.templates, where.kinds)}
        kind = self.kind or (examined.kind.outline.id if examined else None)
        return tuple(dict.fromkeys([every[kind]] if kind else every.values()))


def examined_for(asked: Asked) -> Examined | None:
    """The data file of a command, examined; None if it names none.

    Raises:
        InputError: it cannot be read or is not valid.
    """
    return examine(load(asked.data), asked.kind, asked.where()) if asked.data else None


def layers_of(asked: Asked, examined: Examined | None = None) -> tuple[Layer, ...]:
    """The layers that hold for a command."""
    where = asked.where()
    dataset: Dataset | None = examined.knowledge.dataset if examined else None
    return layers_for(where.layers, where.phrasebanks, str(asked.data or ""), dataset)


def shelves(asked: Asked, examined: Examined | None = None, more: Sequence[Layer] = ()) -> list[Shelf]:
    """The shelves of the kinds that a command is about.

    Raises:
        PhrasebankError: a phrasebank is not valid.
    """
    return _shelves_over(asked, (*layers_of(asked, examined), *more), examined)


def check_phrases(asked: Asked, folder: Path | None = None) -> list[Trouble]:
    """Check a folder over the phrasebanks in force, or every layer in force over those below it.

    Raises:
        PhrasebankError: a phrasebank below the folder is not valid.
    """
    examined = examined_for(asked)
    kinds = Asked().banks()
    if folder is not None:
        below = [la for la in layers_of(asked, examined) if not same_folder(la.folder, folder)]
        return check_folder(Layer("command-line", folder), _shelves_over(asked, below, examined), kinds)
    troubles: list[Trouble] = []
    layers = layers_of(asked, examined)
    for number, layer in enumerate(layers):
        found = check_folder(layer, _shelves_over(asked, layers[:number], examined), kinds)
        troubles += found
        if any(t.finding.severity is Severity.ERROR for t in found):
            break  # what stands over a faulty layer cannot be judged
    return troubles or ([] if layers else [Trouble(f) for f in check_built_in(_shelves_over(asked, (), examined))])


def mend_phrases(asked: Asked, folder: Path | None, write: Callable[[Path, bytes], None]) -> int:
    """Mend a folder, or the office's own layers, as far as it is certain; returns how many places were mended."""
    examined = examined_for(asked)
    layers = [Layer("command-line", folder)] if folder else layers_of(asked, examined)
    parts = (COMMON, *Asked().banks())
    paths = [path for layer in layers for path in layer_files(layer, parts)]
    return mend_files(paths, lambda: check_phrases(asked, folder), write)


def _shelves_over(asked: Asked, layers: Sequence[Layer], examined: Examined | None) -> list[Shelf]:
    where = asked.where()
    return [
        Shelf(
            name,
            load_contract(where.phrasebanks, name, where.keeper),
            load_stock(where.phrasebanks, name, where.keeper, tuple(layers)),
        )
        for name in asked.banks(examined)
    ]


def file_schema(asked: Asked) -> dict[str, Any]:
    """The JSON Schema of a phrase file."""
    where = asked.where()
    return phrase_schema(load_contract(where.phrasebanks, asked.banks()[0], where.keeper))


@dataclass(frozen=True, slots=True)
class Report:
    """A data file planned, with the realiser that words it."""

    examined: Examined
    bank: Phrasebank
    plan: DocumentPlan
    realiser: Realiser

    @property
    def messages(self) -> tuple[Message, ...]:
        """Everything that the report says."""
        return tuple(messages_of(self.plan))


def report_of(asked: Asked, seed: int = DEFAULT_SEED) -> Report:
    """Plan the report of the data file that was named.

    Raises:
        DraftgenError: the data file or a phrasebank is not valid.
    """
    examined = examined_for(asked)
    assert examined is not None, "the caller has a data file"
    bank = bank_for(examined, asked.where())
    style = style_for(examined, bank)
    return Report(examined, bank, plan_of(examined, style), realiser_for(examined, bank, style, seed))


def samples_of(asked: Asked, message: str) -> tuple[Sample, ...]:
    """Every way of saying what the data file has to say, of one message type or (empty) of all."""
    report = report_of(asked)
    wanted = [m for m in report.messages if message in ("", m.type)]
    return samples(wanted, report.realiser, used_by(report.plan, report.realiser))


def made_up(asked: Asked, message: str, *, every: bool = False) -> tuple[Sample, ...]:
    """Every way of saying the made-up messages of a type, case by case; with `every`, at every point of the grid."""
    desk = sample_desk(asked)
    bank = desk.lexicon.bank
    found: list[Sample] = []
    for name in [message] if message else list(bank.contract):
        made = grid(name)
        found += samples(made, desk, every=every) if made else from_examples(name, bank)
    return tuple(found)


def sample_desk(asked: Asked) -> Realiser:
    """A realiser over the phrasebanks in force, for made-up messages."""
    where, examined = asked.where(), examined_for(asked)
    if examined is not None:
        bank = bank_for(examined, where)
        return realiser_for(examined, bank, style_for(examined, bank), DEFAULT_SEED)
    bank = load_phrasebank(where.phrasebanks, _richest(asked), where.keeper, layers_of(asked))
    terms = {name: word for options in bank.terms.values() for name, word in options[0].items()}
    terms |= {f"{which}_year": Names("", "", "", YEAR).fill(words) for which, words in YEAR_WORDS.items()}
    printer = Printer(bank, Style(), terms, YEAR, lambda ask: Gap(ask.prompt, ask.kind, ask.key, ask.rule))
    return Realiser(Lexicon(bank, printer, DEFAULT_SEED, {}), "某某区委员会办公室", "我办")


def _richest(asked: Asked) -> str:
    """The folder of phrases of the kind that was named; without one, the folder that has most to say."""
    found = _shelves_over(asked, layers_of(asked), None)
    return max(found, key=lambda shelf: len(shelf.stock.in_force)).kind


def coverage_of(asked: Asked, files: Sequence[Path], seeds: int) -> list[Covered]:
    """Tell which phrases the reports of some data files never use, over so many seeds, and what has one phrase only."""
    used: set[str] = set()
    messages: list[Message] = []
    for file in files:
        named = replace(asked, data=file)
        for seed in range(DEFAULT_SEED, DEFAULT_SEED + seeds):
            report = report_of(named, seed)
            used |= {phrase for _, phrase in used_by(report.plan, report.realiser)}
        messages += report.messages
    desk = sample_desk(replace(asked, data=files[0]) if files else asked)
    bank = desk.lexicon.bank
    if not files:
        messages = [m for name in bank.contract for m in grid(name)]
    return coverage(bank, messages, frozenset(used), desk)


def workbench(asked: Asked) -> Workbench:
    """What is at hand for adding a phrase.

    Raises:
        DraftgenError: the data file or a phrasebank is not valid.
    """
    if asked.data is None:
        shelf = max(_shelves_over(asked, layers_of(asked), None), key=lambda s: len(s.stock.in_force))
        return Workbench(shelf, sample_desk(asked))
    report = report_of(asked)
    shelf = _shelves_over(asked, layers_of(asked, report.examined), report.examined)[0]
    return Workbench(shelf, report.realiser, report.messages)


def place_for(asked: Asked, into: Path | None) -> Path:
    """The file for a new phrase: as named; else by ``--phrases``, else beside the data file, else the user's own."""
    if into is not None:
        return into / OWN_FILE if into.is_dir() or not into.suffix else into
    if asked.phrases:
        return asked.phrases[-1] / OWN_FILE
    if asked.data is not None and not same_folder(asked.data.parent / PROJECT_FOLDER, asked.where().phrasebanks):
        return asked.data.parent / PROJECT_FOLDER / OWN_FILE
    return user_folder() / OWN_FILE


def ids_in(path: Path) -> frozenset[str]:
    """The ids that a phrase file has taken; none where it cannot be read, which writing will tell."""
    try:
        return frozenset(ids_of(read_text(path).text)) if is_fit(path) else frozenset()
    except (OSError, ValueError, YAMLError):
        return frozenset()


def new_id(proposal: Proposal, taken: Collection[str]) -> Proposal:
    """Give a proposal an id that nobody has."""
    phrase = proposal.phrase
    cases = phrase.when.get("case", ())
    name = free_id(phrase.message, taken, cases[0] if len(cases) == 1 else "")
    return replace(proposal, phrase=replace(phrase, id=name))


def text_with(path: Path, phrase: Phrase) -> bytes:
    """The bytes of a phrase file with a phrase added at the end.

    Raises:
        PhrasebankError: nothing can be added to this file.
    """
    try:
        file = read_text(path) if path.exists() else TextFile("", "utf-8")
        return file.with_text(appended(file.text, phrase)).as_bytes()
    except (CannotAppendError, OSError, UnicodeError) as error:
        raise PhrasebankError.because(
            "cannot-append",
            Localised(
                "Nothing can be added to this file: {why}.", "无法在此文件中增加短语：{why}。", {"why": str(error)}
            ),
            places=[Place(str(path))],
            hint=Localised("Name another file with --into.", "请用 --into 指定另一个文件。"),
        ) from error
