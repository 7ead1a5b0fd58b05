import AuditBase

/// What `doctor` looks at, each check with its verdict and its mend.
package struct HealthCheck {
  /// Which part a failure belongs to.
  package enum Area: Sendable { case configuration, privilege, source, ledger, machine }

  /// How a check came out.
  package enum Verdict: Sendable, Equatable {
    /// In order.
    case good
    /// Worth knowing, no failure.
    case note
    /// Not in order.
    case failed(Area)
  }

  /// One check.
  package struct Check: Sendable {
    /// How it came out.
    package let verdict: Verdict
    /// Its short name.
    package let name: String
    /// What was found and, where that is not good, what to do.
    package let text: Text
  }

  /// The checks so far.
  package private(set) var checks: [Check] = []
  let environment: [String: String]
  /// Of several sources, the one whose checks are under way: their lines would look alike.
  var subject: String?

  /// Nothing examined yet.
  package init(environment: [String: String]) { self.environment = environment }

  /// Adds a check made elsewhere.
  package mutating func add(_ verdict: Verdict, _ name: String, _ text: Text) {
    let name = subject.map { "\(name) (\($0))" } ?? name
    checks.append(Check(verdict: verdict, name: name, text: text))
  }

  mutating func add(_ verdict: Verdict, _ name: String, id: String, en: String) {
    add(verdict, name, Text(id, en))
  }
}
