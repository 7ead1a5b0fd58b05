import AuditBase
import Foundation
import FreezeRules
import RuleFiles
import Testing

@testable import AuditService

@Suite struct ConfigurationTests {
  /// Reads a configuration from text.
  private func read(_ text: String, _ environment: [String: String] = [:]) throws -> Configuration {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "freeze-auditor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("config.yaml")
    try Data(text.utf8).write(to: file)
    return try Configuration(path: file.path, environment: environment)
  }

  private func complaint(_ text: String, _ environment: [String: String] = [:]) throws -> FileError {
    do { _ = try read(text, environment) } catch let error as FileError { return error }
    Issue.record("accepted: \(text) \(environment)")
    throw CancellationError()
  }

  @Test func `Nothing at all is a configuration`() throws {
    let configuration = try Configuration(path: nil, environment: [:])
    #expect(configuration.zone == .wib && configuration.interval == 300 && configuration.maximumLoss == 20)
    #expect(
      configuration.leaseSeconds == 30 && !configuration.wakeOnNotify && configuration.alertSince == nil)
    #expect(configuration.sources.map(\.name) == ["simpeg"])
    #expect(configuration.sources.map(\.view) == ["freeze_audit.personnel_action"])
    #expect(configuration.language == .indonesian && configuration.personalData == .masked)
    #expect(try read("{}").interval == 300)
    #expect(try read("poll:\nregion:\n").interval == 300, "a key with nothing behind it is a key left out")
  }

  /// Every key, what it may say, and what reads it.
  static let keys: [(key: String, value: String, yaml: String, read: @Sendable (Configuration) -> String)] = [
    ("region", "16.10", "region: 16.10", { $0.region ?? "-" }),
    ("timezone", "WIT", "timezone: WIT", { $0.zone.rawValue }),
    (
      "elections", "pilkada-2020,pilkada-2018", "elections: [pilkada-2020, pilkada-2018]",
      { $0.elections.joined(separator: ",") }
    ),
    ("source.name", "bkd", "source: {name: bkd}", { $0.sources[0].name }),
    (
      "source.conninfo", "host=h dbname=d", "source: {conninfo: \"host=h dbname=d\"}",
      { $0.sources[0].conninfo }
    ),
    ("source.view", "a.b", "source: {view: a.b}", { $0.sources[0].view }),
    ("ledger.conninfo", "host=l", "ledger: {conninfo: \"host=l\"}", { $0.ledgerConninfo }),
    ("ledger.lease", "7", "ledger: {lease: 7}", { "\($0.leaseSeconds)" }),
    ("poll.interval", "60", "poll: {interval: 60}", { "\($0.interval)" }),
    ("poll.wake_on_notify", "true", "poll: {wake_on_notify: true}", { "\($0.wakeOnNotify)" }),
    ("poll.max_loss", "35", "poll: {max_loss: 35}", { "\($0.maximumLoss)" }),
    ("poll.connections", "9", "poll: {connections: 9}", { "\($0.maximumConnections)" }),
    ("alert_since", "2025-01-01", "alert_since: 2025-01-01", { $0.alertSince.map { "\($0)" } ?? "-" }),
    ("calendar", "/c.yaml", "calendar: /c.yaml", { $0.calendarPath ?? "-" }),
    ("rules", "/r.yaml", "rules: /r.yaml", { $0.rulesPath ?? "-" }),
    ("approvals", "/a.csv", "approvals: /a.csv", { $0.approvalsPath ?? "-" }),
    ("log.language", "en", "log: {language: en}", { $0.language.rawValue }),
    ("log.personal_data", "full", "log: {personal_data: full}", { $0.personalData.rawValue }),
    ("mail.from", "a@b", "mail: {from: a@b}", { $0.mailFrom?.address ?? "-" }),
    ("mail.to", "c@d,e@f", "mail: {to: [c@d, e@f]}", { $0.mailTo.map(\.address).joined(separator: ",") }),
    ("mail.sendmail", "/bin/s", "mail: {sendmail: /bin/s}", { $0.sendmail }),
    ("metrics.textfile", "/m.prom", "metrics: {textfile: /m.prom}", { $0.metricsPath ?? "-" }),
  ]

  @Test func `Every key is read from the file, and from the environment over it`() throws {
    for (key, value, yaml, look) in Self.keys {
      #expect(look(try read(yaml)) == value, "\(key) from the file")
      let variable = Configuration.variable(for: key)
      #expect(look(try read("{}", [variable: value])) == value, "\(variable)")
      #expect(look(try read(yaml, [variable: ""])) == value, "an empty \(variable) is none")
    }
    let over = try read("region: \"16.05\"\npoll: {interval: 60}", ["FREEZE_AUDITOR_POLL_INTERVAL": "61"])
    #expect(over.interval == 61 && over.region == "16.05")
    #expect(try read("poll: {interval: bad}", ["FREEZE_AUDITOR_POLL_INTERVAL": "61"]).interval == 61)
  }

  @Test func `Paths are relative to the file`() throws {
    let configuration = try read("calendar: k.yaml")
    #expect(configuration.calendarPath?.hasSuffix("/k.yaml") == true)
    #expect(configuration.calendarPath?.hasPrefix("/") == true)
  }

  @Test(arguments: [
    ("a: 1", 1, "a", "region, timezone"), ("region: \"1\"\n\nb: 1", 3, "b", "region, timezone"),
    ("poll:\n  interval: 60\n  x: 1", 3, "poll.x", "interval, wake_on_notify, max_loss"),
    ("poll: {interval: 0}", 1, "poll.interval", "1"),
    ("poll: {interval: 86401}", 1, "poll.interval", "86400"),
    ("poll: {interval: 1.5}", 1, "poll.interval", "whole number"),
    ("poll: {max_loss: 101}", 1, "poll.max_loss", "100"),
    ("poll: {wake_on_notify: yes}", 1, "poll.wake_on_notify", "true, false"),
    ("ledger: {lease: 1}", 1, "ledger.lease", "2"), ("timezone: wib", 1, "timezone", "WIB, WITA, WIT"),
    ("alert_since: 01-02-2024", 1, "alert_since", "YYYY-MM-DD"),
    ("log: {language: fr}", 1, "log.language", "id, en"),
    ("log: {personal_data: none}", 1, "log.personal_data", "masked, full"),
    ("poll: 5", 1, "poll", "interval"),
    ("source: {conninfo: \"host\"}", 1, "source.conninfo", "host="),
    ("ledger: {conninfo: \"postgresql://u:rahasia@h/d\"}", 1, "ledger.conninfo", "credential"),
    ("elections: [{a: 1}]", 1, "elections[0]", "text"), ("region: [a]", 1, "region", "text"),
    ("region: a\nregion: b", 2, "region", "duplicate key"), ("region: 'a", 2, "", "YAML"),
  ])
  func `What is wrong is named by line and key, with what is allowed`(
    _ text: String, _ line: Int, _ key: String, _ allowed: String
  ) throws {
    let error = try complaint(text)
    #expect(error.line == line || (line == 2 && error.line >= 1), "\(error.message.english)")
    #expect(error.key == key)
    #expect(error.message.english.contains(allowed), "\(error.message.english)")
    #expect(!error.message.english.contains("rahasia"))
  }

  @Test func `An unknown or wrong variable is refused by its name`() throws {
    let unknown = try complaint("{}", ["FREEZE_AUDITOR_INTERVAL": "5"])
    #expect(unknown.key == "FREEZE_AUDITOR_INTERVAL")
    #expect(unknown.message.english.contains("FREEZE_AUDITOR_POLL_INTERVAL"))
    let wrong = try complaint("{}", ["FREEZE_AUDITOR_POLL_INTERVAL": "soon"])
    #expect(wrong.message.english.contains("FREEZE_AUDITOR_POLL_INTERVAL"))
  }

  @Test func `Every key is explained in Indonesian as well`() {
    for key in ConfigurationKey.all {
      let own = ConfigurationKey.indonesian[key.name]
      #expect(own != nil && own?.purpose != key.purpose, "\(key.name): ConfigurationKeyTexts.swift")
    }
    #expect(ConfigurationKey.indonesian.count == ConfigurationKey.all.count)
  }

  @Test func `A credential that holds only a line break is none`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "freeze-auditor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let environment = ["CREDENTIALS_DIRECTORY": folder.path]
    let handed = Credentials()
    #expect(handed.read("source-password", environment) == nil)
    let file = folder.appendingPathComponent("source-password")
    for (content, read) in [("\n", nil), ("", nil), ("a b\n", "a b"), ("x\r\n", "x"), (" y ", " y ")]
      as [(String, String?)]
    {
      try Data(content.utf8).write(to: file)
      #expect(handed.read("source-password", environment) == read)
    }
    #expect(handed.read("source-password", [:]) == nil)
    // Outside a service: beside the configuration, an instance's under its own name; never another one's.
    for (name, stem) in [("config.yaml", ""), ("16.05.yaml", "16.05."), ("hub.yml", "hub."), ("hub", "hub.")]
    {
      let beside = Credentials(besideConfiguration: folder.path + "/" + name)
      try Data("rahasia \(stem)\n".utf8).write(to: folder.appendingPathComponent(stem + "ledger-password"))
      #expect(beside.read("ledger-password", [:]) == "rahasia \(stem)")
      #expect(beside.read("ledger-password", ["CREDENTIALS_DIRECTORY": "/nirgends"]) == nil)
    }
    #expect(Credentials(besideConfiguration: folder.path + "/16.06.yaml").read("ledger-password", [:]) == nil)
  }
}
