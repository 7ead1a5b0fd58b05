import AuditBase
import AuditReports
import FreezeRules
import HRRecords
import Workbook

/// A planned list as a workbook: the sheet that it came in, with the answer beside each act.
struct PlannedWorkbook {
  private var writer: any ReportWriter
  private var counts = Counts()
  private let language: Language

  init(
    _ list: PlannedList, _ sheet: OwnSheet, _ language: Language, _ personalData: PersonalData,
    _ output: Output
  ) throws {
    self.language = language
    var header = ReportHeader(
      knownOn: list.loaded.knownOn, source: list.table.name, language: language, personalData: personalData,
      table: list.loaded.table, programVersion: FreezeAuditor.version)
    header.region = list.loaded.region
    header.givesAdvice = true
    header.ownSheet = sheet
    header.workingDays = try list.loaded.configuration.workingDays()
    writer = try ReportFormat.xlsx.writer(header) { try output.write($0) }
  }

  /// One act with its row.
  mutating func add(_ judgement: Judgement, _ act: PlannedAct, _ row: OwnRow) throws {
    counts.add(judgement.outcome)
    var record = ReportedRecord(judgement)
    record.own = row
    record.advice = PlannedAdvice(
      text: act.advice(language), freeFrom: act.freeFrom ?? act.coveredFrom,
      mayGo: [.go, .goWithLetter].contains(act.advice))
    try writer.add(record)
  }

  /// The other sheets.
  mutating func finish(_ remarks: FileRemarks) throws {
    (writer.header.unusedColumns, writer.header.fileNotes) = (remarks.unusedColumns, remarks.sentences)
    let isComplete =
      counts[.unjudgeable] == 0 && counts.read > 0 && remarks.isConclusive && remarks.isWhole
    try writer.finish(counts, isComplete: isComplete)
  }
}
