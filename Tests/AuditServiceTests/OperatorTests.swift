import Foundation
import Glibc
import Testing
import TestSupport

@testable import AuditService

/// What the operator is told, and finds without being told where to look.
@Suite struct OperatorTests {
  @Test func `Admin commands find the passwords beside the configuration, an instance's under its own name`()
    throws
  {
    let bench = try Bench()
    try bench.insert(["x"])
    let conninfo = bench.database.conninfo(user: Bench.role, password: nil)
    for (name, stem) in [("config.yaml", ""), ("16.05.yaml", "16.05.")] {
      let path = try bench.file(
        name,
        "region: \"16.05\"\nsource: {conninfo: \"\(conninfo)\"}\nledger: {lease: 2}\nlog: {language: en}\n")
      func run(_ arguments: String...) throws -> ProcessResult {
        try runProcess(Bench.executable, arguments + ["--config", path, "--lang", "en"])
      }
      let without = try run("doctor")
      #expect(without.status == 77 && without.outputText.contains("was not given"), "\(without.outputText)")
      try bench.file(stem + "source-password", Bench.password + "\n")
      #expect(try run("doctor").outputText.contains("good    records"))
      #expect(try run("alerts", "list").status == 0)
      #expect(try run("status").outputText.contains("was never examined"))
      #expect(try run("explain", "x").status == 1)
      try FileManager.default.removeItem(at: bench.folder.appendingPathComponent(stem + "source-password"))
    }
  }

  @Test func `A password that was changed is taken up by a restart, and the message says so`() throws {
    let bench = try Bench()
    let role = "operator_\(bench.database.name)"
    try bench.run(
      "CREATE ROLE \(role) LOGIN PASSWORD 'lama' IN ROLE freeze_auditor_read, freeze_auditor_ledger")
    try bench.write(conninfo: bench.database.conninfo(user: role, password: nil), "log: {language: en}")
    try bench.file("source-password", "lama")
    try bench.insert(["x"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try bench.run("ALTER ROLE \(role) PASSWORD 'baru'")
    try bench.run("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '\(role)'")
    daemon.send(SIGUSR1)
    let blind = try daemon.wait(for: "audit_blind")
    #expect(blind["MESSAGE"].contains("systemctl restart freeze-auditor"), "\(blind)")
    // Beside the configuration it is read anew by itself.
    try bench.file("source-password", "baru")
    try daemon.wait(for: "audit_resumed")
    #expect(daemon.stop().status == 0)
  }

  @Test(
    arguments: [
      ([:], JournalStorage.Place.volatile, "nothing at all"),
      (["/var/log/journal/ID/system.journal": ""], .persistent, "kept"),
      (
        ["/var/log/journal/ID/system.journal": "", "/run/log/journal/ID/system.journal": ""], .volatile,
        "not flushed, or changed to volatile"
      ),
      (
        [
          "/var/log/journal/ID/system.journal": "",
          "/etc/systemd/journald.conf.d/a.conf": "[Journal]\nStorage=volatile\n",
        ], .volatile, "told so"
      ),
      (
        [
          "/var/log/journal/ID/system.journal": "",
          "/etc/systemd/journald.conf": "[Journal]\n Storage = none \n",
        ], .none, "keeps nothing"
      ),
      (
        [
          "/var/log/journal/ID/system.journal": "",
          "/usr/lib/systemd/journald.conf.d/z.conf": "[Journal]\nStorage=volatile\n",
          "/etc/systemd/journald.conf.d/z.conf": "[Journal]\nStorage=persistent\n",
        ], .persistent, "/etc goes before /usr/lib"
      ),
      (
        [
          "/var/log/journal/ID/system.journal": "", "/etc/systemd/journald.conf": "[Journal]\nStorage=none\n",
          "/etc/systemd/journald.conf.d/z.conf": "[Journal]\n#Storage=none\nStorage=auto\n",
        ], .persistent, "the last one counts"
      ),
      (["/var/log/journal/remote/x.journal": ""], .volatile, "another machine's"),
    ] as [([String: String], JournalStorage.Place, String)])
  func `Whether the journal is kept is told by what journald writes and by what it was told`(
    _ files: [String: String], _ expected: JournalStorage.Place, _ why: String
  ) throws {
    let root = try temporaryFolder(prefix: "freeze-auditor-journal")
    defer { try? FileManager.default.removeItem(at: root) }
    for (name, text) in files {
      let file = root.appendingPathComponent(name.replacing("ID", with: String(repeating: "0a", count: 16)))
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(JournalStorage.find(root: root.path) == JournalStorage(place: expected), "\(why)")
  }

  @Test func `A part of journald's configuration that cannot be read is named`() throws {
    let root = try temporaryFolder(prefix: "freeze-auditor-journal")
    defer { try? FileManager.default.removeItem(at: root) }
    let id = String(repeating: "0a", count: 16)
    for folder in ["/var/log/journal/\(id)", "/etc/systemd/journald.conf.d/z.conf"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    // Two shapes that not even root can read as a file or a folder, and one with bytes that are no UTF-8.
    try Data().write(to: root.appendingPathComponent("/var/log/journal/\(id)/system.journal"))
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("/run/systemd"), withIntermediateDirectories: true)
    try Data().write(to: root.appendingPathComponent("/run/systemd/journald.conf.d"))
    try Data([0x23, 0xE9, 0x0A] + "Storage=volatile\n".utf8).write(
      to: root.appendingPathComponent("/etc/systemd/journald.conf"))
    let found = JournalStorage.find(root: root.path)
    #expect(found.place == .volatile)
    #expect(
      Set(found.unread.map { $0.dropFirst(root.path.count) }) == [
        "/run/systemd/journald.conf.d", "/etc/systemd/journald.conf.d/z.conf",
      ])
  }

  @Test func `A folder of journals that cannot be listed is named, not taken for empty`() throws {
    let root = try temporaryFolder(prefix: "freeze-auditor-journal")
    defer { try? FileManager.default.removeItem(at: root) }
    // A shape that not even root can list.
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("/var/log"), withIntermediateDirectories: true)
    try Data().write(to: root.appendingPathComponent("/var/log/journal"))
    let found = JournalStorage.find(root: root.path)
    #expect(found.unread == [root.path + "/var/log/journal"])
  }

  @Test func `doctor names the source of each line, and looks at the mail`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    let conninfo = bench.database.socketConninfo(user: Bench.role)
    try bench.file(
      "config.yaml",
      """
      sources: [{name: utara, region: "16.05", conninfo: "\(conninfo)"}, {name: selatan, region: "16.06", conninfo: "\(conninfo)"}]
      ledger: {lease: 2}
      mail: {from: a@example.go.id, to: [b@example.go.id], sendmail: /nirgends/sendmail}
      """)
    let result = try bench.command("doctor", "--lang", "en")
    #expect(result.outputText.contains("view (utara): ") && result.outputText.contains("view (selatan): "))
    #expect(
      result.status == 78 && result.outputText.contains("/nirgends/sendmail is not there"),
      "\(result.outputText)")
  }

  @Test func `check-config refuses a file that is not there, and prints what holds and where it was said`()
    throws
  {
    let place = try temporaryFolder(prefix: "freeze-auditor-config")
    defer { try? FileManager.default.removeItem(at: place) }
    for arguments in [["check-config"], ["check-config", "--config", place.path + "/none.yaml"]] {
      let result = try runProcess(Bench.executable, arguments + ["--lang", "en"])
      #expect(result.status == 78 && result.errorText.contains("yaml"), "\(result.errorText)")
    }
    let file = place.appendingPathComponent("config.yaml")
    try Data(
      """
      region: "16.05"
      source:
        conninfo: "host=a dbname=simpeg"
      poll:
        interval: 60
      elections: [pilkada-2020]
      """.utf8
    ).write(to: file)
    let result = try runProcess(
      Bench.executable, ["check-config", "--print", "--config", file.path, "--lang", "en"],
      environment: ["FREEZE_AUDITOR_POLL_MAX_LOSS": "5"])
    #expect(result.status == 0, "\(result.errorText)")
    let lines = result.outputText.split(separator: "\n").map(String.init)
    #expect(lines.contains("region: 16.05  # \(file.path):1"))
    #expect(lines.contains("poll.interval: 60  # \(file.path):5"))
    #expect(lines.contains("poll.max_loss: 5  # FREEZE_AUDITOR_POLL_MAX_LOSS"))
    #expect(lines.contains("ledger.lease: 30  # default"))
    #expect(lines.contains("elections: [pilkada-2020]  # \(file.path):6"))
    #expect(lines.contains { $0.hasPrefix("source.conninfo: host=a") && $0.hasSuffix("\(file.path):3") })
    #expect(lines.count == ConfigurationKey.all.count)
    let many = place.appendingPathComponent("many.yaml")
    try Data("sources: [{name: a, conninfo: \"host=x\"}, {name: b}]\n".utf8).write(to: many)
    let printed = try runProcess(
      Bench.executable, ["check-config", "--print", "--config", many.path], environment: [:]
    ).outputText
    #expect(printed.contains("sources[1].name: b  # \(many.path):1"))
    for line in ["mail.from: tidak ada  # bawaan", "calendar: yang dibawa program  # bawaan"] {
      #expect(printed.contains(line), "\(printed)")
    }
    #expect(!printed.contains(": none ") && !printed.contains("compiled in") && !printed.contains("that of"))
    let mail = place.appendingPathComponent("mail.yaml")
    try Data("region: \"16.05\"\nmail: {from: a@b.id, to: [c@d.id], sendmail: /nirgends}\n".utf8).write(
      to: mail)
    let missing = try runProcess(
      Bench.executable, ["check-config", "--config", mail.path, "--lang", "en"], environment: [:])
    #expect(
      missing.status == 78 && missing.errorText.contains("/nirgends is not there"), "\(missing.errorText)")
  }

  @Test func `status --textfile needs neither rights nor a database`() throws {
    let bench = try Bench()
    try bench.write("log: {language: en}\nmetrics: {textfile: freeze.prom}")
    try bench.insert(["x", "y"])
    let path = bench.folder.appendingPathComponent("freeze.prom").path
    func status(_ more: String...) throws -> ProcessResult {
      try runProcess(Bench.executable, ["status", "--textfile", path, "--lang", "en"] + more)
    }
    #expect(try status().status == 3)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let text = { try String(contentsOfFile: path, encoding: .utf8) }
    _ = try eventually("the file") { FileManager.default.fileExists(atPath: path) ? true : nil }
    let good = try status()
    #expect(
      good.status == 0 && good.outputText.contains("OK - last good pass")
        && good.outputText.contains("open_alerts=2"))
    #expect(try status("--warning", "0").status == 1)
    #expect(try status("--critical", "0").status == 2)
    // Here no mail part runs, and nothing is ahead: what is not known is not said.
    let unknown: Set<MetricName> = [
      .upcomingFirst, .upcomingLetter, .mailRan, .mailAccepted, .mailAge, .mailSpool, .mailWaiting,
    ]
    for metric in unknown { #expect(try !text().contains(metric.name + " "), "\(metric)") }
    for metric in MetricName.allCases where !unknown.contains(metric) {
      #expect(try text().contains("# TYPE \(metric.name) \(metric.type)\n"), "\(metric)")
      for label in metric.labels { #expect(try text().contains("\(label)=\"")) }
    }
    let check = try runProcess(
      "/usr/bin/env", ["promtool", "check", "metrics"], input: Data(try text().utf8))
    if check.status != 127 { #expect(check.status == 0, "\(check.errorText)") }
    try bench.run("REVOKE SELECT ON freeze_audit.personnel_action FROM freeze_auditor_read")
    try daemon.pass()
    _ = try eventually("the failure") { try status().status == 2 ? true : nil }
    #expect(try status().outputText.contains("CRITICAL - BLIND"))
    #expect(daemon.stop().status == 0)
  }

  @Test func `Every figure is named in the README, and the rules ask for figures there are`() throws {
    let readme = try String(contentsOf: repositoryRoot.appendingPathComponent("README.md"), encoding: .utf8)
    for metric in MetricName.allCases { #expect(readme.contains("`\(metric.rawValue)`"), "\(metric)") }
    let rules = try String(
      contentsOf: repositoryRoot.appendingPathComponent("systemd/freeze-auditor.rules.yaml"), encoding: .utf8)
    let names = rules.matches(of: #/freeze_auditor_[a-z_]+/#).map { String($0.output) }
    for name in names { #expect(MetricName.allCases.contains { $0.name == name }, "\(name)") }
  }

  @Test func `A daemon that stands by says so in its metrics`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    try bench.write(lease: 60, "metrics: {textfile: first.prom}")
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    let second = try bench.daemon(["FREEZE_AUDITOR_METRICS_TEXTFILE": bench.folder.path + "/second.prom"])
    let text = try eventually("the standby's file") {
      try? String(contentsOfFile: bench.folder.path + "/second.prom", encoding: .utf8)
    }
    #expect(text.contains("freeze_auditor_lease_held 0\n"))
    #expect(
      try String(contentsOfFile: bench.folder.path + "/first.prom", encoding: .utf8).contains(
        "freeze_auditor_lease_held 1\n"))
    let status = try runProcess(
      Bench.executable, ["status", "--textfile", bench.folder.path + "/second.prom", "--lang", "en"])
    #expect(status.status == 0 && status.outputText.contains("standby"))
    #expect(second.stop().status == 0 && first.stop().status == 0)
  }
}
