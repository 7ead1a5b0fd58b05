#!/usr/bin/env bash
# Looks at every page and at the mail with a browser: axe-core finds nothing, and nothing scrolls sideways at 360, 600 and 1200
# pixels, light and dark, in both languages.
# usage: Tests/Browser/run.sh [PROGRAM] [FOLDER]        FOLDER: where pages and pictures go; a new one by default
# 0: nothing found, 1: faults, each with its page, 77: SKIPPED, for want of what the last line says.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD
skip() { echo "SKIPPED: $*"; exit 77; }
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no Chromium (apt install chromium)"
python3 -c 'import playwright.sync_api' 2>/dev/null || skip "no Playwright for Python (pip install playwright)"
python3 -c 'import axe_playwright_python.sync_playwright' 2>/dev/null || skip "no axe-core (pip install axe-playwright-python)"
command -v pg_virtualenv >/dev/null || skip "no pg_virtualenv, for the mail (apt install postgresql postgresql-common)"
program=${1:-}
[ -n "$program" ] || { swift build --product freeze-auditor -Xswiftc -warnings-as-errors >&2; program=.build/debug/freeze-auditor; }
program=$(realpath "$program")
folder=$(realpath "${2:-$(mktemp -d)}")
export PROGRAM="$program" FOLDER="$folder" HERE="$here"

# A page; 1 and 3 are answers, too.
page() { local file=$1; shift; local status=0; "$program" "$@" --output "$file" >/dev/null 2>"$folder/err" || status=$?; [ $status -le 3 ] || { cat "$folder/err" >&2; exit 1; }; }
cd "$folder"
"$program" audit --sample --output acts.csv >/dev/null
# Many SKs, many people on one, long words, and what no reader can judge.
python3 - <<'END_OF_ACTS'
kinds = ["mutasi", "promosi", "demosi", "entah", "kenaikan pangkat"]
with open("many.csv", "w") as out:
    out.write("action_id,kind,decree_date,inaugurated_on,decree_no,nip,employee_name,post_from,post_to,unit_to,approval_no,approval_date,region_code\n")
    for n in range(400):
        sk = f"821.2/{n // 9 if n < 200 else n}/BKPSDM/2024"
        day = "2024-13-45" if n % 31 == 0 else f"2024-0{3 + n % 6}-{1 + n % 28:02}"
        letter = f"100.2.2.6/{n % 4}/SJ,2024-0{3 + n % 5}-01" if n % 5 == 0 else ","
        name = "Raden-Mas-" + "Panjang" * 12 if n % 50 == 0 else f"Nama Pegawai {n}, S.Sos., M.Si."
        out.write(f'{n},{kinds[n % 5]},{day},{day},"{sk}",1980010120050{n:05},"{name}","Kepala Seksi {n % 7}","Kepala Bidang {n % 5}","Dinas {n % 6}",{letter},{["16.05", "36.04", "99.99"][n % 3]}\n')
END_OF_ACTS
for lang in id en; do
  page "sample-$lang.html" audit --csv acts.csv --format html --lang $lang --region 16.05
  page "all-$lang.html" audit --csv acts.csv --format html --lang $lang --region 16.05 --show all
  page "many-$lang.html" audit --csv many.csv --format html --lang $lang --known-on 2024-07-01
  page "windows-$lang.html" windows --format html --lang $lang --region 16.05
  page "check-$lang.html" check --date 2024-06-01 --format html --lang $lang --region 16.05
  "$program" calendar --format html --lang $lang --region 36.04 >"calendar-$lang.html"
done

# The mail of the sample's alerts, by way of the log.
pg_virtualenv -t bash -euc '
  for file in install sample mapping-riwayat-jabatan sample-approvals; do
    psql -X -q -v ON_ERROR_STOP=1 -f "$HERE/sql/$file.sql" >/dev/null 2>&1
  done
  printf "#!/bin/sh\nexec cat >\"%s/mail.eml\"\n" "$FOLDER" >sendmail; chmod 755 sendmail
  printf "region: \"16.05\"\npoll: {interval: 3600}\nmail: {from: audit@example.go.id, to: [bkpsdm@example.go.id], sendmail: %s/sendmail}\n" "$FOLDER" >config.yaml
  env -u JOURNAL_STREAM "$PROGRAM" run --config config.yaml >log 2>run.err & pid=$!
  for _ in $(seq 300); do grep -q pass_completed log && break; sleep 0.1; done
  kill -TERM $pid; wait $pid || true
  for lang in id en; do
    "$PROGRAM" mail --config config.yaml --state "state-$lang" --unit "" --lang $lang <log >/dev/null
    mv mail.eml "mail-$lang.eml"
  done
' browser
python3 "$here/Tests/Browser/look.py" "$chromium" "$folder"
