import AuditBase

/// Marks of the log that are dated ahead of now.
package enum MarksAhead {
  /// What is said of them, the same everywhere.
  package static func text(_ seq: Int64) -> Text {
    Text(
      "tanda \"sudah masuk log\" sampai nomor \(seq) bertanggal di masa depan dan tidak dipakai: ditulis dengan tangan, atau jam peladen buku besar dimundurkan",
      "the mark \"handed to the log\" up to number \(seq) is dated ahead of now and does not count: written by hand, or the clock of the ledger's server was set back"
    )
  }
}
