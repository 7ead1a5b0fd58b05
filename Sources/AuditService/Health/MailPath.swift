import AlertMail
import AuditBase
import FreezeRules
import Glibc

/// The way of the mail on this machine, as far as it can be seen from outside: the program that takes it, the timer that makes
/// it, and what the last run left behind.
package struct MailPath: Sendable {
  /// What is not in order.
  package struct Fault: Sendable, Equatable {
    /// How much it matters.
    package enum Weight: Int, Sendable {
      /// It has not begun yet.
      case begins
      /// Mail is late.
      case warning
      /// Nobody learns of an alert.
      case critical
    }

    /// How much it matters.
    package let weight: Weight
    /// What is wrong, and what to do.
    package let text: Text
  }

  /// What is wrong, the worst first.
  package let faults: [Fault]
  /// When a digest was last accepted, in seconds since 1970.
  package let accepted: Int?

  /// A digest that waits so many seconds is worth a word, and so many an alarm.
  static let (waits, waitsLong) = (3600, 86_400)

  /// `nil` where the configuration sends no mail.
  /// - Parameters:
  ///   - configPath: tells the units' names: `config.yaml` is the plain unit, `16.05.yaml` the instance 16.05.
  ///   - state: the state folder, `nil`: that of the unit.
  ///   - now: in seconds since 2000.
  package init?(_ configuration: Configuration, configPath: String?, state: String?, now: Int) {
    let hasDesk = !configuration.mailTo.isEmpty || !configuration.mailDesks.routes.isEmpty
    guard configuration.mailFrom != nil, hasDesk else { return nil }
    let instance = Self.instance(configPath)
    let folder = state ?? Self.folder(configPath)
    let timer = instance.map { "freeze-auditor-mail@\($0).timer" } ?? "freeze-auditor-mail.timer"
    let status = MailStatus(folder: folder)
    let clock = now + 946_684_800
    faults = [
      status.flatMap { Self.waiting($0, clock) }, Self.program(configuration.sendmail),
      Self.timer(timer, UnitState.isActive(timer), hasRun: status != nil), Self.run(status, folder, clock),
      status.flatMap { Self.day($0, configuration, clock) },
    ].compactMap(\.self).sorted { $0.weight.rawValue > $1.weight.rawValue }
    accepted = status?.accepted
  }

  /// `16.05` for `16.05.yaml`, `nil` for the plain unit.
  private static func instance(_ configPath: String?) -> String? {
    let file = configPath?.split(separator: "/").last ?? "config.yaml"
    let instance = file.split(separator: ".").dropLast().joined(separator: ".")
    return instance.isEmpty || instance == "config" ? nil : instance
  }

  /// The state folder of the mail's unit.
  static func folder(_ configPath: String?) -> String {
    "/var/lib/freeze-auditor-mail" + (instance(configPath).map { "-\($0)" } ?? "")
  }

  /// What is wrong with the program that takes the mail.
  package static func program(_ path: String) -> Fault? {
    var file = stat()
    guard stat(path, &file) != 0 || file.st_mode & S_IFMT != S_IFREG || file.st_mode & 0o111 == 0 else {
      return nil
    }
    return Fault(
      weight: .critical,
      text: Text(
        "mail.sendmail: \(path) tidak ada atau bukan program. Pasang server surel (mis. apt install postfix) atau perbaiki mail.sendmail",
        "mail.sendmail: \(path) is not there or no program. Install a mail server (such as apt install postfix), or mend mail.sendmail"
      ))
  }

  private static func timer(_ name: String, _ isActive: Bool?, hasRun: Bool) -> Fault? {
    guard isActive == false else { return nil }
    return Fault(
      weight: hasRun ? .warning : .begins,
      text: Text(
        "\(name) tidak berjalan: tidak ada yang mengirim surat. Jalankan: systemctl enable --now \(name)",
        "\(name) does not run: nobody sends mail. Run: systemctl enable --now \(name)"))
  }

  private static func waiting(_ status: MailStatus, _ clock: Int) -> Fault? {
    guard let since = status.waiting, clock - since >= waits else { return nil }
    let hours = (clock - since) / 3600
    return Fault(
      weight: clock - since >= waitsLong ? .critical : .warning,
      text: Text(
        "surat ringkasan menunggu sendmail sejak \(hours) jam (\(status.attempts) percobaan gagal). Lihat: journalctl -u freeze-auditor-mail",
        "a digest waits for sendmail since \(hours) h (\(status.attempts) failed attempts). See: journalctl -u freeze-auditor-mail"
      ))
  }

  private static func run(_ status: MailStatus?, _ folder: String, _ clock: Int) -> Fault? {
    guard let status else {
      return Fault(
        weight: .begins,
        text: Text(
          "bagian surat belum pernah berjalan, atau \(folder)/\(MailStatus.fileName) tidak terbaca",
          "the mail part has never run, or \(folder)/\(MailStatus.fileName) cannot be read"))
    }
    guard clock - status.ran >= waits else { return nil }
    let hours = (clock - status.ran) / 3600
    return Fault(
      weight: .warning,
      text: Text(
        "bagian surat terakhir selesai \(hours) jam yang lalu. Lihat: systemctl status freeze-auditor-mail",
        "the mail part last ended \(hours) h ago. See: systemctl status freeze-auditor-mail"))
  }

  /// A working day has passed whole without a digest.
  private static func day(_ status: MailStatus, _ configuration: Configuration, _ clock: Int) -> Fault? {
    guard status.waiting == nil, let days = try? configuration.workingDays() else { return nil }
    func date(_ time: Int) -> CivilDate? {
      configuration.zone.date(atSecondsSince2000: time - 946_684_800)
    }
    guard let today = date(clock), let last = status.accepted.map(date) ?? date(0) else { return nil }
    var day = CivilDate(daysSince2000: max(last.daysSince2000 + 1, today.daysSince2000 - 30))
    while let current = day, current < today {
      if days[current] == .working {
        let since = status.accepted == nil ? "-" : last.description
        return Fault(
          weight: .warning,
          text: Text(
            "tidak ada surat yang diterima pada hari kerja \(current) (terakhir: \(since))",
            "no digest was accepted on the working day \(current) (last: \(since))"))
      }
      day = CivilDate(daysSince2000: current.daysSince2000 + 1)
    }
    return nil
  }
}

extension HealthCheck {
  /// The way of the mail.
  package mutating func mail(_ configuration: Configuration, configPath: String?, state: String?) {
    guard
      let path = MailPath(
        configuration, configPath: configPath, state: state, now: Today.secondsSince2000)
    else {
      add(
        .note, "mail", id: "tidak ada mail.from dan mail.to: tidak ada surat",
        en: "there is no mail.from and mail.to: no mail")
      return
    }
    // Before the units are enabled doctor is what a person is told to run first.
    for fault in path.faults { add(fault.weight == .begins ? .note : .failed(.machine), "mail", fault.text) }
    guard path.faults.isEmpty else { return }
    let last = path.accepted.map {
      Moment(secondsSince2000: $0 - 946_684_800, zone: configuration.zone).text
    }
    add(
      .good, "mail",
      Text(
        "sendmail ada, timer berjalan, ringkasan terakhir diterima \(last ?? "-")",
        "sendmail is there, the timer runs, the last digest was accepted \(last ?? "-")"))
  }
}
