import Foundation
import Testing

@testable import SystemLog

@Suite("The message catalog")
struct CatalogTests {
  /// One entry: its id, language (`""` is the default, Indonesian), headers and text.
  struct Entry {
    var id: String
    var language: String
    var headers: [String] = []
    var text = ""
  }

  private let entries: [Entry]

  init() throws {
    let lines = try String(contentsOfFile: repository + "/systemd/freeze-auditor.catalog", encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    var entries: [Entry] = []
    var inHeaders = false
    for line in lines where !line.hasPrefix("#") {
      if line.hasPrefix("-- ") {
        let words = line.split(separator: " ")
        entries.append(Entry(id: String(words[1]), language: words.count > 2 ? String(words[2]) : ""))
        inHeaders = true
      } else if inHeaders {
        if line.isEmpty { inHeaders = false } else { entries[entries.count - 1].headers.append(String(line)) }
      } else if !entries.isEmpty {
        entries[entries.count - 1].text += line + "\n"
      }
    }
    self.entries = entries
  }

  @Test("explains every kind of event, in both languages, once", arguments: MessageID.allCases)
  func complete(id: MessageID) throws {
    let own = entries.filter { $0.id == id.rawValue }
    #expect(own.map(\.language).sorted() == ["", "en"])
    for entry in own {
      #expect(entry.headers.first?.hasPrefix("Subject: ") == true)
      #expect(entry.headers.contains("Defined-By: freeze-auditor"))
      #expect(entry.text.contains(entry.language.isEmpty ? "Yang perlu dilakukan:" : "What to do:"))
    }
  }

  @Test("explains nothing else")
  func nothingElse() { #expect(entries.count == 2 * MessageID.allCases.count) }

  @Test(
    "says of every alert that it needs clarification, and never calls it a violation",
    arguments: [
      MessageID.raised, .raisedNotice, .amended, .cleared, .withdrawn, .acknowledged,
      .acknowledgementExpiring,
      .acknowledgementExpired, .reraised, .dataQuality,
    ])
  func wording(id: MessageID) {
    for entry in entries where entry.id == id.rawValue {
      let text = (entry.headers + [entry.text]).joined(separator: " ").split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      #expect(text.contains("perlu klarifikasi"))
      let denied = text.replacingOccurrences(of: "bukan temuan pelanggaran", with: "")
        .replacingOccurrences(of: "not a finding of violation", with: "")
      #expect(!denied.contains("pelanggaran") && !denied.contains("violation"))
    }
  }

  @Test("names only fields that entries have, in lines a text console shows whole")
  func fieldsAndWidth() throws {
    let known = Set(FieldName.documented.map(\.text))
    for entry in entries {
      let parts = (entry.headers.joined(separator: " ") + entry.text).split(
        separator: "@", omittingEmptySubsequences: false)
      #expect(parts.count % 2 == 1, "an @ without its partner")
      for name in stride(from: 1, to: parts.count, by: 2) { #expect(known.contains(String(parts[name]))) }
      for line in entry.text.split(separator: "\n") { #expect(line.count <= 76, "\(line)") }
    }
  }

  @Test("is compiled by systemd itself")
  func compiled() throws {
    let folder = try ShortFolder()
    let place = folder.path + "/usr/lib/systemd/catalog"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: repository + "/systemd/freeze-auditor.catalog", toPath: place + "/freeze-auditor.catalog")
    let update = try Command(["journalctl", "--root=" + folder.path, "--update-catalog"]).finish()
    if update.status == 127 { try skip("catalog not compiled: no journalctl here") }
    #expect(update.status == 0 && update.output.isEmpty, "\(update.output)")
    let dump = try Command(["journalctl", "--root=" + folder.path, "--dump-catalog", "--no-pager"]).finish()
      .output
    for id in MessageID.allCases { #expect(dump.contains("-- " + id.rawValue)) }
  }
}

@Suite("The units")
struct UnitTests {
  private static let services = [
    "freeze-auditor.service", "freeze-auditor@.service", "freeze-auditor-mail.service",
    "freeze-auditor-mail@.service",
  ]

  /// Units in a folder of their own, with a program that exists in place of ours, and the instance 16.05.
  private func prepare() throws -> ShortFolder {
    let folder = try ShortFolder()
    for name in Self.services + [
      "freeze-auditor-mail.timer", "freeze-auditor-mail@.timer", "freeze-auditor-mail.path",
      "freeze-auditor-mail@.path",
    ] {
      let text = try String(contentsOfFile: "\(repository)/systemd/\(name)", encoding: .utf8)
      let installed = name.replacingOccurrences(of: "@.", with: "@16.05.")
      try text.replacingOccurrences(of: "/usr/bin/freeze-auditor ", with: "/usr/bin/true ")
        .write(toFile: "\(folder.path)/\(installed)", atomically: true, encoding: .utf8)
    }
    return folder
  }

  @Test(
    "systemd finds nothing wrong",
    arguments: [
      "freeze-auditor.service", "freeze-auditor@16.05.service", "freeze-auditor-mail.service",
      "freeze-auditor-mail.timer", "freeze-auditor-mail@16.05.service", "freeze-auditor-mail@16.05.timer",
      "freeze-auditor-mail.path", "freeze-auditor-mail@16.05.path",
    ])
  func verify(unit: String) throws {
    let folder = try prepare()
    let check = try Command([
      "systemd-analyze", "verify", "--man=no", "--recursive-errors=yes", "\(folder.path)/\(unit)",
    ]).finish()
    if check.status == 127 { try skip("units not verified: no systemd-analyze here") }
    #expect(check.status == 0 && check.output.isEmpty, "\(check.output)")
  }

  @Test(
    "the auditor's exposure is 1.0 or better; the mail unit's is known",
    arguments: [
      ("freeze-auditor.service", 10), ("freeze-auditor@16.05.service", 10),
      ("freeze-auditor-mail.service", 65), ("freeze-auditor-mail@16.05.service", 65),
    ])
  func exposure(unit: String, threshold: Int) throws {
    let folder = try prepare()
    let check = try Command([
      "systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold=\(threshold)",
      "\(folder.path)/\(unit)",
    ]).finish()
    if check.status == 127 { try skip("exposure not measured: no systemd-analyze here") }
    #expect(check.status == 0, "\(check.output)")
  }

  @Test(
    "the template is the plain unit but for the instance",
    arguments: [
      ("freeze-auditor.service", "freeze-auditor@.service"),
      ("freeze-auditor-mail.service", "freeze-auditor-mail@.service"),
      ("freeze-auditor-mail.timer", "freeze-auditor-mail@.timer"),
    ])
  func template(one: String, other: String) throws {
    func settings(_ name: String) throws -> [String] {
      try String(contentsOfFile: "\(repository)/systemd/\(name)", encoding: .utf8)
        .split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }
    let plain = try settings(one)
    let template = try settings(other)
    #expect(plain.count == template.count)
    for (one, other) in zip(plain, template) where one != other {
      #expect(other.contains("%i"), "\(one) | \(other)")
    }
  }

  @Test(
    "journald drops nothing of ours: an interval it is told of, and a burst it can multiply without an overflow",
    arguments: services)
  func rateLimit(unit: String) throws {
    let text = try String(contentsOfFile: "\(repository)/systemd/\(unit)", encoding: .utf8)
    let lines = Set(text.split(separator: "\n"))
    // systemd hands an interval of 0 to nobody, and journald then takes its default.
    #expect(lines.contains("LogRateLimitIntervalSec=1s"))
    let burst = lines.first { $0.hasPrefix("LogRateLimitBurst=") }.flatMap {
      UInt64($0.drop { $0 != "=" }.dropFirst())
    }
    let most = try #require(burst)
    // burst_modulate() of journald, in 32 bits: times (log2 of the free bytes - 16), by 4.
    #expect(most >= 1_000_000 && most * (64 - 16) <= UInt64(UInt32.max))
  }

  @Test("nothing in the mail unit makes systemd forbid new privileges, which a setgid sendmail needs")
  func mailKeepsPrivileges() throws {
    // The template is held to the same settings above.
    let text = try String(
      contentsOfFile: repository + "/systemd/freeze-auditor-mail.service", encoding: .utf8)
    let implying = [
      "DynamicUser", "LockPersonality", "MemoryDenyWriteExecute", "PrivateDevices", "ProtectClock",
      "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables",
      "RestrictAddressFamilies", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID",
      "SystemCallArchitectures", "SystemCallFilter", "SystemCallLog", "RestrictFileSystems", "PrivateUsers",
    ]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let key = line.prefix { $0 != "=" }
      #expect(!implying.contains(String(key)))
    }
  }
}

@Suite("What stands beside the units")
struct RecipeTests {
  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(repository)/systemd/\(name)", encoding: .utf8)
  }

  @Test("rsyslog accepts the recipe")
  func rsyslog() throws {
    let check = try Command(["rsyslogd", "-N1", "-f", "\(repository)/systemd/forward-rsyslog.conf.example"])
      .finish()
    if check.status == 127 { try skip("recipe not checked: no rsyslogd here") }
    #expect(check.status == 0 && !check.output.contains("error"), "\(check.output)")
  }

  @Test(
    "what is forwarded holds nothing that points at a person, of any instance",
    arguments: ["forward-rsyslog.conf.example", "forward-vector.yaml.example"])
  func nothingPersonal(name: String) throws {
    let lines = try text(name).split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }.joined(
      separator: "\n")
    for field in ["FREEZE_NIP", "FREEZE_ACTION_ID", "FREEZE_DECREE_NO", ".message", "$msg", "name=\"msg\""] {
      #expect(!lines.contains(field), "\(field)")
    }
    #expect(lines.contains("_SYSTEMD_UNIT") && lines.contains("FREEZE_SEQ"))
    #expect(!lines.contains("freeze-auditor.service"), "an instance is called otherwise")
  }

  @Test("promtool accepts the rules, and they tell what they must and nothing else")
  func prometheus() throws {
    let check = try Command(["promtool", "check", "rules", "\(repository)/systemd/freeze-auditor.rules.yaml"])
      .finish()
    if check.status == 127 { try skip("rules not checked: no promtool here (apt install prometheus)") }
    #expect(check.status == 0, "\(check.output)")
    let test = try Command([
      "promtool", "test", "rules", "\(repository)/Tests/SystemLogTests/Prometheus/rules-test.yaml",
    ]).finish()
    #expect(test.status == 0, "\(test.output)")
  }
}
