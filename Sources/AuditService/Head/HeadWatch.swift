import AlertLedger
import AuditBase
import SystemLog

/// Watches that the ledger is the one known so far, while the daemon runs and over its restarts.
struct HeadWatch {
  private var known = KnownHead()
  private let file: HeadFile?
  /// What the file holds.
  private var kept: KnownHead?
  /// What the log was told of a replaced ledger.
  private var told: Text?
  /// Said once, until it is mended.
  private var problem: Text?
  private var isProblemTold = false

  /// - Parameter environment: names the state folder; without one nothing is known after a restart.
  init(_ environment: [String: String]) {
    file = HeadFile(environment)
    switch file?.read() {
    case .known(let found): (known, kept) = (found, found)
    case .unreadable(let reason):
      problem = Text(
        "\(file?.path ?? "-") tidak terbaca (\(reason)): apakah arsip peringatan masih yang dulu tidak dapat dibandingkan; yang ada sekarang dicatat",
        "\(file?.path ?? "-") cannot be read (\(reason)): whether the ledger is still the one it was cannot be compared; the one there now is remembered"
      )
    case .missing, nil: break
    }
  }

  /// Why nothing is to be evaluated: another ledger than the known one stands there.
  var refusal: Text? { known.refusal }

  /// Compares the ledger with the known one, and says once what is to be said; again after a restart.
  mutating func look(
    _ now: LedgerHead, _ store: LedgerStore, _ language: Language
  ) throws(LedgerError) -> (isReplaced: Bool, entries: [LogEntry]) {
    _ = try known.look(now) { head throws(LedgerError) in try store.continues(head) }
    if let refusal, try store.isAccepted(refusal) { known.accept(now) }
    var entries: [LogEntry] = []
    let isNews = refusal != nil && refusal != told
    told = refusal
    if isNews, let refusal {
      entries.append(
        LogEntry(.ledgerReplaced, priority: .critical, message: refusal.sentence[language]))
    }
    if !isProblemTold, let problem {
      isProblemTold = true
      entries.append(LogEntry(.ledgerHole, priority: .error, message: problem.sentence[language]))
    }
    return (isNews, entries)
  }

  /// Our own events were written behind this one.
  mutating func advance(from base: LedgerHead, to now: LedgerHead) { known.advance(from: base, to: now) }

  /// Keeps what is known where the database cannot change it.
  mutating func save() {
    guard let file, known != kept, known.head != nil else { return }
    do throws(SystemError) {
      try file.write(known)
      kept = known
      (problem, isProblemTold) = (nil, false)
    } catch {
      problem = Text(
        "kepala arsip peringatan tidak dapat disimpan: \(error.text)",
        "the ledger's head cannot be kept: \(error.text)")
    }
  }
}
