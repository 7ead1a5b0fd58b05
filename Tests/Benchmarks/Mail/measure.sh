#!/usr/bin/env bash
# Called by run.sh inside a throwaway PostgreSQL: PROGRAM and SCRATCH are set.
set -euo pipefail
sizes=$*
missed=0

cat >"$SCRATCH/sendmail" <<'END'
#!/bin/sh
cat >"${0%/*}/digest"
END
chmod 755 "$SCRATCH/sendmail"
cat >"$SCRATCH/config.yaml" <<END
region: "16.05"
source: {conninfo: "host=$PGHOST port=$PGPORT dbname=postgres user=$PGUSER"}
mail: {from: "auditor@example.go.id", to: ["hr@example.go.id"], sendmail: $SCRATCH/sendmail}
END
psql -Xq -v ON_ERROR_STOP=1 -d postgres -f sql/install.sql
# Rows are laid out, not appended: the chain is not what is measured.
psql -Xq -d postgres -c 'ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER ALL' \
  -c "INSERT INTO freeze_audit.source_health (source, state, last_pass_at, last_good_at) VALUES ('simpeg', 'evaluated', now(), now())"

# A body is as long as a real one: facts, verdict, a message of some 1,200 characters; 50 people on one decree.
lay() { # FROM TO
  psql -Xq -v ON_ERROR_STOP=1 -d postgres -v from="$1" -v to="$2" <<'END'
INSERT INTO freeze_audit.alert_event (seq, recorded_at, event, reason, alert_id, source, action_id, rule, election, outcome,
  epoch, body, prev_hash, hash)
SELECT g, now() - interval '1 hour', kind, 'record', md5(alert::text), 'simpeg', 'act-' || alert, 'pasal-71-2', 'pilkada-2024', 'inside', 1,
  format('{"v":1,"seq":%s,"recorded_at":"2026-03-02T00:00:00Z","event":"%s","epoch":1,"digest":"%s","facts_digest":"%s","rulebook":"%s","calendar":"%s","program":"1.0","known_on":"2026-03-02","snapshot":"1","reason":"record","alert_id":"%s","source":"simpeg","action_id":"act-%s","rule":"pasal-71-2","election":"pilkada-2024","outcome":"inside","schedule":"%s","acknowledgement":null,"facts":{"action_id":"act-%s","kind":"mutasi","decree_date":"2024-03-21","effective_date":null,"inaugurated_on":"2024-03-22","region_code":"16.05","nip":"1985%s01","employee_name":"Siti Rahmawati %s","post_from":"Camat %s","post_to":"Kepala Dinas %s","decree_no":"821.2/%s/BKPSDM/2024"},"annex":null,"verdict":{"outcome":"inside","inside_dates":["inaugurated_on"],"opens":"2024-03-22","closes":"2024-09-22","depends_on":[]},"notes":["coverage_assumed"],"message":"Peringatan baru: mutasi a.n. S*** R***: tanggal pelantikan 2024-03-22 jatuh di dalam masa larangan; perlu klarifikasi\nJabatan: Camat %s \u2192 Kepala Dinas %s\nMasa larangan: 2024-03-22 s.d. 2024-09-22\nDasar: %s\nLangkah: %s"}',
    g, kind, md5(g::text), md5((g + 1)::text), md5('r'), md5('c'), md5(alert::text), alert, md5('s'), alert, lpad(alert::text, 12, '0'),
    alert, alert, alert, alert / 50, alert, alert, repeat('UU 10/2016 Pasal 71 ayat (2); ', 12), repeat('minta surat persetujuan Menteri; ', 12)),
  sha256(convert_to((g - 1)::text, 'UTF8')), sha256(convert_to(g::text, 'UTF8'))
FROM generate_series(:from::bigint, :to::bigint) AS g,
  LATERAL (SELECT CASE WHEN g % 10 = 0 THEN g - 1 ELSE g END AS alert, CASE WHEN g % 10 = 0 THEN 'amended' ELSE 'raised' END AS kind) AS k;
INSERT INTO freeze_audit.alert_emitted (through_seq) VALUES (:to);
END
}

row() { # WHAT EVENTS SECONDS KIB
  local size=0
  if [ -e "$SCRATCH/digest" ]; then size=$(stat -c %s "$SCRATCH/digest"); fi
  printf '| %s | %s | %s | %s | %s |\n' "$1" "$2" "$3" "$(($4 / 1024))" "$size"
  if [ "${3%.*}" -ge 10 ] || [ "$4" -gt 65536 ] || [ "$size" -gt 1000000 ]; then missed=1; fi
  rm -f "$SCRATCH/digest"
}

turn() { # WHAT EVENTS
  FREEZE_FAILPOINT=${failpoint:-} /usr/bin/time -q -f '%e %M' -o "$SCRATCH/time" \
    "$PROGRAM" mail --config "$SCRATCH/config.yaml" --state "$SCRATCH/state" </dev/null >"$SCRATCH/out" 2>&1 || [ -n "${failpoint:-}" ] \
    || { cat "$SCRATCH/out" >&2; exit 1; }
  read -r seconds memory < <(tail -1 "$SCRATCH/time")
  row "$1" "$2" "$seconds" "$memory"
}

echo '| what | events | seconds | MiB | digest, bytes |'
echo '|---|---|---|---|---|'
last=0
for size in $sizes; do
  lay $((last + 1)) "$size"
  psql -Xq -d postgres -c 'VACUUM ANALYZE freeze_audit.alert_event'
  rm -rf "$SCRATCH/state"
  turn 'lost state folder' "$size"
  turn 'no news' "$size"
  wave=$((size / 10))
  lay $((size + 1)) $((size + wave))
  turn "wave of $wave" $((size + wave))
  # Killed half-way by the clock, and run again: what it had read is kept.
  rm -rf "$SCRATCH/state"
  half=$(awk -v s="$(cut -d' ' -f1 "$SCRATCH/time" | tail -1)" 'BEGIN { print s / 2 + 0.2 }')
  timeout -s KILL "$half" "$PROGRAM" mail --config "$SCRATCH/config.yaml" --state "$SCRATCH/state" </dev/null >/dev/null 2>&1 || true
  kept=$(ls "$SCRATCH/state" 2>/dev/null | grep -c progress.json || true)
  turn "after a kill at $half s, $kept kept" $((size + wave))
  last=$((size + wave))
done
exit $missed
