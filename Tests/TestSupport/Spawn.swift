import Foundation
import Synchronization

/// Starts programs with posix_spawn rather than Foundation's `Process`, which takes a program for running as long
/// as any daemon it left behind lives.
enum Spawn {
  /// Starts a program in a process group or session of its own, with default signals and no descriptors but the
  /// three given.
  static func start(
    _ path: String, _ arguments: [String], environment: [String: String]? = nil, directory: String? = nil,
    input: Int32, output: Int32, errors: Int32, ownSession: Bool = false
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, source) in [input, output, errors].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
    }
    // The runner's own descriptors must not live on in a server.
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
      if let descriptor = Int32(name), descriptor > 2 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of a test runner block signals; a program that inherits that cannot be told to stop.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let (setGroup, setDefault, setMask, setSession): (Int16, Int16, Int16, Int16) = (0x02, 0x04, 0x08, 0x80)
    posix_spawnattr_setflags(&attributes, setDefault | setMask | (ownSession ? setSession : setGroup))

    let command = directory.map { ["/usr/bin/env", "-C", $0, path] } ?? [path]
    var words: [UnsafeMutablePointer<CChar>?] = (command + arguments).map { (word: String) in strdup(word) }
    words.append(nil)
    defer { for word in words { free(word) } }
    let variables = environment ?? ProcessInfo.processInfo.environment
    var settings: [UnsafeMutablePointer<CChar>?] = variables.map { name, value in strdup("\(name)=\(value)") }
    settings.append(nil)
    defer { for setting in settings { free(setting) } }

    var child = pid_t()
    let failure = posix_spawn(&child, command[0], &actions, &attributes, &words, &settings)
    if failure != 0 {
      throw TestSupportError("\(path) could not be started: \(String(cString: strerror(failure)))")
    }
    return child
  }

  /// Waits for a child's end. nil when it did not come in time.
  static func wait(_ child: pid_t, timeout: Double) -> Int32? {
    // The kernel has no waitpid with a time limit.
    final class Ended: @unchecked Sendable {
      // Proof: written before `signal`, read after `wait` of the same semaphore only.
      var status: Int32 = 0
      let semaphore = DispatchSemaphore(value: 0)
    }
    let ended = Ended()
    Thread.detachNewThread {
      while waitpid(child, &ended.status, 0) < 0 && errno == EINTR {}
      ended.semaphore.signal()
    }
    if ended.semaphore.wait(timeout: .now() + timeout) == .success { return ended.status }
    kill(-child, SIGKILL)
    ended.semaphore.wait()
    return nil
  }
}

/// A program running beside the test.
package final class RunningProcess: Sendable {
  /// Its process id.
  package let pid: pid_t
  private let isReaped = Atomic<Bool>(false)
  private let output: Int32
  private let errors: Int32

  /// Starts it; arguments as for `runProcess`.
  package init(
    _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:], input: Data? = nil,
    directory: URL? = nil
  ) throws {
    guard let path = findExecutable(executable) else {
      throw TestSupportError("\(executable) is not installed")
    }
    let all = ProcessInfo.processInfo.environment
      .merging(environment) { $1 }.filter { environment[$0.key] != "" }
    output = try unlinkedFile()
    errors = try unlinkedFile()
    let source = input == nil ? open("/dev/null", O_RDONLY | O_CLOEXEC) : try unlinkedFile()
    defer { close(source) }
    if let input {
      try FileHandle(fileDescriptor: source, closeOnDealloc: false).write(contentsOf: input)
      lseek(source, 0, SEEK_SET)
    }
    pid = try Spawn.start(
      path, arguments, environment: all, directory: directory?.path, input: source, output: output,
      errors: errors)
  }

  deinit {
    // Nothing a test started outlives the test, and no zombie stays.
    if !isReaped.load(ordering: .relaxed) {
      kill(-pid, SIGKILL)
      _ = Spawn.wait(pid, timeout: 60)
    }
    close(output)
    close(errors)
  }

  /// Sends a signal to the process; none once it was waited for, since its number may be another's by then.
  package func send(_ signal: Int32) {
    if !isReaped.load(ordering: .relaxed) { kill(pid, signal) }
  }

  /// What it has written so far.
  package var outputSoFar: Data { readAll(output) }
  /// The same from some byte on.
  package func output(from offset: Int) -> Data { readAll(output, from: offset) }
  /// What it has written to standard error so far.
  package var errorsSoFar: Data { readAll(errors) }

  /// Waits for its end, and kills it when the time is over. To be called once.
  package func wait(timeout: Double = 60) -> ProcessResult {
    let status = Spawn.wait(pid, timeout: timeout)
    isReaped.store(true, ordering: .relaxed)
    // As a shell says it: what waitpid gave is the signal in the low bits, else the exit status in the next byte.
    let raw = status ?? SIGKILL
    let code = raw & 0x7f == 0 ? (raw >> 8) & 0xff : 128 + (raw & 0x7f)
    return ProcessResult(
      status: code, output: readAll(output), errors: readAll(errors), timedOut: status == nil)
  }

  private func readAll(_ descriptor: Int32, from offset: Int = 0) -> Data {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &buffer, buffer.count, off_t(offset + data.count))
      if count <= 0 { return data }
      data.append(contentsOf: buffer[..<count])
    }
  }
}
