import Foundation
import TestSupport
import Testing

/// A determination date moves under 400 open alerts: the real ledger, the real `mail`.
@Suite struct MovedScheduleTests {
  private func script(_ bench: Bench) throws {
    let path = bench.folder.path + "/sendmail"
    try Data("#!/bin/sh\ncat > $(mktemp \(bench.folder.path)/mail.XXXXXX)\n".utf8)
      .write(to: URL(fileURLWithPath: path + ".txt"))
    #expect(try runProcess("install", ["-m", "755", path + ".txt", path]).status == 0)
  }

  /// A pass by this determination, then a mail.
  /// - Returns: the events by kind, and the mail.
  private func told(_ bench: Bench, _ determination: String) throws -> (events: [String: Int], mail: Data) {
    let shipped = try runProcess(Bench.executable, ["calendar", "--print"])
    try bench.file(
      "calendar.yaml",
      shipped.outputText.replacing(
        "date: 2024-09-22, instrument: \"PKPU 2/2024\"",
        with: "date: \(determination), instrument: \"PKPU uji\""))
    let before = try bench.ledger("seq::text").count
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    // On a slow machine the log may still be behind.
    let last = try #require(try bench.ledger("seq::text").last)
    _ = try eventually("all of it in the log", within: 120) {
      daemon.log.contains { $0["FREEZE_SEQ"] == last } ? true : nil
    }
    #expect(daemon.stop().status == 0)
    let kinds = try bench.ledger("seq || ' ' || event").dropFirst(before).map { $0.split(separator: " ")[1] }
    let result = try runProcess(
      Bench.executable,
      ["mail", "--config", bench.configPath, "--state", bench.folder.path + "/state", "--unit", ""],
      environment: ["JOURNAL_STREAM": ""], input: Data())
    #expect(result.status == 0, "\(result.errorText)")
    let mails = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).filter {
      $0.hasPrefix("mail.")
    }
    #expect(mails.count == 1)
    let path = bench.folder.path + "/" + (mails.first ?? "")
    defer { try? FileManager.default.removeItem(atPath: path) }
    return (
      Dictionary(kinds.map { (String($0), 1) }, uniquingKeysWith: +),
      try Data(contentsOf: URL(fileURLWithPath: path))
    )
  }

  /// Lines of quoted-printable joined, so that a text is found.
  private func text(_ mail: Data) -> String {
    String(decoding: mail, as: UTF8.self).replacing("=\n", with: "")
  }

  @Test func `A moved determination is one small mail, each act once, closed only where no rule holds it`()
    throws
  {
    let bench = try Bench()
    try script(bench)
    try bench.write(
      """
      calendar: \(bench.folder.path)/calendar.yaml
      mail: {from: freeze@example.go.id, to: [hr@example.go.id], sendmail: \(bench.folder.path)/sendmail}
      """)
    // A third each just before the determination, in the middle, and in its first days.
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date, inaugurated_on, decree_no, nip, employee_name, post_to)
      SELECT 'r' || n, 'mutasi', day, day, 'SK ' || n / 50, '1985010120100' || (10000 + n), 'Nama Orang ' || n, 'Kepala Dinas ' || n
      FROM generate_series(1, 400) AS n, LATERAL (
        SELECT CASE n % 3 WHEN 0 THEN date '2024-09-10' WHEN 1 THEN '2024-05-01' ELSE '2024-04-01' END AS day) AS d
      """)
    #expect(try told(bench, "2024-09-22").events["raised"] == 400)

    // Earlier: a third falls under the rule of the time after it. None vanished, none is over.
    let earlier = try told(bench, "2024-08-22")
    #expect(earlier.events == ["raised": 133, "cleared": 133, "amended": 267])
    #expect(earlier.mail.count <= 100_000, "\(earlier.mail.count)")
    var shown = text(earlier.mail)
    #expect(shown.contains("400 berubah sejak"), "\(shown)")
    #expect(!shown.contains("PERINGATAN SELESAI") && !shown.contains("PERINGATAN BARU"))
    #expect(shown.contains("PERINGATAN BERUBAH (400)") && shown.contains("133 peristiwa lagi"))
    #expect(
      shown.contains(
        "Sebelumnya: di dalam masa larangan (UU 10/2016 Pasal 71 ayat (2), 22 Maret 2024 s.d. 22"))

    // Later: those come back under the first rule, and the first days of April are free.
    let later = try told(bench, "2024-10-22")
    #expect(later.events == ["reraised": 133, "cleared": 266, "amended": 134])
    #expect(later.mail.count <= 100_000, "\(later.mail.count)")
    shown = text(later.mail)
    #expect(shown.contains("267 berubah, 133 selesai sejak"), "\(shown)")
    #expect(shown.contains("PERINGATAN BERUBAH (267)") && shown.contains("PERINGATAN SELESAI (133)"))
    try bench.expectSound()
  }
}
