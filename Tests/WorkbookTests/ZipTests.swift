import Testing

@testable import Workbook

@Suite("ZIP: read from its table of contents, written from front to back, never believed")
struct ZipTests {
  @Test func theChecksumIsThatOfTheStandard() {
    var sum = CRC32()
    sum.add(Array("123456789".utf8))
    #expect(sum.value == 0xCBF4_3926)
    // However the bytes are cut.
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var whole = CRC32()
    whole.add(bytes)
    var cut = CRC32()
    for start in stride(from: 0, to: 1000, by: 13) { cut.add(Array(bytes[start..<min(1000, start + 13)])) }
    #expect(whole.value == cut.value)
  }

  private static let content = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }

  private func content(_ bytes: [UInt8], _ name: String, limits: WorkbookLimits = WorkbookLimits()) throws
    -> [UInt8]?
  {
    let zip = try ZipReader(ByteFile(bytes), limits: limits)
    guard let entry = zip[name] else { return nil }
    let stream = try zip.stream(entry)
    var content: [UInt8] = []
    while true {
      let piece = try stream.read()
      if piece.isEmpty { return content }
      content += piece
    }
  }

  @Test(arguments: [true, false]) func whatIsWrittenIsRead(isCompressed: Bool) throws {
    let bytes = try archive([("a/B.xml", Self.content), ("empty", [])], isCompressed: isCompressed)
    #expect(try content(bytes, "a/B.xml") == Self.content)
    // Names in any case, and with the wrong slashes.
    #expect(try content(bytes, "/A\\b.XML") == Self.content)
    #expect(try content(bytes, "empty") == [])
  }

  @Test func whatStandsInFrontOfAnArchiveIsPassedOver() throws {
    let bytes = try archive([("a", Self.content)])
    #expect(try content(Array("#!/bin/sh\n".utf8) + bytes, "a") == Self.content)
    #expect(try content(bytes.dropLast(2) + [3, 0] + Array("abc".utf8), "a") == Self.content)
  }

  @Test func zip64IsRead() throws {
    // The last record says that the numbers stand elsewhere.
    let plain = try archive([("a", Array("isi".utf8))], isCompressed: false)
    let end = plain.count - 22
    let directory = LittleEndian(plain)
    func wide(_ value: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
    let size = try #require(directory.int32(end + 12))
    let offset = try #require(directory.int32(end + 16))
    var bytes = Array(plain[..<end])
    bytes += [0x50, 0x4B, 6, 6] + wide(44) + [45, 0, 45, 0] + [0, 0, 0, 0, 0, 0, 0, 0]
    bytes += wide(1) + wide(1) + wide(size) + wide(offset)
    bytes += [0x50, 0x4B, 6, 7] + [0, 0, 0, 0] + wide(end) + [1, 0, 0, 0]
    bytes += [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 12) + [0, 0]
    #expect(try content(bytes, "a") == Array("isi".utf8))
  }

  @Test func aFileCutOffAnywhereIsSaidToBeBroken() throws {
    let bytes = try archive([("a", Array(Self.content.prefix(2000))), ("b", Array("isi".utf8))])
    for length in bytes.indices {
      #expect(refusal { _ = try content(Array(bytes[..<length]), "a") }?.cause == .broken)
    }
  }

  @Test func aByteChangedAnywhereIsNeverReadAsSomethingElse() throws {
    let bytes = try archive([("a", Array("isi yang benar, isi yang benar".utf8))])
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x41
      // Time stamps and such do not matter; content does.
      if let read = try? content(changed, "a") {
        #expect(read == Array("isi yang benar, isi yang benar".utf8))
      }
    }
  }

  @Test func aBombIsGivenUp() throws {
    var limits = WorkbookLimits()
    limits.ratioFloor = 1 << 20
    limits.ratio = 100
    let bytes = try archive([("a", [UInt8](repeating: 0x20, count: 4 << 20))])
    #expect(bytes.count < 20_000)
    let error = refusal { _ = try content(bytes, "a", limits: limits) }
    #expect(error?.cause == .tooLarge)
    #expect(error?.message.english.contains("zip bomb") == true)
    #expect(try content(bytes, "a")?.count == 4 << 20)
    limits = WorkbookLimits()
    limits.entries = 10
    let many = try archive((0..<11).map { ("\($0)", [UInt8]()) })
    #expect(refusal { _ = try ZipReader(ByteFile(many), limits: limits) }?.cause == .tooLarge)
  }

  @Test func aMachineWithoutZlibSaysWhatToInstall() throws {
    #expect(Zlib.load("libz.so.none") == nil)
    #expect(Zlib.load("libc.so.6") == nil)
    #expect(WorkbookError.zlibMissing.message.english.contains("apt-get install zlib1g"))
    #expect(WorkbookError.zlibMissing.message.indonesian.contains("apt-get install zlib1g"))
  }
}
