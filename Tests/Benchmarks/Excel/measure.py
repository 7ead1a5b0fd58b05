"""Measures Excel against CSV and against openpyxl, in alternating runs; started by run.sh.
usage: measure.py AUDITOR FOLDER ROWS"""
import csv, datetime, os, statistics, subprocess, sys, time

import openpyxl

AUDITOR, FOLDER, ROWS = sys.argv[1], sys.argv[2], int(sys.argv[3])
RUNS = 5
HEADER = ["action_id", "kind", "decree_date", "effective_date", "inaugurated_on", "region_code", "nip", "employee_name", "post_from",
          "post_to", "unit_from", "unit_to", "echelon_from", "echelon_to", "decree_no"]


def records():
    for n in range(ROWS):
        day = datetime.date(2011, 1, 1) + datetime.timedelta(days=n * 7919 % 4800)
        # One act in a thousand lies inside the window.
        if n % 1000 == 0 or day > datetime.date(2024, 3, 1):
            day = datetime.date(2024, 5, 1) if n % 1000 == 0 else datetime.date(2020, 1, 1)
        yield [str(n), ["mutasi", "promosi", "demosi", "MJ"][n % 4], day, day + datetime.timedelta(days=3), None, "33.74",
               f"19800101200501{n % 9000 + 1000}", f"Nama Pegawai {n}", f"Kepala Seksi {n % 100}", f"Kepala Bidang {n % 100}",
               f"Dinas {n % 30}", f"Badan {n % 30}", "III.a", "III.a", f"821.2/{n // 50}/2020"]


def path(name):
    return os.path.join(FOLDER, name)


def generate():
    with open(path("list.csv"), "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows([["" if cell is None else cell for cell in record] for record in records()])
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Daftar")
    sheet.append(HEADER)
    for record in records():
        sheet.append(record)
    book.save(path("list.xlsx"))


def run(command):
    """Wall seconds and peak MiB of one run."""
    began = time.monotonic()
    process = subprocess.run(["time", "-q", "-o", path("peak"), "-f", "%M"] + command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    wall = time.monotonic() - began
    if process.returncode not in (0, 1, 3):
        sys.exit(f"{command}: {process.returncode}: {process.stderr.decode()}")
    return wall, int(open(path("peak")).read()) / 1024


generate()
audit = [AUDITOR, "audit", "--format", "ndjson", "--known-on", "2026-11-22", "--region", "33.74"]
rival = "import openpyxl, sys\nfor row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True): pass"
commands = {
    "CSV, read and judged": audit + [path("list.csv")],
    "XLSX, read and judged": audit + [path("list.xlsx")],
    "XLSX, read, judged and written": [AUDITOR, "audit", "--known-on", "2026-11-22", "--region", "33.74", "--format", "xlsx", "--output",
                                       path("result.xlsx"), path("list.xlsx")],
    "openpyxl read-only, read": [sys.executable, "-c", rival, path("list.xlsx")],
}
times, peaks = {name: [] for name in commands}, {}
for turn in range(RUNS + 1):
    for name, command in commands.items():
        if name.startswith("openpyxl") and turn > 3:
            continue
        wall, peaks[name] = run(command)
        if turn:
            times[name].append(wall)
csv_time = statistics.median(times["CSV, read and judged"])
print(f"{ROWS:,} rows of {len(HEADER)} columns; median of {RUNS}, openpyxl of 3")
for name, walls in times.items():
    wall = statistics.median(walls)
    print(f"  {name:32} {wall:7.2f} s  {wall / csv_time:6.2f} x CSV  peak {peaks[name]:6.1f} MiB")
