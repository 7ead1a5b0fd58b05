import ArgumentParser
import AuditBase
import AuditReports
import AuditService
import Foundation
import FreezeRules
import HRRecords
import RuleFiles

struct MapDatabase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: Console.help(
      id: "Mencari riwayat jabatan dalam sebuah basis data dan mengusulkan view kontrak di atasnya.",
      en: "Finds the history of posts in a database and proposes the contract view over it."),
    discussion: Console.help(
      id:
        "Hanya membaca: katalog, dan paling banyak 20.000 baris dari setiap calon tabel. Tidak ada yang diubah; SQL yang dicetak dijalankan sendiri oleh pemilik tabel. Keluar dengan 0 bila ada usulan, 3 bila tidak ada tabel yang tampak seperti riwayat jabatan.\n\n",
      en:
        "Reads only: the catalog, and at most 20,000 rows of each table that may be it. Nothing is changed; the SQL that is printed is for the owner of the tables to run. Exits 0 with a proposal, 3 where no table looks like a history of posts.\n\n"
    ) + "  freeze-auditor map --db \"host=… dbname=simpeg user=…\" --output view.sql\n"
      + "  freeze-auditor map --table kepegawaian.riwayat_jabatan --lang en")

  @Option(
    help: ArgumentHelp(
      id: "String koneksi PostgreSQL. Bawaan: konfigurasi, selain itu lingkungan libpq.",
      en: "PostgreSQL connection string. Default: the configuration, else libpq's environment.",
      valueName: "conninfo"))
  var db: String?
  @Option(
    help: ArgumentHelp(
      id: "Tabel yang dipetakan, seperti skema.tabel. Bawaan: yang paling mirip riwayat jabatan.",
      en: "The table to map, such as schema.table. Default: the one most like a history of posts.",
      valueName: "name"))
  var table: String?
  @Option(
    help: ArgumentHelp(
      id: "Wilayah, untuk zona waktunya: kode Kemendagri seperti 16.05.",
      en: "The region, for its time zone: a Kemendagri code such as 16.05.", valueName: "code"))
  var region: String?
  @Option(
    help: ArgumentHelp(
      id:
        "table: daftar calon, kolom dan SQL; sql: SQL-nya saja; json: untuk program lain. Bawaan: table, atau sql bila --output bernama *.sql.",
      en:
        "table: candidates, columns and SQL; sql: the SQL alone; json: for another program. Default: table, or sql where --output is called *.sql."
    ))
  var format: MapFormat?
  @Option(
    help: ArgumentHelp(
      id: "Tulis ke berkas ini.", en: "Write to this file.", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      id: "Berkas konfigurasi. Bawaan: /etc/freeze-auditor/config.yaml bila ada.",
      en: "Configuration file. Default: /etc/freeze-auditor/config.yaml where it exists.", valueName: "file"))
  var config: String?
  @Option(help: ArgumentHelp(id: "Bahasa: id atau en.", en: "Language: id or en.")) var lang: Language =
    .indonesian

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let path =
      config
      ?? (FileManager.default.fileExists(atPath: Configuration.defaultPath) ? Configuration.defaultPath : nil)
    let configuration = try Configuration(path: path, environment: environment)
    let ruleSet = try RuleSet(
      rulesPath: configuration.rulesPath, calendarPath: configuration.calendarPath)
    let source = configuration.sources[0]
    let zone = try givenRegion().flatMap(Zone.init(regionCode:)) ?? source.zone
    var reader = try CatalogReader(
      conninfo: db ?? source.conninfo, password: db == nil ? source.password(environment) : nil)
    let survey = try HistorySurvey(
      &reader, table: table, zone: zone, kinds: ruleSet.rulebook.kinds)
    let format = format ?? (output?.hasSuffix(".sql") == true ? .sql : .table)
    if survey.proposal == nil { sayNothingFound(survey) }
    let report = MapReport(survey: survey, language: lang)
    let place = try Output(path: output)
    switch format {
    case .table: try place.write(report.table)
    case .json: try place.write(report.json)
    case .sql: try place.write(survey.proposal?.sql(lang) ?? "")
    }
    if survey.proposal == nil, format == .sql { place.discard() } else { try place.finish() }
    guard survey.proposal != nil else { throw ExitStatus.notEvaluated.code }
    if !survey.isInstalled {
      Console.note(
        Text(
          "freeze_audit belum dipasang di basis data itu: jalankan sql/install.sql sebelum SQL ini",
          "freeze_audit is not installed in that database: run sql/install.sql before this SQL"))
    }
  }

  private func givenRegion() throws -> String? {
    guard let region else { return nil }
    if let code = RegionCode.read(region) { return code }
    throw Failure(
      .usage, "--region: \"\(region)\" bukan kode wilayah Kemendagri; tulis seperti 16 atau 16.05",
      "--region: \"\(region)\" is not a Kemendagri region code; write it like 16 or 16.05")
  }

  private func sayNothingFound(_ survey: HistorySurvey) {
    Console.error(
      survey.ranked.isEmpty
        ? Text(
          "tidak ada tabel dengan kolom tanggal SK, TMT atau pelantikan di basis data itu. Benarkah ini basis data SIMPEG-nya? (dbname)",
          "no table of that database has a column for the date of a decree, an effect or an oath. Is this the SIMPEG's database? (dbname)"
        )
        : Text(
          "tidak ada tabel yang cukup mirip riwayat jabatan. Pilih sendiri dengan --table NAMA",
          "no table is enough like a history of posts. Choose one with --table NAME"))
  }
}

/// How the proposal is written.
enum MapFormat: String, ExpressibleByArgument, CaseIterable {
  case table, sql, json
}
