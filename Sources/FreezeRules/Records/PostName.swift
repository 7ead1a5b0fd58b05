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

  /// The head, deputy or secretary of an office of the region, in so many words.
  var leadsOffice: Bool {
    guard let first = words.first else { return false }
    if Self.titles.contains(first) { return true }
    guard let second = words.dropFirst().first else { return false }
    if first == Self.kepala || first == Self.ka { return Self.offices.contains(second) }
    if first == Self.sekretaris { return Self.secretariats.contains(second) }
    return first == Self.staf && second == Self.ahli
  }

  /// Village officers and directors of regional enterprises: no posts of the civil service.
  var outsideService: PostClass? {
    guard let first = words.first else { return nil }
    let second = words.dropFirst().first
    if Self.villageHeads.contains(first) { return .villageOfficer }
    if first == Self.kaur, words.contains(Self.desa) { return .villageOfficer }
    if let second {
      if first == Self.kepala, second == Self.urusan, words.contains(Self.desa) { return .villageOfficer }
      // "Kepala Lingkungan Hidup" leads an office.
      if first == Self.kepala, Self.villages.contains(second), words.dropFirst(2).first != Self.hidup {
        return .villageOfficer
      }
      if first == Self.perangkat || first == Self.aparat || first == Self.sekretaris || first == Self.wali,
        second == Self.desa || second == Self.nagari
      {
        return .villageOfficer
      }
      if first == Self.hukum, second == Self.tua { return .villageOfficer }
    }
    let directs =
      Self.directors.contains(first) || first == Self.wakil && second.map(Self.directors.contains) == true
      || first == Self.dewan && (second == Self.pengawas || second.map(Self.directors.contains) == true)
    guard directs else { return nil }
    let isEnterprise =
      words.contains { Self.enterprises.contains($0) }
      || zip(words, words.dropFirst()).contains {
        $0 == Self.perusahaan && ($1 == Self.daerah || $1 == Self.umum)
      }
    return isEnterprise ? .enterpriseDirector : nil
  }

  /// The head of a room, ward or installation of a hospital or health centre.
  var isHealthRoom: Bool {
    guard let first = words.first, let second = words.dropFirst().first else { return false }
    return (first == Self.kepala || first == Self.ka || first == Self.koordinator)
      && Self.rooms.contains(second)
  }

  /// What a record says of the person after the act.
  enum Afterwards: Equatable {
    /// Nothing.
    case unsaid
    /// No longer in service.
    case left
    /// In some post.
    case post
  }

  /// What the name of the post taken says of that.
  static func afterwards(_ post: String?) -> Afterwards {
    guard let post, let first = Word.all(in: post).first else { return .unsaid }
    return departures.contains(first) ? .left : .post
  }

  /// Every list of words by its name, for readers outside the engine.
  static var vocabulary: [String: Set<Word>] {
    [
      "titles": titles,
      "offices": offices,
      "secretariats": secretariats,
      "villageHeads": villageHeads,
      "villages": villages,
      "directors": directors,
      "enterprises": enterprises,
      "rooms": rooms,
      "departures": departures,
      "assistants": assistants,
      "skilled": skilled,
      "unitWords": unitWords,
      "schools": schools,
      "ranks": ranks,
      "staff": staff,
      "functional": functional,
      "structural": structural,
    ]
  }

  // Made once: a literal in an expression would be read again each time.
  private static let titles: Set<Word> = [
    "kadis", "kaban", "kabid", "kabag", "kasi", "kasubbag", "kasubag", "kasubid", "kasubbid", "sekdis",
    "sekcam",
    "seklur", "camat", "lurah", "inspektur", "sekda",
  ]
  private static let offices: Set<Word> = [
    "dinas", "badan", "bagian", "bidang", "seksi", "subbagian", "subbidang", "sub", "biro", "kantor",
    "satpol",
    "satuan", "sekretariat", "inspektorat", "pelaksana",
  ]
  private static let secretariats: Set<Word> = [
    "daerah", "dinas", "badan", "dprd", "kecamatan", "camat", "kelurahan", "lurah", "inspektorat", "dewan",
    "kota",
    "kabupaten", "provinsi",
  ]
  private static let villageHeads: Set<Word> = [
    "kades", "kadus", "sekdes", "keuchik", "geuchik", "keucik", "perbekel", "pambakal", "kuwu", "petinggi",
    "kaling", "dukuh",
  ]
  private static let villages: Set<Word> = [
    "desa", "dusun", "lingkungan", "kampung", "pekon", "tiyuh", "kewilayahan", "jorong", "banjar", "rt", "rw",
    "dukuh", "lembang", "nagori",
  ]
  private static let directors: Set<Word> = [
    "direktur", "dirut", "direksi", "komisaris", "dirum", "dirtek", "dirkeu",
  ]
  private static let enterprises: Set<Word> = [
    "pdam", "perumda", "perumdam", "perseroda", "bumd", "pdau", "pt", "bpr", "bprs", "bank", "bpd", "perusda",
    "persero", "perseroan", "pd", "pam", "blj",
  ]
  private static let rooms: Set<Word> = [
    "ruang", "ruangan", "instalasi", "poli", "poliklinik", "bangsal", "rawat", "kamar", "laboratorium",
    "jaga",
  ]
  private static let departures: Set<Word> = [
    "pensiun", "pensiunan", "purna", "purnatugas", "purnabakti", "meninggal", "wafat", "almarhum",
    "almarhumah", "alm",
    "berhenti", "diberhentikan", "pemberhentian", "bup", "mengundurkan", "mundur",
  ]
  private static let perangkat: Word = "perangkat"
  private static let aparat: Word = "aparat"
  private static let sekretaris: Word = "sekretaris"
  private static let wali: Word = "wali"
  private static let desa: Word = "desa"
  private static let kaur: Word = "kaur"
  private static let urusan: Word = "urusan"
  private static let hidup: Word = "hidup"
  private static let nagari: Word = "nagari"
  private static let hukum: Word = "hukum"
  private static let tua: Word = "tua"
  private static let dewan: Word = "dewan"
  private static let perusahaan: Word = "perusahaan"
  private static let daerah: Word = "daerah"
  private static let umum: Word = "umum"
  private static let koordinator: Word = "koordinator"
  private static let staf: Word = "staf"
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
