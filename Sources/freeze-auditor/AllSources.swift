import AuditReports
import AuditService
import FreezeRules
import HRRecords

/// One audit over every source of the configuration: one report, and a line a source. A source that cannot be read is not
/// evaluated; the rest is judged all the same.
struct AllSources {
  /// How one source came out.
  struct Line {
    let source: SourceSettings
    let counts: Counts
    /// Why it was not evaluated.
    let problem: (any ExplainedError)?
  }

  let loaded: LoadedRules
  let approvals: String?

  /// Judges every source in the order of the configuration.
  func judge(
    _ scan: Scan, everything: Bool, workers: Int, progress: ((Progress) -> Void)?,
    each: (Finding) throws -> Void
  ) throws -> [Line] {
    var lines: [Line] = []
    for source in loaded.configuration.sources {
      var partial = Counts()
      do {
        let path = approvals ?? source.approvalsPath
        let records = RecordSource(
          kind: .database(source.conninfo), approvals: try path.map { try Approvals(csv: $0) },
          approvalsPath: path,
          loaded: loaded.narrowed(to: source))
        let counts = try records.judge(scan, everything: everything, workers: workers, progress: progress) {
          (finding: Finding) in
          partial.add(finding.judgement.outcome)
          try each(finding)
        }
        lines.append(Line(source: source, counts: counts, problem: nil))
      } catch let error as SourceError {
        // What was read before it broke off stands in the report already, and is counted.
        lines.append(Line(source: source, counts: partial, problem: error))
      }
    }
    return lines
  }

  /// A line a source, then nothing.
  static func text(_ lines: [Line], _ language: Language) -> String {
    lines.map { line in
      let region = line.source.region.map { " (\($0))" } ?? ""
      if let problem = line.problem {
        return Bilingual(
          id: "\(line.source.name)\(region): TIDAK DINILAI: \(problem.message.indonesian)",
          en: "\(line.source.name)\(region): NOT EVALUATED: \(problem.message.english)")[language]
      }
      return Bilingual(
        id:
          "\(line.source.name)\(region): \(line.counts.read) catatan, \(line.counts.alerts) perlu klarifikasi, \(line.counts[.unjudgeable]) tidak dapat dinilai",
        en:
          "\(line.source.name)\(region): \(line.counts.read) records, \(line.counts.alerts) need clarification, \(line.counts[.unjudgeable]) cannot be judged"
      )[language]
    }.joined(separator: "\n")
  }
}

extension LoadedRules {
  /// The same rules for one source: its region, zone and partial waves.
  func narrowed(to source: SourceSettings) -> LoadedRules {
    var configuration = configuration
    configuration.sources = [source]
    return LoadedRules(
      configuration: configuration, ruleSet: ruleSet, region: source.region, zone: source.zone,
      knownOn: knownOn,
      table: ruleSet.windows(declared: source.elections + declared, knownOn: knownOn), declared: declared,
      assumptions: assumptions,
      compared: compared.map { ruleSet.windows(declared: source.elections + declared, knownOn: $0.knownOn) })
  }
}
