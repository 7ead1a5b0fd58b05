import AlertLedger
import ArgumentParser
import AuditBase
import AuditReports
import AuditService
import Foundation
import FreezeRules
import HRRecords
import RuleFiles

struct Dossier: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dossier",
    abstract: Talk.help(
      id: "Menulis folder bukti tentang satu SK atau satu catatan, untuk pemeriksa.",
      en: "Writes a folder of evidence on one decree or one record, for an examiner."),
    discussion: Talk.help(
      id:
        "Lembar satu halaman (HTML), buku kerja Excel, catatan seperti dinilai dengan uraian penilaiannya (JSON), aturan dan kalender yang dipakai, peristiwa arsip peringatan dengan hash-nya sampai kepala bertanda tangan, SHA256SUMS, dan VERIFY.txt: cara memeriksanya dengan sha256sum, openssl dan jq saja. NIP dan nama disamarkan kecuali --full; lembarnya menyebutkan itu.",
      en:
        "A one-page sheet (HTML), an Excel workbook, the records as judged with their reasoning (JSON), the rules and calendar used, the ledger's events with their hashes up to the signed head, SHA256SUMS, and VERIFY.txt: how to check it with sha256sum, openssl and jq alone. NIP and names are masked unless --full; the sheet says which."
    ))

  @Option(
    help: ArgumentHelp(id: "Nomor SK.", en: "Number of the decree.", valueName: "number"))
  var decree: String?
  @Option(
    help: ArgumentHelp(
      id: "Tanggal SK itu (YYYY-MM-DD), bila nomornya dipakai lebih dari sekali.",
      en: "The date of that decree (YYYY-MM-DD), where the number was used more than once.",
      valueName: "date"
    ))
  var decreeDate: CivilDate?
  @Option(
    help: ArgumentHelp(
      id: "action_id satu catatan.", en: "action_id of one record.", valueName: "id"))
  var action: String?
  @Option(
    help: ArgumentHelp(
      id: "Folder yang dibuat; harus baru atau kosong.",
      en: "The folder to make; must be new or empty.",
      valueName: "folder"))
  var output: String
  @Flag(
    help: ArgumentHelp(
      id: "NIP dan nama lengkap, dan isi peristiwa persis seperti yang di-hash.",
      en: "NIP and names in full, and events byte by byte as they were hashed.")) var full = false
  @Flag(
    help: ArgumentHelp(
      id:
        "Isi semua peristiwa sampai kepala, sehingga rantainya dapat dihitung ulang; memuat juga orang lain. Hanya bersama --full.",
      en:
        "The bodies of all events up to the head, so that the chain can be computed again; holds other people, too. Only with --full."
    )) var chain = false
  @Flag(
    help: ArgumentHelp(
      id: "Tanpa arsip peringatan: hanya catatan, aturan dan kalender.",
      en: "Without the ledger: only records, rules and calendar.")) var withoutLedger = false
  @Flag(
    help: ArgumentHelp(
      id:
        "Formulir yang diisi dari fakta, HTML untuk dicetak dan .docx untuk disunting: Form A dan formulir temuan Bawaslu, laporan kepada Menteri. Yang tidak ada dalam data dibiarkan kosong.",
      en:
        "Forms filled from the facts, HTML to print and .docx to edit: Bawaslu's Form A and finding form, the report to the Minister. What the data do not hold is left blank."
    )) var forms = false
  @Option(
    help: ArgumentHelp(
      id:
        "Folder templat formulir sendiri (*.txt) sebagai ganti atau tambahan yang bawaan; menyertakan --forms. Bawaan: report.templates dalam konfigurasi.",
      en:
        "A folder of the site's own templates (*.txt) in place of the shipped ones or beside them; implies --forms. Default: report.templates of the configuration.",
      valueName: "folder"))
  var templates: String?
  @OptionGroup var source: SourceOptions

  func validate() throws {
    if (decree == nil) == (action == nil) {
      throw ValidationError(
        id: "sebut salah satu: --decree NOMOR atau --action ID.",
        en: "name one of them: --decree NUMBER or --action ID.")
    }
    if decreeDate != nil, decree == nil {
      throw ValidationError(
        id: "--decree-date milik --decree NOMOR.", en: "--decree-date belongs to --decree NUMBER.")
    }
    if chain, !full || withoutLedger {
      throw ValidationError(
        id: "--chain memuat isi peristiwa: beri --full, dan tanggalkan --without-ledger.",
        en: "--chain holds the bodies of events: give --full, and leave out --without-ledger.")
    }
    if full, source.mask {
      throw ValidationError(
        id: "--full dan --mask saling meniadakan.", en: "--full and --mask exclude each other.")
    }
  }

  func run() throws {
    let loaded = try source.load()
    var records = try source.scan(loaded)
    (records.actionID, records.everything) = (action, true)
    let judgements = try find(in: records)
    let wantsForms = forms || self.templates != nil
    let templates =
      try wantsForms
      ? FormFolder.templates(self.templates, otherwise: loaded.configuration.templatesPath) : []
    let ledger = try withoutLedger ? nil : DossierLedger(loaded.configuration, judgements)
    let sheet = DossierSheet(
      judgements: judgements, language: source.rules.lang, personalData: full ? .full : .masked,
      loaded: loaded, workingDays: try loaded.configuration.workingDays(), ledger: ledger,
      source: sourceName(loaded, records.source))
    var folder = try EvidenceFolder(output)
    try folder.add("sheet.html", sheet.html.bytes)
    try folder.add("records.json", sheet.records.text + "\n")
    try folder.add("sheet.xlsx", try workbook(sheet, records))
    for (name, text) in try law(loaded) { try folder.add(name, text) }
    for form in templates.map({ FilledForm($0, sheet.formValues) }) {
      try folder.add("\(form.name).html", form.html.bytes)
      try folder.add("\(form.name).docx", try form.document())
    }
    if let ledger {
      try folder.add("events.ndjson", ledger.events(sheet.personalData))
      try folder.add("chain.ndjson", try ledger.chain(withBodies: chain))
      try folder.add(ledger.head.name, ledger.head.text)
    }
    try folder.add("VERIFY.txt", DossierPage(sheet, ledger, hasChain: chain).text)
    try folder.finish()
    Talk.say(
      Text(
        "\(output): \(judgements.count) catatan\(full ? ", NIP dan nama LENGKAP" : ", NIP dan nama disamarkan")",
        "\(output): \(judgements.count) \(judgements.count == 1 ? "record" : "records")\(full ? ", NIP and names in FULL" : ", NIP and names masked")"
      )[
        source.rules.lang])
    let outcomes = judgements.map(\.outcome)
    let status: ExitStatus =
      outcomes.contains(.unjudgeable)
      ? .notEvaluated
      : outcomes.contains { $0.level == .alert || $0 == .reversal } ? .findings : .nothingFound
    throw status.code
  }

  /// What the source is called: whoever gets the folder has no business with the host and the login of a database.
  private func sourceName(_ loaded: LoadedRules, _ records: RecordSource) -> String {
    guard case .view(let address) = records else { return records.description }
    return source.db == nil
      ? "\(loaded.configuration.sources[0].name) (\(address.view))" : "\(address.view)"
  }

  /// The records meant, in the source's order.
  private func find(in records: AuditScan) throws -> [Judgement] {
    var found: [Judgement] = []
    let key = decree.map(DecreeNumber.key)
    _ = try records.run { record in
      let judgement = record.judgement
      let isMeant = key.map { judgement.action.decreeNo.map(DecreeNumber.key) == $0 } ?? true
      if isMeant { found.append(judgement) }
    }
    let place = records.source.description
    let shown = PlainText.line(decree ?? action ?? "", limit: 80)
    guard !found.isEmpty else {
      throw Failure(
        .usage,
        "\(place): tidak ada catatan \(decree == nil ? "ber-action_id" : "pada SK") \"\(shown)\"; periksa ejaannya",
        "\(place): there is no record \(decree == nil ? "with the action_id" : "on the decree") \"\(shown)\"; check its spelling"
      )
    }
    guard decree != nil else { return found }
    let dates = Set(found.map { $0.action.decreeDate.display ?? "-" }).sorted()
    if let decreeDate {
      let ofDate = found.filter { $0.action.decreeDate.display == decreeDate.description }
      guard ofDate.isEmpty else { return ofDate }
    } else if dates.count == 1 {
      return found
    }
    let list = dates.map { PlainText.line($0, limit: 40) }.joined(separator: ", ")
    throw Failure(
      .usage, "--decree \(shown): SK bernomor itu bertanggal \(list); pilih dengan --decree-date",
      "--decree \(shown): the decrees of that number are dated \(list); choose with --decree-date"
    )
  }

  private func workbook(_ sheet: DossierSheet, _ records: AuditScan) throws -> [UInt8] {
    var header = ReportHeader(
      knownOn: sheet.loaded.knownOn, source: sheet.source, language: sheet.language,
      personalData: sheet.personalData, table: sheet.loaded.table,
      programVersion: FreezeAuditor.version)
    (header.region, header.approvals) = (sheet.loaded.region, records.approvalsPath)
    header.assumptions = sheet.loaded.assumptions
    let name = sheet.loaded.configuration.sources[0].name
    header.alertIDs = { AlertLedger.Finding.all(source: name, $0).map(\.alertID.description) }
    header.office = sheet.loaded.configuration.office
    header.workingDays = sheet.workingDays
    var bytes: [UInt8] = []
    var writer = try ReportFormat.xlsx.writer(header) { bytes += $0 }
    var counts = Counts()
    for judgement in sheet.judgements {
      counts.add(judgement.outcome)
      try writer.add(ReportedRecord(judgement))
    }
    try writer.finish(counts, isComplete: counts[.unjudgeable] == 0)
    return bytes
  }

  /// The rules and the calendar, as they were read: whoever has the program can judge the records again.
  private func law(_ loaded: LoadedRules) throws -> [(String, String)] {
    let configuration = loaded.configuration
    var files = [
      (
        "rules.yaml",
        try RuleSet.text(source.rules.rules ?? configuration.rulesPath)?.text ?? Shipped.rulesText
      ),
      (
        "calendar.yaml",
        try RuleSet.text(source.rules.calendar ?? configuration.calendarPath)?.text
          ?? Shipped.calendarText
      ),
    ]
    for (index, path) in (configuration.calendarAdditions + source.rules.calendarAdd).enumerated() {
      files.append(("calendar-addition-\(index + 1).yaml", try RuleSet.text(path)?.text ?? ""))
    }
    return files
  }
}
