import AuditBase
import AuditReports
import FreezeRules

/// The words of a digest.
struct Page {
  let settings: Digest.Settings

  func say(_ id: String, _ en: String) -> String { Text(id, en)[settings.language] }

  // MARK: Rows

  func title(_ standing: Standing) -> String {
    switch standing {
    case .new: say("Peringatan baru", "New alerts")
    case .changed: say("Peringatan berubah", "Alerts changed")
    case .closed: say("Peringatan selesai", "Alerts closed")
    case .acknowledged: say("Peringatan ditanggapi", "Alerts acknowledged")
    case .notice: say("Catatan", "Notices")
    }
  }

  /// What log messages begin with; on the page the section says it already.
  private static let leads = [
    "Peringatan baru: ", "New alert: ", "Peringatan selesai: ", "Alert cleared: ", "Peringatan berubah: ",
    "Alert changed: ", "Peringatan ditanggapi: ", "Alert acknowledged: ",
  ]

  /// - Parameter closed: the alerts that the digest's news close in the end.
  func row(_ event: LogEvent, closed: Set<String>) -> Digest.Row {
    var lines = (event["MESSAGE"] ?? "").split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
      .map { Digest.plain(String($0)) }
    if settings.personalData == .masked, isInFull(event) {
      // Logged while personal_data was full: its words name people, so only its fields are used.
      lines = [sentence(event)]
    }
    var sentence = lines.first ?? self.sentence(event)
    for lead in Self.leads where sentence.hasPrefix(lead) {
      sentence = String(sentence.dropFirst(lead.count))
    }
    if settings.personalData == .masked {
      sentence = Self.withoutNumbers(sentence)
      lines = lines.map(Self.withoutNumbers)
    }
    if event.standing == .new, let id = event["FREEZE_ALERT_ID"], closed.contains(id) {
      sentence += say(" (sudah selesai, lihat di bawah)", " (closed since, see below)")
    }
    // What differs from person to person belongs to the row, or the details could not be said once for all.
    for line in lines.dropFirst() where Self.isPersonal(line) { sentence += " · " + line }
    var facts: [String] = []
    if let nip = settings.personalData.nip(event["FREEZE_NIP"]) {
      facts.append("NIP " + Digest.plain(nip, limit: 40))
    }
    if let id = event["FREEZE_ACTION_ID"] {
      facts.append(say("catatan", "record") + " " + Digest.plain(id, limit: 60))
    }
    if let seq = event.seq { facts.append("#\(seq)") }
    if event.origin == .ledger { facts.append(say("dari buku besar", "from the ledger")) }
    return Digest.Row(
      event: event, sentence: sentence, facts: facts.joined(separator: ", "),
      details: Array(lines.dropFirst().filter { !Self.isPersonal($0) }.prefix(20)))
  }

  private static func isPersonal(_ line: String) -> Bool {
    ["Jabatan: ", "Post: ", "Jenis: ", "Kind: "].contains { line.hasPrefix($0) }
  }

  private func isInFull(_ event: LogEvent) -> Bool {
    guard let nip = event["FREEZE_NIP"] else { return false }
    return nip.unicodeScalars.filter { ("0"..."9").contains($0) }.count > 4
  }

  /// Numbers as long as a NIP, shortened.
  static func withoutNumbers(_ text: String) -> String {
    // Hardly any text holds one.
    var run = 0
    var longest = 0
    for byte in text.utf8 {
      run = (0x30...0x39).contains(byte) ? run + 1 : 0
      longest = max(longest, run)
    }
    if longest < 16 { return text }
    var result = String.UnicodeScalarView()
    var digits: [Unicode.Scalar] = []
    func flush() {
      if digits.count >= 16 {
        result.append(contentsOf: repeatElement("*", count: digits.count - 4))
        result.append(contentsOf: digits.suffix(4))
      } else {
        result.append(contentsOf: digits)
      }
      digits.removeAll()
    }
    for scalar in text.unicodeScalars {
      if ("0"..."9").contains(scalar) {
        digits.append(scalar)
      } else {
        flush()
        result.append(scalar)
      }
    }
    flush()
    return String(result)
  }

  /// A sentence from the fields alone, without anything personal.
  private func sentence(_ event: LogEvent) -> String {
    func field(_ name: String) -> String? { event[name].map { Digest.plain($0, limit: 80) } }
    var parts = [field("FREEZE_KIND") ?? field("FREEZE_EVENT") ?? "?"]
    if let decree = field("FREEZE_DECREE_NO") { parts.append("SK \(decree)") }
    if let inside = field("FREEZE_INSIDE") {
      let opens = field("FREEZE_OPENS") ?? "?"
      let closes = field("FREEZE_CLOSES") ?? "?"
      parts.append(
        say("\(inside) di dalam \(opens) s.d. \(closes)", "\(inside) inside \(opens) to \(closes)"))
    }
    if let outcome = event["FREEZE_OUTCOME"].flatMap(Outcome.init) {
      parts.append(outcome.phrase[settings.language])
      if outcome.level == .alert { parts.append("perlu klarifikasi") }
    }
    return parts.joined(separator: "; ")
  }

  // MARK: Groups

  /// One group a decree (number and date), the most urgent first; in it, one block for the same details.
  func groups(_ rows: [Digest.Row]) -> [Digest.Group] {
    struct Key: Hashable {
      let number: String
      let date: String
    }
    var order: [Key] = []
    var byKey: [Key: [Digest.Row]] = [:]
    for row in rows {
      let number = Digest.plain(row.event["FREEZE_DECREE_NO"] ?? "", limit: 120)
        .split(separator: " ").joined(separator: " ")
      let key = Key(number: number, date: Digest.plain(row.event["FREEZE_DECREE_DATE"] ?? "", limit: 20))
      if byKey[key] == nil { order.append(key) }
      byKey[key, default: []].append(row)
    }
    func urgency(_ key: Key) -> Int {
      (byKey[key] ?? []).map { $0.event["FREEZE_OUTCOME"].flatMap(Outcome.init)?.rank ?? 99 }.min() ?? 99
    }
    let sorted = order.enumerated().sorted {
      (urgency($0.element), $0.offset) < (urgency($1.element), $1.offset)
    }
    return sorted.map { _, key in
      let rows = byKey[key] ?? []
      var blocks: [Digest.Block] = []
      var places: [[String]: Int] = [:]
      for row in rows {
        if let place = places[row.details] {
          blocks[place].rows.append(row)
        } else {
          places[row.details] = blocks.count
          blocks.append(Digest.Block(rows: [row], details: row.details))
        }
      }
      return Digest.Group(title: title(key.number, key.date, rows), blocks: blocks)
    }
  }

  private func title(_ number: String, _ date: String, _ rows: [Digest.Row]) -> String {
    let people = rows.filter { $0.event["FREEZE_ACTION_ID"] != nil }.count
    if number.isEmpty, date.isEmpty, people == 0 { return say("Auditor", "The auditor") }
    let name = number.isEmpty ? say("tanpa nomor SK", "no decree number") : "SK \(number)"
    let day = date.isEmpty ? "" : say(" tanggal \(date)", " of \(date)")
    let records = Set(rows.compactMap { $0.event["FREEZE_ACTION_ID"] }).count
    let elections = Set(rows.compactMap { $0.event["FREEZE_ELECTION"] }).sorted().map {
      Digest.plain($0, limit: 60)
    }
    let where_ = elections.isEmpty ? "" : " · " + elections.joined(separator: ", ")
    return name + day + " · " + say("\(records) catatan", records == 1 ? "1 record" : "\(records) records")
      + where_
  }

  // MARK: Sentences

  private func parts(_ numbers: [Int]) -> [String] {
    var parts: [String] = []
    let words = [
      Text("peringatan baru", numbers[0] == 1 ? "new alert" : "new alerts"),
      Text("berubah", "changed"), Text("selesai", "closed"),
      Text("ditanggapi", "acknowledged"),
      Text("catatan", numbers[4] == 1 ? "notice" : "notices"),
    ]
    for (number, word) in zip(numbers, words) where number > 0 {
      parts.append("\(number) \(word[settings.language])")
    }
    return parts
  }

  func subject(_ numbers: [Int], open: Int, isBlind: Bool) -> String {
    let region = settings.region.map { " " + Digest.plain($0, limit: 20) } ?? ""
    var parts = parts(numbers)
    if parts.isEmpty { parts = [say("tidak ada yang baru", "nothing new")] }
    if isBlind { parts.insert(say("PEMERIKSAAN BUTA", "THE AUDIT IS BLIND"), at: 0) }
    parts.append(say("\(open) terbuka", "\(open) open"))
    if numbers[0] > 0 { parts.append(say("perlu klarifikasi", "needs clarification")) }
    return say("[Larangan mutasi\(region)] ", "[Freeze auditor\(region)] ") + parts.joined(separator: " · ")
  }

  func lead(_ numbers: [Int], open: Int) -> String {
    let parts = parts(numbers)
    let state = say(
      "\(open) peringatan terbuka", open == 1 ? "1 alert is open" : "\(open) alerts are open")
    return parts.isEmpty
      ? say(
        "Tidak ada yang baru sejak ringkasan sebelumnya; \(state).",
        "Nothing new since the last digest; \(state).")
      : parts.joined(separator: ", ")
        + say(
          " sejak ringkasan sebelumnya; \(state).", " since the last digest; \(state).")
  }

  func attention(_ intake: Intake, year: Int, _ days: WorkingDays) -> [String] {
    var lines: [String] = []
    if let last = intake.news.last(where: { ["audit_blind", "audit_resumed"].contains($0.event) }),
      last.event == "audit_blind"
    {
      lines.append(
        say(
          "Pemeriksaan sedang buta (lihat Catatan): selama itu tidak ada peringatan baru yang dapat muncul.",
          "The audit is blind (see Notices): meanwhile no new alert can arise."))
    }
    if intake.isLedgerReplaced {
      lines.append(
        say(
          "Buku besar bukan lagi yang disebut ringkasan sebelumnya (nomor \(intake.base.head?.seq ?? 0)): terpotong, diubah, atau dibuat baru. Jalankan: freeze-auditor alerts verify",
          "The ledger is not the one the last digest named (number \(intake.base.head?.seq ?? 0)): cut, changed or made anew. Run: freeze-auditor alerts verify"
        ))
    }
    if !intake.beyond.ranges.isEmpty {
      lines.append(
        say(
          "Log memuat nomor yang tidak ada di buku besar: \(intake.beyond.description). Jalankan: freeze-auditor alerts verify",
          "The log has numbers that the ledger does not: \(intake.beyond.description). Run: freeze-auditor alerts verify"
        ))
    }
    if !intake.differing.ranges.isEmpty {
      lines.append(
        say(
          "Entri log berbeda dari buku besar, isi buku besar yang dipakai: \(intake.differing.description).",
          "Log entries differ from the ledger, whose words are used: \(intake.differing.description)."))
    }
    if !intake.filled.ranges.isEmpty {
      lines.append(
        say(
          "Nomor yang hilang dari log, diisi dari buku besar: \(intake.filled.description).",
          "Numbers missing in the log, filled from the ledger: \(intake.filled.description)."))
    }
    if !intake.missing.isEmpty {
      lines.append(
        say(
          "Nomor yang hilang dari log dan belum dapat diisi: \(SequenceSet.describe(intake.missing)). Ringkasan berikutnya mencoba lagi.",
          "Numbers missing in the log that could not be filled yet: \(SequenceSet.describe(intake.missing)). The next digest tries again."
        ))
    }
    if let problem = intake.ledgerProblem {
      lines.append(
        say("Buku besar tidak dapat ditanya: ", "The ledger could not be asked: ")
          + Digest.plain(problem[settings.language], limit: 300))
    }
    if intake.unreadable > 0 {
      lines.append(
        say(
          "\(intake.unreadable) baris log tidak terbaca.",
          "\(intake.unreadable) lines of the log were unreadable."))
    }
    if let delay = intake.base.delay {
      lines.append(
        say(
          "Ringkasan sebelumnya tertunda sejak \(delay.since) (\(delay.attempts) percobaan gagal): \(Digest.plain(delay.cause, limit: 300))",
          "The digest before was delayed since \(delay.since) (\(delay.attempts) failed attempts): \(Digest.plain(delay.cause, limit: 300))"
        ))
    }
    if !days.knows(year: year) {
      lines.append(
        say(
          "Daftar hari libur tidak memuat tahun \(year); setiap Senin-Jumat dianggap hari kerja (mail.holidays).",
          "The list of holidays does not know \(year); every Monday to Friday counts as a working day (mail.holidays)."
        ))
    }
    return lines
  }

  // MARK: What is open

  func open(_ alerts: [OpenAlert], reversals: Int, isFromLedger: Bool) -> (
    [String], [(title: String, count: Int)]
  ) {
    var lines: [String] = []
    let source =
      isFromLedger
      ? say("menurut buku besar", "by the ledger")
      : say(
        "menurut log yang pernah dibaca; buku besar tidak dapat ditanya",
        "by the log as read so far; the ledger could not be asked")
    let byOutcome = Dictionary(alerts.map { ($0.outcome, 1) }, uniquingKeysWith: +)
    let outcomes = byOutcome.sorted {
      (Outcome(rawValue: $0.key)?.rank ?? 99, $0.key) < (Outcome(rawValue: $1.key)?.rank ?? 99, $1.key)
    }.map { key, count in
      "\(count) " + (Outcome(rawValue: key)?.phrase[settings.language] ?? Digest.plain(key, limit: 40))
    }
    lines.append(
      say("\(alerts.count) terbuka", "\(alerts.count) open") + " (\(source))"
        + (outcomes.isEmpty ? "." : ": " + outcomes.joined(separator: ", ") + "."))
    let elections = Dictionary(alerts.map { ("\($0.election) (\($0.rule))", 1) }, uniquingKeysWith: +)
    if !elections.isEmpty {
      lines.append(
        elections.sorted { $0.key < $1.key }.map { "\(Digest.plain($0.key, limit: 100)): \($0.value)" }
          .joined(separator: "; ") + ".")
    }
    let taken = alerts.filter { $0.acknowledgedUntil != nil }.count
    if taken > 0 {
      lines.append(say("\(taken) di antaranya sudah ditanggapi.", "\(taken) of them were acknowledged."))
    }
    if reversals > 0 {
      lines.append(
        say("Selain itu \(reversals) pembatalan tercatat.", "Besides, \(reversals) reversals are on record."))
    }
    var groups: [String: Int] = [:]
    for alert in alerts {
      let number = Digest.plain(alert.decreeNo ?? "", limit: 120).split(separator: " ").joined(separator: " ")
      let name = number.isEmpty ? say("tanpa nomor SK", "no decree number") : "SK \(number)"
      let day = alert.decreeDate.map { say(" tanggal ", " of ") + Digest.plain($0, limit: 20) } ?? ""
      groups[name + day, default: 0] += 1
    }
    var sorted = groups.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      (title: $0.key, count: $0.value)
    }
    if sorted.count > Digest.shownGroups {
      let rest = sorted[Digest.shownGroups...]
      let sum = rest.reduce(0) { $0 + $1.count }
      sorted = Array(sorted.prefix(Digest.shownGroups))
      sorted.append((title: say("\(rest.count) SK lainnya", "\(rest.count) other decrees"), count: sum))
    }
    return (lines, sorted)
  }

  // MARK: What it rests on

  func tally(_ intake: Intake, _ numbers: [Int], _ moment: Moment) -> [String] {
    var lines: [String] = []
    let total = numbers.reduce(0, +)
    if total > 0 {
      lines.append(
        say(
          "\(total) peristiwa = \(numbers[0]) baru + \(numbers[1]) berubah + \(numbers[2]) selesai + \(numbers[3]) ditanggapi + \(numbers[4]) catatan; nomor ",
          "\(total) events = \(numbers[0]) new + \(numbers[1]) changed + \(numbers[2]) closed + \(numbers[3]) acknowledged + \(numbers[4]) notices; numbers "
        ) + SequenceSet(intake.news.compactMap(\.seq).map { $0...$0 }).description + ".")
    }
    if let head = intake.head {
      lines.append(
        say(
          "Buku besar: nomor \(head.seq), hash \(head.hash).",
          "Ledger: number \(head.seq), hash \(head.hash)."))
    } else {
      lines.append(
        say(
          "Buku besar tidak dapat ditanya; hash kepalanya tidak diketahui.",
          "The ledger could not be asked; the hash of its head is not known."))
    }
    lines.append(
      say(
        "Dibuat \(moment.text) oleh freeze-auditor \(settings.program). Tidak adanya surat ini pada hari kerja berarti ada yang rusak.",
        "Made \(moment.text) by freeze-auditor \(settings.program). When this mail does not come on a working day, something is broken."
      ))
    lines.append(
      say(
        "Penalaran satu catatan: freeze-auditor explain <catatan>. Semua yang terbuka: freeze-auditor alerts list.",
        "The reasoning on one record: freeze-auditor explain <record>. Everything open: freeze-auditor alerts list."
      ))
    return lines
  }

  /// Said of every alert.
  var caution: String {
    say(
      "Peringatan berarti perlu klarifikasi; bukan temuan pelanggaran.",
      "An alert means \"perlu klarifikasi\" (needs clarification); it is not a finding of violation.")
  }

  func more(_ count: Int) -> String {
    say("… dan \(count) lagi, lihat lampiran CSV", "… and \(count) more, see the attached CSV")
  }

  func applies(_ count: Int) -> String {
    count == 1
      ? say("Rincian", "Details")
      : say("Rincian untuk \(count) catatan ini", "Details of these \(count) records")
  }
}
