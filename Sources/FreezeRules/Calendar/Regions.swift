/// Where an election, an inauguration or one fact about it applies, as the calendar says it.
public struct Regions: Sendable, Hashable {
  /// One word of the list.
  public enum Term: Sendable, Hashable {
    /// Every region.
    case all
    /// The regions that took part in the wave of that year.
    case wave(Int)
    /// One region: `16` is the provincial government alone.
    case code(String)
    /// The regencies and cities of a province: `16.*`.
    case within(String)
  }

  /// All of these together.
  public var terms: [Term]
  /// Taken out again.
  public var except: [Term]

  /// Regions of these parts.
  public init(_ terms: [Term], except: [Term] = []) {
    self.terms = terms
    self.except = except
  }

  /// Every region.
  public static let all = Regions([.all])

  /// The members, of a registry.
  public func members(_ registry: RegionRegistry) -> RegionSet {
    var set = RegionSet()
    for term in terms { set.add(term, registry) }
    var out = RegionSet()
    for term in except { out.add(term, registry) }
    set.subtract(out)
    return set
  }
}

/// A set of regions, by their place in the registry.
public struct RegionSet: Sendable, Hashable {
  private var words: [UInt64] = []

  /// None.
  public init() {}

  /// Whether nobody is in it.
  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Whether the region of this place is a member.
  public func contains(_ index: Int) -> Bool {
    index >> 6 < words.count && words[index >> 6] & (1 << UInt64(index & 63)) != 0
  }

  mutating func insert(_ index: Int) {
    while words.count <= index >> 6 { words.append(0) }
    words[index >> 6] |= 1 << UInt64(index & 63)
  }

  mutating func subtract(_ other: RegionSet) {
    for index in words.indices where index < other.words.count { words[index] &= ~other.words[index] }
  }

  /// Whether every member is one of the other's.
  public func isSubset(of other: RegionSet) -> Bool {
    words.indices.allSatisfy { words[$0] & ~($0 < other.words.count ? other.words[$0] : 0) == 0 }
  }

  func intersection(_ other: RegionSet) -> RegionSet {
    var both = RegionSet()
    both.words = zip(words, other.words).map { $0 & $1 }
    return both
  }

  mutating func add(_ term: Regions.Term, _ registry: RegionRegistry) {
    if case .code(let code) = term {
      if let region = registry.deciding(code) { insert(region.index) }
      return
    }
    for region in registry.regions where region.level != .administrative {
      let isMember =
        switch term {
        case .all: true
        case .wave(let year): region.waves.contains(year)
        case .within(let code): region.level != .province && region.code.hasPrefix(code + ".")
        case .code: false
        }
      if isMember { insert(region.index) }
    }
  }
}
