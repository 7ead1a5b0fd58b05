import Foundation
import Synchronization

/// Cleans up after this process, however it ends.
///
/// A small shell of its own session reads a socket of which only this process holds the other end. When
/// this process is gone, killed or crashed, the socket ends and the shell runs its command. Nobody polls.
final class Watcher: Sendable {
  private let pipe: Int32
  private let shell: pid_t

  /// At a normal exit the commands are waited for, so that nothing is left once the tests have ended.
  private static let living = Mutex<[pid_t: Int32]>([:])
  private static let atExit: Void = {
    atexit {
      let all = Watcher.living.withLock { watchers in
        defer { watchers = [:] }
        return watchers
      }
      for (_, pipe) in all { close(pipe) }
      for (shell, _) in all { waitpid(shell, nil, 0) }
    }
  }()

  /// Runs `command` (for /bin/sh) once this process has ended, or at `finish()`.
  init(atEnd command: String) throws {
    _ = Watcher.atExit
    var ends: [Int32] = [0, 0]
    // A socket pair, since it can be made close-on-exec at once: no child may inherit our end.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw TestSupportError("no socket pair could be made")
    }
    pipe = ends[1]

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Its own session: a Ctrl-C at the terminal must not take it along (POSIX_SPAWN_SETSID).
    posix_spawnattr_setflags(&attributes, 0x80)

    let script = "trap '' INT TERM HUP; read -r line; \(command)"
    var arguments: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c", script].map { (word: String) in
      strdup(word)
    }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    let failure = posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, environ)
    close(ends[0])
    guard failure == 0 else {
      close(ends[1])
      throw TestSupportError("/bin/sh could not be started")
    }
    shell = child
    let (watched, held) = (shell, pipe)
    Watcher.living.withLock { $0[watched] = held }
  }

  /// Runs the command now and waits for its end. Nothing happens the second time.
  func finish() {
    let held = Watcher.living.withLock { $0.removeValue(forKey: shell) }
    guard let held else { return }
    close(held)
    waitpid(shell, nil, 0)
  }
}
