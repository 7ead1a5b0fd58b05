import AlertMail
import Foundation
import Glibc
import Testing
import TestSupport

@testable import AuditService

/// The way of the mail as `status` and `doctor` see it, and the bell that calls the mail part.
@Suite struct MailPathTests {
  private struct Machine {
    let folder: URL
    let now = 830_000_000

    init() throws {
      folder = try temporaryFolder(prefix: "freeze-auditor-mail-path")
      try """
      region: "16.05"
      source: {conninfo: "host=/nonexistent"}
      mail: {from: "a@example.go.id", to: ["b@example.go.id"], sendmail: \(folder.path)/sendmail}
      """.write(to: folder.appendingPathComponent("config.yaml"), atomically: true, encoding: .utf8)
      try "#!/bin/sh\n".write(
        to: folder.appendingPathComponent("sendmail"), atomically: true, encoding: .utf8)
      chmod(folder.path + "/sendmail", 0o755)
    }

    /// Seconds ago.
    func write(ran: Int, accepted: Int?, waiting: Int? = nil) throws {
      let clock = now + 946_684_800
      let status = MailStatus(
        ran: clock - ran, accepted: accepted.map { clock - $0 }, waiting: waiting.map { clock - $0 },
        attempts: 3)
      try JSONEncoder().encode(status).write(to: folder.appendingPathComponent("status.json"))
    }

    func path() throws -> MailPath {
      let configuration = try Configuration(path: folder.path + "/config.yaml", environment: [:])
      return try #require(
        MailPath(configuration, configPath: "/etc/freeze-auditor/config.yaml", state: folder.path, now: now))
    }

    /// Without what a machine with systemd, on which our timer does not run, says besides.
    func faults() throws -> [MailPath.Fault] {
      try path().faults.filter { !$0.text.english.contains("freeze-auditor-mail.timer") }
    }
  }

  @Test func `All is well`() throws {
    let machine = try Machine()
    try machine.write(ran: 60, accepted: 600)
    #expect(try machine.faults().isEmpty)
    #expect(try machine.path().accepted == machine.now + 946_684_800 - 600)
  }

  @Test(
    arguments: [
      (60, 60, 1800, nil, ""), (60, 60, 7200, .warning, "waits for sendmail since 2 h (3 failed attempts)"),
      (60, 60, 100_000, .critical, "since 27 h"), (8000, 60, nil, .warning, "last ended 2 h ago"),
      (60, 14 * 86_400, nil, .warning, "no digest was accepted on the working day"),
      (60, nil, nil, .warning, "(last: -)"),
    ] as [(Int, Int?, Int?, MailPath.Fault.Weight?, String)])
  func `What is late is said, and how much it matters`(
    ran: Int, accepted: Int?, waiting: Int?, weight: MailPath.Fault.Weight?, said: String
  ) throws {
    let machine = try Machine()
    try machine.write(ran: ran, accepted: accepted, waiting: waiting)
    let fault = try machine.faults().first
    #expect(fault?.weight == weight)
    if weight != nil { #expect(try #require(fault).text.english.contains(said), "\(fault.debugDescription)") }
  }

  @Test(arguments: ["missing", "no program", "a folder"])
  func `A sendmail that is none is critical`(how: String) throws {
    let machine = try Machine()
    try machine.write(ran: 60, accepted: 600)
    let path = machine.folder.path + "/sendmail"
    if how == "no program" { chmod(path, 0o644) } else { unlink(path) }
    if how == "a folder" { mkdir(path, 0o755) }
    #expect(try machine.faults().map(\.weight) == [.critical])
  }

  @Test func `Before the first run it has not begun, and status says so`() throws {
    let machine = try Machine()
    #expect(try machine.faults().map(\.weight) == [.begins])
    let bench = try Bench()
    try bench.file(
      "config.yaml",
      """
      region: "16.05"
      source: {conninfo: "\(bench.database.conninfo(user: Bench.role, password: nil))"}
      mail: {from: "a@example.go.id", to: ["b@example.go.id"], sendmail: /nonexistent}
      """)
    try bench.file("source-password", Bench.password + "\n")
    let config = bench.folder.path + "/config.yaml"
    func run(_ command: String) throws -> ProcessResult {
      try runProcess(
        Bench.executable, [command, "--config", config, "--mail-state", machine.folder.path, "--lang", "en"])
    }
    let status = try run("status")
    #expect(status.status == 2 && status.outputText.contains("mail.sendmail: /nonexistent is not there"))
    #expect(status.outputText.contains("the mail part has never run"))
    #expect(try run("doctor").outputText.contains("FAILED  mail: mail.sendmail"))
  }

  @Test func `The bell is rung when events are in the log, and never through a link`() throws {
    let bench = try Bench()
    try bench.insert(["a", "b"])
    let run = bench.folder.appendingPathComponent("run")
    try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
    let bell = run.path + "/news"
    let daemon = try bench.daemon(["RUNTIME_DIRECTORY": run.path])
    try daemon.wait(for: "pass_completed")
    #expect(FileManager.default.fileExists(atPath: bell))
    // Taken away by the mail part; nothing new, no bell.
    try FileManager.default.removeItem(atPath: bell)
    daemon.send(SIGUSR1)
    try daemon.wait(for: "pass_completed", count: 2)
    #expect(!FileManager.default.fileExists(atPath: bell))
    let target = bench.folder.path + "/target"
    try FileManager.default.createSymbolicLink(atPath: bell, withDestinationPath: target)
    try bench.insert(["c"])
    daemon.send(SIGUSR1)
    try daemon.wait(for: "pass_completed", count: 3)
    #expect(!FileManager.default.fileExists(atPath: target))
    #expect(daemon.stop().status == 0)
  }
}
