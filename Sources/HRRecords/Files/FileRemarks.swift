import AuditBase
import FreezeRules

/// What a reader should know of a file as a whole: said in every report, once.
package struct FileRemarks: Sendable {
  /// Headers of columns that nothing is read from.
  package internal(set) var unusedColumns: [String] = []
  /// Sentences about the file.
  package internal(set) var sentences: [Text] = []
  /// False: something in the file that may matter was not read, so that nothing can be called free because of it.
  package internal(set) var isConclusive = true

  /// False: there are or may be records that were not read.
  package internal(set) var isWhole = true

  /// Nothing to say.
  package init() {}

  mutating func say(id: String, en: String) { sentences.append(Text(id, en)) }
}
