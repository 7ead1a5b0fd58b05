/// A province, regency or city of Kepmendagri 300.2.2-2138/2025.
public struct Region: Sendable, Hashable {
  /// What stands at its head.
  public enum Level: String, Sendable, CaseIterable {
    /// The provincial government alone, not its regencies and cities.
    case province
    /// Kabupaten.
    case regency
    /// Kota.
    case city
    /// A part of Jakarta's own administration, whose head nobody elects.
    case administrative
  }

  /// Such as `36.04`.
  public let code: String
  /// As the ministry writes it, `Kabupaten Serang`; a province without the word: `Banten`.
  public let name: String
  /// What it is.
  public let level: Level
  /// The years of the waves it took part in, ascending; none where the head is not elected.
  public let waves: [Int]
  /// The code it carried before, where it had another (Papua until 2022).
  public let formerCode: String?
  /// Names it had before, and short ones in use.
  public let otherNames: [String]
  /// What the sources leave open of its waves, in Indonesian; `nil`: nothing.
  public let doubt: String?
  /// Its place in the registry, 0 and up.
  public let index: Int

  /// The code whose head of region decides: the parts of Jakarta follow the province (DOMAIN 2).
  public var deciding: String { level == .administrative ? String(code.prefix(2)) : code }
  /// Somebody is elected to its head.
  public var electsHead: Bool { !waves.isEmpty || level == .administrative }

  /// With the usual abbreviation: `Kab. Serang`, `Prov. Banten`, `Kota Palopo`.
  public var shortName: String {
    if level == .province { return "Prov. " + name }
    return name.hasPrefix("Kabupaten ") ? "Kab. " + name.dropFirst(10) : name
  }

  /// Name and code as every output prints them: `Kab. Serang (36.04)`.
  public var label: String { "\(shortName) (\(code))" }
}
