import Foundation
import Testing
import TestSupport

/// The guide of the README for those who have no shell at hand every day: every command of it runs, against the alerts of the very
/// list that it is about.
@Suite struct GuideTests {
  @Test func `Every command of the guide runs, and what it promises is so`() throws {
    let readme = try String(contentsOf: repositoryRoot.appendingPathComponent("README.md"), encoding: .utf8)
    let guide = try #require(readme.components(separatedBy: "\n## ").first { $0.hasPrefix("Panduan") })
    let bench = try Bench()
    // The list of the guide as the database has it.
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_no, decree_date, effective_date, inaugurated_on, nip, region) VALUES
      ('1', 'mutasi', '800/101/2024', '2024-03-21', '2024-03-22', '2024-03-22', '198501012010011001', '16.05'),
      ('2', 'promosi', '800/101/2024', '2024-03-21', '2024-03-22', '2024-03-22', '198702022011012002', '16.05')
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
    let program = try URL(fileURLWithPath: Bench.executable).deletingLastPathComponent().path
    let path = program + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
    var said: [String] = []
    for block in guide.components(separatedBy: "```sh\n").dropFirst() {
      for line in block.components(separatedBy: "```")[0].split(separator: "\n") {
        let result = try runProcess(
          "bash", ["-c", String(line)],
          environment: [
            "PATH": path, "FREEZE_AUDITOR_SOURCE_CONNINFO": bench.database.socketConninfo(user: Bench.role),
          ],
          directory: bench.folder, timeout: 120)
        #expect([0, 1, 3].contains(result.status), "\(line): \(result.errorText)")
        #expect(
          PlainIndonesian.faults(in: result.outputText.replacing(#/<[^>]*>/#, with: "")) == [], "\(line)")
        said.append(result.outputText + result.errorText)
      }
    }
    #expect(said.count == 12)
    #expect(said[0].contains("DILARANG") && said[1].contains("DILARANG"))
    #expect(said[4].contains("PERLU SURAT MENTERI LEBIH DULU"))
    #expect(said[9].contains("SK 800/101/2024 · 21 Maret 2024 · 2 orang"), "\(said[9])")
    #expect(said[11].contains("Dicatat pada 2 peringatan: surat persetujuan diminta"), "\(said[11])")
    for file in ["masa-larangan.ics", "rencana.xlsx", "laporan.html", "hasil.xlsx"] {
      #expect(FileManager.default.fileExists(atPath: bench.folder.path + "/" + file), "\(file)")
    }
    // An office's own headers stand above the example.
    let sample = try String(contentsOfFile: bench.folder.path + "/daftar.csv", encoding: .utf8)
    #expect(sample.contains("ID;Jenis;No SK;Tgl SK;TMT;Tgl Pelantikan;Kode Wilayah;NIP;Nama;Jabatan Lama"))
  }
}
