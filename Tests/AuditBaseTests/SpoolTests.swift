import AuditBase
import Testing

@Suite struct SpoolTests {
  @Test(
    "what was put aside comes back from memory, from the file, and from both",
    arguments: [1, 10, 100, 1 << 20])
  func places(room: Int) throws {
    let spool = Spool(room: room)
    var whole: [UInt8] = []
    var places: [Range<Int>] = []
    for number in 0..<200 {
      let bytes = [UInt8](repeating: UInt8(number), count: number % 37)
      places.append(try spool.append(bytes))
      whole += bytes
    }
    #expect(spool.count == whole.count)
    for (number, place) in places.enumerated() {
      #expect(try spool.read(place) == [UInt8](repeating: UInt8(number), count: number % 37))
    }
    #expect(try spool.read(3..<whole.count) == Array(whole[3...]))
    var pieces: [UInt8] = []
    try spool.forEachPiece { pieces += $0 }
    #expect(pieces == whole)
  }

  @Test("nothing put aside is nothing") func empty() throws {
    var pieces = 0
    try Spool().forEachPiece { _ in pieces += 1 }
    #expect(pieces == 0)
  }
}
