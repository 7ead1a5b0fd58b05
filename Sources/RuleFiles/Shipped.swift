import FreezeRules

/// The files compiled into the program, as text.
public enum Shipped {
  /// `calendar.yaml`.
  public static var calendarText: String { String(decoding: PackageResources.calendar_yaml, as: UTF8.self) }
  /// `rules.yaml`.
  public static var rulesText: String { String(decoding: PackageResources.rules_yaml, as: UTF8.self) }
  /// `rule-tests.yaml`.
  public static var ruleTestsText: String {
    String(decoding: PackageResources.rule_tests_yaml, as: UTF8.self)
  }
}
