import AuditBase
import FreezeRules

/// The letters of the Minister against the oaths, person by person.
package struct LetterReport: Sendable {
  /// One person.
  struct Row: Sendable {
    let standing: LetterTally.Standing
    /// As the act or, without one, the annex has it.
    let nip: String?
    let name: String?
    let postInAnnex: String?
    let act: PersonnelAction?
    /// Why it is not inaugurated, where there is an act.
    let remark: Text?
  }

  /// One letter.
  struct Letter: Sendable {
    let number: String
    let date: RecordedDate
    let rows: [Row]

    func count(_ standing: LetterTally.Standing) -> Int { rows.count { $0.standing == standing } }
  }

  /// Its heading.
  package static let title = Text("Surat Menteri dan pelantikan", "Letters and oaths")
  let letters: [Letter]
  private let isWhole: Bool

  /// Of one source or several, once every record was taken.
  /// - Parameters:
  ///   - knownOn: an oath after this day was not taken yet.
  ///   - isWhole: every record was read, not only those near a frozen period.
  package init(_ tallies: [LetterTally], knownOn: CivilDate, isWhole: Bool) {
    self.isWhole = isWhole
    letters = tallies.flatMap { $0.settled() }.map { letter in
      var rows = letter.strangers.map { Self.row(.notInAnnex, $0, post: nil) }
      rows += letter.others.map { Self.row(.otherPost, $0.act, post: $0.post) }
      // Whoever took another post is told of once.
      let elsewhere = Set(letter.others.compactMap(\.act.person))
      rows += letter.lines.filter { !$0.acts.isEmpty || $0.line.person.map(elsewhere.contains) != true }
        .flatMap { Self.rows($0.line, $0.acts, knownOn) }
      let order = [LetterTally.Standing.notInAnnex, .otherPost, .unmatchable, .notInaugurated, .inaugurated]
      return Letter(
        number: letter.number, date: letter.date,
        rows: order.flatMap { standing in rows.filter { $0.standing == standing } })
    }.sorted {
      ($0.date.span?.first ?? .max, $0.number) < ($1.date.span?.first ?? .max, $1.number)
    }
  }

  private static func row(
    _ standing: LetterTally.Standing, _ act: PersonnelAction, post: String?, remark: Text? = nil
  ) -> Row {
    Row(
      standing: standing, nip: act.nip, name: act.employeeName, postInAnnex: post, act: act, remark: remark)
  }

  private static func rows(_ line: ApprovalLine, _ acts: [PersonnelAction], _ knownOn: CivilDate) -> [Row] {
    let done = acts.filter { $0.inauguratedOn.span.map { $0.first <= knownOn } ?? false }
    if !done.isEmpty { return done.map { row(.inaugurated, $0, post: line.postTo) } }
    guard line.person != nil else {
      return [
        Row(
          standing: .unmatchable, nip: line.nip, name: nil, postInAnnex: line.postTo, act: nil, remark: nil)
      ]
    }
    guard let act = acts.first else {
      return [
        Row(
          standing: .notInaugurated, nip: line.nip, name: nil, postInAnnex: line.postTo, act: nil,
          remark: Text("tidak ada catatan", "no record"))
      ]
    }
    let remark =
      act.inauguratedOn.span == nil
      ? Text("tanggal pelantikan tidak tercatat", "no day of the oath on record")
      : Text("pelantikan belum tiba", "the oath is to come")
    return [row(.notInaugurated, act, post: line.postTo, remark: remark)]
  }

  /// How many people stand so, over all letters.
  package subscript(standing: LetterTally.Standing) -> Int { letters.reduce(0) { $0 + $1.count(standing) } }

  /// Somebody took an oath that no letter covers.
  package var needsClarification: Bool { self[.notInAnnex] + self[.otherPost] > 0 }

  /// Lines of an annex that name nobody who can be looked for: what became of those people is not known.
  package var isAnswered: Bool { self[.unmatchable] == 0 }

  private func written(_ date: RecordedDate, _ language: Language) -> String {
    guard let span = date.span, span.isExact else {
      return date.display.map { PlainText.line($0, limit: 40) } ?? "-"
    }
    return span.first.written(language)
  }

  private func counts(_ letter: Letter, _ language: Language) -> String {
    LetterTally.Standing.allCases.filter { $0 != .unmatchable || letter.count($0) > 0 }
      .map { "\(letter.count($0)) \($0.phrase[language])" }.joined(separator: ", ")
  }

  /// For people: a sentence a letter, then a row a person, what needs an answer first.
  package func section(_ language: Language, _ personalData: PersonalData) -> ReportSection {
    var section = ReportSection(id: "letters", title: Self.title)
    section.lines = letters.map { letter in
      "\(PlainText.line(letter.number, limit: 80)) (\(written(letter.date, language))): \(counts(letter, language))."
    }
    if letters.isEmpty {
      section.lines = [
        Text(
          "Tidak ada lampiran surat persetujuan: beri --approvals BERKAS, atau isi tabel freeze_audit.approval.",
          "There is no annex of a letter of approval: give --approvals FILE, or fill the table freeze_audit.approval."
        )[language]
      ]
    } else if !isWhole {
      section.lines.append(
        Text(
          "Hanya catatan di sekitar masa larangan yang dibaca: pelantikan di luarnya tidak terlihat di sini; audit --letters membaca semuanya.",
          "Only records near the frozen periods were read: an oath outside them is not seen here; audit --letters reads them all."
        )[language])
    }
    section.columns = [
      Text("Surat", "Letter"), Text("Hasil", "Result"), Text("Nama", "Name"), Text("NIP", "NIP"),
      Text("Jabatan di lampiran", "Post in the annex"), Text("Jabatan baru", "Post taken"),
      Text("SK", "Decree"),
      Text("Pelantikan", "Oath"),
    ].map { $0[language] }
    for letter in letters {
      let number = PlainText.line(letter.number, limit: 80)
      section.rows += letter.rows.map { row in cells(row, number, language, personalData) }
    }
    return section
  }

  private func cells(_ row: Row, _ number: String, _ language: Language, _ personalData: PersonalData)
    -> [String]
  {
    let shown = Shown(row, personalData)
    let act = row.act
    let decree = [
      shown.decreeNo, act?.decreeDate.span == nil ? nil : act.map { written($0.decreeDate, language) },
    ]
    let remark = row.remark.map { " (\($0[language]))" } ?? ""
    return [
      number, row.standing.phrase[language] + remark, shown.name ?? "", shown.nip ?? "",
      shown.postInAnnex ?? "",
      shown.postTo ?? "", decree.compactMap { $0 }.joined(separator: ", "),
      act.flatMap { $0.inauguratedOn.display == nil ? nil : written($0.inauguratedOn, language) } ?? "",
    ].map { PlainText.line($0, limit: 240) }
  }

  /// A row as it may be shown.
  private struct Shown {
    let nip: String?
    let name: String?
    let postInAnnex: String?
    let postTo: String?
    let decreeNo: String?
    let actionID: String?

    init(_ row: Row, _ personalData: PersonalData) {
      let act = row.act.map(personalData.shown)
      let person = PersonInText(nips: [row.nip], names: [row.name])
      nip = personalData.nip(row.nip)
      name = personalData.name(row.name)
      postInAnnex = personalData == .full ? row.postInAnnex : row.postInAnnex.map(person.hidden)
      postTo = act?.postTo
      decreeNo = act?.decreeNo
      actionID = act?.actionID
    }
  }

  /// For programs: `letters`.
  package func json(_ personalData: PersonalData) -> [JSON.Pair] {
    let list = letters.map { letter -> JSON in
      let counts = LetterTally.Standing.allCases.map { JSON.Pair($0.rawValue, .integer(letter.count($0))) }
      return .object([
        "letter_no": .string(letter.number), "letter_date": .text(letter.date.display),
        "counts": .object(counts),
        "people": .array(
          letter.rows.map { row in
            let shown = Shown(row, personalData)
            return .object([
              "standing": .string(row.standing.rawValue), "nip": .text(shown.nip), "name": .text(shown.name),
              "post_in_annex": .text(shown.postInAnnex), "post_to": .text(shown.postTo),
              "action_id": .text(shown.actionID), "decree_no": .text(shown.decreeNo),
              "decree_date": .text(row.act?.decreeDate.display),
              "inaugurated_on": .text(row.act?.inauguratedOn.display),
            ])
          }),
      ])
    }
    return [JSON.Pair("letters", .array(list)), JSON.Pair("letters_complete", .bool(isWhole))]
  }
}
