#!/usr/bin/env bash
# The fault campaign: two daemons, one database, and everything that can go wrong, at random.
#
#   Tests/Campaign/run.sh [SECONDS] [SEED] [PASSES]
#
# Prints the seed, what was done and what was found. The same seed gives the same list of faults; when each one hits is the
# machine's affair. Besides, the memory after 100 passes and after PASSES. `swift test` runs the same for a few seconds.
set -euo pipefail
cd "$(dirname "$0")/../.."
export FREEZE_CAMPAIGN_SECONDS="${1:-600}"
export FREEZE_CAMPAIGN_SEED="${2:-$RANDOM}"
export FREEZE_CAMPAIGN_PASSES="${3:-10000}"
exec swift test ${SCRATCH_PATH:+--scratch-path "$SCRATCH_PATH"} --filter CampaignTests
