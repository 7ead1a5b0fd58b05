/// What tells one letter of the Minister from another, and one line of its annex from another, the way approvals are looked up.
extension ApprovalLine {
  /// The letter's number as numbers are compared.
  public var letterKey: String { Self.letterKey(letterNo) }

  /// A number as numbers are compared.
  public static func letterKey(_ number: String) -> String { Approvals.normalised(number) }

  /// The person, `nil` where the NIP cannot be read.
  public var person: UInt64? { nip.flatMap(NIP.number) }

  /// Whether the line can be about the region of an act; a code that nobody can read narrows nothing.
  public func isAbout(region: String?) -> Bool {
    guard let region, let text = regionCode,
      let code = RegionCode.read(text) ?? RegionRegistry.shipped.named(text)?.code
    else { return true }
    return RegionRegistry.shipped.covers(code, region)
  }

  /// Whether the line is for this post; where either is not said the person decides.
  public func isFor(post: String?) -> Bool {
    guard let post, let own = postTo else { return true }
    return TextKey.squeezed(post, is: TextKey.squeezed(own))
  }
}

extension PersonnelAction {
  /// The person, `nil` where the NIP cannot be read.
  public var person: UInt64? { nip.flatMap(NIP.number) }
}
