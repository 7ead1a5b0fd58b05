#!/usr/bin/env bash
# Renders the engine's pages; a broken link or an undocumented parameter is an error.
# usage: Tests/Scripts/docs.sh [FOLDER]        where the site goes; nowhere by default
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config python3

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
swift build --target FreezeRules -Xswiftc -warnings-as-errors >&2
swift symbolgraph-extract -module-name FreezeRules -I "$(swift build --show-bin-path)/Modules" \
  -target "$(swift -print-target-info | python3 -c 'import json, sys; print(json.load(sys.stdin)["target"]["triple"])')" \
  -minimum-access-level public -output-dir "$scratch"
docc convert Sources/FreezeRules/FreezeRules.docc --additional-symbol-graph-dir "$scratch" --warnings-as-errors \
  --fallback-display-name FreezeRules --fallback-bundle-identifier freeze-auditor.FreezeRules \
  --output-path "${1:-$scratch/site}"
