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
        .usage, "--replay: \(last) belum tiba; hari ini \(today.written(.indonesian))",
        "--replay: \(last) is to come; today is \(today.written(.english))")
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
    if since != nil || compareKnownOn != nil || letters || source.rules.knownOn != nil || show == .all {
      throw ValidationError(
        id:
          "--replay menilai berdasarkan jadwal dan ketentuan per hari itu: tanggalkan --known-on, --compare-known-on, --since, --letters dan --show all.",
        en:
          "--replay judges by each day's knowledge: leave out --known-on, --compare-known-on, --since, --letters and --show all."
      )
    }
  }

  /// What came of reading the records.
  private struct Replayed {
    var tally: ReplayTally
    var counts = Counts()
    /// Nothing in a source keeps it from being judged as a whole.
    var isWhole = true
    var lines: [SourceLine] = []
    var problems: [SourceError] = []

    var isComplete: Bool { tally.undated == 0 && tally.unjudged == 0 && isWhole && problems.isEmpty }
  }

  /// Judges day by day what would have been told, and when.
  func runReplay(_ option: ReplayOption) throws {
    var options = source
    options.rules.knownOn = option.last
    // What is assumed is known from the first day on.
    let loaded = try options.load(comparedKnownOn: option.first, allSources: allSources)
    let range = try option.range(today: Today.date(in: loaded.zone))
    var records = try options.scan(loaded, allSources: allSources)
    (records.scan, records.workers) = (scan, workers)
    try refuseTerminal()
    try records.open()
    let output = try Output(path: outputPath)
    let bar = ProgressBar()
    output.beforeWriting = bar.clear
    var replayed: Replayed
    do {
      defer { bar.clear() }
      replayed =
        try allSources ? replayAll(loaded, over: range, bar) : replayOne(&records, loaded, over: range, bar)
    } catch {
      output.discard()
      throw error
    }
    replayed.tally.sort()
    let isEmpty = replayed.counts.read == 0 && source.table != nil
    let isComplete = replayed.isComplete && !isEmpty
    let report = ReplayReport(
      replayed.tally, try header(loaded, records), over: range, replayed.counts, isComplete: isComplete,
      sources: replayed.lines)
    try report.write(format) { try output.write($0) }
    try output.finish()
    // A format for programs has no place for a sentence: it is said beside it.
    if format == .csv || format == .ndjson { for sentence in report.summary { Console.say(sentence) } }
    if isEmpty { sayEmpty(records) }
    let status: ExitStatus =
      !isComplete ? .notEvaluated : replayed.tally.alerted > 0 ? .findings : .nothingFound
    let problems = replayed.problems
    guard !problems.isEmpty, problems.count == replayed.lines.count else { throw status.code }
    throw (problems.map(\.exit).max { $0.precedence < $1.precedence } ?? status).code
  }

  private func replayOne(
    _ records: inout AuditScan, _ loaded: LoadedRules, over range: ClosedRange<CivilDate>,
    _ bar: ProgressBar
  ) throws -> Replayed {
    let replay = Replay(loaded.table, over: range)
    var replayed = Replayed(tally: ReplayTally(replay, source.personalData))
    records.others = replay.states
    var approvals: Approvals?
    records.onApprovals = { approvals = $0 }
    replayed.counts = try records.run(progress: bar.watch) { replayed.tally.take($0.judgement, approvals) }
    replayed.isWhole = records.remarks.isConclusive && records.remarks.isWhole
    return replayed
  }

  /// Every source of the configuration, one after the other, each by its own windows and annexes.
  private func replayAll(
    _ loaded: LoadedRules, over range: ClosedRange<CivilDate>, _ bar: ProgressBar
  ) throws -> Replayed {
    let all = AllSources(
      loaded: loaded, approvals: source.approvals, scan: scan, everything: false, workers: workers)
    var replayed = Replayed(tally: ReplayTally(Replay(loaded.table, over: range), source.personalData))
    for source in loaded.configuration.sources {
      let rules = loaded.narrowed(to: source)
      let replay = Replay(rules.table, over: range)
      replayed.tally.go(on: replay, source: source.name)
      var counts = Counts()
      var problem: SourceError?
      do {
        var reading = try all.reading(source, rules)
        reading.others = replay.states
        var approvals: Approvals?
        reading.onApprovals = { approvals = $0 }
        counts = try reading.run(progress: bar.watch) { record in
          counts.add(record.judgement.outcome)
          replayed.tally.take(record.judgement, approvals)
        }
        if !reading.remarks.isConclusive || !reading.remarks.isWhole { replayed.isWhole = false }
      } catch let error as SourceError {
        // What was read before it broke off is told, and counted.
        problem = error
        replayed.problems.append(error)
      }
      replayed.counts.add(counts)
      replayed.lines.append(
        SourceLine(name: source.name, region: source.region, counts: counts, problem: problem?.message))
    }
    return replayed
  }
}
