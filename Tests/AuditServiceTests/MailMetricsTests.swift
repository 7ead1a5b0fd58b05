import Foundation
import Testing
import TestSupport

@testable import AlertMail
@testable import AuditService

/// What the mail part left behind, in the figures of the daemon.
@Suite struct MailMetricsTests {
  private func figures(_ status: MailStatus?) -> [String: Int] {
    var metrics = Metrics()
    metrics.mail = status
    let lines = metrics.text.split(separator: "\n").filter { $0.hasPrefix("freeze_auditor_mail_") }
    return Dictionary(
      uniqueKeysWithValues: lines.compactMap { line in
        let parts = line.dropFirst("freeze_auditor_mail_".count).split(separator: " ")
        return Int(parts[1]).map { (String(parts[0]), $0) }
      })
  }

  @Test("what is not known is left out, never 0")
  func unknown() {
    #expect(figures(nil).isEmpty)
    #expect(Set(figures(MailStatus(ran: 5)).keys) == ["ran_timestamp_seconds", "spool"])
  }

  @Test("a digest that waits is said with its time, an accepted one with its age")
  func known() throws {
    let folder = try temporaryFolder(prefix: "freeze-auditor-mail")
    defer { try? FileManager.default.removeItem(at: folder) }
    let now = Int(Date().timeIntervalSince1970)
    let status = MailStatus(ran: now - 60, accepted: now - 7200, waiting: now - 3600, attempts: 4)
    try Data(status.text.utf8).write(to: folder.appendingPathComponent(MailStatus.fileName))
    let told = figures(MailStatus(folder: folder.path))
    #expect(told["ran_timestamp_seconds"] == now - 60)
    #expect(told["accepted_timestamp_seconds"] == now - 7200)
    #expect((7200...7260).contains(told["age_seconds"] ?? 0))
    #expect(told["spool"] == 1)
    #expect(told["waiting_timestamp_seconds"] == now - 3600)
    #expect(figures(MailStatus(ran: now, accepted: now))["spool"] == 0)
  }

  @Test(
    "an instance looks at the folder of its own mail",
    arguments: [
      (nil, "/var/lib/freeze-auditor-mail"),
      ("/etc/freeze-auditor/config.yaml", "/var/lib/freeze-auditor-mail"),
      ("/etc/freeze-auditor/16.05.yaml", "/var/lib/freeze-auditor-mail-16.05"),
    ])
  func folder(config: String?, expected: String) { #expect(MailPath.folder(config) == expected) }
}
