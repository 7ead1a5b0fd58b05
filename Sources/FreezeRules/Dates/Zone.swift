/// Indonesia's three zones; none has daylight saving.
public enum Zone: String, Sendable, CaseIterable {
  /// UTC+7.
  case wib = "WIB"
  /// UTC+8.
  case wita = "WITA"
  /// UTC+9.
  case wit = "WIT"

  /// Hours ahead of UTC.
  public var offsetHours: Int {
    switch self {
    case .wib: 7
    case .wita: 8
    case .wit: 9
    }
  }

  /// The zone of a Kemendagri region code by its province, or of the region that a name means; `nil` for an unknown one.
  /// Source: Keppres 41/1987 on the three zones; the provinces split off since keep their parent's zone.
  public init?(regionCode: String) {
    switch regionCode.prefix(2) {
    case "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "31", "32", "33", "34", "35", "36", "61",
      "62":
      self = .wib
    case "51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76": self = .wita
    case "81", "82", "91", "92", "93", "94", "95", "96": self = .wit
    default:
      guard regionCode.first?.isNumber == false, let region = RegionRegistry.shipped.named(regionCode) else {
        return nil
      }
      self.init(regionCode: region.code)
    }
  }

  /// The civil date in this zone at an instant in seconds since 2000-01-01 00:00 UTC; `nil` outside years 1...9999.
  public func date(atSecondsSince2000 seconds: Int) -> CivilDate? {
    let local = seconds + offsetHours * 3600
    let days = local >= 0 ? local / 86_400 : -((-local + 86_399) / 86_400)
    return CivilDate(daysSince2000: days)
  }
}
