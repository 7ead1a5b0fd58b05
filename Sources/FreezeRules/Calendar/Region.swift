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

  /// Kept apart, so that a verdict carries one reference and not seven.
  private final class Entry: Sendable {
    let code: String
    let name: String
    let level: Level
    let waves: [Int]
    let formerCode: String?
    let otherNames: [String]
    let doubt: String?

    init(
      code: String, name: String, level: Level, waves: [Int], formerCode: String?, otherNames: [String],
      doubt: String?
    ) {
      (self.code, self.name, self.level, self.waves) = (code, name, level, waves)
      (self.formerCode, self.otherNames, self.doubt) = (formerCode, otherNames, doubt)
    }
  }
  private let entry: Entry

  /// Its place in the registry, 0 and up.
  public let index: Int
  /// Such as `36.04`.
  public var code: String { entry.code }
  /// As the ministry writes it, `Kabupaten Serang`; a province without the word: `Banten`.
  public var name: String { entry.name }
  /// What it is.
  public var level: Level { entry.level }
  /// The years of the waves it took part in, ascending; none where the head is not elected.
  public var waves: [Int] { entry.waves }
  /// The code it carried before, where it had another (Papua until 2022).
  public var formerCode: String? { entry.formerCode }
  /// Names it had before, and short ones in use.
  public var otherNames: [String] { entry.otherNames }
  /// What the sources leave open of its waves, in Indonesian; `nil`: nothing.
  public var doubt: String? { entry.doubt }

  /// A region of these parts.
  init(
    code: String, name: String, level: Level, waves: [Int], formerCode: String?, otherNames: [String],
    doubt: String?, index: Int
  ) {
    entry = Entry(
      code: code, name: name, level: level, waves: waves, formerCode: formerCode, otherNames: otherNames,
      doubt: doubt)
    self.index = index
  }

  /// One code is one region.
  public static func == (a: Region, b: Region) -> Bool { a.entry === b.entry || a.code == b.code }
  /// By its code.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }

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
