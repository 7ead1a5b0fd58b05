import FreezeRules
import AuditBase

extension Judgement {
  /// One record as the contract fixes it: keys in this order, null kept.
  package func json(_ language: Language) -> JSON {
    let contract: KeyValuePairs<String, JSON> = [
      "action_id": .string(action.actionID),
      "region": .text(action.regionCode),
      "region_name": .text(region?.label),
      "nip": .text(action.nip),
      "name": .text(action.employeeName),
      "recorded_kind": .string(action.kind),
      "derived_kind": .text(derivedKind?.rawValue),
      "outcome": .string(outcome.rawValue),
      "decree_no": .text(action.decreeNo),
      "decree_date": .text(action.decreeDate.display),
      "effective_date": .text(action.effectiveDate.display),
      "inaugurated_on": .text(action.inauguratedOn.display),
      "recorded_at": .text(action.recordedAt),
      "notes": .texts(notes.map(\.rawValue)),
      "verdicts": .array(relevantVerdicts.map(\.json)),
      "missing_facts": .array(missing.map(\.json)),
      "summary": .string(summary(language)),
    ]
    return .object(contract.map { JSON.Pair($0.key, $0.value) } + pertek)
  }

  /// Behind the contract's keys, and only where the record has one.
  private var pertek: [JSON.Pair] {
    guard action.pertekNo != nil || action.pertekDate.display != nil else { return [] }
    return [
      JSON.Pair("pertek_no", .text(action.pertekNo)),
      JSON.Pair("pertek_date", .text(action.pertekDate.display)),
    ]
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
  package var json: JSON {
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
