"""Hostile phrasebanks: refused or contained, with a message, in bounded time and memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from draftgen._writing import write_bytes
from draftgen.curation.mend import mend_files
from draftgen.errors import PhrasebankError
from draftgen.findings import Severity
from draftgen.wording.layers import MOST_BYTES, MOST_ENTRIES, MOST_FILES, Layer
from draftgen.wording.phrasebank import load_phrasebank
from tests.curation.test_check import checked, text_of, written
from tests.desk import FOLDERS, KIND, ROOT

LONGEST = 20  # seconds of the processor; without the bounds these take minutes or for ever

Attack = Callable[[Path], object]


def entry(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'phrases:\n  - id: a.b\n    message: change\n    when: {{case: [up]}}\n    text: "{quoted}"\n'


JINJA = {
    "a loop": "{% for i in range(999999999) %}x{% endfor %}",
    "an attribute walk": "{{ item.__class__.__mro__[1].__subclasses__() }}",
    "a call": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "a huge repeat": "{{ 'x' * 10**10 }}",
    "a power": "{{ 9**9**9 }}",
    "a filter": "{{ item|attr('__class__') }}",
    "an include": "{% include '/etc/passwd' %}",
    "a macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a line statement": "{{ item }}\n{%- set x = 1 %}",
    "nested braces": "{" * 300 + "}" * 300,
    "a comment": "{# #}{{ change_amount }}",
    "a range in a slot": "{{ range(10**9)|list }}",
}


@pytest.mark.parametrize("name", JINJA)
def test_nothing_but_slots_is_ever_compiled(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(text: str) -> None:
        raise AssertionError(f"compiled: {text}")

    monkeypatch.setattr("draftgen.wording.phrases._compiled", never)
    written(tmp_path, entry(JINJA[name]))
    found = {t.finding.code for t in checked(tmp_path) if t.finding.severity is Severity.ERROR}
    assert found & {"logic-in-text", "broken-slot", "too-long"}
    with pytest.raises(PhrasebankError):
        load_phrasebank(FOLDERS.phrasebanks, KIND, layers=(Layer("user", tmp_path),))


def laughs(folder: Path) -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    written(folder, "\n".join(lines))


def deep(folder: Path) -> None:
    written(folder, "phrases: " + "[" * 100_000)


def deep_blocks(folder: Path) -> None:
    written(folder, "phrases:\n" + "\n".join(" " * n + "a:" for n in range(1, 900)))


def giant(folder: Path) -> None:
    with (folder / "own.yaml").open("wb") as file:
        file.truncate(8 * 1024**3)  # eight gigabytes that take no room


def large(folder: Path) -> None:
    written(folder, "phrases:\n" + "  - id: a\n" * (MOST_BYTES // 10))


def many_entries(folder: Path) -> None:
    one = '  - {{id: a.{n}, message: change, text: "{{{{ item }}}}{{{{ change_amount }}}}"}}\n'
    written(folder, "phrases:\n" + "".join(one.format(n=n) for n in range(MOST_ENTRIES + 1)))


def many_values(folder: Path) -> None:
    written(folder, entry("{{ item }}").replace("[up]", "[" + "up, " * 100_000 + "up]"))


def many_wishes(folder: Path) -> None:
    written(folder, "prefer: [" + "'*a*b*c*', " * 40_000 + "'x']")


def stars(folder: Path) -> None:
    written(folder, "prefer: ['" + "*a" * 40 + "b']")


def long_words(folder: Path) -> None:
    written(folder, f"phrases:\n  - id: a\n    message: {'chang' * 80_000}\n    text: x\n{'p' * 900}: 1\n")


def long_text(folder: Path) -> None:
    written(folder, entry("（" * 60_000 + "{{ item }}" * 20_000))


def long_key(folder: Path) -> None:
    written(folder, "phrases:\n  - " + "k" * 400_000 + ": 1\n")


def many_files(folder: Path) -> None:
    for number in range(MOST_FILES + 1):
        written(folder, "phrases: []\n", f"{number}.yaml")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "own.yaml")


def folder_as_file(folder: Path) -> None:
    (folder / "own.yaml").mkdir()


def link_outside(folder: Path) -> None:
    secret = folder.parent / "secret.yaml"
    secret.write_text("password: 1\n", "utf-8")
    (folder / "own.yaml").symlink_to(secret)


def link_to_a_device(folder: Path) -> None:
    (folder / "own.yaml").symlink_to("/dev/zero")


def link_to_itself(folder: Path) -> None:
    (folder / "own.yaml").symlink_to(folder / "own.yaml")


def linked_folder(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "own.yaml").write_text("phrases: []\n", "utf-8")
    (folder / "common").symlink_to(outside)


def tagged(folder: Path) -> None:
    written(folder, "phrases: !!python/object/apply:os.system ['touch taken']\n")


def merged(folder: Path) -> None:
    written(folder, "a: &a {id: x}\nphrases:\n  - <<: *a\n")


def two_documents(folder: Path) -> None:
    written(folder, "phrases: []\n---\nphrases: []\n")


def utf16(folder: Path) -> None:
    (folder / "own.yaml").write_bytes("phrases: 短语\n".encode("utf-16-be"))


def garbage(folder: Path) -> None:
    (folder / "own.yaml").write_bytes(bytes(range(256)) * 40)


def nul(folder: Path) -> None:
    (folder / "own.yaml").write_bytes(b"phrases: []\n\0\n")


def zip_file(folder: Path) -> None:
    (folder / "own.yaml").write_bytes(b"PK\x03\x04" + bytes(200))


ATTACKS: dict[str, tuple[Attack, set[str]]] = {
    "a billion laughs": (laughs, {"yaml-alias"}),
    "brackets without end": (deep, {"too-deep", "bad-syntax"}),
    "blocks without end": (deep_blocks, {"too-deep"}),
    "eight gigabytes": (giant, {"too-large", "too-many-files"}),
    "a large file": (large, {"too-large"}),
    "too many entries": (many_entries, {"too-many-entries"}),
    "a condition of a million values": (many_values, {"too-many-items"}),
    "a million wishes": (many_wishes, {"wrong-shape"}),
    "a pattern of stars": (stars, {"wrong-shape"}),
    "words of half a megabyte": (long_words, {"unknown-message", "unknown-section"}),
    "a text of half a megabyte": (long_text, {"too-long"}),
    "a key of a megabyte": (long_key, {"unknown-field", "missing-field", "bad-syntax"}),
    "too many files": (many_files, {"too-many-files"}),
    "a pipe": (pipe, {"not-a-file"}),
    "a folder named as a file": (folder_as_file, {"not-a-file"}),
    "a link outside": (link_outside, {"leads-outside"}),
    "a link to a device": (link_to_a_device, {"leads-outside"}),
    "a link to itself": (link_to_itself, {"leads-outside"}),
    "a linked folder": (linked_folder, {"leads-outside"}),
    "a tag": (tagged, {"yaml-tag"}),
    "a merge": (merged, {"yaml-merge", "yaml-alias"}),
    "two documents": (two_documents, {"several-documents"}),
    "another encoding": (utf16, {"bad-encoding", "bad-character", "bad-syntax"}),
    "garbage": (garbage, {"bad-encoding", "bad-character"}),
    "a nul": (nul, {"bad-character"}),
    "a zip": (zip_file, {"not-a-text-file"}),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_told_in_bounded_time(name: str, tmp_path: Path) -> None:
    attack, codes = ATTACKS[name]
    folder = tmp_path / "bank"
    folder.mkdir()
    attack(folder)
    began = time.process_time()
    findings = [t.finding for t in checked(folder) if t.finding.severity is Severity.ERROR]
    assert {f.code for f in findings} & codes
    for finding in findings:
        assert finding.places
        assert finding.hint is not None
        assert len(finding.message.render("zh")) < 2000
        assert "password" not in finding.message.render("en")
    with pytest.raises(PhrasebankError):
        load_phrasebank(FOLDERS.phrasebanks, KIND, layers=(Layer("user", folder),))
    paths = [p for p in folder.iterdir() if p.suffix == ".yaml" and not p.is_symlink()]
    mend_files(paths, lambda: checked(folder), write_bytes)
    assert time.process_time() - began < LONGEST


def test_the_largest_folder_that_is_let_in_is_checked_in_bounded_time(tmp_path: Path) -> None:
    text = "{{ item }}{{ change_amount }}第%d，{{ change_rate }}"
    one = f'  - {{id: a.%d, message: change, when: {{case: [up]}}, text: "{text}"}}\n'
    written(tmp_path, "phrases:\n" + "".join(one % (n, n) for n in range(MOST_ENTRIES)))
    began = time.process_time()
    assert all(t.finding.severity is not Severity.ERROR for t in checked(tmp_path))
    assert time.process_time() - began < LONGEST


def test_an_attack_takes_no_more_memory_than_a_small_machine_has(tmp_path: Path) -> None:
    giant(tmp_path)
    code = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({1024**3}, {1024**3}))
from draftgen.cli import front
from draftgen.cli.translation import Translator
front(Translator("en")).main(["phrases", "check", sys.argv[1], "--fix"])
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=env, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 5, done.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1024**2


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(self: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(PhrasebankError) as caught:
        load_phrasebank(FOLDERS.phrasebanks, KIND, layers=(Layer("user", tmp_path),))
    assert caught.value.findings[0].code == "cannot-read"


def test_a_phrase_cannot_print_what_it_is_not_given(tmp_path: Path) -> None:
    written(tmp_path, text_of("{{ item }}{{ versus }}{{ change_amount }}，{{ change_rate }}，{{ cycler }}"))
    assert "unknown-slot" in {t.finding.code for t in checked(tmp_path)}
