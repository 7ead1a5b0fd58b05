/// Every region there is, found by code, by a code it carried before, or by name.
///
/// Shipped with the program: 38 provinces, 514 regencies and cities. The waves of a region follow from it, so nobody has to
/// declare them.
public struct RegionRegistry: Sendable {
  /// In the order of the codes.
  public let regions: [Region]
  private let indexOfCode: [String: Int]

  /// Every name in the form in which names are compared, of the shipped regions. Made when the first name is looked up: most
  /// sources have codes, and a start need not wait for it.
  private static let indicesOfName: [String: [Int]] = {
    var names: [String: [Int]] = [:]
    for region in shipped.regions {
      for name in [region.name] + region.otherNames {
        let key = RegionName(name).key
        if names[key]?.contains(region.index) != true { names[key, default: []].append(region.index) }
      }
    }
    return names
  }()

  /// The regions as of Kepmendagri 300.2.2-2138/2025.
  public static let shipped = RegionRegistry(csv: PackageResources.regions_csv)

  /// Reads `code;name;level;waves;former_code;other_names;doubt`, a header first; a line that is none is left out.
  private init(csv bytes: [UInt8]) {
    var regions: [Region] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
      let cells = line.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard cells.count == 7, let level = Region.Level(rawValue: cells[2]) else { continue }
      regions.append(
        Region(
          code: cells[0], name: cells[1], level: level,
          waves: cells[3].split(separator: " ").compactMap { Int($0) },
          formerCode: cells[4].isEmpty ? nil : cells[4],
          otherNames: cells[5].split(separator: "|").map(String.init),
          doubt: cells[6].isEmpty ? nil : cells[6], index: regions.count))
    }
    self.regions = regions
    var codes: [String: Int] = [:]
    // No former code was given to another region (a test holds it), so each still names one.
    for region in regions { if let former = region.formerCode { codes[former] = region.index } }
    for region in regions { codes[region.code] = region.index }
    indexOfCode = codes
  }

  /// The years in which there was a wave, ascending.
  public var waves: [Int] { Set(regions.flatMap(\.waves)).sorted() }

  /// The region of a code, also of one it carried before, and of a district or village in it; `nil` where the text is no
  /// code or none of a region's.
  public func region(code text: String) -> Region? {
    if let index = indexOfCode[text] { return regions[index] }
    guard let code = RegionCode.read(text) else { return nil }
    // A district (`16.05.01`) belongs to its regency; of a province only the code itself is one.
    return indexOfCode[code.utf8.count > 5 ? String(code.prefix(5)) : code].map { regions[$0] }
  }

  /// The region that a code, or a name that fits one region only, means.
  public func named(_ text: String) -> Region? {
    if let coded = region(code: text) { return coded }
    // Not `find`: a million records of nowhere need no suggestions.
    let found = bearing(RegionName(text))
    return found.count == 1 ? found[0] : nil
  }

  /// The region whose head decides for the one that a text names.
  public func deciding(_ text: String) -> Region? { named(text).map(deciding) }

  /// The region whose head decides for another: itself, but for the parts of Jakarta.
  public func deciding(_ region: Region) -> Region {
    region.level == .administrative ? self.region(code: region.deciding) ?? region : region
  }

  /// What a text names.
  public enum Match: Sendable {
    /// One region.
    case region(Region)
    /// A name that several bear, such as "Serang".
    case ambiguous([Region])
    /// None; those that come nearest, the nearest first.
    case unknown(nearest: [Region])
  }

  /// The region that a code or a name means: "36.04", "91.09" (a code of before), "Kab. Serang", "palopo".
  public func find(_ text: String) -> Match {
    if let region = region(code: text) { return .region(region) }
    let name = RegionName(text)
    let found = bearing(name)
    if let only = found.first, found.count == 1 { return .region(only) }
    if !found.isEmpty { return .ambiguous(found) }
    return .unknown(nearest: nearest(text, name))
  }

  /// Every name in the form in which names are compared, with each level that a text may say before it.
  var nameKeys: [(key: String, level: Region.Level?)] {
    Self.indicesOfName.keys.sorted().flatMap { key in
      ([nil] + Region.Level.allCases).map { (key, $0) }
    }
  }

  /// The one region of such a name.
  func bearing(key: String, level: Region.Level?) -> Region? {
    var name = RegionName("")
    (name.key, name.level) = (key, level)
    let found = bearing(name)
    return found.count == 1 ? found[0] : nil
  }

  private func bearing(_ name: RegionName) -> [Region] {
    (Self.indicesOfName[name.key] ?? []).map { regions[$0] }.filter { name.fits($0) }
  }

  /// Whether a letter for one region, given by code or name, is one for another: its own or that of its province.
  func covers(_ wide: String, _ narrow: String) -> Bool {
    if RegionCode.covers(wide, narrow) { return true }
    guard let wide = named(wide), let narrow = named(narrow) else { return false }
    return RegionCode.covers(wide.code, narrow.code)
  }

  /// Every region whose code begins with a text or whose names contain it, in the order of the codes.
  public func search(_ text: String) -> [Region] {
    let code = text.filter { !$0.isWhitespace }
    let name = RegionName(text)
    if !code.isEmpty, code.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) {
      let former = region(code: code)
      return regions.filter {
        $0.code.hasPrefix(code) || $0 == former || $0.formerCode?.hasPrefix(code) == true
      }
    }
    guard !name.key.isEmpty else { return name.level == nil ? [] : regions.filter { name.fits($0) } }
    return regions.filter { region in
      name.fits(region)
        && ([region.name] + region.otherNames).contains { RegionName($0).key.contains(name.key) }
    }
  }

  private func nearest(_ text: String, _ name: RegionName) -> [Region] {
    let code = RegionCode.read(text)
    let ranked = regions.map { region -> (Int, Region) in
      // Of codes the nearest are those of the same province.
      if let code {
        return (Self.distance(code, region.code) + (code.prefix(2) == region.code.prefix(2) ? 0 : 5), region)
      }
      let names = ([region.name] + region.otherNames).map { RegionName($0).key }
      return (names.map { Self.distance(name.key, $0) }.min() ?? .max, region)
    }
    let limit = code == nil ? max(2, name.key.count / 2) : 9
    return ranked.filter { $0.0 <= limit }.sorted { ($0.0, $0.1.index) < ($1.0, $1.1.index) }.prefix(3).map(
      \.1)
  }

  /// How many letters have to be added, left out or changed to make one text of another.
  static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8.prefix(64)), Array(b.utf8.prefix(64)))
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let change = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(change, diagonal + 1, row[j] + 1)
      }
    }
    return row[b.count]
  }
}

/// A name as people write it: with or without the word for its level, in any case, with or without blanks.
private struct RegionName {
  /// The name alone, letters and digits only.
  var key = ""
  /// What the text says it is, `nil` where it says nothing.
  var level: Region.Level?

  init(_ text: String) {
    var words = TextKey.words(text)[...]
    words = words.drop { ["pemerintah", "pemda", "daerah", "wilayah"].contains($0) && words.count > 1 }
    switch words.first {
    case "kabupaten", "kab", "pemkab": level = .regency
    case "kota", "kotamadya", "pemkot": level = .city
    case "provinsi", "prov", "propinsi", "pemprov": level = .province
    default: break
    }
    if level != nil { words = words.dropFirst() }
    if let first = words.first, ["administrasi", "adm"].contains(first), words.count > 1 {
      level = .administrative
      words = words.dropFirst()
    }
    if words.starts(with: ["istimewa"]) || words.starts(with: ["khusus"]) { words = ["daerah"] + words }
    key = words.map { $0 == "kep" ? "kepulauan" : $0 }.joined()
  }

  func fits(_ region: Region) -> Bool {
    guard let level else { return true }
    // "Kota Jakarta Pusat" is said without the word as well.
    return region.level == level || region.level == .administrative && (level == .city || level == .regency)
  }
}
