import AlertLedger
import AuditBase
import AuditReports
import AuditService
import FreezeRules
import HRRecords

/// What an answers file comes to, decided before anything is written: which alerts get which answer, and what cannot be used.
struct AnswerPlan {
  /// Something to be said of a row.
  struct Remark {
    let text: Text
    /// The row was not used although somebody meant it to be.
    let isProblem: Bool
  }

  /// One answer to one alert.
  struct Entry {
    let alert: NamedAlert
    let answer: Answer
    let place: Text
  }

  private(set) var entries: [Entry] = []
  private(set) var remarks: [Remark] = []
  /// Answers that stand in the ledger already, word for word.
  private(set) var unchanged = 0
  private var places: [AlertID: Int] = [:]
  /// Whatever a row beside a person said.
  private var mentioned: Set<AlertID> = []
  private let open: AlertIndex
  private let author: String
  private let date: CivilDate

  /// - Parameters:
  ///   - author: who answers.
  ///   - date: the day of the answers.
  init(_ file: AnswersFile, open: AlertIndex, author: String, date: CivilDate) {
    self.open = open
    self.author = PlainText.line(author, limit: 200)
    self.date = date
    // What stands beside one person is stronger than what stands beside the whole SK.
    for row in file.rows where row.alertIDs != nil { add(row) }
    let ofPersons = mentioned
    for row in file.rows where row.alertIDs == nil { add(row, except: ofPersons) }
  }

  private mutating func refuse(_ row: AnswersFile.Row, _ id: String, _ en: String) {
    remarks.append(
      Remark(text: Text("\(row.place.indonesian): \(id)", "\(row.place.english): \(en)"), isProblem: true))
  }

  private mutating func mention(_ row: AnswersFile.Row, _ id: String, _ en: String) {
    remarks.append(
      Remark(text: Text("\(row.place.indonesian): \(id)", "\(row.place.english): \(en)"), isProblem: false))
  }

  private mutating func add(_ row: AnswersFile.Row, except answered: Set<AlertID> = []) {
    guard !row.isFormula else {
      refuse(
        row, "tanggapannya rumus atau galat, bukan teks; tulis sebagai teks biasa",
        "the answer is a formula or an error, no text; write it as plain text")
      return
    }
    guard let said = SaidAnswer(row.answer) else { return }
    if row.answer.count > SaidAnswer.longest {
      mention(
        row, "tanggapan \(row.answer.count) huruf dipotong menjadi \(SaidAnswer.longest)",
        "the answer of \(row.answer.count) characters was cut to \(SaidAnswer.longest)")
    }
    for alert in alerts(row) where !answered.contains(alert.alert.alertID) { take(said, alert, row) }
  }

  private mutating func alerts(_ row: AnswersFile.Row) -> [NamedAlert] {
    guard let cell = row.alertIDs else { return onDecree(row) }
    let ids = cell.split { $0.isWhitespace || ",;".contains($0) }.map(String.init)
    if ids.isEmpty {
      refuse(
        row, "baris ini tidak ber-ID peringatan, jadi tidak ada yang dapat ditanggapi",
        "this row bears no alert id, so there is nothing to answer")
    }
    var found: [NamedAlert] = []
    for id in ids {
      let shown = PlainText.line(id, limit: 40)
      guard id.utf8.count == 32, id.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
        refuse(
          row, "\"\(shown)\" bukan id peringatan (32 angka heksadesimal)",
          "\"\(shown)\" is no alert id (32 hexadecimal digits)")
        continue
      }
      let alertID = AlertID(stored: id.lowercased())
      if let alert = open.byID[alertID] {
        found.append(alert)
      } else if open.closed.contains(alertID) {
        mention(
          row, "peringatan \(shown) sudah selesai; tanggapannya tidak diperlukan lagi",
          "the alert \(shown) is closed; its answer is no longer needed")
      } else {
        refuse(
          row, "peringatan \(shown) tidak ada dalam arsip peringatan ini",
          "there is no alert \(shown) in this ledger")
      }
    }
    return found
  }

  private mutating func onDecree(_ row: AnswersFile.Row) -> [NamedAlert] {
    let number = row.decree ?? ""
    let shown = PlainText.line(number, limit: 80)
    // A sheet has a row for each way of writing a number; the one that is written just so is meant.
    let written = open.on(decree: number)
    let exact = written.filter { Self.plain($0.decreeNo) == Self.plain(number) }
    let all = exact.isEmpty ? written : exact
    let day = row.decreeDate ?? ""
    let dated = day.isEmpty ? all : all.filter { $0.decreeDate == day }
    // A row for acts without a number can only be answered person by person; it gives back what the ledger says of them.
    if dated.isEmpty, open.isAnswered(by: row.answer) {
      unchanged += 1
      return []
    }
    if number.isEmpty || dated.isEmpty {
      refuse(
        row, "tidak ada peringatan terbuka pada SK \(shown) \(PlainText.line(day, limit: 20))",
        "no alert is open on decree \(shown) \(PlainText.line(day, limit: 20))")
      return []
    }
    return dated
  }

  private static func plain(_ number: String?) -> String {
    (number ?? "").lowercased().filter { !$0.isWhitespace }
  }

  private mutating func take(_ said: SaidAnswer, _ alert: NamedAlert, _ row: AnswersFile.Row) {
    let answer = Answer(state: said.state, author: author, reason: said.reason, date: date).clean
    if row.alertIDs != nil { mentioned.insert(alert.alert.alertID) }
    if isKnown(row.answer, answer, alert.alert) {
      unchanged += 1
      return
    }
    if let place = places[alert.alert.alertID] {
      let first = entries[place]
      guard first.answer != answer else { return }
      refuse(
        row,
        "peringatan \(alert.alert.alertID) sudah mendapat tanggapan lain di \(first.place.indonesian); yang itu yang dipakai",
        "the alert \(alert.alert.alertID) has another answer in \(first.place.english); that one is used")
      return
    }
    places[alert.alert.alertID] = entries.count
    entries.append(Entry(alert: alert, answer: answer, place: row.place))
  }

  /// Whether the cell only gives back what the ledger said when the workbook was written, or the same was imported before.
  private func isKnown(_ cell: String, _ answer: Answer, _ alert: AlertState) -> Bool {
    if let known = alert.answer, known.state == answer.state, known.reason == answer.reason { return true }
    return alert.shownAnswers.contains { shown in
      Language.allCases.contains {
        ShownAnswer.cell(alert.shownAnswers, $0) == cell || shown.written($0) == cell
      }
    }
  }
}

/// The text of a cell as an answer.
struct SaidAnswer {
  static let longest = 1000
  let state: AnswerState?
  let reason: String

  /// Blank words that say nothing.
  private static let nothing: Set = [
    "-", "--", "–", "—", "?", ".", "…", "...", "n/a", "na", "nihil", "kosong", "none", "nil", "tidak ada",
    "blank",
  ]
  /// How a text begins that says what is *not* there yet.
  private static let open = ["belum", "masih", "menunggu", "not yet", "pending", "waiting", "still"]

  /// `nil`: the cell says nothing. A text that names no state is an explanation; one that says what is still missing answers
  /// nothing and is kept as a remark.
  init?(_ cell: String) {
    let line = PlainText.line(cell, limit: Self.longest)
    let folded = line.lowercased()
    guard !Self.nothing.contains(folded) else { return nil }
    if let found = AnswerState.beginning(line) {
      state = found.state
      reason = found.rest.isEmpty ? "-" : found.rest
    } else {
      let isOpen = Self.open.contains { folded == $0 || folded.hasPrefix($0 + " ") }
      state = isOpen ? nil : .clarified
      reason = line
    }
  }
}
