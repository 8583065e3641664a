"""The language of the command line: which one, and its catalogue. English source strings stand in the code."""

from __future__ import annotations

import gettext
import locale
from collections.abc import Mapping, Sequence
from pathlib import Path

LANGUAGES = ("zh", "en")
_CATALOGUES = {"zh": "zh_CN"}
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Translator:
    """Words of the command line in one language. Texts are given in English, as literals, so that tests find them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str, /, **values: object) -> str:
        """Return a text in the language, with its named places filled."""
        text = self._catalogue.gettext(message)
        return text.format_map(values) if values else text

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return a text that depends on a number; the text may name it ``{n}``."""
        return self._catalogue.ngettext(one, many, n).format_map({"n": n, **values})


def _catalogue(language: str) -> gettext.NullTranslations:
    folder = _CATALOGUES.get(language)
    if folder is None:
        return gettext.NullTranslations()
    file = Path(__file__).parents[1] / "locale" / folder / "LC_MESSAGES" / "draftgen.mo"
    try:
        with file.open("rb") as stream:
            return gettext.GNUTranslations(stream)
    except OSError:  # a damaged installation should still say what is wrong, if only in English
        return gettext.NullTranslations()


def chosen_language(args: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return ``zh`` or ``en``: by ``--lang``, then DRAFTGEN_LANG, then the locale.

    Help is made before options are parsed, so ``--lang`` is looked for here; the parser refuses wrong values.

    >>> chosen_language(["check", "--lang=en"], {"DRAFTGEN_LANG": "zh"})
    'en'
    >>> chosen_language([], {"LANG": "zh_CN.UTF-8"})
    'zh'
    """
    asked = _asked(args)
    if asked in LANGUAGES:
        return asked
    own = environ.get("DRAFTGEN_LANG", "").strip()
    if own:
        return _of_locale(own)
    for variable in _LOCALE_VARIABLES:
        if name := environ.get(variable):
            return _of_locale(name)
    return _of_locale(_system_locale())


def _asked(args: Sequence[str]) -> str:
    asked = ""
    for at, word in enumerate(args):
        if word == "--":
            break
        if word.startswith("--lang="):
            asked = word.partition("=")[2]
        elif word == "--lang" and at + 1 < len(args):
            asked = args[at + 1]
    return asked


def _of_locale(name: str) -> str:
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"  # Windows says "Chinese (Simplified)_China"


def _system_locale() -> str:
    try:
        return locale.getlocale(locale.LC_CTYPE)[0] or ""
    except ValueError:  # a name that Python does not know
        return ""
