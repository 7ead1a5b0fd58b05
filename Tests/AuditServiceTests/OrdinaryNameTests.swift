import Foundation
import Testing
import TestSupport

/// A person may be called by the name of a month or by a word of our own sentences: the sentence stays whole, and the name does
/// not come out.
@Suite struct OrdinaryNameTests {
  private static let names = [
    "Mei Lestari", "Juli Surat", "Oktober Menteri", "Orang Desember", "Mei", "April", "Juni Persetujuan",
    "Pasal Ayat", "September", "Tanggal Wibowo", "Maret Kepmendagri", "Hari Wilayah", "Jabatan Larangan",
  ]

  /// The record `r0` names nobody; every other one is the same with a person.
  private func bench(_ personalData: String, _ language: String) throws -> Bench {
    let bench = try Bench()
    try bench.write("log: {personal_data: \(personalData), language: \(language)}")
    let rows = ([nil] + Self.names).enumerated().map { place, name in
      "('r\(place)', 'mutasi', '2024-05-02', '2024-07-01', \(name.map { "'\($0)'" } ?? "NULL"), 'SK 1')"
    }
    try bench.run(
      "INSERT INTO hr.act (id, kind, decree_date, inaugurated_on, employee_name, decree_no) VALUES "
        + rows.joined(separator: ", "))
    return bench
  }

  /// What happens to an alert in its life; each is told in a sentence of its own.
  private func live(_ bench: Bench) throws {
    let daemon = try bench.daemon(["FREEZE_AUDITOR_POLL_MAX_LOSS": "100"])
    try daemon.wait(for: "pass_completed")
    try bench.run("UPDATE hr.act SET decree_date = '2024-06-02'")
    try daemon.pass()
    for place in 0...Self.names.count {
      for arguments in [
        [
          "note", "--action", "r\(place)", "--state", "reported", "--reason", "nomor 2", "--date",
          "2024-08-01",
        ],
        [
          "ack", "--action", "r\(place)", "--until", "2030-05-01", "--reason", "menunggu", "--legal-basis",
          "UU 10",
        ],
      ] {
        let result = try runProcess(
          Bench.executable, ["alerts"] + arguments + ["--author", "Kabid", "--config", bench.configPath])
        #expect(result.status == 0, "\(result.errorText)")
      }
    }
    try bench.run(
      "UPDATE hr.act SET decree_date = '2019-05-02', inaugurated_on = '2019-05-02' WHERE id <> 'r0'")
    try bench.run(
      "UPDATE hr.act SET decree_date = '2019-05-02', inaugurated_on = '2019-05-02' WHERE id = 'r0'")
    try daemon.pass()
    #expect(daemon.stop().status == 0)
  }

  /// The messages of the ledger as they may be shown, by record, without the record's id and person.
  private func messages(_ bench: Bench) throws -> [String: [String]] {
    let masked = ["FREEZE_AUDITOR_LOG_PERSONAL_DATA": "masked"]
    var told: [String: [String]] = [:]
    for id in try Set(bench.ledger("coalesce(alert_id, '')")).filter({ !$0.isEmpty }) {
      let result = try bench.command("alerts", "show", id, "--format", "json", environment: masked)
      let rows = try #require(
        try JSONSerialization.jsonObject(with: Data(result.outputText.utf8)) as? [[String: Any]])
      for row in rows {
        let body = try #require(row["body"] as? [String: Any])
        let action = try #require(body["action_id"] as? String)
        let message = try #require(body["message"] as? String)
        told[action, default: []].append(message)
      }
    }
    return told
  }

  private func masked(_ name: String) -> String {
    name.split(separator: " ").map { "\($0.prefix(1))***" }.joined(separator: " ")
  }

  @Test(
    "days and our own words stay, the name does not come out", arguments: ["masked", "full"], ["id", "en"])
  func stays(written: String, language: String) throws {
    let bench = try bench(written, language)
    try live(bench)
    let told = try messages(bench)
    func plain(_ messages: [String], _ id: String, _ name: String) -> [String] {
      messages.map { message in
        let named = language == "id" ? "a.n. \(name)" : "of \(name)"
        return message.replacing("\(id) (", with: "r (").replacing(" \(named)", with: "")
      }
    }
    let reference = plain(try #require(told["r0"]), "r0", "-")
    #expect(reference.count == 5, "\(reference)")
    #expect(!reference.contains { $0.contains("SK SK") }, "\(reference)")
    #expect(
      reference.contains { $0.contains(language == "id" ? "2 Mei 2024" : "2 May 2024") }, "\(reference)")
    for (place, name) in Self.names.enumerated() {
      let messages = try #require(told["r\(place + 1)"])
      #expect(plain(messages, "r\(place + 1)", masked(name)) == reference, "\(name)")
      #expect(messages.contains { $0.contains(masked(name)) }, "\(name): \(messages)")
      #expect(!messages.contains { $0.contains("a.n. \(name)") || $0.contains("of \(name)") })
    }
  }

  @Test("the log itself says the days of whoever is called like a month")
  func log() throws {
    let bench = try bench("masked", "id")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let told = Dictionary(
      daemon.log("raised").map { ($0["FREEZE_ACTION_ID"], $0) }, uniquingKeysWith: { first, _ in first })
    let reference = try #require(told["r0"])
    for (place, name) in Self.names.enumerated() {
      let entry = try #require(told["r\(place + 1)"])
      for field in [
        "FREEZE_SUMMARY", "FREEZE_WINDOW", "FREEZE_NEXT", "FREEZE_CHANGES", "FREEZE_APPROVAL", "MESSAGE",
      ] {
        #expect(!entry[field].isEmpty)
        #expect(
          entry[field].replacing(" a.n. \(masked(name))", with: "") == reference[field], "\(name): \(field)")
      }
    }
    #expect(daemon.stop().status == 0)
  }
}
