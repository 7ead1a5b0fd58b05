import Postgres

/// A range of `action_id`, so that several sessions can read one view together.
package struct KeyRange: Sendable, Equatable {
  /// Keys greater than this; `nil`: from the least, and those without a key.
  let after: String?
  /// Keys up to and including this; `nil`: to the greatest.
  let through: String?

  /// Every record.
  package static let all = KeyRange(after: nil, through: nil)

  /// The ranges that ascending bounds make: every key, and a record without one, is in exactly one of them.
  static func between(_ bounds: [String]) -> [KeyRange] {
    zip([nil] + bounds, bounds + [nil]).map { KeyRange(after: $0, through: $1) }
  }

  /// A condition on `v.action_id`, its bounds as parameters from `$number` on.
  func condition(from number: Int) -> String {
    switch (after, through) {
    case (nil, nil): "true"
    case (nil, _?): "(v.action_id <= $\(number) OR v.action_id IS NULL)"
    case (_?, nil): "v.action_id > $\(number)"
    case (_?, _?): "v.action_id > $\(number) AND v.action_id <= $\(number + 1)"
    }
  }

  /// The values of those parameters; without a type, so that they take the key's.
  var bounds: [Parameter] { [after, through].compactMap { $0.map(Parameter.text) } }
}

/// How several sessions share one scan.
package struct Partition: Sendable {
  /// The snapshot all of them read.
  package let snapshot: String
  /// Who reads what; one range where sharing is not worth it.
  package let ranges: [KeyRange]
}
