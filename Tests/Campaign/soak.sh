#!/usr/bin/env bash
# The soak: hours of passes at five minutes on a clock that the test moves, with imports, deletions and moved schedules.
#
#   Tests/Campaign/soak.sh [HOURS]
#
# Prints memory, files, threads, sessions and ledger after the first hour and at the end. `swift test` does 8 hours.
set -euo pipefail
cd "$(dirname "$0")/../.."
export FREEZE_SOAK_HOURS="${1:-48}"
exec swift test ${SCRATCH_PATH:+--scratch-path "$SCRATCH_PATH"} --filter SoakTests
