#!/bin/bash
# journald.sh DIR: a real systemd-journald of the test's own, in a private mount namespace.
#   DIR/run/socket   its native socket, reachable from outside
#   DIR/journal      what it wrote, for journalctl -D
# Prints "ready", serves until standard input closes, writes everything out and ends. Needs root, unshare and systemd-journald;
# prints "unavailable: REASON" where one is missing. Touches nothing outside of DIR.
set -u
JOURNALD=/lib/systemd/systemd-journald
give_up() { echo "unavailable: $*"; exit 0; }
if [ -z "${JOURNALD_INNER:-}" ]; then
  [ -x $JOURNALD ] || give_up "no $JOURNALD (apt install systemd)"
  [ "$(id -u)" = 0 ] || give_up "not root"
  unshare --mount true 2>/dev/null || give_up "no private mount namespace here"
  JOURNALD_INNER=1 exec unshare --mount --propagation private "$0" "$@"
fi
dir=$1
mkdir -p "$dir/run" "$dir/journal" "$dir/conf"
touch "$dir/run/flushed" # journal files go to /var/log/journal at once
printf '%s\n' '[Journal]' Storage=persistent ReadKMsg=no Audit=no ForwardToSyslog=no RateLimitIntervalSec=0 \
  SystemMaxUse=256M Seal=no >"$dir/conf/journald.conf"
od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$dir/conf/machine-id"
[ -e /etc/machine-id ] || give_up "no /etc/machine-id"
mkdir -p /etc/systemd /run/systemd /var/log/journal
[ -e /etc/systemd/journald.conf ] || give_up "no /etc/systemd/journald.conf"
mount --bind "$dir/conf/machine-id" /etc/machine-id &&
  mount --bind "$dir/conf/journald.conf" /etc/systemd/journald.conf &&
  mount --bind "$dir/journal" /var/log/journal || give_up "cannot mount"
# A fresh /run hides every other journal's socket; when DIR is below /run this would hide DIR too, so it is bound first.
mount --bind "$dir/run" /mnt && mount -t tmpfs -o mode=755 tmpfs /run &&
  mkdir -p /run/systemd/journal /run/log && mount --move /mnt /run/systemd/journal || give_up "cannot mount /run"
$JOURNALD 2>/dev/null </dev/null >/dev/null &
pid=$!
for _ in $(seq 500); do
  [ -S /run/systemd/journal/socket ] && break
  kill -0 $pid 2>/dev/null || give_up "systemd-journald does not start here"
  sleep 0.02
done
[ -S /run/systemd/journal/socket ] || { kill $pid; give_up "systemd-journald opened no socket in 10 s"; }
echo ready
cat >/dev/null
journalctl --sync
kill $pid
wait $pid
exit 0
