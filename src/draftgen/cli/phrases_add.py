"""``draftgen phrases add``: a sentence as it would stand in a report becomes an entry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import say, show_findings, warn
from draftgen.cli.errors import Refusal
from draftgen.cli.files import write
from draftgen.cli.options import figures_option, kind_option, known_kind, message_option, phrases_option
from draftgen.cli.translation import Translator
from draftgen.curation.adding import Proposal, Workbench, likely_messages, previews, propose, shown
from draftgen.curation.shelf import message_named
from draftgen.errors import ConflictError, PhrasebankError
from draftgen.findings import Finding, Localised, Place, Severity
from draftgen.phrase_desk import Asked, ids_in, new_id, place_for, text_with, workbench

_MOST_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for by options."""

    message: str | None
    text: str | None
    when: tuple[str, ...]
    about: tuple[str, ...]
    name: str | None
    into: Path | None
    yes: bool


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Adds a phrase from a sentence typed as it would stand in a report. It finds the slots and the condition, asks "
        "where it is not sure, shows the phrase in up to five cases, checks it, and writes one entry; comments in the "
        "file stay.\n\n"
        "With --yes it asks nothing: where something is not sure, nothing is written and the exit code is 7."
    )
    params = [
        message_option(t, t("The message type, by its name or its Chinese title.")),
        click.Option(["--text"], metavar=t("SENTENCE"), help=t("The sentence, with or without slots.")),
        click.Option(
            ["--when"],
            metavar=t("NAME=VALUE"),
            multiple=True,
            help=t("What is settled of the condition, such as case=up,down. May be given several times."),
        ),
        click.Option(
            ["--about"], metavar=t("FIGURE"), multiple=True, help=t("Only for this figure, named as in the data file.")
        ),
        click.Option(["--id"], metavar=t("ID"), help=t("The id. Without it, one is made up.")),
        click.Option(
            ["--into"],
            metavar=t("FILE"),
            type=click.Path(path_type=Path),
            help=t("The phrase file to write to, or a folder. Without it: beside the data file, else your own folder."),
        ),
        click.Option(["-y", "--yes"], is_flag=True, help=t("Ask nothing.")),
        figures_option(t, t("A data file: its figures help to find the slots.")),
        kind_option(t, t("One kind of report only.")),
        phrases_option(t),
    ]
    return Verb("add", t, about=about, params=params, callback=_run)


@click.pass_obj
def _run(
    t: Translator,
    message: str | None,
    text: str | None,
    when: tuple[str, ...],
    about: tuple[str, ...],
    id: str | None,
    into: Path | None,
    yes: bool,
    data: Path | None,
    kind: str | None,
    phrases: tuple[Path, ...],
) -> None:
    asked = Asked(known_kind(kind, data or Path()), data, phrases)
    wish = Wish(message, text, when, about, id, into, yes)
    bench = workbench(asked)
    name, sample = _message(wish, bench, t)
    _show_slots(name, sample, bench, t)
    path = place_for(asked, into)
    taken = ids_in(path) | {h.phrase.id for h in bench.shelf.stock.held}
    proposal = _settle(wish, name, _sentence(wish, sample, t), bench, t)
    proposal = proposal if wish.name else new_id(proposal, taken)
    if wish.name in ids_in(path):
        raise Refusal("id-taken", t("The id {id} stands in the file already.", id=wish.name), file=str(path))
    _show(proposal, bench, t)
    if not yes and not _agreed(t("Write it to {path}? (y/n)", path=path)):
        say(t("Nothing was written."))
        return
    phrase = proposal.phrase
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, text_with(path, phrase), t)
    say(t("Written: {path}", path=path))
    say(t("Id: {id}", id=phrase.id))


def _ask(question: str) -> str:
    answer: str = click.prompt(question, default="", show_default=False)
    return answer.strip()


def _agreed(question: str) -> bool:
    return _ask(question).lower() in ("y", "yes", "是", "好")


def _message(wish: Wish, bench: Workbench, t: Translator) -> tuple[str, str]:
    """The message type, as named or else the one that a sample sentence is most like; and that sentence."""
    contract = bench.shelf.contract
    if wish.message:
        return message_named(wish.message, contract), wish.text or ""
    said = (
        wish.text if wish.yes else wish.text or _ask(t("What is to be said? A name, or a sentence as it would stand"))
    )
    if not said:
        raise Refusal("message-missing", t("Say which message it is: --message MESSAGE."))
    titles = {kind.title: kind.name for kind in contract.values()} | {name: name for name in contract}
    if said in titles:
        return titles[said], ""
    ranked = likely_messages(said, bench)
    if wish.yes:
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 0.05:
            raise _undecided("message", [f"{n}（{contract[n].title}）" for n, _ in ranked[:2]])
        return ranked[0][0], said
    offered = [(n, f"{n}  {contract[n].title}") for n, _ in ranked[:_MOST_OFFERED]]
    return _chosen(t("Which message is it?"), offered, t), said


def _chosen(question: str, options: list[tuple[str, str]], t: Translator) -> str:
    for number, (_, told) in enumerate(options, 1):
        say(f"  {number}. {told}")
    while True:
        answer = _ask(f"{question} {t('(number, 1 if empty)')}") or "1"
        if answer.isdigit() and 1 <= int(answer) <= len(options):
            return options[int(answer) - 1][0]
        warn(t("A number from 1 to {n}, please.", n=len(options)))


def _sentence(wish: Wish, sample: str, t: Translator) -> str:
    text = wish.text
    if not text and not wish.yes:
        question = t("The sentence, as it would stand in a report")
        text = _ask(f"{question} {t('(empty: the one above)')}" if sample else question) or sample
    if not text:
        raise Refusal("text-missing", t("Give the sentence: --text SENTENCE."))
    return text


def _show_slots(name: str, sentence: str, bench: Workbench, t: Translator) -> None:
    """The slots of a message type, with what they show today for what the sentence seems to be about."""
    kind = bench.shelf.contract[name]
    every = [shown(m, kind.slots, bench.realiser) for m in bench.messages if m.type == name]
    today = max(every, key=lambda texts: sum(text in sentence for text in texts.values()), default={})
    say(t("{title} ({name}) has these slots:", title=kind.title, name=name))
    for slot, text in kind.shows.items():
        say(f"  {'{{ ' + slot + ' }}':<22} {text}" + (f"  →  {today[slot]}" if slot in today else ""))


def _settle(wish: Wish, name: str, sentence: str, bench: Workbench, t: Translator) -> Proposal:
    """Read the sentence; ask about slots and condition where it is not sure."""
    when = dict(_condition(item) for item in wish.when)

    def proposed(text: str = "") -> Proposal:
        return propose(sentence, name, bench, text=text, when=when, about=wish.about, name=wish.name or "?")

    found = proposed()
    reading = found.reading
    if reading.rival or reading.loose:
        if wish.yes:
            raise _undecided("slots", [reading.text, *filter(None, [reading.rival]), *reading.loose])
        for piece in reading.loose:
            say(t("No slot explains “{piece}”.", piece=piece))
        options = [(text, text) for text in (reading.text, reading.rival) if text]
        own = t("None of them: I type it with slots.")
        choice = _chosen(t("Which reading is right?"), [*options, ("", own)], t)
        found = proposed(choice or _ask(t("The text with its slots")))
    if not found.inference.sure:
        conditions = [found.inference.when, *found.inference.rivals]
        shown_as = ["; ".join(f"{k}: {', '.join(v)}" for k, v in c.items()) for c in conditions]
        if wish.yes:
            raise _undecided("condition", shown_as)
        choice = _chosen(t("When is it true?"), [(str(n), s) for n, s in enumerate(shown_as)], t)
        when.update(conditions[int(choice)])
        found = proposed(found.phrase.text)
    return found


def _condition(item: str) -> tuple[str, tuple[str, ...]]:
    name, _, values = item.partition("=")
    return name.strip(), tuple(v.strip() for v in values.replace("，", ",").split(",") if v.strip())


def _undecided(what: str, options: list[str]) -> ConflictError:
    names = {"message": "信息类型", "slots": "位置", "condition": "适用条件"}
    values = {"what": Localised(what, names[what]), "options": " | ".join(options)}
    return ConflictError(
        [
            Finding(
                "not-sure",
                Severity.ERROR,
                Localised("The {what} is not certain: {options}", "{what}不能确定：{options}", values),
                (),
                Localised(
                    "Run without --yes to be asked, or settle it with --message, --when or slots in --text.",
                    "去掉 --yes 逐项回答，或用 --message、--when 写明，或在 --text 中直接写位置。",
                ),
            )
        ]
    )


def _show(proposal: Proposal, bench: Workbench, t: Translator) -> None:
    """The entry in short, its previews, and what is wrong with it.

    Raises:
        PhrasebankError: it may not be added so.
    """
    phrase = proposal.phrase
    say(t("Text: {text}", text=phrase.text))
    conditions = {**phrase.when, **({"about": phrase.about} if phrase.about else {})}
    say(t("When: {when}", when="; ".join(f"{k}: {', '.join(v)}" for k, v in conditions.items())))
    for told, text in previews(phrase, bench) if not _errors(proposal) else ():
        say(f"    {told:<14} {text}")
    findings = [flaw.finding(Place(phrase.id), phrase.id) for flaw in proposal.flaws if flaw.code != "no-example"]
    errors = [f for f in findings if f.severity is Severity.ERROR]
    if errors:
        raise PhrasebankError(errors)
    show_findings(findings, t)


def _errors(proposal: Proposal) -> bool:
    return any(flaw.severity is Severity.ERROR for flaw in proposal.flaws)
