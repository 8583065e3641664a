#!/bin/sh
# Time draftgen against docxtpl filling the same content, and the reading of large workbooks. Prints tables and ratios.
#   bench/run.sh [python]        the Python of an environment with draftgen and its dev dependencies
set -eu
cd "$(dirname "$0")/.."
"${1:-.venv/bin/python}" -m bench.measure
exec "${1:-.venv/bin/python}" -m bench.workbook
