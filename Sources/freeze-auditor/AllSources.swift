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

  /// Judges every source in the order of the configuration.
  func judge(
    progress: ((Progress) -> Void)?, each: (ReportedRecord) throws -> Void
  ) throws -> (lines: [SourceLine], problems: [SourceError]) {
    var lines: [SourceLine] = []
    var problems: [SourceError] = []
    for source in loaded.configuration.sources {
      var partial = Counts()
      do {
        let path = approvals ?? source.approvalsPath
        let rules = loaded.narrowed(to: source)
        var scan = AuditScan(
          source: .view(rules.address(source.conninfo)),
          approvals: try path.map { try Approvals(file: TableFile($0)) },
          approvalsPath: path, rules: rules)
        (scan.scan, scan.everything, scan.workers) = (self.scan, everything, workers)
        scan.letters = letters
        let counts = try scan.run(progress: progress) { record in
          partial.add(record.judgement.outcome)
          try each(ReportedRecord(record.judgement, comparison: record.comparison, source: source.name))
        }
        lines.append(SourceLine(name: source.name, region: source.region, counts: counts, problem: nil))
      } catch let error as SourceError {
        // What was read before it broke off stands in the report already, and is counted.
        lines.append(
          SourceLine(name: source.name, region: source.region, counts: partial, problem: error.message))
        problems.append(error)
      }
    }
    return (lines, problems)
  }
}

extension LoadedRules {
  /// The same rules for one source: its region, zone and partial waves.
  /// - Parameter given: the region a person asked for instead.
  func narrowed(to source: SourceSettings, region given: String? = nil) -> LoadedRules {
    var configuration = configuration
    configuration.sources = [source]
    return LoadedRules(
      configuration: configuration, ruleSet: ruleSet, region: given ?? source.region,
      zone: given.flatMap(Zone.init(regionCode:)) ?? source.zone, knownOn: knownOn,
      table: ruleSet.windows(declared: source.elections + declared, knownOn: knownOn), declared: declared,
      assumptions: assumptions,
      compared: compared.map { ruleSet.windows(declared: source.elections + declared, knownOn: $0.knownOn) })
  }
}
