/// Numbers as a sheet's XML spells them, made into the text that a reader of the sheet would take them for.
enum CellNumber {
  /// A small number without sign.
  static func integer(_ bytes: [UInt8]) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 9 else { return nil }
    var number = 0
    for byte in bytes {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    return number
  }

  /// Appends what a number means and tells what it is.
  static func append(
    _ value: [UInt8], _ meaning: NumberMeaning, is1904: Bool, to bytes: inout [UInt8]
  ) -> WorkbookRow.Kind {
    if meaning == .number { return plain(value, to: &bytes) }
    let serial = integer(value).map(Double.init) ?? Double(String(decoding: value, as: UTF8.self))
    guard let serial else { return plain(value, to: &bytes) }
    if meaning == .time, let time = SerialDate.time(serial) {
      bytes.append(contentsOf: time.utf8)
      return .time
    }
    guard let text = SerialDate.text(serial, is1904: is1904) else { return plain(value, to: &bytes) }
    bytes.append(contentsOf: text.utf8)
    return text.utf8.count == 10 ? .date : .dateTime
  }

  /// A number in full: `1.98501012010011E+17` is a NIP that lost its end, and must look like one. Digits are moved as text,
  /// since no floating-point number holds eighteen of them.
  private static func plain(_ value: [UInt8], to bytes: inout [UInt8]) -> WorkbookRow.Kind {
    if value.allSatisfy({ (48...57).contains($0) }) {
      bytes.append(contentsOf: value)
      return .number
    }
    let text = String(decoding: value, as: UTF8.self)
    guard let number = Double(text), number.isFinite else {
      bytes.append(contentsOf: value)
      return .text
    }
    bytes.append(contentsOf: (whole(text) ?? "\(number)").utf8)
    return .number
  }

  /// The digits of a number without a fraction, `nil` where it has one or is longer than any code.
  private static func whole(_ text: String) -> String? {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard parts.count <= 2, let exponent = parts.count == 2 ? Int(parts[1]) : 0, abs(exponent) < 30,
      let mantissa = parts.first
    else { return nil }
    let halves = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2, let first = halves.first else { return nil }
    let sign = first.hasPrefix("-") ? "-" : ""
    let digits = first.filter(\.isNumber)
    var fraction = halves.count == 2 ? String(halves[1]) : ""
    while fraction.hasSuffix("0") { fraction.removeLast() }
    guard exponent >= 0, fraction.count <= exponent else { return nil }
    let all = digits + fraction + String(repeating: "0", count: exponent - fraction.count)
    let trimmed = all.drop { $0 == "0" }
    return trimmed.isEmpty ? "0" : sign + trimmed
  }

  /// A date as ISO 8601, which newer programs may write.
  static func appendISO(_ value: [UInt8], to bytes: inout [UInt8]) -> WorkbookRow.Kind {
    let text = String(decoding: value, as: UTF8.self)
    let parts = text.split(separator: "T", maxSplits: 1)
    guard parts.count == 2, parts[0].utf8.count == 10, !parts[1].hasSuffix("Z") else {
      bytes.append(contentsOf: value)
      return text.utf8.count == 10 ? .date : .text
    }
    let time = parts[1].split(separator: ".")[0]
    let isMidnight = time.allSatisfy { $0 == "0" || $0 == ":" }
    bytes.append(contentsOf: (isMidnight ? String(parts[0]) : "\(parts[0]) \(time)").utf8)
    return isMidnight ? .date : .dateTime
  }
}
