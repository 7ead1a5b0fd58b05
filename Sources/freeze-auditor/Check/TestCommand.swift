import AuditBase
import ArgumentParser
import AuditReports
import FreezeRules
import HRRecords
import RuleFiles

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: Console.help(
      id: "Menjalankan uji aturan: fakta, hari penilaian, dan apa yang harus keluar.",
      en: "Runs rule tests: facts, the day whose knowledge judges them, and what must come out."),
    discussion: Console.help(
      id: """
        Tanpa BERKAS yang berjalan adalah uji bawaan: setiap kasus nyata, setiap hasil dan setiap aturan. Berkas uji adalah YAML:

          known_on: 2026-11-22                 # bawaan semua uji; satu-satunya jamnya
          region: "16.05"                      # boleh tidak ada, seperti --region
          elections: [pilkada-2020]            # boleh tidak ada, seperti --election; gelombang mengikuti wilayah
          rules: {…}  calendar: {…}            # boleh tidak ada: aturan atau kalender sendiri, bentuknya rules.yaml, calendar.yaml
          calendar_additions: {…}              # boleh tidak ada: fakta tambahan, bentuknya seperti calendar_additions
          tests:
            - name: pelantikan pada hari larangan pertama
              facts: {kind: mutasi, inaugurated_on: 2024-03-22}    # kolom view kontrak
              approvals: [{letter_no: X/OTDA, letter_date: 2024-05-10, nip: "…", post_to: Camat}]
              acts: [{decree_no: 821/14/2024, nip: "…"}]           # isi lain sumber, tempat SK yang dicabut (revokes) dicari
              expect: inside                   # atau {pasal-71-2: inside, pasal-162-3/serentak-2025: none}
              boundary_day: true               # boleh tidak ada, seperti depends_on, notes, absent_notes
            - name: sehari sebelumnya
              facts: {kind: mutasi, inaugurated_on: 2024-03-21}
              must_not_alert: true

        Status keluar: 0 semua uji lulus, 1 ada uji gagal, 78 ada berkas yang salah.
        """,
      en: """
        Without FILE the shipped tests run: every real case, every outcome and every rule. A test file is YAML:

          known_on: 2026-11-22                 # default of every test; its only clock
          region: "16.05"                      # optional, like --region
          elections: [pilkada-2020]            # optional, like --election; the wave follows from the region
          rules: {…}  calendar: {…}            # optional: rules or calendar of its own, as in rules.yaml, calendar.yaml
          calendar_additions: {…}              # optional: facts added to the calendar, as in calendar_additions
          tests:
            - name: the oath on the first frozen day
              facts: {kind: mutasi, inaugurated_on: 2024-03-22}    # columns of the contract view
              approvals: [{letter_no: X/OTDA, letter_date: 2024-05-10, nip: "…", post_to: Camat}]
              acts: [{decree_no: 821/14/2024, nip: "…"}]           # what else the source holds: where revokes is looked up
              expect: inside                   # or {pasal-71-2: inside, pasal-162-3/serentak-2025: none}
              boundary_day: true               # optional, like depends_on, notes, absent_notes
            - name: the day before
              facts: {kind: mutasi, inaugurated_on: 2024-03-21}
              must_not_alert: true

        Exit status: 0 every test passed, 1 a test failed, 78 a file is wrong.
        """))

  @Argument(
    help: ArgumentHelp(
      id: "Berkas uji aturan. Bawaan: yang dibawa program.",
      en: "File of rule tests. Default: the shipped ones.")) var file: String?
  @Option(
    help: ArgumentHelp(
      id: "Berkas kalender pengganti yang bawaan.", en: "Calendar file instead of the shipped one."))
  var calendar: String?
  @Option(
    help: ArgumentHelp(
      id: "Berkas aturan pengganti yang bawaan.", en: "Rules file instead of the shipped ones.")) var rules:
    String?
  @Option(help: ArgumentHelp(id: "Bahasa: id atau en.", en: "Language: id or en.")) var lang: Language =
    .indonesian

  func run() throws {
    let source = try RuleSet.text(file) ?? (Shipped.ruleTestsText, "rule-tests.yaml")
    let tests = try RuleTests(
      yaml: source.text, file: source.file, columns: ContractColumn.allCases.map(\.rawValue),
      approvalColumns: ApprovalLine.columns)
    let ruleSet = try RuleSet(rulesPath: rules, calendarPath: calendar)
    let run = RuleTestRun(
      tests, ruleSet,
      action: { facts, region in
        PersonnelAction(
          cells: { facts[$0.rawValue] }, place: "test", region: region,
          zone: region.flatMap(Zone.init(regionCode:)) ?? .wib)
      },
      approvals: { Approvals($0.map(ApprovalLine.init(cells:))) })
    let output = try Output(path: nil)
    try output.write(run.text(source.file, lang))
    try output.finish()
    throw (run.passed ? ExitStatus.nothingFound : .findings).code
  }
}

extension RuleTestRun {
  /// A line a case, what failed in it, and what no case reached.
  func text(_ file: String, _ language: Language) -> String {
    var lines: [String] = []
    for result in results {
      let verdict = result.passed ? Text("lulus", "pass ")[language] : Text("GAGAL", "FAIL ")[language]
      lines.append("\(verdict)  \(PlainText.line(result.name, limit: 200))")
      lines += result.failures.map {
        "       \(file):\(result.line): \(PlainText.line($0[language], limit: 400))"
      }
    }
    let failed = results.filter { !$0.passed }.count
    lines.append("")
    lines.append(
      Text(
        "\(results.count) uji: \(results.count - failed) lulus, \(failed) gagal.",
        "\(results.count) tests: \(results.count - failed) passed, \(failed) failed.")[language])
    func list(_ names: [String]) -> String {
      names.isEmpty ? Text("tidak ada", "none")[language] : names.joined(separator: ", ")
    }
    lines.append(
      Text("Aturan yang tidak tersentuh uji: ", "Rules that no test reached: ")[language]
        + list(unreachedRules))
    lines.append(
      Text("Kesimpulan yang tidak tersentuh uji: ", "Outcomes that no test reached: ")[language]
        + list(unreachedOutcomes.map(\.rawValue)))
    return lines.joined(separator: "\n") + "\n"
  }
}
