#!/usr/bin/env bash
# run.sh [-d PACKAGE.deb] [-o FOLDER]: proves the service under a real systemd, journal, PostgreSQL and mail server.
#
# Boots systemd in a container (systemd-nspawn) on a throwaway overlay of this machine's root: nothing of the machine is
# written to. In it, inside.sh installs the package (built here unless given), makes a cluster with the sample, and goes
# through everything that must be true. FOLDER keeps report.txt, the journal and the mails. Needs root on Debian 12 or later;
# where a container cannot be made it says SKIPPED and why, and ends with 0 (77 with FREEZE_SYSTEM_TEST=required).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

skip() {
  echo "SKIPPED: the test under a real systemd was not made: $1"
  if [ "${FREEZE_SYSTEM_TEST:-}" = required ]; then exit 77; fi
  exit 0
}

if [ "$(id -u)" != 0 ]; then skip "it needs root"; fi
# A mount namespace of its own: every mount below goes away with this process.
if [ -z "${FREEZE_SYSTEM_INNER:-}" ]; then
  unshare --mount true 2>/dev/null || skip "no mount namespace can be made here"
  FREEZE_SYSTEM_INNER=1 exec unshare --mount --propagation private "$0" "$@"
fi

package='' output=''
while getopts d:o: option; do
  case $option in
    d) package=$(realpath "$OPTARG") ;;
    o) output=$OPTARG ;;
    *) exit 64 ;;
  esac
done
output=${output:-$(mktemp -d)}
mkdir -p "$output"
output=$(cd "$output" && pwd)
rm -rf "${output:?}"/{report.txt,journal,mail,console.txt,phase}
mkdir "$output/journal" "$output/mail"

if ! command -v systemd-nspawn >/dev/null; then
  echo "installing systemd-container" >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends systemd-container; } \
    >/dev/null 2>&1 || skip "systemd-nspawn is missing: apt-get install systemd-container"
fi
if [ -z "$package" ]; then package=$("$root/systemd/build-deb.sh" -o "$output"); fi

# cgroup v2, seen by us alone, with a group for the container.
groups=/sys/fs/cgroup
umount -R $groups 2>/dev/null || true
mount -t cgroup2 cgroup2 $groups 2>/dev/null || skip "no cgroup v2 here"
own=$(sed -n 's/^0:://p' /proc/self/cgroup)
group=$groups${own%/}/freeze-auditor-$$
mkdir "$group" 2>/dev/null || skip "no control group can be made here"

base=$(mktemp -d /run/freeze-auditor-system.XXXXXX)
mount -t tmpfs -o size=4g,mode=755 tmpfs "$base"
mkdir "$base/upper" "$base/work" "$base/root"
tree=$base/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$base/upper,workdir=$base/work" "$tree" 2>/dev/null \
  || skip "no overlay can be mounted on / here"

clean() {
  echo 1 >"$group/cgroup.kill" 2>/dev/null || true
  for _ in $(seq 50); do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
    read -rt 0.1 <> <(:) || true
  done
  umount -l "$base" 2>/dev/null && rmdir "$base" || true
}
trap clean EXIT
trap 'exit 130' INT TERM HUP

# What the container needs, installed into the overlay while the network is still there; nothing is started.
printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
chmod 755 "$tree/usr/sbin/policy-rc.d"
mount --bind /dev "$tree/dev"
mount -t proc proc "$tree/proc"
mount -t tmpfs tmpfs "$tree/tmp"
rm -f "$tree/etc/resolv.conf"
cat /etc/resolv.conf >"$tree/etc/resolv.conf" 2>/dev/null || true
chroot "$tree" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  systemd systemd-sysv dbus postgresql libpq5 opensmtpd python3-minimal man-db rsyslog rsyslog-gnutls bash-completion' >"$output/apt.txt" 2>&1 \
  || skip "packages cannot be installed: see $output/apt.txt"
umount "$tree/tmp" "$tree/proc" "$tree/dev"
rm "$tree/usr/sbin/policy-rc.d"

# An own machine: id, journal, no units of the host that would get in the way.
rm -f "$tree/etc/machine-id"
: >"$tree/etc/machine-id"
rm -rf "$tree/var/log/journal" "$tree/var/lib/freeze-auditor-mail"
mkdir -p "$tree/var/log/journal" "$tree/out" "$tree/freeze"
cp "$package" "$tree/freeze/freeze-auditor.deb"
cp -r "$root/sql" "$here/inside.sh" "$here/mailbox.py" "$tree/freeze/"
units=$tree/etc/systemd/system
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer man-db.timer fstrim.timer \
  logrotate.timer console-getty.service systemd-logind.service systemd-timesyncd.service dev-hugepages.mount \
  sys-fs-fuse-connections.mount systemd-networkd-wait-online.service rsyslog.service; do
  ln -sf /dev/null "$units/$unit"
done
cat >"$units/freeze-test.service" <<'UNIT'
[Unit]
After=multi-user.target
[Service]
Type=exec
ExecStart=/bin/bash /freeze/inside.sh
StandardOutput=append:/out/report.txt
StandardError=inherit
TimeoutStopSec=5s
UNIT
printf '[Unit]\nRequires=multi-user.target\nWants=freeze-test.service\nAfter=multi-user.target\nAllowIsolate=yes\n' \
  >"$units/freeze-test.target"

# Once, and again as often as it asks for a reboot (133).
boot() (
  trap - EXIT
  echo $BASHPID >"$group/cgroup.procs"
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 exec timeout -k 5 "${FREEZE_SYSTEM_TIMEOUT:-900}" systemd-nspawn --quiet --boot -D "$tree" \
    -M "freeze$$" --register=no --keep-unit --link-journal=no --private-network --console=pipe \
    --bind="$output:/out" --bind="$output/journal:/var/log/journal" --capability=CAP_BPF,CAP_PERFMON \
    --system-call-filter=bpf systemd.unit=freeze-test.target systemd.show_status=no systemd.log_target=journal
)
status=133
while [ $status = 133 ]; do
  status=0
  boot </dev/null >>"$output/console.txt" 2>&1 &
  # Waited for, so that a signal to us is answered at once.
  wait $! || status=$?
done
cat "$output/report.txt" 2>/dev/null || { tail -20 "$output/console.txt"; skip "the container did not boot (status $status)"; }
passed=$(grep -c '^ok ' "$output/report.txt" || true)
failed=$(grep -c '^FAILED ' "$output/report.txt" || true)
echo "$passed passed, $failed failed; report, journal and mails in $output"
grep -q '^END$' "$output/report.txt" || { echo "the run broke off (status $status)"; exit 1; }
[ "$failed" = 0 ]
