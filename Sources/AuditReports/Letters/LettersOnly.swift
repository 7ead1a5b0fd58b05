import AuditBase
import FreezeRules

/// The letters against the oaths alone, for `audit --letters` in a terminal, as JSON or as CSV. Pages and workbooks hold them
/// beside the findings.
package struct LettersOnly: ReportWriter {
  package var header: ReportHeader
  let sink: ReportSink
  private let format: ReportFormat

  package init(format: ReportFormat, header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
    self.format = format
  }

  package mutating func add(_ record: ReportedRecord) throws {}
  package mutating func pass(_ judgement: Judgement) {}

  package mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws {
    switch format {
    case .csv:
      guard let section = header.sections.first(where: { $0.title == LetterReport.title }) else { return }
      try sink([0xEF, 0xBB, 0xBF])
      for row in [section.columns] + section.rows {
        let cells = row.map { SpreadsheetCell.quotedIfNeeded(SpreadsheetCell.text($0, isCode: true)) }
        try sink(Array((cells.joined(separator: header.separator.rawValue) + "\r\n").utf8))
      }
    case .json, .ndjson:
      let head = [
        JSON.Pair("format_version", .integer(1)), JSON.Pair("known_on", .string(header.knownOn.description)),
        JSON.Pair("source", .string(header.source)), JSON.Pair("complete", .bool(isComplete)),
      ]
      try sink(Array((JSON.object(head + header.supplement).text + "\n").utf8))
    default:
      let lines = header.sectionLines()
      try sink(Array((lines.joined(separator: "\n") + "\n").utf8))
    }
  }
}
