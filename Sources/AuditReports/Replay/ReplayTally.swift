import AuditBase
import FreezeRules

/// One line of a replay: what would have been told of one record on one day, and how that stands to its oath.
package struct ReplayRow: Sendable {
  /// The record as it may be shown.
  let action: PersonnelAction
  let event: ReplayEvent
  /// The source it stands in, where several were replayed.
  let source: String?

  /// How the day stands to the oath.
  enum Timing: String, CaseIterable {
    case before
    case onTheDay = "on_the_day"
    case after
    /// One of the two days is not known.
    case unknown
  }

  var timing: Timing {
    guard let day = event.day, let oath = action.inauguratedOn.span else { return .unknown }
    if day < oath.first { return .before }
    if day > oath.last { return .after }
    return oath.isExact ? .onTheDay : .unknown
  }

  /// Days from the day told to the oath; negative after it. `nil` where one of them is not known to the day.
  var daysBeforeOath: Int? {
    guard let day = event.day, let oath = action.inauguratedOn.span, oath.isExact else { return nil }
    return day.days(until: oath.first)
  }

  /// What is not known, `nil`: nothing.
  var unknown: Text? {
    if event.day == nil {
      return action.recordedAt == nil
        ? Text(
          "hari pemberitahuan tidak dapat dikatakan: catatan tanpa recorded_at",
          "the day cannot be told: the record has no recorded_at")
        : Text(
          "hari pemberitahuan tidak dapat dikatakan: recorded_at tidak terbaca",
          "the day cannot be told: recorded_at cannot be read")
    }
    guard timing == .unknown else { return nil }
    switch action.inauguratedOn {
    case .absent: return Text("tanggal pelantikan tidak tercatat", "no day of the oath on record")
    case .unreadable: return Text("tanggal pelantikan tidak terbaca", "the day of the oath cannot be read")
    case .known:
      return Text("hari pelantikan tidak diketahui pasti", "the exact day of the oath is not known")
    }
  }
}

/// Gathers what a replay finds, and counts the records by when they would have been told of.
package struct ReplayTally {
  private var replay: Replay
  private var source: String?
  private let personalData: PersonalData
  /// In the order of the days, what has none last.
  package private(set) var rows: [ReplayRow] = []
  private var byTiming: [ReplayRow.Timing: Int] = [:]
  /// Records that raise an alert on a day nobody can tell.
  package private(set) var undated = 0
  /// Records of which nothing but that they cannot be judged is told.
  package private(set) var unjudged = 0
  /// Records whose alert was withdrawn by the end of the range.
  private(set) var withdrawn = 0
  /// Entered after the range.
  private(set) var later = 0

  /// Nothing yet.
  package init(_ replay: Replay, _ personalData: PersonalData) {
    self.replay = replay
    self.personalData = personalData
  }

  /// The records that follow are those of another source, by its own windows.
  package mutating func go(on replay: Replay, source: String) {
    self.replay = replay
    self.source = source
  }

  /// Takes a record.
  package mutating func take(_ judgement: Judgement, _ approvals: Approvals?) {
    if let entered = judgement.action.recordedOn, entered > replay.range.upperBound { later += 1 }
    let events = replay.events(judgement, approvals)
    guard !events.isEmpty else { return }
    let action = personalData.shown(judgement.action)
    let own = events.map { ReplayRow(action: action, event: $0, source: source) }
    rows += own
    guard let first = own.first(where: { $0.event.isAlert }) else {
      unjudged += 1
      return
    }
    if first.event.day == nil { undated += 1 }
    byTiming[first.timing, default: 0] += 1
    if Self.isWithdrawn(events) { withdrawn += 1 }
  }

  /// Whether every alert was taken back.
  private static func isWithdrawn(_ events: [ReplayEvent]) -> Bool {
    var open: Set<String> = []
    for event in events {
      let key = "\(event.rule ?? "")\u{0}\(event.election ?? "")"
      if event.isAlert { open.insert(key) } else { open.remove(key) }
    }
    return open.isEmpty
  }

  /// Records that raised an alert, by how the first one stands to the oath.
  subscript(timing: ReplayRow.Timing) -> Int { byTiming[timing] ?? 0 }

  /// Records that raised an alert.
  package var alerted: Int { byTiming.values.reduce(0, +) }

  /// Puts the rows in the order of the days, then of the sources and the SKs, then as they were read.
  package mutating func sort() {
    func key(_ row: ReplayRow) -> (CivilDate, String, String, CivilDate) {
      (
        row.event.day ?? .max, row.source ?? "", row.action.decreeNo ?? "",
        row.action.decreeDate.span?.first ?? .max
      )
    }
    rows = rows.enumerated().sorted { a, b in
      let (left, right) = (key(a.element), key(b.element))
      if left != right { return left < right }
      return a.offset < b.offset
    }.map(\.element)
  }
}
