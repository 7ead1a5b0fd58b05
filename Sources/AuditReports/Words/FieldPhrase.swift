import AuditBase
import FreezeRules

extension PersonnelAction.Field {
  /// Its name for people; the contract's own name is for the DBA.
  package var phrase: Text {
    switch self {
    case .actionID: Text("ID", "id")
    case .kind: Text("jenis", "kind")
    case .decreeDate: Text("tanggal SK", "decree date")
    case .effectiveDate: Text("TMT", "effective date")
    case .inauguratedOn: Text("tanggal pelantikan", "oath date")
    case .regionCode: Text("wilayah", "region")
    case .nip: Text("NIP", "NIP")
    case .employeeName: Text("nama", "name")
    case .postFrom: Text("jabatan lama", "old post")
    case .postTo: Text("jabatan baru", "new post")
    case .unitFrom: Text("unit lama", "old unit")
    case .unitTo: Text("unit baru", "new unit")
    case .echelonFrom: Text("eselon lama", "old echelon")
    case .echelonTo: Text("eselon baru", "new echelon")
    case .postTypeFrom: Text("jenis jabatan lama", "old type of post")
    case .postTypeTo: Text("jenis jabatan baru", "new type of post")
    case .assignment: Text("penugasan", "assignment")
    case .decreeNo: Text("nomor SK", "decree number")
    case .approvalNo: Text("nomor surat persetujuan", "number of the approval")
    case .approvalDate: Text("tanggal surat persetujuan", "date of the approval")
    case .revokes: Text("SK yang dicabut", "revoked decree")
    case .recordedAt: Text("waktu dicatat", "time of entry")
    case .changedAt: Text("waktu diubah", "time of change")
    case .sourceDates: Text("tanggal asli", "dates as found")
    case .pertekNo: Text("nomor pertek BKN", "number of BKN's pertek")
    case .pertekDate: Text("tanggal pertek BKN", "date of BKN's pertek")
    }
  }
}
