import AlertLedger
import AuditBase
import AuditReports
import FreezeRules
import HRRecords

/// What an audit adds to the records beyond their verdicts: answers of the ledger, how each stands to an earlier report, and
/// the letters against the oaths.
final class AuditExtras {
  private let ahead: AnswersAhead
  private lazy var answers = ahead.get()
  private var earlier: EarlierFindings?
  private let personalData: PersonalData
  private let language: Language
  /// The source of a record that does not name its own.
  private let source: String
  private let letters: LetterCollector?
  private var comparison: SinceComparison?
  private var lettersFound: LetterReport?

  init(_ audit: Audit, _ loaded: LoadedRules, letters: LetterCollector?) throws {
    ahead = try AnswersAhead(audit, loaded.configuration)
    earlier = try audit.since?.load(loaded, ledger: audit.ledger, allSources: audit.allSources)
    personalData = audit.source.personalData
    language = audit.source.rules.lang
    source = loaded.configuration.sources[0].name
    self.letters = letters
  }

  /// Names what the report will hold, before its first record.
  func announce(in header: inout ReportHeader, _ format: ReportFormat) {
    header.comparesSince = earlier != nil
    header.plannedSections =
      (earlier == nil ? [] : [SinceComparison.title]) + (letters == nil ? [] : [LetterReport.title])
    if format == .xlsx { letters?.isExpected = true }
  }

  /// Adds to a record what is known of it.
  func complete(_ given: ReportedRecord) -> ReportedRecord {
    var record = given
    record.since = earlier?.take(record.judgement, source: record.source)
    guard record.judgement.outcome.level != .silent else { return record }
    record.answers = answers.of(record.judgement, source: record.source ?? source)
    if let own = record.source {
      // Each source has alerts of its own.
      record.alertIDs = AlertLedger.Finding.all(source: own, record.judgement).map(\.alertID.description)
    }
    return record
  }

  /// Whether a record is worth a place in a report for reading: beside an earlier report only what is not as it was.
  func isNews(_ record: ReportedRecord, _ format: ReportFormat) -> Bool {
    format != .table || record.since?.change != .same
  }

  /// Holds the records against the earlier state, once all of them were read.
  /// - Parameters:
  ///   - isWhole: all that the sources hold was read.
  ///   - unread: the sources that could not be.
  /// - Returns: whether everything could be compared.
  func compare(isWhole: Bool, unread: Set<String>) -> Bool {
    comparison = earlier?.comparison(isWhole: isWhole, unread: unread)
    return comparison?.isWhole ?? true
  }

  /// Fills the sections in, once every record was read.
  func finish(_ header: inout ReportHeader, isWhole: Bool) {
    // Also where no record asked for them: why there are none is said.
    _ = answers
    if let comparison {
      header.sections.append(comparison.section(language, personalData))
      header.supplement += comparison.json(personalData)
    }
    lettersFound = letters?.report(isWhole: isWhole)
    if let report = lettersFound {
      header.sections.append(report.section(language, personalData))
      header.supplement += report.json(personalData)
    }
  }

  /// Whether something is new or changed, `nil` where nothing was compared.
  var hasNews: Bool? { comparison?.hasNews }

  /// Whether somebody took an oath that no letter covers.
  var hasStrangers: Bool { lettersFound?.needsClarification ?? false }

  /// Whether every line of the annexes could be looked for.
  var isAnswered: Bool { lettersFound?.isAnswered ?? true }
}
