import Crypto
import Foundation
import FreezeRules
import OrderedJSON

/// The canonical bytes of an event: what is hashed, and what everything else is read from.
public enum EventBody {
  /// Stands first in every body; a change of format changes it.
  public static let version = 1

  /// What every event of one append shares.
  public struct Context: Sendable {
    /// Name of the source.
    public var source: String
    /// SHA-256 of the rules.
    public var rulebookHash: String
    /// SHA-256 of the calendar.
    public var calendarHash: String
    /// Version of the program.
    public var program: String
    /// The day whose knowledge judged.
    public var knownOn: CivilDate
    /// When and what the pass read, as the source's server says.
    public var snapshot: String

    /// A context of these parts.
    public init(
      source: String, rulebookHash: String, calendarHash: String, program: String, knownOn: CivilDate,
      snapshot: String
    ) {
      self.source = source
      self.rulebookHash = rulebookHash
      self.calendarHash = calendarHash
      self.program = program
      self.knownOn = knownOn
      self.snapshot = snapshot
    }
  }

  /// The body of a draft.
  /// - Parameters:
  ///   - previous: the body of the event that last said what the alert is; its facts go into events without a finding.
  ///   - message: the text for people.
  static func encode(
    _ draft: EventDraft, seq: Int64, recordedAt: String, epoch: Int64, _ context: Context, previous: String?,
    message: String
  ) -> String {
    let finding = draft.finding
    let state = draft.previous
    let old = previous.flatMap(Parsed.init)
    let judgement = finding?.judgement ?? draft.judgement
    let verdict =
      finding?.verdict
      ?? draft.judgement?.verdicts.first {
        $0.window.rule == state?.rule && $0.window.election == state?.election
      }
    let pairs: KeyValuePairs<String, JSON> = [
      "v": .integer(version), "seq": .integer(Int(seq)), "recorded_at": .string(recordedAt),
      "event": .string(draft.kind.rawValue), "epoch": .integer(Int(epoch)),
      "digest": .string(draft.qualityDigest ?? finding?.digest ?? state?.digest ?? ""),
      "facts_digest": .string(finding?.factsDigest ?? state?.factsDigest ?? ""),
      "rulebook": .string(context.rulebookHash), "calendar": .string(context.calendarHash),
      "program": .string(context.program), "known_on": .string(context.knownOn.description),
      "snapshot": .string(context.snapshot), "reason": .string(draft.reason),
      "alert_id": .text(draft.alertID?.description), "source": .string(context.source),
      "action_id": .text(finding?.judgement.action.actionID ?? state?.actionID),
      "rule": .text(finding?.verdict.window.rule ?? state?.rule),
      "election": .text(finding?.verdict.window.election ?? state?.election),
      "outcome": .text(verdict?.outcome.rawValue ?? state?.outcome),
      "schedule": .text(verdict?.window.schedule ?? state?.schedule),
      "acknowledgement": draft.acknowledgement?.json ?? .null,
      "facts": judgement?.action.facts() ?? old?.json("facts") ?? .null,
      "verdict": verdict?.recorded ?? old?.json("verdict") ?? .null,
      "notes": judgement.map { .texts($0.notes.map(\.rawValue)) } ?? old?.json("notes") ?? .null,
      "message": .string(message),
    ]
    return JSON.object(pairs).text
  }

  /// Says in the reason of a changed record which fields changed; of personal fields only that they did.
  static func withChangedFields(_ draft: EventDraft, previous: Parsed?) -> EventDraft {
    guard draft.reason.hasPrefix("record changed"), let previous,
      case .object(let facts)? = (draft.finding?.judgement ?? draft.judgement)?.action.facts(
        withStamps: false)
    else { return draft }
    var changes: [String] = []
    for pair in facts {
      let new: String? = if case .string(let text) = pair.value { text } else { nil }
      let old = previous.text("facts", pair.key)
      guard new != old else { continue }
      let isPersonal = ["nip", "employee_name"].contains(pair.key)
      changes.append(isPersonal ? pair.key : "\(pair.key) \(old ?? "-") -> \(new ?? "-")")
    }
    guard !changes.isEmpty else { return draft }
    var draft = draft
    draft.reason += ": " + changes.joined(separator: ", ")
    return draft
  }

  /// A body read back.
  public struct Parsed {
    private let object: [String: Any]

    /// `nil` when it is not one JSON object.
    public init?(_ body: String) {
      // A body that cannot be read is for the verifier to report, not for the fold to stumble over.
      guard let value = try? JSONSerialization.jsonObject(with: Data(body.utf8)),
        let object = value as? [String: Any]
      else { return nil }
      self.object = object
    }

    /// A text at this path, such as `facts`, `decree_no`.
    public func text(_ path: String...) -> String? {
      var value: Any? = object
      for key in path { value = (value as? [String: Any])?[key] }
      if let text = value as? String { return text }
      return (value as? NSNumber).map { $0.stringValue }
    }

    /// The texts of an array at this path.
    public func texts(_ path: String...) -> [String] {
      var value: Any? = object
      for key in path { value = (value as? [String: Any])?[key] }
      return (value as? [Any])?.compactMap { $0 as? String } ?? []
    }

    /// A value kept for copying into a later event. Keys of known objects keep their canonical order.
    func json(_ key: String) -> JSON? {
      object[key].map { Self.json($0, order: key == "facts" ? Self.factsOrder : Self.verdictOrder) }
    }

    private static let factsOrder = PersonnelAction(actionID: "", kind: "").facts().keys
    private static let verdictOrder = [
      "outcome", "inside_dates", "boundary_day", "depends_on", "opens", "closes", "determination",
      "instrument", "approval",
      "citations",
    ]

    private static func json(_ value: Any, order: [String]) -> JSON {
      switch value {
      case let text as String: return .string(text)
      case let list as [Any]: return .array(list.map { json($0, order: order) })
      case let object as [String: Any]:
        let keys = order.filter { object[$0] != nil } + object.keys.filter { !order.contains($0) }.sorted()
        return .object(keys.compactMap { key in object[key].map { JSON.Pair(key, json($0, order: order)) } })
      case let number as NSNumber:
        return CFBoolean.isBoolean(number) ? .bool(number.boolValue) : .integer(number.intValue)
      default: return .null
      }
    }
  }

  /// SHA-256 over the hash before and the body.
  public static func hash(previous: [UInt8], body: String) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(data: previous)
    hasher.update(data: Array(body.utf8))
    return Array(hasher.finalize())
  }

  /// The hash before the first event.
  public static let genesis = [UInt8](repeating: 0, count: 32)
}

/// JSON numbers and booleans are told apart by their Objective-C type code.
private enum CFBoolean {
  static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}

extension JSON {
  /// Keys of an object in order.
  fileprivate var keys: [String] {
    if case .object(let pairs) = self { pairs.map(\.key) } else { [] }
  }
}

extension StoredEvent {
  /// An event from its body.
  public init?(body: String) {
    guard let parsed = EventBody.Parsed(body), let seq = parsed.text("seq").flatMap(Int64.init),
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
    if let until = parsed.text("acknowledgement", "until").flatMap({ CivilDate(iso: $0) }) {
      acknowledgement = Acknowledgement(
        author: parsed.text("acknowledgement", "author") ?? "",
        reason: parsed.text("acknowledgement", "reason") ?? "",
        legalBasis: parsed.text("acknowledgement", "legal_basis") ?? "", until: until)
    }
  }
}
