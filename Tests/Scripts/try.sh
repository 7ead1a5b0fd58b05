#!/usr/bin/env bash
# Installs what is missing, builds, starts a throwaway PostgreSQL, loads the sample and audits it.
# Arguments go to `freeze-auditor audit`. The exit status is the auditor's.
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config postgresql postgresql-common

swift build -c release --product freeze-auditor >&2
export FREEZE_AUDITOR="$PWD/.build/release/freeze-auditor"

status=$(mktemp)
trap 'rm -f "$status"' EXIT
export STATUS="$status"

# pg_virtualenv points libpq's environment at a cluster of its own and drops it at the end. It talks on stdout, which belongs to the
# auditor here (3); and to it a status other than 0 is a failure, after which it prints the server's log: to the auditor it is an answer.
pg_virtualenv -t bash -euc '
  for file in install sample mapping-riwayat-jabatan sample-approvals; do
    psql -X -q -v ON_ERROR_STOP=1 -f "sql/$file.sql" >&2
  done
  answer=0
  "$FREEZE_AUDITOR" audit "$@" >&3 || answer=$?
  echo "$answer" >"$STATUS"
' freeze-auditor "$@" 3>&1 >&2
exit "$(cat "$status")"
