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

    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer {
      close(null)
      close(ends[0])
    }
    do {
      // Its own session: a Ctrl-C at the terminal must not take it along.
      shell = try Spawn.start(
        "/bin/sh", ["-c", "trap '' INT TERM HUP; read -r line; \(command)"], input: ends[0], output: null,
        errors: null, ownSession: true)
    } catch {
      close(ends[1])
      throw error
    }
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
