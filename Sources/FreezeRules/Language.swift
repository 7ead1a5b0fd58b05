/// The language of text for people.
public enum Language: String, Sendable, CaseIterable {
  /// Bahasa Indonesia, the default.
  case indonesian = "id"
  /// English.
  case english = "en"
}

/// One sentence in both languages.
public struct Bilingual: Sendable, Hashable {
  /// In Indonesian.
  public var indonesian: String
  /// In English.
  public var english: String

  /// The sentence in both languages.
  public init(id indonesian: String, en english: String) {
    self.indonesian = indonesian
    self.english = english
  }

  /// The sentence in one of them.
  public subscript(language: Language) -> String { language == .indonesian ? indonesian : english }
}

/// An error that can be said to a person in both languages: what, where, and what to do.
public protocol ExplainedError: Error, Sendable {
  /// The whole message, one paragraph, without a final newline.
  var message: Bilingual { get }
}
