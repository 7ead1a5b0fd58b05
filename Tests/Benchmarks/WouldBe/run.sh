#!/usr/bin/env bash
# Measures a call of freeze_audit.would_be on a throwaway PostgreSQL, beside a function of the same kind that answers a constant
# and a bare SQL one, in one run; then holds it against the engine on a million random acts.
# usage: Tests/Benchmarks/WouldBe/run.sh [calls] [acts] [seed]
set -euo pipefail
cd "$(dirname "$0")/../../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config postgresql postgresql-common
calls=${1:-200000} acts=${2:-1000000} seed=${3:-19}
swift build -c release --product freeze-auditor >&2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
.build/release/freeze-auditor windows --format sql --config /dev/null --output "$scratch/would-be.sql" 2>/dev/null \
  || .build/release/freeze-auditor windows --format sql --output "$scratch/would-be.sql"
cp Tests/Benchmarks/WouldBe/measure.sql "$scratch/"
pg_virtualenv -t -o fsync=off sh -c "
  psql -X -q -v ON_ERROR_STOP=1 -f '$scratch/would-be.sql' &&
  psql -X -q -v ON_ERROR_STOP=1 -v calls=$calls -f '$scratch/measure.sql'"
if [ "$acts" -gt 0 ]; then
  swift build --build-tests >&2
  FREEZE_WOULD_BE_ACTS=$acts FREEZE_WOULD_BE_SEED=$seed swift test --skip-build --filter WouldBeTests
fi
