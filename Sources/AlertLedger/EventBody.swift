import AuditBase
import Crypto
import FreezeRules

/// The canonical bytes of an event: what is hashed, and what everything else is read from.
package enum EventBody {
  /// Stands first in every body; a change of format changes it.
  package static let version = 1

  /// What every event of one append shares.
  package struct Context: Sendable {
    /// Name of the source.
    package var source: String
    /// SHA-256 of the rules.
    package var rulebookHash: String
    /// SHA-256 of the calendar.
    package var calendarHash: String
    /// Version of the program.
    package var program: String
    /// The day whose knowledge judged.
    package var knownOn: CivilDate
    /// When and what the pass read, as the source's server says.
    package var snapshot: String
    /// The approvals that judged, `nil` without such a source: the lines about a person go into the event.
    package var approvals: Approvals?
    /// How much of a person the message shows, `masked` or `full`.
    package var personalData: String?

    /// A context of these parts.
    package init(
      source: String, rulebookHash: String, calendarHash: String, program: String, knownOn: CivilDate,
      snapshot: String, approvals: Approvals? = nil
    ) {
      self.source = source
      self.rulebookHash = rulebookHash
      self.calendarHash = calendarHash
      self.program = program
      self.knownOn = knownOn
      self.snapshot = snapshot
      self.approvals = approvals
    }
  }

  /// What the ledger's columns and the fold keep of a draft.
  static func event(_ draft: EventDraft, seq: Int64) -> StoredEvent {
    let finding = draft.finding
    let state = draft.previous
    let verdict = draft.verdict
    var event = StoredEvent(seq: seq, kind: draft.kind, reason: draft.reason.text, alertID: draft.alertID)
    event.actionID = finding?.judgement.action.actionID ?? state?.actionID ?? ""
    event.rule = finding?.verdict.window.rule ?? state?.rule ?? ""
    event.election = finding?.verdict.window.election ?? state?.election ?? ""
    event.outcome = verdict?.outcome.rawValue ?? state?.outcome ?? ""
    event.digest = draft.qualityDigest ?? finding?.digest ?? state?.digest ?? ""
    event.factsDigest = finding?.factsDigest ?? state?.factsDigest ?? ""
    event.schedule = verdict?.window.schedule ?? state?.schedule ?? ""
    event.acknowledgement = draft.acknowledgement
    event.answer = draft.answer
    event.acceptance = draft.acceptance
    return event
  }

  /// The body of a draft.
  /// - Parameters:
  ///   - event: what ``event(_:seq:)`` made of it.
  ///   - old: the body of the event that last said what the alert is; its facts go into events without a finding.
  ///   - message: the text for people.
  static func encode(
    _ draft: EventDraft, _ event: StoredEvent, recordedAt: String, epoch: Int64, _ context: Context,
    previous old: Parsed?, message: String
  ) -> String {
    func known(_ text: String) -> JSON { text.isEmpty ? .null : .string(text) }
    let judgement = draft.finding?.judgement ?? draft.judgement
    let pairs: KeyValuePairs<String, JSON> = [
      "v": .integer(version), "seq": .integer(Int(event.seq)), "recorded_at": .string(recordedAt),
      "event": .string(event.kind.rawValue), "epoch": .integer(Int(epoch)), "digest": .string(event.digest),
      "facts_digest": .string(event.factsDigest), "rulebook": .string(context.rulebookHash),
      "calendar": .string(context.calendarHash), "program": .string(context.program),
      "known_on": .string(context.knownOn.description), "snapshot": .string(context.snapshot),
      "reason": .string(event.reason), "alert_id": .text(event.alertID?.description),
      "source": .string(context.source), "action_id": known(event.actionID), "rule": known(event.rule),
      "election": known(event.election), "outcome": known(event.outcome), "schedule": known(event.schedule),
      "acknowledgement": draft.acknowledgement?.json ?? .null,
      "facts": judgement?.action.facts() ?? old?.json("facts") ?? .null,
      "annex": judgement.map { annex(context.approvals, $0.action) } ?? old?.json("annex") ?? .null,
      "verdict": draft.verdict?.recorded ?? old?.json("verdict") ?? .null,
      "notes": judgement.map { .texts($0.notes.map(\.rawValue)) } ?? old?.json("notes") ?? .null,
      "message": .string(message),
    ]
    let acceptance =
      (draft.acceptance.map { [JSON.Pair("acceptance", $0.json)] } ?? [])
      + (draft.setAside.map { [JSON.Pair("set_aside", $0.json)] } ?? [])
    // Any database can keep it, whatever its encoding, and gives the same bytes back.
    let answer = draft.answer.map { [JSON.Pair("answer", $0.json)] } ?? []
    let still = draft.stillInside.isEmpty ? [] : [JSON.Pair("still_inside", .texts(draft.stillInside))]
    let seal = draft.seal.map { [JSON.Pair("seal", $0.json)] } ?? []
    // What the alert said before, where it says something else now: the event tells it without its predecessor.
    let before = draft.verdict.map { Self.before(event, $0, old) } ?? []
    // A message of masked fields is never masked again.
    let shows = context.personalData.map { [JSON.Pair("personal_data", .string($0))] } ?? []
    let more = acceptance + answer + still + seal + before + shows
    return JSON.object(pairs.map { JSON.Pair($0.key, $0.value) } + more).text.asciiEscaped
  }

  /// The verdict before, without its letter, which may name a person of whom the event holds nothing else.
  private static func before(_ event: StoredEvent, _ verdict: Verdict, _ old: Parsed?) -> [JSON.Pair] {
    guard event.kind != .raised, let old, let before = old.json("verdict"), before != verdict.recorded else {
      return []
    }
    return [
      JSON.Pair(
        "before",
        .object([
          "verdict": before.replacing("approval") { _ in .null }, "notes": old.json("notes") ?? .null,
        ]))
    ]
  }

  /// The lines of the approvals about the person of an act: with the facts, everything that judging it again needs.
  /// Null where there is no approvals source and the record's own approval counted.
  private static func annex(_ approvals: Approvals?, _ action: PersonnelAction) -> JSON {
    guard let approvals else { return .null }
    return .array(
      approvals.lines(about: action).map { line in
        .object([
          "letter_no": .string(line.letterNo), "letter_date": .text(line.letterDate.original),
          "nip": .text(line.nip), "post_to": .text(line.postTo), "region_code": .text(line.regionCode),
        ])
      })
  }

  /// Says in the reason of a changed record which fields changed; of personal fields only that they did.
  static func withChangedFields(_ draft: EventDraft, previous: Parsed?) -> EventDraft {
    guard case .recordChanged(let now, _) = draft.reason, let previous,
      let action = (draft.finding?.judgement ?? draft.judgement)?.action
    else { return draft }
    var draft = draft
    draft.reason = .recordChanged(
      now: now,
      fields: PersonnelAction.Field.judged.compactMap { field in
        let (old, new) = (previous.text("facts", field.rawValue), action.text(field))
        return old == new ? nil : EventReason.FieldChange(field: field, old: old, new: new)
      })
    return draft
  }

  /// A body read back.
  package struct Parsed: Sendable {
    /// The whole body, keys in their order.
    package let json: JSON

    /// `nil` when it is not one JSON object.
    package init?(_ body: String) {
      // A body that cannot be read is for the verifier to report, not for the fold to stumble over.
      guard let json = JSON(parsing: body), json.pairs != nil else { return nil }
      self.json = json
    }

    /// A body made of another one, for showing.
    package init(_ json: JSON) { self.json = json }

    private func value(_ path: [String]) -> JSON? { path.reduce(Optional(json)) { $0?[$1] } }

    /// A text or whole number at this path, such as `facts`, `decree_no`.
    package func text(_ path: String...) -> String? {
      let value = value(path)
      return value?.string ?? value?.integer.map { String($0) }
    }

    /// The texts of an array at this path.
    package func texts(_ path: String...) -> [String] { value(path)?.array?.compactMap(\.string) ?? [] }

    /// A value kept for copying into a later event.
    func json(_ key: String) -> JSON? { json[key] }
  }

  /// SHA-256 over the hash before and the body.
  package static func hash(previous: [UInt8], body: String) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(data: previous)
    hasher.update(data: Array(body.utf8))
    return Array(hasher.finalize())
  }

  /// The hash before the first event.
  package static let genesis = [UInt8](repeating: 0, count: 32)
}

extension StoredEvent {
  /// An event from its body.
  package init?(body: String) {
    guard let parsed = EventBody.Parsed(body) else { return nil }
    self.init(parsed)
  }

  /// An event from its body as read.
  package init?(_ parsed: EventBody.Parsed) {
    guard let seq = parsed.text("seq").flatMap(Int64.init),
      let kind = parsed.text("event").flatMap(EventKind.init)
    else { return nil }
    self.init(
      seq: seq, kind: kind, reason: parsed.text("reason") ?? "",
      alertID: parsed.text("alert_id").map(AlertID.init(stored:)))
    actionID = parsed.text("action_id") ?? ""
    rule = parsed.text("rule") ?? ""
    election = parsed.text("election") ?? ""
    outcome = parsed.text("outcome") ?? ""
    digest = parsed.text("digest") ?? ""
    factsDigest = parsed.text("facts_digest") ?? ""
    schedule = parsed.text("schedule") ?? ""
    answer = Answer(parsed)
    acceptance = Acceptance(parsed)
    if let until = parsed.text("acknowledgement", "until").flatMap({ CivilDate(iso: $0) }) {
      acknowledgement = Acknowledgement(
        author: parsed.text("acknowledgement", "author") ?? "",
        reason: parsed.text("acknowledgement", "reason") ?? "",
        legalBasis: parsed.text("acknowledgement", "legal_basis") ?? "", until: until,
        state: parsed.text("acknowledgement", "state").flatMap(AnswerState.init(rawValue:)))
    }
  }
}
