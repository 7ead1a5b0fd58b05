import AuditBase
import FreezeRules

/// One run of the mail part: deliver what waits, read the log, decide, render, deliver.
package struct Mailer {
  /// What a run is made with.
  package struct Settings: Sendable {
    /// Sender.
    package var from: MailAddress
    /// Recipients.
    package var to: [MailAddress]
    /// The way out.
    package var sendmail: Sendmail
    /// Minutes after local midnight from which the working day's digest is due.
    package var digestAt: Int
    /// The working week.
    package var workingDays: WorkingDays
    /// What the digest looks like.
    package var digest: Digest.Settings
    /// What of it all is for these recipients.
    package var filter = DeskFilter()
    /// The region of each source, for records that name none.
    package var regions: [String: String] = [:]
    /// When an alert counts as unanswered for too long, where that goes further.
    package var escalation: Escalation?
    /// These recipients are the next desk: they get what is overdue, and nothing else.
    package var isNextDesk = false

    /// Settings of these parts.
    package init(
      from: MailAddress, to: [MailAddress], sendmail: Sendmail, digestAt: Int, workingDays: WorkingDays,
      digest: Digest.Settings
    ) {
      self.from = from
      self.to = to
      self.sendmail = sendmail
      self.digestAt = digestAt
      self.workingDays = workingDays
      self.digest = digest
    }
  }

  /// Why a digest goes out, or none does.
  package enum Reason: Sendable, Equatable {
    /// So many events are new.
    case news(Int)
    /// It is a working day and none went out yet.
    case workingDay
    /// Nothing new, and one went out today.
    case alreadyToday
    /// Nothing new, and the hour of the day's digest has not come.
    case tooEarly
    /// Nothing new, and no working day.
    case dayOff(WorkingDays.Day)

    /// Whether one goes out.
    package var sends: Bool {
      switch self {
      case .news, .workingDay: true
      case .alreadyToday, .tooEarly, .dayOff: false
      }
    }
  }

  /// How a run ended.
  package enum Outcome: Sendable, Equatable {
    /// Nothing to send.
    case idle(Reason)
    /// Accepted, this many digests.
    case sent(Int)
    /// Not accepted; it waits.
    case delayed(Text)
    /// Accepted or nothing to send, but the log has holes that the ledger could not fill now.
    case openHoles(Text)
  }

  /// What is worth a log entry.
  package enum Announcement: Sendable {
    /// A digest waits.
    case delayed(Text)
    /// The log had holes.
    case hole(Text)
  }

  /// The settings.
  package let settings: Settings
  /// The ledger, `nil` when it cannot be reached.
  package let ledger: (any DigestLedger)?
  /// Why it cannot.
  package let ledgerProblem: Text?
  /// Now.
  package let now: Moment
  /// Whether the log can be read again from a cursor; else what was read must be kept.
  package let canReadAgain: Bool
  /// Reads the log from a cursor on.
  package let read: (String?) throws -> LogBatch
  /// Told what is worth a log entry.
  package let announce: (Announcement) -> Void

  /// A run of these parts.
  package init(
    settings: Settings, ledger: (any DigestLedger)?, ledgerProblem: Text?, now: Moment,
    canReadAgain: Bool, read: @escaping (String?) throws -> LogBatch,
    announce: @escaping (Announcement) -> Void
  ) {
    self.settings = settings
    self.ledger = ledger
    self.ledgerProblem = ledgerProblem
    self.now = now
    self.canReadAgain = canReadAgain
    self.read = read
    self.announce = announce
  }

  private var envelope: MailFolder.Envelope {
    MailFolder.Envelope(from: settings.from.address, to: settings.to.map(\.address))
  }

  /// Runs once.
  package func run(_ folder: borrowing MailFolder) throws -> Outcome {
    var sent = 0
    if let pending = try folder.pending() {
      if pending.envelope == envelope {
        if let refusal = try deliver(pending, folder) {
          if !canReadAgain { try keep(folder, pending.next) }
          return .delayed(refusal)
        }
        sent += 1
      } else {
        // Never accepted, and meant for somebody else by now: rendered anew from the same events.
        folder.discard()
      }
    }
    let state = try folder.state()
    let (events, cursor) = try take(state)
    let reason = reason(events, state)
    if reason.sends {
      announceHoles(events)
      let (message, next) = compose(events, cursor: cursor, state)
      try folder.spool(message.bytes, envelope, next: next)
      guard let pending = try folder.pending() else {
        return .delayed(Text("spool hilang", "the spool is gone"))
      }
      if let refusal = try deliver(pending, folder) { return .delayed(refusal) }
      sent += 1
    }
    if events.hasOpenHoles {
      let numbers = SequenceSet.describe(events.missing)
      return .openHoles(
        Text(
          "nomor hilang dari log dan belum dapat diisi dari buku besar: \(numbers)",
          "numbers are missing in the log and could not be filled from the ledger yet: \(numbers)"))
    }
    return sent > 0 ? .sent(sent) : .idle(reason)
  }

  func take(_ state: MailState) throws -> (NewEvents, cursor: String?) {
    // The ledger's mark first: whatever it says was handed over must then be in the log.
    var ledger = self.ledger
    var problem = ledgerProblem
    var handed: Int64 = 0
    if let asked = ledger {
      do { handed = try asked.emittedThrough() } catch {
        ledger = nil
        problem =
          (error as? any ExplainedError)?.message ?? Text("\(error)", "\(error)")
      }
    }
    if settings.isNextDesk, let escalation = settings.escalation, let ledger {
      let overdue = escalation.overdue(try ledger.openAlerts(), now: now, settings.workingDays)
      var events = try NewEvents(
        overdue: overdue, after: escalation.workingDays, state: state, ledger: ledger)
      events.narrow(settings.filter, regions: settings.regions, today: now.date)
      events.passedOver = []
      events.speak(settings.digest.language)
      return (events, state.cursor)
    }
    let batch = settings.isNextDesk ? LogBatch() : try read(state.cursor)
    var events = NewEvents(
      batch, state: state, personalData: settings.digest.personalData, ledger: ledger, handed: handed,
      now: now)
    if events.ledgerProblem == nil { events.ledgerProblem = problem }
    if let escalation = settings.escalation, !settings.isNextDesk {
      events.overdue = escalation.overdue(events.open, now: now, settings.workingDays).count
    }
    events.narrow(settings.filter, regions: settings.regions, today: now.date)
    events.speak(settings.digest.language)
    return (events, batch.cursor)
  }

  private func reason(_ events: NewEvents, _ state: MailState) -> Reason {
    if !events.news.isEmpty { return .news(events.news.count) }
    if settings.isNextDesk { return .alreadyToday }
    let day = settings.workingDays[now.date]
    guard day == .working else { return .dayOff(day) }
    if state.lastDigest == now.date.description { return .alreadyToday }
    return now.minuteOfDay >= settings.digestAt ? .workingDay : .tooEarly
  }

  private func compose(_ events: NewEvents, cursor: String?, _ state: MailState) -> (MailMessage, MailState) {
    let digest = Digest(
      events, settings: settings.digest, moment: now, workingDays: settings.workingDays)
    var message = digest.message(from: settings.from, to: settings.to)
    if settings.isNextDesk {
      message.subject = Text("DITERUSKAN: ", "PASSED ON: ")[settings.digest.language] + message.subject
    }
    var next = events.base
    next.tell(events.news + events.passedOver)
    next.cursor = cursor ?? state.cursor
    next.lastDigest = now.date.description
    next.lastMessageID = message.messageID
    next.head = events.head ?? state.head
    next.open = events.head == nil ? events.openByLog : events.open
    next.delay = nil
    return (message, next)
  }

  /// Tries once; `nil` when accepted.
  private func deliver(
    _ pending: MailFolder.Pending, _ folder: borrowing MailFolder
  ) throws(MailFolder.Failure) -> Text? {
    do throws(Sendmail.Refusal) {
      try settings.sendmail.send(file: pending.path, from: settings.from.address)
    } catch {
      let language = settings.digest.language
      let delay = MailState.Delay(
        since: pending.delay?.since ?? now.text, attempts: (pending.delay?.attempts ?? 0) + 1,
        cause: error.message[language])
      try folder.note(delay)
      let text = Text(
        "surat ringkasan tertunda sejak \(delay.since), \(delay.attempts) percobaan gagal: \(error.message.indonesian). Disimpan dan dicoba lagi, tidak hilang",
        "the digest is delayed since \(delay.since), \(delay.attempts) failed attempts: \(error.message.english). It is kept and tried again, nothing is lost"
      )
      announce(.delayed(text))
      return text
    }
    try folder.accept(pending)
    return nil
  }

  /// What came on standard input while a digest waits does not come again: it is kept for the next one.
  private func keep(_ folder: borrowing MailFolder, _ next: MailState) throws {
    let batch = try read(nil)
    let state = try folder.state()
    var seen = Set(state.backlog.map(\.fingerprint))
    let fresh = batch.events.filter { !next.told($0) && seen.insert($0.fingerprint).inserted }
    if !fresh.isEmpty { try folder.keep(backlog: state.backlog + fresh) }
  }

  private func announceHoles(_ events: NewEvents) {
    guard !events.filled.ranges.isEmpty || !events.missing.isEmpty else { return }
    let filled = events.filled.description
    let missing = SequenceSet.describe(events.missing)
    announce(
      .hole(
        Text(
          "nomor yang hilang dari log: diisi dari buku besar \(filled), belum dapat diisi \(missing)",
          "numbers missing in the log: filled from the ledger \(filled), not filled yet \(missing)")))
  }

  // MARK: Rehearsal

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
    let (events, cursor) = try take(state)
    let reason = reason(events, state)
    lines.append(Self.describe(reason, now, settings, language))
    lines.append(
      Text(
        "Dibaca: \(events.news.count) baru, \(events.repeated) sudah pernah, \(events.unreadable) baris tidak terbaca; diisi dari buku besar: \(events.filled.description); belum terisi: \(SequenceSet.describe(events.missing))",
        "Read: \(events.news.count) new, \(events.repeated) told before, \(events.unreadable) unreadable lines; filled from the ledger: \(events.filled.description); not filled: \(SequenceSet.describe(events.missing))"
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
