import AuditBase
import FreezeRules

/// An act that can still be put off: the first day that it can take hold, and by when a letter would cover it.
package struct AheadAct: Sendable, Equatable {
  let first: CivilDate
  let letterBy: CivilDate?

  /// `nil` where it is too late, or nothing to put off.
  package init?(_ judgement: Judgement, on today: CivilDate) {
    guard let day = judgement.ahead(on: today) else { return nil }
    (first, letterBy) = (day.span.first, judgement.letterBy)
  }
}

/// How many acts can still be put off, when the first of them takes hold, and by when a letter would cover it.
package struct AheadTally: Sendable, Equatable {
  /// How many.
  package private(set) var count = 0
  /// The first day of the soonest.
  package private(set) var soonest: CivilDate?

  /// Of the acts of that day: the earliest of the days that the Minister's letter must bear at the latest.
  package private(set) var letterBy: CivilDate?

  /// Nothing yet.
  package init() {}

  /// One act more.
  package mutating func add(_ act: AheadAct) {
    count += 1
    let (first, letterBy) = (act.first, act.letterBy)
    if first < soonest ?? .max { (soonest, self.letterBy) = (first, letterBy) }
    if first == soonest, let letterBy { self.letterBy = min(letterBy, self.letterBy ?? letterBy) }
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

  /// What can be done, in brackets, by the last day for the Minister's letter.
  package static func advice(letterBy: CivilDate, on today: CivilDate) -> Text {
    letterBy < today
      ? Text(
        " (batas surat Menteri sudah lewat, \(letterBy.written(.indonesian)): tunda atau batalkan)",
        " (the last day for the Minister's letter is over, \(letterBy.written(.english)): put off or cancel)")
      : Text(
        " (surat Menteri paling lambat \(letterBy.written(.indonesian)), atau tunda)",
        " (the Minister's letter by \(letterBy.written(.english)), or put off)")
  }
}
