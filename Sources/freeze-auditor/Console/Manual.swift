import AuditBase
import ArgumentParser
import AuditService
import Foundation
import FreezeRules

/// Prints the manual pages: freeze-auditor(8) from the command line's own help, freeze-auditor.yaml(5) from the table of
/// keys that the parser itself reads. Nothing of them is kept by hand.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: Console.help(
      id: "Mencetak halaman manual dalam roff: 8 untuk program, 5 untuk konfigurasinya.",
      en: "Prints a manual page in roff: 8 for the program, 5 for its configuration."),
    shouldDisplay: false)

  @Argument(help: ArgumentHelp(id: "8 atau 5.", en: "8 or 5.")) var section: Int
  @Option(help: ArgumentHelp(id: "Bahasa: id atau en.", en: "Language: id or en.")) var lang: Language =
    .indonesian

  func run() throws {
    let page: String
    switch section {
    case 8: page = try program()
    case 5: page = configurationFile
    default: throw Failure(.usage, "bagian manual: 8 atau 5", "section of the manual: 8 or 5")
    }
    let output = try Output(path: nil)
    try output.write(page)
    try output.finish()
  }

  // MARK: freeze-auditor(8)

  private func program() throws -> String {
    let dump = try JSONDecoder().decode(Dump.self, from: Data(FreezeAuditor._dumpHelp().utf8))
    let commands = (dump.command.subcommands ?? []).filter { $0.shouldDisplay != false }
    var page = head("FREEZE-AUDITOR", 8)
    page += ".SH \(say("NAMA", "NAME"))\nfreeze-auditor \\- " + Roff.text(dump.command.abstract ?? "") + "\n"
    page += ".SH \(say("IKHTISAR", "SYNOPSIS"))\n"
    for command in commands where command.commandName != "help" {
      page += ".B freeze-auditor \(Roff.text(command.commandName))\n[\\fI\(say("opsi", "options"))\\fR]"
      for argument in command.arguments ?? [] where argument.kind == "positional" {
        page += " \\fI\(Roff.text(argument.valueName ?? "argument"))\\fR"
      }
      page += "\n.br\n"
    }
    page += ".SH \(say("PERINTAH", "COMMANDS"))\n"
    for command in commands where command.commandName != "help" { page += Self.describe(command) }
    page += ".SH \(say("STATUS KELUAR", "EXIT STATUS"))\n"
    for status in ExitStatus.allCases {
      page += ".TP\n.B \(status.rawValue)\n\(Roff.text(status.meaning[lang]))\n"
    }
    page += ManualSections(language: lang).text
    return page
  }

  private static func describe(_ command: Dump.Command) -> String {
    var text = ".SS \(Roff.text(command.commandName))\n" + Roff.text(command.abstract ?? "") + "\n"
    if let discussion = command.discussion, !discussion.isEmpty {
      text += ".PP\n" + Roff.text(discussion) + "\n"
    }
    for argument in command.arguments ?? [] where argument.shouldDisplay != false {
      let names = (argument.names ?? []).map { name in
        let dashes = name.kind == "long" ? "--" : "-"
        return "\\fB" + Roff.text(dashes + name.name) + "\\fR"
      }
      if names.contains("\\fB\\-\\-help\\fR") || names.contains("\\fB\\-\\-version\\fR") { continue }
      let value = argument.kind == "flag" ? "" : " \\fI\(Roff.text(argument.valueName ?? "value"))\\fR"
      let label = names.isEmpty ? String(value.dropFirst()) : names.joined(separator: ", ") + value
      text += ".TP\n\(label)\n" + Roff.text(argument.abstract ?? "")
      if let values = argument.allValues, !values.isEmpty {
        text +=
          " \(Console.help(id: "Salah satu", en: "One of")): " + Roff.text(values.joined(separator: ", "))
          + "."
      }
      if let standard = argument.defaultValue {
        text += " \(Console.help(id: "Bawaan", en: "Default")): \(Roff.text(standard))."
      }
      text += "\n"
    }
    for child in command.subcommands ?? [] where child.shouldDisplay != false && child.commandName != "help" {
      var child = child
      child.commandName = command.commandName + " " + child.commandName
      text += describe(child)
    }
    return text
  }

  // MARK: freeze-auditor.yaml(5)

  private var configurationFile: String {
    var page = head("FREEZE-AUDITOR.YAML", 5)
    page +=
      ".SH \(say("NAMA", "NAME"))\nfreeze-auditor.yaml \\- \(say("konfigurasi freeze-auditor", "configuration of freeze-auditor"))\n"
    page +=
      ".SH \(say("IKHTISAR", "SYNOPSIS"))\n.I /etc/freeze-auditor/config.yaml\n.br\n.IR /etc/freeze-auditor/ \(say("WILAYAH", "REGION")) .yaml\n"
    page += ".SH \(say("URAIAN", "DESCRIPTION"))\n"
    page +=
      Roff.text(
        say(
          "Berkas YAML. Kunci bertitik berada di dalam bagiannya: source.view adalah kunci view di bawah source. Kunci yang tidak dikenal ditolak, dengan berkas dan barisnya; freeze-auditor check-config mengatakan apa yang salah tanpa menjalankan apa pun, dan --print menunjukkan nilai yang berlaku. Tidak ada kunci yang berisi kata sandi.",
          "A YAML file. A key with a dot stands inside a section: source.view is the key view under source. Unknown keys are refused, with file and line; freeze-auditor check-config says what is wrong without running anything, and --print shows what holds. No key takes a password."
        )) + "\n.SH \(say("KUNCI", "KEYS"))\n"
    for key in ConfigurationKey.all {
      let texts = key.texts(lang)
      page += ".TP\n.B \(Roff.text(key.name))\n\(Roff.text(texts.purpose))\n.br\n"
      page +=
        "\(say("Yang boleh", "Allowed")): \(Roff.text(texts.allowed)). \(say("Bawaan", "Default")): \(Roff.text(texts.standard)).\n.br\n"
      page += "\(say("Lingkungan", "Environment")): \(Roff.text(key.variable)).\n"
    }
    return page + ".SH \(say("LIHAT JUGA", "SEE ALSO"))\nfreeze-auditor(8)\n"
  }

  private func say(_ indonesian: String, _ english: String) -> String { Text(indonesian, english)[lang] }

  private func head(_ title: String, _ section: Int) -> String {
    ".TH \(Roff.text(title)) \(section) \"\" \"freeze-auditor \(FreezeAuditor.version)\" \"System Administration\"\n"
  }
}

/// Text for roff: nothing in it is taken for a request.
enum Roff {
  static func text(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'" where result.isEmpty || result.hasSuffix("\n"): result += "\\(aq"
      case "." where result.isEmpty || result.hasSuffix("\n"): result += "\\&."
      case "…": result += "..."
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// What the argument parser says of itself.
private struct Dump: Decodable {
  struct Name: Decodable {
    var kind: String
    var name: String
  }

  struct Argument: Decodable {
    var kind: String
    var abstract: String?
    var valueName: String?
    var names: [Name]?
    var defaultValue: String?
    var allValues: [String]?
    var shouldDisplay: Bool?
  }

  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var arguments: [Argument]?
    var subcommands: [Command]?
    var shouldDisplay: Bool?
  }

  var command: Command
}

extension ExitStatus {
  /// For the manual page.
  var meaning: Text {
    switch self {
    case .nothingFound:
      Text(
        "Tidak ada temuan; mail: diterima, atau tidak ada yang dikirim.",
        "Nothing found; mail: accepted, or nothing to send.")
    case .findings: Text("Ada temuan.", "Something was found.")
    case .notEvaluated:
      Text(
        "Tidak dinilai, seluruhnya atau sebagian: tentang yang kurang tidak dapat dikatakan apa-apa.",
        "Not evaluated, wholly or in part: nothing can be said of what is missing.")
    case .usage: Text("Opsi salah.", "Wrong options.")
    case .unreachable:
      Text("Sumber, atau journal, tidak terjangkau.", "The source, or the journal, cannot be reached.")
    case .ledger:
      Text(
        "Arsip peringatan tidak dapat dibaca atau ditulis; mail: log berlubang dan tidak dapat diisi.",
        "The ledger cannot be read or written; mail: the log has holes that it could not fill.")
    case .temporaryFailure:
      Text(
        "mail: tidak diterima; ringkasan menunggu dan dicoba lagi.",
        "mail: not accepted; the digest waits and is tried again.")
    case .privilege: Text("Hak kurang.", "A privilege is missing.")
    case .configuration: Text("Konfigurasi salah.", "The configuration is wrong.")
    }
  }
}
