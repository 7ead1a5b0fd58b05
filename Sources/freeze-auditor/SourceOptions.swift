import ArgumentParser
import AuditReports
import AuditService
import Foundation
import FreezeRules
import HRRecords
import RuleFiles

/// Which rules and calendar, for which region, known when.
struct RuleOptions: ParsableArguments {
  @Option(help: "ElectionCalendar file instead of the shipped one.") var calendar: String?
  @Option(help: "Rules file instead of the shipped ones.") var rules: String?
  @Option(
    help: ArgumentHelp("Region where a record has none: a Kemendagri code such as 16.05.", valueName: "code"))
  var region: String?
  @Option(
    help: ArgumentHelp(
      "A partial wave this region took part in, such as pilkada-2020. May be repeated.", valueName: "id"))
  var election: [String] = []
  @Option(
    help: ArgumentHelp("Judge by what was known on this day (YYYY-MM-DD). Default: today.", valueName: "date")
  )
  var knownOn: CivilDate?
  @Option(
    help: ArgumentHelp(
      "Configuration file. Default: /etc/freeze-auditor/config.yaml where it exists.", valueName: "file"))
  var config: String?
  @Option(help: "Language: id or en.") var lang: Language = .indonesian

  /// The configuration, its rules and calendar, and the windows as known on the day.
  func load() throws -> LoadedRules {
    let environment = ProcessInfo.processInfo.environment
    let path =
      config
      ?? (FileManager.default.fileExists(atPath: Configuration.defaultPath) ? Configuration.defaultPath : nil)
    let configuration = try Configuration(path: path, environment: environment)
    let ruleSet = try RuleSet(
      rulesPath: rules ?? configuration.rulesPath, calendarPath: calendar ?? configuration.calendarPath)
    if let unknown = ruleSet.unknownElection(in: election) {
      throw UsageError(
        id: "--election: " + unknown.message.indonesian, en: "--election: " + unknown.message.english)
    }
    if let unknown = ruleSet.unknownElection(in: configuration.elections) {
      throw FileError(file: path ?? "environment", line: 0, key: "elections", unknown.message)
    }
    let region = self.region ?? configuration.region
    let zone = region.flatMap(Zone.init(regionCode:)) ?? configuration.zone
    let knownOn = self.knownOn ?? Today.date(in: zone)
    return LoadedRules(
      configuration: configuration, ruleSet: ruleSet, region: region, zone: zone, knownOn: knownOn,
      table: ruleSet.windows(declared: configuration.elections + election, knownOn: knownOn))
  }
}

/// Everything that judging needs but the records.
struct LoadedRules {
  let configuration: Configuration
  let ruleSet: RuleSet
  let region: String?
  let zone: Zone
  let knownOn: CivilDate
  let table: WindowTable

  /// Elections without a known determination are said, never passed over.
  func sayUndetermined() {
    for id in table.undetermined {
      Talk.note(
        Bilingual(
          id: "\(id): tanggal penetapan belum diketahui pada \(knownOn); tidak ada jendela yang dihitung",
          en: "\(id): no determination was known on \(knownOn); no window was computed"))
    }
  }
}

/// Where the records come from.
struct SourceOptions: ParsableArguments {
  @OptionGroup var rules: RuleOptions
  @Option(
    help: ArgumentHelp(
      "PostgreSQL connection string. Default: the configuration, else libpq's environment.",
      valueName: "conninfo"))
  var db: String?
  @Option(help: ArgumentHelp("Read a CSV instead of a database (- for standard input).", valueName: "file"))
  var csv: String?
  @Option(
    help: ArgumentHelp("Approvals as CSV. Default: the table freeze_audit.approval.", valueName: "file"))
  var approvals: String?
  @Flag(help: "Hide NIP and names.") var mask = false

  func validate() throws {
    if db != nil && csv != nil {
      throw ValidationError("--db and --csv exclude each other: give one source.")
    }
  }

  /// Opens the source and its approvals.
  func open(_ loaded: LoadedRules) throws -> RecordSource {
    let path = approvals ?? loaded.configuration.approvalsPath
    let fromFile = try path.map { try Approvals(csv: $0) }
    if let fromFile, !fromFile.unmatchable.isEmpty {
      Talk.note(
        Bilingual(
          id:
            "\(fromFile.unmatchable.count) baris persetujuan ber-NIP rusak; tidak dapat dicocokkan dengan siapa pun",
          en: "\(fromFile.unmatchable.count) approval lines have a damaged NIP; they match nobody"))
    }
    return RecordSource(
      kind: csv.map { .csv($0) } ?? .database(db ?? loaded.configuration.sources[0].conninfo),
      approvals: fromFile,
      loaded: loaded)
  }
}

/// A source ready to be judged.
struct RecordSource {
  enum Kind {
    case csv(String)
    case database(String)
  }

  let kind: Kind
  let approvals: Approvals?
  let loaded: LoadedRules

  /// For reports: the file, or server and view, never a password.
  var description: String {
    switch kind {
    case .csv(let path): path == "-" ? "stdin" : path
    case .database(let conninfo):
      RecordReader.describe(conninfo: conninfo, view: loaded.configuration.sources[0].view)
    }
  }

  /// Judges every record, or those with one id.
  /// - Returns: counts of records that were not given out one by one because nothing can be said of them.
  func judge(
    _ scan: Scan = .all, only actionID: String? = nil, progress: (Int) -> Void = { _ in },
    each: (Judgement) throws -> Void
  ) throws -> Counts {
    var counts = Counts()
    switch kind {
    case .csv(let path):
      var source = try CSVSource(path: path, region: loaded.region, zone: loaded.zone)
      var read = 0
      try source.forEach { action in
        read += 1
        if read & 0xFFF == 0 { progress(read) }
        if let actionID, action.actionID != actionID { return }
        let judgement = FreezeRules.judge(action, loaded.table, approvals: approvals)
        counts.add(judgement.outcome)
        try each(judgement)
      }
    case .database(let conninfo):
      let environment = ProcessInfo.processInfo.environment
      counts = try RecordReader(
        conninfo: conninfo, password: Credential.read("source-password", environment: environment),
        view: loaded.configuration.sources[0].view, region: loaded.region, zone: loaded.zone
      ).judge(loaded.table, approvals: approvals, scan, only: actionID, progress: progress, each: each)
    }
    return counts
  }
}
