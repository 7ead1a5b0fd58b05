#!/usr/bin/env bash
# Looks at what `audit --format xlsx` writes with other programs' eyes: openpyxl checks types and values, LibreOffice opens it,
# renders it to PDF and PNG, saves it in its own way and in the locale id-ID, and the auditor reads that again.
# usage: Tests/Excel/look.sh [FOLDER]        where the pictures go; a new one by default
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config python3-openpyxl libreoffice-calc poppler-utils

swift build --product freeze-auditor -Xswiftc -warnings-as-errors >&2
auditor=$PWD/.build/debug/freeze-auditor check=$PWD/Tests/Excel/check.py
folder=${1:-$(mktemp -d)}
cd "$folder"
status() { local expected=$1; shift; local got=0; "$@" >/dev/null 2>err || got=$?; [ "$got" = "$expected" ] || { cat err; echo "$*: $got, not $expected"; exit 1; }; }
office() { soffice --headless -env:UserInstallation="file://$PWD/profile" "$@" >/dev/null 2>&1; }

"$auditor" audit --sample --output acts.csv
# 3: one of the eight cannot be judged.
status 3 "$auditor" audit acts.csv --format xlsx --output hasil.xlsx
/usr/bin/python3 "$check" hasil.xlsx
office --convert-to pdf hasil.xlsx && pdftoppm -r 80 -png hasil.pdf hasil && pdftoppm -r 80 -gray -png hasil.pdf grey
# What LibreOffice makes of it, and of the CSV: shared strings, its own styles and dates.
mkdir -p saved && office --convert-to xlsx --outdir saved hasil.xlsx
status 3 "$auditor" audit saved/hasil.xlsx
office --convert-to xlsx:"Calc MS Excel 2007 XML" --infilter="CSV:44,34,76,1,,1057" --outdir saved acts.csv
status 3 "$auditor" audit saved/acts.xlsx
for format in xls ods; do
  office --convert-to $format --outdir saved hasil.xlsx
  status 78 "$auditor" audit saved/hasil.$format
done
echo "the pictures: $folder/hasil-*.png, in grey: grey-*.png"
