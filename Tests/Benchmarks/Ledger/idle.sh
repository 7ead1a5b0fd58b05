#!/usr/bin/env bash
# What open alerts cost a daemon: the first log entry of the wave that raises them, its end, then the CPU of the process for a pass
# that finds nothing new, and its memory, at rest and at the most; once as it ran, and once started anew over the same ledger.
#   Tests/Benchmarks/Ledger/idle.sh PROGRAM [ALERTS...]
# Needs a PostgreSQL where PGHOST, PGPORT and PGUSER say, whose database bench_idle it may make and drop.
set -euo pipefail
program=$(realpath "$1"); shift
here=$(cd "$(dirname "$0")/../../.." && pwd)
sizes=("$@"); [ $# -gt 0 ] || sizes=(1000 10000 100000)
folder=$(mktemp -d); pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$folder"; dropdb --if-exists --force bench_idle' EXIT
passes=5
printf 'region: "16.05"\nsource: {conninfo: "dbname=bench_idle"}\npoll: {interval: 3600}\n' >"$folder/config.yaml"

completed() { grep -c '"FREEZE_EVENT":"pass_completed"' "$folder/log" || true; }
until_passes() { while [ "$(completed)" -lt "$1" ]; do kill -0 "$pid" || { cat "$folder/errors" >&2; exit 1; }; sleep "${2:-0.02}"; done; }
ticks() { sed 's/.*) //' "/proc/$pid/stat" | awk '{ print $12 + $13 }'; }
since() { awk -v a="$1" -v b="$(date +%s%N)" 'BEGIN { printf "%.2f", (b - a) / 1e9 }'; }

begin() { : >"$folder/log"; began=$(date +%s%N); "$program" run --config "$folder/config.yaml" >"$folder/log" 2>"$folder/errors" & pid=$!; }
row() { # HOW FIRST ALL
  local before; before=$(ticks)
  for n in $(seq $passes); do kill -USR1 "$pid"; until_passes $((n + 1)); done
  awk -v size="$size" -v how="$1" -v f="$2" -v a="$3" -v t="$(($(ticks) - before))" -v hz="$(getconf CLK_TCK)" -v n=$passes \
    -v rss="$(awk '/VmRSS/ { print $2 }' "/proc/$pid/status")" -v hwm="$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status")" \
    'BEGIN { printf "| %d | %s | %s | %s | %.3f | %.1f | %.1f |\n", size, how, f, a, t / hz / n, rss / 1024, hwm / 1024 }'
  kill "$pid"; wait "$pid" || true; pid=
}

echo '| open alerts | daemon | first entry, s | pass_completed, s | CPU s an idle pass | resident MiB | peak MiB |'
echo '|---|---|---|---|---|---|---|'
for size in "${sizes[@]}"; do
  dropdb --if-exists --force bench_idle 2>/dev/null; createdb bench_idle
  psql -qX -v ON_ERROR_STOP=1 -d bench_idle -f "$here/sql/install.sql" >/dev/null 2>&1
  psql -qX -v ON_ERROR_STOP=1 -d bench_idle -c "CREATE SCHEMA hr;
    CREATE TABLE hr.act AS SELECT 'r' || n AS action_id, 'mutasi' AS kind, date '2024-05-02' AS decree_date, date '2024-05-03' AS inaugurated_on,
      'SK ' || n / 50 AS decree_no, '19850101201001' || lpad((n % 10000)::text, 4, '0') AS nip, 'Nama Orang ' || n AS employee_name,
      'Camat ' || n AS post_from, 'Kepala Dinas ' || n AS post_to FROM generate_series(1, $size) AS n;
    CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM hr.act; ANALYZE hr.act"
  begin
  until grep -q '"FREEZE_EVENT":"raised"' "$folder/log"; do kill -0 "$pid"; sleep 0.01; done
  first=$(since "$began"); until_passes 1; row 'that raised them' "$first" "$(since "$began")"
  begin; until_passes 1; row 'started anew' - "$(since "$began")"
done
