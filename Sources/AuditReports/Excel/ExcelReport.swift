import AuditBase
import FreezeRules
import Workbook

/// A workbook: the sheet that the records came in with the findings beside them, one row an SK, and the state of the data.
///
/// Records of a database, and those of a report that hides persons, stand under the contract's column names instead: a sheet
/// of somebody else's may hold a name in any cell.
struct ExcelReport: ReportWriter {
  var header: ReportHeader
  let sink: ReportSink
  private var writer: WorkbookWriter?
  private var decrees: DecreeTally
  private var quality: QualityTally
  /// How many cells stand left of the added columns.
  private var ownWidth = 0

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
    decrees = DecreeTally(header: header)
    quality = QualityTally(header: header)
  }

  private var language: Language { header.language }

  /// The columns added to every row.
  static func addedColumns(_ header: ReportHeader) -> [String] {
    let language = header.language
    func titles(_ columns: [AddedColumn]) -> [String] { columns.map { $0.title[language] } }
    var names = titles(
      (header.givesAdvice ? [.advice, .freeFrom] : [])
        + [.conclusion, .reason, .article, .window, .letterBy, .nextStep, .alertID, .answer])
    if let day = header.comparedKnownOn {
      names += [AddedColumn.asKnownOn[language] + day.written(language)] + titles([.change])
    }
    if header.namesSources { names += titles([.source]) }
    if header.comparesSince { names += titles([.since]) }
    return names
  }

  // MARK: The sheet of records

  private var isOwnSheet: Bool { header.personalData == .full }

  private mutating func begin() throws {
    let added = Self.addedColumns(header)
    let sheet = isOwnSheet ? header.ownSheet : nil
    let names = sheet?.names ?? PersonnelAction.Field.shown.map(\.rawValue)
    let width = max(names.count, (sheet?.widths.keys.max() ?? -1) + 1 > names.count ? names.count : 0)
    ownWidth = width
    let row = sheet?.row ?? 1
    var layout = SheetLayout(name: sheet?.name ?? Text("Catatan", "Records")[language], headerRow: row)
    layout.widths = sheet?.widths.filter { $0.key < width } ?? [:]
    layout.merged = sheet?.merged ?? []
    layout.frozenColumns = sheet?.keyColumns ?? 1
    let widths: [Double] = (header.givesAdvice ? [52, 18] : []) + [26, 52, 22, 24, 18, 44, 36, 30]
    for (place, chosen) in widths.enumerated() {
      layout.widths[width + place] = chosen
    }
    let others = [Text("Ringkasan per SK", "Summary by decree"), Text("Mutu data", "Data quality")]
    var summary = SheetLayout(
      name: layout.name == others[0][language] ? "SK" : others[0][language], headerRow: 1)
    summary.maximumWidth = 50
    var state = SheetLayout(name: layout.name == others[1][language] ? "Data" : others[1][language])
    state.widths = [0: 24, 1: 30, 2: 30, 3: 80]
    var writer = try WorkbookWriter(
      sheets: [layout, summary, state] + sections(beside: layout.name),
      locale: language == .indonesian ? 0x0421 : 0x0409, sink: sink)
    for title in sheet?.titles ?? [] where title.row < row {
      while writer.nextRow < title.row { try writer.add([]) }
      try writer.add(title.cells)
    }
    while writer.nextRow < row { try writer.add([]) }
    try writer.add(names.map { .text($0, .header) } + added.map { .text($0, .addedHeader) }, height: nil)
    self.writer = writer
  }

  mutating func add(_ finding: ReportedRecord) throws {
    if writer == nil { try begin() }
    let judgement = finding.judgement
    decrees.add(finding)
    quality.add(finding)
    var cells =
      isOwnSheet ? finding.own?.cells ?? contractCells(judgement.action) : contractCells(judgement.action)
    // A row longer than its header would run into the added columns.
    if cells.count > ownWidth { cells.removeLast(cells.count - ownWidth) }
    while cells.count < ownWidth { cells.append(.empty) }
    cells += added(finding)
    try writer?.add(cells)
  }

  mutating func pass(_ judgement: Judgement) { decrees.pass(judgement) }

  private func added(_ finding: ReportedRecord) -> [OutputCell] {
    let judgement = finding.judgement
    // A law that says nothing of the act only confuses beside it.
    let isAnswered = judgement.outcome == .outside || judgement.outcome == .notCovered
    let hits = isAnswered ? [] : judgement.relevantVerdicts.filter { !$0.insideDates.isEmpty }
    let look = judgement.outcome.look
    func lines(_ texts: [String]) -> OutputCell {
      texts.isEmpty ? .empty : .text(texts.joined(separator: "\n"), .wrapped)
    }
    let advice: [OutputCell] =
      finding.advice.map {
        [.text($0.text, $0.mayGo ? .good : .wrapped), $0.freeFrom.map { .day($0) } ?? .empty]
      } ?? [.empty, .empty]
    var cells =
      (header.givesAdvice ? advice : []) + [
        .text(judgement.phrase[language], look),
        .text(judgement.summary(language), .wrapped),
        lines(hits.map(\.window.ruleTitle).withoutRepetition),
        lines(hits.map { $0.window.written(language) }.withoutRepetition),
        judgement.letterBy.map { .day($0) } ?? .empty,
        judgement.nextStep(language, knownOn: header.knownOn, header.workingDays).map { .text($0, .wrapped) }
          ?? .empty,
        lines(finding.alertIDs ?? header.alertIDs(judgement)),
        judgement.outcome.level == .silent && finding.answers.isEmpty && finding.own?.answer == nil
          ? .empty : .answer(finding.answers, written: isOwnSheet ? finding.own?.answer : nil, language),
      ]
    if header.comparedKnownOn != nil {
      cells += [
        .text(finding.comparison.map { $0.judgement.outcome.phrase[language] } ?? "", .wrapped),
        .text(finding.comparison.map { $0.change.phrase[language] } ?? "", .wrapped),
      ]
    }
    if header.namesSources { cells.append(.text(finding.source ?? "", .text)) }
    if header.comparesSince { cells.append(.text(finding.since?.phrase(language) ?? "", .wrapped)) }
    return cells
  }

  private func contractCells(_ action: PersonnelAction) -> [OutputCell] {
    PersonnelAction.Field.shown.map { field in
      switch field {
      case .decreeDate: .date(action.decreeDate)
      case .effectiveDate: .date(action.effectiveDate)
      case .inauguratedOn: .date(action.inauguratedOn)
      case .approvalDate: .date(action.approvalDate)
      case .pertekDate: .date(action.pertekDate)
      case .nip: .text(action.nip ?? "", .text)
      case .employeeName: .text(action.employeeName ?? "", .text)
      case .kind: .text(action.kind, .text)
      default: .text(action.text(field) ?? "", .text)
      }
    }
  }

  // MARK: The other sheets

  mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws {
    if writer == nil { try begin() }
    try writer?.nextSheet()
    try decrees.forEachRow { try writer?.add($0) }
    try writer?.nextSheet()
    for row in quality.rows(counts, isComplete: isComplete, sources: sources) { try writer?.add(row) }
    for title in header.plannedSections {
      try writer?.nextSheet()
      let section = header.sections.first { $0.title == title }
      for row in header.sectionRows(section) { try writer?.add(row) }
    }
    try writer?.finish()
  }

  private func sections(beside own: String) -> [SheetLayout] {
    header.plannedSections.map { title in
      var layout = SheetLayout(name: title[language] == own ? title[language] + " 2" : title[language])
      layout.maximumWidth = 50
      return layout
    }
  }
}

extension PersonnelAction.Field {
  /// The columns of a record without a sheet of its own.
  static let shown = allCases.filter { $0 != .sourceDates && $0 != .changedAt }
}

extension Outcome {
  /// How its cell looks, in colour and in grey.
  var look: CellLook {
    switch self {
    case .inside, .approvalMismatch, .approvedLate: .alert
    case .depends: .caution
    case .reversal, .unjudgeable: .notice
    case .approved: .good
    case .notCovered, .outside: .text
    }
  }
}

extension OutputCell {
  /// A day as a date of the spreadsheet; what was before its count of days is text.
  package static func day(_ day: CivilDate) -> OutputCell {
    let serial = SerialDate.serial(daysSince2000: day.daysSince2000)
    return serial > 60 ? .serial(Double(serial), .date) : .text(day.description, .text)
  }

  /// A date as recorded: a day is a date, a month or what cannot be read stays the text that it is.
  static func date(_ date: RecordedDate) -> OutputCell {
    if let span = date.span, span.isExact { return day(span.first) }
    return date.display.map { .text($0, .text) } ?? .empty
  }
}

extension OutputCell {
  /// What was answered, or room for it.
  /// - Parameter written: what somebody wrote into the sheet that came in, and the ledger does not know yet.
  static func answer(_ answers: [ShownAnswer], written: String?, _ language: Language) -> OutputCell {
    if !answers.isEmpty { return .text(ShownAnswer.cell(answers, language), .answer) }
    return written.map { .text($0, .answer) } ?? .blank(.answer)
  }
}

extension Window {
  /// `22 Maret 2024 s.d. 22 September 2024`.
  package func written(_ language: Language) -> String {
    let end = closes?.written(language) ?? Text("belum diketahui", "not known yet")[language]
    return "\(earliest.written(language)) " + Text("s.d.", "to")[language] + " \(end)"
  }
}

extension Sequence<String> {
  /// The first of each.
  var withoutRepetition: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
