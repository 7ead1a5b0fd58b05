extension Holder {
  /// Whether a name is one that this program writes: any other was put there by hand, and keeps the daemons away.
  package static func names(_ holder: String) -> Bool {
    let parts = holder.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 5, let pid = Int32(parts[3]), pid > 0 else { return false }
    return parts[4] == "-" || UInt64(parts[4]) != nil
  }
}
