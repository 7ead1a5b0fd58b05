import AuditBase
import Crypto
import Foundation
import FreezeRules

/// The rules and the calendar that a run judges by.
package struct RuleSet: Sendable {
  /// The rules.
  package var rulebook: Rulebook
  /// The calendar.
  package var calendar: ElectionCalendar
  /// The site holds its regencies and cities bound by the governor's election; no ruling is known.
  package var governorBinds = false

  /// Reads both, the shipped one where no path is given.
  /// - Parameter additions: files with facts of the site's own, added to the calendar by id.
  /// - Throws: ``FileError`` naming file, line, key and what is allowed.
  package init(
    rulesPath: String? = nil, calendarPath: String? = nil, additions: [String] = [],
    governorBinds: Bool = false
  ) throws(FileError) {
    self.governorBinds = governorBinds
    let rules = try Self.text(rulesPath) ?? (Shipped.rulesText, "rules.yaml")
    let calendar = try Self.text(calendarPath) ?? (Shipped.calendarText, "calendar.yaml")
    self.rulebook = try Rulebook(yaml: rules.text, file: rules.file, hash: Self.hash(rules.text))
    var added: [(text: String, file: String)] = []
    for path in additions { if let text = try Self.text(path) { added.append(text) } }
    self.calendar = try ElectionCalendar(
      base: calendar, additions: added,
      hash: Self.hash(([calendar] + added).map(\.text).joined(separator: "\0")),
      isShipped: calendarPath == nil)
  }

  /// Rules and calendar read elsewhere.
  package init(rulebook: Rulebook, calendar: ElectionCalendar) {
    self.rulebook = rulebook
    self.calendar = calendar
  }

  /// The windows as known on a day.
  /// - Parameter declared: ids of elections held to be the site's own whatever the registry says; every id must be one of
  ///   the calendar's.
  package func windows(declared: [String] = [], knownOn: CivilDate) -> WindowTable {
    WindowTable(rulebook, calendar, declared: Set(declared), governorBinds: governorBinds, knownOn: knownOn)
  }

  /// The first id that the calendar does not know, with what it does know.
  package func unknownElection(in ids: [String]) -> (id: String, message: Text)? {
    guard let id = ids.first(where: { !calendar.ids.contains($0) }) else { return nil }
    let known = calendar.ids.joined(separator: ", ")
    return (
      id,
      Text(
        "pemilihan \"\(id)\" tidak ada dalam kalender; yang dikenal: \(known)",
        "the election \"\(id)\" is not in the calendar; known: \(known)")
    )
  }

  /// The text of a file, `nil` for no path.
  package static func text(_ path: String?) throws(FileError) -> (text: String, file: String)? {
    guard let path else { return nil }
    // No more than the limit is read: a path may be a device or a directory.
    guard let handle = FileHandle(forReadingAtPath: path),
      let data = try? handle.read(upToCount: YAMLGuard.maximumSize + 1) ?? Data()
    else {
      throw FileError(
        file: path, line: 0, key: "",
        Text(
          "berkas tidak dapat dibaca; periksa nama dan hak bacanya",
          "the file cannot be read; check its name and that you may read it"))
    }
    guard data.count <= YAMLGuard.maximumSize else { throw YAMLGuard.tooBig(path) }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw FileError(
        file: path, line: 0, key: "",
        Text(
          "berkas bukan UTF-8; simpan ulang sebagai UTF-8", "the file is not UTF-8; save it as UTF-8")
      )
    }
    return (text, path)
  }

  /// SHA-256 of a text in lower-case hex.
  package static func hash(_ text: String) -> String {
    Hex.encode(SHA256.hash(data: Data(text.utf8)))
  }
}
