import AuditBase
import ArgumentParser
import FreezeRules

// Help in both languages. The argument parser's own words are English and few: they are put into Indonesian here, and what is
// not known here stays as the parser says it.

extension ArgumentHelp {
  /// The text in the language asked for.
  init(id: String, en: String, valueName: String? = nil) {
    self.init(Console.help(id: id, en: en), valueName: valueName)
  }
}

extension ValidationError {
  /// The complaint in the language asked for.
  init(id: String, en: String) { self.init(Console.help(id: id, en: en)) }
}

extension Console {
  /// A text of the help in the language asked for.
  static func help(id: String, en: String) -> String { Text(id, en)[language] }

  /// The help as the parser lays it out.
  static func help(_ text: String) -> String {
    guard language == .indonesian else { return text }
    var result = text
    for (english, indonesian) in [
      ("OVERVIEW: ", "RINGKASAN: "), ("USAGE: ", "PEMAKAIAN: "), ("\nARGUMENTS:\n", "\nARGUMEN:\n"),
      ("\nOPTIONS:\n", "\nOPSI:\n"), ("\nSUBCOMMANDS:\n", "\nPERINTAH:\n"), ("<options>", "<opsi>"),
      ("<subcommand>", "<perintah>"), ("(values: ", "(nilai: "), ("(default: ", "(bawaan: "),
      ("; default: ", "; bawaan: "), ("Show the version.", "Tampilkan versi."),
      ("Show help information.", "Tampilkan bantuan."),
      ("Show subcommand help information.", "Tampilkan bantuan."),
      ("  See '", "  Lihat '"), ("' for detailed help.", "' untuk bantuan rinci."),
    ] {
      result = result.replacing(english, with: indonesian)
    }
    return result
  }
}

/// A mistake on the command line, said in one sentence with its mend.
struct UsageMessage {
  /// What the parser says after `Error: `, one line.
  let complaint: String
  /// The commands given before the mistake, such as `alerts list`.
  let command: [String]
  /// What may stand after them.
  let subcommands: [String]
  /// What stands there instead.
  let unknown: String?

  /// - Parameters:
  ///   - text: the parser's whole message: complaint, help of the option, usage.
  ///   - root: the command line's first command.
  init(_ text: String, root: any ParsableCommand.Type, arguments: [String]) {
    let line = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? text
    // Many values stand in lines of their own.
    let values = text.split(separator: "\n").dropFirst().prefix { $0.hasPrefix("  - ") }.map {
      "'\($0.dropFirst(4))'"
    }
    let whole = line + (line.hasSuffix("one of the following:") ? " " + values.joined(separator: ", ") : "")
    complaint = whole.hasPrefix("Error: ") ? String(whole.dropFirst(7)) : whole
    var known = root.configuration.subcommands
    var command: [String] = []
    for word in arguments {
      guard let next = known.first(where: { $0._commandName == word }) else { break }
      command.append(word)
      known = next.configuration.subcommands
    }
    self.command = command
    unknown = known.isEmpty ? nil : arguments.dropFirst(command.count).first { !$0.hasPrefix("-") }
    subcommands = known.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
  }

  /// The sentence and its mend.
  var text: Text {
    let page = "freeze-auditor help" + command.map { " " + $0 }.joined()
    return Text(
      Self.sentence(indonesian ?? complaint) + " Lihat: \(page)",
      Self.sentence(english ?? complaint) + " See: \(page)")
  }

  private static func sentence(_ text: String) -> String {
    text.hasSuffix("?") || text.hasSuffix(".") ? text : text + "."
  }

  /// The command that the unknown one resembles.
  private var nearest: String? {
    guard let unknown else { return nil }
    let nearest = subcommands.map { ($0, Self.distance(unknown, $0)) }.min { $0.1 < $1.1 }
    return nearest.flatMap { $0.1 <= max(1, unknown.count / 2) ? $0.0 : nil }
  }

  private var english: String? {
    if let value = badDay {
      return "'\(value)' is no day that there is: write 22 Maret 2024, 22-03-2024 or 2024-03-22"
    }
    if let unknown {
      return "there is no command '\(unknown)'"
        + (nearest.map { ". Did you mean '\($0)'?" } ?? ": " + subcommands.joined(separator: ", "))
    }
    if let bad = badValue {
      return "The value '\(bad.value)' is invalid for '\(bad.option)'"
        + (bad.allowed.map { "; allowed: " + Self.list($0, "or") } ?? "")
    }
    return nil
  }

  /// A value that was to be a day.
  private var badDay: Substring? {
    complaint.wholeMatch(of: #/The value '(.*)' is invalid for '[^']*<(?:date|tanggal)>'.*/#)?.1
  }

  /// A value that is none of those that may stand there.
  private var badValue: (value: Substring, option: Substring, allowed: [Substring]?)? {
    complaint.wholeMatch(
      of:
        #/The value '(.*)' is invalid for '(.*?)'(?:\. Please provide one of (?:the following: )?(.*?)\.?)?/#
    ).map { match in
      (match.1, match.2, match.3.map { list in list.matches(of: #/'([^']*)'/#).map(\.1) })
    }
  }

  /// `'a', 'b' or 'c'`.
  private static func list(_ values: [Substring], _ or: String) -> String {
    let quoted = values.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " \(or) " + last
  }

  private var indonesian: String? {
    if let value = badDay {
      return "'\(value)' bukan hari yang ada: tulis 22 Maret 2024, 22-03-2024 atau 2024-03-22"
    }
    if let unknown {
      return "tidak ada perintah '\(unknown)'"
        + (nearest.map { ". Maksud Anda '\($0)'?" } ?? ": " + subcommands.joined(separator: ", "))
    }
    if let match = complaint.wholeMatch(of: #/Unknown option '(.*?)'(?:\. Did you mean '(.*)'\?)?/#) {
      return "opsi '\(match.1)' tidak dikenal" + (match.2.map { ". Maksud Anda '\($0)'?" } ?? "")
    }
    if let match = complaint.wholeMatch(of: #/Unexpected argument '(.*)'/#) {
      return "argumen '\(match.1)' tidak diharapkan di sini"
    }
    if let match = complaint.wholeMatch(of: #/\d+ unexpected arguments: (.*)/#) {
      return "argumen yang tidak diharapkan: \(match.1)"
    }
    if let match = complaint.wholeMatch(of: #/Missing value for '(.*)'/#) {
      return "nilai untuk '\(match.1)' belum diberikan"
    }
    if let match = complaint.wholeMatch(of: #/Missing expected argument '(.*)'/#) {
      return "argumen '\(match.1)' wajib diberikan"
    }
    if let bad = badValue {
      return "nilai '\(bad.value)' tidak sah untuk '\(bad.option)'"
        + (bad.allowed.map { "; yang boleh: " + Self.list($0, "atau") } ?? "")
    }
    return nil
  }

  /// How many letters must change, come or go, to make one word of another.
  private static func distance(_ a: String, _ b: String) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(diagonal + (x == y ? 0 : 1), above + 1, row[j] + 1)
        diagonal = above
      }
    }
    return row[b.count]
  }
}
