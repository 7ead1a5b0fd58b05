/// The name of a post as lower-case words, and what the words say about its class.
struct PostName {
  private let words: ArraySlice<Word>

  init(_ post: String?) {
    let all = post.map(Word.all(in:)) ?? []
    // A Penjabat holds the post: "Pj. Sekretaris Daerah" is judged as "Sekretaris Daerah".
    words = all.first == Self.pj || all.first == Self.penjabat ? all.dropFirst() : all[...]
  }

  /// `Plt. Camat`, `Pelaksana Harian Lurah`.
  var isActing: Bool {
    switch words.first {
    case Self.plt, Self.plh: true
    case Self.pelaksana:
      words.dropFirst().first.map { $0 == Self.tugas || $0 == Self.harian } ?? false
    default: false
    }
  }

  /// The head of a school or a health centre, whatever the echelon column says.
  var unitHead: PostClass? {
    if words.contains(Self.kepsek) { return words.first == Self.wakil ? .functional : .schoolHead }
    if words.contains(Self.kapus) { return .healthCentreHead }
    guard let head = words.firstIndex(where: { $0 == Self.kepala || $0 == Self.ka }) else { return nil }
    // "UPT", "UPTD", "BLUD" may stand between: "Kepala UPTD Puskesmas X", "Kepala UPT SMPN 3".
    guard let unit = words[(head + 1)...].firstIndex(where: { !Self.unitWords.contains($0) }) else {
      return nil
    }
    let next = words[unit]
    if next == Self.puskesmas { return .healthCentreHead }
    // "Satuan Pendidikan" is a school; "UPTD Pendidikan" was an office with an echelon.
    let isSchool =
      Self.schools.contains(next)
      || next == Self.satuan
        && words[(unit + 1)...].first.map { $0 == Self.pendidikan || Self.schools.contains($0) } == true
    guard isSchool else { return nil }
    // "Wakil Kepala Sekolah" is a teacher with a task: he leads no unit.
    return head > words.startIndex && words[head - 1] == Self.wakil ? .functional : .schoolHead
  }

  /// What the other words say, `nil` where they say nothing: then covered is assumed, never guessed away.
  var otherClass: PostClass? {
    guard let first = words.first else { return nil }
    let second = words.dropFirst().first
    if words.contains(Self.nonjob) || first == Self.non && second == Self.job { return .pelaksana }
    if first == Self.pengawas {
      // The school supervisor is functional; a "Pengawas" of eselon IV says so in its echelon.
      let isFunctional = words.contains {
        $0 == Self.madrasah || $0 == Self.ahli || Self.schools.contains($0)
      }
      return isFunctional ? .functional : nil
    }
    if first == Self.asisten, let second, Self.assistants.contains(second) {
      return .functional
    }
    if Self.staff.contains(first) {
      // "Staf Ahli Bupati" is eselon II.b.
      return second == Self.ahli ? .structural : .pelaksana
    }
    if Self.functional.contains(first) { return .functional }
    if Self.structural.contains(first) { return .structural }
    if let last = words.last, Self.skilled.contains(last) {
      return .functional
    }
    if let ahli = words.firstIndex(of: Self.ahli), ahli + 1 < words.endIndex,
      Self.ranks.contains(words[ahli + 1])
    {
      return .functional
    }
    return nil
  }

  // Made once: a literal in an expression would be read again each time.
  private static let pj: Word = "pj"
  private static let penjabat: Word = "penjabat"
  private static let kepala: Word = "kepala"
  private static let ka: Word = "ka"
  private static let plt: Word = "plt"
  private static let plh: Word = "plh"
  private static let pelaksana: Word = "pelaksana"
  private static let tugas: Word = "tugas"
  private static let harian: Word = "harian"
  private static let kepsek: Word = "kepsek"
  private static let wakil: Word = "wakil"
  private static let kapus: Word = "kapus"
  private static let puskesmas: Word = "puskesmas"
  private static let satuan: Word = "satuan"
  private static let pendidikan: Word = "pendidikan"
  private static let nonjob: Word = "nonjob"
  private static let non: Word = "non"
  private static let job: Word = "job"
  private static let pengawas: Word = "pengawas"
  private static let madrasah: Word = "madrasah"
  private static let ahli: Word = "ahli"
  private static let asisten: Word = "asisten"
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
