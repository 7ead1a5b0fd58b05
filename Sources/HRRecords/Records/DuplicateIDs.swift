import FreezeRules

/// Marks the records of one scan whose id came before.
package struct DuplicateIDs {
  private var seen: Set<Int> = []

  /// None seen yet.
  package init() {}

  /// Takes the next record.
  package mutating func mark(_ action: inout PersonnelAction) {
    if !seen.insert(action.actionID.hashValue).inserted { action.readerNotes.append(.duplicateActionID) }
  }
}
