import AuditBase
import ArgumentParser
import AuditReports
import AuditService
import FreezeRules
import HRRecords

/// `FROM..TO`, both days included; without the second, up to today.
struct ReplayOption: ExpressibleByArgument {
  let first: CivilDate
  /// `nil`: today.
  let last: CivilDate?

  init?(argument: String) {
    guard let dots = argument.firstRange(of: ".."),
      let first = CivilDate(argument: String(argument[..<dots.lowerBound]))
    else { return nil }
    let rest = String(argument[dots.upperBound...])
    let last = CivilDate(argument: rest)
    guard last != nil || rest.isEmpty else { return nil }
    (self.first, self.last) = (first, last)
  }

  /// The days, none of them to come: nobody knows what will be known then.
  func range(today: CivilDate) throws(Failure) -> ClosedRange<CivilDate> {
    let last = last ?? today
    guard last <= today else {
      throw Failure(
        .usage, "--replay: \(last) belum tiba; hari ini \(today)",
        "--replay: \(last) is to come; today is \(today)")
    }
    guard first <= last else {
      throw Failure(
        .usage, "--replay: hari pertama (\(first)) sesudah hari terakhir (\(last)); tulis AWAL..AKHIR",
        "--replay: the first day (\(first)) is after the last (\(last)); write FROM..TO")
    }
    return first...last
  }
}

extension Audit {
  /// What does not go together with a replay.
  func validateReplay() throws {
    guard replay != nil else { return }
    if since != nil || compareKnownOn != nil || letters || allSources || source.rules.knownOn != nil
      || show == .all
    {
      throw ValidationError(
        id:
          "--replay menilai satu sumber berdasarkan jadwal dan ketentuan per hari itu: tanggalkan --known-on, --compare-known-on, --since, --letters, --show all dan --all-sources (pilih sumber dengan --source).",
        en:
          "--replay judges one source by each day's knowledge: leave out --known-on, --compare-known-on, --since, --letters, --show all and --all-sources (choose a source with --source)."
      )
    }
  }

  /// Judges day by day what would have been told, and when.
  func runReplay(_ option: ReplayOption) throws {
    var options = source
    options.rules.knownOn = option.last
    // What is assumed is known from the first day on.
    let loaded = try options.load(comparedKnownOn: option.first)
    let range = try option.range(today: Today.date(in: loaded.zone))
    let replay = Replay(loaded.table, over: range)
    var records = try options.scan(loaded)
    (records.scan, records.workers, records.others) = (scan, workers, replay.states)
    try refuseTerminal()
    try records.open()
    var tally = ReplayTally(replay, source.personalData)
    var approvals: Approvals?
    records.onApprovals = { approvals = $0 }
    let output = try Output(path: outputPath)
    let bar = ProgressBar()
    output.beforeWriting = bar.clear
    let counts: Counts
    do {
      defer { bar.clear() }
      counts = try records.run(progress: bar.watch) { tally.take($0.judgement, approvals) }
    } catch {
      output.discard()
      throw error
    }
    tally.sort()
    let remarks = records.remarks
    let isEmpty = counts.read == 0 && source.table != nil
    let isComplete =
      tally.undated == 0 && tally.unjudged == 0 && !isEmpty && remarks.isConclusive && remarks.isWhole
    let report = ReplayReport(
      tally, try header(loaded, records), over: range, counts, isComplete: isComplete)
    try report.write(format) { try output.write($0) }
    try output.finish()
    // A format for programs has no place for a sentence: it is said beside it.
    if format == .csv || format == .ndjson { for sentence in report.summary { Talk.say(sentence) } }
    if isEmpty { sayEmpty(records) }
    let status: ExitStatus =
      !isComplete ? .notEvaluated : tally.alerted > 0 ? .findings : .nothingFound
    throw status.code
  }
}
