import AuditBase

/// The words of a person's name, academic and other titles told apart: `Drs. Budi Santoso, S.H., M.Si.`
///
/// A title says nothing of who it is and is kept where a name is masked. What only looks like one is part of the name: nothing is
/// shown that is not in the list.
enum PersonName {
  /// Parts of degrees, between the dots.
  private static let degrees: Set<String> = [
    "s", "m", "a", "d", "e", "h", "t", "p", "sh", "se", "st", "si", "sos", "pd", "kom", "ikom", "kes", "km",
    "stp",
    "sstp", "ip", "ap", "hum", "ag", "farm", "apt", "kep", "keb", "ked", "kn", "ak", "psi", "stat", "tr",
    "par",
    "hut", "pt", "pi", "ec", "dev", "md", "ners", "ns", "sp", "th", "fil", "sn", "ds", "ars", "mat", "gz",
    "eng",
    "sc", "ba", "mba", "mm", "mh", "mt", "msi", "mpd", "map", "mkes", "mmkes", "mpa", "mph", "ph", "phd",
    "ssos", "spd", "skm",
    "skom", "sip", "sp", "spt", "ma", "ms", "llm", "cgcae", "ca", "ipm", "asn",
  ]
  /// Titles that stand before a name.
  private static let leading: Set<String> = [
    "dr", "drs", "dra", "drg", "drh", "ir", "prof", "h", "hj", "kh", "tgk", "apt", "ns", "letkol", "kol",
    "mayjen",
  ]

  /// Whether a word of a name is a title.
  static func isTitle(_ word: Substring, isAfterComma: Bool) -> Bool {
    let word = word.filter { $0 != "," }
    let parts = word.lowercased().split(separator: ".")
    guard !parts.isEmpty, word.utf8.count <= 14, word.allSatisfy({ $0.isLetter || $0 == "." }) else {
      return false
    }
    if parts.count == 1, word.hasSuffix("."), leading.contains(String(parts[0])) { return true }
    guard parts.allSatisfy({ degrees.contains(String($0)) }) else { return false }
    return isAfterComma || parts.count > 1 && word.hasSuffix(".")
  }

  /// The words, and whether each is a title.
  static func words(_ name: String) -> [(text: Substring, isTitle: Bool)] {
    var isAfterComma = false
    return name.split(whereSeparator: \.isWhitespace).flatMap { word -> [(text: Substring, isTitle: Bool)] in
      // `Santoso,S.H.` is two.
      let pieces = word.split(separator: ",", omittingEmptySubsequences: true)
      defer { if word.contains(",") { isAfterComma = true } }
      return pieces.enumerated().map { place, piece in
        (piece, isTitle(piece, isAfterComma: isAfterComma || place > 0))
      }
    }
  }
}
