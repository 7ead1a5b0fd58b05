import AuditBase
import FreezeRules
import Workbook

/// How findings are written.
package enum ReportFormat: String, Sendable, CaseIterable {
  case table, json, ndjson, csv, html, xlsx
}

/// What one audit was about, known before the first record.
package struct ReportHeader: Sendable {
  /// The day whose knowledge judged.
  package var knownOn: CivilDate
  /// Where the records came from, without any password.
  package var source: String
  /// Language of text.
  package var language: Language
  /// How much of a person is shown.
  package var personalData: PersonalData
  /// The windows judged by.
  package var table: WindowTable
  /// Version of the program.
  package var programVersion: String
  /// Width of a line of the table, in columns.
  package var width = 100
  /// Escape sequences for colour.
  package var isColoured = false
  /// The region taken for records without one.
  package var region: String?
  /// Where approvals were looked for, `nil`: in the records themselves or the database.
  package var approvals: String?
  /// Dates that were assumed instead of the calendar's.
  package var assumptions: [Assumption] = []
  /// The other day, where two states of knowledge are compared.
  package var comparedKnownOn: CivilDate?
  /// What separates the cells of a CSV.
  package var separator = CSVSeparator.comma
  /// Whether the acts of one decree come one after the other.
  package var isByDecree = false
  /// Whether every record says which of several sources it is of.
  package var namesSources = false
  /// The ids of a record's alerts, as the ledger of the same source has them.
  package var alertIDs: @Sendable (Judgement) -> [String] = { _ in [] }
  /// The table of a file without a record.
  package var ownSheet: OwnSheet?
  /// What was noticed of the file as a whole.
  package var fileNotes: [Text] = []
  /// Names of the sections that ``sections`` will hold, known before the first record: each has a sheet of its own.
  package var plannedSections: [Text] = []
  /// Tables beside the records, known once all were read.
  package var sections: [ReportSection] = []
  /// The same for programs: further keys of the JSON report.
  package var supplement: [JSON.Pair] = []
  /// Each record is a planned act that comes with an answer.
  package var givesAdvice = false
  /// Each record says how it stands to an earlier report.
  package var comparesSince = false
  /// Headers of the columns of the source that nothing is read from.
  package var unusedColumns: [String] = []
  /// Who hands the report in: the lines of a letterhead.
  package var office: [String] = []
  /// Where further pages of a very long report go; `nil`: all of it is one.
  package var pages: ReportPages?
  /// For the days by which something is due.
  package var workingDays = WorkingDays.shipped

  /// A header of these parts.
  package init(
    knownOn: CivilDate, source: String, language: Language, personalData: PersonalData, table: WindowTable,
    programVersion: String
  ) {
    self.knownOn = knownOn
    self.source = source
    self.language = language
    self.personalData = personalData
    self.table = table
    self.programVersion = programVersion
  }
}

/// A determination taken instead of the calendar's: the report answers a question, not the law.
package struct Assumption: Sendable, Hashable {
  /// Id of the election.
  package let election: String
  /// The day assumed.
  package let determination: CivilDate

  /// An assumed determination.
  package init(election: String, determination: CivilDate) {
    self.election = election
    self.determination = determination
  }

  /// `{election, determination}`.
  var json: JSON {
    .object(["election": .string(election), "determination": .string(determination.description)])
  }
}

/// Takes records one by one and writes a report through a closure that takes bytes.
package protocol ReportWriter {
  /// What the audit was about; what was noticed of the source may be added until the end.
  var header: ReportHeader { get set }
  /// One record to be shown, in reading order.
  mutating func add(_ finding: ReportedRecord) throws
  /// One record that is counted, not shown.
  mutating func pass(_ judgement: Judgement)
  /// The end: how many records came out how, whether every part was evaluated, and how each of several sources came out.
  mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws
}

extension ReportWriter {
  /// Most formats have nothing to say of what they do not show.
  package mutating func pass(_ judgement: Judgement) {}

  /// The end of a report over one source.
  package mutating func finish(_ counts: Counts, isComplete: Bool) throws {
    try finish(counts, isComplete: isComplete, sources: [])
  }
}

/// Takes the bytes of a report.
package typealias ReportSink = ([UInt8]) throws -> Void

extension ReportFormat {
  /// A writer of this format.
  package func writer(_ header: ReportHeader, to sink: @escaping ReportSink) throws -> any ReportWriter {
    let writer: any ReportWriter =
      switch self {
      case .ndjson: NDJSONReport(header: header, sink: sink)
      case .json: JSONReport(header: header, sink: sink)
      case .csv: CSVReport(header: header, sink: sink)
      case .table: TableReport(header: header, sink: sink)
      case .html: HTMLReport(header: header, sink: sink)
      case .xlsx: ExcelReport(header: header, sink: sink)
      }
    return header.personalData == .full ? writer : MaskedReport(writer: writer, alertIDs: header.alertIDs)
  }
}

/// Masks each record before it is written, so that no format has to think of it.
private struct MaskedReport: ReportWriter {
  var writer: any ReportWriter
  let alertIDs: @Sendable (Judgement) -> [String]

  var header: ReportHeader {
    get { writer.header }
    set { writer.header = newValue }
  }

  mutating func add(_ record: ReportedRecord) throws {
    var shown = record.shown(.masked)
    // Of the record as it is: its alerts are named after its id.
    shown.alertIDs = record.alertIDs ?? alertIDs(record.judgement)
    let person = PersonInText(record.judgement.action)
    shown.answers = record.answers.map { $0.replacingTexts(person.hidden) }
    try writer.add(shown)
  }

  mutating func pass(_ judgement: Judgement) { writer.pass(PersonalData.masked.shown(judgement)) }

  mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws {
    try writer.finish(counts, isComplete: isComplete, sources: sources)
  }
}

/// One JSON object a line.
struct NDJSONReport: ReportWriter {
  var header: ReportHeader
  let sink: ReportSink
  private var order: DecreeOrder<[UInt8]>
  private var records: RecordWriter

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
    order = DecreeOrder(on: header.knownOn, isSorted: header.isByDecree)
    records = RecordWriter(header.language)
  }

  mutating func add(_ finding: ReportedRecord) throws {
    let line = records.write(finding, end: UInt8(ascii: "\n"))
    // Apart: as an argument it would be made while `self` is read, and what is held copied for every act.
    let complete = order.add(finding.judgement, line, of: finding.source)
    try write(complete)
  }

  mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws {
    try write(order.take())
  }

  private func write(_ groups: [DecreeOrder<[UInt8]>.Group]) throws {
    for group in groups { for line in group.elements { try sink(line) } }
  }
}

/// One JSON object. The counts stand before the findings, so the findings are put aside until the end.
struct JSONReport: ReportWriter {
  var header: ReportHeader
  let sink: ReportSink
  private var order: DecreeOrder<[UInt8]>
  private var records: RecordWriter
  private let findings = Spool()
  private var changes = ChangeCounts()

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
    order = DecreeOrder(on: header.knownOn, isSorted: header.isByDecree)
    records = RecordWriter(header.language)
  }

  mutating func add(_ finding: ReportedRecord) throws {
    changes.add(finding.comparison)
    let text = records.write(finding)
    let complete = order.add(finding.judgement, text, of: finding.source)
    try keep(complete)
  }

  private func keep(_ groups: [DecreeOrder<[UInt8]>.Group]) throws {
    for group in groups {
      for text in group.elements {
        try findings.append(findings.count == 0 ? Self.newline : Self.nextLine)
        try findings.append(text)
      }
    }
  }

  private static let newline = Array("\n".utf8)
  private static let nextLine = Array(",\n".utf8)

  mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws {
    try keep(order.take())
    var head: [JSON.Pair] = [
      JSON.Pair("format_version", .integer(1)),
      JSON.Pair("known_on", .string(header.knownOn.description)),
      JSON.Pair("source", .string(header.source)),
      JSON.Pair("complete", .bool(isComplete)),
      JSON.Pair("counts", counts.json),
    ]
    if !header.unusedColumns.isEmpty {
      head.append(JSON.Pair("unused_columns", .texts(header.unusedColumns)))
    }
    if !header.fileNotes.isEmpty {
      head.append(JSON.Pair("remarks", .texts(header.fileNotes.map { $0[header.language] })))
    }
    if !sources.isEmpty {
      head.append(JSON.Pair("sources", .array(sources.map { $0.json(header.language) })))
    }
    if !header.assumptions.isEmpty {
      head.append(JSON.Pair("assumed", .array(header.assumptions.map(\.json))))
    }
    if let day = header.comparedKnownOn {
      head.append(JSON.Pair("compared_known_on", .string(day.description)))
      head.append(JSON.Pair("changes", changes.json))
    }
    head += header.supplement
    var bytes: [UInt8] = []
    JSON.object(head).write(into: &bytes)
    bytes.removeLast()
    bytes += ",\"findings\":[".utf8
    try sink(bytes)
    try findings.forEachPiece(sink)
    try sink(Array("\n]}\n".utf8))
  }
}
