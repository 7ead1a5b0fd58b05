import AuditBase
import FreezeRules

/// How many acts can still be put off, and when the first of them takes hold.
package struct AheadTally: Sendable, Equatable {
  /// How many.
  package private(set) var count = 0
  /// The first day of the soonest.
  package private(set) var soonest: CivilDate?

  /// Nothing yet.
  package init() {}

  /// One act more.
  package mutating func add(_ day: ActDay) { add(day.span.first) }

  /// One act more, from the first day that it can be.
  package mutating func add(_ first: CivilDate) {
    count += 1
    soonest = min(first, soonest ?? first)
  }
}

extension AheadText {
  /// `3 orang masih dapat ditunda pelantikannya, yang pertama 6 hari lagi`: where only their number is known.
  package static func count(_ count: Int, daysLeft: Int) -> Text {
    let left = left(daysLeft)
    return Text(
      "\(count) tindakan masih dapat ditunda, yang pertama \(left.indonesian)",
      "\(count) \(count == 1 ? "act" : "acts") can still be put off, the first \(left.english)")
  }
}
