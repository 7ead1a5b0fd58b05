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

  /// The class of a post from what the record says of it: assignment first, then the head of a school or health
  /// centre by name, then echelon, post type, and the other words of the name.
  public init(post: String?, echelon: String?, postType: String?, assignment: String?) {
    self.init(post: post, echelon: Echelon.read(echelon), postType: postType, assignment: assignment)
  }

  init(post: String?, echelon: Echelon.Reading, postType: String?, assignment: String?) {
    let name = PostName(post)
    let duty = assignment.map(TextKey.squeezed)
    switch duty {
    case "plt", "plh", "pelaksanatugas", "pelaksanaharian":
      self = .acting
      return
    case nil where name.isActing:
      self = .acting
      return
    default: break
    }
    if let head = name.unitHead {
      self = head
    } else if case .level = echelon {
      self = .structural
    } else if let type = Self.type(postType) {
      self = type == .functional && duty == "tt" ? .unitHead : type
    } else if duty == "tt" {
      self = .unitHead
    } else {
      self = name.otherClass ?? .unknown
    }
  }

  private static func type(_ text: String?) -> PostClass? {
    guard let text else { return nil }
    switch TextKey.squeezed(text) {
    case "1", "struktural", "jabatanstruktural", "jpt", "administrator", "pengawas", "administrasi":
      return .structural
    case "2", "fungsional", "jabatanfungsional", "fungsionaltertentu", "jft", "jf": return .functional
    case "4", "pelaksana", "jabatanpelaksana", "fungsionalumum", "jfu", "staf": return .pelaksana
    default: return nil
    }
  }
}

/// The posts before and after an act, read once.
struct PostPair {
  let echelonLeft: Echelon.Reading
  let echelonTaken: Echelon.Reading
  let left: PostClass
  let taken: PostClass

  init(_ action: PersonnelAction) {
    echelonLeft = Echelon.read(action.echelonFrom)
    echelonTaken = Echelon.read(action.echelonTo)
    left = PostClass(
      post: action.postFrom, echelon: echelonLeft, postType: action.postTypeFrom, assignment: nil)
    taken = PostClass(
      post: action.postTo, echelon: echelonTaken, postType: action.postTypeTo, assignment: action.assignment)
  }
}
