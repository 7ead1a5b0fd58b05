import Foundation
import Testing
import TestSupport

@testable import HRRecords

/// A CSV is a stream of rows, whatever stands in it.
@Suite struct LongLineTests {
  /// Gives out the same piece so many times, then an end.
  private final class Endless: ByteSource {
    private let head: [UInt8]
    private let piece: [UInt8]
    private let tail: [UInt8]
    private let count: Int
    private var given = -1
    init(_ head: String, _ piece: [UInt8], _ count: Int, _ tail: String) {
      self.head = Array(head.utf8)
      self.piece = piece
      self.count = count
      self.tail = Array(tail.utf8)
    }
    func read() -> [UInt8] {
      defer { given += 1 }
      return given < 0 ? head : given < count ? piece : given == count ? tail : []
    }
    func rewind() { given = -1 }
  }

  private var peak: Int {
    get throws {
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
      return line?.split(separator: " ").compactMap { Int($0) }.first ?? .max
    }
  }

  @Test(arguments: ["", "\""]) func `A line of half a gigabyte is one unreadable row, in little memory`(
    _ quote: String
  ) throws {
    let before = try peak
    var reader = CSVReader(
      Endless(
        "id,kind\n1,mutasi\n2,\(quote)", [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20), 512,
        "\n3,promosi\n"))
    var row = FileRow()
    var rows: [(first: String, isReadable: Bool)] = []
    while try reader.next(into: &row) { rows.append((String(row.text(0).prefix(10)), row.isReadable)) }
    #expect(rows.map(\.isReadable) == [true, true, false, true], "\(rows)")
    #expect(rows.last?.first == "3")
    let grown = try peak - before
    #expect(grown < 300_000, "\(grown) kB")
  }

  @Test func `Ids that are not UTF-8 stay two`() throws {
    var reader = CSVReader(
      Endless(
        "id\n",
        Array("caf\u{0}".utf8.dropLast()) + [0xE9, 10] + Array("caf".utf8) + [0xE8, 10, 0x81, 10, 0x8D, 10],
        1, ""))
    var row = FileRow()
    var ids: [String] = []
    while try reader.next(into: &row) { ids.append(row.text(0)) }
    #expect(ids.removeFirst() == "id")
    #expect(ids.count == 4 && Set(ids.map { Array($0.utf8) }).count == 4, "\(ids)")
    #expect(!ids.contains { $0.contains("\u{FFFD}") })
  }
}
