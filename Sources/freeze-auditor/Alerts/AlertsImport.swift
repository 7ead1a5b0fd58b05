import AlertLedger
import ArgumentParser
import AuditBase
import AuditService
import FreezeRules
import HRRecords

struct AlertsImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: Console.help(
      id: "Mencatat tanggapan dari buku kerja Excel yang kolom Tanggapannya sudah diisi.",
      en: "Records the answers of an Excel workbook whose column Answer was filled in."),
    discussion: Console.help(
      id:
        "Buku kerjanya ditulis oleh audit --format xlsx. Tanggapan di samping orang berlaku bagi orang itu, di lembar ringkasan bagi seluruh SK. Sel yang diawali keadaan (\"surat diminta: nomor 123\", \"dibatalkan\", \"sudah dilaporkan\", \"surat terbit\") dicatat demikian; teks lain dicatat sebagai klarifikasi; \"belum …\" hanya keterangan. Yang sudah tercatat tidak dicatat lagi. Keluar dengan 3 bila ada baris yang tidak dapat dipakai; baris lain tetap dicatat.",
      en:
        "The workbook is written by audit --format xlsx. An answer beside a person is for that person, in the summary sheet for the whole decree. A cell that begins with a state (\"letter requested: number 123\", \"cancelled\", \"reported\", \"letter issued\") is recorded so; other text is a clarification; \"not yet …\" is a remark only. What is recorded already is not recorded again. Exits 3 when rows could not be used; the others are recorded all the same."
    ))

  @Argument(
    help: ArgumentHelp(
      id: "Buku kerja Excel, atau CSV dengan kolom yang sama (- untuk masukan standar).",
      en: "Excel workbook, or CSV with the same columns (- for standard input).", valueName: "file"))
  var file: String
  @Option(help: ArgumentHelp(id: "Siapa yang menanggapi.", en: "Who answers.")) var author: String
  @Option(
    help: ArgumentHelp(
      id: "Hari tanggapan itu (YYYY-MM-DD). Bawaan: hari ini.",
      en: "The day of the answers (YYYY-MM-DD). Default: today.", valueName: "date")) var date: CivilDate?
  @Flag(
    help: ArgumentHelp(
      id: "Tampilkan apa yang akan dicatat; tidak mencatat apa pun.",
      en: "Show what would be recorded; record nothing.")) var dryRun = false
  @OptionGroup var options: LedgerOptions

  func validate() throws { try AnswerWords.refuseBlank([("--author", author)]) }

  func run() throws {
    let configuration = try options.configuration()
    let ruleSet = try configuration.ruleSet()
    let today = Today.date(in: configuration.zone)
    if let date, date > today {
      throw Failure(
        .usage, "--date \(date) belum tiba; hari ini \(today.written(.indonesian))",
        "--date \(date) is to come; today is \(today.written(.english))"
      )
    }
    let answers = try AnswersFile(file)
    guard answers.tables > 0 else {
      throw Failure(
        .usage,
        "\(file): tidak ada kolom Tanggapan di samping ID peringatan atau Nomor SK; pakai buku kerja dari audit --format xlsx",
        "\(file): there is no column Answer beside Alert ID or Decree number; use the workbook of audit --format xlsx"
      )
    }
    let store = try options.open(configuration)
    let plan = AnswerPlan(
      answers, open: try AlertIndex(store, sources: configuration.sources.map(\.name)), author: author,
      date: date ?? today)
    try write(plan)
    let problems = plan.remarks.count(where: \.isProblem)
    if dryRun {
      Console.say(
        Text(
          "Latihan, tidak ada yang dicatat: \(plan.entries.count) akan dicatat, \(plan.unchanged) sudah tercatat, \(problems) bermasalah.",
          "A rehearsal, nothing is recorded: \(plan.entries.count) would be recorded, \(plan.unchanged) are already, \(problems) with problems."
        )[options.lang])
    } else {
      let seqs = try Acknowledging(configuration, ruleSet).append(
        plan.entries.map { ($0.alert.source, .noting($0.alert.alert, $0.answer)) }, in: store, today: today)
      let events = seqs.isEmpty ? "" : " (" + AnswerWords.events(seqs, options.lang) + ")"
      Console.say(
        Text(
          "\(seqs.count) tanggapan dicatat\(events), \(plan.unchanged) sudah tercatat, \(problems) bermasalah.",
          "\(seqs.count) answers recorded\(events), \(plan.unchanged) were already, \(problems) with problems."
        )[
          options.lang])
    }
    if problems > 0 { throw ExitStatus.notEvaluated.code }
  }

  /// What is planned on standard output, a line an SK and answer; what cannot be used on standard error.
  private func write(_ plan: AnswerPlan) throws {
    let output = try Output(path: nil)
    var order: [String] = []
    var counts: [String: Int] = [:]
    for entry in plan.entries {
      let state = entry.answer.state?.phrase ?? Text("keterangan", "remark")
      let line =
        "\(entry.alert.decree(options.lang)): \(state[options.lang]): \(PlainText.line(entry.answer.reason, limit: 120))"
      if counts[line] == nil { order.append(line) }
      counts[line, default: 0] += 1
    }
    for line in order { try output.write("\(counts[line] ?? 0) × \(line)\n") }
    try output.finish()
    for remark in plan.remarks.prefix(200) { Console.say(remark.text[options.lang]) }
    if plan.remarks.count > 200 {
      let more = plan.remarks.count - 200
      Console.say(Text("dan \(more) baris lain", "and \(more) rows more")[options.lang])
    }
  }
}
