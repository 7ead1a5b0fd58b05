import AuditReports
import FreezeRules
import HRRecords
import AuditBase

/// What may become of one planned act: `check --csv` says it before anyone signs.
struct PlannedAct {
  /// The answer for one act.
  enum Advice: String, CaseIterable {
    /// May go ahead on its day.
    case go
    /// May go ahead: the Minister's letter is there and early enough.
    case goWithLetter = "go_with_letter"
    /// Must wait, or needs the Minister's letter first.
    case letterOrWait = "letter_or_wait"
    /// Frozen on some readings only: the safe way is the same.
    case disputed
    /// Cannot be said: the plan lacks a date or a known kind.
    case incomplete
    /// Cannot be said: no rule was in force on its day, or a fact that would decide is not known.
    case unanswered

    var phrase: Text {
      switch self {
      case .go: Text("boleh pada hari itu", "may go ahead on its day")
      case .goWithLetter:
        Text("boleh, surat Menteri sudah ada", "may go ahead, the Minister's letter is there")
      case .letterOrWait:
        Text(
          "perlu surat Menteri lebih dulu, atau menunggu",
          "needs the Minister's letter first, or must wait")
      case .disputed:
        Text(
          "diperselisihkan: sebaiknya dengan surat Menteri, atau menunggu",
          "in dispute: better with the Minister's letter, or wait")
      case .incomplete:
        Text(
          "belum dapat dijawab, lengkapi tanggal dan jenisnya",
          "cannot be answered, complete its dates and kind")
      case .unanswered: Text("belum dapat dijawab", "cannot be answered")
      }
    }
  }

  let judgement: Judgement
  let advice: Advice
  /// The first day from which the act is free without a letter, where it must wait and the end is known.
  let freeFrom: CivilDate?
  /// The day the letter must bear at the latest.
  let letterBy: CivilDate?
  /// An approval is there but dated after the planned day: the act may go ahead from this day.
  let coveredFrom: CivilDate?
  /// What would decide and is not known.
  let missing: [MissingFact]

  /// Something in the file that may be a date of this act was not read: nothing in it can be called free.
  let isPartlyRead: Bool

  init(_ judgement: Judgement, _ table: WindowTable, isPartlyRead: Bool = false) {
    self.isPartlyRead = isPartlyRead
    self.judgement = judgement
    let verdict = judgement.relevantVerdicts.first
    // The same answer as for a day alone: what is not frozen may still be unknown.
    let spans = DateField.allCases.compactMap { judgement.action.date($0).span }
    let answers =
      judgement.outcome == .outside || judgement.notes.contains(.noRuleInForce)
      ? Set(spans.flatMap { [$0.first, $0.last] }).map {
        PlannedDay($0, region: judgement.action.regionCode, table)
      } : []
    var missing = judgement.missing
    for fact in answers.flatMap(\.missing) where !missing.contains(fact) { missing.append(fact) }
    self.missing = missing
    switch judgement.outcome {
    case .outside, .notCovered:
      advice = isPartlyRead || answers.contains { $0.answer == .notEvaluated } ? .unanswered : .go
    case .approved: advice = isPartlyRead ? .unanswered : .goWithLetter
    case .inside, .approvalMismatch, .approvedLate, .reversal: advice = .letterOrWait
    case .depends: advice = .disputed
    case .unjudgeable: advice = judgement.missing.isEmpty ? .incomplete : .unanswered
    }
    guard advice == .letterOrWait || advice == .disputed else {
      (freeFrom, letterBy, coveredFrom) = (nil, nil, nil)
      return
    }
    let days = judgement.verdicts.flatMap(\.insideDates).compactMap { judgement.action.date($0).span?.last }
    freeFrom = (days.max() ?? verdict?.firstInside).flatMap {
      PlannedDay($0, region: judgement.action.regionCode, table).freeFrom
    }
    letterBy = judgement.verdicts.compactMap(\.firstInside).min()
    coveredFrom = judgement.outcome == .approvedLate ? verdict?.approval?.letterDate?.last : nil
  }

  /// What to do, as one sentence.
  func advice(_ language: Language) -> String {
    var text = advice.phrase[language]
    if advice == .unanswered {
      text +=
        isPartlyRead
        ? Text(
          ": berkas ini punya kolom tanggal yang tidak dipakai",
          ": the file has a column of dates that is not used")[language]
        : missing.isEmpty
          ? Text(": tidak ada aturan yang berlaku pada hari itu", ": no rule was in force on that day")[
            language]
          : ": " + missing.sentences(language)
    }
    if let letterBy {
      text +=
        Text(
          " (bertanggal paling lambat \(letterBy.written(.indonesian))",
          " (dated \(letterBy.written(.english)) or before")[language]
      text +=
        freeFrom.map {
          Text(
            "; tanpa surat bebas sejak \($0.written(.indonesian)))",
            "; free without it from \($0.written(.english)))")[language]
        }
        ?? Text("; akhir masa larangan belum diketahui)", "; the end of the freeze is not known)")[language]
    }
    if let coveredFrom {
      text +=
        Text(
          "; suratnya bertanggal \(coveredFrom.written(.indonesian)): boleh sejak hari itu",
          "; its letter is dated \(coveredFrom.written(.english)): may go ahead from that day")[language]
    }
    if judgement.outcome == .approvalMismatch {
      text +=
        Text(
          "; lampiran suratnya tidak memuat orang dan jabatan ini",
          "; the annex of its letter does not list this person and post")[language]
    }
    return text
  }

  /// One act as JSON.
  func json(_ language: Language) -> JSON {
    let action = judgement.action
    return .object([
      "action_id": .string(action.actionID), "region": .text(action.regionCode),
      "region_name": .text(judgement.region?.label), "nip": .text(action.nip),
      "name": .text(action.employeeName), "post_from": .text(action.postFrom),
      "post_to": .text(action.postTo), "decree_date": .text(action.decreeDate.display),
      "effective_date": .text(action.effectiveDate.display),
      "inaugurated_on": .text(action.inauguratedOn.display), "advice": .string(advice.rawValue),
      "outcome": .string(judgement.outcome.rawValue), "letter_by": .text(letterBy?.description),
      "free_from": .text(freeFrom?.description), "covered_from": .text(coveredFrom?.description),
      "missing_facts": .array(missing.map(\.json)), "sentence": .string(advice(language)),
    ])
  }
}

/// A planned list, judged act by act.
struct PlannedList {
  /// How it is written.
  enum Format: String, CaseIterable { case table, json, html, xlsx }

  /// The plan.
  let table: TableFile
  /// Which header means which column.
  let map: ColumnMap
  /// The Minister's letters, where there is a file of them.
  let approvals: Approvals?
  let loaded: LoadedRules

  /// Judges and writes the list. A plan may leave out ids and kinds: an act without a kind is taken for a mutasi.
  func run(_ format: Format, _ language: Language, _ personalData: PersonalData, to output: Output) throws
    -> ExitStatus
  {
    var source = try RecordFile(table, map: map, region: loaded.region, zone: loaded.zone)
      .open(defaults: [.actionID: "", .kind: "mutasi"])
    var acts: [PlannedAct] = []
    var workbook =
      format == .xlsx ? try PlannedWorkbook(self, source.ownSheet, language, personalData, output) : nil
    while let action = try source.next() {
      let judgement = judge(action, loaded.table, approvals: approvals)
      let act = PlannedAct(
        personalData.shown(judgement), loaded.table, isPartlyRead: !source.remarks.isConclusive)
      try workbook?.add(judgement, act, source.ownRow)
      acts.append(act)
    }
    func count(_ advice: PlannedAct.Advice) -> Int { acts.count { $0.advice == advice } }
    switch format {
    case .xlsx: try workbook?.finish(source.remarks)
    case .table: try output.write(text(acts, count, language) + said(source.remarks, language))
    case .html: try output.write(page(acts, said(source.remarks, language), language))
    case .json:
      let counts = PlannedAct.Advice.allCases.map { JSON.Pair($0.rawValue, .integer(count($0))) }
      try output.write(
        JSON.object([
          "format_version": .integer(1), "known_on": .string(loaded.knownOn.description),
          "source": .string(table.name),
          "unused_columns": .texts(source.remarks.unusedColumns),
          "remarks": .texts(source.remarks.sentences.map { $0[language] }),
          "counts": .object([JSON.Pair("read", .integer(acts.count))] + counts),
          "plan": .array(acts.map { $0.json(language) }),
        ]).text + "\n")
    }
    if !source.remarks.isWhole {
      Talk.note(
        Text(
          "TIDAK LENGKAP: sebagian berkas tidak dibaca (lihat di atas); jawaban ini bukan untuk seluruh daftar",
          "NOT COMPLETE: part of the file was not read (see above); this is no answer for the whole list"))
    }
    if acts.isEmpty {
      Talk.error(
        Text(
          "\(table.name): tidak ada satu rencana pun; periksa berkas itu",
          "\(table.name): not a single planned act; check the file"))
    }
    if count(.incomplete) + count(.unanswered) > 0 || acts.isEmpty || !source.remarks.isConclusive
      || !source.remarks.isWhole
    {
      return .notEvaluated
    }
    return count(.letterOrWait) + count(.disputed) > 0 ? .findings : .nothingFound
  }

  /// The list as a page to print: an act a row.
  private func page(_ acts: [PlannedAct], _ remarks: String, _ language: Language) -> String {
    let columns = [
      Text("Siapa", "Who"), Text("Tanggal", "Dates"), Text("Jawaban", "Answer"),
    ].map { "<th scope=col>\($0[language])" as HTML }
    let rows = acts.map { act -> HTML in
      let action = act.judgement.action
      let who = [action.employeeName, action.postTo].compactMap { $0.map { PlainText.line($0, limit: 120) } }
      let days = DateField.allCases.compactMap { field in
        action.date(field).written(language).map { "\(field.phrase[language]) \($0)" }
      }
      return
        "<tr><th scope=row>\(who.joined(separator: " → "))<p class=s>ID \(PlainText.line(action.actionID, limit: 60))<td>\(days.joined(separator: ", "))<td>\(act.advice(language))\n"
    }
    let title = Text(
      "\(acts.count) rencana, \(ReportText.basis(loaded.knownOn).indonesian)",
      "\(acts.count) planned acts, \(ReportText.basis(loaded.knownOn).english)")
    let body: HTML =
      "<p class=s>\(remarks)</p>\n<table class=cards><thead><tr>\(columns)</thead><tbody>\n\(rows)</tbody></table>\n"
    return PrintedPage.html(title[language], language, body: body)
  }

  /// What is to be said of the file, in lines.
  private func said(_ remarks: FileRemarks, _ language: Language) -> String {
    ReportText.source(remarks.unusedColumns, remarks.sentences).map { $0[language] + "\n" }.joined()
  }

  private func text(
    _ acts: [PlannedAct], _ count: (PlannedAct.Advice) -> Int, _ language: Language
  ) -> String {
    var text = ""
    for act in acts {
      let action = act.judgement.action
      let who = [action.employeeName, action.postTo.map { "→ " + $0 }].compactMap { $0 }
        .map { PlainText.line($0, limit: 60) }.joined(separator: " ")
      let days = DateField.allCases.compactMap { field in
        action.date(field).written(language).map { "\(field.phrase[language]) \($0)" }
      }
      text += "[\(PlainText.line(action.actionID, limit: 32))] \(act.advice.phrase[language].uppercased())\n"
      text += "    \([who, days.joined(separator: ", ")].filter { !$0.isEmpty }.joined(separator: "; "))\n"
      if act.letterBy != nil || act.advice(language) != act.advice.phrase[language] {
        text += "    " + act.advice(language) + "\n"
      }
    }
    let parts = PlannedAct.Advice.allCases.filter { count($0) > 0 }.map {
      "\(count($0)) \($0.phrase[language])"
    }
    let end = Text(
      "\(acts.count) rencana, \(ReportText.basis(loaded.knownOn).indonesian): ",
      "\(acts.count) planned acts, \(ReportText.basis(loaded.knownOn).english): ")[language]
    return text + "\n" + end + (parts.isEmpty ? "-" : parts.joined(separator: "; ")) + ".\n"
  }
}
