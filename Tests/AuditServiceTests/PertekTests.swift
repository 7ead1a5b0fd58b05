import Foundation
import TestSupport
import Testing

/// BKN's pertek: carried through wherever a record has one, and nothing changes where it has none.
@Suite struct PertekTests {
  private func audit(_ bench: Bench, _ arguments: String...) throws -> ProcessResult {
    try runProcess(
      Bench.executable,
      ["audit", "--region", "16.05", "--known-on", "2024-06-01", "--lang", "en"] + arguments)
  }

  static let headers = [
    "pertek_no;pertek_date", "nomor pertek;tanggal pertek", "NO_PERTEK;TGL_PERTEK",
    "No. Pertek BKN;Tgl. Pertek BKN",
    "Nomor Pertimbangan Teknis;Tanggal Pertimbangan Teknis", "Pertimbangan Teknis;Tanggal Pertek",
    "Pertek;Tgl Pertek", "pertek nomor;pertek tanggal",
  ]

  @Test(arguments: headers)
  func `A file may head it in the office's own words`(_ header: String) throws {
    let bench = try Bench(installsLedger: false)
    let path = try bench.file(
      "a.csv",
      "id;jenis;tgl_pelantikan;\(header)\n1;mutasi;2024-05-02;PK-1/2024;3 Maret 2024\n2;mutasi;2024-05-02;-;\n"
    )
    let result = try audit(bench, path, "--format", "ndjson")
    let lines = result.outputText.split(separator: "\n")
    #expect(result.status == 1 && lines.count == 2, "\(result.outputText)\(result.errorText)")
    #expect(lines[0].hasSuffix(",\"pertek_no\":\"PK-1/2024\",\"pertek_date\":\"2024-03-03\"}"), "\(lines[0])")
    #expect(!lines[1].contains("pertek"), "\(lines[1])")
    // Behind every column that was there before.
    let table = try audit(bench, path, "--format", "csv").outputText.split(separator: "\r\n")
    #expect(table[0].hasSuffix(",alert_id,answer,pertek_no,pertek_date"), "\(table[0])")
    #expect(table[1].hasSuffix(",PK-1/2024,2024-03-03") && table[2].hasSuffix(",,"), "\(table)")
    let explained = try runProcess(
      Bench.executable,
      ["explain", "1", path, "--region", "16.05", "--known-on", "2024-06-01", "--lang", "en"])
    #expect(explained.outputText.contains("PK-1/2024, 3 March 2024"), "\(explained.outputText)")
  }

  @Test func `A view may have it; the ledger writes it where there is one and judges nothing by it`() throws {
    let (plain, bench) = (try Bench(), try Bench())
    try bench.run(
      """
      ALTER TABLE hr.act ADD pertek text, ADD pertek_day date;
      CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, effective_date,
        inaugurated_on, region AS region_code, nip, employee_name, post_to, decree_no, approval_no, approval_date, revokes,
        entered AS recorded_at, source_dates, pertek AS pertek_no, pertek_day AS pertek_date FROM hr.act
      """)
    for one in [plain, bench] { try one.insert(["r1", "r2"]) }
    try bench.run("UPDATE hr.act SET pertek = 'PK-9', pertek_day = '2024-03-05' WHERE id = 'r1'")
    for one in [plain, bench] {
      let daemon = try one.daemon()
      try daemon.wait(for: "pass_completed")
      #expect(daemon.stop().status == 0)
      try one.expectSound()
    }
    func facts(_ bench: Bench, _ id: String) throws -> String? {
      try bench.database.value(
        "SELECT (body::json -> 'facts')::text FROM freeze_audit.alert_event WHERE action_id = '\(id)'")
    }
    func digests(_ bench: Bench) throws -> String? {
      try bench.database.value(
        "SELECT string_agg(body::json ->> 'digest', ' ' ORDER BY action_id) FROM freeze_audit.alert_event")
    }
    #expect(
      try facts(bench, "r1")?.hasSuffix("\"pertek_no\":\"PK-9\",\"pertek_date\":\"2024-03-05\"}") == true)
    #expect(try facts(bench, "r2")?.contains("pertek") == false)
    #expect(try digests(bench) == digests(plain))
    let workbook = bench.folder.path + "/a.xlsx"
    _ = try bench.command("audit", "--format", "xlsx", "--output", workbook, "--mask")
    let script = """
      import sys, zipfile
      z = zipfile.ZipFile(sys.argv[1]); print(b"".join(z.read(n) for n in z.namelist()).decode())
      """
    let text = try runProcess("/usr/bin/python3", ["-c", script, workbook]).outputText
    #expect(text.contains("pertek_no") && text.contains("PK-9"))
    // A wrong type is said with the column's name.
    try bench.run(
      """
      DROP VIEW freeze_audit.personnel_action;
      CREATE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, pertek AS pertek_date FROM hr.act;
      GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read
      """)
    let refused = try bench.command("audit", "--lang", "en")
    #expect(refused.status == 78 && refused.errorText.contains("column pertek_date must be of type date"))
  }
}
