extension Connection {
  /// The name as a quoted SQL identifier, whatever is in it: `a"b` becomes `"a""b"`.
  ///
  /// Done here, not by PQescapeIdentifier, so that no connection is needed: in UTF-8, which our sessions always
  /// use, no byte of a longer character looks like a quotation mark.
  ///
  /// - Throws: `unsupported` for an empty name or one with a NUL character.
  public static func quoteIdentifier(_ name: String) throws(PostgresError) -> String {
    if name.isEmpty || name.utf8.contains(0) {
      throw PostgresError(
        .unsupported, operation: "quote identifier", message: "a name is empty or holds a NUL character")
    }
    return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// A name such as `schema.view` from a configuration file, each part quoted.
  ///
  /// Parts without quotation marks are taken as they stand, without folding to lower case. A part that holds a dot is
  /// written in quotation marks: `"odd.schema".view`, with `""` for a mark inside.
  ///
  /// - Throws: `unsupported` for empty parts, unbalanced marks, more than three parts.
  public static func quoteQualifiedName(_ name: String) throws(PostgresError) -> String {
    func refuse() -> PostgresError {
      PostgresError(
        .unsupported, operation: "quote identifier",
        message: "not a name of the form schema.view: \(ErrorText.oneLine(name))")
    }
    var parts: [String] = [""]
    var quoted = false
    var closed = false
    var characters = Array(name.unicodeScalars)[...]
    while let character = characters.popFirst() {
      switch character {
      case "\"" where quoted && characters.first == "\"":
        characters.removeFirst()
        parts[parts.count - 1] += "\""
      case "\"" where quoted: (quoted, closed) = (false, true)
      case "\"" where !closed && parts[parts.count - 1].isEmpty: quoted = true
      case "\"": throw refuse()
      case "." where !quoted:
        parts.append("")
        closed = false
      default:
        if closed { throw refuse() }
        parts[parts.count - 1].unicodeScalars.append(character)
      }
    }
    if quoted || parts.count > 3 || parts.contains("") { throw refuse() }
    var whole: [String] = []
    for part in parts { whole.append(try quoteIdentifier(part)) }
    return whole.joined(separator: ".")
  }
}
