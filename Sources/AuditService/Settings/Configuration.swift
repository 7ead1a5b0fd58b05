import AuditBase
import AlertLedger
import AlertMail
import Foundation
import FreezeRules
import HRRecords
import AuditReports
import Postgres
import RuleFiles

/// Where records are read from, and for which region.
package struct SourceSettings: Sendable, Equatable {
  /// Names the source in the ledger; changing it starts a new set of alerts.
  package var name: String
  /// As libpq takes it; empty means libpq's environment.
  package var conninfo: String
  /// `schema.view`.
  package var view: String
  /// Kemendagri code used where a record has none.
  package var region: String?
  /// Zone of the region.
  package var zone: Zone
  /// Partial waves the region took part in.
  package var elections: [String]
  /// Path of an approvals CSV, `nil`: the table.
  package var approvalsPath: String?
  /// Where its password stands.
  package var credentials = Credentials()

  /// Its view and how to reach it.
  package func address(_ password: String?) -> ViewAddress {
    ViewAddress(conninfo: conninfo, password: password, view: view, region: region, zone: zone)
  }

  /// Its password: that of `NAME-password`, else of `source-password`.
  package func password(_ environment: [String: String]) -> String? {
    credentials.read("\(name)-password", environment) ?? credentials.read("source-password", environment)
  }
}

/// What `config.yaml` says, with the environment laid over it.
package struct Configuration: Sendable {
  /// Kemendagri code used where a record has none.
  package var region: String?
  /// Zone of the region.
  package var zone: Zone
  /// Partial waves the region took part in.
  package var elections: [String]
  /// The HR databases, at least one.
  package var sources: [SourceSettings]
  /// Sources read at the same time, at most.
  package var maximumConnections: Int
  /// The ledger's database; the source's by default.
  package var ledgerConninfo: String
  /// Seconds the lease of the ledger lasts without renewal.
  package var leaseSeconds: Int
  /// Seconds between passes.
  package var interval: Int
  /// Pass early on NOTIFY.
  package var wakeOnNotify: Bool
  /// Per cent of alerted records that may vanish in one pass before the pass counts as not evaluated.
  package var maximumLoss: Int
  /// Acts wholly before this day are never alerted.
  package var alertSince: CivilDate?
  /// Path of the calendar, `nil`: the shipped one.
  package var calendarPath: String?
  /// Paths of files with facts of the site's own, added to the calendar.
  package var calendarAdditions: [String]
  /// The site holds its regencies and cities bound by the governor's election.
  package var governorBinds: Bool
  /// Path of the rules, `nil`: the shipped ones.
  package var rulesPath: String?
  /// Path of an approvals CSV, `nil`: the table.
  package var approvalsPath: String?
  /// Language of the log.
  package var language: Language
  /// Personal data in the log and in mail.
  package var personalData: PersonalData
  /// Sender of the digest.
  package var mailFrom: MailAddress?
  /// Recipients.
  package var mailTo: [MailAddress]
  /// Further desks and the site's own words.
  package var mailDesks: MailDesks
  /// The program that gets each news item, `nil`: none.
  package var notifyProgram: String?
  /// Seconds it may take.
  package var notifyTimeout: Int
  /// The program that takes mail.
  package var sendmail: String
  /// Where every mail server puts it.
  package static let usualSendmail = "/usr/sbin/sendmail"
  /// Seconds it may take.
  package var mailTimeout: Int
  /// Minutes after local midnight from which the working day's digest is due.
  package var digestAt: Int
  /// Path of a list of holidays, `nil`: the shipped one.
  package var holidaysPath: String?
  /// Where the Prometheus textfile goes.
  package var metricsPath: String?
  /// Who hands reports in: the lines of their letterhead.
  package var office: [String]
  /// Folder of the site's own form templates, `nil`: the shipped ones alone.
  package var templatesPath: String?
  /// Where passwords stand.
  package var credentials = Credentials()

  /// The environment variables that override keys, by key.
  package static func variable(for key: String) -> String {
    "FREEZE_AUDITOR_" + key.replacing(".", with: "_").uppercased()
  }

  private static let keys = ConfigurationKey.topLevel
  private static let subkeys = ConfigurationKey.sections

  /// Reads the file, `nil`: only the environment and defaults.
  /// - Throws: ``FileError`` with file, line, key and what is allowed.
  package init(path: String?, environment: [String: String]) throws(FileError) {
    let file = try RuleSet.text(path)
    let root = try file.map { file throws(FileError) in
      try YAMLValue(parsing: file.text, file: file.file).mapping(allowed: Self.keys)
    }
    let folder = path.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    try self.init(Lookup(root: root, environment: environment, subkeys: Self.subkeys), folder: folder)
    credentials = Credentials(besideConfiguration: path)
    for index in sources.indices { sources[index].credentials = credentials }
    try Self.refuseUnknownVariables(environment)
  }

  private init(_ lookup: Lookup, folder: String?) throws(FileError) {
    func inFolder(_ path: String) -> String {
      path.hasPrefix("/") ? path : (folder.map { $0 + "/" } ?? "") + path
    }
    func path(_ key: String) throws(FileError) -> String? {
      guard let text = try lookup(key)?.text() else { return nil }
      return inFolder(text)
    }
    func conninfo(_ key: String) throws(FileError) -> String? {
      try lookup(key).map { value throws(FileError) in try Self.conninfo(value) }
    }
    // With elections and unquoted codes in mind: YAML must not turn "16.10" into 16.1, and Yams gives us the text.
    region = try lookup("region").map { value throws(FileError) in try RegionReader().region(value).code }
    if let value = try lookup("timezone") {
      zone = try value.choice()
    } else {
      zone = region.flatMap(Zone.init(regionCode:)) ?? .wib
    }
    elections = try lookup.texts("elections") ?? []
    approvalsPath = try path("approvals")
    let single = SourceSettings(
      name: try lookup("source.name")?.text() ?? "simpeg", conninfo: try conninfo("source.conninfo") ?? "",
      view: try lookup("source.view")?.text() ?? Self.defaultView, region: region, zone: zone,
      elections: elections,
      approvalsPath: approvalsPath)
    sources = try Self.sources(
      try lookup("sources"), single: single, isSingleGiven: lookup.has("source"), folder)
    ledgerConninfo = try conninfo("ledger.conninfo") ?? sources[0].conninfo
    leaseSeconds = try lookup("ledger.lease")?.integer(in: 2...3600) ?? 30
    maximumConnections = try lookup("poll.connections")?.integer(in: 1...256) ?? 4
    interval = try lookup("poll.interval")?.integer(in: 1...86_400) ?? 300
    wakeOnNotify = try lookup("poll.wake_on_notify")?.flag() ?? false
    maximumLoss = try lookup("poll.max_loss")?.integer(in: 0...100) ?? 20
    alertSince = try lookup("alert_since")?.date()
    calendarPath = try path("calendar")
    calendarAdditions = (try lookup.texts("calendar_additions") ?? []).map { inFolder($0) }
    governorBinds = try lookup("governor_binds")?.flag() ?? false
    rulesPath = try path("rules")
    language = try lookup("log.language")?.choice() ?? .indonesian
    personalData = try lookup("log.personal_data")?.choice() ?? .masked
    mailFrom = try lookup("mail.from").map { value throws(FileError) in try value.mailAddress() }
    mailTo = try (lookup.values("mail.to") ?? []).map { value throws(FileError) in try value.mailAddress() }
    mailDesks = try MailDesks(
      routes: try lookup("mail.routes"), escalate: try lookup("mail.escalate"), head: try lookup("mail.head"),
      foot: try lookup("mail.foot"))
    notifyProgram = try lookup("notify.exec")?.absolutePath()
    notifyTimeout = try lookup("notify.timeout")?.integer(in: 1...3600) ?? 30
    sendmail = try lookup("mail.sendmail")?.absolutePath() ?? Self.usualSendmail
    mailTimeout = try lookup("mail.timeout")?.integer(in: 1...3600) ?? 60
    digestAt = try lookup("mail.digest_at")?.minuteOfDay() ?? 7 * 60
    holidaysPath = try path("mail.holidays")
    metricsPath = try path("metrics.textfile")
    office = try lookup("report.office")?.lines() ?? []
    templatesPath = try path("report.templates")
  }

  /// The rules and the calendar that it names, with the site's own facts.
  /// - Parameters:
  ///   - rules, calendar: paths that go before the configuration's.
  ///   - additions: further files with facts.
  package func ruleSet(
    rules: String? = nil, calendar: String? = nil, additions: [String] = []
  ) throws(FileError) -> RuleSet {
    try RuleSet(
      rulesPath: rules ?? rulesPath, calendarPath: calendar ?? calendarPath,
      additions: calendarAdditions + additions, governorBinds: governorBinds)
  }

  /// Where the service keeps its configuration.
  package static let defaultPath = "/etc/freeze-auditor/config.yaml"

  /// The view that the examples make.
  package static let defaultView = "freeze_audit.personnel_action"

  private static func conninfo(_ value: YAMLValue) throws(FileError) -> String {
    let text = try value.text()
    do throws(PostgresError) { try ConnectionString.validate(text) } catch {
      throw value.error(
        id: "bukan string koneksi libpq; contoh: \"host=… dbname=… user=…\"",
        en: "not a libpq connection string; for example \"host=… dbname=… user=…\"")
    }
    if ConnectionString.holdsPassword(text) {
      throw value.error(
        id:
          "jangan menulis kata sandi di sini; pakai kredensial systemd source-password, ~/.pgpass atau service",
        en: "no password here; use the systemd credential source-password, ~/.pgpass or a service")
    }
    return text
  }

  /// The list `sources:`, each with what it does not say itself taken from the top level; without the list, the one source.
  private static func sources(
    _ list: YAMLValue?, single: SourceSettings, isSingleGiven: Bool, _ folder: String?
  ) throws(FileError) -> [SourceSettings] {
    guard let list else { return [single] }
    guard !isSingleGiven else {
      throw list.error(
        id: "source dan sources tidak boleh bersama; pindahkan isi source ke dalam daftar",
        en: "source and sources exclude each other; move source into the list")
    }
    var sources: [SourceSettings] = []
    for item in try list.list() {
      let map = try item.mapping(
        allowed: ["name", "conninfo", "view", "region", "timezone", "elections", "approvals"])
      let nameValue = try map.required("name")
      let name = try nameValue.text()
      guard !sources.contains(where: { $0.name == name }) else {
        throw nameValue.error(
          id: "nama \"\(name)\" sudah dipakai; setiap nama harus unik",
          en: "the name \"\(name)\" is taken; names must be unique")
      }
      var source = single
      source.name = name
      source.conninfo = try map["conninfo"].map { value throws(FileError) in try conninfo(value) } ?? ""
      source.view = try map["view"]?.text() ?? defaultView
      source.region =
        try map["region"].map { value throws(FileError) in try RegionReader().region(value).code }
        ?? single.region
      source.zone =
        try map["timezone"].map { value throws(FileError) -> Zone in try value.choice() }
        ?? source.region.flatMap(Zone.init(regionCode:)) ?? single.zone
      if let elections = try map["elections"]?.list() {
        source.elections = []
        for election in elections { source.elections.append(try election.text()) }
      }
      if let path = try map["approvals"]?.text() {
        source.approvalsPath = path.hasPrefix("/") ? path : (folder.map { $0 + "/" } ?? "") + path
      }
      sources.append(source)
    }
    guard !sources.isEmpty else {
      throw list.error(id: "paling sedikit satu sumber", en: "at least one source is needed")
    }
    return sources
  }

  /// The working week, by the list of holidays.
  package func workingDays() throws(FileError) -> WorkingDays {
    let list = try RuleSet.text(holidaysPath)
    do throws(WorkingDays.BadLine) { return try WorkingDays(list?.text ?? WorkingDays.shippedText) } catch {
      throw FileError(
        file: list?.file ?? "holidays.txt", line: error.line, key: "",
        Text("harus YYYY-MM-DD lalu keterangan", "must be YYYY-MM-DD, then a remark"))
    }
  }

  private static func refuseUnknownVariables(_ environment: [String: String]) throws(FileError) {
    let known = keys.flatMap { key in subkeys[key].map { $0.map { "\(key).\($0)" } } ?? [key] }.map(
      variable(for:))
    for name in environment.keys.sorted() where name.hasPrefix("FREEZE_AUDITOR_") && !known.contains(name) {
      let allowed = known.joined(separator: ", ")
      throw FileError(
        file: "environment", line: 0, key: name,
        Text(
          "variabel tidak dikenal; yang boleh: \(allowed)", "unknown variable; allowed: \(allowed)"))
    }
  }
}

/// A key's value: from the environment where it is set, else from the file.
private struct Lookup {
  let root: YAMLMapping?
  let environment: [String: String]
  let sections: [String: YAMLMapping]

  init(root: YAMLMapping?, environment: [String: String], subkeys: [String: [String]]) throws(FileError) {
    self.root = root
    self.environment = environment
    var sections: [String: YAMLMapping] = [:]
    for (section, keys) in subkeys { sections[section] = try root?[section]?.mapping(allowed: keys) }
    self.sections = sections
  }

  func callAsFunction(_ key: String) throws(FileError) -> YAMLValue? {
    let variable = Configuration.variable(for: key)
    if let text = environment[variable], !text.isEmpty { return YAMLValue(text: text, file: variable) }
    let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
    return parts.count == 2 ? sections[parts[0]]?[parts[1]] : root?[key]
  }

  /// Whether the file or the environment says anything under a section.
  func has(_ section: String) -> Bool {
    root?[section] != nil
      || environment.keys.contains { $0.hasPrefix(Configuration.variable(for: section) + "_") }
  }

  /// A list, or from the environment texts separated by commas.
  func texts(_ key: String) throws(FileError) -> [String]? {
    try values(key)?.map { value throws(FileError) in try value.text() }
  }

  /// The same as values that know where they stand.
  func values(_ key: String) throws(FileError) -> [YAMLValue]? {
    guard let value = try self(key) else { return nil }
    if value.isList { return try value.list() }
    return try value.text().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }.map { value.replacing(text: $0) }
  }
}
