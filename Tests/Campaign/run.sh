#!/usr/bin/env bash
# The fault campaign: two daemons, one database, and everything that can go wrong, at random.
#
#   Tests/Campaign/run.sh [SECONDS] [SEED]
#
# Prints the seed, what was done and what was found. The same seed gives the same list of faults; when each one hits is the
# machine's affair. `swift test` runs the same campaign for a few seconds.
set -euo pipefail
cd "$(dirname "$0")/../.."
export FREEZE_CAMPAIGN_SECONDS="${1:-600}"
export FREEZE_CAMPAIGN_SEED="${2:-$RANDOM}"
exec swift test ${SCRATCH_PATH:+--scratch-path "$SCRATCH_PATH"} --filter CampaignTests
