"""Where phrasebanks and templates are: inside the installed package, or in the checkout."""

from __future__ import annotations

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
