import AuditBase
import FreezeRules
import Glibc
import RuleFiles

extension HealthCheck {
  /// Configuration, rules, calendar.
  package mutating func configuration(_ configuration: Configuration, path: String?) {
    do throws(FileError) {
      let ruleSet = try configuration.ruleSet()
      if let unknown = ruleSet.unknownElection(in: configuration.sources.flatMap(\.elections)) {
        throw FileError(file: path ?? "environment", line: 0, key: "elections", unknown.message)
      }
      if let unreadable = configuration.unreadableApprovals { throw unreadable }
      let table = ruleSet.windows(
        declared: configuration.sources.flatMap(\.elections), knownOn: Today.date(in: configuration.zone))
      add(
        .good, "configuration",
        id: "\(path ?? "bawaan dan lingkungan"): sah, \(table.windows.count) masa larangan",
        en: "\(path ?? "defaults and environment"): valid, \(table.windows.count) windows")
      for source in configuration.sources {
        for missing in table.missing(in: source.region) where source.region != nil {
          add(
            .note, "calendar", id: missing.sentence(.indonesian) + " " + missing.settle(.indonesian),
            en: missing.sentence(.english) + " " + missing.settle(.english))
        }
      }
    } catch {
      add(.failed(.configuration), "configuration", error.message)
    }
    for source in configuration.sources where source.region == nil {
      add(
        .note, "configuration",
        id: "\(source.name): region tidak diisi: catatan tanpa kode wilayah dinilai tanpa wilayah",
        en: "\(source.name): region is not set: records without a code are judged without a region")
    }
    if let path = configuration.metricsPath { metrics(path) }
    mail(configuration)
  }

  /// The shipped unit may write to its runtime and its state folder only, whoever runs doctor.
  private mutating func metrics(_ path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    // An instance has a folder of its own beside it: /run/freeze-auditor-16.05.
    if path.hasPrefix("/run/freeze-auditor/") || path.hasPrefix("/run/freeze-auditor-") {
      add(.good, "metrics", id: "\(path) ditulis oleh layanan", en: "\(path) is written by the service")
    } else if access(folder, W_OK) != 0 {
      add(
        .failed(.configuration), "metrics",
        id: "\(folder) tidak dapat ditulis: perbaiki metrics.textfile atau haknya",
        en: "\(folder) cannot be written: mend metrics.textfile or its permission")
    } else {
      add(
        .note, "metrics",
        id:
          "\(folder) dapat ditulis oleh pengguna ini, tetapi unit bawaan hanya boleh menulis ke /run/freeze-auditor. Pakai textfile: /run/freeze-auditor/freeze-auditor.prom, atau systemctl edit: ReadWritePaths=\(folder)",
        en:
          "\(folder) can be written by this user, but the shipped unit may write to /run/freeze-auditor only. Use textfile: /run/freeze-auditor/freeze-auditor.prom, or systemctl edit: ReadWritePaths=\(folder)"
      )
    }
  }

  /// A digest that nobody can hand over is found at the first alert, which is too late.
  private mutating func mail(_ configuration: Configuration) {
    notify(configuration)
    guard !configuration.mailTo.isEmpty || !configuration.mailDesks.isEmpty else {
      add(
        .note, "mail", id: "mail.to kosong: tidak ada surel yang dikirim",
        en: "mail.to is empty: no mail is sent")
      return
    }
    if configuration.mailFrom == nil {
      add(
        .failed(.configuration), "mail", id: "mail.from kosong; isi pengirim surel",
        en: "mail.from is empty; say who sends")
    } else if access(configuration.sendmail, X_OK) != 0 {
      add(
        .failed(.configuration), "mail",
        id:
          "\(configuration.sendmail) tidak ada atau tidak dapat dijalankan. Pasang server surel (postfix, opensmtpd, msmtp-mta), atau perbaiki mail.sendmail",
        en:
          "\(configuration.sendmail) is not there or cannot be run. Install a mail server (postfix, opensmtpd, msmtp-mta), or mend mail.sendmail"
      )
    } else {
      add(
        .good, "mail", id: "\(configuration.recipientCount) penerima, \(configuration.sendmail) ada",
        en: "\(configuration.recipientCount) recipients, \(configuration.sendmail) is there")
    }
  }

  private mutating func notify(_ configuration: Configuration) {
    guard let program = configuration.notifyProgram else { return }
    if access(program, X_OK) != 0 {
      add(
        .failed(.configuration), "notify",
        id: "\(program) tidak ada atau tidak dapat dijalankan; perbaiki notify.exec",
        en: "\(program) is not there or cannot be run; mend notify.exec")
    } else {
      add(.good, "notify", id: "\(program) ada", en: "\(program) is there")
    }
  }
}
