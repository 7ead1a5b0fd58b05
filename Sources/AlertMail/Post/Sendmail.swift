import AuditBase
import FreezeRules
import Glibc

/// The mail system's own program, `sendmail -t -i`: the one way out. Whether it has a queue, speaks SMTP or is a stub is
/// its business; exit status 0 means that it took the mail on.
package struct Sendmail: Sendable {
  /// Its path.
  package var program: String
  /// After this many seconds it is ended, and the mail counts as not accepted.
  package var timeout: Int

  /// A program and how long it may take.
  package init(program: String, timeout: Int) {
    self.program = program
    self.timeout = timeout
  }

  /// Why a mail was not accepted.
  package struct Refusal: Error, Sendable, Equatable {
    /// The sentence for people, on one line.
    package let message: Text
  }

  /// Hands a file over. Returns once the program accepted it, or why it did not.
  /// - Parameter from: the envelope's sender: where bounces go.
  /// - Throws: what is wrong on this side: the file, the disk.
  func send(file path: String, from: String) throws(SystemError) -> Refusal? {
    if isOpenSMTPDAway {
      return Refusal(
        message: Text(
          "\(program): OpenSMTPD tidak berjalan", "\(program): OpenSMTPD is not running"))
    }
    let status: Int32?
    let said: String
    do throws(SystemError) {
      (status, said) = try run(path, from)
    } catch {
      guard error.call == program else { throw error }
      return Refusal(
        message: Text(
          "\(error.text): tidak dapat dijalankan; periksa mail.sendmail",
          "\(error.text): cannot be run; check mail.sendmail"))
    }
    return status == 0 ? nil : Refusal(message: sentence(status, said.isEmpty ? "" : ": \(said)"))
  }

  /// OpenSMTPD's sendmail keeps a mail for later while its server is away and yet says 75, "try again": every attempt
  /// would become one more copy once the server is back. It is not called then.
  private var isOpenSMTPDAway: Bool {
    guard let resolved = realpath(program, nil) else { return false }
    defer { free(resolved) }
    guard String(cString: resolved).hasSuffix("/smtpctl") else { return false }
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array("/run/smtpd.sock".utf8)) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return result != 0 && (errno == ENOENT || errno == ECONNREFUSED)
  }

  private func run(_ path: String, _ from: String) throws(SystemError) -> (Int32?, String) {
    // The file itself is its standard input: nothing to write, no pipe that could break.
    let input = open(path, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw SystemError(call: path, code: errno) }
    defer { close(input) }
    let output = try ChildProcess.scratchFile()
    defer { close(output) }
    // No secret of ours, and nothing of ours at all, is its business.
    let child = try ChildProcess(
      program, ["-t", "-i", "-f", from],
      keeping: ["PATH", "LANG", "LC_ALL", "TZ", "HOME", "USER", "LOGNAME"], input: input, output: output,
      errors: output)
    let status = child.wait(timeout: timeout)
    return (status, ChildProcess.words(in: output))
  }

  private func sentence(_ status: Int32?, _ said: String) -> Text {
    switch status {
    case nil:
      Text(
        "\(program) tidak selesai dalam \(timeout) detik\(said)",
        "\(program) did not end within \(timeout) s\(said)")
    case 75:
      Text(
        "\(program) menunda (status 75)\(said)", "\(program) asks to try later (status 75)\(said)")
    case let status?:
      Text(
        "\(program) menolak (status \(status))\(said)", "\(program) refused (status \(status))\(said)"
      )
    }
  }
}
