import Foundation
import FreezeRules
import TestSupport

@testable import HRRecords

/// Reads a CSV given as bytes, in pieces of that size.
func items(_ bytes: [UInt8], piece: Int = 7) throws -> [CSVReader.Item] {
  var position = 0
  var reader = try CSVReader {
    defer { position = min(bytes.count, position + piece) }
    return Array(bytes[position..<min(bytes.count, position + piece)])
  }
  var items: [CSVReader.Item] = []
  while let item = try reader.next() { items.append(item) }
  return items
}

/// The cells of the records as text, and `["!", line]` for what could not be split.
func rows(_ text: String, piece: Int = 7) throws -> [[String]] {
  try items(Array(text.utf8), piece: piece).map {
    switch $0 {
    case .record(_, let cells): cells.map { String(decoding: $0, as: UTF8.self) }
    case .unreadable(_, let bytes): ["!", String(decoding: bytes, as: UTF8.self)]
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

/// Every act of a CSV given as bytes.
func actions(_ bytes: some Sequence<UInt8>, region: String? = nil, map: ColumnMap = .known) throws
  -> [PersonnelAction]
{
  let file = try TemporaryFile(bytes)
  var source = try CSVSource(path: file.path, region: region, zone: .wib, map: map)
  var actions: [PersonnelAction] = []
  try source.forEach { actions.append($0) }
  return actions
}

func actions(_ text: String, region: String? = nil, map: ColumnMap = .known) throws -> [PersonnelAction] {
  try actions(text.utf8, region: region, map: map)
}
