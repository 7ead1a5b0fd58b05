import FreezeRules

/// The files compiled into the program, as text.
package enum Shipped {
  /// `calendar.yaml`.
  package static var calendarText: String { String(decoding: PackageResources.calendar_yaml, as: UTF8.self) }
  /// `rules.yaml`.
  package static var rulesText: String { String(decoding: PackageResources.rules_yaml, as: UTF8.self) }
  /// `rule-tests.yaml`.
  package static var ruleTestsText: String {
    String(decoding: PackageResources.rule_tests_yaml, as: UTF8.self)
  }
}
