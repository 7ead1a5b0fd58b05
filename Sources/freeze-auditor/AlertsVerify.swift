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
    abstract: Talk.help(
      id: "Menghitung ulang rantai arsip peringatan, dan dengan --recompute juga kesimpulannya.",
      en: "Recomputes the chain of the ledger, and with --recompute the verdicts."),
    discussion: Talk.help(
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
  @Flag(
    help: ArgumentHelp(
      id: "Nilai ulang fakta yang tersimpan dan bandingkan kesimpulannya.",
      en: "Judge the stored facts again and compare the verdicts.")) var recompute = false
  @Option(help: ArgumentHelp(id: "table atau json.", en: "table or json.")) var format: ListFormat = .table

  func run() throws {
    let configuration = try options.configuration()
    var check = try checkpoint.check()
    var verification = Verification(heads: try heads())
    var recomputation = try recompute ? recomputation(configuration) : nil
    var judged = 0
    var unjudged = 0
    var differences: [Verification.Problem] = []
    let store = try options.open(configuration)
    try store.forEachEvent(from: .min) { row in
      check?.take(row)
      guard let body = verification.take(row), var again = recomputation else { return }
      switch again.check(body) {
      case .same: judged += 1
      case .different(let text):
        judged += 1
        differences.append(Verification.Problem(seq: row.seq, text: text))
      case .otherRules: unjudged += 1
      case .notJudged: break
      }
      recomputation = again
    }
    verification.finish()
    if let problem = check?.problem { differences.append(problem) }
    if let problem = try Self.marks(store, seq: verification.seq) { differences.append(problem) }
    if let ahead = try store.markAhead() {
      differences.append(Verification.Problem(seq: ahead, text: MarksAhead.text(ahead)))
    }
    if let problem = try Self.fold(store) { differences.append(problem) }
    let problems = (verification.problems + differences).sorted { $0.seq < $1.seq }
    let output = try Output(path: nil)
    switch format {
    case .json:
      let json = JSON.object([
        "ok": .bool(problems.isEmpty), "events": .integer(verification.count),
        "head_seq": .integer(Int(verification.seq)), "head_hash": .string(Hex.encode(verification.hash)),
        "recomputed": recompute ? .integer(judged) : .null,
        "not_recomputed": recompute ? .integer(unjudged) : .null, "checkpoint": check?.json ?? .null,
        "problems": .array(
          problems.map {
            .object(["seq": .integer(Int($0.seq)), "problem": .string($0.text[options.lang])])
          }),
        "set_aside": .array(verification.setAside.map(\.json)),
      ])
      try output.write(json.text + "\n")
    case .table:
      for problem in problems {
        let place =
          problem.seq == 0 ? Text("arsip peringatan", "ledger")[options.lang] : "seq \(problem.seq)"
        try output.write("\(place): \(problem.text[options.lang])\n")
      }
      for aside in verification.setAside { try output.write(line(aside) + "\n") }
      try output.write(summary(verification, problems.count, judged, unjudged) + "\n")
      if let check, check.problem == nil { try output.write(check.sentence(options.lang) + "\n") }
    }
    try output.finish()
    if !problems.isEmpty { throw ExitStatus.ledger.code }
    if judged == 0, unjudged > 0 { throw ExitStatus.notEvaluated.code }
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

  private func line(_ aside: SetAside) -> String {
    PlainText.line(
      Text(
        "seq \(aside.seq): tidak terbaca, disisihkan oleh \(aside.author): \(aside.reason)",
        "seq \(aside.seq): cannot be read, set aside by \(aside.author): \(aside.reason)")[options.lang])
  }

  private func summary(_ verification: Verification, _ problems: Int, _ judged: Int, _ unjudged: Int)
    -> String
  {
    let head = "\(verification.seq):\(Hex.encode(verification.hash))"
    var text =
      problems == 0
      ? Text(
        "\(verification.count) peristiwa, rantai utuh sampai \(head).",
        "\(verification.count) events, the chain is whole up to \(head).")[options.lang]
      : Text(
        "\(verification.count) peristiwa, \(problems) masalah, berakhir pada \(head).",
        "\(verification.count) events, \(problems) problems, ends at \(head).")[options.lang]
    guard recompute else { return text }
    text += Text(" Dinilai ulang: \(judged).", " Judged again: \(judged).")[options.lang]
    if unjudged > 0 {
      text +=
        Text(
          " \(unjudged) tidak dapat dinilai ulang: dinilai dengan aturan atau kalender lain (hash berbeda); beri berkasnya lewat rules dan calendar dalam konfigurasi.",
          " \(unjudged) could not be judged again: they were judged by other rules or another calendar (the hashes differ); give those files as rules and calendar in the configuration."
        )[options.lang]
    }
    return text
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
        throw UsageError(
          id: "--head \"\(text)\": tulis SEQ:HASH atau HASH, dengan 64 angka heksadesimal",
          en: "--head \"\(text)\": write SEQ:HASH or HASH, with 64 hexadecimal digits")
      }
      heads.append(parsed)
    }
    guard let state else { return heads }
    guard let text = try RuleSet.text(state)?.text else { return heads }
    let found = Self.heads(in: text)
    if found.isEmpty {
      throw UsageError(
        id: "--state \(state): tidak memuat FREEZE_HEAD_SEQ dan FREEZE_HEAD_HASH",
        en: "--state \(state): holds no FREEZE_HEAD_SEQ and FREEZE_HEAD_HASH")
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
