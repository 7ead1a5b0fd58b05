import AlertLedger
import AuditBase
import AuditReports
import FreezeRules

/// What a dossier says of its records: the one-page sheet for people, the records for machines.
struct DossierSheet {
  let judgements: [Judgement]
  let language: Language
  let personalData: PersonalData
  let loaded: LoadedRules
  let workingDays: WorkingDays
  let ledger: DossierLedger?
  /// Where the records were read.
  let source: String

  private func word(_ indonesian: String, _ english: String) -> String {
    Text(indonesian, english)[language]
  }

  /// How much of a person it shows.
  var privacy: String {
    personalData == .full
      ? word(
        "NIP dan nama LENGKAP, atas pilihan pembuatnya",
        "NIP and names in FULL, by choice of whoever made it")
      : word("NIP dan nama disamarkan", "NIP and names are masked")
  }

  // MARK: For machines

  /// Every record as judged, with its facts and its reasoning.
  var records: JSON {
    .object([
      "format_version": .integer(1), "known_on": .string(loaded.knownOn.description),
      "source": .string(source), "personal_data": .string(personalData.rawValue),
      "rulebook_sha256": .string(loaded.ruleSet.rulebook.hash),
      "calendar_sha256": .string(loaded.ruleSet.calendar.hash),
      "program": .string(FreezeAuditor.version),
      "records": .array(
        judgements.map { judgement in
          let shown = personalData.shown(judgement)
          return .object([
            "judgement": shown.json(language), "facts": shown.action.facts(),
            "became_known": .text(ledger?.known(judgement)),
            "derivation": .texts(
              Explanation.text(shown, language, knownOn: loaded.knownOn).split(
                separator: "\n", omittingEmptySubsequences: false
              ).map(String.init)),
          ])
        }),
    ])
  }

  // MARK: For people

  /// The sheet.
  var html: HTML {
    let first = judgements.first.map { personalData.shown($0) }
    let number = PlainText.line(first?.action.decreeNo ?? "-", limit: 120)
    let title = word("Lembar bukti SK ", "Evidence sheet of decree ") + number
    let caution = word(
      "Peringatan berarti perlu klarifikasi; bukan temuan pelanggaran.",
      "An alert means \"perlu klarifikasi\" (needs clarification); it is not a finding of violation."
    )
    let list: [HTML] = facts.map { "<dt>\($0.title)</dt><dd>\($0.value)</dd>\n" }
    let head: [HTML] = headers.map { "<th>\($0)</th>" }
    let rows: [HTML] = judgements.enumerated().map { row($0.offset + 1, $0.element) }
    let cited: [HTML] = sources.map { "<li>\($0)</li>\n" }
    let sourcesTitle = word("Dasar", "Sources")
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8"><title>\(title)</title><style>\(Self.style)</style></head>
      <body><h1>\(title)</h1>
      <p class="privacy">\(privacy)</p>
      <p>\(caution)</p>
      <dl>\(list)</dl>
      <table><thead><tr>\(head)</tr></thead><tbody>
      \(rows)</tbody></table>
      <h2>\(sourcesTitle)</h2>
      <ul>\(cited)</ul>
      <p class="small">\(foot)</p></body></html>

      """
  }

  private static let style: HTML = """
    @page{size:A4 landscape;margin:10mm}body{font:14px/1.4 Arial,Helvetica,sans-serif;color:#1b1b1b;max-width:75em;margin:1em auto;padding:0 1em}
    h1{font-size:1.4em}.privacy{border:2px solid #6b4d00;padding:.4em .7em;font-weight:bold}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15em 1em}dt{color:#4c5866}dd{margin:0}
    table{border-collapse:collapse;width:100%;font-size:.85em}th,td{border:1px solid #999;padding:.25em .4em;text-align:left;vertical-align:top;overflow-wrap:anywhere}thead{display:table-header-group}tr{break-inside:avoid}.small{font-size:.8em;color:#4c5866}
    """

  /// Values of the records, each once; a few of them.
  static func joined(_ values: [String?]) -> String? {
    var seen: [String] = []
    for case let value? in values where !seen.contains(value) { seen.append(value) }
    return seen.isEmpty
      ? nil : seen.prefix(8).joined(separator: "; ") + (seen.count > 8 ? "; …" : "")
  }

  private var facts: [(title: String, value: String)] {
    let shown = judgements.map { personalData.shown($0) }
    var facts: [(title: String, value: String)] = []
    func add(_ title: String, _ values: [String?]) {
      facts.append((title, Self.joined(values) ?? "-"))
    }
    add(word("Wilayah", "Region"), shown.map { $0.regionLabel(language) })
    add(word("Tanggal SK", "Decree date"), shown.map { $0.action.decreeDate.written(language) })
    add(
      word("TMT", "Effective date (TMT)"), shown.map { $0.action.effectiveDate.written(language) })
    add(word("Pelantikan", "Oath"), shown.map { $0.action.inauguratedOn.written(language) })
    if shown.contains(where: { $0.action.pertek(language) != nil }) {
      add(word("Pertek BKN", "BKN's pertek"), shown.map { $0.action.pertek(language) })
    }
    let inside = DateField.allCases.filter { field in
      judgements.contains { $0.verdicts.contains { $0.insideDates.contains(field) } }
    }
    add(
      word("Yang jatuh di dalam masa larangan", "Inside the frozen period"),
      inside.map { $0.phrase[language] })
    let (hit, missed) = Self.windows(shown, language)
    add(word("Masa larangan", "Frozen period"), hit)
    if !missed.isEmpty {
      add(word("Juga diperiksa, tidak mengenai", "Looked at as well, not touched"), missed)
    }
    var people = ["\(judgements.count)"]
    for outcome in Outcome.allCases {
      let count = judgements.count(where: { $0.outcome == outcome })
      if count > 0 { people.append("\(count) \(outcome.phrase[language])") }
    }
    add(word("Orang", "People"), people)
    add(
      word("Laporan kepada Menteri paling lambat", "Report to the Minister due"),
      judgements.map { $0.step(on: loaded.knownOn, workingDays).reportBy?.written(language) })
    return facts
  }

  /// The windows that hold a date of the records, and the others that were looked at; where none does all stand first.
  static func windows(_ judgements: [Judgement], _ language: Language) -> (
    hit: [String], missed: [String]
  ) {
    let verdicts = judgements.flatMap(\.relevantVerdicts)
    func said(_ verdicts: [Verdict]) -> [String] {
      verdicts.map { "\($0.window.ruleTitle): \($0.window.counted(language))" }
    }
    let hit = said(verdicts.filter { !$0.insideDates.isEmpty })
    if hit.isEmpty { return (said(verdicts), []) }
    return (hit, said(verdicts).filter { !hit.contains($0) })
  }

  private var headers: [String] {
    [
      "#", word("Orang", "Person"), word("Jabatan: sebelum → sesudah", "Post: before → after"),
      word("Eselon", "Echelon"), word("Di dalam", "Inside"), word("Kesimpulan", "Verdict"),
      word("Surat dan lampiran", "Letter and annex"), word("Terlambat", "Late"),
      word("Diketahui auditor", "Known to the auditor"),
    ]
  }

  private func row(_ number: Int, _ judgement: Judgement) -> HTML {
    let shown = personalData.shown(judgement)
    let action = shown.action
    func cell(_ text: String?) -> HTML { "<td>\(PlainText.line(text ?? "-", limit: 300))</td>" }
    func change(_ from: String?, _ to: String?) -> String { "\(from ?? "-") → \(to ?? "-")" }
    let inside = shown.verdicts.first?.insideDates.map {
      $0.phrase[language] + " " + (action.date($0).written(language) ?? "-")
    }
    let approval = shown.verdicts.first { !$0.insideDates.isEmpty }?.approval
    let cells = [
      cell("\(number)"),
      cell(
        [action.employeeName, action.nip.map { "NIP \($0)" }].compactMap { $0 }.joined(
          separator: ", ")),
      cell(change(action.postFrom, action.postTo)),
      cell(change(action.echelonFrom, action.echelonTo)),
      cell(inside.map { $0.isEmpty ? "-" : $0.joined(separator: "; ") }),
      cell("\(action.kind): \(shown.phrase[language])"), cell(approval?.phrase[language]),
      cell(late(shown, approval)), cell(ledger?.known([judgement], loaded.zone, language)),
    ]
    return "<tr>\(cells)</tr>\n"
  }

  /// How many days the letter came after the first day inside, or is missing since.
  private func late(_ judgement: Judgement, _ approval: ApprovalFinding?) -> String? {
    guard judgement.outcome.level == .alert, let by = judgement.letterBy else { return nil }
    if approval?.standing == .after, let letter = approval?.letterDate, letter.isExact {
      let days = by.days(until: letter.first)
      return word("\(days) hari", days == 1 ? "1 day" : "\(days) days")
    }
    let days = by.days(until: loaded.knownOn)
    guard days > 0 else { return word("belum", "not yet") }
    return word(
      "belum ada surat yang berlaku, \(days) hari sampai \(loaded.knownOn.written(.indonesian))",
      "no letter that counts, \(days) \(days == 1 ? "day" : "days") until \(loaded.knownOn.written(.english))"
    )
  }

  private var sources: [String] {
    var citations: [String] = []
    for judgement in judgements {
      for citation in judgement.relevantVerdicts.flatMap(\.citations)
      where !citations.contains(citation) {
        citations.append(citation)
      }
    }
    let rulebook = loaded.ruleSet.rulebook.hash
    let calendar = loaded.ruleSet.calendar.hash
    return citations + [
      word("Aturan (rules.yaml): SHA-256 \(rulebook)", "Rules (rules.yaml): SHA-256 \(rulebook)"),
      word(
        "Kalender (calendar.yaml): SHA-256 \(calendar)",
        "Calendar (calendar.yaml): SHA-256 \(calendar)"),
    ]
  }

  private var foot: String {
    let basis = ReportText.basis(loaded.knownOn)[language]
    let made =
      basis.prefix(1).uppercased() + basis.dropFirst()
      + word(
        "; dibaca dari \(source); freeze-auditor \(FreezeAuditor.version). ",
        "; read from \(source); freeze-auditor \(FreezeAuditor.version). ")
    guard let ledger else {
      return made
        + word(
          "Dibuat tanpa arsip peringatan. Cara memeriksa: VERIFY.txt.",
          "Made without the ledger. How to check: VERIFY.txt.")
    }
    let signed =
      ledger.isSigned
      ? word("kepala bertanda tangan ada di checkpoint.note", "the signed head is checkpoint.note")
      : word(
        "kepala arsip peringatan TIDAK bertanda tangan (head.json)",
        "the ledger's head is NOT signed (head.json)")
    return made
      + word(
        "\(ledger.rows.count) peristiwa arsip peringatan; ",
        "\(ledger.rows.count) \(ledger.rows.count == 1 ? "event" : "events") of the ledger; "
      )
      + signed + word(". Cara memeriksa: VERIFY.txt.", ". How to check: VERIFY.txt.")
  }
}
