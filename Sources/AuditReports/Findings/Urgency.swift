import AuditBase
import FreezeRules

/// The day on which an act takes hold of people: the oath; where none is recorded, the TMT; else the date of the SK.
package struct ActDay: Sendable, Hashable {
  /// Which of its dates that is.
  package let field: DateField
  /// The day as far as it is known.
  package let span: DateSpan

  /// A day of an act.
  package init(field: DateField, span: DateSpan) {
    self.field = field
    self.span = span
  }

  /// Whether it is still to come, today included: the morning of an oath is early enough to put it off.
  package func isAhead(on today: CivilDate) -> Bool { span.last >= today }

  /// Days from today, 0 today; a month that has begun counts as today.
  package func daysLeft(on today: CivilDate) -> Int { max(0, today.days(until: span.first)) }
}

extension PersonnelAction {
  /// The day on which it takes hold, `nil` where no date can be read.
  package var actDay: ActDay? {
    for field in [DateField.inauguratedOn, .effectiveDate, .decreeDate] {
      if let span = date(field).span { return ActDay(field: field, span: span) }
    }
    return nil
  }
}

extension Judgement {
  /// The day on which an act that needs clarification is still to take hold, so that somebody can put it off; else `nil`.
  package func ahead(on today: CivilDate) -> ActDay? {
    guard outcome.level == .alert, let day = action.actDay, day.isAhead(on: today) else { return nil }
    return day
  }
}

/// Where an act stands in a report: what can still be put off before all else, the soonest first; then by gravity; what nobody
/// can judge last.
struct Urgency: Sendable, Hashable, Comparable {
  /// The day, where the act can still be put off.
  let ahead: ActDay?
  /// 0 for the gravest; what cannot be judged comes after everything else.
  let rank: Int
  /// The first day that counts, for the order among equals.
  let day: CivilDate

  init(_ judgement: Judgement, on today: CivilDate) {
    ahead = judgement.ahead(on: today)
    rank = judgement.outcome == .unjudgeable ? Outcome.allCases.count : judgement.outcome.rank
    day = judgement.letterBy ?? judgement.action.actDay?.span.first ?? .max
  }

  static func < (a: Urgency, b: Urgency) -> Bool {
    (a.ahead?.span.first ?? .max, a.rank, a.day) < (b.ahead?.span.first ?? .max, b.rank, b.day)
  }
}

/// Words for what is still to come.
package enum AheadText {
  /// `hari ini`, `besok`, `6 hari lagi`.
  package static func left(_ days: Int) -> Text {
    switch days {
    case ...0: Text("hari ini", "today")
    case 1: Text("besok", "tomorrow")
    default: Text("\(days) hari lagi", "in \(days) days")
    }
  }

  /// `pelantikan 1 Desember 2026, 6 hari lagi`.
  package static func day(_ day: ActDay, on today: CivilDate) -> Text {
    let left = left(day.daysLeft(on: today))
    let name =
      switch day.field {
      case .inauguratedOn: Text("pelantikan", "oath")
      case .effectiveDate: Text("TMT", "effective (TMT)")
      case .decreeDate: Text("tanggal SK", "decree date")
      }
    return Text(
      "\(name.indonesian) \(day.span.written(.indonesian)), \(left.indonesian)",
      "\(name.english) \(day.span.written(.english)), \(left.english)")
  }

  /// `2 orang dilantik 1 Des, 6 hari lagi`: what a subject says of the soonest of these days.
  package static func clause(_ days: [ActDay], on today: CivilDate) -> Text? {
    guard let soonest = days.map(\.span.first).min() else { return nil }
    let first = days.filter { $0.span.first == soonest }
    guard let day = first.first else { return nil }
    let left = left(day.daysLeft(on: today))
    // A day of this year or of the next three months needs no year.
    let isNear = today.days(until: soonest) < 92
    func short(_ language: Language) -> String { day.span.short(language, withYear: !isNear) }
    let isOath = first.contains { $0.field == .inauguratedOn }
    let rest = days.count - first.count
    let id =
      "\(first.count) orang \(isOath ? "dilantik" : "mulai bertugas (TMT)") \(short(.indonesian)), \(left.indonesian)"
    let en =
      "\(first.count) \(first.count == 1 ? "person" : "people") \(isOath ? "to be sworn in" : "to start (TMT)") \(short(.english)), \(left.english)"
    return rest == 0
      ? Text(id, en) : Text(id + " (+\(rest) orang sesudahnya)", en + " (+\(rest) later)")
  }
}
