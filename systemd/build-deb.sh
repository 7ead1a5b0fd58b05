#!/usr/bin/env bash
# build-deb.sh [-b PROGRAM] [-o FOLDER]: builds freeze-auditor_VERSION_ARCH.deb in FOLDER (default: the current one).
#
# One command on Debian 12 with a Swift toolchain and libpq-dev. The program is linked with the Swift runtime inside and
# depends on libpq5 and the C library alone. -b packs a program that was built before with --static-swift-stdlib.
# Manual pages and shell completions are printed by the program itself.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
program='' output=$PWD
while getopts b:o: option; do
  case $option in
    b) program=$OPTARG ;;
    o) output=$OPTARG ;;
    *) exit 64 ;;
  esac
done
for tool in dpkg-deb gzip strip; do
  command -v "$tool" >/dev/null || { echo "build-deb.sh: $tool is missing: apt-get install binutils dpkg gzip" >&2; exit 69; }
done

if [ -z "$program" ]; then
  (cd "$root" && swift build -c release --static-swift-stdlib --product freeze-auditor >&2)
  program=$(cd "$root" && swift build -c release --static-swift-stdlib --show-bin-path)/freeze-auditor
fi
version=$("$program" --version)
architecture=$(dpkg --print-architecture)
# The same sources give the same package: every file bears the date of the last change.
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/Package.swift")}

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 0755 "$tree"
umask 022
put() { install -D -m "$1" "$2" "$tree/$3"; }

put 0755 "$program" usr/bin/freeze-auditor
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$tree/usr/bin/freeze-auditor"
for unit in "$root"/systemd/*.service "$root"/systemd/*.timer "$root"/systemd/*.path; do
  put 0644 "$unit" "usr/lib/systemd/system/$(basename "$unit")"
done
put 0644 "$root/systemd/freeze-auditor.catalog" usr/lib/systemd/catalog/freeze-auditor.catalog
put 0644 "$root/systemd/freeze-auditor.sysusers.conf" usr/lib/sysusers.d/freeze-auditor.conf
for file in "$root"/sql/*.sql; do put 0644 "$file" "usr/share/freeze-auditor/sql/$(basename "$file")"; done
for file in "$root"/sql/federation/*; do put 0644 "$file" "usr/share/freeze-auditor/sql/federation/$(basename "$file")"; done
# What is compiled in, to read and to begin one's own from; and what the JSON of reports looks like.
for file in "$root"/Sources/RuleFiles/Shipped/*.yaml "$root"/Sources/AuditReports/Schema/*.json; do
  put 0644 "$file" "usr/share/freeze-auditor/$(basename "$file")"
done
# Forms of a dossier, to copy and change for --templates.
for file in "$root"/Sources/AuditReports/Shipped/forms/*.txt; do
  put 0644 "$file" "usr/share/freeze-auditor/forms/$(basename "$file")"
done
doc=usr/share/doc/freeze-auditor
put 0644 "$root/systemd/config.example.yaml" $doc/examples/config.example.yaml
put 0644 "$root/systemd/freeze-auditor.rules.yaml" $doc/examples/freeze-auditor.rules.yaml
put 0644 "$root/README.md" $doc/README.md
for file in "$root"/systemd/*.conf.example "$root"/systemd/*.cfg.example "$root"/systemd/*.yaml.example; do
  put 0644 "$file" "$doc/examples/$(basename "$file" .example)"
done
put 0644 "$root/Sources/AuditReports/Shipped/holidays.txt" $doc/examples/holidays.txt
put 0644 "$root/.debian/copyright" $doc/copyright
put 0644 "$root/.debian/lintian-overrides" usr/share/lintian/overrides/freeze-auditor
install -d -m 0755 "$tree/etc/freeze-auditor"

for page in freeze-auditor.8 freeze-auditor.yaml.5; do
  section=${page##*.}
  install -d "$tree/usr/share/man/man$section"
  "$program" manual "$section" --lang en | gzip -9n >"$tree/usr/share/man/man$section/$page.gz"
  install -d "$tree/usr/share/man/id/man$section"
  "$program" manual "$section" --lang id | gzip -9n >"$tree/usr/share/man/id/man$section/$page.gz"
done
install -d "$tree/usr/share/bash-completion/completions" "$tree/usr/share/zsh/vendor-completions" \
  "$tree/usr/share/fish/vendor_completions.d"
"$program" --generate-completion-script bash | sed '1{/^#!/d}' >"$tree/usr/share/bash-completion/completions/freeze-auditor"
"$program" --generate-completion-script zsh >"$tree/usr/share/zsh/vendor-completions/_freeze-auditor"
"$program" --generate-completion-script fish >"$tree/usr/share/fish/vendor_completions.d/freeze-auditor.fish"
# The newest entry must be of this version: a release without a word of what changed is none.
grep -q "^freeze-auditor ($version) " "$root/.debian/changelog" \
  || { echo "build-deb.sh: .debian/changelog has no entry of $version" >&2; exit 65; }
gzip -9n <"$root/.debian/changelog" >"$tree/$doc/changelog.gz"

# What the program needs of the system, by the symbols it uses where dpkg-dev is there.
depends="libc6 (>= 2.36), libgcc-s1, libpq5, libstdc++6"
if command -v dpkg-shlibdeps >/dev/null; then
  work=$(mktemp -d)
  mkdir "$work/debian"
  printf 'Source: freeze-auditor\n\nPackage: freeze-auditor\nArchitecture: any\n' >"$work/debian/control"
  if found=$(cd "$work" && dpkg-shlibdeps -O "$tree/usr/bin/freeze-auditor" 2>/dev/null | sed -n 's/^shlibs:Depends=//p') \
    && [ -n "$found" ]; then
    depends=$found
  fi
  rm -rf "$work"
fi

install -d "$tree/DEBIAN"
size=$(du -sk --exclude=DEBIAN "$tree" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$architecture/" -e "s/@SIZE@/$size/" -e "s/@DEPENDS@/$depends/" \
  "$root/.debian/control.in" >"$tree/DEBIAN/control"
for script in postinst prerm postrm; do install -m 0755 "$root/.debian/$script" "$tree/DEBIAN/$script"; done
(cd "$tree" && find . -path ./DEBIAN -prune -o -type f -print0 | sort -z | xargs -0 md5sum | sed 's: \./: :') >"$tree/DEBIAN/md5sums"
find "$tree" -newermt "@$epoch" -exec touch -h -d "@$epoch" {} +
mkdir -p "$output"
SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zxz --build "$tree" \
  "$output/freeze-auditor_${version}_$architecture.deb" >&2
echo "$output/freeze-auditor_${version}_$architecture.deb"
