import AlertLedger
import AlertMail
import AuditBase
import AuditReports
import AuditService
import FreezeRules

/// One run of `mail` over every desk: each has a mail, a state folder and a fate of its own, so that one that cannot be reached
/// holds up no other.
struct MailRun {
  let configuration: Configuration
  let environment: [String: String]
  let base: Mailer.Settings
  let moment: Moment
  let folder: String
  /// The language asked for on the command line.
  let language: Language?
  let canReadAgain: Bool
  let read: (String?, Bool) throws -> LogBatch
  let announce: (Mailer.Announcement) -> Void

  /// One envelope.
  private struct Post {
    let name: String
    let folder: String
    let mailer: Mailer
  }

  /// What became of all of them.
  struct Result {
    var sent = 0
    var told = 0
    var idle: Mailer.Reason?
    var isDelayed = false
    var holes: [Text] = []
  }

  /// Runs every desk, then the program of `notify.exec`.
  func run() throws -> Result {
    var result = Result()
    let earlier = try mainState()
    for post in posts() {
      let folder = try MailFolder(post.folder)
      // The next desk was told of nothing yet, whatever the first one was.
      if post.folder != self.folder, !post.mailer.settings.isNextDesk, let earlier {
        try folder.seed(earlier)
      }
      switch try post.mailer.run(folder) {
      case .idle(let reason): result.idle = result.idle ?? reason
      case .sent(let count): result.sent += count
      case .delayed: result.isDelayed = true
      case .openHoles(let text): if result.holes.isEmpty { result.holes.append(text) }
      }
    }
    try notify(earlier, into: &result)
    try sumUp()
    return result
  }

  /// For monitoring: the worst of all desks, in the one folder where it looks.
  private func sumUp() throws {
    let folders = posts().map(\.folder)
    guard folders != [folder], let status = MailStatus(of: folders.compactMap { MailStatus(folder: $0) })
    else {
      return
    }
    try MailFolder(folder).write(status)
  }

  /// What `mail.to` was told before this run: whoever is new gets news from here on.
  private func mainState() throws -> MailState? {
    guard !configuration.mailTo.isEmpty else { return nil }
    let state = try MailFolder(folder, isReadOnly: true).state()
    return state == MailState() ? nil : state
  }

  private func notify(_ earlier: MailState?, into result: inout Result) throws {
    guard let program = configuration.notifyProgram else { return }
    let path = MailFolder.path(of: "notify.exec", in: folder)
    let state = try MailFolder(path)
    if let earlier { try state.seed(earlier) }
    let notifier = Notifier(
      program: program, timeout: configuration.notifyTimeout, personalData: configuration.personalData)
    var settings = base
    settings.digest.personalData = configuration.personalData
    switch try notifier.run(state, mailer(settings), announce: { Console.error($0) }) {
    case .told(let count, _): result.told = count
    case .delayed(let text, let count):
      result.told = count
      result.isDelayed = true
      announce(.delayed(text))
    }
  }

  /// What a run would do, desk by desk; without any effect.
  func rehearse() throws -> String {
    var text = ""
    for post in posts() {
      let folder = try MailFolder(post.folder, isReadOnly: true)
      if posts().count > 1 { text += "=== \(post.name)\n" }
      text += try post.mailer.rehearse(folder)
    }
    if let program = configuration.notifyProgram { text += "notify.exec: \(program)\n" }
    return text
  }

  // MARK: Desks

  private func posts() -> [Post] {
    var posts: [Post] = []
    if !configuration.mailTo.isEmpty {
      var settings = base
      settings.digest.head = configuration.mailDesks.head
      settings.digest.foot = configuration.mailDesks.foot
      posts.append(Post(name: "mail.to", folder: folder, mailer: mailer(settings)))
    }
    for desk in configuration.mailDesks.routes { posts += self.posts(desk) }
    for escalation in configuration.mailDesks.escalations {
      posts += self.posts(escalation.desk, escalation: escalation)
    }
    return posts
  }

  /// One envelope an address: nobody sees another's.
  /// - Parameter escalation: the level that the desk is of; `nil`: a route.
  private func posts(_ desk: Desk, escalation: Escalation? = nil) -> [Post] {
    let isNextDesk = escalation != nil
    var settings = base
    if let escalation { settings.escalation = escalation }
    settings.filter = desk.filter
    settings.isNextDesk = isNextDesk
    settings.digest.language = language ?? desk.language ?? configuration.language
    settings.digest.personalData = desk.personalData ?? configuration.personalData
    settings.digest.head = desk.head ?? configuration.mailDesks.head
    settings.digest.foot = desk.foot ?? configuration.mailDesks.foot
    return desk.to.map { address in
      settings.to = [address]
      let kind = isNextDesk ? "escalate" : "route"
      return Post(
        name: "\(desk.name) <\(address.address)>",
        folder: MailFolder.path(of: "\(kind) \(desk.name) \(address.address)", in: folder),
        // A hole in the log is said once, not once a desk.
        mailer: mailer(settings, saysHoles: configuration.mailTo.isEmpty && !isNextDesk))
    }
  }

  private func mailer(_ settings: Mailer.Settings, saysHoles: Bool = true) -> Mailer {
    var ledger: MailLedger?
    var problem: Text?
    do throws(LedgerError) {
      ledger = try MailLedger(
        configuration, environment: environment, personalData: settings.digest.personalData,
        language: settings.digest.language)
    } catch {
      problem = error.message
    }
    var settings = settings
    settings.digest.signing = signing(ledger)
    return Mailer(
      settings: settings, ledger: ledger, ledgerProblem: problem, now: moment, canReadAgain: canReadAgain,
      read: read,
      announce: { announcement in
        if case .hole = announcement, !saysHoles { return }
        announce(announcement)
      })
  }

  /// What signs the ledger's head, where there is a key. A key that cannot be used holds up no digest; the digest says so.
  private func signing(_ ledger: MailLedger?) -> HeadSigning {
    do throws(Failure) {
      guard let key = try configuration.signingKey(environment) else { return .none }
      let first = (try? ledger?.hash(of: 1)).flatMap { Hex.decode($0) }
      return .key { head, seconds in
        guard let hash = Hex.decode(head.hash) else { return nil }
        return try? key.sign(
          Checkpoint(
            origin: key.verifier.name, head: LedgerHead(seq: head.seq, hash: hash), first: first,
            secondsSince2000: seconds
          ).text)
      }
    } catch { return .broken(error.message) }
  }
}
