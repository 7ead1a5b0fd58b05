import AuditReports
import SystemLog

extension AlertText.Label {
  /// The field of a log entry that holds the line.
  package var field: FieldName {
    switch self {
    case .before: .before
    case .now: .now
    case .acknowledgement: .acknowledgement
    case .why: .why
    case .region: .regionName
    case .post: .post
    case .kind: .kindDiffers
    case .window: .window
    case .sources: .legalBasis
    case .approval: .approval
    case .notes: .notes
    case .next: .next
    case .changes: .changes
    }
  }
}
