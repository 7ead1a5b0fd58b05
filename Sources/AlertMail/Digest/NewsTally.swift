import AuditBase

/// News taken in one after the other: all of it counted, as much of it kept as a mail has room for. Its size has a bound, whatever
/// the wave, so that it can be put aside and gone on with.
package struct NewsTally: Sendable, Codable, Equatable {
  /// One decree in one section of the digest.
  package struct DecreeKey: Hashable, Sendable, Codable {
    /// Of the page.
    package let section: NewsSection
    /// The number on one line.
    package let number: String
    /// The date as it stands.
    package let date: String

    init(_ event: LogEvent) {
      section = event.section
      number = Digest.plain(event[.decreeNo] ?? "", limit: 120).split(separator: " ").joined(separator: " ")
      date = Digest.plain(event[.decreeDate] ?? "", limit: 20)
    }
  }

  /// The events told one by one, in the order they came.
  package private(set) var kept: [LogEvent] = []
  /// All that was taken in, by section.
  package private(set) var counts = [Int](repeating: 0, count: NewsSection.allCases.count)
  /// What was taken in with its decree, by decree.
  private(set) var decrees: [DecreeKey: Int] = [:]
  /// Numbers of what is counted and not told one by one: the least and the greatest.
  package private(set) var hidden: ClosedRange<Int64>?
  /// How many those are.
  package private(set) var hiddenCount = 0
  /// Events that are told with another one of the same act.
  package private(set) var joined: Int? = nil

  /// Events kept at most; the last places are for decrees of which none is kept yet.
  static let room = 1000
  private static let roomOfManyDecrees = 800
  /// Events of one decree kept at most.
  static let roomOfDecree = 400
  /// Decrees counted one by one at most.
  private static let decreeRoom = 4000

  /// Nothing.
  package init() {}

  /// How many were taken in.
  package var total: Int { counts.reduce(0, +) }

  /// How many of a section.
  package subscript(section: NewsSection) -> Int { counts[section.rawValue] }

  /// Takes an event in.
  package mutating func take(_ event: LogEvent) {
    // Told to this desk by saying nothing.
    if event.isElsewhere || join(event) { return }
    counts[event.section.rawValue] += 1
    let key = DecreeKey(event)
    let known = decrees[key]
    if known != nil || decrees.count < Self.decreeRoom { decrees[key] = (known ?? 0) + 1 }
    let hasRoom =
      kept.count < Self.roomOfManyDecrees
      ? (known ?? 0) < Self.roomOfDecree : kept.count < Self.room && known == nil
    // Without a number nothing else would name it.
    if hasRoom || event.seq == nil && kept.count < Self.room {
      kept.append(event)
    } else {
      hide(event.seq, 1)
    }
  }

  /// Takes events in that are only counted.
  package mutating func take(_ counted: [EventCount], of range: ClosedRange<Int64>) {
    var count = 0
    for one in counted {
      counts[NewsSection(event: one.event, outcome: one.outcome).rawValue] += one.count
      count += one.count
    }
    guard count > 0 else { return }
    hide(range.lowerBound, 0)
    hide(range.upperBound, count)
  }

  /// An act that a moved schedule takes from one rule to another is one piece of news, not one that is over and a new one.
  /// - Returns: whether what it is now was taken in already; it then says what it was before as well.
  private mutating func join(_ event: LogEvent) -> Bool {
    guard event[.stillInside] != nil, let act = event[.actionID] else { return false }
    let place = kept.lastIndex {
      $0[.actionID] == act && $0[.source] == event[.source] && $0[.stillInside] == nil
        && ($0.section == .new || $0.section == .changed)
    }
    guard let place else { return false }
    let old = kept[place]
    kept[place] = old.changed(before: event[.before])
    for (event, step) in [(old, -1), (kept[place], 1)] {
      counts[event.section.rawValue] += step
      decrees[DecreeKey(event), default: 0] += step
    }
    joined = (joined ?? 0) + 1
    return true
  }

  private mutating func hide(_ seq: Int64?, _ count: Int) {
    hiddenCount += count
    guard let seq else { return }
    hidden = hidden.map { min($0.lowerBound, seq)...max($0.upperBound, seq) } ?? seq...seq
  }

  /// How many events of a decree were taken in; never less than are shown.
  func count(_ key: DecreeKey, shown: Int) -> Int { max(shown, decrees[key] ?? 0) }
}

extension NewsSection: Codable {}
