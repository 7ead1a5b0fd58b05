#!/usr/bin/env bash
# The adversary: whoever owns the HR database, types into it, may only connect to it, or sets the machine's clock, tries to make an
# act go unseen. At the end of each pass every act inside has an open alert, or the source is said to be blind.
#
#   Tests/Campaign/adversary.sh [SECONDS] [SEED]
#
# Prints the seed and what was done. The same seed gives the same list of attempts. `swift test` runs it for a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
export FREEZE_ADVERSARY_SECONDS="${1:-600}"
export FREEZE_CAMPAIGN_SEED="${2:-$RANDOM}"
exec swift test ${SCRATCH_PATH:+--scratch-path "$SCRATCH_PATH"} --filter AdversaryTests
