import AuditBase
import FreezeRules

/// Why something happened, for people: the ledger keeps a code and what is known in a form that never changes, which is read
/// back here. What is in no known form is told as it stands.
package enum ReasonWords {
  /// A reason of the ledger in words.
  package static func text(_ reason: String, _ language: Language) -> String {
    if let plain = plain[reason] { return plain[language] }
    for (code, words) in led {
      guard reason.hasPrefix(code) else { continue }
      return words(String(reason.dropFirst(code.count)), language)
    }
    return quality(reason, language) ?? by(reason, language) ?? reason
  }

  private static let plain = [
    "new": Text("baru", "new"),
    "rules or approvals changed": Text("aturan atau persetujuan berubah", "rules or approvals changed"),
    "rule or election no longer applies": Text(
      "aturan atau pemilihannya tidak berlaku lagi", "rule or election no longer applies"),
    "record vanished from the source": Text(
      "tidak ada lagi di sumbernya", "record vanished from the source"),
    "record changed": Text("catatannya berubah", "the record changed"),
    "not covered: kind out of scope": Text(
      "jenis tindakannya di luar cakupan", "its kind is out of scope"),
  ]

  /// What begins with a code.
  private static let led: [(code: String, words: @Sendable (String, Language) -> String)] = [
    ("alert again: ", { Text("muncul lagi: ", "alert again: ")[$1] + text($0, $1) }),
    ("record changed: ", { recordChanged($0, $1) }),
    (
      "schedule changed: ",
      { Text("jadwal berubah: ", "schedule changed: ")[$1] + change($0, $1, schedule) }
    ),
    (
      "outcome changed: ",
      { Text("kesimpulan berubah: ", "outcome changed: ")[$1] + change($0, $1, outcome) }
    ),
    ("rules changed: now ", { Text("aturan berubah: kini ", "rules changed: now ")[$1] + outcome($0, $1) }),
    ("approved: ", { approved($0, $1) }),
    ("not covered: ", { Text("di luar cakupan: ", "not covered: ")[$1] + $0 }),
    (
      "before alert_since ",
      { Text("sebelum ", "before ")[$1] + day($0, $1) + Text(" (alert_since)", " (alert_since)")[$1] }
    ),
    (
      "holds again, the clock was set back: ",
      { Text("berlaku lagi, jam dimundurkan: ", "holds again, the clock was set back: ")[$1] + text($0, $1) }
    ),
    ("acknowledged until ", { Text("ditanggapi sampai ", "acknowledged until ")[$1] + day($0, $1) }),
    ("evaluated again after: ", { Text("dinilai lagi sesudah: ", "evaluated again after: ")[$1] + $0 }),
  ]

  private static func day(_ text: some StringProtocol, _ language: Language) -> String {
    WrittenDay.span(String(text))?.written(language) ?? String(text)
  }

  private static func outcome(_ code: String, _ language: Language) -> String {
    Outcome(rawValue: code)?.phrase[language] ?? code
  }

  /// `2024-09-22 (PKPU 2/2024)`.
  private static func schedule(_ text: String, _ language: Language) -> String {
    guard CivilDate(iso: text.prefix(10)) != nil else { return text }
    return day(text.prefix(10), language) + text.dropFirst(10)
  }

  private static func change(
    _ text: String, _ language: Language, _ word: (String, Language) -> String
  ) -> String {
    let parts = text.split(separator: " -> ", maxSplits: 1).map { word(String($0), language) }
    return parts.joined(separator: Text(" menjadi ", " to ")[language])
  }

  private static func approved(_ text: String, _ language: Language) -> String {
    let end = "; not known when the alert was raised"
    guard text.hasSuffix(end) else { return text }
    let letter = text.dropLast(end.count).split(separator: ", ").map { day($0, language) }
    return Text("disetujui: ", "approved: ")[language] + letter.joined(separator: ", ")
      + Text("; belum diketahui ketika peringatannya terbit", end)[language]
  }

  /// `now outside: decree_date 2024-05-02 -> 2024-01-02, nip`.
  private static func recordChanged(_ text: String, _ language: Language) -> String {
    var rest = text[...]
    var words = Text("catatannya berubah", "the record changed")[language]
    if rest.hasPrefix("now ") {
      let code = rest.dropFirst(4).prefix { $0 != ":" }
      words += Text(", kini ", ", now ")[language] + outcome(String(code), language)
      rest = rest.dropFirst(4 + code.count)
      rest = rest.hasPrefix(": ") ? rest.dropFirst(2) : rest
    }
    if rest.isEmpty { return words }
    return words + ": " + fields(rest).map { field($0, language) }.joined(separator: ", ")
  }

  /// The list of fields taken apart where a field's name begins: a value may hold a comma.
  private static func fields(_ text: Substring) -> [String] {
    var found: [String] = []
    for part in text.split(separator: ", ", omittingEmptySubsequences: false) {
      let isField = PersonnelAction.Field(rawValue: String(part.prefix { $0 != " " })) != nil
      if isField || found.isEmpty {
        found.append(String(part))
      } else {
        found[found.count - 1] += ", " + part
      }
    }
    return found
  }

  /// `decree_date 2024-05-02 -> 2024-01-02`, or a name alone.
  private static func field(_ text: String, _ language: Language) -> String {
    let name = text.prefix { $0 != " " }
    guard let field = PersonnelAction.Field(rawValue: String(name)) else { return text }
    let values = String(text.dropFirst(name.count + 1))
    return field.phrase[language] + (values.isEmpty ? "" : " " + change(values, language, day))
  }

  /// `3 unjudgeable, 2 duplicated action_id (a, b), 1 possible_backdating (c)`.
  private static func quality(_ reason: String, _ language: Language) -> String? {
    // An expression is slow to set up: only where it may match.
    guard reason.contains(" unjudgeable"), let first = reason.firstMatch(of: #/^(\d+) unjudgeable/#) else {
      return nil
    }
    var words = "\(first.1) " + Text("tidak dapat dinilai", "cannot be judged")[language]
    for (code, phrase) in [
      (
        " duplicated action_id",
        Text("ID dipakai lebih dari satu catatan", "ids that more than one record bears")
      ),
      (" possible_backdating", Text("mungkin bertanggal mundur", "possibly back-dated")),
    ] {
      guard let place = reason.firstRange(of: code) else { continue }
      let number = reason[..<place.lowerBound].reversed().prefix(while: \.isNumber).reversed()
      let list = reason[place.upperBound...]
      let ids = list.hasPrefix(" (") ? " " + list.dropFirst().prefix { $0 != ")" } + ")" : ""
      words += ", \(String(number)) \(phrase[language])\(ids)"
    }
    return words
  }

  /// `by Kabid until 2026-12-31`, `reported by Kabid on 2026-11-01: surat 9`, `by Kabid: true; accepts: …`.
  private static func by(_ reason: String, _ language: Language) -> String? {
    guard reason.contains("by ") else { return nil }
    if let found = reason.firstMatch(of: #/^by (.*) until (\d{4}-\d\d-\d\d)$/#) {
      return Text("oleh ", "by ")[language] + found.1 + Text(" sampai ", " until ")[language]
        + day(found.2, language)
    }
    if let found = reason.firstMatch(of: #/^([a-z-]+) by (.*?) on (\d{4}-\d\d-\d\d): (.*)$/#) {
      let state = AnswerState(rawValue: String(found.1))?.phrase ?? Text("keterangan", "remark")
      return state[language] + Text(" oleh ", " by ")[language] + found.2 + ", " + day(found.3, language)
        + ": " + found.4
    }
    if let found = reason.firstMatch(of: #/^by (.*?): (.*); accepts: (.*)$/#) {
      return Text("oleh ", "by ")[language] + found.1 + ": " + found.2
        + Text("; yang diterima: ", "; accepts: ")[language] + found.3
    }
    return nil
  }
}
