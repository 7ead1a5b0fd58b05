"""Measures and prints; started by ../run.sh inside a throwaway PostgreSQL. Ratios are of medians over alternating runs."""
import json, os, platform, random, re, select, signal, socket, statistics, subprocess, sys, time

ROWS = int(sys.argv[1])
AUDITOR, BARE, SCRATCH = os.environ["FREEZE_AUDITOR"], os.environ["BARE"], os.environ["SCRATCH"]
RUNS = 5


def psql(sql):
    return subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], input=sql, text=True, check=True,
                          capture_output=True).stdout.strip()


def run(command, **options):
    """Wall seconds, CPU seconds, peak KiB, standard output of one run."""
    # A child's peak as wait4 tells it starts at that of the process it was copied from; time(1) is small, Python is not.
    peak = os.path.join(SCRATCH, "peak")
    began = time.monotonic()
    process = subprocess.Popen(["time", "-q", "-o", peak, "-f", "%U %S %M"] + command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    output, errors = process.communicate()
    wall = time.monotonic() - began
    if process.returncode not in (0, 1, 3):
        sys.exit(f"{command}: {process.returncode}: {errors.decode()}")
    user, system, kilobytes = open(peak).read().split()
    return wall, float(user) + float(system), int(kilobytes), output.decode()


def table(title, rows):
    print(f"\n{title}")
    width = max(len(row[0]) for row in rows)
    for name, *cells in rows:
        print(f"  {name.ljust(width)}  " + "  ".join(str(cell).rjust(12) for cell in cells))


def generate(rows):
    psql(f"""
      CREATE SCHEMA IF NOT EXISTS bench;
      DROP TABLE IF EXISTS bench.act CASCADE;
      CREATE TABLE bench.act AS SELECT g::text AS action_id, (ARRAY['mutasi', 'promosi', 'demosi', 'MJ'])[1 + g % 4] AS kind,
        date '2011-01-01' + (g * 7919::bigint % 4800)::int AS decree_date,
        date '2011-01-01' + (g * 7919::bigint % 4800)::int + 3 AS effective_date, NULL::date AS inaugurated_on,
        '33.74' AS region_code, '19800101200501' || lpad((g % 10000)::text, 4, '0') AS nip, 'Nama Pegawai ' || g AS employee_name,
        'Kepala Seksi ' || g % 100 AS post_from, 'Kepala Bidang ' || g % 100 AS post_to, 'III.a' AS echelon_from,
        'III.a' AS echelon_to, '821.2/' || g / 50 || '/2020' AS decree_no FROM generate_series(1, {rows}) g;
      -- One act in a thousand lies inside the window.
      UPDATE bench.act SET decree_date = date '2024-05-01', effective_date = NULL WHERE action_id::int % 1000 = 0;
      DELETE FROM bench.act WHERE decree_date > date '2024-03-01' AND action_id::int % 1000 <> 0;
      CREATE VIEW bench.personnel_action AS SELECT * FROM bench.act;
      CREATE INDEX ON bench.act (decree_date); CREATE INDEX ON bench.act (effective_date); CREATE INDEX ON bench.act (inaugurated_on);
      VACUUM (FREEZE, ANALYZE) bench.act;""")


def config(name, **keys):
    path = os.path.join(SCRATCH, name)
    with open(path, "w") as file:
        json.dump(keys, file)          # JSON is YAML
    return path


def scan(rows, rivals_too=True):
    generate(rows)
    count = int(psql("SELECT count(*) FROM bench.act"))
    view = config("scan.yaml", source={"view": "bench.personnel_action"})
    every = "SELECT * FROM bench.personnel_action"
    narrow = "SELECT action_id, kind, decree_date, effective_date, inaugurated_on FROM bench.personnel_action"
    predicate = "decree_date BETWEEN '2024-02-20' AND '2025-08-20' OR effective_date BETWEEN '2024-02-20' AND '2025-08-20'"
    audit = [AUDITOR, "audit", "--config", view, "--format", "ndjson", "--known-on", "2026-11-22"]
    rivals = {
        "freeze-auditor audit, all": audit,
        "freeze-auditor audit, --workers 2": audit + ["--workers", "2"],
        "freeze-auditor audit, --scan window": audit + ["--scan", "window"],
        "psql \\copy binary, same columns": ["psql", "-X", "-q", "-c", f"\\copy ({every}) to '/dev/null' (format binary)"],
        "libpq COPY binary, same columns": [BARE, "copy", every],
        "libpq single row, same columns": [BARE, "single", every],
        "libpq single row, 5 columns": [BARE, "single", narrow],
        "server-side count(*), same predicate": ["psql", "-X", "-q", "-c", f"SELECT count(*) FROM bench.personnel_action WHERE {predicate}"],
        "Python psycopg 3 + dateutil, 5 columns": [sys.executable, os.path.join(os.path.dirname(__file__), "rival.py"), narrow],
    }
    if not rivals_too:
        rivals = {name: command for name, command in rivals.items() if name.startswith("freeze")}
    try:
        import psycopg  # noqa: F401
    except ImportError:
        rivals.pop("Python psycopg 3 + dateutil, 5 columns", None)
    times = {name: [] for name in rivals}
    peaks, outputs = {}, {}
    for turn in range(RUNS + 1):
        for name, command in rivals.items():
            wall, _, peak, output = run(command)
            if turn:
                times[name].append(wall)
            peaks[name], outputs[name] = peak, output
    ours = statistics.median(times["freeze-auditor audit, all"])
    found = [json.loads(line) for line in outputs["freeze-auditor audit, all"].splitlines()]
    inside = sorted(record["action_id"] for record in found if record["outcome"] == "inside")
    for name, output in outputs.items():
        if name.startswith("Python"):
            assert int(output.split()[0]) == len(inside), "the rival found other acts"
    table(f"Full scan of {count:,} records, {len(inside):,} inside; median of {RUNS}", [("", "seconds", "M records/s", "ours/theirs", "peak MiB")] + [
        (name, f"{statistics.median(walls):.3f}", f"{count / statistics.median(walls) / 1e6:.2f}",
         f"{ours / statistics.median(walls):.2f}", f"{peaks[name] / 1024:.1f}") for name, walls in times.items()])


def reports():
    """Every format over 10,000 findings."""
    generate(10_000)
    psql("UPDATE bench.act SET decree_date = date '2024-05-01', effective_date = NULL")
    view = config("scan.yaml", source={"view": "bench.personnel_action"})
    rows = [("", "seconds", "CPU s", "MiB written", "peak MiB")]
    for people, number in ((50, None), (1, "'821.2/' || action_id")):
        if number:
            psql(f"UPDATE bench.act SET decree_no = {number}")
        for form in ("table", "ndjson", "json", "csv", "html"):
            path = os.path.join(SCRATCH, "report")
            runs = [run([AUDITOR, "audit", "--config", view, "--format", form, "--output", path]) for _ in range(3)]
            wall, cpu, peak, _ = sorted(runs)[1]
            rows.append((f"{form}, {people} on a decree", f"{wall:.2f}", f"{cpu:.2f}", f"{os.path.getsize(path) / 1048576:.1f}", f"{peak / 1024:.1f}"))
    table("Reports of 10,000 findings", rows)


class Daemon:
    def __init__(self, path, environment=None):
        self.began = time.monotonic()
        self.process = subprocess.Popen([AUDITOR, "run", "--config", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        env={**os.environ, **(environment or {})})
        self.buffer = b""

    def line(self, timeout=60):
        end = time.monotonic() + timeout
        while b"\n" not in self.buffer:
            if not select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0]:
                sys.exit("the daemon said nothing")
            self.buffer += os.read(self.process.stdout.fileno(), 1 << 20)
        line, self.buffer = self.buffer.split(b"\n", 1)
        return json.loads(line)

    def until(self, event):
        lines = []
        while True:
            entry = self.line()
            lines.append(entry)
            if entry.get("FREEZE_EVENT") == event:
                return lines

    def cpu(self):
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        return int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{self.process.pid}/status").read())[1]) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.read()
        return self.process.wait(10)


def install():
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    for name in ("install", "sample", "mapping-riwayat-jabatan", "notify"):
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", f"{here}/sql/{name}.sql"], check=True, stderr=subprocess.DEVNULL)


def idle():
    generate(50_000)
    path = config("idle.yaml", source={"view": "bench.personnel_action", "name": "idle"}, poll={"interval": 1})
    daemon = Daemon(path)
    for _ in range(3):
        daemon.until("pass_completed")
    before = daemon.cpu()
    passes = 10
    for _ in range(passes):
        daemon.until("pass_completed")
    table("Idle pass over 50,000 records", [("CPU ms a pass", f"{(daemon.cpu() - before) / passes * 1000:.0f}"),
                                            ("peak MiB", f"{daemon.memory():.1f}")])
    daemon.stop()


def flood():
    generate(10_000)
    psql("UPDATE bench.act SET decree_date = date '2024-05-01', effective_date = NULL")
    daemon = Daemon(config("flood.yaml", source={"view": "bench.personnel_action", "name": "flood"}, poll={"interval": 3600}))
    lines = daemon.until("pass_completed")
    duration = int(lines[-1]["FREEZE_DURATION_MS"])
    raised = sum(line.get("FREEZE_EVENT") == "raised" for line in lines)
    table("A pass with new findings, appended, logged and marked", [("findings", raised), ("ms", duration),
          ("appends/s", f"{raised / duration * 1000:.0f}"), ("peak MiB", f"{daemon.memory():.1f}")])
    daemon.stop()


def latency(notify, count):
    psql("DELETE FROM simpeg.riwayat_jabatan WHERE id LIKE 'bench-%'")
    daemon = Daemon(config("latency.yaml", source={"name": f"latency-{notify}"}, poll={"interval": 3600 if notify else 1, "wake_on_notify": notify}))
    daemon.until("pass_completed")
    nip = psql("SELECT nip FROM simpeg.pegawai LIMIT 1")
    writer = subprocess.Popen(["psql", "-X", "-q"], stdin=subprocess.PIPE, text=True)
    times = []
    for number in range(count + 1):
        print(f"INSERT INTO simpeg.riwayat_jabatan (id, nip, jenis_mutasi, tgl_sk, kode_wilayah) VALUES ('bench-{notify}-{number}', '{nip}', 'mutasi', '2024-05-02', '33.74');", file=writer.stdin, flush=True)
        began = time.monotonic()
        daemon.until("raised")
        if number:
            times.append(time.monotonic() - began)
        time.sleep(random.uniform(0, 0.05))          # some fall into the pass over all records that follows
    writer.stdin.close()
    writer.wait()
    daemon.stop()
    times.sort()
    return [("with NOTIFY" if notify else "polling each second", f"{statistics.median(times) * 1000:.0f}", f"{times[int(len(times) * 0.99) - 1] * 1000:.0f}", count)]


def start():
    path = os.path.join(SCRATCH, "notify")
    times = []
    for _ in range(RUNS):
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listener.bind(path)
        daemon = Daemon(config("start.yaml", source={"name": "start"}), {"NOTIFY_SOCKET": path})
        while b"READY=1" not in listener.recv(4096):
            pass
        times.append(time.monotonic() - daemon.began)
        daemon.stop()
        listener.close()
        os.unlink(path)
    table("Start to READY=1", [("ms, median", f"{statistics.median(times) * 1000:.0f}")])


model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} x {model}, PostgreSQL {psql('SHOW server_version')}, libpq rows in " + platform.system())
install()
for rows in sorted({50_000, min(1_000_000, ROWS)} - {ROWS}):
    scan(rows, rivals_too=False)
scan(ROWS)
reports()
idle()
flood()
table("Commit to log entry, ms", [("", "median", "p99", "runs")] + latency(True, 1000 if ROWS >= 1_000_000 else 100) + latency(False, 10))
start()
