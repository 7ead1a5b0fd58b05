import AlertLedger
import AuditBase
import SystemLog

/// What the log is told of the lease.
extension LogEntry {
  static func leaseAcquired(_ lease: Lease, _ language: Language) -> LogEntry {
    LogEntry(
      .leaseAcquired, priority: .info,
      message: Text(
        "Layanan ini menulis arsip peringatan (giliran ke-\(lease.epoch)).",
        "This daemon writes the ledger (epoch \(lease.epoch)).")[language])
  }

  static func leaseLost(_ language: Language) -> LogEntry {
    LogEntry(
      .leaseLost, priority: .warning,
      message: Text(
        "Giliran menulis arsip peringatan berpindah; layanan ini siaga.",
        "The lease changed hands; this daemon stands by.")[language])
  }
}
