import AlertLedger
import ArgumentParser
import AuditService
import Foundation
import FreezeRules
import AuditBase
import RuleFiles

struct AlertsVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: Console.help(
      id: "Menghitung ulang rantai arsip peringatan, dan dengan --recompute juga kesimpulannya.",
      en: "Recomputes the chain of the ledger, and with --recompute the verdicts."),
    discussion: Console.help(
      id:
        "Menemukan byte yang diubah, baris yang dihapus, pasangan yang ditukar, dan kolom yang berbeda dari isinya. Ekor yang dipotong menyisakan rantai yang utuh: beri kepala yang terakhir dicatat log atau dikirim surel dengan --head, atau dengan --state berkas yang memuatnya; lebih kuat, sebab bertanda tangan: --checkpoint dan --public-key. Keluar dengan 0 bila semua cocok, 74 bila tidak.",
      en:
        "Finds an edited byte, a deleted row, a swapped pair, and columns that disagree with the body. A cut tail leaves a whole chain behind: give the head last logged or mailed with --head, or with --state a file that holds it; stronger, being signed: --checkpoint and --public-key. Exits 0 when all fits, 74 when not."
    ))

  @OptionGroup var options: LedgerOptions
  @Option(
    help: ArgumentHelp(
      id:
        "Kepala yang dicatat di tempat lain, sebagai FREEZE_HEAD_SEQ:FREEZE_HEAD_HASH atau hash saja. Boleh diulang.",
      en:
        "A head remembered elsewhere, as FREEZE_HEAD_SEQ:FREEZE_HEAD_HASH or the hash alone. May be repeated.",
      valueName: "seq:hash"))
  var head: [String] = []
  @Option(
    help: ArgumentHelp(
      id:
        "Berkas berisi kepala: entri log sebagai baris JSON (journalctl -o json), atau JSON dengan head_seq dan head_hash.",
      en:
        "File with heads: log entries as JSON lines (journalctl -o json), or JSON with head_seq and head_hash.",
      valueName: "file"))
  var state: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @Option(
    help: ArgumentHelp(
      id:
        "Berkas segel dari alerts archive. Diperiksa sendiri, dan bersama arsip peringatan bila itu disebut (--ledger, --config, atau konfigurasi bawaan). Boleh diulang.",
      en:
        "An archive of alerts archive. Checked by itself, and beside the ledger where one is named (--ledger, --config, or the default configuration). May be repeated.",
      valueName: "file"))
  var archive: [String] = []
  @Flag(
    help: ArgumentHelp(
      id: "Periksa berkas segel saja, tanpa arsip peringatan.",
      en: "Check the archives only, without the ledger."))
  var alone = false
  @Flag(
    help: ArgumentHelp(
      id: "Nilai ulang fakta yang tersimpan dan bandingkan kesimpulannya.",
      en: "Judge the stored facts again and compare the verdicts.")) var recompute = false
  @Option(help: ArgumentHelp(id: "table atau json.", en: "table or json.")) var format: ListFormat = .table

  func validate() throws {
    if alone, archive.isEmpty || !head.isEmpty || state != nil {
      throw ValidationError(
        id: "--alone memeriksa berkas segel saja: beri --archive, dan tanggalkan --head dan --state.",
        en: "--alone checks archives only: give --archive, and leave out --head and --state.")
    }
  }

  func run() throws {
    // An examiner has the files and no ledger.
    let isAlone = alone || !archive.isEmpty && !options.isNamed && head.isEmpty && state == nil
    var walk = VerifyWalk(check: try checkpoint.check())
    let configuration = try isAlone && !recompute ? nil : options.configuration()
    if recompute, let configuration { walk.recomputation = try recomputation(configuration) }
    let archives = try archive.map { path in try ArchiveCheck(path) { row, body in walk.take(row, body) } }
    var report = VerifyReport(archives: archives, language: options.lang)
    for one in archives { report.add(one.problems, of: one.path) }
    if let configuration, !isAlone {
      let store = try options.open(configuration)
      var verification = Verification(heads: try heads(), seals: try store.seals())
      try store.forEachEvent(from: .min) { row in walk.take(row, verification.take(row)) }
      verification.finish()
      report.add(verification.problems)
      if let problem = try Self.marks(store, seq: verification.seq) { report.add([problem]) }
      if let ahead = try store.markAhead() {
        report.add([Verification.Problem(seq: ahead, text: MarksAhead.text(ahead))])
      }
      if let problem = try Self.fold(store) { report.add([problem]) }
      for one in archives { report.add(try one.compare(with: store), of: one.path) }
      report.ledger = VerifyReport.Ledger(verification, try store.seals().last)
    }
    if let problem = isAlone ? walk.problem(in: archives) : walk.check?.problem { report.add([problem]) }
    report.add(walk.differences)
    try write(report, walk)
    if !report.problems.isEmpty { throw ExitStatus.ledger.code }
    if walk.judged == 0, walk.unjudged > 0 { throw ExitStatus.notEvaluated.code }
  }

  private func write(_ report: VerifyReport, _ walk: VerifyWalk) throws {
    let output = try Output(path: nil)
    switch format {
    case .json: try output.write(report.json(walk, recomputed: recompute).text + "\n")
    case .table:
      for line in report.lines(walk, recomputed: recompute) { try output.write(line + "\n") }
    }
    try output.finish()
  }

  /// What a start reads instead of all events must say the same.
  private static func fold(_ store: LedgerStore) throws(LedgerError) -> Verification.Problem? {
    guard let count = try store.misfolded(), count > 0 else { return nil }
    return Verification.Problem(
      seq: 0,
      text: Text(
        "freeze_audit.alert_open menyebut \(count) peringatan lain daripada peristiwanya: ada yang menulisnya dengan tangan. Jalankan lagi sql/install.sql, lalu systemctl restart freeze-auditor",
        "freeze_audit.alert_open tells \(count) alerts otherwise than the events: somebody wrote there by hand. Run sql/install.sql again, then systemctl restart freeze-auditor"
      ))
  }

  /// What the marks of the log say of the ledger.
  private static func marks(_ store: LedgerStore, seq: Int64) throws(LedgerError) -> Verification.Problem? {
    let mark = try store.emittedThrough()
    if mark > seq {
      return Verification.Problem(
        seq: seq,
        text: Text(
          "nomor sampai \(mark) sudah dicatat dalam log; ekornya hilang",
          "numbers up to \(mark) were handed to the log; the tail is gone"))
    }
    return try store.replacedMark().map {
      Verification.Problem(
        seq: $0,
        text: Text(
          "nomor ini sudah dicatat dalam log sebelum peristiwanya ditulis; peristiwa yang dulu di sini hilang",
          "this number was handed to the log before its event was written; the event that was here is gone"))
    }
  }

  private func recomputation(_ configuration: Configuration) throws -> Recomputation {
    Recomputation(
      try configuration.ruleSet(),
      configuration)
  }

  private func heads() throws -> [Verification.Head] {
    var heads: [Verification.Head] = []
    for text in head {
      guard let parsed = Verification.Head(text) else {
        throw Failure(
          .usage, "--head \"\(text)\": tulis SEQ:HASH atau HASH, dengan 64 angka heksadesimal",
          "--head \"\(text)\": write SEQ:HASH or HASH, with 64 hexadecimal digits")
      }
      heads.append(parsed)
    }
    guard let state else { return heads }
    guard let text = try RuleSet.text(state)?.text else { return heads }
    let found = Self.heads(in: text)
    if found.isEmpty {
      throw Failure(
        .usage, "--state \(state): tidak memuat FREEZE_HEAD_SEQ dan FREEZE_HEAD_HASH",
        "--state \(state): holds no FREEZE_HEAD_SEQ and FREEZE_HEAD_HASH")
    }
    return heads + found
  }

  /// Every head named in a file, each once.
  static func heads(in text: String) -> [Verification.Head] {
    let names = [("FREEZE_HEAD_SEQ", "FREEZE_HEAD_HASH"), ("head_seq", "head_hash")]
    let documents = [JSON(parsing: text)] + text.split(separator: "\n").map { JSON(parsing: String($0)) }
    var found: [Verification.Head] = []
    for case let document? in documents {
      for (seqName, hashName) in names {
        guard let hash = document[hashName]?.string else { continue }
        let seq = document[seqName].flatMap { $0.string ?? $0.integer.map { String($0) } }
        if let head = Verification.Head(seq.map { "\($0):\(hash)" } ?? hash), !found.contains(head) {
          found.append(head)
        }
      }
    }
    return found
  }
}
