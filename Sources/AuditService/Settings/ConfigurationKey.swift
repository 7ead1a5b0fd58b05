import AuditBase
import AlertMail
import FreezeRules
import RuleFiles

/// One key of `config.yaml` as people are told of it. What the parser allows, what the manual page
/// `freeze-auditor.yaml(5)` says and which variables the environment may hold are all read from ``all``.
package struct ConfigurationKey: Sendable {
  /// Such as `mail.from`.
  package let name: String
  /// What may stand there.
  package let allowed: String
  /// What holds without it.
  package let standard: String
  /// What it is for.
  package let purpose: String

  private init(_ name: String, _ allowed: String, _ standard: String, _ purpose: String) {
    self.name = name
    self.allowed = allowed
    self.standard = standard
    self.purpose = purpose
  }

  /// Every key, in the order of the example file.
  package static let all = [
    ConfigurationKey(
      "region", "a Kemendagri code in quotes, such as \"16.05\", or a name", "none",
      "Region of a record that names none. Also decides the time zone, and stands in the subject of the digest."
    ),
    ConfigurationKey(
      "timezone", "WIB, WITA or WIT", "that of the region's province, else WIB",
      "Zone of the region: decides when a day begins."),
    ConfigurationKey(
      "elections", "a list of ids", "none",
      "Elections to apply whatever the registry says of the region, such as pilkada-2020. Never needed: the waves follow from the region."
    ),
    ConfigurationKey(
      "source.name", "text", "simpeg",
      "Names the source in the ledger. Another name begins another set of alerts."),
    ConfigurationKey(
      "source.conninfo", "a libpq connection string without a password",
      "libpq's environment (PGHOST, PGSERVICE …)",
      "The HR database; it is only read. The password comes from the systemd credential source-password, a service file or a password file."
    ),
    ConfigurationKey(
      "source.view", "schema.view", "freeze_audit.personnel_action",
      "The contract view made by the site's DBA."),
    ConfigurationKey(
      "sources", "a list of {name, conninfo, view, region, timezone, elections, approvals}", "none",
      "Several HR databases instead of source. name is required; what an entry does not say is taken from the top level. Its password comes from the systemd credential NAME-password, else source-password."
    ),
    ConfigurationKey(
      "ledger.conninfo", "a libpq connection string without a password", "that of the source",
      "The database that keeps the ledger of alerts; with several sources give it one of its own. The password comes from the credential ledger-password."
    ),
    ConfigurationKey(
      "ledger.lease", "2 to 3600", "30",
      "Seconds after which another daemon may take over from one that is gone."),
    ConfigurationKey("poll.interval", "1 to 86400", "300", "Seconds between two passes."),
    ConfigurationKey(
      "poll.wake_on_notify", "true or false", "false",
      "Pass early on NOTIFY freeze_audit_changed, and at once over the records it names; never needed to be right. Needs more poll.connections than there are sources."
    ),
    ConfigurationKey(
      "poll.max_loss", "0 to 100", "20",
      "Per cent of all records, or of the records with open alerts, that may vanish or lose their alert in one pass, whatever the cause, before the pass counts as not evaluated; alerts accept takes it for right. One record alone may, except with 0."
    ),
    ConfigurationKey(
      "poll.connections", "1 to 256", "4", "Sources read at the same time, at most."),
    ConfigurationKey(
      "alert_since", "YYYY-MM-DD", "none",
      "Acts wholly before this day are reported by audit and never alerted; for the first installation."),
    ConfigurationKey(
      "calendar", "a file, relative to the configuration", "the one compiled in", "Elections and their dates."
    ),
    ConfigurationKey(
      "calendar_additions", "a list of files, relative to the configuration", "none",
      "Facts of the site's own, such as its oath day or its acting heads, added to the calendar by id; the same format."
    ),
    ConfigurationKey(
      "governor_binds", "true or false", "false",
      "Hold regencies and cities bound by the governor's election as well; such acts are depends. No ruling is known."
    ),
    ConfigurationKey("rules", "a file, relative to the configuration", "the ones compiled in", "The rules."),
    ConfigurationKey(
      "approvals", "a CSV file, relative to the configuration", "the table freeze_audit.approval",
      "Letters of approval, one line a person."),
    ConfigurationKey("log.language", "id or en", "id", "Language of log entries and of the digest."),
    ConfigurationKey(
      "log.personal_data", "masked or full", "masked",
      "Whether log entries, digests and STATUS show NIP and names in full."),
    ConfigurationKey(
      "mail.from", "user@host, or Name <user@host>", "none", "Sender of the digest, where bounces go."),
    ConfigurationKey(
      "mail.to", "a list of addresses", "none", "Recipients of the digest; all of them see each other."),
    ConfigurationKey(
      "mail.routes",
      "a list of {name, to, regions, units, outcomes, urgency, language, personal_data, head, foot}", "none",
      "Desks that get a part of the alerts: of these regions (codes, names, \"16.*\"), units (a part of their names), outcomes (inside, depends …), and urgency (upcoming: a date of the act is still to come, or past). Each address gets a mail of its own. mail.to gets everything."
    ),
    ConfigurationKey(
      "mail.escalate", "{working_days, to} and what a route may say, or a list of such levels", "none",
      "The next desk: gets, once, each alert that nobody answered or acknowledged within so many working days (3)."
    ),
    ConfigurationKey(
      "mail.head", "text", "none", "The site's own words before every digest; a route may have its own."),
    ConfigurationKey("mail.foot", "text", "none", "The same after it."),
    ConfigurationKey(
      "mail.sendmail", "an absolute path", "/usr/sbin/sendmail",
      "The program that takes mail, run as: sendmail -t -i -f FROM."),
    ConfigurationKey(
      "mail.timeout", "1 to 3600", "60", "Seconds sendmail may take before the attempt counts as failed."),
    ConfigurationKey(
      "mail.digest_at", "HH:MM, local time", "07:00",
      "When the digest of a working day is due, an empty one included. News goes out at once."),
    ConfigurationKey(
      "mail.holidays", "a file, relative to the configuration", "the list compiled in",
      "Days without an empty digest, one YYYY-MM-DD a line with a remark; replaces the whole list."),
    ConfigurationKey(
      "notify.exec", "an absolute path", "none",
      "A program that gets each news item as one JSON object on standard input, for gateways that are no mail. Status 0: taken, never given again; 65: refused for good; anything else: tried again at the next run."
    ),
    ConfigurationKey(
      "notify.timeout", "1 to 3600", "30", "Seconds it may take for one item."),
    ConfigurationKey(
      "report.office", "text, or a list of lines", "none",
      "Who hands the report in: the letterhead of the HTML report."),
    ConfigurationKey(
      "report.templates", "a folder, relative to the configuration", "the templates compiled in",
      "The site's own templates (*.txt) of the forms of a dossier, in place of the shipped ones or beside them; dossier --templates goes before it."
    ),
    ConfigurationKey(
      "metrics.textfile", "a file, relative to the configuration", "none",
      "Figures for the textfile collector of the Prometheus node exporter."),
  ]

  /// The environment variable that overrides it.
  package var variable: String { Configuration.variable(for: name) }

  static var topLevel: [String] {
    var names: [String] = []
    for key in all {
      let first = String(key.name.prefix { $0 != "." })
      if names.last != first { names.append(first) }
    }
    return names
  }

  static var sections: [String: [String]] {
    var sections: [String: [String]] = [:]
    for key in all {
      let parts = key.name.split(separator: ".").map(String.init)
      if parts.count == 2 { sections[parts[0], default: []].append(parts[1]) }
    }
    return sections
  }
}

/// Values that only `mail` has.
extension YAMLValue {
  /// An address for a header.
  func mailAddress() throws(FileError) -> MailAddress {
    guard let address = MailAddress(try text()) else {
      throw error(
        id: "bukan alamat surel; tulis pengguna@host atau Nama <pengguna@host>, ASCII, tanpa baris baru",
        en: "not a mail address; write user@host or Name <user@host>, ASCII, without a line break")
    }
    return address
  }

  /// A path from the root.
  func absolutePath() throws(FileError) -> String {
    let path = try text()
    guard path.hasPrefix("/") else {
      throw error(
        id: "harus jalur mutlak, diawali \"/\"", en: "must be an absolute path, beginning with \"/\"")
    }
    return path
  }

  /// A time of day as minutes since midnight.
  func minuteOfDay() throws(FileError) -> Int {
    let parts = try text().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isASCII) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
    else {
      throw error(id: "bukan jam; tulis HH:MM, misalnya 07:00", en: "not a time; write HH:MM, such as 07:00")
    }
    return hour * 60 + minute
  }

  /// Lines of text: the items of a list, or the lines of one text.
  func lines() throws(FileError) -> [String] {
    var lines: [String] = []
    for value in isList ? try list() : [self] {
      lines += try value.text().split(whereSeparator: \.isNewline).map(String.init)
    }
    return lines
  }
}
