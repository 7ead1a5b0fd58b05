import AlertLedger
import AuditBase
import AuditService
import FreezeRules

/// What is looked at in every event on the way, of a ledger or of an archive.
struct VerifyWalk {
  var check: CheckpointCheck?
  var recomputation: Recomputation?
  private(set) var judged = 0
  private(set) var unjudged = 0
  private(set) var differences: [Verification.Problem] = []

  init(check: CheckpointCheck?) { self.check = check }

  mutating func take(_ row: StoredRow, _ body: EventBody.Parsed?) {
    check?.take(row)
    guard let body, let again = recomputation else { return }
    switch again.check(body) {
    case .same: judged += 1
    case .different(let text):
      judged += 1
      differences.append(Verification.Problem(seq: row.seq, text: text))
    case .otherRules: unjudged += 1
    case .notJudged: break
    }
  }

  /// What does not fit the signed note where there are only archives.
  func problem(in archives: [ArchiveCheck]) -> Verification.Problem? {
    guard let check else { return nil }
    let signed = check.checkpoint.head.seq
    guard !archives.contains(where: { $0.header.range.contains(signed) }) else { return check.problem }
    return Verification.Problem(
      seq: signed,
      text: Text(
        "peristiwa yang ditandatangani tidak ada dalam berkas segel ini; periksa bersama arsip peringatannya",
        "the event that was signed is not in these archives; check them beside the ledger"))
  }
}

/// What `alerts verify` says.
struct VerifyReport {
  /// The ledger, where it was looked at.
  struct Ledger {
    let verification: Verification
    let seal: Seal?

    init(_ verification: Verification, _ seal: Seal?) {
      self.verification = verification
      self.seal = seal
    }
  }

  let archives: [ArchiveCheck]
  let language: Language
  var ledger: Ledger?
  private(set) var problems: [(file: String?, problem: Verification.Problem)] = []

  init(archives: [ArchiveCheck], language: Language) {
    self.archives = archives
    self.language = language
  }

  /// - Parameter file: the archive they are of; `nil`: the ledger.
  mutating func add(_ found: [Verification.Problem], of file: String? = nil) {
    problems += found.map { (file, $0) }
  }

  /// Those of a file together, each by its number.
  private var sorted: [(file: String?, problem: Verification.Problem)] {
    archives.flatMap { archive in problems.filter { $0.file == archive.path } }
      + problems.filter { $0.file == nil }.sorted { $0.problem.seq < $1.problem.seq }
  }

  func lines(_ walk: VerifyWalk, recomputed: Bool) -> [String] {
    var lines = sorted.map { file, problem in
      let name = file.map { PlainText.line($0, limit: 300) } ?? Text("arsip peringatan", "ledger")[language]
      let places = [
        file == nil && problem.seq != 0 ? nil : name, problem.seq == 0 ? nil : "seq \(problem.seq)",
      ]
      return "\(places.compactMap { $0 }.joined(separator: ", ")): \(problem.text[language])"
    }
    lines += (ledger?.verification.setAside ?? []).map(line)
    lines += archives.map(sentence)
    if let ledger { lines += [summary(ledger.verification)] + sealed(ledger) }
    if recomputed { lines.append(again(walk)) }
    if ledger == nil {
      lines.append(Text("Arsip peringatan tidak ikut diperiksa.", "The ledger was not looked at.")[language])
    }
    if let check = walk.check, check.problem == nil { lines.append(check.sentence(language)) }
    return lines
  }

  private func line(_ aside: SetAside) -> String {
    PlainText.line(
      Text(
        "seq \(aside.seq): tidak terbaca, disisihkan oleh \(aside.author): \(aside.reason)",
        "seq \(aside.seq): cannot be read, set aside by \(aside.author): \(aside.reason)")[language])
  }

  private func sentence(_ archive: ArchiveCheck) -> String {
    let (first, last) = (archive.header.range.lowerBound, archive.header.range.upperBound)
    let name = PlainText.line(archive.path, limit: 300)
    let before = PlainText.line(archive.header.before, limit: 20)
    let hash = Hex.encode(archive.file)
    let count = problems.count { $0.file == archive.path }
    return count == 0
      ? Text(
        "\(name): berkas segel utuh, peristiwa \(first)–\(last) sebelum \(before), SHA-256 \(hash).",
        "\(name): the archive is whole, events \(first)–\(last) before \(before), SHA-256 \(hash).")[language]
      : Text("\(name): \(count) masalah, SHA-256 \(hash).", "\(name): \(count) problems, SHA-256 \(hash).")[
        language]
  }

  private func summary(_ verification: Verification) -> String {
    let head = "\(verification.seq):\(Hex.encode(verification.hash))"
    let count = problems.count { $0.file == nil }
    return count == 0
      ? Text(
        "\(verification.count) peristiwa, rantai utuh sampai \(head).",
        "\(verification.count) events, the chain is whole up to \(head).")[language]
      : Text(
        "\(verification.count) peristiwa, \(count) masalah, berakhir pada \(head).",
        "\(verification.count) events, \(count) problems, ends at \(head).")[language]
  }

  private func sealed(_ ledger: Ledger) -> [String] {
    guard let seal = ledger.seal else { return [] }
    let (last, hash, removed) = (seal.range.upperBound, Hex.encode(seal.file), ledger.verification.removed)
    return [
      Text(
        "Tersegel sampai seq \(last), SHA-256 berkas \(hash); isi \(removed) peristiwa hanya ada dalam berkas segel.",
        "Sealed up to seq \(last), file SHA-256 \(hash); the bodies of \(removed) events are in archives only."
      )[language]
    ]
  }

  private func again(_ walk: VerifyWalk) -> String {
    var text = Text("Dinilai ulang: \(walk.judged).", "Judged again: \(walk.judged).")[language]
    if walk.unjudged > 0 {
      text +=
        Text(
          " \(walk.unjudged) tidak dapat dinilai ulang: dinilai dengan aturan atau kalender lain (hash berbeda); beri berkasnya lewat rules dan calendar dalam konfigurasi.",
          " \(walk.unjudged) could not be judged again: they were judged by other rules or another calendar (the hashes differ); give those files as rules and calendar in the configuration."
        )[language]
    }
    return text
  }

  func json(_ walk: VerifyWalk, recomputed: Bool) -> JSON {
    let verification = ledger?.verification
    let judged: JSON = recomputed ? .integer(walk.judged) : .null
    let unjudged: JSON = recomputed ? .integer(walk.unjudged) : .null
    let pairs: KeyValuePairs<String, JSON> = [
      "ok": .bool(problems.isEmpty), "events": Self.number(verification.map { Int64($0.count) }),
      "head_seq": Self.number(verification?.seq),
      "head_hash": .text(verification.map { Hex.encode($0.hash) }), "recomputed": judged,
      "not_recomputed": unjudged, "checkpoint": walk.check?.json ?? .null,
      "problems": .array(sorted.map(problem)),
      "set_aside": .array((verification?.setAside ?? []).map(\.json)), "sealed": seal,
      "archives": .array(archives.map(Self.json)),
    ]
    return .object(pairs)
  }

  private static func number(_ value: Int64?) -> JSON { value.map { .integer(Int($0)) } ?? .null }

  private func problem(_ found: (file: String?, problem: Verification.Problem)) -> JSON {
    var pairs = [
      JSON.Pair("seq", Self.number(found.problem.seq)),
      JSON.Pair("problem", .string(found.problem.text[language])),
    ]
    if let file = found.file { pairs.append(JSON.Pair("file", .string(file))) }
    return .object(pairs)
  }

  private var seal: JSON {
    guard let ledger, let seal = ledger.seal else { return .null }
    return .object([
      "through_seq": Self.number(seal.range.upperBound), "file_sha256": .string(Hex.encode(seal.file)),
      "removed": .integer(ledger.verification.removed),
    ])
  }

  private static func json(_ archive: ArchiveCheck) -> JSON {
    .object([
      "file": .string(archive.path), "from_seq": number(archive.header.range.lowerBound),
      "through_seq": number(archive.header.range.upperBound), "before": .string(archive.header.before),
      "events": .integer(archive.count), "sha256": .string(Hex.encode(archive.file)),
    ])
  }
}
