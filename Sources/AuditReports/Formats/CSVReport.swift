import AuditBase
import FreezeRules

/// What separates the cells of a CSV.
package enum CSVSeparator: String, Sendable, CaseIterable {
  /// RFC 4180.
  case comma = ","
  /// What Excel expects where the comma is the decimal sign, as in Indonesia.
  case semicolon = ";"
  /// Tab.
  case tab = "\t"

  /// The separator by its sign or its name.
  package init?(name: String) {
    switch name.lowercased() {
    case ",", "comma", "koma": self = .comma
    case ";", "semicolon", "titik-koma": self = .semicolon
    case "\t", "\\t", "tab": self = .tab
    default: return nil
    }
  }
}

/// A CSV for a spreadsheet: one line a record, its strongest verdict beside it. UTF-8 with a byte order mark, CRLF.
struct CSVReport: ReportWriter {
  var header: ReportHeader
  let sink: ReportSink
  private var order: DecreeOrder<[UInt8]>
  private var isBegun = false

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
    order = DecreeOrder(on: header.knownOn, isSorted: header.isByDecree)
  }

  private static let columns = [
    "action_id", "region", "region_name", "nip", "name", "post_from", "post_to", "echelon_from", "echelon_to",
    "recorded_kind",
    "derived_kind", "outcome", "decree_no", "decree_date", "effective_date", "inaugurated_on", "rule",
    "election", "inside_dates", "boundary_day", "depends_on", "opens", "closes", "determination",
    "days_to_determination", "approval", "approval_no", "approval_date", "notes", "summary",
  ]

  private mutating func begin() throws {
    guard !isBegun else { return }
    isBegun = true
    try sink([0xEF, 0xBB, 0xBF])
    let compared = header.comparedKnownOn == nil ? [] : ["compared_known_on", "compared_outcome", "change"]
    let source = header.namesSources ? ["source"] : []
    let since = header.comparesSince ? ["since", "since_changed"] : []
    // The columns by which answers come back: `alerts import` knows them. Behind them what came later, so that no column moves.
    let later = ["alert_id", "answer", "pertek_no", "pertek_date"]
    try sink(line((Self.columns + later + compared + source + since).map { .text($0) }))
  }

  mutating func add(_ finding: ReportedRecord) throws {
    try begin()
    let judgement = finding.judgement
    let action = judgement.action
    let verdict = judgement.relevantVerdicts.first
    var cells: [Cell] = [
      .text(action.actionID), .code(action.regionCode), .text(judgement.region?.label), .code(action.nip),
      .text(action.employeeName), .text(action.postFrom), .text(action.postTo),
      .text(action.echelonFrom), .text(action.echelonTo), .text(action.kind),
      .text(judgement.derivedKind?.rawValue), .text(judgement.outcome.rawValue), .text(action.decreeNo),
      .date(action.decreeDate), .date(action.effectiveDate), .date(action.inauguratedOn),
      .text(verdict?.window.rule), .text(verdict?.window.election),
      .text(verdict?.insideDates.map(\.rawValue).joined(separator: " ")),
      .text(verdict.map { $0.isBoundaryDay ? "true" : "false" }),
      .text(verdict?.dependsOn.map(\.rawValue).joined(separator: " ")),
      .text(verdict?.window.earliest.description), .text(verdict?.window.closes?.description),
      .text(verdict?.window.determination?.description),
      .number(verdict?.daysToDetermination),
      .text(verdict?.approval?.standing.rawValue), .text(verdict?.approval?.letterNo),
      .span(verdict?.approval?.letterDate),
      .text(judgement.notes.map(\.rawValue).joined(separator: " ")),
      .text(judgement.summary(header.language)),
      .text((finding.alertIDs ?? header.alertIDs(judgement)).joined(separator: " ")),
      .text(finding.answers.map { $0.written(header.language) }.joined(separator: "; ")),
      .text(action.pertekNo), .date(action.pertekDate),
    ]
    if let comparison = finding.comparison {
      cells += [
        .text(comparison.knownOn.description), .text(comparison.judgement.outcome.rawValue),
        .text(comparison.change.rawValue),
      ]
    }
    if header.namesSources { cells.append(.text(finding.source)) }
    if header.comparesSince {
      cells += [
        .text(finding.since?.change.rawValue),
        .text(finding.since?.fields.map(\.rawValue).joined(separator: " ")),
      ]
    }
    // Apart: as an argument it would be made while `self` is read, and what is held copied for every act.
    let complete = order.add(judgement, line(cells), of: finding.source)
    try write(complete)
  }

  mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws {
    try begin()
    try write(order.take())
  }

  private func write(_ groups: [DecreeOrder<[UInt8]>.Group]) throws {
    for line in groups.lazy.flatMap(\.elements) { try sink(line) }
  }

  /// What a cell holds, since a spreadsheet guesses otherwise.
  private enum Cell {
    case text(String?)
    /// Digits that are no number: a NIP loses its end, `16.05` becomes five past four.
    case code(String?)
    case number(Int?)
    case date(RecordedDate)
    case span(DateSpan?)
  }

  private func line(_ cells: [Cell]) -> [UInt8] {
    let texts = cells.map { cell -> String in
      switch cell {
      case .text(let text): SpreadsheetCell.text(text ?? "")
      case .code(let text): SpreadsheetCell.text(text ?? "", isCode: true)
      case .number(let number): number.map(String.init) ?? ""
      // A day is written so that every spreadsheet takes it for one; a month or a year must not become a day.
      case .date(let date):
        SpreadsheetCell.text(date.display ?? "", isCode: date.span.map { !$0.isExact } ?? false)
      case .span(let span):
        SpreadsheetCell.text(span?.description ?? "", isCode: span.map { !$0.isExact } ?? false)
      }
    }
    return Array(
      (texts.map(SpreadsheetCell.quotedIfNeeded).joined(separator: header.separator.rawValue) + "\r\n").utf8)
  }
}
