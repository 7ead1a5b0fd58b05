import AuditBase
import FreezeRules
import Glibc

/// A program started from a clean slate: no signal blocked or ignored, a process group of its own, and no descriptor but
/// the three given.
struct ChildProcess {
  let id: pid_t

  /// Starts a program, by path or by a name in PATH.
  /// - Throws: the errno.
  init(
    _ program: String, _ arguments: [String], keeping variables: [String], input: Int32, output: Int32,
    errors: Int32
  ) throws(SystemError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, source) in [input, output, errors].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let (setGroup, setDefault, setMask): (Int16, Int16, Int16) = (0x02, 0x04, 0x08)
    posix_spawnattr_setflags(&attributes, setGroup | setDefault | setMask)

    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { (word: String) in strdup(word) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var settings: [UnsafeMutablePointer<CChar>?] = variables.compactMap { (name: String) in
      getenv(name).map { strdup("\(name)=\(String(cString: $0))") }
    }
    settings.append(nil)
    defer { for setting in settings { free(setting) } }
    var child = pid_t()
    let code = posix_spawnp(&child, program, &actions, &attributes, words, settings)
    guard code == 0 else { throw SystemError(call: program, code: code) }
    id = child
  }

  /// The exit status, 128 + n after a signal; `nil` when it had to be ended after `timeout` seconds.
  func wait(timeout: Int) -> Int32? {
    var waited = 0
    var asked = false
    while true {
      var status: Int32 = 0
      let result = waitpid(id, &status, WNOHANG)
      if result == id {
        if asked { return nil }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
      }
      if result < 0, errno != EINTR { return asked ? nil : 128 }
      // Short at first: most end within milliseconds.
      let pause = waited < 200 ? 5 : 50
      poll(nil, 0, Int32(pause))
      waited += pause
      if waited >= timeout * 1000, !asked {
        asked = true
        kill(-id, SIGTERM)
      }
      if asked, waited >= timeout * 1000 + 2000 {
        kill(-id, SIGKILL)
        // A setuid program may be out of our reach: it is left behind rather than waited for.
        if waited >= timeout * 1000 + 4000 { return nil }
      }
    }
  }

  /// Ends it: nobody reads on.
  func end() {
    kill(-id, SIGTERM)
    _ = wait(timeout: 1)
  }

  /// A file without a name, for what a child writes: no pipe that a grandchild could hold open.
  static func scratchFile() throws(SystemError) -> Int32 {
    // Made with a name of its own by mkstemp and unlinked at once; the unit has a private /tmp.
    var template = Array("/tmp/freeze-auditor-mail.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw SystemError(call: "mkstemp", code: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    return descriptor
  }

  /// The first words in such a file, on one line.
  static func words(in descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 2000)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return "" }
    let text = String(decoding: buffer.prefix(count), as: UTF8.self)
    return Digest.plain(text.split(whereSeparator: \.isNewline).joined(separator: " "), limit: 300)
  }
}

/// What systemd says of a unit.
package enum UnitState {
  /// `nil` where there is no systemd to ask.
  package static func isActive(_ unit: String) -> Bool? {
    guard access("/run/systemd/system", F_OK) == 0 else { return nil }
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { return nil }
    defer { close(null) }
    do throws(SystemError) {
      let child = try ChildProcess(
        "systemctl", ["is-active", "--quiet", "--", unit], keeping: ["PATH"], input: null, output: null,
        errors: null)
      // 3: not active; 4: no such unit; else it could not be asked.
      return switch child.wait(timeout: 5) {
      case 0: true
      case 3, 4: false
      default: nil
      }
    } catch { return nil }
  }
}
