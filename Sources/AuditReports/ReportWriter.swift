import FreezeRules
import OrderedJSON

/// How findings are written.
public enum ReportFormat: String, Sendable, CaseIterable {
  case table, json, ndjson, csv, html
}

/// What one audit was about, known before the first record.
public struct ReportHeader: Sendable {
  /// The day whose knowledge judged.
  public var knownOn: CivilDate
  /// Where the records came from, without any password.
  public var source: String
  /// Language of text.
  public var language: Language
  /// How much of a person is shown.
  public var personalData: PersonalData
  /// The windows judged by.
  public var table: WindowTable
  /// Version of the program.
  public var programVersion: String
  /// Width of a line of the table, in characters.
  public var width: Int
  /// Escape sequences for colour.
  public var isColoured: Bool

  /// A header of these parts.
  public init(
    knownOn: CivilDate, source: String, language: Language, personalData: PersonalData, table: WindowTable,
    programVersion: String, width: Int = 100, isColoured: Bool = false
  ) {
    self.knownOn = knownOn
    self.source = source
    self.language = language
    self.personalData = personalData
    self.table = table
    self.programVersion = programVersion
    self.width = width
    self.isColoured = isColoured
  }
}

/// Takes records one by one and writes a report through a closure that takes bytes.
public protocol ReportWriter {
  /// One record, in reading order.
  mutating func add(_ judgement: Judgement) throws
  /// The end: how many records came out how, and whether every part was evaluated.
  mutating func finish(_ counts: Counts, isComplete: Bool) throws
}

/// Takes the bytes of a report.
public typealias ReportSink = ([UInt8]) throws -> Void

extension ReportFormat {
  /// A writer of this format.
  public func writer(_ header: ReportHeader, to sink: @escaping ReportSink) -> any ReportWriter {
    switch self {
    case .ndjson: NDJSONReport(header: header, sink: sink)
    case .json: JSONReport(header: header, sink: sink)
    case .csv: CSVReport(header: header, sink: sink)
    case .table: TableReport(header: header, sink: sink)
    case .html: TableReport(header: header, sink: sink)
    }
  }
}

/// One JSON object a line.
struct NDJSONReport: ReportWriter {
  let header: ReportHeader
  let sink: ReportSink

  mutating func add(_ judgement: Judgement) throws {
    var line: [UInt8] = []
    judgement.json(header.language, header.personalData).write(into: &line)
    line.append(UInt8(ascii: "\n"))
    try sink(line)
  }

  mutating func finish(_ counts: Counts, isComplete: Bool) throws {}
}

/// One JSON object. The counts stand before the findings, so the findings are kept as text until the end.
struct JSONReport: ReportWriter {
  let header: ReportHeader
  let sink: ReportSink
  private var findings: [UInt8] = []

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
  }

  mutating func add(_ judgement: Judgement) throws {
    if !findings.isEmpty { findings.append(UInt8(ascii: ",")) }
    findings.append(UInt8(ascii: "\n"))
    judgement.json(header.language, header.personalData).write(into: &findings)
  }

  mutating func finish(_ counts: Counts, isComplete: Bool) throws {
    let head: [JSON.Pair] = [
      JSON.Pair("format_version", .integer(1)),
      JSON.Pair("known_on", .string(header.knownOn.description)),
      JSON.Pair("source", .string(header.source)),
      JSON.Pair("complete", .bool(isComplete)),
      JSON.Pair("counts", counts.json),
    ]
    var bytes: [UInt8] = []
    JSON.object(head).write(into: &bytes)
    bytes.removeLast()
    bytes += ",\"findings\":[".utf8
    try sink(bytes)
    try sink(findings)
    try sink(Array("\n]}\n".utf8))
  }
}
