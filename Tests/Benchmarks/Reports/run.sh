#!/usr/bin/env bash
# What a row of each report costs: so many findings of a table in PostgreSQL, in every format, 50 people on an SK.
#   Tests/Benchmarks/Reports/run.sh PROGRAM [FINDINGS...]
# Needs a PostgreSQL where PGHOST, PGPORT and PGUSER say, whose database bench_reports it may make and drop. CPU of the program
# (user and system), the least of RUNS (3) runs, so that waiting for the server does not count. "us a finding" is what each one more
# costs from end to end, between the first size and this one: fetched, judged and written. The rows "none" are the same acts, but
# approved in time: fetched, judged, counted and not shown; "to write" is what a finding costs beyond that.
set -euo pipefail
program=$(realpath "$1"); shift
sizes=("$@"); [ $# -gt 0 ] || sizes=(2000 20000 200000)
folder=$(mktemp -d); trap 'rm -rf "$folder"; dropdb --if-exists bench_reports' EXIT
export PGDATABASE=bench_reports
dropdb --if-exists bench_reports 2>/dev/null; createdb bench_reports
echo 'source: {view: public.act}' >"$folder/config.yaml"
echo 'source: {view: public.approved}' >"$folder/approved.yaml"

audit() { # FORMAT FILE
  local config=config.yaml format=$1
  [ "$format" != none ] || { config=approved.yaml format=ndjson; }
  for _ in $(seq "${RUNS:-3}"); do
    /usr/bin/time -q -f '%U %S %M' -o "$folder/time" "$program" audit --config "$folder/$config" --format "$format" --known-on 2026-11-22 \
      --output "$2" >/dev/null 2>"$folder/err" || [ $? -le 3 ] || { cat "$folder/err" >&2; exit 1; }
    awk 'END { printf "%.2f %d\n", $1 + $2, $3 }' "$folder/time"
  done | sort -n | head -1
}

echo '| findings | format | CPU s | us a finding | to write | peak MiB | MiB written | files |'
echo '|---|---|---|---|---|---|---|---|'
for size in "${sizes[@]}"; do
  psql -qX -v ON_ERROR_STOP=1 -v n="$size" >/dev/null 2>&1 <<'END'
DROP TABLE IF EXISTS act, approved;
CREATE TABLE act AS SELECT g::text AS action_id, (ARRAY['mutasi', 'promosi', 'demosi', 'MJ'])[1 + g % 4] AS kind, date '2024-05-01' AS decree_date,
  date '2024-05-03' AS inaugurated_on, '33.74' AS region_code, '19800101200501' || lpad((g % 10000)::text, 4, '0') AS nip,
  'Nama Pegawai ' || g AS employee_name, 'Kepala Seksi ' || g % 100 AS post_from, 'Kepala Bidang ' || g % 100 AS post_to,
  'III.a' AS echelon_from, 'III.a' AS echelon_to, '821.2/' || g / 50 || '/2024' AS decree_no, NULL::text AS approval_no,
  NULL::date AS approval_date FROM generate_series(1, :n) AS g;
CREATE TABLE approved AS SELECT * FROM act;
UPDATE approved SET approval_no = '100.2.2.6/1/SJ', approval_date = '2024-04-01';
VACUUM FULL approved; ANALYZE act; ANALYZE approved;
END
  for format in none csv ndjson json html; do
    rm -rf "$folder/out"; mkdir "$folder/out"
    read -r cpu peak < <(audit $format "$folder/out/report.$format")
    [ "$size" != "${sizes[0]}" ] || printf '%s' "$cpu" >"$folder/first-$format"
    each=$(awk -v n="$size" -v n0="${sizes[0]}" -v c="$cpu" -v c0="$(cat "$folder/first-$format")" 'BEGIN { print (n > n0 ? (c - c0) / (n - n0) * 1e6 : 0) }')
    [ $format != none ] || none=$each
    awk -v n="$size" -v e="$each" -v e0="$none" -v f=$format -v c="$cpu" -v p="$peak" \
      -v b="$(cat "$folder"/out/* | wc -c)" -v k="$(ls "$folder/out" | wc -l)" 'BEGIN {
        printf "| %d | %s | %.2f | %s | %s | %.1f | %.1f | %d |\n", n, f, c, (e ? sprintf("%.1f", e) : "-"),
          (e && f != "none" ? sprintf("%.1f", e - e0) : "-"), p / 1024, b / 1048576, k }'
  done
done
