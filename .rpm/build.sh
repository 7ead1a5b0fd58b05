#!/usr/bin/env bash
# build.sh [-b PROGRAM] [-o FOLDER]: builds freeze-auditor-VERSION-1.ARCH.rpm from the files of the Debian package.
# Needs rpmbuild (apt-get install rpm, or dnf install rpm-build) and dpkg-deb; options as of systemd/build-deb.sh.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
output=$PWD options=()
while getopts b:o: option; do
  case $option in
    b) options+=(-b "$OPTARG") ;;
    o) output=$OPTARG ;;
    *) exit 64 ;;
  esac
done
command -v rpmbuild >/dev/null || { echo "build.sh: rpmbuild is missing: apt-get install rpm" >&2; exit 69; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=$("$root/systemd/build-deb.sh" ${options[@]+"${options[@]}"} -o "$work")
dpkg-deb -x "$package" "$work/tree"
rm -rf "$work/tree/usr/share/lintian"
# zsh of Debian looks elsewhere than that of everybody else.
mv "$work/tree/usr/share/zsh/vendor-completions" "$work/tree/usr/share/zsh/site-functions"
rpmbuild -bb --define "_topdir $work/rpm" --define "tree $work/tree" \
  --define "version $(dpkg-deb -f "$package" Version)" "$root/.rpm/freeze-auditor.spec" >&2
mkdir -p "$output"
cp "$work"/rpm/RPMS/*/*.rpm "$output/"
ls "$output"/freeze-auditor-*.rpm
