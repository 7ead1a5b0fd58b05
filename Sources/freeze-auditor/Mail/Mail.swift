import AuditBase
import AlertLedger
import AlertMail
import ArgumentParser
import AuditReports
import AuditService
import Foundation
import FreezeRules
import RuleFiles
import SystemLog

struct Mail: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail",
    abstract: Console.help(
      id: "Meringkas entri log baru menjadi satu surel dan menyerahkannya kepada sendmail.",
      en: "Turns new log entries into one digest and hands it to sendmail."),
    discussion: Console.help(
      id:
        "Membaca keluaran `journalctl -o json --all` dari masukan standar, atau sendiri dengan --journal. Berita dikirim seketika; pada hari kerja paling sedikit satu ringkasan terkirim, juga bila kosong. Yang tidak diterima sendmail menunggu di folder keadaan dan dicoba lagi, byte demi byte, pada jalan berikutnya (status 75). Folder keadaan atau arsip peringatan yang tidak dapat dipakai: status 74.",
      en:
        "Reads what `journalctl -o json --all` prints, on standard input or with --journal by itself. News goes out at once; on working days at least one digest goes out, an empty one as well. What sendmail did not accept waits in the state folder and is tried again, byte for byte, at the next run (exit 75). A state folder or a ledger that cannot be used: exit 74."
    ))

  @Option(
    help: ArgumentHelp(
      id: "Berkas konfigurasi. Bawaan: /etc/freeze-auditor/config.yaml bila ada.",
      en: "Configuration file. Default: /etc/freeze-auditor/config.yaml where it exists.", valueName: "file"))
  var config: String?
  @Flag(
    help: ArgumentHelp(
      id: "Baca journal mulai dari akhir jalan terakhir, bukan masukan standar.",
      en: "Read the journal from where the last run ended, instead of standard input.")) var journal =
    false
  @Option(
    help: ArgumentHelp(
      id:
        "Entri milik siapa: unit auditor menurut journald sendiri; entri unit lain tidak dipakai, juga dari masukan standar. Kosong: semua yang bernama freeze-auditor.",
      en:
        "Whose entries: the unit of the auditor, as journald itself vouches; those of others are dropped, on standard input too. Empty: all that name themselves freeze-auditor.",
      valueName: "unit"))
  var unit = "freeze-auditor.service"
  @Option(
    help: ArgumentHelp(
      id: "Folder keadaan. Bawaan: $STATE_DIRECTORY, selain itu /var/lib/freeze-auditor-mail.",
      en: "State folder. Default: $STATE_DIRECTORY, else /var/lib/freeze-auditor-mail.", valueName: "folder"))
  var state: String?
  @Flag(
    help: ArgumentHelp(
      id: "Tampilkan apa yang akan dikirim dan mengapa; tidak mengirim, tidak mengubah apa pun.",
      en: "Show what would be sent and why; send nothing, change nothing.")) var dryRun = false
  @Option(
    help: ArgumentHelp(
      id: "Bahasa ringkasan: id atau en. Bawaan: log.language di konfigurasi.",
      en: "Language of the digest: id or en. Default: log.language of the configuration."))
  var lang: Language?
  @Option(
    help: ArgumentHelp(
      id: "Berlatih dengan waktu lain, misalnya 2026-03-02T07:30 (setempat) atau 2026-03-02T00:30:00Z.",
      en: "Rehearse another time, such as 2026-03-02T07:30 (local) or 2026-03-02T00:30:00Z.",
      valueName: "time"))
  var now: String?

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let path =
      config
      ?? (FileManager.default.fileExists(atPath: Configuration.defaultPath) ? Configuration.defaultPath : nil)
    let configuration = try Configuration(path: path, environment: environment)
    let moment = try moment(configuration.zone)
    let settings = try settings(configuration, file: path ?? "environment")
    if !journal, isatty(STDIN_FILENO) == 1 {
      throw Failure(
        .usage,
        "tidak ada masukan: pakai --journal, atau salurkan `journalctl -o json --all` ke perintah ini",
        "no input: use --journal, or pipe `journalctl -o json --all` into this command")
    }
    let sink = LogSink.detect(environment: environment)
    let language = settings.digest.language
    let mail = MailRun(
      configuration: configuration, environment: environment, base: settings, moment: moment,
      folder: state ?? environment["STATE_DIRECTORY"] ?? "/var/lib/freeze-auditor-mail",
      language: lang, canReadAgain: journal, read: reader(),
      announce: { announcement in
        let (id, text) =
          switch announcement {
          case .delayed(let text): (MessageID.mailDelayed, text)
          case .hole(let text): (MessageID.ledgerHole, text)
          }
        Console.error(text)
        // Where it cannot be logged it was said on stderr, and the exit status says it again.
        _ = try? sink.write(LogEntry(id, priority: .warning, message: text[language]))
      })
    if dryRun {
      let output = try Output(path: nil)
      try output.write(try mail.rehearse())
      try output.finish()
      return
    }
    try conclude(try mail.run(), moment, settings, language)
  }

  private func conclude(
    _ result: MailRun.Result, _ moment: Moment, _ settings: Mailer.Settings, _ language: Language
  ) throws {
    if result.told > 0 {
      Console.say(
        Text(
          "\(result.told) berita diserahkan (notify.exec)", "\(result.told) items handed over (notify.exec)")[
            language])
    }
    if result.sent > 0 {
      Console.say(Text("\(result.sent) ringkasan diterima", "\(result.sent) digests accepted")[language])
    } else if let reason = result.idle, !result.isDelayed, result.holes.isEmpty {
      Console.say(Mailer.describe(reason, moment, settings, language))
    }
    if result.isDelayed { throw ExitStatus.temporaryFailure.code }
    if let holes = result.holes.first {
      Console.error(holes)
      throw ExitStatus.ledger.code
    }
  }

  /// Reads the log: the journal from any place, standard input once for all desks.
  private func reader() -> (String?, Bool) throws -> LogBatch {
    let reader = JournalReader(unit: unit, messageIDs: Mail.messageIDs.map(\.rawValue))
    var batch: LogBatch?
    return { cursor, isLedgerThere in
      if journal { return try reader.read(from: cursor, isLedgerThere: isLedgerThere) }
      if let batch { return batch }
      var fresh = LogBatch(trust: LogTrust(unit: unit))
      fresh.read(STDIN_FILENO)
      batch = fresh
      return fresh
    }
  }

  private func moment(_ zone: Zone) throws -> Moment {
    guard let now else { return Moment(secondsSince2000: Today.secondsSince2000, zone: zone) }
    guard let moment = Moment(iso: now, zone: zone) else {
      throw Failure(
        .usage, "--now: \"\(now)\" bukan waktu; tulis YYYY-MM-DDTHH:MM",
        "--now: \"\(now)\" is not a time; write YYYY-MM-DDTHH:MM")
    }
    return moment
  }

  private func settings(_ configuration: Configuration, file: String) throws -> Mailer.Settings {
    let hasRecipients = configuration.recipientCount > 0
    // A site with a gateway of its own may have no mail at all.
    guard
      let from = configuration.mailFrom ?? (hasRecipients ? nil : MailAddress("freeze-auditor@localhost")),
      hasRecipients || configuration.notifyProgram != nil
    else {
      throw FileError(
        file: file, line: 0, key: configuration.mailFrom == nil ? "mail.from" : "mail.to",
        Text(
          "wajib ada untuk mengirim surat: pengguna@host", "needed for sending mail: user@host"))
    }
    var settings = Mailer.Settings(
      from: from, to: configuration.mailTo,
      sendmail: Sendmail(program: configuration.sendmail, timeout: configuration.mailTimeout),
      digestAt: configuration.digestAt, workingDays: try configuration.workingDays(),
      digest: Digest.Settings(
        language: lang ?? configuration.language, personalData: configuration.personalData,
        region: configuration.region, program: programVersion))
    settings.regions = configuration.regionsOfSources
    settings.escalation = configuration.mailDesks.escalations.first
    return settings
  }

  /// What the digest is made of: every event of the ledger, and what the ledger could not number.
  static let messageIDs = MessageID.allCases.filter {
    switch $0 {
    case .raised, .raisedNotice, .amended, .cleared, .withdrawn, .acknowledged, .noted,
      .acknowledgementExpiring,
      .acknowledgementExpired, .reraised, .dataQuality, .factMissing, .auditBlind, .accepted, .setAside,
      .auditResumed, .sealed,
      .configRejected,
      .sourceWritable, .ledgerReplaced:
      true
    case .passCompleted, .started, .stopping, .configReloaded, .leaseAcquired, .leaseLost, .mailDelayed,
      .ledgerHole:
      false
    }
  }
}
