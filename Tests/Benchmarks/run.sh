#!/usr/bin/env bash
# Measures the program against its rivals in one run, on a throwaway PostgreSQL, and prints a table of ratios.
# usage: Tests/Benchmarks/run.sh [rows]        rows of the full scan, 5000000 by default; 50,000 and 1,000,000 beside it
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config postgresql postgresql-common python3 python3-venv gcc time

# As the README installs it.
swift build -c release --static-swift-stdlib --product freeze-auditor >&2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv" >&2
"$scratch/venv/bin/pip" -q install 'psycopg[binary]' python-dateutil >&2 || echo "psycopg is not to be had: the Python rival is left out" >&2
cc -O2 -o "$scratch/bare" Tests/Benchmarks/Scan/bare.c $(pkg-config --cflags --libs libpq)
export FREEZE_AUDITOR="$PWD/.build/release/freeze-auditor" BARE="$scratch/bare" SCRATCH="$scratch"
swift build -c release --package-path Tests/Benchmarks/Engine >&2
pg_virtualenv -t -o shared_buffers=256MB -o fsync=off "$scratch/venv/bin/python" Tests/Benchmarks/Scan/measure.py "${1:-5000000}"
Tests/Benchmarks/Engine/.build/release/engine-benchmark
