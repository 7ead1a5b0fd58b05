/// The language of text for people.
package enum Language: String, Sendable, CaseIterable {
  /// Bahasa Indonesia, the default.
  case indonesian = "id"
  /// English.
  case english = "en"
}

/// What is said to people, in both languages: `Text("Catatan", "Note")[language]`.
package struct Text: Sendable, Hashable {
  /// In Indonesian.
  package var indonesian: String
  /// In English.
  package var english: String

  /// The text in both languages.
  package init(_ indonesian: String, _ english: String) {
    self.indonesian = indonesian
    self.english = english
  }

  /// A text that is the same in both: a name, a key, the words of another program.
  package init(same text: String) { self.init(text, text) }

  /// The text in one of them.
  package subscript(language: Language) -> String { language == .indonesian ? indonesian : english }
}
