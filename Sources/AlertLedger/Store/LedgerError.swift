import AuditBase
import FreezeRules
import Postgres

/// The ledger cannot be read or written (exit 74).
package struct LedgerError: ExplainedError {
  /// What kind of trouble.
  package enum Cause: Sendable, Equatable {
    /// The database is away or refuses.
    case unreachable
    /// `sql/install.sql` was not run there, or the role may not.
    case notInstalled
    /// Another daemon writes the ledger now.
    case leaseLost
    /// What it holds does not fit together.
    case corrupt
    /// The program was asked to stop.
    case interrupted
  }

  /// What kind.
  package let cause: Cause
  /// The sentence for people.
  package let message: Text
  package var exit: ExitStatus { .ledger }
  /// The session had ended, or the server was just restarting: the same again may succeed at once.
  package let isPassing: Bool

  /// An error of these parts.
  package init(_ cause: Cause, id: String, en: String, isPassing: Bool = false) {
    self.cause = cause
    self.isPassing = isPassing
    message = Text(id, en)
  }

  /// What a server's refusal means.
  package init(_ error: PostgresError) {
    switch error.sqlstate {
    case _ where error.isDecoding:
      self.init(
        .corrupt, id: "isi arsip peringatan tidak terbaca; jalankan freeze-auditor alerts verify [\(error)]",
        en: "the ledger cannot be read; run freeze-auditor alerts verify [\(error)]")
    case _ where error.kind == .interrupted:
      self.init(.interrupted, id: "dihentikan", en: "interrupted")
    case "42P01", "3F000", "42883":
      self.init(
        .notInstalled,
        id: "arsip peringatan belum dipasang; jalankan sql/install.sql di basis data itu [\(error)]",
        en: "the ledger is not installed; run sql/install.sql in that database [\(error)]")
    case "42501" where error.kind != .connection:
      self.init(
        .notInstalled,
        id:
          "tidak ada hak atas arsip peringatan; jalankan: GRANT freeze_auditor_ledger TO <pengguna> [\(error)]",
        en: "no right to the ledger; run: GRANT freeze_auditor_ledger TO <user> [\(error)]")
    case "FZ001", "FZ002", "FZ003", "23505":
      self.init(
        .corrupt,
        id:
          "rantai arsip peringatan tidak cocok; jalankan freeze-auditor alerts verify, dan doctor untuk pemicu asing [\(error)]",
        en:
          "the chain of the ledger does not fit; run freeze-auditor alerts verify, and doctor for foreign triggers [\(error)]"
      )
    // A rule on the table: INSERT … RETURNING is refused.
    case AppendBatch.notKept where error.operation == "append", "0A000" where error.operation == "append":
      self.init(
        .corrupt,
        id:
          "arsip peringatan tidak menyimpan peristiwa seperti ditulis: ada pemicu atau aturan asing pada tabelnya. Lihat freeze-auditor doctor; tidak ada yang dicatat [\(error)]",
        en:
          "the ledger does not keep events as they are written: there is a foreign trigger or rule on its table. See freeze-auditor doctor; nothing was recorded [\(error)]"
      )
    case "FZ005":
      self.init(
        .corrupt, id: "tidak ada yang dihapus dari arsip peringatan: \(error)",
        en: "nothing was taken away from the ledger: \(error)")
    case "25006":
      self.init(
        .unreachable,
        id:
          "arsip peringatan tidak dapat ditulis: server itu hanya-baca (standby?). Arahkan ledger.conninfo ke primary (target_session_attrs=read-write) [\(error)]",
        en:
          "the ledger cannot be written: that server is read-only (a standby?). Point ledger.conninfo at the primary (target_session_attrs=read-write) [\(error)]"
      )
    default:
      let mend =
        error.mend ?? Mend(id: "periksa basis datanya", en: "check its database")
      self.init(
        .unreachable, id: "arsip peringatan tidak dapat dipakai; \(mend.id) [\(error)]",
        en: "the ledger cannot be used; \(mend.en) [\(error)]", isPassing: error.isPassing)
    }
  }
}

extension PostgresError {
  fileprivate var isDecoding: Bool { if case .decoding = kind { true } else { false } }
}

/// Runs a piece of work on the ledger's database with its errors as ``LedgerError``.
func onLedger<R: ~Copyable>(_ work: () throws(PostgresError) -> R) throws(LedgerError) -> R {
  do throws(PostgresError) { return try work() } catch { throw LedgerError(error) }
}
