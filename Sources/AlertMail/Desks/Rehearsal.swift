import AuditBase
import FreezeRules

extension Mailer {
  /// What a run would do now and why, as text; without any effect.
  package func rehearse(_ folder: borrowing MailFolder) throws -> String {
    let language = settings.digest.language
    var lines: [String] = []
    var state = try folder.state()
    if let pending = try folder.pending() {
      let attempts = pending.delay.map { "\($0.attempts), \($0.since): \($0.cause)" } ?? "0"
      let isSame = pending.envelope == envelope
      lines.append(
        isSame
          ? Text(
            "Lebih dulu: ringkasan yang menunggu, dengan byte yang sama (percobaan gagal: \(attempts))",
            "First: the digest that waits, byte for byte (failed attempts: \(attempts))")[language]
          : Text(
            "Ringkasan yang menunggu dibuat ulang: penerima atau pengirim berubah",
            "The digest that waits is made anew: sender or recipients changed")[language])
      if isSame {
        let backlog = state.backlog
        state = pending.next
        state.backlog = backlog
      }
    }
    let (events, cursor) = try take(state, folder)
    let reason = reason(events, state)
    lines.append(Self.describe(reason, now, settings, language))
    lines.append(
      Text(
        "Dibaca: \(events.tally.total) baru, \(events.repeated) sudah pernah, \(events.unreadable) baris tidak terbaca, \(events.foreign) milik unit lain; diisi dari arsip peringatan: \(events.filled.description); belum terisi: \(SequenceSet.describe(events.missing))",
        "Read: \(events.tally.total) new, \(events.repeated) told before, \(events.unreadable) unreadable lines, \(events.foreign) of other units; filled from the ledger: \(events.filled.description); not filled: \(SequenceSet.describe(events.missing))"
      )[language])
    guard reason.sends else { return lines.joined(separator: "\n") + "\n" }
    let (message, _) = compose(events, cursor: cursor, state)
    lines.append(
      Text("Lewat: ", "By way of: ")[language] + settings.sendmail.program + " -t -i -f "
        + settings.from.address)
    lines += [
      "", "From: " + settings.from.address, "To: " + settings.to.map(\.address).joined(separator: ", "),
      "Subject: " + message.subject, "Date: " + message.date, "Message-ID: " + message.messageID,
      "References: " + message.references.joined(separator: " "), "", message.text,
    ]
    for attachment in message.attachments {
      lines.append(
        Text("Lampiran: ", "Attachment: ")[language] + "\(attachment.name), \(attachment.content.count) bytes"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The reason in words.
  package static func describe(
    _ reason: Reason, _ now: Moment, _ settings: Settings, _ language: Language
  ) -> String {
    let at =
      "\(settings.digestAt / 60):" + (settings.digestAt % 60 < 10 ? "0" : "") + "\(settings.digestAt % 60)"
    let text =
      switch reason {
      case .news(let count):
        Text("Akan dikirim: \(count) peristiwa baru", "Would be sent: \(count) events are new")
      case .trouble:
        Text(
          "Akan dikirim: keadaan pemeriksaan atau arsip peringatan berubah",
          "Would be sent: how the audit or its ledger is has changed")
      case .workingDay:
        Text(
          "Akan dikirim: hari kerja \(now.date), belum ada ringkasan hari ini",
          "Would be sent: working day \(now.date), none was sent today")
      case .alreadyToday:
        Text(
          "Tidak dikirim: tidak ada yang baru, ringkasan hari ini sudah dikirim",
          "Not sent: nothing new, and today's digest was sent")
      case .tooEarly:
        Text(
          "Tidak dikirim: tidak ada yang baru; ringkasan harian dikirim mulai pukul \(at)",
          "Not sent: nothing new; the day's digest is due from \(at)")
      case .dayOff(.holiday(let name)):
        Text(
          "Tidak dikirim: tidak ada yang baru, hari libur (\(name))",
          "Not sent: nothing new, a holiday (\(name))")
      case .dayOff:
        Text(
          "Tidak dikirim: tidak ada yang baru, bukan hari kerja",
          "Not sent: nothing new, not a working day")
      }
    return text[language]
  }
}
