"""Where phrasebanks and templates are, and which version this is: of the installed package, or of the checkout."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path

from draftgen.errors import TemplateError
from draftgen.findings import Localised


def data_folder(name: str) -> Path:
    """Return the folder `name` (``phrasebanks`` or ``templates``).

    Raises:
        TemplateError: neither the package nor a checkout holds it.
    """
    packaged = Path(str(resources.files("draftgen"))) / name
    if packaged.is_dir():
        return packaged
    root = Path(__file__).resolve().parents[2]
    if (root / "pyproject.toml").is_file() and (root / name).is_dir():
        return root / name
    raise TemplateError.because(
        "data-missing",
        Localised(
            "The folder {name} is not installed. Reinstall draftgen.",
            "安装不完整，缺少“{name}”文件夹，请重新安装 draftgen。",
            {"name": name},
        ),
    )


@lru_cache(maxsize=1)
def own_version() -> str:
    """Return the version of the installed package, or the one that a checkout names which was not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("draftgen")
    except PackageNotFoundError:
        return _version_of_checkout()


def _version_of_checkout() -> str:
    import tomllib

    try:
        project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
        return str(project["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return "?"
