#!/usr/bin/env bash
# Runs in the container as a unit, once before its reboot and once after. Prints `ok NAME` or `FAILED NAME`.
set -uo pipefail
cd /freeze || exit 1
export LC_ALL=C.UTF-8 PGHOST=/var/run/postgresql
maildir=/home/hr/Maildir

check() { # NAME COMMAND...
  local name=$1
  shift
  if "$@" >/tmp/check.out 2>&1; then echo "ok $name"; else
    echo "FAILED $name: $*"
    sed 's/^/    /' /tmp/check.out | tail -15
  fi
}
# Waits for a condition, 60 s at most; the condition is an event of another program that nobody announces to us.
await() { # NAME COMMAND...
  local name=$1
  shift
  for _ in $(seq 600); do
    if "$@" >/tmp/check.out 2>&1; then echo "ok $name" && return 0; fi
    read -rt 0.1 <> <(:) || true
  done
  echo "FAILED $name: $*"
  sed 's/^/    /' /tmp/check.out | tail -15
  return 1
}
sql() { runuser -u postgres -- psql -X -q -A -t -v ON_ERROR_STOP=1 -d simpeg "$@"; }
one() { sql -c "$1" | tr -d '\n'; }
entries() { journalctl -o json --all --no-pager -q _SYSTEMD_UNIT=freeze-auditor.service "$@"; }
# More often than a timer ever would: the limit on starts is lifted each time.
mailed() {
  systemctl reset-failed freeze-auditor-mail.service 2>/dev/null
  systemctl start freeze-auditor-mail.service
}
mails() { python3 mailbox.py $maildir; }
# Runs Python with the mails as `mails`, oldest first by their Date and arrival.
judge() { mails | python3 -c "import json, sys, re
mails = json.load(sys.stdin)
$1"; }
mail_count() { find $maildir/new $maildir/cur -type f 2>/dev/null | wc -l; }
head_seq() { one "SELECT coalesce(max(seq), 0) FROM freeze_audit.alert_event"; }
emitted() { one "SELECT coalesce(max(through_seq), 0) FROM freeze_audit.alert_emitted"; }
settled() { [ "$(emitted)" = "$(head_seq)" ] && [ "$(head_seq)" -ge "${1:-1}" ]; }
# Asks for a pass as well: the one under way may have begun before the act was there.
alerted() { settled "$1" || { pass_now && false; }; }
pass_now() { systemctl kill -s USR1 --kill-who=main freeze-auditor.service; }
told() { # SEQ: how many distinct mails told of it
  judge "import os
seq = '$1'
found = {m['headers']['Message-ID'][0] for m in mails if '#%s]' % seq in m['text'] or '#%s,' % seq in m['text'] or any(r['seq'] == seq for r in m['rows'])}
print(len(found))"
}
all_told_once() {
  judge "
import collections
last = $(head_seq)
tellings = collections.defaultdict(set)
for m in mails:
    ident = m['headers']['Message-ID'][0]
    numbers = [int(r['seq']) for r in m['rows'] if r['seq']] or [int(n) for n in re.findall(r'#(\d+)[,\]]', m['text'])]
    for n in numbers: tellings[n].add(ident)
wrong = {n: len(tellings[n]) for n in range(1, last + 1) if len(tellings[n]) != 1}
files = collections.Counter(m['headers']['Message-ID'][0] for m in mails)
print(last, wrong, [f for f in files.values() if f > 1])
sys.exit(1 if wrong or any(v > 1 for v in files.values()) else 0)"
}
act() { # ID NAME DECREE: an act inside the window of 2024
  local name decree
  name=$(printf '%s' "$2" | sed "s/'/''/g")
  decree=$(printf '%s' "$3" | sed "s/'/''/g")
  sql -c "INSERT INTO simpeg.pegawai (nip, nama, jenis_kelamin, tgl_lahir) VALUES ('19800101200501$(printf %04d "$1")', E'$name', 'L', '1980-01-01');
    INSERT INTO simpeg.riwayat_jabatan (id, nip, jenis_mutasi, jabatan_lama, jabatan_baru, eselon_lama, eselon_baru, no_sk, tgl_sk, tgl_pelantikan, kode_wilayah)
    VALUES ('uji-$1', '19800101200501$(printf %04d "$1")', 'mutasi', 'Camat', 'Kepala Dinas', 'III.a', 'II.b', E'$decree', '2024-05-02', '2024-05-03', '16.05')"
}

first_phase() {
  # --- install
  check "the package installs" dpkg -i freeze-auditor.deb
  check "installed, nothing is enabled" sh -c '! systemctl is-enabled -q freeze-auditor.service && ! systemctl is-enabled -q freeze-auditor-mail.timer'
  check "installed, nothing runs" sh -c '! systemctl is-active -q freeze-auditor.service && ! systemctl is-active -q freeze-auditor-mail.timer'
  check "depends on libpq5 and not on a Swift runtime" sh -c 'ldd /usr/bin/freeze-auditor | grep -q libpq && ! ldd /usr/bin/freeze-auditor | grep -qi swift'
  check "the account of the digest is there" getent passwd freeze-auditor-mail
  check "manual pages (8) and (5)" sh -c 'man -P cat 8 freeze-auditor | grep -q check-config && man -P cat 5 freeze-auditor.yaml | grep -q mail.digest_at'
  check "manual pages in Indonesian" sh -c 'man -L id -P cat 8 freeze-auditor | grep -q METRIK && man -L id -P cat 5 freeze-auditor.yaml | grep -q Bawaan'
  check "rules, calendar, schema and federation are in the package" sh -c 'cd /usr/share/freeze-auditor && test -s rules.yaml -a -s calendar.yaml -a -s audit.schema.json -a -s sql/federation/hub.sql'
  check "shell completions" bash -c '. /usr/share/bash-completion/completions/freeze-auditor'
  check "the catalog explains an alert" sh -c 'journalctl --dump-catalog ed8054b396ba4635b271de6a76dd4fa5 | grep -q "Yang perlu dilakukan"'
  check "systemd finds nothing wrong with the units" sh -c 'systemd-analyze verify /usr/lib/systemd/system/freeze-auditor*.service /usr/lib/systemd/system/freeze-auditor*.timer 2>&1 | grep -i freeze; test $? = 1'
  check "exposure 1.0 or better" systemd-analyze security --no-pager --threshold=10 freeze-auditor.service
  check "without a configuration the start fails for good, with its reason" sh -c '! systemctl start freeze-auditor.service; test "$(systemctl show -p ExecMainStatus --value freeze-auditor)" = 78 || systemctl status freeze-auditor'
  systemctl reset-failed freeze-auditor.service

  # --- database
  for cluster in $(pg_lsclusters -h | awk '{print $1 "/" $2}'); do pg_dropcluster --stop "${cluster%/*}" "${cluster#*/}"; done
  local version
  version=$(ls /usr/lib/postgresql | sort -n | tail -1)
  check "PostgreSQL is made" pg_createcluster "$version" main -p 5432 -- --auth-host=scram-sha-256 --no-sync
  check "PostgreSQL starts" systemctl start "postgresql@$version-main.service"
  systemctl enable -q "postgresql.service" 2>/dev/null
  runuser -u postgres -- createdb simpeg
  check "the sample is loaded" sh -c 'cat sql/install.sql sql/sample.sql sql/mapping-riwayat-jabatan.sql sql/sample-approvals.sql | runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 -d simpeg'
  sql -c "CREATE ROLE freeze_auditor LOGIN PASSWORD 'rahasia pangkalan' IN ROLE freeze_auditor_read, freeze_auditor_ledger"

  # --- mail server
  useradd -m hr
  printf 'listen on lo\naction "hr" maildir\nmatch from any for any action "hr"\n' >/etc/smtpd.conf
  printf 'box.example.go.id\n' >/etc/mailname
  sed -i 's/^127.0.0.1.*/127.0.0.1 localhost box.example.go.id/' /etc/hosts 2>/dev/null || echo '127.0.0.1 localhost box.example.go.id' >>/etc/hosts
  systemctl enable -q opensmtpd.service
  check "the mail server starts" systemctl restart opensmtpd.service

  # --- configuration
  mkdir -p /etc/freeze-auditor
  cat >/etc/freeze-auditor/config.yaml <<'YAML'
region: "16.05"
timezone: WIB
elections: [pilkada-2020]
source: {conninfo: "host=127.0.0.1 dbname=simpeg user=freeze_auditor"}
poll: {interval: 3600}
mail: {from: "freeze-auditor@box.example.go.id", to: ["hr@box.example.go.id"], digest_at: "00:00"}
YAML
  (umask 077 && printf 'rahasia pangkalan' >/etc/freeze-auditor/source-password)
  mkdir -p /etc/systemd/system/freeze-auditor.service.d
  printf '[Service]\nWatchdogSec=6s\n' >/etc/systemd/system/freeze-auditor.service.d/test.conf
  systemctl daemon-reload
  check "the configuration is good" freeze-auditor check-config
  check "the service reaches READY" systemctl enable --now freeze-auditor.service
  await "every event is handed to the journal" settled 40
  first_alerts
}

first_alerts() {
  local alerts
  alerts=$(one "SELECT count(*) FROM freeze_audit.alert_event WHERE event = 'raised'")
  echo "note $alerts raised, $(head_seq) events"
  check "every event is in the journal with its fields" sh -c "journalctl --sync; journalctl -o json --all --no-pager -q _SYSTEMD_UNIT=freeze-auditor.service | python3 -c \"
import json, sys
seen = {}
for line in sys.stdin:
    e = json.loads(line)
    if 'FREEZE_SEQ' not in e: continue
    seen[int(e['FREEZE_SEQ'])] = e
    if e['FREEZE_EVENT'] == 'raised':
        for name in 'MESSAGE MESSAGE_ID PRIORITY SYSLOG_IDENTIFIER FREEZE_ALERT_ID FREEZE_ACTION_ID FREEZE_OUTCOME FREEZE_RULE FREEZE_ELECTION FREEZE_REGION FREEZE_KIND FREEZE_INSIDE FREEZE_OPENS'.split():
            assert isinstance(e.get(name), str), (name, e)
        want = '2' if e['FREEZE_OUTCOME'] == 'inside' else '5' if e['FREEZE_OUTCOME'] == 'reversal' else '4'
        assert e['PRIORITY'] == want, e
        nip = e.get('FREEZE_NIP') or '*'
        assert nip.startswith('*') or len(nip) <= 4, nip
        # Beside the end of a window that nobody knows its other fields stand.
        assert isinstance(e.get('FREEZE_CLOSES'), str) or 'belum diketahui' in e['FREEZE_WINDOW'], e
        assert 'tergantung ;' not in e['MESSAGE'], e
assert sorted(seen) == list(range(1, $(head_seq) + 1)), sorted(seen)
\""
  check "journalctl -x explains it" sh -c 'journalctl -x --no-pager -q MESSAGE_ID=ed8054b396ba4635b271de6a76dd4fa5 -n1 | grep -q "Yang perlu dilakukan"'

  # --- the first digest
  check "the digest is sent" mailed
  await "the mail arrives" sh -c "[ \$(find $maildir/new -type f | wc -l) = 1 ]"
  check "right people, right counts, subject decoded" first_mail "$alerts"
  check "enabling the timer" systemctl enable --now freeze-auditor-mail.timer
  check "the same again sends nothing" mailed
  check "still one mail" test "$(mail_count)" = 1
}

first_mail() {
  one "SELECT string_agg(action_id, E'\x01' ORDER BY seq) FROM freeze_audit.alert_event WHERE event = 'raised'" >/tmp/raised
  judge "
m = mails[0]
subject = m['headers']['Subject'][0]
print(subject, m['defects'], m['headers'].keys())
raised = open('/tmp/raised').read().split('\x01')
assert not m['defects'] and m['ascii_head']
assert m['headers']['Auto-Submitted'] == ['auto-generated']
assert m['headers']['To'] == ['hr@box.example.go.id']
rows = [r for r in m['rows'] if r['event'] == 'raised']
assert sorted(r['action_id'] for r in rows) == sorted(raised)
new = sum(1 for r in rows if not r['outcome'].lower().startswith('pembatalan'))
assert subject.startswith('[Larangan mutasi 16.05] %d peringatan baru' % new), (subject, new)
total = re.search(r'(\d+) peristiwa = (\d+) baru \+ (\d+) berubah \+ (\d+) selesai \+ (\d+) ditanggapi \+ (\d+) pemberitahuan', m['text'])
numbers = list(map(int, total.groups()))
assert numbers[0] == sum(numbers[1:]) == len(m['rows']) == $(head_seq), numbers
assert numbers[1] == new
assert 'perlu klarifikasi' in m['text'] and ('ada di lampiran' in m['text'] or 'Langkah:' in m['text'])
assert all(r['Yang harus dilakukan'] for r in rows if r['outcome'] == 'di dalam masa larangan')
assert not re.search(r'\d{18}', m['text'] + m['html'])
"
}

second_part() {
  local before mails_before
  # --- kill -9
  before=$(head_seq)
  local pid
  pid=$(systemctl show -p MainPID --value freeze-auditor)
  kill -9 "$pid"
  await "killed, it is back" sh -c "p=\$(systemctl show -p MainPID --value freeze-auditor); [ \$p != 0 ] && [ \$p != $pid ] && systemctl is-active -q freeze-auditor"
  act 1 'Budi Santoso' '821.2/UJI-1/2024'
  await "an act after kill -9 is alerted" sh -c "systemctl kill -s USR1 --kill-who=main freeze-auditor; runuser -u postgres -- psql -X -At -d simpeg -c \"SELECT 1 FROM freeze_audit.alert_event WHERE action_id = 'uji-1' AND event = 'raised'\" | grep -q 1"
  check "kill -9 raised nothing again" test "$(one "SELECT count(*) - count(DISTINCT alert_id) FROM freeze_audit.alert_event WHERE event = 'raised'")" = 0
  # --- watchdog
  pid=$(systemctl show -p MainPID --value freeze-auditor)
  kill -STOP "$pid"
  await "stopped, the watchdog brings it back" sh -c "p=\$(systemctl show -p MainPID --value freeze-auditor); [ \$p != 0 ] && [ \$p != $pid ] && systemctl is-active -q freeze-auditor"
  check "it was the watchdog" sh -c 'journalctl -q --no-pager -u freeze-auditor | grep -q "Watchdog timeout"'
  # --- reload
  pid=$(systemctl show -p MainPID --value freeze-auditor)
  cp /etc/freeze-auditor/config.yaml /tmp/good.yaml
  echo 'bogus: 1' >>/etc/freeze-auditor/config.yaml
  systemctl reload freeze-auditor
  await "a bad file is refused, with file, line and key" sh -c "journalctl -q --no-pager MESSAGE_ID=cdca19a406844eb5a80c09663d6b8278 | grep -q 'config.yaml:.*bogus'"
  check "and the old one stays in use" sh -c "systemctl is-active -q freeze-auditor && [ \$(systemctl show -p MainPID --value freeze-auditor) = $pid ]"
  cp /tmp/good.yaml /etc/freeze-auditor/config.yaml
  systemctl reload freeze-auditor
  await "every event so far is handed over" settled "$((before + 1))"
  mailed
  await "its digest arrives" sh -c "[ \$(find $maildir/new -type f | wc -l) -ge 2 ]"

  # --- mail server stopped
  mails_before=$(mail_count)
  systemctl stop opensmtpd.service
  act 2 'Siti Aminah' '821.2/UJI-2/2024'
  before=$(head_seq)
  pass_now
  await "an act is alerted while the mail server is down" alerted "$((before + 1))"
  mailed
  mailed
  check "nothing arrived" test "$(mail_count)" = "$mails_before"
  check "one digest waits" test -s /var/lib/freeze-auditor-mail/digest.eml
  systemctl start opensmtpd.service
  await "the mail server is back: its digest arrives" sh -c "systemctl reset-failed freeze-auditor-mail.service; systemctl start freeze-auditor-mail.service; [ \$(find $maildir/new $maildir/cur -type f | wc -l) -gt $mails_before ]"
  check "and once only" all_told_once
  # --- sendmail refuses for hours
  mails_before=$(mail_count)
  printf '#!/bin/sh\ncat >/dev/null; echo "queue file write error" >&2; exit 75\n' >/freeze/refuse
  chmod 755 /freeze/refuse
  local program
  program=$(readlink -f /usr/sbin/sendmail)
  mount --bind /freeze/refuse "$program"
  act 3 'Agus Salim' '821.2/UJI-3/2024'
  before=$(head_seq)
  pass_now
  await "an act is alerted while sendmail refuses" alerted "$((before + 1))"
  mailed
  check "refused: the unit is not failed, the digest waits" sh -c '! systemctl is-failed -q freeze-auditor-mail.service && test -s /var/lib/freeze-auditor-mail/digest.eml'
  sha256sum /var/lib/freeze-auditor-mail/digest.eml >/tmp/sum
  mailed
  mailed
  check "the same bytes at every retry" sha256sum -c /tmp/sum
  await "announced in the journal" sh -c 'journalctl -q --no-pager MESSAGE_ID=488187b8b14c4bb5a1cd081284c557ae | grep -q "3 percobaan gagal.*queue file write error"'
  umount "$program"
  mailed
  await "sendmail is back: exactly one mail" sh -c "[ \$(find $maildir/new $maildir/cur -type f | wc -l) = $((mails_before + 1)) ]"

  # --- journal vacuumed between two digests
  mails_before=$(mail_count)
  systemctl stop freeze-auditor-mail.timer
  act 4 'Dewi Lestari' '821.2/UJI-4/2024'
  before=$(head_seq)
  pass_now
  await "an act is alerted and will be lost from the log" alerted "$((before + 1))"
  journalctl --sync
  journalctl -q --rotate
  journalctl -q --vacuum-time=1us --vacuum-size=1 --vacuum-files=1
  check "the journal has lost it" sh -c "! journalctl -o json --all -q --no-pager FREEZE_SEQ=$((before + 1)) | grep -q ."
  act 5 'Eko Prasetyo' '821.2/UJI-5/2024'
  before=$(head_seq)
  pass_now
  await "the next one is in the journal" alerted "$((before + 1))"
  mailed
  await "the digest arrives" sh -c "[ \$(find $maildir/new $maildir/cur -type f | wc -l) = $((mails_before + 1)) ]"
  check "the hole was filled from the ledger, and said" judge "
m = [m for m in mails if 'UJI-4' in m['text']]
assert len(m) == 1, len(m)
assert 'diisi dari arsip peringatan: $before.' in m[0]['text'] and 'UJI-5' in m[0]['text'], m[0]['text'][:800]"
  systemctl start freeze-auditor-mail.timer

  hostile
  prompt
  check "every event told exactly once so far" all_told_once
  nothing_dropped
  two_units
  forwarded
}

# News reaches the mailbox by the bell alone: nobody starts the mail unit here.
prompt() {
  await "the bell of the mail unit is on, with the timer" systemctl is-active -q freeze-auditor-mail.path
  local mails_before began
  for one in 21 22 23; do
    mails_before=$(mail_count)
    act "$one" 'Ratna Dewi' "821.2/UJI-$one/2024"
    began=$(date +%s%N)
    pass_now
    await "news $one is in the mailbox by itself" sh -c "[ \$(find $maildir/new $maildir/cur -type f | wc -l) -gt $mails_before ]"
    local waited=$((($(date +%s%N) - began) / 1000000))
    echo "note from the pass to the mailbox: $waited ms"
    check "within 5 s" test "$waited" -lt 5000
  done
  check "monitoring may read how the mail is, and nothing else of it" sh -c 'runuser -u nobody -- cat /var/lib/freeze-auditor-mail/status.json && ! runuser -u nobody -- cat /var/lib/freeze-auditor-mail/state.json'
  check "doctor finds the way of the mail good" sh -c 'freeze-auditor doctor --lang en | grep "good .*mail: sendmail is there, the timer runs"'
  # A disk that is full: the unit fails.
  mount -t tmpfs -o size=4k,mode=0711 tmpfs /var/lib/freeze-auditor-mail
  chown freeze-auditor-mail: /var/lib/freeze-auditor-mail
  dd if=/dev/zero of=/var/lib/freeze-auditor-mail/full bs=1k 2>/dev/null
  mailed
  check "a state folder on a full disk: 74, and the unit fails" sh -c '[ "$(systemctl show -p ExecMainStatus --value freeze-auditor-mail)" = 74 ] && systemctl is-failed -q freeze-auditor-mail'
  umount /var/lib/freeze-auditor-mail
  systemctl reset-failed freeze-auditor-mail.service
}

# So many entries of one unit at once, with the settings given; prints how many journald kept.
burst() { # COUNT PROPERTY...
  local count=$1 unit="burst-$RANDOM"
  shift
  systemd-run --quiet --wait --unit=$unit "$@" python3 -c "
import socket
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
for n in range($count): s.sendto(b'MESSAGE=x\nPRIORITY=2\n', '/run/systemd/journal/socket')"
  journalctl --sync
  journalctl -q --no-pager -o cat -u $unit.service _TRANSPORT=journal | grep -c '^x'
}

nothing_dropped() {
  local interval most kept
  interval=$(systemctl show -p LogRateLimitIntervalUSec --value freeze-auditor.service)
  most=$(systemctl show -p LogRateLimitBurst --value freeze-auditor.service)
  echo "note rate limit of the unit: $most in $interval"
  kept=$(burst 500 -p LogRateLimitIntervalSec=30s -p LogRateLimitBurst=5)
  check "a small burst is a limit that journald keeps to ($kept of 500)" test "$kept" -lt 500
  # More than its default, whatever that is multiplied by on this disk.
  kept=$(burst 60000 -p LogRateLimitIntervalSec=0)
  echo "note with LogRateLimitIntervalSec=0: $kept of 60000"
  kept=$(burst 60000 -p "LogRateLimitIntervalSec=$interval" -p "LogRateLimitBurst=$most")
  check "with ours it drops nothing ($kept of 60000)" test "$kept" = 60000
}

# A second unit on one ledger, under the shipped sandbox: each hides its processes from the other.
two_units() {
  local epoch holder
  sed 's/^poll:.*/poll: {interval: 2}/' /etc/freeze-auditor/config.yaml >/etc/freeze-auditor/16.05.yaml
  cp -p /etc/freeze-auditor/source-password /etc/freeze-auditor/16.05.source-password
  epoch=$(one "SELECT epoch FROM freeze_audit.lease")
  holder=$(one "SELECT holder FROM freeze_audit.lease")
  check "a second unit starts" systemctl start freeze-auditor@16.05.service
  await "and stands by" sh -c 'systemctl show -p StatusText --value freeze-auditor@16.05 | grep -q siaga'
  # Several of its passes, and of the renewals of the first.
  for _ in 1 2 3 4 5 6; do
    pass_now
    systemctl kill -s USR1 --kill-who=main freeze-auditor@16.05.service
    read -rt 2 <> <(:) || true
  done
  check "neither robs the other of the lease" test "$(one "SELECT epoch || holder FROM freeze_audit.lease")" = "$epoch$holder"
  check "the second still stands by" sh -c 'systemctl show -p StatusText --value freeze-auditor@16.05 | grep -q siaga'
  systemctl stop freeze-auditor.service
  await "the first one stopped, the second takes it" sh -c "[ \$(runuser -u postgres -- psql -X -At -d simpeg -c 'SELECT epoch FROM freeze_audit.lease') -gt $epoch ]"
  systemctl stop freeze-auditor@16.05.service
  systemctl start freeze-auditor.service
  rm /etc/freeze-auditor/16.05.yaml /etc/freeze-auditor/16.05.source-password
}

# The recipe for sites that forward logs, with a second rsyslogd as the log host.
forwarded() {
  local recipe=/usr/share/doc/freeze-auditor/examples/forward-rsyslog.conf
  check "rsyslog accepts the recipe" rsyslogd -N1 -f $recipe
  sed -e '/StreamDriver=/d' -e 's/log.example.go.id/127.0.0.1/' $recipe >/etc/rsyslog.d/10-freeze-auditor.conf
  cat >/tmp/collector.conf <<'END'
module(load="imtcp")
input(type="imtcp" port="6514" ruleset="all")
template(name="raw" type="string" string="%rawmsg%\n")
ruleset(name="all") { action(type="omfile" file="/tmp/forwarded" template="raw") }
END
  rsyslogd -n -f /tmp/collector.conf -i /tmp/collector.pid 2>/tmp/collector.txt &
  local collector=$!
  systemctl unmask --quiet rsyslog.service
  systemctl restart rsyslog.service
  logger -t ujicoba halo-satu-kali
  # An instance's entry, and one of a program that only calls itself the auditor.
  printf 'MESSAGE=x\nPRIORITY=2\nSYSLOG_IDENTIFIER=freeze-auditor\nFREEZE_EVENT=raised\nFREEZE_REGION=99.99\n' >/tmp/instance
  printf 'MESSAGE=x\nPRIORITY=2\nSYSLOG_IDENTIFIER=freeze-auditor\nFREEZE_EVENT=raised\nFREEZE_REGION=98.98\n' >/tmp/stranger
  systemd-run --quiet --wait --unit=stranger.service sh -c 'logger --journald=/tmp/stranger; sleep 0.5'
  # Under the instance's name a unit of our own: nothing but logger writes such an entry.
  printf "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'logger --journald=/tmp/instance; sleep 0.5'\n" \
    >/run/systemd/system/freeze-auditor@99.service
  systemctl daemon-reload
  systemctl start freeze-auditor@99.service
  rm /run/systemd/system/freeze-auditor@99.service
  systemctl daemon-reload
  await "rsyslog forwards the entries of an instance" grep -q '"region":"99.99"' /tmp/forwarded
  check "and those of the service" grep -q '"event":"raised".*"region":"16.05"' /tmp/forwarded
  check "and no stranger's" sh -c '! grep -q 98.98 /tmp/forwarded'
  check "without anything personal" sh -c '! grep -E "uji-|UJI-|\*\*\*|MESSAGE|FREEZE_NIP|821[.]2" /tmp/forwarded'
  check "each once, and none empty" python3 -c "
import json
entries = [json.loads(line) for line in open('/tmp/forwarded')]
assert all(e['event'] for e in entries), [e for e in entries if not e['event']][:3]
told = [(e['unit'], e['seq'], e['event']) for e in entries if e['seq']]
assert len(told) == len(set(told)), len(told) - len(set(told))"
  await "the host's own syslog goes on" grep -q halo-satu-kali /var/log/syslog
  check "and is not doubled" sh -c '[ "$(grep -c halo-satu-kali /var/log/syslog)" = 1 ]'
  check "the auditor's plain twin stays in the journal" sh -c '! grep -q "freeze-auditor\[" /var/log/syslog'
  kill "$collector"
  systemctl stop rsyslog.service syslog.socket
  # The site's own copy of the recipe, and what rsyslog keeps for it.
  rm -f /etc/rsyslog.d/10-freeze-auditor.conf /var/spool/rsyslog/imjournal-freeze-auditor.state
}

hostile() {
  local before
  before=$(head_seq)
  act 6 'Jahat\r\nBcc: korban@example.org\r\n\r\nisi' '=cmd|'"'"' /C calc'"'"'!A0'
  act 7 '<script>alert(1)</script>\u001b[2J\u202e' '<b>821</b>\u001b]0;x\u0007'
  act 8 '=HYPERLINK("http://example.org")' '821.2/UJI-8/2024\r\nTo: korban@example.org'
  pass_now
  await "hostile names are alerted" alerted "$((before + 3))"
  journalctl --sync
  check "hostile names: no field of the journal has a line break or a control" sh -c "journalctl -o json --all --no-pager -q _SYSTEMD_UNIT=freeze-auditor.service | python3 -c \"
import json, sys
count = 0
for line in sys.stdin:
    e = json.loads(line)
    if int(e.get('FREEZE_SEQ', 0)) <= $before: continue
    count += 1
    for name, value in e.items():
        if not name.startswith(('FREEZE', 'MESSAGE')): continue
        assert isinstance(value, str), (name, value)
        bad = [c for c in value if (ord(c) < 32 and not (name == 'MESSAGE' and c == chr(10))) or 0x7f <= ord(c) < 0xa0 or 0x202a <= ord(c) <= 0x202e]
        assert not bad, (name, value)
assert count == 3, count
\""
  mailed
  await "hostile names: the digest arrives" sh -c "python3 mailbox.py $maildir | grep -q 'uji-8'"
  check "hostile names: harmless in headers, text and HTML" judge "
m = [m for m in mails if 'uji-8' in m['text']]
assert len(m) == 1
m = m[0]
assert not m['defects'] and m['ascii_head'], m['defects']
assert 'Bcc' not in m['headers'] and m['headers']['To'] == ['hr@box.example.go.id'], m['headers']
assert '<script' not in m['html'] and '<b>821' not in m['html']
assert chr(27) not in m['text'] + m['html'] and chr(0x202e) not in m['text'] + m['html']"
  check "hostile names: no escape reaches the terminal" sh -c "script -qec 'freeze-auditor audit --db \"host=/var/run/postgresql user=postgres dbname=simpeg\"' /dev/null | python3 -c \"
import sys, re
text = sys.stdin.buffer.read().decode('utf-8', 'replace')
# Colours, and the line of progress that is wiped.
rest = re.sub(r'\x1b\[([0-9;]*m|K)', '', text)
assert chr(27) not in rest and chr(7) not in rest and chr(0x202e) not in rest\""
  check "hostile names: no formula in the CSV" sh -c "freeze-auditor audit --format csv --db 'host=/var/run/postgresql user=postgres dbname=simpeg' >/tmp/audit.csv; python3 -c \"
import csv, re
rows = list(csv.reader(open('/tmp/audit.csv', encoding='utf-8-sig', newline='')))
assert any('uji-6' in r[0] for r in rows)
for r in rows[1:]:
    assert len(r) == len(rows[0])
    for cell in r: assert not cell.startswith(('=', '+', '-', '@', '\t', '\r')) or re.fullmatch('-[0-9]*', cell), cell\""
}

after_reboot() {
  await "after the reboot the service is up by itself" systemctl is-active -q freeze-auditor.service
  check "and so is the timer" systemctl is-active -q freeze-auditor-mail.timer
  local before mails_before
  before=$(head_seq)
  mails_before=$(mail_count)
  check "nothing raised again" test "$(one "SELECT count(*) - count(DISTINCT alert_id) FROM freeze_audit.alert_event WHERE event = 'raised'")" = 0
  act 9 'Fitri Handayani' '821.2/UJI-9/2024'
  pass_now
  await "an act after the reboot is alerted" alerted "$((before + 1))"
  mailed
  await "and mailed" sh -c "[ \$(find $maildir/new $maildir/cur -type f | wc -l) -gt $mails_before ]"
  check "every event told exactly once" all_told_once
  check "the ledger's chain holds" systemd-run --quiet --wait --pipe -p LoadCredential=source-password:/etc/freeze-auditor/source-password freeze-auditor alerts verify

  # --- upgrade, removal
  sha256sum /etc/freeze-auditor/config.yaml /etc/freeze-auditor/source-password /var/lib/freeze-auditor-mail/state.json >/tmp/kept
  local pid
  pid=$(systemctl show -p MainPID --value freeze-auditor)
  systemctl stop freeze-auditor-mail.timer
  check "an upgrade installs" dpkg -i freeze-auditor.deb
  check "the upgrade keeps state and configuration" sha256sum -c /tmp/kept
  check "the upgrade restarts what ran" sh -c "systemctl is-active -q freeze-auditor && [ \$(systemctl show -p MainPID --value freeze-auditor) != $pid ]"
  check "removal stops it" sh -c 'dpkg -r freeze-auditor && ! systemctl is-active -q freeze-auditor && test -s /etc/freeze-auditor/config.yaml'
  check "purge" dpkg -P freeze-auditor
  check "purge leaves nothing" sh -c 'found=$(find / -xdev \( -path /proc -o -path /freeze -o -path /out -o -path /tmp -o -path /work -o -path /root -o -path /home \) -prune -o -name "*freeze-auditor*" -print | grep -v -e ^/var/lib/dpkg/info -e ^/var/log -e ^/var/cache/man -e ^/etc/systemd/system/freeze-test | head); echo "$found"; test -z "$found" && ! getent passwd freeze-auditor-mail'
}

if [ ! -e /out/phase ]; then
  first_phase
  second_part
  echo rebooted >/out/phase
  cp -r $maildir /out/mail/ 2>/dev/null
  systemctl reboot
else
  after_reboot
  cp -r $maildir /out/mail/ 2>/dev/null
  echo END
  systemctl poweroff
fi
