import FreezeRules
import Postgres

/// What a source holds under the ids and SK numbers that its records say they revoke.
struct RevokedActs {
  private struct Entry {
    let actionID: String
    let decree: String?
    let nip: String?
  }
  private var byText: [String: [Entry]] = [:]

  /// The texts looked for, as they are compared.
  let wanted: Set<String>

  init(_ actions: some Sequence<PersonnelAction>) {
    wanted = Set(actions.compactMap { $0.revokes.map(Self.key) })
  }

  init(wanted: Set<String>) { self.wanted = wanted }

  /// Ids and SK numbers are written with and without blanks, in either case.
  static func key(_ text: String) -> String { text.lowercased().filter { !$0.isWhitespace } }

  /// Takes in a record that may be one of those revoked.
  mutating func add(actionID: String?, decree: String?, nip: String?) {
    let decreeKey = decree.map(Self.key)
    let idKey = actionID.map(Self.key)
    let entry = Entry(actionID: idKey ?? "", decree: decreeKey, nip: nip)
    for key in Set([idKey, decreeKey].compactMap { $0 }) where wanted.contains(key) {
      byText[key, default: []].append(entry)
    }
  }

  /// What an act revokes: never itself, nor its own SK.
  func found(by action: PersonnelAction) -> RevokedAct {
    guard let text = action.revokes.map(Self.key) else { return .notFound }
    let (own, decree) = (Self.key(action.actionID), action.decreeNo.map(Self.key))
    // Named by its own SK number it revokes nothing; an act named by its id may stand on the same SK.
    let others = (byText[text] ?? []).filter { $0.actionID != own && ($0.actionID == text || text != decree) }
    return RevokedAct(nips: others.map(\.nip))
  }
}

extension ContractView {
  /// Hands over the records of a query as acts. Those that revoke another act come last: whether it is in the source takes
  /// another look at it.
  /// - Returns: how many records were not fetched, by the outcome they provably have.
  package mutating func readActions(
    _ query: RecordQuery, progress: ((Int) -> Void)? = nil, each: (PersonnelAction) throws -> Void
  ) throws -> [Outcome: Int] {
    var held: [PersonnelAction] = []
    let rest = try read(query, progress: progress) { record in
      if record.has(.revokes) { held.append(record.action()) } else { try each(record.action()) }
    }
    for action in try resolved(held) { try each(action) }
    return rest
  }

  /// The same acts, each with what the source holds under what it revokes.
  package mutating func resolved(_ actions: [PersonnelAction]) throws(SourceError) -> [PersonnelAction] {
    var acts = RevokedActs(actions)
    guard !acts.wanted.isEmpty else { return actions }
    let decree = columns.contains(.decreeNo) ? "v.decree_no::text" : "NULL::text"
    let nip = columns.contains(.nip) ? "v.nip::text" : "NULL::text"
    func key(_ column: String) -> String { "lower(regexp_replace(\(column), '\\s', '', 'g'))" }
    do throws(PostgresError) {
      try connection.stream(
        """
        SELECT \(Self.bounded("v.action_id")), \(Self.bounded(decree)), \(Self.bounded(nip)) FROM \(view) AS v \
        WHERE \(key("v.action_id::text")) = ANY ($1::text[]) OR \(key(decree)) = ANY ($1::text[])
        """, [.texts(acts.wanted.map { $0 })], operation: "revoked"
      ) { row in
        acts.add(actionID: row.string(at: 0), decree: row.string(at: 1), nip: row.string(at: 2))
      }
    } catch { throw SourceError(error, view: name, conninfo: "") }
    return actions.map { action in
      var action = action
      action.revokedAct = acts.found(by: action)
      return action
    }
  }
}
