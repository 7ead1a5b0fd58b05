import ArgumentParser
import AuditReports
import FreezeRules
import AuditBase

struct Windows: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "windows",
    abstract: Talk.help(
      id: "Menampilkan setiap masa larangan dengan delapan cara hitungnya dan dari mana asalnya.",
      en: "Shows every frozen window with its eight readings and where they come from."),
    discussion: Examples.windows.discussion)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, html }

  @OptionGroup var rules: RuleOptions
  @Option(help: ArgumentHelp(id: "table, json atau html.", en: "table, json or html.")) var format: Format =
    .table

  func run() throws {
    let loaded = try rules.load()
    var windows = loaded.region == nil ? loaded.table.windows : loaded.table.windows(in: loaded.region)
    if !rules.election.isEmpty { windows = windows.filter { rules.election.contains($0.election) } }
    // Without a region: those that share their days are one.
    if loaded.region == nil {
      windows = windows.reduce(into: []) { shown, window in
        if !shown.contains(where: { $0.isSame(as: window) }) { shown.append(window) }
      }
    }
    let output = try Output(path: nil)
    switch format {
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
