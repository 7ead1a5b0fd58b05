#!/usr/bin/env bash
# Measures Excel files against the same list as CSV, and against openpyxl, in one run.
# usage: Tests/Benchmarks/Excel/run.sh [rows]        100000 by default
set -euo pipefail
cd "$(dirname "$0")/../../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config python3-openpyxl time

# As the README installs it.
swift build -c release --static-swift-stdlib --product freeze-auditor >&2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
/usr/bin/python3 Tests/Benchmarks/Excel/measure.py "$PWD/.build/release/freeze-auditor" "$scratch" "${1:-100000}"
