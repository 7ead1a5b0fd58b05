import Foundation
import Testing
import TestSupport

/// What fits on a screen can be read in one go. A measure by the text, which the formatter keeps in one shape: a declaration and the
/// brace that closes it begin in the same column.
@Suite struct SizeTests {
  private struct Function {
    var name: String
    var lines: [Substring]
    var signature: String
  }

  static let files: [String] = {
    let root = repositoryRoot.appendingPathComponent("Sources")
    let found = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(".swift") }.sorted()
  }()

  private func text(_ file: String) throws -> String {
    try String(contentsOf: repositoryRoot.appendingPathComponent("Sources/" + file), encoding: .utf8)
  }

  private func functions(_ text: String) -> [Function] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var found: [Function] = []
    for (start, line) in lines.enumerated() {
      // Patterns are slow, and few lines declare a function.
      guard line.utf8.contains(UInt8(ascii: "(")), line.contains("func ") || line.contains("init") else {
        continue
      }
      guard let match = line.firstMatch(of: #/^( *)(?:@?[a-z()]+ )*(func [^ (<]+|init\??)[(<]/#) else {
        continue
      }
      let closing = match.output.1 + "}"
      let isOneLine = line.hasSuffix("}") && line.contains("{")
      let end = isOneLine ? start : lines[start...].firstIndex { $0 == closing } ?? start
      let next = lines[(start + 1)...].firstIndex { $0.hasPrefix(match.output.1 + "func ") } ?? end
      let body = Array(lines[start...min(max(start, end), max(start, next))])
      let head = body.prefix { !$0.hasSuffix("{") } + body.drop { !$0.hasSuffix("{") }.prefix(1)
      found.append(
        Function(name: String(match.output.2), lines: body, signature: head.joined(separator: " ")))
    }
    return found
  }

  /// A flat list of cases may be as long as there are cases.
  private func isListOfCases(_ lines: [Substring]) -> Bool {
    lines.count { $0.contains(#/^ *(case |default:|\.?[a-z_"A-Z]+:|text\.add|"[^"]*"|\[|\()/#) } * 3
      > lines.count
  }

  /// Labels of the parameter list, and how many of the parameters are closures.
  private func parameters(_ signature: String) -> (all: Int, closures: Int) {
    guard let open = signature.firstIndex(of: "(") else { return (0, 0) }
    var depth = 0
    var (commas, arrows, isEmpty) = (0, 0, true)
    var last: Character = " "
    for character in signature[open...] {
      switch character {
      case "(", "[", "<": depth += 1
      case ")", "]": depth -= 1
      case ">" where last != "-": depth -= 1
      case ">": arrows += 1
      case "," where depth == 1: commas += 1
      case " ": break
      default: isEmpty = false
      }
      last = character
      if depth == 0 { break }
    }
    return (isEmpty ? 0 : commas + 1, arrows)
  }

  @Test(arguments: files)
  func `A file, a function and a list of parameters can be taken in at a glance`(_ file: String) throws {
    let text = try text(file)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 <= 350, "\(file) is long")
    for function in functions(text) {
      let place = "\(file): \(function.name)"
      #expect(
        function.lines.count <= 60 || isListOfCases(function.lines), "\(place): \(function.lines.count) lines"
      )
      let (all, closures) = parameters(function.signature)
      #expect(all <= 8, "\(place): \(all) parameters")
      #expect(closures <= 2, "\(place): \(closures) closures")
    }
  }
}
