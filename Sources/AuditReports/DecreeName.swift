import AuditBase

/// An SK as people name it.
package enum DecreeName {
  /// `SK 800/1`, also where the number says SK itself; a number is one line.
  package static func text(_ number: String?, _ language: Language, limit: Int = 120) -> String {
    let number = PlainText.line(number ?? "", limit: limit).split(separator: " ").joined(separator: " ")
    if number.isEmpty { return Text("tanpa nomor SK", "no decree number")[language] }
    return number.lowercased().hasPrefix("sk") ? number : "SK " + number
  }
}
