import AuditBase
import AlertLedger
import ArgumentParser
import AuditService
import FreezeRules

struct AlertsReplay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: Console.help(
      id: "Menulis ulang peristiwa arsip peringatan sebagai entri log, satu objek JSON per baris.",
      en: "Writes events of the ledger again as log entries, one JSON object a line."),
    discussion: Console.help(
      id:
        "Entrinya sama dengan yang ditulis layanan pemantau: FREEZE_SEQ, FREEZE_ALERT_ID dan teks yang sama.",
      en: "The entries are the same as the daemon wrote: same FREEZE_SEQ, FREEZE_ALERT_ID and text."))

  @Option(help: ArgumentHelp(id: "FREEZE_SEQ pertama.", en: "First FREEZE_SEQ.", valueName: "seq")) var from:
    Int64
  @Option(
    help: ArgumentHelp(
      id: "FREEZE_SEQ terakhir. Bawaan: kepala arsip peringatan.", en: "Last FREEZE_SEQ. Default: the head.",
      valueName: "seq")) var to: Int64?
  @OptionGroup var options: LedgerOptions

  func run() throws {
    let configuration = try options.configuration()
    let store = try options.open(configuration)
    let replaying = Replaying(configuration)
    var unreadable = 0
    var removed = 0
    try store.forEachEvent(from: max(1, from), to: to ?? .max) { row in
      if row.isRemoved {
        removed += 1
        return
      }
      switch try replaying.write(row) {
      case .written: break
      case .unreadable: unreadable += 1
      case .unwanted: throw BrokenPipe()
      }
    }
    if removed > 0 {
      Console.note(
        Text(
          "\(removed) peristiwa hanya ada dalam berkas segel (alerts archive) dan tidak ditulis",
          "\(removed) events are in an archive only (alerts archive) and were not written"))
    }
    guard unreadable == 0 else {
      throw LedgerError(
        .corrupt, id: "\(unreadable) peristiwa tidak terbaca; jalankan freeze-auditor alerts verify",
        en: "\(unreadable) events cannot be read; run freeze-auditor alerts verify")
    }
  }
}

extension LedgerStore {
  /// Every event in a range, in order, without keeping them.
  func forEachEvent(from first: Int64, to last: Int64 = .max, _ body: (StoredRow) throws -> Void) throws {
    var next = first
    while next <= last {
      let rows = try events(from: next, limit: 500)
      guard let end = rows.last?.seq else { return }
      for row in rows where row.seq <= last { try body(row) }
      next = end + 1
    }
  }
}
