import AuditBase
import AuditReports
import FreezeRules
import Postgres
import RuleFiles

extension HealthCheck {
  /// Whether the function that a SIMPEG form asks, where there is one, is what rules, calendar and this program would write now.
  package mutating func wouldBe(
    _ settings: SourceSettings, _ configuration: Configuration, isNamed: Bool = false
  ) {
    subject = isNamed ? PlainText.line(settings.name, limit: 60) : nil
    defer { subject = nil }
    let comment: String?
    do throws(PostgresError) {
      var connection = try Connection(
        conninfo: settings.conninfo, password: settings.password(environment))
      let found = try connection.query(WouldBeScript.installedQuery, binary: false, operation: "would_be")
      comment = found.isEmpty ? nil : found.string(row: 0, column: 0) ?? ""
    } catch {
      // That the source cannot be reached was said already.
      return
    }
    guard let comment else {
      return add(
        .note, "would_be",
        id:
          "freeze_audit.would_be tidak terpasang (pilihan): formulir SIMPEG belum dapat bertanya sebelum SK ditandatangani",
        en:
          "freeze_audit.would_be is not installed (optional): the forms of the SIMPEG cannot ask before anyone signs"
      )
    }
    guard let ruleSet = try? configuration.ruleSet() else { return }
    let table = ruleSet.windows(declared: settings.elections, knownOn: Today.date(in: settings.zone))
    let now = WouldBeScript(table, region: settings.region, hash: RuleSet.hash)
    let installed = WouldBeScript.basis(inComment: comment)
    if installed == now.basis {
      return add(
        .good, "would_be", id: "freeze_audit.would_be sesuai dengan aturan dan kalender",
        en: "freeze_audit.would_be fits rules and calendar")
    }
    let old = installed.split(separator: " ")
    let new = now.basis.split(separator: " ")
    func differs(_ name: Substring) -> Bool {
      func value(_ words: [Substring]) -> Substring? {
        words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
      }
      return value(old) != value(new)
    }
    let what =
      differs("rules")
      ? Text("aturan berbeda", "other rules")
      : differs("calendar")
        ? Text("kalender berbeda", "another calendar")
        : Text("program atau wilayah berbeda", "another program or region")
    add(
      .failed(.configuration), "would_be",
      id:
        "freeze_audit.would_be sudah usang (\(what.indonesian)): jawabannya dapat keliru. Jalankan freeze-auditor windows --format sql, lalu psql",
      en:
        "freeze_audit.would_be is out of date (\(what.english)): its answers may be wrong. Run freeze-auditor windows --format sql, then psql"
    )
  }
}
