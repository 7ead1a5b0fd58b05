/// Records that say of themselves that nobody was replaced, and show otherwise (DOMAIN 6: "the label cannot be trusted").
extension PersonnelAction {
  /// Whether the label, the assignment or the post type puts the act out of scope while posts, echelons or an oath say that
  /// somebody was replaced.
  func contradictsItself(_ posts: PostPair, _ scope: KindLabels.Scope) -> Bool {
    if posts.taken == .acting { return tookOath && hasEchelonTaken(posts) }
    if scope == .outOfScope { return isOtherPost(posts) || isOtherEchelon(posts) || tookOath && leads(posts) }
    // The post type says functional or pelaksana, the name says head of an office.
    return posts.isTypeAgainstName
  }

  /// An oath that is more than a copy: many exporters write the TMT into the day of the oath as well.
  private var tookOath: Bool {
    guard let oath = inauguratedOn.span else { return false }
    return oath != effectiveDate.span
  }

  private func hasEchelonTaken(_ posts: PostPair) -> Bool {
    if case .level = posts.echelonTaken { true } else { false }
  }

  private func leads(_ posts: PostPair) -> Bool {
    switch posts.taken {
    case .structural, .schoolHead, .healthCentreHead, .unitHead: true
    case .functional, .pelaksana, .acting, .villageOfficer, .enterpriseDirector, .unknown: false
    }
  }

  /// Another post than before, that leads an office.
  private func isOtherPost(_ posts: PostPair) -> Bool {
    guard leads(posts), let postFrom, let postTo, PostName.afterwards(postTo) == .post else { return false }
    return TextKey.squeezed(postFrom) != TextKey.squeezed(postTo)
  }

  private func isOtherEchelon(_ posts: PostPair) -> Bool {
    guard case .level(let left) = posts.echelonLeft, case .level(let taken) = posts.echelonTaken else {
      return false
    }
    return left.tier != taken.tier || left.half != nil && taken.half != nil && left.half != taken.half
  }
}

extension RuleException.Act {
  /// Whether a label names such an act.
  /// - Parameter words: of the label, in lower case.
  func isNamed(by words: [String]) -> Bool {
    switch self {
    case .discipline: words.contains("disiplin")
    case .betweenAgencies:
      words.contains("instansi") || words.contains("antarinstansi") || words.contains("keluar")
        || words.contains("masuk") || words.contains("antardaerah")
        || words.contains("antar") && words.contains("daerah")
    }
  }
}
