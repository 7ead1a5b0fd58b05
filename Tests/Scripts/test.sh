#!/usr/bin/env bash
# Installs what is missing, builds and runs every test; the tests start their own PostgreSQL.
# Arguments go to `swift test`, such as --filter FreezeRulesTests.
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config postgresql postgresql-common python3

flags=(-Xswiftc -warnings-as-errors)
swift build --build-tests "${flags[@]}"
exec swift test --skip-build "${flags[@]}" "$@"
