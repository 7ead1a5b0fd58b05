/// The name of a post as lower-case words, and what the words say about its class.
struct PostName {
  private let words: ArraySlice<Word>

  init(_ post: String?) {
    let all = post.map(Word.all(in:)) ?? []
    // A Penjabat holds the post: "Pj. Sekretaris Daerah" is judged as "Sekretaris Daerah".
    words = all.first.map(Self.penjabat.contains) == true ? all.dropFirst() : all[...]
  }

  /// `Plt. Camat`, `Pelaksana Harian Lurah`.
  var isActing: Bool {
    switch words.first {
    case "plt", "plh": true
    case "pelaksana":
      words.dropFirst().first.map { $0 == "tugas" || $0 == "harian" } ?? false
    default: false
    }
  }

  /// The head of a school or a health centre, whatever the echelon column says.
  var unitHead: PostClass? {
    if words.contains("kepsek") { return words.first == "wakil" ? .functional : .schoolHead }
    if words.contains("kapus") { return .healthCentreHead }
    guard let head = words.firstIndex(where: Self.kepala.contains) else { return nil }
    // "UPT", "UPTD", "BLUD" may stand between: "Kepala UPTD Puskesmas X", "Kepala UPT SMPN 3".
    guard let unit = words[(head + 1)...].firstIndex(where: { !Self.unitWords.contains($0) }) else {
      return nil
    }
    let next = words[unit]
    if next == "puskesmas" { return .healthCentreHead }
    // "Satuan Pendidikan" is a school; "UPTD Pendidikan" was an office with an echelon.
    let isSchool =
      Self.schools.contains(next)
      || next == "satuan"
        && words[(unit + 1)...].first.map { $0 == "pendidikan" || Self.schools.contains($0) } == true
    guard isSchool else { return nil }
    // "Wakil Kepala Sekolah" is a teacher with a task: he leads no unit.
    return head > words.startIndex && words[head - 1] == "wakil" ? .functional : .schoolHead
  }

  /// What the other words say, `nil` where they say nothing: then covered is assumed, never guessed away.
  var otherClass: PostClass? {
    guard let first = words.first else { return nil }
    let second = words.dropFirst().first
    if words.contains("nonjob") || first == "non" && second == "job" { return .pelaksana }
    if first == "pengawas" {
      // The school supervisor is functional; a "Pengawas" of eselon IV says so in its echelon.
      let isFunctional = words.contains { $0 == "madrasah" || $0 == "ahli" || Self.schools.contains($0) }
      return isFunctional ? .functional : nil
    }
    if first == "asisten", let second, Self.assistants.contains(second) {
      return .functional
    }
    if Self.staff.contains(first) {
      // "Staf Ahli Bupati" is eselon II.b.
      return second == "ahli" ? .structural : .pelaksana
    }
    if Self.functional.contains(first) { return .functional }
    if Self.structural.contains(first) { return .structural }
    if let last = words.last, Self.skilled.contains(last) {
      return .functional
    }
    if let ahli = words.firstIndex(of: "ahli"), ahli + 1 < words.endIndex,
      Self.ranks.contains(words[ahli + 1])
    {
      return .functional
    }
    return nil
  }

  private static let penjabat: Set<Word> = ["pj", "penjabat"]
  private static let kepala: Set<Word> = ["kepala", "ka"]
  private static let assistants: Set<Word> = ["apoteker", "penata", "perawat", "dokter"]
  private static let skilled: Set<Word> = ["terampil", "mahir", "penyelia", "pemula"]
  private static let unitWords: Set<Word> = ["upt", "uptd", "blud", "unit", "pelaksana", "teknis", "daerah"]
  private static let schools: Set<Word> = [
    "sekolah", "sd", "sdn", "sdlb", "smp", "smpn", "smplb", "sma", "sman", "smalb", "smk", "smkn", "tk",
    "tkn",
    "paud", "slb", "slbn", "skb",
  ]
  private static let ranks: Set<Word> = ["pertama", "muda", "madya", "utama"]
  private static let staff: Set<Word> = [
    "pelaksana", "staf", "staff", "pengadministrasi", "pengelola", "operator", "pramu", "pengemudi", "caraka",
  ]
  private static let functional: Set<Word> = [
    "guru", "bidan", "perawat", "dokter", "apoteker", "widyaiswara", "auditor", "pustakawan", "penyuluh",
    "dosen",
    "arsiparis", "nutrisionis", "sanitarian", "penilik", "pamong",
  ]
  private static let structural: Set<Word> = [
    "kepala", "sekretaris", "camat", "lurah", "asisten", "inspektur", "direktur", "kabid", "kasi", "kasubbag",
    "kasubag", "kabag", "kadis", "sekdis", "sekcam", "seklur", "kasubid", "kasubbid", "kaban",
  ]
}
