import Foundation

/// What a finished process left behind.
package struct ProcessResult: Sendable {
  /// Exit status; 128 + number after a signal, as a shell says it.
  package let status: Int32
  /// All of standard output.
  package let output: Data
  /// All of standard error.
  package let errors: Data
  /// Whether it was killed because its time was over.
  package let timedOut: Bool

  /// Standard output as text.
  package var outputText: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// A failure of the test environment itself, not of what is tested.
package struct TestSupportError: Error, CustomStringConvertible {
  /// What failed, and what to do.
  package let description: String

  /// With that text.
  package init(_ description: String) { self.description = description }
}

/// Runs a program to its end and gives everything it wrote.
///
/// Output goes through unlinked files rather than pipes: no size of output can block it, and a daemon it
/// leaves behind holding the descriptors cannot either.
///
/// - Parameters:
///   - executable: a path, or a name looked up in PATH.
///   - environment: added to this process's own; an empty value removes the variable.
///   - input: what it reads on standard input; nothing by default.
///   - timeout: seconds, after which it is killed.
@discardableResult
package func runProcess(
  _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:], input: Data? = nil,
  directory: URL? = nil, timeout: Double = 60
) throws -> ProcessResult {
  try RunningProcess(
    executable, arguments, environment: environment, input: input, directory: directory
  ).wait(timeout: timeout)
}

/// The path of a program, by path or by name in PATH; nil when it is not there.
package func findExecutable(_ name: String) -> String? {
  if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
  let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
  let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
  return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// The folder that holds Package.swift.
package let repositoryRoot: URL = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The path of a program built together with the tests, for example `freeze-auditor`.
package func builtExecutable(named name: String) throws -> URL {
  // The test bundle lies in the products folder itself.
  let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
  for folder in [bundle.deletingLastPathComponent(), ownProductsFolder()].compactMap({ $0 }) {
    let file = folder.appendingPathComponent(name)
    if FileManager.default.isExecutableFile(atPath: file.path) { return file }
  }
  throw TestSupportError("\(name) was not found beside \(bundle.path): build it first (swift build)")
}

private func ownProductsFolder() -> URL? {
  guard let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
    return nil
  }
  return URL(fileURLWithPath: file).deletingLastPathComponent()
}

/// A fresh folder under /tmp that only this user can enter.
package func temporaryFolder(prefix: String = "freeze-auditor-test") throws -> URL {
  var template = Array("/tmp/\(prefix).XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw TestSupportError("no folder could be made in /tmp") }
  return URL(
    fileURLWithPath: String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
}

/// A file without a name, gone when closed.
func unlinkedFile() throws -> Int32 {
  var template = Array("/tmp/freeze-auditor-output.XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  guard descriptor >= 0 else { throw TestSupportError("no file could be made in /tmp") }
  _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  unlink(template)
  return descriptor
}
