#!/bin/sh
# Time draftgen against docxtpl filling the same content, in one run. Prints a table and the ratios.
#   bench/run.sh [python]        the Python of an environment with draftgen and its dev dependencies
set -eu
cd "$(dirname "$0")/.."
exec "${1:-.venv/bin/python}" -m bench.measure
