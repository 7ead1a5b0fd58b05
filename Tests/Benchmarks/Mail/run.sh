#!/usr/bin/env bash
# run.sh [events ...]: the mail part over ledgers of these sizes (10000 100000 1000000 by default), on a throwaway PostgreSQL.
#
# Of each size: with a lost state folder (everything is news), after a wave that is a tenth of it, killed in the middle and run
# again, and one turn without news. Prints seconds, peak memory and the size of the digest, and ends with 1 where a goal is
# missed: 64 MiB, 10 s, 1 MB. PROGRAM= names a program that is built; else it is built as the README installs it.
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=Tests/Benchmarks/Mail
. Tests/Scripts/needs.sh
need postgresql postgresql-common time
if [ -z "${PROGRAM:-}" ]; then
  swift build -c release --static-swift-stdlib --product freeze-auditor >&2
  PROGRAM=$PWD/.build/release/freeze-auditor
fi
export PROGRAM
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SCRATCH=$scratch
pg_virtualenv -t -o shared_buffers=256MB -o fsync=off -o max_wal_size=4GB bash $here/measure.sh "${@:-10000 100000 1000000}"
