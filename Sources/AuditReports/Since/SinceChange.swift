import AuditBase

/// How a finding stands to an earlier state.
package enum SinceChange: String, Sendable, CaseIterable {
  case new, settled, changed, same, vanished

  /// For people.
  package var phrase: Text {
    switch self {
    case .new: Text("baru", "new")
    case .settled: Text("selesai", "settled")
    case .vanished: Text("hilang", "vanished")
    case .changed: Text("berubah", "changed")
    case .same: Text("tetap", "same")
    }
  }
}

/// The same with what changed.
package struct SinceMark: Sendable, Equatable {
  /// How it stands.
  package var change: SinceChange
  /// What is not as it was.
  package var fields: [EarlierFindings.Mark] = []

  /// `berubah: kesimpulan, tanggal SK`.
  package func phrase(_ language: Language) -> String {
    let fields = fields.map { $0.phrase[language] }.joined(separator: ", ")
    return change.phrase[language] + (fields.isEmpty ? "" : ": " + fields)
  }
}
