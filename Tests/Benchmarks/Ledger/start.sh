#!/usr/bin/env bash
# How long a daemon takes to its first pass, and how much memory, by the size of its ledger: once with the events of other
# sources, once with its own, each with 50 alerts open. Beside it, in the same run, a daemon with an empty ledger.
#   Tests/Benchmarks/Ledger/start.sh PROGRAM [SIZE...]
# Needs a PostgreSQL where PGHOST, PGPORT and PGUSER say, whose databases bench_ledger_* it may make and drop.
set -euo pipefail
program=$(realpath "$1"); shift
here=$(cd "$(dirname "$0")/../../.." && pwd)
sizes=("$@"); [ $# -gt 0 ] || sizes=(10000 100000 1000000)
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
run() { psql -qX -v ON_ERROR_STOP=1 -d "$1" -c "$2" >&2; }

# DATABASE EVENTS OWNER: a ledger of so many events, made without a daemon; its chain is not looked at by a start.
make() {
  dropdb --if-exists "$1" 2>/dev/null; createdb "$1"
  psql -qX -v ON_ERROR_STOP=1 -d "$1" -f "$here/sql/install.sql" >/dev/null 2>&1
  run "$1" "CREATE SCHEMA hr; CREATE TABLE hr.act (action_id text, kind text, decree_date date, decree_no text);
    CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM hr.act;
    INSERT INTO hr.act SELECT 'r' || n, 'mutasi', '2024-05-02', 'SK ' || n / 5 FROM generate_series(1, 50) AS n"
  # The 50 alerts first, by a daemon; then the others behind them.
  first "$1" >/dev/null
  [ "$2" -gt 0 ] || return 0
  run "$1" "ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER alert_event_append;
    INSERT INTO freeze_audit.alert_event (seq, recorded_at, event, reason, alert_id, source, action_id, rule, election, outcome, epoch, body, prev_hash, hash)
    SELECT h.seq + n, now(), CASE n % 2 WHEN 1 THEN 'raised' ELSE 'cleared' END, 'new', md5('$3' || (n + 1) / 2), '$3', 'x' || (n + 1) / 2,
      'pasal-71-2', 'pilkada-2024', 'inside', 1,
      json_build_object('v', 1, 'seq', h.seq + n, 'event', CASE n % 2 WHEN 1 THEN 'raised' ELSE 'cleared' END, 'alert_id', md5('$3' || (n + 1) / 2),
        'source', '$3', 'action_id', 'x' || (n + 1) / 2, 'filler', repeat('x', 200))::text,
      sha256(n::text::bytea), sha256((n + 1)::text::bytea)
    FROM generate_series(1, $2) AS n, (SELECT max(seq) AS seq FROM freeze_audit.alert_event) AS h;
    INSERT INTO freeze_audit.alert_emitted (through_seq, emitted_at) SELECT max(seq), now() FROM freeze_audit.alert_event;
    ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_append"
  # Events and closings fold as they were appended: nothing of them is left open.
  run "$1" "VACUUM ANALYZE freeze_audit.alert_event"
}

# DATABASE: seconds to the first pass, and kB at the most.
first() {
  printf 'region: "16.05"\nsource: {conninfo: "dbname=%s"}\npoll: {interval: 3600}\n' "$1" >"$folder/config.yaml"
  : >"$folder/log"
  local began; began=$(date +%s%N)
  "$program" run --config "$folder/config.yaml" >"$folder/log" 2>"$folder/errors" & local pid=$!
  until grep -q '"FREEZE_EVENT":"pass_completed"' "$folder/log"; do
    kill -0 $pid 2>/dev/null || { cat "$folder/errors" >&2; return 1; }
    sleep 0.01
  done
  local ended; ended=$(date +%s%N)
  local peak; peak=$(awk '/VmHWM/ {print $2}' /proc/$pid/status)
  kill $pid; wait $pid || true
  awk -v ns=$((ended - began)) -v kb="$peak" 'BEGIN { printf "%.2f s  %.1f MiB", ns / 1e9, kb / 1024 }'
}

make bench_ledger_empty 0 others
for size in "${sizes[@]}"; do
  for owner in others simpeg; do
    make "bench_ledger_$owner" "$size" "$owner"
    printf '%9d events of %-7s %s   beside an empty one: %s\n' "$size" "$owner" "$(first "bench_ledger_$owner")" "$(first bench_ledger_empty)"
    dropdb "bench_ledger_$owner"
  done
done
dropdb bench_ledger_empty
