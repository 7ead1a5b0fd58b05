import FreezeRules
import Glibc

/// The only place that asks the wall clock for the date.
package enum Today {
  /// The civil date in a zone now.
  package static func date(in zone: Zone) -> CivilDate {
    zone.date(atSecondsSince2000: secondsSince2000) ?? .max
  }

  /// Seconds since 2000-01-01 00:00 UTC.
  package static var secondsSince2000: Int {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return now.tv_sec - 946_684_800
  }
}
