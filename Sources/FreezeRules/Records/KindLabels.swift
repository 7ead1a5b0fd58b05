/// The labels that records use for the kind of act, normalised by ``KindLabels/normalised(_:)``.
///
/// A label is a phrase of the lists, or several with words between them that say nothing of the kind: "rotasi/mutasi",
/// "pengangkatan dalam jabatan administrator". One word that is in no list makes it unknown.
public struct KindLabels: Sendable {
  /// Phrase to kind; `nil` where it names a replacement without saying which (MJ, MU).
  public var inScope: [String: Kind?]
  /// Phrases of known other acts.
  public var outOfScope: Set<String>
  /// Phrases that name the end of service as well as the removal from a post: what the record says of the post decides.
  public var leaving: Set<String>
  /// Words between that say nothing of the kind.
  public var fillers: Set<String>
  /// The instrument that says so.
  public var citation: String
  /// Words of the longest phrase.
  public let longestPhrase: Int

  /// Labels of these parts, normalised here.
  public init(
    inScope: [String: Kind?], outOfScope: [String], leaving: [String] = [], fillers: [String] = [],
    citation: String
  ) {
    self.inScope = Dictionary(
      inScope.map { (Self.normalised($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    self.outOfScope = Set(outOfScope.map(Self.normalised))
    self.leaving = Set(leaving.map(Self.normalised))
    self.fillers = Set(fillers.map(Self.normalised))
    self.citation = citation
    let phrases = Array(self.inScope.keys) + Array(self.outOfScope) + Array(self.leaving)
    longestPhrase = phrases.map { $0.split(separator: " ").count }.max() ?? 1
  }

  /// Lower case, runs of blanks, dots, dashes and underscores become one blank, none at the ends.
  public static func normalised(_ label: String) -> String { TextKey.label(label) }

  /// What a label means.
  public enum Scope: Sendable, Hashable {
    /// A replacement; the kind when the label says which.
    case inScope(Kind?)
    /// A known other act.
    case outOfScope
    /// The end of service, or the removal from a post: the label does not say which.
    case leaving
    /// Neither.
    case unknown
  }

  /// What this label of a record means.
  public func scope(of label: String) -> Scope {
    let key = TextKey.isLabel(label) ? label : TextKey.label(label)
    return scope(ofPhrase: key) ?? compound(TextKey.words(label))
  }

  private func scope(ofPhrase key: String) -> Scope? {
    if let kind = inScope[key] { return .inScope(kind) }
    if outOfScope.contains(key) { return .outOfScope }
    return leaving.contains(key) ? .leaving : nil
  }

  /// What the phrases of a label mean together, the longest first.
  private func compound(_ words: [String]) -> Scope {
    guard !words.isEmpty, words.count <= 24 else { return .unknown }
    var kinds: [Kind?] = []
    var isOut = false
    var isLeaving = false
    var index = 0
    while index < words.count {
      let lengths = stride(from: min(longestPhrase, words.count - index), to: 0, by: -1)
      let match = lengths.lazy.compactMap { length in
        scope(ofPhrase: words[index..<(index + length)].joined(separator: " ")).map { (length, $0) }
      }.first
      switch match?.1 {
      case .inScope(let kind): kinds.append(kind)
      case .outOfScope: isOut = true
      case .leaving: isLeaving = true
      case .unknown, nil:
        guard fillers.contains(words[index]) else { return .unknown }
      }
      index += match?.0 ?? 1
    }
    if !kinds.isEmpty {
      // A replacement and another act in one label: nobody can tell which of them the record is.
      guard !isOut else { return .unknown }
      return .inScope(Set(kinds).count == 1 ? kinds[0] : nil)
    }
    if isOut { return .outOfScope }
    return isLeaving ? .leaving : .unknown
  }
}
