import AuditBase
import ArgumentParser
import AuditReports
import FreezeRules

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: Console.help(
      id: "Bolehkah pejabat diganti pada suatu hari, dan bila tidak, sampai kapan?",
      en: "May an official be replaced on a day, and if not, until when?"),
    discussion: Examples.check.discussion + "\n\n"
      + Console.help(
        id:
          "Status keluar: 0 bebas, atau jabatannya di luar cakupan pada hari itu; 1 terlarang atau diperdebatkan; 3 tidak ada aturan yang berlaku, penetapan yang menentukan belum diketahui, atau tindakan rencana tidak dapat dinilai.",
        en:
          "Exit status: 0 free, or the post is out of scope on that day; 1 frozen or in dispute; 3 no rule was in force, the determination that would decide was not known, or a planned act could not be judged."
      ))

  @Option(
    help: ArgumentHelp(
      id: "Hari tindakan yang direncanakan, misalnya \"22 Maret 2024\", 22-03-2024 atau 2024-03-22.",
      en: "The day of the planned act, such as \"22 Maret 2024\", 22-03-2024 or 2024-03-22.",
      valueName: "date")) var date: CivilDate?
  @Option(
    help: ArgumentHelp(
      id: "Jabatannya, misalnya \"Camat\", \"Guru\" atau \"Plt Camat\". Bawaan: jabatan yang tercakup.",
      en: "The post, such as \"Camat\", \"Guru\" or \"Plt Camat\". Default: a covered one.", valueName: "name"
    ))
  var post: String?
  @OptionGroup var plan: PlanOptions
  @OptionGroup var rules: RuleOptions
  @OptionGroup var destination: OutputOption
  var outputPath: String? { destination.path }

  func validate() throws {
    if [plan.list, plan.csv, plan.xlsx].count(where: { $0 != nil }) > 1 {
      throw ValidationError(
        id: "Beri satu daftar saja: --list, --csv atau --xlsx.",
        en: "Give one list only: --list, --csv or --xlsx.")
    }
    if plan.table != nil, date != nil || post != nil {
      throw ValidationError(
        id:
          "--list (--csv) memeriksa daftar dengan tanggal dan jabatannya sendiri: tanggalkan --date dan --post.",
        en: "--list (--csv) checks a list with dates and posts of its own: leave out --date and --post.")
    }
    if plan.table == nil,
      plan.sheet != nil || plan.approvals != nil || plan.map != nil || plan.kind != nil
        || [.json, .xlsx].contains(plan.format)
    {
      throw ValidationError(
        id:
          "--approvals, --map, --sheet dan --format json atau xlsx milik sebuah daftar: beri juga --list (--csv) BERKAS.",
        en:
          "--approvals, --map, --sheet and --format json or xlsx belong to a list: give --list (--csv) FILE as well."
      )
    }
  }

  func run() throws {
    let loaded = try rules.load()
    if let list = try plan.list(loaded) {
      if plan.format == .xlsx { try Output.refuseTerminal(outputPath) }
      let output = try Output(path: outputPath)
      let status = try list.run(plan.format, rules.lang, plan.mask ? .masked : .full, to: output)
      try output.finish()
      throw status.code
    }
    guard let date else {
      throw Failure(
        .usage, "check memerlukan --date TANGGAL atau --list RENCANA",
        "check needs --date DATE or --list PLAN")
    }
    let answer = PlannedDay(date, region: loaded.region, post: post, loaded.table)
    let output = try Output(path: outputPath)
    try output.write(
      plan.format == .html ? answer.html(rules.lang) : answer.text(rules.lang) + "\n")
    try output.finish()
    switch answer.answer {
    case .free: throw ExitStatus.nothingFound.code
    case .frozen, .disputed: throw ExitStatus.findings.code
    case .notEvaluated: throw ExitStatus.notEvaluated.code
    }
  }
}
