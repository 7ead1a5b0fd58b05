import AuditBase
import AuditReports
import AuditService
import FreezeRules
import HRRecords

/// One audit over every source of the configuration: one report, and a line a source. A source that cannot be read is not
/// evaluated; the rest is judged all the same.
struct AllSources {
  let loaded: LoadedRules
  let approvals: String?
  let scan: Scan
  let everything: Bool
  let workers: Int
  var letters: LetterCollector?

  /// Judges every source; they are told in the order of the configuration, and read several at once, as many as the budget
  /// of sessions (`poll.connections`) allows.
  func judge(
    progress: ((Progress) -> Void)?, each: (ReportedRecord) throws -> Void
  ) throws -> (lines: [SourceLine], problems: [SourceError]) {
    // Letters are held against the sources one after the other.
    if letters != nil { return try judgeInTurn(progress: progress, each: each) }
    var lines: [SourceLine] = []
    var problems: [SourceError] = []
    var tables: [[String]: (WindowTable, WindowTable?)] = [:]
    let sources = loaded.configuration.sources.map { source in
      // Windows take some milliseconds to lay out, and are the same for most sources.
      let rules = loaded.narrowed(to: source, laidOut: tables[source.elections])
      tables[source.elections] = (rules.table, rules.compared)
      return (settings: source, rules: rules)
    }
    let places = max(1, loaded.configuration.maximumConnections / workers)
    var ahead: [RangeScan] = []
    defer { for scan in ahead { scan.cancel() } }
    var begun = 0
    var read = 0
    for (index, source) in sources.enumerated() {
      while begun < min(sources.count, index + places) {
        ahead.append(begin(sources[begun].settings, sources[begun].rules))
        begun += 1
      }
      var counts = Counts()
      var problem: SourceError?
      do {
        let rest = try ahead[0].each { judged in
          counts.add(judged.judgement.outcome)
          read += 1
          if read & 0xFF == 0 { progress?(Progress(records: read, fraction: nil)) }
          let record = source.rules.reported(judged)
          try each(
            ReportedRecord(record.judgement, comparison: record.comparison, source: source.settings.name))
        }
        for (outcome, number) in rest { counts.add(outcome, number) }
      } catch let error as SourceError {
        // What was read before it broke off stands in the report already, and is counted.
        problem = error
        problems.append(error)
      }
      ahead.removeFirst()
      lines.append(
        SourceLine(
          name: source.settings.name, region: source.settings.region, counts: counts,
          problem: problem?.message))
    }
    return (lines, problems)
  }

  private func judgeInTurn(
    progress: ((Progress) -> Void)?, each: (ReportedRecord) throws -> Void
  ) throws -> (lines: [SourceLine], problems: [SourceError]) {
    var lines: [SourceLine] = []
    var problems: [SourceError] = []
    for source in loaded.configuration.sources {
      var counts = Counts()
      var problem: SourceError?
      do {
        var reading = try reading(source, loaded.narrowed(to: source))
        reading.letters = letters
        counts = try reading.run(progress: progress) { record in
          counts.add(record.judgement.outcome)
          try each(ReportedRecord(record.judgement, comparison: record.comparison, source: source.name))
        }
      } catch let error as SourceError {
        problem = error
        problems.append(error)
      }
      lines.append(
        SourceLine(name: source.name, region: source.region, counts: counts, problem: problem?.message))
    }
    return (lines, problems)
  }

  /// One of them, to be read.
  func reading(_ source: SourceSettings, _ rules: LoadedRules) throws -> AuditScan {
    let path = approvals ?? source.approvalsPath
    var reading = AuditScan(
      source: .view(rules.address(source.conninfo)),
      approvals: try path.map { try Approvals(file: TableFile($0)) }, approvalsPath: path, rules: rules)
    (reading.scan, reading.everything, reading.workers) = (scan, everything, workers)
    return reading
  }

  private func begin(_ source: SourceSettings, _ rules: LoadedRules) -> RangeScan {
    let path = approvals ?? source.approvalsPath
    let (scan, everything, workers) = (scan, everything, workers)
    return RangeScan { give in
      var reading = AuditScan(
        source: .view(rules.address(source.conninfo)),
        approvals: try path.map { try Approvals(file: TableFile($0)) }, approvalsPath: path, rules: rules)
      (reading.scan, reading.everything, reading.workers) = (scan, everything, workers)
      return try reading.judgeView(each: give)
    }
  }
}

extension LoadedRules {
  /// The same rules for one source: its region, zone and partial waves.
  /// - Parameters:
  ///   - given: the region a person asked for instead.
  ///   - tables: its windows, and those compared with them, where they are laid out already.
  func narrowed(
    to source: SourceSettings, region given: String? = nil, laidOut tables: (WindowTable, WindowTable?)? = nil
  ) -> LoadedRules {
    var configuration = configuration
    configuration.sources = [source]
    func windows(_ day: CivilDate) -> WindowTable {
      ruleSet.windows(declared: source.elections + declared, knownOn: day)
    }
    return LoadedRules(
      configuration: configuration, ruleSet: ruleSet, region: given ?? source.region,
      zone: given.flatMap(Zone.init(regionCode:)) ?? source.zone, knownOn: knownOn,
      table: tables?.0 ?? windows(knownOn), declared: declared,
      assumptions: assumptions,
      compared: tables.map(\.1) ?? compared.map { windows($0.knownOn) })
  }
}
