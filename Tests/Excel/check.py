"""Reads a workbook of `audit --format xlsx` with openpyxl and complains of every cell that is not what it should be.
usage: check.py RESULT.xlsx"""
import datetime, sys, warnings

import openpyxl

warnings.simplefilter("error")
book = openpyxl.load_workbook(sys.argv[1])
records, decrees, quality = book.worksheets
complaints = []


def expect(condition, text):
    if not condition:
        complaints.append(text)


header = int(records.freeze_panes[1:]) - 1 if records.freeze_panes[1:].isdigit() else 1
names = [cell.value for cell in records[header]]
places = {name: index for index, name in enumerate(names)}
expect(names[-8:] == ["Kesimpulan", "Alasan", "Pasal", "Masa larangan", "Surat paling lambat", "Yang harus dilakukan", "ID peringatan", "Tanggapan"], f"columns {names}")
expect(records.auto_filter.ref is not None and records.auto_filter.ref.startswith(f"A{header}:"), f"filter {records.auto_filter.ref}")
expect(records.print_title_rows == f"${header}:${header}", f"titles {records.print_title_rows}")
expect(records.page_setup.orientation == "landscape", "paper")
rows = list(records.iter_rows(min_row=header + 1))
expect(rows, "no rows")
outcomes = set()
for row in rows:
    for cell in row:
        expect(cell.data_type != "f", f"{cell.coordinate} is a formula: {cell.value}")
    outcomes.add(row[places["Kesimpulan"]].value)
    letter = row[places["Surat paling lambat"]].value
    expect(letter is None or isinstance(letter, datetime.datetime), f"letter {letter!r}")
    if "NIP" in places:
        expect(row[places["NIP"]].value is None or row[places["NIP"]].data_type == "s", f"NIP {row[places['NIP']].value!r}")
expect("di dalam masa larangan" in outcomes, f"outcomes {outcomes}")
alert = next(row[places["Kesimpulan"]] for row in rows if row[places["Kesimpulan"]].value == "di dalam masa larangan")
expect(alert.font.b and alert.fill.fgColor.rgb == "FF8B1A1A", "the look of an alert")
expect(isinstance(decrees["B2"].value, datetime.datetime), f"decree date {decrees['B2'].value!r}")
expect(decrees.freeze_panes == "A2" and decrees.auto_filter.ref.startswith("A1:"), "the sheet of decrees")
expect(quality["A1"].value == "Mutu data", "the sheet of data quality")
print("\n".join(complaints) or f"{len(rows)} rows, {decrees.max_row - 1} decrees: every cell is what it should be")
sys.exit(1 if complaints else 0)
