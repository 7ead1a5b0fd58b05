extension Int {
  /// `5.012` in Indonesian, `5,012` in English.
  package func grouped(_ language: Language) -> String {
    let separator: Character = language == .indonesian ? "." : ","
    let digits = String(magnitude)
    var result = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(separator) }
      result.append(digit)
    }
    return result
  }
}
