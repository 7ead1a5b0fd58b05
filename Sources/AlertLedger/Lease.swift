import Glibc

/// Who may append: one process, for a while, under an epoch that grows with every change of hands.
public struct Lease: Sendable, Equatable {
  /// This process, as ``Holder`` writes it.
  public let holder: String
  /// Copied into every event; appends are refused under any other.
  public let epoch: Int64
}

/// Names a process so that another one on the same machine can tell whether it still lives.
public enum Holder {
  /// `host/boot/pid namespace/pid/start`.
  public static var own: String { describe(getpid()) }

  private static func describe(_ pid: Int32) -> String {
    var host = [CChar](repeating: 0, count: 256)
    gethostname(&host, 255)
    let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return [name, place, String(pid), start(of: pid) ?? "-"].joined(separator: "/")
  }

  /// Whether a holder was a process of this machine, this boot and this namespace, and is gone: then nobody needs to
  /// wait for its lease to run out.
  public static func isDead(_ holder: String) -> Bool {
    let parts = holder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[1] + "/" + parts[2] == place, let pid = Int32(parts[3]) else {
      return false
    }
    return start(of: pid) != parts[4]
  }

  private static var place: String {
    let boot = read("/proc/sys/kernel/random/boot_id").prefix(8)
    var status = stat()
    stat("/proc/self/ns/pid", &status)
    return "\(boot)/\(status.st_ino)"
  }

  /// When the process began, in clock ticks since boot: tells two processes with the same number apart.
  private static func start(of pid: Int32) -> String? {
    let text = read("/proc/\(pid)/stat")
    // The name in parentheses may hold blanks and parentheses.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[end...].split(separator: " ")
    return fields.count > 20 ? String(fields[20]) : nil
  }

  private static func read(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
