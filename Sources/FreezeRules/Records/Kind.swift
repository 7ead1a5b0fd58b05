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
    let key = Word(squeezing: text)
    return spellings[key] ?? (key.hasPrefix(non) ? .none : .unsaid)
  }

  private static let non: Word = "non"

  /// Every spelling with what it says, for readers outside the engine.
  static var allSpellings: [Word: Reading] { spellings }

  /// Every spelling there is, letters and digits only: with and without `eselon`, `esl` or `es` before it.
  private static let spellings: [Word: Reading] = {
    var spellings: [Word: Reading] = [
      "0": .none, "00": .none, "99": .none,
      "jptutama": .level(Echelon(tier: 1, half: nil)), "jptmadya": .level(Echelon(tier: 1, half: nil)),
      "jptpratama": .level(Echelon(tier: 2, half: nil)), "administrator": .level(Echelon(tier: 3, half: nil)),
      "pengawas": .level(Echelon(tier: 4, half: nil)),
    ]
    for prefix in ["", "eselon", "esl", "es"] {
      for (tier, roman) in [(1, "i"), (2, "ii"), (3, "iii"), (4, "iv"), (5, "v")] {
        for number in [roman, "\(tier)"] {
          spellings[Word((prefix + number).utf8)] = .level(Echelon(tier: tier, half: nil))
          for (half, letter) in [(0, "a"), (1, "b")] {
            spellings[Word((prefix + number + letter).utf8)] = .level(Echelon(tier: tier, half: half))
          }
        }
        // SIASN codes: 11 I.a, 12 I.b, 21 II.a, 22 II.b …
        for half in [0, 1] {
          spellings[Word((prefix + "\(tier)\(half + 1)").utf8)] = .level(Echelon(tier: tier, half: half))
        }
      }
    }
    return spellings
  }()
}

/// What the posts before and after say about the kind of act.
public struct DerivedKind: Hashable, Sendable {
  /// The kind, or `nil` where the record does not say enough or the comparison is unclear (structural to functional).
  public let kind: Kind?
  /// II.a to II.b or III.a to III.b: a lower echelon in the same tier.
  public let isLowerInSameTier: Bool

  /// Compares echelons, then classes of post.
  public init(_ action: PersonnelAction) { self.init(action.posts) }

  init(_ posts: PostPair) {
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
