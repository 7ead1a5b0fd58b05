import FreezeRules
import Glibc
import Postgres

/// Who may append: one process, for a while, under an epoch that grows with every change of hands.
package struct Lease: Sendable, Equatable {
  /// This process, as ``Holder`` writes it.
  package let holder: String
  /// Copied into every event; appends are refused under any other.
  package let epoch: Int64
}

/// Names a process so that another one on the same machine can tell whether it still lives.
package enum Holder {
  /// `host/machine and user/pid namespace/pid/start`.
  package static let own = describe(getpid())

  private static func describe(_ pid: Int32) -> String {
    var host = [CChar](repeating: 0, count: 256)
    gethostname(&host, 255)
    let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return [name, place, String(pid), start(of: pid) ?? "-"].joined(separator: "/")
  }

  /// Whether a holder was a process of this user on this machine and in this namespace, and is gone: then nobody needs to
  /// wait for its lease to run out. Of any other nothing is known.
  ///
  /// The kernel is asked, not /proc: there a sandbox hides even a process of the same user (ProtectProc=, PrivateUsers=).
  package static func isDead(_ holder: String) -> Bool {
    let parts = holder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let ours = own.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, !machine.isEmpty, parts[..<3] == ours[..<3], let pid = Int32(parts[3]) else {
      return false
    }
    if kill(pid, 0) != 0, errno == ESRCH { return true }
    // The number is in use: by another process only where that can be seen.
    guard let began = start(of: pid) else { return false }
    return began != parts[4]
  }

  private static var place: String {
    var status = stat()
    stat("/proc/self/ns/pid", &status)
    return "\(machine)-\(geteuid())/\(status.st_ino)"
  }

  /// Empty where it cannot be told. In a sandbox that hides the kernel's own files the id of the machine is left.
  private static let machine = String(
    (read("/etc/machine-id").prefix(8) + read("/proc/sys/kernel/random/boot_id").prefix(8)).filter(
      \.isHexDigit))

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

extension LedgerStore {
  /// Takes the lease when it is free, has run out, or its holder is known to be dead; keeps it when it is ours.
  /// - Parameter seconds: how long it lasts without renewal, by the server's clock.
  ///   One that would last longer than the longest there is (an hour) was taken by a clock that has been set back since.
  /// - Returns: `nil` while another holds it.
  package func acquire(_ current: Lease?, seconds: Int) throws(LedgerError) -> Lease? {
    let own = Holder.own
    if let current {
      let isRenewed = try !texts(
        """
        UPDATE freeze_audit.lease SET expires_at = clock_timestamp() + $3::int * interval '1 second' \
        WHERE name = 'daemon' AND holder = $1 AND epoch = $2::bigint RETURNING holder
        """, [.text(current.holder), .int(current.epoch), .int(Int64(seconds))]
      ).isEmpty
      if isRenewed { return current }
    }
    let held = try texts("SELECT holder FROM freeze_audit.lease WHERE name = 'daemon'")
    guard let holder = held.first else {
      throw LedgerError(
        .notInstalled, id: "tabel freeze_audit.lease kosong; jalankan sql/install.sql",
        en: "the lease row \"daemon\" is missing; run sql/install.sql")
    }
    let dead = Holder.isDead(holder) || holder == own ? holder : ""
    let epoch = try number(
      """
      UPDATE freeze_audit.lease SET holder = $1, epoch = \(Self.nextEpoch), acquired_at = clock_timestamp(), \
      expires_at = clock_timestamp() + $2::int * interval '1 second' \
      WHERE name = 'daemon' AND (expires_at <= clock_timestamp() OR holder = $3 \
      OR expires_at > clock_timestamp() + interval '3601 seconds') RETURNING epoch
      """, [.text(own), .int(Int64(seconds)), .text(dead)])
    return epoch.map { Lease(holder: own, epoch: $0) }
  }

  /// One more; where somebody wrote a number that leaves no room, one more than any event has.
  private static let nextEpoch = """
    CASE WHEN epoch < \(lastEpoch) THEN epoch + 1 ELSE 1 + (SELECT coalesce(max(e.epoch), 0) \
    FROM freeze_audit.alert_event AS e WHERE e.epoch < \(lastEpoch)) END
    """
  private static let lastEpoch = "9000000000000000000"

  /// Gives the lease back, so that another need not wait.
  package func release(_ lease: Lease) throws(LedgerError) {
    try execute(
      "UPDATE freeze_audit.lease SET expires_at = clock_timestamp() WHERE name = 'daemon' AND holder = $1 AND epoch = $2::bigint",
      [.text(lease.holder), .int(lease.epoch)])
  }

  /// Who holds the lease, and whether it still runs.
  package func leaseHolder() throws(LedgerError) -> (holder: String, isCurrent: Bool, epoch: Int64)? {
    try rows(
      "SELECT holder, expires_at > clock_timestamp(), epoch FROM freeze_audit.lease WHERE name = 'daemon'"
    ) { row throws(PostgresError) in
      (row.string(at: 0) ?? "", try row.bool(at: 1) ?? false, try row.number(at: 2))
    }.first
  }
}
