import Foundation
import FreezeRules
import TestSupport

@testable import HRRecords

/// Bytes in pieces of one size.
final class Pieces: ByteSource {
  private let bytes: [UInt8]
  private let piece: Int
  private var position = 0

  init(_ bytes: [UInt8], _ piece: Int) { (self.bytes, self.piece) = (bytes, piece) }

  func read() -> [UInt8] {
    defer { position = min(bytes.count, position + piece) }
    return Array(bytes[position..<min(bytes.count, position + piece)])
  }

  func rewind() { position = 0 }
}

/// One row, or one line that is none.
enum Item: Equatable {
  case record(line: Int, cells: [String])
  case unreadable(line: Int, String)
}

/// Reads a CSV given as bytes, in pieces of that size; the separator is found as in a file.
func items(_ bytes: [UInt8], piece: Int = 7) throws -> [Item] {
  var reader = CSVReader(Pieces(bytes, piece))
  reader.separator = CSVLayout.separator(try reader.head(4096), ColumnMap.known.score)
  var items: [Item] = []
  var row = FileRow()
  while try reader.next(into: &row) {
    items.append(
      row.isReadable ? .record(line: row.line, cells: row.texts) : .unreadable(line: row.line, row.text(0)))
  }
  return items
}

/// The cells of the records as text, and `["!", line]` for what could not be split.
func rows(_ text: String, piece: Int = 7) throws -> [[String]] {
  try items(Array(text.utf8), piece: piece).map {
    switch $0 {
    case .record(_, let cells): cells
    case .unreadable(_, let line): ["!", line]
    }
  }
}

/// A file in a folder that lives as long as this value.
final class TemporaryFile {
  let folder: URL
  let path: String

  init(_ bytes: some Sequence<UInt8>, name: String = "data.csv") throws {
    folder = try temporaryFolder()
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    path = file.path
  }

  convenience init(_ text: String, name: String = "data.csv") throws { try self.init(text.utf8, name: name) }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

/// A file of acts given as bytes.
func actionFile(
  _ bytes: some Sequence<UInt8>, region: String? = "16.05", map: ColumnMap = .known,
  defaults: [ContractColumn: String] = [:]
) throws -> ActionFile {
  let file = try TemporaryFile(bytes)
  return try ActionFile(path: file.path, region: region, zone: .wib, map: map, defaults: defaults)
}

/// Every act of a CSV given as bytes.
func actions(_ bytes: some Sequence<UInt8>, region: String? = nil, map: ColumnMap = .known) throws
  -> [PersonnelAction]
{
  var source = try actionFile(bytes, region: region, map: map)
  var actions: [PersonnelAction] = []
  try source.forEach { actions.append($0) }
  return actions
}

func actions(_ text: String, region: String? = nil, map: ColumnMap = .known) throws -> [PersonnelAction] {
  try actions(text.utf8, region: region, map: map)
}
