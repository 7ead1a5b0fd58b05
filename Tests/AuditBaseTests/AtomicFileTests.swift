import AuditBase
import Foundation
import Testing

@Suite struct AtomicFileTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "atomic-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
  }

  private func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: folder + "/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "nothing stands under the name before the end, and nothing beside it afterwards",
    arguments: [false, true])
  func appearing(isSynced: Bool) throws {
    let file = try AtomicFile(folder + "/a", mode: 0o644)
    try file.write(Array("satu".utf8))
    #expect(text("a") == nil)
    #expect(names.count == 1)
    try file.finish(isSynced: isSynced)
    #expect(names == ["a"])
    #expect(text("a") == "satu")
    let mode = try FileManager.default.attributesOfItem(atPath: folder + "/a")[.posixPermissions] as? Int
    #expect(mode == 0o644)
  }

  @Test("a file given up, or forgotten, leaves the one that was there")
  func givenUp() throws {
    try "lama".write(toFile: folder + "/a", atomically: false, encoding: .utf8)
    let file = try AtomicFile(folder + "/a")
    try file.write(Array("baru".utf8))
    file.discard()
    do { _ = try AtomicFile(folder + "/a") }
    #expect(names == ["a"])
    #expect(text("a") == "lama")
  }

  @Test("a link at the name is replaced, what it points to stays")
  func link() throws {
    try "milik orang".write(toFile: folder + "/other", atomically: false, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: folder + "/a", withDestinationPath: folder + "/other")
    let file = try AtomicFile(folder + "/a")
    try file.write(Array("baru".utf8))
    try file.finish()
    #expect(text("other") == "milik orang")
    #expect(text("a") == "baru")
  }

  @Test("no two runs share a name in the making")
  func randomNames() throws {
    let files = try (0..<20).map { _ in try AtomicFile(folder + "/a") }
    #expect(names.count == 20)
    for file in files { file.discard() }
    #expect(names.isEmpty)
  }

  @Test("a folder that is not there is said with its name")
  func missing() {
    let error = #expect(throws: SystemError.self) { try AtomicFile(folder + "/none/a") }
    #expect(error?.code == ENOENT)
    #expect(error?.call == folder + "/none/a")
  }
}
