import FreezeRules
import AuditBase

/// Writes records as the contract fixes them: keys in this order, null kept. A column more is a line more in here.
///
/// What many records share, such as a verdict of the same window on the same days, is written once (``SharedText``).
struct RecordWriter {
  private let language: Language
  private var json = JSONWriter()
  private var shared: SharedText

  init(_ language: Language) {
    self.language = language
    shared = SharedText(language)
  }

  /// The record; with `compared` at the end where two states of knowledge are compared, and `source` where there are several.
  mutating func write(_ record: ReportedRecord, end: UInt8? = nil) -> [UInt8] {
    json.beginObject()
    write(record.judgement)
    if let comparison = record.comparison { json.member("compared", comparison.json) }
    if let source = record.source { json.member("source", source) }
    if let since = record.since {
      json.member("since", since.change.rawValue)
      if !since.fields.isEmpty { json.members("since_changed", since.fields.lazy.map(\.rawValue)) }
    }
    if !record.answers.isEmpty { json.member("answers", .array(record.answers.map(\.json))) }
    json.endObject()
    if let end { json.add(raw: end) }
    return json.take()
  }

  /// What the contract names of every record.
  private mutating func write(_ judgement: Judgement) {
    let relevant = judgement.relevantPlaces
    json.member("action_id", judgement.action.actionID)
    json.member("region", judgement.action.regionCode)
    json.key("region_name")
    json.value(written: judgement.region.map { shared.region($0) } ?? Self.null)
    json.member("nip", judgement.action.nip)
    json.member("name", judgement.action.employeeName)
    json.member("recorded_kind", judgement.action.kind)
    json.member("derived_kind", judgement.derivedKind?.rawValue)
    json.member("outcome", judgement.outcome.rawValue)
    json.member("decree_no", judgement.action.decreeNo)
    json.member("decree_date", judgement.action.decreeDate)
    json.member("effective_date", judgement.action.effectiveDate)
    json.member("inaugurated_on", judgement.action.inauguratedOn)
    json.member("recorded_at", judgement.action.recordedAt)
    json.members("notes", judgement.notes.lazy.map(\.rawValue))
    json.key("verdicts")
    json.beginArray()
    var strongest: SharedText.Verdict?
    for place in relevant {
      let verdict = shared.verdict(judgement.verdicts[place])
      if strongest == nil { strongest = verdict }
      json.value(written: verdict.json)
    }
    json.endArray()
    json.member(
      "missing_facts", judgement.missing.isEmpty ? .array([]) : .array(judgement.missing.map(\.json)))
    json.key("summary")
    json.beginText()
    judgement.forEachPartOfSubject(language) { json.add($0) }
    json.add(": ")
    json.add(escaped: shared.sentence(judgement, relevant.first, strongest))
    json.endText()
    writePertek(of: judgement.action)
  }

  /// Behind the contract's keys, and only where the record has one.
  private mutating func writePertek(of action: PersonnelAction) {
    let date = action.pertekDate.display
    guard action.pertekNo != nil || date != nil else { return }
    json.member("pertek_no", action.pertekNo)
    json.member("pertek_date", date)
  }

  private static let null = Array("null".utf8)
}

extension Judgement {
  /// The record by itself, as a tree.
  package func json(_ language: Language) -> JSON {
    var writer = RecordWriter(language)
    return JSON(parsing: String(decoding: writer.write(ReportedRecord(self)), as: UTF8.self)) ?? .null
  }
}

extension JSONWriter {
  mutating func member(_ key: StaticString, _ text: String?) {
    self.key(key)
    value(text)
  }

  mutating func member(_ key: StaticString, _ json: JSON) {
    self.key(key)
    value(json)
  }

  mutating func members(_ key: StaticString, _ texts: some Sequence<String>) {
    self.key(key)
    beginArray()
    for text in texts { value(text) }
    endArray()
  }

  /// A date as it is displayed.
  mutating func member(_ key: StaticString, _ date: RecordedDate) {
    self.key(key)
    if let span = date.span, span.isExact { value(span.first) } else { value(date.display) }
  }

  /// `"YYYY-MM-DD"`.
  private mutating func value(_ day: CivilDate) {
    func digit(_ value: Int) { add(raw: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)) }
    beginText()
    for place in [1000, 100, 10, 1] { digit(day.year / place) }
    add(raw: UInt8(ascii: "-"))
    for place in [10, 1] { digit(day.month / place) }
    add(raw: UInt8(ascii: "-"))
    for place in [10, 1] { digit(day.day / place) }
    endText()
  }
}

extension RecordedDate {
  /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; where there is no date, the text as found.
  package var display: String? {
    switch self {
    case .known(let span, _): span.description
    case .absent(let original): original
    case .unreadable(let original): original
    }
  }
}

extension Verdict {
  /// One verdict as the contract fixes it.
  var json: JSON {
    .object([
      "rule": .string(window.rule),
      "election": .string(window.election),
      "outcome": .string(outcome.rawValue),
      "inside_dates": .texts(insideDates.map(\.rawValue)),
      "boundary_day": .bool(isBoundaryDay),
      "depends_on": .texts(dependsOn.map(\.rawValue)),
      "opens": .string(window.earliest.description),
      "closes": .text(window.closes?.description),
      "determination": .text(window.determination?.description),
      "instrument": .string(window.anchor.instrument),
      "approval": approval?.json ?? .null,
      "days_to_determination": daysToDetermination.map { .integer($0) } ?? .null,
      "citations": .texts(citations),
    ])
  }
}

extension ApprovalFinding {
  /// `{standing, basis, letter_no, letter_date}`, or null where nothing was found or cited.
  var json: JSON {
    guard standing != .none else { return .null }
    return .object([
      "standing": .string(standing.rawValue), "basis": .string(basis.rawValue), "letter_no": .text(letterNo),
      "letter_date": .text(letterDate?.description),
    ])
  }
}

extension Window {
  /// One window as the contract fixes it, for `windows --format json`.
  package var json: JSON {
    .object([
      "rule": .string(rule),
      "election": .string(election),
      "determination": .text(determination?.description),
      "instrument": .string(anchor.instrument),
      "known_from": .string(anchor.knownFrom.description),
      "opens": .string(earliest.description),
      "closes": .text(closes?.description),
      "earliest": .string(earliest.description),
      "latest": .string(latest.description),
      "readings": .object(Reading.allCases.map { JSON.Pair($0.name, .string(firstDay($0).description)) }),
      "closed_axes": .array(
        closedAxes.map {
          .object([
            "axis": .string($0.axis.rawValue), "value": .string($0.value), "citation": .string($0.citation),
            "known_from": .string($0.knownFrom.description),
          ])
        }),
      "last_days": .object(
        Reading.allCases.map { JSON.Pair($0.name, closes == nil ? .null : .string(lastDay($0).description)) }),
      "anchor": .object([
        "event": .string(anchorKind.rawValue), "earliest": .text(anchor.value.earliest?.description),
        "latest": .text(anchor.value.latest?.description),
      ]),
      "missing_facts": .array(uncertain.map(\.json)),
    ])
  }
}
