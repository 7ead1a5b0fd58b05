import AuditBase
import AlertLedger
import ArgumentParser
import AuditReports
import AuditService
import Foundation
import FreezeRules
import Glibc
import HRRecords

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: Console.help(
      id: "Menilai setiap catatan sebuah basis data atau CSV, satu kali.",
      en: "Judges every record of a database or a CSV, once."),
    discussion: Examples.audit.discussion + "\n\n"
      + Console.help(
        id:
          "Status keluar: 0 tidak ada temuan, 1 ada temuan, 3 sebagian tidak dapat dinilai, 64 salah pakai, 69 sumber tidak terjangkau, 77 tidak berhak, 78 konfigurasi.",
        en:
          "Exit status: 0 nothing found, 1 findings, 3 a part could not be evaluated, 64 usage, 69 source unreachable, 77 not permitted, 78 configuration."
      ))

  enum Show: String, ExpressibleByArgument, CaseIterable { case findings, all }

  @OptionGroup var source: SourceOptions
  @Option(
    help: ArgumentHelp(
      id: "Baca hanya yang mungkin di dalam masa larangan, atau semua (window, all).",
      en: "Read only what may be inside a window, or all (window, all).")) var scan: Scan = .all
  @Option(
    help: ArgumentHelp(id: "Apa yang ditampilkan (findings, all).", en: "What is shown (findings, all)."))
  var show: Show = .findings
  @Option(
    help: ArgumentHelp(
      id: "table, json, ndjson, csv, html atau xlsx.", en: "table, json, ndjson, csv, html or xlsx."))
  var format: ReportFormat = .table
  @Option(
    help: ArgumentHelp(
      id:
        "Pemisah untuk --format csv dan --sample, dengan tanda atau nama; ';' untuk Excel berpengaturan Indonesia.",
      en: "Separator of --format csv and --sample, by sign or name; ';' for Excel with Indonesian settings.",
      valueName: "sign"))
  var csvSeparator: CSVSeparator = .comma
  @Option(
    help: ArgumentHelp(
      id:
        "Tampilkan hanya tindakan yang dinilai lain berdasarkan jadwal dan ketentuan per hari itu: mana yang menjadi bebas, mana yang terlarang.",
      en:
        "Show only the acts that another day's knowledge judges otherwise: which became free, which frozen.",
      valueName: "date"))
  var compareKnownOn: CivilDate?
  @Option(
    help: ArgumentHelp(
      id:
        "Jumlah sesi yang bersama-sama membaca satu basis data, per rentang action_id dalam satu snapshot (1 sampai 64; indeks pada action_id membantu).",
      en:
        "Sessions that read one database together, by ranges of action_id in one snapshot (1 to 64; an index on action_id helps).",
      valueName: "number"))
  var workers = 1
  @Flag(
    help: ArgumentHelp(
      id: "Audit setiap sumber di konfigurasi (sources:), dengan satu baris per sumber di akhir.",
      en: "Audit every source of the configuration (sources:), with a line each at the end."))
  var allSources = false
  @Flag(
    help: ArgumentHelp(
      id:
        "Sandingkan setiap surat Menteri dengan pelantikan: di lampiran dan dilantik, dilantik di luar lampiran, belum dilantik, jabatan lain. Keluar dengan 1 bila ada yang dilantik di luar lampiran atau dalam jabatan lain.",
      en:
        "Hold each letter of the Minister against the oaths: in the annex and inaugurated, not in the annex, not inaugurated, other post. Exits 1 when somebody was inaugurated outside the annex or in another post."
    )) var letters = false
  @Option(
    help: ArgumentHelp(
      id:
        "Bandingkan dengan laporan JSON terdahulu, atau dengan arsip peringatan pada akhir suatu hari: baru, selesai, berubah, tetap. Keluar dengan 1 hanya bila ada yang baru atau berubah.",
      en:
        "Compare with an earlier JSON report, or with the ledger at the end of a day: new, settled, changed, same. Exits 1 only when something is new or changed.",
      valueName: "file|date"))
  var since: SinceOption?
  @Option(
    help: ArgumentHelp(
      id:
        "Putar ulang dari hari ke hari: apa yang akan diberitahukan, pada hari mana (menurut recorded_at dan jadwal serta ketentuan per hari itu), dan berapa hari sebelum pelantikan. Tanpa hari kedua: sampai hari ini.",
      en:
        "Replay day by day: what would have been told, on which day (by recorded_at and by what was known then), and how many days before the oath. Without the second day: up to today.",
      valueName: "from..to"))
  var replay: ReplayOption?
  @Option(
    help: ArgumentHelp(
      id:
        "String koneksi arsip peringatan yang tanggapannya ditampilkan. Bawaan: milik berkas konfigurasi, bila ada.",
      en:
        "Connection string of the ledger whose answers are shown. Default: that of the configuration file, if any.",
      valueName: "conninfo"))
  var ledger: String?
  @Flag(
    help: ArgumentHelp(
      id: "Tulis contoh CSV untuk diisi, dengan kepala kolom bahasa Indonesia, tanpa mengaudit apa pun.",
      en: "Write an example CSV to fill in, under the contract's names, and audit nothing.")) var sample =
    false
  @Flag(
    help: ArgumentHelp(
      id: "Tulis berkas pemetaan (--map) untuk berkas ini, tanpa mengaudit apa pun.",
      en: "Write a mapping file (--map) for this file, and audit nothing.")) var suggestMap = false
  @OptionGroup var destination: OutputOption
  var outputPath: String? { destination.path }

  func validate() throws {
    try validateReplay()
    if suggestMap, source.table == nil {
      throw ValidationError(
        id: "--suggest-map menulis pemetaan untuk sebuah berkas: beri juga berkasnya.",
        en: "--suggest-map writes a mapping for a file: give the file as well.")
    }
    if !(1...64).contains(workers) {
      throw ValidationError(
        id: "--workers adalah bilangan 1 sampai 64.", en: "--workers is a number from 1 to 64.")
    }
    if workers > 1, source.table != nil || scan == .window {
      throw ValidationError(
        id: "--workers membagi pembacaan seluruh basis data: tanggalkan --csv dan --scan window.",
        en: "--workers shares a scan of all records of a database: leave out --csv and --scan window.")
    }
    if since != nil, compareKnownOn != nil || letters {
      throw ValidationError(
        id: "--since berdiri sendiri: tanggalkan --compare-known-on dan --letters.",
        en: "--since stands alone: leave out --compare-known-on and --letters.")
    }
    if allSources, source.db != nil || source.table != nil || source.name != nil || source.rules.region != nil
    {
      throw ValidationError(
        id:
          "--all-sources membaca setiap sumber di konfigurasi menurut wilayahnya: tanggalkan --db, --csv, --source dan --region.",
        en:
          "--all-sources reads every source of the configuration by its own region: leave out --db, --csv, --source and --region."
      )
    }
  }

  /// What came of reading the records.
  private struct Judged {
    var counts = Counts()
    /// Acts that another day's knowledge judges otherwise.
    var changed = 0
    var lines: [SourceLine] = []
    var problems: [SourceError] = []
    var shown = 0
  }

  func run() throws {
    if sample { return try writeSample() }
    if suggestMap { return try writeMap() }
    if let replay { return try runReplay(replay) }
    let loaded = try source.load(comparedKnownOn: compareKnownOn, allSources: allSources)
    var records = try source.scan(loaded, allSources: allSources)
    (records.scan, records.everything, records.workers) = (scan, show == .all, workers)
    try refuseTerminal()
    // The sheet that a workbook gives back is the whole one.
    let isOwnSheet = format == .xlsx && source.table != nil
    records.givesRows = isOwnSheet
    // A list without annexes has nothing to hold its oaths against; what a database has is known once it is open.
    if letters || [.html, .xlsx].contains(format) && (records.approvals != nil || source.table == nil) {
      records.letters = LetterCollector(isAsked: letters, knownOn: loaded.knownOn)
    }
    try records.open()
    let extras = try AuditExtras(self, loaded, letters: records.letters)
    let output = try Output(path: outputPath)
    let bar = ProgressBar()
    output.beforeWriting = bar.clear
    var head = try header(loaded, records)
    extras.announce(in: &head, format)
    let pages = format == .html && output.isFile ? outputPath.map { OutputPages(beside: $0) } : nil
    head.pages = pages?.pages
    var writer = try self.writer(head) { try output.write($0) }
    let judged: Judged
    do {
      judged = try judge(loaded, records, extras, into: &writer, isOwnSheet: isOwnSheet, bar)
      bar.clear()
    } catch {
      bar.clear()
      output.discard()
      throw error
    }
    let status = try conclude(judged, records, extras, &writer, output)
    pages?.removeStale()
    throw status.code
  }

  private func writer(_ header: ReportHeader, _ sink: @escaping ReportSink) throws -> any ReportWriter {
    letters && ![.html, .xlsx].contains(format)
      ? LettersOnly(format: format, header: header, sink: sink) : try format.writer(header, to: sink)
  }

  private func judge(
    _ loaded: LoadedRules, _ records: AuditScan, _ extras: AuditExtras, into writer: inout any ReportWriter,
    isOwnSheet: Bool, _ bar: ProgressBar
  ) throws -> Judged {
    var judged = Judged()
    func add(_ given: ReportedRecord) throws {
      let record = extras.complete(given)
      let isChanged = record.comparison.map { $0.change != .unchanged }
      if isChanged == true { judged.changed += 1 }
      let isShown = isChanged ?? (record.judgement.outcome.level != .silent && extras.isNews(record, format))
      if show == .all || isOwnSheet || isShown {
        judged.shown += 1
        try writer.add(record)
      } else {
        writer.pass(record.judgement)
      }
    }
    if allSources {
      (judged.lines, judged.problems) = try AllSources(
        loaded: loaded, approvals: source.approvals, scan: scan, everything: show == .all, workers: workers,
        letters: records.letters
      ).judge(progress: bar.watch, each: add)
      for line in judged.lines { judged.counts.add(line.counts) }
    } else {
      judged.counts = try records.run(progress: bar.watch, each: add)
    }
    return judged
  }

  /// Ends the report and says how the audit ends.
  private func conclude(
    _ judged: Judged, _ records: AuditScan, _ extras: AuditExtras, _ writer: inout any ReportWriter,
    _ output: Output
  ) throws -> ExitStatus {
    // A record that cannot be judged is a part that was not evaluated; an empty file was not evaluated at all. A database that
    // is empty has said so already; one without a record near a window has nothing to show for --scan window.
    let (counts, problems) = (judged.counts, judged.problems)
    let isEmpty = counts.read == 0 && source.table != nil
    let remarks = records.remarks
    let unread = Set(judged.lines.filter { $0.problem != nil }.map(\.name))
    let isAllRead = (source.table != nil || records.everything) && remarks.isWhole && !isEmpty
    let isCompared = extras.compare(isWhole: isAllRead, unread: unread)
    let isComplete =
      isCompared && counts[.unjudgeable] == 0 && !isEmpty && problems.isEmpty && remarks.isConclusive
      && remarks.isWhole
    (writer.header.unusedColumns, writer.header.fileNotes) = (remarks.unusedColumns, remarks.sentences)
    extras.finish(&writer.header, isWhole: source.table != nil || records.everything || letters)
    // A format for programs has no place for a sentence: it is said beside it.
    if format == .csv || format == .ndjson {
      for sentence in ReportText.source(writer.header) { Console.say(sentence[source.rules.lang]) }
      if !letters { for line in writer.header.sectionLines() where !line.isEmpty { Console.say(line) } }
    }
    try writer.finish(counts, isComplete: isComplete, sources: judged.lines)
    try output.finish()
    if format == .html, let said = OutputPages.said(judged.shown, output.isFile ? outputPath : nil) {
      Console.note(said)
    }
    if allSources { Console.say(judged.lines.map { $0.text(source.rules.lang) }.joined(separator: "\n")) }
    if isEmpty { sayEmpty(records) }
    let isFrozen = compareKnownOn == nil ? counts.alerts + counts[.reversal] > 0 : judged.changed > 0
    let hasFindings = extras.hasNews ?? (letters ? extras.hasStrangers : isFrozen)
    let status: ExitStatus =
      !isComplete || letters && !extras.isAnswered ? .notEvaluated : hasFindings ? .findings : .nothingFound
    // Where not one source could be read it is no part that is missing: the gravest cause is the answer.
    guard !problems.isEmpty, problems.count == judged.lines.count else { return status }
    return problems.map(\.exit).max { $0.precedence < $1.precedence } ?? status
  }

  func sayEmpty(_ records: AuditScan) {
    Console.error(
      Text(
        "\(records.source.description): tidak ada satu catatan pun; periksa berkas atau view itu",
        "\(records.source.description): not a single record; check the file or view"))
  }

  /// A workbook is not for a screen.
  func refuseTerminal() throws { if format == .xlsx { try Output.refuseTerminal(outputPath) } }

  func header(_ loaded: LoadedRules, _ records: AuditScan) throws -> ReportHeader {
    let isTerminal = (outputPath == nil || outputPath == "-") && isatty(STDOUT_FILENO) == 1
    let environment = ProcessInfo.processInfo.environment
    // no-color.org: any value that is not empty.
    let isColoured = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    let columns = environment["COLUMNS"].flatMap { Int($0) }.map { max(20, $0) }
    var header = ReportHeader(
      knownOn: loaded.knownOn, source: records.source.description, language: source.rules.lang,
      personalData: source.personalData, table: loaded.table, programVersion: FreezeAuditor.version)
    // A line of two hundred columns is read by nobody.
    header.width = isTerminal ? min(110, Terminal.width(of: STDOUT_FILENO)) : columns ?? 100
    header.isColoured = isColoured
    (header.region, header.approvals) = (loaded.region, records.approvalsPath)
    (header.assumptions, header.comparedKnownOn) = (loaded.assumptions, compareKnownOn)
    (header.separator, header.isByDecree) = (csvSeparator, records.isByDecree)
    header.namesSources = allSources
    // Under the name that the service gives the source, so that an answer finds its alert.
    let name = loaded.configuration.sources[0].name
    header.alertIDs = { AlertLedger.Finding.all(source: name, $0).map(\.alertID.description) }
    header.ownSheet = records.ownSheet
    header.office = loaded.configuration.office
    header.workingDays = try loaded.configuration.workingDays()
    (header.unusedColumns, header.fileNotes) = (records.remarks.unusedColumns, records.remarks.sentences)
    return header
  }

  private func writeMap() throws {
    try source.checkFile()
    guard let table = source.table else { return }
    let output = try Output(path: outputPath)
    try output.write(MapSuggestion(table, map: try source.columnMap()).text(source.rules.lang))
    try output.finish()
  }

  private func writeSample() throws {
    let output = try Output(path: outputPath)
    try output.write(SampleCSV.text(csvSeparator, source.rules.lang))
    try output.finish()
  }
}

extension CSVSeparator: ExpressibleByArgument {
  /// By sign or by name.
  package init?(argument: String) { self.init(name: argument) }
  /// The names, for help texts and complaints.
  package static var allValueStrings: [String] { ["comma", "semicolon", "tab"] }
  /// The default as a name.
  package var defaultValueDescription: String { "comma" }
}

extension Assumption: ExpressibleByArgument {
  /// `ID=YYYY-MM-DD`.
  package init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let day = CivilDate(iso: parts[1]),
      RecordedDate.plausibleYears.contains(day.year)
    else { return nil }
    self.init(election: String(parts[0]), determination: day)
  }
}
