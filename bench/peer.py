"""The peer's whole run: python -m bench.peer TEMPLATE CONTEXT.json OUT."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    from docxtpl import DocxTemplate

    template = DocxTemplate(sys.argv[1])
    template.render(json.loads(Path(sys.argv[2]).read_text("utf-8")))
    template.save(sys.argv[3])


if __name__ == "__main__":
    main()
