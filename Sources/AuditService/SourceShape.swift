import AuditBase
import AuditReports
import FreezeRules
import HRRecords

/// What a source looked like at a pass: the columns of its view with their types, and the relation that has lines of annexes.
/// Kept with the health of the source as one line of text.
struct SourceShape: Sendable, Equatable {
  let text: String

  /// Stands behind the relation that has lines of annexes.
  private static let lines = ":lines"

  init(text: String) { self.text = text }

  /// - Parameters:
  ///   - signature: columns and types of the view.
  ///   - annexes: the relation whose lines count. Part of the shape: without its lines every record's own letter would count,
  ///     and close alerts.
  init(signature: String, annexes: String?) {
    text = signature + (annexes.map { "," + $0 + Self.lines } ?? "")
  }

  private var parts: Set<Substring> { Set(text.split(separator: ",")) }

  /// What is gone, new or of another type since an earlier pass, and may hide acts or bring approvals; `nil`: nothing.
  func refusal(after last: SourceShape?, view: String) -> SourceError? {
    guard let last, last != self else { return nil }
    let before = last.parts
    // Annexes that come are what they are there for; that they go is like a lost column.
    let changed = before.symmetricDifference(parts).filter {
      !$0.hasSuffix(Self.lines) || before.contains($0)
    }
    .sorted()
    if changed.isEmpty { return nil }
    if changed.allSatisfy({ $0.hasSuffix(Self.lines) }) {
      let relation = changed.map { String($0.dropLast(Self.lines.count)) }.joined(separator: ", ")
      return SourceError(
        .shape,
        Text(
          "\(relation): lampiran persetujuan yang dulu ada kini tidak ada, kosong, atau tidak boleh dibaca. Pulihkan, atau bila memang benar: systemctl reload freeze-auditor",
          "\(relation): the annexes that were there are gone, empty, or may not be read. Restore them, or if that is right: systemctl reload freeze-auditor"
        ), isAcceptable: true)
    }
    let columns = Set(changed.map { String($0.prefix { $0 != ":" }) }).sorted().joined(separator: ", ")
    return SourceError(
      .shape,
      Text(
        "\(view): kolom hilang, baru, atau berganti tipe: \(columns). Pulihkan view itu, atau bila memang benar: systemctl reload freeze-auditor",
        "\(view): columns are gone, new, or of another type: \(columns). Restore the view, or if that is right: systemctl reload freeze-auditor"
      ), isAcceptable: true)
  }
}
