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

  /// Runs once.
  /// - Parameters:
  ///   - mailer: reads log and ledger; its recipients do not matter.
  ///   - announce: told of items that were refused for good.
  package func run(
    _ folder: borrowing MailFolder, _ mailer: Mailer, announce: (Text) -> Void
  ) throws -> Outcome {
    let state = try folder.state()
    let (events, cursor) = try mailer.take(state)
    var told = try folder.toldItems()
    var count = 0
    var refused = 0
    for event in events.news where !told.contains(event.fingerprint) {
      switch try hand(event) {
      case 0?: count += 1
      case Self.refusal?:
        refused += 1
        announce(
          Text(
            "\(program) menolak butir \(Self.id(event)) (status 65); tidak dicoba lagi",
            "\(program) refused item \(Self.id(event)) (status 65); it is not tried again"))
      case let status:
        try keep(folder, state, events, told)
        let end = status.map { "status \($0)" } ?? "\(timeout) s"
        return .delayed(
          Text(
            "\(program) tidak menerima butir \(Self.id(event)) (\(end)). Disimpan dan dicoba lagi, tidak hilang",
            "\(program) did not take item \(Self.id(event)) (\(end)). It is kept and tried again, nothing is lost"),
          told: count)
      }
      try folder.addTold(event.fingerprint)
      told.insert(event.fingerprint)
    }
    var next = events.base
    next.tell(events.news)
    next.cursor = cursor ?? state.cursor
    next.head = events.head ?? state.head
    if next != state { try folder.save(next) }
    return .told(count, refused: refused)
  }

  /// What was taken is told; what was not may not come out of the log a second time.
  private func keep(
    _ folder: borrowing MailFolder, _ state: MailState, _ events: NewEvents, _ told: Set<String>
  ) throws {
    var next = state
    next.tell(events.news.filter { told.contains($0.fingerprint) })
    next.backlog = events.news.filter { !told.contains($0.fingerprint) && $0.origin == .log }
    try folder.save(next)
  }

  /// - Returns: the exit status, `nil` when it had to be ended.
  private func hand(_ event: LogEvent) throws -> Int32? {
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
      pairs.append(JSON.Pair(name, isNumber ? Int(value).map { .integer($0) } ?? .string(value) : .string(value)))
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
