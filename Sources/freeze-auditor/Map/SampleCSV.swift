import AuditBase
import AuditReports

/// The example that `audit --sample` writes: a header to keep, and made-up acts of 2024 to look at and replace.
enum SampleCSV {
  /// As an office would write them, and under the contract's names.
  private static let headers = [
    Text("ID", "action_id"), Text("Jenis", "kind"), Text("No SK", "decree_no"), Text("Tgl SK", "decree_date"),
    Text("TMT", "effective_date"), Text("Tgl Pelantikan", "inaugurated_on"),
    Text("Kode Wilayah", "region_code"), Text("NIP", "nip"), Text("Nama", "employee_name"),
    Text("Jabatan Lama", "post_from"), Text("Jabatan Baru", "post_to"), Text("Eselon Lama", "echelon_from"),
    Text("Eselon Baru", "echelon_to"), Text("Status Penugasan", "assignment"),
    Text("No Surat Persetujuan", "approval_no"), Text("Tgl Surat Persetujuan", "approval_date"),
    Text("Membatalkan", "revokes"),
  ]

  private static let rows = [
    [
      "1", "mutasi", "800/101/2024", "2024-03-21", "2024-03-22", "2024-03-22", "16.05", "198501012010011001",
      "Contoh Satu", "Kepala Bidang Aset", "Kepala Bidang Anggaran", "III.b", "III.b", "", "", "", "",
    ],
    [
      "2", "promosi", "800/101/2024", "21/03/2024", "22-03-2024", "22 Maret 2024", "16.05",
      "198702022011012002",
      "Contoh Dua", "Kepala Seksi Pajak", "Kepala Bidang Pajak", "IV.a", "III.b", "", "", "", "",
    ],
    [
      "3", "mutasi", "800/205/2024", "2024-05-16", "", "2024-05-17", "16.05", "197903032005011003",
      "Contoh Tiga",
      "Camat Contoh", "Sekretaris Dinas Contoh", "III.a", "III.a", "", "100.2.2.6/3419/OTDA", "2024-05-10",
      "",
    ],
    [
      "4", "mutasi", "800/077/2024", "2024-03-01", "", "2024-03-04", "16.05", "198004042006042004",
      "Contoh Empat",
      "Lurah Contoh", "Lurah Teladan", "IV.a", "IV.a", "", "", "", "",
    ],
    [
      "5", "mutasi", "800/230/2024", "2024-06-03", "", "", "16.05", "197505052000031005", "Contoh Lima",
      "Kepala Bidang Aset", "Kepala Dinas Contoh", "III.a", "II.b", "PLT", "", "", "",
    ],
    [
      "6", "demosi", "800/250/2024", "2024-07-30", "2024-08-01", "", "16.05", "198106062008012006",
      "Contoh Enam",
      "Kepala Bidang Aset", "Pelaksana", "III.b", "", "", "", "", "",
    ],
    [
      "7", "mutasi", "800/300/2024", "2024-03", "", "", "16.05", "198307072009011007", "Contoh Tujuh",
      "Kepala Seksi Umum", "Kepala Seksi Data", "IV.a", "IV.a", "", "", "", "",
    ],
    [
      "8", "mutasi", "SK TEMP", "", "0000-00-00", "-", "16.05", "198808082012011008", "Contoh Delapan",
      "Kepala Seksi Data", "Kepala Seksi Umum", "IV.a", "IV.a", "", "", "", "",
    ],
  ]

  /// The file: UTF-8 with a byte order mark, CRLF.
  static func text(_ separator: CSVSeparator, _ language: Language) -> String {
    "\u{FEFF}"
      + ([headers.map { $0[language] }] + rows).map { $0.joined(separator: separator.rawValue) + "\r\n" }
      .joined()
  }
}
