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
    var key = TextKey.squeezed(text)
    if key.hasPrefix("non") || key == "0" || key == "00" || key == "99" { return .none }
    if key.hasPrefix("es") {
      for prefix in ["eselon", "esl", "es"] where key.hasPrefix(prefix) {
        key.removeFirst(prefix.count)
        break
      }
    }
    switch key {
    case "jptutama", "jptmadya": return .level(Echelon(tier: 1, half: nil))
    case "jptpratama": return .level(Echelon(tier: 2, half: nil))
    case "administrator": return .level(Echelon(tier: 3, half: nil))
    case "pengawas": return .level(Echelon(tier: 4, half: nil))
    default: break
    }
    // SIASN codes: 11 I.a, 12 I.b, 21 II.a, 22 II.b …
    switch key.utf8.count == 2 ? Int(key) : nil {
    case let code? where (1...5).contains(code / 10) && (1...2).contains(code % 10):
      return .level(Echelon(tier: code / 10, half: code % 10 - 1))
    case .some: return .unsaid
    case nil: break
    }
    let half: Int? = key.hasSuffix("a") ? 0 : key.hasSuffix("b") ? 1 : nil
    if half != nil { key.removeLast() }
    switch key {
    case "i", "1": return .level(Echelon(tier: 1, half: half))
    case "ii", "2": return .level(Echelon(tier: 2, half: half))
    case "iii", "3": return .level(Echelon(tier: 3, half: half))
    case "iv", "4": return .level(Echelon(tier: 4, half: half))
    case "v", "5": return .level(Echelon(tier: 5, half: half))
    default: return .unsaid
    }
  }
}

/// What the posts before and after say about the kind of act.
public struct DerivedKind: Hashable, Sendable {
  /// The kind, or `nil` where the record does not say enough or the comparison is unclear (structural to functional).
  public let kind: Kind?
  /// II.a to II.b or III.a to III.b: a lower echelon in the same tier.
  public let isLowerInSameTier: Bool

  /// Compares echelons, then classes of post.
  public init(_ action: PersonnelAction) { self.init(action, PostPair(action)) }

  init(_ action: PersonnelAction, _ posts: PostPair) {
    if case .level(let a) = posts.echelonLeft, case .level(let b) = posts.echelonTaken {
      kind = a.tier < b.tier ? .demosi : a.tier > b.tier ? .promosi : .mutasi
      isLowerInSameTier = a.tier == b.tier && a.half == 0 && b.half == 1
      return
    }
    isLowerInSameTier = false
    switch (posts.left, posts.taken) {
    case (.structural, .pelaksana): kind = .demosi
    case (.pelaksana, .structural): kind = .promosi
    case (.pelaksana, .pelaksana): kind = .mutasi
    default: kind = nil
    }
  }
}
