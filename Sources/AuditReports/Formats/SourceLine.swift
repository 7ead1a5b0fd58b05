import FreezeRules
import AuditBase

/// How one source of a report over several came out.
package struct SourceLine: Sendable {
  /// Its name.
  package let name: String
  /// Kemendagri code.
  package let region: String?
  /// What was read of it.
  package let counts: Counts
  /// Why it was not evaluated, or not to its end.
  package let problem: Text?

  /// A line of these parts.
  package init(name: String, region: String?, counts: Counts, problem: Text?) {
    self.name = name
    self.region = region
    self.counts = counts
    self.problem = problem
  }

  /// `name (region)`, harmless on one line.
  var title: String { PlainText.line(name, limit: 80) + (region.map { " (\($0))" } ?? "") }

  /// What is said of it, without its title.
  var result: Text {
    if let problem {
      return Text(
        "TIDAK DINILAI: \(PlainText.line(problem.indonesian, limit: 500))",
        "NOT EVALUATED: \(PlainText.line(problem.english, limit: 500))")
    }
    return Text(
      said(.indonesian, "catatan", "perlu klarifikasi", "tidak dapat dinilai"),
      said(.english, "records", "need clarification", "cannot be judged")
    )
  }

  private func said(_ language: Language, _ words: String...) -> String {
    zip([counts.read, counts.alerts, counts[.unjudgeable]], words).map { "\($0.grouped(language)) \($1)" }
      .joined(separator: ", ")
  }

  /// One line.
  package func text(_ language: Language) -> String { "\(title): \(result[language])" }

  /// `{name, region, evaluated, cause, counts}`.
  func json(_ language: Language) -> JSON {
    .object([
      "name": .string(name), "region": .text(region), "evaluated": .bool(problem == nil),
      "cause": .text(problem?[language]), "counts": counts.json,
    ])
  }
}
