import FreezeRules

/// Marks the records of one scan whose id came before.
public struct DuplicateIDs {
  private var seen: Set<Int> = []

  /// None seen yet.
  public init() {}

  /// Takes the next record.
  public mutating func mark(_ action: inout PersonnelAction) {
    if !seen.insert(action.actionID.hashValue).inserted { action.readerNotes.append(.duplicateActionID) }
  }
}
