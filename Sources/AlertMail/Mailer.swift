import AuditBase
import AuditReports
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
    /// The audit itself, or its ledger, is not as the last digest told.
    case trouble
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
      case .news, .trouble, .workingDay: true
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
  /// Reads the log from a cursor on; the second says whether the ledger can be asked for what is older.
  package let read: (String?, Bool) throws -> LogBatch
  /// Told what is worth a log entry.
  package let announce: (Announcement) -> Void

  /// A run of these parts.
  package init(
    settings: Settings, ledger: (any DigestLedger)?, ledgerProblem: Text?, now: Moment,
    canReadAgain: Bool, read: @escaping (String?, Bool) throws -> LogBatch,
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

  var envelope: MailFolder.Envelope {
    MailFolder.Envelope(from: settings.from.address, to: settings.to.map(\.address))
  }

  /// Runs once.
  package func run(_ folder: borrowing MailFolder) throws -> Outcome {
    let outcome = try deliverAll(folder)
    try folder.write(status(folder))
    return outcome
  }

  private func status(_ folder: borrowing MailFolder) throws -> MailStatus {
    let epoch = 946_684_800
    let delay = try folder.pending()?.delay
    let accepted = try folder.state().accepted.flatMap { Moment(iso: $0, zone: now.zone) }
    return MailStatus(
      ran: now.seconds + epoch, accepted: accepted.map { $0.seconds + epoch },
      waiting: delay.map { ($0.began ?? now.seconds) + epoch }, attempts: delay?.attempts ?? 0)
  }

  private func deliverAll(_ folder: borrowing MailFolder) throws -> Outcome {
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
    let (events, cursor) = try take(state, folder)
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
          "nomor hilang dari log dan belum dapat diisi dari arsip peringatan: \(numbers)",
          "numbers are missing in the log and could not be filled from the ledger yet: \(numbers)"))
    }
    return sent > 0 ? .sent(sent) : .idle(reason)
  }

  /// Reads the log, then what the ledger has beyond what was told.
  func take(_ state: MailState, _ folder: borrowing MailFolder) throws -> (NewEvents, cursor: String?) {
    if settings.isNextDesk, let escalation = settings.escalation {
      return (try overdue(escalation, state), state.cursor)
    }
    let view = DeskView(settings, today: now.date)
    var state = state
    state.backlog = state.backlog.map(view.callAsFunction)
    // The ledger's mark first: whatever it says was handed over must then be in the log. Its head last: whatever is in
    // the log must then be in the ledger.
    var ledger: (any DigestLedger)? = self.ledger.map { DeskLedger(base: $0, view: view) }
    var problem = ledgerProblem
    var handed: Int64 = 0
    func lose(_ error: any Error) {
      ledger = nil
      problem = (error as? any ExplainedError)?.message ?? Text("\(error)", "\(error)")
    }
    if let asked = ledger {
      do { handed = try asked.emittedThrough() } catch { lose(error) }
    }
    var batch = try read(state.cursor, ledger != nil)
    var reading: LedgerReading?
    if let asked = ledger {
      do {
        reading = try LedgerReading(
          asked,
          LedgerReading.Question(
            state: state, handed: handed, lastInLog: batch.numbers.last, now: now,
            personalData: settings.digest.personalData, isDue: isDue(batch, state)), kept: folder.progress(),
          keep: { try folder.keep($0) })
      } catch let error as MailFolder.Failure {
        throw error
      } catch {
        lose(error)
        // Only its end was read, the ledger being there for the rest.
        if canReadAgain { batch = try read(state.cursor, false) }
      }
    }
    batch.events = batch.events.map(view.callAsFunction)
    var events = NewEvents(
      batch, state: state, personalData: settings.digest.personalData, ledger: reading)
    events.ledgerProblem = problem
    if reading == nil { events.openAlerts = view(events.openAlerts) }
    if let escalation = settings.escalation {
      events.overdue = escalation.overdue(events.open, now: now, settings.workingDays).count
    }
    let cursor: String? =
      if reading != nil {
        // What was not read now is not read later either: the ledger told it.
        batch.isCut ? nil : batch.cursor ?? state.cursor
      } else {
        (batch.isCut || batch.untaken > 0 ? batch.cursorOfEvents : batch.cursor) ?? state.cursor
      }
    return (events, cursor)
  }

  /// Whether a digest goes out whatever the ledger says.
  private func isDue(_ batch: LogBatch, _ state: MailState) -> Bool {
    (batch.events + state.backlog).contains { $0.seq == nil }
      || settings.workingDays[now.date] == .working && state.lastDigest != now.date.description
        && now.minuteOfDay >= settings.digestAt
  }

  func reason(_ events: NewEvents, _ state: MailState) -> Reason {
    if events.tally.total > 0 { return .news(events.tally.total) }
    if settings.isNextDesk { return .alreadyToday }
    if events.isNewTrouble { return .trouble }
    let day = settings.workingDays[now.date]
    guard day == .working else { return .dayOff(day) }
    if state.lastDigest == now.date.description { return .alreadyToday }
    return now.minuteOfDay >= settings.digestAt ? .workingDay : .tooEarly
  }

  func compose(_ events: NewEvents, cursor: String?, _ state: MailState) -> (MailMessage, MailState) {
    var message = Digest.message(
      events, settings: settings.digest, moment: now, workingDays: settings.workingDays, from: settings.from,
      to: settings.to)
    if settings.isNextDesk {
      message.subject = Text("DITERUSKAN: ", "PASSED ON: ")[settings.digest.language] + message.subject
    }
    var next = events.next
    next.cursor = cursor
    next.lastDigest = now.date.description
    next.lastMessageID = message.messageID
    next.delay = nil
    return (message, next)
  }

  /// Tries once; `nil` when accepted.
  private func deliver(
    _ pending: MailFolder.Pending, _ folder: borrowing MailFolder
  ) throws(MailFolder.Failure) -> Text? {
    let refusal: Sendmail.Refusal?
    do throws(SystemError) {
      refusal = try settings.sendmail.send(file: pending.path, from: settings.from.address)
    } catch { throw MailFolder.Failure(error) }
    guard let refusal else {
      try folder.accept(pending, at: now.iso)
      return nil
    }
    let language = settings.digest.language
    let delay = MailState.Delay(
      since: pending.delay?.since ?? now.text, attempts: (pending.delay?.attempts ?? 0) + 1,
      cause: refusal.message[language], began: pending.delay?.began ?? now.seconds)
    let text = Text(
      "surat ringkasan tertunda sejak \(delay.since), \(delay.attempts) percobaan gagal: \(refusal.message.indonesian). Disimpan dan dicoba lagi, tidak hilang",
      "the digest is delayed since \(delay.since), \(delay.attempts) failed attempts: \(refusal.message.english). It is kept and tried again, nothing is lost"
    )
    announce(.delayed(text))
    try folder.note(delay)
    return text
  }

  /// What came on standard input while a digest waits does not come again: it is kept for the next one.
  private func keep(_ folder: borrowing MailFolder, _ next: MailState) throws {
    let batch = try read(nil, ledger != nil)
    let state = try folder.state()
    var seen = Set(state.backlog.map(\.fingerprint))
    let fresh = batch.events.filter { !next.told($0) && seen.insert($0.fingerprint).inserted }
    if !fresh.isEmpty { try folder.keep(backlog: Array((state.backlog + fresh).prefix(LogBatch.room))) }
  }

  private func announceHoles(_ events: NewEvents) {
    guard !events.filled.ranges.isEmpty || !events.missing.isEmpty else { return }
    let filled = events.filled.description
    let missing = SequenceSet.describe(events.missing)
    announce(
      .hole(
        Text(
          "nomor yang hilang dari log: diisi dari arsip peringatan \(filled), belum dapat diisi \(missing)",
          "numbers missing in the log: filled from the ledger \(filled), not filled yet \(missing)")))
  }
}
