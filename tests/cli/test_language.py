"""Two languages, each complete: the catalogue, the help pages, the faults of a command line."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from draftgen.cli.pages import cells, wrap
from draftgen.cli.translation import Translator, chosen_language

from .catalogue import MO, Source, catalogue, compiled, sources, translations
from .conftest import Run, process

VERBS = ["", "kinds", "new", "import", "check", "draft", "explain", "finish", "schema", "style", "doctor"]
VERBS += ["phrases", "phrases list", "phrases check", "phrases sample", "phrases add", "phrases coverage"]
VERBS += ["phrases schema"]
# What stays in Latin letters in a Chinese text: commands, options, endings, names of products and formats.
LATIN = {"draftgen", *" ".join(VERBS).split(), "convert", "zh", "en"}
LATIN |= {"Word", "Excel", "WPS", "JSON", "YAML", "TOML", "Schema"}
LATIN |= {"phrasebanks", "DRAFTGEN", "PHRASES", "change"}
LATIN |= {"y", "case", "cases", "up", "down"}
LATIN |= {"export", "LibreOffice", "PDF", "Python", "GB"}
SOURCES = sorted(sources(), key=str)


def places(text: str) -> set[str | None]:
    """The named places of a text."""
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_every_text_has_a_chinese_translation_with_the_same_places(source: Source) -> None:
    chinese = translations(catalogue()).get(source, "")
    assert chinese
    for english in [source] if isinstance(source, str) else source:
        assert places(chinese) == places(english)


def test_the_catalogue_holds_no_text_that_is_gone() -> None:
    assert set(translations(catalogue())) == set(sources())


def test_the_compiled_catalogue_is_up_to_date() -> None:
    assert MO.read_bytes() == compiled(translations(catalogue()))


def test_the_compiled_catalogue_is_what_gettext_reads() -> None:
    t = Translator("zh")
    assert t("warning") == "警告"
    assert t("Written: {path}", path="{a}") == "已写入：{a}"
    assert t.ngettext("{n} error", "{n} errors", 2) == "错误2项"
    assert Translator("en").ngettext("{n} error", "{n} errors", 1) == "1 error"


@pytest.mark.parametrize(
    ("args", "environ", "language"),
    [
        (["--lang", "en"], {"DRAFTGEN_LANG": "zh"}, "en"),
        (["check", "x", "--lang=zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["--", "--lang", "en"], {"DRAFTGEN_LANG": "zh"}, "zh"),
        ([], {"DRAFTGEN_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"DRAFTGEN_LANG": "zh_CN"}, "zh"),
        ([], {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "C"}, "zh"),
        ([], {"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        (["--lang"], {"LANG": "C"}, "en"),
    ],
)
def test_the_language_follows_the_option_then_the_variable_then_the_locale(
    args: list[str], environ: dict[str, str], language: str
) -> None:
    assert chosen_language(args, environ) == language


@pytest.mark.parametrize(
    ("name", "language"), [("Chinese (Simplified)_China", "zh"), ("zh_CN", "zh"), ("English_United States", "en")]
)
def test_without_variables_the_system_decides(name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getlocale", lambda category: (name, "936"))
    assert chosen_language([], {}) == language


def test_a_locale_that_python_does_not_know_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(category: int) -> tuple[str, str]:
        raise ValueError

    monkeypatch.setattr("locale.getlocale", unknown)
    assert chosen_language([], {}) == "en"


@pytest.mark.parametrize("verb", VERBS)
def test_help_is_chinese_throughout(verb: str, run: Run) -> None:
    result = run(*verb.split(), "--help")
    assert result.exit_code == 0
    text = re.sub(r"(?<!\w)--?[a-z-]+|\.[a-z]+\b", "", result.output)  # options and endings
    assert set(re.findall(r"[A-Za-z]+", text)) <= LATIN


@pytest.mark.parametrize("verb", VERBS)
def test_help_is_english_throughout(verb: str, run: Run) -> None:
    result = run(*verb.split(), "--help", lang="en")
    assert result.exit_code == 0
    assert result.output.startswith("Usage: draftgen")
    assert not re.search(r"[\u2e80-\uffef]", result.output)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_option_may_stand_before_or_after_the_verb(lang: str, run: Run) -> None:
    other = "en" if lang == "zh" else "zh"
    assert run("--lang", lang, "kinds", "--help", lang=other).output == run("kinds", "--help", lang=lang).output
    assert run("kinds", "--help", "--lang", lang, lang=other).output == run("kinds", "--help", lang=lang).output


FAULTS = [
    (["check"], "缺少参数“文件”。", "The argument FILE is missing."),
    (["check", "a", "b"], "多余的参数：b", "Unexpected argument: b"),
    (["check", "--jsn", "a"], "没有 --jsn 这个选项，是否为 --json？", "There is no option --jsn. Did you mean --json?"),
    (["check", "--xyz", "a"], "没有 --xyz 这个选项。", "There is no option --xyz."),
    (["check", "--json=1", "a"], "选项 --json 后面不能带取值。", "The option --json takes no value."),
    (["draft", "a", "-o"], "选项 -o 后面缺少取值。", "The option -o needs a value."),
    (
        ["draft", "a", "--seed", "x"],
        "--seed 的取值不正确：“x”不是整数。",
        "The value of --seed is not valid: “x” is not",
    ),
    (["--lang", "fr", "kinds"], "--lang 的取值不正确：“fr”不是 zh 或 en。", "The value of --lang is not valid: “fr”"),
    (["drft"], "没有“drft”这个命令。是否为“draft”？", "There is no command “drft”. Did you mean “draft”?"),
    (["zzz"], "没有“zzz”这个命令。", "There is no command “zzz”."),
    (["--zzz"], "没有 --zzz 这个选项。", "There is no option --zzz."),
]


@pytest.mark.parametrize(("args", "chinese", "english"), FAULTS)
def test_a_faulty_command_line_is_told_in_the_language(args: list[str], chinese: str, english: str, run: Run) -> None:
    for lang, usage, fault in (
        ("zh", "用法：draftgen", f"错误：{chinese}"),
        ("en", "Usage: draftgen", f"Error: {english}"),
    ):
        result = run(*args, lang=lang)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith(usage)
        assert fault in result.stderr
    assert not re.search(r"Error|Usage|Try|Missing|Invalid|No such", run(*args).stderr)


def test_without_a_verb_the_help_is_shown(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "根据数据文件起草报告。" in result.stderr


def test_a_process_speaks_the_language_of_its_locale() -> None:
    assert process("--help", LANG="zh_CN.UTF-8").stdout.decode().startswith("用法：")
    assert process("--help", LANG="en_GB.UTF-8").stdout.decode().startswith("Usage: ")
    assert (
        process("--help", LANG="en_GB.UTF-8", DRAFTGEN_LANG="zh", PYTHONUTF8="1").stdout.decode().startswith("用法：")
    )


def test_lines_are_broken_by_cells_and_marks_stay_with_their_words() -> None:
    text = "数据之间相互矛盾时，文稿照样生成（矛盾之处在 Word 中以批注标明），退出码为 4。"
    for width in range(12, 60):
        lines = wrap(text, width)
        assert all(cells(line) <= width for line in lines)
        assert not any(line[0] in "，。）" or line[-1] in "（" for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
