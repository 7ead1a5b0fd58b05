import ArgumentParser
import AuditReports
import AuditService
import Foundation
import FreezeRules
import Glibc
import HRRecords

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judges every record of a database or a CSV, once.",
    discussion: """
      Exit status: 0 nothing found, 1 findings, 3 a part could not be evaluated, 64 usage, 69 source unreachable, \
      77 not permitted, 78 configuration.
      """)

  enum Show: String, ExpressibleByArgument, CaseIterable { case findings, all }

  @OptionGroup var source: SourceOptions
  @Option(help: "Read only what may be inside a window, or all (window, all).") var scan: Scan = .all
  @Option(help: "What is shown (findings, all).") var show: Show = .findings
  @Option(help: "table, json, ndjson, csv or html.") var format: ReportFormat = .table
  @Option(help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file")) var output:
    String?

  func run() throws {
    let loaded = try source.rules.load()
    loaded.sayUndetermined()
    let records = try source.open(loaded)
    let output = try Output(path: self.output)
    let isTerminal = self.output == nil && isatty(STDOUT_FILENO) == 1
    let environment = ProcessInfo.processInfo.environment
    let header = ReportHeader(
      knownOn: loaded.knownOn, source: records.description, language: source.rules.lang,
      personalData: source.mask ? .masked : .full, table: loaded.table, programVersion: FreezeAuditor.version,
      width: isTerminal ? Terminal.width : 100, isColoured: isTerminal && environment["NO_COLOR"] == nil)
    var writer = format.writer(header) { try output.write($0) }
    let counts = try records.judge(scan) { judgement in
      if show == .all || judgement.outcome.level != .silent { try writer.add(judgement) }
    }
    // A record that cannot be judged is a part that was not evaluated; an empty source was not evaluated at all.
    let isComplete = counts[.unjudgeable] == 0 && counts.read > 0
    try writer.finish(counts, isComplete: isComplete)
    try output.finish()
    if counts.read == 0 {
      Talk.error(
        Bilingual(
          id: "\(records.description): tidak ada satu catatan pun; periksa berkas atau view itu",
          en: "\(records.description): not a single record; check the file or view"))
    }
    let status: ExitStatus =
      !isComplete ? .notEvaluated : counts.alerts + counts[.reversal] > 0 ? .findings : .nothingFound
    throw status.code
  }
}

/// The terminal on standard output.
enum Terminal {
  /// Columns, 80 where the terminal does not say.
  static var width: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
  }
}
