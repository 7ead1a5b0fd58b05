/// The words that posts, echelons and regions are read by, as lists: for a reader outside the engine that must come to the same
/// answer (`windows --format sql`).
public enum Vocabulary {
  /// The lists of words that ``PostClass`` is told by, under the names they have in the code.
  public static var posts: [String: [String]] {
    PostName.vocabulary.mapValues { $0.map(\.text).sorted() }
  }

  /// Every spelling of an echelon, letters and digits only, as `2b`, `2` or `none`.
  public static var echelons: [String: String] {
    var spellings: [String: String] = [:]
    for (word, reading) in Echelon.allSpellings {
      switch reading {
      case .level(let echelon):
        spellings[word.text] = "\(echelon.tier)" + (echelon.half.map { $0 == 0 ? "a" : "b" } ?? "")
      case .none: spellings[word.text] = "none"
      case .unsaid: break
      }
    }
    return spellings
  }

  /// A code or name of a region.
  public struct RegionName: Hashable, Sendable {
    /// The code, or the name in letters and digits alone.
    public let name: String
    /// What a text says before the name; `nil`: nothing. `serang` alone means none, the regency of that name one.
    public let level: Region.Level?
  }

  /// Every code and name that means one region, with its place in the registry.
  public static func regions(_ registry: RegionRegistry) -> [RegionName: Int] {
    var names: [RegionName: Int] = [:]
    for region in registry.regions {
      if let former = region.formerCode { names[RegionName(name: former, level: nil)] = region.index }
    }
    for region in registry.regions { names[RegionName(name: region.code, level: nil)] = region.index }
    for (key, level) in registry.nameKeys {
      if let region = registry.bearing(key: key, level: level) {
        names[RegionName(name: key, level: level)] = region.index
      }
    }
    return names
  }
}
