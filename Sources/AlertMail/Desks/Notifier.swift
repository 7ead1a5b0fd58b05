import AuditBase
import AuditReports
import FreezeRules
import Glibc
import SystemLog

/// Hands each news item to a program of the site (`notify.exec`), for gateways that are no mail. Its state is as careful as the
/// mail's: what the program took is never given again, what it did not take is tried again at the next run, in order.
package struct Notifier {
  /// The program, by its path; it gets one JSON object on standard input.
  package let program: String
  /// After so many seconds it is ended, and the item counts as not taken.
  package let timeout: Int
  /// How much of a person an item shows.
  package let personalData: PersonalData

  /// A program and how long it may take.
  package init(program: String, timeout: Int, personalData: PersonalData) {
    self.program = program
    self.timeout = timeout
    self.personalData = personalData
  }

  /// How a run ended.
  package enum Outcome: Sendable, Equatable {
    /// So many were taken, and so many refused for good.
    case told(Int, refused: Int)
    /// The program did not take one; it and those after it wait.
    case delayed(Text, told: Int)
  }

  /// The exit status by which the program refuses an item for good (EX_DATAERR): it is not tried again.
  static let refusal: Int32 = 65
  /// So many items are read from the ledger at once.
  private static let piece: Int64 = 500

  /// What one run has done so far.
  private struct Run {
    var state: MailState
    var done: Set<String>
    var taken = 0
    var refused = 0
    /// Why the program did not take the next one.
    var refusal: Text?
  }

  /// Runs once.
  /// - Parameters:
  ///   - mailer: how log and ledger are read; its recipients do not matter.
  ///   - announce: told of items that were refused for good.
  package func run(
    _ folder: borrowing MailFolder, _ mailer: Mailer, announce: (Text) -> Void
  ) throws -> Outcome {
    var run = Run(state: try folder.state(), done: try folder.toldItems())
    var ledger = mailer.ledger
    var handed: Int64 = 0
    if let asked = ledger {
      do { handed = try asked.emittedThrough() } catch { ledger = nil }
    }
    let batch = try mailer.read(run.state.cursor, ledger != nil)
    var waiting = run.state.backlog + batch.events.filter { !run.state.told($0) }
    if let ledger {
      try hand(from: ledger, through: max(handed, batch.numbers.last), &run, folder, announce)
      // With a ledger at hand a line of the log only says that there is news.
      waiting = waiting.filter { $0.seq == nil }
    }
    var left: [LogEvent] = []
    for event in waiting.map({ $0.shown(personalData) }) {
      guard run.refusal == nil, try hand(event, &run, folder, announce) else {
        left.append(event)
        continue
      }
      run.state.tell([event])
    }
    run.state.backlog = Array(left.prefix(LogBatch.room))
    run.state.cursor = batch.isCut ? nil : batch.cursor ?? run.state.cursor
    try folder.save(run.state)
    if let refusal = run.refusal { return .delayed(refusal, told: run.taken) }
    return .told(run.taken, refused: run.refused)
  }

  /// Everything of the ledger that was not told, a piece at a time.
  private func hand(
    from ledger: any DigestLedger, through wanted: Int64, _ run: inout Run, _ folder: borrowing MailFolder,
    _ announce: (Text) -> Void
  ) throws {
    let head = try ledger.head()
    if let known = run.state.head, known.seq > 0, try ledger.hash(of: known.seq) != known.hash {
      // Another ledger stands there now: what was told of it is known up to where it is still the old one.
      var last: Int64 = 0
      for head in run.state.heads.reversed() where try ledger.hash(of: head.seq) == head.hash {
        last = head.seq
        break
      }
      run.state.delivered.cut(through: last)
    }
    for range in run.state.delivered.gaps(through: min(head.seq, wanted)) {
      var next = range.lowerBound
      while next <= range.upperBound, run.refusal == nil {
        let piece = next...min(range.upperBound, next + Self.piece - 1)
        var events: [LogEvent] = []
        try ledger.forEachEvent(piece) { events.append($0.shown(personalData)) }
        for event in events where run.refusal == nil {
          guard try hand(event, &run, folder, announce) else { break }
          if let seq = event.seq { run.state.delivered.insert(seq) }
        }
        guard run.refusal == nil else { break }
        // A number without an event that can be read is told by saying nothing.
        run.state.delivered.insert(piece)
        next = piece.upperBound + 1
        if next <= range.upperBound {
          try folder.save(run.state)
          run.done = []
        }
      }
    }
    run.state.name(head)
  }

  /// Hands one item over and remembers it at once.
  /// - Returns: whether it needs no further try.
  private func hand(
    _ event: LogEvent, _ run: inout Run, _ folder: borrowing MailFolder, _ announce: (Text) -> Void
  ) throws -> Bool {
    if run.done.contains(event.fingerprint) { return true }
    let status = try start(event)
    switch status {
    case 0?: run.taken += 1
    case Self.refusal?:
      run.refused += 1
      announce(
        Text(
          "\(program) menolak butir \(Self.id(event)) (status 65); tidak dicoba lagi",
          "\(program) refused item \(Self.id(event)) (status 65); it is not tried again"))
    default:
      let end = status.map { "status \($0)" } ?? "\(timeout) s"
      run.refusal = Text(
        "\(program) tidak menerima butir \(Self.id(event)) (\(end)). Disimpan dan dicoba lagi, tidak hilang",
        "\(program) did not take item \(Self.id(event)) (\(end)). It is kept and tried again, nothing is lost"
      )
      return false
    }
    try folder.addTold(event.fingerprint)
    run.done.insert(event.fingerprint)
    return true
  }

  /// - Returns: the exit status, `nil` when it had to be ended.
  private func start(_ event: LogEvent) throws -> Int32? {
    do throws(SystemError) {
      let input = try ChildProcess.scratchFile()
      defer { close(input) }
      try Array((Self.json(event).text + "\n").utf8).write(to: input, named: "notify.exec")
      lseek(input, 0, SEEK_SET)
      let output = try ChildProcess.scratchFile()
      defer { close(output) }
      let child = try ChildProcess(
        program, [], keeping: ["PATH", "LANG", "LC_ALL", "TZ", "HOME", "USER", "LOGNAME"], input: input,
        output: output, errors: output)
      return child.wait(timeout: timeout)
    } catch {
      throw MailFolder.Failure(
        message: Text(
          "notify.exec: \(error.text): tidak dapat dijalankan; periksa jalur dan haknya",
          "notify.exec: \(error.text): cannot be run; check its path and permission"),
        isBusy: false)
    }
  }

  /// The same item always bears the same id: a gateway can know it again.
  static func id(_ event: LogEvent) -> String { (event.seq.map { "\($0)-" } ?? "") + event.fingerprint }

  /// One item: its id, what kind of news it is, and the fields of its log entry under their names without FREEZE_.
  static func json(_ event: LogEvent) -> JSON {
    var pairs = [JSON.Pair("id", .string(id(event))), JSON.Pair("news", .string(news(event.section)))]
    for field in FieldName.documented {
      guard let value = event[field] else { continue }
      let name = field.text.replacing("FREEZE_", with: "").lowercased()
      let isNumber = field == .sequence || field == .priority
      pairs.append(
        JSON.Pair(name, isNumber ? Int(value).map { .integer($0) } ?? .string(value) : .string(value)))
    }
    return .object(pairs)
  }

  private static func news(_ section: NewsSection) -> String {
    switch section {
    case .new: "new"
    case .changed: "changed"
    case .closed: "closed"
    case .acknowledged: "answered"
    case .notice: "notice"
    }
  }
}

extension MailFolder {
  /// Writes the state of something that has no mail on its way; what was told beside it is in it now.
  package func save(_ state: MailState) throws(Failure) {
    try write(state)
    forgetTold()
  }
}
