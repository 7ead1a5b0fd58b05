/// What the coverage table distinguishes (SE 100.2.1.3/1575/SJ and the letters before it).
public enum PostClass: String, Sendable, CaseIterable {
  /// JPT, administrator, pengawas, camat, lurah: eselon I-V.
  case structural
  /// Kepala sekolah.
  case schoolHead = "school_head"
  /// Kepala puskesmas.
  case healthCentreHead = "health_centre_head"
  /// Another functional official who leads a unit (assignment TT).
  case unitHead = "unit_head"
  /// Teachers, midwives, school supervisors and other functional posts without a unit.
  case functional
  /// Pelaksana, staf, non-job.
  case pelaksana
  /// Plt, Plh: a stand-in, not a replacement.
  case acting
  /// The record does not say.
  case unknown

  /// The class of a post from what the record says of it: assignment first, then words of the post, echelon, type.
  public init(post: String?, echelon: String?, postType: String?, assignment: String?) {
    let words = Words(post)
    let duty = assignment.map { $0.uppercased().filter(\.isLetter) }
    switch duty {
    case "PLT", "PLH", "PELAKSANATUGAS", "PELAKSANAHARIAN":
      self = .acting
      return
    default: break
    }
    if duty == nil,
      words.begins(with: ["plt"]) || words.begins(with: ["plh"])
        || words.begins(with: ["pelaksana", "tugas"]) || words.begins(with: ["pelaksana", "harian"])
    {
      self = .acting
      return
    }
    if words.isSchoolHead {
      self = .schoolHead
    } else if words.contains("puskesmas"), words.contains("kepala") || words.contains("ka") {
      self = .healthCentreHead
    } else if case .level = Echelon.read(echelon) {
      self = .structural
    } else if let type = Self.type(postType) {
      self = type == .functional && duty == "TT" ? .unitHead : type
    } else if duty == "TT" {
      self = .unitHead
    } else {
      self = words.postClass ?? .unknown
    }
  }

  private static func type(_ text: String?) -> PostClass? {
    guard let text else { return nil }
    switch text.lowercased().filter({ $0.isLetter || $0.isNumber }) {
    case "1", "struktural", "jabatanstruktural", "jpt", "administrator", "pengawas", "administrasi":
      return .structural
    case "2", "fungsional", "jabatanfungsional", "fungsionaltertentu", "jft", "jf": return .functional
    case "4", "pelaksana", "jabatanpelaksana", "fungsionalumum", "jfu", "staf": return .pelaksana
    default: return nil
    }
  }
}

/// A post as lower-case words.
private struct Words {
  let list: [String]

  init(_ post: String?) {
    var list: [String] = []
    var word = ""
    for character in (post ?? "").lowercased() {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else if !word.isEmpty {
        list.append(word)
        word = ""
      }
    }
    if !word.isEmpty { list.append(word) }
    self.list = list
  }

  func contains(_ word: String) -> Bool { list.contains(word) }

  func begins(with words: [String]) -> Bool { list.starts(with: words) }

  /// `Kepala Sekolah`, `Kepsek`, `Kepala SD Negeri 3`, `Kepala SMPN 2`; not `Kepala Seksi`.
  var isSchoolHead: Bool {
    if contains("kepsek") { return true }
    guard let head = list.firstIndex(where: { $0 == "kepala" || $0 == "ka" }), head + 1 < list.count else {
      return false
    }
    let next = list[head + 1]
    let schools: Set = [
      "sekolah", "sd", "sdn", "smp", "smpn", "sma", "sman", "smk", "smkn", "tk", "paud", "slb", "slbn",
    ]
    return schools.contains(next)
      || (next == "upt" || next == "uptd" || next == "satuan")
        && list[(head + 2)...].contains { schools.contains($0) || $0 == "pendidikan" }
  }

  var postClass: PostClass? {
    guard let first = list.first else { return nil }
    if contains("nonjob") || begins(with: ["non", "job"]) { return .pelaksana }
    switch first {
    case "pelaksana", "staf", "staff", "pengadministrasi", "pengelola", "operator", "pramu", "pengemudi",
      "caraka":
      // "Staf Ahli Bupati" is eselon II.b.
      return contains("ahli") ? .structural : .pelaksana
    case "guru", "bidan", "perawat", "dokter", "apoteker", "widyaiswara", "auditor", "pustakawan", "penyuluh",
      "dosen",
      "arsiparis", "nutrisionis", "sanitarian", "penilik", "pamong":
      return .functional
    case "pengawas":
      return contains("sekolah") || contains("madrasah") || contains("ahli") ? .functional : nil
    case "kepala", "sekretaris", "camat", "lurah", "asisten", "inspektur", "kabid", "kasi", "kasubbag",
      "kasubag",
      "kabag", "kadis", "sekdis", "sekcam", "seklur", "kasubid", "kasubbid", "kaban":
      return .structural
    case "direktur": return .structural
    default: break
    }
    if let last = list.last, ["terampil", "mahir", "penyelia", "pemula"].contains(last) {
      return .functional
    }
    let ranks: Set = ["pertama", "muda", "madya", "utama"]
    if let ahli = list.firstIndex(of: "ahli"), ahli + 1 < list.count, ranks.contains(list[ahli + 1]) {
      return .functional
    }
    return nil
  }
}
