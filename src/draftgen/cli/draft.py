"""``draftgen draft``: the main job, from a data file to a draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from draftgen.cli.commands import Verb
from draftgen.cli.console import findings_json, say, say_json, show_findings, summary
from draftgen.cli.errors import Refusal
from draftgen.cli.files import check_ending, check_output, write
from draftgen.cli.options import data_file, force_option, json_option, kind_option, known_kind, phrases_option
from draftgen.cli.pieces import Piece, Target, check_pieces, pieces, target_of
from draftgen.cli.prompts import Prompt, open_prompts, prompts_json, show_prompts
from draftgen.cli.translation import Translator
from draftgen.errors import DraftgenError, IdentityError
from draftgen.findings import Finding
from draftgen.output import OwnStyle, own_style, require_tools
from draftgen.pipeline import DEFAULT_SEED, ENDINGS, Examined, compose, examine, folders, load, render


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for."""

    file: Path
    target: Target
    kind: str | None
    seed: int
    strict: bool
    force: bool
    phrases: tuple[Path, ...] = ()
    no_charts: bool = False
    style: Path | None = None
    controls: bool = True
    proof: bool = False
    manifest: Path | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and what is left to fill in there."""

    path: Path
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; ``written`` is empty where nothing was."""

    code: int
    kind: str | None
    findings: tuple[Finding, ...]
    written: tuple[Written, ...] = ()


def command(t: Translator) -> click.Command:
    """Build the command."""
    about = t(
        "Drafts the report from a data file. What only a person can know is left as a visible prompt and listed "
        "here.\n\n"
        "If figures contradict one another the draft is written all the same, each is marked in Word by a comment, and "
        "the exit code is 4. A data file that cannot be read or is not valid gives no draft; the exit code is 3."
    )
    return Verb("draft", t, about=about, params=_params(t), callback=_run)


def _params(t: Translator) -> list[click.Parameter]:
    output = click.Option(
        ["-o", "--output"],
        metavar=t("OUT"),
        type=click.Path(),
        help=t(
            "The file to write: .docx, .pdf (needs LibreOffice), .txt or .md. Without it, a .docx beside the data file "
            "with the same name. A folder takes one file for each project."
        ),
    )
    each = click.Option(["--each"], is_flag=True, help=t("One file for each project, in the folder that -o names."))
    project = click.Option(["--project"], metavar=t("NAME"), help=t("Only the report of the project with this name."))
    seed = click.Option(
        ["--seed"],
        metavar=t("N"),
        callback=_whole_number,
        help=t("Another number gives other wording, never other figures. Without it: {seed}.", seed=DEFAULT_SEED),
    )
    style = click.Option(
        ["--style"],
        metavar=t("STYLE"),
        type=click.Path(path_type=Path),
        help=t("A Word file whose styles, pages, headers and footers the draft takes; draftgen style writes one."),
    )
    strict = click.Option(["--strict"], is_flag=True, help=t("Write nothing if there is a finding of severity error."))
    plain = click.Option(["--no-charts"], is_flag=True, help=t("Draw no charts."))
    kind = kind_option(t, t("The kind of report to draft, if not the one that the data file names."))
    file = data_file(t, t("The data file (.xlsx, .yaml, .json or .toml)."))
    looks = [style, *_word_params(t)]
    own = phrases_option(t)
    return [file, output, kind, each, project, seed, own, plain, strict, *looks, force_option(t), json_option(t)]


def _word_params(t: Translator) -> list[click.Parameter]:
    proof = click.Option(["--proof"], is_flag=True, help=t("Shade every generated figure in Word, for proof-reading."))
    controls = click.Option(
        ["--no-controls", "controls"],
        is_flag=True,
        flag_value=False,
        default=True,
        help=t("Write Word without content controls, bookmarks and manifest: nothing can be explained later."),
    )
    manifest = click.Option(
        ["--manifest"],
        metavar=t("FILE"),
        type=click.Path(path_type=Path),
        help=t("Write the manifest beside the draft too: where every figure and sentence comes from, as JSON."),
    )
    return [proof, controls, manifest]


def _whole_number(ctx: click.Context, param: click.Parameter, value: str | None) -> int:
    if value is None:
        return DEFAULT_SEED
    try:
        return int(value)
    except ValueError:
        t: Translator = ctx.obj
        raise click.BadParameter(t("“{value}” is not a whole number.", value=value), ctx, param) from None


@click.pass_context
def _run(
    ctx: click.Context,
    /,
    file: Path,
    output: str | None,
    kind: str | None,
    each: bool,
    project: str | None,
    seed: int,
    json: bool,
    **how: Any,
) -> None:
    t: Translator = ctx.obj
    target = target_of(file, output, project, each=each)
    job = Job(file, target, known_kind(kind, file), seed, **how)
    _check_targets(job, t)
    try:
        outcome = _draft(job, t)
    except DraftgenError as error:
        if not json:
            raise
        outcome = Outcome(error.exit_code, job.kind, error.findings)
    if json:
        say_json(_as_json(job, outcome, t))
    else:
        _show(job, outcome, t)
    ctx.exit(outcome.code)


def _check_targets(job: Job, t: Translator) -> None:
    """Refuse what cannot be written before anything is read."""
    if job.target.folder and job.manifest is not None:
        raise Refusal("one-manifest", t("A manifest is of one draft; it cannot be written for several at once."))
    paths = [job.manifest] if job.manifest is not None else []
    if not job.target.folder:
        check_ending(job.target.path, ENDINGS, t)
        paths.append(job.target.path)
    for path in paths:
        check_output(path, t, force=job.force, source=job.file)


def _draft(job: Job, t: Translator) -> Outcome:
    require_tools("" if job.target.folder else job.target.path.suffix.lower())
    examined = examine(load(job.file), job.kind)
    report, kind = examined.report, examined.kind.outline.id
    code = IdentityError.exit_code if report.errors else 0
    if code and job.strict:
        return Outcome(code, kind, report.findings)
    found = pieces(job.target, examined, t)
    check_pieces(job.target, found, t, force=job.force, source=job.file)
    style = own_style(job.style, examined.profile) if job.style else None
    findings = (*report.findings, *(style.findings if style else ()))
    return Outcome(code, kind, findings, tuple(_write(piece, examined, job, style, t) for piece in found))


def _write(piece: Piece, examined: Examined, job: Job, style: OwnStyle | None, t: Translator) -> Written:
    where = folders(job.file.parent, job.phrases)
    draft = compose(examined, seed=job.seed, item=piece.item, where=where, charts=not job.no_charts)
    ending = piece.path.suffix.lower()
    write(piece.path, render(draft, ending, style=style, controls=job.controls, proof=job.proof), t)
    if job.manifest is not None:
        write(job.manifest, f"{draft.record}\n".encode(), t)
    return Written(piece.path, open_prompts(draft))


def _show(job: Job, outcome: Outcome, t: Translator) -> None:
    show_findings(outcome.findings, t)
    for written in outcome.written:
        if len(outcome.written) > 1 and written.prompts:
            say(str(written.path))
        show_prompts(written.prompts, t)
    say(summary(outcome.findings, t))
    if not outcome.written:
        say(t("Nothing was written: with --strict, errors come first."))
        return
    for path in filter(None, (*(w.path for w in outcome.written), job.manifest)):
        say(t("Written: {path}", path=path))
    if outcome.code and outcome.written[0].path.suffix.lower() == ".docx":
        say(t("The draft contains figures that contradict one another; each is marked by a comment."))
    elif outcome.code:
        say(t("The draft contains figures that contradict one another. Correct the data file and draft again."))


def _as_json(job: Job, outcome: Outcome, t: Translator) -> dict[str, Any]:
    content = {
        "command": "draft",
        "file": str(job.file),
        "kind": outcome.kind,
        "exit_code": outcome.code,
        **findings_json(outcome.findings, t),
        "seed": job.seed,
        "output": str(job.target.path) if outcome.written else None,
        "manifest": str(job.manifest) if outcome.written and job.manifest else None,
        "prompts": prompts_json(outcome.written[0].prompts) if len(outcome.written) == 1 else [],
    }
    if job.target.folder:
        content["outputs"] = [{"output": str(w.path), "prompts": prompts_json(w.prompts)} for w in outcome.written]
    return content
