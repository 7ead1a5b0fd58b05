#!/usr/bin/env bash
# How near `audit --scan all` comes to what the server needs to count: count(*) and count(*) with the audit's own predicate, by the
# size of the table, with and without indexes on the dates. One act in a thousand is near a window.
#   Tests/Benchmarks/Scan/floor.sh PROGRAM [ROWS...]
# Needs a PostgreSQL where PGHOST, PGPORT and PGUSER say, whose database bench_scan it may make and drop. All numbers are medians of
# alternating runs. "floor": both counts in one psql session, by its own clock; "psql": the same with the process and its session;
# "audit": the whole process; "fixed": the same over an empty table, for the share that does not grow.
set -euo pipefail
program=$(realpath "$1"); shift
sizes=("$@"); [ $# -gt 0 ] || sizes=(50000 500000 2000000)
folder=$(mktemp -d); trap 'rm -rf "$folder"; dropdb --if-exists bench_scan' EXIT
runs=${RUNS:-9}
export PGDATABASE=bench_scan
dropdb --if-exists bench_scan 2>/dev/null; createdb bench_scan
psql -qX -c 'CREATE SCHEMA bench'

# ROWS: acts of the years before the windows, in four kinds.
make() {
  psql -qX -v ON_ERROR_STOP=1 -v rows="$1" >/dev/null 2>&1 <<'END'
DROP TABLE IF EXISTS bench.act CASCADE;
CREATE TABLE bench.act AS SELECT g::text AS action_id, (ARRAY['mutasi', 'promosi', 'kenaikan pangkat', 'Pensiun'])[1 + g % 4] AS kind,
  CASE WHEN g % 1000 = 0 THEN date '2024-05-01' ELSE date '2002-01-01' + (g * 7919::bigint % 4800)::int END AS decree_date,
  CASE WHEN g % 1000 <> 0 THEN date '2002-01-04' + (g * 7919::bigint % 4800)::int END AS effective_date, NULL::date AS inaugurated_on,
  '33.74' AS region_code, '19800101200501' || lpad((g % 10000)::text, 4, '0') AS nip, 'Nama Pegawai ' || g AS employee_name,
  'Kepala Seksi ' || g % 100 AS post_from, 'Kepala Bidang ' || g % 100 AS post_to, 'III.a' AS echelon_from,
  'III.a' AS echelon_to, '821.2/' || g / 50 || '/2020' AS decree_no FROM generate_series(1, :rows) AS g;
CREATE VIEW bench.personnel_action AS SELECT * FROM bench.act;
VACUUM (FREEZE, ANALYZE) bench.act;
END
}

# The audit's predicate, each comparison of it, for the windows of this region.
near=
for date in decree_date effective_date inaugurated_on; do
  near+="$date BETWEEN '2015-07-24' AND '2022-08-31' OR $date <= '1944-12-31' OR $date >= '2024-02-19' OR "
done
near+="(decree_date IS NULL OR decree_date = '1970-01-01') AND (effective_date IS NULL OR effective_date = '1970-01-01')
  AND (inaugurated_on IS NULL OR inaugurated_on = '1970-01-01')"
{
  echo '\timing on'
  echo 'SELECT count(*) FROM bench.personnel_action;'
  echo "SELECT count(*) FROM bench.personnel_action WHERE $near;"
} >"$folder/floor.sql"
echo 'source: {view: bench.personnel_action}' >"$folder/config.yaml"

wall() { local began; began=$(date +%s%N); "$@" >"$folder/out" 2>"$folder/err" || [ $? -le 3 ] || { cat "$folder/err" >&2; exit 1; }
  echo $((($(date +%s%N) - began) / 1000)) >>"$folder/walls"; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] / 1000 }'; }
audit() { "$program" audit --config "$folder/config.yaml" --format ndjson --known-on 2026-11-22; }
measure() { : >"$folder/walls"; for _ in $(seq "$runs"); do wall "$@"; done; median "$folder/walls"; }

make 0; audit >/dev/null 2>&1 || true
fixed=$(measure audit)
echo "fixed: $fixed ms"
echo '| rows | indexes | floor ms | psql ms | audit ms | audit/psql | (audit - fixed)/floor |'
echo '|---|---|---|---|---|---|---|'
for rows in "${sizes[@]}"; do
  make "$rows"
  for indexes in no yes; do
    if [ $indexes = yes ]; then
      for date in decree_date effective_date inaugurated_on; do psql -qX -c "CREATE INDEX ON bench.act ($date)"; done
      psql -qX -c 'VACUUM ANALYZE bench.act'
    fi
    : >"$folder/floors"; : >"$folder/psqls"; : >"$folder/audits"
    for _ in $(seq "$runs"); do
      : >"$folder/walls"; wall psql -qXAt -f "$folder/floor.sql"; cat "$folder/walls" >>"$folder/psqls"
      awk '/^Time:/ { s += $2 } END { print s * 1000 }' "$folder/out" >>"$folder/floors"
      near_rows=$(awk 'NR == 3' "$folder/out")
      : >"$folder/walls"; wall audit; cat "$folder/walls" >>"$folder/audits"
      [ "$(wc -l <"$folder/out")" = "$near_rows" ] || { echo "the predicate is not the audit's: $near_rows rows" >&2; exit 1; }
    done
    awk -v rows="$rows" -v i=$indexes -v f="$(median "$folder/floors")" -v p="$(median "$folder/psqls")" -v a="$(median "$folder/audits")" \
      -v x="$fixed" 'BEGIN { printf "| %d | %s | %.1f | %.1f | %.1f | %.2f | %.2f |\n", rows, i, f, p, a, a / p, (a - x) / f }'
  done
done
