#!/usr/bin/env bash
# Compares what two builds of the program say of the sample: reports, exit statuses, the ledger's events, the log's entries.
# usage: Tests/Scripts/compare.sh OLD NEW        two programs; exits with 1 and the differences where there are any
#
# What differs by nature (times, hashes that hold them, durations, process ids) is left out.
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config postgresql postgresql-common python3

old=$(realpath "$1") new=$(realpath "$2") scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SCRATCH="$scratch"

# Two copies of one database, each with a ledger of its own.
pg_virtualenv -t bash -euc '
  for file in install sample mapping-riwayat-jabatan sample-approvals; do
    psql -X -q -v ON_ERROR_STOP=1 -f "sql/$file.sql" >/dev/null
  done
  for side in old new; do createdb -T "${PGDATABASE:-postgres}" "sample_$side"; done
  for side in old new; do
    export PGDATABASE="sample_$side"
    program=$1; [ $side = old ] || program=$2
    out="$SCRATCH/$side"; mkdir "$out"
    for format in table json ndjson csv html; do
      for scan in all window; do
        status=0
        "$program" audit --region 16.05 --known-on 2026-03-02 --format $format --scan $scan >"$out/audit-$format-$scan" 2>"$out/audit-$format-$scan.err" || status=$?
        echo "$status" >>"$out/status"
      done
    done
    status=0; "$program" audit --region 16.05 --show all --workers 2 --format ndjson 2>/dev/null | sort >"$out/everything" || status=$?
    "$program" windows --region 16.05 --known-on 2026-03-02 --format json >"$out/windows"
    for id in $(psql -X -A -t -c "SELECT action_id FROM freeze_audit.personnel_action ORDER BY 1 LIMIT 40"); do
      "$program" explain --region 16.05 --known-on 2026-03-02 "$id" >>"$out/explain" 2>&1 || echo "status $?" >>"$out/explain"
    done
    createdb "ledger_$side"
    psql -X -q -v ON_ERROR_STOP=1 -d "ledger_$side" -f sql/install.sql >/dev/null
    printf "region: \"16.05\"\npoll: {interval: 3600}\nledger: {conninfo: \"dbname=ledger_%s\"}\n" $side >"$out.yaml"
    # A pass, a change of the records, and a pass again.
    "$program" run --config "$out.yaml" >"$out.log" 2>"$out.err" & pid=$!
    wait_for() { for _ in $(seq 300); do [ "$(grep -c pass_completed "$out.log")" -ge "$1" ] && return; sleep 0.1; done; echo "no pass $1 ($side)" >&2; kill $pid; exit 1; }
    wait_for 1
    change="UPDATE simpeg.riwayat_jabatan SET no_sk = no_sk || \$\$/B\$\$ WHERE id = (SELECT action_id FROM freeze_audit.personnel_action WHERE decree_date BETWEEN \$\$2024-04-01\$\$ AND \$\$2024-09-01\$\$ ORDER BY 1 LIMIT 1)"
    psql -X -q -v ON_ERROR_STOP=1 -c "$change"
    kill -USR1 $pid; wait_for 2
    kill -TERM $pid; wait $pid || true
    psql -X -A -t -d "ledger_$side" -c "SELECT event, reason, alert_id, source, action_id, rule, election, outcome, body FROM freeze_audit.alert_event ORDER BY seq" >"$out/events"
    "$program" alerts list --config "$out.yaml" >"$out/alerts" 2>&1 || true
    cp "$out.log" "$out/log"
    # Times and what follows from them.
    sed -E -i "s/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(Z|\+00)?/TIME/g; s/\b[0-9a-f]{64}\b/HASH/g; s/\"FREEZE_DURATION_MS\":\"[0-9]+\"/DURATION/; s/ledger_(old|new)/ledger/g" "$out"/*
  done
' compare "$old" "$new"
if diff -r "$scratch/old" "$scratch/new" >"$scratch/diff"; then
  echo "the same: $(cat "$scratch"/new/* | wc -l) lines of reports, events and entries, $(wc -l <"$scratch/new/events") events"
else
  head -c 20000 "$scratch/diff"
  exit 1
fi
