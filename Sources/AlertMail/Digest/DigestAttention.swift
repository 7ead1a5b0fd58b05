import AuditBase
import AuditReports

extension DigestWords {
  /// What needs a look before anything else.
  func attention(_ events: NewEvents, year: Int, _ days: WorkingDays) -> [String] {
    var lines = passedOn(events) + ledgerProblems(events)
    if events.health == nil, events.isBlind {
      lines.insert(
        Text(
          "Pemeriksaan sedang buta (lihat Pemberitahuan): selama itu tidak ada peringatan baru yang dapat muncul.",
          "The audit is blind (see Notices): meanwhile no new alert can arise."), at: 0)
    }
    if events.foreign > 0 {
      lines.append(
        Text(
          "\(events.foreign) baris log meniru auditor tetapi ditulis unit lain; tidak dipakai.",
          "\(events.foreign) lines of the log imitate the auditor but were written by another unit; not used."
        ))
    }
    if events.unreadable > 0 {
      lines.append(
        Text(
          "\(events.unreadable) baris log tidak terbaca.",
          "\(events.unreadable) lines of the log were unreadable."))
    }
    if let delay = events.base.delay {
      let cause = Digest.plain(delay.cause, limit: 300)
      lines.append(
        Text(
          "Ringkasan sebelumnya tertunda sejak \(delay.since) (\(delay.attempts) percobaan gagal): \(cause)",
          "The digest before was delayed since \(delay.since) (\(delay.attempts) failed attempts): \(cause)"))
    }
    if !days.knows(year: year) {
      lines.append(
        Text(
          "Daftar hari libur tidak memuat tahun \(year); setiap Senin-Jumat dianggap hari kerja (mail.holidays).",
          "The list of holidays does not know \(year); every Monday to Friday counts as a working day (mail.holidays)."
        ))
    }
    return watch(events) + lines.map { $0[language] }
  }

  /// The words for the subject: what is wrong with the audit, or that this cannot be known.
  func alarms(_ events: NewEvents) -> [String] {
    var alarms = alarm(events.health?.troubles ?? [])
    if events.health == nil {
      if events.isBlind {
        alarms = alarm([WatchHealth.Trouble(kind: .blind, source: nil, since: nil, cause: nil)])
      }
      alarms.append(Text("ARSIP PERINGATAN TIDAK TERJANGKAU", "THE LEDGER CANNOT BE REACHED")[language])
    }
    if events.isLedgerReplaced {
      alarms.append(
        Text("ARSIP PERINGATAN TERPOTONG ATAU DIGANTI", "THE LEDGER WAS CUT OR REPLACED")[language])
    }
    return alarms
  }

  /// How the audit is, where that is not well, and what of it is over.
  private func watch(_ events: NewEvents) -> [String] {
    guard let health = events.health else { return [] }
    let troubles = health.troubles
    let now = Set(troubles.map(\.key))
    let over = events.base.troubles.filter { !now.contains($0.key) }.sorted { $0.key < $1.key }
    return troubles.map(sentence)
      + over.map { key, since in
        ended(
          key, since: Int(since).map { Moment(secondsSince2000: $0, zone: zone).written(language) } ?? "?")
      }
  }

  /// What nobody answered in time.
  private func passedOn(_ events: NewEvents) -> [Text] {
    if let days = events.escalatedAfter {
      return [
        Text(
          "Diteruskan kepada Anda: \(events.tally.total) peringatan tidak ditanggapi dalam \(days) hari kerja.",
          "Passed on to you: \(events.tally.total) alerts were not answered within \(days) working days.")
      ]
    }
    guard events.overdue > 0 else { return [] }
    return [
      Text(
        "\(events.overdue) peringatan belum ditanggapi dalam waktunya dan diteruskan ke tingkat berikutnya (mail.escalate).",
        "\(events.overdue) alerts were not answered in time and are passed on to the next desk (mail.escalate)."
      )
    ]
  }

  /// Where log and ledger do not say the same.
  private func ledgerProblems(_ events: NewEvents) -> [Text] {
    var lines: [Text] = []
    if let last = events.replacedAfter {
      lines.append(
        Text(
          "Arsip peringatan bukan lagi yang disebut ringkasan sebelumnya: terpotong, diubah, dipulihkan atau dibuat baru. Yang masih sama: sampai nomor \(last). Jalankan: freeze-auditor alerts verify",
          "The ledger is not the one the last digest named: cut, changed, restored or made anew. Still the same: up to number \(last). Run: freeze-auditor alerts verify"
        ))
    }
    if !events.beyond.ranges.isEmpty {
      lines.append(
        Text(
          "Log memuat nomor yang tidak ada di arsip peringatan: \(events.beyond.description). Jalankan: freeze-auditor alerts verify",
          "The log has numbers that the ledger does not: \(events.beyond.description). Run: freeze-auditor alerts verify"
        ))
    }
    if !events.differing.ranges.isEmpty {
      lines.append(
        Text(
          "Entri log berbeda dari arsip peringatan, isi arsip peringatan yang dipakai: \(events.differing.description).",
          "Log entries differ from the ledger, whose words are used: \(events.differing.description)."))
    }
    if !events.filled.ranges.isEmpty {
      lines.append(
        Text(
          "Nomor yang hilang dari log, diisi dari arsip peringatan: \(events.filled.description).",
          "Numbers missing in the log, filled from the ledger: \(events.filled.description)."))
    }
    if !events.missing.isEmpty {
      let numbers = SequenceSet.describe(events.missing)
      lines.append(
        Text(
          "Nomor yang hilang dari log dan belum dapat diisi: \(numbers). Ringkasan berikutnya mencoba lagi.",
          "Numbers missing in the log that could not be filled yet: \(numbers). The next digest tries again.")
      )
    }
    if let problem = events.ledgerProblem {
      lines.append(
        Text(
          "Arsip peringatan tidak dapat ditanya: \(Digest.plain(problem.indonesian, limit: 300))",
          "The ledger could not be asked: \(Digest.plain(problem.english, limit: 300))"))
    }
    return lines
  }

  /// The figures of what is passed on: alerts, of which none is new.
  func passedOnFigures(_ total: Int) -> Text? {
    isPassedOn
      ? Text(
        "\(total) peringatan belum ditanggapi; nomor ",
        total == 1 ? "1 unanswered alert; numbers " : "\(total) unanswered alerts; numbers ") : nil
  }
}
