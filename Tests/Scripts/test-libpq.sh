#!/usr/bin/env bash
# Runs the tests that talk to a server with a newer libpq than Debian 12's: 17 and later hand rows over in chunks.
# It comes from the Python wheel psycopg-binary, which carries one. Arguments go to `swift test`.
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config postgresql postgresql-common python3 python3-venv

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" -q install --target "$scratch/wheel" 'psycopg-binary' >&2
libraries="$scratch/wheel/psycopg_binary.libs"
mkdir "$scratch/libpq"
ln -s "$libraries"/libpq-*.so.5* "$scratch/libpq/libpq.so.5"

flags=(-Xswiftc -warnings-as-errors)
swift build --build-tests "${flags[@]}"
# Only what the tests start sees it; a test says which libpq it found.
LD_LIBRARY_PATH="$scratch/libpq:$libraries" FREEZE_LIBPQ_CHUNKS=required \
  swift test --skip-build "${flags[@]}" --filter 'PostgresTests|HRRecordsTests|AuditServiceTests' "$@"
