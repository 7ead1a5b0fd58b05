import AuditBase
import SystemLog

/// The rows of a digest for a spreadsheet.
enum DigestCSV {
  private static let columns: [(name: String, field: FieldName)] = [
    ("seq", .sequence), ("event", .event), ("outcome", .outcome), ("action_id", .actionID), ("nip", .nip),
    ("kind", .kind), ("decree_no", .decreeNo), ("decree_date", .decreeDate),
    ("effective_date", .effectiveDate), ("inaugurated_on", .inauguratedOn), ("inside", .inside),
    ("opens", .opens), ("closes", .closes), ("depends_on", .dependsOn), ("rule", .rule),
    ("election", .election), ("region", .region), ("alert_id", .alertID),
  ]

  static func render(_ digest: Digest) -> String {
    let names = columns.map(\.name) + ["read_from", "summary"]
    let rows = digest.rows.map { row in
      columns.map { text(row.event[$0.field] ?? "", isCode: $0.field == .region) }
        + [text(row.event.origin.rawValue), text(row.sentence)]
    }
    return ([names] + rows).map { $0.map(SpreadsheetCell.quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func text(_ value: String, isCode: Bool = false) -> String {
    SpreadsheetCell.text(value, isCode: isCode, limit: 4000)
  }
}
