"""Time the whole run, cold and warm, beside docxtpl. Only ratios of one run mean anything."""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from bench.content import DATA, ROOT, example, write_template
from draftgen.pipeline import compose, examine, load, render

WARM_UP, WARM, COLD = 5, 40, 9
FIVE = "import click, jinja2, pydantic, docx, yaml"


def warm(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each of `WARM` runs in this process."""
    for _ in range(WARM_UP):
        work()
    times = []
    for _ in range(WARM):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def process(command: list[str]) -> float:
    """Milliseconds of one process."""
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, check=False)
    if done.returncode not in (0, 4):
        raise RuntimeError(f"{command} ended with {done.returncode}")
    return (time.perf_counter() - start) * 1000


def cold(commands: dict[str, list[str]]) -> dict[str, float]:
    """Medians over interleaved rounds, each a whole process."""
    seen: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(COLD):
        for name, command in commands.items():
            seen[name].append(process(command))
    return {name: statistics.median(times) for name, times in seen.items()}


def pipeline() -> bytes:
    """Everything from the data file to the bytes of the Word file."""
    return render(compose(examine(load(DATA))), ".docx")


def peer(template: Path, context: dict[str, str]) -> bytes:
    """docxtpl from the template to the bytes of the Word file."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(str(template))
    document.render(context)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def stages() -> dict[str, list[float]]:
    """Where draftgen's time goes."""
    loaded = load(DATA)
    examined = examine(loaded)
    draft = compose(examined)
    return {
        "read and validate": warm(lambda: load(DATA)),
        "derive and check": warm(lambda: examine(loaded)),
        "plan and word": warm(lambda: compose(examined)),
        "write Word": warm(lambda: render(draft, ".docx")),
        "write Word, no controls": warm(lambda: render(draft, ".docx", controls=False)),
    }


def manifest_share() -> float:
    """What part of the finished file the manifest takes."""
    data = render(example(), ".docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.getinfo("customXml/item1.xml").compress_size / len(data)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        context = write_template(folder)
        (folder / "context.json").write_text(json.dumps(context), "utf-8")
        template = folder / "template.docx"
        report_warm(template, context)
        report_cold(folder)


def report_warm(template: Path, context: dict[str, str]) -> None:
    ours, theirs, parts = warm(pipeline), warm(lambda: peer(template, context)), stages()
    print(f"warm, ms (median of {WARM}); {len(context)} figures in prose")
    for name, times in {"draftgen, whole pipeline": ours, "docxtpl": theirs, **parts}.items():
        print(f"  {name:26} {statistics.median(times):8.1f}   min {min(times):.1f}")
    print(f"  ratio draftgen / docxtpl   {statistics.median(ours) / statistics.median(theirs):8.2f}")
    with_controls, without = (statistics.median(parts[n]) for n in ("write Word", "write Word, no controls"))
    print(f"  ratio with / no controls   {with_controls / without:8.2f}   at most 2")
    print(f"  ratio manifest / file      {manifest_share():8.2f}   at most a third")


def report_cold(folder: Path) -> None:
    python = sys.executable
    out = str(folder / "out.docx")
    commands = {
        "draftgen draft": [python, "-m", "draftgen", "draft", str(DATA), "-o", out, "--force"],
        "docxtpl": [python, "-m", "bench.peer", str(folder / "template.docx"), str(folder / "context.json"), out],
        "the five imports": [python, "-c", FIVE],
        "draftgen --help": [python, "-m", "draftgen", "--help"],
        "python -c pass": [python, "-c", "pass"],
    }
    results = cold(commands)
    print(f"cold, ms (median of {COLD} interleaved rounds)")
    for name, ms in results.items():
        print(f"  {name:26} {ms:8.1f}")
    ours = results["draftgen draft"]
    print(f"  ratio draft / docxtpl      {ours / results['docxtpl']:8.2f}")
    print(f"  ratio draft / five imports {ours / results['the five imports']:8.2f}")
    print(f"  ratio help / five imports  {results['draftgen --help'] / results['the five imports']:8.2f}")


if __name__ == "__main__":
    main()
