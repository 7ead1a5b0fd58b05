import FreezeRules
import Testing

@testable import HRRecords

@Suite struct CSVReaderTests {
  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
    ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    ("a,b\n\n\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\n\"x, y\",\"say \"\"ya\"\"\"\n", [["a", "b"], ["x, y", "say \"ya\""]]),
    ("a,b\n\"two\nlines\",2\n", [["a", "b"], ["two\nlines", "2"]]),
    ("a,b\n,\n", [["a", "b"], ["", ""]]),
    ("a\n1\n", [["a"], ["1"]]),
    ("\"a;b\",c\n1,2\n", [["a;b", "c"], ["1", "2"]]),
    ("a,b\n1,2 \"inci\"\n", [["a", "b"], ["1", "2 \"inci\""]]),
  ])
  func splits(_ text: String, _ expected: [[String]]) throws {
    for piece in [1, 2, 3, 1000] { #expect(try rows(text, piece: piece) == expected) }
  }

  @Test(arguments: ["x\"y,2", "\"x\"y,2", "\"never closed,2"])
  func aBadLineDoesNotTakeTheNextWithIt(_ bad: String) throws {
    let rows = try rows("a,b\n\(bad)\n3,4\n")
    #expect(rows.last == ["3", "4"])
    #expect(rows.count == 3)
  }

  @Test func aQuoteThatNeverClosesGivesOutEveryLineAfterIt() throws {
    let lines = (1...300).map { "\($0),x" }.joined(separator: "\n")
    let items = try items(Array("a,b\n\"open,1\n\(lines)\n".utf8), piece: 4096)
    #expect(items.count == 302)
    #expect(items[1] == .unreadable(line: 2, "\"open,1"))
  }

  @Test func linesAreCountedThroughCellsOfSeveralLines() throws {
    let items = try items(Array("a,b\n\"1\n2\n3\",x\ny,z\n".utf8))
    #expect(items[1] == .record(line: 2, cells: ["1\n2\n3", "x"]))
    #expect(items[2] == .record(line: 5, cells: ["y", "z"]))
  }

  /// Whatever the bytes: no crash, no endless loop, no byte of a record in a place it was not.
  @Test func randomBytesNeverStopTheReading() throws {
    var random = Random(seed: 6)
    let alphabet = Array("a,;\"\n\r\t ".utf8) + [0xFF, 0xC3, 0x00]
    for _ in 0..<3000 {
      let bytes = (0..<random.below(60)).map { _ in alphabet[random.below(alphabet.count)] }
      let small = try items(bytes, piece: 1)
      #expect(small == (try items(bytes, piece: 1000)), "pieces must not matter: \(bytes)")
    }
  }
}

/// A small generator, so that a failing case is the same tomorrow.
struct Random {
  var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, limit)))
  }
}
