import AuditBase
import AlertLedger
import AlertMail
import ArgumentParser
import AuditReports
import Foundation
import FreezeRules
import HRRecords
import RuleFiles

/// What is said to the person, on stderr, in the language asked for.
enum Console {
  /// Known before the options are parsed, so that a wrong option is answered in the right language as well.
  static let language: Language = {
    let arguments = CommandLine.arguments
    for (index, argument) in arguments.enumerated() {
      if argument == "--lang", index + 1 < arguments.count {
        return Language(rawValue: arguments[index + 1]) ?? .indonesian
      }
      if argument.hasPrefix("--lang=") {
        return Language(rawValue: String(argument.dropFirst(7))) ?? .indonesian
      }
    }
    return .indonesian
  }()

  /// What the person typed with line breaks in it, as one line: a name of a file must not look like a line of ours.
  private static let ownArguments: [(written: String, line: String)] = CommandLine.arguments.dropFirst()
    .flatMap { argument in
      [argument]
        + (argument.firstIndex(of: "=").map { [String(argument[argument.index(after: $0)...])] } ?? [])
    }
    .filter { $0.contains(where: \.isNewline) && !$0.allSatisfy(\.isWhitespace) }
    .map { (written: $0, line: PlainText.line($0)) }

  static func error(_ message: Text) { say("freeze-auditor: " + message[language]) }

  static func note(_ message: Text) {
    say(Text("Keterangan: ", "Note: ")[language] + message[language])
  }

  static func say(_ text: String) {
    let line = ownArguments.reduce(text) { $0.replacing($1.written, with: $1.line) }.split(
      separator: "\n", omittingEmptySubsequences: false
    ).map {
      PlainText.line(String($0))
    }
    FileHandle.standardError.write(Data((line.joined(separator: "\n") + "\n").utf8))
  }
}

/// The reader of our output went away.
struct BrokenPipe: Error {}

extension Language: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}
extension Scan: ExpressibleByArgument {}

extension CivilDate: ExpressibleByArgument {
  /// Any spelling that the readers of files take for one day: `2024-03-22`, `22-03-2024`, `22 Maret 2024`.
  public init?(argument: String) {
    guard case .known(let span, _) = DirtyDate.read(argument), span.isExact else { return nil }
    self = span.first
  }
}
