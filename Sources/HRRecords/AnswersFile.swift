import AuditBase
import Workbook

/// The answers in a workbook that the auditor wrote and people filled in, or in a CSV with the same columns.
package struct AnswersFile: Sendable {
  /// One row with an answer.
  package struct Row: Sendable, Equatable {
    /// Where it stands, for people.
    package var place: Text
    /// What its cell of alert ids says; `nil`: the sheet has no such column.
    package var alertIDs: String?
    /// Number of the decree, in a sheet with a row an SK.
    package var decree: String?
    /// Its date as the cell has it.
    package var decreeDate: String?
    /// The answer, as found.
    package var answer: String
    /// It came out of a formula, or would be one.
    package var isFormula: Bool
  }

  /// In the order of sheets and rows.
  package private(set) var rows: [Row] = []
  /// Sheets, or the one file, in which a column of answers was found.
  package private(set) var tables = 0
  /// More answers than this are no work of people.
  package static let most = 100_000

  /// Reads every sheet, or the CSV.
  package init(_ path: String) throws(SourceError) {
    let name = path == "-" ? "stdin" : path
    let bytes = try FileBytes(path: path, name: name)
    if FileKind(head: try bytes.head(8)) != nil {
      do throws(WorkbookError) {
        try read(try WorkbookReader(try ByteFile(descriptor: bytes.duplicate())))
      } catch {
        throw SourceError(error, name)
      }
    } else {
      let (reader, _) = try TableFile(path).open { names in
        names.count { header in AnswerColumn.allCases.contains { $0.isNamed(header) } }
      }
      try read(reader)
    }
    guard rows.count <= Self.most else {
      throw SourceError(
        .notEvaluated,
        Text(
          "\(name): lebih dari \(Self.most) tanggapan; bagi menjadi beberapa berkas",
          "\(name): more than \(Self.most) answers; divide it into several files"))
    }
  }

  /// Where the columns of one table stand.
  private struct Columns {
    let ids: Int?
    let decree: Int?
    let date: Int?
    /// Of a sheet that an older program checked twice there are several; the last that is filled counts.
    let answers: [Int]

    /// `nil`: this row is no header of a table with answers. The auditor's own columns stand to the right of any others.
    init?(_ headers: [String]) {
      answers = AnswerColumn.answerPlaces(in: headers)
      if answers.isEmpty { return nil }
      ids = headers.lastIndex(where: AnswerColumn.alertID.isNamed)
      decree = headers.firstIndex(where: AnswerColumn.decree.isNamed)
      date = headers.firstIndex(where: AnswerColumn.decreeDate.isNamed)
      if ids == nil, decree == nil { return nil }
    }
  }

  private mutating func read(_ workbook: WorkbookReader) throws(WorkbookError) {
    for sheet in workbook.sheets {
      var reader = try workbook.open(sheet)
      var row = WorkbookRow()
      var columns: Columns?
      while try reader.next(&row) {
        guard let found = columns else {
          columns = Columns(row.cells.indices.map { Self.trimmed(row.text($0)) })
          if columns != nil { tables += 1 }
          continue
        }
        guard let place = found.answers.last(where: { !Self.trimmed(row.text($0)).isEmpty }) else { continue }
        let answer = Self.trimmed(row.text(place))
        let isCalculated =
          row.cells.indices.contains(place) && row.cells[place].isCalculated
        let shown = PlainText.line(sheet.name, limit: 40)
        rows.append(
          Row(
            place: Text("lembar \(shown) baris \(row.number)", "sheet \(shown) row \(row.number)"),
            alertIDs: found.ids.map { row.text($0) }, decree: found.decree.map { Self.trimmed(row.text($0)) },
            decreeDate: found.date.map { Self.trimmed(row.text($0)) }, answer: answer,
            isFormula: isCalculated || [.formula, .error].contains(row.kind(place))
              || Self.isFormula(answer)))
        if rows.count > Self.most { return }
      }
    }
  }

  private mutating func read(_ reader: any RowReader) throws(SourceError) {
    var reader = reader
    var row = FileRow()
    var columns: Columns?
    while try reader.next(into: &row) {
      guard row.isReadable else { continue }
      let texts = row.texts.map(Self.trimmed)
      guard let found = columns else {
        columns = Columns(texts)
        if columns != nil { tables += 1 }
        continue
      }
      func text(_ column: Int?) -> String? { column.map { texts.indices.contains($0) ? texts[$0] : "" } }
      guard let answer = found.answers.compactMap(text).last(where: { !$0.isEmpty }) else { continue }
      rows.append(
        Row(
          place: Text("baris \(row.line)", "row \(row.line)"), alertIDs: text(found.ids),
          decree: text(found.decree), decreeDate: text(found.date), answer: answer,
          isFormula: Self.isFormula(answer)))
      if rows.count > Self.most { return }
    }
  }

  /// A spreadsheet would calculate it. A minus is how people begin a list.
  private static func isFormula(_ text: String) -> Bool {
    text.unicodeScalars.first.map { "=@+\u{FF1D}\u{FF20}\u{FF0B}".unicodeScalars.contains($0) } ?? false
  }

  /// Without blanks around it, and without the sign by which a CSV keeps text from being calculated.
  private static func trimmed(_ text: String) -> String {
    var rest = text[...].drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    if rest.first == "'" { rest.removeFirst() }
    return String(rest)
  }
}
