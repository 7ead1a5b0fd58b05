import ArgumentParser
import AuditReports
import FreezeRules
import AuditBase
import RuleFiles

struct Windows: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "windows",
    abstract: Console.help(
      id: "Menampilkan setiap masa larangan dengan delapan cara hitungnya dan dari mana asalnya.",
      en: "Shows every frozen window with its eight readings and where they come from."),
    discussion: Examples.windows.discussion)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, html, sql }

  @OptionGroup var rules: RuleOptions
  @Option(
    help: ArgumentHelp(
      id: "table, json, html, atau sql: fungsi freeze_audit.would_be bagi formulir SIMPEG.",
      en: "table, json, html, or sql: the function freeze_audit.would_be for the forms of a SIMPEG."))
  var format: Format = .table
  @OptionGroup var destination: OutputOption
  var outputPath: String? { destination.path }

  func validate() throws {
    if format == .sql, rules.knownOn != nil || !rules.determination.isEmpty {
      throw ValidationError(
        id: "--format sql menulis semua yang pernah diketahui: tanggalkan --known-on dan --determination.",
        en: "--format sql writes all that was ever known: leave out --known-on and --determination.")
    }
  }

  func run() throws {
    let loaded = try rules.load()
    let output = try Output(path: outputPath)
    if format == .sql {
      try output.write(WouldBeScript(loaded.table, region: loaded.region, hash: RuleSet.hash).text)
      return try output.finish()
    }
    var windows = loaded.region == nil ? loaded.table.windows : loaded.table.windows(in: loaded.region)
    if !rules.election.isEmpty { windows = windows.filter { rules.election.contains($0.election) } }
    // Without a region: those that share their days are one.
    if loaded.region == nil {
      windows = windows.reduce(into: []) { shown, window in
        if !shown.contains(where: { $0.isSame(as: window) }) { shown.append(window) }
      }
    }
    switch format {
    case .sql: break
    case .json: try output.write(JSON.array(windows.map(\.json)).text + "\n")
    case .html: try output.write(page(windows, loaded))
    case .table: for window in windows { try output.write(WindowText.describe(window, rules.lang) + "\n") }
    }
    try output.finish()
  }

  private func page(_ windows: [Window], _ loaded: LoadedRules) -> String {
    let place =
      loaded.region.flatMap { RegionRegistry.shipped.region(code: $0)?.label }.map { ": " + $0 } ?? ""
    let title = Text("Masa larangan penggantian pejabat", "The freeze on replacing officials")
    return windows.html(
      rules.lang, title: title[rules.lang] + place,
      calendar: ReportText.basis(loaded.knownOn)[rules.lang] + ". " + loaded.table.calendarState(rules.lang))
  }
}

extension Window {
  /// The same rule, election and days, in other regions.
  fileprivate func isSame(as other: Window) -> Bool {
    rule == other.rule && election == other.election && version == other.version && anchor == other.anchor
      && firstDays == other.firstDays && lastDays == other.lastDays && reach == other.reach
  }
}
