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
  /// Kepala desa, perangkat desa, kepala dusun or lingkungan: no civil servants (UU 6/2014).
  case villageOfficer = "village_officer"
  /// Directors and commissioners of regional enterprises: no civil servants (PP 54/2017).
  case enterpriseDirector = "enterprise_director"
  /// The record does not say.
  case unknown

  /// The class of a post from what the record says of it: assignment first, then the head of a school or health
  /// centre by name, then echelon, post type, and the other words of the name.
  public init(post: String?, echelon: String?, postType: String?, assignment: String?) {
    self.init(post: post, echelon: Echelon.read(echelon), postType: postType, assignment: assignment)
  }

  init(post: String?, echelon: Echelon.Reading, postType: String?, assignment: String?) {
    let name = PostName(post)
    let duty = assignment.map(Word.init(squeezing:))
    if duty.map(Self.standIns.contains) ?? name.isActing {
      self = .acting
      return
    }
    if let head = name.unitHead {
      self = head
    } else if case .level = echelon {
      self = .structural
    } else if let outside = name.outsideService {
      self = outside
    } else if name.isHealthRoom {
      // A nurse who leads a ward, or an official of the hospital: no instrument says.
      self = .unknown
    } else if let type = Self.type(postType) {
      self = type == .functional && duty == Self.additionalDuty ? .unitHead : type
    } else if duty == Self.additionalDuty {
      self = .unitHead
    } else {
      self = name.otherClass ?? .unknown
    }
  }

  static func type(_ text: String?) -> PostClass? { text.flatMap { types[Word(squeezing: $0)] } }

  private static let standIns: Set<Word> = ["plt", "plh", "pelaksanatugas", "pelaksanaharian"]
  private static let additionalDuty: Word = "tt"
  private static let types: [Word: PostClass] = [
    "1": .structural, "struktural": .structural, "jabatanstruktural": .structural, "jpt": .structural,
    "administrator": .structural, "pengawas": .structural, "administrasi": .structural,
    "2": .functional, "fungsional": .functional, "jabatanfungsional": .functional,
    "fungsionaltertentu": .functional,
    "jft": .functional, "jf": .functional,
    "4": .pelaksana, "pelaksana": .pelaksana, "jabatanpelaksana": .pelaksana, "fungsionalumum": .pelaksana,
    "jfu": .pelaksana, "staf": .pelaksana,
  ]
}

/// The posts before and after an act, read once.
struct PostPair {
  let echelonLeft: Echelon.Reading
  let echelonTaken: Echelon.Reading
  let left: PostClass
  let taken: PostClass
  /// The post type says functional or pelaksana, the name of the post says head of an office.
  let isTypeAgainstName: Bool
}

extension PersonnelAction {
  /// A property, not an initialiser of the pair: that would take a copy of the whole record.
  var posts: PostPair {
    let left = Echelon.read(echelonFrom)
    let taken = Echelon.read(echelonTo)
    let classLeft = PostClass(post: postFrom, echelon: left, postType: postTypeFrom, assignment: nil)
    let classTaken = PostClass(post: postTo, echelon: taken, postType: postTypeTo, assignment: assignment)
    return PostPair(
      echelonLeft: left, echelonTaken: taken, left: classLeft, taken: classTaken,
      isTypeAgainstName: isAgainstName(classLeft, postFrom, postTypeFrom)
        || isAgainstName(classTaken, postTo, postTypeTo))
  }

  private func isAgainstName(_ post: PostClass, _ name: String?, _ type: String?) -> Bool {
    guard post == .functional || post == .pelaksana, type != nil else { return false }
    return PostName(name).leadsOffice
  }
}
