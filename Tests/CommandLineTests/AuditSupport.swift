import Foundation
import TestSupport
import Testing

/// A folder with the files of one test, and the program run inside it.
final class Workplace {
  let folder: URL

  init(_ files: [String: String] = [:]) throws {
    folder = try temporaryFolder()
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  /// Runs `freeze-auditor` on a fixed day, without the machine's configuration or libpq environment.
  func run(_ arguments: String..., environment: [String: String] = [:], input: Data? = nil) throws
    -> ProcessResult
  {
    try runProcess(
      try builtExecutable(named: "freeze-auditor").path, arguments, environment: environment, input: input,
      directory: folder, timeout: 120)
  }

  /// Every finding of an audit as NDJSON.
  func findings(_ arguments: [String], status: Int32? = nil) throws -> [[String: Any]] {
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path, ["audit", "--format", "ndjson"] + arguments,
      directory: folder, timeout: 120)
    if let status { #expect(result.status == status, "\(result.errorText)") }
    return try result.outputText.split(separator: "\n").map { try object(String($0)) }
  }
}

/// A JSON object.
func object(_ text: String) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

/// The keys of the outermost object of a JSON text, in order.
func topLevelKeys(_ text: String) -> [String] {
  var keys: [String] = []
  var depth = 0
  var index = text.startIndex
  while index < text.endIndex {
    switch text[index] {
    case "{", "[": depth += 1
    case "}", "]": depth -= 1
    case "\"":
      var end = text.index(after: index)
      while text[end] != "\"" { end = text.index(end, offsetBy: text[end] == "\\" ? 2 : 1) }
      let after = text.index(after: end)
      if depth == 1, after < text.endIndex, text[after] == ":" {
        keys.append(String(text[text.index(after: index)..<end]))
      }
      index = end
    default: break
    }
    index = text.index(after: index)
  }
  return keys
}

/// The records of a CSV as a spreadsheet sees them, by header; an apostrophe that marks text is taken off.
func table(_ text: String, separator: Character = ",", keepsApostrophes: Bool = false) -> [[String: String]] {
  var rows: [[String]] = [[]]
  var cell = ""
  var isQuoted = false
  var rest = Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" })[...]
  func end() {
    rows[rows.count - 1].append(cell)
    cell = ""
  }
  while let scalar = rest.popFirst() {
    if isQuoted {
      if scalar != "\"" {
        cell.unicodeScalars.append(scalar)
      } else if rest.first == "\"" {
        cell.unicodeScalars.append(rest.removeFirst())
      } else {
        isQuoted = false
      }
    } else if scalar == "\"" {
      isQuoted = true
    } else if Character(scalar) == separator {
      end()
    } else if scalar == "\r" {
      continue
    } else if scalar == "\n" {
      end()
      rows.append([])
    } else {
      cell.unicodeScalars.append(scalar)
    }
  }
  let header = rows.first ?? []
  return rows.dropFirst().filter { $0.count > 1 }.map { row in
    Dictionary(
      uniqueKeysWithValues: zip(header, row).map {
        ($0, !keepsApostrophes && $1.hasPrefix("'") ? String($1.dropFirst()) : $1)
      })
  }
}

/// A small generator, so that a failing case is the same tomorrow.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, limit)))
  }

  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}

/// A CSV with every kind of dirt, around the 2024 window, its SKs scattered over the file.
func dirtyCSV(rows: Int, seed: UInt64) -> String {
  var dice = Dice(seed: seed)
  let dates = [
    "2024-03-21", "2024-03-22", "22/03/2024", "22 Maret 2024", "2024-05-02", "2024-09-22", "2024-09-23",
    "2024-03",
    "2024", "", "-", "0000-00-00", "31-02-2024", "besok", "2023-01-05", "10000-01-01", "infinity",
    "2025-03-01",
  ]
  let kinds = ["mutasi", " PROMOSI ", "demosi", "MJ", "pensiun", "tukar guling", "", "kgb", "=HYPERLINK(1)"]
  let names = [
    "Budi", "\"Siti, S.E.\"", "<b>Adi</b>", "=1+1", "\u{202E}Ani", "😀 Eko", "Jos\u{301}e", "@Wati", "-Tono",
    "",
  ]
  var text =
    "action_id,kind,decree_no,decree_date,inaugurated_on,employee_name,nip,approval_no,approval_date,revokes\n"
  for index in 1...max(1, rows) {
    switch dice.below(25) {
    case 0: text += "\(index),mutasi,\"never closed\n"
    case 1: text += "\(index),mutasi\n"
    default:
      let cells: [String] = [
        dice.below(30) == 0 ? "1" : "\(index)", dice.pick(kinds),
        dice.pick(["", "800/1", "800 / 1", "800/2", "SK TEMP"]),
        dice.pick(dates), dice.pick(dates), dice.pick(names),
        dice.pick(["198501012010011001", "1.98501E+17", "19850101201001100", "", "'198702022011012002"]),
        dice.pick(["", "", "X/1"]), dice.pick(["", "2024-03-20", "2024-06-01"]),
        dice.pick(["", "", "", "800/9"]),
      ]
      text += cells.joined(separator: ",") + "\n"
    }
  }
  return text
}
