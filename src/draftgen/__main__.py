"""Run the command line with ``python -m draftgen``."""

from draftgen.cli import main

if __name__ == "__main__":
    main()
