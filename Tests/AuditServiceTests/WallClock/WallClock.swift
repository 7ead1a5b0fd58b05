import Foundation
import TestSupport

/// A wall clock for the programs of one test, moved at will; their clocks of uptime go on.
final class WallClock: Sendable {
  private let file: URL

  /// - Parameter folder: of the test, for the file with the offset.
  init(in folder: URL) throws {
    file = folder.appendingPathComponent("wallclock")
    try move(0)
  }

  /// What a program's environment needs.
  var environment: [String: String] {
    get throws { ["LD_PRELOAD": try Self.library.get(), "WALLCLOCK_OFFSET_FILE": file.path] }
  }

  /// Ahead of the machine's clock by so many seconds, or behind it.
  func move(_ seconds: Int) throws { try Data("\(seconds)\n".utf8).write(to: file, options: .atomic) }

  private static let library = Result<String, any Error> {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "wallclock.c")
    let object = try temporaryFolder().appendingPathComponent("wallclock.so")
    let result = try runProcess(
      "clang", ["-shared", "-fPIC", "-Wall", "-Werror", "-o", object.path, source.path])
    guard result.status == 0 else { throw TestSupportError("clang: \(result.errorText)") }
    return object.path
  }
}
