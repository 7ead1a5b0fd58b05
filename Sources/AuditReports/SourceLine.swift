import FreezeRules
import OrderedJSON

/// How one source of a report over several came out.
public struct SourceLine: Sendable {
  /// Its name.
  public let name: String
  /// Kemendagri code.
  public let region: String?
  /// What was read of it.
  public let counts: Counts
  /// Why it was not evaluated, or not to its end.
  public let problem: Bilingual?

  /// A line of these parts.
  public init(name: String, region: String?, counts: Counts, problem: Bilingual?) {
    self.name = name
    self.region = region
    self.counts = counts
    self.problem = problem
  }

  /// `name (region)`, harmless on one line.
  var title: String { PlainText.line(name, limit: 80) + (region.map { " (\($0))" } ?? "") }

  /// What is said of it, without its title.
  var result: Bilingual {
    if let problem {
      return Bilingual(
        id: "TIDAK DINILAI: \(PlainText.line(problem.indonesian, limit: 500))",
        en: "NOT EVALUATED: \(PlainText.line(problem.english, limit: 500))")
    }
    return Bilingual(
      id:
        "\(counts.read) catatan, \(counts.alerts) perlu klarifikasi, \(counts[.unjudgeable]) tidak dapat dinilai",
      en:
        "\(counts.read) records, \(counts.alerts) need clarification, \(counts[.unjudgeable]) cannot be judged"
    )
  }

  /// One line.
  public func text(_ language: Language) -> String { "\(title): \(result[language])" }

  /// `{name, region, evaluated, cause, counts}`.
  func json(_ language: Language) -> JSON {
    .object([
      "name": .string(name), "region": .text(region), "evaluated": .bool(problem == nil),
      "cause": .text(problem?[language]), "counts": counts.json,
    ])
  }
}
