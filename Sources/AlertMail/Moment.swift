import AuditBase
import AuditReports
import FreezeRules

/// An instant with the zone it is told in.
package struct Moment: Sendable, Equatable {
  /// Since 2000-01-01 00:00 UTC.
  package let seconds: Int
  /// The region's zone.
  package let zone: Zone

  /// An instant in a zone.
  package init(secondsSince2000 seconds: Int, zone: Zone) {
    self.seconds = seconds
    self.zone = zone
  }

  /// `2026-03-02T07:30:00+07:00`, `…Z`, or without an offset in the zone's own time; seconds may be left out.
  package init?(iso text: String, zone: Zone) {
    guard let date = CivilDate(iso: text.prefix(10)) else { return nil }
    let rest = Array(text.utf8.dropFirst(10))
    guard let first = rest.first, first == UInt8(ascii: "T") || first == UInt8(ascii: " ") else { return nil }
    var clock = rest.dropFirst()
    var offset = zone.offsetHours * 3600
    if clock.last == UInt8(ascii: "Z") {
      offset = 0
      clock = clock.dropLast()
    } else if let sign = clock.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) {
      let digits = clock[(sign + 1)...].filter { $0 != UInt8(ascii: ":") }
      guard digits.count == 4 || digits.count == 2, let hours = Self.number(digits.prefix(2)),
        let minutes = digits.count == 2 ? 0 : Self.number(digits.suffix(2)), hours < 15, minutes < 60
      else { return nil }
      offset = (hours * 3600 + minutes * 60) * (clock[sign] == UInt8(ascii: "-") ? -1 : 1)
      clock = clock[..<sign]
    }
    let parts = clock.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
      Self.number($0)
    }
    guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1], hour < 24, minute < 60,
      let second = parts.count == 3 ? parts[2] : 0, second < 60
    else { return nil }
    self.init(
      secondsSince2000: date.daysSince2000 * 86_400 + hour * 3600 + minute * 60 + second - offset, zone: zone)
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int? {
    guard digits.count == 2, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  private var local: Int { seconds + zone.offsetHours * 3600 }

  /// The local date.
  package var date: CivilDate { zone.date(atSecondsSince2000: seconds) ?? .max }
  /// Minutes since local midnight.
  package var minuteOfDay: Int { ((local % 86_400 + 86_400) % 86_400) / 60 }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// `07:30`.
  package var clock: String { Self.two(minuteOfDay / 60) + ":" + Self.two(minuteOfDay % 60) }

  /// `2026-03-02 07:30 WIB`.
  package var text: String { "\(date) \(clock) \(zone.rawValue)" }

  /// `2 Maret 2026 07:30 WIB`.
  package func written(_ language: Language) -> String {
    "\(date.written(language)) \(clock) \(zone.rawValue)"
  }

  /// `2026-03-02T07:30:00+07:00`.
  package var iso: String {
    "\(date)T\(clock):\(Self.two((local % 60 + 60) % 60))+\(Self.two(zone.offsetHours)):00"
  }

  /// RFC 5322: `Mon, 02 Mar 2026 07:30:00 +0700`.
  package var mailDate: String {
    let days = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let weekday = days[(date.daysSince2000 % 7 + 7) % 7]
    let second = (local % 60 + 60) % 60
    return "\(weekday), \(Self.two(date.day)) \(months[date.month - 1]) \(date.year) \(clock):"
      + "\(Self.two(second)) +\(Self.two(zone.offsetHours))00"
  }
}

extension Moment {
  /// An instant as the ledger keeps it, with microseconds.
  package init?(recorded: String, zone: Zone) {
    self.init(iso: recorded.replacing(#/\.\d+/#, with: ""), zone: zone)
  }
}
