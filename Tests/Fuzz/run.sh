#!/usr/bin/env bash
# Fuzzes every parser of foreign text with libFuzzer under the address sanitizer.
# usage: Tests/Fuzz/run.sh [seconds]        60 by default; finds are kept as crash-* in the folder it names
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config

export FREEZE_FUZZ=1
swift build -c release --scratch-path .build-fuzz --product fuzz-parsers -Xswiftc -enable-testing \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld >&2
corpus=$(mktemp -d)
# Seeds: the shipped files and the test data, once for each parser.
for file in Sources/RuleFiles/Shipped/*.yaml Tests/CommandLineTests/Cases/*.csv systemd/*.yaml; do
  [ -f "$file" ] || continue
  for parser in 00 01 02 03 04 05 06 07 08; do
    { printf "\\x$parser"; head -c 4000 "$file"; } >"$corpus/$(basename "$file").$parser"
  done
done
for text in 2024-03-22 '22 Maret 2024' 2024-03 '1985 0101 201001 1 001' 'II.b' '{"a":[1,"\u00e9"]}' 'a@b.go.id'; do
  for parser in 00 01 03 04 05 08; do printf "\\x$parser%s" "$text" >"$corpus/$(printf %s "$text" | cksum | cut -d' ' -f1).$parser"; done
done
row='<row r="1" hidden="1"><c r="A1" s="1"><v>45373</v></c><c t="inlineStr"><is><r><t>a_x000D_</t></r></is></c><c t="str"><f>A1</f><v>&#x41;</v></c></row>'
for text in "$row" "<row><c t='d'><v>2024-03-22T00:00:00</v></c><c><v>1.98E+17</v></c></row>" '<?xml version="1.0"?><a xmlns:x="u"><![CDATA[b]]><!-- c --><x:d e="&lt;"/></a>'; do
  for parser in 09 0b; do printf "\\x$parser%s" "$text" >"$corpus/$(printf %s "$text" | cksum | cut -d' ' -f1).$parser"; done
done
for file in Tests/CommandLineTests/Cases/*.xlsx; do
  [ -f "$file" ] || continue
  { printf '\x0a'; cat "$file"; } >"$corpus/$(basename "$file").0a"
done
echo "finds, if any: $corpus" >&2
cd "$corpus"
exec "$OLDPWD/.build-fuzz/release/fuzz-parsers" -max_total_time="${1:-60}" -timeout=10 -rss_limit_mb=4096 -max_len=8192 \
  -print_final_stats=1 .
