/// The three ways to replace an official that the law counts (elucidation of Pasal 71 ayat (2)).
public enum Kind: String, Sendable, CaseIterable {
  /// To a post of the same level.
  case mutasi
  /// To a higher one.
  case promosi
  /// To a lower one.
  case demosi
}

/// A structural level, I.a (highest) to V.b.
public struct Echelon: Hashable, Sendable {
  /// 1...5.
  public let tier: Int
  /// 0 for a, 1 for b, `nil` when not said.
  public let half: Int?

  /// What an echelon column can say.
  public enum Reading: Hashable, Sendable {
    /// A level.
    case level(Echelon)
    /// Explicitly none (`Non Eselon`, `0`).
    case none
    /// Blank, null or not understood.
    case unsaid
  }

  /// Reads the spellings met: `II.b`, `IIb`, `II/b`, `Eselon II b`, `22`, `2b`, `JPT Pratama`, `Non Eselon`, `0`, blank.
  public static func read(_ text: String?) -> Reading {
    guard let text else { return .unsaid }
    var key = text.lowercased().filter { $0.isLetter || $0.isNumber }
    if key.hasPrefix("noneselon") || key == "nonesl" || key == "0" || key == "00" || key == "99"
      || key == "non"
    {
      return .none
    }
    for prefix in ["eselon", "esl", "es"] where key.hasPrefix(prefix) {
      key.removeFirst(prefix.count)
      break
    }
    switch key {
    case "jptutama", "jptmadya": return .level(Echelon(tier: 1, half: nil))
    case "jptpratama": return .level(Echelon(tier: 2, half: nil))
    case "administrator": return .level(Echelon(tier: 3, half: nil))
    case "pengawas": return .level(Echelon(tier: 4, half: nil))
    default: break
    }
    // SIASN codes: 11 I.a, 12 I.b, 21 II.a, 22 II.b …
    let digits = key.compactMap(\.wholeNumberValue)
    if digits.count == 2, key.count == 2, (1...5).contains(digits[0]), (1...2).contains(digits[1]) {
      return .level(Echelon(tier: digits[0], half: digits[1] - 1))
    }
    var half: Int?
    if key.hasSuffix("a") { half = 0 } else if key.hasSuffix("b") { half = 1 }
    let tierText = half == nil ? key : String(key.dropLast())
    let tiers = ["i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5]
    guard let tier = tiers[tierText] else { return .unsaid }
    return .level(Echelon(tier: tier, half: half))
  }
}

/// What the posts before and after say about the kind of act.
public struct DerivedKind: Hashable, Sendable {
  /// The kind, or `nil` where the record does not say enough or the comparison is unclear (structural to functional).
  public let kind: Kind?
  /// II.a to II.b or III.a to III.b: a lower echelon in the same tier.
  public let isLowerInSameTier: Bool

  /// Compares echelons, then classes of post.
  public init(_ action: PersonnelAction) {
    let from = Echelon.read(action.echelonFrom)
    let to = Echelon.read(action.echelonTo)
    if case .level(let a) = from, case .level(let b) = to {
      kind = a.tier < b.tier ? .demosi : a.tier > b.tier ? .promosi : .mutasi
      isLowerInSameTier = a.tier == b.tier && (a.half ?? 0) < (b.half ?? 0) && a.half != nil
      return
    }
    isLowerInSameTier = false
    let left = PostClass(
      post: action.postFrom, echelon: action.echelonFrom, postType: action.postTypeFrom, assignment: nil)
    let taken = PostClass(
      post: action.postTo, echelon: action.echelonTo, postType: action.postTypeTo,
      assignment: action.assignment)
    switch (left, taken) {
    case (.structural, .pelaksana): kind = .demosi
    case (.pelaksana, .structural): kind = .promosi
    case (.pelaksana, .pelaksana): kind = .mutasi
    default: kind = nil
    }
  }
}
