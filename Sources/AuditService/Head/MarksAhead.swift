import AuditBase
import SystemLog

/// Marks of the log that do not fit the ledger.
package enum MarksAhead {
  /// What is said of one that is dated ahead of now, the same everywhere.
  package static func text(_ seq: Int64) -> Text {
    Text(
      "tanda \"sudah masuk log\" sampai nomor \(seq) bertanggal di masa depan dan tidak dipakai: ditulis dengan tangan, atau jam server arsip peringatan dimundurkan",
      "the mark \"handed to the log\" up to number \(seq) is dated ahead of now and does not count: written by hand, or the clock of the ledger's server was set back"
    )
  }

  /// What the log is told.
  /// - Parameters:
  ///   - ahead: the last number whose mark is dated ahead of now.
  ///   - mark: the last number whose mark counts.
  static func entries(_ ahead: Int64?, mark: Int64, head: Int64, _ language: Language) -> [LogEntry] {
    let tail =
      mark <= head
      ? nil
      : Text(
        "Arsip peringatan berakhir pada nomor \(head), padahal nomor sampai \(mark) sudah dicatat dalam log: ekornya hilang. Jalankan freeze-auditor alerts verify.",
        "The ledger ends with number \(head), though numbers up to \(mark) were handed to the log: its tail is gone. Run freeze-auditor alerts verify."
      )
    return [ahead.map { text($0).sentence }, tail].compactMap(\.self).map {
      LogEntry(.ledgerHole, priority: .critical, message: $0[language])
    }
  }
}

extension Text {
  /// A text of the middle of a sentence as a whole one.
  var sentence: Text {
    func whole(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }
    return Text(whole(indonesian), whole(english))
  }
}
