import AuditBase

/// An address for From or To: `user@host.example` or `Name <user@host.example>`, ASCII but for the name.
///
/// Anything that could end a header, start another, add a recipient or be taken for an option of sendmail is refused.
package struct MailAddress: Sendable, Hashable {
  /// The name before the address.
  package let name: String?
  /// `user@host`.
  package let address: String

  /// `nil` when it is neither form.
  package init?(_ text: String) {
    var text = Substring(text)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    // By scalars: a character may hide a line break or a bracket behind a combining mark.
    let scalars = Array(text.unicodeScalars)
    if let open = scalars.lastIndex(of: "<") {
      guard scalars.last == ">", open > 0 else { return nil }
      var name = String.UnicodeScalarView()
      for scalar in scalars[..<open] {
        if PlainText.isDangerous(scalar) || "<>\"@,;:\\".unicodeScalars.contains(scalar) { return nil }
        name.append(scalar)
      }
      let trimmed = String(name).split(separator: " ").joined(separator: " ")
      self.name = trimmed.isEmpty ? nil : trimmed
      var inner = String.UnicodeScalarView()
      inner.append(contentsOf: scalars[(open + 1)..<(scalars.count - 1)])
      address = String(inner)
    } else {
      name = nil
      address = String(text)
    }
    guard Self.isValid(address) else { return nil }
  }

  private static func isValid(_ address: String) -> Bool {
    let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard address.utf8.count <= 254, parts.count == 2, let user = parts.first, let host = parts.last,
      let first = user.first, user.count <= 64, !host.isEmpty
    else { return false }
    let marks = Array("!#$%&'*+-/=?^_`{|}~.".utf8)
    guard first != UInt8(ascii: "-"), first != UInt8(ascii: "."), user.last != UInt8(ascii: ".") else {
      return false
    }
    guard user.allSatisfy({ isLetterOrDigit($0) || marks.contains($0) }) else { return false }
    return host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.count <= 63 && label.first != UInt8(ascii: "-")
        && label.last != UInt8(ascii: "-")
        && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  /// What follows the `@`.
  package var host: String { String(address.split(separator: "@").last ?? "localhost") }

  /// As it stands in a header.
  var headerText: String {
    guard let name else { return address }
    let isPlain = name.utf8.allSatisfy { Self.isLetterOrDigit($0) || $0 == 32 || $0 == 45 }
    return (isPlain ? name : MailHeader.encoded(name)) + " <\(address)>"
  }
}
