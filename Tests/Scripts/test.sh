#!/usr/bin/env bash
# Installs what is missing, builds and runs every test; the tests start their own PostgreSQL.
# Arguments go to `swift test`, such as --filter FreezeRulesTests.
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config postgresql postgresql-common python3 python3-openpyxl
need pgbouncer || echo "Without pgbouncer its test is skipped." >&2

flags=(-Xswiftc -warnings-as-errors)
swift build --build-tests "${flags[@]}"
# A run that hangs is a failure that says so: the whole takes some 3 minutes, on a slow machine 10.
status=0
timeout --kill-after=10 1800 swift test --skip-build "${flags[@]}" "$@" || status=$?
[ "$status" != 124 ] || echo "The tests did not end within 30 minutes: some test hangs." >&2
exit "$status"
