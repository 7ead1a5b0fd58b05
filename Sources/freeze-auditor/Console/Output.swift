import AuditBase
import Glibc

/// Where data goes: standard output, or a file that appears whole or not at all.
final class Output {
  private enum Target {
    case file(AtomicFile)
    /// Standard output, a device, a pipe: renamed over, those would be gone.
    case stream(Int32)
  }

  private let name: String
  private let target: Target
  private var buffer: [UInt8] = []
  /// Called before bytes go out, to clear a progress line.
  var beforeWriting: () -> Void = {}

  /// - Parameter path: `nil` or `-` for standard output.
  init(path: String?) throws {
    // Of standard output by its name in /dev the file behind it is not to be replaced, whatever it is.
    guard let path, path != "-", path != "/dev/stdout" else {
      name = "stdout"
      target = .stream(STDOUT_FILENO)
      return
    }
    name = path
    if let known = Self.stream(at: path) {
      // Opened and looked at once more: another one may have been laid there since.
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      var opened = stat()
      if descriptor >= 0,
        fstat(descriptor, &opened) != 0 || opened.st_dev != known.st_dev || opened.st_ino != known.st_ino
      {
        close(descriptor)
        throw Self.failure(SystemError(call: path, code: ELOOP))
      }
      guard descriptor >= 0 else { throw Self.failure(SystemError(call: path, code: errno)) }
      target = .stream(descriptor)
      return
    }
    do throws(SystemError) { target = .file(try AtomicFile(path)) } catch { throw Self.failure(error) }
  }

  /// A workbook is no text: on a screen it is noise that may even move the cursor.
  static func refuseTerminal(_ path: String?) throws {
    guard path == nil || path == "-", isatty(STDOUT_FILENO) == 1 else { return }
    throw Failure(
      .usage, "--format xlsx menulis buku kerja Excel, bukan teks: beri --output HASIL.xlsx",
      "--format xlsx writes an Excel workbook, not text: give --output RESULT.xlsx")
  }

  /// A device, a pipe or a link to one, that is ours or the system's: what somebody else laid out at the path gets nothing of a
  /// report. A link to a file is none: a file of our own takes its place.
  private static func stream(at path: String) -> stat? {
    var link = stat()
    var target = stat()
    guard lstat(path, &link) == 0, stat(path, &target) == 0, target.st_mode & S_IFMT != S_IFDIR else {
      return nil
    }
    // The system's own names for what is open: /dev/fd/3, /proc/self/fd/3.
    let isSystems = path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
    guard isSystems || target.st_mode & S_IFMT != S_IFREG else { return nil }
    // Of /dev/stdout the link is the system's, the pipe behind it anybody's.
    let isTrusted = link.st_uid == 0 || link.st_uid == geteuid() || link.st_mode & S_IFMT == S_IFCHR
    return isTrusted ? target : nil
  }

  /// Whether it is a file of its own, beside which others may stand.
  var isFile: Bool { if case .file = target { true } else { false } }

  func write(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count > 1 << 16 { try flush() }
  }

  func write(_ text: String) throws { try write(Array(text.utf8)) }

  private func flush() throws {
    guard !buffer.isEmpty else { return }
    beforeWriting()
    do throws(SystemError) {
      switch target {
      case .file(let file): try file.write(buffer)
      case .stream(let descriptor): try buffer.write(to: descriptor, named: name)
      }
    } catch {
      if error.code == EPIPE { throw BrokenPipe() }
      discard()
      throw Self.failure(error)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// What a file or a disk that failed is told as.
  static func failure(_ error: SystemError) -> Failure {
    Failure(
      .notEvaluated,
      "\(error.call): laporan tidak dapat ditulis (\(error.reason)). Periksa folder, hak tulis dan ruang disk",
      "\(error.call): the report cannot be written (\(error.reason)). Check folder, permission and disk space"
    )
  }

  /// Gives the output up: a file that was begun goes away, the one that was there before stays.
  func discard() {
    if case .file(let file) = target { file.discard() }
  }

  /// Ends the output; a file appears under its name only now.
  func finish() throws {
    try flush()
    guard case .file(let file) = target else { return }
    do throws(SystemError) { try file.finish() } catch { throw Self.failure(error) }
  }
}
