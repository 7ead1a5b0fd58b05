import Foundation
import Testing
import Workbook

/// A mail taken apart by the RFCs alone, without the code under test.
struct ParsedMail {
  var headers: [String: String] = [:]
  var types: [String] = []
  var text = ""
  var html = ""
  /// What goes with it: a workbook or a CSV.
  var table: [UInt8] = []
  let longestLine: Int
  let bytesAreASCII: Bool

  init(_ bytes: [UInt8]) throws {
    bytesAreASCII = bytes.allSatisfy { $0 == 10 || (32...126).contains($0) }
    longestLine = bytes.split(separator: 10).map(\.count).max() ?? 0
    let (headers, body) = try Self.split(String(decoding: bytes, as: UTF8.self))
    for (name, value) in headers {
      try #require(self.headers[name] == nil, "\(name) twice")
      self.headers[name] = try Self.decoded(value)
    }
    try walk(headers, body)
  }

  private static func split(_ text: String) throws -> ([(String, String)], String) {
    let end = try #require(text.range(of: "\n\n"))
    var headers: [(String, String)] = []
    for line in text[..<end.lowerBound].components(separatedBy: "\n") {
      if line.hasPrefix(" "), let last = headers.popLast() {
        headers.append((last.0, last.1 + "\n" + line))
      } else {
        let colon = try #require(line.firstIndex(of: ":"), "no header: \(line)")
        headers.append((String(line[..<colon]), String(line[line.index(colon, offsetBy: 2)...])))
      }
    }
    return (headers, String(text[end.upperBound...]))
  }

  /// RFC 2047.
  private static func decoded(_ value: String) throws -> String {
    let joined = value.replacingOccurrences(of: "?=\n =?", with: "?==?").replacingOccurrences(
      of: "\n", with: "")
    var result: [UInt8] = []
    var rest = joined[...]
    while let start = rest.range(of: "=?UTF-8?B?"),
      let end = rest.range(of: "?=", range: start.upperBound..<rest.endIndex)
    {
      result += rest[..<start.lowerBound].utf8
      result += try #require(Data(base64Encoded: String(rest[start.upperBound..<end.lowerBound])))
      rest = rest[end.upperBound...]
    }
    return String(decoding: result + Array(rest.utf8), as: UTF8.self)
  }

  private mutating func walk(_ headers: [(String, String)], _ body: String) throws {
    let type = headers.first { $0.0 == "Content-Type" }?.1 ?? ""
    if type.hasPrefix("multipart/") {
      let start = try #require(type.range(of: "boundary=\""))
      let boundary = "--" + type[start.upperBound...].prefix { $0 != "\"" }
      let parts = ("\n" + body).components(separatedBy: "\n" + boundary)
      try #require(parts.last?.hasPrefix("--") == true && parts.count > 2)
      for part in parts.dropFirst().dropLast() {
        let (headers, body) = try Self.split(String(part.dropFirst()))
        try walk(headers, body)
      }
      return
    }
    let encoding = headers.first { $0.0 == "Content-Transfer-Encoding" }?.1
    let content =
      encoding == "base64"
      ? Array(try #require(Data(base64Encoded: body.replacingOccurrences(of: "\n", with: ""))))
      : try Self.unquoted(body)
    let name = String(type.prefix { $0 != ";" })
    types.append(name)
    switch name {
    case "text/plain": text = try #require(String(validating: content, as: UTF8.self))
    case "text/html": html = try #require(String(validating: content, as: UTF8.self))
    default: table = content
    }
  }

  private static func unquoted(_ body: String) throws -> [UInt8] {
    let bytes = Array(body.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "=") {
        if bytes[index + 1] != 10 {
          result.append(
            try #require(UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)))
          index += 1
        }
        index += 2
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// The table that goes with it, its header first.
  func rows() throws -> [[String]] { try readWorkbook(table) }
}

/// Every row of a workbook's first sheet; fails where a cell is a formula.
func readWorkbook(_ bytes: [UInt8]) throws -> [[String]] {
  let book = try WorkbookReader(ByteFile(bytes))
  var sheet = try book.open(try book.sheet("1"))
  var row = WorkbookRow()
  var rows: [[String]] = []
  while try sheet.next(&row) {
    rows.append(
      try row.cells.indices.map { column in
        try #require(row.kind(column) != .formula)
        return row.text(column)
      })
  }
  return rows
}
