import AuditBase
import FreezeRules

/// Which header of a file means which contract column.
///
/// In this order: what a mapping file says, the contract's own name, then the names met in Indonesian HR offices and
/// in SIASN exports. Names are compared without case, blanks and punctuation: `TMT Jabatan` is `tmtJabatan`.
package struct ColumnMap: Sendable, Equatable {
  /// What a mapping file says: the header for a contract column, as written there.
  package var explicit: [ContractColumn: String]

  /// Only the names that are known without being told.
  package static let known = ColumnMap(explicit: [:])

  /// A map with these headers.
  package init(explicit: [ContractColumn: String]) { self.explicit = explicit }

  /// A name without case, blanks and punctuation.
  package static func normalised(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || isDigit($0) }))
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// The place of every contract column that a header names.
  /// - Throws: ``SourceError`` (shape) when two headers mean one column, or a mapped header is not there.
  func resolve(_ header: [String], file: String) throws(SourceError) -> [ContractColumn: Int] {
    let names = header.map(Self.normalised)
    func places(_ wanted: [String]) -> [Int] {
      names.indices.filter { wanted.contains(names[$0]) && !names[$0].isEmpty }
    }
    var columns: [ContractColumn: Int] = [:]
    let taken = Set(
      try explicit.map { column, wanted throws(SourceError) in
        let found = places([Self.normalised(wanted)])
        guard let place = found.first else { throw Self.missing(column, wanted, header, file) }
        if found.count > 1 { throw Self.twice(column, found.map { header[$0] }, file) }
        columns[column] = place
        return place
      })
    for column in ContractColumn.allCases where columns[column] == nil {
      for rank in [[Self.normalised(column.rawValue)]] + column.knownNames {
        let found = places(rank).filter { !taken.contains($0) }
        if found.count > 1 { throw Self.twice(column, found.map { header[$0] }, file) }
        if let place = found.first {
          columns[column] = place
          break
        }
      }
    }
    return columns
  }

  private static func missing(_ column: ContractColumn, _ wanted: String, _ header: [String], _ file: String)
    -> SourceError
  {
    let found = header.prefix(30).joined(separator: ", ")
    return SourceError(
      .shape,
      Text(
        "\(file): kolom \"\(wanted)\" yang dipetakan ke \(column.rawValue) tidak ada. Kolom yang ditemukan: \(found). Perbaiki berkas pemetaan (--map)",
        "\(file): the column \"\(wanted)\", mapped to \(column.rawValue), is missing. Columns found: \(found). Mend the mapping file (--map)"
      ))
  }

  private static func twice(_ column: ContractColumn, _ found: [String], _ file: String) -> SourceError {
    let list = found.map { "\"\($0)\"" }.joined(separator: ", ")
    return SourceError(
      .shape,
      Text(
        "\(file): beberapa kolom (\(list)) sama-sama berarti \(column.rawValue). Ganti nama salah satunya, atau pilih dengan --map: tulis \(column.rawValue): nama_kolom",
        "\(file): several columns (\(list)) all mean \(column.rawValue). Rename one, or choose with --map: write \(column.rawValue): column_name"
      ))
  }
}

extension ContractColumn {
  /// Other names of the column, the better ones first; two of one rank in one file are an ambiguity, not a choice.
  /// The last ranks are the fields of a SIASN export of riwayat jabatan.
  var knownNames: [[String]] {
    switch self {
    case .actionID:
      [["idriwayat", "idriwayatjabatan", "idmutasi", "idusulan", "idtindakan"], ["id"], ["uuid"]]
    case .kind:
      [["jenis", "jenismutasi", "jenistindakan", "jenisperubahan", "jenisusulan"], ["jenismutasiid"]]
    case .decreeDate:
      [["tglsk", "tanggalsk", "tglkeputusan", "tanggalkeputusan", "tglskjabatan", "tanggalskjabatan"]]
    case .effectiveDate:
      [["tmt", "tmtjabatan", "tmtsk", "tglmulaitugas", "terhitungmulaitanggal"], ["tmtmutasi"]]
    case .inauguratedOn:
      [
        ["tglpelantikan", "tanggalpelantikan", "tgllantik", "tanggallantik", "pelantikan"], ["tmtpelantikan"],
      ]
    case .regionCode: [["kodewilayah", "kdwilayah", "kodedaerah", "kodekemendagri"], ["wilayah"]]
    case .nip: [["nipbaru"], ["nippegawai", "nippns", "nipasn"]]
    case .employeeName:
      [["nama", "namapegawai", "namalengkap", "namapns", "namaasn", "namapejabat"]]
    case .postFrom:
      [
        [
          "jabatanlama", "jabatanasal", "jabatansebelum", "jabatansebelumnya", "darijabatan",
          "namajabatanlama",
        ]
      ]
    case .postTo:
      [
        ["jabatanbaru", "jabatantujuan", "jabatansesudah", "kejabatan", "namajabatanbaru"], ["namajabatan"],
        ["jabatan"], ["jabatanfungsionalnama"], ["jabatanfungsionalumumnama"],
      ]
    case .unitFrom:
      [["unitlama", "unitkerjalama", "unorlama", "opdlama", "skpdlama", "unitasal", "unitkerjaasal"]]
    case .unitTo:
      [
        ["unitbaru", "unitkerjabaru", "unorbaru", "opdbaru", "skpdbaru", "unittujuan"], ["unornama"],
        ["namaunor"], ["unitkerja", "opd", "skpd"],
      ]
    case .echelonFrom: [["eselonlama", "eselonasal", "eselonsebelum", "eselonidlama"]]
    case .echelonTo: [["eselonbaru", "eselontujuan", "eselonsesudah"], ["eselon"], ["eselonid"]]
    case .postTypeFrom: [["jenisjabatanlama", "jenisjabatanasal"]]
    case .postTypeTo: [["jenisjabatanbaru", "jenisjabatantujuan"], ["jenisjabatan"], ["jenisjabatanid"]]
    case .assignment: [["penugasan", "jenispenugasan"], ["jenispenugasanid"]]
    case .decreeNo: [["nosk", "nomorsk", "noskjabatan", "nomorskjabatan", "nokeputusan", "nomorkeputusan"]]
    case .approvalNo:
      [["nopersetujuan", "nomorpersetujuan", "nosuratpersetujuan", "nosuratmendagri", "nomorsuratmendagri"]]
    case .approvalDate:
      [
        [
          "tglpersetujuan", "tanggalpersetujuan", "tglsuratpersetujuan", "tglsuratmendagri",
          "tanggalsuratmendagri",
        ]
      ]
    case .revokes: [["mencabut", "membatalkan", "skdicabut", "noskdicabut", "nomorskdicabut"]]
    case .recordedAt: [["tglinput", "tanggalinput", "waktuinput", "tglentri", "createdat"]]
    case .changedAt: [["tglubah", "tanggalubah", "updatedat"]]
    case .sourceDates: []
    }
  }
}

/// The columns of an approvals file and their other names.
enum ApprovalColumn: String, CaseIterable {
  case letterNo = "letter_no"
  case letterDate = "letter_date"
  case nip
  case postTo = "post_to"
  case regionCode = "region_code"

  var names: [String] {
    let other: [String] =
      switch self {
      case .letterNo: ["nosurat", "nomorsurat", "nopersetujuan", "nomorpersetujuan"]
      case .letterDate: ["tglsurat", "tanggalsurat", "tglpersetujuan", "tanggalpersetujuan"]
      case .nip: ["nipbaru"]
      case .postTo: ["jabatanbaru", "jabatan", "jabatantujuan"]
      case .regionCode: ["kodewilayah"]
      }
    return [ColumnMap.normalised(rawValue)] + other
  }
}
