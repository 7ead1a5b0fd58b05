import AuditBase
import ArgumentParser
import AuditReports
import AuditService
import Foundation
import FreezeRules
import HRRecords
import RuleFiles

/// Which rules and calendar, for which region, known when.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      id: "Berkas kalender pengganti yang bawaan.", en: "Calendar file instead of the shipped one.",
      valueName: "file")) var calendar: String?
  @Option(
    help: ArgumentHelp(
      id: "Berkas aturan pengganti yang bawaan.", en: "Rules file instead of the shipped ones.",
      valueName: "file")) var rules: String?
  @Option(
    help: ArgumentHelp(
      id: "Wilayah untuk catatan tanpa kode: kode Kemendagri seperti 16.05.",
      en: "Region where a record has none: a Kemendagri code such as 16.05.", valueName: "code"))
  var region: String?
  @Option(
    help: ArgumentHelp(
      id: "Gelombang sebagian yang diikuti wilayah ini, misalnya pilkada-2020. Boleh diulang.",
      en: "A partial wave this region took part in, such as pilkada-2020. May be repeated.", valueName: "id"))
  var election: [String] = []
  @Option(
    help: ArgumentHelp(
      id: "Nilai berdasarkan jadwal dan ketentuan per hari ini (YYYY-MM-DD). Bawaan: hari ini.",
      en: "Judge by what was known on this day (YYYY-MM-DD). Default: today.", valueName: "date")
  )
  var knownOn: CivilDate?
  @Option(
    help: ArgumentHelp(
      id:
        "Andai-andai: nilai seolah-olah penetapan sebuah pemilihan di kalender jatuh pada hari itu. Boleh diulang.",
      en:
        "What if: judge as though the determination of an election of the calendar were on that day. May be repeated.",
      valueName: "id=date"))
  var determination: [Assumption] = []
  @Option(
    help: ArgumentHelp(
      id: "Berkas fakta sendiri yang ditambahkan ke kalender, misalnya hari pelantikan. Boleh diulang.",
      en: "File with facts of your own, such as an oath day, added to the calendar. May be repeated.",
      valueName: "file"))
  var calendarAdd: [String] = []
  @Option(
    help: ArgumentHelp(
      id: "Berkas konfigurasi. Bawaan: /etc/freeze-auditor/config.yaml bila ada.",
      en: "Configuration file. Default: /etc/freeze-auditor/config.yaml where it exists.", valueName: "file"))
  var config: String?
  @Option(help: ArgumentHelp(id: "Bahasa: id atau en.", en: "Language: id or en.")) var lang: Language =
    .indonesian

  /// The code of the region that --region names.
  func givenRegion() throws -> String? {
    guard let region else { return nil }
    do { return try RegionRegistry.shipped.one(region).code } catch {
      throw Failure(
        .usage, "--region: " + error.message.indonesian, "--region: " + error.message.english)
    }
  }

  /// The configuration, its rules and calendar, and the windows as known on the day.
  /// - Parameter comparedKnownOn: another day whose knowledge is looked at as well.
  func load(comparedKnownOn: CivilDate? = nil) throws -> LoadedRules {
    let environment = ProcessInfo.processInfo.environment
    let path =
      config
      ?? (FileManager.default.fileExists(atPath: Configuration.defaultPath) ? Configuration.defaultPath : nil)
    let configuration = try Configuration(path: path, environment: environment)
    var ruleSet = try configuration.ruleSet(rules: rules, calendar: calendar, additions: calendarAdd)
    if let unknown = ruleSet.unknownElection(in: election) {
      throw Failure(
        .usage, "--election: " + unknown.message.indonesian, "--election: " + unknown.message.english)
    }
    if let unknown = ruleSet.unknownElection(
      in: configuration.elections + configuration.sources.flatMap(\.elections))
    {
      throw FileError(file: path ?? "environment", line: 0, key: "elections", unknown.message)
    }
    let region = try givenRegion() ?? configuration.region
    let zone = region.flatMap(Zone.init(regionCode:)) ?? configuration.zone
    let knownOn = self.knownOn ?? Today.date(in: zone)
    let declared = configuration.elections + election
    for assumption in determination {
      try assume(
        assumption, in: &ruleSet, declared: declared, knownFrom: min(knownOn, comparedKnownOn ?? knownOn))
    }
    return LoadedRules(
      configuration: configuration, ruleSet: ruleSet, region: region, zone: zone, knownOn: knownOn,
      table: ruleSet.windows(declared: declared, knownOn: knownOn), declared: election,
      assumptions: determination,
      compared: comparedKnownOn.map { ruleSet.windows(declared: declared, knownOn: $0) })
  }

  /// Puts an assumed determination in the place of all that the calendar knows of it.
  private func assume(
    _ assumption: Assumption, in ruleSet: inout RuleSet, declared: [String], knownFrom: CivilDate
  ) throws {
    guard let index = ruleSet.calendar.elections.firstIndex(where: { $0.id == assumption.election }) else {
      let known = ruleSet.calendar.elections.map(\.id).joined(separator: ", ")
      throw Failure(
        .usage,
        "--determination: pemilihan \"\(assumption.election)\" tidak ada dalam kalender; yang dikenal: \(known)",
        "--determination: the election \"\(assumption.election)\" is not in the calendar; known: \(known)"
      )
    }
    let fact = CalendarFact(
      .day(assumption.determination),
      instrument: Text("andaian (--determination)", "what-if (--determination)")[lang],
      knownFrom: knownFrom)
    ruleSet.calendar.elections[index].determinations = [fact]
    guard let problem = ruleSet.calendar.problem(), case .endsBeforeDetermination(let end, _) = problem.kind
    else {
      return
    }
    Console.note(
      Text(
        "akhir masa jabatan \(assumption.election) di kalender (\(end)) tidak sesudah penetapan andaian; larangan sesudah penetapan tidak dihitung",
        "the end of the term of \(assumption.election) in the calendar (\(end)) is not after the assumed determination; the prohibition after it is left out"
      ))
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
  /// What --election named.
  var declared: [String] = []
  /// Determinations that were assumed.
  var assumptions: [Assumption] = []
  /// The windows of the other state of knowledge, where two are compared.
  var compared: WindowTable?

  /// Days that nobody knows are said, never passed over.
  func sayMissing() {
    for missing in table.missing(in: region) where region != nil {
      Console.note(Text(missing.sentence(.indonesian), missing.sentence(.english)))
      Console.note(Text(missing.settle(.indonesian), missing.settle(.english)))
    }
  }
}

/// Where the records come from.
struct SourceOptions: ParsableArguments {
  @OptionGroup var rules: RuleOptions
  @Option(
    help: ArgumentHelp(
      id: "String koneksi PostgreSQL. Bawaan: konfigurasi, selain itu lingkungan libpq.",
      en: "PostgreSQL connection string. Default: the configuration, else libpq's environment.",
      valueName: "conninfo"))
  var db: String?
  @Argument(
    help: ArgumentHelp(
      id:
        "Daftar yang dibaca sebagai ganti basis data: Excel (.xlsx) atau CSV, dikenali dari isinya (- untuk masukan standar).",
      en:
        "The list to read instead of a database: Excel (.xlsx) or CSV, told by its content (- for standard input).",
      valueName: "file"))
  var file: String?
  @Option(
    help: ArgumentHelp(
      id: "Daftar yang dibaca sebagai CSV, apa pun isinya (- untuk masukan standar).",
      en: "A list to read as CSV, whatever it holds (- for standard input).", valueName: "file"))
  var csv: String?
  @Option(
    help: ArgumentHelp(
      id: "Daftar yang dibaca sebagai buku kerja Excel, apa pun isinya.",
      en: "A list to read as an Excel workbook, whatever it holds.", valueName: "file"))
  var xlsx: String?
  @Option(
    help: ArgumentHelp(
      id: "Lembar buku kerja: nama atau urutannya dari 1. Bawaan: lembar pertama yang kolomnya dikenal.",
      en: "Sheet of the workbook: its name or its place from 1. Default: the first with known columns.",
      valueName: "name"))
  var sheet: String?
  @Option(
    help: ArgumentHelp(
      id: "Kepala kolom berkas mana berarti kolom apa, sebagai YAML: decree_date: tgl_sk.",
      en: "Which header of the file means which column, as YAML: decree_date: tgl_sk.", valueName: "file"))
  var map: String?
  @Option(
    help: ArgumentHelp(
      id: "Persetujuan sebagai CSV atau Excel. Bawaan: tabel freeze_audit.approval.",
      en: "Approvals as CSV or Excel. Default: the table freeze_audit.approval.", valueName: "file"))
  var approvals: String?
  @Option(
    name: .customLong("source"),
    help: ArgumentHelp(
      id: "Nama sumber dalam konfigurasi yang dibaca. Bawaan: yang pertama.",
      en: "Name of the source of the configuration to read. Default: the first.", valueName: "name"))
  var name: String?
  @Option(
    help: ArgumentHelp(
      id: "Jenis setiap catatan sebuah berkas yang tidak menyebutnya: mutasi, promosi, demosi.",
      en: "The kind of every record of a file that does not say it: mutasi, promosi, demosi.",
      valueName: "kind"))
  var kind: String?
  @Flag(help: ArgumentHelp(id: "Sembunyikan NIP dan nama.", en: "Hide NIP and names.")) var mask = false
  /// How much of a person is shown.
  var personalData: PersonalData { mask ? .masked : .full }

  /// The file to read, `nil`: a database.
  var table: TableFile? { TableFile(file, csv: csv, xlsx: xlsx, sheet: sheet) }

  /// Refused once every option was understood: a misspelt one leaves its value behind as a file, and that complaint comes first.
  func checkFile() throws(Failure) {
    if [file, csv, xlsx].count(where: { $0 != nil }) > 1 {
      throw Failure(
        .usage, "beri satu berkas saja: \(file ?? "BERKAS"), --csv atau --xlsx",
        "give one file only: \(file ?? "FILE"), --csv or --xlsx")
    }
    if file != nil, db != nil || name != nil {
      throw Failure(
        .usage, "beri satu sumber saja: sebuah berkas, --db atau --source",
        "give one source only: a file, --db or --source")
    }
  }

  func validate() throws {
    let named = csv ?? xlsx
    if db != nil && named != nil {
      throw ValidationError(
        id: "--db dan --csv (--xlsx) saling meniadakan: beri satu sumber saja.",
        en: "--db and --csv (--xlsx) exclude each other: give one source.")
    }
    if name != nil && (db != nil || named != nil) {
      throw ValidationError(
        id: "--source menamai sumber dalam konfigurasi: tanggalkan --db dan --csv (--xlsx).",
        en: "--source names a source of the configuration: leave out --db and --csv (--xlsx).")
    }
    if map != nil || kind != nil || sheet != nil, table == nil {
      throw ValidationError(
        id: "--map, --kind dan --sheet milik sebuah berkas: beri juga berkasnya.",
        en: "--map, --kind and --sheet belong to a file: give the file as well.")
    }
  }

  /// The lines of an approvals file; those that can match nobody are said.
  static func approvals(_ path: String) throws(SourceError) -> Approvals {
    let approvals = try Approvals(file: TableFile(path))
    if !approvals.unmatchable.isEmpty {
      Console.note(
        Text(
          "\(approvals.unmatchable.count) baris persetujuan ber-NIP rusak atau kosong; tidak dapat dicocokkan dengan siapa pun",
          "\(approvals.unmatchable.count) approval lines have a damaged NIP or none; they match nobody"))
    }
    return approvals
  }

  /// The rules for what is read: for a source of the configuration its own region, zone and partial waves.
  func load(comparedKnownOn: CivilDate? = nil, allSources: Bool = false) throws -> LoadedRules {
    try checkFile()
    let loaded = try rules.load(comparedKnownOn: comparedKnownOn)
    let configured = loaded.configuration.sources
    if let name {
      guard let source = configured.first(where: { $0.name == name }) else {
        let known = configured.map(\.name).joined(separator: ", ")
        throw Failure(
          .usage, "--source: sumber \"\(name)\" tidak ada dalam konfigurasi; yang dikenal: \(known)",
          "--source: the configuration has no source \"\(name)\"; known: \(known)")
      }
      return loaded.narrowed(to: source, region: try rules.givenRegion())
    }
    guard db == nil, table == nil, !allSources else { return loaded }
    if configured.count > 1 {
      Console.note(
        Text(
          "dari \(configured.count) sumber dalam konfigurasi hanya \(configured[0].name) yang dibaca; pilih dengan --source NAMA (audit: semua dengan --all-sources)",
          "of \(configured.count) sources of the configuration only \(configured[0].name) is read; choose with --source NAME (audit: all with --all-sources)"
        ))
    }
    // Windows take some milliseconds to lay out, and those of the only source are there.
    let isLaidOut = configured[0].elections == loaded.configuration.elections
    return loaded.narrowed(
      to: configured[0], region: try rules.givenRegion(),
      laidOut: isLaidOut ? (loaded.table, loaded.compared) : nil)
  }

  /// Which header means which column, and what is said of every record.
  func columnMap() throws -> ColumnMap {
    var columns = try ColumnMap(file: map)
    if let kind { columns.constants[.kind] = kind }
    return columns
  }

  /// The source and its approvals.
  func scan(_ loaded: LoadedRules, allSources: Bool = false) throws -> AuditScan {
    let configured = loaded.configuration.sources[0]
    // Of many sources each has its own.
    if allSources {
      return AuditScan(
        source: .view(loaded.address(configured.conninfo)), approvals: nil, approvalsPath: approvals,
        rules: loaded)
    }
    let own = db == nil && table == nil ? configured.approvalsPath : nil
    let path = approvals ?? own ?? loaded.configuration.approvalsPath
    let fromFile = try path.map(Self.approvals)
    let file = try table.map {
      RecordFile($0, map: try columnMap(), region: loaded.region, zone: loaded.zone)
    }
    return AuditScan(
      source: file.map(RecordSource.file) ?? .view(loaded.address(db ?? configured.conninfo)),
      approvals: fromFile,
      approvalsPath: path, rules: loaded)
  }
}

extension LoadedRules {
  /// The view of the configuration's (first) source in some database.
  func address(_ conninfo: String) -> ViewAddress {
    let source = configuration.sources[0]
    return ViewAddress(
      conninfo: conninfo, password: source.password(ProcessInfo.processInfo.environment), view: source.view,
      region: region, zone: zone)
  }
}

extension TableFile {
  /// The one file that was given, `nil` where none was.
  init?(_ file: String?, csv: String?, xlsx: String?, sheet: String?) {
    guard let path = file ?? csv ?? xlsx else { return nil }
    self.init(path, form: csv != nil ? .csv : xlsx != nil ? .workbook : nil, sheet: sheet)
  }
}
