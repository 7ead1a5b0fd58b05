import AuditBase

/// The rows of a digest for a spreadsheet.
enum DigestCSV {
  private static let columns = [
    "seq", "event", "outcome", "action_id", "nip", "kind", "decree_no", "decree_date", "effective_date",
    "inaugurated_on", "inside", "opens", "closes", "depends_on", "rule", "election", "region", "alert_id",
    "read_from", "summary",
  ]
  private static let fields = [
    "FREEZE_SEQ", "FREEZE_EVENT", "FREEZE_OUTCOME", "FREEZE_ACTION_ID", "FREEZE_NIP", "FREEZE_KIND",
    "FREEZE_DECREE_NO", "FREEZE_DECREE_DATE", "FREEZE_EFFECTIVE_DATE", "FREEZE_INAUGURATED_ON",
    "FREEZE_INSIDE", "FREEZE_OPENS", "FREEZE_CLOSES", "FREEZE_DEPENDS_ON", "FREEZE_RULE", "FREEZE_ELECTION",
    "FREEZE_REGION", "FREEZE_ALERT_ID",
  ]

  static func render(_ digest: Digest) -> String {
    var text = line(columns)
    for row in digest.rows {
      let cells = fields.map { name in
        name == "FREEZE_NIP"
          ? digest.settings.personalData.nip(row.event[name]) ?? "" : row.event[name] ?? ""
      }
      text += line(cells + [row.event.origin.rawValue, row.sentence])
    }
    return text
  }

  private static func line(_ cells: [String]) -> String {
    cells.map { SpreadsheetCell.quoted(SpreadsheetCell.text($0, limit: 4000)) }.joined(separator: ",")
      + "\r\n"
  }
}
